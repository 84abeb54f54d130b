"""OFAC's lists as ENHANCED XML: the fullest of its formats, with original scripts.

The number of an entity (its attribute `id`) is the `uid` of the sdnList XML, so one
party has one id of ours in both; `identityId` is another number of OFAC's own.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from lxml import etree

from clearway.errors import ListUnreadable
from clearway.lists.ofac_enhanced_record import (
    AddressTranslation,
    EnhancedEntity,
    Feature,
    IdentityDocument,
    NameTranslation,
    PublishedAddress,
    PublishedName,
    Relationship,
    Value,
    entity_of,
)
from clearway.lists.ofac_facts import KINDS, NAME_TYPES, Facts, country_code
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.xml_stream import elements, root_name
from clearway.model import (
    Address,
    Entity,
    Kind,
    Link,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
    Quality,
)

PUBLISHER = "ofac"
# OFAC's lists in full; the rest ("CAPTA List", ...) are parts of the consolidated one.
_LISTS = {"SDN List": "sdn", "Consolidated List": "consolidated"}

# ISO 15924 where the reference values say otherwise ("Latin", "Hebrew", "Korean").
_SCRIPTS = {
    "Hebrew": "Hebr",
    "Japanese": "Jpan",
    "Korean": "Kore",
    "Latin": "Latn",
}
_NAME_PARTS = {
    "Last Name": "last",
    "First Name": "first",
    "Middle Name": "middle",
    "Maiden Name": "maiden",
    "Nickname": "nickname",
    "Patronymic": "patronymic",
    "Matronymic": "matronymic",
}
_STREET = ("ADDRESS1", "ADDRESS2", "ADDRESS3")


def recognises(head: bytes, name: str) -> bool:
    """Whether this is ENHANCED XML, of either list."""
    return root_name(head) == "sanctionsData"


def edition(files: Sequence[File]) -> Edition:
    """The list its filters name, and the day its data is of; it declares no number.

    ListUnreadable for an excerpt: OFAC also hands out parts of its lists and mixtures
    of both, which would replace a list by less or by another.
    """
    file = files[0]
    if not recognises(file.head(), file.name):
        raise ListUnreadable(file.name, "is not OFAC's ENHANCED XML")
    published: date | None = None
    for element in elements(file, "publicationInfo", "entity"):
        if _tag(element) == "entity":
            break
        published = _published(file, element)
        filters = element.find("{*}filters")
        if filters is not None:
            return Edition(PUBLISHER, _filtered(file, filters), published)
    raise ListUnreadable(file.name, "does not say which of OFAC's lists it holds")


def _published(file: File, element: etree._Element) -> date | None:
    text = (element.findtext("{*}dataAsOf") or "").strip()
    try:
        return date.fromisoformat(text.partition("T")[0]) if text else None
    except ValueError as error:
        raise ListUnreadable(
            file.name, f"line {element.sourceline}: dataAsOf not readable: {text!r}"
        ) from error


def _filtered(file: File, filters: etree._Element) -> str:
    told = [(_tag(row), (row.text or "").strip()) for row in filters.iter()]
    names = [text for tag, text in told if text]
    if len(names) == 1 and names[0] in _LISTS:
        return _LISTS[names[0]]
    raise ListUnreadable(
        file.name,
        f"holds a selection ({', '.join(names) or 'unnamed'}), not one list in full; "
        "fetch the whole SDN List or Consolidated List",
    )


def records(files: Sequence[File]) -> Iterator[EnhancedEntity | Problem]:
    """Each entity, or a Problem for one that has no number or no name."""
    file = files[0]
    list_ = edition(files).list
    codes: dict[str, tuple[str, str]] = {}
    for element in elements(file, "referenceValue", "entity"):
        if _tag(element) == "referenceValue":
            told = {_tag(child): (child.text or "").strip() for child in element}
            codes[element.get("refId", "")] = (
                told.get("code", ""),
                told.get("isoCode", ""),
            )
            continue
        record = entity_of(element, list_, file.name, codes)
        if record.id and any(name.translations for name in record.names):
            yield record
        else:
            yield Problem(
                "nameless_entry" if record.id else "no_uid",
                "an entity without a number or a name cannot be used; ask OFAC",
                file.name,
                f"line {element.sourceline}, entity {record.id}".rstrip(),
                " ".join(" ".join(map(str, element.itertext())).split()),
            )


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def entity(record: EnhancedEntity) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity as published, and what in it could not be understood.

    What OFAC marks as primary among several comes first.
    """
    info = record.generalInfo
    kind = KINDS.get(info.entityType.text.casefold(), Kind.ANY)
    source = f"{PUBLISHER}/{record.list}#{record.id}"
    facts = Facts(record.file, f"entity {record.id}", kind)
    if kind is Kind.ANY:
        words = info.entityType.text
        facts.problem("unknown_kind", "the type of party is not known", words)
        facts.detail("entityType", words, source)
    facts.detail("title", info.title, source)
    names = tuple(_names(record, facts, source))
    for feature in sorted(record.features, key=lambda row: row.isPrimary != "true"):
        _add_feature(facts, feature, f"{source}/feature-{feature.id}")
    for document in record.identityDocuments:
        _add_document(facts, document, record, f"{source}/id-{document.id}")
    for tie in record.relationships:
        _add_link(facts, tie, f"{source}/relationship-{tie.id}")
    _add_sanctions(facts, record, source)
    if info.remarks:
        facts.remarks(info.remarks, source)
    facts.detail("identityId", info.identityId, source)
    for path, text in record.other:
        facts.detail(path, text, source)
    listings = tuple(_listings(record, facts))
    return (
        Entity(
            id=f"{PUBLISHER}-{record.id}",
            kind=kind,
            names=names,
            listings=listings,
            births=tuple(facts.births),
            countries=tuple(facts.countries),
            addresses=tuple(_addresses(record, source)),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def _names(record: EnhancedEntity, facts: Facts, source: str) -> Iterator[Name]:
    for name in sorted(record.names, key=lambda row: row.isPrimary != "true"):
        where = f"{source}/name-{name.id}"
        type_ = _name_type(name, facts, where)
        weak = name.isLowQuality == "true"
        for spelt in sorted(name.translations, key=lambda row: row.isPrimary != "true"):
            text = spelt.formattedFullName or ", ".join(
                filter(None, (spelt.formattedLastName, spelt.formattedFirstName))
            )
            if not text:
                message = "a name without letters was left out"
                facts.problem("empty_value", message, f"name {name.id}")
                continue
            yield Name(
                text=text,
                type=type_,
                quality=Quality.WEAK if weak else Quality.STRONG,
                script=_script(spelt.script, facts),
                parts=tuple(_parts(spelt, text)),
                source=f"{where}/{spelt.id}",
            )


def _name_type(name: PublishedName, facts: Facts, source: str) -> NameType:
    if name.isPrimary == "true":
        return NameType.PRIMARY
    words = name.aliasType.text
    known = NAME_TYPES.get(words.casefold())
    if known is None or words.casefold() == "n.k.a.":  # more than the model can say
        for spelt in name.translations:
            facts.detail(words or "alias", spelt.formattedFullName, source)
    return known or NameType.ALIAS


def _parts(spelt: NameTranslation, text: str) -> Iterator[tuple[str, str]]:
    """The pieces; a name in one piece only where it is spelt otherwise there."""
    for part in spelt.nameParts:
        key = _NAME_PARTS.get(part.type.text)
        if key:
            yield key, part.value
        elif part.value != text:
            yield part.type.text.casefold(), part.value


def _script(script: Value, facts: Facts) -> str:
    if code := _SCRIPTS.get(script.text):
        return code
    if len(script.code) == 4 and script.code.isalpha():
        return script.code
    if script.text:
        message = "the script has no ISO 15924 code; the name is kept without one"
        facts.problem("unknown_script", message, script.text)
        facts.detail("script", script.text)
    return ""


def _add_feature(facts: Facts, feature: Feature, source: str) -> None:
    heading, value = feature.type.text, feature.value
    day = _day(feature)
    note = _note(("reliability", feature.reliability.text), ("", feature.comments))
    if heading == "Birthdate":
        facts.birth_date(value, source, day)
    elif heading == "Place of Birth":
        facts.birth_place(value, source)
    else:
        code = feature.valueRefId.isoCode.lower()
        if day and not _says(value, day):
            note = _note(("", note), ("date", day.iso))
        facts.add(heading, value, code=code, note=note, source=source)
        return
    facts.detail(f"{heading}, note", note, source)


def _day(feature: Feature) -> PartialDate | None:
    """The days a feature means, which the file spells out beside the words."""
    told = feature.valueDate
    if not told:
        return None
    try:
        first = date.fromisoformat(told.fromDateBegin)
        last = date.fromisoformat(told.toDateEnd)
    except ValueError:
        return None
    if last < first:
        return None
    return PartialDate(first, last, told.isApproximate == "true", feature.value)


def _says(text: str, day: PartialDate) -> bool:
    try:
        told = PartialDate.parse(text)
    except ValueError:
        return False
    return (told.earliest, told.latest) == (day.earliest, day.latest)


def _note(*told: tuple[str, str]) -> str:
    return "; ".join(f"{what}: {text}" if what else text for what, text in told if text)


def _add_document(
    facts: Facts, document: IdentityDocument, record: EnhancedEntity, source: str
) -> None:
    country = document.issuingCountry
    place = document.issuingLocation
    facts.add(
        document.type.text,
        document.documentNumber,
        country=country.text,
        code=country.isoCode.lower(),
        issued=document.issueDate,
        expires=document.expirationDate,
        note=_note(
            ("issued by", document.issuingAuthority),
            ("issued in", place if place != country.text else ""),
            ("", "not valid" if document.isValid == "false" else ""),
            ("in the name of", _alias_on(document, record)),
            ("", document.comments),
        ),
        source=source,
    )


def _alias_on(document: IdentityDocument, record: EnhancedEntity) -> str:
    """The name on a document, where it is not the entity's first."""
    number = document.name.attribute("nameId")
    primary = {name.id for name in record.names if name.isPrimary == "true"}
    return "" if number and number in primary else document.name.text


def _add_link(facts: Facts, tie: Relationship, source: str) -> None:
    other = tie.relatedEntity
    number = other.attribute("entityId")
    target_id = f"{PUBLISHER}-{number}" if number else ""
    facts.links.append(Link(tie.type.text, other.text, target_id, source))
    note = _note(("quality", tie.quality.text), ("", tie.comments))
    if note:
        facts.detail(f"{tie.type.text}, note", f"{other.text}: {note}", source)


def _add_sanctions(facts: Facts, record: EnhancedEntity, source: str) -> None:
    """Kinds of sanctions, and the lists that are parts of the consolidated one."""
    for one in record.sanctionsTypes:
        facts.detail("Sanctions Type", one.text, source)
    for one in record.sanctionsLists:
        if one.text not in _LISTS:
            facts.detail(one.text, one.attribute("datePublished") or "listed", source)


def _listings(record: EnhancedEntity, facts: Facts) -> Iterator[Listing]:
    """The listing on this list first, then that on OFAC's other one, if any."""
    days = {
        _LISTS[one.text]: one for one in record.sanctionsLists if one.text in _LISTS
    }
    for list_ in sorted({record.list, *days}, key=lambda name: name != record.list):
        told = days.get(list_)
        day = told.attribute("datePublished") if told else ""
        since = facts.date(day, "date of listing")
        if day and not since:
            facts.detail("datePublished", day)
        yield Listing(
            publisher=PUBLISHER,
            list=list_,
            record=record.id,
            programmes=tuple(one.text for one in record.sanctionsPrograms),
            legal_basis=tuple(one.text for one in record.legalAuthorities),
            listed_on=since,
        )


def _addresses(record: EnhancedEntity, source: str) -> Iterator[Address]:
    for address in record.addresses:
        where = f"{source}/address-{address.id}"
        for spelt in sorted(
            address.translations, key=lambda row: row.isPrimary != "true"
        ):
            if spelt.addressParts or address.country.text:
                yield _address(address, spelt, f"{where}/{spelt.id}")


def _address(
    address: PublishedAddress, spelt: AddressTranslation, source: str
) -> Address:
    told: dict[str, list[str]] = {}
    for part in spelt.addressParts:
        told.setdefault(part.type.text, []).append(part.value)
    street = ", ".join(value for key in _STREET for value in told.pop(key, ()))
    city = ", ".join(told.pop("CITY", ()))
    region = ", ".join(told.pop("STATE/PROVINCE", []) + told.pop("REGION", []))
    postal_code = ", ".join(told.pop("POSTAL CODE", ()))
    rest = ", ".join(value for values in told.values() for value in values)
    country = address.country
    whole = (street, rest, city, region, postal_code, country.text)
    return Address(
        text=", ".join(filter(None, whole)),
        street=street,
        city=city,
        region=region,
        postal_code=postal_code,
        country=country.isoCode.lower() or country_code(country.text),
        country_text=country.text,
        note="" if spelt.script.text == "Latin" else spelt.script.text,
        source=source,
    )


READER = Reader(
    publisher=PUBLISHER,
    format="OFAC ENHANCED XML",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
