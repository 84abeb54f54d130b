import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.bench.evasion import swift_rur
from clearway.names.rur import decoded, likely


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("'ALIQER BURHANOVIc USMANOV'", "АЛИШЕР БУРХАНОВИЧ УСМАНОВ"),
        ("PUQNINA VYSQEGO KAcESTVA", "ПУШНИНА ВЫСШЕГО КАЧЕСТВА"),
        ("RAZxoMY eLEKTRIcESKIE", "РАЗЪЁМЫ ЭЛЕКТРИЧЕСКИЕ"),
        ("PEREDATXSa", "ПЕРЕДАТЬСЯ"),
    ],
)
def test_swift_rur_is_turned_back(sent: str, meant: str) -> None:
    assert likely(sent)
    assert decoded(sent) == meant


@pytest.mark.parametrize(
    "name",
    ["KfW", "McDonald", "DiCaprio", "Qatar Airways", "O'Neill", "eBay", "USMANOV"],
)
def test_ordinary_capitals_are_not_swift_rur(name: str) -> None:
    assert not likely(name)


@given(st.text("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ", max_size=40))
def test_what_is_sent_comes_back(text: str) -> None:
    assert decoded(swift_rur(text)) == text
