"""The ownership test of each rule, on the first and last day of each of its periods."""

from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest

from clearway.errors import StoreError, UsageError
from clearway.ownership.stake import Interest
from clearway.ownership.threshold import Test
from clearway.screen.owning import (
    law_of,
    law_on,
    ownership_laws,
    read_ownership_laws,
)

HALF = Fraction(1, 2)
SHARES = (Interest.SHARES,)
BOTH = (Interest.SHARES, Interest.VOTING_RIGHTS)

DAYS = [
    # rule, day, op, aggregate, control, of, in force
    ("us", "2008-02-14", ">=", False, False, SHARES, "yes"),
    ("us", "2014-08-12", ">=", False, False, SHARES, "yes"),
    ("us", "2014-08-13", ">=", True, False, SHARES, "yes"),
    ("us", "2026-07-08", ">=", True, False, SHARES, "yes"),
    ("eu", "2018-05-04", ">", True, True, SHARES, "yes"),
    ("eu", "2024-07-02", ">", True, True, SHARES, "yes"),
    ("eu", "2024-07-03", ">=", True, True, SHARES, "yes"),
    ("eu", "2024-07-04", ">=", True, True, SHARES, "yes"),
    ("uk", "2020-12-31", ">", False, True, BOTH, "yes"),
    ("uk", "2026-07-08", ">", False, True, BOTH, "yes"),
    ("us_bis", "2025-09-29", ">=", True, False, SHARES, "yes"),
    ("us_bis", "2025-11-09", ">=", True, False, SHARES, "yes"),
    ("us_bis", "2025-11-10", ">=", True, False, SHARES, "no"),
    ("us_bis", "2026-11-09", ">=", True, False, SHARES, "no"),
    ("us_bis", "2026-11-10", ">=", True, False, SHARES, "unconfirmed"),
]


@pytest.mark.parametrize(("rule", "day", "op", "added", "control", "of", "force"), DAYS)
def test_the_law_of_a_day(
    rule: str,
    day: str,
    op: str,
    added: bool,
    control: bool,
    of: tuple[Interest, ...],
    force: str,
) -> None:
    law = law_on(rule, date.fromisoformat(day))
    test = law_of(rule, date.fromisoformat(day))
    assert isinstance(test, Test)
    assert (test.threshold, test.op) == (HALF, op)
    assert (test.aggregate, test.control, test.of) == (added, control, of)
    assert law.in_force == force
    assert law.sure == (force == "yes" and law.evidence == "found")


def test_every_first_and_last_day_is_asked_above() -> None:
    asked = {(rule, day) for rule, day, *_ in DAYS}
    for rule, periods in ownership_laws().items():
        for period in periods:
            assert (rule, period.first.isoformat()) in asked
            if period.last is not None:
                assert (rule, period.last.isoformat()) in asked


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("us", "2008-02-13"),
        ("eu", "2018-05-03"),
        ("uk", "2020-12-30"),
        ("us_bis", "2025-09-28"),
    ],
)
def test_the_day_before_the_first_is_not_guessed(rule: str, day: str) -> None:
    with pytest.raises(UsageError, match="is not known"):
        law_on(rule, date.fromisoformat(day))


def test_a_rule_of_no_such_name_is_refused() -> None:
    with pytest.raises(UsageError, match="us, eu, uk, us_bis"):
        law_of("mars", date(2024, 5, 17))


def test_only_what_was_read_in_its_source_decides_by_itself() -> None:
    assert not law_on("us", date(2014, 8, 12)).sure
    assert law_on("us", date(2014, 8, 13)).sure
    assert law_on("us", date(2014, 8, 12)).evidence == "found_partial"


TEXT = files("clearway").joinpath("rules", "ownership.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('op = ">"', 'op = "about"', "op is"),
        ('threshold = "1/2"', 'threshold = "3/2"', "makes no sense"),
        ('threshold = "1/2"', 'treshold = "1/2"', "nobody reads treshold"),
        ("aggregate = true\n", "", "aggregate is missing"),
        ('evidence = "found"', 'evidence = "sure"', "no such word"),
        ("to = 2024-07-02", "to = 2024-07-03", "overlaps"),
        ('of = ["shares"]', 'of = ["cattle"]', "cattle"),
    ],
)
def test_a_law_file_that_is_wrong_is_refused(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(StoreError, match=said):
        read_ownership_laws(TEXT.replace(old, new, 1))


def test_its_sources_are_among_those_of_the_rule_book() -> None:
    from clearway.rules.book import law

    known = law().sources
    for periods in ownership_laws().values():
        for period in periods:
            assert {*period.sources} <= known.keys()
