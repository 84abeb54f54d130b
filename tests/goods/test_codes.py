import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.goods.codes import Code, read_code

CHAPTERS = [f"{n:02}" for n in range(1, 98) if n != 77]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("854231", "854231"),
        ("8542.31", "854231"),
        ("8542-31", "854231"),
        ("8542 31 900 0", "8542319000"),
        ("8542.31.90.00", "8542319000"),
        ("85423190", "85423190"),
        ("8542", "8542"),
        ("８５４２．３１", "854231"),
        ("٨٥٤٢٣١", "854231"),
        ("HS 8542.31", "854231"),
        ("HS Code: 8542.31.90.00 integrated circuits", "8542319000"),
        ("H.S. No 8542.31", "854231"),
        ("HS code 8542.31, qty 100", "854231"),
        ("HS 854231 100 pcs", "854231"),
        ("HTSUS 8542.31.0001", "8542310001"),
        ("CN code 8542 31 90", "85423190"),
        ("ТН ВЭД 8542 31 900 0", "8542319000"),
        ("Код ТН ВЭД ЕАЭС: 8542319000", "8542319000"),
        ("УКТЗЕД 8542 31", "854231"),
        ("海关编码 8542319000", "8542319000"),
        ("税号：8542.31", "854231"),
        ("integrated circuits 8542.31 (10 pcs)", "854231"),
        ("854231.0", "854231"),
        ("8548.00", "854800"),
        ("'0101210000", "0101210000"),
        ("\u200b8542\u00a031", "854231"),
    ],
)
def test_a_code_is_read_as_papers_write_it(text: str, digits: str) -> None:
    reading = read_code(text)
    assert reading.code == Code(digits)
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("text", "problem", "possible"),
    [
        ("101210", "", []),  # chapter 10 as it stands; nothing shows a zero is lost
        ("10121", "bad_code_length", ["010121", "1012"]),
        ("1012100", "bad_code_length", ["01012100", "101210"]),
        ("101210000", "bad_code_length", ["0101210000", "101210"]),
        ("854231900012", "bad_code_length", ["854231"]),
        ("85", "bad_code_length", []),
        ("8542319000123456", "bad_code_length", []),
        ("8.54231E+05", "shortened_code", []),
        ("8542.31; 8542.32", "several_codes", ["854231", "854232"]),
        ("HS 8542.31, 8542.32", "several_codes", ["854231", "854232"]),
        ("HS 8542.31 and HS 8482.10", "several_codes", ["854231", "848210"]),
        ("770100", "unknown_chapter", []),
        ("001210", "unknown_chapter", []),
        ("98010000", "national_chapter", []),
        ("999999", "national_chapter", []),
        ("85A231", "letters_in_code", []),
        ("85423l", "letters_in_code", ["854231"]),
        ("854O10", "letters_in_code", ["854010"]),
        ("order 854231", "letters_in_code", ["854231"]),
        ("n/a", "letters_in_code", []),
    ],
)
def test_what_is_no_code_is_a_problem_with_what_it_may_have_been(
    text: str, problem: str, possible: list[str]
) -> None:
    reading = read_code(text, position="line 3")
    assert [code.digits for code in reading.possible] == possible
    assert [p.code for p in reading.problems] == ([problem] if problem else [])
    assert all(p.position == "line 3" and p.text == text for p in reading.problems)
    assert (reading.code is None) is bool(problem)


def test_an_empty_text_is_no_code_and_no_problem() -> None:
    assert read_code("") == read_code("  ")
    assert read_code("").all == ()
    assert read_code("").problems == ()


@pytest.mark.parametrize(
    ("text", "edition", "read"),
    [
        ("8541.40", "HS2017", "HS2017"),
        ("8541.40", "H5", "HS2017"),
        ("8541.49", "hs 2022", "HS2022"),
        ("HS2017 8541.40", "", "HS2017"),
        ("HS 2022: 8541.49", "", "HS2022"),
        ("H5 854140", "", "HS2017"),
    ],
)
def test_the_edition_is_read_from_the_text_or_beside_it(
    text: str, edition: str, read: str
) -> None:
    reading = read_code(text, edition=edition)
    assert reading.code is not None
    assert reading.code.edition == read
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("text", "edition", "problem"),
    [
        ("8541.40", "HS2022", "not_in_edition"),
        ("8541.49", "HS2017", "not_in_edition"),
        ("8541.49", "HS1996", "unknown_edition"),
        ("HS2017 8541.40", "HS2022", "edition_differs"),
    ],
)
def test_a_code_its_edition_does_not_have_is_a_problem_and_still_a_code(
    text: str, edition: str, problem: str
) -> None:
    reading = read_code(text, edition=edition)
    assert reading.code is not None
    assert problem in {p.code for p in reading.problems}


def test_a_heading_is_told_from_a_code() -> None:
    assert Code("8542").is_heading
    assert not Code("854231").is_heading
    assert Code("8542319000").hs6 == "854231"
    assert str(Code("8542319000")) == "8542.31.9000"


@given(st.sampled_from(CHAPTERS), st.sampled_from([2, 4, 6, 8]), st.data())
def test_digits_set_apart_in_any_way_read_the_same(
    chapter: str, more: int, data: st.DataObject
) -> None:
    rest = data.draw(st.text("0123456789", min_size=more, max_size=more))
    digits = chapter + rest
    sign = data.draw(st.sampled_from([".", " ", "-", ""]))
    pairs = sign.join([digits[:4], digits[4:6], digits[6:]]).strip(" .-")
    assert read_code(pairs).code == Code(digits)
    assert read_code(f"HS {digits}").code == Code(digits)


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_a_problem_or_empty(text: str) -> None:
    reading = read_code(text)
    for code in reading.all:
        assert code.digits.isascii()
        assert code.digits.isdigit()
        assert 4 <= len(code.digits) <= 10
    if reading.code is None and not reading.problems:
        assert not any(char.isalnum() for char in text)
