"""What a reader of a publisher's format is, and the file it reads."""

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from clearway.model import Entity, Problem

HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read, wherever its bytes are; `name` is for messages and hints."""

    name: str
    opener: Callable[[], BinaryIO]

    @classmethod
    def at(cls, path: Path) -> "File":
        """The file at a path; a .gz is read as what it holds."""
        if path.suffix == ".gz":
            return cls(path.stem, lambda: _gunzip(path))
        return cls(path.name, lambda: path.open("rb"))

    @classmethod
    def of(cls, data: bytes, name: str = "test") -> "File":
        """Bytes at hand, as a file."""
        return cls(name, lambda: io.BytesIO(data))

    def open(self) -> BinaryIO:
        """The bytes, from the start."""
        return self.opener()

    def head(self) -> bytes:
        """The first 64 KiB, to tell formats apart."""
        with self.open() as file:
            return file.read(HEAD_BYTES)


def _gunzip(path: Path) -> BinaryIO:
    return gzip.open(path, "rb")  # type: ignore[return-value]  # GzipFile reads alike


@dataclass(frozen=True, slots=True)
class Edition:
    """What a file says of itself.

    `list` is the publisher's list it holds, `published` its date (None where the
    format carries none), `declared` the number of entries it says it has.
    """

    publisher: str
    list: str
    published: date | None = None
    declared: int | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One publisher's format, told apart by content.

    `recognises(head, name)` sees the first 64 KiB; `edition(files)` raises
    ListUnreadable if the file is not what it seemed; `records(files)` yields the
    publisher's records one by one, and a Problem for each piece it cannot read (for an
    XML document that ends early or is not well formed it yields what it read and then
    raises ListUnreadable with line and column); `entity(record)` maps one record and
    returns what it could not understand beside it. `files[0]` is the file itself,
    further ones are its companions (OFAC's add.csv, alt.csv, ...).
    """

    publisher: str
    format: str
    recognises: Callable[[bytes, str], bool]
    edition: Callable[[Sequence[File]], Edition]
    records: Callable[[Sequence[File]], Iterator[Any]]
    entity: Callable[[Any], tuple[Entity, tuple[Problem, ...]]]
