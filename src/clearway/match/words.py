"""Compare one word with another: how alike, and by which rule."""

from clearway.names.analyse import Token
from clearway.names.likeness import spelt_alike

RULES = {
    "exact": "the same word",
    "number": "the same number",
    "spelling": "another spelling of the same name",
    "romanisation": "another romanisation of the same name",
    "nickname": "a familiar form of the same name",
    "abbreviation": "the same word, abbreviated or in another language",
    "sound": "the same consonants",
    "typo": "a few letters differ",
    "initial": "an initial that fits",
    "joined": "written as one word",
}
"""Every rule by which words are matched, as a reviewer reads it."""

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
            return 0.95, "abbreviation"
        strength = min(_GROUP.get(left.strength, 0.9), _GROUP.get(right.strength, 0.9))
        rule = min((left, right), key=lambda t: _GROUP.get(t.strength, 0.9)).strength
        return strength, rule if rule in RULES else "spelling"
    if "initial" in (left.role, right.role):
        fits = left.form[0] == right.form[0] and left.role != right.role
        return (0.8, "initial") if fits else (0.0, "")
    return spelt_alike(left.form, right.form, left.skeleton, right.skeleton)
