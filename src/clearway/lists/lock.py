"""Locks between processes that end with the process that holds them.

A lock is on an open file, so a killed process leaves none behind; two locks of one
process on the same file exclude each other like those of two processes.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from clearway.errors import StoreError

_PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held:
    """A lock that is held until released or until the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> "Held":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def try_lock(path: Path) -> Held | None:
    """The lock on this file, or None while someone else holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle)
    except OSError:
        os.close(handle)
        return None
    return Held(path, handle)


@contextmanager
def locked(
    path: Path, *, patience: float = 30.0, sleep: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Hold the lock on this file; StoreError after `patience` seconds of waiting."""
    for _ in range(max(1, int(patience / _PAUSE))):
        held = try_lock(path)
        if held is not None:
            break
        sleep(_PAUSE)
    else:
        raise StoreError(
            f"{path}: another process has been writing for {patience:.0f} seconds; "
            "let it finish, then try again"
        )
    with held:
        yield
