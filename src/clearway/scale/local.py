"""Screen many parties on the cores of this machine, in the order they came.

This process works, too: while others start, and on what they have not taken yet. A
large table is answered from its first moment on, and small ones need nobody else.
"""

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import chain, islice
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary, finalize

from clearway.model import Party
from clearway.screen.processes import started
from clearway.screen.screener import Found, Screener

CHUNK = 1_000
"""Parties handed to a core at a time."""
WORTH_IT = 12_000
"""Below this many parties, starting more processes costs more than it saves."""
_AHEAD = 2
"""Chunks that wait at each process, so that it never has to."""
_MOST_WAITING = 64
"""Chunks answered but not yet asked for, at most."""


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def check_many(
    screener: Screener, parties: Iterable[Party], workers: int | None = None
) -> Iterator[Found]:
    """What was found of each party, in their order; a party alone where nothing was.

    `workers` is the number of processes that work, this one included; it changes no
    answer. The others are kept as long as the screener is.
    """
    stream = iter(parties)
    first = list(islice(stream, WORTH_IT))
    chunks = _chunks(chain(first, stream))
    workers = cores() if workers is None else workers
    if workers < 2 or len(first) < WORTH_IT:
        for chunk in chunks:
            yield from _found(screener, chunk)
        return
    helpers = _helpers_of(screener, workers - 1)
    waiting: deque[tuple[list[Party], Future[list[Any]] | None, list[Found]]] = deque()
    try:
        for chunk in chunks:
            job = helpers.take(chunk)
            done = [] if job else _found(screener, chunk)
            waiting.append((chunk, job, done))
            while waiting and _is_done(waiting[0][1], len(waiting)):
                yield from _answers(screener, *waiting.popleft())
        while waiting:
            yield from _answers(screener, *waiting.popleft())
    finally:
        for _, job, _ in waiting:
            if job is not None:
                job.cancel()


def _found(screener: Screener, parties: list[Party]) -> list[Found]:
    """What is found of a chunk here, without a look for cycles on the way.

    What is made meanwhile is cached for good or gone at once.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return screener.found_in(parties)
    finally:
        if collecting:
            gc.enable()


def _chunks(parties: Iterator[Party]) -> Iterator[list[Party]]:
    while chunk := list(islice(parties, CHUNK)):
        yield chunk


def _is_done(job: Future[list[Any]] | None, waiting: int) -> bool:
    return job is None or job.done() or waiting > _MOST_WAITING


def _answers(
    screener: Screener,
    parties: list[Party],
    job: Future[list[Any]] | None,
    done: list[Found],
) -> Iterator[Found]:
    """What was found in a chunk, here or in another process."""
    if job is None:
        yield from done
    elif job.cancel():
        # Nobody has begun it, and there is nothing else left to do here.
        yield from _found(screener, parties)
    else:
        try:
            found = job.result()
        except BrokenExecutor:
            yield from _found(screener, parties)
            return
        for party, item in zip(parties, found, strict=True):
            yield party if item is None else item


class _Helpers:
    """Processes that answer like one screener; several threads may ask them."""

    def __init__(self, screener: Screener, count: int) -> None:
        self.count = count
        self._lock = Lock()
        self._pool, self._ready = started(count, _start, *screener.parts)
        self._jobs: deque[Future[list[Any]]] = deque()
        finalize(screener, _close, self._pool)

    def take(self, chunk: list[Party]) -> Future[list[Any]] | None:
        """Give a chunk to a process that is ready and has little to do, or to none."""
        with self._lock:
            while self._jobs and self._jobs[0].done():
                self._jobs.popleft()
            ready = sum(job.done() for job in self._ready)
            if len(self._jobs) >= _AHEAD * ready:
                return None
            try:
                job = self._pool.submit(_work, chunk)
            except (BrokenExecutor, RuntimeError):
                return None
            self._jobs.append(job)
            return job


_kept: WeakKeyDictionary[Screener, _Helpers] = WeakKeyDictionary()
_keeping = Lock()


def _helpers_of(screener: Screener, count: int) -> _Helpers:
    """The processes that help a screener; started at its first large batch."""
    with _keeping:
        kept = _kept.get(screener)
        if kept is None or kept.count != count:
            kept = _kept[screener] = _Helpers(screener, count)
        return kept


def _close(pool: ProcessPoolExecutor) -> None:
    pool.shutdown(wait=False, cancel_futures=True)


_screener: Screener | None = None


def _start(*parts: Any) -> None:
    global _screener
    _screener = Screener.of(*parts)
    _screener.warm()
    # What a worker makes is cached for good or gone at once: looking through its
    # caches for cycles again and again would cost more than it could free.
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _work(parties: list[Party]) -> list[Any]:
    """What was found in a chunk; None where nothing was, which is most of it."""
    assert _screener is not None
    return [
        None if isinstance(item, Party) else item
        for item in _screener.found_in(parties)
    ]
