"""Is a change abnormal? A window against its expected course, and how sure one can be.

Year on year compares with what was; this compares with what was to be expected. For
each idea of the trend the shortfall, its 95 % interval and a one-sided p; then how many
agree, how the window ranks among ordinary windows of the same length, and how much of
the year-on-year change is the base of the year before rather than the window's own.
Months that were alarms when they came (clearway.trade.alarms) are not learned from.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clearway.errors import UsageError
from clearway.trade.alarms import Alarm, Step, alarms, walk
from clearway.trade.counterfactual import (
    FEWEST,
    QUICK,
    TRENDS,
    Expected,
    Trend,
    expected,
)
from clearway.trade.flows import LUNAR, Series
from clearway.trade.lunar import regressor
from clearway.trade.periods import month_at, month_number, months_between

LEVEL = 0.05
"""A window is abnormal where most trends give it a smaller p than this."""


@dataclass(frozen=True, slots=True)
class Against:
    """A window against one idea of its course; changes are shares (-0.35 for -35 %)."""

    trend: str
    expected: float
    change: float
    low: float
    high: float
    p: float
    monthly: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Base:
    """The year-on-year change in two parts, which multiply.

    `change` is the year on year; `own` what the window did against its expected course;
    `given` what even the expected course would have been on the year; `base` how far
    the same months of the year before lay above their own expected course. `share` is
    `given` as a share of the whole in logarithms.
    """

    change: float
    own: float
    given: float
    base: float | None

    @property
    def share(self) -> float:
        """Which share of the change is the base effect, from 0 to 1 where both fall."""
        whole = math.log1p(self.change)
        return math.log1p(self.given) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Placebo:
    """How the window ranks among ordinary windows of the same length before it.

    `lower` of `windows` had a lower statistic (error over its expected spread).
    """

    windows: int
    lower: int

    @property
    def p(self) -> float:
        """The share of windows as low as this one, the window itself counted in."""
        return (self.lower + 1) / (self.windows + 1)


@dataclass(frozen=True, slots=True)
class Dip:
    """A window judged: every number of the answer, and what was left out."""

    title: str
    window: tuple[str, ...]
    actual: float
    currency: str
    against: tuple[Against, ...]
    rise: bool
    base: Base | None
    placebo: Placebo | None
    alarms: tuple[Alarm, ...]
    history: tuple[str, str]
    lunar: bool
    vintages: tuple[str, ...]
    failed: tuple[str, ...] = ()
    kept_in: tuple[Against, ...] = ()

    @property
    def agreeing(self) -> int:
        """How many trends call it abnormal."""
        return sum(one.p < LEVEL for one in self.against)

    @property
    def abnormal(self) -> bool:
        """Whether more than half of the trends call it abnormal."""
        return most([one.p for one in self.against])

    @property
    def p(self) -> tuple[float, float]:
        """The smallest and the largest p over the trends."""
        return min(a.p for a in self.against), max(a.p for a in self.against)

    @property
    def change(self) -> tuple[float, float]:
        """The smallest and the largest change over the trends."""
        changes = [one.change for one in self.against]
        return min(changes), max(changes)

    @property
    def middle(self) -> float:
        """The median change over the trends."""
        return _median([one.change for one in self.against])

    @property
    def middle_p(self) -> float:
        """The median p over the trends."""
        return _median([one.p for one in self.against])


def dip(
    series: Series,
    window: Sequence[str],
    *,
    rise: bool = False,
    trends: Sequence[Trend] = TRENDS,
    quick: bool = False,
    keep_alarms: bool = False,
) -> Dip:
    """Judge the months of a window of a monthly series.

    `rise` asks for a surge instead of a fall; `quick` leaves out what p would be with
    alarms learned from; `keep_alarms` learns from them. Raises UsageError where months
    of the window are missing or the history is too short.
    """
    values = dict(series.values)
    months = tuple(window)
    if missing := [month for month in months if month not in values]:
        raise UsageError(f"{series.title}: no figure for {', '.join(missing)}")
    lunar = bool(LUNAR & {series.reporter, series.partner})
    steps = walk(values, months[0], len(months), lunar=lunar)
    known = [step for step in steps if step.month < months[0]]
    left_out = frozenset(step.month for step in known if step.alarm)
    skipped = frozenset() if keep_alarms else left_out
    against, failed = _all(values, months, trends, skipped, lunar=lunar, rise=rise)
    kept_in: tuple[Against, ...] = ()
    if left_out and not keep_alarms and not quick:
        kept_in, _ = _all(values, months, trends, frozenset(), lunar=lunar, rise=rise)
    return Dip(
        series.title,
        months,
        sum(values[month] for month in months),
        series.currency,
        against,
        rise,
        _base(values, months, against, skipped, lunar=lunar),
        _placebo(steps, months, rise=rise),
        () if keep_alarms else alarms(known, series.reporter, series.partner),
        (_history(values, months)[0], month_at(month_number(months[0]) - 1)),
        lunar,
        series.vintages,
        failed,
        kept_in,
    )


def _history(values: Mapping[str, float], months: Sequence[str]) -> tuple[str, ...]:
    first = min(values)
    return months_between(first, month_at(month_number(months[0]) - 1))


def _all(
    values: Mapping[str, float],
    months: Sequence[str],
    trends: Sequence[Trend],
    skipped: frozenset[str],
    *,
    lunar: bool,
    rise: bool,
) -> tuple[tuple[Against, ...], tuple[str, ...]]:
    found: list[Against] = []
    failed: list[str] = []
    actual = sum(values[month] for month in months)
    for trend in trends:
        course = course_of(values, months, trend, skipped, lunar=lunar)
        if course is None:
            failed.append(trend.name)
        else:
            found.append(_against(course, actual, rise=rise))
    if not found:
        raise UsageError("no model of its course could be fitted to this series")
    return tuple(found), tuple(failed)


def course_of(
    values: Mapping[str, float],
    months: Sequence[str],
    trend: Trend,
    skipped: frozenset[str],
    *,
    lunar: bool,
) -> Expected | None:
    """The course expected of a window from what came before it; None if none fits.

    Months that are `skipped` are not learned from. Raises UsageError where the history
    is too short.
    """
    past = _history(values, months)
    history = [None if month in skipped else values.get(month) for month in past]
    usable = sum(bool(value) for value in history)
    if usable < FEWEST:
        raise UsageError(
            f"{usable} months of history before {months[0]}; at least {FEWEST} are "
            "needed to tell seasons from trend"
        )
    holidays = regressor([*past, *months]) if lunar else None
    return expected(history, len(months), trend, regressor=holidays)


def _against(course: Expected, actual: float, *, rise: bool) -> Against:
    low, high = course.between()
    return Against(
        course.trend,
        course.median,
        actual / course.median - 1,
        actual / high - 1,
        actual / low - 1,
        course.p_rise(actual) if rise else course.p_fall(actual),
        course.monthly,
    )


def _base(
    values: Mapping[str, float],
    months: Sequence[str],
    against: Sequence[Against],
    skipped: frozenset[str],
    *,
    lunar: bool,
) -> Base | None:
    earlier = [month_at(month_number(month) - 12) for month in months]
    if any(month not in values for month in earlier):
        return None
    was = sum(values[month] for month in earlier)
    now = sum(values[month] for month in months)
    own = _median([one.change for one in against])
    change = now / was - 1
    known = frozenset(month for month in skipped if month < earlier[0])
    try:
        course = course_of(values, earlier, QUICK, known, lunar=lunar)
    except UsageError:
        course = None
    above = was / course.median - 1 if course else None
    return Base(change, own, (1 + change) / (1 + own) - 1, above)


def _placebo(
    steps: Sequence[Step], months: Sequence[str], *, rise: bool
) -> Placebo | None:
    """Ordinary windows of the same length: none with an alarm, none after it."""
    mine = next((s.statistic for s in steps if s.month == months[0]), None)
    struck = {month_number(step.month) for step in steps if step.alarm}
    first, length = month_number(months[0]), len(months)
    others = [
        step.statistic
        for step in steps
        for start in [month_number(step.month)]
        if step.statistic is not None
        and start + length <= first
        and not struck & set(range(start, start + length))
    ]
    if mine is None or not others:
        return None
    lower = sum(other >= mine if rise else other <= mine for other in others)
    return Placebo(len(others), lower)


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def most(ps: Sequence[float]) -> bool:
    """Whether more than half of the trends give a smaller p than LEVEL."""
    return sum(p < LEVEL for p in ps) * 2 > len(ps)


def adjusted(ps: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's adjusted p of many windows, in their order.

    Of those called abnormal at a level of these, on the average no more than that
    share are ordinary (Journal of the Royal Statistical Society B 57, 1995).
    """
    order = sorted(range(len(ps)), key=lambda place: ps[place], reverse=True)
    found = [1.0] * len(ps)
    least = 1.0
    for done, place in enumerate(order):
        rank = len(ps) - done
        least = min(least, ps[place] * len(ps) / rank)
        found[place] = least
    return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of many windows, with its p adjusted for how many were asked."""

    dip: Dip
    q: float

    @property
    def abnormal(self) -> bool:
        """Whether it is abnormal among so many."""
        return self.q < LEVEL and self.dip.abnormal


def dips(
    many: Sequence[Series], window: Sequence[str], *, rise: bool = False
) -> tuple[tuple[Ranked, ...], dict[str, str]]:
    """Many series in one window, the surest first; and why others cannot be judged."""
    judged: list[Dip] = []
    left: dict[str, str] = {}
    for one in many:
        try:
            judged.append(dip(one, window, rise=rise, quick=True))
        except UsageError as error:
            left[one.title] = str(error)
    qs = adjusted([one.middle_p for one in judged])
    ranked = [Ranked(one, q) for one, q in zip(judged, qs, strict=True)]
    return tuple(sorted(ranked, key=lambda item: (item.q, item.dip.title))), left
