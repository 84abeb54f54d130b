"""BACI of CEPII: yearly trade by product, both countries' records reconciled.

Columns t,i,j,k,v,q: year, exporter, importer, six-digit code, thousand dollars, tonnes.
Every value is an estimate from both sides, so it is never one side of a mirror. The
file does not name its edition of the Harmonized System (its name does), and `k` loses
its leading zeros when saved as a number; with six digits fixed they can be restored.
"""

import re

from clearway.errors import UsageError
from clearway.model import Problem
from clearway.trade.checks import sorted_out
from clearway.trade.columns import Reading, Told
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.parsing import amount, mapped, periods
from clearway.trade.places import of_m49

PUBLISHER = "baci"
_NAMED = re.compile(r"HS_?(92|96|02|07|12|17|22|1992|1996|20[01][27]|2022)", re.I)


def recognises(file: File) -> bool:
    """Whether its heading is that of BACI."""
    return file.headings[:6] == ("t", "i", "j", "k", "v", "q")


def read(file: File, told: Told) -> Reading:
    """The figures, as exports of `i` to `j` in dollars and kilograms.

    Raises UsageError where neither the name of the file nor the user says the edition.
    """
    pl = imported("polars")
    edition = told.edition or _edition(file)
    frame = file.table()
    code = pl.col("k").str.strip_chars()
    short = frame.filter(code.str.len_chars() < 6)
    problems: tuple[Problem, ...] = ()
    if short.height:
        message = (
            f"{short.height:,} codes had lost their leading zero; BACI's have six "
            "digits, so it was restored"
        )
        first = short["row"].min()
        problems = (
            Problem(
                "zeros_restored", message, file.name, f"row {first}", short["k"][0]
            ),
        )
    figures = frame.select(
        mapped("i", of_m49).alias("reporter"),
        mapped("j", of_m49).alias("partner"),
        pl.lit("export").alias("flow"),
        code.str.zfill(6).alias("code"),
        pl.lit(edition).alias("edition"),
        periods("t").alias("period"),
        amount("v", 1e3).alias("value"),
        pl.lit("USD").alias("currency"),
        amount("q", 1e3).alias("quantity"),
        pl.lit("kg").alias("unit"),
        pl.lit("estimated").alias("status"),
        pl.lit("FOB").alias("valuation"),
        pl.lit("").alias("detail"),
        pl.col("row"),
        pl.lit(None, pl.String).alias("why"),
    )
    rows, excluded = sorted_out(figures, frame, ("t", "i", "j", "k", "v"))
    return Reading(PUBLISHER, "BACI", rows, excluded, problems)


def _edition(file: File) -> str:
    found = _NAMED.search(file.name)
    if not found:
        raise UsageError(
            f"{file.name} is BACI and does not name its edition of the Harmonized "
            "System: add --edition HS2017 (it stands in the name of the file published)"
        )
    year = found[1]
    century = "" if len(year) == 4 else "19" if year in ("92", "96") else "20"
    return f"HS{century}{year}"
