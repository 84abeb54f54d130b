"""Open a compiled index and find the names that resemble a name."""

import mmap
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from clearway.errors import StoreError
from clearway.index.build import KINDS, LEAST_ACRONYM, has_bones
from clearway.index.facts import FAR, NEAR, SLACK, YEAR_UNKNOWN, Facts, anybody
from clearway.index.hashed import Table
from clearway.index.joined import Joined
from clearway.index.keys import edits_allowed, hash64, mixed_all, packed_deletions
from clearway.index.shapes import Rows, cut_end, kept_rows, letters_of
from clearway.model import Kind
from clearway.names.analyse import INITIAL_WEIGHT, NameForm, Token, neighbours
from clearway.names.likeness import (
    MOST_EDITS,
    SOUND_EDITS,
    consonants,
    spelt_alike,
    vowel_poor,
)
from clearway.names.numbered import letters_hash
from clearway.names.phonetic import skeleton
from clearway.names.roles import LIGHT

_BY_LETTERS = frozenset({"known", "group", "skeleton", "bare", "said", "acronym"})
_TABLES = (*sorted(_BY_LETTERS), "deletion", "bag", "key", "native", "id")
LIMIT = 50
"""Candidate names looked at more closely, beside those equal word for word."""
FLOOR = 0.48
"""Estimates below this are not worth a closer look: no rule brings them to review."""

_MAX_CACHED = 200_000

NO_FACTS = anybody(0.0)
"""A name and nothing else, whatever it scores."""
_Names = NDArray[np.uint32]
_Shares = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed name worth comparing; `estimate` ranks, it decides nothing.

    `needed` is the least score of the name that may make one of its bearers a hit.
    """

    name: int
    estimate: float
    needed: float = 0.0


class Index:
    """A compiled index, mapped into memory and shared between processes.

    Safe to use from several threads.
    """

    few_names = 5_000
    """Names up to which loading compiled code costs more than it saves."""
    EQUAL = 1.0
    """How alike a word is to itself."""
    JOINED = 0.95
    """How alike two words are that are one word elsewhere."""
    GROUP = 0.95
    """How alike two spellings of one name are."""

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
            self.tables = {name: Table(directory, name, _load) for name in _TABLES}
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

    def weight(self, name: int) -> float:
        """What the words of a name weigh together."""
        return float(self._name_weight[name])

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
        out = {found.name: found for found in self._equals(form, facts)}
        for candidate in self._similar(form, facts, limit, floor):
            out.setdefault(candidate.name, candidate)
        return list(out.values())

    def equal(self, form: NameForm) -> list[int]:
        """Names equal word for word, or letter for letter in their own script."""
        names = self._lookup("native", " ".join(form.text.casefold().split()))
        if form.key:
            names += self._lookup("key", form.key)
        return sorted(set(names))

    def _equals(self, form: NameForm, facts: Facts) -> list[Candidate]:
        names = self.equal(form)
        needs = self.needed(names, facts)
        return [Candidate(n, 1.0, least) for n, least in zip(names, needs, strict=True)]

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
        if not len(touched):
            return []
        needed = self._needed(touched, facts)
        good = likely >= needed
        touched, estimate, needed = touched[good], estimate[good], needed[good]
        order = np.lexsort((touched, -estimate))[:limit]
        columns = (array[order].tolist() for array in (touched, estimate, needed))
        return [Candidate(*row) for row in zip(*columns, strict=True)]

    def with_equals(
        self,
        form: NameForm,
        facts: Facts,
        similar: Iterable[tuple[int, float, float]],
    ) -> list[Candidate]:
        """Names like a name, and before them those equal word for word."""
        found = self._equals(form, facts)
        known = {candidate.name for candidate in found}
        found += (Candidate(*row) for row in similar if row[0] not in known)
        return found

    def needed(self, names: Sequence[int], facts: Facts) -> list[float]:
        """The least score of each name that may make one of its bearers a hit."""
        if not names:
            return []
        needed: list[float] = self._needed(np.asarray(names, np.uint32), facts).tolist()
        return needed

    @cached_property
    def postings(self) -> tuple[NDArray[Any], ...]:
        """The names each unit stands in."""
        return self._posting_end, self._posting

    @cached_property
    def runs(self) -> tuple[NDArray[Any], ...]:
        """The letters of all names in a row, sorted: where each ends, and they."""
        return self.joined.arrays

    @cached_property
    def name_arrays(self) -> tuple[NDArray[Any], ...]:
        """What compiled code reads of names and of those who bear them."""
        return (
            self._name_weight,
            self._name_letters,
            self._bearer_end,
            self._bearer,
            self._born,
            self._held,
            self._name_kind,
        )

    @cached_property
    def compared(self) -> tuple[NDArray[Any], ...]:
        """Where the words of each name end, their numbers, kinds, whether in ASCII."""
        names = ("name_word_end", "name_word", "name_kind", "name_plain")
        return tuple(_load(self._directory, name) for name in names)

    @cached_property
    def words(self) -> Rows:
        """The words of all names."""
        return kept_rows(partial(_load, self._directory), "word")

    @cached_property
    def unit_rows(self) -> tuple[NDArray[Any], NDArray[np.uint8], int]:
        """The units that are words: rows, letters, and the number of the first.

        Runs of words stand before them, for `+` sorts before letters and digits.
        """
        rows, text = kept_rows(partial(_load, self._directory), "unit")
        return rows, text, self.unit_count - len(rows)

    @property
    def unit_count(self) -> int:
        """How many units there are."""
        return len(self._posting_end) - 1

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
            units.append((unit, self.EQUAL))
        if (unit := self.numbers.get("+" + token.form)) is not None:
            units.append((unit, self.JOINED))
        if group := token.family or token.group:
            same = self._lookup("group", group)
            units += [(unit, self.GROUP) for unit in same]
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
        keys = mixed_all(packed_deletions(form))
        table = self.tables["deletion"]
        first, counts = table.rows(keys)
        owners: set[int] = set()
        for n in np.flatnonzero(counts).tolist():
            owners.update(table.values[first[n] : first[n] + counts[n]].tolist())
        owners.discard(self.numbers.get(form, -1))
        return self._within(form, owners, edits_allowed(form))

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
        key = letters_hash(text) if table in _BY_LETTERS else hash64(text)
        return self.tables[table].of(key)

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
