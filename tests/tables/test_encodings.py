"""Encodings are recognised on a few lines; where they are not, it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.tables.encodings import encoding_of, guess, opened
from clearway.tables.reading import open_table
from clearway.tables.sources import source_of

TEXTS = {
    "windows-1251": "Наименование;Страна\nООО Ромашка;RU\nИванов Пётр;RU\n",
    "koi8-r": "Наименование;Страна\nООО Ромашка;RU\nИВАНОВ ПЁТР;RU\n",
    "cp866": "Наименование;Страна\nЗАО Вымпел;RU\nСидорова Анна;RU\n",
    "gb18030": "名称,国家\n北京华为技术有限公司,CN\n张伟,CN\n",
    "big5": "名稱,國家\n台北貿易股份有限公司,TW\n陳大文,TW\n",
    "cp932": "氏名,国籍\n山本 太郎,日本\n株式会社イトウ,日本\n",
    "cp949": "성명,국적\n김영수,한국\n주식회사 한국무역,한국\n",
    "windows-1252": "Name;Land\nMüller GmbH & Söhne;DE\nJosé Núñez;ES\nFrançois;FR\n",
    "windows-1250": "Nazwa;Kraj\nŁódzka Spółka;PL\nPrzemysław Żółć;PL\n",
    "windows-1254": "Ad;Ülke\nŞişecam Anonim Şirketi;TR\nİbrahim Yıldız;TR\n",
    "windows-1256": "الاسم;البلد\nمحمد علي حسن;سوريا\nشركة النور;لبنان\n",
    "windows-1255": "שם;מדינה\nיוסף כהן;ישראל\nדוד לוי;ישראל\n",
    "windows-1253": "Όνομα;Χώρα\nΓεώργιος Παπαδόπουλος;Ελλάδα\nΝαυτιλιακή;Κύπρος\n",
    "cp874": "ชื่อ;ประเทศ\nสมชาย ใจดี;ไทย\nบริษัท ไทย จำกัด;ไทย\n",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_small_table_is_read_in_the_encoding_it_was_written_in(encoding: str) -> None:
    text = TEXTS[encoding]
    table = open_table(text.encode(encoding))
    read = [tuple(table.columns), *(tuple(row.cells) for row in table.rows())]
    separator = ";" if ";" in text else ","
    assert read == [tuple(row.split(separator)) for row in text.splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_unicode_is_recognised_by_its_mark_or_its_pattern(encoding: str) -> None:
    table = open_table("name,country\nПётр,RU\nBob,US\n".encode(encoding))
    assert table.columns == ("name", "country")
    assert [row.cells[0] for row in table.rows()] == ["Пётр", "Bob"]


def test_the_guess_is_reported() -> None:
    table = open_table(TEXTS["windows-1251"].encode("windows-1251"))
    assert "windows-1251 (guessed)" in table.description


def test_a_guess_on_almost_nothing_is_called_doubtful() -> None:
    table = open_table(b"name,city\nAcme,\xd8re\n")
    assert "doubtful" in table.description
    assert [problem.code for problem in table.problems] == ["encoding_doubtful"]


def test_a_stated_encoding_is_used() -> None:
    data = "name\nЁлка\n".encode("koi8-r")
    table = open_table(data, encoding="koi8-r")
    assert [row.cells[0] for row in table.rows()] == ["Ёлка"]
    assert table.problems == ()


def test_a_few_broken_bytes_do_not_make_utf8_another_encoding() -> None:
    good = "name,country\n" + "Ромашка,RU\n" * 50
    data = good.encode() + b"Al\xffpha,CN\n"
    table = open_table(data)
    assert "UTF-8" in table.description
    (broken,) = [row for row in table.rows() if row.problems]
    assert broken.position == "line 52"
    assert broken.problems[0].code == "undecodable"


def test_an_encoding_is_found_though_the_first_megabytes_are_plain() -> None:
    plain = "name;country\n" + "Acme Trading;CN\n" * 100_000
    tail = "Промсвязьбанк;RU\nИванов Иван Иванович;RU\n"
    table = open_table((plain + tail).encode("windows-1251"))
    assert "windows-1251" in table.description
    assert list(table.rows())[-1].cells[0] == "Иванов Иван Иванович"


def test_a_character_cut_by_a_block_is_no_damage() -> None:
    data = ("n" * ((1 << 20) - 1) + "я\n").encode()
    assert not encoding_of(source_of(data)).damaged


@pytest.mark.parametrize("encoding", ["iso2022_jp"])
def test_seven_bit_encodings_are_not_taken_for_ascii(encoding: str) -> None:
    table = open_table("氏名,国\n山本,日本\n".encode(encoding))
    assert table.columns == ("氏名", "国")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    data = text.encode()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    found = encoding_of(source_of(data))
    assert found.name in ("utf-8", "iso2022_jp_2", "iso2022_kr")


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_get_some_encoding(data: bytes) -> None:
    name, _ = guess(data)
    data.decode(name, "replace")


def test_a_torn_escape_of_a_switching_encoding_is_damage_and_no_crash() -> None:
    torn = b"name\n\x1b$\xca$$\x00$$$\x1b$\xca$$\n" * 3
    encoding = encoding_of(source_of(torn, "torn.txt"))
    assert encoding.name.startswith("iso2022")
    assert encoding.damaged
    with opened(source_of(torn, "torn.txt"), encoding) as file:
        assert "\ufffd" in file.read()
