"""Eurostat Comext: the monthly bulk files, Easy Comext tables, DS-045409 workbooks.

In the bulk file flow 1 is import and 2 export, a period ending in 52 a whole year.
Easy Comext and tables made from DS-045409 mix aggregates ("Euro area") with member
states and codes of 2, 4 and 8 digits with TOTAL side by side: all are kept as what they
are, and a sum takes members and one length only (clearway.trade.flows).
"""

import re
from typing import Any

from clearway.trade.checks import problems_of, sorted_out, without_unpublished
from clearway.trade.columns import Reading, Told
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.parsing import amount, mapped, periods
from clearway.trade.places import of_eurostat

PUBLISHER = "eurostat"
_BULK = {"REPORTER", "PARTNER", "PRODUCT_NC", "FLOW", "PERIOD", "VALUE_EUR"}
_BULK_OLD = {"DECLARANT_ISO", "PARTNER_ISO", "PRODUCT_NC", "FLOW", "PERIOD"}
_EASY = (
    {"product_code", "flow", "reporter", "partner", "month", "value_eur"},
    {"PRODUCT", "FLOW", "REPORTER", "PARTNER", "PERIOD", "INDICATORS"},
    {"product", "flow", "reporter", "partner", "TIME_PERIOD", "OBS_VALUE"},
)
_OLD_NAMES = {
    "DECLARANT_ISO": "REPORTER",
    "PARTNER_ISO": "PARTNER",
    "VALUE_IN_EUROS": "VALUE_EUR",
    "QUANTITY_IN_KG": "QUANTITY_KG",
    "product": "PRODUCT",
    "product_code": "PRODUCT",
    "flow": "FLOW",
    "reporter": "REPORTER",
    "partner": "PARTNER",
    "month": "PERIOD",
    "TIME_PERIOD": "PERIOD",
    "value_eur": "VALUE_EUR",
    "indicators": "INDICATORS",
    "INDICATOR_VALUE": "OBS_VALUE",
    "Value": "OBS_VALUE",
}
_FLOWS = {
    "1": "import",
    "2": "export",
    "IMPORT": "import",
    "EXPORT": "export",
    "1 IMPORT": "import",
    "2 EXPORT": "export",
}
_CELLS = ("PRODUCT", "REPORTER", "PARTNER", "PERIOD", "VALUE_EUR")
_VALUES = ("VALUE_IN_EUROS", "VALUE_EUR", "")
_WEIGHTS = ("QUANTITY_IN_100KG", "QUANTITY_IN_KG", "SUPPLEMENTARY_QUANTITY")


def recognises(file: File) -> bool:
    """Whether it is one of the layouts of Eurostat."""
    if file.workbook:
        return any("DS-045409" in _first_cells(rows) for _, rows in file.sheets()[:1])
    headings = set(file.headings)
    known = (_BULK, _BULK_OLD, *_EASY)
    return any(headings >= needed for needed in known)


def read(file: File, told: Told) -> Reading:
    """The figures of a bulk file, a table or a workbook."""
    if file.workbook:
        return _workbook(file, told)
    frame = file.table()
    bulk = set(frame.columns) >= _BULK or set(frame.columns) >= _BULK_OLD
    frame = frame.rename(
        {old: new for old, new in _OLD_NAMES.items() if old in frame.columns}
    )
    if "PRODUCT_NC" in frame.columns:
        frame = frame.rename({"PRODUCT_NC": "PRODUCT"})
    if "INDICATORS" in frame.columns:
        frame = _values_only(frame)
    if "OBS_VALUE" in frame.columns:
        frame = frame.rename({"OBS_VALUE": "VALUE_EUR"})
    figures = without_unpublished(_figures(frame, told))
    rows, excluded = sorted_out(figures, frame, _CELLS)
    layout = "Comext bulk file" if bulk else "Easy Comext table"
    return Reading(PUBLISHER, layout, rows, excluded)


def _values_only(frame: Any) -> Any:
    """Values in euros; quantities are rows of their own, which belong to no value."""
    pl = imported("polars")
    return frame.filter(~pl.col("INDICATORS").is_in(list(_WEIGHTS)))


def _figures(frame: Any, told: Told) -> Any:
    pl = imported("polars")
    kilograms = "QUANTITY_KG" in frame.columns
    quantity = amount("QUANTITY_KG") if kilograms else pl.lit(None, pl.Float64)
    value = pl.col("VALUE_EUR")
    code = pl.col("PRODUCT").str.strip_chars()
    procedure = (
        pl.col("STAT_PROCEDURE") if "STAT_PROCEDURE" in frame.columns else pl.lit("")
    )
    unit = pl.col("SUPPL_UNIT") if "SUPPL_UNIT" in frame.columns else pl.lit("")
    trade = pl.col("TRADE_TYPE") if "TRADE_TYPE" in frame.columns else pl.lit("")
    flow = pl.col("FLOW").str.strip_chars().str.to_uppercase()
    return frame.with_columns(periods("PERIOD").alias("_period")).select(
        mapped("REPORTER", of_eurostat).alias("reporter"),
        mapped("PARTNER", of_eurostat).alias("partner"),
        flow.replace_strict(_FLOWS, default=None).alias("flow"),
        code.alias("code"),
        (pl.lit("CN") + pl.col("_period").str.slice(0, 4)).alias("edition"),
        pl.col("_period").alias("period"),
        amount("VALUE_EUR").alias("value"),
        pl.lit("EUR").alias("currency"),
        quantity.alias("quantity"),
        pl.lit("kg" if kilograms else None, pl.String).alias("unit"),
        pl.lit(told.status or "reported").alias("status"),
        pl.when(flow.is_in(["2", "EXPORT", "2 EXPORT"]))
        .then(pl.lit("FOB"))
        .otherwise(pl.lit("CIF"))
        .alias("valuation"),
        pl.concat_str(procedure, unit, trade, separator="/")
        .str.strip_chars("/")
        .alias("detail"),
        pl.col("row"),
        pl.when(value.str.strip_chars().is_in([":", ":c", "c", ""]))
        .then(pl.lit("withheld"))
        .when(code.str.contains("[A-Za-z]") & (code != "TOTAL"))
        .then(pl.lit("breakdown"))
        .alias("why"),
    )


def _first_cells(rows: list[list[Any]]) -> str:
    return " ".join(str(cell) for row in rows[:6] for cell in row if cell)


def _workbook(file: File, told: Told) -> Reading:
    """A workbook of the data browser: a sheet a product, a row a pair of countries."""
    pl = imported("polars")
    frames: list[Any] = []
    published = ""
    for name, rows in file.sheets():
        if not name.startswith("Sheet"):
            continue
        facts = {str(row[0]).strip(): row for row in rows[:10] if row and row[0]}
        updated = facts.get("Last updated:", ["", ""])[1]
        published = max(published, _day(str(updated)))
        frames.append(_sheet(pl, name, rows, facts))
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=_SHEET(pl))
    figures = without_unpublished(_figures(frame, told))
    # ':' fills most of a sheet: no trade or not told, which is no fault of the file.
    figures = figures.filter(pl.col("why").is_null() | (pl.col("why") != "withheld"))
    kept, excluded = sorted_out(figures, frame, _CELLS)
    return Reading(
        PUBLISHER,
        "DS-045409 workbook",
        kept,
        excluded,
        problems_of(excluded.clear(), file.name),
        published,
    )


def _SHEET(pl: Any) -> dict[str, Any]:
    names = ("PRODUCT", "FLOW", "REPORTER", "PARTNER", "PERIOD", "VALUE_EUR")
    return {"row": pl.Int64, **dict.fromkeys(names, pl.String)}


def _day(text: str) -> str:
    found = re.match(r"(\d{2})/(\d{2})/(\d{4})", text)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else ""


def _sheet(pl: Any, name: str, rows: list[list[Any]], facts: dict[str, Any]) -> Any:
    """One sheet as rows; `row` is the line in the sheet."""
    product = next((row[2] for key, row in facts.items() if "PRODUCT" in key), "")
    bracket = re.search(r"\[(\w+)\]\s*$", str(product))
    code = bracket[1] if bracket else str(product)
    flow = str(facts.get("FLOW", ["", "", ""])[2])
    indicator = str(facts.get("INDICATORS", ["", "", ""])[2])
    schema = _SHEET(pl)
    times = next((row for row in rows[:12] if str(row[0]).strip() == "TIME"), None)
    if times is None or indicator not in _VALUES:
        return pl.DataFrame(schema=schema)
    found: list[tuple[Any, ...]] = []
    for number, row in enumerate(rows, 1):
        if number < 10 or not row[0] or str(row[0]).startswith(("REPORTER", "FREQ")):
            continue
        if str(row[0]).startswith("Special value"):
            break
        for place in range(2, len(row)):
            month = str(times[place]).strip()
            if month:
                cell = row[place]
                value = repr(cell) if isinstance(cell, float) else str(cell)
                found.append((number, code, flow, row[0], row[1], month, value))
    return pl.DataFrame(found, schema=schema, orient="row")
