"""Names in scripts whose words are read one by one, each word once and for all."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from clearway.names.abjad import has_abjad
from clearway.names.fold import fold
from clearway.names.latin import read

_ARABIC, _PERSIAN = "Arabic", "Persian"
_SCRIPTS = {
    _ARABIC: re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff]+"),
    "Hebrew": re.compile("[\u05d0-\u05ea]+"),
    "Devanagari": re.compile("[\u0900-\u0963\u0971-\u097f]+"),
    "Thai": re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+"),
    "Korean": re.compile("[\uac00-\ud7a3]+"),
}
_PERSIAN_LETTERS = re.compile("[پچژگکی]")
"""Letters that show how all Arabic letters of a text are read."""
_JOINING = frozenset({"allah", "uddin"})
"""Words that are written as one with the word before them."""
_LEAST = 2


class Foreign(NamedTuple):
    """The words of a name, folded, and whether its script leaves vowels out."""

    forms: list[str]
    bare: bool


def foreign(text: str) -> Foreign | None:
    """The words of a name that is in one such script, with single blanks between them.

    None for any other text. They are those that `clearway.names.analyse` finds, and
    the text has no other reading (`clearway.names.readings`): no sign in it, no number,
    no letter set apart.
    """
    forms: list[str] = []
    script = ""
    for written in text.split(" "):
        word = _word(written)
        if word is None or (script and word.script != script):
            return None
        script = word.script
        forms += word.forms
    return Foreign(forms, has_abjad(text))


class _Word(NamedTuple):
    script: str
    forms: tuple[str, ...]


@lru_cache(maxsize=131_072)
def _word(written: str) -> _Word | None:
    """A word of one script alone; None for one that hangs on others."""
    if len(written) < _LEAST or not is_normalized("NFKC", written):
        return None
    own = (script for script, letters in _SCRIPTS.items() if letters.fullmatch(written))
    script = next(own, None)
    if script is None:
        return None
    if script == _ARABIC and _PERSIAN_LETTERS.search(written):
        script = _PERSIAN
    latin = read(written)
    forms = tuple(fold(latin).split())
    return None if latin in _JOINING or not forms else _Word(script, forms)
