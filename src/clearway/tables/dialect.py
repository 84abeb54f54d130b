"""How a text table separates its cells: told from its first lines."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clearway.tables.headings import meaning

SEPARATORS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
}
NO_SEPARATOR = "\x1f"
_LEAST = 0.6
_EXCEL_HINT = "sep="


@dataclass(frozen=True, slots=True)
class Dialect:
    """Separator, quote, escape and whether blanks follow the separator.

    `hint` is whether the first line is Excel's `sep=;` and no data; `width` how many
    cells most lines have.
    """

    separator: str
    quote: str = '"'
    escape: str | None = None
    blanks: bool = False
    hint: bool = False
    width: int = 1

    @property
    def words(self) -> str:
        """The separator in words."""
        if self.separator == NO_SEPARATOR:
            return "one column"
        return SEPARATORS.get(self.separator, repr(self.separator))

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The rows of lines in this dialect."""
        return csv.reader(
            lines,
            delimiter=self.separator,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=True,
            skipinitialspace=self.blanks,
        )

    def split(self, line: str) -> list[str]:
        """The cells of one line as if quotes meant nothing."""
        return [
            cell.strip(self.quote) for cell in line.rstrip("\r\n").split(self.separator)
        ]


def dialect_of(lines: Sequence[str], name: str = "") -> Dialect:
    """The dialect of some first lines; the file's name decides where they do not."""
    first = lines[0].strip("\r\n ") if lines else ""
    if first.lower().startswith(_EXCEL_HINT) and len(first) == len(_EXCEL_HINT) + 1:
        return _detailed(first[-1], lines[1:], hint=True)
    text = [line for line in lines if line.strip()][:500]
    scores = {mark: _score(mark, text) for mark in SEPARATORS}
    if name.lower().endswith((".tsv", ".tab")) and scores["\t"] > 0:
        return _detailed("\t", lines)
    best = max(scores, key=lambda mark: scores[mark])
    if scores[best] < _LEAST or _inverted_names(best, text):
        return _detailed(NO_SEPARATOR, lines)
    return _detailed(best, lines)


def _widths(mark: str, lines: Sequence[str], quote: str = '"') -> list[int]:
    """How many cells each line has; quotes count only if they do not swallow lines."""
    rows = csv.reader(lines, delimiter=mark, quotechar=quote)
    widths = [len(row) for row in rows if row]
    if 2 * len(widths) >= len(lines):
        return widths
    return [line.count(mark) + 1 for line in lines]


def _usual(widths: Sequence[int]) -> tuple[int, int]:
    """The most frequent width above one, and how often it occurs."""
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 1, 0
    return max(counts.items(), key=lambda item: (item[1], item[0]))


def _score(mark: str, lines: Sequence[str]) -> float:
    """How regularly a separator cuts the lines; more columns count a little more."""
    widths = _widths(mark, lines)
    width, count = _usual(widths)
    if count == 0:
        return 0.0
    regular = count / len(widths)
    if widths[0] != width and len(widths) > 1:
        regular *= 0.75
    headings = [meaning(cell.strip(' "'))[0] for cell in lines[0].split(mark)]
    if sum(map(bool, headings)) >= 2:
        regular += 0.5  # the first line is a header with this separator
    return regular * (1 + 0.2 * math.log(width))


def _inverted_names(mark: str, lines: Sequence[str]) -> bool:
    """Whether these are names written `LAST, First`, one a line, and no table."""
    if mark != "," or any('"' in line for line in lines):
        return False
    if any(line.count(",") > 1 or "," in line.replace(", ", "") for line in lines):
        return False
    cells = [cell for cell in lines[0].split(",") if cell.strip()]
    return not any(meaning(cell)[0] for cell in cells)


def _detailed(separator: str, lines: Sequence[str], hint: bool = False) -> Dialect:
    """The dialect with the quote, escape and blanks its lines show."""
    text = "".join(lines)
    cells = [
        cell.strip()
        for line in lines
        for cell in line.rstrip("\r\n").split(separator)
        if cell.strip()
    ]
    opened = sum(cell[0] == "'" for cell in cells)
    closed = sum(cell[-1] == "'" for cell in cells)
    single = opened == closed and opened * 3 > len(cells)
    double = any(cell[0] == '"' for cell in cells)
    quote = "'" if single and not double else '"'
    # A quote after a backslash is escaped unless the cell may end there; two quotes
    # are one unless they are an empty cell.
    edge = f"{re.escape(separator)}\r\n"
    escaped = re.findall(rf"\\{quote}(?![{edge}{quote}]|$)", text)
    doubled = re.findall(rf"(?<![\\{edge}]){quote * 2}(?![{edge}]|$)", text)
    escape = "\\" if len(escaped) > len(doubled) else None
    blanks = f"{separator} {quote}" in text
    width, _ = _usual(
        _widths(separator, [line for line in lines if line.strip()], quote)
    )
    return Dialect(separator, quote, escape, blanks, hint, width)
