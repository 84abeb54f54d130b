"""Draw the report's story: what was sold, what was to be expected, what was ordered.

Called by `tools/build_report.py` with the home that the page's own commands filled.
Plain SVG on a ground of its own, so that it reads alike on light and dark pages; narrow
and with large letters for a telephone; what colour says, a dash or a word says too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from clearway.trade.asking import Question
from clearway.trade.dip import Dip, dip
from clearway.trade.flows import Series, series
from clearway.trade.periods import month_number, months_between, window
from clearway.trade.store import Store
from clearway.trade.words import percent

SHOWN = months_between("2021-07", "2024-12")
SHOCK, SPRING = window("2022-03..06"), window("2024-03..04")
BASE = window("2023-03..04")
ORDER, REPORT, WIDENED = "2023-12-22", "2024-05-17", "2024-06-12"

WIDTH, HEIGHT = 500, 530
LEFT, RIGHT, TOP, BOTTOM = 40, 18, 136, 318
MOST = 12.0

STYLE = """\
text { font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  font-size: 14px; fill: #2d3746; }
.ground { fill: #ffffff; stroke: #c9ced6; }
.title { font-size: 17px; font-weight: 600; fill: #16202e; }
.strong { font-weight: 600; fill: #16202e; }
.soft { fill: #4a5260; font-size: 13px; }
.axis { stroke: #d5dae0; }
.told { fill: none; stroke: #16202e; stroke-width: 2.5; stroke-linejoin: round; }
.dot { fill: #16202e; }
.band { fill: #f0b860; fill-opacity: 0.45; stroke: #a15c00; stroke-width: 1; }
.course { fill: none; stroke: #a15c00; stroke-width: 2.5; stroke-dasharray: 5 3; }
.base { fill: none; stroke: #3f6fb0; stroke-width: 2; }
.event { stroke: #4a5260; stroke-dasharray: 2 3; }
.number { fill: #ffffff; font-size: 12px; font-weight: 600; }
.disc { fill: #3f6fb0; }"""


@dataclass(frozen=True, slots=True)
class Story:
    """The figures that are drawn, and the two windows judged."""

    told: Series
    shock: Dip
    spring: Dip


def picture(home: Path) -> str:
    """The whole picture as SVG text, from the figures kept in a home."""
    told = series(Store(home), Question(("cn",), ("ru",), ("export",)))
    shock, spring = (dip(told, months, quick=True) for months in (SHOCK, SPRING))
    story = Story(told, shock, spring)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title told">',
        '<title id="title">China\'s exports to Russia and the order of 2023</title>',
        f'<desc id="told">{escape(" ".join(text for _, text in _said(story)))}</desc>',
        f"<style>\n{STYLE}\n</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" '
        f'height="{HEIGHT - 1}" rx="8"/>',
        _text("title", 16, 28, "China's exports to Russia"),
        _text("soft", 16, 48, "billion dollars a month; January and February as their"),
        _text("soft", 16, 65, "mean, because the Lunar New Year moves between them"),
        *_axes(),
        *_events(),
        *_fan(shock),
        *_fan(spring),
        *_course(told),
        *_marks(story),
        *_below(story),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(month: str, part: float = 0.0) -> int:
    """Where a month, or a part of it after its middle, lies from left to right."""
    first, last = month_number(SHOWN[0]), month_number(SHOWN[-1])
    place = (month_number(month) + part - first) / (last - first)
    return round(LEFT + place * (WIDTH - LEFT - RIGHT))


def _y(billions: float) -> int:
    return round(BOTTOM - billions / MOST * (BOTTOM - TOP))


def _axes() -> Iterator[str]:
    for tick in (0, 4, 8, 12):
        yield (
            f'<path class="axis" d="M{LEFT} {_y(tick)}H{WIDTH - RIGHT}"/>'
            f"{_text('soft', LEFT - 7, _y(tick) + 5, str(tick), 'end')}"
        )
    for year in ("2022", "2023", "2024"):
        yield f'<path class="axis" d="M{_x(f"{year}-01", -0.5)} {BOTTOM}v6"/>'
        yield _text("soft", _x(f"{year}-06", 0.5), BOTTOM + 19, year, "middle")


def _events() -> Iterator[str]:
    """The days of the law and of the report, their names one below the other."""
    named = (
        (WIDENED, "12 Jun 2024: the order reaches further"),
        (REPORT, "17 May 2024: the report"),
        (ORDER, "22 Dec 2023: the order, E.O. 14114"),
    )
    for row, (day, name) in enumerate(named):
        at = _x(day[:7], (int(day[8:]) - 15) / 30)
        top = 78 + 17 * row
        yield f'<path class="event" d="M{at} {top}V{BOTTOM}"/>'
        yield _text("soft", at - 6, top + 11, name, "end")


def _course(told: Series) -> Iterator[str]:
    """The months as a line; January and February as their mean."""
    points = [(month, _value(told, month)) for month in SHOWN]
    path = " ".join(f"{_x(month)},{_y(value)}" for month, value in points)
    yield f'<polyline class="told" points="{path}"/>'
    for month in (*SHOCK, *SPRING):
        yield (
            f'<circle class="dot" cx="{_x(month)}" cy="{_y(_value(told, month))}" '
            'r="3.5"/>'
        )


def _value(told: Series, month: str) -> float:
    year, number = month.split("-")
    months = (f"{year}-01", f"{year}-02") if number in ("01", "02") else (month,)
    return sum(told.values[one] for one in months) / len(months) / 1e9


def _fan(judged: Dip) -> Iterator[str]:
    """What the middle one of the ideas of the trend expected of a window."""
    middle = min(judged.against, key=lambda one: abs(one.change - judged.middle))
    months = list(zip(judged.window, middle.monthly, strict=True))
    first, last = months[0], months[-1]
    # Half a month more on each side, so that two months make an area.
    wide = [(_x(first[0], -0.5), first[1])]
    wide += [(_x(month), points) for month, points in months]
    wide += [(_x(last[0], 0.5), last[1])]
    edge = [(x, _y(low / 1e9)) for x, (low, _, _) in wide]
    edge += [(x, _y(high / 1e9)) for x, (_, _, high) in reversed(wide)]
    yield f'<polygon class="band" points="{_joined(edge)}"/>'
    course = [(x, _y(median / 1e9)) for x, (_, median, _) in wide]
    yield f'<polyline class="course" points="{_joined(course)}"/>'


def _joined(points: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _marks(story: Story) -> Iterator[str]:
    """The ring around the base, and the numbers that the words below explain."""
    values = [_value(story.told, month) for month in BASE]
    at, up = (_x(BASE[0]) + _x(BASE[1])) // 2, _y(sum(values) / 2)
    yield f'<ellipse class="base" cx="{at}" cy="{up}" rx="15" ry="11"/>'
    yield from _number("1", _x("2022-05", -0.5), _y(1.4))
    yield from _number("2", at, up + 26)
    yield from _number("3", _x("2024-03", 0.5), _y(3.6))


def _number(number: str, x: int, y: int) -> Iterator[str]:
    yield f'<circle class="disc" cx="{x}" cy="{y}" r="9"/>'
    yield _text("number", x, y + 4, number, "middle")


def _said(story: Story) -> Iterator[tuple[str, str]]:
    """The story in words: the number it stands beside, and a line."""
    shock, spring = story.shock, story.spring
    assert spring.base is not None
    assert spring.base.base is not None
    yield "1", f"March-June 2022: {_verdict(shock)}"
    yield "", f"{_range(shock)} against the expected course, {_place(shock)} its 95 %."
    yield "2", f"March-April 2023: {_height(spring.base.base)} the expected course."
    yield "", "The report compares with these months."
    yield "3", f"March-April 2024: {_verdict(spring)}"
    yield "", f"{percent(spring.base.change)} on the year; {_range(spring)} against the"
    yield "", f"expected course, {_place(spring)} its 95 %."


def _verdict(judged: Dip) -> str:
    verdict = "abnormal" if judged.abnormal else "not abnormal"
    return f"{verdict} ({judged.agreeing} of {len(judged.against)} models)"


def _place(judged: Dip) -> str:
    """Where the months lie by what each of the models expected, in 95 of 100 cases."""
    inside = [one.low <= 0 <= one.high for one in judged.against]
    return "inside" if all(inside) else "partly outside" if any(inside) else "outside"


def _height(share: float) -> str:
    return f"{abs(share) * 100:.0f} % {'above' if share > 0 else 'below'}"


def _range(judged: Dip) -> str:
    low, high = judged.change
    return f"{percent(high).removesuffix(' %')} to {percent(low)}"


def _below(story: Story) -> Iterator[str]:
    y = BOTTOM + 52
    yield f'<path class="told" d="M16 {y - 5}h24"/>'
    yield _text("soft", 46, y, "reported")
    yield f'<rect class="band" x="118" y="{y - 12}" width="24" height="14"/>'
    yield f'<path class="course" d="M118 {y - 5}h24"/>'
    yield _text("soft", 148, y, "expected, with 95 %, from the months before")
    for number, line in _said(story):
        y += 25 if number else 18
        if number:
            yield from _number(number, 25, y - 5)
        yield _text("strong" if number else "", 42, y, line)


def _text(kind: str, x: int, y: int, text: str, anchor: str = "start") -> str:
    kinds = f' class="{kind}"' if kind else ""
    anchors = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{kinds} x="{x}" y="{y}"{anchors}>{escape(text)}</text>'
