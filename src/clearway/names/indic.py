"""Devanagari, its sister scripts and Thai to Latin, vowels heard but not written."""

import re
import unicodedata

INDIC = re.compile("[\u0900-\u0d7f\u200c\u200d]+")
THAI = re.compile("[\u0e00-\u0e7f]+")

# The blocks of the Brahmic scripts hold the same letters at the same places, 128 apart.
_CONSONANTS_SPELT = (
    "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v"
    " sh sh s h"
)
_VOWELS_SPELT = "a aa i ee u oo ri l e e e ai o o o au"
_SIGNS_SPELT = "a i i u u ri ri e e e ai o o o au"
_CONSONANTS = dict(zip(range(0x15, 0x3A), _CONSONANTS_SPELT.split(), strict=True))
_VOWELS = dict(zip(range(0x05, 0x15), _VOWELS_SPELT.split(), strict=True))
_SIGNS = dict(zip(range(0x3E, 0x4D), _SIGNS_SPELT.split(), strict=True))
_DOTTED = {0x58: "q", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "rh"}
_DOTTED |= {0x5E: "f", 0x5F: "y"}
_DOT_OF = {"k": "q", "j": "z", "ph": "f", "d": "r", "dh": "rh", "g": "gh"}
_VIRAMA, _NUKTA, _NASAL = 0x4D, 0x3C, (0x01, 0x02)
_H = 0x39
_NORTHERN = 0x0B80
"""Scripts before this block (Tamil) drop a final inherent vowel when spoken."""


def indic(text: str) -> str:
    """Words in a Brahmic script; a silent inherent vowel is left out.

    राजेन्द्र is `rajendra`, जोशी `joshi`, कमल `kamal`.
    """
    return INDIC.sub(lambda match: _indic_word(match[0]), text)


def _indic_word(word: str) -> str:
    # (consonant, vowel) pairs; an inherent vowel is "A" until it is known to be heard.
    parts: list[list[str]] = []
    northern = ord(word[0]) < _NORTHERN
    for at, char in enumerate(unicodedata.normalize("NFD", word)):
        code = ord(char)
        if not 0x0900 <= code <= 0x0D7F:
            continue
        place = code & 0x7F
        if place in _CONSONANTS or place in _DOTTED:
            parts.append([_CONSONANTS.get(place) or _DOTTED[place], "A"])
        elif place in _VOWELS:
            parts.append(["", _VOWELS[place]])
        elif place in _SIGNS and parts:
            parts[-1][1] = _SIGNS[place]
        elif place == _VIRAMA and parts:
            parts[-1][1] = ""
        elif place == _NUKTA and parts:
            parts[-1][0] = _DOT_OF.get(parts[-1][0], parts[-1][0])
        elif place in _NASAL and parts:
            following = unicodedata.normalize("NFD", word)[at + 1 : at + 2]
            hum = "ng" if following and ord(following) & 0x7F == _H else "n"
            parts[-1][1] = parts[-1][1].replace("A", "a") + hum
    if northern:
        _drop_silent(parts)
    return "".join(first + vowel.lower() for first, vowel in parts)


def _drop_silent(parts: list[list[str]]) -> None:
    """The inherent vowel is silent last in a word, and between two heard vowels."""
    if len(parts) > 1 and parts[-1][1] == "A" and parts[-2][1]:
        parts[-1][1] = ""
    for at in range(len(parts) - 2, 0, -1):
        before, after = parts[at - 1][1], parts[at + 1][1]
        if parts[at][1] == "A" and before and after and parts[at + 1][0]:
            parts[at][1] = ""


_THAI_LETTERS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮฤ"
_THAI_SPELT = (
    "k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph"
    " f ph m y r l w s s s h l  h rue"
)
_THAI = dict(zip(_THAI_LETTERS, _THAI_SPELT.split(" "), strict=True))
_THAI_FINAL = {"k": "k", "kh": "k", "ch": "t", "s": "t", "d": "t", "th": "t", "b": "p"}
_THAI_FINAL |= {"ph": "p", "f": "p", "r": "n", "l": "n", "y": "i", "w": "o"}
_THAI_VOWELS = {"ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue"}
_THAI_VOWELS |= {"ื": "ue", "ุ": "u", "ู": "u", "ๅ": "a", "็": "e"}
_THAI_LEADING = {"เ": "e", "แ": "ae", "โ": "o", "ไ": "ai", "ใ": "ai"}
_SILENCED = re.compile("[\u0e01-\u0e2e][\u0e34-\u0e39]?\u0e4c")


def thai(text: str) -> str:
    """Thai letters by the Royal system, without cutting words into syllables.

    A vowel written before its consonant is read behind it, a silenced letter not at
    all; two consonants with no vowel between them get the one they are spoken with.
    """
    return THAI.sub(lambda match: _thai_word(_SILENCED.sub("", match[0])), text)


def _thai_word(word: str) -> str:
    out: list[tuple[str, bool]] = []  # Latin, and whether it is a consonant
    leading = ""
    for char in word:
        if char in _THAI_LEADING:
            leading = _THAI_LEADING[char]
        elif char in _THAI_VOWELS:
            out.append((_THAI_VOWELS[char], False))
        elif char in _THAI:
            out.append((_THAI[char], True))
            if leading:
                out.append((leading, False))
                leading = ""
    read: list[str] = []
    closed = True  # whether the syllable before needs nothing more
    for at, (latin, consonant) in enumerate(out):
        vowel_next = at + 1 < len(out) and not out[at + 1][1]
        vowel_later = at + 2 < len(out) and not out[at + 2][1]
        if not consonant or vowel_next:
            read.append(latin)
            closed = False
        elif not latin:
            read.append("o" if at else "a")
        elif not closed:
            read.append(_THAI_FINAL.get(latin, latin))
            closed = True
        elif at + 1 == len(out):
            read.append(latin)
        elif vowel_later:
            read.append(latin + ("" if out[at + 1][0] in ("r", "l", "w") else "a"))
        else:
            read.append(latin + "o")
            closed = False
    return "".join(read)
