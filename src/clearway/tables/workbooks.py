"""What a spreadsheet file is, and whether it is safe to open.

The reader lays a sheet out as a full grid: one cell in the far corner of a tiny file
would ask for hundreds of gigabytes and end the process. So the extent of every sheet
is measured first, in a stream, and so is what the file unpacks to.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from clearway.tables.sources import BOMB_BYTES, BOMB_RATIO, Source

MOST_CELLS = 64_000_000
MOST_UNPACKED = 4 << 30

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

_BLOCK = 1 << 20
_OVERLAP = 4096
_XLSX_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>"""
)
_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell|table)\b([^>]*)>")
_ODS_COLUMNS = re.compile(rb'number-columns-repeated="(\d+)"')
_ODS_ROWS = re.compile(rb'number-rows-repeated="(\d+)"')
_SAVE = "open it in its own program and save the table as .xlsx or CSV"


def workbook_type(source: Source) -> str:
    """`xlsx` or `ods` for a zip that is one; raises InputUnreadable for others."""
    with source.open() as file:
        try:
            names = set(zipfile.ZipFile(file).namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise source.refused(
                f"begins like an Excel file but is cut off or damaged ({error}); "
                "copy or download it again"
            ) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "word/document.xml" not in names:
        return "ods"
    for part, what in (
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ):
        if part in names:
            raise source.refused(f"this is {what}, not a table; {_SAVE}")
    held = ", ".join(sorted(names)[:5])
    raise source.refused(f"this is a zip archive ({held}); unpack it first")


def refuse_bombs(source: Source, type_: str) -> None:
    """Raise InputUnreadable for a workbook that unpacks to more than memory holds."""
    total = 0
    with source.open() as file:
        for member in zipfile.ZipFile(file).infolist():
            extent = _Xlsx() if type_ == "xlsx" else _Ods()
            measured = member.filename.startswith("xl/worksheets/")
            measured = measured or member.filename == "content.xml"
            tail = b""
            for block in _unpacked(file, member, source):
                total += len(block)
                _refuse_size(source, total)
                if measured:
                    tail = extent.see(tail + block)
                    _refuse_extent(source, extent.rows, extent.columns)


def _refuse_size(source: Source, total: int) -> None:
    swollen = total > BOMB_BYTES and total > BOMB_RATIO * source.size
    if swollen or total > MOST_UNPACKED:
        raise source.refused(
            f"unpacks to more than {total >> 20:,} MiB from {source.size:,} bytes, "
            "which no table does; save it as CSV if it is one"
        )


def _refuse_extent(source: Source, rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise source.refused(
            f"a sheet reaches over {rows:,} rows and {columns:,} columns, which is "
            "more than memory holds; delete what stands far outside the table, or "
            "save it as CSV"
        )


def _unpacked(
    file: BinaryIO, member: zipfile.ZipInfo, source: Source
) -> Iterator[bytes]:
    """What a member really unpacks to, whatever size the archive says it has."""
    file.seek(member.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != ZIP:
        raise source.refused("the Excel file is damaged; copy or download it again")
    names, extra = struct.unpack("<HH", header[26:30])
    file.seek(names + extra, 1)
    left = member.compress_size
    inflate = zlib.decompressobj(-15) if member.compress_type else None
    while left > 0 and (packed := file.read(min(left, _BLOCK))):
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        try:
            while packed and not inflate.eof:
                yield inflate.decompress(packed, _BLOCK)
                packed = inflate.unconsumed_tail
        except zlib.error as error:
            raise source.refused(
                f"the Excel file is damaged ({error}); copy or download it again"
            ) from error


class _Xlsx:
    """The last row and column with a cell that holds something."""

    def __init__(self) -> None:
        self.rows = self.columns = 0

    def see(self, text: bytes) -> bytes:
        """Take in some XML; returns what must come again before the next part."""
        found = _XLSX_CELL.findall(text)
        if found:
            letters = {column for column, _ in found}
            self.columns = max(self.columns, *map(_column, letters))
            self.rows = max(self.rows, *(int(row) for _, row in found))
        return text[max(text.rfind(b"<"), len(text) - _OVERLAP) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Ods:
    """The same for OpenDocument, where cells and rows are repeated by a number."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.row = self.column = self.repeat = 0

    def see(self, text: bytes) -> bytes:
        """Take in some XML; returns what must come again before the next part."""
        cut = text.rfind(b"<")
        cut = len(text) if cut < 0 or b">" in text[cut:] else cut
        for tag, attributes in _ODS_TAG.findall(text[:cut]):
            if tag == b"table":
                self.row = self.repeat = 0
            elif tag == b"table-row":
                self.row += self.repeat
                rows = _ODS_ROWS.search(attributes)
                self.repeat, self.column = int(rows[1]) if rows else 1, 0
            else:
                columns = _ODS_COLUMNS.search(attributes)
                self.column += int(columns[1]) if columns else 1
                if b"value-type=" in attributes:
                    self.columns = max(self.columns, self.column)
                    self.rows = max(self.rows, self.row + self.repeat)
        return text[cut:][-_BLOCK:]
