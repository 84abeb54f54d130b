"""Known shocks: months of which a later expectation must not learn.

They are a dated, cited table. A shock counts only for windows that begin after it: what
nobody could know then is never used, and a window is never cleared of its own shock.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from clearway.trade.periods import window


@dataclass(frozen=True, slots=True)
class Shock:
    """A known shock: its name, the countries struck, its months, where it is told."""

    name: str
    who: frozenset[str]
    months: tuple[str, ...]
    source: str
    evidence: str


@cache
def shocks() -> tuple[Shock, ...]:
    """The table, read once."""
    path = files("clearway.trade").joinpath("data/shocks.toml")
    return tuple(
        Shock(
            row["name"],
            frozenset(row["who"]),
            window(row["months"]),
            row["source"],
            row["evidence"],
        )
        for row in tomllib.loads(path.read_text("utf-8"))["shock"]
    )


def before(first: str, *countries: str) -> tuple[Shock, ...]:
    """The shocks to a corridor that were over when a month began."""
    return tuple(
        shock
        for shock in shocks()
        if shock.who & set(countries) and shock.months[-1] < first
    )
