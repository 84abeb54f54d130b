"""One kept version of one list: what it is, whence, of which day, and what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from clearway.lists.census import Census
from clearway.lists.guards import Snapshot

PUBLISHER, USER, RETRIEVAL = "publisher", "user", "retrieval"
"""Who dated a version: its own file, the person who added it, or its arrival."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One of the publisher's files, kept under the checksum of its bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Version:
    """One edition of one list as the store keeps it; never changed, only superseded.

    `published` is the day of the edition and `published_by` says who gave it
    (publisher, user, retrieval). `retrieved` is in UTC. `sha256` is the checksum of
    the file, or of the checksums of a set of files. `origin` is the address or file
    name it came from, `read_with` the clearway version that read it. `checked` is the
    last time the publisher itself said that this is its newest. `history` versions
    answer only for their own day. `accepted` are the guards' objections that a person
    overruled.
    """

    publisher: str
    list: str
    published: date
    published_by: str
    retrieved: datetime
    sha256: str
    format: str
    files: tuple[StoredFile, ...]
    entities_sha256: str
    problems_sha256: str
    problems: int
    census: Census
    origin: str = ""
    read_with: str = ""
    history: bool = False
    checked: datetime | None = None
    accepted: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A short name for messages and folders: `ofac/sdn@2024-05-07#1a2b3c4d5e6f`."""
        return f"{self.publisher}/{self.list}@{self.published}#{self.sha256[:12]}"

    @property
    def entities(self) -> int:
        """The number of entries, as their publisher counts them.

        The EU list of 2024-05-13 has 4,811, of which three pairs name the same party
        under the same number; they are 4,808 distinct entities.
        """
        return self.census.records

    @property
    def distinct(self) -> int:
        """The number of distinct entities, entries of one party joined."""
        return self.census.entities

    @property
    def names(self) -> int:
        """The number of names of all its entities."""
        return self.census.names

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(file.size for file in self.files)

    def confirmed(self, now: datetime) -> "Version":
        """This version, known to be its publisher's newest at that moment."""
        return replace(self, checked=now.astimezone(UTC))

    @property
    def snapshot(self) -> Snapshot:
        """What the guards see of it."""
        return Snapshot(
            self.publisher,
            self.list,
            self.published,
            self.sha256,
            self.census,
            dated_by_arrival=self.published_by == RETRIEVAL,
        )

    def to_dict(self) -> dict[str, Any]:
        """The version as plain values, in a stable order."""
        return {
            "publisher": self.publisher,
            "list": self.list,
            "published": self.published.isoformat(),
            "published_by": self.published_by,
            "retrieved": instant(self.retrieved),
            "sha256": self.sha256,
            "format": self.format,
            "files": [[file.name, file.sha256, file.size] for file in self.files],
            "entities_sha256": self.entities_sha256,
            "problems_sha256": self.problems_sha256,
            "problems": self.problems,
            "census": self.census.to_dict(),
            "origin": self.origin,
            "read_with": self.read_with,
            "history": self.history,
            "checked": instant(self.checked) if self.checked else None,
            "accepted": list(self.accepted),
        }

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> "Version":
        """The version that `to_dict` wrote."""
        values = dict(row)
        values["published"] = date.fromisoformat(row["published"])
        values["retrieved"] = datetime.fromisoformat(row["retrieved"])
        values["files"] = tuple(StoredFile(*file) for file in row["files"])
        values["census"] = Census.from_dict(row["census"])
        values["accepted"] = tuple(row["accepted"])
        if row["checked"]:
            values["checked"] = datetime.fromisoformat(row["checked"])
        return cls(**values)


def instant(moment: datetime) -> str:
    """A moment in UTC, to the second, as it is written everywhere."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
