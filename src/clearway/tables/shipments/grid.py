"""A paper as a grid: every cell of every sheet with the row it stands in.

A paper is no table: labels and values stand above, beside and below one. So rows are
kept as they are, blank ones and short ones too, and separators are told by what they
make of the whole paper.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from clearway.errors import UsageError
from clearway.model import Problem
from clearway.tables.cells import Cell, text
from clearway.tables.dialect import SEPARATORS
from clearway.tables.encodings import encoding_of, opened
from clearway.tables.sheets import book_of
from clearway.tables.sources import Source, source_of
from clearway.tables.workbooks import OLE, ZIP

MOST_CHARACTERS = 64 << 20
MOST_ROWS = 200_000
_LONGEST_CELL_LINES = 40
"""A cell of more lines than this is a quote that was opened and not closed."""
_TOO_LONG = f"has more than {MOST_ROWS:,} rows, as no paper has; split it"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name ('' of a text file), and its rows with their numbers."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    file: str = ""
    visible: bool = True

    def position(self, number: int) -> str:
        """Where a row stands, in words: "line 12", "sheet Invoice, row 12"."""
        return f"sheet {self.name}, row {number}" if self.name else f"line {number}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as opened: its sheets, what was recognised, what could not be read."""

    name: str
    description: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = field(default=())


def paper_of(
    origin: Path | str | bytes | IO[bytes],
    *,
    name: str = "",
    encoding: str | None = None,
    sheet: str | None = None,
) -> Paper:
    """A CSV file or workbook with all its sheets (or the one that is named).

    Raises InputUnreadable for what is neither, UsageError for a sheet there is not.
    """
    source = source_of(origin, name)
    if source.head(4) in (ZIP, OLE[:4]):
        return _workbook(source, sheet)
    if sheet is not None:
        raise UsageError(f"{source.name} is no workbook and has no sheet {sheet!r}")
    return _delimited(source, encoding)


def _workbook(source: Source, wanted: str | None) -> Paper:
    sheets = [
        Sheet(name, tuple(_kept(rows)), source.name, visible)
        for name, visible, rows in book_of(source)
    ]
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise source.refused(_TOO_LONG)
    if wanted is not None:
        named = [s for s in sheets if s.name.casefold() == wanted.strip().casefold()]
        if not named and wanted.isdecimal() and 1 <= int(wanted) <= len(sheets):
            named = [sheets[int(wanted) - 1]]
        if not named:
            names = ", ".join(repr(one.name) for one in sheets)
            raise UsageError(
                f"{source.name} has no sheet {wanted!r}; there are: {names}"
            )
        sheets = named
    names = ", ".join(one.name + ("" if one.visible else " (hidden)") for one in sheets)
    return Paper(source.name, f"workbook, sheets {names}", tuple(sheets))


def _kept(rows: Iterator[Sequence[Cell]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, row in enumerate(rows, 1):
        if any(cell is not None and text(cell) for cell in row):
            yield number, tuple(row)


def _delimited(source: Source, encoding: str | None) -> Paper:
    found = encoding_of(source, encoding)
    with opened(source, found) as file:
        whole = file.read(MOST_CHARACTERS + 1)
    if len(whole) > MOST_CHARACTERS:
        raise source.refused("is longer than any invoice; give it as a table")
    if not whole.strip("\0 \r\n\t\x1a,;|"):
        raise source.refused("the file holds nothing but blanks; nothing to check")
    problems = list(found.problems(source.name))
    if "\0" in whole or "\ufffd" in whole:
        message = "characters cannot be read in this encoding: export the file as UTF-8"
        problems.append(Problem("undecodable", message, source.name, "", ""))
    whole = whole.replace("\0", "")
    hint = whole[:5].lower()
    mark = whole[4] if hint.startswith("sep=") else _separator(whole)
    rows, stray = _rows(whole, mark)
    if stray:
        message = (
            "a quote is opened and not closed; the lines were read as if quotes meant "
            "nothing: close or double the quote"
        )
        problems.append(
            Problem("unclosed_quote", message, source.name, f"line {stray}")
        )
    skip = 1 if hint.startswith("sep=") else 0
    kept = tuple(
        (number, tuple(row))
        for number, row in rows[skip:]
        if any(cell.strip() for cell in row)
    )
    if len(kept) > MOST_ROWS:
        raise source.refused(_TOO_LONG)
    words = SEPARATORS.get(mark, repr(mark))
    description = f"CSV, {words}, {found}"
    return Paper(
        source.name, description, (Sheet("", kept, source.name),), tuple(problems)
    )


def _separator(whole: str) -> str:
    """The separator that makes the widest regular rows.

    Commas stand within addresses and amounts too: a sign counts by the rows of four
    cells and more that it makes, and of two signs the other wins over the comma.
    """
    sample = "\n".join(whole[: 1 << 20].splitlines()[:400])
    best, score = ",", 0.0
    for mark in (";", "\t", "|", ","):
        widths = [len(row) for _, row in _rows(sample, mark)[0]]
        wide = [width for width in widths if width >= 4]
        same = max((wide.count(width) for width in set(wide)), default=0)
        found = same + 0.1 * len(wide) + 0.01 * sum(width > 1 for width in widths)
        if found > score * 1.2:
            best, score = mark, found
    return best


def _rows(whole: str, mark: str) -> tuple[list[tuple[int, list[str]]], int]:
    """The rows with the line each begins in; the line of a stray quote, or 0.

    Where a quote is opened and not closed, quotes mean nothing in the whole paper.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MOST_CHARACTERS))
    rows = []
    for line, row in _lines(whole, mark, csv.QUOTE_MINIMAL):
        if any(cell.count("\n") > _LONGEST_CELL_LINES for cell in row):
            plain = _lines(whole, mark, csv.QUOTE_NONE)
            return [
                (n, [_unquoted(cell) for cell in cells]) for n, cells in plain
            ], line
        rows.append((line, row))
    return rows, 0


def _lines(whole: str, mark: str, quoting: int) -> Iterator[tuple[int, list[str]]]:
    text = io.StringIO(whole, newline="")
    reader = csv.reader(text, delimiter=mark, quoting=quoting)  # type: ignore[arg-type]
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    whole = len(bare) > 1 and bare[0] == bare[-1] == '"'
    return bare[1:-1].replace('""', '"') if whole else cell
