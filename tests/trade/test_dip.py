"""Abnormal or not, against a course fitted before the window."""

import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import UsageError
from clearway.trade.asking import Question
from clearway.trade.columns import Told
from clearway.trade.counterfactual import QUICK, TRENDS, expected
from clearway.trade.dip import adjusted, dip, dips
from clearway.trade.files import file_at
from clearway.trade.flows import Point, Series, series
from clearway.trade.periods import month_at, month_number, window
from clearway.trade.reading import read_file
from clearway.trade.store import Store
from clearway.trade.words import base_weighs, details, of_dip


def made(last: float = 1.0, months: int = 72, partner: str = "kz") -> Series:
    """Trade of Germany: steady growth, seasons, 5 % of noise; the last two months times
    `last`."""
    rng = random.Random(7)
    points = []
    for step in range(months):
        value = 1e9 * math.exp(
            0.004 * step + 0.1 * math.sin(step * math.pi / 6) + rng.gauss(0, 0.05)
        )
        value *= last if step >= months - 2 else 1.0
        month = month_at(month_number("2012-01") + step)
        points.append(
            Point(month, value, None, "", "reported", "2020-01-01", 1, step, 1)
        )
    return Series("de", partner, "export", "", "EUR", "made", tuple(points))


LAST = ("2017-11", "2017-12")


def test_a_planted_dip_is_abnormal_and_an_ordinary_month_is_not() -> None:
    calm, struck = dip(made(), LAST, quick=True), dip(made(0.7), LAST, quick=True)
    assert not calm.abnormal
    assert struck.abnormal
    assert struck.agreeing == len(TRENDS)
    low, high = struck.change
    assert -0.4 < low <= high < -0.2
    assert struck.middle_p < calm.middle_p


def test_a_surge_is_asked_for_by_name() -> None:
    assert dip(made(1.4), LAST, rise=True, quick=True).abnormal
    assert not dip(made(1.4), LAST, quick=True).abnormal


def test_the_interval_holds_the_change_and_months_are_forecast_together() -> None:
    for one in dip(made(0.9), LAST, quick=True).against:
        assert one.low < one.change < one.high
        assert len(one.monthly) == 2
        assert all(low < middle < high for low, middle, high in one.monthly)


def test_joint_errors_are_wider_than_months_taken_apart() -> None:
    values = [point.value for point in made().points][:-2]
    course = expected(values, 2, QUICK)
    assert course is not None
    low, high = course.between()
    apart = math.hypot(*(b - a for a, _, b in course.monthly))
    assert high - low > apart


def test_the_course_never_sees_the_window() -> None:
    calm, struck = dip(made(), LAST, quick=True), dip(made(0.5), LAST, quick=True)
    assert [a.expected for a in calm.against] == [a.expected for a in struck.against]


def test_the_year_on_year_falls_into_its_parts() -> None:
    found = dip(made(0.8), LAST, quick=True)
    assert found.base is not None
    whole = (1 + found.base.own) * (1 + found.base.given)
    assert whole == pytest.approx(1 + found.base.change)


def test_the_rank_among_ordinary_windows() -> None:
    found = dip(made(0.6), LAST)
    assert found.placebo is not None
    assert found.placebo.windows > 20
    assert found.placebo.lower == 0
    assert found.placebo.p == 1 / (found.placebo.windows + 1)


def test_too_little_history_and_missing_months_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 24"):
        dip(made(months=20), ("2013-07",))
    with pytest.raises(UsageError, match="no figure for 2030-01"):
        dip(made(), ("2030-01",))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_ps_keep_the_order_and_never_shrink(ps: list[float]) -> None:
    qs = adjusted(ps)
    assert all(q >= p - 1e-12 for p, q in zip(ps, qs, strict=True))
    assert all(q <= 1 for q in qs)
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    ranked = [qs[place] for place in order]
    assert ranked == sorted(ranked)


def test_the_example_of_benjamini_and_hochberg() -> None:
    # Fifteen p of their paper (1995, section 3): at .05 the first four are rejected.
    ps = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    assert sum(q <= 0.05 for q in adjusted(ps)) == 4


def test_of_many_series_the_struck_one_comes_first() -> None:
    many = [made(partner="am"), made(0.6, partner="ge"), made(1.0, 20, partner="uz")]
    ranked, left = dips(many, LAST)
    assert ranked[0].dip.title.endswith("Georgia")
    assert [one.abnormal for one in ranked] == [True, False]
    assert list(left) == ["Germany's exports to Uzbekistan"]


@pytest.fixture(scope="module")
def corridor(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Series:
    """China's exports to Russia, UN Comtrade, 2017 to 2024."""
    store = Store(tmp_path_factory.mktemp("corridor"))
    folder = shared / "trade" / "comtrade"
    file, told = file_at(folder / "china_russia_monthly_2017_2024.csv"), Told()
    store.keep(file, read_file(file, told), told, retrieved="2025-06-01")
    return series(store, Question(("cn",), ("ru",)))


@pytest.mark.shared
def test_march_to_june_2022_is_abnormal_at_once(corridor: Series) -> None:
    found = dip(corridor, window("2022-03..06"), quick=True)
    assert found.abnormal
    assert found.agreeing == len(TRENDS)
    assert found.p[1] < 0.005
    assert -0.42 < found.change[0] <= found.change[1] < -0.33


@pytest.mark.shared
def test_march_and_april_2024_are_not(corridor: Series) -> None:
    found = dip(corridor, window("2024-03..04"), quick=True)
    assert not found.abnormal
    assert found.agreeing == 0
    assert 0.07 <= found.p[0] <= found.p[1] <= 0.21
    assert -0.14 <= found.change[0] <= found.change[1] <= -0.07
    months = {month for alarm in found.alarms for month in alarm.months}
    assert months == {"2020-02", *window("2022-03..06"), "2023-02", "2023-03"}
    assert base_weighs(found.base)
    assert of_dip(found) == (
        "China's exports to Russia, March-April 2024: year on year -15 %; against its "
        "expected course -7 to -12 %, weak evidence (p .09 to .20)"
    )
    assert any(line.startswith("base effect") for line in details(found))


@pytest.mark.shared
def test_nor_are_they_where_alarms_are_learned_from(corridor: Series) -> None:
    found = dip(corridor, window("2024-03..04"), quick=True, keep_alarms=True)
    assert not found.abnormal
    assert found.alarms == ()
