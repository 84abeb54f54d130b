"""The UN's record of an individual or entity, spelled as in UN_consolidated.xsd.

Texts are as published, absent and empty alike; what may repeat is a tuple.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from lxml import etree


@dataclass(frozen=True, slots=True)
class UnAlias:
    """An `INDIVIDUAL_ALIAS` or `ENTITY_ALIAS`; many are empty, or tell a birth only."""

    QUALITY: str = ""
    ALIAS_NAME: str = ""
    DATE_OF_BIRTH: str = ""
    CITY_OF_BIRTH: str = ""
    COUNTRY_OF_BIRTH: str = ""
    NOTE: str = ""


@dataclass(frozen=True, slots=True)
class UnAddress:
    """An `INDIVIDUAL_ADDRESS` or `ENTITY_ADDRESS`."""

    STREET: str = ""
    CITY: str = ""
    STATE_PROVINCE: str = ""
    ZIP_CODE: str = ""
    COUNTRY: str = ""
    NOTE: str = ""


@dataclass(frozen=True, slots=True)
class UnBirthDate:
    """An `INDIVIDUAL_DATE_OF_BIRTH`; the type is EXACT, APPROXIMATELY or BETWEEN."""

    TYPE_OF_DATE: str = ""
    DATE: str = ""
    YEAR: str = ""
    FROM_YEAR: str = ""
    TO_YEAR: str = ""
    NOTE: str = ""


@dataclass(frozen=True, slots=True)
class UnBirthPlace:
    """An `INDIVIDUAL_PLACE_OF_BIRTH`."""

    STREET: str = ""
    CITY: str = ""
    STATE_PROVINCE: str = ""
    COUNTRY: str = ""
    NOTE: str = ""


@dataclass(frozen=True, slots=True)
class UnDocument:
    """An `INDIVIDUAL_DOCUMENT`."""

    TYPE_OF_DOCUMENT: str = ""
    TYPE_OF_DOCUMENT2: str = ""
    NUMBER: str = ""
    ISSUING_COUNTRY: str = ""
    DATE_OF_ISSUE: str = ""
    CITY_OF_ISSUE: str = ""
    COUNTRY_OF_ISSUE: str = ""
    NOTE: str = ""


@dataclass(frozen=True, slots=True)
class UnEntry:
    """An `INDIVIDUAL` or `ENTITY`; `element` says which.

    `ALIAS`, `ADDRESS`, `DATE_OF_BIRTH`, `PLACE_OF_BIRTH` and `DOCUMENT` go without the
    prefix of the element. `other` holds, by path, whatever the schema does not know.
    `file` and `line` say where the entry was read.
    """

    element: str
    DATAID: str = ""
    VERSIONNUM: str = ""
    FIRST_NAME: str = ""
    SECOND_NAME: str = ""
    THIRD_NAME: str = ""
    FOURTH_NAME: str = ""
    UN_LIST_TYPE: str = ""
    REFERENCE_NUMBER: str = ""
    LISTED_ON: str = ""
    GENDER: str = ""
    NAME_ORIGINAL_SCRIPT: str = ""
    COMMENTS1: str = ""
    SORT_KEY: str = ""
    SORT_KEY_LAST_MOD: str = ""
    TITLE: tuple[str, ...] = ()
    DESIGNATION: tuple[str, ...] = ()
    NATIONALITY: tuple[str, ...] = ()
    LIST_TYPE: tuple[str, ...] = ()
    LAST_DAY_UPDATED: tuple[str, ...] = ()
    ALIAS: tuple[UnAlias, ...] = ()
    ADDRESS: tuple[UnAddress, ...] = ()
    DATE_OF_BIRTH: tuple[UnBirthDate, ...] = ()
    PLACE_OF_BIRTH: tuple[UnBirthPlace, ...] = ()
    DOCUMENT: tuple[UnDocument, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 0

    @property
    def name(self) -> tuple[tuple[str, str], ...]:
        """The parts of the name that are there, in order.

        They need not be given and family names, so they are called as published.
        """
        parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
        told = ((part, " ".join(getattr(self, part).split())) for part in parts)
        return tuple((part.lower(), text) for part, text in told if text)


_ROWS: dict[str, type] = {
    "ALIAS": UnAlias,
    "ADDRESS": UnAddress,
    "DATE_OF_BIRTH": UnBirthDate,
    "PLACE_OF_BIRTH": UnBirthPlace,
    "DOCUMENT": UnDocument,
}
_VALUES = frozenset(
    {"TITLE", "DESIGNATION", "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED"}
)
_FIELDS = {
    kind: frozenset(field.name for field in fields(kind)) for kind in _ROWS.values()
}
_TEXTS = (
    frozenset(field.name for field in fields(UnEntry) if field.name.isupper())
    - _ROWS.keys()
    - _VALUES
)


def entry_record(element: etree._Element, file: str) -> UnEntry:
    """The record that an `INDIVIDUAL` or `ENTITY` element holds."""
    name = etree.QName(element).localname
    skip = len(element.tag) - len(name)  # the namespace in braces, if any
    told: dict[str, Any] = {}
    other: list[tuple[str, str]] = []
    for child in element:
        tag = child.tag[skip:]
        bare = tag.removeprefix(f"{name}_")
        if tag in _VALUES:
            told[tag] = told.get(tag, ()) + _values(child, skip, tag, other)
        elif bare in _ROWS and bare != tag:
            row = _row(child, skip, _ROWS[bare], tag, other)
            told[bare] = (*told.get(bare, ()), row)
        elif tag in _TEXTS and tag not in told and not len(child):
            told[tag] = _text(child)
        else:
            other.extend(_rest(child, skip, tag))
    line = element.sourceline
    return UnEntry(
        name,
        **told,
        other=tuple(other),
        file=file,
        line=line if isinstance(line, int) else 0,
    )


def _values(
    element: etree._Element, skip: int, path: str, other: list[tuple[str, str]]
) -> tuple[str, ...]:
    values = []
    for child in element:
        if child.tag[skip:] == "VALUE" and not len(child):
            values.append(_text(child))
        else:
            other.extend(_rest(child, skip, f"{path}/{child.tag[skip:]}"))
    return (*filter(None, (_text(element), *values)),)


def _row(
    element: etree._Element,
    skip: int,
    kind: type,
    path: str,
    other: list[tuple[str, str]],
) -> Any:
    told: dict[str, str] = {}
    for child in element:
        tag = child.tag[skip:]
        if tag in _FIELDS[kind] and tag not in told and not len(child):
            told[tag] = _text(child)
        else:
            other.extend(_rest(child, skip, f"{path}/{tag}"))
    if text := _text(element):
        other.append((path, text))
    return kind(**told)


def _rest(element: etree._Element, skip: int, path: str) -> Iterator[tuple[str, str]]:
    """What the schema does not know, each text with the path that leads to it."""
    if text := _text(element):
        yield path, text
    for child in element:
        yield from _rest(child, skip, f"{path}/{child.tag[skip:]}")


def _text(element: etree._Element) -> str:
    """The element's own text; "null" and "na" stand for none."""
    text = (element.text or "").strip()
    return "" if text.casefold() in ("null", "na", "n/a") else text
