"""Text of other scripts as Latin words, the way lists write the same names.

Cyrillic, Armenian and Georgian have a Latin letter for each of theirs: folding reads
them. Here are the scripts that need more: those that leave out vowels, those written
without spaces between words, and those in which a sign is a syllable or a word.
"""

import re

from clearway.names.abjad import arabic, hebrew
from clearway.names.greek import greek
from clearway.names.han import han
from clearway.names.indic import indic, thai
from clearway.names.japanese import KANA, japanese, kana
from clearway.names.korean import korean
from clearway.names.script import HAN
from clearway.names.words import Scripts, scripts


def read(text: str, *, table: Scripts | None = None) -> str:
    """The text with words of other scripts in Latin letters, set apart.

    Latin and Cyrillic text comes back as it is. A word is read the same whoever bears
    it: عسكري, a surname and "military", is `askari`, a spelling of both. `table`
    replaces the built table, for the tool that builds it.
    """
    if not _OTHER.search(text):
        return text
    blocks = {ord(char) >> 7 for char in text}
    if not blocks & _READ and max(blocks, default=0) < _EAST_ASIAN:
        return text
    table = table or scripts()
    if blocks & _GREEK:
        text = greek(text)
    if blocks & _ABJADS:
        text = hebrew(arabic(text, table.arabic), table.hebrew)
    if blocks & _INDIC:
        text = indic(text)
    if _THAI in blocks:
        text = thai(text)
    return _east_asian(text, table) if max(blocks) >= _EAST_ASIAN else text


_OTHER = re.compile(
    "[^\u0000-\u036f\u0400-\u058f\u10a0-\u10ff\u1e00-\u1eff\u2000-\u206f]"
)
"""Any letter but those of Latin, Cyrillic, Armenian and Georgian."""
# Blocks of 128 characters.
_GREEK = {0x0370 >> 7, 0x0380 >> 7, 0x1F00 >> 7, 0x1F80 >> 7}
_ABJADS = {0x0590 >> 7, 0x0600 >> 7, 0x0680 >> 7, 0x0700 >> 7}
_INDIC = set(range(0x0900 >> 7, 0x0E00 >> 7))
_THAI = 0x0E00 >> 7
_READ = _GREEK | _ABJADS | _INDIC | {_THAI}
_EAST_ASIAN = 0x3000 >> 7


def _east_asian(text: str, table: Scripts) -> str:
    text = korean(text, table.hangul, table.hangul_longest)
    if HAN.search(text) or KANA.search(text):
        text = japanese(text, table.japanese_surnames, table.japanese_given) or text
        text = KANA.sub(lambda match: f" {kana(match[0])} ", han(text, table))
    return text
