"""Sentences and paragraphs to quote from, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.documents.sentences import Sentences, paragraphs, sentences


def cut(text: str) -> list[str]:
    return [text[part.start : part.end] for part in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left!", ["One came.", "Two left!"]),
        (
            "Mr. Smith paid $2.5 million. He left.",
            ["Mr. Smith paid $2.5 million.", "He left."],
        ),
        ("He met V. Putin there.", ["He met V. Putin there."]),
        ("“Go.” He went.", ["“Go.”", "He went."]),
        ("普京访问北京。他很高兴。", ["普京访问北京。", "他很高兴。"]),
        ("Он приехал. Он уехал.", ["Он приехал.", "Он уехал."]),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_lines_are_paragraphs_where_no_line_is_empty() -> None:
    assert len(paragraphs("one\ntwo\nthree")) == 3
    assert len(paragraphs("one\ntwo\n\nthree")) == 2


@given(st.text(alphabet="ab .!?\n。A", max_size=80), st.integers(0, 79))
def test_every_place_has_a_sentence_that_holds_it(text: str, place: int) -> None:
    if place >= len(text):
        return
    found = Sentences(text).at(place, place + 1)
    assert found.start <= place < found.end
    assert found.end <= max(len(text), place + 1)
