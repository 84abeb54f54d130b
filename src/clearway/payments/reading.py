"""Messages out of files, folders and streams, whatever they hold.

MT and MX are told apart by content. Nothing that a file holds raises: what cannot be
read is a Problem of a `Read` with what could be. Only a path that cannot be opened is
an error of the call.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from clearway.errors import InputUnreadable
from clearway.model import FreeText, Problem, Spot, Transaction
from clearway.payments import fin, markup, mt, mx
from clearway.payments.leaves import Channel, Leaf
from clearway.payments.narrative import readings
from clearway.payments.stripping import suspicions

LARGEST = 64 * 2**20
"""Bytes of one file that are read; what is behind them is a Problem."""


@dataclass(frozen=True, slots=True)
class Read:
    """One message as read.

    `kind` is `MT103`, `pacs.008.001.08`, or `unknown`; `transactions` is never empty
    without a problem; `leaves` are all its texts with what becomes of them; `problems`
    are those of the message, and of each of its transactions; `source` says where it
    was read and `start` and `end` which part of it, in characters of the decoded text.
    """

    kind: str
    transactions: tuple[Transaction, ...]
    leaves: tuple[Leaf, ...]
    problems: tuple[Problem, ...]
    source: str = ""
    start: int = 0
    end: int = 0


def messages(source: bytes | Path, name: str = "") -> Iterator[Read]:
    """Every message of some bytes, a file or a folder with all below it, in order.

    `name` is how bytes are called in problems; files are called by their path. Raises
    InputUnreadable for a path that is not there or may not be read.
    """
    if isinstance(source, Path):
        for path in _files(source):
            yield from _read(_bytes(path), name or str(path))
    else:
        yield from _read(source, name)


def _files(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield source
        return
    try:
        below = sorted(path for path in source.rglob("*") if path.is_file())
    except OSError as error:
        raise InputUnreadable(str(source), f"cannot be read: {error}") from error
    yield from (
        path
        for path in below
        if not any(part.startswith(".") for part in path.relative_to(source).parts)
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputUnreadable(str(path), f"cannot be read: {error}") from error


def _read(data: bytes, name: str) -> Iterator[Read]:
    text, problems = decoded(data[:LARGEST], name)
    if len(data) > LARGEST:
        problems += (
            Problem(
                "file_too_large",
                f"has more than {LARGEST // 2**20} MB; what is behind was not read: "
                "split the file",
                name,
            ),
        )
    count = 0
    for read in _messages(text, name):
        count += 1
        yield _with(read, problems)
    if not count:
        empty = Problem("empty_input", "holds nothing to read", name)
        yield Read("unknown", (), (), (*problems, empty), name, 0, len(text))


def _with(read: Read, problems: tuple[Problem, ...]) -> Read:
    """A message with the problems of its file, which each transaction carries too."""
    made = []
    for item in read.transactions:
        more = (*problems, *suspicions(item))
        if not (item.parties or item.texts or item.places):
            more += (_nothing(read.source),)
        if not (more or item.problems):
            made.append(item)
            continue
        kept = tuple(dict.fromkeys((*item.problems, *more)))
        made.append(item if kept == item.problems else replace(item, problems=kept))
    if not (problems or read.problems or any(item.problems for item in made)):
        return read
    every = dict.fromkeys((*problems, *read.problems))
    for item in made:
        every.update(dict.fromkeys(item.problems))
    return replace(read, transactions=tuple(made), problems=tuple(every))


def _nothing(name: str) -> Problem:
    return Problem(
        "nothing_to_check",
        "names no party, no bank, no place and has no text; a message without them "
        "cannot pass unseen",
        name,
    )


def _messages(text: str, name: str) -> Iterator[Read]:
    if markup.looks_like(text):
        for document in markup.documents(text, name):
            if document.message or any(t.path[0] for t in document.texts):
                yield _markup(document, text, name)
            else:
                part = text[document.start : document.end]
                yield from _other(part, name, document.start, document.problems)
    elif fin.looks_like(text):
        for message in fin.messages(text, name):
            made, leaves, problems = mt.transactions(message, name)
            kind = message.kind
            yield Read(kind, made, leaves, problems, name, message.start, message.end)
    elif text.strip("\x00\ufeff \t\r\n"):
        yield from _other(text, name, 0, ())


def _markup(document: markup.Document, text: str, name: str) -> Read:
    made, leaves, problems = mx.transactions(document, text, name)
    if not document.message:
        unknown = Problem(
            "unknown_message_type",
            "is XML, but neither its namespace nor its header names a message of ISO "
            "20022; all its texts were read",
            name,
        )
        problems = (*problems, unknown)
        made = tuple(replace(item, problems=problems) for item in made)
    kind = document.message or "unknown"
    return Read(kind, made, leaves, problems, name, document.start, document.end)


def _other(
    text: str, name: str, start: int, problems: tuple[Problem, ...]
) -> Iterator[Read]:
    """What is no message: one transaction that is nothing but its text."""
    unknown = Problem(
        "unknown_message_type",
        "is neither SWIFT MT nor XML; all of it was read as free text",
        name,
        text=text[:80],
    )
    every = (*problems, unknown)
    spot = Spot("", start, start + len(text), text)
    bare = text.strip()
    texts = (FreeText(bare, spot), *(FreeText(other, spot) for other in readings(bare)))
    made = Transaction(texts=texts, attributes={"message": "unknown"}, problems=every)
    leaf = Leaf(Channel.TEXT, bare, spot)
    yield Read("unknown", (made,), (leaf,), every, name, start, start + len(text))


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})")
_ENCODINGS = frozenset(
    {"iso-8859-1", "iso-8859-5", "iso-8859-15", "latin-1", "latin1", "windows-1251"}
    | {"windows-1252", "cp1251", "cp1252", "koi8-r", "gb2312", "gbk", "gb18030", "big5"}
)
"""Encodings that are followed where a document declares them."""


def decoded(data: bytes, name: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Bytes as text, and a Problem where they are not UTF-8, as messages must be.

    Told by a byte order mark, by zero bytes between characters, by the declaration of
    XML; else read as Latin-1, in which every byte is some character.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            if encoding == "utf-8" and "\ufffd" not in text:
                return text, ()
            return text, (_wrong(encoding, name),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    else:
        if "\x00" not in text[:200]:
            return text, ()
    if encoding := _zeros(data):
        return data.decode(encoding, "replace"), (_wrong(encoding, name),)
    if text:
        return text, ()
    declared = _DECLARED.match(data.lstrip()[:400])
    encoding = declared[1].decode("ascii").lower() if declared else "latin-1"
    if encoding not in _ENCODINGS:
        encoding = "latin-1"
    return data.decode(encoding, "replace"), (_wrong(encoding, name),)


def _zeros(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of the beginning is zero."""
    head = data[:200]
    if len(head) < 4:
        return ""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) * 2 > len(odd) and even.count(0) * 4 < len(even):
        return "utf-16-le"
    if even.count(0) * 2 > len(even) and odd.count(0) * 4 < len(odd):
        return "utf-16-be"
    return ""


def _wrong(encoding: str, name: str) -> Problem:
    return Problem(
        "wrong_encoding",
        f"is not UTF-8; it was read as {encoding}, and some characters may be wrong: "
        "have it sent in UTF-8",
        name,
    )
