"""Worker processes that never run the user's own script a second time."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import Any


@contextmanager
def pool(
    workers: int, start: Callable[..., None], *arguments: Any
) -> Iterator[ProcessPoolExecutor]:
    """A pool of fresh processes, each made ready by `start(*arguments)`.

    They are spawned, not forked: a fork copies the locks of other threads (data frame
    libraries run many). A spawned process would import the caller's main script, which
    then needs a guard around its own calls; ours need nothing of it, so it is hidden
    while they start.
    """
    executor, ready = started(workers, start, *arguments)
    with executor:
        for job in ready:
            job.result()
        yield executor


def started(
    workers: int, start: Callable[..., None], *arguments: Any
) -> tuple[ProcessPoolExecutor, list[Future[None]]]:
    """Such a pool and, for each process, what is done when one more of them is ready.

    Does not wait for them; to shut it down is for the caller.
    """
    executor = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=start, initargs=arguments
    )
    with _main_hidden():
        # One job for each: a process is started only when none is idle.
        return executor, [executor.submit(_nothing) for _ in range(workers)]


@contextmanager
def _main_hidden() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _nothing() -> None:
    """The first job: when it is done the processes are there."""
