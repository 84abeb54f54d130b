"""The charts of a corridor: course with its fan, both records, detours.

Each is drawn for a width - a phone gets its own drawing, not a shrunken one - and told
in words for those who hear the page.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from clearway.trade.dip import Against, Dip
from clearway.trade.diversion import Diversion, Third
from clearway.trade.drawing import (
    NARROW,
    Field,
    area,
    bar,
    dot,
    heading,
    key,
    key_rows,
    line,
    svg,
    text,
    unit,
    width_of,
)
from clearway.trade.flows import Series
from clearway.trade.mirror import Gap, Mirror
from clearway.trade.periods import month_number
from clearway.trade.places import name_of
from clearway.trade.words import money, months, percent

Months = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event that a chart marks."""

    day: date
    name: str


@cache
def _events() -> tuple[tuple[Event, frozenset[str]], ...]:
    path = files("clearway.trade").joinpath("data/events.toml")
    rows = tomllib.loads(path.read_text("utf-8"))["event"]
    return tuple((Event(r["day"], r["name"]), frozenset(r["who"])) for r in rows)


def events_of(*countries: str) -> tuple[Event, ...]:
    """The events that touch a corridor."""
    return tuple(event for event, who in _events() if who & set(countries))


_FAN_KEY = (("told", "reported"), ("course", "expected, with its 95 % fan"))
_BACK = {False: 30, True: 17}
"""Months shown before the end of the window: on a page, on a phone."""
_ROW = 15


@dataclass(frozen=True, slots=True)
class _Axis:
    """Months from left to right."""

    field: Field
    first: int
    steps: int

    def x(self, month: str, part: float = 0.0) -> float:
        """Where a month lies; `part` of a month later."""
        place = (month_number(month) + part - self.first) / self.steps
        return self.field.left + place * self.field.room


def fan(series: Series, dip: Dip, *, width: int = 720) -> str:
    """A series with its expected course in the window, its 95 % fan, and events."""
    shown = _shown(series, dip.window[-1], _BACK[width < NARROW])
    marked = _marked(series, shown)
    middle = _middle(dip)
    most = max([value for _, value in shown] + [high for *_, high in middle.monthly])
    body, end = heading(width, series.title, unit(series.currency, most, "a month"))
    body += key(width, _FAN_KEY, end + 17)
    end += 4 + 18 * key_rows(width, _FAN_KEY)
    top = round(end) + 4 + _ROW * len(marked)
    field = Field(width, 260 + top, top, most * 1.05)
    first = month_number(shown[0][0])
    axis = _Axis(field, first, max(1, month_number(shown[-1][0]) - first))
    body += field.grid()
    body += _month_names(axis, shown)
    body += _marks(axis, marked, end)
    body += _expected(axis, shown, dip.window, middle)
    points = [(axis.x(month), field.y(value)) for month, value in shown]
    body.append(line(points, "told"))
    body += [
        dot(*at) for (month, _), at in zip(shown, points, strict=True)
        if month in dip.window
    ]  # fmt: skip
    return svg(width, field.height, series.title, told_fan(series, dip), body)


def _middle(dip: Dip) -> Against:
    """The idea of the trend whose change lies in the middle: its fan is drawn."""
    return min(dip.against, key=lambda one: abs(one.change - dip.middle))


def _shown(series: Series, last: str, back: int) -> Months:
    """The months drawn: some before the end of the window, half a year after it."""
    end = month_number(last)
    return [
        (period, value)
        for period, value in sorted(series.values.items())
        if end - back <= month_number(period) <= end + 6
    ]


def _month_names(axis: _Axis, shown: Months) -> list[str]:
    """January and July by name, and where these are too near only January."""
    near = axis.field.room / axis.steps * 6 < width_of("Jan 2024")
    ends = ("-01",) if near else ("-01", "-07")
    names = {"-01": "Jan ", "-07": "Jul "}
    edge = axis.field.width - 4
    body = []
    for month, _ in shown:
        if month.endswith(ends):
            at = axis.x(month)
            words = names[month[4:]] + month[:4]
            anchor = "end" if at + width_of(words) / 2 > edge else "middle"
            place = edge if anchor == "end" else at
            floor = axis.field.floor
            body += [
                line([(at, floor), (at, floor + 5)], "axis"),
                text(place, floor + 19, words, "faint", anchor),
            ]
    return body


def _marked(series: Series, shown: Months) -> list[Event]:
    """The events that fall into the months drawn."""
    drawn = {month for month, _ in shown}
    there = events_of(series.reporter, series.partner)
    return [event for event in there if f"{event.day:%Y-%m}" in drawn]


def _marks(axis: _Axis, events: Sequence[Event], top: float) -> list[str]:
    """Vertical lines at events, each with its name on a row of its own."""
    lines, names = [], []
    width = axis.field.width
    for number, event in enumerate(events):
        at = axis.x(f"{event.day:%Y-%m}", (event.day.day - 15) / 30)
        words = f"{event.name}, {event.day:%-d %b %Y}"
        row = top + _ROW * (number + 1)
        lines.append(line([(at, row - 10), (at, axis.field.floor)], "event"))
        if at + 5 + width_of(words) > width:
            names.append(text(at - 5, row, words, "faint", "end"))
        else:
            names.append(text(at + 5, row, words, "faint"))
    return lines + names


def _expected(
    axis: _Axis, shown: Months, window: Sequence[str], middle: Against
) -> list[str]:
    """The fan of the window and the expected course, joined to the month before it."""
    y = axis.field.y
    fans = list(zip(window, middle.monthly, strict=True))
    if len(fans) == 1:
        month, (low, _, high) = fans[0]
        corners = [(-0.3, low), (0.3, low), (0.3, high), (-0.3, high)]
        edges = [(axis.x(month, part), y(value)) for part, value in corners]
    else:
        edges = [(axis.x(month), y(low)) for month, (low, _, _) in fans]
        edges += [(axis.x(month), y(high)) for month, (_, _, high) in reversed(fans)]
    before = month_number(window[0]) - 1
    course = [(axis.x(m), y(v)) for m, v in shown if month_number(m) == before]
    course += [(axis.x(month), y(middle)) for month, (_, middle, _) in fans]
    if len(course) == 1:
        course += [(axis.x(window[0], 0.3), course[0][1])]
    return [area(edges, "band"), line(course, "course")]


def told_fan(series: Series, dip: Dip) -> str:
    """The chart in words."""
    values = series.values
    inside = ", ".join(
        f"{months([m])} {money(values[m], series.currency)}" for m in dip.window
    )
    middle = _middle(dip)
    return (
        f"{series.title} month by month. In the window: {inside}; together "
        f"{money(dip.actual, dip.currency)} against {money(middle.expected)} expected "
        f"({percent(middle.change)}, 95 % interval {percent(middle.low)} to "
        f"{percent(middle.high)})."
    )


def mirror_bars(found: Mirror, *, width: int = 720) -> str:
    """Both records of each year side by side; refused years only as outlines."""
    gaps = found.gaps[-8:] if width >= NARROW else found.gaps[-5:]
    entries = [
        ("one", f"{name_of(found.exporter.reporter)} tells, as exports"),
        ("two", f"{name_of(found.importer.reporter)} tells, as imports"),
    ]
    if any(gap.ratio is None for gap in gaps):
        entries.append(("none", "made from the mirror: circular"))
    most = max(
        [1.0, *(g.exported or 0 for g in gaps), *(g.imported or 0 for g in gaps)]
    )
    title = f"{found.exporter.title}, told by both sides"
    body, end = heading(width, title, unit(found.exporter.currency, most, "a year"))
    body += key(width, entries, end + 17)
    top = round(end) + 8 + 18 * key_rows(width, entries)
    field = Field(width, 210 + top, top, most * 1.05, bottom=44)
    body += field.grid()
    slot = field.room / max(1, len(gaps))
    for place, gap in enumerate(gaps):
        body += _both(field, gap, field.left + slot * (place + 0.5), slot)
    return svg(width, field.height, title, told_mirror(found), body)


def _both(field: Field, gap: Gap, at: float, slot: float) -> list[str]:
    """The two bars of a year, their ratio below."""
    wide = min(28.0, slot * 0.34)
    second = "two" if gap.ratio is not None else "none"
    ratio = f"x {gap.ratio:.2f}" if gap.ratio is not None else "-"
    pairs = ((gap.exported, -wide - 1, "one"), (gap.imported, 1.0, second))
    return [
        *(
            bar(at + shift, field.y(value), wide, field.floor - field.y(value), kind)
            for value, shift, kind in pairs
            if value
        ),
        text(at, field.floor + 17, gap.period, "", "middle"),
        text(at, field.floor + 33, ratio, "faint", "middle"),
    ]


def told_mirror(found: Mirror) -> str:
    """The chart in words."""
    parts = [
        f"{gap.period}: {gap.ratio:.2f} times"
        if gap.ratio is not None
        else f"{gap.period}: not compared"
        for gap in found.gaps
    ]
    low, high = found.band
    return (
        f"What {name_of(found.importer.reporter)} tells as imports over what "
        f"{name_of(found.exporter.reporter)} tells as exports. {'; '.join(parts)}. "
        f"Freight and insurance explain {low:.2f} to {high:.2f}."
    )


_THIRDS = 10
"""Third countries drawn, those with the largest gains."""


def diversion_bars(found: Diversion, *, width: int = 720) -> str:
    """The target before and after; below, on their own scale, the third countries."""
    thirds = [third for third in found.thirds if third.before or third.after][:_THIRDS]
    entries = (("two", _ends(found.before)), ("one", _ends(found.after)))
    left = 158 if width >= NARROW else 4
    title = f"{name_of(found.reporter)}'s exports of {found.goods}"
    title = title[:1].upper() + title[1:]
    body, end = heading(width, title, f"{found.currency} million")
    body += key(width, entries, end + 18)
    top = end + 16 + 18 * key_rows(width, entries)
    room = width - left - (140 if width >= NARROW else 132)
    scale = max(found.target_before, found.target_after, 1.0)
    pair = (found.target_before, found.target_after)
    top = _pair(body, top, left, name_of(found.target), pair, "", room / scale)
    if thirds:
        body.append(text(left, top + 6, "third countries, on their own scale", "faint"))
        top += 22
    scale = max([1.0, *(max(third.before, third.after) for third in thirds)])
    for third in thirds:
        pair = (third.before, third.after)
        name = name_of(third.country)
        top = _pair(body, top, left, name, pair, _times(third), room / scale)
    return svg(width, top + 2, title, told_diversion(found), body)


def _times(third: Third) -> str:
    if not third.before and not third.after:
        return ""
    return f"x {third.times:.1f}" if third.times is not None else "from nothing"


def _pair(
    body: list[str],
    top: float,
    left: float,
    name: str,
    pair: tuple[float, float],
    note: str,
    each: float,
) -> float:
    """Two bars of a country: its name beside them, on a phone above; the next top."""
    if left > 100:
        body.append(text(left - 8, top + 20, name, "bold", "end"))
    else:
        body.append(text(left, top + 11, name, "bold"))
        top += 17
    for shift, value, kind in ((0, pair[0], "two"), (16, pair[1], "one")):
        words = f"{value / 1e6:,.1f}"
        if kind == "one" and note:
            words += f" ({note})"
        body += [
            bar(left, top + shift, value * each, 14, kind),
            text(left + value * each + 6, top + shift + 11, words),
        ]
    return top + 44


def _ends(ends: tuple[str, str]) -> str:
    return months(ends) if ends[0] != ends[1] else months([ends[0]])


def told_diversion(found: Diversion) -> str:
    """The chart in words."""
    parts = [
        f"{name_of(t.country)} {money(t.before)} to {money(t.after)}"
        for t in found.thirds
    ]
    target = (
        f"{name_of(found.target)} {money(found.target_before)} to "
        f"{money(found.target_after)}"
    )
    return (
        f"{name_of(found.reporter)}'s exports of {found.goods} in {found.currency}, "
        f"{_ends(found.before)} against {_ends(found.after)}: "
        f"{'; '.join([target, *parts])}."
    )
