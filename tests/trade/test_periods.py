"""Periods in every publisher's spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import UsageError
from clearway.trade.periods import Period, month_at, month_number, period_of, window


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("202403", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024-03-01", "2024-03"),
        ("2024-03-01 00:00:00", "2024-03"),
        ("2024M03", "2024-03"),
        ("2024/3", "2024-03"),
        ("2024年3月", "2024-03"),
        ("2024年1至2月", "2024-01..02"),
        ("202301-04", "2023-01..04"),
        ("2024-01..02", "2024-01..02"),
        ("2024", "2024"),
        ("202301-12", "2023"),
    ],
)
def test_a_period_is_read_in_each_spelling(written: str, ours: str) -> None:
    assert str(period_of(written)) == ours


def test_month_52_means_the_whole_year() -> None:
    assert period_of("202452") == Period(2024)
    assert str(period_of("202452")) == "2024"


@pytest.mark.parametrize(
    "text", ["", "2024-13", "202400", "24-03", "March", "2024-03..02"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


@given(st.integers(1900, 2200), st.integers(1, 12), st.integers(1, 12))
def test_a_period_reads_itself_back(year: int, first: int, last: int) -> None:
    period = Period(year, min(first, last), max(first, last))
    assert period_of(str(period)) == period


@given(st.integers(1900 * 12, 2200 * 12))
def test_months_are_counted_there_and_back(number: int) -> None:
    assert month_number(month_at(number)) == number


def test_a_window_may_cross_a_year() -> None:
    assert window("2023-11..2024-02") == ("2023-11", "2023-12", "2024-01", "2024-02")
    assert window("2024-03..04") == ("2024-03", "2024-04")
    with pytest.raises(UsageError, match="ends before it begins"):
        window("2024-03..2024-01")
