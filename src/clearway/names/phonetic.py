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
_FIRST = str.maketrans("qgczvwdb", "kkssfftp", "aeiouyj")
_INNER = str.maketrans("qgczvdb", "kkssftp", "aeiouyjw")
_DOUBLED = re.compile(r"(.)\1+")
_SLAVIC_W = re.compile("[oe]w(?:a|o|na|its?ch|sk.{0,2})?$|w[^w]+w(?![iy]$)")


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
    if form.startswith("chr"):
        text = "k" + text[1:]
    first, rest = text[0], text[1:]
    if "w" in rest and _SLAVIC_W.search(text):
        rest = rest.replace("w", "v")  # German and Polish: Iwanow, Uralwagonsawod
    # Else w goes, as Arabic waw is a vowel or a consonant: anuri, anwari.
    bones = first.translate(_FIRST) + rest.removesuffix("h").translate(_INNER)
    out = last = "a" if first in "aeiou" else ""
    for sign in bones:
        if sign != last:
            out += sign
            last = sign
    return out


_HEARD = str.maketrans("qgczvdby", "kkssftpi")


@lru_cache(maxsize=65_536)
def heard(form: str) -> str:
    """The word with consonants made one as in the skeleton, and its vowels kept."""
    if "w" in form and _SLAVIC_W.search(form):
        form = form.replace("w", "v")
    return _DOUBLED.sub(r"\1", _SEVERAL.sub(_one_sign, form).translate(_HEARD))


_STROKES = str.maketrans("qgczdb", "kksstp")
_SOFT = re.compile("[aeiouyw]|(?<=.)v")


@lru_cache(maxsize=65_536)
def strokes(form: str) -> str:
    """What a script without short vowels writes of a word, letter by letter.

    Finer than the skeleton: `j` counts, letters that stand twice with a vowel between
    them stay two. `wajih` and `wjyh` share `wj`, `saasi` and `ssy` share `ss`. A word
    that begins with a vowel keeps an `a` in front.
    """
    text = _SEVERAL.sub(_one_sign, form.replace("dj", "j"))
    text = _DOUBLED.sub(r"\1", text).removesuffix("h")
    first = "a" if text[:1] in "aeiou" else "w" if text[:1] in "wv" else text[:1]
    return (first + _SOFT.sub("", text[1:])).translate(_STROKES)


def _one_sign(match: re.Match[str]) -> str:
    return _SOUNDS[match[0]]
