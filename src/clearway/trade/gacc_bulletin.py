"""China Customs' monthly table by country: title, unit, then a row a country.

Each value comes for the month and from January on; January and February are published
together. The table of the "main" countries (主要国别) is the preliminary release, the
one of all countries the verified bulletin. Values are in thousands or millions of
dollars, or in ten thousands or hundred millions of yuan, as the line "Unit" says. The
English tables name the same columns.
"""

import re
import unicodedata
from typing import Any

from clearway.errors import InputUnreadable, UsageError
from clearway.trade.checks import sorted_out
from clearway.trade.columns import TOTAL, Reading, Told
from clearway.trade.editions import hs_of_year
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.periods import Period
from clearway.trade.places import of_name

PUBLISHER = "gacc"
_TITLE_ZH = re.compile(
    r"(\d{4})年(?:(\d{1,2})\s*(?:至|-|–|—|~)\s*)?(\d{1,2})月.*?(主要)?"
    r"国别\s*\(地区\)\s*总值表"
)
_TITLE_EN = re.compile(
    r"(?:by (?:Major )?Country|Country \(?Region|Countries? ?/ ?Regions?)",
    re.I,
)
_MONTHS_EN = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_UNITS = (
    ("千美元", "USD", 1e3),
    ("万美元", "USD", 1e4),
    ("百万美元", "USD", 1e6),
    ("亿美元", "USD", 1e8),
    ("亿元人民币", "CNY", 1e8),
    ("万元人民币", "CNY", 1e4),
    ("亿元", "CNY", 1e8),
    ("万元", "CNY", 1e4),
)
_MONEY_EN = (
    (re.compile(r"US ?\$|\bUSD\b|\bU\.?S\.? dollars?\b|\bdollars?\b", re.I), "USD"),
    (re.compile(r"\bRMB\b|\bCNY\b|\byuan\b|¥", re.I), "CNY"),
)
_SCALE_EN = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_CUMULATED = re.compile(
    r"1\s*月?\s*(?:至|-|–|—|~|to|through)\s*\d|累计|"
    r"jan\w*\.?\s*(?:-|–|—|~|to|through)|cumul|year to date|\bytd\b"
)


def recognises(file: File) -> bool:
    """Whether it is a table by country, as text, web page or workbook."""
    try:
        return _title(_lines(file)[:12]) is not None
    except (InputUnreadable, UnicodeDecodeError):
        return False


def read(file: File, told: Told) -> Reading:
    """The figures of all countries: the month, and January to the month."""
    lines = _lines(file)
    title = _title(lines[:12])
    assert title is not None
    period, provisional, text = title
    currency, times = _unit(file, lines[:12], text, told)
    top = _heading(file, lines)
    below = lines[top + 1] if top + 1 < len(lines) else []
    deep = bool(below) and (not below[0] or below[0] == lines[top][0])
    columns = _columns(file, lines[top], below if deep else lines[top], period)
    rows: list[dict[str, Any]] = []
    first = top + (2 if deep else 1)
    for number, cells in enumerate(lines[first:], first + 1):
        rows += _figures(cells, number, columns)
    pl = imported("polars")
    status = told.status or ("provisional" if provisional else "reported")
    frame = pl.DataFrame(rows, schema=_SCHEMA(pl)).with_columns(
        pl.lit("cn").alias("reporter"),
        pl.lit(TOTAL).alias("code"),
        pl.lit(told.edition or hs_of_year(period.year)).alias("edition"),
        (pl.col("value") * times).alias("value"),
        pl.lit(currency).alias("currency"),
        pl.lit(None, pl.Float64).alias("quantity"),
        pl.lit(None, pl.String).alias("unit"),
        pl.lit(status).alias("status"),
        pl.when(pl.col("flow") == "export")
        .then(pl.lit("FOB"))
        .otherwise(pl.lit("CIF"))
        .alias("valuation"),
        pl.lit("").alias("detail"),
    )
    kept, excluded = sorted_out(frame.drop("text"), frame, ["text"])
    return Reading(PUBLISHER, "GACC table by country", kept, excluded)


def _SCHEMA(pl: Any) -> dict[str, Any]:
    return {
        "partner": pl.String,
        "flow": pl.String,
        "period": pl.String,
        "value": pl.Float64,
        "row": pl.Int64,
        "why": pl.String,
        "text": pl.String,
    }


def _lines(file: File) -> list[list[str]]:
    """The table as rows of text, whether a workbook, a web page or delimited text."""
    if file.workbook:
        sheets = file.sheets()
        rows = sheets[0][1] if sheets else []
        return [[_cell(cell) for cell in row] for row in rows]
    if file.head.lstrip()[:1] == "<":
        return _html(file)
    import csv
    import io

    if file.headings and len(file.headings) > 20:
        return []
    start = [_plain(line) for line in file.head.splitlines()[:12]]
    if not any(_TITLE_ZH.search(line) or _TITLE_EN.search(line) for line in start):
        return []
    separator = max(",;\t", key=lambda sign: sum(line.count(sign) for line in start))
    lines = csv.reader(io.StringIO(file.text), delimiter=separator)
    return [[_plain(cell) for cell in row] for row in lines]


def _plain(text: str) -> str:
    """A cell without full-width forms: `１－３月` is `1-3月`."""
    return unicodedata.normalize("NFKC", text).strip()


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _plain(str(value))


def _html(file: File) -> list[list[str]]:
    from lxml import html

    if not any(word in file.text for word in ("总值表", "Country", "country")):
        return []
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    page = html.fromstring(file.text.encode("utf-8"), parser=parser)
    rows = []
    for line in page.iter("tr"):
        cells: list[str] = []
        for cell in line.iter("td", "th"):
            cells.append(_words(cell))
            span = cell.get("colspan") or "1"
            cells += [""] * (int(span) - 1 if span.isdigit() else 0)
        rows.append(cells)
    titles = [_words(item) for item in page.iter("h1", "h2", "title", "p")]
    return [[title] for title in titles[:6]] + rows


def _words(element: Any) -> str:
    return _plain(" ".join(str(element.text_content()).split()))


def _title(lines: list[list[str]]) -> tuple[Period, bool, str] | None:
    """The month, whether the release is preliminary, and the title itself."""
    for cells in lines:
        text = " ".join(cells)
        if found := _TITLE_ZH.search(text):
            first = int(found[2] or found[3])
            return Period(int(found[1]), first, int(found[3])), bool(found[4]), text
        if _TITLE_EN.search(text) and (period := _english(text)):
            return period, "major" in text.casefold(), text
    return None


def _english(text: str) -> Period | None:
    """`March 2024`, `Mar. 2024`, `3.2024`, `Jan-Feb 2024`, `1-2.2024`."""
    lower = text.casefold()
    if found := re.search(r"(?<!\d)(\d{1,2})(?:-(\d{1,2}))?\.(\d{4})", lower):
        first, last, year = int(found[1]), int(found[2] or found[1]), int(found[3])
        return Period(year, first, last) if 1 <= first <= last <= 12 else None
    names = "|".join(name[:3] for name in _MONTHS_EN)
    pattern = (
        rf"\b({names})[a-z]*\.?(?:\s*(?:-|to|and)\s*({names})[a-z]*\.?)?,?\s+(\d{{4}})"
    )
    if found := re.search(pattern, lower):
        short = [name[:3] for name in _MONTHS_EN]
        first = short.index(found[1]) + 1
        last = short.index(found[2]) + 1 if found[2] else first
        return Period(int(found[3]), first, last)
    return None


def _unit(
    file: File, lines: list[list[str]], title: str, told: Told
) -> tuple[str, float]:
    """The currency and what one stands for; title and unit must not contradict."""
    text = " ".join(cell for cells in lines for cell in cells)
    named = "USD" if "美元" in title else "CNY" if "人民币" in title else ""
    after = re.search(r"(?:单位|unit)\s*[∶:：]?\s*(.{2,30})", text, re.I)
    bare = re.search(r"(?:US ?\$|USD|RMB|CNY) ?1[\d,]*(?: million)?", text, re.I)
    words = after[1] if after else bare[0] if bare else ""
    unit = _unit_in(words)
    if unit is None:
        raise UsageError(f"{file.name} does not say its unit: is the table whole?")
    currency, times = unit
    if (named and named != currency) or told.currency not in ("", currency):
        message = f"its title or --currency and its unit ({words.strip()}) disagree"
        raise InputUnreadable(file.name, message)
    return currency, times


def _unit_in(words: str) -> tuple[str, float] | None:
    """Currency and scale: 百万美元, 亿元人民币, US$1,000, USD 1 Million."""
    for word, currency, times in sorted(_UNITS, key=lambda unit: -len(unit[0])):
        if word in words:
            return currency, times
    for pattern, currency in _MONEY_EN:
        if pattern.search(words):
            return currency, _scale_in(words)
    return None


def _scale_in(words: str) -> float:
    """What one stands for: `1,000`, `1 Million`, `100 million`, `thousand`."""
    times = 1.0
    if number := re.search(r"\d[\d,]*", words):
        times *= float(number[0].replace(",", ""))
    for word, size in _SCALE_EN.items():
        if re.search(rf"\b{word}s?\b", words, re.I):
            times *= size
    return times


def _heading(file: File, lines: list[list[str]]) -> int:
    for number, cells in enumerate(lines[:14]):
        text = " ".join(cells).casefold()
        if ("出口" in text and "进口" in text and "总值表" not in text) or (
            "export" in text and "import" in text and len([c for c in cells if c]) > 2
        ):
            return number
    raise InputUnreadable(file.name, "has no heading with exports and imports")


def _columns(
    file: File, top: list[str], below: list[str], period: Period
) -> list[tuple[int, str, Period]]:
    """Where the values stand: column, flow, period. Growth rates come last.

    Raises InputUnreadable where two columns seem to say the same: one is misread.
    """
    found: list[tuple[int, str, Period]] = []
    flow = ""
    through = Period(period.year, 1, period.last)
    for place in range(1, max(len(top), len(below))):
        above = (top[place] if place < len(top) else "").casefold()
        under = (below[place] if place < len(below) else "").casefold()
        if "%" in above or "±" in above or "change" in above or "growth" in above:
            break
        if above:
            both = "进出口" in above or ("import" in above and "export" in above)
            both = both or "total" in above
            export = "出口" in above or "export" in above
            flow = "" if both else "export" if export else "import"
        if not flow:
            continue
        many = _CUMULATED.search(under)
        found.append((place, flow, through if many else period))
    said = [(flow, period) for _, flow, period in found]
    # In January both columns of a flow say the same, and so they should.
    if len(set(said)) < len(said) and period != through:
        message = (
            "has two columns for one flow and period: its heading is not understood"
        )
        raise InputUnreadable(file.name, message)
    return found


def _figures(
    cells: list[str], number: int, columns: list[tuple[int, str, Period]]
) -> list[dict[str, Any]]:
    name = cells[0].strip() if cells else ""
    if not name or re.match(r"[注*]|note", name, re.I):
        return []
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for place, flow, period in columns:
        text = cells[place].replace(",", "").strip() if place < len(cells) else ""
        withheld = text in ("", "-", "—")
        rows[flow, str(period)] = {
            "partner": of_name(name) or None,
            "flow": flow,
            "period": str(period),
            "value": _number(text),
            "row": number,
            "why": "withheld" if withheld else None,
            "text": f"{name} | {flow} {period} | {text}",
        }
    return list(rows.values())


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
