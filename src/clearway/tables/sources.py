"""Where a table's bytes are, and what their first ones say they are."""

import gzip
import io
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from clearway.errors import InputUnreadable

HEAD_BYTES = 65_536
SPOOL_BYTES = 32 << 20
MOST_BYTES = 64 << 30
BOMB_BYTES = 64 << 20
BOMB_RATIO = 200
"""A gzip member that is large and grows more than this is not somebody's table.

Tables of 64 MiB and more compress 3 to 60 times; deflate cannot exceed about 1,030.
"""

_SAVE_AS = "open it in its own program and save it as CSV or .xlsx"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (
        b"%PDF",
        "a PDF document",
        "documents are not read yet; give its names as a table",
    ),
    (b"\x89PNG", "a PNG image", "give the table itself"),
    (b"\xff\xd8\xff", "a JPEG image", "give the table itself"),
    (b"GIF8", "a GIF image", "give the table itself"),
    (b"\x7fELF", "a program", "give the table itself"),
    (b"MZ\x90", "a program", "give the table itself"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first, or compress it with gzip"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first, or compress it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first, or use gzip"),
    (b"SQLite format 3\0", "an SQLite database", "export the table as CSV"),
    (b"{\\rtf", "a rich text document", _SAVE_AS),
    (b"Obj\x01", "an Avro file", "convert it to Parquet"),
    (b"ORC", "an ORC file", "convert it to Parquet"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read from the start as often as needed.

    `size` is the number of bytes as stored; `gzipped` whether `open` unpacks them.
    """

    name: str
    opener: Callable[[], BinaryIO]
    size: int
    gzipped: bool = False

    def open(self) -> BinaryIO:
        """The bytes from the start, unpacked."""
        if not self.gzipped:
            return self.opener()
        inner = _Unpacked(self.name, self.opener(), self.size)
        return cast(BinaryIO, io.BufferedReader(inner, 1 << 17))

    def head(self, size: int = HEAD_BYTES) -> bytes:
        """The first bytes, unpacked."""
        with self.open() as file:
            return file.read(size)

    def refused(self, message: str) -> InputUnreadable:
        """The exception that says what is wrong with this file."""
        return InputUnreadable(self.name, message)


def source_of(origin: Path | str | bytes | IO[bytes], name: str = "") -> Source:
    """A source from a path, from bytes, or from a stream that is read to its end.

    A stream beyond 32 MiB waits in a temporary file. Gzip is recognised by content.
    """
    if isinstance(origin, bytes):
        data = origin
        source = Source(name or "input", lambda: io.BytesIO(data), len(data))
    elif isinstance(origin, str | Path):
        source = _at(Path(origin), name)
    else:
        source = _spooled(origin, name or "standard input")
    if source.size == 0:
        raise source.refused("the file is empty (0 bytes); was its export finished?")
    if source.head(2) == b"\x1f\x8b":
        source = Source(source.name, source.opener, source.size, gzipped=True)
        if not source.head(1):
            raise source.refused("the gzip file holds nothing; export it again")
    return source


def _at(path: Path, name: str) -> Source:
    with _opened(path):
        return Source(name or path.name, lambda: _opened(path), path.stat().st_size)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise InputUnreadable(str(path), "there is no such file") from None
    except IsADirectoryError:
        raise InputUnreadable(str(path), "is a folder; name a file in it") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputUnreadable(str(path), f"cannot be opened: {reason}") from error


def _spooled(stream: IO[bytes], name: str) -> Source:
    data = stream.read(SPOOL_BYTES)
    if len(data) < SPOOL_BYTES:
        rest = stream.read(1)  # a pipe may give less than asked, before its end
        if not rest:
            return Source(name, lambda: io.BytesIO(data), len(data))
        data += rest
    spool = tempfile.NamedTemporaryFile(prefix="clearway-")  # noqa: SIM115
    spool.write(data)
    while block := stream.read(1 << 20):
        spool.write(block)
    spool.flush()
    # The source keeps `spool`, and with it the file, alive.
    return Source(name, lambda: Path(spool.name).open("rb"), spool.tell())


class _Unpacked(io.RawIOBase):
    """Gzip unpacked with a limit; its errors say what to do."""

    def __init__(self, name: str, packed: BinaryIO, size: int) -> None:
        self.name, self.packed, self.size = name, packed, size
        self.file = gzip.GzipFile(fileobj=packed)
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self.file.read1(len(view))
        except EOFError:
            raise InputUnreadable(
                self.name,
                f"the gzip file breaks off after {self.count:,} unpacked bytes; "
                "copy or download it again",
            ) from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise InputUnreadable(
                self.name,
                f"the gzip file is damaged after {self.count:,} unpacked bytes "
                f"({error}); copy or download it again",
            ) from error
        view[: len(data)] = data
        self.count += len(data)
        bomb = self.count > BOMB_BYTES and self.count > BOMB_RATIO * self.size
        if bomb or self.count > MOST_BYTES:
            raise InputUnreadable(
                self.name,
                f"unpacks to more than {self.count >> 20:,} MiB from "
                f"{self.size:,} bytes, which no table does; if it is one, "
                "unpack it yourself",
            )
        return len(data)

    def close(self) -> None:
        self.file.close()
        self.packed.close()
        super().close()


def foreign(head: bytes) -> str:
    """What the bytes are that is surely no table, with a remedy; '' if they may be."""
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            return f"this is {what}, not a table; {remedy}"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table")):
        return (
            "this is a web page, not a table (often a login or error page saved "
            f"under a table's name, or an HTML export); {_SAVE_AS}"
        )
    if start.startswith(b"<?xml") or (start.startswith(b"<") and b"xmlns" in start):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return f"this is an Excel 2003 XML spreadsheet; {_SAVE_AS}"
        return (
            "this is an XML document, not a table; payment messages are not read "
            "yet: give their parties as a table"
        )
    return ""
