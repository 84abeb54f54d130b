"""Where compiled code is kept, and whether there can be any.

The compiler keeps what it made beside the source, and makes it anew when that one file
changes. Ours is spread over several files, so it is kept under a number of them all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import Any

_PACKAGE = Path(__file__).parents[1]
_SOURCES = (
    *("names/compiled.py", "names/numbered.py", "names/roles.py"),
    *("names/pieces.py", "names/splitting.py", "names/told.py"),
    "names/legal.py",
    *("index/kernels.py", "index/retrieval.py", "index/gates.py", "index/joined.py"),
    *("index/keys.py", "index/shapes.py", "match/compiled.py"),
    *("documents/kernels.py", "documents/spelling.py", "documents/tokens.py"),
)


@cache
def loadable() -> bool:
    """Whether the compiler can be loaded; loads it, which takes a third of a second.

    It is a dependency, but may fail to load on a rare machine: everything works
    without it, only slower.
    """
    try:
        import numba
    except (ImportError, OSError, RuntimeError):
        return False
    return bool(numba.njit)


@contextmanager
def kept() -> Iterator[None]:
    """Modules of compiled code imported meanwhile keep on disk what they make.

    Beside the package, or in the user's folder for such things if that may not be
    written to.
    """
    from numba.core import config

    settings: Any = config
    before = settings.CACHE_DIR
    folder = _folder()
    if folder is not None:
        settings.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        settings.CACHE_DIR = before


@cache
def _folder() -> Path | None:
    name = f"kernels-{_number()}"
    inside = _PACKAGE / "__pycache__"
    if _made(inside / name):
        for old in inside.glob("kernels-*"):
            if old.name != name:
                rmtree(old, ignore_errors=True)
        return inside / name
    from platformdirs import user_cache_path

    outside = user_cache_path("clearway", appauthor=False) / name
    return outside if _made(outside) else None


def _number() -> str:
    digest = blake2b(digest_size=8)
    for source in _SOURCES:
        digest.update((_PACKAGE / source).read_bytes())
    return digest.hexdigest()


def _made(folder: Path) -> bool:
    """Whether the folder is there, or could be made, and may be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".written").touch()
    except OSError:
        return False
    return True
