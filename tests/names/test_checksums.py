"""Check digits, with numbers that their publishers or standards print."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.names import checksums


@pytest.mark.parametrize(
    ("check", "good"),
    [
        (checksums.lei, "5493001KJTIIGC8Y1R12"),  # the example of ISO 17442
        (checksums.iban, "DE89370400440532013000"),  # of the IBAN registry
        (checksums.iban, "GB29NWBK60161331926819"),
        (checksums.imo, "9074729"),  # a ship's
        (checksums.imo, "5990271"),  # an owner, of the OFAC list
        (checksums.inn, "7707083893"),  # Sberbank
        (checksums.inn, "500100732259"),
        (checksums.ogrn, "1027700132195"),  # Sberbank
        (checksums.ogrn, "304500116000157"),
        (checksums.uscc, "91110000100001043E"),  # of the OFAC list
        (checksums.mmsi, "677050000"),
        (checksums.base58check, "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        (checksums.bech32, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),  # BIP 173
    ],
)
def test_a_number_as_issued_passes_and_a_slip_does_not(
    check: Callable[[str], bool], good: str
) -> None:
    assert check(good)
    slips = [
        good[:at] + ("2" if good[at] != "2" else "4") + good[at + 1 :]
        for at in range(len(good) - 5, len(good))
    ]
    # An IMO number has two schemes, an MMSI none: some slips pass.
    assert check is checksums.mmsi or sum(map(check, slips)) < 2


@pytest.mark.parametrize("check", [*checksums.CHECKS.values(), checksums.base58check])
def test_nothing_passes_by_being_empty_or_odd(
    check: Callable[[str], bool],
) -> None:
    for text in ("", "-", "０１２３４５６", "é" * 20, "O" * 18):
        assert check(text) is False


@given(st.text(max_size=40))
def test_any_text_can_be_checked(text: str) -> None:
    for check in (*checksums.CHECKS.values(), checksums.bech32, checksums.base58check):
        assert check(text) in (True, False)


@given(st.integers(0, 10**13 - 1))
def test_the_checks_agree_with_python_stdnum(number: int) -> None:
    pytest.importorskip("stdnum")
    from stdnum import imo, lei
    from stdnum.cn import uscc
    from stdnum.ru import inn, ogrn

    digits = f"{number:013d}"
    assert checksums.inn(digits[:10]) is inn.is_valid(digits[:10])
    assert checksums.inn(digits[:12]) is inn.is_valid(digits[:12])
    assert checksums.ogrn(digits) is ogrn.is_valid(digits) or digits[0] not in "1235"
    if imo.is_valid(digits[:7]):
        assert checksums.imo(digits[:7])
    code = f"9111{number:014d}"[:18]
    assert not uscc.is_valid(code) or checksums.uscc(code)
    entity = f"5493{number:014d}00"[:20]
    assert checksums.lei(entity) is lei.is_valid(entity)
