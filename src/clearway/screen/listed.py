"""Read entity files for compiling: where entities lie, and what the index needs."""

import gc
import json
import mmap
from array import array
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import pairwise
from multiprocessing import current_process
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.index.build import AT_ONCE, Chunk, Row, read
from clearway.index.index import mapped
from clearway.match.subject import ties
from clearway.model import Entity
from clearway.model.codec import from_dict
from clearway.names import identifiers
from clearway.screen.processes import pool

FEW = 10_000
"""Entities up to which starting processes costs more than it saves."""
_SHARES = 4
"""Chunks for each process, at least: so that none waits long for another's last."""
_IDENT = b'{"id": "'
"""How lines of entities begin, as we write them."""
_COMPARED = (
    *("id", "kind", "names", "births", "countries", "addresses", "identifiers"),
)
"""The fields of an entity that a `Row` is made of."""

Maps = Sequence[mmap.mmap | bytes]
"""The entity files, mapped."""
_Job = tuple[NDArray[Any], NDArray[Any]]
"""Lines to read, and where those of each entity end."""
Place = tuple[int, int, int]
"""Where a line of an entity is: in which file, from where, how long."""


def places(files: Sequence[Path]) -> tuple[list[str], NDArray[Any], NDArray[Any]]:
    """The ids in order; the places of all lines in that order; where each id's end.

    Lines of one id come in the order of the files.
    """
    idents: list[str] = []
    flat = array("q")
    for number, path in enumerate(files):
        offset = 0
        with path.open("rb") as file:
            for line in file:
                idents.append(_ident(line))
                flat.extend((number, offset, len(line)))
                offset += len(line)
    order = sorted(range(len(idents)), key=idents.__getitem__)
    ordered = [idents[n] for n in order]
    lines = np.array(flat, np.int64).reshape(-1, 3)[np.asarray(order, np.int64)]
    ends = [n for n, (one, two) in enumerate(pairwise(ordered), 1) if one != two]
    whole = [0, *ends, len(ordered)] if ordered else [0]
    return list(dict.fromkeys(ordered)), lines, np.asarray(whole, np.uint32)


def _ident(line: bytes) -> str:
    """The id of the entity on a line, read without the rest where that is safe."""
    if line.startswith(_IDENT):
        ident = line[len(_IDENT) : line.index(b'"', len(_IDENT))]
        if b"\\" not in ident:
            return ident.decode("utf-8")
    ident_read: str = json.loads(line)["id"]
    return ident_read


def joined(maps: Maps, lines: Iterable[Place]) -> Entity:
    """The entity of some lines, joined over the lists that name it."""
    return _joined([_loaded(maps, place) for place in lines])


def _loaded(maps: Maps, place: Place) -> dict[str, Any]:
    number, offset, length = place
    line = maps[number][offset : offset + length].decode("utf-8", "surrogatepass")
    found: dict[str, Any] = json.loads(line)
    return found


def _joined(found: Iterable[Mapping[str, Any]]) -> Entity:
    whole: Entity | None = None
    for data in found:
        entity = from_dict(data)
        whole = entity if whole is None else whole.joined(entity)
    assert whole is not None
    return whole


def chunks(
    files: Sequence[Path], lines: NDArray[Any], ends: NDArray[Any], workers: int
) -> Generator[Chunk, None, None]:
    """The entities of some lines as the index reads them, in order, a chunk at least.

    Read by so many processes if that pays; by this one where none can be started.
    """
    count = len(ends) - 1
    at_once = min(AT_ONCE, count // (_SHARES * max(1, workers)) + 1)
    jobs = [
        (lines[ends[first] : ends[last]], ends[first : last + 1] - ends[first])
        for first in range(0, max(count, 1), at_once)
        for last in [min(first + at_once, count)]
    ]
    with ExitStack() as stack:
        executor = _executor(stack, files, workers if count > FEW else 1)
        # A few at a time: whoever breaks off need not wait for all the others.
        waiting: deque[tuple[_Job, Future[Chunk] | None]] = deque()
        for job in jobs:
            waiting.append((job, _given(executor, job)))
            if executor is None or len(waiting) > 2 * workers:
                yield _taken(files, *waiting.popleft())
        while waiting:
            yield _taken(files, *waiting.popleft())


def _given(executor: ProcessPoolExecutor | None, job: _Job) -> Future[Chunk] | None:
    """Hand a job to another process, if there is one and it has not come to an end."""
    try:
        return executor.submit(_read_here, *job) if executor else None
    except BrokenProcessPool:
        return None


def _taken(files: Sequence[Path], job: _Job, given: Future[Chunk] | None) -> Chunk:
    """What the other process read; read here if there is none, or it was killed."""
    try:
        if given:
            return given.result()
    except BrokenProcessPool:
        pass
    return _read(_mapped(files), *job)


def _executor(
    stack: ExitStack, files: Sequence[Path], workers: int
) -> ProcessPoolExecutor | None:
    """Processes to read with; None for one, or where the platform gives none."""
    if workers < 2 or current_process().daemon:
        return None
    try:
        return stack.enter_context(pool(workers, _start, tuple(files)))
    except (BrokenProcessPool, ImportError, OSError):
        return None


def _mapped(files: Sequence[Path]) -> Maps:
    return [mapped(path) for path in files]


_maps: Maps = ()


def _start(files: Sequence[Path]) -> None:
    global _maps
    # Reading makes many objects and no circles of them: looking for some costs a
    # tenth of the time, and this process does nothing else.
    gc.disable()
    _maps = _mapped(files)


def _read_here(lines: NDArray[Any], ends: NDArray[Any]) -> Chunk:
    chunk = _read(_maps, lines, ends)
    for file in _maps:
        # The pages read would count as memory of this process until it ends.
        if isinstance(file, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            file.madvise(mmap.MADV_DONTNEED)
    return chunk


def _read(maps: Maps, lines: NDArray[Any], ends: NDArray[Any]) -> Chunk:
    placed = lines.tolist()
    return read(
        row_of(_joined(_compared(_loaded(maps, line)) for line in placed[start:end]))
        for start, end in pairwise(ends.tolist())
    )


def _compared(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in _COMPARED if key in data}


def row_of(entity: Entity) -> Row:
    """An entity as the index sees it."""
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
        tuple(sorted(ties(entity))),
    )
