"""Candidates for many names at once, by compiled code; the same as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from threading import local
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from clearway.index import kernels
from clearway.index.build import LIGHT, has_bones
from clearway.index.facts import SLACK, Query
from clearway.index.keys import (
    deletion_pairs,
    edits_allowed,
    hash64,
    packed_deletions,
)
from clearway.index.shapes import cut_end, letters, letters_of, shapes
from clearway.names.analyse import INITIAL_WEIGHT, Token
from clearway.names.likeness import (
    LEAST_ALIKE,
    MOST_EDITS,
    SOUND_EDITS,
    consonants,
    vowel_poor,
)
from clearway.names.phonetic import heard

_GROWTH = 1 << 14
_FEW = 12
"""Words up to which letters are deleted quicker one by one."""
_MOST_KEPT = 1 << 24
"""Units kept for words asked before; beyond this they are resolved anew."""


class Arrays(Protocol):
    """What a batch reads of an index (see clearway.index.index.Index)."""

    JOINED: float

    @property
    def numbers(self) -> dict[str, int]:
        """Every unit with its number."""

    @property
    def unit_arrays(self) -> tuple[NDArray[Any], ...]:
        """What compiled code reads to compare words."""

    def __len__(self) -> int: ...

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """What compiled code reads to find names."""

    def exact_units(self, token: Token) -> list[tuple[int, float]]:
        """Units that are a word itself, a run written as it, or its equals."""

    def expanded(
        self,
        table: str,
        keys: NDArray[np.uint64],
        at: NDArray[np.int64],
        limits: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All units under each key."""


class Batch:
    """Looks up many names in one index. Not to be shared between threads."""

    def __init__(self, index: Arrays) -> None:
        """Make room for the work; the arrays of the index are used as they are."""
        self._index = index
        self._units = np.zeros(_GROWTH, np.int64)
        self._shares = np.zeros(_GROWTH, np.float64)
        self._filled = 0
        self._spans: dict[tuple[str, str], tuple[int, int]] = {}
        names = len(index)
        self._workspace = (
            np.zeros(names + 1, np.float32),
            np.zeros(names + 1, np.float32),
            np.zeros(names + 1, np.int64),
            np.zeros(names + 1, np.int64),
            np.zeros(names + 1, np.int64),
        )

    def candidates(
        self, queries: Sequence[Query], *, limit: int, floor: float
    ) -> list[list[tuple[int, float]]]:
        """For each query its names and their estimates, best first."""
        heavy = [
            [token for token in query.form.tokens if token.role not in LIGHT]
            or list(query.form.tokens)
            for query in queries
        ]
        if self._filled > _MOST_KEPT:
            self._spans.clear()
            self._filled = 0
        self._resolve([token for tokens in heavy for token in tokens])
        ends, starts, stops, weights = [0], [], [], []
        for query, tokens in zip(queries, heavy, strict=True):
            for token in tokens:
                start, stop = self._spans[token.form, token.role]
                if stop > start:
                    starts.append(start)
                    stops.append(stop)
                    weights.append(token.weight)
            for weight, (start, stop) in self._joined(query.form.tokens):
                starts.append(start)
                stops.append(stop)
                weights.append(weight)
            ends.append(len(starts))
        tables: dict[int, int] = {}
        kept: list[NDArray[np.float32]] = []
        table_of = np.zeros(len(queries), np.int64)
        for n, query in enumerate(queries):
            least = query.facts.least
            at = tables.setdefault(id(least), len(kept))
            if at == len(kept):
                kept.append(least)
            table_of[n] = at
        cut = [cut_end(query.form, self._index.numbers) for query in queries]
        found_ends, names, estimates = kernels.retrieve(
            np.asarray(ends, np.int64),
            np.asarray(starts, np.int64),
            np.asarray(stops, np.int64),
            np.asarray(weights, np.float64),
            np.asarray([query.form.total for query in queries], np.float32),
            *_initials(queries),
            np.asarray([weight for weight, _ in cut], np.float32),
            np.asarray([letter for _, letter in cut], np.int64),
            np.asarray([query.facts.years[0] for query in queries], np.int64),
            np.asarray([query.facts.years[1] for query in queries], np.int64),
            np.asarray([query.facts.countries for query in queries], np.uint64),
            np.asarray(kept, np.float32),
            table_of,
            np.asarray([query.facts.kinds for query in queries], np.int64),
            self._units,
            self._shares,
            *self._index.arrays(),
            np.float32(floor),
            np.float32(SLACK),
            np.float32(queries[0].facts.alone if queries else 1.0),
            np.float32(queries[0].facts.rare if queries else 0.0),
            np.float32(queries[0].facts.common if queries else 0.0),
            np.float32(INITIAL_WEIGHT),
            limit,
            *self._workspace,
        )
        out: list[list[tuple[int, float]]] = []
        bounds = found_ends.tolist()
        for start, stop in pairwise(bounds):
            if start == stop:
                out.append([])
                continue
            part = list(
                zip(
                    names[start:stop].tolist(),
                    estimates[start:stop].tolist(),
                    strict=True,
                )
            )
            part.sort(key=lambda found: (-found[1], found[0]))
            out.append(part[:limit])
        return out

    def _joined(self, tokens: Sequence[Token]) -> list[tuple[float, tuple[int, int]]]:
        """Neighbours that the lists write as one word, with their weight."""
        out = []
        numbers = self._index.numbers
        for length in (2, 3):
            for at in range(len(tokens) - length + 1):
                run = tokens[at : at + length]
                form = "".join([token.form for token in run])
                unit = numbers.get(form)
                if unit is None:
                    continue
                key = (form, "+")
                span = self._spans.get(key)
                if span is None:
                    span = self._spans[key] = self._keep([unit], [self._index.JOINED])
                out.append((sum([token.weight for token in run]), span))
        return out

    def _keep(self, units: Sequence[int], shares: Sequence[float]) -> tuple[int, int]:
        """Units appended to those at hand: where they lie."""
        start, stop = self._filled, self._filled + len(units)
        if stop > len(self._units):
            more = max(len(self._units), stop)
            self._units = np.concatenate([self._units, np.zeros(more, np.int64)])
            self._shares = np.concatenate([self._shares, np.zeros(more, np.float64)])
        self._units[start:stop] = units
        self._shares[start:stop] = shares
        self._filled = stop
        return start, stop

    def _resolve(self, tokens: Sequence[Token]) -> None:
        """Find the units that stand for words not asked before."""
        fresh = {
            (token.form, token.role): token
            for token in tokens
            if (token.form, token.role) not in self._spans
        }
        if not fresh:
            return
        index = self._index
        words = list(fresh.values())
        near = self._near(words)
        for n, token in enumerate(words):
            units = index.exact_units(token)
            if token.role not in ("number", "initial"):
                own = index.numbers.get(token.form)
                units += [pair for pair in near[n] if pair[0] != own]
            best: dict[int, float] = {}
            for unit, share in units:
                if share > best.get(unit, 0.0):
                    best[unit] = share
            ranked = sorted(best.items(), key=lambda pair: -pair[1])
            key = (token.form, token.role)
            self._spans[key] = self._keep(
                [unit for unit, _ in ranked], [share for _, share in ranked]
            )

    def _near(self, words: Sequence[Token]) -> list[list[tuple[int, float]]]:
        """For each word the units spelt alike, and how much."""
        index = self._index
        out: list[list[tuple[int, float]]] = [[] for _ in words]
        spelt = [
            n
            for n, token in enumerate(words)
            if token.role not in ("number", "initial")
        ]
        if not spelt:
            return out
        forms = [words[n].form for n in spelt]
        asked, units, limits = _pairs(index, forms, [words[n] for n in spelt])
        if not len(asked):
            return out
        hashes, numbers = shapes(forms)
        alike = kernels.shares(
            asked,
            units,
            limits,
            *letters(forms),
            *letters([heard(form) for form in forms]),
            hashes,
            numbers,
            *index.unit_arrays,
            MOST_EDITS,
            LEAST_ALIKE,
        )
        good = alike > 0
        for word, unit, share in zip(
            asked[good].tolist(),
            units[good].tolist(),
            alike[good].tolist(),
            strict=True,
        ):
            out[spelt[word]].append((unit, share))
        return out


def _pairs(
    index: Arrays, forms: Sequence[str], words: Sequence[Token]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of words asked and units that may be alike, with the edits allowed.

    -1 allows any number of edits: the likeness alone decides.
    """
    keys, owners = _deletions(forms)
    limit = np.asarray([edits_allowed(form) for form in forms], np.int64)
    pairs = [index.expanded("deletion", keys, owners.astype(np.int64), limit)]
    bony = [n for n, word in enumerate(words) if has_bones(word)]
    if bony:
        bones = np.asarray([hash64(words[n].skeleton) for n in bony], np.uint64)
        at = np.asarray(bony, np.int64)
        sound = np.asarray(
            [MOST_EDITS if vowel_poor(f) else SOUND_EDITS for f in forms], np.int64
        )
        pairs.append(index.expanded("skeleton", bones, at, sound))
        pairs.append(index.expanded("bare", bones, at, np.full(len(forms), -1)))
    poor = [n for n, form in enumerate(forms) if vowel_poor(form)]
    if poor:
        said = np.asarray([hash64(consonants(forms[n])) for n in poor], np.uint64)
        at = np.asarray(poor, np.int64)
        pairs.append(index.expanded("said", said, at, np.full(len(forms), -1)))
    asked, units, limits = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return asked, units, limits


def _deletions(
    forms: Sequence[str],
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Every word with letters deleted, and which word it was."""
    if len(forms) > _FEW:
        return deletion_pairs(list(forms))
    keys = [packed_deletions(form) for form in forms]
    counts = [len(part) for part in keys]
    owners = np.repeat(np.arange(len(forms), dtype=np.uint32), counts)
    return np.concatenate(keys), owners


def _initials(
    queries: Sequence[Query],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    counts, letters = [], []
    for query in queries:
        found = [token for token in query.form.tokens if token.role == "initial"]
        counts.append(len(found))
        letters.append(letters_of(found) if found else 0)
    return np.asarray(counts, np.int64), np.asarray(letters, np.int64)


_batches = local()


def batch_of(index: Arrays) -> Batch:
    """The batch of this thread for an index."""
    kept: dict[int, Batch] = _batches.__dict__.setdefault("kept", {})
    found = kept.get(id(index))
    if found is None or found._index is not index:
        kept.clear()
        found = kept[id(index)] = Batch(index)
    return found
