"""How alike two spellings of a word are: by consonants, then by edits."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from clearway.names.phonetic import heard, strokes

MOST_EDITS = 5
"""Words further apart than this are never alike."""
LEAST_ALIKE = 0.7
"""What letters alone must agree for two words to be alike."""
SOUND_EDITS = 3
"""Edits within which two words that both have vowels may sound alike."""
DOUBLED, PRINT, VOWELS, FEW_VOWELS = 0.93, 0.9, 0.88, 0.82
"""What words agree that differ in doubled letters, in print, in vowels left out."""
BONES, FEW_BONES, SAME_BONES = 0.9, 0.79, 0.86
"""What a word of a script without vowels agrees with one that has its consonants."""
EDIT, FIRST_LETTER = 0.8, 0.06
"""What all letters changed would cost, and another first letter beside."""
SOUND, SOUND_EDIT = 0.95, 0.04
"""What words of the same consonants agree, and what each edit costs them."""
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=262_144)
def vowelless(form: str) -> bool:
    """Whether a word has no vowel behind its first letter, as read from Arabic script.

    Arabic waw and ya are vowels and consonants, so `w` and `y` count as neither.
    """
    return _VOWELS.isdisjoint(form[1:])


def typo_edits(length: int) -> int:
    """How many letters may differ in words of which the longer has this length."""
    return max(1, length // 4)


@lru_cache(maxsize=262_144)
def vowel_poor(form: str) -> bool:
    """Whether a word has no vowel but, perhaps, its first or its last letter."""
    inner = form[1:-1] if len(form) > 2 else form
    return len(form) > 1 and _VOWELS.isdisjoint(inner)


@lru_cache(maxsize=262_144)
def consonants(form: str) -> str:
    """The first letter and every later one that is no vowel."""
    return form[:1] + "".join(char for char in form[1:] if char not in _VOWELS)


@lru_cache(maxsize=262_144)
def printed(form: str) -> str:
    """The word with letters that look alike in print made one: `rn` is `m`."""
    return form.replace("rn", "m").replace("cl", "d").replace("vv", "w")


_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=262_144)
def undoubled(form: str) -> str:
    """The word with every letter that stands twice in a row written once."""
    return _DOUBLED.sub(r"\1", form)


@lru_cache(maxsize=262_144)
def spelt_alike(
    left: str, right: str, left_bones: str, right_bones: str
) -> tuple[float, str]:
    """How alike (0 to 1) and the rule that says so; (0, '') if not alike.

    The bones are the words' skeletons. Two words with the same consonants may differ
    in a vowel or two (`sound`), or in letters doubled (`doubled`); a word without
    vowels, as Arabic and Hebrew scripts write them, fits any that has its consonants
    (`bones`); so does one whose vowels were left out (`vowels`). `print` is for letters
    that look alike, `typo` for the rest: a few letters added, lost, exchanged.
    """
    shorter, longer = len(left), len(right)
    if shorter > longer:
        shorter, longer = longer, shorter
    if shorter > 1 and undoubled(left) == undoubled(right):
        return DOUBLED, "doubled"
    if shorter > 3 and printed(left) == printed(right):
        return PRINT, "print"
    if vowel_poor(left) or vowel_poor(right):
        bare = consonants(left)
        if len(bare) > 1 and bare == consonants(right):
            if len(bare) > 2:
                return VOWELS, "vowels"
            if longer < 6:
                return FEW_VOWELS, "vowels"
    bones = len(left_bones) if left_bones == right_bones else 0
    if 2 < longer <= 2 * shorter + 2 and (vowelless(left) or vowelless(right)):
        drawn = strokes(left)
        if len(drawn) > 1 and drawn == strokes(right):
            return (BONES if len(drawn) > 2 else FEW_BONES), "bones"
        if bones > 2:
            return SAME_BONES, "bones"
    if shorter < 3 or longer - shorter > 3 + (bones > 3):
        return 0.0, ""
    edits = OSA.distance(left, right, score_cutoff=MOST_EDITS)
    if edits > MOST_EDITS:
        return 0.0, ""
    value = 1.0 - EDIT * edits / longer
    if left[0] != right[0] and not (edits == 1 and left[:2] == right[1::-1]):
        value -= FIRST_LETTER
    if edits > typo_edits(longer) or (shorter < 4 and edits > 0):
        value = 0.0
    if bones > 3 and edits > 1:
        # The consonants agree by class already: count what differs besides.
        edits = min(edits, OSA.distance(heard(left), heard(right)))
    sounds = edits <= 1 + (longer >= 6) + (longer >= 11)
    if bones >= 2 and sounds and (bones >= 3 or edits <= 1):
        sound = SOUND - SOUND_EDIT * edits
        if sound > value:
            return sound, "sound"
    return (value, "typo") if value >= LEAST_ALIKE else (0.0, "")
