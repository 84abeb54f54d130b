"""Which kind of file of stakes this is, told by its content."""

import re
from pathlib import Path

from clearway.ownership import bods, followthemoney, gleif
from clearway.ownership.gathering import Reading
from clearway.ownership.objects import first_bytes

READERS = (
    ("bods", bods.stakes),
    ("followthemoney", followthemoney.stakes),
    ("gleif", gleif.stakes),
)
"""What a format's own files are read by; anything else is a table."""

_HEAD = 1 << 16
_MARKS = (
    ("bods", re.compile(rb'"(?:recordType|statementType)"\s*:')),
    ("gleif", re.compile(rb'"(?:Relationship|ExceptionCategory|LEI)"\s*:')),
    ("gleif", re.compile(rb"<(?:\w+:)?(?:RelationshipData|ReportingExceptionData)\b")),
    ("gleif", re.compile(rb"<(?:\w+:)?LEIData\b")),
    ("followthemoney", re.compile(rb'"schema"\s*:\s*"')),
)


def format_of(origin: bytes | Path, name: str = "") -> str:
    """`bods`, `followthemoney`, `gleif`, or `table` for anything else."""
    head = first_bytes(origin, name or str(origin)[:80], _HEAD)
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"{", b"[", b"<")):
        return "table"
    return next((kind for kind, mark in _MARKS if mark.search(head)), "table")


def stakes(origin: bytes | Path, file: str = "") -> Reading | None:
    """The stakes of a file in a format of its own; None for a table."""
    kind = format_of(origin, file)
    reader = dict(READERS).get(kind)
    return reader(origin, file) if reader else None
