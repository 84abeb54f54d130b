"""Tables as columns of numbers: the quick reader and the careful one say the same."""

from dataclasses import replace
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.errors import InputUnreadable
from clearway.tables.coded import Coded, coded
from clearway.tables.reading import open_table
from clearway.tables.table import Table

HEADER = "date,payer,amount\n"
PIECES = st.sampled_from(
    [",", ",", ",", "\n", "\n", "\r\n", "\r", '"', '""', " ", "a", "Ж", "1.5", "\x1a"]
)


def read(table: Table) -> Coded:
    return coded(table, range(len(table.columns)), lambda what, done, total: None)


def cells(found: Coded) -> list[list[str]]:
    return [[column[row] for column in found.columns] for row in range(found.rows)]


def csv(text: str) -> Table:
    return open_table((HEADER + text).encode(), name="book.csv")


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_text_reads_the_same_quickly_and_carefully(text: str) -> None:
    try:
        table = csv("2024-05-17,a,1\n" + text)
    except InputUnreadable:
        return
    quick, careful = read(table), read(replace(table, batches=None))
    assert cells(quick) == cells(careful)
    assert quick.numbers.tolist() == careful.numbers.tolist()
    assert quick.problems == careful.problems


@pytest.mark.parametrize(
    ("text", "is_quick"),
    [
        ('2024-05-17,"Lund ""L"" AB, Lund",1\n', True),
        ("2024-05-17,Lund AB,1\r\n2024-05-18,Alba,2\r\n", True),
        ("2024-05-17,Lund AB\n", False),
        ('2024-05-17,"Lund\nAB",1\n', False),
        ("2024-05-17,Lund AB,1\n\n2024-05-18,Alba,2\n", False),
        ("2024-05-17,Lund AB,1\n,,\n", False),
        ('2024-05-17,Lund AB,1\n,," ', False),
        ("2024-05-17,Lund AB,1\r2024-05-18,Alba,2\n", False),
    ],
)
def test_the_quick_reader_leaves_what_is_odd(text: str, is_quick: bool) -> None:
    table = csv(text)
    assert table.batches is not None
    assert (list(table.batches([0, 1, 2]))[-1] is not None) is is_quick


def test_rows_are_what_their_cells_say_without_the_blanks_around() -> None:
    found = read(csv('2024-05-17, Lund AB ,1\n2024-05-18,"Lund AB",\n'))
    assert cells(found) == [
        ["2024-05-17", "Lund AB", "1"],
        ["2024-05-18", "Lund AB", ""],
    ]
    assert [word for word in found.columns[1].words if word] == ["Lund AB"]
    assert found.numbers.tolist() == [2, 3]


def test_a_ragged_row_is_kept_and_told() -> None:
    found = read(csv("2024-05-17,Lund AB\n2024-05-18,Alba AB,1,2\n"))
    assert cells(found) == [
        ["2024-05-17", "Lund AB", ""],
        ["2024-05-18", "Alba AB", "1"],
    ]
    assert {row: p[0].code for row, p in found.problems.items()} == {
        0: "short_row",
        1: "long_row",
    }


@pytest.mark.parametrize("kind", ["plain", "dictionary"])
def test_a_parquet_book_reads_as_its_rows_do(kind: str) -> None:
    names = pa.array(["Lund AB", None, "Lund AB"])
    columns = {
        "date": pa.array([19860, 19861, None], pa.date32()),
        "payer": names if kind == "plain" else names.dictionary_encode(),
        "amount": pa.array([1.0, 2.5, None]),
        "tags": pa.array([["a"], [], None], pa.list_(pa.string())),
    }
    file = BytesIO()
    pyarrow.parquet.write_table(pa.table(columns), file)
    table = open_table(file.getvalue(), name="book.parquet")
    quick, careful = read(table), read(replace(table, batches=None))
    assert cells(quick) == cells(careful)
    assert cells(quick)[0] == ["2024-05-17", "Lund AB", "1", "a"]
    assert quick.numbers.tolist() == careful.numbers.tolist() == [1, 2, 3]
