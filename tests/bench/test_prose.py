"""How names are planted in prose."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from clearway.bench.planting import (
    divided,
    in_reading_order,
    misspelt,
    turned,
    wrapped,
)

NAMES = st.sampled_from(["Vladimir Putin", "Korea Kwangson Banking Corp", "Ann Lee"])


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("PUTIN, Vladimir Vladimirovich", "Vladimir Vladimirovich Putin"),
        ("Vladimir PUTIN", "Vladimir Putin"),
        ("RAJAH SOLAIMAN MOVEMENT (RSM)", "Rajah Solaiman Movement"),
        ("J & P ADVERTISING, S.A., X", "J & P Advertising, S.A., X"),
    ],
)
def test_names_are_written_as_newspapers_do(listed: str, written: str) -> None:
    assert in_reading_order(listed) == written


@given(NAMES, st.integers(0, 999))
def test_a_misspelt_name_is_one_edit_away(name: str, seed: int) -> None:
    assert OSA.distance(name.lower(), misspelt(name, Random(seed)).lower()) <= 1


@given(NAMES, st.integers(0, 999))
def test_a_turned_name_has_the_same_words(name: str, seed: int) -> None:
    assert sorted(turned(name, Random(seed)).split()) == sorted(name.split())


@given(NAMES, st.integers(0, 999))
def test_lines_end_within_a_name_and_nothing_of_it_is_lost(
    name: str, seed: int
) -> None:
    assert wrapped(name, Random(seed)).split() == name.split()
    assert divided(name, Random(seed)).replace("-\n", "") == name
