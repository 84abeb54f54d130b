"""UN Comtrade, version 1 of its interface: JSON answers and CSV files of 47 columns.

Columns: https://comtradedeveloper.un.org, "get" data. Month 52 is the whole year; the
classification changes inside one series (H5 until 2021, H6 from 2022); a row may break
another down by customs procedure, transport or second partner.
"""

import json
from typing import Any

from clearway.errors import InputUnreadable
from clearway.trade.checks import sorted_out
from clearway.trade.columns import Reading, Told
from clearway.trade.editions import COMTRADE
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.parsing import amount, mapped, periods
from clearway.trade.places import of_m49

PUBLISHER = "comtrade"
_NEEDED = {
    "reporterCode",
    "partnerCode",
    "flowCode",
    "cmdCode",
    "period",
    "primaryValue",
}
_FLOWS = {
    "X": "export",
    "M": "import",
    "RX": "re-export",
    "RM": "re-import",
}
_CELLS = ("period", "reporterCode", "partnerCode", "cmdCode", "primaryValue")
_WHOLE = {"customsCode": ("", "C00"), "motCode": ("", "0"), "partner2Code": ("", "0")}
"""Columns that break a total down, with what they say on the total itself."""


def recognises(file: File) -> bool:
    """Whether it is a table or an answer of Comtrade."""
    if file.workbook:
        return False
    if file.head.lstrip().startswith(("{", "[")):
        return '"reporterCode"' in file.head or '"cmdCode"' in file.head
    return set(file.headings) >= _NEEDED


def read(file: File, told: Told) -> Reading:
    """The figures of a table or an answer; all it needs stands inside."""
    layout = "Comtrade v1 CSV"
    if file.head.lstrip().startswith(("{", "[")):
        layout, frame = "Comtrade v1 JSON", _answer(file)
    else:
        frame = file.table()
    rows, excluded = sorted_out(_figures(frame), frame, _CELLS)
    return Reading(PUBLISHER, layout, rows, excluded)


def _answer(file: File) -> Any:
    """The rows of a JSON answer as text; `row` counts them from 1."""
    pl = imported("polars")
    try:
        answer = json.loads(file.text)
    except json.JSONDecodeError as error:
        raise InputUnreadable(file.name, f"is broken JSON ({error})") from error
    if isinstance(answer, dict) and answer.get("error"):
        message = f"Comtrade answered with an error: {answer['error']}"
        raise InputUnreadable(file.name, message)
    data = answer.get("data", []) if isinstance(answer, dict) else answer
    names = sorted({name for row in data for name in row})
    columns = {name: [_plain(row.get(name)) for row in data] for name in names}
    schema = dict.fromkeys({*names, *_NEEDED}, pl.String)
    frame = pl.DataFrame({**dict.fromkeys(_NEEDED, None), **columns}, schema=schema)
    return frame.with_row_index("row", offset=1).with_columns(
        pl.col("row").cast(pl.Int64)
    )


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _figures(frame: Any) -> Any:
    pl = imported("polars")
    for name in (
        "classificationCode",
        "refMonth",
        "qty",
        "qtyUnitAbbr",
        "netWgt",
        *_WHOLE,
    ):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, pl.String).alias(name))
    down = pl.col("flowCode").is_in(["DX", "FM"])
    for name, total in _WHOLE.items():
        down = down | ~pl.col(name).fill_null("").is_in(list(total))
    export = pl.col("flowCode").is_in(["X", "RX"])
    quantity, weight = amount("qty"), amount("netWgt")
    has_quantity = (quantity > 0).fill_null(False)
    return frame.select(
        mapped("reporterCode", of_m49).alias("reporter"),
        mapped("partnerCode", of_m49).alias("partner"),
        pl.col("flowCode").replace_strict(_FLOWS, default=None).alias("flow"),
        pl.col("cmdCode").str.strip_chars().alias("code"),
        pl.col("classificationCode")
        .replace_strict(COMTRADE, default=None)
        .alias("edition"),
        periods("period").alias("period"),
        amount("primaryValue").alias("value"),
        pl.lit("USD").alias("currency"),
        pl.when(has_quantity)
        .then(quantity)
        .when(weight > 0)
        .then(weight)
        .alias("quantity"),
        pl.when(has_quantity)
        .then(pl.col("qtyUnitAbbr"))
        .when(weight > 0)
        .then(pl.lit("kg"))
        .alias("unit"),
        pl.lit("reported").alias("status"),
        pl.when(export).then(pl.lit("FOB")).otherwise(pl.lit("CIF")).alias("valuation"),
        pl.lit("").alias("detail"),
        pl.col("row"),
        pl.when(down).then(pl.lit("breakdown")).alias("why"),
    )
