"""BACI, whose codes lose their zeros and whose edition stands in its name only.

Source: BACI (CEPII, Etalab 2.0), HS2017, China to Russia, 2017.
"""

from collections.abc import Callable

import pytest

from clearway.errors import UsageError
from clearway.trade.columns import Reading

Read = Callable[..., Reading]

CHINA = """\
t,i,j,k,v,q
2017,156,643,10620,48.641,3.124
2017,156,643,847150,1927.5,0.207
2017,156,344,847150,12.5,0.1
"""


def test_values_are_dollars_and_quantities_kilograms(read: Read) -> None:
    row = read(CHINA, "baci_hs2017.csv").rows.row(1, named=True)
    assert (row["value"], row["currency"]) == (1_927_500.0, "USD")
    assert (row["quantity"], row["unit"]) == (207.0, "kg")
    assert (row["reporter"], row["partner"], row["period"]) == ("cn", "ru", "2017")
    assert row["status"] == "estimated"


def test_lost_zeros_are_restored_and_said(read: Read) -> None:
    reading = read(CHINA, "baci_hs2017.csv")
    assert reading.rows["code"].to_list() == ["010620", "847150", "847150"]
    (problem,) = reading.problems
    assert (problem.code, problem.position, problem.text) == (
        "zeros_restored",
        "row 2",
        "10620",
    )


def test_344_is_hong_kong_here(read: Read) -> None:
    assert "hk" in read(CHINA, "baci_hs2017.csv").rows["partner"].to_list()


@pytest.mark.parametrize("name", ["BACI_HS17_Y2017_V202501.csv", "china_hs2017.csv"])
def test_the_edition_stands_in_the_name(read: Read, name: str) -> None:
    assert set(read(CHINA, name).rows["edition"]) == {"HS2017"}


def test_without_an_edition_it_is_asked_for(read: Read) -> None:
    with pytest.raises(UsageError, match="--edition HS2017"):
        read(CHINA, "figures.csv")
    assert set(read(CHINA, edition="HS2022").rows["edition"]) == {"HS2022"}


def test_what_the_file_says_itself_is_not_to_be_told(read: Read) -> None:
    with pytest.raises(UsageError, match="--flow"):
        read(CHINA, "baci_hs2017.csv", flow="export")
