import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.names.phonetic import skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        ("qaddafi", "gadhafi", "khadafy", "kaddafi"),
        ("muhammad", "mohamed", "mhmd", "mohammad"),
        ("hussein", "husayn", "hsyn"),
        ("sergey", "sergei"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1


def test_different_names_differ() -> None:
    assert skeleton("putin") != skeleton("medvedev")


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_a_skeleton_is_never_longer_than_its_word(form: str) -> None:
    assert len(skeleton(form)) <= len(form)


def test_numbers_have_no_skeleton() -> None:
    assert skeleton("123") == ""
