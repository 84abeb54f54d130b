from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.model import PartialDate


@pytest.mark.parametrize(
    ("text", "iso", "circa"),
    [
        ("1962", "1962", False),
        ("1962-03", "1962-03", False),
        ("1962-03-04", "1962-03-04", False),
        ("04 Mar 1962", "1962-03-04", False),  # OFAC
        ("Mar 1962", "1962-03", False),  # OFAC
        ("circa 1961", "1961", True),  # OFAC
        ("1960 to 1962", "1960/1962", False),  # OFAC
        ("00/00/1994", "1994", False),  # UK
        ("25/03/1973", "1973-03-25", False),  # UK
        ("03/25/1973", "1973-03-25", False),  # only one order makes a date
        ("19620304", "1962-03-04", False),
        ("March 4, 1962", "1962-03-04", False),
        ("between 1960 and 1963", "1960/1963", True),  # UN
        ("1962-03-04T00:00:00", "1962-03-04", False),
    ],
)
def test_a_date_is_read_as_lists_write_it(text: str, iso: str, circa: bool) -> None:
    day = PartialDate.parse(text)
    assert (day.iso, day.circa, day.text) == (iso, circa, text)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31 Feb 1962", "1962-13-01", "0000", "12", "00/00/0000"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_the_order_of_day_and_month_can_be_said() -> None:
    assert PartialDate.parse("03/04/1962").iso == "1962-04-03"
    assert PartialDate.parse("03/04/1962", day_first=False).iso == "1962-03-04"


def test_a_partial_date_spans_the_days_it_may_mean() -> None:
    march = PartialDate.parse("1962-03")
    assert (march.earliest, march.latest) == (date(1962, 3, 1), date(1962, 3, 31))
    assert march.overlaps(PartialDate.parse("1962"))
    assert not march.overlaps(PartialDate.parse("1962-04-01"))
    assert not march.exact
    assert PartialDate.parse("1962-03-04").exact


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_whole_date_survives_being_written_and_read(day: date) -> None:
    read = PartialDate.parse(day.isoformat())
    assert (read.earliest, read.latest, str(read)) == (day, day, day.isoformat())


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return
    assert day.earliest <= day.latest
