"""The EU's consolidated list of financial sanctions, XML 1.1 (`FULL-schema-1_1.xsd`).

Published by the European Commission as the Financial Sanctions Files (FSF). A person or
company named under two programmes has two records with one EU reference number.
"""

import re
from collections.abc import Iterator, Sequence

from clearway.errors import ListUnreadable
from clearway.lists.eu_fsf_facts import Facts
from clearway.lists.eu_fsf_record import (
    NameAlias,
    Regulation,
    RegulationSummary,
    SanctionEntity,
    entity_record,
)
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.xml_stream import day_generated, elements, root_name
from clearway.model import (
    Entity,
    Kind,
    Listing,
    Name,
    NameType,
    Problem,
    Quality,
)
from clearway.names.script import scripts_in

PUBLISHER = "eu"
LIST = "fsf"

_GENERATED = re.compile(rb"<(?:[\w.-]+:)?export\b[^>]*\bgenerationDate=[\"']([^\"']*)")
_NAMESPACE = b"http://eu.europa.ec/fpi/fsd/export"

# The EU marks no name as former, and every one as strong, but says both in remarks.
_WEAK = re.compile(
    r"\b(?:low|weak|poor)[\s-]+quality\b|\bweak (?:alias|a\.?k\.?a)", re.I
)
_FORMER = re.compile(
    r"\W*(?:formerly(?: known as)?|former(?:ly)? names?|f\.?k\.?a\.?|maiden name"
    r"|previous(?:ly)?(?: known as| names?)?|name at birth|birth name)\W*",
    re.I,
)
_LISTED_AS = re.compile(r"\b(?:former|previous)ly listed\b", re.I)


def recognises(head: bytes, name: str) -> bool:
    """Whether this is the Commission's `export` of sanctioned entities."""
    return root_name(head) == "export" and (
        _NAMESPACE in head or b"<sanctionEntity" in head
    )


def edition(files: Sequence[File]) -> Edition:
    """The list and the day it was generated; the format declares no count."""
    file = files[0]
    head = file.head()
    if not recognises(head, file.name):
        raise ListUnreadable(file.name, "is not the EU's export of financial sanctions")
    published = day_generated(_GENERATED.search(head), "generationDate", file.name)
    return Edition(PUBLISHER, LIST, published)


def records(files: Sequence[File]) -> Iterator[SanctionEntity | Problem]:
    """Each entity, or a Problem for one that has no number or no name."""
    file = files[0]
    for element in elements(file, "sanctionEntity"):
        record = entity_record(element, file.name)
        if record.number and any(map(_whole, record.nameAlias)):
            yield record
        else:
            yield Problem(
                "nameless_entry" if record.number else "no_reference_number",
                "an entry without a number or a name cannot be used; ask the publisher",
                file.name,
                f"line {record.line}, sanctionEntity {record.number}".rstrip(),
                " ".join(record.remark or map(_whole, record.nameAlias)),
            )


def entity(record: SanctionEntity) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity a record names, and what in it could not be understood."""
    source = f"{PUBLISHER}/{LIST}#{record.number}"
    facts = Facts(record.file, f"sanctionEntity {record.number}", source)
    kind = _kind(record, facts)
    names = tuple(_names(record, facts))
    for citizenship in record.citizenship:
        facts.citizenship(citizenship)
    for birth in record.birthdate:
        facts.birth(birth)
    for address in record.address:
        facts.address(address)
    for identification in record.identification:
        facts.identification(identification)
    facts.of_record(record)
    return (
        Entity(
            id=f"{PUBLISHER}-{record.number}",
            kind=facts.vessel_or(kind),
            names=names,
            listings=tuple(_listings(record, facts)),
            births=tuple(facts.births),
            countries=tuple(facts.countries),
            addresses=tuple(facts.addresses),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def _kind(record: SanctionEntity, facts: Facts) -> Kind:
    for subject in record.subjectType:
        if subject.classificationCode == "P":
            return Kind.PERSON
        if subject.classificationCode == "E":
            return Kind.ORGANIZATION
        facts.detail("subjectType", f"{subject.code} {subject.classificationCode}")
    facts.problem("unknown_kind", "it is said of it neither P nor E", record.number)
    return Kind.ANY


def _names(record: SanctionEntity, facts: Facts) -> Iterator[Name]:
    main = _main(record.nameAlias)
    for alias in record.nameAlias:
        source = facts.at(f"nameAlias-{alias.logicalId}")
        facts.said(alias, source)
        facts.once("position", alias.function, source)
        facts.once("title", alias.title, source)
        facts.once("gender", alias.gender.replace("?", ""), source)
        if not (text := _whole(alias)):
            facts.problem("empty_value", "a name without letters was left out", source)
            continue
        yield Name(
            text=text,
            type=NameType.PRIMARY if alias is main else _type(alias),
            quality=_quality(alias),
            language=alias.nameLanguage.lower(),
            parts=_parts(alias),
            source=source,
        )


def _whole(alias: NameAlias) -> str:
    parts = (alias.firstName, alias.middleName, alias.lastName)
    return alias.wholeName or " ".join(filter(None, parts))


def _parts(alias: NameAlias) -> tuple[tuple[str, str], ...]:
    told = (
        ("first", alias.firstName),
        ("middle", alias.middleName),
        ("last", alias.lastName),
    )
    return tuple(part for part in told if part[1])


def _main(aliases: Sequence[NameAlias]) -> NameAlias | None:
    """The name to show: the first that is of no language but English, in Latin letters.

    One with a surname of its own is preferred. The schema marks no main name, and the
    order says nothing: "Adam Sultanovitj DELIMCHANOV" or a mere "Zakir" may come first.
    """
    named = [alias for alias in aliases if _whole(alias)]
    ours = [
        alias
        for alias in named
        if alias.nameLanguage in ("", "EN")
        and _quality(alias) is Quality.STRONG
        and _type(alias) is NameType.ALIAS
    ]
    latin = [alias for alias in ours if scripts_in(_whole(alias)) == ("Latn",)]
    divided = [alias for alias in latin if alias.lastName]
    return next(iter(divided or latin or ours or named), None)


def _type(alias: NameAlias) -> NameType:
    former = any(map(_FORMER.fullmatch, alias.remark)) or any(
        map(_LISTED_AS.search, alias.remark)
    )
    return NameType.FORMER if former else NameType.ALIAS


def _quality(alias: NameAlias) -> Quality:
    weak = alias.strong in ("false", "0") or any(map(_WEAK.search, alias.remark))
    return Quality.WEAK if weak else Quality.STRONG


def _listings(record: SanctionEntity, facts: Facts) -> Iterator[Listing]:
    """One listing for each regulation of the record, which by schema is one.

    An act that replaces every fact of an entry leaves only its own date, so the day of
    listing is the earliest one of the record: of any of its acts, or of designation.
    """
    acts = [act for _, fact in record.facts for act in fact.regulationSummary]
    for regulation in record.regulation or (Regulation(),):
        cited: list[Regulation | RegulationSummary] = [regulation, *acts]
        days = {act.publicationDate for act in cited if act.publicationDate}
        dated = sorted(day for text in sorted(days) if (day := facts.date(text)))
        designated = facts.date(record.designationDate)
        since = [*dated[:1], *([designated] if designated else [])]
        listed_on = min(since, default=None)
        yield Listing(
            publisher=PUBLISHER,
            list=LIST,
            record=record.number,
            programmes=tuple(filter(None, (regulation.programme,))),
            legal_basis=tuple(
                dict.fromkeys(a.numberTitle for a in cited if a.numberTitle)
            ),
            listed_on=listed_on,
            changed_on=tuple(day for day in dated if day != listed_on),
            ends_on=facts.date(record.delistingDate),
            reasons=record.designationDetails,
            url=next(iter(regulation.publicationUrl), ""),
        )


READER = Reader(
    publisher=PUBLISHER,
    format="EU financial sanctions XML 1.1",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
