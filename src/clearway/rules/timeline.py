"""The law over time: rows to list and to draw, from the rule book itself.

A bar is what a row was in force for; it fades after the day it was last seen to be so,
and ends in a point where no end was seen. Versions of one licence stand on one line, so
that a gap between two is seen as a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from clearway.rules.book import RuleBook
from clearway.rules.rule import Definition, Event, Licence, Mark, Rule, Sort
from clearway.rules.span import Term

JURISDICTIONS = {
    "us": "United States",
    "eu": "European Union",
    "uk": "United Kingdom",
    "un": "United Nations",
    "": "Signs and events",
}
"""By the folder a law file lies in."""

_DAY = timedelta(days=1)
_Row = Rule | Definition | Licence | Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the law on the timeline.

    `what` is a sort of rule, `definition`, `licence` or `event`; `line` what stands on
    one line with it (the series of a licence, else its own id); `first` and `last` the
    days it applied, `last` None where no end was seen; `begin` and `end` the part of
    them in the time asked for.
    """

    id: str
    what: str
    title: str
    line: str
    jurisdiction: str
    first: date
    last: date | None
    begin: date
    end: date
    confirmed: date
    mark: Mark
    cite: str


def entries(
    book: RuleBook, between: tuple[date, date] | None = None
) -> tuple[Entry, ...]:
    """Rules, definitions, licences and events of a time, in the order they are drawn.

    `between` are two days, both included; without them everything from the first day
    of the book to the last one that was confirmed.
    """
    rows: list[_Row] = [*book.rules, *book.definitions, *book.licences, *book.events]
    if between is None:
        between = min(_days(row)[0] for row in rows), book.last_confirmed
    found = (_entry(row, between) for row in rows)
    return tuple(sorted((entry for entry in found if entry), key=_order))


def _entry(row: _Row, between: tuple[date, date]) -> Entry | None:
    first, last = _days(row)
    begin, end = max(first, between[0]), min(last or date.max, between[1])
    if begin > end:
        return None
    what, name, title, line = _called(row)
    return Entry(
        id=name,
        what=what,
        title=title,
        line=line,
        jurisdiction=row.file.partition("/")[0] if "/" in row.file else "",
        first=first,
        last=last,
        begin=begin,
        end=end,
        confirmed=row.law.confirmed,
        mark=row.law.evidence,
        cite=row.law.cite,
    )


def _days(row: _Row) -> tuple[date, date | None]:
    """The first and the last day of a row; a licence's last is its last whole one."""
    if isinstance(row, Event):
        return row.day, row.day
    if isinstance(row, Licence):
        return row.term.first, _last_whole_day(row.term)
    return row.span.first, row.span.last


def _last_whole_day(term: Term) -> date | None:
    ends = [term.cut_off.date()] if term.cut_off else []
    ends += [term.replaced] if term.replaced else []
    return min(ends) - _DAY if ends else None


def _called(row: _Row) -> tuple[str, str, str, str]:
    if isinstance(row, Event):
        return "event", f"event-{row.day}", row.says, "events"
    if isinstance(row, Licence):
        return "licence", row.id, row.subject, row.series
    if isinstance(row, Definition):
        return "definition", row.id, row.title, row.id
    return str(row.sort), row.id, row.title, row.id


_KINDS = (
    "definition",
    Sort.EXPOSURE,
    Sort.PROHIBITION,
    Sort.DUTY,
    Sort.EXEMPTION,
    Sort.GUIDANCE,
    Sort.RED_FLAG,
    "licence",
    "event",
)


def _order(entry: Entry) -> tuple[int, int, str, date]:
    jurisdiction = list(JURISDICTIONS).index(entry.jurisdiction)
    # A series stands where its name does, "GL8" before "GL13".
    line = "".join(
        part.zfill(4) if part.isdigit() else part
        for part in ("".join(run) for _, run in groupby(entry.line, str.isdigit))
    )
    return jurisdiction, _KINDS.index(entry.what), line, entry.first


def listed(rows: Sequence[Entry]) -> Iterator[str]:
    """The rows as lines of text, by day: when it began, how long, what it is."""
    for row in sorted(rows, key=lambda row: (row.first, row.id)):
        # A date takes `:10` for a format of its own, and would print "10".
        time = f"{row.first} to {row.last or '...'!s:10}"
        if row.what == "event":
            time = f"{row.first}{'':14}"
        mark = "" if row.mark is Mark.FOUND else f" ({row.mark})"
        yield f"{time}  {row.what:11}  {row.id}: {row.title}{mark}"


# --- the picture ----------------------------------------------------------------------

_LEFT, _RIGHT, _ROW = 360, 24, 20
_DOTS, _APART = 66, 15
_WIDTH = 1200
_LETTERS = 50
_STYLE = """
:root{--page:#fff;--ink:#1a202c;--soft:#5a6472;--rule:#d5dae1;--on:#fff;
--prohibition:#b3261e;--exposure:#a15c00;--definition:#5b4bb0;--duty:#5b4bb0;
--exemption:#2a7a4b;--guidance:#3d6a8a;--red_flag:#8a5a7a;--licence:#2a7a4b}
@media(prefers-color-scheme:dark){:root{--page:#14181f;--ink:#edf2f7;--soft:#a0aec0;
--rule:#2f3947;--on:#14181f;--prohibition:#ff8a80;--exposure:#f0b860;
--definition:#b3a6ff;--duty:#b3a6ff;--exemption:#7fd6a3;--guidance:#8fc3e8;
--red_flag:#e0a6cc;--licence:#7fd6a3}}
.page{fill:var(--page)}
text{font:12px system-ui,'Noto Sans',sans-serif;fill:var(--ink)}
.soft{fill:var(--soft)}.title{font-size:17px;font-weight:600}
.head{font-size:13px;font-weight:600}.on{font-size:10.5px;fill:var(--on)}
.grid{stroke:var(--rule);stroke-width:1}.event{stroke:var(--soft);stroke-dasharray:2 3}
.dot{fill:var(--soft)}.number{font-size:10px;fill:var(--page);text-anchor:middle}
.prohibition{--c:var(--prohibition)}.exposure{--c:var(--exposure)}
.definition{--c:var(--definition)}.duty{--c:var(--duty)}.exemption{--c:var(--exemption)}
.guidance{--c:var(--guidance)}.red_flag{--c:var(--red_flag)}.licence{--c:var(--licence)}
.bar{fill:var(--c);stroke:var(--c);stroke-width:1.2}.later{fill-opacity:.28}
.memory{fill-opacity:.12;stroke-dasharray:4 3}.memory+.on,.plain{fill:var(--ink)}
"""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to places across the picture."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins."""
        whole = max((self.last - self.first).days + 1, 1)
        share = (day - self.first).days / whole
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def ticks(self) -> list[tuple[date, str]]:
        """Years; with few of them quarters, with one of them months."""
        days = (self.last - self.first).days
        step = 12 if days > 1400 else 3 if days > 450 else 1
        months = range(self.first.year * 12, self.last.year * 12 + 12, step)
        starts = [date(month // 12, month % 12 + 1, 1) for month in months]
        every = 1 + len(starts) // 16
        return [
            (day, f"{day:%Y}" if step == 12 else f"{day:%Y-%m}")
            for day in starts[::every]
            if self.first <= day <= self.last
        ]


def drawn(rows: Sequence[Entry]) -> str:
    """The rows as one SVG that stands alone, light or dark as its reader has it."""
    if not rows:
        raise ValueError("there is nothing to draw")
    scale = _Scale(min(row.begin for row in rows), max(row.end for row in rows))
    events = [row for row in rows if row.what == "event"]
    dots = _placed(events, scale)
    top = max([y for _, _, y in dots], default=_DOTS) + 28
    bars, height = _bars([row for row in rows if row.what != "event"], scale, top)
    foot = list(_told(events, height))
    total = height + _ROW * len(foot) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {total}" '
        f'role="img" aria-label="{escape(_summary(rows, scale))}">',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{total}"/>',
        f'<text class="title" x="20" y="30">The law from {scale.first} to '
        f"{scale.last}</text>",
        f'<text class="soft" x="20" y="50">{_LEGEND}</text>',
        *_grid(scale, top, height),
        *_marks(dots, scale, height),
        *bars,
        *foot,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


_LEGEND = (
    "Pale: after the day it was last confirmed. Pointed: no end was seen. "
    "Dashed: from memory, no source read. Numbers: what happened, told below."
)


def _summary(rows: Sequence[Entry], scale: _Scale) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.what] = counts.get(row.what, 0) + 1
    said = ", ".join(f"{n} of {what.replace('_', ' ')}" for what, n in counts.items())
    return f"Timeline of the law from {scale.first} to {scale.last}: {said}"


def _grid(scale: _Scale, top: float, height: float) -> Iterator[str]:
    for day, label in scale.ticks():
        x = scale.x(day)
        yield f'<line class="grid" x1="{x}" y1="{top}" x2="{x}" y2="{height}"/>'
        yield f'<text class="soft" x="{x + 3}" y="{top - 4}">{label}</text>'


def _bars(rows: Sequence[Entry], scale: _Scale, top: float) -> tuple[list[str], float]:
    """Headings, names and bars from the top down, and where they end."""
    parts: list[str] = []
    y = top + 6
    for (place, what), group in groupby(rows, lambda r: (r.jurisdiction, r.what)):
        heading = f"{JURISDICTIONS[place]}: {_PLURAL.get(what, what)}"
        parts.append(f'<text class="head" x="20" y="{y + 14}">{escape(heading)}</text>')
        y += _ROW
        for line, versions in groupby(group, lambda r: r.line):
            same = list(versions)
            parts += _named(line, same, y)
            for row in same:
                parts += _bar(row, scale, y, several=len(same) > 1)
            y += _ROW
        y += 8
    return parts, y


_PLURAL = {
    "definition": "definitions",
    "exposure": "exposures",
    "prohibition": "prohibitions",
    "duty": "duties",
    "exemption": "what is exempt",
    "red_flag": "red flags",
    "licence": "general licences",
}


def _named(line: str, rows: Sequence[Entry], y: float) -> Iterator[str]:
    """The name of a line, whole as its tooltip."""
    title = rows[0].title
    whole = f"{line}: {title}" if rows[0].what == "licence" else title
    short = whole if len(whole) <= _LETTERS else whole[: _LETTERS - 1].rstrip() + "…"
    yield (
        f'<text x="28" y="{y + 13}">{escape(short)}'
        f"<title>{escape(f'{whole} ({line})')}</title></text>"
    )


def _bar(row: Entry, scale: _Scale, y: float, *, several: bool) -> Iterator[str]:
    """One bar: whole until it was last confirmed, pale after, pointed without end."""
    left, right = scale.x(row.begin), scale.x(row.end + _DAY)
    seen = right
    if row.last is None and row.confirmed < row.end:
        seen = max(left, scale.x(row.confirmed + _DAY))
    kind = f"{row.what} bar" + (" memory" if row.mark is Mark.MEMORY else "")
    title = (
        f"{row.id}: {row.first} to {row.last or 'no end seen'}; {row.mark}, "
        f"last confirmed {row.confirmed}; {row.cite}"
    )
    yield f"<g><title>{escape(title)}</title>"
    if seen > left:
        yield f'<path class="{kind}" d="{_shape(left, seen, y, row.last is None)}"/>'
    if right > seen:
        yield f'<path class="{kind} later" d="{_shape(seen, right, y, True)}"/>'
    name = row.id.rpartition("-")[2].upper() if row.what == "licence" else ""
    if several and name and seen - left > 7 * len(name) + 4:
        dark = " plain" if row.mark is Mark.MEMORY else ""
        yield f'<text class="on{dark}" x="{left + 4}" y="{y + 13}">{name}</text>'
    yield "</g>"


def _shape(left: float, right: float, y: float, open_end: bool) -> str:
    """A box, or one that ends in a point."""
    top, low, point = y + 3, y + _ROW - 3, 7 if open_end else 0
    right = max(right, left + 2)
    if not open_end:
        right -= 2  # so that what follows on it is seen to be another
    inner = max(round(right - point, 1), left)
    middle = (top + low) / 2
    return f"M{left} {top}H{inner}L{right} {middle}L{inner} {low}H{left}Z"


def _placed(
    events: Sequence[Entry], scale: _Scale
) -> list[tuple[date, list[Entry], float]]:
    """What happened, by day, with the height of its dot: none lies on another."""
    lanes: list[float] = []
    placed = []
    for day, same in _by_day(events):
        x = scale.x(day)
        free = [at for at, last in enumerate(lanes) if x - last >= _APART]
        lane = free[0] if free else len(lanes)
        lanes[lane : lane + 1] = [x]
        placed.append((day, same, float(_DOTS + _APART * lane)))
    return placed


def _marks(
    dots: Sequence[tuple[date, list[Entry], float]], scale: _Scale, height: float
) -> Iterator[str]:
    """A numbered dot and a thin line through all, for each thing that happened."""
    for number, (day, same, y) in enumerate(dots, start=1):
        x = scale.x(day)
        title = escape(" ".join(row.title for row in same))
        yield (
            f'<g><title>{day}: {title}</title><line class="event" x1="{x}" y1="{y}" '
            f'x2="{x}" y2="{height}"/><circle class="dot" cx="{x}" cy="{y}" r="7"/>'
            f'<text class="number" x="{x}" y="{y + 3.5}">{number}</text></g>'
        )


def _by_day(events: Sequence[Entry]) -> list[tuple[date, list[Entry]]]:
    ordered = sorted(events, key=lambda row: row.first)
    return [(day, list(same)) for day, same in groupby(ordered, lambda r: r.first)]


def _told(events: Sequence[Entry], y: float) -> Iterator[str]:
    """What happened, numbered as the dots are."""
    for number, (day, same) in enumerate(_by_day(events), start=1):
        mark = "" if all(row.mark is not Mark.MEMORY for row in same) else " (memory)"
        said = " ".join(row.title for row in same)
        short = said if len(said) < 150 else said[:149].rstrip() + "…"
        y += _ROW
        yield (
            f'<text x="28" y="{y:.0f}">{number}. {day}: {escape(short)}{mark}'
            f"<title>{escape(said)}</title></text>"
        )
