"""Texts in codes are read as what was meant; lines are joined twice."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from clearway.payments.narrative import (
    continued,
    han_of_codes,
    joined,
    parts,
    readings,
    russian_of_rur,
    telegraph,
)


def test_four_digit_groups_are_chinese_characters() -> None:
    # 中文信息, the example of every account of the code.
    assert han_of_codes("0022 2429 0207 1873") == ("中文信息",)
    assert "中文信息" in han_of_codes("BENEF 0022 2429 0207 1873 SHANGHAI")
    assert han_of_codes("0022242902071873") == ("中文信息",)


def test_where_the_two_books_differ_both_readings_are_given() -> None:
    # 萧爱国 in the mainland's characters, 蕭愛國 in Taiwan's.
    assert han_of_codes("5618 1947 0948") == ("萧爱国", "蕭愛國")


def test_years_amounts_and_dates_are_not_names() -> None:
    for text in ("2023 2024", "1234.5678", "12-1234 5678-9", "0022", "INV 99998888"):
        assert not han_of_codes(text), text


def test_each_book_has_ten_thousand_places() -> None:
    books = telegraph()
    assert set(books) == {"mainland", "taiwan"}
    for book in books.values():
        assert len(book) == 10_000
        assert len(book.replace(" ", "")) > 7_000


def test_swift_rur_is_read_as_russian_before_capitals() -> None:
    assert russian_of_rur("'ALIQER BURHANOVIc USMANOV'") == "АЛИШЕР БУРХАНОВИЧ УСМАНОВ"
    assert russian_of_rur("ALISHER USMANOV") == ""


def test_a_line_in_plain_letters_below_one_in_code_stays() -> None:
    assert russian_of_rur("BURHANOVIc\nLONDON SW1") == "БУРХАНОВИЧ\nLONDON SW1"


def test_most_texts_have_no_other_reading() -> None:
    for text in ("INVOICE 2024/17", "ACME GMBH", "/RFB/778899", "Иван Иванов", ""):
        assert readings(text) == ()


def test_code_words_end_a_part_and_slashes_go_on_with_it() -> None:
    text = "/INS/ABNANL2A\r\n/REC/FOR ACME\r\n//LIMITED"
    found = [(code, continued(text[start:end])) for code, start, end in parts(text)]
    assert found == [("INS", "ABNANL2A\n"), ("REC", "FOR ACME\nLIMITED")]


def test_text_before_the_first_code_word_is_a_part() -> None:
    assert [code for code, _, _ in parts("PAY /ACC/ BANK")] == ["", "ACC"]


def test_a_slash_in_a_name_is_no_code_word() -> None:
    assert parts("PMT CONTRACT 756/ROSOBORON/17 SPARES") == (("", 0, 36),)


def test_lines_are_joined_with_a_space_and_with_nothing() -> None:
    assert joined(("ROSOBORON", "EXPORT")) == ("ROSOBORON EXPORT", "ROSOBORONEXPORT")


@settings(deadline=None)
@given(st.text(alphabet="/ABCINSREC \r\n", max_size=80))
@example("\r/AA/")
def test_parts_lose_nothing_but_code_words_and_blanks_before_them(text: str) -> None:
    covered = "".join(text[start:end] for _, start, end in parts(text))
    words = "".join(f"/{code}/" for code, _, _ in parts(text) if code)
    said = sorted(covered + words)
    assert said in (sorted(text), sorted(text.lstrip())) or not text.strip()
