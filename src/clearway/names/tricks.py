"""Unicode tricks that hide a name from a machine but not from a reader."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from clearway.names.script import script_of, scripts_in
from clearway.names.words import words

_WORD = re.compile(r"[^\W_]+(?:[^\W\d_]|\d)*")
_BIDI = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LOOK_ALIKE = frozenset({"Cyrl", "Grek", "Armn"})
# Joiners have an honest use in Persian, Hindi and emoji; they are dropped, not blamed.
_HONEST = frozenset("\u200c\u200d\ufe0e\ufe0f\u00ad")


@dataclass(frozen=True, slots=True)
class Trick:
    """A trick found in a text: what kind, and how often.

    Kinds: `invisible` (zero-width or other format characters), `bidi` (controls that
    change the reading order), `control` (NUL and other control characters),
    `mixed_script` (one word in letters of two scripts that look alike), `compatibility`
    (full-width, mathematical or other dressed-up letters).
    """

    kind: str
    count: int

    def __str__(self) -> str:
        """In words a reviewer can read."""
        return f"{_MEANING[self.kind]} ({self.count})"


_MEANING = {
    "invisible": "invisible characters inside the name",
    "bidi": "characters that change the reading order",
    "control": "control characters inside the name",
    "mixed_script": "a word that mixes look-alike letters of two scripts",
    "compatibility": "dressed-up letters (full-width, mathematical, circled)",
}


def untrick(text: str) -> tuple[str, tuple[Trick, ...]]:
    """The text as a reader sees it, and the tricks taken out of it.

    Plain ASCII without control characters comes back as it is.
    """
    if text.isprintable():
        if text.isascii():
            return text, ()
        if unicodedata.is_normalized("NFKC", text):
            # No control, no format character, no fancy dress: only a mix may remain.
            plain, mixed = _unmixed(text)
            return plain, (Trick("mixed_script", mixed),) if mixed else ()
    counts: dict[str, int] = {}
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cf", "Cc", "Co", "Cn", "Cs"):
            if char in "\t\n\r\v\f\x85":
                kept.append(" ")
            elif char in _BIDI:
                counts["bidi"] = counts.get("bidi", 0) + 1
            elif category == "Cc":
                counts["control"] = counts.get("control", 0) + 1
            elif char not in _HONEST:
                counts["invisible"] = counts.get("invisible", 0) + 1
            continue
        kept.append(char)
    seen = "".join(kept)
    # Look-alikes first: compatibility would make a Greek sigma of a lunate one.
    plain, mixed = _unmixed(unicodedata.normalize("NFC", seen))
    plain = unicodedata.normalize("NFKC", plain)
    dressed = sum(1 for char in seen if _is_dressed(char))
    if dressed:
        counts["compatibility"] = dressed
    plain, again = _unmixed(plain)
    if mixed := mixed + again:
        counts["mixed_script"] = mixed
    return plain, tuple(Trick(kind, count) for kind, count in sorted(counts.items()))


def _is_dressed(char: str) -> bool:
    """A Latin letter or digit in fancy dress: full-width, mathematical, circled."""
    if char.isascii() or not char.isalnum():
        return False
    plain = unicodedata.normalize("NFKC", char)
    return plain != char and plain.isascii() and plain.isalnum() and len(plain) == 1


def _unmixed(text: str) -> tuple[str, int]:
    """Fold look-alikes in words that mix scripts; whole words are left alone."""
    scripts = scripts_in(text)
    if len(scripts) < 2 or not _LOOK_ALIKE.intersection(scripts):
        return text, 0
    table = words().confusables
    mixed = 0

    def fold(match: re.Match[str]) -> str:
        nonlocal mixed
        word = match[0]
        scripts = set(scripts_in(word))
        if not scripts & _LOOK_ALIKE or len(scripts) < 2:
            return word
        mixed += 1
        if _is_cyrillic(word, table):
            return word.translate(_CYRILLIC)
        return "".join(table.get(char, char) for char in word)

    return _WORD.sub(fold, text), mixed


# Latin letters typed for the Cyrillic ones that look the same (Вiктор, Cергей).
_CYRILLIC = str.maketrans(
    "ABCEHIJKMOPSTXYaceijkmopstxyĸ", "АВСЕНІЈКМОРЅТХУасеіјкморѕтхук"
)


def _is_cyrillic(word: str, table: Mapping[str, str]) -> bool:
    """A letter that looks like no Latin one shows which of the scripts is meant."""
    own = [char for char in word if script_of(char) == "Cyrl"]
    latin = [char for char in word if script_of(char) == "Latn"]
    plain = any(char not in table for char in own) or len(own) > 2 * len(latin)
    whole = len(own) + len(latin) == len(word)
    return plain and whole and all(ord(char) in _CYRILLIC for char in latin)
