"""Sorted tables of 64-bit numbers with what stands under each, mapped from a file.

The first bits of a number tell between which rows it lies: a bucket holds a row or two,
and compiled code finds them without a search.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FEWEST = 1
"""Bits of a number that choose its bucket, at least."""
_BLOCK = 1 << 20
"""Pairs up to which a table is sorted at once."""


def write(
    directory: Path, name: str, keys: NDArray[np.uint64], values: NDArray[np.uint32]
) -> None:
    """Write pairs of a number and a value, sorted, each pair once."""
    keys, values = ordered(keys, values)
    bits = max(_FEWEST, len(keys).bit_length() - 1)
    firsts = np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - bits)
    starts = np.append(keys.searchsorted(firsts), len(keys)).astype(np.uint32)
    for part, array in (("hash", keys), ("value", values), ("start", starts)):
        np.save(directory / f"{name}_{part}.npy", array, allow_pickle=False)


def ordered(
    keys: NDArray[np.uint64], values: NDArray[np.uint32], block: int = _BLOCK
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The pairs in order, each once: by their first bits, then block by block.

    The order of a block takes twice the memory of its pairs; that of all would take it
    at once.
    """
    bits = max(0, len(keys).bit_length() - block.bit_length())
    if not bits:
        return _sorted_block(keys, values)
    blocks = (keys >> np.uint64(64 - bits)).astype(np.uint16)
    parts = []
    for number in range(1 << bits):
        inside = blocks == number
        parts.append(_sorted_block(keys[inside], values[inside]))
    return (
        np.concatenate([keys for keys, _ in parts]),
        np.concatenate([values for _, values in parts]),
    )


def _sorted_block(
    keys: NDArray[np.uint64], values: NDArray[np.uint32]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])
    return keys[fresh], values[fresh]


class Table:
    """One such table. `arrays` is what compiled code reads of it."""

    def __init__(
        self, directory: Path, name: str, load: Callable[[Path, str], NDArray[Any]]
    ) -> None:
        """Open a table as `load` opens an array."""
        self.keys = load(directory, f"{name}_hash")
        self.values = load(directory, f"{name}_value")
        starts = load(directory, f"{name}_start")
        self._shift = 64 - ((len(starts) - 1).bit_length() - 1)
        self._starts: memoryview = starts.data
        self.arrays = (self.keys, self.values, starts, np.uint64(self._shift))

    def of(self, key: int) -> list[int]:
        """The values under a number."""
        bucket = key >> self._shift
        start, end = self._starts[bucket], self._starts[bucket + 1]
        if start == end:
            return []
        found = self.values[start:end][self.keys[start:end] == np.uint64(key)]
        values: list[int] = found.tolist()
        return values

    def rows(
        self, keys: NDArray[np.uint64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the rows of each of many numbers begin, and how many there are."""
        first = self.keys.searchsorted(keys, "left")
        return first, self.keys.searchsorted(keys, "right") - first
