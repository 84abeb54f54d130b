"""Results out: whole or not at all, safe to open, the same bytes for the same rows."""

import gzip
import io
import json
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import InputUnreadable, UsageError
from clearway.tables import file_out
from clearway.tables.cells import text
from clearway.tables.reading import open_table
from clearway.tables.text_out import ColumnType, Value
from clearway.tables.writing import SUFFIXES, Written, format_of, write_table

COLUMNS: dict[str, ColumnType] = {
    "reference": str,
    "name": str,
    "score": float,
    "hits": int,
    "listed_on": date,
    "lists": list,
    "exact": bool,
}
ROWS: list[dict[str, Value]] = [
    {
        "reference": "1",
        "name": "Промсвязьбанк, ПАО",
        "score": 0.98,
        "hits": 2,
        "listed_on": date(2022, 2, 22),
        "lists": ["ofac/sdn", "eu/fsf"],
        "exact": True,
    },
    {"reference": "2", "name": '"Acme"\nLtd', "score": -0.5, "hits": 0},
]
PLACES = [
    "out.csv",
    "out.csv.gz",
    "out.tsv",
    "out.parquet",
    "out.xlsx",
    "out.jsonl",
    "out.ndjson.gz",
    "out.json",
]


@pytest.mark.parametrize("name", PLACES)
def test_what_is_written_can_be_opened_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_table(ROWS, COLUMNS, path) == Written(2)
    table = open_table(path, header=True if "sv" in name or "xlsx" in name else None)
    assert table.columns == tuple(COLUMNS)
    first, second = table.rows()
    assert [text(cell) for cell in first.cells] == [
        "1",
        "Промсвязьбанк, ПАО",
        "0.98",
        "2",
        "2022-02-22",
        "ofac/sdn; eu/fsf",
        "true",
    ]
    assert [text(cell) for cell in second.cells] == [
        "2",
        '"Acme"\nLtd',
        "-0.5",
        "0",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize("name", PLACES)
def test_the_same_rows_are_the_same_bytes(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(ROWS, COLUMNS, tmp_path / name)
    before = (tmp_path / name).read_bytes()
    later = time.time() + 100_000_000
    monkeypatch.setattr(time, "time", lambda: later)
    other = tmp_path / "elsewhere"
    other.mkdir()
    write_table(iter(ROWS), COLUMNS, other / f"other-{name}")
    assert (other / f"other-{name}").read_bytes() == before


@pytest.mark.parametrize("name", PLACES)
def test_a_failure_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"the last good file")

    def rows() -> Iterator[Mapping[str, Value]]:
        yield ROWS[0]
        raise InputUnreadable("in.csv", "breaks off")

    with pytest.raises(InputUnreadable):
        write_table(rows(), COLUMNS, path)
    assert path.read_bytes() == b"the last good file"
    assert [child.name for child in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", PLACES)
def test_a_table_without_rows_still_has_its_columns(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_table([], COLUMNS, path) == Written(0)
    if "json" in name:
        data = path.read_bytes()
        plain = gzip.decompress(data) if name.endswith("gz") else data
        assert plain in (b"", b"[]\n")
    else:
        assert open_table(path, header=None).columns == tuple(COLUMNS)


FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.tsv"])
def test_formulas_are_disarmed(tmp_path: Path, name: str, formula: str) -> None:
    path = tmp_path / name
    rows: list[dict[str, Value]] = [
        {"name": formula, "score": -1.5, "lists": [formula]}
    ]
    columns: dict[str, ColumnType] = {"name": str, "score": float, "lists": list}
    write_table(rows, columns, path)
    (row,) = open_table(path, header=True).rows()
    disarmed, number, listed = (cell or "" for cell in row.cells)
    assert str(disarmed).startswith("'")
    assert str(listed).startswith("'")
    assert float(text(number)) == -1.5


def test_a_heading_from_a_users_file_is_disarmed_too() -> None:
    out = io.StringIO()
    write_table([{"=1+1": "A"}], {"=1+1": str}, out, format="csv")
    assert out.getvalue() == "'=1+1\nA\n"


def test_machines_get_text_as_it_is(tmp_path: Path) -> None:
    out = io.StringIO()
    write_table([{"name": "=1"}], {"name": str}, out, format="ndjson")
    assert json.loads(out.getvalue()) == {"name": "=1"}
    write_table([{"name": "=1"}], {"name": str}, tmp_path / "o.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "o.parquet")["name"].to_pylist() == [
        "=1"
    ]


def test_parquet_has_the_types_it_was_given(tmp_path: Path) -> None:
    write_table(ROWS, COLUMNS, tmp_path / "o.parquet")
    schema = pyarrow.parquet.read_schema(tmp_path / "o.parquet")
    assert list(map(str, schema.types)) == [
        "string",
        "string",
        "double",
        "int64",
        "date32[day]",
        "list<element: string>",
        "bool",
    ]


def test_json_has_no_nan_and_keeps_its_lists() -> None:
    out = io.StringIO()
    columns: dict[str, ColumnType] = {"a": float, "b": list, "c": date}
    rows: list[dict[str, Value]] = [
        {"a": float("nan"), "b": ("x",), "c": date(2024, 5, 17)}
    ]
    write_table(rows, columns, out, format="json")
    assert json.loads(out.getvalue()) == [{"a": None, "b": ["x"], "c": "2024-05-17"}]


def test_a_cell_too_long_for_excel_is_cut_and_said(tmp_path: Path) -> None:
    rows = [{"name": "x" * 40_000}]
    written = write_table(rows, {"name": str}, tmp_path / "o.xlsx")
    (problem,) = written.problems
    assert (problem.code, problem.position) == ("cell_cut", "row 1, column name")


def test_a_workbook_goes_on_on_the_next_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_out, "_ROWS_XLSX", 3)
    rows = [{"name": f"Company {i}"} for i in range(4)]
    write_table(rows, {"name": str}, tmp_path / "o.xlsx")
    found = [
        text(row.cells[0])
        for sheet in ("1", "2")
        for row in open_table(tmp_path / "o.xlsx", sheet=sheet).rows()
    ]
    assert found == [row["name"] for row in rows]


def test_numbers_of_many_digits_stay_whole_in_excel(tmp_path: Path) -> None:
    rows = [{"n": 110101199003071234}]
    write_table(rows, {"n": int}, tmp_path / "o.xlsx")
    (row,) = open_table(tmp_path / "o.xlsx", header=True).rows()
    assert row.cells == ["110101199003071234"]


def test_a_half_character_does_not_stop_the_writing(tmp_path: Path) -> None:
    for name in PLACES:
        write_table([{"name": "a\ud800b"}], {"name": str}, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("name", ["out", "out.docx", "out.gz", "out.parquet.gz"])
def test_a_name_that_asks_for_no_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.parquet"):
        write_table(ROWS, COLUMNS, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_every_ending_has_a_format() -> None:
    assert {format_of(f"x{suffix}") for suffix in SUFFIXES} == {*SUFFIXES.values()}


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        write_table(ROWS, COLUMNS, tmp_path / "absent" / "o.csv")
    (tmp_path / "o.csv").mkdir()
    with pytest.raises(UsageError, match="folder"):
        write_table(ROWS, COLUMNS, tmp_path / "o.csv")
    with pytest.raises(UsageError, match="stream"):
        write_table(ROWS, COLUMNS, io.StringIO(), format="parquet")


def test_a_link_is_followed_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_table([{"name": "A"}], {"name": str}, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "name\nA\n"


def test_a_key_that_is_no_column_is_not_dropped_silently() -> None:
    with pytest.raises(UsageError, match="colour"):
        write_table([{"colour": "red"}], {"name": str}, io.StringIO(), format="csv")


VALUE: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.text(max_size=20), st.integers(), st.floats(), st.booleans()
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)))
def test_any_text_survives_json_lines(names: list[str]) -> None:
    out = io.StringIO()
    write_table([{"name": name} for name in names], {"name": str}, out, format="ndjson")
    assert [json.loads(row)["name"] for row in out.getvalue().split("\n")[:-1]] == names


@given(st.lists(st.lists(VALUE, min_size=2, max_size=2), max_size=4))
def test_any_values_can_be_written_as_text(rows: list[list[Any]]) -> None:
    columns: dict[str, ColumnType] = {"a": str, "b": str}
    for format_ in ("csv", "tsv", "ndjson", "json"):
        out = io.StringIO()
        held = [dict(zip(columns, row, strict=True)) for row in rows]
        assert write_table(held, columns, out, format=format_).rows == len(rows)
