"""Open a table of any kind: recognised by its content, then by its name."""

import codecs
from dataclasses import replace
from pathlib import Path
from typing import IO

from clearway.errors import UsageError
from clearway.model import Problem
from clearway.tables.columnar import ARROW, PARQUET, open_columnar
from clearway.tables.delimited import open_delimited
from clearway.tables.encodings import encoding_of, opened
from clearway.tables.jsonrows import looks_like_json, open_json
from clearway.tables.sheets import open_sheet
from clearway.tables.sources import HEAD_BYTES, Source, foreign, source_of
from clearway.tables.table import Table
from clearway.tables.workbooks import OLE, ZIP

FORMATS = ("csv", "excel", "parquet", "arrow", "jsonl", "json", "followthemoney")
"""What `format` may state; each is also recognised without it."""

_SUFFIXES = {
    "csv": (".csv", ".tsv", ".tab", ".txt", ".psv"),
    "excel": (".xlsx", ".xlsm", ".xls", ".ods"),
    "parquet": (".parquet", ".pq"),
    "arrow": (".arrow", ".feather"),
    "jsonl": (".jsonl", ".ndjson", ".ftm", ".json"),
    "json": (".json", ".jsonl", ".ndjson"),
    "followthemoney": (".json", ".jsonl", ".ndjson", ".ftm"),
}


def open_table(
    origin: Path | str | bytes | IO[bytes],
    *,
    format: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: bool | None = None,
    name: str = "",
) -> Table:
    """The table at a path, in bytes, or in a stream such as standard input.

    CSV in any dialect and encoding, Excel, OpenDocument, Parquet, Arrow, JSON lines, a
    JSON array or FollowTheMoney entities, each also gzipped. `format` (one of
    FORMATS), `encoding`, `sheet` (name or number from 1) and `header` (whether the
    first row is one) overrule what is recognised; `name` names bytes in messages.

    Raises InputUnreadable for what is no table, with the reason and what to do;
    UsageError for an option that makes no sense.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(f"no table format {format!r}; there are: {', '.join(FORMATS)}")
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            known = "utf-8, windows-1251, gb18030, big5, windows-1252, koi8-r"
            message = f"no encoding {encoding!r}; try one of: {known}"
            raise UsageError(message) from None
    source = source_of(origin, name)
    table = _opened(source, format or _format(source), format, encoding, sheet, header)
    problems = table.problems
    if not table.sample and format != "followthemoney":
        below = "below its header" if table.header else "in it"
        message = f"the table has no rows {below}; was its export finished?"
        problems += (Problem("no_rows", message, table.name, text=table.description),)
    problems += _misnamed(source, table)
    return replace(table, problems=problems)


def _format(source: Source) -> str:
    """What the first bytes say; text that is nothing else is CSV."""
    head = source.head()
    if head.startswith(PARQUET):
        return "parquet"
    if head.startswith(ARROW):
        return "arrow"
    if head.startswith((ZIP, OLE)):
        return "excel"
    if refusal := foreign(head):
        raise source.refused(refusal)
    if looks_like_json(head[:4096].decode("utf-8", "replace")):
        return "json"
    if b"\0" in head or head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        with opened(source, encoding_of(source)) as file:
            text = file.read(HEAD_BYTES)
        if looks_like_json(text):
            return "json"
        if refusal := foreign(text.encode("utf-8", "replace")):
            raise source.refused(refusal)
    return "csv"


def _opened(
    source: Source,
    format_: str,
    stated: str | None,
    encoding: str | None,
    sheet: str | None,
    header: bool | None,
) -> Table:
    if sheet is not None and format_ != "excel":
        raise UsageError(f"{source.name} is no workbook and has no sheet {sheet!r}")
    if format_ == "excel":
        return open_sheet(source, sheet=sheet, header=header)
    if format_ in ("parquet", "arrow"):
        return open_columnar(source, format_)
    if format_ == "csv":
        return open_delimited(source, encoding=encoding, header=header)
    return open_json(source, stated, encoding)


def _misnamed(source: Source, table: Table) -> tuple[Problem, ...]:
    """A name that promises something else: read all the same, and said."""
    suffixes = [part.lower() for part in Path(source.name).suffixes]
    suffix = next((part for part in reversed(suffixes) if part != ".gz"), "")
    known = {ending for endings in _SUFFIXES.values() for ending in endings}
    if suffix not in known or suffix in _SUFFIXES[table.format]:
        return ()
    message = f"the name ends in {suffix} but the content is {table.description}"
    return (Problem("misnamed", message, source.name, text=suffix),)
