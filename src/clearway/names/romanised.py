"""Chinese names spelt otherwise than in Pinyin: Mao Tse-tung, Leung Chun-ying.

Wade-Giles and the Cantonese of Hong Kong write most syllables in a way that stands for
several of Pinyin. Which are meant is settled by the names there are to compare with.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from clearway.names.script import scripts_in

_LEAST, _MOST = 2, 3
"""Syllables of a given name, or of a given name behind a second surname."""
_WAYS = 128
"""Spellings tried of one given name; one with more is left alone."""
_LONGEST = 7
"""Letters of the longest syllable."""


@dataclass(frozen=True, slots=True)
class Romanised:
    """Spellings of syllables with those of Pinyin they stand for.

    `telling` are spellings that no Pinyin has: they show that another way was used.
    """

    syllables: dict[str, tuple[str, ...]]
    telling: frozenset[str]


@cache
def romanised() -> Romanised:
    """The table, read at the first name that may need it."""
    data = files("clearway.names").joinpath("data", "romanised.json").read_bytes()
    raw = json.loads(data)
    syllables: dict[str, tuple[str, ...]] = {s: (s,) for s in raw["syllables"]}
    telling = frozenset(raw["romanised"].keys() - syllables.keys())
    syllables.update((way, tuple(s.split())) for way, s in raw["romanised"].items())
    return Romanised(syllables, telling)


def respelt(
    forms: Sequence[str], known: Callable[[str], bool], *, loose: bool = False
) -> Iterator[list[str]]:
    """The words with a given name in Pinyin, for every spelling of it that is known.

    `forms` are folded words. Two or three syllables, set apart or written as one,
    become one word. One word must be spelt as no Pinyin is, unless `loose`: then what
    is known is one name, its surname may be told by it as well, and a given name may
    be of one syllable.
    """
    if len(forms) < 2 or not (loose or any(map(is_told, forms))):
        return
    parts = [_syllables(form) for form in forms]
    for start in range(len(forms)):
        for end in range(start + 1, len(forms) + 1):
            spelt = [syllable for part in parts[start:end] for syllable in part]
            if not all(parts[start:end]) or len(spelt) > _MOST:
                break
            others = [*parts[:start], *parts[end:]]
            if not any(others) or (len(spelt) < _LEAST and not loose):
                continue
            for given in _ways(tuple(spelt)):
                if given == "".join(forms[start:end]) or not known(given):
                    continue
                words = [*forms[:start], given, *forms[end:]]
                yield words
                if loose:
                    yield [_surname(word, known) for word in words]


def may_be_romanised(text: str) -> bool:
    """Whether a name is in Latin letters: Hangul and Han are read otherwise."""
    return scripts_in(text) == ("Latn",)


@lru_cache(maxsize=65_536)
def is_told(form: str) -> bool:
    """Whether a word is made of syllables one of which no Pinyin spells so."""
    telling = romanised().telling
    return any(syllable in telling for syllable in _syllables(form))


def is_syllabic(form: str) -> bool:
    """Whether a word is made of one syllable or two."""
    return bool(_syllables(form))


def _surname(word: str, known: Callable[[str], bool]) -> str:
    """A surname of one syllable as it is known in Pinyin."""
    if known(word):
        return word
    return next(filter(known, romanised().syllables.get(word, ())), word)


@lru_cache(maxsize=8_192)
def _syllables(form: str) -> tuple[str, ...]:
    """The word as one syllable, or as the two it is made of; () if it is neither."""
    table = romanised().syllables
    if form in table:
        return (form,)
    if len(form) <= 2 * _LONGEST:
        for cut in range(len(form) - 1, 0, -1):
            if form[:cut] in table and form[cut:] in table:
                return form[:cut], form[cut:]
    return ()


@lru_cache(maxsize=8_192)
def _ways(spelt: tuple[str, ...]) -> tuple[str, ...]:
    table = romanised().syllables
    choices = [table[syllable] for syllable in spelt]
    count = 1
    for choice in choices:
        count *= len(choice)
    return tuple(map("".join, product(*choices))) if count <= _WAYS else ()
