"""The EU's record of a sanctioned entity, spelled as in FULL-schema-1_1.xsd.

Attributes are strings as published, absent and empty alike; what may repeat is a tuple.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from lxml import etree

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RegulationSummary:
    """The act that published one fact; also used for corrigenda."""

    regulationType: str = ""
    publicationDate: str = ""
    numberTitle: str = ""
    publicationUrl: str = ""


@dataclass(frozen=True, slots=True)
class AdditionalInformation:
    """What the publisher adds without changing its schema."""

    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ContactInfo:
    """A telephone, fax, e-mail or web address, listed under an address."""

    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class SubjectType:
    """Person or enterprise; the classification code is P or E."""

    code: str = ""
    classificationCode: str = ""


@dataclass(frozen=True, slots=True)
class Regulation:
    """The act under which an entity stands on the list today."""

    logicalId: str = ""
    regulationType: str = ""
    organisationType: str = ""
    publicationDate: str = ""
    entryIntoForceDate: str = ""
    numberTitle: str = ""
    programme: str = ""
    publicationUrl: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()
    additionalInformation: tuple[AdditionalInformation, ...] = ()
    corrigendum: tuple[RegulationSummary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every published fact carries besides itself."""

    logicalId: str = ""
    regulationLanguage: str = ""
    remark: tuple[str, ...] = ()
    additionalInformation: tuple[AdditionalInformation, ...] = ()
    regulationSummary: tuple[RegulationSummary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Fact):
    """A fact with a country; `00` and UNKNOWN stand for none."""

    region: str = ""
    countryIso2Code: str = ""
    countryDescription: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameAlias(Fact):
    """A spelling of a name, with what was said of the person in the same act."""

    firstName: str = ""
    middleName: str = ""
    lastName: str = ""
    wholeName: str = ""
    function: str = ""
    gender: str = ""
    title: str = ""
    nameLanguage: str = ""
    strong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizenship(Located):
    """A citizenship."""

    acquisitionDate: str = ""
    disenfranchisementDate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthdate(Located):
    """A date of birth, a place of birth, or both."""

    circa: str = ""
    calendarType: str = ""
    city: str = ""
    zipCode: str = ""
    birthdate: str = ""
    dayOfMonth: str = ""
    monthOfYear: str = ""
    year: str = ""
    yearRangeFrom: str = ""
    yearRangeTo: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Located):
    """An address and the ways to be reached there."""

    city: str = ""
    street: str = ""
    poBox: str = ""
    zipCode: str = ""
    place: str = ""
    asAtListingTime: str = ""
    contactInfo: tuple[ContactInfo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification(Located):
    """A document or number."""

    identificationTypeCode: str = ""
    identificationTypeDescription: str = ""
    number: str = ""
    latinNumber: str = ""
    nameOnDocument: str = ""
    issuedBy: str = ""
    issueDate: str = ""
    validFrom: str = ""
    validTo: str = ""
    diplomatic: str = ""
    knownExpired: str = ""
    knownFalse: str = ""
    reportedLost: str = ""
    revokedByIssuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionEntity:
    """A `sanctionEntity`.

    `other` holds, by path, whatever the schema of 2024 does not know. `file` and `line`
    say where it was read.
    """

    euReferenceNumber: str = ""
    logicalId: str = ""
    unitedNationId: str = ""
    designationDate: str = ""
    designationDetails: str = ""
    delistingDate: str = ""
    remark: tuple[str, ...] = ()
    additionalInformation: tuple[AdditionalInformation, ...] = ()
    regulation: tuple[Regulation, ...] = ()
    subjectType: tuple[SubjectType, ...] = ()
    nameAlias: tuple[NameAlias, ...] = ()
    citizenship: tuple[Citizenship, ...] = ()
    birthdate: tuple[Birthdate, ...] = ()
    address: tuple[Address, ...] = ()
    identification: tuple[Identification, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 0

    @property
    def number(self) -> str:
        """The EU reference number; the logical number for an entry without one."""
        return self.euReferenceNumber or self.logicalId

    @property
    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every fact with its address inside the record, `nameAlias-17`."""
        for tag in ("nameAlias", "citizenship", "birthdate", "address"):
            for fact in getattr(self, tag):
                yield f"{tag}-{fact.logicalId}", fact
        for fact in self.identification:
            yield f"identification-{fact.logicalId}", fact


_ROWS: dict[str, type] = {
    "additionalInformation": AdditionalInformation,
    "address": Address,
    "birthdate": Birthdate,
    "citizenship": Citizenship,
    "contactInfo": ContactInfo,
    "corrigendum": RegulationSummary,
    "identification": Identification,
    "nameAlias": NameAlias,
    "regulation": Regulation,
    "regulationSummary": RegulationSummary,
    "subjectType": SubjectType,
}
_TEXTS = frozenset({"remark", "publicationUrl"})
_LISTS = _TEXTS | _ROWS.keys()
_FIELDS: dict[type, tuple[frozenset[str], frozenset[str]]] = {
    kind: (
        frozenset(f.name for f in fields(kind) if f.type is str),
        frozenset(f.name for f in fields(kind) if f.type is not str) & _LISTS,
    )
    for kind in (SanctionEntity, *_ROWS.values())
}
_OURS = frozenset({"file"})


def entity_record(element: etree._Element, file: str) -> SanctionEntity:
    """The record that a `sanctionEntity` element holds."""
    skip = len(element.tag) - len("sanctionEntity")  # the namespace in braces, if any
    other: list[tuple[str, str]] = []
    told = _told(element, SanctionEntity, skip, "", other)
    return SanctionEntity(**told, other=tuple(other), file=file, line=_line(element))


def _told(
    element: etree._Element,
    kind: type,
    skip: int,
    path: str,
    other: list[tuple[str, str]],
) -> dict[str, Any]:
    """The fields of a row; what it has no field for goes to `other`."""
    singles, lists = _FIELDS[kind]
    told: dict[str, Any] = {}
    for key, value in _attributes(element):
        if key in singles and key not in _OURS:
            told[key] = value
        else:
            other.append((f"{path}{key}", value))
    if element.text and element.text.strip():
        other.append((path.rstrip("/"), element.text.strip()))
    for child in element:
        tag = child.tag[skip:]
        if tag not in lists:
            other.extend(_rest(child, skip, f"{path}{tag}"))
        elif tag in _TEXTS:
            if text := "".join(map(str, child.itertext())).strip():
                told[tag] = (*told.get(tag, ()), text)
        else:
            row = _ROWS[tag]
            inner = _told(child, row, skip, f"{path}{tag}/", other)
            told[tag] = (*told.get(tag, ()), row(**inner))
    return told


def _rest(element: etree._Element, skip: int, path: str) -> Iterator[tuple[str, str]]:
    """An element the schema does not know: each text and attribute with its path."""
    for key, value in _attributes(element):
        yield f"{path}/{key}", value
    if element.text and element.text.strip():
        yield path, element.text.strip()
    for child in element:
        yield from _rest(child, skip, f"{path}/{child.tag[skip:]}")


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Each attribute that says something."""
    for key, value in element.attrib.items():
        if str(value).strip():
            yield str(key), str(value)


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0
