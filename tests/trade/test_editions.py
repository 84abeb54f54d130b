"""Six of the fifty high-priority codes do not exist in HS2017."""

import pytest

from clearway.errors import UsageError
from clearway.trade.editions import (
    basket_of,
    high_priority,
    hs_of,
    hs_of_year,
    priority_codes,
    tier_of,
)


def test_an_edition_is_in_force_from_its_year() -> None:
    assert [hs_of_year(y) for y in (2016, 2017, 2021, 2022, 2024)] == [
        *("HS2012", "HS2017", "HS2017", "HS2022", "HS2022")
    ]
    assert (hs_of("CN2021"), hs_of("HS2022"), hs_of("SITC4")) == (
        "HS2017",
        "HS2022",
        "",
    )


def test_fifty_codes_six_of_which_are_new_in_hs2022() -> None:
    assert len(priority_codes()) == 50
    new = {code.code for code in priority_codes() if code.code != code.hs2017}
    assert new == {"854800", "852589", "854149", "854151", "854159", "880730"}


def test_two_new_codes_with_one_old_form_are_one_product() -> None:
    basket = high_priority()
    assert basket.family("854150") == "854151/59"
    assert basket.family("854151") == basket.family("854159") == "854151/59"
    assert basket.family("852580") == "852589"
    assert basket.family("854231") == "854231"


def test_tiers_narrow_the_list() -> None:
    tier_1 = {"854231", "854232", "854233", "854239"}
    assert high_priority(["1"]).codes["HS2022"] == tier_1
    assert tier_of("854150") == "3A"
    assert tier_of("010121") == ""


def test_an_edition_without_a_table_has_no_codes() -> None:
    assert "HS2012" not in high_priority().codes


def test_a_basket_of_words_is_refused() -> None:
    with pytest.raises(UsageError, match="is no code"):
        basket_of(["drones"])
