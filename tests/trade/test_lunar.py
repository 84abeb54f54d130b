"""The Lunar New Year by month, against a published regressor."""

import csv
from pathlib import Path

import pytest

from clearway.trade.lunar import regressor, share
from clearway.trade.periods import months_between


def test_the_holiday_moves_between_the_months() -> None:
    assert share("2024-02") == 1.0
    assert share("2023-01") == pytest.approx(17 / 22)
    assert share("2023-02") == pytest.approx(5 / 22)
    assert share("2018-03") == pytest.approx(2 / 22)
    assert share("2024-07") == 0.0


def test_each_year_has_one_holiday() -> None:
    for year in range(1990, 2036):
        months = months_between(f"{year}-01", f"{year}-12")
        assert sum(share(month) for month in months) == pytest.approx(1.0)


def test_more_in_january_is_less_in_february() -> None:
    january, february, july = regressor(["2023-01", "2023-02", "2023-07"])
    assert january > 0 > february
    assert july == 0.0


@pytest.mark.shared
def test_shares_are_those_of_the_published_regressor(shared: Path) -> None:
    path = shared / "trade" / "reference" / "lunar_new_year_2017_2024.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert len(rows) == 96
    for row in rows:
        month = f"{row['period'][:4]}-{row['period'][4:]}"
        assert share(month) == pytest.approx(float(row["lny_share"]), abs=1e-4)
