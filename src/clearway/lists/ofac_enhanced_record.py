"""An entity of OFAC's ENHANCED XML, as published (schema of 2025).

Words come with the number of a reference value (`refId`); what the file's own table of
reference values adds to them, an ISO code of a country or script, is kept beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from lxml import etree

Codes = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Value:
    """Words with their attributes, and `code` and `isoCode` of their reference value.

    For a country `isoCode` is ISO 3166-1 alpha-2; for a script `code` is ISO 15924,
    more or less ("Cyrl", but "Latin"), and `isoCode` its number there.
    """

    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    code: str = ""
    isoCode: str = ""

    def attribute(self, name: str) -> str:
        """The attribute of this name, or empty."""
        return dict(self.attributes).get(name, "")


_NOTHING = Value()


@dataclass(frozen=True, slots=True)
class GeneralInfo:
    """What an entity is, and remarks on it."""

    identityId: str = ""
    entityType: Value = _NOTHING
    title: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A `namePart` or `addressPart`."""

    id: str = ""
    type: Value = _NOTHING
    value: str = ""


@dataclass(frozen=True, slots=True)
class NameTranslation:
    """A name in one script."""

    id: str = ""
    isPrimary: str = ""
    script: Value = _NOTHING
    formattedFirstName: str = ""
    formattedLastName: str = ""
    formattedFullName: str = ""
    nameParts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A `name`, in one script or several."""

    id: str = ""
    isPrimary: str = ""
    aliasType: Value = _NOTHING
    isLowQuality: str = ""
    translations: tuple[NameTranslation, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressTranslation:
    """An address in one script."""

    id: str = ""
    isPrimary: str = ""
    script: Value = _NOTHING
    addressParts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedAddress:
    """An `address`, in one script or several; it may hold nothing at all."""

    id: str = ""
    country: Value = _NOTHING
    translations: tuple[AddressTranslation, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueDate:
    """The days a date means: from the first of `from` to the last of `to`."""

    id: str = ""
    fromDateBegin: str = ""
    fromDateEnd: str = ""
    toDateBegin: str = ""
    toDateEnd: str = ""
    isApproximate: str = ""
    isDateRange: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """A `feature`: birth, nationality, website, directive, whatever its type says."""

    id: str = ""
    type: Value = _NOTHING
    versionId: str = ""
    value: str = ""
    valueRefId: Value = _NOTHING
    valueDate: ValueDate | None = None
    isPrimary: str = ""
    reliability: Value = _NOTHING
    comments: str = ""


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """An `identityDocument`; `name` is the name it is made out to."""

    id: str = ""
    type: Value = _NOTHING
    name: Value = _NOTHING
    documentNumber: str = ""
    isValid: str = ""
    issueDate: str = ""
    expirationDate: str = ""
    issuingAuthority: str = ""
    issuingLocation: str = ""
    issuingCountry: Value = _NOTHING
    comments: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A `relationship` to another entity, whose number is an attribute of its name."""

    id: str = ""
    type: Value = _NOTHING
    relatedEntity: Value = _NOTHING
    quality: Value = _NOTHING
    comments: str = ""


@dataclass(frozen=True, slots=True)
class EnhancedEntity:
    """An `entity`; `other` holds, by path, what the schema of 2025 does not know.

    `list` and `file` say where it was read.
    """

    id: str = ""
    list: str = ""
    file: str = ""
    generalInfo: GeneralInfo = GeneralInfo()
    sanctionsLists: tuple[Value, ...] = ()
    sanctionsPrograms: tuple[Value, ...] = ()
    sanctionsTypes: tuple[Value, ...] = ()
    legalAuthorities: tuple[Value, ...] = ()
    names: tuple[PublishedName, ...] = ()
    addresses: tuple[PublishedAddress, ...] = ()
    features: tuple[Feature, ...] = ()
    identityDocuments: tuple[IdentityDocument, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


_OURS = {"list", "file", "other"}


def entity_of(
    element: etree._Element, list_: str, file: str, codes: Codes
) -> EnhancedEntity:
    """The entity an `entity` element holds; `codes` are those of reference values."""
    reading = _Reading(len(element.tag) - len("entity"), codes)
    told = reading.told(element, EnhancedEntity, "")
    return EnhancedEntity(list=list_, file=file, other=tuple(reading.other), **told)


class _Reading:
    """One entity being read; `skip` is the length of the namespace in braces."""

    def __init__(self, skip: int, codes: Codes) -> None:
        self.skip = skip
        self.codes = codes
        self.other: list[tuple[str, str]] = []

    def told(self, element: etree._Element, kind: Any, path: str) -> dict[str, Any]:
        """The fields of a record: attributes and child elements of their names."""
        shape = _shape(kind)
        told: dict[str, Any] = {}
        for name, value in element.attrib.items():
            if shape.get(str(name)) == ("text", str):
                told[str(name)] = value
            else:
                self.other.append((f"{path}@{name!s}", str(value)))
        for child in element:
            tag = child.tag[self.skip :]
            how, of = shape.get(tag, ("", None))
            under = f"{path}/{tag}" if path else tag
            if not how or tag in told or (how == "text" and len(child)):
                self._keep(child, under)
            elif how == "text":
                told[tag] = (child.text or "").strip()
                self._keep_attributes(child, under)
            elif how == "many":
                told[tag] = tuple(self._one(row, of, under) for row in child)
            else:
                told[tag] = self._one(child, of, under)
        return told

    def _one(self, element: etree._Element, kind: Any, path: str) -> Any:
        if kind is not Value:
            return kind(**self.told(element, kind, path))
        for child in element:
            self._keep(child, f"{path}/{child.tag[self.skip :]}")
        text = (element.text or "").strip()
        attributes = tuple((str(k), str(v)) for k, v in element.attrib.items())
        # A feature names the reference value of its own words in an element.
        refers = text if element.tag.endswith("valueRefId") else element.get("refId")
        return Value(text, attributes, *self.codes.get(refers or "", ("", "")))

    def _keep(self, element: etree._Element, path: str) -> None:
        text = (element.text or "").strip()
        if text:
            self.other.append((path, text))
        self._keep_attributes(element, path)
        for child in element:
            self._keep(child, f"{path}/{child.tag[self.skip :]}")

    def _keep_attributes(self, element: etree._Element, path: str) -> None:
        for name, value in element.attrib.items():
            self.other.append((f"{path}@{name!s}", str(value)))


@cache
def _shape(kind: Any) -> dict[str, tuple[str, Any]]:
    """What lies under each field's element: text, one record, or many of a kind."""
    shape: dict[str, tuple[str, Any]] = {}
    for name, hint in get_type_hints(kind).items():
        of = next((arg for arg in get_args(hint) if is_dataclass(arg)), None)
        if name in _OURS:
            continue
        if get_origin(hint) is tuple:
            shape[name] = ("many", of)
        elif hint is str:
            shape[name] = ("text", str)
        else:
            shape[name] = ("one", of or hint)
    return shape
