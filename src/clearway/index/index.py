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
from clearway.index.build import KINDS, LIGHT, has_bones
from clearway.index.keys import (
    deletion_pairs,
    edits_for,
    hash64,
    packed_deletions,
)
from clearway.model import Kind
from clearway.names.analyse import INITIAL_WEIGHT, NameForm, Token, neighbours
from clearway.names.likeness import (
    MOST_EDITS,
    consonants,
    SOUND_EDITS,
    spelt_alike,
    typo_edits,
    vowel_poor,
)
from clearway.names.phonetic import skeleton

LIMIT = 50
"""Candidate names looked at more closely, beside those equal word for word."""
FLOOR = 0.48
"""Estimates below this are not worth a closer look: no rule brings them to review."""

_EQUAL, _GROUP, _JOINED = 1.0, 0.95, 0.95
_MAX_CACHED = 200_000

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

    def __init__(self, directory: Path) -> None:
        """Map the arrays; raises StoreError if the compilation is not whole."""
        try:
            self._name_end = _load(directory, "name_end")
            self._name_kind = _load(directory, "name_kind")
            self._name_weight = _load(directory, "name_weight")
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
                for name in ("group", "skeleton", "bare", "key", "native", "id", "said")
            }
            self._born = _load(directory, "born")
            self._names = mapped(directory / "name.txt")
        except (OSError, ValueError, EOFError) as error:
            raise StoreError(
                f"{directory}: compiled index not whole: {error}"
            ) from error
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

    def may_be_born(self, entities: Sequence[int], first: int, last: int) -> bool:
        """Whether any of the entities may have been born within these years."""
        for entity in entities:
            earliest, latest = self._born[entity].tolist()
            if earliest <= last and first <= latest:
                return True
        return False

    def with_identifier(self, value: str) -> list[int]:
        """The entities that bear a number or code, given in comparable form."""
        return self._lookup("id", value)

    def candidates(
        self, form: NameForm, *, limit: int = LIMIT, floor: float = FLOOR
    ) -> list[Candidate]:
        """Names that may be this name, best estimate first.

        `floor` is the least estimate worth having: higher where nothing but the name
        can lead to a hit.
        Names equal word for word, or letter for letter in their own script, are always
        among them, however many there are.
        """
        out = {name: Candidate(name, 1.0) for name in self.equal(form)}
        for candidate in self._similar(form, limit, floor):
            out.setdefault(candidate.name, candidate)
        return list(out.values())

    def equal(self, form: NameForm) -> list[int]:
        """Names equal word for word, or letter for letter in their own script."""
        names = self._lookup("native", " ".join(form.text.casefold().split()))
        if form.key:
            names += self._lookup("key", form.key)
        return sorted(set(names))

    def _similar(self, form: NameForm, limit: int, floor: float) -> list[Candidate]:
        terms = self._terms(form)
        if not terms:
            return []
        matched = self._dense()
        for weight, names, shares in terms:
            matched[names] += shares * np.float32(weight)
        touched, found = _taken(matched, [names for _, names, _ in terms])
        total = np.float32(form.total)
        initials = sum(token.role == "initial" for token in form.tokens)
        found = np.minimum(found, total)
        if cut := _maybe_cut(form):
            found = np.minimum(found + np.float32(0.5 * cut), total)
        alone = np.maximum(self._name_weight[touched] - found, 0)
        if initials:
            # An initial may stand for any word left over: give it the benefit here.
            found = np.minimum(found + np.float32(INITIAL_WEIGHT * initials), total)
            alone = np.maximum(alone - np.float32(initials), 0)
        estimate = estimated(found, total - found, alone)
        good = estimate >= floor
        touched, estimate = touched[good], estimate[good]
        if len(touched) > limit:
            cut = np.partition(estimate, len(estimate) - limit)[-limit]
            kept = estimate >= cut
            touched, estimate = touched[kept], estimate[kept]
        order = np.lexsort((touched, -estimate))[:limit]
        return [Candidate(int(touched[n]), float(estimate[n])) for n in order]

    def _terms(self, form: NameForm) -> list[tuple[float, _Names, _Shares]]:
        heavy = [token for token in form.tokens if token.role not in LIGHT]
        terms = []
        for token in heavy or form.tokens:
            names, shares = self._of_token(token)
            if len(names):
                terms.append((token.weight, names, shares))
        for run in neighbours(form.tokens):
            joined = "".join([token.form for token in run])
            if joined in self._numbers:
                names, shares = self._of_joined(joined)
                terms.append((sum([token.weight for token in run]), names, shares))
        return terms

    def _dense(self) -> _Shares:
        """One accumulator a thread, zero between calls."""
        dense: _Shares | None = getattr(self._workspace, "dense", None)
        if dense is None:
            dense = self._workspace.dense = np.zeros(len(self), np.float32)
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
            unit = self._numbers.get(form)
            found = self._postings([] if unit is None else [(unit, _JOINED)])
            if len(self._found) >= _MAX_CACHED:
                self._found.clear()
            self._found[key] = found
        return found

    def _lookup_units(self, token: Token) -> list[tuple[int, float]]:
        """Units that stand for a word, each with how alike it is."""
        numbers = self._numbers
        units: list[tuple[int, float]] = []
        if (unit := numbers.get(token.form)) is not None:
            units.append((unit, _EQUAL))
        if (unit := numbers.get("+" + token.form)) is not None:
            units.append((unit, _JOINED))
        if token.group:
            same = self._lookup("group", token.group)
            units += [(unit, _GROUP) for unit in same]
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
        owners.discard(self._numbers.get(form, -1))
        return self._within(form, owners, _edits(form))

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
            if 0 < apart <= _edits(forms[n]):
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
    def _numbers(self) -> dict[str, int]:
        return {unit: number for number, unit in enumerate(self._units)}

    @cached_property
    def _units(self) -> list[str]:
        return self._units_file.read_text("ascii").split("\n")


def _maybe_cut(form: NameForm) -> float:
    """The weight of a last word that may be the beginning of a longer one."""
    last = form.tokens[-1] if len(form.tokens) > 1 else None
    return last.weight if last and last.role == "word" and len(last.form) > 1 else 0.0


def _edits(form: str) -> int:
    """Edits by which a listed word may differ from this one."""
    return min(edits_for(len(form)), typo_edits(len(form) + 2))


def _taken(matched: _Shares, lists: Sequence[_Names]) -> tuple[_Names, _Shares]:
    """The names with any weight, once each, and their weights; leaves zeros behind."""
    touched, found = [], []
    for names in lists:
        weights = matched[names]
        fresh = weights > 0
        touched.append(names[fresh])
        found.append(weights[fresh])
        matched[names] = 0
    return np.concatenate(touched), np.concatenate(found)


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
