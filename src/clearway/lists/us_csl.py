"""The US consolidated screening list: thirteen lists of three departments in one table.

The International Trade Administration joins the lists of the Departments of Commerce
(Entity List, Unverified List, Military End Users, Denied Persons), State (ITAR
debarred, nonproliferation) and the Treasury (OFAC's). Several values of a cell are
divided by "; ", countries are ISO codes, a party on several lists has a row for each
under one `_id`. The columns are described at https://developer.trade.gov.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clearway.errors import ListUnreadable
from clearway.lists.csv_rows import Record, by_column, first_rows, rows
from clearway.lists.ofac_facts import KINDS, Facts, country_code, is_identifier
from clearway.lists.ofac_remarks import name_parts
from clearway.lists.reader import Edition, File, Reader
from clearway.model import (
    Address,
    Entity,
    Identifier,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
)

PUBLISHER = "us_csl"
LIST = "csl"

COLUMNS = (
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
)
_NEEDED = ("_id", "source", "name", "alt_names", "ids")

# "Entity List (EL) - Bureau of Industry and Security", "... (NS-MBS List) - ...".
_SHORT = re.compile(r"\((?:NS-)?([A-Z]{2,6})(?: List)?\)")
# The Entity List joins its last alias by "; and".
_AND = re.compile(r"^and\s+(?=\S)")
_ALSO = re.compile(r"(?:,\s*|\s*(\())((?:a|f)\.k\.a\.),?\s+(.+?)(?(1)\)|)$")
_DIVIDER = re.compile(r";\s+|;$")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# Facts that keep the name of their column.
_KEPT = (
    "standard_order",
    "license_requirement",
    "license_policy",
    "source_list_url",
)
_VESSEL = {
    "vessel_type": "vessel_type",
    "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "gross_registered_tonnage",
}


@dataclass(frozen=True, slots=True)
class CslRow:
    """One row: a party on one list. `cells` are as published, by column name."""

    row: Record
    file: str = ""

    def __getitem__(self, column: str) -> str:
        """A cell without outer blanks."""
        return self.row.cells[column].strip()

    def each(self, column: str) -> list[str]:
        """The values of a cell that are divided by semicolons."""
        found = (value.strip() for value in _DIVIDER.split(self.row.cells[column]))
        return list(filter(None, found))

    @property
    def list(self) -> str:
        """The short code of the row's list, or its name where it has none."""
        match = _SHORT.search(self["source"])
        return match[1] if match else self["source"]

    @property
    def position(self) -> str:
        """Where the row stands, for messages."""
        return f"line {self.row.line}, {self.list} {self['_id']}"


def recognises(head: bytes, name: str) -> bool:
    """Whether the first row is the header of the screening list."""
    first = first_rows(head, 1)
    return bool(first) and {*_NEEDED} <= {*first[0]}


def edition(files: Sequence[File]) -> Edition:
    """The list; the format tells neither date nor count."""
    file = files[0]
    if not recognises(file.head(), file.name):
        raise ListUnreadable(
            file.name,
            f"line 1: lacks the header of the screening list: {', '.join(_NEEDED)}",
        )
    return Edition(PUBLISHER, LIST)


def records(files: Sequence[File]) -> Iterator[CslRow | Problem]:
    """Each row, or a Problem for one that has no id or no name."""
    file = files[0]
    for row in by_column(rows(file), file, known=COLUMNS, needed=_NEEDED):
        if isinstance(row, Problem):
            yield row
            continue
        record = CslRow(row, file.name)
        if record["_id"] and record["name"]:
            yield record
        else:
            yield Problem(
                "nameless_entry" if record["_id"] else "no_uid",
                "a row without an id or a name cannot be used",
                file.name,
                f"line {row.line}",
                " | ".join(filter(None, row.cells.values())),
            )


def entity(record: CslRow) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity of a row, and what in it could not be understood."""
    # Rows of one party repeat its facts: without the list in their source, joining the
    # rows leaves one of each.
    source = f"{PUBLISHER}/{LIST}#{record['_id']}"
    # Commerce and State do not say what a party is.
    kind = KINDS.get(record["type"].casefold(), Kind.ANY)
    facts = Facts(record.file, record.position, kind)
    if kind is Kind.ANY and record["type"]:
        facts.problem("unknown_kind", "the type of party is not known", record["type"])
        facts.detail("type", record["type"], source)
    facts.detail("title", record["title"], source)
    for text in record.each("dates_of_birth"):
        facts.birth_date(text, source)
    for text in record.each("places_of_birth"):
        facts.birth_place(text, source)
    for column, role in (
        ("nationalities", "nationality"),
        ("citizenships", "citizenship"),
    ):
        for text in record.each(column):
            facts.country(role, text, source=source)
    for text in record.each("ids"):
        _add_id(text, facts, source)
    _add_vessel(record, facts, source)
    if record["remarks"]:
        facts.remarks(record["remarks"], source)
    for column in _KEPT:
        facts.detail(column, record[column], source)
    for column, text in record.row.other:
        facts.detail(column, text, source)
    listing = _listing(record, facts, source)
    return (
        Entity(
            id=f"{PUBLISHER}-{record['_id']}",
            kind=kind,
            names=tuple(dict.fromkeys(_names(record, kind, source))),
            listings=(listing,),
            births=tuple(facts.births),
            countries=tuple(facts.countries),
            addresses=tuple(_addresses(record, source)),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def _names(record: CslRow, kind: Kind, source: str) -> Iterator[Name]:
    """The name, names inside it ("X, a.k.a. Y"), and the aliases."""
    name = record["name"]
    yield Name(name, parts=name_parts(name, kind), source=source)
    if match := _ALSO.search(name):
        yield Name(name[: match.start()], NameType.ALIAS, source=source)
        type_ = NameType.FORMER if match[2] == "f.k.a." else NameType.ALIAS
        for text in match[3].split(";"):
            yield Name(text.strip(), type_, source=source)
    for text in record.each("alt_names"):
        alias = _AND.sub("", text)
        yield Name(alias, NameType.ALIAS, parts=name_parts(alias, kind), source=source)


def _addresses(record: CslRow, source: str) -> Iterator[Address]:
    """Each address with its country, which is the code or name at its end."""
    for text in record.each("addresses"):
        last = text.rpartition(",")[2].strip()
        country = country_code(last)
        yield Address(
            text=" ".join(text.split()),
            country=country,
            country_text=last if country else "",
            source=source,
        )


def _add_id(text: str, facts: Facts, source: str) -> None:
    """Read "CO, 2014-03-26, 2004-03-26, 16351225, Passport" from both ends.

    Country, day of expiry and day of issue lead, where they are known; the heading
    stands last, and the value between may hold commas. Of one day alone the table does
    not say which of the two it is.
    """
    body, _, heading = text.rpartition(", ")
    if not body:
        facts.detail("ids", text, source)
        return
    country = ""
    days: list[str] = []
    if is_identifier(heading):
        lead, _, rest = body.partition(", ")
        if rest and _COUNTRY.fullmatch(lead):
            country, body = lead, rest
        while len(days) < 2:
            lead, _, rest = body.partition(", ")
            if not rest or not _DAY.fullmatch(lead):
                break
            days.append(lead)
            body = rest
    expires, issued = days if len(days) == 2 else ("", "")
    facts.add(
        heading,
        body,
        country=country,
        issued=issued,
        expires=expires,
        note=f"issued or expires {days[0]}" if len(days) == 1 else "",
        source=source,
    )


def _add_vessel(record: CslRow, facts: Facts, source: str) -> None:
    if sign := record["call_sign"]:
        facts.identifiers.append(
            Identifier("call_sign", sign, published_type="call_sign", source=source)
        )
    if flag := record["vessel_flag"]:
        facts.country("flag", flag, source=source)
    if owner := record["vessel_owner"]:
        facts.add("Vessel Owner", owner, source=source)
    for column, key in _VESSEL.items():
        facts.detail(key, record[column], source)


def _listing(record: CslRow, facts: Facts, source: str) -> Listing:
    """The listing of the row; what its dates cannot be read as is kept in words."""
    days: dict[str, PartialDate | None] = {}
    for column in ("start_date", "end_date"):
        days[column] = facts.date(record[column], column)
        if not days[column]:
            facts.detail(column, record[column], source)
    return Listing(
        publisher=PUBLISHER,
        list=record.list,
        record=record["entity_number"] or record["_id"],
        programmes=tuple(record.each("programs")),
        legal_basis=tuple(record.each("federal_register_notice")),
        listed_on=days["start_date"],
        ends_on=days["end_date"],
        url=record["source_information_url"],
    )


READER = Reader(
    publisher=PUBLISHER,
    format="US consolidated screening list CSV",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
