"""Compiled code reads and compares words as the plain functions do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.index.shapes import shapes
from clearway.names.likeness import spelt_alike
from clearway.names.phonetic import skeleton

pytest.importorskip("numba")
from clearway.names import compiled

LETTERS = "aeiou" + "abcdefghijklmnopqrstuvwxyz" + "schtzw"
WORDS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=14),
    st.text("swcthzkoeina", min_size=1, max_size=10),
    st.text("abhwk 0123z", min_size=1, max_size=9),
    st.sampled_from(
        [
            "iwanow",
            "uralwagonsawod",
            "chruschtschow",
            "kowalskich",
            "djamal",
            "wjyh",
            "ssy",
            "qaddafi",
            "gadhafi",
            "muhammad",
            "mhmd",
            "vladimir",
            "vladmir",
            "clinton",
            "rnaria",
            "maria",
            "hassan",
            "hasan",
        ]
    ),
)
RULES = ("", "doubled", "print", "vowels", "bones", "sound", "typo")


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_words_have_the_same_forms(words: list[str]) -> None:
    quick, letters = shapes(words, quick=True)
    slow, others = shapes(words)
    assert letters.tobytes() == others.tobytes()
    for field in slow.dtype.names or ():
        assert quick[field].tolist() == slow[field].tolist(), field


@settings(max_examples=400, deadline=None)
@given(WORDS, WORDS, st.integers(0, 2), st.integers(0, 13), st.sampled_from(LETTERS))
def test_words_are_as_alike(
    left: str, other: str, changed: int, at: int, letter: str
) -> None:
    right = other
    if changed:
        # One letter exchanged, or put in between: nearly the same word.
        right = left[:at] + letter + left[at + changed - 1 :]
    rows, letters = shapes([left, right], quick=True)
    for array in (rows, letters):
        array.flags.writeable = False
    pair = np.array([[0, 1]])
    (found,), (rule,) = compiled.likenesses(pair, rows, letters, compiled.weights())
    value, said = spelt_alike(left, right, skeleton(left), skeleton(right))
    assert found == pytest.approx(value)
    assert RULES[rule] == said
