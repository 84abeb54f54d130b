"""Sentences about trade, read: who to whom, which flow, when, how much."""

from datetime import date

import pytest

from clearway.trade.claim_reading import Claim, claims_in
from clearway.trade.claim_when import written_on

DAY = date(2024, 5, 20)


def one(sentence: str) -> Claim:
    (claim,) = claims_in(sentence, DAY)
    return claim


Told = tuple[str, str, str, str, float, str]


def told(claim: Claim) -> Told:
    return (
        claim.reporter,
        claim.partner,
        claim.flow,
        claim.measure,
        round(claim.value, 6),
        str(claim.period),
    )


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        (
            "China's imports from Russia reached $129 billion in 2023.",
            ("cn", "ru", "import", "level", 129e9, "2023"),
        ),
        (
            "Russian imports from China climbed by 20 percent in 2019.",
            ("ru", "cn", "import", "growth", 0.2, "2019"),
        ),
        (
            "China's exports to Russia stood at 7.6 billion dollars in March 2024.",
            ("cn", "ru", "export", "level", 7.6e9, "2024-03"),
        ),
        (
            "China-Russia trade grew to 1.7 trillion yuan last year.",
            ("cn", "ru", "trade", "level", 1.7e12, "2023"),
        ),
        (
            "EU exports to Russia more than halved in 2022.",
            ("eu", "ru", "export", "growth", -0.5, "2022"),
        ),
        (
            "Shipments from Germany to Kazakhstan rose 30 percent in first half 2023.",
            ("de", "kz", "export", "growth", 0.3, "2023-01..06"),
        ),
        (
            "Exports of Chinese machinery from China to Russia fell 3.5% in February.",
            ("cn", "ru", "export", "growth", -0.035, "2024-02"),
        ),
        (
            "Turkish exports to Russia dropped in the first quarter of 2024.",
            ("tr", "ru", "export", "direction", -1.0, "2024-01..03"),
        ),
        (
            "US imports from China slid to $427 billion in 2023.",
            ("us", "cn", "import", "level", 427e9, "2023"),
        ),
        (
            "Trade between India and Russia hit 65.7 bn USD in 2023.",
            ("in", "ru", "trade", "level", 65.7e9, "2023"),
        ),
        (
            "In April 2023, Chinese exports to Russia jumped 153 percent.",
            ("cn", "ru", "export", "growth", 1.53, "2023-04"),
        ),
        (
            "Kazakhstan's trade with Russia expanded in 2022.",
            ("kz", "ru", "trade", "direction", 1.0, "2022"),
        ),
    ],
)
def test_a_claim_is_read(sentence: str, meant: Told) -> None:
    assert told(one(sentence)) == meant


def test_one_sentence_may_make_several_claims() -> None:
    found = claims_in(
        "Exports from China to Russia fell 16.1% in March and 13.3% in April.", DAY
    )
    assert [(c.value, str(c.period)) for c in found] == [
        (-0.161, "2024-03"),
        (-0.133, "2024-04"),
    ]
    found = claims_in(
        "Sino-Russian trade hit a record $190 billion in 2022, up 29 percent.", DAY
    )
    assert [told(c)[3:] for c in found] == [
        ("level", 190e9, "2022"),
        ("growth", 0.29, "2022"),
    ]


def test_a_fall_from_a_surge_is_two_claims() -> None:
    found = claims_in(
        "Chinese exports to Russia dipped during March and April, down from a surge "
        "early in the year.",
        DAY,
    )
    assert [told(c)[3:] for c in found] == [
        ("direction", -1.0, "2024-03..04"),
        ("direction", 1.0, "2024-01..02"),
    ]


def test_how_far_off_the_wording_leaves_it() -> None:
    exact = one("China-Russia trade hit $240 billion in 2023.")
    about = one("China-Russia trade hit about $240 billion in 2023.")
    over = one("China-Russia trade hit more than $240 billion in 2023.")
    assert exact.slack == 0.5e9
    assert about.slack > exact.slack
    assert (exact.bound, over.bound) == ("", "over")


def test_the_source_cited_is_read() -> None:
    text = "China-Russia trade hit $240 billion in 2023, by Chinese customs data."
    assert one(text).source == "cn"


def test_the_sentence_before_says_who_trades() -> None:
    text = "China and Russia are close. Bilateral trade reached $240 billion in 2023."
    assert told(one(text))[:3] == ("cn", "ru", "trade")


@pytest.mark.parametrize(
    "sentence",
    [
        "The trade war between the US and China went on in 2023.",
        "The trade ministers of China and Russia met on 16 May 2024.",
        "China exports dreams.",
        "China's economy grew 5.2 percent in 2023.",
        "Xi helped Russia ramp up output while stopping short of direct arms exports.",
        "Trade is good.",
    ],
)
def test_what_states_no_figure_is_no_claim(sentence: str) -> None:
    assert claims_in(sentence, DAY) == ()


def test_a_month_without_a_year_is_the_last_one_that_was() -> None:
    text = "China's exports to Russia fell 3 percent in November."
    assert str(one(text).period) == "2023-11"
    undated = claims_in(text)
    assert [claim.period for claim in undated] == [None]


def test_the_day_of_writing_is_the_latest_full_date() -> None:
    text = "On 27 April 2024 and again on Thursday, May 16, 2024; since 2022-02-24."
    assert written_on(text) == date(2024, 5, 16)
    assert written_on("nothing dated") is None


def test_a_caption_repeated_claims_once() -> None:
    line = "China-Russia trade hit $240 billion in 2023.\n"
    assert len(claims_in(line * 3, DAY)) == 1
