"""The consonant skeleton of a word: what survives transliteration."""

import re
from functools import lru_cache

_RULES = (
    (re.compile("sch|tsch|tch|tsh"), "x"),
    (re.compile("sh|ch|zh|dzh|cz|sz"), "x"),
    (re.compile("ph"), "f"),
    (re.compile("kh|gh|ck|qu"), "k"),
    (re.compile("th|dh"), "t"),
    (re.compile("ts|tz"), "s"),
    (re.compile("dj|dz"), "j"),
    (re.compile("wr"), "r"),
)
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
    text = form
    for pattern, sign in _RULES:
        text = pattern.sub(sign, text)
    begins = text[0] in "aeiou"
    # Arabic waw is a vowel or a consonant: anuri and anwari are one name.
    text = text[0] + text[1:].replace("w", "").removesuffix("h")
    text = text.translate(_LETTERS)
    text = _DOUBLED.sub(r"\1", _VOWELS.sub("", text))
    return ("a" if begins else "") + text
