"""What a column's heading says it holds, in the languages tables come in.

The words are edited in `resources/tables/` and built by `tools/build_columns.py`.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypedDict

from clearway.model import Kind

IDENTIFIERS = (
    "passport",
    "national_id",
    "tax_id",
    "registration",
    "lei",
    "bic",
    "imo",
    "mmsi",
    "call_sign",
    "tail_number",
    "serial_number",
    "wallet",
    "inn",
    "ogrn",
    "uscc",
    "duns",
    "phone",
    "email",
    "website",
    "other",
)
"""The types of identifier a column may hold (`clearway.model.Identifier`)."""

FIELDS = (
    "name",
    "first_name",
    "middle_name",
    "last_name",
    "alias",
    "kind",
    "birth_date",
    "birth_place",
    "country",
    "address",
    "gender",
    "reference",
    "id_type",
    "id_number",
    *IDENTIFIERS,
)
"""Everything a column may mean."""

UNUSED = "unused"
"""Headings known to mean nothing for screening: they still tell a header from data."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_TAIL_NUMBER = re.compile(r"\s*\d{1,2}$")
_LONGEST = 120


class _Data(TypedDict):
    headings: dict[str, str]
    kinds: dict[str, str]
    qualifiers: list[str]
    prefixes: list[str]


def normal(text: str) -> str:
    """A heading without case, accents, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST])
    text = _CAMEL.sub(" ", _BRACKETS.sub(" ", text) or text)
    text = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", " ".join(_NOT_WORD.sub(" ", text).split()))


@cache
def _data() -> _Data:
    path = files("clearway.tables") / "data" / "columns.json"
    data: _Data = json.loads(path.read_text("utf-8"))
    return data


@lru_cache(4096)
def meaning(heading: str) -> tuple[str, int]:
    """The field a heading means, and how freely it was read: 0 word for word.

    1 without a number at its end, 2 without words that say whose it is ("Customer
    name", 客户地址); ("", 3) where it says nothing known.
    """
    data = _data()
    words = normal(heading)
    if not words and heading.strip():
        words = normal(heading.translate({ord(c): " " for c in "()[]（）【】"}))
    for form in (words, normal(heading.casefold())):  # "DoB" is no two words
        if field := data["headings"].get(form):
            return field, 0
    bare = _TAIL_NUMBER.sub("", words)
    if field := data["headings"].get(bare):
        return field, 1
    qualifiers = set(data["qualifiers"])
    for candidate in _stripped(bare.split(), qualifiers):
        if field := data["headings"].get(candidate):
            return field, 2
    for prefix in data["prefixes"]:
        rest = bare.removeprefix(prefix).strip()
        if rest != bare and (field := data["headings"].get(rest)):
            return field, 2
    return "", 3


def _stripped(words: list[str], qualifiers: set[str]) -> list[str]:
    """The heading without leading, without trailing, and without all qualifiers."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in qualifiers:
        first += 1
    while last > first + 1 and words[last - 1] in qualifiers:
        last -= 1
    spans = (words[first:], words[:last], words[first:last])
    return [" ".join(span) for span in spans if len(span) < len(words)]


@lru_cache(4096)
def kind_of(word: str) -> Kind | None:
    """The kind a word of any of the languages stands for; None if it is unknown."""
    kind = _data()["kinds"].get(normal(word))
    return Kind(kind) if kind else None
