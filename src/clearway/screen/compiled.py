"""A set of list versions compiled for search: an index, and where each entity lies."""

import json
import mmap
import os
import shutil
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clearway.errors import NotFound, StoreError
from clearway.index.build import FORMAT, Row, build
from clearway.index.index import Index, mapped
from clearway.match.subject import of_entity
from clearway.model import Entity
from clearway.model.codec import from_dict
from clearway.names import identifiers

_READY = "set.json"


def key_of(contents: Sequence[str]) -> str:
    """The name under which a set is compiled, from what its files hold (hashes)."""
    parts = [f"index {FORMAT}", *contents]
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def compile_set(
    entity_files: Sequence[Path],
    directory: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Compile entity files (JSON lines) into a directory that does not exist yet.

    Entities with one id on several files are joined. The directory appears whole or
    not at all: it is built beside its place and moved there.
    """
    places = _places(entity_files)
    ids = sorted(places)
    building = directory.with_name(f".{directory.name}.{os.getpid()}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        maps = [mapped(path) for path in entity_files]
        flat, ends = _in_order(places, ids)
        del places  # a million entities' would stay beside all that is made of them
        np.save(building / "place.npy", flat)
        np.save(building / "place_end.npy", ends)
        rows = (
            _row(_joined(maps, flat[start:end].tolist()))
            for start, end in pairwise(ends.tolist())
        )
        build(rows, building, lambda done: progress(done, len(ids)))
        (building / "ids.txt").write_text("\n".join(ids), "utf-8")
        ready = {"format": FORMAT, "entities": len(ids)}
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


_Place = tuple[int, int, int]


def _places(entity_files: Sequence[Path]) -> dict[str, list[_Place]]:
    """For each id, where its lines are: (file, offset, length)."""
    places: dict[str, list[_Place]] = {}
    for number, path in enumerate(entity_files):
        offset = 0
        with path.open("rb") as file:
            for line in file:
                ident = json.loads(line)["id"]
                places.setdefault(ident, []).append((number, offset, len(line)))
                offset += len(line)
    return places


def _in_order(
    places: Mapping[str, Sequence[_Place]], ids: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The places of all lines in the order of their ids, and where each id's end."""
    flat = array("q")
    for ident in ids:
        for place in places[ident]:
            flat.extend(place)
    ends = np.cumsum([0, *(len(places[ident]) for ident in ids)], dtype=np.uint32)
    return np.array(flat, np.int64).reshape(-1, 3), ends


def _joined(maps: Sequence[mmap.mmap | bytes], places: Sequence[_Place]) -> Entity:
    whole: Entity | None = None
    for number, offset, length in places:
        entity = from_dict(json.loads(maps[number][offset : offset + length]))
        whole = entity if whole is None else whole.joined(entity)
    assert whole is not None
    return whole


def _row(entity: Entity) -> Row:
    values = (identifiers.normal(f.type, f.value) for f in entity.identifiers)
    births = [birth.date for birth in entity.births if birth.date]
    return Row(
        entity.kind,
        tuple(name.text for name in entity.names),
        tuple(value for value in values if len(value) >= identifiers.MIN_LENGTH),
        (
            min(day.earliest.year for day in births),
            max(day.latest.year for day in births),
        )
        if births
        else None,
        tuple(sorted(of_entity(entity, named=False).countries)),
    )


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
        places = [tuple(place) for place in self._place[start:end].tolist()]
        return _joined(self._maps, places)

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
