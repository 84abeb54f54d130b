"""Banks are recognised by their codes, wherever these stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.payments.agents import (
    aba,
    account_belongs_to,
    bank_of_iban,
    bic_country,
    iban,
    iban_shapes,
    of_system,
    party_identifier,
    recognised,
)

IBANS = (
    # The examples of the IBAN registry.
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "FR1420041010050500013M02606",
    "TR330006100519786457841326",
    "AE070331234567890123456",
    "RU0304452522540817810538091310419",
    "BY13NBRB3600900000002Z00AB00",
)


def test_a_bic_says_its_country() -> None:
    assert bic_country("KKBCKPPY") == "kp"
    assert bic_country("SABRRUMM011") == "ru"
    assert bic_country("NOTABANK1") == ""


@pytest.mark.parametrize("text", IBANS)
def test_an_account_number_of_the_registry_is_valid_and_says_its_country(
    text: str,
) -> None:
    code = iban(text)
    assert code is not None
    assert code.valid
    assert code.country == text[:2].lower()
    spaced = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    assert iban(spaced) == code


@settings(deadline=None)
@given(st.sampled_from(IBANS), st.integers(4, 14), st.integers(1, 9))
def test_a_digit_that_changed_is_found_out(text: str, at: int, by: int) -> None:
    if text[at].isdigit():
        changed = f"{text[:at]}{(int(text[at]) + by) % 10}{text[at + 1 :]}"
        code = iban(changed)
        assert code is not None
        assert code.valid is False


def test_a_number_of_a_wrong_length_is_no_account_number() -> None:
    assert iban("DE8937040044053201300") is None
    assert iban("XX89370400440532013000") is None


def test_the_bank_within_an_account_number() -> None:
    russian = bank_of_iban("RU0304452522540817810538091310419")
    assert russian is not None
    assert (russian.type, russian.value) == ("bik", "044525225")
    iranian = bank_of_iban("IR580540105180021273113007")
    assert iranian is not None
    assert (iranian.value, iranian.country) == ("IR054", "ir")


def test_the_table_of_account_numbers_is_in_order() -> None:
    for country, (length, begin, end) in iban_shapes().items():
        assert len(country) == 2
        assert 15 <= length <= 34
        assert 0 <= begin <= end <= length - 4


def test_a_russian_account_agrees_with_its_bank_and_with_no_other() -> None:
    # Sberbank's BIK and its correspondent account, as the Bank of Russia publishes.
    assert account_belongs_to("044525225", "30101810400000000225")
    assert not account_belongs_to("044525225", "30101810500000000225")
    assert not account_belongs_to("044525225", "3010181040000000022")


def test_an_american_routing_number_has_a_check_digit() -> None:
    assert aba("021000089")
    assert not aba("021000088")


@pytest.mark.parametrize(
    ("line", "type_", "value", "country", "account"),
    [
        ("//RU044525225", "bik", "044525225", "ru", ""),
        (
            "//RU044525225.30101810400000000225",
            "bik",
            "044525225",
            "ru",
            "30101810400000000225",
        ),
        ("//CN102100099996", "cnaps", "102100099996", "cn", ""),
        ("//FW021000089", "aba", "021000089", "us", ""),
        ("//SC200000", "sort_code", "200000", "gb", ""),
        (
            "/DE89370400440532013000",
            "iban",
            "DE89370400440532013000",
            "de",
            "DE89370400440532013000",
        ),
    ],
)
def test_the_first_line_of_a_party_is_a_code_or_an_account(
    line: str, type_: str, value: str, country: str, account: str
) -> None:
    code, number = party_identifier(line)
    assert code is not None
    assert (code.type, code.value, code.country) == (type_, value, country)
    assert number == account


def test_an_account_without_a_form_of_its_own_is_taken_as_it_is() -> None:
    assert party_identifier("/40702810500000000001") == (None, "40702810500000000001")
    assert party_identifier("/C/12345") == (None, "12345")


def test_members_of_clearing_systems_by_the_names_of_iso() -> None:
    code = of_system("RUCBC", "044525225")
    assert code is not None
    assert (code.type, code.country) == ("bik", "ru")
    wrong = of_system("USABA", "12")
    assert wrong is not None
    assert (wrong.type, wrong.country) == ("clearing", "us")
    assert of_system("USABA", " ") is None


def test_codes_in_running_text_with_their_places() -> None:
    text = "/INS/KKBCKPPY PLS CREDIT BIK 044525974 IBAN DE89 3704 0044 0532 0130 00 THX"
    found = recognised(text)
    assert [(code.type, code.value, code.sure) for code in found] == [
        ("bic", "KKBCKPPY", False),
        ("bik", "044525974", True),
        ("iban", "DE89370400440532013000", True),
    ]
    for code in found:
        bare = text[code.start : code.end].replace(" ", "")
        assert bare == code.value


def test_a_plain_word_that_looks_like_a_bic_is_not_sure() -> None:
    (code,) = recognised("DEUTSCHE KAFFEE")
    assert not code.sure
    (code,) = recognised("SWIFT DEUTDEFF")
    assert code.sure
    (code,) = recognised("DEUTDEFFXXX PLS")
    assert code.sure


@settings(deadline=None)
@given(st.text(alphabet="ABRU/0123456789 IBAN:CXSWFT\n", max_size=120))
def test_places_do_not_overlap_and_stand_in_the_text(text: str) -> None:
    end = 0
    for code in recognised(text):
        assert end <= code.start < code.end <= len(text)
        end = code.end
