"""Exposure by the law of each day, drawn as steps: one self-contained SVG."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

_WIDTH, _HEIGHT = 720, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 20, 60, 60
_LINE = 20
"""Between the lines below the axis, that tell what is supposed."""
_YEAR = 48
"""Room for a year."""
_FULL = 0.92
"""How high the most payments stand, so that their label has room above."""
_LABEL = 165
"""Room for a label such as `2023-12-22: 52,462`, in the larger letters too."""
_STYLE = """
  :root { --ink: #1b1f24; --soft: #6a737d; --line: #0b6e99; --fill: #0b6e9922; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6edf3; --soft: #8b949e; --line: #58b4e0; --fill: #58b4e033; }
  }
  text { font: 12px system-ui, sans-serif; fill: var(--ink); }
  .soft { fill: var(--soft); } .title { font-size: 15px; font-weight: 600; }
  .axis { stroke: var(--soft); stroke-width: 1; }
  .grid { stroke: var(--soft); stroke-width: .5; stroke-dasharray: 2 4; }
  .step { stroke: var(--line); stroke-width: 2; fill: none; }
  .area { fill: var(--fill); }
  .mark { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 4 3; }
  @media (max-width: 480px) {
    text { font-size: 18px; } .title { font-size: 20px; }
  }
"""


def drawn(
    points: Sequence[tuple[date, int, float]],
    payments: int,
    supposed: Sequence[tuple[Any, int, int]] = (),
) -> str:
    """The chart of `(day of the law, payments exposed, their sum)`, as SVG text."""
    scale = _Scale.of(points)
    title = f"{payments:,} payments, put to the law of each day"
    height = _HEIGHT - _BOTTOM + 32 + _LINE * len(supposed)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'role="img" aria-label="{escape(_summary(points, payments))}">',
        f"<style>{_STYLE}</style>",
        f'<text class="title" x="{_LEFT}" y="24">{escape(title)}</text>',
        f'<text class="soft" x="{_LEFT}" y="42">payments exposed or prohibited</text>',
        *_grid(scale),
        *_steps(points, scale),
        *_marks(supposed, scale),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _summary(points: Sequence[tuple[date, int, float]], payments: int) -> str:
    changed = [
        f"{count:,} from {day}"
        for at, (day, count, _) in enumerate(points)
        if at == 0 or points[at - 1][1] != count
    ]
    return f"Of {payments:,} payments exposed: {', '.join(changed) or 'none'}"


class _Scale:
    """Days and counts to places in the picture."""

    def __init__(self, first: date, last: date, most: int) -> None:
        self.first, self.last, self.most = first, last, most

    @classmethod
    def of(cls, points: Sequence[tuple[date, int, float]]) -> "_Scale":
        days = [day for day, _, _ in points] or [date(2021, 1, 1)]
        last = max(days)
        margin = max(30, (last - min(days)).days // 20)
        end = date.fromordinal(last.toordinal() + margin)
        return cls(min(days), end, max([count for _, count, _ in points] or [0]) or 1)

    def x(self, day: date) -> float:
        span = (self.last - self.first).days or 1
        inner = _WIDTH - _LEFT - _RIGHT
        return round(_LEFT + inner * (day - self.first).days / span, 1)

    def y(self, count: float) -> float:
        inner = _HEIGHT - _TOP - _BOTTOM
        return round(_HEIGHT - _BOTTOM - _FULL * inner * count / self.most, 1)


def _grid(scale: _Scale) -> list[str]:
    out = []
    right = _WIDTH - _RIGHT
    for count in sorted({0, scale.most // 2, scale.most}):
        y = scale.y(count)
        out += [
            f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y}" y2="{y}"/>',
            f'<text class="soft" text-anchor="end" x="{_LEFT - 8}" y="{y + 4}">'
            f"{count:,}</text>",
        ]
    for year in range(scale.first.year, scale.last.year + 1):
        day = max(date(year, 1, 1), scale.first)
        x, base = scale.x(day), _HEIGHT - _BOTTOM
        out += [
            f'<line class="axis" x1="{x}" x2="{x}" y1="{base}" y2="{base + 5}"/>',
        ]
        if x + _YEAR <= _WIDTH:
            out.append(f'<text class="soft" x="{x + 3}" y="{base + 18}">{year}</text>')
    return out


def _steps(points: Sequence[tuple[date, int, float]], scale: _Scale) -> list[str]:
    if not points:
        return ['<text x="70" y="200">no day to show</text>']
    path = [f"M{scale.x(points[0][0])} {scale.y(points[0][1])}"]
    labels = []
    before = None
    for day, count, _ in points:
        x, y = scale.x(day), scale.y(count)
        path += [f"H{x}", f"V{y}"]
        if before is not None and count != before:
            labels.append((x, y, f"{day}: {count:,}", count > before))
        before = count
    path.append(f"H{scale.x(scale.last)}")
    line = " ".join(path)
    base = scale.y(0)
    area = f"{line} V{base} H{scale.x(points[0][0])} Z"
    return [
        f'<path class="area" d="{area}"/>',
        f'<path class="step" d="{line}"/>',
        *_labels(labels),
    ]


def _labels(labels: Sequence[tuple[float, float, str, bool]]) -> list[str]:
    """Labels beside the steps, on the side that is free: left of a rise, right of a
    fall; moved apart where two would lie upon each other."""
    out: list[str] = []
    taken: list[tuple[float, float]] = []
    for x, y, text, rises in labels:
        left = x > _WIDTH - _RIGHT - _LABEL or (rises and x > _LEFT + _LABEL)
        start = x - 5 - _LABEL if left else x + 5
        place = y - 6
        while any(abs(start - a) < _LABEL and abs(place - b) < 18 for a, b in taken):
            place += 18
        taken.append((start, place))
        out.append(
            f'<text x="{x + (-5 if left else 5)}" y="{place:.1f}" '
            f'text-anchor="{"end" if left else "start"}">{escape(text)}</text>'
        )
    return out


def _marks(supposed: Sequence[tuple[Any, int, int]], scale: _Scale) -> list[str]:
    out = []
    base = _HEIGHT - _BOTTOM
    for at, (one, payments, _) in enumerate(supposed):
        x = scale.x(one.day)
        said = f"supposed: {one.name} listed, {payments:,} payments"
        y = base + 20 + _LINE * (at + 1)
        out += [
            f'<line class="mark" x1="{x}" x2="{x}" y1="{_TOP}" y2="{base}"/>',
            f'<text class="soft" x="{_LEFT}" y="{y}">{escape(said)} ({one.day})</text>',
        ]
    return out
