"""Tables of any kind are opened by what they contain."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import InputUnreadable, UsageError
from clearway.tables import sources
from clearway.tables.cells import Cell
from clearway.tables.reading import open_table
from clearway.tables.table import Table

ROWS = [("Ромашка ООО", "RU"), ("Acme, Ltd", "US"), ('Say "hi" 张伟', "CN")]


def cells(table: Table) -> list[tuple[Cell, ...]]:
    return [tuple(row.cells) for row in table.rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_is_recognised(separator: str, end: str) -> None:
    quoted = [f'"{a.replace(chr(34), chr(34) * 2)}"{separator}{b}' for a, b in ROWS]
    text = end.join([f"name{separator}country", *quoted, ""])
    table = open_table(text.encode())
    assert table.columns == ("name", "country")
    assert cells(table) == ROWS


def test_the_description_says_what_was_recognised() -> None:
    table = open_table("name;country\nA;RU\n".encode("utf-8-sig"), name="c.csv")
    assert table.description == "CSV, semicolons, UTF-8, with header"


def test_decimal_commas_do_not_hide_semicolons() -> None:
    table = open_table(b"name;amount;fee\nAcme;1,5;2,5\nBeta;3,25;0,1\n")
    assert cells(table) == [("Acme", "1,5", "2,5"), ("Beta", "3,25", "0,1")]


def test_excel_may_say_the_separator_in_the_first_line() -> None:
    table = open_table(b"sep=;\r\nname;country\r\nA;RU\r\n")
    assert cells(table) == [("A", "RU")]
    assert next(table.rows()).position == "line 3"


def test_single_quotes_and_backslashes_are_understood() -> None:
    single = open_table(b"name,country\n'Acme, Ltd','US'\n'Beta, Inc','CN'\n")
    assert cells(single) == [("Acme, Ltd", "US"), ("Beta, Inc", "CN")]
    escaped = open_table(rb'"name","country"' + b"\n" + rb'"Say \"hi\"","US"' + b"\n")
    assert cells(escaped) == [('Say "hi"', "US")]


def test_one_name_a_line_is_a_table_even_with_commas_in_names() -> None:
    table = open_table(b"PUTIN, Vladimir\nMEDVEDEV, Dmitry\n")
    assert cells(table) == [("PUTIN, Vladimir",), ("MEDVEDEV, Dmitry",)]
    assert not table.header


def test_a_quoted_cell_may_run_over_lines_and_the_next_row_knows_its_line() -> None:
    table = open_table(b'name,address\nAcme,"1 Street\nMoscow"\nBeta,Kyiv\n')
    first, second = table.rows()
    assert first.cells == ["Acme", "1 Street\nMoscow"]
    assert (first.position, second.position) == ("line 2", "line 4")


def test_titles_above_the_header_are_passed_over_and_said() -> None:
    table = open_table(b"Clients of 2024,\n,\nName,Country\nAcme,US\n")
    assert table.columns == ("Name", "Country")
    assert "2 rows above it" in table.description
    assert next(table.rows()).position == "line 4"


def test_a_table_without_header_loses_no_row() -> None:
    table = open_table(b"Ivan Petrov;07.10.1952;RU\nPetr Ivanov;01.01.1960;CN\n")
    assert not table.header
    assert len(cells(table)) == 2
    assert table.columns == ("column 1", "column 2", "column 3")


def test_a_first_row_taken_for_a_header_by_contrast_is_reported() -> None:
    table = open_table(b"foo,bar\nIvan,1\nPetr,2\nOleg,3\n")
    assert table.header
    assert [problem.code for problem in table.problems] == ["header_guessed"]
    assert len(cells(open_table(b"foo,bar\nIvan,1\nPetr,2\n", header=False))) == 3


def test_a_party_without_a_date_in_the_first_row_is_no_header() -> None:
    table = open_table("Иван,нет\nПётр,1970\nОлег,1980\nАнна,1990\n".encode())
    assert not table.header


def test_gzip_of_a_table_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv.gz"
    path.write_bytes(gzip.compress(b"name,country\nAcme,US\n"))
    table = open_table(path)
    assert table.description.startswith("gzipped CSV")
    assert cells(table) == [("Acme", "US")]


def test_a_stream_is_read_to_its_end_and_can_be_read_again() -> None:
    table = open_table(io.BytesIO(b"name,country\nAcme,US\n"))
    assert table.name == "standard input"
    assert cells(table) == cells(table) == [("Acme", "US")]


def test_a_large_stream_waits_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SPOOL_BYTES", 1_000)
    data = b"name,country\n" + b"Acme Trading Company,US\n" * 1_000
    table = open_table(io.BytesIO(data))
    assert len(cells(table)) == len(cells(table)) == 1_000


def arrow_table() -> pa.Table:
    return pa.table(
        {
            "name": ["Acme", None],
            "dob": [date(1970, 1, 2), None],
            "inn": [7701234567, None],
            "aliases": [["A", "B"], []],
            "place": [{"city": "Kyiv"}, None],
        }
    )


ARROW_CELLS = [
    ("Acme", date(1970, 1, 2), 7701234567, ("A", "B"), "Kyiv"),
    (None, None, None, (), None),
]


def test_parquet_keeps_its_types_and_flattens_structs(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(arrow_table(), tmp_path / "t.parquet")
    table = open_table(tmp_path / "t.parquet")
    assert table.columns == ("name", "dob", "inn", "aliases", "place.city")
    assert cells(table) == ARROW_CELLS
    assert [row.position for row in table.rows()] == ["row 1", "row 2"]


def test_an_arrow_file_reads_like_parquet(tmp_path: Path) -> None:
    path = tmp_path / "t.feather"
    pyarrow.feather.write_feather(arrow_table(), path, compression="uncompressed")
    assert cells(open_table(path)) == ARROW_CELLS


def test_parquet_is_recognised_under_a_wrong_name(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    pyarrow.parquet.write_table(arrow_table(), path)
    table = open_table(path)
    assert table.format == "parquet"
    assert [problem.code for problem in table.problems] == ["misnamed"]


def test_json_lines_are_rows_and_nested_keys_are_columns() -> None:
    lines = [{"name": "A", "who": {"country": "ru"}}, {"name": "B", "aka": ["x", "y"]}]
    table = open_table("\n".join(map(json.dumps, lines)).encode())
    assert table.format == "jsonl"
    assert table.columns == ("name", "who.country", "aka")
    assert cells(table) == [("A", "ru", None), ("B", None, ("x", "y"))]


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "A"}, {"name": "B"}]',
        '[\n  {"name": "A"},\n  {"name": "B"}\n]\n',
        '{\n "name": "A"\n}\n{\n "name": "B"\n}',
        '{"results": [{"name": "A"}, {"name": "B"}], "count": 2}',
        '["A", "B"]',
    ],
)
def test_json_in_other_shapes_is_read_too(text: str) -> None:
    assert cells(open_table(text.encode())) == [("A",), ("B",)]


def test_json_numbers_keep_their_digits_and_nan_is_nothing() -> None:
    table = open_table(b'{"name":"A","inn":7701234567,"x":NaN,"y":1.5,"z":true}\n')
    assert cells(table) == [("A", 7701234567, None, 1.5, True)]


def test_a_json_array_larger_than_a_block_is_streamed() -> None:
    items = [{"name": f"Company {i}", "note": "x" * 500} for i in range(10_000)]
    table = open_table(json.dumps(items).encode())
    assert sum(len(chunk.rows) for chunk in table.chunks()) == 10_000


def test_followthemoney_entities_are_recognised() -> None:
    lines = (
        '{"id":"a","schema":"Person","properties":{"name":["Ivan"]}}\n'
        '{"id":"b","schema":"Company","properties":{"name":["Acme"]}}\n'
    )
    table = open_table(lines.encode())
    assert table.format == "followthemoney"
    (chunk,) = table.chunks()
    assert [record["id"] for record in chunk.records] == ["a", "b"]


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    with pytest.raises(UsageError, match="parquet"):
        open_table(b"name\nA\n", format="sas")
    with pytest.raises(UsageError, match="windows-1251"):
        open_table(b"name\nA\n", encoding="latin-99")
    with pytest.raises(UsageError, match="no workbook"):
        open_table(b"name\nA\n", sheet="Clients")


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable, match="no such file"):
        open_table(tmp_path / "absent.csv")
    with pytest.raises(InputUnreadable, match="folder"):
        open_table(tmp_path)


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]),
    min_size=1,
    max_size=12,
).filter(lambda text: "\ufffd" not in text and "\ufeff" not in text)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8))
def test_what_python_writes_as_csv_is_read_back(
    rows: list[tuple[str, str, str]],
) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["name", "country", "address"])
    writer.writerows(rows)
    table = open_table(out.getvalue().encode())
    assert table.columns == ("name", "country", "address")
    assert cells(table) == rows
