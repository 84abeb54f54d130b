"""Signs that a party was taken out of a payment are told; honest payments have none."""

import pytest

from clearway.model import Transaction
from clearway.payments.reading import Read, messages
from clearway.payments.stripping import cover_differs, fingerprint, resubmitted


def read(kind: str, body: str, block3: str = "") -> Read:
    """A SWIFT message as read."""
    head = f"{{1:F01AAAABEBBAXXX0000000000}}{{2:I{kind}BBBBDEFFXXXXN}}{block3}"
    (item,) = messages(f"{head}{{4:\n{body}\n-}}".encode())
    return item


def one(kind: str, body: str, block3: str = "") -> Transaction:
    """Its only transaction."""
    (made,) = read(kind, body, block3).transactions
    return made


def codes(made: Transaction) -> set[str]:
    """The codes of what is wrong with it."""
    return {problem.code for problem in made.problems}


@pytest.mark.parametrize(
    "name",
    [
        "ONE OF OUR CLIENTS",
        "OUR GOOD CUSTOMER",
        "EIN KUNDE",
        "НАШ КЛИЕНТ",
        "ПО ПОРУЧЕНИЮ КЛИЕНТА",
        "OUR GOOD SELVES",
    ],
)
def test_a_customer_who_is_not_named_is_told(name: str) -> None:
    made = one("103", f":20:R1\n:50K:/123\n{name}\n:59:IVANOV")
    assert "party_not_named" in codes(made)


@pytest.mark.parametrize("name", ["ACME CLIENT SERVICES LTD", "КЛИЕНТСКИЙ БАНК", "A"])
def test_a_name_with_such_a_word_in_it_is_a_name(name: str) -> None:
    assert "party_not_named" not in codes(one("103", f":20:R1\n:50K:{name}"))


@pytest.mark.parametrize(
    "text",
    [
        "/BNF/PAYMENT ON BEHALF OF IVANOV",
        "/REC/B/O ACME TRADING LLC",
        "/BNF/FOR FURTHER CREDIT TO IVANOV",
        "/REC/ROSTOV MASH OOO CONTRACT 7",
    ],
)
def test_a_transfer_between_banks_that_speaks_of_a_customer_is_suspected(
    text: str,
) -> None:
    made = one("202", f":20:R1\n:58A:BBBBITRR\n:72:{text}")
    assert "cover_without_customer" in codes(made)


@pytest.mark.parametrize("text", ["/BNF/COVER OF REF 778", "/REC/LIQUIDITY", "/BNF/FX"])
def test_a_transfer_between_banks_about_banks_is_not(text: str) -> None:
    made = one("202", f":20:R1\n:58A:BBBBITRR\n:72:{text}")
    assert not codes(made)


@pytest.mark.parametrize("body", [":20:R1\n:59:IVANOV", ":20:R1\n:50K:\n:59:IVANOV"])
def test_a_customer_payment_without_its_customer_is_told(body: str) -> None:
    assert "party_missing" in codes(one("103", body))
    assert "party_missing" not in codes(one("103", body + "\n:50K:ACME"))


def test_a_bank_that_is_not_named_is_told() -> None:
    made = one("103", ":50K:A\n:52D:/ORDER BANK BY ORDER OF ITSELF\n:59:B")
    assert codes(made) == {"party_not_named"}


def test_a_cover_that_names_its_customers_is_not_suspected() -> None:
    made = one(
        "202",
        ":20:R1\n:58A:BBBBITRR\n:50K:ACME LTD\n:59:IVANOV\n:72:/BNF/ON BEHALF OF ACME",
        "{3:{119:COV}}",
    )
    assert not codes(made)


PAYMENT = (
    ":20:R1\n:32A:240501USD5000,\n:50K:/408\nROSOBORONEXPORT\n:57A:KKBCKPPY\n"
    ":59:/777\nACME LTD\n:70:MV NEPTUN, SPARES"
)


def test_a_payment_sent_again_with_less_in_it_is_recognised() -> None:
    held = fingerprint(one("103", PAYMENT))
    again = PAYMENT.replace("R1", "R2").replace("ROSOBORONEXPORT", "OUR CLIENT")
    again = again.replace("MV NEPTUN, ", "")
    gone = resubmitted(held, fingerprint(one("103", again)))
    assert "name rosoboronexport" in gone
    assert any("neptun" in line for line in gone)


def test_the_same_payment_lacks_nothing_of_itself() -> None:
    held = fingerprint(one("103", PAYMENT))
    assert resubmitted(held, held) == ()


def test_another_payment_of_the_same_customer_is_another() -> None:
    held = fingerprint(one("103", PAYMENT))
    other = PAYMENT.replace("R1", "R2").replace("USD5000,", "USD70,")
    assert resubmitted(held, fingerprint(one("103", other))) == ()


def test_what_a_cover_does_not_say_of_the_payment_it_is_for() -> None:
    unique = "{3:{119:COV}{121:7a562c67-ca16-48ba-b074-65581be6f001}}"
    body = ":20:C1\n:58A:BBBBITRR\n:50K:/408\nROSOBORONEXPORT\n:59:/777\nACME LTD"
    payment = one("103", PAYMENT, unique.replace("{119:COV}", ""))
    assert cover_differs(one("202", body, unique), payment) == ()
    stripped = body.replace("ROSOBORONEXPORT", "OUR CLIENT").replace("/777\n", "")
    assert cover_differs(one("202", stripped, unique), payment) == (
        "name rosoboronexport",
        "account 777",
    )
