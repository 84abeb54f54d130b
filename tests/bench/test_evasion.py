"""The transforms themselves: seeded, and each true to its class."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.bench import evasion

NAMES = (
    "SHOIGU, Sergei Kuzhugetovich",
    "KOREA KWANGSON BANKING CORP",
    "LIMITED LIABILITY COMPANY LASERFORM",
    "ROSOBORONEXPORT",
    "Ali DOUBA",
)


@pytest.mark.parametrize("kind", sorted(evasion.transforms()))
def test_a_transform_is_the_same_each_time_and_changes_something(kind: str) -> None:
    change = evasion.transforms()[kind]
    made = [
        (change(name, random.Random(seed)), change(name, random.Random(seed)), name)
        for name in NAMES
        for seed in range(5)
    ]
    assert all(first == second for first, second, _ in made)
    assert any(first not in (None, name) for first, _, name in made)


def test_a_person_is_turned_round_and_a_company_is_not() -> None:
    assert evasion.natural("SHOIGU, Sergei") == "SERGEI SHOIGU"
    assert evasion.natural("WIDGETS TRADING CO., LTD") == "WIDGETS TRADING CO. LTD"


def test_a_truncated_text_is_as_wide_as_a_field_or_ends_within_a_word() -> None:
    for seed in range(40):
        text = evasion.truncation(
            "STATE COMPANY FOR THE EXPORT OF ARMS AND SPARES", random.Random(seed)
        )
        assert text is not None
        assert 34 <= len(text) <= 35


def test_a_company_has_no_initials() -> None:
    assert evasion.initials("KOREA KWANGSON BANKING CORP", random.Random(1)) is None


@given(st.text(max_size=40), st.integers())
def test_no_name_is_too_odd_to_be_disguised(name: str, seed: int) -> None:
    if not name.split():
        return
    for change in evasion.transforms().values():
        text = change(name, random.Random(seed))
        assert text is None or isinstance(text, str)
