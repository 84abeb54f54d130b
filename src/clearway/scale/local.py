"""Screen many parties on the cores of this machine, in the order they came."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice

from clearway.model import Party
from clearway.screen.processes import pool
from clearway.screen.screener import Screener
from clearway.screen.screening import Screening

CHUNK = 500
"""Parties handed to a core at a time."""
WORTH_IT = 2_500
"""Below this many parties, starting more processes costs more than it saves."""


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def check_many(
    screener: Screener,
    parties: Iterable[Party],
    workers: int | None = None,
    *,
    opener: Callable[[], Screener],
) -> Iterator[Screening]:
    """Screenings in the order of the parties; the number of cores changes no answer.

    A small batch is checked by `screener` itself; for a large one `opener` (which must
    be picklable) opens the same screener once in each worker process.
    """
    stream = iter(parties)
    first = list(islice(stream, WORTH_IT))
    workers = cores() if workers is None else workers
    if workers < 2 or len(first) < WORTH_IT:
        for chunk in _chunks(_chain(first, stream)):
            yield from screener.check_batch(chunk)
        return
    with pool(workers, _start, opener) as executor:
        waiting: deque[tuple[list[Party], Future[list[Screening | None]]]] = deque()
        for chunk in _chunks(_chain(first, stream)):
            waiting.append((chunk, executor.submit(_work, chunk)))
            if len(waiting) > 4 * workers:
                yield from _answers(screener, *waiting.popleft())
        while waiting:
            yield from _answers(screener, *waiting.popleft())


def _chain(first: list[Party], rest: Iterator[Party]) -> Iterator[Party]:
    yield from first
    yield from rest


def _chunks(parties: Iterator[Party]) -> Iterator[list[Party]]:
    while chunk := list(islice(parties, CHUNK)):
        yield chunk


_screener: Screener | None = None


def _start(opener: Callable[[], Screener]) -> None:
    global _screener
    _screener = opener()
    # What a worker makes is cached for good or gone at once: looking through its
    # caches for cycles again and again would cost more than it could free.
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _work(parties: list[Party]) -> list[Screening | None]:
    """The answers of a chunk; None where nothing was found, which is most of them."""
    assert _screener is not None
    found = _screener.check_batch(parties)
    nothing = _screener.nothing_found(Party("")).reasons
    return [
        item if item.hits or item.problems or item.reasons != nothing else None
        for item in found
    ]


def _answers(
    screener: Screener, parties: list[Party], found: Future[list[Screening | None]]
) -> Iterator[Screening]:
    """What a worker found, the many without a finding made here: sending them costs."""
    for party, screening in zip(parties, found.result(), strict=True):
        yield screening or screener.nothing_found(party)
