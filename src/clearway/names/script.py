"""Which writing system a text uses, as ISO 15924 codes."""

import re
from collections.abc import Iterator
from functools import lru_cache

# Ranges of the Unicode blocks a name may use; the letters between are common signs.
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, "Latn"),
    (0x0061, 0x007A, "Latn"),
    (0x00AA, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1D00, 0x1DBF, "Latn"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0x3040, 0x309F, "Hira"),
    (0x30A0, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hang"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA640, 0xA69F, "Cyrl"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0x20000, 0x323AF, "Hani"),
)

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
HANGUL = re.compile("[\uac00-\ud7af]+")


def written_in_han(text: str) -> bool:
    """Whether all letters of a text are Han characters."""
    return not text.isascii() and scripts_in(text) == ("Hani",)


@lru_cache(maxsize=16_384)
def script_of(char: str) -> str:
    """The script of one letter, or '' for digits, signs and scripts not listed."""
    code = ord(char)
    for first, last, script in _RANGES:
        if code < first:
            return ""
        if code <= last:
            return script if char.isalpha() or script in ("Hani", "Hang") else ""
    return ""


def scripts_in(text: str) -> tuple[str, ...]:
    """The scripts of a text in order of first use: ('Latn', 'Cyrl')."""
    if text.isascii():
        return ("Latn",) if any(char.isalpha() for char in text) else ()
    return tuple(dict.fromkeys(_scripts(text)))


def _scripts(text: str) -> Iterator[str]:
    for char in text:
        if script := script_of(char):
            yield script
