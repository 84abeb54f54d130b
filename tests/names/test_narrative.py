import subprocess
import sys
from pathlib import Path

import pytest

from clearway.names.narrative import (
    disputed_place,
    hidden_place,
    is_narrative,
    pieces,
    unnamed,
    words_of,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "text",
    [
        "ONE OF OUR CLIENTS",
        "OUR GOOD SELVES",
        "ORDER BANK BY ORDER OF ITSELF",
        "By order of a customer of ours",
        "Our Client, A/C 1234567",
        "MESSRS. VARIOUS CUSTOMERS",
        "UNKNOWN",
        "NOT DISCLOSED",
        "NOTRE CLIENT",
        "l'un de nos clients",
        "EINER UNSERER KUNDEN",
        "UNO DE NUESTROS CLIENTES",
        "um dos nossos clientes",
        "onze klant",
        "müşterimiz",
        "НАШ КЛИЕНТ",
        "один из наших клиентов",
        "我行客户",
        "عميل",
    ],
)
def test_a_phrase_that_names_nobody_is_told(text: str) -> None:
    assert unnamed(words_of(text), native=not text.isascii())


@pytest.mark.parametrize(
    "text",
    [
        "Customers Bank",
        "Client Solutions GmbH",
        "Various Artists Records",
        "The Order of Malta",
        "Ivan Unknown Petrov",
        "OUR CLIENT SERGEI SHOIGU",
        "Bank of America",
        "",
    ],
)
def test_a_text_that_may_name_somebody_is_not(text: str) -> None:
    assert unnamed(words_of(text), native=True) == ""


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("NIOC TRADING, TEH RAN", "Iran"),
        ("SOME CO LTD, I.R. OF I R A N", "Iran"),
        ("P Y O N G Y A N G", "North Korea"),
        ("HOTEL SIMFE ROPOL", "Crimea"),
        ("LA HA BANA", "Cuba"),
    ],
)
def test_a_place_in_pieces_is_put_together(text: str, country: str) -> None:
    assert hidden_place(words_of(text))[1] == country


def test_a_place_that_is_simply_written_is_no_finding() -> None:
    for text in ("Tehran Cement", "Bank of Syria", "Iran Ivanov", "Cuba Libre Bar"):
        assert hidden_place(words_of(text)) == ("", "")


def test_a_town_of_crimea_is_known_whatever_country_stands_beside_it() -> None:
    assert disputed_place(words_of("SIMFEROPOL, UKRAINE 295000")) == (
        "simferopol",
        "Crimea",
    )
    assert disputed_place(words_of("KYIV, UKRAINE")) == ("", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PAYMENT BY ORDER OF IVAN PETROV", True),
        ("PMT TO IVAN PETROV", True),
        ("INV 7 PETROV", True),
        ("12/PETROV/SALARY", True),
        ("Advance Consulting Services", False),
        ("Transfer Goods Shipping A/S", False),
        ("Ivan Petrov", False),
    ],
)
def test_words_of_payments_tell_a_text_from_a_name(text: str, told: bool) -> None:
    assert is_narrative(text, words_of(text)) is told


def test_a_text_is_cut_at_what_stands_around_names() -> None:
    text = "INVOICE NO 12 DATED 12MAR, ULTIMATE CONSIGNEE IVAN PETROV, PORT CHARGES"
    assert "ivan petrov" in pieces(text)
    assert "rosneft" in pieces("PMT CONTRACT 756/ROSNEFT/17 SPARES")
    assert "ministry of defence" in pieces("/REC/BY ORDER OF MINISTRY OF DEFENCE\n//12")
    assert pieces("Ivan Petrov") == []


def test_the_table_is_the_one_built_from_its_source() -> None:
    tool = ROOT / "tools" / "build_narrative.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True)
    assert done.returncode == 0, done.stdout.decode()
