"""The UN Security Council's consolidated list, XML (`UN_consolidated.xsd`)."""

import re
from collections.abc import Iterator, Sequence

from clearway.errors import ListUnreadable
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.un_facts import Facts
from clearway.lists.un_names import FORMER, noted, spellings
from clearway.lists.un_xml_record import UnAlias, UnEntry, entry_record
from clearway.lists.xml_stream import day_generated, elements, root_name
from clearway.model import (
    Entity,
    Identifier,
    Kind,
    Listing,
    Name,
    NameType,
    Problem,
    Quality,
)
from clearway.names.script import scripts_in

PUBLISHER = "un"
LIST = "consolidated"

_KINDS = {"INDIVIDUAL": Kind.PERSON, "ENTITY": Kind.ORGANIZATION}
_GENERATED = re.compile(
    rb"<(?:[\w.-]+:)?CONSOLIDATED_LIST\b[^>]*\bdateGenerated=[\"']([^\"']*)"
)
# QUALITY of individuals says how well a name identifies, of entities what it is.
_QUALITIES = {
    "": (NameType.ALIAS, Quality.STRONG),
    "good": (NameType.ALIAS, Quality.STRONG),
    "low": (NameType.ALIAS, Quality.WEAK),
    "a.k.a.": (NameType.ALIAS, Quality.STRONG),
    "f.k.a.": (NameType.FORMER, Quality.STRONG),
}
_ONLY_LIST = "UN List"


def recognises(head: bytes, name: str) -> bool:
    """Whether this is the Security Council's `CONSOLIDATED_LIST`."""
    return root_name(head) == "CONSOLIDATED_LIST"


def edition(files: Sequence[File]) -> Edition:
    """The list and the day it was generated; the format declares no count."""
    file = files[0]
    head = file.head()
    if not recognises(head, file.name):
        raise ListUnreadable(file.name, "is not the UN's CONSOLIDATED_LIST")
    published = day_generated(_GENERATED.search(head), "dateGenerated", file.name)
    return Edition(PUBLISHER, LIST, published)


def records(files: Sequence[File]) -> Iterator[UnEntry | Problem]:
    """Each entry, or a Problem for one that has no number or no name."""
    file = files[0]
    for element in elements(file, *_KINDS):
        entry = entry_record(element, file.name)
        if entry.DATAID and (entry.name or entry.NAME_ORIGINAL_SCRIPT):
            yield entry
        else:
            yield Problem(
                "nameless_entry" if entry.DATAID else "no_data_id",
                "an entry without a number or a name cannot be used; ask the UN",
                file.name,
                f"line {entry.line}, {entry.element} {entry.DATAID}".rstrip(),
                " ".join(filter(None, (*dict(entry.name).values(), entry.COMMENTS1))),
            )


def entity(record: UnEntry) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity an entry names, and what in it could not be understood."""
    source = f"{PUBLISHER}/{LIST}#{record.DATAID}"
    facts = Facts(record.file, f"{record.element} {record.DATAID}", source)
    names = (*_own_names(record, source), *_aliases(record, facts, source))
    for nationality in record.NATIONALITY:
        facts.country("nationality", nationality, f"{source}/nationality")
    for at, born in enumerate(record.DATE_OF_BIRTH, 1):
        facts.birth_date(born, f"{source}/date_of_birth-{at}")
    for at, place in enumerate(record.PLACE_OF_BIRTH, 1):
        facts.birth(
            place.STREET,
            place.CITY,
            place.STATE_PROVINCE,
            country=place.COUNTRY,
            note=place.NOTE,
            source=f"{source}/place_of_birth-{at}",
        )
    for at, address in enumerate(record.ADDRESS, 1):
        facts.address(address, f"{source}/address-{at}")
    if record.REFERENCE_NUMBER:
        facts.identifiers.append(
            Identifier(
                "other", record.REFERENCE_NUMBER, "REFERENCE_NUMBER", source=source
            )
        )
    for at, document in enumerate(record.DOCUMENT, 1):
        facts.document(document, f"{source}/document-{at}")
    _details(record, facts, source)
    listing = _listing(record, facts)
    return (
        Entity(
            id=f"{PUBLISHER}-{record.DATAID}",
            kind=_KINDS[record.element],
            names=names,
            listings=(listing,),
            births=tuple(facts.births),
            countries=tuple(facts.countries),
            addresses=tuple(facts.addresses),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def _details(record: UnEntry, facts: Facts, source: str) -> None:
    facts.detail("gender", record.GENDER, source)
    for title in record.TITLE:
        facts.detail("title", title, f"{source}/title")
    for position in record.DESIGNATION:
        facts.detail("position", position, f"{source}/designation")
    for list_type in record.LIST_TYPE:
        facts.detail("LIST_TYPE", list_type.replace(_ONLY_LIST, ""), source)
    facts.comments(record.COMMENTS1, source)
    for path, text in record.other:
        facts.detail(path, text, source)


def _listing(record: UnEntry, facts: Facts) -> Listing:
    changed = (facts.date(day) for day in record.LAST_DAY_UPDATED)
    listed_on = facts.date(record.LISTED_ON)
    return Listing(
        publisher=PUBLISHER,
        list=LIST,
        record=record.DATAID,
        programmes=tuple(filter(None, (record.UN_LIST_TYPE,))),
        listed_on=listed_on,
        changed_on=tuple(sorted({day for day in changed if day})),
    )


def _own_names(record: UnEntry, source: str) -> Iterator[Name]:
    """The name in Latin letters and, where there is one, in its original script."""
    if record.name:
        yield Name(
            " ".join(text for _, text in record.name),
            parts=record.name if len(record.name) > 1 else (),
            source=source,
        )
    if original := " ".join(record.NAME_ORIGINAL_SCRIPT.split()):
        yield Name(
            original, script=_script(original), source=f"{source}/name_original_script"
        )


def _aliases(record: UnEntry, facts: Facts, source: str) -> Iterator[Name]:
    """The names of all aliases; what else an alias tells goes to the facts.

    An alias may be empty, or tell a date of birth and nothing else.
    """
    for at, alias in enumerate(record.ALIAS, 1):
        where = f"{source}/alias-{at}"
        name = " ".join(alias.ALIAS_NAME.split())
        facts.birth(
            alias.CITY_OF_BIRTH,
            country=alias.COUNTRY_OF_BIRTH,
            date=alias.DATE_OF_BIRTH,
            source=where,
        )
        facts.detail("alias note", alias.NOTE, where)
        texts = spellings(name) + noted(name, alias.NOTE) if name else ()
        if texts and texts[0] != name:
            facts.detail("ALIAS_NAME", name, where)
        type_, quality = _meaning(alias, facts, where)
        for text in dict.fromkeys(texts):
            yield Name(text, type_, quality, script=_script(text), source=where)


def _meaning(alias: UnAlias, facts: Facts, source: str) -> tuple[NameType, Quality]:
    known = _QUALITIES.get(alias.QUALITY.casefold())
    if known is None:
        facts.detail("QUALITY", alias.QUALITY, source)
        known = _QUALITIES[""]
    former = FORMER.search(f"{alias.ALIAS_NAME} {alias.NOTE}")
    return (NameType.FORMER if former else known[0]), known[1]


def _script(text: str) -> str:
    """The script of a name that is written in one script other than Latin."""
    scripts = [script for script in scripts_in(text) if script != "Latn"]
    return scripts[0] if len(scripts) == 1 else ""


READER = Reader(
    publisher=PUBLISHER,
    format="UN consolidated XML",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
