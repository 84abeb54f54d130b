"""How alike two spellings of a word are: by consonants, then by edits."""

from functools import lru_cache

from rapidfuzz.distance import OSA

MOST_EDITS = 5
"""Words further apart than this are never alike."""
_LEAST = 0.7
SOUND_EDITS = 3
"""Edits within which two words that both have vowels may sound alike."""
_VOWELS = frozenset("aeiouy")


def vowelless(form: str) -> bool:
    """Whether a word has no vowel, as words of Arabic or Hebrew script may."""
    return _VOWELS.isdisjoint(form)


def typo_edits(length: int) -> int:
    """How many letters may differ in words of which the longer has this length."""
    return max(1, length // 4)


@lru_cache(maxsize=262_144)
def spelt_alike(
    left: str, right: str, left_bones: str, right_bones: str
) -> tuple[float, str]:
    """How alike (0 to 1) and the rule, `sound` or `typo`; (0, '') if not alike.

    The bones are the words' skeletons. Two words with the same consonants may differ
    in a vowel or two; a word without vowels (Arabic or Hebrew script) fits any that
    has its consonants.
    """
    shorter, longer = len(left), len(right)
    if shorter > longer:
        shorter, longer = longer, shorter
    bones = len(left_bones) if left_bones == right_bones else 0
    if shorter < 3 or longer - shorter > 3 + (bones > 3):
        return 0.0, ""
    edits = OSA.distance(left, right, score_cutoff=MOST_EDITS)
    if edits > MOST_EDITS:
        return 0.0, ""
    value = 1.0 - 0.8 * edits / longer
    if left[0] != right[0]:
        value -= 0.06
    if edits > typo_edits(longer) or (shorter < 4 and edits > 0):
        value = 0.0
    if bones >= 2:
        if bones >= 3 and (vowelless(left) or vowelless(right)):
            return max(value, 0.88), "sound"
        if edits <= 1 + (longer >= 6) + (longer >= 9) and (bones >= 3 or edits <= 1):
            sound = 0.95 - 0.04 * edits
            if sound > value:
                return sound, "sound"
    return (value, "typo") if value >= _LEAST else (0.0, "")
