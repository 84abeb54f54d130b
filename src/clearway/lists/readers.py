"""Every format that can be read, and which of them a file is written in."""

import gzip
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

from clearway.errors import ListRefused, ListUnreadable, UsageError
from clearway.lists import (
    bis_dpl,
    eu_fsf,
    ftm_json,
    ofac_csv,
    ofac_enhanced,
    ofac_xml,
    starter,
    uk_conlist,
    un_xml,
    us_csl,
)
from clearway.lists.reader import File, Reader

READERS: tuple[Reader, ...] = (
    ofac_xml.READER,
    ofac_enhanced.READER,
    ofac_csv.READER,
    eu_fsf.READER,
    un_xml.READER,
    uk_conlist.READER,
    us_csl.READER,
    bis_dpl.READER,
    ftm_json.READER,
    starter.READER,
)

_OTHER_FORMATS = (
    (b"PK\x03\x04", "a ZIP archive (or an Excel workbook); unpack it first"),
    (b"%PDF", "a PDF; fetch the XML or CSV edition"),
    (b"\x1f\x8b", "a gzip file; give it the ending .gz so that it is unpacked"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WEB_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html\b)", re.I | re.S
)


def files_at(path: Path) -> tuple[File, ...]:
    """The file at a path, with those of its set that lie beside it.

    Only OFAC's CSV comes as a set (sdn.csv with add.csv, alt.csv and
    sdn_comments.csv); a companion that is missing is a Problem of the reading.
    """
    packed = ".gz" if path.suffix == ".gz" else ""
    wanted = ofac_csv.companions(path.name.removesuffix(packed))
    beside = (path.with_name(name + packed) for name in wanted)
    return (File.at(path), *(File.at(one) for one in beside if one.is_file()))


def recognise(
    publisher: str, file: File, readers: Sequence[Reader] = READERS
) -> Reader:
    """The reader for this publisher's file, told by content, never by its ending.

    ListUnreadable for a file that is no list at all (empty, UTF-16, a web page),
    ListRefused for a list of another publisher.
    """
    if publisher not in {reader.publisher for reader in readers}:
        known = ", ".join(dict.fromkeys(reader.publisher for reader in readers))
        raise UsageError(f"no publisher is called {publisher!r}; known are {known}")
    head = _readable_head(file)
    for reader in readers:
        if reader.publisher == publisher and reader.recognises(head, file.name):
            return reader
    for reader in readers:
        if reader.recognises(head, file.name):
            raise ListRefused(
                file.name,
                (
                    f"this looks like a list of {reader.publisher} ({reader.format}), "
                    f"not of {publisher}; nothing was changed",
                ),
            )
    formats = ", ".join(r.format for r in readers if r.publisher == publisher)
    raise ListUnreadable(
        file.name,
        f"is in none of the formats of {publisher} that can be read ({formats})",
    )


def _readable_head(file: File) -> bytes:
    """The first bytes, once they are known to be text in a byte-wise encoding."""
    try:
        head = file.head()
    except FileNotFoundError:
        raise ListUnreadable(file.name, "no such file") from None
    except IsADirectoryError:
        raise ListUnreadable(file.name, "is a folder, not a file") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ListUnreadable(
            file.name,
            f"the compressed file is damaged or was cut short ({error}); "
            "fetch it again",
        ) from error
    except OSError as error:
        raise ListUnreadable(file.name, f"cannot be read: {error}") from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ListUnreadable(file.name, "is empty; fetch it again")
    for magic, what in _OTHER_FORMATS:
        if head.startswith(magic):
            raise ListUnreadable(file.name, f"is {what}")
    if _is_utf16(head):
        raise ListUnreadable(
            file.name,
            "is UTF-16 text, in which no publisher issues its list; convert it first: "
            "iconv -f UTF-16 -t UTF-8 IN > OUT",
        )
    if (at := head.find(b"\0")) >= 0:
        raise ListUnreadable(
            file.name,
            f"has a NUL byte at position {at:,}: it is damaged, or not a text file; "
            "fetch it again",
        )
    if _WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise ListUnreadable(
            file.name, "is a web page, not a list; download the list itself"
        )
    return head


def _is_utf16(head: bytes) -> bool:
    """A byte order mark, or the zero bytes of Latin text in two-byte characters."""
    if head.startswith(_UTF16):
        return True
    start = head[:512]
    even, odd = start[::2].count(0), start[1::2].count(0)
    return max(even, odd) > len(start) // 4 and min(even, odd) <= len(start) // 16
