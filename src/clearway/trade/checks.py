"""What every figure goes through before it is kept, whoever published it.

A reader hands over a frame with the columns of a figure, some of them null where they
could not be read, and `why` where it already knows a reason against a row. What has a
reason is excluded and counted; the rest is kept.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from clearway.model import Problem
from clearway.trade.columns import FLOWS, ROW, TOTAL, WHY
from clearway.trade.editions import known
from clearway.trade.extras import imported
from clearway.trade.parsing import mapped
from clearway.trade.places import is_group, name_of

_SHOWN = 3
"""How many rows of one reason are shown one by one; all are kept with the file."""

KEY = ("reporter", "partner", "flow", "code", "edition", "period", "currency", "detail")
"""What makes two rows the same figure."""


def sorted_out(frame: Any, source: Any, cells: Sequence[str]) -> tuple[Any, Any]:
    """Rows that can be used, and rows that cannot with the first reason against each.

    The frame has the columns ROW (values as numbers) and `why` (text or null). `source`
    is the table as it was read, with `row`; its `cells` are quoted for rows left out.
    """
    pl = imported("polars")
    frame = frame.with_columns(mapped("edition", _known).alias("edition"))
    frame = frame.with_columns(
        _reason(pl).alias("why"), pl.col("edition").fill_null("")
    )
    frame = _repeated(pl, frame)
    bad = frame.filter(pl.col("why").is_not_null())
    kept = [*ROW, "vintage"] if "vintage" in frame.columns else list(ROW)
    good = frame.filter(pl.col("why").is_null()).select(kept)
    return good, _quoted(pl, bad.select("row", "why"), source, cells)


def _known(edition: str) -> str:
    return edition if known(edition) else ""


def _quoted(pl: Any, bad: Any, source: Any, cells: Sequence[str]) -> Any:
    """Rows left out, with what they said."""
    values = [pl.col(name).cast(pl.String).fill_null("") for name in cells]
    text = pl.concat_str(values, separator=" | ").alias("text")
    said = source.filter(pl.col("row").is_in(bad["row"].unique().implode()))
    told = said.select("row", text).unique("row", keep="first")
    return bad.join(told, on="row", how="left").sort("row")


def _reason(pl: Any) -> Any:
    """The first thing that speaks against a row, as an expression."""
    code = pl.col("code")
    digits = code.str.len_chars()
    total = code == "TOTAL"
    numeric = code.str.contains(r"^[0-9]+$")
    checks = (
        (pl.col("reporter").fill_null("") == "", "unknown_reporter"),
        (pl.col("partner").fill_null("") == "", "unknown_partner"),
        (~pl.col("flow").is_in(list(FLOWS)).fill_null(False), "unknown_flow"),
        (pl.col("period").is_null(), "bad_period"),
        ((pl.col("edition").fill_null("") == "") & ~total, "unknown_edition"),
        (code.is_null() | ~(numeric | total), "unknown_code"),
        (numeric & (digits % 2 == 1), "lost_zeros"),
        (numeric & ((digits < 2) | (digits > 10)), "unknown_code"),
        (pl.col("value").is_null() | pl.col("value").is_nan(), "not_a_number"),
        (pl.col("value") < 0, "negative"),
    )
    reason = pl.when(pl.col("why").is_not_null()).then(pl.col("why"))
    for condition, why in checks:
        reason = reason.when(condition).then(pl.lit(why))
    return reason.otherwise(None)


def _repeated(pl: Any, frame: Any) -> Any:
    """Mark figures that stand there twice, and figures that contradict each other."""
    usable = frame.filter(pl.col("why").is_null())
    key = [*KEY, "vintage"] if "vintage" in frame.columns else list(KEY)
    if not usable.select(key).hash_rows().is_duplicated().any():
        return frame
    marked = usable.with_columns(
        pl.col("value").n_unique().over(key).alias("_values"),
        pl.col("row").rank("ordinal").over(key).alias("_nth"),
    ).select(
        "row",
        pl.when(pl.col("_values") > 1)
        .then(pl.lit("contradiction"))
        .when(pl.col("_nth") > 1)
        .then(pl.lit("duplicated"))
        .alias("_again"),
        *key,
    )
    keyed = [*key, "row"]
    return (
        frame.join(marked, on=keyed, how="left", nulls_equal=True)
        .with_columns(pl.coalesce("why", "_again").alias("why"))
        .drop("_again")
    )


def without_unpublished(frame: Any) -> Any:
    """Mark the last months of a file in which everything is zero: not yet published."""
    pl = imported("polars")
    months = (
        frame.filter(pl.col("why").is_null() & pl.col("period").is_not_null())
        .group_by("reporter", "period")
        .agg(
            pl.col("value").fill_null(0).abs().max().alias("most"), pl.len().alias("n")
        )
    )
    last = (
        months.filter(pl.col("most") > 0)
        .group_by("reporter")
        .agg(pl.col("period").max().alias("last"))
    )
    frame = frame.join(last, on="reporter", how="left", nulls_equal=True)
    late = pl.col("period").is_not_null() & (
        pl.col("period") > pl.col("last").fill_null("")
    )
    empty = pl.col("value").fill_null(0) == 0
    return frame.with_columns(
        pl.when(pl.col("why").is_null() & late & empty)
        .then(pl.lit("unpublished"))
        .otherwise(pl.col("why"))
        .alias("why")
    ).drop("last")


def problems_of(excluded: Any, file: str) -> tuple[Problem, ...]:
    """Problems of the excluded rows: the first of each reason, then how many more."""
    pl = imported("polars")
    found: list[Problem] = []
    for why, count in sorted(excluded["why"].value_counts().iter_rows()):
        first = excluded.filter(pl.col("why") == why).head(_SHOWN)
        for row, _, text in first.iter_rows():
            found.append(Problem(why, WHY[why], file, f"row {row}", text or ""))
        if count > _SHOWN:
            message = f"{count:,} rows in all: {WHY[why]}"
            found.append(Problem(why, message, file, f"rows {_span(first, excluded)}"))
    return tuple(found)


def _span(first: Any, excluded: Any) -> str:
    return f"{first['row'].min()} to {excluded['row'].max()}"


def mixed(rows: Any, file: str) -> Iterable[Problem]:
    """What stands side by side in a file and must not be added up, the first row of
    each: groups of countries among countries, codes of several lengths."""
    pl = imported("polars")
    for side in ("reporter", "partner"):
        words = rows[side].unique().to_list()
        groups = sorted(word for word in words if is_group(word))
        if groups and len(groups) < len(words):
            of_groups = rows.filter(pl.col(side).is_in(groups))
            named = ", ".join(name_of(group) for group in groups[:_SHOWN])
            more = f" and {len(groups) - _SHOWN} more" if len(groups) > _SHOWN else ""
            message = (
                f"{of_groups.height:,} rows have a group as {side} ({named}{more}) "
                "among countries; they are kept and never added to countries"
            )
            position = f"row {of_groups['row'].min()}"
            yield Problem("aggregates", message, file, position, groups[0])
    products = rows.filter(pl.col("code") != TOTAL)
    lengths = products["code"].str.len_chars().unique().sort().to_list()
    if len(lengths) > 1:
        shown = ", ".join(str(length) for length in lengths)
        longest = products.filter(pl.col("code").str.len_chars() == lengths[-1])
        message = (
            f"codes of {shown} digits stand side by side and describe the same trade; "
            "of each product the length that says most is taken"
        )
        position = f"row {longest['row'].min()}"
        yield Problem("lengths_mixed", message, file, position, longest["code"][0])


def truncated(count: int, file: str, limit: int = 10_000) -> Iterable[Problem]:
    """A full page of an export: more rows were asked for than it gave."""
    if count and count % limit == 0:
        message = (
            f"the file has {count:,} rows, a multiple of {limit:,}: the export was "
            "probably cut; ask for fewer codes or partners at a time"
        )
        yield Problem("truncated", message, file, f"row {count + 1}")
