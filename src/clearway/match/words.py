"""Compare one word with another: how alike, and by which rule."""

from clearway.match.spoilt import is_counted
from clearway.names.analyse import Token
from clearway.names.likeness import spelt_alike, undoubled, vowelless

RULES = {
    "exact": "the same word",
    "number": "the same number",
    "spelling": "another spelling of the same name",
    "romanisation": "another romanisation of the same name",
    "language": "the same name in another language",
    "nickname": "a familiar form of the same name",
    "abbreviation": "the same word, abbreviated or in another language",
    "doubled": "the same but for letters doubled",
    "initials": "initials that fit",
    "sound": "the same consonants",
    "bones": "the same consonants, written without vowels",
    "vowels": "the same word with its vowels left out",
    "print": "letters that look alike in print",
    "cut": "cut off at the end",
    "typo": "a few letters differ",
    "jumbled": "the same letters in another order",
    "initial": "an initial that fits",
    "joined": "written as one word",
}
"""Every rule by which words are matched, as a reviewer reads it."""

TWO_NAMES = 0.85
"""What likeness counts of two words that are names each."""
COGNATE = 0.75
"""What two names agree that are one name in two languages: John and Juan."""
_GROUP = {"spelling": 0.97, "romanisation": 0.94, "nickname": 0.88}


def alike(left: Token, right: Token) -> tuple[float, str]:
    """How alike two words are (0 to 1) and the rule that says so; (0, '') if not."""
    if left.form == right.form:
        return 1.0, "exact"
    if left.role == "number" or right.role == "number":
        same = left.role == right.role and left.group == right.group
        return (0.97, "number") if same else (0.0, "")
    if left.group and left.group == right.group:
        if left.role != right.role:
            return 0.9, "abbreviation"
        if left.role in ("generic", "legal", "title"):
            close = left.form[:3] == right.form[:3] or left.role != "generic"
            return (0.95 if close else 0.88), "abbreviation"
        strength = min(_GROUP.get(left.strength, 0.9), _GROUP.get(right.strength, 0.9))
        rule = min((left, right), key=lambda t: _GROUP.get(t.strength, 0.9)).strength
        return strength, rule if rule in RULES else "spelling"
    if left.family and left.family == right.family and left.role == right.role:
        return COGNATE, "language"
    if {left.role, right.role} == {"legal", "generic"}:
        # "Company" is a word of trade and stands where a legal form does.
        general = left if left.role == "generic" else right
        return (0.9, "abbreviation") if general.group == "company" else (0.0, "")
    if "initial" in (left.role, right.role):
        fits = left.form[0] == right.form[0] and "word" in (left.role, right.role)
        return (0.85, "initial") if fits else (0.0, "")
    value, rule = spelt_alike(left.form, right.form, left.skeleton, right.skeleton)
    if rule == "bones" and not (_unvowelled(left) or _unvowelled(right)):
        return 0.0, ""  # an acronym, not a name of a script without vowels
    if value and _nisba(left, right):
        return 0.0, ""
    if value and is_counted(left) and is_counted(right):
        # Two words each known in their own right are two names before they are one
        # misspelt: Dennis and Denise.
        value *= TWO_NAMES
        return (value, rule) if value >= 0.6 else (0.0, "")
    return value, rule


def _unvowelled(word: Token) -> bool:
    return vowelless(word.form) and (word.strength == "bare" or len(word.form) > 5)


def _nisba(left: Token, right: Token) -> bool:
    """Whether one word is a known name and the other of its descent: Hasan, Hasani."""
    shorter, longer = sorted((left, right), key=lambda word: len(word.form))
    return (
        longer.form[-1] in "iy"
        and undoubled(longer.form[:-1]) == undoubled(shorter.form)
        and is_counted(shorter)
    )
