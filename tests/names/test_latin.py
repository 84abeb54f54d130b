"""Names of other scripts meet the Latin spellings that lists give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.match import REVIEW_THRESHOLD, compare_names
from clearway.names.fold import fold
from clearway.names.latin import read


@pytest.mark.parametrize(
    ("written", "listed", "kind"),
    [
        # the names of the issue
        ("习近平", "Xi Jinping", "person"),
        ("华为技术有限公司", "Huawei Technologies", "organization"),
        ("김정은", "Kim Jong Un", "person"),
        ("Владимир", "Володимир", "person"),
        ("Владимир", "Vladimir", "person"),
        ("محمد", "Mohammed", "person"),
        # Arabic and Persian: short vowels unwritten, compounds, the article
        ("غسان عمر خلف", "Ghassan Omar KHALAF", "person"),
        ("منير المتصدق", "Mounir EL MOTASSADEQ", "person"),
        ("هدايت الله", "HIDAYATULLAH", "person"),
        ("عبدالرقیب تخاری", "ABDUL RAQIB TAKHARI", "person"),
        ("سيف الدين المشهداني", "SAIF-AL-DIN AL-MASHHADANI", "person"),
        ("حسن حسن زاده", "Hasan HASSANZADEH", "person"),
        ("علیرضا زاکانی", "Ali Reza ZAKANI", "person"),
        ("القاعدة", "Al-Qaida", "organization"),
        # Hebrew
        ("בנימין נתניהו", "Binyamin Netanyahu", "person"),
        ("ינון לוי", "Yinon LEVI", "person"),
        # Korean, of the North and of the South
        ("최룡해", "CHOE Ryong-hae", "person"),
        ("박근혜", "Park Geun-hye", "person"),
        ("윤석열", "Yoon Suk Yeol", "person"),
        ("조선무역은행", "Foreign Trade Bank of Korea", "organization"),
        # Japanese, in kanji and in kana
        ("岸田文雄", "KISHIDA Fumio", "person"),
        ("近藤 くみ子", "Kumiko Kondo", "person"),
        ("バラク・オバマ", "Barack Obama", "person"),
        # Chinese: heteronyms, compound surnames, foreign names, translated words
        ("单立文", "Shan Liwen", "person"),
        ("尉迟恭", "Yuchi Gong", "person"),
        ("贝拉克·奥巴马", "Barack Obama", "person"),
        ("重庆长春贸易有限公司", "Chongqing Changchun Trading Co Ltd", "organization"),
        (
            "俄罗斯联邦储蓄银行",
            "Savings Bank of the Russian Federation",
            "organization",
        ),
        # Brahmic scripts and Thai
        ("नरेन्द्र मोदी", "Narendra Modi", "person"),
        ("राजेन्द्र जोशी", "Rajendra Joshi", "person"),
        ("শেখ হাসিনা", "Sheikh Hasina", "person"),
        ("สมชาย", "Somchai", "person"),
        # Greek, Armenian, Georgian
        ("Μπάμπης Ντίνος", "Babis Dinos", "person"),
        ("Սերժ Սարգսյան", "Serzh Sargsyan", "person"),
        ("ბიძინა ივანიშვილი", "Bidzina Ivanishvili", "person"),
        # Cyrillic: other languages, other systems, Latin letters typed for Cyrillic
        ("Валерий Кузнецов", "Valerij Kusnezow", "person"),
        ("Хрущёв Никита", "Nikita Khrouchtchev", "person"),
        ("Вiктор Янукович", "Viktor Yanukovych", "person"),
        ("Уралвагонзавод", "Uralwagonsawod", "organization"),
        (
            "Коммунистическая партия Российской Федерации",
            "Communist Party of the Russian Federation",
            "organization",
        ),
        ("Новосибирский патронный завод", "Novosibirsk Cartridge Plant", "any"),
    ],
)
def test_the_original_spelling_finds_the_latin_one(
    written: str, listed: str, kind: str
) -> None:
    assert compare_names(written, listed, kind=kind).score >= REVIEW_THRESHOLD


@pytest.mark.parametrize(
    ("written", "other", "kind"),
    [
        ("零 加藤", "KATO, L.", "person"),  # read Rei in Japanese
        ("田中 健一", "Tian Zhong", "person"),
        ("محمد بن سلطان", "Muhammad bin Salman", "person"),
        ("김정은", "Kim Yong Nam", "person"),
        ("حسن عسکری", "Hasan Military", "person"),
        ("文彬 張", "CHANG, Wen-Fu", "person"),
    ],
)
def test_another_name_is_not_found(written: str, other: str, kind: str) -> None:
    assert compare_names(written, other, kind=kind).score < REVIEW_THRESHOLD


@given(st.text(max_size=40))
def test_any_text_can_be_read_and_folded(text: str) -> None:
    folded = fold(read(text))
    assert folded.isascii()
    assert folded == " ".join(folded.split())


@given(st.text("abcdefghijklmnopqrstuvwxyzäöüßøłđğışñ -'", max_size=40))
def test_latin_text_is_left_alone(text: str) -> None:
    assert read(text) == text
