"""OFAC's lists as `sdnList` XML: the SDN list and the consolidated (non-SDN) list.

Both come in one schema (OFAC_xml.xsd), and nothing in the document names the list, so
they are told apart by what is on them (`is_non_sdn`): entries are read until one kind
leads by 25, which in the real lists the first 25 settle, or until there are no more.
Only a document that settles nothing is judged by its name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from lxml import etree

from clearway.errors import ListUnreadable
from clearway.lists.ofac_facts import (
    KINDS,
    NAME_TYPES,
    NON_SDN_DIRECTIVE,
    NON_SDN_MENUS,
    Facts,
    country_code,
)
from clearway.lists.ofac_marks import marks
from clearway.lists.ofac_xml_record import (
    SdnEntry,
    SdnVessel,
    entry_of,
    rest_of,
)
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.xml_stream import elements, root_name
from clearway.model import (
    Address,
    Entity,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
    Quality,
)

PUBLISHER = "ofac"
SDN = "sdn"
CONSOLIDATED = "consolidated"

_NON_SDN_PROGRAM = marks().apart
_NON_SDN_ID = re.compile(rf".*{NON_SDN_DIRECTIVE}|{NON_SDN_MENUS}")
_LEAD = 25  # fewer than 1 in 100 on the SDN list look like the other kind
# The schema misspells it; should OFAC mend that, the list stays readable.
_INFORMATION = ("publshInformation", "publishInformation")


def recognises(head: bytes, name: str) -> bool:
    """Whether this is `sdnList` XML, of either list and any of its namespaces."""
    return root_name(head) == "sdnList"


def edition(files: Sequence[File]) -> Edition:
    """The list, its day of publication (`Publish_Date`) and its `Record_Count`."""
    file = files[0]
    if not recognises(file.head(), file.name):
        raise ListUnreadable(file.name, "is not OFAC's sdnList XML")
    published: date | None = None
    declared: int | None = None
    balance = 0
    for element in elements(file, *_INFORMATION, "sdnEntry"):
        if _tag(element) in _INFORMATION:
            published, declared = _publication(file, element)
            continue
        balance += 1 if is_non_sdn(entry_of(element, "", file.name)) else -1
        if abs(balance) >= _LEAD:
            break
    return Edition(PUBLISHER, _list_of(balance, file.name), published, declared)


def _publication(file: File, element: etree._Element) -> tuple[date | None, int | None]:
    told = {_tag(child): (child.text or "").strip() for child in element}
    day, count = told.get("Publish_Date", ""), told.get("Record_Count", "")
    try:
        published = PartialDate.parse(day, day_first=False).earliest if day else None
        return published, int(count) if count else None
    except ValueError as error:
        raise ListUnreadable(
            file.name, f"line {element.sourceline}: publication not readable: {error}"
        ) from error


def is_non_sdn(entry: SdnEntry) -> bool:
    """Whether an entry shows that it is on one of the non-SDN lists.

    It may be on the SDN list as well: of the 443 non-SDN entries of May 2024, all show
    it, and 84 of the 14,966 of the SDN list, of which 62 are on both.
    """
    return any(map(_NON_SDN_PROGRAM.match, entry.programList)) or any(
        _NON_SDN_ID.match(row.idType) for row in entry.idList
    )


def _list_of(balance: int, name: str) -> str:
    """The list whose kind of entries prevails; on none, or as many of each, by name."""
    if balance:
        return CONSOLIDATED if balance > 0 else SDN
    return CONSOLIDATED if "cons" in name.casefold() else SDN


def records(files: Sequence[File]) -> Iterator[SdnEntry | Problem]:
    """Each entry, or a Problem for one that has no number or no name."""
    file = files[0]
    list_ = edition(files).list
    for element in elements(file, "sdnEntry"):
        entry = entry_of(element, list_, file.name)
        if entry.uid and (entry.lastName or entry.firstName):
            yield entry
        else:
            yield Problem(
                "nameless_entry" if entry.uid else "no_uid",
                "an entry without a number or a name cannot be used; ask OFAC",
                file.name,
                f"line {element.sourceline}, sdnEntry {entry.uid}".rstrip(),
                " ".join(text for _, text in rest_of(element, 0, "")),
            )


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def entity(record: SdnEntry) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity an entry names, and what in it could not be understood.

    Of births and countries the main entry comes first, as OFAC marks it.
    """
    kind = KINDS.get(record.sdnType.casefold(), Kind.ANY)
    source = f"{PUBLISHER}/{record.list}#{record.uid}"
    facts = Facts(record.file, f"sdnEntry {record.uid}", kind)
    if kind is Kind.ANY:
        facts.problem("unknown_kind", "the type of party is not known", record.sdnType)
        facts.detail("sdnType", record.sdnType, source)
    facts.detail("title", record.title, source)
    for born in _main_first(record.dateOfBirthList):
        facts.birth_date(born.dateOfBirth, f"{source}/dateOfBirth-{born.uid}")
    for place in _main_first(record.placeOfBirthList):
        facts.birth_place(place.placeOfBirth, f"{source}/placeOfBirth-{place.uid}")
    for role in ("nationality", "citizenship"):
        for tie in _main_first(getattr(record, f"{role}List")):
            facts.country(role, tie.country, source=f"{source}/{role}-{tie.uid}")
    for row in record.idList:
        facts.add(
            row.idType,
            row.idNumber,
            country=row.idCountry,
            issued=row.issueDate,
            expires=row.expirationDate,
            source=f"{source}/id-{row.uid}",
        )
    if record.vesselInfo:
        _add_vessel(facts, record.vesselInfo, source)
    names = tuple(_names(record, facts, source))
    if record.remarks:
        facts.remarks(record.remarks, source)
    for path, text in record.other:
        facts.detail(path, text, source)
    return (
        Entity(
            id=f"{PUBLISHER}-{record.uid}",
            kind=kind,
            names=names,
            listings=(_listing(record),),
            births=tuple(facts.births),
            countries=tuple(facts.countries),
            addresses=tuple(_addresses(record, source)),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def _main_first(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.mainEntry.casefold() != "true")


def _listing(record: SdnEntry) -> Listing:
    return Listing(
        publisher=PUBLISHER,
        list=record.list,
        record=record.uid,
        programmes=record.programList,
        listed_on=_listed_on(record),
    )


def _listed_on(record: SdnEntry) -> PartialDate | None:
    """The day of listing, where the entry tells it.

    The schema has no room for it. An entry under one non-SDN programme may give it as
    an id, "Listing Date (CMIC)": the day from which it is listed under that programme,
    perhaps not its first on the list. Under several programmes it is not known which
    one is meant.
    """
    if record.list != CONSOLIDATED or len(record.programList) != 1:
        return None
    days = []
    for row in record.idList:
        if row.idType.startswith("Listing Date"):
            try:
                days.append(PartialDate.parse(row.idNumber))
            except ValueError:
                return None
    return min(days, default=None)


def _names(record: SdnEntry, facts: Facts, source: str) -> Iterator[Name]:
    yield Name(
        text=_full(record.lastName, record.firstName),
        parts=_parts(record.lastName, record.firstName),
        source=source,
    )
    for aka in record.akaList:
        text = _full(aka.lastName, aka.firstName)
        where = f"{source}/aka-{aka.uid}"
        if not text:
            facts.problem("empty_value", "an alias without a name was left out", where)
            continue
        type_ = NAME_TYPES.get(aka.type.casefold())
        if type_ is None or aka.type == "n.k.a.":  # more than the model can say
            facts.detail(aka.type, text, where)
        if aka.category not in ("strong", "weak"):
            facts.detail("category", aka.category, where)
        yield Name(
            text=text,
            type=type_ or NameType.ALIAS,
            quality=Quality.WEAK if aka.category == "weak" else Quality.STRONG,
            parts=_parts(aka.lastName, aka.firstName),
            source=where,
        )


def _full(last: str, first: str) -> str:
    return f"{last}, {first}" if last and first else last or first


def _parts(last: str, first: str) -> tuple[tuple[str, str], ...]:
    """Last and first name; a name in one piece is not divided by OFAC."""
    return (("last", last), ("first", first)) if last and first else ()


def _addresses(record: SdnEntry, source: str) -> Iterator[Address]:
    for row in record.addressList:
        street = ", ".join(filter(None, (row.address1, row.address2, row.address3)))
        region = ", ".join(filter(None, (row.stateOrProvince, row.region)))
        whole = (street, row.city, region, row.postalCode, row.country)
        text = ", ".join(filter(None, whole))
        if text:
            yield Address(
                text=text,
                street=street,
                city=row.city,
                region=region,
                postal_code=row.postalCode,
                country=country_code(row.country),
                country_text=row.country,
                source=f"{source}/address-{row.uid}",
            )


def _add_vessel(facts: Facts, vessel: SdnVessel, source: str) -> None:
    where = f"{source}/vesselInfo"
    told = (
        ("Vessel Call Sign", vessel.callSign),
        ("Vessel Type", vessel.vesselType),
        ("Vessel Flag", vessel.vesselFlag),
        ("Vessel Owner", vessel.vesselOwner),
        ("Vessel Tonnage", vessel.tonnage),
        ("Vessel Gross Registered Tonnage", vessel.grossRegisteredTonnage),
    )
    for heading, value in told:
        if value:
            facts.add(heading, value, source=where)


READER = Reader(
    publisher=PUBLISHER,
    format="OFAC sdnList XML",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
