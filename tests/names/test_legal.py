import pytest

from clearway.names.legal import form_word


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lymited", "limited"),
        ("liabilty", "liability"),
        ("jonit", "joint"),
        ("stokk", "stock"),
        ("copany", "company"),
    ],
)
def test_a_misspelt_word_of_a_legal_form_is_known(written: str, meant: str) -> None:
    assert form_word(written) == meant


@pytest.mark.parametrize("word", ["putin", "bartlett", "rosneft", "kim", "a", ""])
def test_other_words_are_left_alone(word: str) -> None:
    assert form_word(word) == ""
