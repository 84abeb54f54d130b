"""Read a publisher's table of separated values, row by row.

Encodings: UTF-8 with or without a byte order mark; a line that is not UTF-8 is read as
Windows-1252, for OFAC's files are older than UTF-8, and the file's Problem says so.
Cells may be of any size. What leaves the shape of the table in doubt (a NUL byte, a
quotation mark that is never closed, a last row broken off) is ListUnreadable with its
line; a row of too few or too many cells is a Problem and is read as far as it goes.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clearway.errors import ListUnreadable
from clearway.lists.reader import File
from clearway.model import Problem

_BOM = b"\xef\xbb\xbf"
_ANY_SIZE = 2**31 - 1
END_MARK = "\x1a"
"""Control-Z, by which files written under DOS end; OFAC's still do."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `line` is where it begins, the first being 1.

    `ended` is whether a line end follows; a file cut short lacks it.
    """

    line: int
    cells: list[str]
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """A row by column name; `other` holds cells under headings nobody here knows."""

    line: int
    cells: dict[str, str]
    other: tuple[tuple[str, str], ...] = ()


class _Lines:
    """The lines of a file as text; remembers those that were not UTF-8."""

    def __init__(self, file: File, stream: Iterable[bytes]) -> None:
        self.file = file
        self.stream = stream
        self.ended = True
        self.foreign = 0
        self.first_foreign = (0, "")

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.stream, 1):
            if b"\0" in line:
                raise ListUnreadable(
                    self.file.name,
                    f"line {number}: has a NUL byte; the file is damaged or is not "
                    "a text file, fetch it again",
                )
            self.ended = line.endswith((b"\n", b"\r"))
            yield self._text(line.removeprefix(_BOM) if number == 1 else line, number)

    def _text(self, line: bytes, number: int) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            text = _older(line)
            if not self.foreign:
                self.first_foreign = (number, text)
            self.foreign += 1
            return text


def _older(line: bytes) -> str:
    """Windows-1252, and Latin-1 where a byte has no meaning in it."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def rows(file: File, *, delimiter: str = ",") -> Iterator[Row | Problem]:
    """Each row that is not empty; at the end a Problem if some text was not UTF-8."""
    # The limit belongs to the whole process: it is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), _ANY_SIZE))
    with file.open() as stream:
        lines = _Lines(file, stream)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise ListUnreadable(file.name, _where(line, error)) from error
            if cells is None:
                break
            if any(cells):
                yield Row(line, cells, lines.ended)
    if lines.foreign:
        yield _foreign(lines)


def _where(line: int, error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        reason = "a quotation mark that opens in this row is never closed"
    else:
        reason = f"the row cannot be divided into cells: {error}"
    return f"line {line}: {reason}; the file is damaged or cut short, fetch it again"


def _foreign(lines: _Lines) -> Problem:
    first, text = lines.first_foreign
    count = "1 line is" if lines.foreign == 1 else f"{lines.foreign:,} lines are"
    return Problem(
        "not_utf8",
        f"{count} not UTF-8 and read as Windows-1252; check the names there",
        lines.file.name,
        f"line {first}",
        text.strip(),
    )


def first_rows(head: bytes, count: int, *, delimiter: str = ",") -> list[list[str]]:
    """The first rows of a file's head, to tell formats apart; never fails."""
    text = head.removeprefix(_BOM).decode("utf-8", "replace")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    out: list[list[str]] = []
    try:
        for cells in reader:
            if any(cells):
                out.append([cell.strip() for cell in cells])
            if len(out) == count:
                break
    except csv.Error:
        pass
    return out


def by_column(
    found: Iterable[Row | Problem],
    file: File,
    *,
    known: Sequence[str],
    needed: Sequence[str],
    line_end: bool = True,
) -> Iterator[Record | Problem]:
    """The rows below a header, by its names, whatever their order.

    ListUnreadable without a header or without a `needed` column; another `known` one
    that is missing is a Problem and reads as empty. `line_end` is whether the
    publisher ends the last row: where that is missing its last cell may be cut.
    """
    found = iter(found)
    header = None
    for row in found:
        if isinstance(row, Row):
            header = row
            break
        yield row
    columns = _columns(header, file, needed)
    if missing := [name for name in known if name not in columns]:
        yield Problem(
            "missing_column",
            "columns that this list used to have are missing and read as empty",
            file.name,
            f"line {header.line if header else 1}",
            ", ".join(missing),
        )
    wanted = frozenset(known)
    blank = dict.fromkeys(known, "")
    for row in found:
        if isinstance(row, Problem):
            yield row
            continue
        if len(row.cells) != len(columns) and (
            fault := ragged(row, len(columns), file)
        ):
            yield fault
        cells = dict(blank)
        other = []
        for place, cell in enumerate(row.cells):
            name = columns[place] if place < len(columns) else ""
            if name in wanted:
                cells[name] = cell
            elif cell.strip():
                other.append((name or f"column {place + 1}", cell))
        yield Record(row.line, cells, tuple(other))
        if line_end and not row.ended:
            yield Problem(
                "no_line_end",
                "the last row has no line end: the file may have been cut short, "
                "compare it with the publisher's",
                file.name,
                f"line {row.line}",
                row.cells[-1],
            )


def _columns(header: Row | None, file: File, needed: Sequence[str]) -> list[str]:
    if header is None:
        raise ListUnreadable(file.name, "has no rows; fetch it again")
    columns = [cell.strip() for cell in header.cells]
    if missing := [name for name in needed if name not in columns]:
        raise ListUnreadable(
            file.name,
            f"line {header.line}: is not the header expected here, for it lacks "
            f"{', '.join(missing)}; the file is damaged or its format has changed",
        )
    if twice := {name for name in columns if name and columns.count(name) > 1}:
        raise ListUnreadable(
            file.name,
            f"line {header.line}: the header has twice {', '.join(sorted(twice))}",
        )
    return columns


def ragged(row: Row, width: int, file: File) -> Problem | None:
    """The Problem of a row that is not `width` cells wide, unless only blanks exceed.

    ListUnreadable where such a row is the last and has no line end: the file was cut.
    """
    count = len(row.cells)
    if count < width and not row.ended:
        raise ListUnreadable(
            file.name,
            f"line {row.line}: the file breaks off after {count} of {width} cells; "
            "it was cut short, fetch it again",
        )
    if count > width and not any(cell.strip() for cell in row.cells[width:]):
        return None
    return Problem(
        "ragged_row",
        f"the row has {count} cells where {width} belong; those it has were read in "
        "their order and may stand under the wrong heading",
        file.name,
        f"line {row.line}",
        " | ".join(row.cells),
    )
