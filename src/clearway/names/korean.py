"""Hangul to Latin: names syllable by syllable, organisations word by word."""

import re
from collections.abc import Mapping

HANGUL = re.compile("[\uac00-\ud7a3]+")

# Initials, vowels and finals in the order of Unicode, as the lists spell the names of
# the North (McCune-Reischauer without its marks): the groups of equal syllables hold
# the spellings of the South beside them.
_FIRST_SPELT = "k kk n t tt r m p pp s ss  j jj ch k t p h"
_MIDDLE_SPELT = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"
_LAST_SPELT = " k k k n n n t l k m p l l p l m p p t t ng t t k t p t"
_FIRST = _FIRST_SPELT.split(" ")
_MIDDLE = _MIDDLE_SPELT.split(" ")
_LAST = _LAST_SPELT.split(" ")
# A vowel alone would be taken for an initial; surnames are written with a letter more.
_ALONE = {
    "이": "ri",
    "오": "oh",
    "우": "woo",
    "어": "oh",
    "아": "ah",
    "에": "eh",
    "으": "eu",
}
_BASE, _PER_FIRST, _PER_MIDDLE = 0xAC00, 588, 28
_WORD_LEAST = 5
"""Syllables from which a run is an organisation's and may be cut into words."""


def korean(text: str, table: Mapping[str, str], longest: int) -> str:
    """All that is written in Hangul, as Latin words set apart."""
    return HANGUL.sub(lambda match: f" {_run(match[0], table, longest)} ", text)


def _run(run: str, table: Mapping[str, str], longest: int) -> str:
    if known := table.get(run):
        return known
    if len(run) < _WORD_LEAST:
        return " ".join(map(syllable, run))
    out: list[str] = []
    unknown = ""
    at = 0
    while at < len(run):
        for length in range(min(longest, len(run) - at), 1, -1):
            if word := table.get(run[at : at + length]):
                out += [unknown, word] if unknown else [word]
                unknown, at = "", at + length
                break
        else:
            unknown += syllable(run[at])
            at += 1
    return " ".join([*out, unknown] if unknown else out)


def syllable(char: str) -> str:
    """One syllable in Latin letters: 정 is `jong`."""
    if char in _ALONE:
        return _ALONE[char]
    code = ord(char) - _BASE
    first, rest = divmod(code, _PER_FIRST)
    middle, last = divmod(rest, _PER_MIDDLE)
    return _FIRST[first] + _MIDDLE[middle] + _LAST[last]
