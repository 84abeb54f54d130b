"""OFAC's lists as comma-separated files: the SDN list and the non-SDN list.

A list is a set of files without headers: the parties (sdn.csv, cons_prim.csv), and
beside it their addresses (add.csv), their aliases (alt.csv) and what did not fit into
the 1,000 characters of their remarks (sdn_comments.csv). Nothing is written as "-0- ",
programmes are joined by "] [", and control-Z ends a file. No date is given anywhere.
The layout is described in OFAC's "Data specification" (dat_spec.txt).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from clearway.errors import ListUnreadable
from clearway.lists.csv_rows import Row, first_rows
from clearway.lists.ofac_csv_record import (
    COMMENTS,
    CONSOLIDATED,
    HOLDS,
    MAIN,
    NOTHING,
    SDN,
    Beside,
    SdnRow,
    cells_of,
    companions,
    missing_companions,
    party_of,
    read_companion,
)
from clearway.lists.ofac_facts import (
    KINDS,
    NON_SDN_DIRECTIVE,
    NON_SDN_MENUS,
    Facts,
    country_code,
)
from clearway.lists.ofac_marks import marks
from clearway.lists.ofac_remarks import name_parts, read_remarks
from clearway.lists.reader import Edition, File, Reader
from clearway.model import (
    Address,
    Entity,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
)

PUBLISHER = "ofac"
_LONGEST_REMARK = 1_000
_ALIAS_TYPES = {"aka": NameType.ALIAS, "fka": NameType.FORMER, "nka": NameType.ALIAS}
# Under this heading OFAC's XML publishes them.
_UNNAMED = {"nka": "n.k.a.", "": "alias of no type"}

_NON_SDN_PROGRAM = re.compile(rf"(?:.*\] \[)?(?:{marks().apart.pattern})")
_NON_SDN_REMARK = re.compile(rf".*(?:{NON_SDN_DIRECTIVE}|{NON_SDN_MENUS})", re.S)
_ENOUGH = 50

__all__ = ["READER", "companions", "edition", "entity", "recognises", "records"]


def recognises(head: bytes, name: str) -> bool:
    """Whether this is a file of OFAC's set; `edition` refuses all but the main one."""
    first = first_rows(head, 1)
    if not first or len(first[0]) not in (MAIN, *HOLDS):
        return False
    cells = first[0]
    if not cells[0].isdecimal():
        return False
    if len(cells) == COMMENTS:
        return "comments" in name.casefold()
    return NOTHING in cells


def edition(files: Sequence[File]) -> Edition:
    """Which of the two lists this is; the format tells neither date nor count."""
    file = files[0]
    head = first_rows(file.head(), _ENOUGH)
    width = len(head[0]) if head else 0
    if width in HOLDS and head[0][0].isdecimal():
        raise ListUnreadable(
            file.name,
            f"holds the {HOLDS[width].removeprefix('the ')} of OFAC's CSV files; give "
            "sdn.csv or cons_prim.csv, which names the parties, and leave it beside it",
        )
    if not recognises(file.head(), file.name):
        raise ListUnreadable(
            file.name,
            f"line 1: is not a row of OFAC's sdn.csv, which has {MAIN} cells and "
            "begins with a number",
        )
    return Edition(PUBLISHER, _list_of(head, file.name))


def _list_of(head: Iterable[Sequence[str]], name: str) -> str:
    """The list whose parties stand at the head of the file; its name if that ties."""
    balance = sum(
        1 if _NON_SDN_PROGRAM.match(row[3]) or _NON_SDN_REMARK.match(row[11]) else -1
        for row in head
        if len(row) >= MAIN
    )
    if balance:
        return CONSOLIDATED if balance > 0 else SDN
    return CONSOLIDATED if "cons" in name.casefold() else SDN


def records(files: Sequence[File]) -> Iterator[SdnRow | Problem]:
    """Each party with its addresses, aliases and whole remarks.

    A Problem for each companion that is missing, for each row that cannot be used, and
    for rows of companions about a party that is not in the main file.
    """
    file = files[0]
    list_ = edition(files).list
    beside = Beside()
    for companion in files[1:]:
        yield from read_companion(companion, beside)
    if missing := [width for width in HOLDS if width not in beside.found]:
        yield missing_companions(file, list_, missing)
    seen: set[str] = set()
    for row in cells_of(file, MAIN):
        if isinstance(row, Problem):
            yield row
            continue
        if fault := _unusable(row, seen, file):
            yield fault
            continue
        record = party_of(row, list_, file, beside)
        seen.add(record.Ent_num)
        yield record
        if len(record.Remarks) >= _LONGEST_REMARK and not record.Remarks_continued:
            yield Problem(
                "cut_remark",
                "the remark ends at 1,000 characters and the comments file does not "
                "continue it; aliases and numbers may be missing",
                file.name,
                _position(record),
                record.Remarks[-100:],
            )
    for number in sorted(beside.numbers() - seen, key=_as_number):
        name, line = beside.where[number]
        yield Problem(
            "unknown_party",
            f"has a party that is not in {file.name}; the files are not of one day",
            name,
            f"line {line}",
            number,
        )


def _as_number(text: str) -> tuple[int, str]:
    return (int(text) if text.isdecimal() else 0, text)


def _unusable(row: Row, seen: set[str], file: File) -> Problem | None:
    number, name = row.cells[:2]
    if not number.isdecimal():
        code, message = "no_uid", "a row without a number cannot be used; ask OFAC"
    elif not name:
        code, message = "nameless_entry", "a party without a name cannot be used"
    elif number in seen:
        code, message = "same_uid", "the number was given to a party before"
    else:
        return None
    text = " | ".join(filter(None, row.cells))
    return Problem(code, message, file.name, f"line {row.line}", text)


def _position(record: SdnRow) -> str:
    return f"line {record.line}, ent_num {record.Ent_num}"


def entity(record: SdnRow) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity a row names, and what in it could not be understood."""
    source = f"{PUBLISHER}/{record.list}#{record.Ent_num}"
    # The files leave the type empty where OFAC's XML says "Entity".
    kind = KINDS.get(record.SDN_Type.casefold() or "entity", Kind.ANY)
    facts = Facts(record.file, _position(record), kind)
    if kind is Kind.ANY:
        facts.problem("unknown_kind", "the type of party is not known", record.SDN_Type)
        facts.detail("SDN_Type", record.SDN_Type, source)
    facts.detail("title", record.Title, source)
    for heading, value in _vessel(record):
        if value:
            facts.add(heading, value, source=source)
    names = [
        Name(record.SDN_Name, parts=name_parts(record.SDN_Name, kind), source=source)
    ]
    names += _aliases(record, facts, source)
    if record.whole_remarks:
        names += read_remarks(record.whole_remarks, facts, source)
    for cell in record.surplus:
        facts.detail("surplus cell", cell, source)
    return (
        Entity(
            id=f"{PUBLISHER}-{record.Ent_num}",
            kind=kind,
            names=tuple(names),
            listings=(_listing(record, facts),),
            births=tuple(facts.births),
            countries=tuple(facts.countries),
            addresses=tuple(_addresses(record, facts, source)),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def _vessel(record: SdnRow) -> tuple[tuple[str, str], ...]:
    return (
        ("Vessel Call Sign", record.Call_Sign),
        ("Vessel Type", record.Vess_type),
        ("Vessel Flag", record.Vess_flag),
        ("Vessel Owner", record.Vess_owner),
        ("Vessel Tonnage", record.Tonnage),
        ("Vessel Gross Registered Tonnage", record.GRT),
    )


def _listing(record: SdnRow, facts: Facts) -> Listing:
    programmes = record.Program.split("] [") if record.Program else ()
    return Listing(
        publisher=PUBLISHER,
        list=record.list,
        record=record.Ent_num,
        programmes=tuple(programmes),
        listed_on=_listed_on(record, facts, len(programmes)),
    )


def _listed_on(record: SdnRow, facts: Facts, programmes: int) -> PartialDate | None:
    """The day the remarks give; under several programmes it is not known which's."""
    if record.list != CONSOLIDATED or programmes != 1:
        return None
    days = []
    for detail in facts.details:
        if detail.key.startswith("Listing Date"):
            try:
                days.append(PartialDate.parse(detail.value))
            except ValueError:
                return None
    return min(days, default=None)


def _aliases(record: SdnRow, facts: Facts, source: str) -> Iterator[Name]:
    for alias in record.aliases:
        where = f"{source}/alt-{alias.Alt_num}"
        facts.detail("alias remark", alias.Alt_Remarks, where)
        if not alias.Alt_name:
            facts.problem("empty_value", "an alias without a name was left out", where)
            continue
        type_ = _ALIAS_TYPES.get(alias.Alt_type.strip().casefold())
        if type_ is None or alias.Alt_type == "nka":
            heading = _UNNAMED.get(alias.Alt_type, alias.Alt_type)
            facts.detail(heading, alias.Alt_name, where)
        yield Name(
            text=alias.Alt_name,
            type=type_ or NameType.ALIAS,
            parts=name_parts(alias.Alt_name, facts.kind),
            source=where,
        )


def _addresses(record: SdnRow, facts: Facts, source: str) -> Iterator[Address]:
    """Addresses that say something; OFAC gives every party a row, empty or not."""
    for row in record.addresses:
        pieces = (row.Address, row.City_State_Province_Postal_Code, row.Country)
        text = ", ".join(filter(None, pieces))
        if not text and not row.Add_remarks:
            continue
        yield Address(
            text=text,
            street=row.Address,
            city=row.City_State_Province_Postal_Code,
            country=country_code(row.Country),
            country_text=row.Country,
            note=row.Add_remarks,
            source=f"{source}/add-{row.Add_num}",
        )


READER = Reader(
    publisher=PUBLISHER,
    format="OFAC CSV",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
