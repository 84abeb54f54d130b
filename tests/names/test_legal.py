import pytest

from clearway.model import Kind
from clearway.names.analyse import analyse
from clearway.names.legal import form_word, formed, unformed


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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Siemens Aktiengesselschaft", "siemens aktiengesellschaft"),
        ("Promtekh Lmited", "promtekh limited"),
        ("Promtekh Limited Liabilty Company", "promtekh limited liability company"),
        ("Lmited Editions Paris", "limited editions paris"),
        ("Volga Trading", None),
    ],
)
def test_a_form_is_put_right_where_forms_stand(written: str, read: str | None) -> None:
    tokens = analyse(written, Kind.ORGANIZATION).tokens
    assert formed(tokens, Kind.ORGANIZATION) == read


def test_a_form_behind_a_persons_name_is_left_out() -> None:
    assert unformed(analyse("Nikolai Patrushev SA", Kind.PERSON).tokens) == (
        "nikolai patrushev"
    )
    assert unformed(analyse("Patrushev SA", Kind.PERSON).tokens) is None
    assert unformed(analyse("Ivan Petrov Sr", Kind.PERSON).tokens) is None
