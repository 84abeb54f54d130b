"""Results out as a table: whole or not at all, and the same bytes for the same rows."""

import gzip
import io
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from clearway.errors import UsageError
from clearway.model import Problem
from clearway.tables.file_out import write_parquet, write_xlsx
from clearway.tables.text_out import WRITERS, ColumnType, Value

SUFFIXES = {
    ".csv": "csv",
    ".csv.gz": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".jsonl": "ndjson",
    ".jsonl.gz": "ndjson",
    ".ndjson": "ndjson",
    ".ndjson.gz": "ndjson",
    ".json": "json",
}
"""What a file's name may end in, and what is then written."""

STREAMS = ("csv", "tsv", "ndjson", "json")
"""What may be written to a text stream."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, and what could not be written whole."""

    rows: int
    problems: tuple[Problem, ...] = ()


def format_of(path: Path | str) -> str:
    """The format a path's name asks for; raises UsageError if it asks for none."""
    name = Path(path).name.lower()
    for suffix, format_ in sorted(SUFFIXES.items(), key=lambda item: -len(item[0])):
        if name.endswith(suffix):
            return format_
    raise UsageError(
        f"{path}: cannot tell what to write from the name; end it in one of "
        f"{', '.join(SUFFIXES)}"
    )


def write_table(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    target: Path | str | TextIO,
    *,
    format: str | None = None,
) -> Written:
    """Write rows under fixed columns to a path or a text stream.

    `columns` names them in order with their types: str, int, float, bool, date, or
    list for several texts. A key that is no column raises UsageError, a column without
    a key is empty. A path is written beside its place and moved there when it is
    whole; if anything fails, what was there before is untouched. A stream needs a
    `format` of STREAMS and is written as the rows come.

    Text that a spreadsheet would take for a formula gets an apostrophe before it in
    CSV and Excel (OWASP, CSV injection); numbers do not. Nothing in a file depends on
    when or where it was written.
    """
    if isinstance(target, Path | str):
        path = Path(target)
        format_ = format or format_of(path)
        if format_ not in {*SUFFIXES.values()}:
            raise UsageError(f"cannot write {format_!r}; there are: {_formats()}")
        return _to_path(rows, columns, path, format_)
    if format not in STREAMS:
        raise UsageError(f"a stream takes one of {', '.join(STREAMS)}, not {format!r}")
    count = WRITERS[format](rows, columns, target)
    target.flush()
    return Written(count)


def _formats() -> str:
    return ", ".join(sorted({*SUFFIXES.values()}))


def _to_path(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    path: Path,
    format_: str,
) -> Written:
    problems: list[Problem] = []
    with replacing(path) as file:
        if format_ == "parquet":
            return Written(write_parquet(rows, columns, file))
        if format_ == "xlsx":
            count = write_xlsx(rows, columns, file, path.name, problems)
            return Written(count, tuple(problems))
        packed = path.name.lower().endswith(".gz")
        # The header of a gzip file would hold its name and the time.
        raw = gzip.GzipFile("", "wb", 6, file, mtime=0) if packed else file
        text = io.TextIOWrapper(raw, "utf-8", "replace", newline="")
        try:
            count = WRITERS[format_](rows, columns, text)
            text.flush()
        finally:
            # Before the file beneath is closed, or they would write to it when freed.
            text.detach()
            if packed:
                raw.close()
        return Written(count)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside the path that takes its place if the block ends well.

    What is no regular file (a pipe, /dev/stdout) is written in place.
    """
    path = path.resolve() if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise UsageError(f"{path} is a folder; name a file in it")
            with path.open("wb") as file:
                yield file
            return
        beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
        try:
            with beside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written: {reason}") from error
