"""The news report of May 2024, on the lists of May 2024."""

from datetime import date
from pathlib import Path

import pytest

from clearway.documents.finding import Found, find
from clearway.documents.instruments import instruments_in
from clearway.documents.reading import documents
from clearway.screen.screener import Screener

OWN = Path(__file__).resolve().parents[2] / "examples" / "report.txt"
NOT_HITS = (
    "Xi Jinping",
    "Antony Blinken",
    "Joe Biden",
    "Konstantin Kalachev",
    "Xinhua",
)


@pytest.fixture(scope="module")
def screener(starter_home: Path) -> Screener:
    from clearway.app import open as opened
    from clearway.screen.config import Configuration

    return opened(starter_home, date(2024, 5, 17), Configuration(accept_stale=True))


def alerting(found: tuple[Found, ...]) -> list[Found]:
    return [hit for hit in found if hit.alerts]


def test_our_own_report_names_one_listed_person(screener: Screener) -> None:
    (document,) = documents(OWN)
    (hit,) = alerting(find(document, screener.compiled.index))
    assert "PUTIN" in hit.name.upper()
    assert hit.count == document.text.count("Putin")
    assert hit.collapsed >= 2


def test_our_own_report_names_the_order_and_its_section() -> None:
    (document,) = documents(OWN)
    assert [(i.ident, i.date) for i in instruments_in(document.text)] == [
        *(("us-eo", "2023-12"), ("us-eo-14114", ""), ("section-11", "")),
    ]


@pytest.mark.shared
def test_the_news_report_names_one_listed_person_on_the_lists_of_the_day(
    shared: Path, screener: Screener
) -> None:
    sample = shared / "samples" / "000_cb2b893ec2045d21.txt"
    (document,) = documents(sample)
    found = find(document, screener.compiled.index)
    (hit,) = alerting(found)
    assert "PUTIN" in hit.name.upper()
    assert hit.count == document.text.count("Putin")
    assert hit.collapsed > 10
    named = {mention.text for other in found for mention in other.mentions}
    assert named.isdisjoint(NOT_HITS)
