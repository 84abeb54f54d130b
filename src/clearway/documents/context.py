"""What stands around a name in a text: titles, legal forms, countries, longer names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from clearway.documents.ordinary import is_ordinary
from clearway.names.countries import code
from clearway.names.fold import fold
from clearway.names.patronymics import patronymic
from clearway.names.words import words

KIND_WORDS = frozenset(
    (
        *("bank", "company", "corporation", "group", "airline", "holding"),
        *("factory", "plant", "organization", "organisation", "movement"),
        *("militia", "network", "front", "party", "ministry", "agency", "firm"),
        *("shipyard", "refinery", "conglomerate", "trader", "supplier"),
        *("manufacturer", "subsidiary"),
    )
)
"""Words beside a name that say it is a body."""
SHIP_WORDS = frozenset(
    (
        *("vessel", "vessels", "tanker", "tankers", "ship", "ships", "freighter"),
        *("bulker", "carrier", "imo", "flag", "cargo", "port", "sailed"),
    )
)
CALENDAR = frozenset(
    (
        *("january", "february", "march", "april", "may", "june", "july"),
        *("august", "september", "october", "november", "december", "monday"),
        *("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("spring", "summer", "autumn", "winter", "north", "south", "east"),
        *("west", "northern", "southern", "eastern", "western"),
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_LAST = re.compile(r"([^\W\d_][\w'’.]*)[ \u00a0-]$")
_NEXT = re.compile(r"(?:[ \u00a0-]|['’](?=[^\W\d_]{2}))([^\W_][\w'’]*)")
_LINKS = frozenset({"al", "el", "bin", "ibn", "bint", "abu", "de", "van", "von", "der"})
_BESIDE, _AROUND = 60, 200
"""Characters looked at beside a name, and for countries before and behind it."""
_REMEMBERED = 1 << 15
"""Words whose meaning is remembered."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a name: words before it, words behind it, countries near it.

    `longer` says that it is a part of somebody else's longer name, `between` that
    another name or an `and` stands within it, `formed` that a legal form stands beside
    it.
    """

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    longer: bool = False
    between: bool = False
    formed: bool = False

    def near(self, count: int) -> tuple[str, ...]:
        """So many words before the name and behind it."""
        return (*self.before[-count:], *self.behind[:count])


def around_of(
    text: str,
    places: Sequence[tuple[int, int]],
    low: int,
    high: int,
    countries: frozenset[str],
) -> Around:
    """What stands around the words of a name in the sentence from `low` to `high`."""
    start, end = places[0][0], max(end for _, end in places)
    before = _words_of(text[max(low, start - _BESIDE) : start])
    behind = _words_of(text[end : min(high, end + _BESIDE)])
    return Around(
        before,
        behind,
        countries,
        _begins_longer(text[max(low, start - _BESIDE) : start])
        or _goes_on(text[end : end + _BESIDE]),
        _others_between(text, places),
        any(map(is_legal, (*before[-1:], *behind[:2]))),
    )


def countries_near(text: str, low: int, high: int) -> frozenset[str]:
    """The countries named in a sentence and around it; adjectives (`Russian`) too."""
    wide = _WORD.findall(text[max(0, low - _AROUND) : high + _AROUND])
    found = {_country(word) for word in set(wide) if word[:1].isupper()}
    return frozenset(found - {""})


@lru_cache(_REMEMBERED)
def _country(word: str) -> str:
    return code(word.lower())


@lru_cache(_REMEMBERED)
def is_everyday(form: str) -> bool:
    """Whether a folded word is one of the language, or a number, more than a name."""
    return is_ordinary(form) or form.isdigit() or form in CALENDAR or is_generic(form)


@lru_cache(_REMEMBERED)
def is_generic(word: str) -> bool:
    """Whether a folded word says what something is, or where, but not who."""
    roles = _roles(word)
    named = "name" in roles
    return bool(code(word)) or (
        bool(roles & {"generic", "place", "legal"}) and not named
    )


def is_title(word: str) -> bool:
    """Whether a word is a title of people."""
    return "title" in _roles(word.lower())


def is_legal(word: str) -> bool:
    """Whether a word with a capital is a legal form."""
    return word[:1].isupper() and "legal" in _roles(word.lower())


def is_form(word: str) -> bool:
    """Whether a word says that what it stands beside is a body."""
    return word.lower() in KIND_WORDS or is_legal(word)


def is_known_name(word: str) -> bool:
    """Whether people are called by a folded word: then it is no misspelling."""
    return "name" in _roles(word)


@lru_cache(_REMEMBERED)
def _roles(word: str) -> frozenset[str]:
    return frozenset(meaning.role for meaning in words().meanings.get(word, ()))


def _words_of(text: str) -> tuple[str, ...]:
    """The words of a text, dotted letters as one: `S.R.O.` is `SRO`."""
    closed = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    return tuple(_WORD.findall(closed))


def _begins_longer(before: str) -> bool:
    match = _LAST.search(before)
    if match is None or not _is_named(match[1]):
        return False
    # The first word of a sentence has its capital whatever it is.
    return match.start() > 0 or is_known_name(fold(match[1]))


def _goes_on(behind: str) -> bool:
    match = _NEXT.match(behind)
    if match is not None and match[1].lower() in _LINKS:
        match = _NEXT.match(behind, match.end())
    return match is not None and _is_named(match[1])


def _is_named(word: str) -> bool:
    """Whether a word beside a name looks like more of a name, not like a title."""
    small = word.lower().rstrip(".") if word.isascii() else fold(word)
    if small in _LINKS or not word[:1].isupper() or word.isupper():
        return False
    if small.endswith(("'s", "’s")) or is_ordinary(small) or small in CALENDAR:
        return False
    return not (is_title(small) or is_generic(small) or is_form(word))


def _others_between(text: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether more than a comma, a particle or a father's name stands in between."""
    for (_, end), (start, _) in pairwise(sorted(places)):
        for word in _WORD.findall(text[end:start]):
            form = fold(word)
            if len(form) > 1 and not patronymic(form) and form not in _LINKS:
                return True
    return False
