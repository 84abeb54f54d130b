"""Parties of whom it is clear at once that no list names them.

Most parties of a large table are: an ordinary name, nothing wrong with it, and no
listed name like it. Proving that takes a small part of what a whole check takes, and
the answer is the same for all of them. What is not proved here is checked whole.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized

import numpy as np
from numpy.typing import NDArray

from clearway.index.build import KINDS
from clearway.index.compiling import compiled
from clearway.index.facts import country_set
from clearway.index.index import FLOOR, LIMIT, Index
from clearway.match.score import COMMON_MUST_AGREE, NAME_ALONE, NAME_RARE
from clearway.model import Kind, PartialDate, Party
from clearway.names import countries, identifiers
from clearway.names.analyse import MAX_TOKENS, Token, analyse, understood
from clearway.names.fold import fold
from clearway.names.legal import form_word
from clearway.names.narrative import (
    disputed_place,
    hidden_place,
    is_narrative,
    narrative,
    unnamed,
    words_of,
)
from clearway.names.numbered import letters_hash
from clearway.names.readings import has_markup, readings
from clearway.screen.candidates import hopeful
from clearway.screen.needs import kind_bits, least_table
from clearway.screen.rereading import LIMITS, formed

_ALL = (1 << 64) - 1
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿĀ-ſ]+")
_CYRILLIC = re.compile("[А-яЁё]+")
_SEPARATED = str.maketrans("-,", "  ")
_LONGEST = 140
_ORDINARY_STEPS = frozenset({"initials", "punctuation", "letters", "digits"})
"""Ways to read a name otherwise that leave it a name and nothing wrong with it."""
_TOKENS_ARE_WORDS = 0
"""In place of the number of a name's words: it is made of the rows of its tokens."""
_LEAST_LETTERS = 2
_SHORT_END = 3
_UNKNOWN_YEARS = (0, 0)


class Plain:
    """Sorts out the parties that are clear, with one index and one threshold."""

    def __init__(self, index: Index, threshold: float) -> None:
        """Take the index; nothing is loaded yet."""
        self._index = index
        self._least = least_table(threshold, places=False, gender=False)

    def clear(self, parties: Sequence[Party]) -> list[bool]:
        """Of each party whether no listed name is like it and nothing is wrong."""
        kernels = compiled() if len(self._index) >= self._index.few_names else None
        if kernels is None:
            return [False] * len(parties)
        return _Round(self._index, kernels, self._least).clear(parties)


class _Round:
    """The work on one batch."""

    def __init__(self, index: Index, kernels: Any, least: NDArray[np.float32]) -> None:
        self._index, self._kernels, self._least = index, kernels, least
        self._batch = kernels.batch_of(index)
        self._batch.make_room()
        self._vocabulary = self._batch.vocabulary
        self._words: list[int] = []
        self._ends = [0]
        self._places: list[int] = []
        self._rows: list[int] = []
        self._bags: list[int] = []
        self._limits: list[bool] = []
        self._plain: list[bool] = []
        self._kinds: list[Kind] = []
        self._years: list[tuple[int, int]] = []
        self._countries: list[tuple[int, ...]] = []

    def clear(self, parties: Sequence[Party]) -> list[bool]:
        """Of each party whether it is clear."""
        out = [False] * len(parties)
        for place, party in enumerate(parties):
            if party.identifiers or party.aliases or party.birth_place or party.gender:
                continue
            kind = _KINDS.get(party.kind)
            if kind is None:
                continue
            years = _years(party.birth_date) if party.birth_date else _UNKNOWN_YEARS
            held = _countries(party.countries)
            if years is None or held is None:
                continue
            begin = len(self._limits)
            if self._read(party.name, kind):
                rows = len(self._limits) - begin
                self._places.append(place)
                self._rows.append(rows)
                self._kinds += [kind] * rows
                self._years += [years] * rows
                self._countries += [held] * rows
            else:
                self._take_back(begin)
        if self._places:
            kept = self._unlike()
            starts = np.cumsum([0, *self._rows[:-1]])
            whole = np.logical_and.reduceat(kept, starts)
            for place, clear in zip(self._places, whole.tolist(), strict=True):
                out[place] = clear
        return out

    def _take_back(self, begin: int) -> None:
        """Forget the rows of a party from one on."""
        del self._ends[begin + 1 :]
        del self._words[self._ends[-1] :]
        del self._bags[begin:], self._limits[begin:], self._plain[begin:]

    def _read(self, text: str, kind: Kind) -> bool:
        """Take the words of a name, as written and as it may be read, a row each.

        Not if something is wrong with it, or if it is no ordinary name.
        """
        if not _LEAST_LETTERS <= len(text.strip()) <= len(text) <= _LONGEST:
            return False
        if ("<" in text or "&#" in text) and has_markup(text):
            return False
        ways = readings(text)
        return all(
            _ORDINARY_STEPS.issuperset(reading.how)
            and not identifiers.recognised(reading.text)
            and self._take(reading.text, kind, sole=len(ways) == 1)
            for reading in ways
        )

    def _take(self, text: str, kind: Kind, *, sole: bool) -> bool:
        """Take the words of one reading; whether they are those of a name.

        `sole` says that there is no other reading.
        """
        forms = folded_words(text)
        if forms is None:
            return self._take_analysed(text, kind, sole=sole)
        if not forms or len(forms) > MAX_TOKENS or _is_told(text, forms):
            return False
        if len(forms) == 1 and len(forms[0]) < _LEAST_LETTERS:
            return False
        words = self._vocabulary.simple(kind).of(forms)
        bag = _TOKENS_ARE_WORDS
        if words is None:
            forms, tokens = understood(forms, kind)
            if _is_told(text, _parts(tokens)):
                return False
            words = list(map(self._vocabulary.number, tokens))
            bag = _bag(forms)
        self._put(text, words, bag)
        return True

    def _take_analysed(self, text: str, kind: Kind, *, sole: bool) -> bool:
        """Take the words of a reading in letters that take more to be read."""
        form = analyse(text, kind)
        if form.tricks or form.cut or len(form.key) < _LEAST_LETTERS:
            return False
        if self._index.equal(form) or _is_told(text, _parts(form.tokens)):
            return False
        if not sole and _is_told(text, words_of(text)):
            return False
        numbers = list(map(self._vocabulary.number, form.tokens))
        self._put(text, numbers, _bag(form.key.split()))
        return True

    def _put(self, text: str, words: Sequence[int], bag: int) -> None:
        self._words += words
        self._ends.append(len(self._words))
        self._bags.append(bag)
        self._limits.append(len(text.rstrip()) in LIMITS)
        self._plain.append(text.isascii())

    def _unlike(self) -> NDArray[np.bool_]:
        """Of which of the names taken no other reading and no listed name is near."""
        batch, kinds = self._batch, self._kinds
        asked = batch.asked_by_number(self._ends, self._words)
        person = np.array([kind is Kind.PERSON for kind in kinds])
        if not person.all():
            self._look_at(asked.words[np.repeat(~person, np.diff(asked.ends))])
        bags, limits = np.array(self._bags, np.uint64), np.array(self._limits)
        other = batch.perhaps(asked, bags, limits, person)
        clear = other == 0
        for row in np.flatnonzero(other == self._kernels.MISSPELT).tolist():
            numbers = self._words[self._ends[row] : self._ends[row + 1]]
            tokens = [self._vocabulary.token(number) for number in numbers]
            clear[row] = formed(tokens, kinds[row]) is None
        needs = self._kernels.Needs(
            firsts=np.array([first for first, _ in self._years], np.int64),
            lasts=np.array([last for _, last in self._years], np.int64),
            countries=np.array(self._countries, np.uint64),
            tables=self._least[np.newaxis],
            table_of=np.zeros(len(kinds), np.int64),
            kinds=np.array([kind_bits(kind) for kind in kinds], np.int64),
            alone=NAME_ALONE,
            rare=NAME_RARE,
            common=COMMON_MUST_AGREE,
        )
        found = batch.find(asked, needs, limit=LIMIT, floor=FLOOR)
        if len(found.names):
            places = np.array([KINDS.index(kind) for kind in kinds], np.int64)
            good = hopeful(batch, asked, found, places, np.array(self._plain))
            rows = np.repeat(np.arange(len(kinds)), np.diff(found.ends))
            clear[rows[good]] = False
        found_clear: NDArray[np.bool_] = clear
        return found_clear

    def _look_at(self, words: NDArray[np.int64]) -> None:
        """Find out which words are misspelt words of legal forms, each word once."""
        told = self._batch.formed
        fresh = np.unique(words[told[words] == 0])
        for number in fresh.tolist():
            form = self._vocabulary.token(number).form
            misspelt = len(form) > _SHORT_END and bool(form_word(form))
            told[number] = 2 if misspelt else 1


def _parts(tokens: Sequence[Token]) -> list[str]:
    return [word for token in tokens for word in token.form.split()]


_KINDS: dict[str, Kind] = {kind: kind for kind in Kind}


def folded_words(text: str) -> list[str] | None:
    """The words of a name in Latin or in Cyrillic letters, folded; None for others.

    What `analyse` makes of them: in such a text are no tricks to be taken out, no
    words of scripts to be read, and folding goes letter by letter.
    """
    if not text.isprintable():
        return None
    if text.isascii():
        return fold(text).split()
    if not is_normalized("NFKC", text):
        return None
    pieces = text.translate(_SEPARATED).split()
    for folded in (_folded, _folded_cyrillic):
        forms = [form for form in map(folded, pieces) if form]
        if len(forms) == len(pieces):
            return forms
    return None


@lru_cache(maxsize=131_072)
def _folded(piece: str) -> str:
    """One word in Latin letters, folded; empty if it is anything else."""
    return _one_word(piece) if _LATIN.fullmatch(piece) else ""


@lru_cache(maxsize=131_072)
def _folded_cyrillic(piece: str) -> str:
    """One word in Russian letters, folded; empty if it is anything else."""
    return _one_word(piece) if _CYRILLIC.fullmatch(piece) else ""


def _one_word(piece: str) -> str:
    form = fold(piece)
    return "" if " " in form else form


def _bag(forms: Sequence[str]) -> int:
    return sum(map(_number, forms)) & _ALL


_number = lru_cache(maxsize=131_072)(letters_hash)


def _is_told(text: str, words: Sequence[str]) -> bool:
    """Whether words tell of something else than a name: nobody, places, payments."""
    if not text.isascii() and unnamed(words, native=True):
        return True
    if _watched().isdisjoint(words):
        return False
    if unnamed(words) or hidden_place(words)[0] or is_narrative(text, words):
        return True
    return bool(disputed_place(words)[0])


@lru_cache(maxsize=1)
def _watched() -> frozenset[str]:
    table = narrative()
    return frozenset({*table.unnamed, *table.begun, *table.disputed, *table.context})


@lru_cache(maxsize=65_536)
def _years(text: str) -> tuple[int, int] | None:
    """The first and the last year of a date; None if it is none."""
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            year = date.fromisoformat(text).year
            return year, year
        found = PartialDate.parse(str(text))
    except (TypeError, ValueError):
        return None
    return found.earliest.year, found.latest.year


@lru_cache(maxsize=16_384)
def _countries(names: tuple[str, ...]) -> tuple[int, ...] | None:
    """The set of the countries named; None if one is not known."""
    codes = set()
    for name in names:
        if not name or not name.strip():
            continue
        found = countries.code(name)
        if not found:
            return None
        codes.add(found)
    return country_set(codes)
