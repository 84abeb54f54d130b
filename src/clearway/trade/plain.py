"""Tables that somebody made of published figures: one value a row, or a column a flow.

Three shapes: a heading a column knows (`reporter, partner, flow, period, value`, in any
order, whatever is missing being told); columns that say their flow themselves
(`china_exports_to_russia_usd`); or just `date, value`. A column `published` gives each
row its own vintage. Whose figures they are is told with --publisher.
"""

import re
from dataclasses import dataclass
from typing import Any

from clearway.errors import UsageError
from clearway.trade.checks import sorted_out
from clearway.trade.columns import FLOWS, TOTAL, Reading, Told
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.parsing import amount, mapped, periods
from clearway.trade.periods import asked
from clearway.trade.places import of_name

PUBLISHER = "table"
_SAID = re.compile(
    r"(?P<reporter>[a-z_]+?)_(?P<flow>exports?|imports?)_(?:to|from)_(?P<partner>[a-z_]+?)"
    r"_(?P<scale>[kmb]?)(?P<currency>usd|eur|cny|rmb)"
)
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9}
_NAMES = {
    "period": ("period", "date", "month", "year", "time", "time_period"),
    "value": ("value", "amount", "trade_value", "value_usd", "value_eur", "obs_value"),
    "reporter": ("reporter", "declarant", "country"),
    "partner": ("partner", "counterpart", "trading partner"),
    "flow": ("flow", "direction", "trade flow"),
    "code": ("code", "hs", "hs_code", "hs6", "commodity", "product", "product_code"),
    "currency": ("currency",),
    "edition": ("edition", "classification"),
    "status": ("status",),
    "quantity": ("quantity", "netweight_kg"),
    "unit": ("unit",),
    "published": ("published", "vintage"),
}
_WORDS = {
    "export": "export",
    "exports": "export",
    "x": "export",
    "2": "export",
    "import": "import",
    "imports": "import",
    "m": "import",
    "1": "import",
    **{flow: flow for flow in FLOWS},
}


@dataclass(frozen=True, slots=True)
class _Said:
    """A column that says its flow itself."""

    column: str
    reporter: str
    partner: str
    flow: str
    currency: str
    times: float


def recognises(file: File) -> bool:
    """Whether it has a period and a value, or columns that say their flow."""
    if file.workbook or not file.headings:
        return False
    named = _named(file.headings)
    return "period" in named and ("value" in named or bool(_said(file.headings)))


def read(file: File, told: Told) -> Reading:
    """The figures of a table; raises UsageError naming options for what is missing."""
    pl = imported("polars")
    frame = file.table()
    named = _named(tuple(frame.columns))
    said = _said(tuple(frame.columns))
    cells = [named["period"], *(one.column for one in said)]
    if said:
        parts = [_column(pl, frame, named, one, told) for one in said]
        figures = pl.concat(parts)
    else:
        _ask(file, named, told)
        cells.append(named["value"])
        figures = _rows(pl, frame, named, told)
    rows, excluded = sorted_out(figures, frame, cells)
    return Reading(told.publisher or PUBLISHER, "table of figures", rows, excluded)


def _named(headings: tuple[str, ...]) -> dict[str, str]:
    """What is called what: our name to the heading that means it."""
    lower = {heading.casefold().strip(): heading for heading in headings}
    found = {}
    for ours, names in _NAMES.items():
        heading = next((lower[name] for name in names if name in lower), "")
        if heading:
            found[ours] = heading
    return found


def _said(headings: tuple[str, ...]) -> list[_Said]:
    found = []
    for heading in headings:
        match = _SAID.fullmatch(heading.casefold())
        if match:
            currency = match["currency"].upper().replace("RMB", "CNY")
            found.append(
                _Said(
                    heading,
                    of_name(match["reporter"].replace("_", " ")),
                    of_name(match["partner"].replace("_", " ")),
                    match["flow"].removesuffix("s"),
                    currency,
                    _SCALES[match["scale"]],
                )
            )
    return found


def _ask(file: File, named: dict[str, str], told: Told) -> None:
    """Everything a figure needs stands in the table or is told."""
    currency = named.get("value", "").casefold().rpartition("_")[2] in ("usd", "eur")
    needed = {
        "reporter": "--reporter CN",
        "partner": "--partner RU",
        "flow": "--flow export or import",
        "currency": "--currency USD",
    }
    missing = [
        option
        for name, option in needed.items()
        if name not in named
        and not getattr(told, name)
        and not (name == "currency" and currency)
    ]
    if missing:
        raise UsageError(f"{file.name} does not say it all: add {', '.join(missing)}")


def _column(pl: Any, frame: Any, named: dict[str, str], one: _Said, told: Told) -> Any:
    value = pl.col(one.column)
    blank = value.fill_null("").str.strip_chars() == ""
    return frame.select(
        pl.lit(one.reporter or None, pl.String).alias("reporter"),
        pl.lit(one.partner or None, pl.String).alias("partner"),
        pl.lit(one.flow).alias("flow"),
        pl.lit(TOTAL).alias("code"),
        pl.lit(told.edition).alias("edition"),
        periods(named["period"]).alias("period"),
        amount(one.column, one.times).alias("value"),
        pl.lit(one.currency).alias("currency"),
        pl.lit(None, pl.Float64).alias("quantity"),
        pl.lit(None, pl.String).alias("unit"),
        pl.lit(told.status or "reported").alias("status"),
        pl.lit("FOB" if one.flow == "export" else "CIF").alias("valuation"),
        pl.lit("").alias("detail"),
        "row",
        pl.when(blank).then(pl.lit("withheld")).alias("why"),
        *_vintage(pl, named),
    )


def _vintage(pl: Any, named: dict[str, str]) -> list[Any]:
    if "published" not in named:
        return []
    return [pl.col(named["published"]).str.strip_chars().alias("vintage")]


def _rows(pl: Any, frame: Any, named: dict[str, str], told: Told) -> Any:
    def text(name: str, default: str | None) -> Any:
        if name in named:
            return pl.col(named[name]).str.strip_chars()
        return pl.lit(default, pl.String)

    def country(name: str) -> Any:
        if name in named:
            return mapped(named[name], of_name)
        return pl.lit(of_name(getattr(told, name)) or None, pl.String)

    money = named["value"].casefold().rpartition("_")[2].upper()
    currency = told.currency or (money if money in ("USD", "EUR") else "")
    flow = (
        mapped(named["flow"], lambda word: _WORDS.get(word.strip().casefold(), ""))
        if "flow" in named
        else pl.lit(told.flow or None, pl.String)
    )
    stated = text("currency", currency).str.to_uppercase()
    wrong = pl.lit(bool(told.currency)) & (stated != told.currency)
    period = (
        periods(named["period"]) if not told.period else pl.lit(str(asked(told.period)))
    )
    quantity = (
        amount(named["quantity"]) if "quantity" in named else pl.lit(None, pl.Float64)
    )
    return frame.with_columns(flow.alias("_flow")).select(
        country("reporter").alias("reporter"),
        country("partner").alias("partner"),
        pl.col("_flow").alias("flow"),
        text("code", told.code or TOTAL).alias("code"),
        text("edition", told.edition).alias("edition"),
        period.alias("period"),
        amount(named["value"]).alias("value"),
        stated.alias("currency"),
        quantity.alias("quantity"),
        text("unit", None).alias("unit"),
        text("status", told.status or "reported").alias("status"),
        pl.when(pl.col("_flow") == "export")
        .then(pl.lit("FOB"))
        .otherwise(pl.lit("CIF"))
        .alias("valuation"),
        pl.lit("").alias("detail"),
        "row",
        pl.when(wrong | ~stated.str.contains("^[A-Z]{3}$"))
        .then(pl.lit("wrong_currency"))
        .alias("why"),
        *_vintage(pl, named),
    )
