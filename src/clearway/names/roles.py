"""The roles of words as small numbers, for arrays."""

ROLES = (
    "word",
    "generic",
    "legal",
    "title",
    "particle",
    "vessel_prefix",
    "initial",
    "number",
    "other",
)
"""Every role of a token; the light ones stand together."""
NUMBER_OF = {role: number for number, role in enumerate(ROLES)}
WORD = NUMBER_OF["word"]
GENERIC = NUMBER_OF["generic"]
LEGAL = NUMBER_OF["legal"]
TITLE = NUMBER_OF["title"]
PARTICLE = NUMBER_OF["particle"]
VESSEL_PREFIX = NUMBER_OF["vessel_prefix"]
INITIAL = NUMBER_OF["initial"]
NUMBER = NUMBER_OF["number"]
OTHER = NUMBER_OF["other"]
LIGHT = frozenset(ROLES[LEGAL : VESSEL_PREFIX + 1])
"""Roles of words that say next to nothing of who is meant."""
