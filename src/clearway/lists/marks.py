"""What a publisher says of one state of a file, kept beside the file."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from clearway.lists import durable


@dataclass(frozen=True, slots=True)
class Marks:
    """The publisher's marks of a file (RFC 9110, section 8.8), and its measures.

    `url` is where it came from: marks of one address mean nothing at another.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    size: int = -1

    @property
    def strong(self) -> str:
        """The mark by which a rest may be asked for, or empty (RFC 9110, 13.1.5)."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    @classmethod
    def beside(cls, file: Path, url: str) -> "Marks | None":
        """The marks kept beside a file, if they are of this address and readable."""
        if not file.is_file():
            return None
        try:
            marks = cls(**json.loads(_path(file).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None  # nothing known is a reason to fetch, never to fail
        return marks if marks.url == url else None

    def keep(self, file: Path) -> None:
        """Keep these marks beside a file."""
        durable.replace(_path(file), json.dumps(asdict(self)).encode())

    def measured(self, file: Path) -> "Marks":
        """These marks with the checksum and size the file has now."""
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
            return replace(self, sha256=digest.hexdigest(), size=stream.tell())


def forget(file: Path) -> None:
    """Remove the marks beside a file."""
    _path(file).unlink(missing_ok=True)


def _path(file: Path) -> Path:
    return file.with_name(f"{file.name}.marks")
