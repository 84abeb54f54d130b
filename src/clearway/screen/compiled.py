"""A set of list versions compiled for search: an index, and where each entity lies."""

import json
import os
import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from clearway.errors import NotFound, StoreError
from clearway.index.build import FORMAT, assemble
from clearway.index.index import Index, mapped
from clearway.model import Entity
from clearway.screen.listed import chunks, joined, places

_READY = "set.json"


def key_of(contents: Sequence[str]) -> str:
    """The name under which a set is compiled, from what its files hold (hashes)."""
    parts = [f"index {FORMAT}", *contents]
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def compile_set(
    entity_files: Sequence[Path],
    directory: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    workers: int = 2,
) -> None:
    """Compile entity files (JSON lines) into a directory that does not exist yet.

    Entities with one id on several files are joined. The directory appears whole or
    not at all: it is built beside its place and moved there. Long lists are read by
    `workers` processes; the set is the same whatever their number.
    """
    ids, lines, ends = places(entity_files)
    building = directory.with_name(f".{directory.name}.{os.getpid()}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        np.save(building / "place.npy", lines)
        np.save(building / "place_end.npy", ends)
        (building / "ids.txt").write_text("\n".join(ids), "utf-8")
        count = len(ids)
        del ids  # a million would stay beside all that is made of them
        read = chunks(entity_files, lines, ends, workers)
        with closing(read):
            assemble(read, building, lambda done: progress(done, count))
        ready = {"format": FORMAT, "entities": count}
        (building / _READY).write_text(json.dumps(ready), "utf-8")
        _move(building, directory)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _move(building: Path, directory: Path) -> None:
    try:
        building.rename(directory)
    except OSError:
        # Another process compiled the same set meanwhile: its work is as good.
        if not (directory / _READY).exists():
            shutil.rmtree(directory, ignore_errors=True)
            building.rename(directory)


class CompiledSet:
    """A compiled set, opened: its index, and its entities by number or id."""

    def __init__(self, directory: Path, entity_files: Sequence[Path]) -> None:
        """Map everything; raises StoreError if a part is missing."""
        try:
            self._place = np.asarray(np.load(directory / "place.npy", mmap_mode="r"))
            ends = np.load(directory / "place_end.npy", mmap_mode="r")
            self._place_end = np.asarray(ends)
            self._maps = [mapped(path) for path in entity_files]
        except (OSError, ValueError) as error:
            raise StoreError(f"{directory}: compiled set not whole: {error}") from error
        self.directory, self.files = directory, tuple(entity_files)
        self.index = Index(directory)

    @staticmethod
    def is_ready(directory: Path) -> bool:
        """Whether a compilation is there and whole."""
        return (directory / _READY).exists()

    def __len__(self) -> int:
        """How many entities there are."""
        return len(self._place_end) - 1

    def entity(self, number: int) -> Entity:
        """The entity with this number, joined over the lists that name it."""
        start, end = int(self._place_end[number]), int(self._place_end[number + 1])
        lines = [tuple(place) for place in self._place[start:end].tolist()]
        return joined(self._maps, lines)

    def files_of(self, number: int) -> list[int]:
        """Which of the entity files name this entity, by position."""
        start, end = int(self._place_end[number]), int(self._place_end[number + 1])
        files: list[int] = self._place[start:end, 0].tolist()
        return files

    def number_of(self, ident: str) -> int:
        """The number of an entity id; raises NotFound."""
        at = bisect_left(self._ids, ident)
        if at == len(self._ids) or self._ids[at] != ident:
            raise NotFound(f"no entity {ident!r} in the lists in use")
        return at

    def id_of(self, number: int) -> str:
        """The id of the entity with this number."""
        return self._ids[number]

    def entities(self) -> Iterator[Entity]:
        """All entities, by id."""
        return (self.entity(number) for number in range(len(self)))

    @cached_property
    def _ids(self) -> list[str]:
        return (self.directory / "ids.txt").read_text("utf-8").split("\n")
