"""What a reading becomes on its way into the store. Pure: no file is touched here."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from clearway.lists.blobs import Draft
from clearway.lists.catalogue import Catalogue, Refusal
from clearway.lists.reading import Reading
from clearway.lists.version import PUBLISHER, RETRIEVAL, USER, StoredFile, Version
from clearway.version import __version__

ANSWERS, FILED, UNCHANGED = "live", "history", "unchanged"
"""What publishing can come to."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A version whose files are in place but which answers nothing yet.

    `known` is the kept version of the same content, if there is one: publishing it
    again changes nothing, unless it was read or dated differently.
    """

    version: Version
    arrived: datetime
    known: Version | None
    notes: tuple[str, ...]
    draft: Draft = field(repr=False)

    @property
    def file(self) -> str:
        """The name of the file it came from, for messages."""
        return self.version.files[0].name

    @property
    def adds_nothing(self) -> bool:
        """Whether the same content is kept already, read and dated alike."""
        return self.known is not None and _alike(self.known, self.version)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to (live, history, unchanged), and a sentence about it."""

    version: Version
    outcome: str
    sentence: str


def version_of(
    reading: Reading,
    *,
    entities_sha256: str,
    problems_sha256: str,
    arrived: datetime,
    published: date | None,
    origin: str,
    from_publisher: bool,
    known: Version | None,
) -> tuple[Version, tuple[str, ...]]:
    """The version a reading makes, and notes on how it was dated."""
    day, dated_by, notes = _dated(reading, published, arrived, known)
    version = Version(
        publisher=reading.edition.publisher,
        list=reading.edition.list,
        published=day,
        published_by=dated_by,
        retrieved=known.retrieved if known else arrived,
        sha256=reading.sha256,
        format=reading.format,
        files=tuple(
            StoredFile(source.file.name, source.sha256, source.size)
            for source in reading.sources
        ),
        entities_sha256=entities_sha256,
        problems_sha256=problems_sha256,
        problems=len(reading.problems),
        census=reading.census,
        origin=origin or reading.sources[0].file.name,
        read_with=__version__,
        checked=arrived if from_publisher else None,
    )
    return version, notes


def _dated(
    reading: Reading, given: date | None, arrived: datetime, known: Version | None
) -> tuple[date, str, tuple[str, ...]]:
    """The day of the edition and who says so: its file, the user, or its arrival."""
    own = reading.edition.published
    if own is not None:
        if given is not None and given != own:
            return own, PUBLISHER, (f"the file dates itself {own}, not {given}",)
        return own, PUBLISHER, ()
    if given is not None:
        return given, USER, ()
    if known is not None:  # the same bytes are not younger for having come again
        return known.published, known.published_by, ()
    day = arrived.astimezone(UTC).date()
    return (
        day,
        RETRIEVAL,
        (
            f"the file carries no date and is taken as published on {day}, the day it "
            "was retrieved; --published DATE dates it otherwise",
        ),
    )


def held_against(
    staged: Staged, catalogue: Catalogue, *, history: bool
) -> Version | None:
    """The kept version that a staged one has to stand comparison with.

    Content that is kept already is held against itself, so that a changed reader
    which finds less in it is noticed; else it is the version in use.
    """
    if staged.known is not None and (history or not staged.known.history):
        return staged.known
    return _in_use(catalogue, staged.version)


def _in_use(catalogue: Catalogue, version: Version) -> Version | None:
    for held in catalogue.current():
        if (held.publisher, held.list) == (version.publisher, version.list):
            return held
    return None


def published_as(
    staged: Staged, *, history: bool, accepted: tuple[str, ...], catalogue: Catalogue
) -> Published:
    """The version as it enters the catalogue, and what to say of it."""
    known, version = staged.known, staged.version
    filed = history and (known is None or known.history)
    if known is not None and _alike(known, version) and known.history == filed:
        kept = replace(known, checked=version.checked or known.checked)
        return Published(
            kept,
            UNCHANGED,
            f"{kept.id} is kept already, retrieved {kept.retrieved.date()}; "
            "nothing changed",
        )
    version = replace(version, history=filed, accepted=accepted)
    if filed:
        return Published(
            version, FILED, f"{version.id} answers for its own day, not for today"
        )
    held = _in_use(catalogue, version)
    if held is not None and held.published > version.published:
        return Published(
            version,
            FILED,
            f"{version.id} is read anew; the version of {held.published} stays in use",
        )
    instead = ""
    if held is not None and held.sha256 != version.sha256:
        instead = f" instead of the version of {held.published}"
    return Published(version, ANSWERS, f"{version.id} answers now{instead}")


def refusal_of(
    staged: Staged, expected: tuple[str, str] | None, reasons: tuple[str, ...]
) -> Refusal:
    """The refusal to remember, under the list that was to be brought up to date."""
    version = staged.version
    publisher, name = expected or (version.publisher, version.list)
    return Refusal(
        publisher,
        name,
        staged.arrived,
        staged.file,
        reasons,
        published=version.published.isoformat(),
    )


def _alike(known: Version, version: Version) -> bool:
    return (
        known.entities_sha256 == version.entities_sha256
        and known.problems_sha256 == version.problems_sha256
        and known.published == version.published
    )
