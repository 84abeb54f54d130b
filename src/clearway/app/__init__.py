"""Composition root: settings in, working parts out; the only room with a clock."""

from clearway.app.opening import Opener, Progress, now, open, opener

__all__ = ["Opener", "Progress", "now", "open", "opener"]
