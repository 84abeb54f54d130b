"""Candidates for many names at once, by compiled code; the same as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import local
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from clearway.index import gates, kernels, retrieval
from clearway.index.build import LEAST_BONES, SHORT_WORD
from clearway.index.facts import SLACK, Facts, Query
from clearway.index.hashed import Table
from clearway.index.vocabulary import Column, Vocabulary
from clearway.names import compiled
from clearway.names.analyse import INITIAL_WEIGHT, MAX_TOKENS

_MOST_WORDS = 1 << 20
_MOST_UNITS = 1 << 24
"""Words, and units that stand for them, kept at most; beyond this all begins anew."""
_ROOM = 1 << 12
MISSPELT = gates.MISSPELT


class Arrays(Protocol):
    """What a batch reads of an index (see clearway.index.index.Index)."""

    JOINED: float
    EQUAL: float
    GROUP: float

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by which words lead to units."""

    @property
    def unit_rows(self) -> tuple[Any, ...]:
        """The units that are words: rows, letters, the number of the first."""

    @property
    def unit_count(self) -> int:
        """How many units there are."""

    @property
    def postings(self) -> tuple[NDArray[Any], ...]:
        """The names each unit stands in."""

    @property
    def runs(self) -> tuple[NDArray[Any], ...]:
        """The letters of all names in a row, sorted: where each ends, and they."""

    @property
    def name_arrays(self) -> tuple[NDArray[Any], ...]:
        """What compiled code reads of names and of those who bear them."""

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates of many queries in a row: where those of each query end, the names,
    how likely each is (best first) and the least score that makes it a hit.
    """

    ends: NDArray[np.int64]
    names: NDArray[np.int64]
    estimates: NDArray[np.float32]
    needed: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """Queries in a row: where the words of each end, and their numbers."""

    ends: NDArray[np.int64]
    words: NDArray[np.int64]
    totals: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Needs:
    """The facts of queries in columns (see clearway.index.facts.Facts)."""

    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    countries: NDArray[np.uint64]
    tables: NDArray[np.float32]
    table_of: NDArray[np.int64]
    kinds: NDArray[np.int64]
    alone: float
    rare: float
    common: float

    @staticmethod
    def of(facts: Sequence[Facts]) -> Needs:
        """Take them together; what a score is made of is the same for all."""
        places: dict[int, int] = {}
        tables: list[NDArray[np.float32]] = []
        table_of = []
        for known in facts:
            at = places.setdefault(id(known.least), len(tables))
            if at == len(tables):
                tables.append(known.least)
            table_of.append(at)
        return Needs(
            np.array([known.years[0] for known in facts], np.int64),
            np.array([known.years[1] for known in facts], np.int64),
            np.array([known.countries for known in facts], np.uint64),
            np.array(tables, np.float32),
            np.array(table_of, np.int64),
            np.array([known.kinds for known in facts], np.int64),
            facts[0].alone,
            facts[0].rare,
            facts[0].common,
        )


class Batch:
    """Looks up many names in one index. Not to be shared between threads."""

    def __init__(self, index: Arrays) -> None:
        """Make room for the work; the arrays of the index are used as they are."""
        self.index = index
        self._tables = tuple(
            index.tables[name].arrays
            for name in ("group", "skeleton", "bare", "said", "deletion")
        )
        self._by_letters = index.tables["known"].arrays
        self._sizes = (SHORT_WORD, LEAST_BONES, compiled.weights())
        self._shares = (index.EQUAL, index.JOINED, index.GROUP)
        units, names = index.unit_count, len(index)
        self._words_work = (
            np.zeros(units + 1, np.int64),
            np.zeros(units + 1, np.int32),
            np.zeros(256, np.uint64),
            np.zeros(_ROOM, np.int64),
            np.zeros(_ROOM, np.int64),
        )
        self._names_work = (
            np.zeros(names + 1, np.float32),
            np.zeros(names + 1, np.float32),
            np.zeros((names + 1, 2), np.int64),
            np.zeros(names + 1, np.int64),
            np.zeros(MAX_TOKENS, np.bool_),
        )
        self._forget()

    def _forget(self) -> None:
        self.vocabulary = Vocabulary(quick=True)
        self._starts = Column(np.int64)
        self._stops = Column(np.int64)
        self._units = Column(np.int64)
        self._alike = Column(np.float64)
        self._owns = Column(np.int64)
        self._formed = Column(np.uint8)

    def make_room(self) -> None:
        """Begin anew if very many words have been asked."""
        if len(self.vocabulary) > _MOST_WORDS or self._units.filled > _MOST_UNITS:
            self._forget()

    def asked(self, queries: Sequence[Query]) -> Asked:
        """The names of queries in columns, their words looked up."""
        self.make_room()
        number = self.vocabulary.number
        ends: list[int] = [0]
        numbers: list[int] = []
        totals: list[float] = []
        for form, _ in queries:
            numbers += map(number, form.tokens)
            ends.append(len(numbers))
            totals.append(form.total)
        self.resolve()
        return Asked(
            np.array(ends, np.int64),
            np.array(numbers, np.int64),
            np.array(totals, np.float32),
        )

    def asked_by_number(
        self, ends: NDArray[np.int64], words: NDArray[np.int64]
    ) -> Asked:
        """Names given as the numbers of their words, in columns like those of `asked`.

        Weights are added up one after the other, as `names.analyse` does: what is
        found hangs on the last bit.
        """
        self.resolve()
        return Asked(ends, words, retrieval.totals(ends, words, *self.vocabulary.rows))

    @cached_property
    def _costs(self) -> tuple[Any, ...]:
        return gates.costs(int(np.diff(self.index.postings[0]).max(initial=0)))

    @property
    def formed(self) -> NDArray[np.uint8]:
        """What is known of each word being a misspelt word of a legal form."""
        return self._formed.array

    def perhaps(
        self,
        asked: Asked,
        bags: NDArray[np.uint64],
        at_limit: NDArray[np.bool_],
        person: NDArray[np.bool_],
        romanised: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.uint8]:
        """Which names may have another reading or an equal (`clearway.index.gates`)."""
        index = self.index
        if romanised is None:
            romanised = np.ones(len(person), np.bool_)
        found: NDArray[np.uint8] = gates.perhaps(
            asked.ends,
            asked.words,
            bags,
            at_limit,
            person,
            romanised,
            *self.vocabulary.rows,
            self._owns.array,
            self._formed.array,
            self._by_letters,
            index.postings[0],
            index.runs,
            index.tables["bag"].arrays,
            index.tables["acronym"].arrays,
            self._costs,
        )
        return found

    def find(self, asked: Asked, needs: Needs, *, limit: int, floor: float) -> Found:
        """The candidates of each query."""
        sizes = (
            np.float32(floor),
            np.float32(SLACK),
            np.float32(needs.alone),
            np.float32(needs.rare),
            np.float32(needs.common),
            np.float32(INITIAL_WEIGHT),
            self.index.JOINED,
        )
        return Found(
            *retrieval.retrieve(
                asked.ends,
                asked.words,
                asked.totals,
                (
                    needs.firsts,
                    needs.lasts,
                    needs.countries,
                    needs.tables,
                    needs.tables.min(axis=(1, 2, 3)),
                    needs.table_of,
                    needs.kinds,
                ),
                *self.vocabulary.rows,
                self._spans,
                self._by_letters,
                self.index.postings,
                self.index.name_arrays,
                sizes,
                limit,
                self._names_work,
            )
        )

    def candidates(
        self, queries: Sequence[Query], *, limit: int, floor: float
    ) -> list[list[tuple[int, float, float]]]:
        """For each query its names, their estimates and needs, best first."""
        if not queries:
            return []
        needs = Needs.of([facts for _, facts in queries])
        found = self.find(self.asked(queries), needs, limit=limit, floor=floor)
        rows = list(
            zip(
                found.names.tolist(),
                found.estimates.tolist(),
                found.needed.tolist(),
                strict=True,
            )
        )
        return [rows[start:stop] for start, stop in pairwise(found.ends.tolist())]

    def units(self, word: int) -> list[tuple[int, float]]:
        """The units that stand for a word, and how alike each is."""
        start, stop = int(self._starts.array[word]), int(self._stops.array[word])
        units, alike = self._units.array[start:stop], self._alike.array[start:stop]
        return list(zip(units.tolist(), alike.tolist(), strict=True))

    def resolve(self) -> None:
        """Find the units that stand for words not asked before."""
        begin, end = self.vocabulary.ready()
        if begin == end:
            return
        ends, units, alike, owns = kernels.resolve(
            begin,
            end,
            *self.vocabulary.rows,
            self._tables,
            self._by_letters,
            self.index.unit_rows,
            self._sizes,
            self._shares,
            self._words_work,
        )
        self._starts.put(ends[:-1] + self._units.filled)
        self._stops.put(ends[1:] + self._units.filled)
        self._units.put(units)
        self._alike.put(alike)
        self._owns.put(owns)
        self._formed.put(np.zeros(len(owns), np.uint8))

    @property
    def _spans(self) -> tuple[NDArray[Any], ...]:
        return (
            self._starts.array,
            self._stops.array,
            self._units.array,
            self._alike.array,
            self._owns.array,
        )


_batches = local()


def batch_of(index: Arrays) -> Batch:
    """The batch of this thread for an index."""
    kept: dict[int, Batch] = _batches.__dict__.setdefault("kept", {})
    found = kept.get(id(index))
    if found is None or found.index is not index:
        kept.clear()
        found = kept[id(index)] = Batch(index)
    return found
