"""A small publisher, "fake", whose lists can be written down in a test.

    FAKE roll 2024-05-07 2
    1|person|LENIN, Vladimir;ULYANOV, V.;~Old Man|1870-04-22|ru|passport:12
    2|vessel|AURORA

The head gives list, date and number of entries, `-` where it gives none; `~` marks a
weak alias; a line of `?` is one that cannot be read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from clearway.errors import ListUnreadable
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.reading import Reading, read
from clearway.model import (
    Birth,
    Country,
    Entity,
    Identifier,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
    Quality,
)


@dataclass(frozen=True)
class _Line:
    list: str
    number: int
    fields: tuple[str, ...]


def _recognises(head: bytes, name: str) -> bool:
    return head.startswith(b"FAKE ")


def _edition(files: Sequence[File]) -> Edition:
    with files[0].open() as file:
        words = file.readline().decode().split()
    published = None if words[2] == "-" else date.fromisoformat(words[2])
    declared = None if words[3] == "-" else int(words[3])
    return Edition("fake", words[1], published, declared)


def _records(files: Sequence[File]) -> Iterator[_Line | Problem]:
    name = _edition(files).list
    with files[0].open() as file:
        for number, line in enumerate(file.read().decode().splitlines()[1:], 2):
            if line.startswith("!"):
                raise ListUnreadable(files[0].name, f"line {number}: broken off")
            if line.startswith("?"):
                yield Problem("bad_line", "unreadable", files[0].name, f"line {number}")
            elif line:
                yield _Line(name, number, tuple(line.split("|")))


def _entity(record: _Line) -> tuple[Entity, tuple[Problem, ...]]:
    number, kind, names, birth, country, identifier = (*record.fields, "", "", "")[:6]
    problems: tuple[Problem, ...] = ()
    births: tuple[Birth, ...] = ()
    try:
        births = (Birth(date=PartialDate.parse(birth)),) if birth else ()
    except ValueError as error:
        problems = (Problem("bad_date", str(error), position=f"line {record.number}"),)
    kind_of, _, value = identifier.partition(":")
    return (
        Entity(
            id=f"fake-{number}",
            kind=Kind(kind),
            names=tuple(_names(names, f"fake/{record.list}#{record.number}")),
            listings=(Listing("fake", record.list, number),),
            births=births,
            countries=(Country(country, "nationality"),) if country else (),
            identifiers=(Identifier(kind_of, value),) if value else (),
        ),
        problems,
    )


def _names(text: str, source: str) -> Iterator[Name]:
    for place, name in enumerate(filter(None, text.split(";"))):
        yield Name(
            name.removeprefix("~"),
            type=NameType.ALIAS if place else NameType.PRIMARY,
            quality=Quality.WEAK if name.startswith("~") else Quality.STRONG,
            source=source,
        )


FAKE = Reader("fake", "fake lines", _recognises, _edition, _records, _entity)

ReadingOf = Callable[..., Reading]


@pytest.fixture(scope="session")
def fake_reader() -> Reader:
    """The reader of the fake publisher's only format."""
    return FAKE


@pytest.fixture(scope="session")
def reading_of() -> ReadingOf:
    """Read a list of the fake publisher from its text."""

    def reading(text: str, name: str = "roll.txt") -> Reading:
        return read(FAKE, (File.of(text.encode(), name),))

    return reading


@pytest.fixture
def noon() -> datetime:
    """The moment at which things arrive in these tests: the day of the news report."""
    return datetime(2024, 5, 16, 12, 0, tzinfo=UTC)
