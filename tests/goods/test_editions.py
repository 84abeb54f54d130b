from datetime import date
from pathlib import Path

import pytest

from clearway.goods.editions import edition_named, edition_on, in_2017, in_2022
from clearway.goods.high_priority import listed


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2011, 12, 31), ""),
        (date(2012, 1, 1), "HS2012"),
        (date(2016, 12, 31), "HS2012"),
        (date(2017, 1, 1), "HS2017"),
        (date(2021, 12, 31), "HS2017"),
        (date(2022, 1, 1), "HS2022"),
        (date(2027, 12, 31), "HS2022"),
        (date(2028, 1, 1), ""),
    ],
)
def test_an_edition_begins_and_ends_on_its_days(day: date, edition: str) -> None:
    assert edition_on(day) == edition


def test_an_edition_goes_by_several_names() -> None:
    assert {edition_named(t) for t in ("HS2017", "hs 2017", "2017", "H5", "HS5")} == {
        "HS2017"
    }
    assert edition_named("HS1996") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("854140", {"854141", "854142", "854143", "854149"}),
        ("854150", {"854151", "854159"}),
        ("852580", {"852581", "852582", "852583", "852589"}),
    ],
)
def test_a_code_that_was_split_may_be_any_of_its_heirs(old: str, new: set[str]) -> None:
    heirs = in_2022(old)
    assert {heir.hs6 for heir in heirs} == new
    assert all(heir.maybe for heir in heirs)
    for heir in heirs:
        assert old in {before.hs6 for before in in_2017(heir.hs6)}


def test_parts_of_aircraft_changed_their_number_and_nothing_else() -> None:
    (heir,) = in_2022("880330")
    assert (heir.hs6, heir.maybe) == ("880730", False)
    assert {old.hs6 for old in in_2017("880730")} == {"880330", "880390"}


def test_waste_left_the_code_of_electrical_parts() -> None:
    heirs = {heir.hs6: heir for heir in in_2022("854890")}
    assert heirs["854800"].maybe
    assert "854921" in heirs


def test_a_code_that_kept_its_number_is_first_of_all_itself() -> None:
    heirs = {heir.hs6: heir for heir in in_2022("901380", "HS2017")}
    assert not heirs["901380"].maybe
    assert heirs["852411"].maybe
    assert [heir.hs6 for heir in in_2022("901380")] == ["901380"]


def test_a_code_outside_the_table_keeps_its_number_and_says_that_this_is_assumed() -> (
    None
):
    (heir,) = in_2022("520100", "HS2017")
    assert (heir.hs6, heir.assumed) == ("520100", True)


@pytest.mark.shared
def test_our_concordance_agrees_with_that_of_trade_statistics(shared: Path) -> None:
    table = shared / "trade" / "reference" / "chpl_hs2022_hs2017.csv"
    rows = [line.split(",") for line in table.read_text("utf-8").splitlines()[1:]]
    ours = {hs6 for hs6 in listed() if len(hs6) == 6 and listed()[hs6][0].tier}
    assert {row[0] for row in rows} == ours
    for new, tier, old, *_ in rows:
        assert old in {before.hs6 for before in in_2017(new)}
        assert listed()[new][0].tier.replace(".", "") == tier
