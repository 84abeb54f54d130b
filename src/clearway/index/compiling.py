"""Compiled code where it can be had: loaded for long work, not for a single name."""

from __future__ import annotations

from types import ModuleType

_loaded: list[ModuleType | None] = []


def kernels_loaded() -> bool:
    """Whether compiled code is at hand already, so that using it costs nothing."""
    return bool(_loaded) and _loaded[0] is not None


def compiled() -> ModuleType | None:
    """The module that looks up batches by compiled code; None where there is none.

    Without the compiler (it is a dependency, but may fail to load on a rare machine)
    everything works as before, only slower.
    """
    if not _loaded:
        try:
            from clearway.index import batch
        except (ImportError, OSError, RuntimeError):
            _loaded.append(None)
        else:
            _loaded.append(batch)
    return _loaded[0]
