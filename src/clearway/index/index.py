"""Open a compiled index and find the names that resemble a name."""

import mmap
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist, extract

from clearway.errors import StoreError
from clearway.index.build import KINDS, LEAST_ACRONYM, LIGHT, has_bones
from clearway.index.compiling import compiled
from clearway.index.facts import FAR, NEAR, SLACK, YEAR_UNKNOWN, Facts, Query, anybody
from clearway.index.joined import Joined
from clearway.index.keys import (
    deletion_pairs,
    edits_allowed,
    hash64,
    packed_deletions,
)
from clearway.index.shapes import cut_end, letters_of
from clearway.model import Kind
from clearway.names.analyse import INITIAL_WEIGHT, NameForm, Token, analyse, neighbours
from clearway.names.likeness import (
    MOST_EDITS,
    SOUND_EDITS,
    consonants,
    spelt_alike,
    vowel_poor,
)
from clearway.names.phonetic import skeleton

_TABLES = ("group", "skeleton", "bare", "key", "native", "id", "said", "acronym")
LIMIT = 50
"""Candidate names looked at more closely, beside those equal word for word."""
FLOOR = 0.48
"""Estimates below this are not worth a closer look: no rule brings them to review."""

_EQUAL, _GROUP = 1.0, 0.95
_MAX_CACHED = 200_000

NO_FACTS = anybody(0.0)
"""A name and nothing else, whatever it scores."""
_Names = NDArray[np.uint32]
_Shares = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed name worth comparing; `estimate` ranks, it decides nothing."""

    name: int
    estimate: float


class Index:
    """A compiled index, mapped into memory and shared between processes.

    Safe to use from several threads.
    """

    few_names = 5_000
    """Names up to which loading compiled code costs more than it saves."""
    JOINED = 0.95
    """How alike two words are that are one word elsewhere."""

    def __init__(self, directory: Path) -> None:
        """Map the arrays; raises StoreError if the compilation is not whole."""
        try:
            self._name_end = _load(directory, "name_end")
            self._name_kind = _load(directory, "name_kind")
            self._name_weight = _load(directory, "name_weight")
            self._name_letters = _load(directory, "name_letters")
            self._bearer_end = _load(directory, "bearer_end")
            self._bearer = _load(directory, "bearer_flat")
            self._posting_end = _load(directory, "posting_end")
            self._posting = _load(directory, "posting_flat")
            self._deletion_key = _load(directory, "deletion_key")
            self._deletion_unit = _load(directory, "deletion_unit")
            self._tables = {
                name: (
                    _load(directory, f"{name}_hash"),
                    _load(directory, f"{name}_value"),
                )
                for name in (
                    "group",
                    "skeleton",
                    "bare",
                    "key",
                    "native",
                    "id",
                    "said",
                    "acronym",
                )
            }
            self._born = _load(directory, "born")
            self._held = _load(directory, "held")
            self._names = mapped(directory / "name.txt")
            runs = mapped(directory / "joined.txt")
            self.joined = Joined(directory, _load, runs, self.names_with)
        except (OSError, ValueError, EOFError) as error:
            raise StoreError(
                f"{directory}: compiled index not whole: {error}"
            ) from error
        self._directory = directory
        self._units_file = directory / "unit.txt"
        self._found: dict[tuple[str, str], tuple[_Names, _Shares]] = {}
        self._near: dict[str, set[int]] = {}
        self._workspace = threading.local()

    def __len__(self) -> int:
        """How many distinct names there are."""
        return len(self._name_kind)

    def text(self, name: int) -> str:
        """The spelling of a name, as published."""
        start, end = int(self._name_end[name]), int(self._name_end[name + 1])
        return self._names[start:end].decode("utf-8", "surrogatepass")

    def kind(self, name: int) -> Kind:
        """The kind of the entities that bear a name."""
        return KINDS[int(self._name_kind[name])]

    def bearers(self, name: int) -> list[int]:
        """The entities that bear a name."""
        start, end = int(self._bearer_end[name]), int(self._bearer_end[name + 1])
        bearers: list[int] = self._bearer[start:end].tolist()
        return bearers

    def knows(self, word: str) -> bool:
        """Whether a word stands in a listed name, spelt exactly so."""
        return word in self.numbers

    def names_with(self, word: str) -> int:
        """In how many names a word stands, spelt exactly so."""
        unit = self.numbers.get(word)
        if unit is None:
            return 0
        return int(self._posting_end[unit + 1]) - int(self._posting_end[unit])

    def with_acronym(self, letters: str) -> list[int]:
        """Names of bodies whose words begin with these letters, four or more."""
        return self._lookup("acronym", letters) if len(letters) >= LEAST_ACRONYM else []

    def with_identifier(self, value: str) -> list[int]:
        """The entities that bear a number or code, given in comparable form."""
        return self._lookup("id", value)

    def candidates(
        self,
        form: NameForm,
        facts: Facts = NO_FACTS,
        *,
        limit: int = LIMIT,
        floor: float = FLOOR,
    ) -> list[Candidate]:
        """Names that may be this name, best estimate first.

        `floor` is the least estimate worth having, `facts` what else is known and what
        names must score with it.
        Names equal word for word, or letter for letter in their own script, are always
        among them, however many there are.
        """
        out = {name: Candidate(name, 1.0) for name in self.equal(form)}
        for candidate in self._similar(form, facts, limit, floor):
            out.setdefault(candidate.name, candidate)
        return list(out.values())

    def equal(self, form: NameForm) -> list[int]:
        """Names equal word for word, or letter for letter in their own script."""
        names = self._lookup("native", " ".join(form.text.casefold().split()))
        if form.key:
            names += self._lookup("key", form.key)
        return sorted(set(names))

    def _similar(
        self, form: NameForm, facts: Facts, limit: int, floor: float
    ) -> list[Candidate]:
        terms = self._terms(form)
        if not terms:
            return []
        matched, squares = self._dense()
        for weight, names, shares in terms:
            gain = shares * np.float32(weight)
            matched[names] += gain
            squares[names] += gain * np.float32(weight)
        lists = [names for _, names, _ in terms]
        touched, found, square = _taken(matched, squares, lists)
        rarity = np.minimum(np.float32(1), square / found + np.float32(SLACK))
        total = np.float32(form.total)
        initials = sum(token.role == "initial" for token in form.tokens)
        found = np.minimum(found, total)
        weight, letter = cut_end(form, self.numbers)
        if weight:
            begins = (self._name_letters[touched] & np.uint32(letter)) != 0
            gain = np.float32(0.5) * np.float32(weight) * begins
            found = np.minimum(found + gain, total)
        alone = np.maximum(self._name_weight[touched] - found, 0)
        if initials:
            # An initial may stand for a word left over: give it the benefit here.
            fit = fitting(self._name_letters[touched], form.tokens, initials)
            found = np.minimum(found + np.float32(INITIAL_WEIGHT) * fit, total)
            alone = np.maximum(alone - fit, np.float32(0))
        estimate = estimated(found, total - found, alone)
        doubt = np.float32(1) + np.float32(facts.common) * (np.float32(1) - rarity)
        upper = np.clip(estimate + np.float32(SLACK), np.float32(0), np.float32(1))
        likely = upper**doubt * (
            np.float32(facts.alone)
            + np.float32(facts.rare) * np.minimum(np.float32(1), found / 2)
        )
        good = (estimate >= np.float32(floor)) & (likely >= np.float32(facts.lowest))
        touched, estimate, likely = touched[good], estimate[good], likely[good]
        if len(touched):
            good = likely >= self._needed(touched, facts)
            touched, estimate = touched[good], estimate[good]
        if len(touched) > limit:
            cut = np.partition(estimate, len(estimate) - limit)[-limit]
            kept = estimate >= cut
            touched, estimate = touched[kept], estimate[kept]
        order = np.lexsort((touched, -estimate))[:limit]
        return [Candidate(int(touched[n]), float(estimate[n])) for n in order]

    def candidates_of(
        self, queries: Sequence[Query], *, floor: float = FLOOR
    ) -> list[list[Candidate]]:
        """The candidates of many names, by compiled code where it pays."""
        if len(self) < self.few_names or not (kernels := compiled()):
            return [self.candidates(f, facts, floor=floor) for f, facts in queries]
        found = kernels.batch_of(self).candidates(queries, limit=LIMIT, floor=floor)
        out = []
        for (form, _), similar in zip(queries, found, strict=True):
            equal = self.equal(form)
            known = set(equal)
            out.append(
                [Candidate(name, 1.0) for name in equal]
                + [Candidate(n, estimate) for n, estimate in similar if n not in known]
            )
        return out

    def warm(self) -> None:
        """Load the words and, for long lists, the compiled code: seconds, once."""
        self.candidates_of([Query(analyse("warm"), NO_FACTS)])

    def needed(self, names: Sequence[int], facts: Facts) -> list[float]:
        """The least score of each name that may make one of its bearers a hit."""
        if not names:
            return []
        needed: list[float] = self._needed(np.asarray(names, np.uint32), facts).tolist()
        return needed

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """What compiled code reads to find names: postings, names, bearers, facts."""
        return (
            self._posting_end,
            self._posting,
            self._name_weight,
            self._name_letters,
            self._bearer_end,
            self._bearer,
            self._born,
            self._held,
            self._name_kind,
        )

    @cached_property
    def unit_arrays(self) -> tuple[NDArray[Any], ...]:
        """What compiled code reads to compare words: letters, and shapes of units."""
        names = ("letters", "end", "heard", "heard_end", "hash", "small")
        return tuple(_load(self._directory, f"unit_{name}") for name in names)

    def expanded(
        self,
        table: str,
        keys: NDArray[np.uint64],
        at: NDArray[np.int64],
        limits: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All units under each key: which word asked, the unit, the edits allowed.

        `at` says which word a key belongs to, `limits` what each word allows.
        """
        if table == "deletion":
            hashes, values = self._deletion_key, self._deletion_unit
        else:
            hashes, values = self._tables[table]
        order = np.argsort(keys, kind="stable")
        keys, at = keys[order], at[order]
        first = hashes.searchsorted(keys, "left")
        counts = hashes.searchsorted(keys, "right") - first
        shift = first - (np.cumsum(counts) - counts)
        places = np.repeat(shift, counts) + np.arange(int(counts.sum()))
        pairs = (np.repeat(at, counts) << 32) | values[places].astype(np.int64)
        pairs = np.unique(pairs)
        asked = pairs >> 32
        return asked, pairs & 0xFFFFFFFF, limits[asked]

    def _needed(self, names: _Names, facts: Facts) -> _Shares:
        """The least score of each name that may make one of its bearers a hit."""
        starts, ends = self._bearer_end[names], self._bearer_end[names + 1]
        counts = (ends - starts).astype(np.int64)
        firsts = np.cumsum(counts) - counts
        places = np.repeat(starts.astype(np.int64) - firsts, counts)
        entities = self._bearer[places + np.arange(int(counts.sum()))]
        births = np.zeros(len(entities), np.int64)
        first, last = facts.years
        if last:
            born = self._born[entities].astype(np.int64)
            gap = np.maximum(born[:, 0] - last, first - born[:, 1])
            births = np.where(gap <= NEAR, 1, np.where(gap <= FAR, 2, 3))
            births[(born[:, 0] == 0) & (born[:, 1] == YEAR_UNKNOWN[1])] = 0
        countries = np.zeros(len(entities), np.int64)
        if any(facts.countries):
            held = self._held[entities]
            asked = np.asarray(facts.countries, np.uint64)
            shared = (held & asked).any(axis=1)
            countries = np.where(shared, 1, np.where(held.any(axis=1), 2, 0))
        kinds = self._name_kind[names].astype(np.int64)
        differ = np.repeat(1 - ((facts.kinds >> kinds) & 1), counts)
        needed: _Shares = np.minimum.reduceat(
            facts.least[births, countries, differ], firsts
        )
        return needed

    def _terms(self, form: NameForm) -> list[tuple[float, _Names, _Shares]]:
        heavy = [token for token in form.tokens if token.role not in LIGHT]
        terms = []
        for token in heavy or form.tokens:
            names, shares = self._of_token(token)
            if len(names):
                terms.append((token.weight, names, shares))
        for run in neighbours(form.tokens):
            joined = "".join([token.form for token in run])
            if joined in self.numbers:
                names, shares = self._of_joined(joined)
                terms.append((sum([token.weight for token in run]), names, shares))
        return terms

    def _dense(self) -> tuple[_Shares, _Shares]:
        """Two accumulators a thread, zero between calls."""
        dense: tuple[_Shares, _Shares] | None = getattr(self._workspace, "dense", None)
        if dense is None:
            dense = (np.zeros(len(self), np.float32), np.zeros(len(self), np.float32))
            self._workspace.dense = dense
        return dense

    def _of_token(self, token: Token) -> tuple[_Names, _Shares]:
        key = (token.form, token.role)
        if (found := self._found.get(key)) is not None:
            return found
        units = self._lookup_units(token)
        found = self._postings(units)
        if len(self._found) >= _MAX_CACHED:
            self._found.clear()
        self._found[key] = found
        return found

    def _of_joined(self, form: str) -> tuple[_Names, _Shares]:
        key = (form, "+")
        if (found := self._found.get(key)) is None:
            unit = self.numbers.get(form)
            found = self._postings([] if unit is None else [(unit, self.JOINED)])
            if len(self._found) >= _MAX_CACHED:
                self._found.clear()
            self._found[key] = found
        return found

    def exact_units(self, token: Token) -> list[tuple[int, float]]:
        """Units that are a word itself, a run written as it, or its equals."""
        units: list[tuple[int, float]] = []
        if (unit := self.numbers.get(token.form)) is not None:
            units.append((unit, _EQUAL))
        if (unit := self.numbers.get("+" + token.form)) is not None:
            units.append((unit, self.JOINED))
        if token.group:
            same = self._lookup("group", token.group)
            units += [(unit, _GROUP) for unit in same]
        return units

    def _lookup_units(self, token: Token) -> list[tuple[int, float]]:
        """Units that stand for a word, each with how alike it is."""
        units = self.exact_units(token)
        if token.role in ("number", "initial"):
            return units
        near = self._misspelt(token.form)
        if has_bones(token):
            mates = self._lookup("skeleton", token.skeleton)
            edits = MOST_EDITS if vowel_poor(token.form) else SOUND_EDITS
            near |= self._within(token.form, mates, edits)
            near.update(self._lookup("bare", token.skeleton))
        if vowel_poor(token.form):
            near.update(self._lookup("said", consonants(token.form)))
        for unit in near:
            listed = self._units[unit]
            if listed != token.form:
                bones = skeleton(listed)
                share, _ = spelt_alike(token.form, listed, token.skeleton, bones)
                if share:
                    units.append((unit, share))
        return units

    def _misspelt(self, form: str) -> set[int]:
        """Words that share a spelling with letters deleted, and are near enough.

        Two edits count only in words long enough for `spelt_alike`; those of the same
        consonants are found by their skeleton whatever their length.
        """
        if (near := self._near.pop(form, None)) is not None:
            return near
        keys = packed_deletions(form)
        first = self._deletion_key.searchsorted(keys, "left")
        last = self._deletion_key.searchsorted(keys, "right")
        owners: set[int] = set()
        for n in np.flatnonzero(last > first).tolist():
            owners.update(self._deletion_unit[first[n] : last[n]].tolist())
        owners.discard(self.numbers.get(form, -1))
        return self._within(form, owners, edits_allowed(form))

    def prepare(self, tokens: Iterable[Token]) -> None:
        """Find the misspellings of many words at once, for candidates asked soon.

        Changes no answer: one search for a thousand words costs a fraction of a
        thousand searches.
        """
        forms = sorted(
            {
                token.form
                for token in tokens
                if token.role not in ("number", "initial")
                and (token.form, token.role) not in self._found
            }
        )
        if not forms:
            return
        self._near = {form: set() for form in forms}
        keys, words = deletion_pairs(forms)
        order = np.argsort(keys)
        keys, words = keys[order], words[order]
        first = self._deletion_key.searchsorted(keys, "left")
        counts = self._deletion_key.searchsorted(keys, "right") - first
        if not counts.any():
            return
        shift = first - np.concatenate([[0], np.cumsum(counts)[:-1]])
        places = np.repeat(shift, counts) + np.arange(counts.sum())
        pairs = np.repeat(words.astype(np.uint64), counts) << np.uint64(32)
        pairs = np.unique(pairs | self._deletion_unit[places])
        asked = (pairs >> np.uint64(32)).tolist()
        units = (pairs & np.uint64(0xFFFFFFFF)).tolist()
        edits = cpdist(
            [forms[n] for n in asked],
            [self._units[unit] for unit in units],
            scorer=OSA.distance,
            score_cutoff=2,
        ).tolist()
        for n, unit, apart in zip(asked, units, edits, strict=True):
            if 0 < apart <= edits_allowed(forms[n]):
                self._near[forms[n]].add(unit)

    def _within(self, form: str, units: Iterable[int], edits: int) -> set[int]:
        """Those of the words that are within so many edits."""
        found = extract(
            form,
            {unit: self._units[unit] for unit in units},
            scorer=OSA.distance,
            processor=None,
            score_cutoff=edits,
            limit=None,
        )
        return {unit for _, _, unit in found}

    def _postings(self, units: Sequence[tuple[int, float]]) -> tuple[_Names, _Shares]:
        """Names with any of the units, once each, with the best share."""
        if not units:
            return np.empty(0, np.uint32), np.empty(0, np.float32)
        best: dict[int, float] = {}
        for unit, share in units:
            best[unit] = max(share, best.get(unit, 0.0))
        parts, shares = [], []
        for unit, share in best.items():
            start, end = int(self._posting_end[unit]), int(self._posting_end[unit + 1])
            parts.append(self._posting[start:end])
            shares.append(np.full(end - start, share, np.float32))
        names, share_of = np.concatenate(parts), np.concatenate(shares)
        if len(parts) == 1:
            return names, share_of
        order = np.lexsort((-share_of, names))
        names, share_of = names[order], share_of[order]
        first = np.ones(len(names), bool)
        first[1:] = names[1:] != names[:-1]
        return names[first], share_of[first]

    def _lookup(self, table: str, text: str) -> list[int]:
        hashes, values = self._tables[table]
        key = np.uint64(hash64(text))
        start = int(hashes.searchsorted(key, "left"))
        if start == len(hashes) or hashes[start] != key:
            return []
        end = int(hashes.searchsorted(key, "right"))
        found: list[int] = values[start:end].tolist()
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Every unit (a word, or `+` and a run of words) with its number."""
        return {unit: number for number, unit in enumerate(self._units)}

    @cached_property
    def _units(self) -> list[str]:
        return self._units_file.read_text("ascii").split("\n")


def fitting(
    letters: NDArray[np.uint32], tokens: Sequence[Token], initials: int
) -> _Shares:
    """How many of a query's initials begin a word of each name."""
    asked = letters_of(token for token in tokens if token.role == "initial")
    others = np.zeros(len(letters), np.float32)
    fit = np.zeros(len(letters), bool)
    for bit in range(26):
        if asked >> bit & 1:
            has = (letters >> np.uint32(bit)) & np.uint32(1)
            others += 1 - has.astype(np.float32)
            fit |= has.astype(bool)
    return np.where(fit, np.float32(initials) - others, np.float32(0))


def _taken(
    matched: _Shares, squares: _Shares, lists: Sequence[_Names]
) -> tuple[_Names, _Shares, _Shares]:
    """The names with any weight, once each, and their weights; leaves zeros behind."""
    touched, found, square = [], [], []
    for names in lists:
        weights = matched[names]
        fresh = weights > 0
        touched.append(names[fresh])
        found.append(weights[fresh])
        square.append(squares[names][fresh])
        matched[names] = 0
        squares[names] = 0
    return np.concatenate(touched), np.concatenate(found), np.concatenate(square)


def estimated(found: _Shares, asked: _Shares, listed: _Shares) -> _Shares:
    """A quick reading of the name score from weights alone.

    `found` is the weight of the words both names have, `asked` and `listed` what only
    one of them has: words that stand against each other count against, words that one
    side merely adds count little (see clearway.match.names).
    """
    conflict = np.minimum(asked, listed)
    surplus = np.abs(asked - listed)
    out: _Shares = (found - 0.5 * conflict) / (found + conflict + 0.25 * surplus)
    return out


def _load(directory: Path, name: str) -> NDArray[Any]:
    """A mapped array, as a plain view: the mapping class costs a call an access."""
    path = directory / f"{name}.npy"
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def mapped(path: Path) -> mmap.mmap | bytes:
    """A file's bytes, mapped and shared; an empty file cannot be mapped."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
