"""What numbers are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.trade import words
from clearway.trade.dip import Base


@pytest.mark.parametrize(
    ("p", "word", "written"),
    [
        (0.0001, "strong evidence", "< .001"),
        (0.004, "strong evidence", ".004"),
        (0.03, "evidence", ".03"),
        (0.07, "weak evidence", ".07"),
        (0.21, "weak evidence", ".21"),
        (0.5, "no evidence", ".50"),
    ],
)
def test_evidence_has_fixed_words(p: float, word: str, written: str) -> None:
    assert (words.evidence(p), words.chance(p)) == (word, written)


@given(st.floats(0, 1))
def test_every_p_has_a_word(p: float) -> None:
    assert words.evidence(p)


def test_amounts_and_changes() -> None:
    assert words.money(240.01e9, "USD") == "USD 240.0 billion"
    assert words.money(44.9e6) == "44.9 million"
    assert words.percent(-0.1613) == "-16 %"
    assert words.percent(0.0001) == "0 %"
    assert words.percent(None) == "unknown"


def test_windows_as_a_person_says_them() -> None:
    assert words.months(["2024-03", "2024-04"]) == "March-April 2024"
    assert words.months(["2023-12", "2024-01"]) == "December 2023 to January 2024"
    assert words.months([f"2023-{m:02}" for m in range(1, 13)]) == "2023"
    assert words.months(["2023"]) == "2023"


def test_a_base_weighs_where_it_alone_makes_half_the_change() -> None:
    assert words.base_weighs(Base(-0.147, -0.11, -0.04, 0.27))
    assert not words.base_weighs(Base(-0.155, -0.37, 0.34, 0.06))
    assert not words.base_weighs(Base(-0.147, -0.11, -0.04, -0.2))
    assert not words.base_weighs(None)
