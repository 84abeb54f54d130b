"""Make one index of chunks that were read apart: each name and each word once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.index import hashed, joined
from clearway.index.keys import deletion_pairs, letters_hashes, mixed_all
from clearway.index.reading import Chunk, Names, Word
from clearway.index.shapes import shapes, write_rows
from clearway.index.vocabulary import Vocabulary
from clearway.names.analyse import Token
from clearway.names.likeness import consonants, vowelless

LEAST_BONES = 3
"""Consonants below which a skeleton says no more than the letters do."""
SHORT_WORD = 5
"""Letters of a word from which two consonants are no way to find it."""


class Merged:
    """The chunks so far, in the order of their entities; `write` comes last, once.

    Names keep the number of the place they were read at until `write` numbers each
    once, as they first stand; words and units are made one at once.
    """

    def __init__(self) -> None:
        """Begin with no chunk."""
        self.entities = self._count = 0
        self._names: list[Names] = []
        self._columns: dict[str, list[NDArray[Any]]] = {}
        self._vocabulary = Vocabulary(quick=False)
        self._numbers: dict[Word, int] = {}
        self._words: dict[str, Token] = {}
        self._place: dict[str, int] = {}
        self._runs: list[str] = []

    def add(self, chunk: Chunk) -> None:
        """Take the next chunk."""
        base = np.uint32(self._count)
        self._names.append(chunk.names)
        numbers = [self._number(word) for word in chunk.tokens]
        for word in chunk.words:
            if word[0] not in self._words:
                self._words[word[0]] = Token(*word)
        place = self._place
        lines = chunk.units.split("\n") if chunk.units else []
        units = [place.setdefault(unit, len(place)) for unit in lines]
        self._runs += chunk.runs.split("\n") if chunk.runs else []
        posted, bearers = chunk.posted, chunk.bearers
        columns = {
            "spelt": np.asarray(numbers, np.uint32)[chunk.spelt],
            "posted_unit": np.asarray(units, np.uint32)[posted[0]],
            "posted_name": posted[1] + base,
            "run_name": chunk.run_names + base,
            "borne": bearers[0] + base,
            "bearer": bearers[1] + np.uint32(self.entities),
            "born": chunk.born,
            "held": chunk.held,
        }
        for table, (keys, values) in chunk.tables.items():
            first = self.entities if table == "id" else self._count
            columns[f"{table} key"] = keys
            columns[f"{table} value"] = values + np.uint32(first)
        for name, column in columns.items():
            self._columns.setdefault(name, []).append(column)
        self.entities += len(chunk.born)
        self._count += len(chunk.names.kind)

    def _number(self, word: Word) -> int:
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = self._vocabulary.number(Token(*word))
        return found

    def write(self, directory: Path) -> int:
        """Write the index; returns how many distinct names there are."""
        self._numbers.clear()
        fresh, number = numbered(_joined([names.digest for names in self._names]))
        for table in ("id", "key", "bag", "acronym", "native"):
            keys, values = self._take(f"{table} key"), self._take(f"{table} value")
            values = values if table == "id" else number[values]
            hashed.write(directory, table, keys, values)
        for name in ("born", "held"):
            _save(directory, name, self._take(name))
        self._write_runs(directory, fresh, number)
        self._write_names(directory, fresh, number)
        write_rows(directory, "word", self._vocabulary.whole())
        del self._vocabulary
        ranks, worded = self._write_units(directory)
        units, names = self._take("posted_unit"), number[self._take("posted_name")]
        _write_postings(directory, ranks[units], names)
        _write_ways(directory, self._words, worded, len(ranks) - len(worded))
        return int(fresh.sum())

    def _take(self, column: str) -> NDArray[Any]:
        """A column of all chunks, which is then let go."""
        return _joined(self._columns.pop(column))

    def _write_runs(
        self, directory: Path, fresh: NDArray[np.bool_], number: NDArray[np.uint32]
    ) -> None:
        names, runs, self._runs = self._take("run_name"), self._runs, []
        kept = fresh[names]
        if not kept.all():
            runs = [runs[n] for n in np.flatnonzero(kept).tolist()]
        joined.write(directory, runs, number[names[kept]])

    def _write_names(
        self, directory: Path, fresh: NDArray[np.bool_], number: NDArray[np.uint32]
    ) -> None:
        """The names, what a comparison needs of each, and who bears them."""
        parts, self._names = self._names, []
        sizes = _joined([part.size for part in parts])
        counts = _joined([part.count for part in parts])
        text = np.frombuffer(b"".join([part.text for part in parts]), np.uint8)
        (directory / "name.txt").write_bytes(text[np.repeat(fresh, sizes)].tobytes())
        _save(directory, "name_end", _ends(sizes[fresh], np.uint64))
        _save(directory, "name_word", self._take("spelt")[np.repeat(fresh, counts)])
        _save(directory, "name_word_end", _ends(counts[fresh], np.uint32))
        for column in ("kind", "weight", "letters", "plain"):
            whole = _joined([getattr(part, column) for part in parts])
            _save(directory, f"name_{column}", whole[fresh])
        borne, bearers = number[self._take("borne")], self._take("bearer")
        # Entities stand in order already, and stay so for each name.
        _save(directory, "bearer_flat", bearers[np.argsort(borne, kind="stable")])
        borne_by = np.bincount(borne, minlength=int(fresh.sum()))
        _save(directory, "bearer_end", _ends(borne_by, np.uint64))

    def _write_units(self, directory: Path) -> tuple[NDArray[np.uint32], list[str]]:
        """Every word and run of neighbours, in order: their new numbers, the words.

        Runs stand before words, for `+` sorts before letters and digits.
        """
        place, self._place = self._place, {}
        units = sorted(place)
        (directory / "unit.txt").write_text("\n".join(units), "ascii")
        order = np.fromiter((place[unit] for unit in units), np.int64, len(units))
        place.clear()
        ranks = np.empty(len(units), np.uint32)
        ranks[order] = np.arange(len(units), dtype=np.uint32)
        known = letters_hashes(units)
        worded = [unit for unit in units if not unit.startswith("+")]
        del units
        hashed.write(directory, "known", known, np.arange(len(known), dtype=np.uint32))
        return ranks, worded


def numbered(
    digests: NDArray[np.uint64],
) -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """Which rows stand for the first time, and the number of each row among these."""
    order = np.lexsort((digests[:, 1], digests[:, 0]))
    ordered = digests[order]
    begins = np.ones(len(order), np.bool_)
    begins[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    # The sort keeps equal rows in order: the first of each is the first that stood.
    firsts = np.empty(len(order), np.int64)
    firsts[order] = order[begins][np.cumsum(begins) - 1]
    fresh = firsts == np.arange(len(order))
    number = (np.cumsum(fresh) - 1).astype(np.uint32)
    return fresh, number[firsts]


def has_bones(token: Token) -> bool:
    """Whether a word is to be found by its skeleton.

    Three consonants, or two of a word too short for the search by letters.
    """
    bones = len(token.skeleton)
    return bones >= LEAST_BONES or (
        bones == LEAST_BONES - 1 and len(token.form) < SHORT_WORD
    )


def _write_ways(
    directory: Path, words: Mapping[str, Token], worded: list[str], first: int
) -> None:
    """The ways to a word beside its spelling; the words are numbered from `first`.

    By group of equal spellings, by consonant skeleton, by consonants, and by what is
    left when letters are deleted.
    """
    write_rows(directory, "unit", shapes(worded))
    tokens = [words[word] for word in worded]
    ways = {
        "group": [token.family or token.group for token in tokens],
        "skeleton": [token.skeleton if has_bones(token) else "" for token in tokens],
        "bare": [
            token.skeleton
            if len(token.skeleton) >= LEAST_BONES and vowelless(token.form)
            else ""
            for token in tokens
        ],
        "said": [consonants(word) if len(word) > 2 else "" for word in worded],
    }
    for way, texts in ways.items():
        found = [at for at, text in enumerate(texts) if text]
        keys = letters_hashes([texts[at] for at in found])
        hashed.write(
            directory, way, keys, np.asarray(found, np.uint32) + np.uint32(first)
        )
    keys, owners = deletion_pairs(worded)
    hashed.write(directory, "deletion", mixed_all(keys), owners + np.uint32(first))


def _write_postings(
    directory: Path, units: NDArray[np.uint32], names: NDArray[np.uint32]
) -> None:
    """The names of each unit, each once, from pairs of both."""
    pairs = (units.astype(np.uint64) << np.uint64(32)) | names
    pairs.sort()
    fresh = np.ones(len(pairs), np.bool_)
    fresh[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[fresh]
    last = int(pairs[-1] >> np.uint64(32)) if len(pairs) else -1
    firsts = np.arange(last + 2, dtype=np.uint64) << np.uint64(32)
    _save(directory, "posting_end", pairs.searchsorted(firsts).astype(np.uint64))
    _save(directory, "posting_flat", pairs.astype(np.uint32))


def _joined(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(columns)


def _ends(sizes: NDArray[Any], dtype: Any) -> NDArray[Any]:
    """Where things of these sizes end in a row; the first begins at 0."""
    ends = np.zeros(len(sizes) + 1, dtype)
    np.cumsum(sizes, out=ends[1:])
    return ends


def _save(directory: Path, name: str, array: NDArray[Any]) -> None:
    np.save(directory / f"{name}.npy", array, allow_pickle=False)
