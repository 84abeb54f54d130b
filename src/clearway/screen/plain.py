"""Parties of whom it is clear at once that no list names them.

Most parties of a large table are: an ordinary name, nothing wrong with it, and no
listed name like it. Proving that takes a small part of what a whole check takes, and
the answer is the same for all of them. What is not proved here is checked whole.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from clearway.index.build import KINDS
from clearway.index.compiling import compiled
from clearway.index.facts import country_set
from clearway.index.index import FLOOR, LIMIT, Index
from clearway.match.score import COMMON_MUST_AGREE, NAME_ALONE, NAME_RARE
from clearway.model import Kind, PartialDate, Party
from clearway.names import countries
from clearway.names.legal import form_word, formed
from clearway.screen.candidates import hopeful
from clearway.screen.needs import kind_bits, least_table

if TYPE_CHECKING:
    from clearway.screen.ordinary import Rows

_SHORT_END = 3
_UNKNOWN_YEARS = (0, 0)
_KIND_BITS = np.array([kind_bits(kind) for kind in KINDS], np.int64)
_KINDS: dict[str, Kind] = {kind: kind for kind in Kind}


class Plain:
    """Sorts out the parties that are clear, with one index and one threshold."""

    def __init__(self, index: Index, threshold: float) -> None:
        """Take the index; nothing is loaded yet."""
        self._index = index
        self._least = least_table(threshold, places=False, gender=False)

    def clear(
        self, parties: Sequence[Party], coded: Collection[int] = ()
    ) -> list[bool]:
        """Of each party whether no listed name is like it and nothing is wrong.

        The names of those at the places `coded` are numbers of their own, which no list
        has.
        """
        kernels = compiled() if len(self._index) >= self._index.few_names else None
        if kernels is None:
            return [False] * len(parties)
        return _Round(self._index, kernels, self._least).clear(parties, coded)


class _Round:
    """The work on one batch."""

    def __init__(self, index: Index, kernels: Any, least: NDArray[np.float32]) -> None:
        self._index, self._kernels, self._least = index, kernels, least
        self._batch = kernels.batch_of(index)
        self._batch.make_room()
        self._vocabulary = self._batch.vocabulary
        self._names: list[str] = []
        self._kinds: list[Kind] = []
        self._years: list[tuple[int, int]] = []
        self._countries: list[tuple[int, ...]] = []

    def clear(self, parties: Sequence[Party], coded: Collection[int]) -> list[bool]:
        """Of each party whether it is clear."""
        places = self._understood(parties)
        clear = np.zeros(len(parties), np.bool_)
        if places:
            numbers = {n for n, place in enumerate(places) if place in coded}
            clear[places] = self._read(numbers)
        out: list[bool] = clear.tolist()
        return out

    def _understood(self, parties: Sequence[Party]) -> list[int]:
        """Take what is known of parties, where it needs no more than a table: whose."""
        places = []
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
            places.append(place)
            self._names.append(party.name)
            self._kinds.append(kind)
            self._years.append(years)
            self._countries.append(held)
        return places

    def _read(self, coded: Collection[int]) -> NDArray[np.bool_]:
        """Read all names; which of them are clear."""
        from clearway.screen.ordinary import Reader  # with compiled code: on use

        reader = Reader(self._index, self._vocabulary, coded)
        kinds = np.array([KINDS.index(kind) for kind in self._kinds], np.int64)
        for place in np.unique(kinds).tolist():
            own = np.flatnonzero(kinds == place).tolist()
            reader.read([self._names[n] for n in own], own, KINDS[place])
        rows = reader.rows
        clear = np.ones(len(kinds), np.bool_)
        clear[reader.left] = False
        clear[rows.name[~self._unlike(rows, kinds[rows.name])]] = False
        return clear

    def _unlike(self, rows: "Rows", kinds: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of which rows no other reading and no listed name is near."""
        batch = self._batch
        asked = batch.asked_by_number(rows.ends, rows.words)
        person = kinds == KINDS.index(Kind.PERSON)
        if not person.all():
            self._look_at(asked.words[np.repeat(~person, np.diff(asked.ends))])
        romanised = rows.latin & (kinds != KINDS.index(Kind.ORGANIZATION))
        other = batch.perhaps(asked, rows.bags, rows.limits, person, romanised)
        if not len(kinds):
            return np.ones(0, np.bool_)
        clear: NDArray[np.bool_] = other == 0
        for row in np.flatnonzero(other == self._kernels.MISSPELT).tolist():
            numbers = rows.words[rows.ends[row] : rows.ends[row + 1]].tolist()
            tokens = [self._vocabulary.token(number) for number in numbers]
            clear[row] = formed(tokens, KINDS[kinds[row]]) is None
        years = np.array(self._years, np.int64)[rows.name]
        needs = self._kernels.Needs(
            firsts=years[:, 0].copy(),
            lasts=years[:, 1].copy(),
            countries=np.array(self._countries, np.uint64)[rows.name],
            tables=self._least[np.newaxis],
            table_of=np.zeros(len(kinds), np.int64),
            kinds=_KIND_BITS[kinds],
            alone=NAME_ALONE,
            rare=NAME_RARE,
            common=COMMON_MUST_AGREE,
        )
        found = batch.find(asked, needs, limit=LIMIT, floor=FLOOR)
        if len(found.names):
            good = hopeful(batch, asked, found, kinds, rows.plain)
            near = np.repeat(np.arange(len(kinds)), np.diff(found.ends))
            clear[near[good]] = False
        return clear

    def _look_at(self, words: NDArray[np.int64]) -> None:
        """Find out which words are misspelt words of legal forms, each word once."""
        told = self._batch.formed
        fresh = np.unique(words[told[words] == 0])
        for number in fresh.tolist():
            form = self._vocabulary.token(number).form
            misspelt = len(form) > _SHORT_END and bool(form_word(form))
            told[number] = 2 if misspelt else 1


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
