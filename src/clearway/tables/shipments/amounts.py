"""Numbers as papers write them: `1.234,56`, `1 234,56`, `1,234.56 USD`, `10 шт`.

One paper writes its numbers one way. What decides - a number with both signs, or with
two digits behind the last - decides for those that alone could mean either (`1,250`).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from clearway.names.currencies import currency
from clearway.tables.cells import MISSING, Cell, text
from clearway.tables.shipments.words import signs

_NUMERAL = re.compile(r"\d[\d.,'’`´\s\u066b\u066c]*\d|\d")
_SPACES = re.compile(r"[\s'’`´]")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Number:
    """A number read in a cell, with the words before and behind it.

    `unsure` says that its one sign could mean thousands or a fraction.
    """

    value: Decimal
    before: str = ""
    after: str = ""
    unsure: bool = False

    @property
    def words(self) -> str:
        """All words beside the number."""
        return f"{self.before} {self.after}".strip()


@dataclass(frozen=True, slots=True)
class Style:
    """Which sign parts the fraction: `.`, `,`, or '' where the paper does not show."""

    decimal: str = ""

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Style":
        """The style that decides in these cells; none where they disagree."""
        votes = {vote for cell in cells if (vote := _vote(cell))}
        return cls(votes.pop()) if len(votes) == 1 else cls()


def is_blank(cell: Cell) -> bool:
    """Whether nothing is said: empty, a dash, `n/a`."""
    return text(cell).strip().casefold() in MISSING


def number(cell: Cell, style: Style) -> Number | None:
    """The one number in a cell; None where there is none, or there are several."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, date | tuple):
        return None
    if isinstance(cell, int):
        return Number(Decimal(cell))
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3 there.
        return Number(Decimal(f"{cell:.15g}")) if cell == cell else None
    parts = _parts(cell)
    if parts is None:
        return None
    before, numeral, after = parts
    value, unsure = _read(numeral, style)
    if value is None:
        return None
    negative = before.rstrip().endswith(("-", "−", "–")) or (
        before.endswith("(") and after.startswith(")")
    )
    marks = "-−–()+ \t\n"
    return Number(
        -value if negative else value, before.strip(marks), after.strip(marks), unsure
    )


def _parts(cell: str) -> tuple[str, str, str] | None:
    plain = unicodedata.normalize("NFKC", cell).strip()
    if len(plain) > _LONGEST:
        return None
    plain = "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c
        for c in plain.replace("\u066b", ".").replace("\u066c", ",")
    )
    found = list(_NUMERAL.finditer(plain))
    # `1000 pcs/m2`: a digit within a word is no second number.
    found = [m for m in found if not (m.start() and plain[m.start() - 1].isalpha())]
    if len(found) != 1:
        return None
    one = found[0]
    return plain[: one.start()], one[0], plain[one.end() :]


def _read(numeral: str, style: Style) -> tuple[Decimal | None, bool]:
    bare = _SPACES.sub("", numeral)
    mark = _decides(numeral)
    unsure = False
    if mark is None:
        unsure = not style.decimal
        mark = style.decimal or _other(_marks(bare)[0])
    if mark == "":
        whole, fraction = bare, ""
    else:
        whole, _, fraction = bare.rpartition(mark) if mark in bare else (bare, "", "")
    digits = whole.replace(".", "").replace(",", "")
    try:
        return Decimal(f"{digits or 0}.{fraction}" if fraction else digits), unsure
    except InvalidOperation:
        return None, False


def _marks(bare: str) -> list[str]:
    return [char for char in bare if char in ".,"]


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _decides(numeral: str) -> str | None:
    """The sign of the fraction that a numeral shows; '' none needed; None unsure."""
    bare = _SPACES.sub("", numeral)
    marks = _marks(bare)
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return _other(marks[0])
    before, _, after = bare.partition(marks[0])
    grouped = bool(_SPACES.search(numeral.strip()))
    if len(after) != 3 or len(before) > 3 or before in ("", "0") or grouped:
        return marks[0]
    return None


def _vote(cell: Cell) -> str:
    """The style that one cell decides: only text has one."""
    if not isinstance(cell, str):
        return ""
    parts = _parts(cell)
    mark = _decides(parts[1]) if parts else None
    return mark if mark and parts and _marks(parts[1]) else ""


def currency_in(words: str) -> str:
    """The ISO code of the currency some words name: `EUR`, `руб.`, `US$/pc`; or ''.

    The sign ¥ stands for yen and yuan: it names none by itself.
    """
    written = unicodedata.normalize("NFKC", words).strip()
    plain = written.casefold()
    if not plain or len(plain) > _LONGEST:
        return ""
    table = signs()
    for word in re.split(r"[\s/,.;:()\[\]]+", written):
        if code := _code(word) or table.get(word.casefold(), ""):
            return code
    for sign in sorted(table, key=len, reverse=True):
        if sign in plain and (not sign.isalpha() or not sign.isascii()):
            return table[sign]
    return table.get(plain.strip(" ."), "")


_WORDS_TOO = frozenset({"all", "top", "try", "bob", "mad", "sos", "pen", "mop", "cup"})
"""Codes of currencies that are words: only in capitals are they codes."""


def _code(word: str) -> str:
    if len(word) != 3 or not word.isascii():
        return ""
    is_word = word.casefold() in _WORDS_TOO and word != word.upper()
    return "" if is_word else currency(word)
