"""The starter list: some real entries of the China-Russia corridor of May 2024.

It ships with the package so that a first answer needs no network, and covers about one
listed party in two hundred: good to try the program with, never to rely on. Built by
`tools/build_starter.py` from `resources/starter.toml`, where each fact is cited.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any, BinaryIO

from clearway.errors import ListUnreadable
from clearway.lists.reader import Edition, File, Reader
from clearway.model import Entity, Problem
from clearway.model.codec import from_dict

PUBLISHER = "starter"
_FILE = "starter.jsonl"


def file() -> File:
    """The list as it ships with the package."""
    return File(_FILE, _opened)


def _opened() -> BinaryIO:
    data = resources.files("clearway.lists") / "data" / _FILE
    return io.BytesIO(data.read_bytes())


def edition(files: Sequence[File] = ()) -> Edition:
    """Name, day and size of the list: that of the package, or of a file given.

    The day is that of the newest official list it draws on.
    """
    one = files[0] if files else file()
    with one.open() as stream:
        try:
            head = json.loads(stream.readline())
            return Edition(
                PUBLISHER,
                head["starter"],
                date.fromisoformat(head["published"]),
                head["entities"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ListUnreadable(one.name, "line 1: is not a starter list") from error


def entities() -> Iterator[Entity]:
    """Each entity, sorted by id.

    Its listings are the official ones (ofac, eu, un): they say who listed it, the
    starter list only where it was read.
    """
    for record in records((file(),)):
        yield entity(record)[0]


def recognises(head: bytes, name: str) -> bool:
    """Whether this is a starter list."""
    return head.startswith(b'{"starter":')


def records(files: Sequence[File]) -> Iterator[Mapping[str, Any]]:
    """Each line after the first, decoded."""
    with files[0].open() as stream:
        next(stream)
        for number, line in enumerate(stream, 2):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ListUnreadable(
                    files[0].name, f"line {number}: is not JSON: {error}"
                ) from error


def entity(record: Mapping[str, Any]) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity a line holds; nothing in it is left to be understood."""
    return from_dict(record), ()


READER = Reader(
    publisher=PUBLISHER,
    format="starter list",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
