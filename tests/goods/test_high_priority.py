from collections import Counter
from datetime import date, timedelta

import pytest

from clearway.goods.codes import Code
from clearway.goods.high_priority import Standing, listed, standing

DAY = timedelta(days=1)
LATE = date(2026, 1, 1)


def _on(code: str, day: date, name: str) -> list[Standing]:
    return [item for item in standing(Code(code), day) if item.list.id == name]


def test_the_list_has_fifty_codes_in_six_tiers() -> None:
    now = [item for code in listed() for item in _on(code, LATE, "chpl")]
    assert Counter(item.tier for item in now if item.via == "exact") == {
        "1": 4,
        "2": 5,
        "3.A": 16,
        "3.B": 9,
        "4.A": 11,
        "4.B": 5,
    }


@pytest.mark.parametrize(
    ("code", "name", "first"),
    [
        ("854231", "chpl", date(2023, 5, 19)),
        ("854800", "chpl", date(2023, 5, 19)),
        ("848210", "chpl", date(2023, 9, 14)),
        ("903020", "chpl", date(2023, 9, 14)),
        ("845710", "chpl", date(2024, 2, 23)),
        ("854231", "eu_12g", date(2024, 3, 20)),
        ("845710", "eu_12g", date(2024, 3, 20)),
        ("854231", "eu_12gb", date(2024, 12, 26)),
        ("845710", "eu_12gb", date(2024, 12, 26)),
        ("848210", "critical_items", date(2023, 12, 22)),
        ("360100", "critical_items", date(2023, 12, 22)),
    ],
)
def test_a_code_stands_on_a_list_from_its_first_day_on(
    code: str, name: str, first: date
) -> None:
    assert _on(code, first - DAY, name) == []
    assert len(_on(code, first, name)) == 1
    assert len(_on(code, first + DAY, name)) == 1
    assert len(_on(code, LATE, name)) == 1


@pytest.mark.parametrize(
    ("code", "name", "last"),
    [
        ("848210", "chpl", date(2024, 2, 22)),
        ("845710", "eu_12g", date(2024, 12, 25)),
    ],
)
def test_what_was_memory_is_found_from_the_day_of_the_version_read(
    code: str, name: str, last: date
) -> None:
    (before,) = _on(code, last, name)
    (after,) = _on(code, last + DAY, name)
    assert (before.evidence, after.evidence) == ("memory", "found")
    assert before.until == last


def test_no_code_but_those_of_that_day() -> None:
    at = {
        date(2023, 5, 19): 9,
        date(2023, 9, 13): 9,
        date(2023, 9, 14): 45,
        date(2024, 2, 22): 45,
        date(2024, 2, 23): 50,
    }
    for day, count in at.items():
        codes = [code for code in listed() if len(code) == 6]
        assert sum(bool(_on(code, day, "chpl")) for code in codes) == count


def test_national_digits_do_not_matter() -> None:
    assert standing(Code("8542319000"), LATE) == standing(Code("854231"), LATE)


def test_a_heading_may_be_what_it_holds() -> None:
    found = _on("8542", LATE, "chpl")
    assert {item.listed for item in found} == {"854231", "854232", "854233", "854239"}
    assert all(item.maybe and item.via == "prefix" for item in found)


def test_a_heading_of_before_is_known_too() -> None:
    found = _on("8803", LATE, "chpl")
    assert [(item.listed, item.via, item.maybe) for item in found] == [
        ("880730", "edition", True)
    ]
    assert standing(Code("8803", "HS2022"), LATE) == ()


@pytest.mark.parametrize("edition", ["", "HS2017", "HS2012"])
def test_a_code_of_before_2022_is_looked_up_as_what_it_became(edition: str) -> None:
    found = standing(Code("854140", edition), LATE)
    (item,) = [item for item in found if item.list.id == "chpl"]
    assert (item.listed, item.via, item.maybe) == ("854149", "edition", True)
    assert item.evidence == "found_partial"


def test_a_light_emitting_diode_is_not_the_rest_of_its_old_code() -> None:
    assert _on("854141", LATE, "chpl") == []


def test_the_critical_items_are_marked_as_our_reading() -> None:
    (item,) = _on("903089", LATE, "critical_items")
    assert (item.listed, item.group, item.indicative) == ("9030", "CI-3", True)
    assert item.evidence == "memory"
    assert not item.list.binding


def test_the_law_of_the_union_binds_and_the_american_list_guides() -> None:
    assert all(item.list.binding for item in _on("854231", LATE, "eu_12g"))
    assert not any(item.list.binding for item in _on("854231", LATE, "chpl"))


def test_every_standing_is_cited_and_marked() -> None:
    for items in listed().values():
        for item in items:
            assert item.citation
            assert all(item.sources)
            assert item.evidence in ("found", "found_partial", "memory")
            assert item.evidence == "found" or item.note
            assert item.to_dict()["citation"] == item.citation


@pytest.mark.parametrize("code", ["520100", "100199", "030389", "610910", "854140"])
def test_ordinary_goods_stand_nowhere(code: str) -> None:
    assert standing(Code(code, "HS2022"), LATE) == ()
