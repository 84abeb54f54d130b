"""Where a table's header is, and what its columns are called."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clearway.model import Problem
from clearway.tables.cells import MISSING, Cell, text
from clearway.tables.headings import meaning

_DEEPEST = 20
"""Titles and notes above a header are looked past for this many rows."""

_VALUE = re.compile(r"[\d\s.,/:+-]*\d[\d\s.,/:+-]*|[\w.+-]+@[\w.-]+|https?://.*")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, and how many of its first rows are not data.

    `above` counts the rows before the header; `header` says whether there is one;
    `by_contrast` whether it was told from what stands below it, not by its words;
    `unnamed` holds the columns beyond the header in which something stands.
    """

    columns: tuple[str, ...]
    above: int
    header: bool
    doubled: tuple[str, ...] = ()
    by_contrast: bool = False
    unnamed: tuple[str, ...] = ()

    @property
    def skip(self) -> int:
        """How many rows stand before the data."""
        return self.above + self.header

    @property
    def words(self) -> str:
        """How the header was found, for people."""
        if not self.header:
            return "without header"
        above = f", {self.above} rows above it" if self.above > 1 else ""
        return "with header" + (", 1 row above it" if self.above == 1 else above)

    def problems(self, file: str, unit: str) -> tuple[Problem, ...]:
        """What a person should know about the header."""
        found = []
        place = f"{unit} {self.above + 1}"
        if self.doubled:
            names = ", ".join(repr(name) for name in self.doubled)
            message = f"several columns have the same heading ({names}); all are read"
            found.append(Problem("duplicate_heading", message, file, place, names))
        if self.unnamed:
            message = (
                f"the rows have {len(self.columns)} cells where the header names "
                f"{len(self.columns) - len(self.unnamed)} columns: if separators in "
                "the cells are not quoted, the cells stand under the wrong headings"
            )
            names = ", ".join(self.unnamed)
            found.append(Problem("header_short", message, file, place, names))
        if self.by_contrast:
            message = (
                "the first row was taken for a header because numbers or dates stand "
                "below its words; if it is a party, say that there is no header"
            )
            words = ", ".join(self.columns)
            found.append(Problem("header_guessed", message, file, place, words))
        return tuple(found)


def layout_of(rows: Sequence[Sequence[Cell]], header: bool | None = None) -> Layout:
    """The layout of a table from its first rows, blank ones included.

    A row is taken for a header only on good grounds (its words are headings in some
    language, or its columns hold numbers and dates below and words in it): a party
    taken for a header would go unscreened, a header taken for a party is merely odd.
    """
    width = _width(rows)
    if header is False or not rows:
        return Layout(_plain(width), 0, False)
    above = _header_row(rows, width) if header is None else _first_filled(rows)
    contrast = False
    if above is None:
        above = _first_filled(rows)
        contrast = header is None and above is not None
        contrast = contrast and _by_contrast(rows, above or 0, width)
        if above is None or not contrast:
            return Layout(_plain(width), 0, False)
    columns, doubled = unique([text(cell) for cell in rows[above]], width)
    named = len(rows[above])
    beyond = [
        columns[i]
        for i in range(named, len(columns))
        if any(text(row[i]) for row in rows[above + 1 :] if len(row) > i)
    ]
    return Layout(columns, above, True, doubled, contrast, tuple(beyond))


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """The most frequent width; of several the one that comes first."""
    counts = Counter(len(row) for row in rows if any(map(text, row)))
    if not counts:
        return max((len(row) for row in rows), default=0)
    return counts.most_common(1)[0][0]


def _plain(width: int) -> tuple[str, ...]:
    return tuple(f"column {number}" for number in range(1, width + 1))


def _first_filled(rows: Sequence[Sequence[Cell]]) -> int | None:
    return next((i for i, row in enumerate(rows) if any(map(text, row))), None)


def _header_row(rows: Sequence[Sequence[Cell]], width: int) -> int | None:
    for index, row in enumerate(rows[:_DEEPEST]):
        if _by_words(row, width):
            return index
    return None


def _by_words(row: Sequence[Cell], width: int) -> bool:
    """Whether most cells are known headings and none is a number, date or address."""
    cells = [text(cell) for cell in row if not isinstance(cell, int | float)]
    cells = [cell for cell in cells if cell]
    if len(cells) < sum(bool(text(cell)) for cell in row) or not cells:
        return False
    if any(_VALUE.fullmatch(cell) for cell in cells) or 2 * len(cells) < width:
        return False
    found = [meaning(cell) for cell in cells]
    known = [freedom for field, freedom in found if field]
    exact = known.count(0)
    if len(cells) == 1:
        return exact == 1
    return exact >= 1 and (len(known) >= 2 or 2 * len(known) >= len(cells))


def _by_contrast(rows: Sequence[Sequence[Cell]], first: int, width: int) -> bool:
    """Whether a column holds values below, and a word of its own in the first row."""
    words = [text(cell) for cell in rows[first]]
    if len(words) != width or not all(map(str.isprintable, words)):
        return False
    if len({word.casefold() for word in words}) < width:
        return False
    if any(_VALUE.fullmatch(word) or word.casefold() in MISSING for word in words):
        return False
    below = [[text(cell) for cell in row] for row in rows[first + 1 :]]
    for column in range(width):
        filled = [row[column] for row in below if len(row) == width and row[column]]
        if len(filled) >= 3 and all(_VALUE.fullmatch(value) for value in filled):
            return True
    return False


def unique(
    headings: Sequence[str], width: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings made unique and as many as columns, and those that occurred twice."""
    taken: set[str] = set()
    doubled: dict[str, None] = {}
    names = []
    for number in range(1, max(width, len(headings)) + 1):
        heading = headings[number - 1] if number <= len(headings) else ""
        name = heading = " ".join(heading.split()) or f"column {number}"
        count = 1
        while name in taken:
            doubled[heading] = None
            count += 1
            name = f"{heading} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names), tuple(doubled)
