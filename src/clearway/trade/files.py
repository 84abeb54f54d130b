"""A file of statistics: its bytes unpacked, its text decoded, its table as text.

Every cell stays text until a reader knows what it is: a code read as a number loses
its leading zero.
"""

import gzip
import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from clearway.errors import InputUnreadable
from clearway.trade.extras import imported

_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEAD = 4096


@dataclass(frozen=True)
class File:
    """A file of statistics by its name and its bytes as they lie on the disk."""

    name: str
    raw: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The checksum of the file as it lies on the disk."""
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def content(self) -> bytes:
        """The bytes unpacked: gzip, or a zip of a single file."""
        try:
            if self.raw.startswith(_GZIP):
                return gzip.decompress(self.raw)
            if self.raw.startswith(_ZIP) and not self.workbook:
                with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
                    return archive.read(self._only(archive))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise InputUnreadable(
                self.name, f"cannot be unpacked ({error}); download it again"
            ) from error
        return self.raw

    def _only(self, archive: zipfile.ZipFile) -> str:
        names = [item for item in archive.namelist() if not item.endswith("/")]
        if len(names) != 1:
            message = f"holds {len(names)} files; unpack it and import each"
            raise InputUnreadable(self.name, message)
        return names[0]

    @cached_property
    def workbook(self) -> bool:
        """Whether it is an Excel workbook, old or new."""
        if self.raw.startswith(_OLE):
            return True
        if not self.raw.startswith(_ZIP):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
                return "[Content_Types].xml" in archive.namelist()
        except zipfile.BadZipFile:
            return False

    @cached_property
    def encoding(self) -> str:
        """UTF-8 where the bytes are that, UTF-16 by its mark, else GB18030."""
        content = self.content
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return "gb18030"
        return "utf-8-sig"

    @cached_property
    def text(self) -> str:
        """The whole content as text.

        Raises InputUnreadable where it is in no encoding statistics come in.
        """
        try:
            return self.content.decode(self.encoding)
        except UnicodeDecodeError as error:
            message = "is neither UTF-8 nor GB18030; save it as UTF-8"
            raise InputUnreadable(self.name, message) from error

    @cached_property
    def head(self) -> str:
        """The first lines, by which a publisher is recognised."""
        if self.workbook:
            return ""
        start = self.content[: _HEAD * 4]
        encoding = self.encoding
        return start.decode(encoding, "ignore")[:_HEAD].lstrip("\ufeff")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The cells of the first line, if it is one of a delimited table."""
        line = self.head.partition("\n")[0].strip("\r")
        return tuple(cell.strip().strip('"').strip() for cell in _cells(line))

    def table(self) -> Any:
        """The delimited table as a Polars frame of text, with `row` in front.

        `row` is the line in the file, the heading being line 1. Rows with more cells
        than the heading have the rest in the column `_more`, fewer leave nulls.
        """
        pl = imported("polars")
        data = self.content
        if self.encoding not in ("utf-8-sig",):
            data = self.text.encode("utf-8")
        data = data.removeprefix(b"\xef\xbb\xbf")
        options = {
            "infer_schema": False,
            "separator": _separator(self.head),
            "row_index_name": "row",
            "row_index_offset": 2,
        }
        try:
            frame = pl.read_csv(data, **options)
        except pl.exceptions.ComputeError:
            frame = _ragged(pl, self.text, _separator(self.head))
        except pl.exceptions.NoDataError as error:
            raise InputUnreadable(self.name, "is empty") from error
        names = {name: name.strip().strip('"') for name in frame.columns}
        return frame.rename(names).with_columns(pl.col("row").cast(pl.Int64))

    def sheets(self) -> list[tuple[str, list[list[Any]]]]:
        """The sheets of a workbook with their rows of cells."""
        import python_calamine as calamine

        try:
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.raw))
            return [
                (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in book.sheet_names
            ]
        except (calamine.CalamineError, OSError, ValueError) as error:
            message = f"is a workbook that cannot be read ({error})"
            raise InputUnreadable(self.name, message) from error


def file_at(path: Path) -> File:
    """The file at a path; raises InputUnreadable if it cannot be read."""
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise InputUnreadable(str(path), f"cannot be read: {error.strerror}") from error


def _separator(head: str) -> str:
    line = head.partition("\n")[0]
    return max(",;\t|", key=line.count)


def _cells(line: str) -> list[str]:
    separator = _separator(line)
    return re.split(rf'{re.escape(separator)}(?=(?:[^"]*"[^"]*")*[^"]*$)', line)


def _ragged(pl: Any, text: str, separator: str) -> Any:
    """A table in which a row has more cells than the heading, row by row."""
    import csv

    lines = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator)
    heading = [cell.strip() for cell in next(lines, [])]
    width = len(heading)
    columns: dict[str, list[str | None]] = {name: [] for name in heading}
    rows: list[int] = []
    more: list[str | None] = []
    for cells in lines:
        if not cells:
            continue
        rows.append(lines.line_num)
        for place, name in enumerate(heading):
            columns[name].append(cells[place] if place < len(cells) else None)
        more.append(separator.join(cells[width:]) or None)
    data = {"row": rows, **columns, "_more": more}
    schema = {"row": pl.Int64, **dict.fromkeys([*columns, "_more"], pl.String)}
    return pl.DataFrame(data, schema=schema)
