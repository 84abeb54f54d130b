"""IMF International Trade in Goods by partner (IMTS, once DOTS): a column a period.

Where a country no longer reports, the IMF fills its rows from partners' records: Russia
from 2022. The table does not mark them, so two things do here: a dated list of such
reporters, and the digits - reports in millions of dollars have at most six decimals,
estimates have as many as a computer keeps. A mirror gap against them is circular.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from clearway.trade.checks import sorted_out
from clearway.trade.columns import TOTAL, Reading, Told
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.parsing import amount, mapped, periods
from clearway.trade.periods import period_of
from clearway.trade.places import of_name

PUBLISHER = "imf"
_NEEDED = {"SERIES_CODE", "COUNTRY.ID", "COUNTERPART_COUNTRY.ID", "INDICATOR.ID"}
_INDICATOR = re.compile(r"(XG|MG|TXG|TMG)_(FOB|CIF)_(\w{3})$")
_DECIMALS = 6
_GROUP = re.compile(r"^(G[X0-9]\d+|TX\d+|W00|1_\w+)$")


def recognises(file: File) -> bool:
    """Whether its heading is that of the IMF's data portal."""
    return set(file.headings) >= _NEEDED


def read(file: File, told: Told) -> Reading:
    """The figures of every period; empty cells are none."""
    pl = imported("polars")
    frame = file.table()
    wide = [
        name for name in frame.columns if period_of(name) and name[:2] in ("19", "20")
    ]
    scale = pl.col("SCALE.ID").cast(pl.Float64, strict=False)
    if "SCALE.ID" not in frame.columns:
        frame = frame.with_columns(pl.lit("0").alias("SCALE.ID"))
    kept = ["row", "COUNTRY.ID", "COUNTERPART_COUNTRY.ID", "INDICATOR.ID", "SCALE.ID"]
    long = (
        frame.select(*kept, *wide)
        .unpivot(on=wide, index=kept, variable_name="when", value_name="told")
        .filter(pl.col("told").fill_null("").str.strip_chars() != "")
        .with_columns(
            pl.lit(10.0).pow(scale).alias("times"),
            pl.col("INDICATOR.ID").str.extract(_INDICATOR.pattern, 1).alias("kind"),
            pl.col("INDICATOR.ID").str.extract(_INDICATOR.pattern, 2).alias("how"),
            pl.col("INDICATOR.ID").str.extract(_INDICATOR.pattern, 3).alias("money"),
            mapped("COUNTRY.ID", _country).alias("reporter"),
            mapped("COUNTERPART_COUNTRY.ID", _country).alias("partner"),
            periods("when").alias("period"),
        )
    )
    figures = long.select(
        "reporter",
        "partner",
        pl.col("kind")
        .replace_strict(
            {"XG": "export", "TXG": "export", "MG": "import", "TMG": "import"},
            default=None,
        )
        .alias("flow"),
        pl.lit(TOTAL).alias("code"),
        pl.lit("").alias("edition"),
        "period",
        (amount("told") * pl.col("times")).alias("value"),
        pl.when(pl.col("money").is_in(["USD", "EUR"]))
        .then(pl.col("money"))
        .otherwise(pl.lit(told.currency or None, pl.String))
        .alias("currency"),
        pl.lit(None, pl.Float64).alias("quantity"),
        pl.lit(None, pl.String).alias("unit"),
        _status(pl).alias("status"),
        pl.col("how").alias("valuation"),
        pl.lit("").alias("detail"),
        "row",
        pl.when(~pl.col("money").is_in(["USD", "EUR"]) & pl.lit(not told.currency))
        .then(pl.lit("wrong_currency"))
        .alias("why"),
    )
    rows, excluded = sorted_out(
        figures, frame, ("COUNTRY.ID", "COUNTERPART_COUNTRY.ID", "INDICATOR.ID")
    )
    return Reading(PUBLISHER, "IMF IMTS, one column a period", rows, excluded)


def _country(code: str) -> str:
    """A country by its alpha-3 code; IMF's codes of groups stay what they are."""
    if code == "G001" or code == "W00":
        return "world"
    if _GROUP.match(code):
        return f"group:{code}"
    return of_name(code) or _former(code)


def _former(code: str) -> str:
    """Countries that are no more keep a code of their own, so that none is lost."""
    former = {"YUG", "CSK", "SCG", "ANT", "SUN", "DDR", "WBG"}
    return f"former:{code}" if code in former else ""


@cache
def silent() -> tuple[tuple[str, str], ...]:
    """Reporters whose rows are estimates, with the first period."""
    path = files("clearway.trade").joinpath("data/estimated.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    return tuple((row["reporter"], row["since"]) for row in table["imf"])


def _status(pl: Any) -> Any:
    decimals = pl.col("told").str.extract(r"\.(\d+)").str.len_chars()
    estimated = (decimals > _DECIMALS).fill_null(False)
    for reporter, since in silent():
        estimated = estimated | (
            (pl.col("reporter") == reporter) & (pl.col("period") >= since)
        )
    return pl.when(estimated).then(pl.lit("estimated")).otherwise(pl.lit("reported"))
