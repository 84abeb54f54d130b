import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.names.identifiers import (
    MIN_LENGTH,
    decisive,
    normal,
    recognised,
    valid,
)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("imo", "IMO 9187629", "9187629"),
        ("imo", "9187629", "9187629"),
        ("inn", "7701 234-567", "7701234567"),
        ("bic", "PRMSRUMMXXX", "PRMSRUMM"),
        ("bic", "prmsrumm", "PRMSRUMM"),
        (
            "wallet",
            " 1BoatSLRHtKNngkdXEeobR76b53LETtpyT ",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
        ("", "IMO9187629", "9187629"),
        (
            "",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
        (
            "wallet",
            "0xAbC0000000000000000000000000000000000def",
            "0xabc0000000000000000000000000000000000def",
        ),
        ("passport", "№ 53 N 1234567", "53N1234567"),
        ("passport", " - ", ""),
    ],
)
def test_a_number_is_compared_without_its_dress(
    kind: str, value: str, expected: str
) -> None:
    assert normal(kind, value) == expected


def test_a_telephone_number_does_not_decide_who_someone_is() -> None:
    assert decisive("passport")
    assert not decisive("phone")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("KKBCKPPY", "bic", "KKBCKPPY"),
        ("SABCIRTHXXX", "bic", "SABCIRTH"),
        ("SWIFT/BIC CMSYSYDA", "bic", "CMSYSYDA"),
        ("9187629", "imo", "9187629"),
        ("IMO: 9187629", "imo", "9187629"),
        ("MV FORTUNA, IMO 9187629", "imo", "9187629"),
        ("ИНН 7707083893", "inn", "7707083893"),
        ("7707083893", "inn", "7707083893"),
        ("ОГРН 1027700132195", "ogrn", "1027700132195"),
        ("5493001KJTIIGC8Y1R12", "lei", "5493001KJTIIGC8Y1R12"),
        ("91110000100001043E", "uscc", "91110000100001043E"),
        ("EP-CFD", "tail_number", "EPCFD"),
        ("RA-85426", "", "RA85426"),
        ("PASSPORT NO AJ172334", "passport", "AJ172334"),
        ("//RU044525225", "", "044525225"),
        (
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
            "wallet",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
    ],
)
def test_a_text_that_is_a_number_is_recognised(
    text: str, kind: str, value: str
) -> None:
    (found,) = recognised(text)
    assert (found.type, found.normal) == (kind, value)


@pytest.mark.parametrize(
    "text",
    ["Ivan Petrov", "11420 CORP.", "2024", "A320", "Boeing 747", "", "MUELLERX", "№ 5"],
)
def test_names_are_no_numbers(text: str) -> None:
    assert recognised(text) == ()


def test_a_number_under_a_general_heading_loses_its_label_too() -> None:
    assert normal("registration", "IMO 5990271") == "5990271"
    assert normal("registration", "IMOTEX 12") == "IMOTEX12"


def test_check_digits_are_checked_where_a_type_has_them() -> None:
    assert valid("lei", "5493001KJTIIGC8Y1R12") is True
    assert valid("lei", "5493001KJTIIGC8Y1R13") is False
    assert valid("inn", "7701 234-567") is False
    assert valid("wallet", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT") is True
    assert valid("wallet", "1BoatSLRHtKNngkdXEeobR76b53LETtpyU") is False
    assert valid("passport", "AJ172334") is None


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at(text: str) -> None:
    for found in recognised(text):
        assert len(found.normal) >= MIN_LENGTH


def test_a_hostile_row_of_digits_takes_no_time() -> None:
    assert recognised("11 " * 2000 + "!") == ()
    recognised("IMO " + "1 " * 4000)
