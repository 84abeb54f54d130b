"""Alarms: months that were abnormal when they came, found in sequence by one rule.

A month that broke with its course must not teach later expectations what is normal. So
that nobody picks such months after seeing what they do to an answer, they are found by
a rule declared beforehand: month after month is set against the course expected from
the months before it, without the alarms among them; its two-sided p below ALARM makes
it an alarm. Nothing later than a month takes part, so the answer for a window is the
same whatever came after it; the window itself is never cleared of its own alarm.

The model is QUICK; its parameters are estimated anew every January and hold for the
year. A break that lasts LASTING months is a new level: its months are learned from
after all, and the parameters estimated anew.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from statistics import NormalDist
from typing import Any

from clearway.trade.counterfactual import FEWEST, QUICK, Expected, estimated, expected
from clearway.trade.lunar import regressor
from clearway.trade.periods import month_at, month_number, months_between, window

ALARM = 0.001
"""The two-sided p of a month below which it is an alarm: one month in a thousand."""

LASTING = 6
"""Alarms in a row, of one direction, after which the course is taken to have moved."""

LEARNED = FEWEST + 12
"""Months of history before the first one that is judged: three of every season."""


@dataclass(frozen=True, slots=True)
class Step:
    """A month against its course when it came.

    `change` is a share, `p` two-sided; `statistic` the error of the window that begins
    with it, over its expected spread (None where months of the window are missing);
    `lasting` says that it was part of a break which became a new level.
    """

    month: str
    change: float
    p: float
    statistic: float | None
    lasting: bool = False

    @property
    def alarm(self) -> bool:
        """Whether later expectations do not learn from it."""
        return self.p < ALARM and not self.lasting


def walk(
    values: Mapping[str, float], last: str, length: int = 1, *, lunar: bool
) -> tuple[Step, ...]:
    """Every month from three years of history on up to `last`, each as it came.

    `values` are a monthly series; `length` is how many months the windows of the
    statistics have; `lunar` whether the Lunar New Year moves this trade.
    """
    months = months_between(min(values), last)
    left_out: set[str] = set()
    found: list[Step] = []
    estimates: Any = None
    for place in range(LEARNED, len(months)):
        month, past = months[place], months[:place]
        history = [None if one in left_out else values.get(one) for one in past]
        ahead = months_between(month, month_at(month_number(month) + length - 1))
        moved = regressor([*past, *ahead]) if lunar else None
        if estimates is None or month.endswith("-01"):
            fitted = estimated(history, QUICK, regressor=moved and moved[:place])
            estimates = estimates if fitted is None else fitted
        if estimates is None or not values.get(month):
            continue
        course = expected(history, length, QUICK, regressor=moved, estimates=estimates)
        if course is None:
            continue
        step = _step(values, ahead, course)
        found.append(step)
        if step.alarm:
            left_out.add(month)
            run = _run(found)
            if len(run) == LASTING:
                found[-LASTING:] = [replace(one, lasting=True) for one in run]
                left_out -= {one.month for one in run}
                estimates = None
    return tuple(found)


def _run(steps: Sequence[Step]) -> list[Step]:
    """The alarms in a row, of one direction, at the end of a walk."""
    run: list[Step] = []
    for step in reversed(steps):
        if not step.alarm or (run and not _follows(step, run[-1])):
            break
        run.append(step)
    return run[::-1]


def _follows(first: Step, second: Step) -> bool:
    """Whether one month comes right after another and errs the same way."""
    near = month_number(second.month) == month_number(first.month) + 1
    return near and (first.change < 0) == (second.change < 0)


def _step(values: Mapping[str, float], months: Sequence[str], course: Expected) -> Step:
    month = months[0]
    error = math.log(values[month]) - course.mean[0]
    p = 2 * NormalDist().cdf(-abs(error) / course.spread[0])
    return Step(month, math.exp(error) - 1, p, _statistic(values, months, course))


def _statistic(
    values: Mapping[str, float], months: Sequence[str], course: Expected
) -> float | None:
    """The error of a window in units of its expected spread."""
    if not all(values.get(month) for month in months):
        return None
    low, high = course.between(0.68)
    spread = (math.log(high) - math.log(low)) / 2
    actual = sum(values[month] for month in months)
    return (math.log(actual) - math.log(course.median)) / spread if spread else None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Months in a row that were alarms: how far off their course, which way, and what
    is known to have happened then (`name`, empty if nothing is)."""

    months: tuple[str, ...]
    change: tuple[float, float]
    name: str = ""


def alarms(steps: Sequence[Step], *countries: str) -> tuple[Alarm, ...]:
    """The alarms of a walk, months in a row and of one direction together."""
    groups: list[list[Step]] = []
    for step in steps:
        if not step.alarm:
            continue
        if groups and _follows(groups[-1][-1], step):
            groups[-1].append(step)
        else:
            groups.append([step])
    return tuple(_alarm(group, countries) for group in groups)


def _alarm(steps: Sequence[Step], countries: Sequence[str]) -> Alarm:
    months = tuple(step.month for step in steps)
    changes = [step.change for step in steps]
    names = [
        shock.name
        for shock in shocks()
        if shock.who & set(countries)
        and set(shock.months) & set(months)
        and shock.falls == (changes[0] < 0)
    ]
    return Alarm(months, (min(changes), max(changes)), "; ".join(names))


@dataclass(frozen=True, slots=True)
class Shock:
    """Something known to have struck trade. It names alarms and decides nothing."""

    name: str
    who: frozenset[str]
    months: tuple[str, ...]
    falls: bool
    source: str
    evidence: str


@cache
def shocks() -> tuple[Shock, ...]:
    """The table, read once."""
    path = files("clearway.trade").joinpath("data/shocks.toml")
    return tuple(
        Shock(
            row["name"],
            frozenset(row["who"]),
            window(row["months"]),
            row["falls"],
            row["source"],
            row["evidence"],
        )
        for row in tomllib.loads(path.read_text("utf-8"))["shock"]
    )
