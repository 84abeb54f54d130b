from datetime import date
from urllib.parse import urlsplit

import pytest

from clearway.errors import StoreError, UsageError
from clearway.lists.publishers import directory, parse

SMALL = """
[default]
rhythm_days = 30
[un]
title = "United Nations"
terms = "May be used."
[un.lists.consolidated]
title = "Consolidated list"
urls = ["https://example.org/un.xml"]
"""


def test_every_list_has_a_title_terms_a_rhythm_and_an_encrypted_address() -> None:
    for info in directory().lists:
        assert info.title
        assert info.publisher_title
        assert info.terms
        assert info.citation
        assert 1 <= info.rhythm_days <= 366
        assert all(urlsplit(url).scheme == "https" for url in info.urls)


def test_the_lists_of_may_2024_are_young_enough_the_day_after_the_news() -> None:
    day = date(2024, 5, 17)
    for publisher, name, published in (
        ("ofac", "sdn", date(2024, 5, 7)),
        ("ofac", "consolidated", date(2024, 5, 6)),
        ("eu", "fsf", date(2024, 5, 13)),
        ("un", "consolidated", date(2024, 5, 15)),
    ):
        info = directory().describe(publisher, name)
        assert (day - published).days <= info.rhythm_days


def test_a_closed_list_says_what_took_its_place() -> None:
    info = directory().describe("uk", "conlist")
    assert info.closed == date(2026, 1, 28)
    assert "UK Sanctions List" in info.closed_note


def test_a_list_nobody_described_has_the_defaults() -> None:
    info = directory().describe("ftm", "us_trade_csl")
    assert info.rhythm_days == 30
    assert info.urls == ()
    assert info.publisher_title.startswith("FollowTheMoney")


def test_a_publisher_nobody_described_has_the_defaults_too() -> None:
    assert directory().describe("house", "blacklist").rhythm_days == 30


def test_only_lists_with_an_address_are_fetched() -> None:
    assert [info.list for info in directory().fetchable(("ofac",))] == [
        "sdn",
        "consolidated",
    ]
    assert directory().fetchable(("ftm",)) == ()
    assert {info.publisher for info in directory().lists} - {
        info.publisher for info in directory().fetchable()
    } == {"starter"}


def test_an_unknown_publisher_is_refused_with_those_known() -> None:
    with pytest.raises(UsageError, match=r"called 'ofca'; known are ofac, eu"):
        directory().fetchable(("ofca",))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rythm_days = 3", r"\[un.lists.consolidated\] has the unknown key rythm_days"),
        ("rhythm_days = 0", "must be a number of days, at least 1, not 0"),
        ("rhythm_days = true", "must be a number of days"),
        ('rhythm_days = "7"', "must be a number of days"),
    ],
)
def test_a_key_nobody_reads_and_a_rhythm_of_no_days_are_refused(
    line: str, words: str
) -> None:
    with pytest.raises(StoreError, match=words):
        parse(SMALL + line)


def test_a_misspelt_publisher_key_is_refused() -> None:
    with pytest.raises(StoreError, match=r"\[eu\] has the unknown key licence"):
        parse(SMALL + '[eu]\ntitle = "EU"\nlicence = "?"')
