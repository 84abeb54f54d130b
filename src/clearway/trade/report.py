"""A corridor on one page: course, both records, detours, and what the data is worth.

The page is one file that needs nothing from anywhere: charts are drawn into it, each
with its summary in words and, below, the file, row and vintage its figures come from.
What could not be computed says why; what was left out of the data is counted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from clearway.errors import ClearwayError, NotFound
from clearway.trade import charts, words
from clearway.trade.asking import Question, narrowed
from clearway.trade.columns import WHY
from clearway.trade.counterfactual import TRENDS
from clearway.trade.dip import Dip, dip
from clearway.trade.diversion import Diversion, Product, diversion, year_before
from clearway.trade.drawing import STYLE, css
from clearway.trade.editions import high_priority
from clearway.trade.flows import (
    LUNAR,
    Growth,
    Series,
    by_vintage,
    growth,
    pooled,
    series,
)
from clearway.trade.mirror import Mirror, mirror
from clearway.trade.periods import Period, window
from clearway.trade.places import name_of
from clearway.trade.redflags import detours
from clearway.trade.store import Kept, Store

_PRODUCTS = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: words above a chart, a table below it, sources at the end.

    `drawn` draws the chart for a width; `missing` says why there is nothing.
    """

    title: str
    said: tuple[str, ...] = ()
    drawn: Callable[[int], str] | None = None
    told: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    files: tuple[Kept, ...]
    day: str


def corridor(
    store: Store,
    *,
    reporter: str,
    target: str,
    months: Sequence[str],
    day: str,
    after: Sequence[str] = (),
    before: Sequence[str] = (),
) -> Page:
    """The page of a corridor: exports of a reporter to a target, judged in some months.

    `before` and `after` are the windows of the detours (the newest year told, against
    the last before the target was cut off, where none are given); `day` is the day
    the page was made. Raises NotFound if the store is empty.
    """
    kept = store.files()
    if not kept:
        raise NotFound("no trade statistics yet: `clearway trade import FILE`")
    question = Question((reporter,), (target,), ("export",))
    found: list[Dip] = []
    sections = [
        _tried("Course and window", lambda: _course(store, question, months, found)),
        _tried("Level and growth", lambda: _levels(store, question, months)),
        _tried("Both records", lambda: _mirror(store, question)),
        *_detours(store, reporter, target, before, after),
    ]
    lead = tuple(words.of_dip(one) + "." for one in found)
    title = f"{name_of(reporter)}'s exports to {name_of(target)}"
    return Page(title, lead, tuple(sections), kept, day)


def _tried(title: str, make: Callable[[], Section]) -> Section:
    """A section, or why there is none."""
    try:
        return make()
    except ClearwayError as error:
        return Section(title, missing=str(error))


def _course(
    store: Store, question: Question, months: Sequence[str], found: list[Dip]
) -> Section:
    one = series(store, question)
    judged = dip(one, months)
    found.append(judged)
    meanings = {trend.name: trend.meaning for trend in TRENDS}
    rows = tuple(
        (
            meanings[trend.trend],
            words.money(trend.expected, judged.currency),
            words.percent(trend.change, 1),
            f"{words.percent(trend.low)} to {words.percent(trend.high)}",
            words.chance(trend.p),
        )
        for trend in judged.against
    )
    return Section(
        "Course and window",
        tuple(words.details(judged)),
        lambda width: charts.fan(one, judged, width=width),
        charts.told_fan(one, judged),
        ("idea of the trend", "expected", "change", "95 % interval", "p"),
        rows,
        _sources(store, one),
    )


def _levels(store: Store, question: Question, months: Sequence[str]) -> Section:
    """Two years of months, both flows, growth within one vintage each."""
    lunar = bool(LUNAR & {*question.reporters, *question.partners})
    vintages = {
        flow: by_vintage(store, narrowed(question, flows=(flow,)))
        for flow in ("export", "import")
    }
    newest = {flow: next(iter(kept.values())) for flow, kept in vintages.items()}
    last = newest["export"].points[-1].period
    first = f"{int(last[:4]) - 1}-01"
    spans: list[Period] = [Period(int(first[:4])), *pooled(first, last, lunar=lunar)]
    rows = []
    for span in spans:
        cells = [str(span)]
        for flow in ("export", "import"):
            rate = growth(vintages[flow].values(), span)
            cells += [_billions(rate), words.percent(rate.rate, 1)]
        total = [newest[flow].total(span) for flow in ("export", "import")]
        both = None if None in total else sum(value or 0.0 for value in total)
        rows.append((*cells, "-" if both is None else f"{both / 1e9:,.2f}"))
    said = [
        "growth is taken between two figures of one vintage",
        f"vintages: {', '.join(vintages['export'])}",
    ]
    if lunar:
        said.append("January and February are one figure: the Lunar New Year moves")
    heads = ("period", "exports", "on the year", "imports", "on the year", "both")
    return Section(
        f"Level and growth, {newest['export'].currency} billion",
        tuple(said),
        head=heads,
        rows=tuple(rows),
        sources=(
            *_sources(store, newest["export"]),
            *_sources(store, newest["import"]),
        ),
    )


def _billions(rate: Growth) -> str:
    return "-" if rate.now is None else f"{rate.now / 1e9:,.2f}"


def _mirror(store: Store, question: Question) -> Section:
    found = mirror(store, question)
    if not found.gaps:
        raise NotFound("no year that both sides tell in one currency")
    return Section(
        "Both records",
        tuple(words.of_gap(gap, found) for gap in found.gaps if gap.ratio is not None)
        + _refused(found),
        lambda width: charts.mirror_bars(found, width=width),
        charts.told_mirror(found),
        sources=(*_sources(store, found.exporter), *_sources(store, found.importer)),
    )


def _refused(found: Mirror) -> tuple[str, ...]:
    years = [gap.period for gap in found.gaps if gap.ratio is None]
    why = next((gap.why for gap in found.gaps if gap.ratio is None), "")
    return (f"{', '.join(years)}: not compared; {why}",) if years else ()


def _detours(
    store: Store,
    reporter: str,
    target: str,
    before: Sequence[str],
    after: Sequence[str],
) -> Iterable[Section]:
    """High-priority goods of the reporter, and of the EU where Eurostat tells them."""
    exporters = dict.fromkeys([reporter])
    if any(kept.publisher == "eurostat" for kept in store.files()):
        exporters["eu"] = None
    for exporter in exporters:
        title = f"Detours of {name_of(exporter)}'s high-priority goods"
        yield _tried(
            title,
            lambda who=exporter: _detour(store, who, target, before, after),  # type: ignore[misc]
        )


def _detour(
    store: Store,
    exporter: str,
    target: str,
    before: Sequence[str],
    after: Sequence[str],
) -> Section:
    early, late = before, after or _newest(store, exporter, target)
    if not early:
        base = next((d.base_year for d in detours() if d.country == target), None)
        early = _in_base(late, base) if base else year_before(late)
    found = diversion(
        store,
        reporter=exporter,
        target=target,
        basket=high_priority(),
        before=early,
        after=late,
    )
    return Section(
        f"Detours of {name_of(exporter)}'s high-priority goods",
        (words.of_diversion(found), *found.notes),
        lambda width: charts.diversion_bars(found, width=width),
        charts.told_diversion(found),
        ("product", "tier", "target before", "after", "thirds gained", "most to"),
        tuple(_row(product) for product in found.products[:_PRODUCTS]),
        _vintages(found),
    )


def _newest(store: Store, exporter: str, target: str) -> tuple[str, ...]:
    """The newest year of months (or what there is of it) told by product, else year."""
    for length in (1, 12):
        question = Question(
            (exporter,), (target,), ("export",), high_priority(), length=length
        )
        try:
            periods = [point.period for point in series(store, question).points]
        except NotFound:
            continue
        if length == 12:
            return (periods[-1],)
        return tuple(p for p in periods if p[:4] == periods[-1][:4])
    raise NotFound(f"no figures by product for {name_of(exporter)}")


def _in_base(months: Sequence[str], year: int) -> tuple[str, ...]:
    return tuple(f"{year}{month[4:]}" for month in months)


def _row(product: Product) -> tuple[str, ...]:
    best = max(product.gains, key=lambda gain: gain[2] - gain[1], default=None)
    most = "-"
    if best and best[2] > best[1]:
        most = f"{name_of(best[0])} +{words.money(best[2] - best[1])}"
    return (
        product.code,
        product.tier,
        words.money(product.target_before),
        words.money(product.target_after),
        words.money(product.gained),
        most,
    )


def _sources(store: Store, one: Series) -> tuple[str, ...]:
    """File, rows and vintage of a series."""
    by_seq = {kept.seq: kept for kept in store.files()}
    used = sorted({point.seq for point in one.points})
    found = []
    for seq in used:
        rows = [point.row for point in one.points if point.seq == seq]
        kept = by_seq[seq]
        found.append(
            f"{kept.publisher}, {kept.file}, rows {min(rows)} to {max(rows)}, vintage "
            f"{kept.vintage}, sha256 {kept.sha256[:12]}"
        )
    return tuple(found)


def _vintages(found: Diversion) -> tuple[str, ...]:
    return (f"{found.publisher}, vintage {', '.join(found.vintages)}",)


def html(page: Page) -> str:
    """The page as HTML: one file, light and dark, for a phone and for paper."""
    body = [f"<h1>{escape(page.title)}</h1>"]
    body += [f'<p class="lead">{escape(sentence)}</p>' for sentence in page.lead]
    body += [_section(section) for section in page.sections]
    body.append(_quality(page.files))
    body.append(
        f"<footer>Made {escape(page.day)} by clearway. Figures as published by the "
        "sources named; no page here calls a party or a shipment anything.</footer>"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(page.title)}</title><style>{css()}{_STYLE}"
        f"{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


_STYLE = """
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:760px;margin:0 auto;padding:20px 16px 48px}
h1{font-size:1.6rem;line-height:1.2;margin:.4em 0}
h2{font-size:1.15rem;margin:2.2em 0 .4em;border-top:1px solid var(--line);
padding-top:1em}
.lead{font-size:1.1rem}
ul{padding-left:1.2em;margin:.5em 0}
figure{margin:1em 0}
figcaption,.sources,footer{color:var(--faint);font-size:.85rem}
.narrow{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.88rem;width:100%;
font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:.3em .5em;border-bottom:1px solid var(--line);
white-space:nowrap}
th:first-child,td:first-child{text-align:left;white-space:normal;min-width:6.5em}
th{color:var(--faint);font-weight:600}
.strip{display:flex;height:14px;border:1px solid var(--line);margin:.2em 0}
.strip i{background:var(--told)}
.strip b{background:repeating-linear-gradient(45deg,
var(--course) 0 3px,var(--soft) 3px 6px)}
.missing{background:var(--soft);padding:.6em .8em;border-left:3px solid var(--faint)}
@media(max-width:600px){.wide{display:none}.narrow{display:block}
main{padding:12px 12px 40px}}
@media print{:root{--paper:#fff;--ink:#000;--faint:#444;--line:#bbb}
.narrow{display:none}}
"""


def _section(section: Section) -> str:
    parts = [f"<section><h2>{escape(section.title)}</h2>"]
    if section.missing:
        parts.append(f'<p class="missing">Not shown: {escape(section.missing)}</p>')
    if section.said:
        parts.append(f"<p>{escape(_sentence(section.said[0]))}</p>")
        items = "".join(f"<li>{escape(line)}</li>" for line in section.said[1:])
        parts.append(f"<ul>{items}</ul>" if items else "")
    if section.drawn:
        parts.append(
            f'<figure><div class="wide">{section.drawn(720)}</div>'
            f'<div class="narrow">{section.drawn(350)}</div>'
            f"<figcaption>{escape(section.told)}</figcaption></figure>"
        )
    if section.rows:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in section.head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in section.rows
        )
        parts.append(
            f'<div class="scroll"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    if section.sources:
        sources = "; ".join(section.sources)
        parts.append(f'<p class="sources">Source: {escape(sources)}</p>')
    return "".join(parts) + "</section>"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quality(files: Sequence[Kept]) -> str:
    """Every file with how many figures were used and how many left out, and why."""
    rows = []
    for kept in files:
        whole = kept.rows + kept.left_out
        used = 100 * kept.rows / whole if whole else 0
        bad = 100 - used
        reasons = [f"{n:,} {why.replace('_', ' ')}" for why, n in kept.excluded.items()]
        others = sorted({p["code"] for p in kept.problems} - set(kept.excluded))
        said = "; ".join([*reasons, *(code.replace("_", " ") for code in others)])
        rows.append(
            f"<p><strong>{escape(kept.file)}</strong> ({escape(kept.layout)}, vintage "
            f"{escape(kept.vintage)}): {kept.rows:,} figures"
            f"{f', {kept.left_out:,} left out' if kept.left_out else ''}"
            f"{f' - {escape(said)}' if said else ''}</p>"
            f'<div class="strip" role="img" aria-label="{used:.1f} % used">'
            f'<i style="width:{used:.2f}%"></i><b style="width:{bad:.2f}%"></b></div>'
        )
    meant = sorted({why for kept in files for why in kept.excluded})
    notes = "".join(
        f"<li>{escape(why.replace('_', ' '))}: {escape(WHY[why])}</li>" for why in meant
    )
    return (
        "<section><h2>What the data is worth</h2>"
        + "".join(rows)
        + (f"<ul>{notes}</ul>" if notes else "")
        + "</section>"
    )


def charts_of(page: Page) -> dict[str, str]:
    """The charts of a page as drawings (SVG without style), by name."""
    found = {}
    for number, section in enumerate(page.sections, 1):
        if section.drawn:
            slug = "-".join(section.title.lower().replace("'", "").split()[:3])
            found[f"{number}-{slug}"] = section.drawn(720)
    return found


def default_window(store: Store, reporter: str, target: str) -> tuple[str, ...]:
    """The last two months told."""
    one = series(store, Question((reporter,), (target,), ("export",)))
    last = one.points[-1].period
    first = one.points[-2].period if len(one.points) > 1 else last
    return window(f"{first}..{last}")
