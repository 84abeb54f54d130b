"""Patronymics that no table names: Abdullaevich and Abdullayevich are one."""

import re

from clearway.names.phonetic import skeleton

ENDINGS = (
    *("ovich", "evich", "ovna", "evna", "yevna", "ovych", "ivna"),
    *("oglu", "qizi"),
)
"""How patronymics end, most of them."""
_LEAST = 8
_BONES = 2
_OF_SON = re.compile(
    "^(.{2,}?)(?:[aeiouyj]{1,4})[vwu](?:ich|ych|itch|itsch|icz|itj|ytj|its|yts|ic|ici)$"
)
_OF_DAUGHTER = re.compile("^(.{2,}?)(?:[aeiouyj]{1,4})[vwu]n[ay]$")


def patronymic(form: str) -> str:
    """The group of a Slavic patronymic: its father's consonants and its sex, or ''.

    The vowels before the ending and the ending itself are written in a dozen ways;
    what is left of the father's name is compared by its consonants.
    """
    if len(form) < _LEAST or form[-1] not in "hzjscai":
        return ""
    for ending, pattern in (("ich", _OF_SON), ("na", _OF_DAUGHTER)):
        if found := pattern.match(form):
            bones = skeleton(found[1])
            return f"{bones}{ending}" if len(bones) >= _BONES else ""
    return ""
