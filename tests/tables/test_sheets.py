"""Excel and OpenDocument: what a person sees, and nothing that ends the process."""

import io
import struct
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from clearway.errors import InputUnreadable, UsageError
from clearway.tables.cells import text
from clearway.tables.reading import open_table
from clearway.tables.table import Table

SEEN = datetime(2024, 5, 6, 12, 30)  # noqa: DTZ001  (Excel knows no zones)


def workbook(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd.mm.yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(line, column, value)
        if name == hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def first(table: Table) -> list[str]:
    return [text(cell) for cell in next(table.rows()).cells]


def test_numbers_and_dates_are_what_a_person_reads() -> None:
    rows: list[list[Any]] = [
        ["Name", "ИНН", "DOB", "Score", "Seen"],
        ["Acme", 7701234567, date(1970, 5, 6), 1.5, SEEN],
    ]
    table = open_table(workbook(("Clients", rows)))
    assert first(table) == [
        "Acme",
        "7701234567",
        "1970-05-06",
        "1.5",
        "2024-05-06T12:30:00",
    ]
    assert next(table.rows()).position == "sheet Clients, row 2"


def test_a_formula_gives_the_value_it_had() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "Country"])
    sheet.write_formula(1, 0, '=UPPER("acme")', None, "ACME")
    sheet.write(1, 1, "RU")
    book.close()
    assert first(open_table(out.getvalue())) == ["ACME", "RU"]


def test_a_title_blank_rows_and_an_offset_table_are_found() -> None:
    rows: list[list[Any]] = [
        [None, "Clients of the branch"],
        [],
        [None, "Name", "Country"],
        [],
        [None, "Acme", "RU"],
    ]
    table = open_table(workbook(("S", rows)))
    assert table.columns == ("Name", "Country")
    assert next(table.rows()).position == "sheet S, row 5"


def test_the_sheet_with_a_header_is_taken_and_the_others_are_named() -> None:
    data = workbook(
        ("Read me", [["This workbook was made for you"]]),
        ("Clients", [["Name", "Country"], ["Acme", "RU"]]),
        ("Old", [["Name", "Country"], ["Beta", "CN"]]),
        hidden="Old",
    )
    table = open_table(data)
    assert first(table) == ["Acme", "RU"]
    (problem,) = table.problems
    assert problem.code == "sheets_not_read"
    assert problem.text == "'Read me', 'Old' (hidden)"


def test_a_sheet_can_be_named_or_numbered() -> None:
    data = workbook(
        ("A", [["Name", "Country"], ["Acme", "RU"]]),
        ("B", [["Name", "Country"], ["Beta", "CN"]]),
    )
    assert first(open_table(data, sheet="b")) == ["Beta", "CN"]
    assert first(open_table(data, sheet="2")) == ["Beta", "CN"]
    assert open_table(data, sheet="B").problems == ()
    with pytest.raises(UsageError, match="'A', 'B'"):
        open_table(data, sheet="C")


def test_a_cell_in_the_far_corner_does_not_end_the_process() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Name")
    sheet.write(1_048_575, 16_383, "far")
    book.close()
    with pytest.raises(InputUnreadable, match="1,048,576 rows and 16,384 columns"):
        open_table(out.getvalue())


ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="S">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
ODS_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
    '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type='
    '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        mime = "application/vnd.oasis.opendocument.spreadsheet"
        book.writestr("mimetype", mime)
        book.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        book.writestr("content.xml", ODS_HEAD + rows + ODS_TAIL)
    return out.getvalue()


def ods_cell(value: str, times: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{times}" '
        f'office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def ods_row(cells: str, times: int = 1) -> str:
    repeated = f'table:number-rows-repeated="{times}"'
    return f"<table:table-row {repeated}>{cells}</table:table-row>"


ODS_REST = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', 1048574)


def test_opendocument_is_read() -> None:
    born = (
        '<table:table-cell office:value-type="date" office:date-value="1970-01-02">'
        "<text:p>02.01.70</text:p></table:table-cell>"
    )
    rows = ods_row(ods_cell("Name") + ods_cell("DOB")) + ods_row(ods_cell("A") + born)
    table = open_table(ods(rows + ODS_REST))
    assert table.columns == ("Name", "DOB")
    assert first(table) == ["A", "1970-01-02"]


def test_a_repeated_cell_in_opendocument_does_not_end_the_process() -> None:
    with pytest.raises(InputUnreadable, match="more than memory holds"):
        open_table(ods(ods_row(ods_cell("x", 16_384), 1_048_576)))
    far = '<table:table-cell table:number-columns-repeated="16383"/>' + ods_cell("y")
    gap = ods_row(ods_cell("x")) + ods_row("<table:table-cell/>", 1_048_570)
    with pytest.raises(InputUnreadable, match="more than memory holds"):
        open_table(ods(gap + ods_row(far)))


def xls(rows: list[list[str | float]]) -> bytes:
    """A BIFF8 workbook in an OLE file, as small as the format allows."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 1997, 0, 6))

    end, sheet = record(0x0A, b""), begin(0x10)
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", line, column, 0)
            if isinstance(value, str):
                held = value.encode("utf-16-le")
                body = place + struct.pack("<HB", len(value), 1) + held
                sheet += record(0x204, body)
            else:
                sheet += record(0x203, place + struct.pack("<d", value))
    sheet += end
    length = len(begin(5)) + 4 + 8 + len("Clients") + len(end)
    bound = struct.pack("<IHBB", length, 0, len("Clients"), 0) + b"Clients"
    stream = begin(5) + record(0x85, bound) + end + sheet
    stream = stream.ljust(max(4096, -len(stream) % 512 + len(stream)), b"\0")
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIII", 0, 1, 1, 0, 4096)
    header += struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        held = (name + "\0").encode("utf-16-le") if name else b""
        out = held.ljust(64, b"\0") + struct.pack("<HBB", len(held), kind, 1)
        out += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
        return out + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    folder += entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    folder += entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    return header + struct.pack("<128I", *fat) + folder + stream


def test_the_old_excel_format_is_read() -> None:
    table = open_table(xls([["Name", "ИНН"], ["Ромашка", 7701234567.0]]))
    assert table.description == "Excel 97 workbook, sheet 'Clients', with header"
    assert first(table) == ["Ромашка", "7701234567"]


def test_digits_that_a_spreadsheet_loses_are_not_made_up() -> None:
    data = workbook(("S", [["Name", "Passport"], ["A", 110101199003071234]]))
    (row,) = open_table(data).rows()
    assert isinstance(row.cells[1], float)
