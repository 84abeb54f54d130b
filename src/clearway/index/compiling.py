"""Compiled code where it can be had: loaded for long work, not for a single name."""

from __future__ import annotations

from types import ModuleType

from clearway.names.compiling import loadable

_loaded: list[ModuleType | None] = []


def kernels_loaded() -> bool:
    """Whether compiled code is at hand already, so that using it costs nothing."""
    return bool(_loaded) and _loaded[0] is not None


def compiled() -> ModuleType | None:
    """The module that looks up batches by compiled code; None where there is none."""
    if not _loaded:
        _loaded.append(_load() if loadable() else None)
    return _loaded[0]


def _load() -> ModuleType | None:
    try:
        from clearway.index import batch
    except (ImportError, OSError, RuntimeError):
        return None
    return batch
