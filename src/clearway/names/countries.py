"""Countries: from any word that lists and people use to ISO 3166-1 alpha-2.

The words are in `resources/countries.csv`; `tools/build_countries.py` makes the table
read here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from clearway.names.fold import fold

_NOW = re.compile(r"\b(?:now|currently)\s+([^()]+)\)?\s*$", re.I)
_BRACKET = re.compile(r"\(([^()]*)\)")
_NUMBERED = re.compile(r"\(\d")
_LITTLE = frozenset({"the", "of", "and"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Countries:
    """The table: English names by code, codes by alpha-3 and by `key_of` of a name."""

    names: Mapping[str, str]
    alpha_3: Mapping[str, str]
    keys: Mapping[str, str]


@cache
def countries() -> Countries:
    """The table, read once."""
    raw = files("clearway.names").joinpath("data/countries.json").read_text("utf-8")
    return Countries(**json.loads(raw))


def code(text: str) -> str:
    """ISO 3166-1 alpha-2 code in lower case of the country named, empty if unknown.

    Takes alpha-2 and alpha-3 codes, English names in any word order ("Korea, North"),
    demonyms, former names of the same country, and names in other languages. Words for
    dissolved states, for contested regions without a code and for "undetermined" give
    an empty string, and so does a text that names two countries.
    """
    return _code(text.strip()) if len(text) <= _LONGEST else ""


def name(code: str) -> str:
    """The common English short name of an alpha-2 code, empty if there is none."""
    return countries().names.get(code.strip().lower(), "")


@lru_cache(maxsize=65_536)
def key_of(text: str) -> str:
    """A name without case, marks, punctuation, word order, and "the", "of", "and".

    `Congo, Democratic Republic of the` and `The Democratic Republic of Congo` are both
    `congo democratic republic`.
    """
    words = ["saint" if word == "st" else word for word in fold(text).split()]
    return " ".join(sorted(word for word in words if word not in _LITTLE) or words)


@lru_cache(maxsize=16_384)
def _code(text: str) -> str:
    table = countries()
    if text.isascii() and text.isalpha():
        bare = text.lower()
        if len(bare) == 2 and bare in table.names:
            return bare
        if len(bare) == 3 and bare in table.alpha_3:
            return table.alpha_3[bare]
    return table.keys.get(key_of(text), "") or _without_remark(text)


def _without_remark(text: str) -> str:
    """The country, where all else the text says is a remark on it.

    As the UK list has it: "Former USSR, now Ukraine", "Iraq (previous address)". What
    is now called something else goes by the new name; brackets that
    name another country are no remark, and numbered answers are several.
    """
    if _NUMBERED.search(text):
        return ""
    if now := _NOW.search(text):
        return _code(now[1].strip(" ()"))
    bracket = _BRACKET.search(text)
    if not bracket:
        return ""
    inside = _code(bracket[1].strip())
    outside = _code((text[: bracket.start()] + text[bracket.end() :]).strip())
    return outside if inside in ("", outside) else ""
