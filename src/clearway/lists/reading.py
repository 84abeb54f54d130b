"""Run a reader over a file, and hold what came out of it.

What is kept in memory is each entity's line of JSON, not the entity: a list of
100 MB of XML stays well under 1 GB, and the store writes the lines as they are.
"""

import csv
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clearway.errors import ListUnreadable
from clearway.lists.census import Census, Tally
from clearway.lists.reader import Edition, File, Reader
from clearway.model import Entity, Problem
from clearway.model.codec import from_dict, to_dict

CHUNK = 1 << 20
PROGRESS_EVERY = 500
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError, csv.Error)


def line_of(entity: Entity) -> bytes:
    """The entity as one line of JSON, without its line end."""
    text = json.dumps(to_dict(entity), ensure_ascii=False, separators=(",", ":"))
    # A list may carry half a surrogate pair; keep it rather than fail on it.
    return text.encode("utf-8", "surrogatepass")


def entity_in(line: bytes) -> Entity:
    """The entity that `line_of` wrote."""
    return from_dict(json.loads(line))


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities by id, each decoded when asked for; iterates sorted by id."""

    lines: Mapping[str, bytes]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Entity]:
        return (entity_in(self.lines[key]) for key in sorted(self.lines))

    def __getitem__(self, entity_id: str) -> Entity:
        return entity_in(self.lines[entity_id])

    def sorted_lines(self) -> Iterator[bytes]:
        """Each entity's line with its line end, sorted by id."""
        return (self.lines[key] + b"\n" for key in sorted(self.lines))


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: the file itself and what its bytes were then."""

    file: File
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one edition of a list says: its entities, joined by id, and its faults."""

    edition: Edition
    format: str
    sources: tuple[Source, ...]
    census: Census
    entities: Entities = field(repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def sha256(self) -> str:
        """The checksum of the file, or of the checksums of a set of files."""
        if len(self.sources) == 1:
            return self.sources[0].sha256
        rows = "".join(f"{one.sha256}  {one.file.name}\n" for one in self.sources)
        return hashlib.sha256(rows.encode()).hexdigest()

    @property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(source.size for source in self.sources)


def read(
    reader: Reader,
    files: Sequence[File],
    *,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read a list whole.

    `files[0]` is the list, the others its companions. `progress` is told the number
    of records so far. ListUnreadable where a file is empty of meaning: malformed, cut
    short, or with fewer entries than it declares. A record that cannot be understood
    is a Problem of the reading.
    """
    sources = tuple(_checked(file) for file in files)
    name = files[0].name
    try:
        edition = reader.edition(files)
        lines, census, problems, lost = _run(reader, files, progress)
    except _BROKEN as error:
        raise ListUnreadable(name, _what_broke(error)) from error
    problems += _against_declared(edition, census.records, lost, name)
    return Reading(
        edition, reader.format, sources, census, Entities(lines), tuple(problems)
    )


def _run(
    reader: Reader, files: Sequence[File], progress: Callable[[int], None] | None
) -> tuple[dict[str, bytes], Census, list[Problem], int]:
    lines: dict[str, bytes] = {}
    problems: list[Problem] = []
    tally = Tally()
    lost = 0
    for record in reader.records(files):
        if isinstance(record, Problem):
            problems.append(record)
            lost += 1
            continue
        entity, faults = reader.entity(record)
        problems.extend(faults)
        known = lines.get(entity.id)
        if known is not None:
            before = entity_in(known)
            tally.remove(before)
            entity = before.joined(entity)
        tally.add(entity)
        lines[entity.id] = line_of(entity)
        tally.records += 1
        if progress is not None and tally.records % PROGRESS_EVERY == 0:
            progress(tally.records)
    if progress is not None:
        progress(tally.records)
    return lines, tally.census(), problems, lost


def _against_declared(
    edition: Edition, records: int, lost: int, name: str
) -> list[Problem]:
    """Fewer entries than declared is a cut file; more is only worth saying."""
    declared = edition.declared
    if declared is None or declared == records:
        return []
    if records + lost < declared:
        raise ListUnreadable(
            name,
            f"declares {declared:,} entries but holds {records:,}: it was cut short "
            "or tampered with; fetch it again",
        )
    return [
        Problem(
            "declared_count",
            f"the list declares {declared:,} entries, {records:,} were read",
            file=name,
            text=str(declared),
        )
    ]


def _checked(file: File) -> Source:
    """Size and checksum; a file that ends early or holds NUL bytes is refused."""
    digest = hashlib.sha256()
    size = 0
    try:
        with file.open() as stream:
            while chunk := stream.read(CHUNK):
                if (at := chunk.find(b"\0")) >= 0:
                    raise ListUnreadable(
                        file.name,
                        f"has a NUL byte at position {size + at:,}: it is damaged, or "
                        "not a text file; fetch it again",
                    )
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        raise ListUnreadable(file.name, "no such file") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ListUnreadable(file.name, _what_broke(error)) from error
    except OSError as error:
        raise ListUnreadable(file.name, f"cannot be read: {error.strerror}") from error
    return Source(file, digest.hexdigest(), size)


def _what_broke(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return (
            f"is not {error.encoding.upper()} text: byte {error.object[error.start]:#x}"
            f" at position {error.start:,}; convert it or fetch it again"
        )
    if isinstance(error, csv.Error):
        return f"is not the table it should be: {error}"
    return f"the compressed file is damaged or was cut short ({error}); fetch it again"
