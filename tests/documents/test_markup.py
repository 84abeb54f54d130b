"""The marked-up copy of a document."""

from typing import Any

from lxml import html

from clearway.documents.document import Document
from clearway.documents.finding import find
from clearway.documents.markup import marked_up
from clearway.index.index import Index
from clearway.model import Problem


def words(element: Any) -> str:
    return "".join(element.itertext())


def test_every_mention_is_marked_and_leads_to_its_evidence(index: Index) -> None:
    text = "Igor Sechin <b>met</b> & Alisher Usmanov.\n\nSechin left."
    document = Document("a<b", text, problems=(Problem("x", "page <3> is a picture"),))
    page = marked_up(document, find(document, index))
    root = html.document_fromstring(page)
    assert [words(mark) for mark in root.iter("mark")] == [
        *("Igor Sechin", "Alisher Usmanov", "Sechin"),
    ]
    ids = {element.get("id") for element in root.iter()}
    links = [element.get("href") or "" for element in root.iter("a")]
    assert {link.removeprefix("#") for link in links} <= ids
    shown = [words(paragraph) for paragraph in root.iter("p")][-2:]
    assert shown == text.split("\n\n")


def test_the_page_fetches_nothing_and_runs_nothing(index: Index) -> None:
    document = Document("x", "<script>alert(1)</script> Igor Sechin <img src=x>")
    page = marked_up(document, find(document, index))
    root = html.document_fromstring(page)
    assert not list(root.iter("script", "img", "link"))
    assert all(element.get("src") is None for element in root.iter())
    assert "<script" not in page
