"""The consonant skeleton of a word: what survives transliteration."""

import re
from functools import lru_cache

_SOUNDS = {
    **dict.fromkeys(("tsch", "sch", "tch", "tsh"), "x"),
    **dict.fromkeys(("dzh", "sh", "ch", "zh", "cz", "sz"), "x"),
    **dict.fromkeys(("kh", "gh", "ck", "qu"), "k"),
    **dict.fromkeys(("th", "dh"), "t"),
    **dict.fromkeys(("ts", "tz"), "s"),
    **dict.fromkeys(("dj", "dz"), "j"),
    "ph": "f",
    "wr": "r",
}
"""Letters that write one sound, longest first where one begins another."""
_SEVERAL = re.compile("|".join(sorted(_SOUNDS, key=lambda sound: (-len(sound), sound))))
_LETTERS = str.maketrans("qgczvwdbjy", "kkssfftpii")
_VOWELS = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=262_144)
def skeleton(form: str) -> str:
    """Consonants only, voiced and unvoiced made one, doubles made single.

    `qaddafi`, `gadhafi` and `khadafy` share `ktf`; `muhammad`, `mohamed` and Arabic
    محمد (`mhmd`) share `mhmt`. A word that begins with a vowel keeps an `a` in front.
    Empty for numbers.
    """
    if not form.isalpha():
        return ""
    text = _SEVERAL.sub(_one_sign, form)
    begins = text[0] in "aeiou"
    # Arabic waw is a vowel or a consonant: anuri and anwari are one name.
    text = text[0] + text[1:].replace("w", "").removesuffix("h")
    text = text.translate(_LETTERS)
    text = _DOUBLED.sub(r"\1", _VOWELS.sub("", text))
    return ("a" if begins else "") + text


def _one_sign(match: re.Match[str]) -> str:
    return _SOUNDS[match[0]]
