"""What a word on the command line is: a name, a table, standard input, an error."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from clearway.errors import InputUnreadable, UsageError

_FILE_ENDINGS = (
    *(".csv", ".tsv", ".gz", ".parquet", ".xlsx", ".xls", ".ods", ".json", ".jsonl"),
    *(".ndjson", ".xml", ".pdf", ".docx", ".html", ".arrow", ".feather", ".txt"),
    *(".yaml", ".yml", ".eml", ".fin", ".rje"),
)
_PATH_STARTS = ("/", "./", "../", "~/")


def kind_of(target: str, as_: str | None) -> str:
    """What a target is: a name, or a file by its content; absent is an error."""
    if as_ is not None:
        return as_
    if target == "-":
        return stream_kind(sys.stdin.buffer)
    if not target.strip():
        return "name"  # Path("") is the folder one is in
    path = Path(target)
    with suppress(OSError, ValueError):
        if path.is_dir():
            return folder_kind(path)
        if path.is_file():
            return file_kind(path)
        if path.exists():
            return "table"
    looks = target.startswith(_PATH_STARTS) or target.lower().endswith(_FILE_ENDINGS)
    if looks or os.path.lexists(target):
        raise InputUnreadable(
            target, "no such file; if it is a name, say so with --as name"
        )
    return "name"


def folder_kind(folder: Path) -> str:
    """What most of the first files of a folder are; one verdict is given for each."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    kinds = [file_kind(path) for path in files[:_LOOKED_AT]]
    whole = [kind for kind in kinds if kind in WHOLE]
    if not whole:
        raise InputUnreadable(
            str(folder), "is a folder without payments or documents; give its files"
        )
    return max(dict.fromkeys(whole), key=whole.count)


def file_kind(path: Path) -> str:
    """What a file is, by what stands in its first lines.

    One that may not be read is taken as a table: whoever opens it says why it cannot.
    A table is looked at more closely: an invoice is one too.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return "table"
    kind = _kind_of_text(head, path.suffix.lower())
    if kind == "table" and _is_paper(path, head):
        return "shipment"
    return kind


def _is_paper(path: Path, head: bytes) -> bool:
    """Whether a table is an invoice or packing list, by its first lines or sheets."""
    from clearway.tables.shipments.reading import looks_like_shipments

    try:
        if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            small = path.stat().st_size <= _LARGEST_PAPER
            return small and looks_like_shipments(path)
        if head.startswith((b"PAR1", b"\x1f\x8b", b"ARROW1", b"{", b"[")):
            return False
        whole = head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1]
        return looks_like_shipments(whole, path.name)
    except InputUnreadable:
        return False


def stream_kind(stream: BinaryIO) -> str:
    """What standard input is; nothing of it is taken."""
    peek = getattr(stream, "peek", None)
    return _kind_of_text(peek(_HEAD)[:_HEAD] if peek else b"", "")


def _kind_of_text(head: bytes, suffix: str) -> str:
    if head.startswith((b"PAR1", b"\x1f\x8b")) or suffix in TABLES:
        return "table"
    if head.startswith(b"%PDF") or suffix in (".pdf", ".docx", ".eml", ".html", ".htm"):
        return "document"
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if suffix in (".yaml", ".yml"):
        return "transaction"
    if text.startswith(("{1:", "{4:", "\x01{1:")) or _FIN.search(text):
        return "payment"
    if text[:15].lower().startswith(("<!doctype html", "<html")):
        return "document"
    if text.startswith("<"):
        # A list is for `lists add`: what opens tables says so.
        return "table" if _LIST.search(text[:4000]) else "payment"
    if text.startswith(("{", "[")):
        return _kind_of_json(text)
    return "document" if _is_prose(text) else "table"


def _kind_of_json(text: str) -> str:
    """A transaction, an article or rows of a table, by the keys of the first object."""
    keys = set(re.findall(r'"([A-Za-z_ ]{1,40})"\s*:', text[:4000]))
    keys = {key.lower() for key in keys}
    if "parties" in keys or ("goods" in keys and keys & _PARTNERS):
        return "transaction"
    if keys & _PARTNERS and keys & {"amount", "currency", "purpose"}:
        return "transaction"
    if keys & {"text", "body", "content"} and keys & {"title", "headline", "date"}:
        return "document"
    return "table"


def _is_prose(text: str) -> bool:
    """Whether lines are sentences, and not rows or names."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:40]
    if not lines or any(mark in line for line in lines[:3] for mark in "\t;|"):
        return False
    long = [line for line in lines if len(line.split()) >= _SENTENCE]
    ends = [line for line in long if line.rstrip('"”’)')[-1:] in ".!?。…"]
    return len(ends) >= 1 and len(ends) * 4 >= len(lines)


_HEAD = 64 << 10
_LOOKED_AT = 20
_LARGEST_PAPER = 4 << 20
"""Workbooks larger than this are tables, unless the user says otherwise."""
_SENTENCE = 8
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet", ".arrow", ".feather")
_FIN = re.compile(r"^:20:|^\{1:F", re.MULTILINE)
_LIST = re.compile("<(?:sdnList|Sanctions|CONSOLIDATED_LIST|export|sanctionsData)\\b")
_PARTNERS = frozenset(
    {"debtor", "creditor", "payer", "payee", "seller", "buyer", "shipper", "consignee"}
    | {"applicant", "beneficiary", "exporter", "importer", "end_user"}
)
WHOLE = ("transaction", "shipment", "payment", "document")
"""Kinds of target that are checked as a whole, by the law too."""


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
