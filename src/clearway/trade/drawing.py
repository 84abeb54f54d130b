"""How charts are drawn: colours, text, lines, bars, and the field they stand in.

SVG written by hand, so that a chart follows the page it stands in. Colours are
variables of the page (light, dark); whatever colour says, a dash, a hatch or a label
says too, so that grey paper and eyes that see no red lose nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1d2126",
    "faint": "#5b6470",
    "line": "#d5dae0",
    "told": "#12507b",
    "course": "#b34700",
    "band": "#f3d3bd",
    "second": "#e3b27a",
    "second-line": "#8a5a1c",
    "soft": "#f3f5f7",
}
DARK = {
    "paper": "#15181c",
    "ink": "#e8ebee",
    "faint": "#a4adb8",
    "line": "#39414a",
    "told": "#7db8e8",
    "course": "#ff9d57",
    "band": "#553823",
    "second": "#7a4f1e",
    "second-line": "#e3b27a",
    "soft": "#1e2328",
}
STYLE = """
.chart{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;width:100%;height:auto}
.chart text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3px;
stroke-linejoin:round}
.chart .faint{fill:var(--faint)}
.chart .bold{font-weight:bold}
.chart .axis{stroke:var(--line);stroke-width:1;fill:none}
.chart .told{stroke:var(--told);stroke-width:2.2;fill:none}
.chart .dot{fill:var(--told);stroke:var(--paper);stroke-width:1}
.chart .course{stroke:var(--course);stroke-width:2.2;fill:none;stroke-dasharray:6 4}
.chart .band{fill:var(--band);stroke:var(--course);stroke-width:.7}
.chart .event{stroke:var(--faint);stroke-width:1;stroke-dasharray:2 3;fill:none}
.chart .one{fill:var(--told)}
.chart .two{fill:var(--second);stroke:var(--second-line);stroke-width:1}
.chart .none{fill:none;stroke:var(--faint);stroke-width:1.2;stroke-dasharray:4 3}
"""
"""What a page must hold for the charts, beside the colours of `css`."""

NARROW = 600
"""Below this width a chart is drawn for a phone."""


def css() -> str:
    """Both sets of colours as variables, the dark ones where a reader prefers them."""
    light, dark = (
        ":root{" + ";".join(f"--{name}:{value}" for name, value in one.items()) + "}"
        for one in (LIGHT, DARK)
    )
    return f"{light}@media (prefers-color-scheme:dark){{{dark}}}"


def svg(width: int, height: float, title: str, told: str, body: Iterable[str]) -> str:
    """A chart of a size with its title and its description for those who hear it."""
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height:.0f}" width="{width}" '
        f'height="{height:.0f}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(body)}</svg>"
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Words at a place; `kind` is faint or bold."""
    kinds = f' class="{kind}"' if kind else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kinds}>'
        f"{escape(words)}</text>"
    )


def width_of(words: str) -> float:
    """About how wide words are drawn; rather too wide, so that nothing overlaps."""
    return 7.0 * len(words)


def line(points: Sequence[tuple[float, float]], kind: str) -> str:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{path}"/>'


def area(points: Sequence[tuple[float, float]], kind: str) -> str:
    """A filled area with these corners."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon class="{kind}" points="{path}"/>'


def dot(x: float, y: float) -> str:
    """A point that is looked at."""
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.6"/>'


def bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A bar; one too small to see is drawn as a thin line."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.8):.1f}" '
        f'height="{max(height, 0.8):.1f}"/>'
    )


@dataclass(frozen=True, slots=True)
class Field:
    """Where a chart draws: its size, its margins, and the value at its upper edge."""

    width: int
    height: int
    top: int
    most: float
    left: int = 48
    right: int = 14
    bottom: int = 34

    @property
    def room(self) -> float:
        """How wide it is between the margins."""
        return self.width - self.left - self.right

    @property
    def floor(self) -> float:
        """Where zero lies."""
        return self.height - self.bottom

    def y(self, value: float) -> float:
        """Where a value lies."""
        return self.floor - value / self.most * (self.floor - self.top)

    def grid(self) -> list[str]:
        """Lines at round values, labelled in units of `scale`."""
        size, _ = scale(self.most)
        body = []
        for tick in ticks(self.most):
            at = self.y(tick)
            body += [
                line([(self.left, at), (self.width - self.right, at)], "axis"),
                text(self.left - 6, at + 4, f"{tick / size:g}", "faint", "end"),
            ]
        return body


def unit(currency: str, most: float, each: str) -> str:
    """What the labels of a grid up to a maximum count: `USD billion a month`."""
    return " ".join(filter(None, (currency, scale(most)[1], each)))


def scale(most: float) -> tuple[float, str]:
    """The unit in which values up to a maximum read best."""
    for size, word in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if most >= 2 * size:
            return size, word
    return 1.0, ""


def ticks(most: float) -> list[float]:
    """Round values from 0 up to a maximum, at most six."""
    if most <= 0:
        return [0.0]
    size = 1.0
    while size * 10 <= most:
        size *= 10
    while size > most:
        size /= 10
    step = next(s * size for s in (0.2, 0.25, 0.5, 1, 2, 5) if most / (s * size) <= 5)
    return [step * number for number in range(int(most / step + 1e-9) + 1)]


def heading(width: int, title: str, unit: str) -> tuple[list[str], float]:
    """The title, on as many rows as it needs, with the unit below; where they end."""
    rows = [""]
    for word in title.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and width_of(longer) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    body = [text(4, 13 + 16 * at, row, "bold") for at, row in enumerate(rows)]
    end = 13 + 16 * len(rows)
    return [*body, text(4, end, unit, "faint")], end


def key(width: int, entries: Sequence[tuple[str, str]], row: float) -> list[str]:
    """What each line or bar is, from left to right, on further rows where it must."""
    body: list[str] = []
    at = 4.0
    for kind, words in entries:
        wide = 27 + width_of(words)
        if at > 4 and at + wide > width:
            at, row = 4.0, row + 18
        if kind in ("told", "course", "event"):
            body.append(line([(at, row - 4), (at + 20, row - 4)], kind))
        else:
            body.append(bar(at + 4, row - 10, 12, 12, kind))
        body.append(text(at + 25, row, words))
        at += wide + 14
    return body


def key_rows(width: int, entries: Sequence[tuple[str, str]]) -> int:
    """How many rows `key` takes."""
    at, rows = 4.0, 1
    for _, words in entries:
        wide = 27 + width_of(words)
        if at > 4 and at + wide > width:
            at, rows = 4.0, rows + 1
        at += wide + 14
    return rows
