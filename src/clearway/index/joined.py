"""Names as one run of letters: found though spaces are set elsewhere, or nowhere.

Each listed name is kept as its letters without spaces, in the orders in which it may be
written; sorted, so that the beginning of a name, cut off, is found as well.
"""

import math
import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clearway.index.keys import PREFIX
from clearway.model import Kind
from clearway.names.analyse import NameForm
from clearway.names.fold import fold

LEAST = 6
"""Letters below which a run says too little."""
_LIGHT = frozenset({"legal", "vessel_prefix", "title"})


def runs(
    names: Sequence[tuple[str, Kind]], forms: Sequence[NameForm]
) -> tuple[list[str], list[int]]:
    """The runs of all names, sorted, each with the place of its name."""
    found = sorted(
        (run, number)
        for number, ((text, kind), form) in enumerate(zip(names, forms, strict=True))
        for run in set(_runs(text, kind, form))
    )
    return [run for run, _ in found], [number for _, number in found]


def write(directory: Path, runs: Sequence[str], names: NDArray[np.uint32]) -> None:
    """Write runs and the names they are of; equal runs come in the order of those."""
    order = sorted(range(len(runs)), key=runs.__getitem__)
    lengths = np.fromiter((len(runs[n]) for n in order), np.uint64, len(runs))
    text = "".join([runs[n] for n in order]).encode("ascii")
    (directory / "joined.txt").write_bytes(text)
    ends = np.append(np.uint64(0), np.cumsum(lengths))
    arrays: dict[str, NDArray[np.generic]] = {
        "joined_end": ends,
        "joined_head": _heads(np.frombuffer(text, np.uint8), ends),
        "joined_name": names[np.asarray(order, np.int64)],
    }
    for name, array in arrays.items():
        np.save(directory / f"{name}.npy", array, allow_pickle=False)


def _heads(letters: NDArray[np.uint8], ends: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every run `pack`ed: its first letters as one number."""
    heads = np.zeros(len(ends) - 1, np.uint64)
    for at in range(PREFIX):
        places = ends[:-1] + np.uint64(at)
        inside = places < ends[1:]
        shift = np.uint64(8 * (PREFIX - 1 - at))
        heads[inside] |= letters[places[inside]].astype(np.uint64) << shift
    return heads


def _runs(text: str, kind: Kind, form: NameForm) -> Iterator[str]:
    """The letters of a name in the orders in which it may be written."""
    for words in _orders(text, kind, form):
        run = "".join(words).replace(" ", "")
        if len(run) >= LEAST:
            yield run


def _orders(text: str, kind: Kind, form: NameForm) -> Iterator[Sequence[str]]:
    words = [token.form for token in form.tokens]
    yield words
    last, comma, first = text.partition(",")
    if kind is Kind.PERSON:
        if comma:
            yield [fold(first), fold(last)]
        elif len(words) > 1:
            yield [words[-1], *words[:-1]]
        return
    heavy = [n for n, token in enumerate(form.tokens) if token.role not in _LIGHT]
    if heavy and len(heavy) < len(words):
        yield words[heavy[0] :]
        yield words[heavy[0] : heavy[-1] + 1]


@dataclass(frozen=True, slots=True)
class Run:
    """A listed name whose letters begin with those asked for: number and letters."""

    name: int
    letters: str


class Joined:
    """The runs of letters of all listed names, mapped into memory.

    `frequency` tells in how many names a word stands, 0 for words of no name.
    """

    def __init__(
        self,
        directory: Path,
        array: Callable[[Path, str], NDArray[np.generic]],
        text: mmap.mmap | bytes,
        frequency: Callable[[str], int],
    ) -> None:
        """Take the arrays as opened by the index."""
        # Read one at a time: a memory view gives plain numbers, and quickly.
        head: memoryview = array(directory, "joined_head").data
        self._head = head
        self._end = array(directory, "joined_end")
        self._name = array(directory, "joined_name")
        self._text = text
        self._frequency = frequency
        self.apart = lru_cache(maxsize=16_384)(self._apart)

    @property
    def arrays(self) -> tuple[NDArray[np.generic], NDArray[np.uint8]]:
        """Where each run ends, and their letters, as compiled code reads them."""
        return self._end, np.frombuffer(self._text, np.uint8)

    def same(self, letters: str) -> list[int]:
        """Names that are these letters, wherever their spaces stand."""
        whole = letters.encode("ascii")
        out = []
        for at in self._near(whole):
            if self._run(at) == whole:
                out.append(int(self._name[at]))
            elif out:
                break
        return list(dict.fromkeys(out))

    def beginning(self, letters: str, *, most: int = 50) -> list[Run]:
        """Names that begin with these letters and go on; [] if there are too many."""
        start = letters.encode("ascii")
        out: list[Run] = []
        for at in self._near(start):
            run = self._run(at)
            if not run.startswith(start):
                break
            if len(run) > len(start):
                out.append(Run(int(self._name[at]), run.decode("ascii")))
                if len(out) > most:
                    return []
        return out

    def _near(self, letters: bytes) -> range:
        """The runs from the first that is not smaller, as far as the head agrees."""
        if len(letters) < LEAST:
            return range(0)
        head = int.from_bytes(letters[:8].ljust(8, b"\0"), "big")
        last = head | ((1 << 8 * max(0, 8 - len(letters))) - 1)
        start = bisect_left(self._head, head)
        if start == len(self._head) or self._head[start] > last:
            return range(0)
        end = bisect_right(self._head, last, start)
        if len(letters) > 8:
            start = bisect_left(range(end), letters, start, key=self._run)
        return range(start, end)

    def _run(self, at: int) -> bytes:
        return self._text[int(self._end[at]) : int(self._end[at + 1])]

    def _apart(self, letters: str) -> tuple[str, ...]:
        """A run of letters as the likeliest row of listed words, or () if none is.

        Each word costs the logarithm of its rarity, letters that are no word cost more:
        the cheapest row wins. One piece may be no word: it may be misspelt.
        """
        costs = [0.0]
        starts = [0]
        gaps = [False]
        frequency = self._frequency
        for end in range(1, len(letters) + 1):
            least, start, gap = costs[0] + _GAP + _GAP_LETTER * end, 0, True
            for at in range(max(0, end - _LONGEST), end - 1):
                if count := frequency(letters[at:end]):
                    cost = costs[at] + _RAREST - math.log(count)
                    if end - at < 4:
                        cost += _SHORT * (4 - end + at)
                    if cost < least:
                        least, start, gap = cost, at, False
                if not gaps[at]:
                    cost = costs[at] + _GAP + _GAP_LETTER * (end - at)
                    if cost < least:
                        least, start, gap = cost, at, True
            costs.append(least)
            starts.append(start)
            gaps.append(gap)
        pieces: list[tuple[str, bool]] = []
        end = len(letters)
        while end:
            pieces.append((letters[starts[end] : end], not gaps[end]))
            end = starts[end]
        pieces.reverse()
        unknown = [piece for piece, known in pieces if not known]
        sure = [piece for piece, known in pieces if known and len(piece) > 3]
        covered = len(letters) - sum(map(len, unknown))
        if len(pieces) < 2 or len(unknown) > 1 or not sure:
            return ()
        if unknown and covered < 0.5 * len(letters):
            return ()
        return tuple(piece for piece, _ in pieces)


_LONGEST = 24
_RAREST = 12.0
"""What a word of a single name costs: the logarithm of the number of all words."""
_SHORT = 2.0
_GAP, _GAP_LETTER = 11.0, 2.0


def run_of(words: Iterable[str]) -> str:
    """The letters of words, spaces out."""
    return "".join(words).replace(" ", "")
