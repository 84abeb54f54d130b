"""The page of a corridor: one file that needs nothing, and says what it lacks."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from clearway.errors import NotFound
from clearway.trade.pictures import alone
from clearway.trade.report import Page, charts_of, corridor, html
from clearway.trade.store import Kept, Store

Keep = Callable[..., Kept]


@pytest.fixture
def page(store: Store, keep: Keep) -> Page:
    """Four years of made-up months, both records of a year, a detour, a bad row."""
    lines = ["period,reporter,partner,flow,code,edition,value,currency"]
    for step in range(48):
        month = f"{2019 + step // 12}-{step % 12 + 1:02}"
        value = 5_000_000_000 + 40_000_000 * step + (step % 5) * 90_000_000
        lines.append(f"{month},CN,RU,export,TOTAL,,{value},USD")
        lines.append(f"{month},CN,RU,import,TOTAL,,{value // 2},USD")
        lines.append(f"{month},RU,CN,import,TOTAL,,{int(value * 1.08)},USD")
        lines.append(f"{month},CN,RU,export,854231,HS2022,{90_000_000 - step},USD")
        lines.append(f"{month},CN,KG,export,854231,HS2022,{100_000 * step},USD")
    lines.append("2022-12,CN,KZ,export,TOTAL,,-5,USD")
    keep("\n".join(lines) + "\n", published="2023-02-01")
    return corridor(
        store, reporter="cn", target="ru", months=("2022-12",), day="2024-06-01"
    )


def test_every_section_is_there_with_words_for_its_chart(page: Page) -> None:
    assert [section.missing for section in page.sections] == [""] * len(page.sections)
    drawn = [section for section in page.sections if section.drawn]
    assert len(drawn) == 3
    assert all(section.told and section.sources for section in drawn)


def test_the_page_needs_nothing_from_anywhere(page: Page) -> None:
    text = html(page)
    assert "<script" not in text
    links = re.findall(r"(?:https?:)?//[^\s\"'<)]+", text)
    assert set(links) <= {"http://www.w3.org/2000/svg"}
    assert "prefers-color-scheme:dark" in text
    assert 'name="viewport"' in text


def test_the_same_figures_have_the_same_bytes(page: Page) -> None:
    assert html(page) == html(page)


def test_each_chart_is_drawn_for_a_page_and_for_a_phone(page: Page) -> None:
    text = html(page)
    assert text.count('viewBox="0 0 720 ') == text.count('viewBox="0 0 350 ') == 3
    assert text.count("<title>") == 7
    assert text.count("<desc>") == 6


def test_what_was_left_out_is_counted_on_the_page(page: Page) -> None:
    text = html(page)
    assert "1 left out" in text
    assert "1 negative" in text
    assert "the value is negative" in text


def test_every_source_is_named_with_rows_and_vintage(page: Page) -> None:
    assert re.search(
        r"figures\.csv, rows 2 to \d+, vintage 2023-02-01, sha256", html(page)
    )


def test_charts_are_files_of_their_own(page: Page) -> None:
    found = charts_of(page)
    assert [name[:2] for name in found] == ["1-", "3-", "4-"]
    for drawing in found.values():
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(alone(drawing).encode(), parser)
        texts = [float(t.get("x", "0")) for t in root.iter("{*}text")]
        assert all(0 <= x <= 720 for x in texts)
        assert root.get("width") == "720"


def test_names_with_markup_cannot_get_out(store: Store, keep: Keep) -> None:
    keep(
        "period,china_exports_to_russia_usd\n202303,1\n",
        name="<img src=x onerror=alert(1)>.csv",
    )
    page = corridor(
        store, reporter="cn", target="ru", months=("2023-03",), day="2024-06-01"
    )
    assert "<img" not in html(page)


def test_what_cannot_be_shown_says_why(store: Store, keep: Keep) -> None:
    keep("period,china_exports_to_russia_usd\n202303,1\n202403,2\n")
    page = corridor(
        store, reporter="cn", target="ru", months=("2024-03",), day="2024-06-01"
    )
    assert all(section.missing for section in page.sections)
    assert "Not shown:" in html(page)


def test_an_empty_store_has_no_page(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        corridor(
            Store(tmp_path), reporter="cn", target="ru", months=("2024-03",), day=""
        )


def test_the_page_is_whole_html(page: Page) -> None:
    open_: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "rect", "polyline", "polygon", "circle"):
                open_.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_.pop() == tag

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

    Balance().feed(html(page))
    assert open_ == []
