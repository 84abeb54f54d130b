"""The trade monitor: it finds what happened, and stays calm where nothing did.

Calibration: windows of made-up series in which nothing happens; the share called
abnormal is the rate of false alarms. Power: the same windows with a dip planted. Then
the real corridor, where its files are at hand: the facts to reproduce, how quickly a
million rows are brought in and answered, and many more rows than that in little memory.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from clearway.bench.made_series import Made, made
from clearway.bench.measures import interval, share
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import DataMissing, Setting
from clearway.trade.counterfactual import TRENDS
from clearway.trade.dip import course_of, most

WINDOWS = 500
DIPS = (0.0, 0.1, 0.2, 0.3)


@dataclass(frozen=True, slots=True)
class Called:
    """One window: which planted dips were called abnormal, its length and noise."""

    called: tuple[bool, ...]
    months: int
    noise: str


def run(setting: Setting) -> Part:
    """Calibration and power; facts and speed where the files are at hand."""
    part = Part("corridor", "trade of a corridor: dips, detours, millions of rows")
    count = min(WINDOWS, setting.sample or WINDOWS)
    calibrated(part, judged(made(count), setting))
    try:
        folder = _folder(setting)
    except DataMissing as missing:
        part.notes.append(f"real files not asked: {missing}")
        return part
    from clearway.bench.corridor_facts import facts

    facts(part, folder, setting)
    return part


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
    courses = [
        course_of(one.values, one.window, trend, frozenset(), lunar=True)
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


def calibrated(part: Part, found: Sequence[Called]) -> None:
    """False alarms and power, by noise and by length."""
    whole = len(found)
    false = sum(one.called[0] for one in found)
    low, high = interval(false, whole)
    part.measure(
        "false", "ordinary windows called abnormal", share(false, whole), "share", whole
    )
    part.notes.append(f"95 % interval of the false alarms: {low:.1%} to {high:.1%}")
    for place, dip in enumerate(DIPS[1:], 1):
        hits = sum(one.called[place] for one in found)
        part.measure(
            f"power_{dip * 100:.0f}",
            f"  with a planted dip of {dip:.0%}",
            share(hits, whole),
            "share",
            whole,
        )
    rows: list[list[Cell]] = []
    groups = [("noise", name) for name in ("quiet", "middling", "loud")]
    for kind, name in [*groups, *(("months", number) for number in range(1, 5))]:
        here = [
            one
            for one in found
            if (one.noise if kind == "noise" else one.months) == name
        ]
        if here:
            shares = [
                share(sum(one.called[place] for one in here), len(here))
                for place in range(len(DIPS))
            ]
            rows.append([f"{kind} {name}", len(here), *shares])
    heads = ("windows", "count", *(f"dip {dip:.0%}" for dip in DIPS))
    part.tables.append(Table("share called abnormal", heads, rows))


def _folder(setting: Setting) -> Path:
    """The folder with the publishers' files: `--data`, or `trade` beside it."""
    if setting.data is None:
        raise DataMissing("needs files of trade: name their folder with --data")
    for place in (setting.data, setting.data / "trade", setting.data.parent / "trade"):
        if (place / "comtrade").is_dir():
            return place
    raise DataMissing(f"no folder comtrade in {setting.data} nor in trade beside it")
