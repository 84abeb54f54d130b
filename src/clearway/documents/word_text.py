"""The text of a Word document: body, tables, heads and feet, notes, comments, boxes."""

import lzma
import re
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from clearway.documents.document import Document
from clearway.model import Problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(
    r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
)
_ORDER = ("document", "header", "footer", "footnotes", "endnotes", "comments")
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, etree.LxmlError),
    *(OSError, EOFError, RuntimeError, ValueError, KeyError, etree.XMLSyntaxError),
)
"""What unpacking a torn or locked file may raise, and reading what came out of it."""
_BREAKS = {"p": "\n\n", "tab": "\t", "br": "\n", "cr": "\n"}
_TAGS = ("t", "tc", *_BREAKS)
MOST_BYTES = 256 << 20
"""Bytes of one part, unpacked."""


def text_of_word(name: str, archive: zipfile.ZipFile) -> Document:
    """Read all that a reader of the document may see; deleted text is left out."""
    problems: list[Problem] = []
    texts: list[str] = []
    parts = filter(_PARTS.fullmatch, archive.namelist())
    for part in sorted(parts, key=_place):
        if archive.getinfo(part).file_size > MOST_BYTES:
            message = "a part of the document is too large; split the document"
            problems.append(Problem("too_large", message, name, part))
            continue
        try:
            texts.append(_text(archive.read(part)))
        except DAMAGED as error:
            message = f"a part of the document is damaged ({error}); save it anew"
            problems.append(Problem("damaged", message, name, part))
    text = "\n\n".join(filter(None, texts))
    if not text and not problems:
        problems.append(Problem("no_text", "the document holds no text", name))
    return Document(name, text, problems=tuple(problems))


def _place(part: str) -> tuple[int, str]:
    stem = part.removeprefix("word/")
    return next(n for n, key in enumerate(_ORDER) if stem.startswith(key)), part


def _text(data: bytes) -> str:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise ValueError("a document type declaration, which Word never writes")
    out: list[str] = []
    for element in root.iter(*(f"{_W}{tag}" for tag in _TAGS)):
        tag = element.tag.removeprefix(_W)
        if tag == "t":
            out.append(element.text or "")
        elif tag == "tc":
            # The cells of a row are one line: a name may stand in two of them.
            out.append(" | " if element.getprevious() is not None else "\n\n")
        elif tag != "p" or not _begins_cell(element):
            out.append(_BREAKS[tag])
    lines = (line.strip() for line in "".join(out).split("\n\n"))
    return "\n\n".join(filter(None, lines))


def _begins_cell(paragraph: Any) -> bool:
    """Whether a paragraph is the first of a cell of a table."""
    parent = paragraph.getparent()
    if parent is None or parent.tag != f"{_W}tc":
        return False
    return all(one.tag != f"{_W}p" for one in paragraph.itersiblings(preceding=True))
