"""Compile names and identifiers to flat arrays that are mapped, not loaded."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from clearway.index.merging import LEAST_BONES, SHORT_WORD, Merged, has_bones
from clearway.index.reading import KINDS, LEAST_ACRONYM, Chunk, Row, bag_of, read

__all__ = [
    "AT_ONCE",
    "FORMAT",
    "KINDS",
    "LEAST_ACRONYM",
    "LEAST_BONES",
    "SHORT_WORD",
    "Chunk",
    "Row",
    "assemble",
    "bag_of",
    "build",
    "has_bones",
    "read",
]

FORMAT = 14
"""Raised whenever the arrays change meaning; older compilations are made again."""

AT_ONCE = 25_000
"""Entities read at once: many, as a word is sent once a chunk; few, as all are held."""


def build(
    rows: Iterable[Row],
    directory: Path,
    progress: Callable[[int], None] = lambda done: None,
    *,
    at_once: int = AT_ONCE,
) -> int:
    """Write the index of these entities, numbered in the order given.

    A name that several entities of one kind bear is kept once. Returns the number of
    distinct names. The directory must exist and be empty.
    """
    return assemble(_chunks(iter(rows), at_once), directory, progress)


def _chunks(rows: Iterator[Row], at_once: int) -> Iterator[Chunk]:
    chunk = read(islice(rows, at_once))
    yield chunk
    while len(chunk.born):
        chunk = read(islice(rows, at_once))
        yield chunk


def assemble(
    chunks: Iterable[Chunk],
    directory: Path,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write the index of entities read in chunks (one at least), in their order.

    The same index however they were divided. Tells `progress` how many entities there
    are so far; returns the number of distinct names.
    """
    merged = Merged()
    for chunk in chunks:
        merged.add(chunk)
        progress(merged.entities)
    return merged.write(directory)
