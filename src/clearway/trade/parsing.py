"""Cells to values, for whole columns at a time: amounts, periods, countries."""

from collections.abc import Callable
from typing import Any

from clearway.trade.extras import imported
from clearway.trade.periods import period_of


def amount(column: str, times: float = 1.0) -> Any:
    """A column of amounts as numbers: `19,121,826`, ` 12.5 `; what is none is null."""
    pl = imported("polars")
    bare = pl.col(column).str.strip_chars().str.replace_all(",", "", literal=True)
    number = bare.cast(pl.Float64, strict=False)
    finite = pl.when(number.is_finite()).then(number)
    return finite * times if times != 1.0 else finite


def mapped(column: str, meaning: Callable[[str], str]) -> Any:
    """A column through a function of its distinct values; an empty answer is null."""
    pl = imported("polars")

    def all_at_once(series: Any) -> Any:
        words = series.unique()
        table = {word: meaning(word) or None for word in words if word is not None}
        return series.replace_strict(table, default=None, return_dtype=pl.String)

    return pl.col(column).map_batches(all_at_once, return_dtype=pl.String)


def periods(column: str) -> Any:
    """A column of periods in any publisher's spelling, in ours; else null."""

    def spelt(text: str) -> str:
        period = period_of(text)
        return str(period) if period else ""

    return mapped(column, spelt)
