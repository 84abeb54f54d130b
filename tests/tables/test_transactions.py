from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import InputUnreadable
from clearway.model import Conduct, Money, Role, Transaction
from clearway.tables.transactions import is_transactions, transaction_of, transactions

YAML = b"""
kind: payment
date: 2024-06-12
amount: 1250000.00
currency: CNY
conduct: facilitated
debtor: {name: OOO Stankoimport, country: RU}
creditor_agent: {name: Bank of Nanjing, bic: NJCBCNBN, country: NO}
goods:
  - {hs: 8457.10, description: CNC machining centre, quantity: 3}
destination: Russia
"""


def read(text: bytes) -> Transaction:
    (transaction,) = transactions(BytesIO(text), "t")
    return transaction


def test_yaml_is_read_as_text_so_that_norway_and_a_code_survive() -> None:
    transaction = read(YAML)
    assert transaction.problems == ()
    bank = transaction.in_role(Role.CREDITOR_AGENT)[0].party
    assert bank.countries == ("NO",)
    assert bank.identifiers == (("bic", "NJCBCNBN"),)
    assert transaction.goods[0].code == "8457.10"
    assert transaction.amount == Money(Decimal("1250000.00"), "CNY")
    assert transaction.day == date(2024, 6, 12)
    assert transaction.conduct is Conduct.FACILITATED
    assert transaction.places[0].role == "destination"


def test_json_lines_give_a_transaction_a_line_and_a_bad_line_is_a_problem() -> None:
    lines = b'{"debtor": "A", "amount": "EUR 5"}\n{"debtor": \n{"creditor": "B"}\n'
    found = list(transactions(BytesIO(lines), "t"))
    assert [len(one.parties) for one in found] == [1, 0, 1]
    assert found[1].problems[0].code == "not_a_transaction"


def test_a_key_nobody_reads_is_a_problem_and_its_text_is_still_screened() -> None:
    transaction = read(b'{"debtor": "A", "benefactor": "Promsvyazbank"}')
    assert transaction.problems[0].code == "unknown_key"
    assert "benefactor" in transaction.problems[0].position
    assert transaction.texts[0].text == "Promsvyazbank"


def test_an_attribute_no_rule_asks_for_is_a_problem_and_is_screened() -> None:
    transaction = read(
        b'{"debtor": "A", "attributes": {"scheme": "netting_platform", "shceme": "X"}}'
    )
    assert transaction.attributes == {"scheme": "netting_platform"}
    (problem,) = transaction.problems
    assert (problem.code, problem.text) == ("unknown_key", "X")
    assert "X" in {text.text for text in transaction.texts}


def test_a_purpose_may_name_someone_and_is_screened_as_text_too() -> None:
    transaction = read(b'{"debtor": "A", "purpose": "gift for Vladimir Putin"}')
    assert transaction.texts[0].text == "gift for Vladimir Putin"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"debtor": "A", "date": "2024-13-01"}', "bad_date"),
        (b'{"debtor": "A", "amount": "12,50O"}', "bad_number"),
        (b'{"debtor": "A", "amount": "EUR 1,250"}', "ambiguous_number"),
        (b'{"debtor": "A", "amount": 5}', "no_currency"),
        (b'{"parties": [{"role": "payor", "name": "A"}]}', "unknown_role"),
        (b'{"debtor": {"country": "RU"}}', "no_name"),
        (b'{"debtor": "A", "conduct": "helped"}', "unknown_conduct"),
        (b'{"debtor": {"name": "A", "kind": "ship"}}', "unknown_kind"),
        (b'{"debtor": "A", "kind": "gift"}', "unknown_kind"),
        (b'{"debtor": "A", "at": "2024-06-12T00:01"}', "no_zone"),
        (b'{"debtor": "A", "amount": NaN, "currency": "EUR"}', "bad_number"),
        (b'{"buyer": "A", "goods": [{"hs": "848210", "quantity": 0}]}', "bad_quantity"),
        (b'{"buyer": "A", "vessel": {"name": "X", "imo": "8674157"}}', "bad_checksum"),
    ],
)
def test_what_is_not_understood_is_a_problem_that_names_the_field(
    text: bytes, code: str
) -> None:
    (problem,) = [p for p in read(text).problems if p.code == code]
    assert problem.position


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("EUR 1250.50", "1250.50", "EUR"),
        ("1.250,50 eur", "1250.50", "EUR"),
        ("USD1,250,000.00", "1250000.00", "USD"),
        ("1 250 000,00 RUB", "1250000.00", "RUB"),
    ],
)
def test_amounts_are_read_as_people_write_them(
    written: str, amount: str, currency: str
) -> None:
    transaction = transaction_of({"debtor": "A", "amount": written})
    assert transaction.amount == Money(Decimal(amount), currency)


def test_an_alias_that_would_make_a_small_file_large_is_refused() -> None:
    with pytest.raises(InputUnreadable, match="aliases"):
        list(transactions(BytesIO(b"a: &x [1]\nb: *x\n"), "t.yaml"))


def test_a_file_that_is_neither_json_nor_yaml_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"debtor": ')
    with pytest.raises(InputUnreadable, match="no JSON"):
        list(transactions(path))


def test_rows_of_a_table_are_not_taken_for_transactions() -> None:
    assert not is_transactions({"name": "A", "country": "ru"})
    assert not is_transactions([{"id": 1}])
    assert is_transactions({"debtor": "A", "amount": 1})
    assert is_transactions([{"parties": []}])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "role", "parties", "debtor", "goods", "amount", "x"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8) | st.just("goods"), JSON, max_size=5))
def test_any_object_gives_a_transaction(value: dict[str, object]) -> None:
    transaction = transaction_of(value)
    texts = " ".join(text.text for text in transaction.texts)
    for key, item in value.items():
        if key.strip().lower() == "x" and isinstance(item, str):
            assert item in texts
