"""The Denied Persons List of the US Bureau of Industry and Security, dpl.txt.

A table divided by tabs, one row a denied person at one address. BIS gives no numbers,
so an id is made of name and address; the dates are left out of it, because a temporary
denial order is renewed every 180 days and is still the same order against the same
person. Rows that agree in both (three pairs in the file of June 2019) are one entity.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from clearway.errors import ListUnreadable
from clearway.lists.csv_rows import Record, by_column, first_rows, rows
from clearway.lists.reader import Edition, File, Reader
from clearway.model import (
    Address,
    Detail,
    Entity,
    Kind,
    Listing,
    Name,
    PartialDate,
    Problem,
)
from clearway.names import countries

PUBLISHER = "bis"
LIST = "dpl"

COLUMNS = (
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
)
_NEEDED = ("Name", "Street_Address", "Effective_Date", "Standard_Order", "FR_Citation")
_SAME_PERSON = COLUMNS[:6]
_KEPT = ("Standard_Order", "Action")
_TAB = "\t"


@dataclass(frozen=True, slots=True)
class DplRow:
    """One row: a denied person. `cells` are as published, by column name."""

    row: Record
    file: str = ""

    def __getitem__(self, column: str) -> str:
        """A cell without outer blanks."""
        return self.row.cells[column].strip()

    @property
    def key(self) -> str:
        """A number for the person at the address, the same in every edition."""
        told = (" ".join(self[column].split()).casefold() for column in _SAME_PERSON)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


@dataclass(slots=True)
class _Reading:
    """What is gathered while a row is read."""

    record: DplRow
    source: str
    details: list[Detail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def detail(self, column: str, text: str) -> None:
        if text:
            self.details.append(Detail(column, text, self.source))

    def date(self, column: str) -> PartialDate | None:
        """The date, month first as is usual in America; else a problem and its text."""
        text = self.record[column]
        if not text:
            return None
        try:
            return PartialDate.parse(text, day_first=False)
        except ValueError:
            self.detail(column, text)
            message = f"{column}: not a date that can be read; it is kept as text only"
            where = f"line {self.record.row.line}"
            self.problems.append(
                Problem("bad_date", message, self.record.file, where, text)
            )
            return None


def recognises(head: bytes, name: str) -> bool:
    """Whether the first row is the header of dpl.txt."""
    first = first_rows(head, 1, delimiter=_TAB)
    return bool(first) and {*_NEEDED} <= {*first[0]}


def edition(files: Sequence[File]) -> Edition:
    """The list; the format tells neither date nor count."""
    file = files[0]
    if not recognises(file.head(), file.name):
        raise ListUnreadable(
            file.name,
            f"line 1: lacks the header of BIS's dpl.txt: {', '.join(_NEEDED)}",
        )
    return Edition(PUBLISHER, LIST)


def records(files: Sequence[File]) -> Iterator[DplRow | Problem]:
    """Each row, or a Problem for one without a name."""
    file = files[0]
    table = rows(file, delimiter=_TAB)
    # BIS does not end the last row.
    for row in by_column(table, file, known=COLUMNS, needed=_NEEDED, line_end=False):
        if isinstance(row, Problem) or row.cells["Name"].strip():
            yield row if isinstance(row, Problem) else DplRow(row, file.name)
            continue
        yield Problem(
            "nameless_entry",
            "a row without a name cannot be used; ask BIS",
            file.name,
            f"line {row.line}",
            " | ".join(filter(None, row.cells.values())),
        )


def entity(record: DplRow) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity of a row, and what in it could not be understood.

    BIS does not say whether a denied person is a natural one.
    """
    source = f"{PUBLISHER}/{LIST}#{record.key}"
    reading = _Reading(record, source)
    updated = reading.date("Last_Update")
    citation = record["FR_Citation"]
    listing = Listing(
        publisher=PUBLISHER,
        list=LIST,
        record=record.key,
        legal_basis=(citation,) if citation else (),
        listed_on=reading.date("Effective_Date"),
        ends_on=reading.date("Expiration_Date"),
        changed_on=(updated,) if updated else (),
    )
    for column in _KEPT:
        reading.detail(column, record[column])
    for column, text in record.row.other:
        reading.detail(column, text)
    return (
        Entity(
            id=f"{PUBLISHER}-{record.key}",
            kind=Kind.ANY,
            names=(Name(record["Name"], source=source),),
            listings=(listing,),
            addresses=tuple(_addresses(record, source)),
            details=tuple(reading.details),
        ),
        tuple(reading.problems),
    )


def _addresses(record: DplRow, source: str) -> Iterator[Address]:
    """The address, on one line as BIS's columns follow each other by use in letters."""
    order = ("Street_Address", "City", "State", "Postal_Code", "Country")
    text = ", ".join(filter(None, (record[column] for column in order)))
    if text:
        yield Address(
            text=" ".join(text.split()),
            street=record["Street_Address"],
            city=record["City"],
            region=record["State"],
            postal_code=record["Postal_Code"],
            country=countries.code(record["Country"]),
            country_text=record["Country"],
            source=source,
        )


READER = Reader(
    publisher=PUBLISHER,
    format="BIS denied persons, divided by tabs",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
