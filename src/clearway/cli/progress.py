"""Progress on standard error: a moving line for people, few lines for logs."""

import sys
import time
from collections.abc import Callable


class Progress:
    """Shows what is going on; silent where nobody asked and nothing takes long.

    On a terminal one line is rewritten in place; elsewhere a line is printed when a
    step begins to take long and when it ends.
    """

    def __init__(
        self, *, quiet: bool = False, clock: Callable[[], float] | None = None
    ):
        """`quiet` shows nothing; `clock` is for tests."""
        self._quiet = quiet
        self._clock = clock or time.monotonic
        self._live = sys.stderr.isatty()
        self._what = ""
        self._began = self._shown = 0.0
        self._width = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Note how far a step has come; `total` 0 is unknown."""
        if self._quiet:
            return
        at = self._clock()
        if what != self._what:
            self.close()
            self._what, self._began, self._shown = what, at, at
        over = total and done >= total
        if at - self._shown < (0.2 if self._live else 10.0) and not over:
            return
        if over and at - self._began < 0.5:
            return
        self._shown = at
        share = f" {done:,} of {total:,} ({done * 100 // total} %)" if total else ""
        seconds = at - self._began
        text = f"{what}:{share or f' {done:,}'}, {seconds:.0f} s"
        if self._live:
            sys.stderr.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line; the next output begins on a fresh one."""
        if self._live and self._width and not self._quiet:
            sys.stderr.write("\n")
            self._width = 0
