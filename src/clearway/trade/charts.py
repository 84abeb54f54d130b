"""Charts as SVG, written by hand so that they follow the page they stand in.

Colours are variables of the page (light, dark); whatever colour says, a dash, a hatch
or a label says too, so that grey paper and eyes that see no red lose nothing. Each
chart is drawn for a width: a phone gets its own drawing, not a shrunken one. Title and
description stand inside for those who hear the page.
"""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

from clearway.trade.dip import Dip
from clearway.trade.diversion import Diversion
from clearway.trade.flows import Series
from clearway.trade.mirror import Mirror
from clearway.trade.periods import month_number
from clearway.trade.places import name_of
from clearway.trade.words import money, months, percent

STYLE = """
.chart{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;width:100%;height:auto}
.chart text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);
stroke-width:3px;stroke-linejoin:round}
.chart .faint{fill:var(--faint)}
.chart .axis{stroke:var(--line);stroke-width:1;fill:none}
.chart .told{stroke:var(--told);stroke-width:2.2;fill:none}
.chart .dot{fill:var(--told)}
.chart .course{stroke:var(--course);stroke-width:2.2;fill:none;stroke-dasharray:6 4}
.chart .band{fill:var(--course);opacity:.22}
.chart .event{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}
.chart .one{fill:var(--told)}
.chart .two{fill:var(--second);stroke:var(--second-line);stroke-width:1}
.chart .none{fill:none;stroke:var(--faint);stroke-width:1.2;stroke-dasharray:4 3}
.chart b,.chart .bold{font-weight:600}
"""
"""What a page must hold for the charts, beside the colours of `COLOURS`."""

COLOURS = """
:root{--paper:#fff;--ink:#1d2126;--faint:#5b6470;--line:#d5dae0;--told:#12507b;
--course:#b34700;--second:#e3b27a;--second-line:#8a5a1c;--soft:#f3f5f7}
@media (prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e8ebee;--faint:#a4adb8;
--line:#39414a;--told:#7db8e8;--course:#ff9d57;--second:#7a4f1e;--second-line:#e3b27a;
--soft:#1e2328}}
"""


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


def _svg(width: int, height: int, title: str, told: str, body: Iterable[str]) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
        f"<desc>{escape(told)}</desc>{''.join(body)}</svg>"
    )


def alone(svg: str) -> str:
    """A chart as a file of its own, with its style and colours inside."""
    head, close, rest = svg.partition("<title>")
    style = f"<style>{COLOURS}{STYLE}svg{{background:var(--paper)}}</style>"
    return f"{head}{style}{close}{rest}"


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    kinds = f' class="{kind}"' if kind else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kinds}>'
        f"{escape(words)}</text>"
    )


def _line(points: Sequence[tuple[float, float]], kind: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{path}"/>'


def _bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
        f'height="{max(height, 0):.1f}"/>'
    )


def _ticks(most: float) -> list[float]:
    """Round values from 0 up to about a maximum, four or so."""
    if most <= 0:
        return [0.0]
    size = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 0.1
    step = next(s * size for s in (0.1, 0.2, 0.25, 0.5, 1, 2) if most / (s * size) <= 5)
    return [step * number for number in range(int(most / step) + 1)]


def fan(series: Series, dip: Dip, *, width: int = 720) -> str:
    """A series with its expected course in the window, its 95 % fan, and events."""
    height, left, right, top, bottom = 350, 44, 14, 70, 34
    top += 0 if width >= 600 else 22
    last = dip.window[-1]
    back = 30 if width >= 600 else 18
    shown = [
        (period, value)
        for period, value in sorted(series.values.items())
        if month_number(last) - back <= month_number(period) <= month_number(last) + 6
    ]
    middle = min(dip.against, key=lambda one: abs(one.change - dip.middle))
    most = max([v for _, v in shown] + [high for _, _, high in middle.monthly]) * 1.05
    first = month_number(shown[0][0])
    steps = max(1, month_number(shown[-1][0]) - first)

    def x(month: str, part: float = 0.0) -> float:
        place = (month_number(month) + part - first) / steps
        return left + place * (width - left - right)

    def y(value: float) -> float:
        return height - bottom - value / most * (height - top - bottom)

    body = [
        _line([(left, y(tick)), (width - right, y(tick))], "axis")
        for tick in _ticks(most)
    ]
    body += [
        _text(left - 6, y(tick) + 4, f"{tick / 1e9:g}", "faint", "end")
        for tick in _ticks(most)
    ]
    body.append(_text(4, 14, f"{series.currency} billion a month", "faint"))
    january = [month for month, _ in shown if month.endswith(("-01", "-07"))]
    for month in january:
        body.append(_text(x(month), height - 14, _short(month), "faint", "middle"))
    body += _marks(series, shown, x, top, height - bottom, width)
    window = dip.window
    edges = [
        (x(m), y(low)) for m, (low, _, _) in zip(window, middle.monthly, strict=True)
    ]
    edges += [
        (x(m), y(high))
        for m, (_, _, high) in reversed(list(zip(window, middle.monthly, strict=True)))
    ]
    if len(window) == 1:
        only, (low, _, high) = window[0], middle.monthly[0]
        edges = [
            (x(only, p), y(v))
            for p, v in ((-0.3, low), (0.3, low), (0.3, high), (-0.3, high))
        ]
    body.append(
        '<polygon class="band" points="'
        + " ".join(f"{a:.1f},{b:.1f}" for a, b in edges)
        + '"/>'
    )
    before = [
        (x(m), y(v)) for m, v in shown if month_number(m) == month_number(window[0]) - 1
    ]
    course = [
        (x(m), y(mid)) for m, (_, mid, _) in zip(window, middle.monthly, strict=True)
    ]
    body.append(_line([*before, *course], "course"))
    body.append(_line([(x(m), y(v)) for m, v in shown], "told"))
    body += [
        f'<circle class="dot" cx="{x(m):.1f}" cy="{y(v):.1f}" r="3.4"/>'
        for m, v in shown
        if m in window
    ]
    body += _key(width, [("told", "told"), ("course", "expected, with 95 % fan")])
    return _svg(width, height, series.title, told_fan(series, dip), body)


def _short(month: str) -> str:
    return ("Jan " if month.endswith("-01") else "Jul ") + month[:4]


def _marks(
    series: Series,
    shown: Sequence[tuple[str, float]],
    x: Callable[..., float],
    top: float,
    bottom: float,
    width: int,
) -> list[str]:
    """Vertical lines at events within the months shown, their names staggered."""
    body: list[str] = []
    months_shown = {month for month, _ in shown}
    for number, event in enumerate(events_of(series.reporter, series.partner)):
        month = f"{event.day:%Y-%m}"
        if month not in months_shown:
            continue
        at = x(month, (event.day.day - 15) / 30)
        anchor = "end" if at > width * 0.6 else "start"
        shift = -4 if anchor == "end" else 4
        body.append(_line([(at, top - 46), (at, bottom)], "event"))
        words = f"{event.name}, {event.day:%-d %b %Y}" if width >= 600 else event.name
        body.append(
            _text(at + shift, top - 36 + 14 * (number % 3), words, "faint", anchor)
        )
    return body


def _key(width: int, entries: Sequence[tuple[str, str]]) -> list[str]:
    """What each line is; on a phone below the name of the axis."""
    body: list[str] = []
    at, row = (150.0, 14.0) if width >= 600 else (4.0, 30.0)
    for kind, words in entries:
        body.append(_line([(at, row - 4), (at + 22, row - 4)], kind))
        body.append(_text(at + 27, row, words))
        at += 40 + 6.4 * len(words)
    return body


def told_fan(series: Series, dip: Dip) -> str:
    """The chart in words."""
    values = series.values
    inside = ", ".join(
        f"{months([m])} {money(values[m], series.currency)}" for m in dip.window
    )
    middle = min(dip.against, key=lambda one: abs(one.change - dip.middle))
    return (
        f"{series.title} month by month. In the window: {inside}; together "
        f"{money(dip.actual, dip.currency)} against {money(middle.expected)} expected "
        f"({percent(middle.change)}, 95 % interval {percent(middle.low)} to "
        f"{percent(middle.high)})."
    )


def mirror_bars(found: Mirror, *, width: int = 720) -> str:
    """Both records of each year side by side; refused years only as outlines."""
    gaps = found.gaps[-8:] if width >= 600 else found.gaps[-5:]
    height, left, right, top, bottom = 290, 44, 8, 40, 50
    most = (
        max([g.exported or 0 for g in gaps] + [g.imported or 0 for g in gaps] + [1])
        * 1.08
    )
    slot = (width - left - right) / max(1, len(gaps))

    def y(value: float) -> float:
        return height - bottom - value / most * (height - top - bottom)

    body = [_line([(left, y(t)), (width - right, y(t))], "axis") for t in _ticks(most)]
    body += [
        _text(left - 6, y(t) + 4, f"{t / 1e9:g}", "faint", "end") for t in _ticks(most)
    ]
    body.append(_text(4, 14, f"{found.exporter.currency} billion a year", "faint"))
    for place, gap in enumerate(gaps):
        at = left + slot * (place + 0.5)
        wide = min(26.0, slot * 0.34)
        for value, shift, kind in (
            (gap.exported or 0, -wide - 1, "one"),
            (gap.imported or 0, 1, "two" if gap.ratio is not None else "none"),
        ):
            body.append(
                _bar(at + shift, y(value), wide, height - bottom - y(value), kind)
            )
        body.append(_text(at, height - bottom + 16, gap.period, "", "middle"))
        ratio = f"{gap.ratio:.2f} x" if gap.ratio is not None else "circular"
        body.append(_text(at, height - bottom + 32, ratio, "faint", "middle"))
    who = name_of(found.exporter.reporter), name_of(found.importer.reporter)
    at = 150.0 if width >= 600 else 132.0
    for kind, words in (("one", f"{who[0]} tells"), ("two", f"{who[1]} tells")):
        body += [_bar(at, 4, 12, 12, kind), _text(at + 17, 14, words)]
        at += 34 + 6.6 * len(words)
    if any(gap.ratio is None for gap in gaps):
        row = 14 if width >= 600 else 32
        at = at if width >= 600 else left
        body += [
            _bar(at, row - 10, 12, 12, "none"),
            _text(at + 17, row, "made from the mirror"),
        ]
    title = f"{found.exporter.title}, told by both sides"
    return _svg(width, height, title, told_mirror(found), body)


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


def diversion_bars(found: Diversion, *, width: int = 720) -> str:
    """The target before and after; below, on their own scale, the third countries."""
    thirds = [third for third in found.thirds if third.before or third.after][:10]
    rows = [(found.target, found.target_before, found.target_after, "")]
    rows += [
        (
            t.country,
            t.before,
            t.after,
            f"x {t.times:.1f}" if t.times is not None else "new",
        )
        for t in thirds
    ]
    left, right, step = (130, 150, 44) if width >= 600 else (92, 96, 44)
    height = 76 + step * len(rows) + (20 if thirds else 0)
    body = [
        _bar(left, 6, 12, 12, "two"),
        _text(left + 17, 16, _ends(found.before)),
        _bar(
            left + (170 if width >= 600 else 0),
            6 if width >= 600 else 24,
            12,
            12,
            "one",
        ),
        _text(
            left + (187 if width >= 600 else 17),
            16 if width >= 600 else 34,
            _ends(found.after),
        ),
    ]
    top = 48.0
    scales = (
        max(found.target_before, found.target_after, 1.0),
        max([max(t.before, t.after) for t in thirds] or [1.0]),
    )
    room = width - left - right
    for place, (country, was, now, note) in enumerate(rows):
        scale = scales[0] if place == 0 else scales[1]
        if place == 1:
            body.append(
                _text(left, top + 4, "third countries, on their own scale", "faint")
            )
            top += 18
        body.append(
            _text(
                left - 8, top + 20, name_of(country), "bold" if not place else "", "end"
            )
        )
        for shift, value, kind in ((0, was, "two"), (17, now, "one")):
            body.append(_bar(left, top + shift, value / scale * room, 15, kind))
            words = f"{value / 1e6:,.1f} m"
            if kind == "one" and note:
                words += f"  ({note})"
            body.append(_text(left + value / scale * room + 6, top + shift + 12, words))
        top += step
    title = f"{name_of(found.reporter)}'s exports of {found.goods}"
    return _svg(width, height, title, told_diversion(found), body)


def _ends(ends: tuple[str, str]) -> str:
    return months(ends) if ends[0] != ends[1] else ends[0]


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
