"""CSV and its relatives, in any dialect and encoding, read in a stream."""

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TextIO

from clearway.tables.cells import Cell
from clearway.tables.dialect import NO_SEPARATOR, Dialect, dialect_of
from clearway.tables.encodings import Encoding, encoding_of, opened
from clearway.tables.layout import Layout, layout_of
from clearway.tables.quick import batches, is_plain
from clearway.tables.sources import Source
from clearway.tables.table import SAMPLE_ROWS, Chunk, Filler, Table

LONGEST_LINE = 64 << 20
LONGEST_ROW = 128 << 20
MOST_LINES = 1_000
"""A row of more lines than this is a quote that was opened and not closed."""

_HEAD_CHARACTERS = 1 << 20
_CONTROLS = [chr(code) for code in (*range(1, 9), *range(14, 26), *range(28, 32))]
_UNCLOSED = (
    "unclosed_quote",
    "a quote is opened in this line and not closed where its row ends; the line was "
    "read as if quotes meant nothing: close or double the quote",
)
_TOO_LONG = (
    "line_too_long",
    f"the line is longer than {LONGEST_LINE >> 20} million characters; the rest of it "
    "was left out: is the file a table?",
)
_NUL = (
    "nul_bytes",
    "the line holds NUL bytes, which were left out: export the file again",
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A source as text of a known encoding and dialect."""

    source: Source
    encoding: Encoding
    dialect: Dialect

    @property
    def lost(self) -> tuple[str, str]:
        """What to say of a line with characters that are not in the encoding."""
        return (
            "undecodable",
            f"characters of this line cannot be read as {self.encoding.name} and "
            "became �: state the right encoding or export the file as UTF-8",
        )


def open_delimited(
    source: Source, *, encoding: str | None = None, header: bool | None = None
) -> Table:
    """The table in a text file; raises InputUnreadable if it is binary or empty."""
    found = encoding_of(source, encoding)
    dialect = dialect_of(_first_lines(source, found), source.name)
    text = _Text(source, found, dialect)
    # A cell may be long; Python's limit of 128 KiB serves no purpose here. It is
    # the process's own setting, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    first = list(islice(_Rows(text), SAMPLE_ROWS))
    if not any(any(row) for _, row, _ in first):
        raise source.refused("the file holds nothing but blanks; nothing to check")
    layout = layout_of([row for _, row, _ in first], header)
    width = len(layout.columns)
    sample = [_fitted(row, width) for _, row, _ in first[layout.skip :] if any(row)]
    name, unit = source.name, "line"
    return Table(
        name=name,
        format="csv",
        description=_described(text, layout),
        columns=layout.columns,
        header=layout.header,
        unit=unit,
        sample=tuple(sample),
        problems=(*found.problems(name), *layout.problems(name, unit)),
        reader=lambda size: _chunks(text, layout, size),
        batches=_quick(text, layout),
    )


def _quick(
    text: _Text, layout: Layout
) -> Callable[[Sequence[int]], Iterator[Any]] | None:
    """The reader for large clean files, where this may be one."""
    if not is_plain(text.encoding, text.dialect, layout):
        return None
    return partial(batches, text.source, text.encoding, text.dialect, layout)


def _described(text: _Text, layout: Layout) -> str:
    packed = "gzipped " if text.source.gzipped else ""
    return f"{packed}CSV, {text.dialect.words}, {text.encoding}, {layout.words}"


def _first_lines(source: Source, encoding: Encoding) -> list[str]:
    with opened(source, encoding) as file:
        head = file.read(_HEAD_CHARACTERS)
    odd = sum(map(head.count, _CONTROLS))
    if odd > 8 and odd > len(head) // 50:
        raise source.refused(
            "this is binary data, not a table; give CSV, Excel, Parquet or JSON lines"
        )
    if not head.strip("\0 \r\n\t\x1a"):
        what = "NUL bytes" if "\0" in head else "blanks"
        raise source.refused(f"the file holds nothing but {what}; export it again")
    lines = list(io.StringIO(head.replace("\0", ""), newline=""))
    return lines[:-1] if len(head) == _HEAD_CHARACTERS and len(lines) > 1 else lines


def _fitted(row: Sequence[Cell], width: int) -> Sequence[Cell]:
    """The row as wide as the table."""
    if len(row) < width:
        return [*row, *[None] * (width - len(row))]
    return row[:width]


def _chunks(text: _Text, layout: Layout, size: int) -> Iterator[Chunk]:
    filler = Filler(text.source.name, "line", size)
    width = len(layout.columns)
    rows = iter(_Rows(text))
    for _ in islice(rows, layout.skip):
        pass
    kept, numbers, full = filler.rows, filler.numbers, size
    for number, row, troubles in rows:
        if troubles:
            for code, message in troubles:
                filler.note(number, code, message, text.dialect.separator.join(row))
        if len(row) != width:
            if not "".join(row).strip(" \x1a\0") and not troubles:
                continue  # a blank line, or the end-of-file mark of DOS
            _ragged(filler, number, row, width)
            row = _fitted(row, width)  # type: ignore[assignment]
        elif not row[0] and not any(row) and not troubles:
            continue  # separators and nothing else
        kept.append(row)
        numbers.append(number)
        if len(kept) >= full:
            yield filler.take()
            kept, numbers = filler.rows, filler.numbers
    if kept:
        yield filler.take()


def _ragged(filler: Filler, number: int, row: Sequence[str], width: int) -> None:
    if len(row) < width:
        filler.note(
            number,
            "short_row",
            f"the row has {len(row)} cells where the table has {width} columns; "
            "the missing ones were taken as empty",
            " | ".join(row),
        )
    elif extra := [cell for cell in row[width:] if cell.strip()]:
        filler.note(
            number,
            "long_row",
            f"the row has {len(row)} cells where the table has {width} columns (is a "
            "separator unquoted?); the ones beyond belong to no column",
            " | ".join(extra),
        )


class _RunawayError(Exception):
    """A quote was opened and not closed for too long."""


class _Lines:
    """Lines one by one; keeps those of the row being read and takes lines back."""

    def __init__(self, file: TextIO, *, suspicious: bool) -> None:
        self.file, self.suspicious = file, suspicious
        self.pending: list[str] = []
        self.returned: deque[str] = deque()
        self.nul = self.lost = self.cut = self.ended = False

    def __iter__(self) -> Iterator[str]:
        readline, pending, returned = self.file.readline, self.pending, self.returned
        longest, suspicious, size = LONGEST_LINE, self.suspicious, 0
        self.ended = False
        while True:
            line = returned.popleft() if returned else readline(longest)
            if not line:
                self.ended = True
                return
            size = size + len(line) if pending else len(line)
            pending.append(line)
            if size >= longest:
                self._long(line, size)
            elif len(pending) > MOST_LINES:
                raise _RunawayError
            if suspicious:
                self.nul = self.nul or "\0" in line
                self.lost = self.lost or "\ufffd" in line
                line = line.replace("\0", "")
            yield line

    def _long(self, line: str, size: int) -> None:
        if size > LONGEST_ROW:
            raise _RunawayError
        if len(line) >= LONGEST_LINE:
            self._skip_rest()

    def _skip_rest(self) -> None:
        self.cut = True
        while (rest := self.file.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
            pass

    def give_back(self, lines: Sequence[str]) -> None:
        """Lines to be read once more."""
        self.returned.extendleft(reversed(lines))


class _Rows:
    """The rows of a text: line number, cells, and what went wrong in it."""

    def __init__(self, text: _Text) -> None:
        self.text = text
        self.dialect = text.dialect

    def __iter__(self) -> Iterator[tuple[int, list[str], list[tuple[str, str]]]]:
        encoding = self.text.encoding
        number = 1
        none: list[tuple[str, str]] = []
        with opened(self.text.source, encoding) as file:
            lines = _Lines(file, suspicious=encoding.damaged or encoding.nul)
            pending = lines.pending
            if self.dialect.hint:
                file.readline()
                number = 2
            while True:
                reader, strayed = self.dialect.reader(iter(lines)), False
                try:
                    for row in reader:
                        # The reader asks for a line after the last only within quotes.
                        if len(pending) > 1 or lines.ended:
                            strayed = lines.ended or self._strayed(pending, row)
                            if strayed:
                                break
                        odd = lines.nul or lines.lost or lines.cut
                        yield number, row, self._troubles(lines) if odd else none
                        number += len(pending)
                        pending.clear()
                except (_RunawayError, csv.Error):
                    strayed = True
                if not strayed:
                    return
                row = self._alone(lines)
                yield number, row, [_UNCLOSED, *self._troubles(lines)]
                number += 1

    def _alone(self, lines: _Lines) -> list[str]:
        """The first line of a row as a row of its own; the others are read again."""
        first, *others = lines.pending
        lines.pending.clear()
        lines.give_back(others)
        return self.dialect.split(first.replace("\0", ""))

    def _troubles(self, lines: _Lines) -> list[tuple[str, str]]:
        found = []
        if lines.nul:
            found.append(_NUL)
        if lines.lost:
            found.append(self.text.lost)
        if lines.cut:
            found.append(_TOO_LONG)
        lines.nul = lines.lost = lines.cut = False
        return found

    def _strayed(self, pending: Sequence[str], row: Sequence[str]) -> bool:
        """Whether a row of several lines is rather several rows and a stray quote.

        It is if each line alone has a row's separators, or if the row is ragged.
        """
        separator, width = self.dialect.separator, self.dialect.width
        if separator == NO_SEPARATOR:
            return len(pending) > 5
        if len(row) != width:
            return True
        return all(line.count(separator) == width - 1 for line in pending)
