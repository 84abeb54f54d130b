"""Read a publisher's XML piece by piece, and never more than it says.

No document type declaration is accepted, so no entity is defined, none expanded and
nothing fetched; libxml2's own limits on depth and text stay in force. What has been
read is let go, so memory does not grow with the document.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from clearway.errors import ListUnreadable
from clearway.lists.reader import File
from clearway.model import PartialDate

_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*", re.S)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")


def root_name(head: bytes) -> str:
    """The local name of the document's root element, or empty if there is none."""
    prolog = _PROLOG.match(head)
    root = _ROOT.match(head, prolog.end() if prolog else 0)
    return root[1].decode("ascii", "replace") if root else ""


def day_generated(
    found: re.Match[bytes] | None, attribute: str, file: str
) -> date | None:
    """The day that an attribute of the root gives; None if it is absent or empty.

    `found` holds its value as the first group. ListUnreadable if it is no date.
    """
    if found is None or not found[1].strip():
        return None
    try:
        return PartialDate.parse(found[1].decode("ascii", "replace")).earliest
    except ValueError as error:
        raise ListUnreadable(
            file, f"line 1: its {attribute} is not readable: {error}"
        ) from error


def elements(file: File, *names: str) -> Iterator[etree._Element]:
    """Each element of these local names, complete, in the order in which they end.

    An element is emptied once the next one is asked for. ListUnreadable, with line and
    column, for a document that is not well formed or ends early; whatever came before
    has been given out by then.
    """
    _refuse_doctype(file, file.head())
    with file.open() as stream:
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _emptied(file, events)
        except etree.XMLSyntaxError as error:
            raise ListUnreadable(file.name, _where(error, events)) from error


def _emptied(file: File, events: Any) -> Iterator[etree._Element]:
    unchecked = True
    for _, element in events:
        if unchecked and element.getroottree().docinfo.doctype:
            raise _doctype(file)
        unchecked = False
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _refuse_doctype(file: File, head: bytes) -> None:
    prolog = _PROLOG.match(head)
    start = prolog.end() if prolog else 0
    if head[start : start + 9].upper() == b"<!DOCTYPE":
        raise _doctype(file)


def _doctype(file: File) -> ListUnreadable:
    return ListUnreadable(
        file.name,
        "has a document type declaration (<!DOCTYPE), which no publisher uses and "
        "which can hide harmful content; fetch it again from its publisher",
    )


def _where(error: etree.XMLSyntaxError, events: Any) -> str:
    line, column = error.position
    reason = error.msg or "not well formed"
    last = events.error_log.last_error
    if not line and last:
        # Of an entity that is not defined the exception knows neither place nor name.
        line, column, reason = last.line, last.column, last.message
    reason = " ".join(reason.split()).partition(", line ")[0]
    return (
        f"line {line}, column {column}: {reason}; the file is damaged or was cut "
        "short, fetch it again"
    )
