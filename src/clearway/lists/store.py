"""Every version of every list, kept; one catalogue says which of them answer.

A version is first staged: its files are written but answer nothing. Then the guards
are asked, and the caller runs proofs of its own. Then it is published: the catalogue is
replaced in one step, for several lists at once if need be. A crash at any point leaves
the catalogue as it was; what lies about is swept by the next write.

    lists/catalogue          which versions are kept, what was refused last
    lists/blobs/ab/abcd...   publishers' files (.gz), entities and problems (.jsonl)
    lists/staging/           what is being written
    lists/downloads/         what was fetched last, with its publishers' marks
    lists/lock               held while the catalogue changes
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from clearway.errors import ListRefused, ListUnreadable, StoreError, UsageError
from clearway.lists import status
from clearway.lists.blobs import ENTITIES, PROBLEMS, Blobs
from clearway.lists.catalogue import Catalogue, Refusal
from clearway.lists.guards import Judgement, judge
from clearway.lists.intake import (
    FILED,
    Published,
    Staged,
    held_against,
    published_as,
    refusal_of,
    version_of,
)
from clearway.lists.lock import locked
from clearway.lists.overlap import Overlap, overlap
from clearway.lists.publishers import Directory
from clearway.lists.publishers import directory as shipped_directory
from clearway.lists.reader import File
from clearway.lists.reading import Reading, entity_in
from clearway.lists.version import Version
from clearway.model import Entity, Problem
from clearway.version import __version__


class Store:
    """The kept lists in one home folder. Reading takes no lock and writes nothing."""

    def __init__(
        self,
        home: Path,
        *,
        directory: Directory | None = None,
        lock_patience: float = 30.0,
    ) -> None:
        self.folder = home / "lists"
        self._given_directory = directory
        self._patience = lock_patience
        self._blobs = Blobs(self.folder)
        self._catalogue_path = self.folder / "catalogue"
        self._cached: tuple[object, Catalogue] = (None, Catalogue())
        self._overlaps: dict[tuple[str, str], Overlap] = {}

    @property
    def directory(self) -> Directory:
        """Who publishes what, and in which rhythm."""
        return self._given_directory or shipped_directory()

    @property
    def downloads(self) -> Path:
        """Where fetched files and their marks lie, for `clearway.lists.fetch`."""
        return self.folder / "downloads"

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as it is now; read again only when it was replaced."""
        try:
            found = self._catalogue_path.stat()
            sign = (found.st_ino, found.st_mtime_ns, found.st_size)
        except OSError:
            sign = None
        if sign is None or sign != self._cached[0]:
            self._cached = (sign, Catalogue.load(self._catalogue_path))
        return self._cached[1]

    def versions(
        self, publisher: str | None = None, list: str | None = None
    ) -> tuple[Version, ...]:
        """All kept versions, sorted by publisher, list and day of publication."""
        return self.catalogue.versions(publisher, list)

    def current(self, as_of: date | None = None) -> tuple[Version, ...]:
        """The version of each list that answers for a day; None is the newest.

        Versions filed as history answer only where a day is given.
        """
        return self.catalogue.current(as_of)

    def entities(self, version: Version) -> Iterator[Entity]:
        """The entities of a version, sorted by id, one at a time."""
        with _opened(self.entities_path(version), version) as file:
            for line in file:
                yield entity_in(line)

    def entities_path(self, version: Version) -> Path:
        """The file of its entities: a line of JSON each, sorted by id."""
        return self._blobs.path(f"{version.entities_sha256}.{ENTITIES}")

    def problems(self, version: Version) -> tuple[Problem, ...]:
        """What could not be read or understood in this version."""
        path = self._blobs.path(f"{version.problems_sha256}.{PROBLEMS}")
        with _opened(path, version) as file:
            return tuple(Problem(**json.loads(line)) for line in file)

    def files(self, version: Version) -> tuple[File, ...]:
        """The publisher's own files, byte for byte."""
        return tuple(
            File(file.name, File.at(self._blobs.path(f"{file.sha256}.gz")).opener)
            for file in version.files
        )

    def is_stale(self, version: Version, day: date) -> bool:
        """Whether on that day the version is older than its publisher's rhythm."""
        return status.is_stale(version, day, self.directory)

    def status(self, day: date) -> list[dict[str, Any]]:
        """What answers on that day: a row for each list, as plain values, sorted."""
        return status.status(self.catalogue, day, self.directory)

    def refusals(self) -> tuple[Refusal, ...]:
        """The last refusal of each list that has had no good update since."""
        return self.catalogue.refusals()

    def stage(
        self,
        reading: Reading,
        *,
        retrieved: datetime,
        published: date | None = None,
        origin: str = "",
        from_publisher: bool = False,
    ) -> Staged:
        """Write a reading's files, without letting them answer anything.

        `retrieved` is the moment of arrival, with its time zone; `published` dates a
        file that carries no date; `origin` is the address or path it came from;
        `from_publisher` says that its publisher gave it as the newest just now.
        Every staged version is to be published or discarded.
        """
        if retrieved.tzinfo is None:
            raise UsageError("the moment of retrieval needs a time zone")
        edition = reading.edition
        if not edition.list.isprintable():
            name = reading.sources[0].file.name
            raise ListUnreadable(name, f"{edition.list!r} is not a name for a list")
        with self._writing():
            kept = Catalogue.load(self._catalogue_path)
            self._blobs.sweep(kept.blobs())
            draft = self._blobs.draft()
        try:
            entities, problems = draft.write(reading)
            with self._writing():
                self._blobs.settle(draft)
                catalogue = Catalogue.load(self._catalogue_path)
        except OSError as error:
            draft.release()
            raise self._unwritable(error) from error
        except BaseException:
            draft.release()
            raise
        arrived = retrieved.astimezone(UTC)
        known = catalogue.find(edition.publisher, edition.list, reading.sha256)
        version, notes = version_of(
            reading,
            entities_sha256=entities,
            problems_sha256=problems,
            arrived=arrived,
            published=published,
            origin=origin,
            from_publisher=from_publisher,
            known=known,
        )
        return Staged(version, arrived, known, notes, draft)

    def guard(
        self,
        staged: Staged,
        *,
        history: bool = False,
        expected: tuple[str, str] | None = None,
    ) -> Judgement:
        """Ask the guards early; `publish` asks them again, so that none is passed by.

        `expected` is the publisher and list that was asked for, where it is known.
        """
        return self._judge(staged, self.catalogue, history, expected)

    def publish(
        self,
        staged: Staged,
        *,
        history: bool = False,
        accept: bool = False,
        expected: tuple[str, str] | None = None,
    ) -> Published:
        """Let one staged version answer; ListRefused, and remembered, if it may not."""
        return self.publish_all(
            (staged,), history=history, accept=accept, expected=(expected,)
        )[0]

    def publish_all(
        self,
        staged: Sequence[Staged],
        *,
        history: bool = False,
        accept: bool = False,
        expected: Sequence[tuple[str, str] | None] = (),
    ) -> tuple[Published, ...]:
        """Let several staged versions answer from the same moment on, or none of them.

        `expected` names the list each should be, in the same order. Whatever comes of
        it, the staged versions are used up.
        """
        wanted = tuple(expected) or (None,) * len(staged)
        done: list[Published] = []
        refused: list[Refusal] = []
        try:
            with self._writing():
                catalogue = Catalogue.load(self._catalogue_path)
                for one, name in zip(staged, wanted, strict=True):
                    verdict = self._judge(one, catalogue, history, name)
                    if reasons := verdict.refusals(accept=accept):
                        refused.append(refusal_of(one, name, reasons))
                        continue
                    done.append(
                        published_as(
                            one,
                            history=history,
                            accepted=verdict.accepted(),
                            catalogue=catalogue,
                        )
                    )
                self._settle(catalogue, done, refused)
        finally:
            for one in staged:
                one.draft.release()
        if refused:
            raise ListRefused(
                ", ".join(refusal.file for refusal in refused),
                tuple(why for refusal in refused for why in refusal.reasons),
            )
        return tuple(done)

    def discard(self, staged: Staged) -> None:
        """Give a staged version up; its files are swept by the next write."""
        staged.draft.release()

    def confirm(
        self, publisher: str, list: str, sha256: str, *, now: datetime
    ) -> Version | None:
        """Note that the publisher still gives this content as its newest.

        Returns the version if it is the one in use and was read by this version of
        clearway; None means that the file has to be read and staged.
        """
        with self._writing():
            catalogue = Catalogue.load(self._catalogue_path)
            found = catalogue.find(publisher, list, sha256)
            if found is None or found.read_with != __version__:
                return None
            if found not in catalogue.current():
                return None
            confirmed = found.confirmed(now)
            catalogue = catalogue.with_versions((confirmed,))
            catalogue = catalogue.without_refusals(((publisher, list), (publisher, "")))
            catalogue.save(self._catalogue_path)
        return confirmed

    def refuse(
        self,
        publisher: str,
        list: str,
        *,
        now: datetime,
        file: str,
        reasons: Sequence[str],
    ) -> Refusal:
        """Remember an update that failed outside the guards.

        Such as a file that could not be read, or one that failed the caller's proof.
        `list` may be empty where the file did not even tell; it then counts against
        every list of its publisher.
        """
        refusal = Refusal(publisher, list, now, file, tuple(reasons))
        with self._writing():
            catalogue = Catalogue.load(self._catalogue_path)
            catalogue.with_refusal(refusal).save(self._catalogue_path)
        return refusal

    def _judge(
        self,
        staged: Staged,
        catalogue: Catalogue,
        history: bool,
        expected: tuple[str, str] | None,
    ) -> Judgement:
        held = held_against(staged, catalogue, history=history)
        return judge(
            staged.version.snapshot,
            held.snapshot if held else None,
            today=staged.arrived.date(),
            history=history,
            expected=expected,
            common=self._overlap(held, staged.version) if held else None,
        )

    def _overlap(self, old: Version, new: Version) -> Overlap:
        """What the entries of both carry; counted once, though guards ask twice."""
        key = old.entities_sha256, new.entities_sha256
        if key not in self._overlaps:
            with (
                _opened(self.entities_path(old), old) as before,
                _opened(self.entities_path(new), new) as after,
            ):
                self._overlaps = {key: overlap(before, after)}
        return self._overlaps[key]

    def _settle(
        self, catalogue: Catalogue, done: Sequence[Published], refused: list[Refusal]
    ) -> None:
        """Bring the catalogue up to date: all of the versions, or the refusals."""
        if refused:
            for refusal in refused:
                catalogue = catalogue.with_refusal(refusal)
        else:
            versions = [one.version for one in done]
            good = {
                (version.publisher, name)
                for one in done
                if one.outcome != FILED
                for version in (one.version,)
                for name in (version.list, "")
            }
            catalogue = catalogue.with_versions(versions).without_refusals(good)
        catalogue.save(self._catalogue_path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock of the store; StoreError where the home cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / "lock", patience=self._patience):
                yield
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(
            f"{self.folder}: cannot be written ({error.strerror or error}); the last "
            "good versions stay in use"
        )


def _opened(path: Path, version: Version) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise StoreError(
            f"{path}: a file of {version.id} cannot be read ({error.strerror}); add "
            "that list again"
        ) from error
