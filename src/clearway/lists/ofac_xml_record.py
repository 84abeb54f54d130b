"""An entry of OFAC's `sdnList` XML, as published (OFAC_xml.xsd of 2024)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from lxml import etree

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SdnId:
    """An `id`: a number, or anything else OFAC says under a heading of its own."""

    uid: str = ""
    idType: str = ""
    idNumber: str = ""
    idCountry: str = ""
    issueDate: str = ""
    expirationDate: str = ""


@dataclass(frozen=True, slots=True)
class SdnAka:
    """An `aka`: another name, `category` strong or weak."""

    uid: str = ""
    type: str = ""
    category: str = ""
    lastName: str = ""
    firstName: str = ""


@dataclass(frozen=True, slots=True)
class SdnAddress:
    """An `address`."""

    uid: str = ""
    address1: str = ""
    address2: str = ""
    address3: str = ""
    city: str = ""
    stateOrProvince: str = ""
    postalCode: str = ""
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class SdnCountry:
    """A `nationality` or `citizenship`."""

    uid: str = ""
    country: str = ""
    mainEntry: str = ""


@dataclass(frozen=True, slots=True)
class SdnBirthDate:
    """A `dateOfBirthItem`."""

    uid: str = ""
    dateOfBirth: str = ""
    mainEntry: str = ""


@dataclass(frozen=True, slots=True)
class SdnBirthPlace:
    """A `placeOfBirthItem`."""

    uid: str = ""
    placeOfBirth: str = ""
    mainEntry: str = ""


@dataclass(frozen=True, slots=True)
class SdnVessel:
    """A `vesselInfo`."""

    callSign: str = ""
    vesselType: str = ""
    vesselFlag: str = ""
    vesselOwner: str = ""
    tonnage: str = ""
    grossRegisteredTonnage: str = ""


@dataclass(frozen=True, slots=True)
class SdnEntry:
    """An `sdnEntry`, field by field as published, each list without its wrapper.

    `other` holds, by path, whatever the schema of 2024 does not know. `list` and
    `file` say where the entry was read.
    """

    uid: str
    list: str
    file: str = ""
    firstName: str = ""
    lastName: str = ""
    title: str = ""
    sdnType: str = ""
    remarks: str = ""
    programList: tuple[str, ...] = ()
    idList: tuple[SdnId, ...] = ()
    akaList: tuple[SdnAka, ...] = ()
    addressList: tuple[SdnAddress, ...] = ()
    nationalityList: tuple[SdnCountry, ...] = ()
    citizenshipList: tuple[SdnCountry, ...] = ()
    dateOfBirthList: tuple[SdnBirthDate, ...] = ()
    placeOfBirthList: tuple[SdnBirthPlace, ...] = ()
    vesselInfo: SdnVessel | None = None
    other: tuple[tuple[str, str], ...] = ()


_TEXTS = {"uid", "firstName", "lastName", "title", "sdnType", "remarks"}
_LISTS: dict[str, tuple[str, type]] = {
    "idList": ("id", SdnId),
    "akaList": ("aka", SdnAka),
    "addressList": ("address", SdnAddress),
    "nationalityList": ("nationality", SdnCountry),
    "citizenshipList": ("citizenship", SdnCountry),
    "dateOfBirthList": ("dateOfBirthItem", SdnBirthDate),
    "placeOfBirthList": ("placeOfBirthItem", SdnBirthPlace),
}
_FIELDS: dict[Any, frozenset[str]] = {
    kind: frozenset(one.name for one in fields(kind))
    for kind in (SdnVessel, *(kind for _, kind in _LISTS.values()))
}


def entry_of(element: etree._Element, list_: str, file: str) -> SdnEntry:
    """The entry an `sdnEntry` element holds."""
    skip = len(element.tag) - len("sdnEntry")  # the namespace in braces, if any
    told: dict[str, Any] = {}
    other: list[tuple[str, str]] = []
    for child in element:
        tag = child.tag[skip:]
        if tag in told:
            other.extend(rest_of(child, skip, tag))
        elif tag in _TEXTS and not len(child):
            told[tag] = (child.text or "").strip()
        elif tag in _LISTS:
            item, kind = _LISTS[tag]
            told[tag] = tuple(_rows(child, skip, item, kind, other))
        elif tag == "programList":
            rows = rest_of(child, skip, "programList")
            told[tag] = tuple(text for _, text in rows)
        elif tag == "vesselInfo":
            told[tag] = _row(child, skip, SdnVessel, tag, other)
        else:
            other.extend(rest_of(child, skip, tag))
    return SdnEntry(list=list_, file=file, other=tuple(other), **{"uid": "", **told})


def _rows(
    element: etree._Element,
    skip: int,
    item: str,
    kind: type[_T],
    other: list[tuple[str, str]],
) -> Iterator[_T]:
    for child in element:
        if child.tag[skip:] == item:
            yield _row(child, skip, kind, item, other)
        else:
            other.extend(rest_of(child, skip, child.tag[skip:]))


def _row(
    element: etree._Element,
    skip: int,
    kind: type[_T],
    path: str,
    other: list[tuple[str, str]],
) -> _T:
    known = _FIELDS[kind]
    told: dict[str, str] = {}
    for child in element:
        tag = child.tag[skip:]
        if tag in known and tag not in told and not len(child):
            told[tag] = (child.text or "").strip()
        else:
            other.extend(rest_of(child, skip, f"{path}/{tag}"))
    return kind(**told)


def rest_of(element: etree._Element, skip: int, path: str) -> Iterator[tuple[str, str]]:
    """Each text an element holds, with the path that leads to it."""
    text = (element.text or "").strip()
    if text:
        yield path, text
    for child in element:
        yield from rest_of(child, skip, f"{path}/{child.tag[skip:]}")
