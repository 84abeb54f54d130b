"""Tricks a reader sees through, undone; each with names of no particular list."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clearway.names.readings import (
    MEANING,
    MOST,
    Reading,
    has_markup,
    in_order,
    latin,
    readings,
    undigited,
    without_codes,
    without_markup,
)


def further(text: str) -> dict[str, tuple[str, ...]]:
    """The readings beside the plain one, and how each came about."""
    return {reading.text: reading.how for reading in readings(text)[1:]}


@pytest.mark.parametrize(
    "name",
    [
        "Vladimir Putin",
        "USMANOV, Alisher Burhanovich",
        "AL-QAIDA IN IRAQ",
        "Jean-Pierre O'Neill",
        "John A. Smith",
        "Müller Söhne",
        "Иван Иванов",
        "ООО Ромашка",
        "김정은",
        "习近平",
        "محمد علي",
        "McDonald Holding",
        "KfW",
        "Bank of China",
        "11420 CORP.",
        "Airbus A320",
        "2ND STREET",
        "",
        " ",
    ],
)
def test_an_ordinary_name_has_one_reading(name: str) -> None:
    assert readings(name) == (Reading(name),)


@pytest.mark.parametrize(
    ("text", "read", "how"),
    [
        ("<Nm>KIM <!-- x -->JONG UN</Nm>", "KIM JONG UN", "markup"),
        ("<Nm>SHO<?pi a?>IGU</Nm>", "SHOIGU", "markup"),
        ("<Nm><![CDATA[SHOIGU]]> SERGEI</Nm>", "SHOIGU SERGEI", "markup"),
        ("&#83;&#x48;OIGU", "SHOIGU", "markup"),
        ("&amp;#83;HOIGU", "SHOIGU", "markup"),
        ("\\u0053HOIGU", "SHOIGU", "markup"),
        ("<Nm>SERGEI</Nm><AdrLine>SHOIGU</AdrLine>", "SERGEI  SHOIGU", "markup"),
        (":59:/DE8937040044\nSERGEI SHOIGU", "SERGEI SHOIGU", "message"),
        (":50F:/12345678\n1/S SHOIGU\n2/ARBAT", "S SHOIGU ARBAT", "lines"),
        ("/BNF/SERGEI SHOIGU//", "SERGEI SHOIGU", "codes"),
        ("SERGEI SHO\nIGU", "SERGEI SHOIGU", "lines"),
        ("\u202eUGIOHS IEGRES\u202c", "SERGEI SHOIGU", "bidi"),
        ("SERGEI \u202eUGIOHS", "SERGEI SHOIGU", "bidi"),
        ("53RG31 5H01GU", "SERGEI SHOIGU", "digits"),
        ("$ERGE! $HOIGU", "SERGEI SHOIGU", "digits"),
        ("S E R G E I  S H O I G U", "SERGEI  SHOIGU", "letters"),
        ("S.E.R.G.E.I SHOIGU", "SERGEI SHOIGU", "letters"),
        ("SERG/EI SHO.IGU", "SERGEI SHOIGU", "punctuation"),
        ("S.K. SHOIGU", "S K SHOIGU", "initials"),
        ("S. K. SHOIGU", "S K SHOIGU", "initials"),
        ("'QOIGU SERGEi'", "ШОИГУ СЕРГЕЙ", "rur"),
        ("KUJUGETOVIc", "КУЖУГЕТОВИЧ", "rur"),
        ("BANK СО", "BANK CO", "look_alike"),
    ],
)
def test_a_trick_is_undone_and_named(text: str, read: str, how: str) -> None:
    assert how in further(text)[read]


def test_tricks_over_tricks_are_undone_one_after_the_other() -> None:
    assert "SHOIGU SERGEI" in further("<Nm>SHO<!-- -->IGU 53RGE1</Nm>")
    assert "SHOIGU" in further(":50K:\u202eUG10HS\u202c")


def test_a_one_is_read_both_ways_where_no_word_tells() -> None:
    assert set(undigited("ZQ1XW")) == {"ZQIXW", "ZQLXW"}
    assert "LIMITED" in set(undigited("1IMI7ED"))


def test_numbers_ordinals_and_types_are_no_disguise() -> None:
    for text in ("BOEING 747", "TU154", "A320", "17TH STREET", "3M", "B2", "2024"):
        assert list(undigited(text)) == []


def test_words_wholly_cyrillic_stay_cyrillic_where_nothing_looks_latin() -> None:
    assert latin("ООО Ромашка") == "ООО Ромашка"
    assert latin("Yandex Ромашка") == "Yandex Ромашка"


def test_markup_that_hides_is_told_from_a_mere_wrapper() -> None:
    assert has_markup("KIM<!-- -->JONG")
    assert has_markup("&#75;IM")
    assert not has_markup("<Nm>KIM JONG UN</Nm>")
    assert not has_markup("PROCTER &#38; GAMBLE")


def test_a_reading_says_in_words_how_it_was_read() -> None:
    (reading,) = (r for r in readings("SERGEI SHO\nIGU") if "SHOIGU" in r.text)
    assert str(reading) == "the lines read as one"
    assert str(readings("Ivan")[0]) == ""


TEXT = st.text(max_size=60)
TRICKY = st.lists(
    st.sampled_from(
        (
            *"Ab ./\n<>&;10@$'QcОΑ\u202e\u202c\u2066",
            *("<!--", "-->", "&#65;", ":50K:", "/ROC/", "//", "]]>", "<![CDATA["),
            *("\\u0041", "1/", "S H O"),
        )
    ),
    max_size=40,
).map("".join)


@settings(max_examples=400)
@given(TEXT | TRICKY)
@example("\u202e\u202e\u202c")
@example("<" * 50)
@example("&" * 50 + ";")
def test_whatever_is_written_the_first_reading_is_the_text_itself(text: str) -> None:
    found = readings(text)
    assert found[0] == Reading(text)
    assert len(found) <= MOST + 1
    assert len({reading.text for reading in found}) == len(found)
    assert all(step in MEANING for reading in found for step in reading.how)


@settings(max_examples=300)
@given(TEXT | TRICKY)
def test_undoing_twice_is_undoing_once(text: str) -> None:
    for undo in (without_codes, in_order):
        once = undo(text)
        assert undo(once) == once or len(undo(once)) < len(once)
    deep = text
    for _ in range(20):
        deep = without_markup(deep)
    assert without_markup(deep) == deep


@given(
    st.lists(
        st.from_regex(r"[A-Z][a-z]{1,8}|[A-Z]{2,8}", fullmatch=True),
        min_size=1,
        max_size=5,
    )
)
def test_words_of_letters_have_no_other_reading(words: list[str]) -> None:
    assert readings(" ".join(words)) == (Reading(" ".join(words)),)


def test_a_long_hostile_text_is_read_in_no_time() -> None:
    for text in ("<!--" * 1000, "A " * 2000, "1" * 4000, "&#" * 2000, "a1" * 2000):
        assert readings(text)[0].text == text
