"""Folding: one form for all ways of writing a word."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clearway.names.fold import fold

any_text = st.text(max_size=60)
awkward = st.text(
    alphabet="aZ9 .'’´\u200b\u00ad\u0301\u0306ЙйЁёЇїŞİıßœøʿʹ"
    "مـحموداليعНИ李한グ½²\t\n&-/",
    max_size=30,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("d.o.o.", "doo"),
        ("S.A.", "sa"),
        ("S.p.A.", "spa"),
        ("Sp. z o.o.", "sp z oo"),
        ("О.О.О. «Ромашка»", "ooo romashka"),
        ("J.Smith", "j smith"),
        ("J. R. R. Tolkien", "j r r tolkien"),
        ("St. Petersburg", "st petersburg"),
        ("A.Ş.", "as"),
        ("M/V Ocean", "m v ocean"),
        ("Dow Jones & Co.", "dow jones co"),
    ],
)
def test_dotted_abbreviations_close_up_and_other_signs_are_gaps(
    written: str, folded: str
) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("O'Neill", "oneill"),
        ("O’Neill-Müller", "oneill muller"),
        ("Dar`ya", "darya"),
        ("Sanʿa", "sana"),
        ("Соловʼёв", "solovev"),
        ("Qur´an", "quran"),
    ],
)
def test_apostrophes_vanish_without_splitting_a_word(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Йожеф Щербаков", "yozhef shcherbakov"),
        ("Їжак Єва Ёлкин", "yizhak yeva elkin"),
        ("Хрущёв Царь Юля Яша Выборг", "khrushchev tsar yulya yasha vyborg"),
        ("İSTANBUL ŞİRKETİ Iğdır", "istanbul sirketi igdir"),
        ("Straße Łódź Øresund Đorđe", "strasse lodz oresund dorde"),
        ("ΑΘΗΝΑ", "athina"),
        ("김정은", "gimjeongeun"),
        ("习近平", "xijinping"),
        ("ＡＢＣ №５", "abc no5"),
    ],
)
def test_other_scripts_are_romanised(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("محمود", "mhmud"),
        ("مُحَمَّد", "mhmd"),
        ("عبد الله", "abd allh"),
        ("القاعدة", "al qada"),
        ("الياس", "alyas"),
        ("وليد", "wlid"),
        ("جواد", "jwad"),
    ],
)
def test_arabic_is_read_with_its_long_vowels_and_the_article_apart(
    written: str, folded: str
) -> None:
    assert fold(written) == folded


def test_invisible_characters_join_and_white_space_parts() -> None:
    assert fold("Pu\u200btin\u00ad a\tb\nc\x00d") == "putin a b cd"


@given(any_text | awkward)
@example("´")
@example("\u1ffd")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text | awkward)
def test_nothing_but_small_latin_letters_digits_and_single_spaces(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", fold(text))


@given(any_text | awkward)
@example("и\u0306")
@example("\u1ffd")
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed = fold(unicodedata.normalize("NFC", text))
    assert composed == fold(unicodedata.normalize("NFD", text))
    assert composed == fold(text)


@given(any_text)
def test_case_does_not_matter_for_latin_and_cyrillic(text: str) -> None:
    plain = re.sub(r"[^A-Za-zА-Яа-я0-9 .'-]", "", text)
    assert fold(plain.upper()) == fold(plain.lower())
