"""The text of a PDF, page by page; pages without text are for a person to look at."""

import io
import logging
import re
from typing import Any

from clearway.documents.document import Document
from clearway.errors import ExtraMissing
from clearway.model import Problem

MOST_PAGES = 20_000
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: {1,4}[^\W\d_]){4,}(?!\S)")
"""Words of which every letter stands apart, as some PDFs give them."""
_BROKEN = (
    *(ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError),
    *(OSError, AssertionError, OverflowError, ZeroDivisionError, NotImplementedError),
)
"""What reading a damaged file may raise, beside what its library raises on purpose."""


def text_of_pdf(name: str, data: bytes) -> Document:
    """Read a PDF; raises ExtraMissing without the package `pypdf`."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ExtraMissing(
            "reading PDF needs pypdf: pip install 'clearway[documents]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    broken = (PyPdfError, *_BROKEN)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            message = "the PDF has a password; save it without one"
            return Document(name, "", problems=(Problem("encrypted", message, name),))
        count = len(reader.pages)
        title = str((reader.metadata and reader.metadata.title) or "")
    except broken as error:
        message = f"the PDF is damaged ({type(error).__name__}); save it anew"
        return Document(name, "", problems=(Problem("damaged", message, name),))
    texts: list[str] = []
    starts: list[int] = []
    problems: list[Problem] = []
    for number in range(min(count, MOST_PAGES)):
        text = ""
        try:
            text = _joined(reader.pages[number].extract_text() or "")
        except broken as error:
            problems.append(_page_problem("damaged_page", name, number, error))
        else:
            if not text.strip():
                problems.append(_page_problem("scanned_page", name, number, None))
        starts.append(sum(map(len, texts)))
        texts.append(text + "\n\n")
    if count > MOST_PAGES or not count:
        message = f"the PDF has {count:,} pages; split it, or save it anew"
        problems.append(Problem("pages_unread", message, name))
    whole = "".join(texts)
    return Document(name, whole, title, "", tuple(starts), tuple(problems))


def _page_problem(code: str, name: str, number: int, error: Any) -> Problem:
    said = (
        "the page holds no text: a picture of a page, or empty; look at it, or have "
        "its text recognised"
        if error is None
        else f"the page cannot be read ({type(error).__name__}); look at it"
    )
    return Problem(code, said, name, f"page {number + 1}")


def _closed(match: re.Match[str]) -> str:
    """Letters set apart, put together: `P u t i n` is Putin."""
    words = re.split(r" {2,}", match[0])
    return " ".join(word.replace(" ", "") for word in words)


def _joined(text: str) -> str:
    """Words divided at the end of a line, or set letter by letter, made whole."""
    lines = [_SPACED.sub(_closed, line) for line in text.split("\n")]
    out: list[str] = []
    for line in lines:
        if out and out[-1].endswith("-") and line[:1].islower():
            out[-1] = out[-1][:-1] + line
        else:
            out.append(line.rstrip())
    return "\n".join(out)
