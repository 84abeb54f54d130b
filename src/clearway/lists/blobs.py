"""Files kept under the checksum of their content, and those still being written.

A file is written in a folder of its own under `staging/`, brought down to the disk,
and moved to its place whole. The folder is locked for as long as its process works on
it; what a killed process left behind is therefore known to be nobody's, and swept.
"""

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from clearway.errors import StoreError
from clearway.lists import durable
from clearway.lists.lock import Held, try_lock
from clearway.lists.reading import Reading

ENTITIES, PROBLEMS = "entities.jsonl", "problems.jsonl"
"""Endings of kept files; a publisher's own file ends in .gz."""

CHUNK = 1 << 20
_HOLDS = "holds"
_LOCK = "lock"


class Draft:
    """Files of one version under way, in a folder nobody else touches.

    Made and settled under the store's lock; written without it.
    """

    def __init__(self, folder: Path, lock: Held) -> None:
        self.folder = folder
        self._lock = lock
        self.names: list[str] = []

    def write(self, reading: Reading) -> tuple[str, str]:
        """Write all of a reading; returns the checksums of entities and problems."""
        for source in reading.sources:
            with source.file.open() as stream:
                self._write_raw(stream, source.sha256)
        entities = self._write_lines(reading.entities.sorted_lines(), ENTITIES)
        # In ASCII, so that whatever was wrong with a record can be written down.
        problems = (
            json.dumps(problem.to_dict()).encode() + b"\n"
            for problem in reading.problems
        )
        return entities, self._write_lines(problems, PROBLEMS)

    def _write_raw(self, stream: BinaryIO, sha256: str) -> None:
        """Keep a publisher's file, packed; its bytes must still be those we read."""
        draft = self.folder / "raw"
        digest = hashlib.sha256()
        with draft.open("wb") as file:
            # No name and no time in the header: the same bytes pack alike.
            with gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as out:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
            durable.sync(file)
        if digest.hexdigest() != sha256:
            raise StoreError("the file changed while it was being read; try again")
        self._name(draft, f"{sha256}.gz")

    def _write_lines(self, lines: Iterable[bytes], suffix: str) -> str:
        """Keep lines; returns the checksum they are kept under."""
        draft = self.folder / suffix
        digest = hashlib.sha256()

        def hashed() -> Iterator[bytes]:
            for line in lines:
                digest.update(line)
                yield line

        durable.write_new(draft, hashed())
        sha256 = digest.hexdigest()
        self._name(draft, f"{sha256}.{suffix}")
        return sha256

    def _name(self, draft: Path, name: str) -> None:
        draft.replace(self.folder / name)
        self.names.append(name)

    def release(self) -> None:
        """Give the folder up; the next sweep would take it anyway."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


class Blobs:
    """The kept files and the drafts beside them. Callers hold the store's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "blobs"
        self.staging = folder / "staging"

    def path(self, name: str) -> Path:
        """Where a kept file lies."""
        return self.folder / name[:2] / name

    def draft(self) -> Draft:
        """A new folder to write in, locked until released."""
        self.staging.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=self.staging))
        lock = try_lock(folder / _LOCK)
        if lock is None:  # nobody else knows the folder
            raise StoreError(f"{folder}: cannot be locked on this file system")
        return Draft(folder, lock)

    def settle(self, draft: Draft) -> None:
        """Move a draft's files to their places and keep them from being swept."""
        holds = draft.folder / _HOLDS
        holds.write_text("\n".join(draft.names), encoding="ascii")
        for name in draft.names:
            target = self.path(name)
            if not target.exists():
                if not target.parent.is_dir():
                    target.parent.mkdir(parents=True)
                    durable.sync_folder(self.folder)
                durable.move(draft.folder / name, target)

    def sweep(self, kept: Iterable[str]) -> int:
        """Remove what no version stands on and no living process holds; how many."""
        held = set(kept)
        gone = 0
        for folder in self.staging.iterdir() if self.staging.is_dir() else ():
            lock = try_lock(folder / _LOCK) if folder.is_dir() else None
            if lock is None:
                held.update(_holds(folder))
                continue
            with lock:
                shutil.rmtree(folder, ignore_errors=True)
            gone += 1
        for file in self.folder.glob("*/*"):
            if file.name not in held:
                file.unlink(missing_ok=True)
                gone += 1
        return gone


def _holds(folder: Path) -> list[str]:
    try:
        return (folder / _HOLDS).read_text(encoding="ascii").split("\n")
    except OSError:
        return []
