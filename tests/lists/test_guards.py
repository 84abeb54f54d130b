from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.lists.census import Census
from clearway.lists.guards import Judgement, Snapshot, judge
from clearway.lists.overlap import Overlap

# OFAC SDN of 7 May 2024, rounded: the shape of a real list.
SDN = Census(
    records=14_966,
    entities=14_966,
    names=36_720,
    weak_names=3_694,
    aliases=21_754,
    identifiers=24_000,
    addresses=21_000,
    with_birth_date=6_100,
    with_identifier=11_000,
    with_country=12_000,
    with_alias=9_000,
    persons_with_birth_date=6_100,
    kinds={"person": 6_855, "organization": 6_884, "vessel": 851, "aircraft": 376},
    name_types={"primary": 14_966, "alias": 21_754},
)
MAY_7 = Snapshot("ofac", "sdn", date(2024, 5, 7), "aa", SDN)
TODAY = date(2024, 5, 17)


def later(**changes: Any) -> Snapshot:
    counts = replace(SDN, **changes)
    return Snapshot("ofac", "sdn", date(2024, 5, 9), "bb", counts)


def kinds(**changes: int) -> dict[str, int]:
    return {**SDN.kinds, **changes}


def refusals(new: Snapshot, **options: Any) -> tuple[str, ...]:
    return judge(new, MAY_7, today=TODAY).refusals(**options)


def test_the_first_version_of_a_list_needs_only_to_hold_something() -> None:
    assert judge(MAY_7, None, today=TODAY) == Judgement()


def test_the_next_version_much_like_the_last_goes_live() -> None:
    assert judge(later(), MAY_7, today=TODAY) == Judgement()


def test_an_empty_list_is_refused_and_cannot_be_accepted() -> None:
    empty = Snapshot("ofac", "sdn", date(2024, 5, 9), "bb", Census())
    for in_use in (None, MAY_7):
        (why,) = judge(empty, in_use, today=TODAY).refusals(accept=True)
        assert "empty" in why


def test_entries_without_any_name_are_no_list() -> None:
    (why,) = refusals(later(names=0), accept=True)
    assert why == "none of its entries has a name"


def test_an_older_list_is_refused_and_told_where_it_may_go() -> None:
    old = replace(later(), published=date(2024, 5, 2))
    (why,) = refusals(old, accept=True)
    assert "older than the version in use (2024-05-07)" in why
    assert "--history" in why


def test_an_older_list_may_be_filed_as_history_however_small() -> None:
    old = replace(later(entities=8_976, kinds={}), published=date(2021, 7, 1))
    assert judge(old, MAY_7, today=TODAY, history=True) == Judgement()


def test_history_is_not_for_newer_lists() -> None:
    (why,) = judge(later(), MAY_7, today=TODAY, history=True).refusals()
    assert "--history is for older ones" in why


def test_a_corrected_edition_of_the_same_day_is_let_in_with_a_note() -> None:
    again = replace(later(), published=MAY_7.published)
    found = judge(again, MAY_7, today=TODAY)
    assert not found.reasons
    assert "same day" in found.notes[0]


def test_another_list_of_the_same_publisher_is_refused() -> None:
    other = replace(later(), list="consolidated")
    found = judge(other, None, today=TODAY, expected=("ofac", "sdn"))
    assert found.refusals(accept=True) == (
        "this is the list ofac/consolidated, not ofac/sdn",
    )


def test_a_list_dated_in_the_future_is_refused() -> None:
    future = replace(later(), published=date(2204, 5, 9))
    (why,) = refusals(future)
    assert "dated 2204-05-09, after the day it was retrieved" in why


def test_a_list_dated_a_day_ahead_in_another_time_zone_is_not() -> None:
    assert not refusals(replace(later(), published=date(2024, 5, 18)))


def test_exactly_five_percent_fewer_is_let_in_and_one_more_is_not() -> None:
    thousand = replace(SDN, kinds={"person": 1000})
    in_use = replace(MAY_7, census=thousand)
    for persons, refused in ((950, False), (949, True)):
        new = replace(later(), census=replace(thousand, kinds={"person": persons}))
        assert bool(judge(new, in_use, today=TODAY).reasons) is refused


def test_a_shrunken_kind_is_named_with_its_numbers() -> None:
    (why,) = refusals(later(kinds=kinds(vessel=700)))
    assert why == (
        "shrunk from 851 to 700 entities of kind vessel (17.7 % fewer, more than 5 %); "
        "--accept takes it all the same"
    )
    assert not refusals(later(kinds=kinds(vessel=700)), accept=True)


def test_a_small_kind_may_lose_a_few_but_not_vanish() -> None:
    in_use = replace(MAY_7, census=replace(SDN, kinds=kinds(aircraft=6)))
    for aircraft, refused in ((5, False), (0, True)):
        new = later(kinds=kinds(aircraft=aircraft))
        assert bool(judge(new, in_use, today=TODAY).reasons) is refused


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"persons_with_birth_date": 5_700}, "poorer in birth dates: 83.2"),
        ({"with_identifier": 10_000}, "poorer in identifiers: 66.8"),
        ({"identifiers": 20_000}, "poorer in identifiers: 133.6"),
        ({"with_alias": 8_000}, "poorer in aliases: 53.5"),
        ({"aliases": 20_000}, "poorer in aliases: 133.6"),
        ({"aliases": 0, "with_alias": 0}, "carries no aliases any more"),
        ({"weak_names": 0}, "carries no weak aliases any more"),
        ({"with_birth_date": 0, "persons_with_birth_date": 0}, "carries no birth"),
        ({"addresses": 0}, "carries no addresses any more"),
        ({"with_country": 0}, "carries no countries any more"),
    ],
)
def test_a_poorer_list_is_refused_once_for_each_thing_it_lacks(
    changes: dict[str, int], words: str
) -> None:
    (why,) = refusals(later(**changes))
    assert words in why
    assert not refusals(later(**changes), accept=True)


def test_a_list_that_grew_by_entries_as_rich_as_the_rest_is_not_poorer() -> None:
    twice = {
        key: 2 * getattr(SDN, key)
        for key in SDN.__dataclass_fields__
        if key not in ("kinds", "name_types")
    }
    grown = later(**twice, kinds={kind: 2 * count for kind, count in SDN.kinds.items()})
    assert not refusals(grown)


def test_growth_by_poor_entries_is_not_poverty_of_the_old_ones() -> None:
    grown = later(entities=20_000, kinds=kinds(person=11_889))
    assert judge(grown, MAY_7, today=TODAY).reasons
    alike = Overlap(before=SDN, after=SDN)
    assert not judge(grown, MAY_7, today=TODAY, common=alike).reasons


def test_growth_does_not_hide_that_old_entries_lost_something() -> None:
    more = later(aliases=22_000)
    robbed = Overlap(before=SDN, after=replace(SDN, aliases=20_000))
    (why,) = judge(more, MAY_7, today=TODAY, common=robbed).refusals()
    assert "poorer in aliases: 133.6 for 100 entities" in why
    assert "over the 14,966 entries both have" in why


def test_lists_with_little_in_common_are_compared_as_wholes() -> None:
    few = Overlap(before=replace(SDN, entities=100), after=replace(SDN, entities=100))
    (why,) = judge(later(aliases=20_000), MAY_7, today=TODAY, common=few).refusals()
    assert "both have" not in why


def test_a_version_dated_by_arrival_says_how_to_date_it() -> None:
    in_use = replace(MAY_7, published=date(2024, 5, 16), dated_by_arrival=True)
    (why,) = judge(later(), in_use, today=TODAY).refusals()
    assert "--published DATE" in why


def test_what_was_accepted_can_be_said() -> None:
    found = judge(later(weak_names=0), MAY_7, today=TODAY)
    assert found.accepted() == (
        "it carries no weak aliases any more, the version in use has 3,694",
    )


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_accepting_never_adds_a_refusal(entities: int, persons: int) -> None:
    new = later(entities=entities, kinds=kinds(person=persons))
    found = judge(new, MAY_7, today=TODAY)
    assert len(found.refusals(accept=True)) <= len(found.refusals())
