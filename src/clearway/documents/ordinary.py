"""Words that an English text uses every day: they name nobody by themselves."""

from functools import cache
from importlib.resources import files


@cache
def ordinary() -> frozenset[str]:
    """The words, in small letters; built by `tools/build_ordinary.py`."""
    data = files("clearway.documents").joinpath("data", "ordinary.txt")
    lines = data.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_ordinary(word: str) -> bool:
    """Whether a folded word is an everyday one."""
    return word in ordinary()
