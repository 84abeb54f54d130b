import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.match import compare_names
from clearway.match.names import compare
from clearway.model import Kind
from clearway.names.analyse import analyse


def alone(left: str, right: str, kind: str = "any") -> float:
    return compare_names(left, right, kind=kind).score


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("Vladimir Putin", "Vladimir Vladimirovich Putin", "Vladimir Medvedev"),
        ("Bashar al-Assad", "Bashar Assad", "Hafez al-Assad"),
        ("SALMAN BIN MUHAMMAD", "Salman ibn Mohammed", "MUHAMMAD BIN SALMAN"),
        ("SIS DOO", "SIS d.o.o.", "SAS d.o.o."),
        ("Osama bin Laden", "Usama binladin", "Osama bin Saleh"),
        ("Management Company 23", "Management Company 23 LLC", "Management Company 24"),
        ("JSCARGUMENT", "JSC ARGUMENT", "JSC ARGENTUM"),
        ("M. Karimov", "Murad Karimov", "Farid Karimov"),
        ("BELLETECH CORP", "Belletech Corporation", "11420 CORP."),
        ("Muammar Gaddafi", "Moammar Qadhafi", "Muammar Hassan"),
    ],
)
def test_the_same_name_scores_above_another_name(
    name: str, better: str, worse: str
) -> None:
    assert alone(name, better) > alone(name, worse) + 0.1


def test_equal_names_score_the_same_in_any_order() -> None:
    assert alone("Kim Jong Un", "Un Jong Kim") == alone("Kim Jong Un", "Kim Jong Un")


def test_a_rare_name_identifies_more_than_a_common_one() -> None:
    rare = alone("Kuzhugetovich Shoigu", "Kuzhugetovich Shoigu")
    assert rare > alone("Muhammad Ali", "Muhammad Ali")


def test_the_reason_says_which_word_matched_which_and_what_was_left() -> None:
    match = compare(analyse("Osama binladen Ali"), analyse("Usama bin Laden"))
    said = match.because()
    assert "binladen ~ bin laden: written as one word" in said
    assert "only in the query: ali" in said


def test_a_name_of_signs_equals_itself_and_nothing_else() -> None:
    assert compare(analyse("☆☆"), analyse("☆☆")).score == 1.0
    assert compare(analyse("☆☆"), analyse("☆")).score == 0.0
    assert compare(analyse("☆☆"), analyse("Bank")).score == 0.0


NAMES = st.text(st.sampled_from("abcdeiklmnoprstuv -.,'ашиукмЁ李محمد1290"), max_size=40)


@given(NAMES, NAMES)
def test_a_score_lies_between_nothing_and_one(left: str, right: str) -> None:
    for kind in Kind:
        assert 0.0 <= alone(left, right, kind) <= 1.0


@given(NAMES, NAMES)
def test_no_name_is_more_like_a_name_than_itself(left: str, right: str) -> None:
    own = compare(analyse(left), analyse(left)).score
    assert own >= compare(analyse(left), analyse(right)).score


@given(NAMES, NAMES)
def test_comparing_either_way_round_gives_the_same_score(left: str, right: str) -> None:
    there = compare(analyse(left), analyse(right)).score
    back = compare(analyse(right), analyse(left)).score
    assert there == pytest.approx(back)
