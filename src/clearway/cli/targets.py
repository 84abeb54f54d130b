"""What a word on the command line is: a name, a table, standard input, an error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from clearway.errors import InputUnreadable, UsageError

_FILE_ENDINGS = (
    *(".csv", ".tsv", ".gz", ".parquet", ".xlsx", ".xls", ".ods", ".json", ".jsonl"),
    *(".ndjson", ".xml", ".pdf", ".docx", ".html", ".arrow", ".feather", ".txt"),
)
_PATH_STARTS = ("/", "./", "../", "~/")


def kind_of(target: str, as_: str | None) -> str:
    """Whether a target is a name or a table; a file that is not there is an error."""
    if as_ is not None:
        return as_
    if target == "-":
        return "table"
    if not target.strip():
        return "name"  # Path("") is the folder one is in
    path = Path(target)
    with suppress(OSError, ValueError):
        if path.is_dir():
            raise InputUnreadable(target, "is a folder; give the files in it")
        if path.exists():
            return "table"
    looks = target.startswith(_PATH_STARTS) or target.lower().endswith(_FILE_ENDINGS)
    if looks or os.path.lexists(target):
        raise InputUnreadable(
            target, "no such file; if it is a name, say so with --as name"
        )
    return "name"


@contextmanager
def opened(target: str) -> Iterator[Path | BinaryIO]:
    """A file, which may be read twice; a pipe such as `<(zcat names.gz)`, only once."""
    path = Path(target)
    if target == "-":
        yield sys.stdin.buffer
    elif path.is_file():
        yield path
    else:
        try:
            pipe = path.open("rb")
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
            raise InputUnreadable(target, reason) from error
        with pipe:
            yield pipe


def identifier(text: str) -> tuple[str, str]:
    """Type and value of an identifier written as TYPE:VALUE."""
    kind, colon, value = text.partition(":")
    if not colon or not value.strip():
        raise UsageError(f"--id {text!r}: write it as TYPE:VALUE, such as imo:9187629")
    return kind, value
