"""Alarms: months found abnormal in sequence, by a rule nobody adapts to an answer."""

import math
import random

import pytest

from clearway.trade.alarms import ALARM, LASTING, LEARNED, Step, alarms, shocks, walk
from clearway.trade.periods import month_at, month_number, months_between

FIRST = "2012-01"


def course(months: int = 96, **struck: float) -> dict[str, float]:
    """Steady growth with seasons and 4 % of noise; `m2016_03=0.6` strikes a month."""
    rng = random.Random(11)
    values = {}
    for step in range(months):
        month = month_at(month_number(FIRST) + step)
        season = 0.1 * math.sin(step * math.pi / 6)
        values[month] = 1e9 * math.exp(0.004 * step + season + rng.gauss(0, 0.04))
        values[month] *= struck.get(f"m{month.replace('-', '_')}", 1.0)
    return values


def found(values: dict[str, float], last: str = "2019-12") -> list[str]:
    return [step.month for step in walk(values, last, lunar=False) if step.alarm]


def test_an_ordinary_course_raises_no_alarm() -> None:
    assert found(course()) == []


def test_a_month_that_breaks_with_its_course_is_one_and_its_neighbours_are_not() -> (
    None
):
    assert found(course(m2016_03=0.6)) == ["2016-03"]
    assert found(course(m2016_03=1.6)) == ["2016-03"]


def test_nothing_later_changes_what_was_an_alarm() -> None:
    values = course(m2016_03=0.6, m2018_09=1.7)
    until = {month: value for month, value in values.items() if month <= "2017-06"}
    early = walk(until, "2017-06", lunar=False)
    assert early == walk(values, "2017-06", lunar=False)


def test_nothing_is_judged_before_three_years_of_history() -> None:
    first = walk(course(), "2019-12", lunar=False)[0]
    assert first.month == month_at(month_number(FIRST) + LEARNED)


def test_a_level_that_stays_is_taken_for_the_new_course_after_half_a_year() -> None:
    later = {
        month: value * (0.5 if month >= "2016-03" else 1)
        for month, value in course().items()
    }
    early = walk(later, "2016-06", lunar=False)
    assert [step.month for step in early if step.alarm] == [
        *("2016-03", "2016-04", "2016-05", "2016-06")
    ]
    whole = walk(later, "2019-12", lunar=False)
    broke = [step.month for step in whole if step.p < ALARM]
    assert broke[0] == "2016-03"
    assert len(broke) >= LASTING
    assert max(broke) < "2017-03"
    assert not any(step.alarm for step in whole)


def test_months_in_a_row_are_one_alarm_and_directions_are_not_mixed() -> None:
    steps = [
        Step("2022-02", 0.1, 0.2, None),
        Step("2022-03", -0.3, 1e-4, None),
        Step("2022-04", -0.4, 1e-6, None),
        Step("2022-05", 0.5, 1e-6, None),
        Step("2022-08", 0.5, 1e-6, None),
    ]
    grouped = alarms(steps, "cn", "ru")
    assert [one.months for one in grouped] == [
        ("2022-03", "2022-04"),
        ("2022-05",),
        ("2022-08",),
    ]
    assert grouped[0].change == (-0.4, -0.3)


def test_what_is_known_to_have_happened_names_an_alarm_and_makes_none() -> None:
    fall, rise = (
        alarms([Step("2022-03", way, 1e-6, None)], "cn", "ru")[0] for way in (-0.3, 0.3)
    )
    assert "payments" in fall.name
    assert rise.name == ""
    assert alarms([Step("2022-03", -0.3, 1e-6, None)], "de", "fr")[0].name == ""
    assert alarms([Step("2022-03", -0.3, ALARM, None)], "cn", "ru") == ()
    assert all(shock.source and shock.evidence for shock in shocks())


@pytest.mark.parametrize("length", [1, 3])
def test_a_window_is_measured_only_where_all_its_months_are_told(length: int) -> None:
    steps = walk(course(60), "2016-12", length, lunar=False)
    assert [step.month for step in steps] == list(months_between("2015-01", "2016-12"))
    missing = [step.month for step in steps if step.statistic is None]
    assert missing == list(months_between("2015-01", "2016-12"))[25 - length :]
