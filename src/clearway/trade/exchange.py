"""Rough rates of exchange, by year, to set prices in different currencies side by side.

They are from memory and marked so: good for a comparison that asks whether a price is
several times another, and for nothing else.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FAR = 2
"""A year this many years from the nearest rate known has none."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of `target` one unit of `source` bought in the mean of a year."""

    source: str
    target: str
    year: int
    value: float

    @property
    def words(self) -> str:
        """The rate in words."""
        return (
            f"{self.source} to {self.target} at the mean of {self.year}, "
            f"{self.value:.4g}, from memory"
        )


@cache
def _table() -> Mapping[str, Mapping[int, float]]:
    path = files("clearway.trade").joinpath("data/exchange.toml")
    raw = tomllib.loads(path.read_text("utf-8"))["rates"]
    found = {
        code: {int(y): float(v) for y, v in row.items()} for code, row in raw.items()
    }
    years = {year for row in found.values() for year in row}
    return {**found, "USD": dict.fromkeys(years, 1.0)}


def rate(source: str, target: str, year: int) -> Rate | None:
    """The rate of a year, or of the nearest year; None where none is near or known."""
    table = _table()
    if source not in table or target not in table:
        return None
    near = min(table[source].keys() & table[target].keys(), key=lambda y: abs(y - year))
    if abs(near - year) > FAR:
        return None
    return Rate(source, target, near, table[target][near] / table[source][near])
