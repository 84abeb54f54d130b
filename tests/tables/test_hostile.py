"""Bad tables: a clear error or a problem each, no row lost, nothing silent."""

import gzip
import io
import json
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.errors import ClearwayError, InputUnreadable, UsageError
from clearway.model import Party
from clearway.tables import delimited, sources
from clearway.tables.columns import Mapping, guess
from clearway.tables.parties import parties
from clearway.tables.reading import open_table

Make = Callable[[], bytes]
Found = list[tuple[str, list[str]]]


def found(data: bytes | str, name: str = "c.csv") -> Found:
    """The names of the parties in a table, each with the codes of its problems."""
    table = open_table(data.encode() if isinstance(data, str) else data, name=name)
    asked = parties(table, guess(table))
    return [(party.name, [p.code for p in problems]) for party, problems in asked]


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Clients")
    for line in range(2_000):
        sheet.write_row(line, 0, [f"Company {line}", "RU"] if line else ["Name", "ISO"])
    book.close()
    return out.getvalue()


def parquet() -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.table({"name": ["Acme"] * 50_000}), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n \r\n\t\n", "blanks"),
        (b"\0" * 5_000, "NUL"),
        (b"\xef\xbb\xbf", "blanks"),
        (b"\xff\xfe", "blanks"),
        (b"<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>", "web page"),
        (b"\xef\xbb\xbf  <html><head><title>Sign in</title>", "web page"),
        ('<html lang="ru"><p>Вход'.encode("utf-16"), "web page"),
        (
            b'<?xml version="1.0"?><Document xmlns="urn:iso:std"/>',
            "payment messages are not read",
        ),
        (b"%PDF-1.7\n%\xe2\xe3", "documents are not read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
        (b"\x7fELF" + bytes(range(256)), "program"),
        (b"SQLite format 3\0" + bytes(100), "SQLite"),
        (b"BZh91AY&SY", "bzip2"),
        (bytes(range(256)) * 40, "binary"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook"),
        (b"PAR1" + bytes(100), "damaged"),
        (b"PAR1", "damaged"),
        (b"ARROW1\0\0" + bytes(100), "damaged"),
        (b"\x1f\x8b", "gzip"),
        (gzip.compress(b"", mtime=0), "holds nothing"),
        (b"[" * 100_000, "no JSON object"),
        (b'{"a":' * 100_000, "no JSON object"),
        (b"[]", "no JSON object"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(data: bytes, said: str) -> None:
    with pytest.raises(InputUnreadable, match=said) as raised:
        open_table(data, name="clients.csv")
    assert raised.value.file == "clients.csv"


def test_a_zip_a_word_document_and_a_binary_workbook_are_named() -> None:
    for part, said in (
        ("clients.csv", "unpack it first"),
        ("word/document.xml", "Word document"),
        ("xl/workbook.bin", "xlsb"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(InputUnreadable, match=said):
            open_table(out.getvalue())


@pytest.mark.parametrize("make", [workbook, parquet, lambda: gzip.compress(parquet())])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_a_file_cut_in_two_is_refused(make: Make, share: float) -> None:
    data = make()
    with pytest.raises(InputUnreadable, match=r"damaged|cut off|breaks off"):
        list(open_table(data[: int(len(data) * share)]).chunks())


def test_a_gzip_that_breaks_off_says_so_and_not_that_it_is_whole() -> None:
    text = "name,country\n" + "".join(f"Company {i},RU\n" for i in range(100_000))
    data = gzip.compress(text.encode())
    with pytest.raises(InputUnreadable, match="breaks off after"):
        open_table(data[: len(data) // 2])
    damaged = bytearray(data)
    damaged[-6] ^= 0xFF  # the checksum
    with pytest.raises(InputUnreadable, match="damaged"):
        open_table(bytes(damaged))


def test_a_json_array_that_breaks_off_gives_its_rows_and_then_says_so() -> None:
    rows = [{"name": f"Company {i}"} for i in range(2_500)]
    text = json.dumps(rows)[:-10]
    chunks = open_table(text.encode()).chunks()
    read = sum(len(next(chunks).rows) for _ in range(3))
    assert read == 2_499
    with pytest.raises(InputUnreadable, match="breaks off at item 2500"):
        next(chunks)


def test_zip_bombs_are_not_unpacked() -> None:
    block = b"name\n" + b"A" * (1 << 20)
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(block) for _ in range(80)) + packer.flush()
    assert len(bomb) < 500_000
    with pytest.raises(InputUnreadable, match="no table does"):
        open_table(bomb)


def test_a_workbook_that_lies_about_its_size_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", " " * (80 << 20))
    data = out.getvalue().replace((80 << 20).to_bytes(4, "little"), b"\x10\0\0\0")
    with pytest.raises(InputUnreadable, match="no table does"):
        open_table(data)


def test_a_header_alone_is_said_to_be_no_table() -> None:
    for data in (b"name,country\n", b"name;country", b"name\n"):
        table = open_table(data)
        assert [problem.code for problem in table.problems] == ["no_rows"]
        assert list(table.rows()) == []


def test_ragged_rows_keep_what_they_have_and_say_so() -> None:
    assert found("name,country,dob\nA,RU,1970\nB,RU\nC,RU,1970,more\nD\n") == [
        ("A", []),
        ("B", ["short_row"]),
        ("C", ["long_row"]),
        ("D", ["short_row"]),
    ]


def test_what_stands_beyond_the_columns_is_shown() -> None:
    table = open_table(b"name,country\nA,RU,secret\nB,RU,,\n")
    first, second = table.rows()
    assert (first.problems[0].text, first.problems[0].position) == ("secret", "line 2")
    assert second.problems == ()  # separators at the end say nothing


def test_nul_bytes_are_left_out_and_said() -> None:
    assert found(b"name,country\nAc\0me,RU\nBeta,CN\n") == [
        ("Acme", ["nul_bytes"]),
        ("Beta", []),
    ]
    padded = b"name,country\nAcme\0\0\0\0\0\0\0\0,RU\0\0\0\0\0\n"
    assert found(padded) == [("Acme", ["nul_bytes"])]


def test_bytes_that_are_no_text_stay_visible() -> None:
    good = "Ромашка,RU\n" * 20
    data = b"name,country\n" + good.encode() + b"Bad \xff\xfe name,CN\n"
    assert found(data)[-1] == ("Bad �� name", ["undecodable"])


def test_a_cell_of_ten_megabytes_is_read() -> None:
    big = "x" * (10 << 20)
    assert found(f'name,country,note\nA,RU,"{big}"\nB,CN,\n') == [("A", []), ("B", [])]
    assert found(f"name,country\n{big},RU\nB,CN\n") == [
        ("x" * 100_000, ["text_too_long"]),
        ("B", []),
    ]


def test_a_line_without_end_is_cut_and_the_next_row_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delimited, "LONGEST_LINE", 1_000)
    (long, codes), last = found(f"name,country\n{'x' * 5_000},RU\nB,CN\n")
    assert (len(long), codes) == (1_000, ["line_too_long", "short_row"])
    assert last == ("B", [])


@pytest.mark.parametrize("lines", [1, 3, 3_000])
def test_a_quote_that_never_closes_swallows_no_party(lines: int) -> None:
    rest = "".join(f"Company {i},RU\n" for i in range(lines))
    read = found(f'name,country\n"Romashka LLC,RU\n{rest}')
    assert read[0] == ("Romashka LLC", ["unclosed_quote"])
    assert read[1:] == [(f"Company {i}", []) for i in range(lines)]


def test_a_quote_that_closes_in_a_later_row_swallows_no_party() -> None:
    assert found('name,country\n"Alpha,RU\nBeta,CN\n"Gamma" LLC,TR\nDelta,KZ\n') == [
        ("Alpha", ["unclosed_quote"]),
        ("Beta", []),
        ("Gamma LLC", []),
        ("Delta", []),
    ]


def test_many_stray_quotes_take_no_forever() -> None:
    rows = "".join(f'"Company {i},RU\n' for i in range(5_001))
    read = found(f"name,country\n{rows}")
    assert [name for name, _ in read] == [f"Company {i}" for i in range(5_001)]


def test_headings_that_occur_twice_are_all_read() -> None:
    table = open_table(b"name,name,country\nA,B,RU\n")
    assert table.columns == ("name", "name (2)", "country")
    assert [problem.code for problem in table.problems] == ["duplicate_heading"]
    ((party, _),) = parties(table)
    assert (party.name, party.aliases) == ("A", ("B",))


def test_more_cells_than_headings_in_every_row_are_said() -> None:
    table = open_table(b"name,country\nAcme, Ltd,RU\nBeta, Inc,CN\nGama, Co,TR\n")
    assert [problem.code for problem in table.problems] == ["header_short"]
    silent = open_table(b"name,country\nAcme,RU,\nBeta,CN,\nGama,TR,\n")
    assert silent.problems == ()


def test_a_heading_may_be_empty() -> None:
    assert open_table(b"name,,country\nA,x,RU\n").columns == (
        "name",
        "column 2",
        "country",
    )


def test_bad_json_lines_are_rows_with_a_problem() -> None:
    lines = [
        '{"name": "A"}',
        '{"name": "B"',
        "[1, 2]",
        "null",
        '{"name": "C", "name": "D"}',
        '{"name": "E", "n": ' + "9" * 5_000 + "}",
        "[" * 100_000,
        '{"name": "F"}',
    ]
    assert found("\n".join(lines), "c.jsonl") == [
        ("A", []),
        ("", ["bad_json", "empty_name"]),
        ("", ["not_an_object", "empty_name"]),
        ("", ["not_an_object", "empty_name"]),
        ("D", ["duplicate_key"]),
        ("", ["bad_json", "empty_name"]),
        ("", ["bad_json", "empty_name"]),
        ("F", []),
    ]


def test_a_key_that_comes_late_is_said() -> None:
    lines = ['{"name": "A"}'] * 10_000 + ['{"name": "B", "imo": "9187629"}']
    assert found("\n".join(lines))[-1] == ("B", ["unexpected_key"])


@pytest.mark.parametrize(
    "name",
    [
        "X",
        "Я",
        "李",
        "😀😀😀",
        "a\u200bb\u200dc",
        "\u202eesrever\u202c",
        "\u2067محمد\u2069",
        "=HYPERLINK(1)",
        "'quoted'",
        "Zoe\u0301 \ufb01",
        "x" * 10_000,
        "A;B",
        "1984",
        "null terminator",
    ],
)
def test_odd_names_arrive_as_they_are(name: str) -> None:
    assert found(f'name,country\n"{name}",RU\n"Acme",CN\n')[0] == (name, [])


def test_a_name_that_says_nothing_is_empty() -> None:
    for name in ("", " ", "N/A", "-", "?", "NULL", "#N/A"):
        ((_, codes), _) = found(f'name,country\n"{name}",RU\n"Acme",CN\n')
        assert codes == ["empty_name"], name


def test_the_marks_of_dos_and_unicode_are_no_rows() -> None:
    assert found(b"\xef\xbb\xbfname,country\r\nAcme,RU\r\n\x1a") == [("Acme", [])]
    text = "name,country\r\nAcme,RU\r\n"
    assert found(text.encode("utf-16")) == [("Acme", [])]


def test_rows_of_separators_alone_are_passed_over_and_lines_still_counted() -> None:
    table = open_table(b"name,country\n,\n,\nAcme,RU\n,\n")
    assert [row.position for row in table.rows()] == ["line 4"]


def test_a_wrong_stated_encoding_is_seen_in_the_rows() -> None:
    table = open_table("name,country\nЁлка,RU\n".encode("koi8-r"), encoding="utf-8")
    (row,) = table.rows()
    assert [problem.code for problem in row.problems] == ["undecodable"]


def test_a_wrong_stated_format_is_refused() -> None:
    for format_ in ("parquet", "excel", "arrow", "json", "jsonl", "followthemoney"):
        with pytest.raises(InputUnreadable):
            open_table(b"name,country\nAcme,RU\n", format=format_)


def test_a_stated_csv_is_read_as_such_though_it_looks_like_json() -> None:
    table = open_table(b'["name","x"]\n["A","b"]\n', format="csv")
    assert table.format == "csv"


def test_a_correction_for_a_column_that_is_not_there_names_those_that_are() -> None:
    table = open_table("Имя;Страна\nАнна;RU\n".encode())
    with pytest.raises(UsageError, match="Имя, Страна"):
        guess(table).corrected("name=Name")


def test_a_file_that_vanishes_while_it_is_read_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("name,country\nA,RU\n")
    table = open_table(path)
    path.unlink()
    with pytest.raises(ClearwayError, match=r"c\.csv"):
        list(table.chunks())


def test_a_large_table_needs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("name,country\n")
        file.writelines(f"Company number {i},RU\n" for i in range(60_000))
    table = open_table(path)
    mapping = guess(table)
    tracemalloc.start()
    count = sum(1 for _ in parties(table, mapping))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 6 << 20


def test_a_gzip_limit_counts_what_is_unpacked_not_what_is_claimed() -> None:
    assert sources.BOMB_RATIO < 1_030  # what deflate can do at most


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_clear_error(data: bytes) -> None:
    try:
        table = open_table(data)
        mapping = Mapping.of(table.columns).corrected("")
        mapping = mapping if mapping.usable else guess(table)
        rows = sum(len(chunk.rows) for chunk in table.chunks())
        if mapping.usable or table.format == "followthemoney":
            asked = list(parties(table, mapping))
            assert len(asked) == rows
            assert all(type(party) is Party for party, _ in asked)
    except (InputUnreadable, UsageError):
        return  # the clear error


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="ab,;\t\"\n\r'\\ =", max_size=8), max_size=8))
def test_no_line_with_a_letter_is_lost(lines: list[str]) -> None:
    marked = [f"Party{i}x{line}" for i, line in enumerate(lines)]
    text = "name,country\n" + "\n".join(marked)
    table = open_table(text.encode(), header=True)
    held = [
        "".join([*map(str, row.cells), *(problem.text for problem in row.problems)])
        for row in table.rows()
    ]
    for i in range(len(lines)):
        assert any(f"Party{i}x" in row for row in held)
