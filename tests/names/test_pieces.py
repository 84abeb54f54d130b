"""Names in pieces have the words, and the readings, that the whole text has."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.model import Kind
from clearway.names import identifiers
from clearway.names.analyse import analyse, joined_letters, understood
from clearway.names.foreign import foreign
from clearway.names.pieces import Sort, composed, piece_of
from clearway.names.readings import readings
from clearway.names.told import is_told, may_be_told, tells

PIECES = st.one_of(
    st.sampled_from(
        (
            *("Smith", "O'Neill", "d'Arc", "van", "al", "abd", "Müller", "Łukasz"),
            *("Владимир", "Їжак", "Ltd", "LLC", "S.A", "L.L.C", "S.p.A", "Inc"),
            *("&", "7", "2021", "44", "forty", "A", "b", "Ю", "SWIFT", "Swift"),
            *("BIC", "imo", "Innovation", "INN", "McCoe", "XeeX", "AiAiA", "ß"),
            *("Æ", "ŉ", "ĳ", "İmo", "ıMO", "O'BIC", "IV", "U.S", "JeanPaul"),
        )
    ),
    st.text("abcdeioAEIRXÉéßłşИя'.&7", min_size=1, max_size=8),
)
BETWEEN = st.sampled_from(
    [" ", " ", " ", "-", " - ", ", ", ". ", "  ", " (", ") ", '" ']
)


def cut(text: str) -> tuple[list[str], list[bool]] | None:
    """The pieces of a text and before which a hyphen stands, the slow way."""
    parts = re.split("([ -]+)", text)
    pieces = [part.lstrip('("').rstrip(',.)"') for part in parts[::2]]
    if not all(pieces):
        return None
    return pieces, [False, *("-" in between for between in parts[1::2])]


@st.composite
def names(draw: st.DrawFn) -> str:
    text = draw(PIECES)
    for piece in draw(st.lists(PIECES, max_size=5)):
        text += draw(BETWEEN) + piece
    return text + draw(st.sampled_from(["", ".", ",", ")"]))


@settings(max_examples=1500)
@given(names())
def test_a_name_in_quiet_pieces_has_the_words_of_the_whole_text(text: str) -> None:
    found = cut(text)
    if found is None:
        return
    written, hyphens = found
    ways = composed([piece_of(piece) for piece in written], hyphens)
    if not ways:
        return
    form = analyse(text)
    assert not form.tricks
    assert not identifiers.recognised(text)
    keys = {" ".join(sorted(joined_letters(way))) for way in ways}
    whole = readings(text)
    assert all(not identifiers.recognised(reading.text) for reading in whole)
    assert {"initials", "letters"}.issuperset(s for r in whole for s in r.how)
    assert keys.issuperset(analyse(reading.text).key for reading in whole)
    assert form.key == " ".join(sorted(joined_letters(ways[0])))


def test_pieces_that_may_mean_more_are_loud() -> None:
    for written in ("McCoe", "SWIFT", "Sm1th", "a.b.c.d", "A/S", "ŉ", "XeeX"):
        assert piece_of(written).sort is Sort.LOUD, written
    assert piece_of("Innovation").sort == Sort.LATIN | Sort.LABEL


@settings(max_examples=600)
@given(st.lists(st.sampled_from(sorted(tells())) | st.sampled_from(["smith", "7"])))
def test_words_that_may_not_be_told_are_not_told(words: list[str]) -> None:
    if not may_be_told(words):
        assert not is_told("é " + " ".join(words), words)


@pytest.mark.parametrize(
    "text",
    [
        "محمد علی رضایی",
        "عبد الرحمن",
        "नरेन्द्र मोदी",
        "राजेश कुमार शर्मा",
        "김 정은",
        "สมชาย ใจดี",
        "דוד לוי",
        "ام كلثوم",
        "اسرا رسولی",
        "نور الدين",
        "क ख ग",
    ],
)
def test_foreign_words_are_those_of_the_analysis(text: str) -> None:
    found = foreign(text)
    if found is None:
        return
    form = analyse(text, Kind.PERSON)
    forms = joined_letters(found.forms)
    assert form.tokens == understood(forms, Kind.PERSON, bare=found.bare)
    assert len(readings(text)) == 1
    assert not form.tricks


@settings(max_examples=400)
@given(
    st.lists(
        st.text(st.characters(min_codepoint=0x5D0, max_codepoint=0xE4E), min_size=1)
        | st.text("ابتعلهنديیکگرسال", min_size=2, max_size=6)
        | st.text("कखगमनरािी्", min_size=2, max_size=6),
        min_size=1,
        max_size=4,
    ).map(" ".join)
)
def test_foreign_words_of_any_kind_are_those_of_the_analysis(text: str) -> None:
    found = foreign(text)
    if found is None:
        return
    form = analyse(text, Kind.PERSON)
    forms = joined_letters(found.forms)
    assert form.tokens == understood(forms, Kind.PERSON, bare=found.bare)
    assert len(readings(text)) == 1
    assert not form.tricks
    assert not identifiers.recognised(text)
