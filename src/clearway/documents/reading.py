"""Any document to its text: plain text, HTML, PDF, Word, mail, lines of articles.

What a file is, its content says. What cannot be read is a `Problem` of the document;
a scanned page without text is one too, for a person must look at it.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import IO

from clearway.documents.document import Document
from clearway.documents.html_text import text_of_html
from clearway.documents.pdf_text import text_of_pdf
from clearway.documents.word_text import DAMAGED, text_of_word
from clearway.errors import InputUnreadable
from clearway.model import Problem
from clearway.tables.encodings import encoding_of
from clearway.tables.sources import Source, source_of

SUFFIXES = (
    *(".txt", ".text", ".md", ".htm", ".html", ".xhtml", ".pdf", ".docx", ".eml"),
    *(".jsonl", ".ndjson"),
)
"""Endings of files that are read from a folder; others are passed over, and told."""
MOST_BYTES = 1 << 30
"""Bytes of one document that are read; nobody's paper is larger."""
_TITLES, _TEXTS = (
    ("title", "headline", "heading"),
    ("text", "body", "content", "article"),
)
_DATES = ("date", "published", "published_at", "publish_date", "time")
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>")


def documents(
    origin: Path | str | bytes | IO[bytes], name: str = ""
) -> Iterator[Document]:
    """The documents of a file, a folder or a stream, one after the other.

    A folder is walked in the order of names. A file that cannot be read at all comes
    as a document without text whose problems say why; only where the one file asked
    for does not exist is InputUnreadable raised.
    """
    if isinstance(origin, str | Path) and Path(origin).is_dir():
        yield from _folder(Path(origin))
        return
    if isinstance(origin, str | Path) and not Path(origin).exists():
        raise InputUnreadable(str(origin), "there is no such file")
    yield from _one(origin, name)


def _one(origin: Path | str | bytes | IO[bytes], name: str) -> Iterator[Document]:
    try:
        for document in _read(source_of(origin, name)):
            yield _said_if_empty(document)
    except InputUnreadable as error:
        called = str(origin) if isinstance(origin, str | Path) else "input"
        yield _unread(name or called, "unreadable", str(error))


def _said_if_empty(document: Document) -> Document:
    """The document; where nothing is in it, with a problem that says so."""
    if document.text.strip() or document.problems:
        return document
    message = "there is no text in it; see whether the right file was given"
    return replace(document, problems=(Problem("no_text", message, document.name),))


def _folder(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        shown = str(path.relative_to(folder))
        if path.suffix.lower() not in SUFFIXES:
            message = f"not read: {path.suffix or 'no ending'} is no kind of document"
            yield Document(
                shown, "", problems=(Problem("passed_over", message, shown),)
            )
            continue
        yield from _one(path, shown)


def _read(source: Source) -> Iterator[Document]:
    if source.size > MOST_BYTES:
        yield _unread(source.name, "too_large", "larger than 1 GiB; split it")
        return
    head = source.head(4096)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head[:1024].lstrip().startswith(b"%PDF"):
        yield text_of_pdf(source.name, _bytes(source))
    elif head.startswith(b"PK\x03\x04"):
        yield _packed(source)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        yield _unread(
            source.name,
            "old_format",
            "an old Word or Office file, or one with a password; save it as .docx "
            "without a password",
        )
    elif start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start):
        yield text_of_html(source.name, _bytes(source))
    elif start.startswith(b"{") and _is_article(source):
        yield from _articles(source)
    elif _is_mail(start):
        yield from _mail(source)
    else:
        yield _plain(source)


def _bytes(source: Source) -> bytes:
    with source.open() as file:
        return file.read(MOST_BYTES)


def _unread(name: str, code: str, message: str) -> Document:
    return Document(name, "", problems=(Problem(code, message, name),))


def _plain(source: Source) -> Document:
    data = _bytes(source)
    encoding = encoding_of(source)
    text = data[encoding.mark :].decode(encoding.name, "replace")
    problems = list(encoding.problems(source.name))
    if encoding.nul or text.count("\ufffd") > 1 + len(text) // 100:
        message = "much of this is no text; give the document itself, or its text"
        problems.append(Problem("not_text", message, source.name))
    return Document(source.name, _lines(text), problems=tuple(problems))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _packed(source: Source) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(_bytes(source))) as archive:
            if "word/document.xml" in archive.namelist():
                return text_of_word(source.name, archive)
    except DAMAGED as error:
        message = f"the file is damaged or has a password ({error}); save it anew"
        return _unread(source.name, "damaged", message)
    message = "an archive that is no Word document; unpack it, or save it as .docx"
    return _unread(source.name, "not_a_document", message)


def _is_article(source: Source) -> bool:
    with source.open() as file:
        first = file.readline(64 << 20)
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and any(isinstance(row.get(k), str) for k in _TEXTS)


def _articles(source: Source) -> Iterator[Document]:
    """A JSON object a line, each with a text."""
    with source.open() as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            name = f"{source.name}#{number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                message = f"this line is no JSON object ({error}); repair the export"
                yield _unread(name, "bad_json", message)
                continue
            yield _article(name, row)


def _article(name: str, row: object) -> Document:
    fields = row if isinstance(row, dict) else {}
    told = {
        part: next((fields[k] for k in keys if isinstance(fields.get(k), str)), "")
        for part, keys in (("text", _TEXTS), ("title", _TITLES), ("date", _DATES))
    }
    if not told["text"]:
        return _unread(name, "no_text", f"this line has no text in {', '.join(_TEXTS)}")
    title = told["title"]
    text = f"{title}\n\n{told['text']}" if title else told["text"]
    return Document(name, _lines(text), title, told["date"])


def _is_mail(start: bytes) -> bool:
    head = start.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    names = {line.split(b":", 1)[0] for line in head.splitlines() if b":" in line}
    return b"from" in names and len(names & {b"to", b"subject", b"date"}) > 1


def _mail(source: Source) -> Iterator[Document]:
    """A mail: its heads and its text; each attachment is a document of its own."""
    mail = BytesParser(policy=policy.default).parsebytes(_bytes(source))
    heads = [f"{k}: {mail[k]}" for k in ("From", "To", "Cc", "Subject") if mail[k]]
    body = mail.get_body(("plain", "html"))
    text = ""
    problems: tuple[Problem, ...] = ()
    if body is not None:
        data = body.get_payload(decode=True)
        part = data if isinstance(data, bytes) else b""
        if part and body.get_content_type() == "text/html":
            read = text_of_html(source.name, part)
            text, problems = read.text, read.problems
        elif part:
            inner = _plain(source_of(part, source.name))
            text, problems = inner.text, inner.problems
    whole = "\n".join(heads) + "\n\n" + text
    title, date = str(mail["Subject"] or ""), str(mail["Date"] or "")
    yield Document(source.name, whole, title, date, problems=problems)
    for number, attached in enumerate(mail.iter_attachments(), 1):
        data = attached.get_payload(decode=True)
        name = f"{source.name}/{attached.get_filename() or number}"
        if not isinstance(data, bytes) or not data:
            yield _unread(name, "unreadable", "an attachment that holds no file")
            continue
        for found in _one(data, name):
            yield replace(found, name=name)
