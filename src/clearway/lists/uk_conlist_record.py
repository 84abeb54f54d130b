"""The rows of the UK's consolidated list (ConList.csv), gathered by group.

One row is one name at one address, so a party has as many rows as names times
addresses. Rows of one Group ID need not follow each other: of the 4,686 groups of
10 April 2025 the rows of 1,664 are scattered, because the file is sorted by surname.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clearway.errors import ListUnreadable
from clearway.lists.csv_rows import Record, Row, by_column, first_rows, rows
from clearway.lists.reader import File
from clearway.model import PartialDate, Problem

COLUMNS = (
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Title",
    "Name Non-Latin Script",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Passport Number",
    "Passport Details",
    "National Identification Number",
    "National Identification Details",
    "Position",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Regime",
    "Listed On",
    "UK Sanctions List Date Designated",
    "Last Updated",
    "Group ID",
)
_NEEDED = ("Name 6", "Name 1", "Group Type", "Alias Type", "Group ID")
_DATED = "Last Updated"


@dataclass(frozen=True, slots=True)
class Group:
    """All rows of one Group ID, in the order of the file.

    Each row maps the publisher's column names to cells as published; `file` says where
    it was read.
    """

    group_id: str
    rows: tuple[Record, ...]
    file: str = ""

    def values(self, column: str) -> tuple[str, ...]:
        """The different cells of a column, without outer blanks, without empty ones."""
        cells = (row.cells[column].strip() for row in self.rows)
        return tuple(dict.fromkeys(filter(None, cells)))


def is_conlist(head: bytes) -> bool:
    """Whether the header of a ConList stands in one of the first two rows."""
    return any({*_NEEDED} <= {*row} for row in first_rows(head, 2))


def published_on(file: File) -> date | None:
    """The day in the first row, "Last Updated,10/04/2025"; None without such a row."""
    first = first_rows(file.head(), 1)
    if not first or first[0][0] != _DATED:
        return None
    text = first[0][1] if len(first[0]) > 1 else ""
    try:
        day = PartialDate.parse(text)
    except ValueError:
        day = None
    if day is None or not day.exact:
        raise ListUnreadable(
            file.name, f"line 1: not the day on which the list was updated: {text!r}"
        )
    return day.earliest


def groups(file: File) -> Iterator[Group | Problem]:
    """Each group once the file is read, and a Problem for a row that has no group."""
    found: dict[str, list[Record]] = {}
    for record in by_column(_table(file), file, known=COLUMNS, needed=_NEEDED):
        if isinstance(record, Problem):
            yield record
            continue
        group_id = record.cells["Group ID"].strip()
        if group_id.isdecimal():
            found.setdefault(group_id, []).append(record)
        else:
            yield Problem(
                "no_group_id",
                "a row without a group number belongs to no party and was left out",
                file.name,
                f"line {record.line}",
                " | ".join(filter(None, record.cells.values())),
            )
    for group_id, members in found.items():
        yield Group(group_id, tuple(members), file.name)


def _table(file: File) -> Iterator[Row | Problem]:
    """The rows from the header on."""
    found: Iterator[Row | Problem] = rows(file)
    for number, row in enumerate(found):
        dated = number == 0 and isinstance(row, Row) and row.cells[0].strip() == _DATED
        if not dated:
            yield row


def position(group: Group) -> str:
    """Where a group stands, for messages."""
    return f"line {group.rows[0].line}, group {group.group_id}"


def names_of(row: Record) -> Sequence[tuple[str, str]]:
    """The pieces of a row's name with their columns, 1 to 5 before 6."""
    order = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
    told = ((column, row.cells[column].strip()) for column in order)
    return [(column, text) for column, text in told if text]
