"""How often a window is called abnormal: where nothing happened, and with a dip.

The share called abnormal where nothing happened is the rate of false alarms; the same
windows with a planted dip give the power. The whole procedure is asked: alarms first,
then every idea of the trend, then their majority.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from clearway.bench.made_series import Made
from clearway.bench.measures import interval, share
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import Setting
from clearway.trade.alarms import walk
from clearway.trade.counterfactual import TRENDS
from clearway.trade.dip import course_of, most
from clearway.trade.periods import month_at, month_number

WINDOWS = 500
DIPS = (0.0, 0.1, 0.2, 0.3)


@dataclass(frozen=True, slots=True)
class Called:
    """One window: which planted dips were called abnormal, its length and noise."""

    called: tuple[bool, ...]
    months: int
    noise: str


def judged(series: Iterable[Made], setting: Setting) -> list[Called]:
    """Each window with each planted dip, on all cores."""
    asked = list(series)
    found: list[Called] = []
    with ProcessPoolExecutor(setting.workers) as pool:
        for done, one in enumerate(pool.map(called, asked, chunksize=5), 1):
            found.append(one)
            setting.progress("judging windows", done, len(asked))
    return found


def called(one: Made) -> Called:
    """Whether a window is called abnormal, without and with each planted dip."""
    skipped = one.skipped
    if skipped is None:
        steps = walk(
            one.values, month_at(month_number(one.window[0]) - 1), lunar=one.lunar
        )
        skipped = frozenset(step.month for step in steps if step.alarm)
    courses = [
        course_of(one.values, one.window, trend, skipped, lunar=one.lunar)
        for trend in TRENDS
    ]
    fitted = [course for course in courses if course is not None]
    actual = sum(one.values[month] for month in one.window)
    return Called(
        tuple(
            most([course.p_fall(actual * (1 - dip)) for course in fitted])
            for dip in DIPS
        ),
        len(one.window),
        one.noise,
    )


def calibrated(
    part: Part, found: Sequence[Called], kind: str = "made", key: str = ""
) -> None:
    """False alarms and power, by noise and by length.

    `kind` says of which series in words, `key` begins the names of the measures.
    """
    whole = len(found)
    false = sum(one.called[0] for one in found)
    low, high = interval(false, whole)
    part.measure(
        f"{key}false", f"ordinary {kind} windows called abnormal",
        share(false, whole), "share", whole,
    )  # fmt: skip
    part.notes.append(
        f"95 % interval of the false alarms of {kind} series: {low:.1%} to {high:.1%}"
    )
    for place, dip in enumerate(DIPS[1:], 1):
        hits = sum(one.called[place] for one in found)
        part.measure(
            f"{key}power_{dip * 100:.0f}",
            f"  with a planted dip of {dip:.0%}",
            share(hits, whole),
            "share",
            whole,
        )
    rows: list[list[Cell]] = []
    groups = [("series", name) for name in dict.fromkeys(one.noise for one in found)]
    for sort, name in [*groups, *(("months", number) for number in range(1, 5))]:
        here = [
            one
            for one in found
            if (one.noise if sort == "series" else one.months) == name
        ]
        if here:
            shares = [
                share(sum(one.called[place] for one in here), len(here))
                for place in range(len(DIPS))
            ]
            rows.append([f"{sort} {name}", len(here), *shares])
    heads = ("windows", "count", *(f"dip {dip:.0%}" for dip in DIPS))
    part.tables.append(Table(f"share called abnormal, {kind} series", heads, rows))
