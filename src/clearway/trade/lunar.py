"""The Lunar New Year, which moves between January and February and takes trade with it.

Work stops about a week before the first day and resumes two weeks after it. Which share
of these 22 days falls into a month is what a model needs to know of it.
"""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_BEFORE, _AFTER = 7, 14
"""Days before and after the first day in which less is shipped."""


@cache
def new_years() -> tuple[date, ...]:
    """The first days of the Lunar New Year that we know."""
    path = files("clearway.trade").joinpath("data/lunar_new_year.toml")
    return tuple(tomllib.loads(path.read_text("utf-8"))["days"])


@cache
def share(month: str) -> float:
    """The share of the 22 days that falls into a month (`2024-02`), from 0 to 1."""
    for first in new_years():
        if first.year == int(month[:4]):
            days = [
                first + timedelta(days=offset) for offset in range(-_BEFORE, _AFTER + 1)
            ]
            return sum(f"{day:%Y-%m}" == month for day in days) / len(days)
    return 0.0


@cache
def usual(month_of_year: str) -> float:
    """The share that a month of the year (`02`) has on the average of all years."""
    years = [first.year for first in new_years()]
    return sum(share(f"{year}-{month_of_year}") for year in years) / len(years)


def regressor(months: Sequence[str]) -> list[float]:
    """For each month how much more of the holiday it has than usual."""
    return [share(month) - usual(month[5:7]) for month in months]
