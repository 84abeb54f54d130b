"""Each script by its own rules: what is heard, what is left out, what is a word."""

import pytest

from clearway.model import Kind
from clearway.names.abjad import arabic, bare, hebrew
from clearway.names.analyse import analyse
from clearway.names.fold import fold
from clearway.names.greek import greek
from clearway.names.han import han
from clearway.names.indic import indic, thai
from clearway.names.japanese import japanese, kana
from clearway.names.korean import korean, syllable
from clearway.names.latin import read
from clearway.names.words import scripts


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("خلف", "khlf"),
        ("عاقل", "aql"),
        ("تيسير", "tysyr"),
        ("الطحان", "al twhn"),  # the w parts t and h, which are not th
        ("وخدمات", "wkhdmt"),
    ],
)
def test_an_unknown_arabic_word_shows_its_consonants(written: str, latin: str) -> None:
    assert arabic(written, {}) == latin


def test_persian_letters_are_heard_as_in_persian() -> None:
    assert arabic("رضا", {}) == "rd"
    assert arabic("رضا گیلانی", {}).startswith("rz ")
    assert arabic("ولی گرگانی", {}).startswith("vly")


def test_a_word_with_and_without_what_may_be_left_out_is_one_word() -> None:
    assert bare("مُحَمَّد") == bare("محمد") == bare("محـــمد")
    assert bare("أحمد") == bare("احمد")
    assert bare("علي") == bare("علی")


def test_known_words_are_joined_as_latin_joins_them() -> None:
    table = {"هدایت": "hidayat", "حزبالله": "hizballah", "عبد": "abd"}
    assert arabic("هدايت الله", table) == "hidayatallah"
    assert arabic("حزب الله", table) == "hizballah"
    assert arabic("عبد الله", table) == "abd allah"


def test_a_word_of_a_person_and_of_a_body_is_a_spelling_of_both() -> None:
    assert read("عسكري") == "askari"
    (person,) = analyse("عسكري", Kind.PERSON).tokens
    (body,) = analyse("عسكري", Kind.ORGANIZATION).tokens
    assert person.role == "word"
    assert (body.role, body.group) == ("generic", "military")


def test_hebrew_letters_with_a_mark_are_other_sounds() -> None:
    assert hebrew("ג'ורג'", {}) == "jwrj"
    assert hebrew("אטינגר", {}) == "atyngr"


@pytest.mark.parametrize(
    ("sign", "latin"),
    [("정", "jong"), ("욱", "uk"), ("린", "rin"), ("천", "chon"), ("이", "ri")],
)
def test_a_korean_syllable_is_spelt_as_lists_spell_it(sign: str, latin: str) -> None:
    assert syllable(sign) == latin


def test_a_long_run_of_hangul_is_cut_into_words() -> None:
    table = {"조선": "korea", "무역": "trading", "총회사": "corporation"}
    text = korean("조선릉라도무역총회사", table, 3)
    assert text.split() == ["korea", "rungrato", "trading", "corporation"]


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("しゅういち", "shuichi"),
        ("コンドウ", "kondo"),
        ("きょうこ", "kyoko"),
        ("さっぽろ", "sapporo"),
        ("いっちょう", "itcho"),
    ],
)
def test_kana_are_read_by_hepburn(written: str, latin: str) -> None:
    assert kana(written) == latin


def test_a_name_is_japanese_only_if_something_shows_it() -> None:
    table = scripts()
    surnames, given = table.japanese_surnames, table.japanese_given
    assert japanese("田中 健一", surnames, given) == "tanaka kenichi"
    assert japanese("安倍晋三", surnames, given) == "abe shinzo"
    assert japanese("林 文彬", surnames, given) == ""
    assert japanese("林 さゆり", surnames, given) == "hayashi sayuri"


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("राजेन्द्र", "rajendra"),
        ("कमल", "kamal"),
        ("बच्चन", "bachchan"),
        ("ज़ाकिर", "zakir"),
        ("सिंह", "singh"),
        ("হাসিনা", "hasina"),
        ("ਗਿੱਲ", "gil"),
    ],
)
def test_a_silent_vowel_is_left_out(written: str, latin: str) -> None:
    assert indic(written) == latin


def test_thai_vowels_are_read_behind_their_consonant() -> None:
    assert thai("เทพ") == "thep"
    assert thai("ประยุทธ์") == "prayut"


def test_two_greek_letters_for_one_sound() -> None:
    assert greek("Μπακογιάννη") == "bακογιαννi"
    assert fold(read("Ευάγγελος")) == "evangelos"


def test_a_surname_by_itself_leaves_the_given_name_whole() -> None:
    table = scripts()
    assert han("文彬 張", table).split() == ["wenbin", "zhang"]
    assert han("張文彬", table).split() == ["zhang", "wenbin"]
    assert han("曾 国", table).split() == ["zeng", "guo"]
