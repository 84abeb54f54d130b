"""Tables of separated values: encodings, sizes, damage."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import ListUnreadable
from clearway.lists.csv_rows import Record, Row, by_column, first_rows, rows
from clearway.lists.reader import File
from clearway.model import Problem


def file(data: bytes | str, name: str = "list.csv") -> File:
    return File.of(data.encode() if isinstance(data, str) else data, name)


def cells(data: bytes | str) -> list[list[str]]:
    return [row.cells for row in rows(file(data)) if isinstance(row, Row)]


def problems(data: bytes | str) -> list[Problem]:
    return [row for row in rows(file(data)) if isinstance(row, Problem)]


def table(data: str, line_end: bool = True) -> list[Record | Problem]:
    source = file(data)
    columns = ("name", "country", "id")
    return list(
        by_column(
            rows(source), source, known=columns, needed=("name",), line_end=line_end
        )
    )


def test_rows_know_the_line_they_begin_on() -> None:
    found = list(rows(file('a,"two\nlines"\r\n\r\nb,c\n')))
    assert found == [Row(1, ["a", "two\nlines"]), Row(4, ["b", "c"])]


def test_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    assert cells(b"\xef\xbb\xbfname,id\n") == [["name", "id"]]


def test_a_line_of_the_old_encoding_is_read_and_told_once() -> None:
    data = "naïve\nПУТИН\n".encode() + b"MU\xd1OZ,\x93X\x94\nGARC\xcdA\n"
    assert cells(data) == [["naïve"], ["ПУТИН"], ["MUÑOZ", "“X”"], ["GARCÍA"]]
    assert problems(data) == [
        Problem(
            "not_utf8",
            "2 lines are not UTF-8 and read as Windows-1252; check the names there",
            "list.csv",
            "line 3",
            "MUÑOZ,“X”",
        )
    ]


def test_a_byte_that_windows_1252_lacks_is_read_as_latin_1() -> None:
    assert cells(b"A\x81\xe9\n") == [["A\x81é"]]


def test_a_nul_byte_is_refused_with_its_line() -> None:
    with pytest.raises(ListUnreadable, match="line 2: has a NUL byte"):
        cells(b"a,b\nc,\0d\n")


def test_utf16_is_refused() -> None:
    with pytest.raises(ListUnreadable, match="line 1: has a NUL byte"):
        cells("name,id\n".encode("utf-16"))


def test_a_quotation_mark_that_never_closes_is_refused_where_it_opens() -> None:
    with pytest.raises(ListUnreadable, match="line 2: a quotation mark that opens"):
        cells('a,b\nc,"d\ne,f\ng,h\n')


def test_a_quotation_mark_in_mid_cell_is_refused() -> None:
    with pytest.raises(ListUnreadable, match="line 1: the row cannot be divided"):
        cells('"a"b,c\n')


def test_a_cell_of_ten_megabytes_is_read() -> None:
    large = "x" * 10_000_000
    assert cells(f'a,"{large}"\n') == [["a", large]]


def test_the_first_rows_of_anything_can_be_asked_for() -> None:
    assert first_rows(b"\xef\xbb\xbfa, b \n\nc\n", 1) == [["a", "b"]]
    assert first_rows(b"", 3) == []
    assert first_rows(b'\xff\xfe"\0\0', 3) == [['\ufffd\ufffd"\0\0']]


def test_columns_are_found_by_name_and_unknown_ones_kept() -> None:
    assert table("id,extra, name ,country\n7,more,Aeroflot,RU\n") == [
        Record(
            2, {"name": "Aeroflot", "country": "RU", "id": "7"}, (("extra", "more"),)
        )
    ]


def test_a_missing_column_is_told_and_reads_as_empty() -> None:
    problem, record = table("name,id\nAeroflot,7\n")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.text) == ("missing_column", "country")
    assert isinstance(record, Record)
    assert record.cells["country"] == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "has no rows"),
        ("Aeroflot,RU,7\n", "line 1: is not the header expected here"),
        ("\n\nid,country\n", "line 3: .* lacks name"),
        ("name,id,id\n", "line 1: the header has twice id"),
    ],
)
def test_a_table_without_its_header_is_refused(data: str, message: str) -> None:
    with pytest.raises(ListUnreadable, match=message):
        table(data)


def test_a_short_row_is_read_as_far_as_it_goes_and_told() -> None:
    problem, record = table("name,country,id\nAeroflot,RU\n")
    assert isinstance(problem, Problem)
    assert isinstance(record, Record)
    assert (problem.code, problem.position) == ("ragged_row", "line 2")
    assert problem.text == "Aeroflot | RU"
    assert record.cells == {"name": "Aeroflot", "country": "RU", "id": ""}


def test_a_long_row_keeps_what_is_too_much() -> None:
    problem, record = table("name,country,id\nLada, Ltd,RU,7,8\n")
    assert isinstance(problem, Problem)
    assert isinstance(record, Record)
    assert problem.code == "ragged_row"
    assert record.other == (("column 4", "7"), ("column 5", "8"))


def test_blank_cells_at_the_end_of_a_row_are_no_fault() -> None:
    assert table("name,country,id\na,b,c,,\n") == [
        Record(2, {"name": "a", "country": "b", "id": "c"})
    ]


def test_a_file_that_breaks_off_in_its_last_row_is_refused() -> None:
    with pytest.raises(
        ListUnreadable, match="line 3: the file breaks off after 2 of 3"
    ):
        table("name,country,id\na,b,c\nd,e")


def test_a_last_row_without_line_end_may_be_cut_in_its_last_cell() -> None:
    text = "name,country,id\na,b,123"
    record, problem = table(text)
    assert isinstance(record, Record)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.text) == ("no_line_end", "123")
    assert table(text, line_end=False) == [record]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\0", codec="utf-8")), min_size=2
        ),
        min_size=1,
    )
)
def test_what_was_written_is_what_is_read(written: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(written)
    assert cells(out.getvalue()) == [row for row in written if any(row)]
