"""What a text says of places, word by word: phrases of the gazetteer, postal codes.

Only where something stands; what it comes to is for `places`, which knows what stands
around it.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clearway.names.fold import fold
from clearway.names.territories import Meaning, gazetteer


@dataclass(frozen=True, slots=True)
class Word:
    """A word, folded, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the gazetteer, or a postal code, where it stands in the text."""

    kind: str
    owner: str
    name: str
    start: int
    end: int

    def beside(self, other: "Match") -> bool:
        """Whether another stands near enough to be of the same address."""
        return self.start - other.end <= NEAR and other.start - self.end <= NEAR


NEAR = 90
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*(?:\.(?=[^\W\d_]\.))?")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
LONGEST_PHRASE = 6
_POSTAL = re.compile(r"(?<![\w.,/-])(?:RU-|UA-|№\s?)?(\d{6}|\d{5})(?![\w]|[.,/]\d|-\d)")
_MONEY = re.compile(
    r"(?:USD|EUR|GBP|CNY|RUB|UAH|RMB|AED|TRY|JPY|CHF|руб|[$€£¥₽₴#№]|\bNO\.?|\bINV\w*|"
    r"\bREF\w*|\bCONTRACT|\bORDER|\bTEL\w*|\bQTY|\bACC\w*|\bA/C)[\s.:]*$",
    re.I,
)
_UNIT = re.compile(
    r"\s*(?:USD|EUR|GBP|CNY|RUB|UAH|RMB|AED|TRY|KGS?|MT|TONS?|TONNES?|PCS?|UNITS?|SETS?|"
    r"ROUBLES?|RUBLES?|DOLLARS?|EUROS?|руб|грн|шт|кг|тонн)\b",
    re.I,
)
_ZIP = re.compile(
    r"(?:zip|post\w*\s*(?:code|index)?|index|индекс|індекс|邮编)[\s.:№]*$", re.I
)


def words_in(text: str) -> list[Word]:
    """The words folded, each with where it stands; initials closed up."""
    words: list[Word] = []
    initials = _INITIALS.finditer(text)
    first, last = _next(initials)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while last <= start:
            first, last = _next(initials)
        if first < start:
            continue
        if first == start:
            end = last
        written = text[start:end]
        if written.isascii() and written.isalnum():
            words.append(Word(written.lower(), start, end))
        else:
            words += [Word(part, start, end) for part in fold(written).split()]
    return words


def _next(initials: Iterator[re.Match[str]]) -> tuple[int, int]:
    """Where the next initials stand; far behind every text where there are none."""
    found = next(initials, None)
    return found.span() if found else (sys.maxsize, sys.maxsize)


def phrases_in(text: str, words: Sequence[Word], day: date | None) -> list[Match]:
    """Phrases of the gazetteer, the longest at each word, none inside another."""
    table = gazetteer().phrases
    found: list[Match] = []
    at = 0
    while at < len(words):
        here = table.get(words[at].text)
        step = 1
        for length in (
            range(min(LONGEST_PHRASE, len(words) - at), 0, -1) if here else ()
        ):
            key = tuple(word.text for word in words[at : at + length])
            if here and key in here:
                start, end = words[at].start, words[at + length - 1].end
                found += [
                    match
                    for match in _matches(here[key], start, end, day)
                    if not _is_other_script(match, text)
                ]
                step = length
                break
        at += step
    return found


def _is_other_script(match: Match, text: str) -> bool:
    """ДНР is sure and DNR is not, though both fold to the same letters."""
    short = match.kind == "outright" and len(match.name) <= _ABBREVIATED
    return (
        short and not match.name.isascii() and text[match.start : match.end].isascii()
    )


_ABBREVIATED = 3


def _matches(
    meanings: Sequence[Meaning], start: int, end: int, day: date | None
) -> Iterator[Match]:
    for kind, owner, name in meanings:
        if kind == "government":
            side = gazetteer().territories[owner].government_side[name]
            kind = "government" if side.on(day) else "place"
        yield Match(kind, owner, name, start, end)


def written_in(text: str, day: date | None = None) -> list[Match]:
    """Names in Arabic, Chinese and Korean letters, as they stand; the longest first."""
    if not _AS_WRITTEN.search(text):
        return []
    found: list[Match] = []
    taken = bytearray(len(text))
    table = gazetteer().written
    for phrase in sorted(table, key=lambda name: (-len(name), name)):
        at = text.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if not any(taken[at:end]) and _is_whole(text, at, end):
                found += _matches(table[phrase], at, end, day)
                taken[at:end] = b"\1" * (end - at)
            at = text.find(phrase, end)
    return sorted(found, key=lambda match: match.start)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a name in Arabic letters is a word, but for article and prepositions.

    Chinese and Korean names may stand inside longer runs of letters.
    """
    if not _ARABIC.fullmatch(text[start]):
        return True
    before = _ARABIC_BEFORE.search(text[max(0, start - _LONG_PREFIX) : start])
    return (before is None or before[0] in _PREFIXES) and not _ARABIC.match(text, end)


_AS_WRITTEN = re.compile("[\u0600-\u06ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_ARABIC = re.compile("[\u0620-\u06d3]")
_ARABIC_BEFORE = re.compile("[\u0620-\u06d3]+$")
_LONG_PREFIX = 8
"""Letters that are more than any prefix has."""
_PREFIXES = frozenset({"و", "ب", "ل", "ال", "وال", "بال", "لل", "ف", "ك"})


def postal_codes_in(text: str) -> list[Match]:
    """Numbers as long as postal codes that are no amounts, quantities or references.

    The owner is the territory in whose range the number lies, '' where in none. A
    number after "zip" or "индекс" is of the kind `zip`.
    """
    found: list[Match] = []
    for match in _POSTAL.finditer(text):
        start, end = match.span(1)
        before = text[max(0, match.start() - 20) : match.start()]
        if _MONEY.search(before) or _UNIT.match(text, end):
            continue
        kind = "zip" if _ZIP.search(before) or match[0] != match[1] else "postal"
        for owner in _owners_of(match[1]) or ("",):
            found.append(Match(kind, owner, match[1], start, end))
    return found


@lru_cache(maxsize=8_192)
def _owners_of(code: str) -> tuple[str, ...]:
    """The territories in whose ranges a postal code lies."""
    return tuple(
        territory.id
        for territory in gazetteer().territories.values()
        if any(code in codes for codes in territory.postal)
    )
