import random
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import numpy as np
import pytest

from clearway.errors import UsageError
from clearway.model import Transaction
from clearway.rules import Sort, law
from clearway.screen.bookparties import Supposed
from clearway.screen.compiled import CompiledSet
from clearway.screen.profile import load_profile
from clearway.screen.replaying import LEGAL, Replay, unique_rows
from clearway.screen.screener import Screener
from clearway.screen.transactions import check_transaction
from clearway.tables.book import Book, book_columns, read_book
from clearway.tables.reading import open_table
from clearway.tables.transactions import transaction_of

from .conftest import SDN

HEADER = (
    "date,debtor,debtor_country,debtor_bank,debtor_bank_bic,creditor,"
    "creditor_country,hs_code,destination,purpose"
)
_DEBTORS = ["OOO Primer,RU", "Putin Vladimir,RU", "Ali Muhammad,SY", "Lund AB,SE"]
_BANKS = ["Promsvyazbank,PRMSRUMM", "Example Bank,", ","]
_CREDITORS = ["Ningbo Lathes Co,CN", "Tehran Foods,IR", "Almaty Trade TOO,KZ"]
_GOODS = ["", "845710", "854231", "520100", "12"]
_PLACES = ["", "RU", "KZ", "Sevastopol Crimea"]
_PURPOSES = ["", "energy", "medicine"]
_ROLES = ("debtor", "debtor_agent", "creditor")


def rows(count: int, seed: int) -> list[str]:
    chosen = random.Random(seed)
    start = date(2023, 6, 1)
    return [
        ",".join(
            (
                str(start + timedelta(days=chosen.randrange(600))),
                *(chosen.choice(part) for part in (_DEBTORS, _BANKS, _CREDITORS)),
                *(chosen.choice(part) for part in (_GOODS, _PLACES, _PURPOSES)),
            )
        )
        for _ in range(count)
    ]


def book_from(lines: list[str]) -> Book:
    text = "\n".join((HEADER, *lines)).encode()
    table = open_table(BytesIO(text), name="payments.csv")
    return read_book(table, book_columns(table.columns))


def one(line: str) -> Transaction:
    """The payment of a row, as a transaction given by itself."""
    day, debtor, dc, bank, bic, creditor, cc, code, place, purpose = line.split(",")
    value: dict[str, object] = {"date": day, "kind": "payment", "purpose": purpose}
    value["debtor"] = {"name": debtor, "country": dc}
    value["creditor"] = {"name": creditor, "country": cc}
    if bank:
        value["debtor_agent"] = {"name": bank} | ({"bic": bic} if bic else {})
    if code:
        value["goods"] = [{"hs": code}]
    if place:
        value["destination"] = place
    return transaction_of(value)


@pytest.fixture
def asking(compiled: CompiledSet) -> Callable[[str], Screener]:
    def make(profile: str) -> Screener:
        config = load_profile(profile)
        return Screener(compiled, [SDN], as_of=date(2024, 5, 17), config=config)

    return make


@pytest.mark.parametrize("profile", ["foreign_bank", "us_person+eu_person", "default"])
def test_a_replayed_book_judges_each_payment_as_it_is_judged_alone(
    asking: Callable[[str], Screener], profile: str
) -> None:
    lines = rows(250, 7)
    screener = asking(profile)
    replay = Replay(screener, book_from(lines), law())
    replayed = replay.run()
    held = law().rules
    for number, line in enumerate(lines):
        alone = check_transaction(screener, one(line))
        assert replayed.verdicts[number] == alone.verdict.rank, line
        told = {held[rule].id for rule, _ in replay.rules_of(number)}
        assert told == {finding.rule for finding in alone.findings}, line


def test_the_whole_book_under_one_days_law_is_each_payment_moved_to_that_day(
    asking: Callable[[str], Screener],
) -> None:
    lines = rows(120, 11)
    screener = asking("foreign_bank")
    replay = Replay(screener, book_from(lines), law())
    for day in (date(2023, 12, 21), date(2023, 12, 22), date(2024, 6, 12)):
        exposed = replay.exposed(day, *LEGAL)
        for number, line in enumerate(lines):
            moved = str(day) + line[line.index(",") :]
            alone = check_transaction(screener, one(moved))
            sorts = {finding.sort for finding in alone.findings}
            assert exposed[number] == bool(sorts & set(LEGAL)), (day, line)


def test_a_supposed_listing_touches_its_payments_from_its_day_on(
    asking: Callable[[str], Screener],
) -> None:
    lines = rows(80, 3)
    supposed = Supposed("Example Bank", date(2025, 1, 15))
    replay = Replay(
        asking("foreign_bank"), book_from(lines), law(), supposed=[supposed]
    )
    named = np.array(["Example Bank" in line for line in lines])
    assert (replay.naming(supposed) == named).all()
    before = replay.exposed(date(2025, 1, 14), Sort.EXPOSURE)
    after = replay.exposed(date(2025, 1, 15), Sort.EXPOSURE)
    assert (after >= before).all()
    assert after[named].all()


def test_a_payment_without_a_day_is_a_review_and_named(
    asking: Callable[[str], Screener],
) -> None:
    line = rows(1, 1)[0]
    book = book_from(["soon" + line[line.index(",") :], line])
    replay = Replay(asking("foreign_bank"), book, law())
    replayed = replay.run()
    assert replayed.verdicts[0] == 1
    assert replayed.problems[0].position == "row 1"
    assert replay.problems_of(0) == ("bad_date",)


def test_a_table_without_a_day_or_a_party_is_no_book() -> None:
    with pytest.raises(UsageError, match="day"):
        book_columns(["payer", "amount"])
    with pytest.raises(UsageError, match="party"):
        book_columns(["date", "amount"])


def test_headings_of_a_book_are_read_in_three_languages() -> None:
    columns = book_columns(["Дата", "Плательщик", "Плательщик ИНН", "收款人", "Сумма"])
    assert set(columns.whole) == {"day", "amount"}
    assert {str(role): set(of) for role, of in columns.parties.items()} == {
        "debtor": {"name", "inn"},
        "creditor": {"name"},
    }


def test_different_rows_stay_different_however_many_columns() -> None:
    table = np.array([[1, 2**40, -1], [1, 2**40, 3], [1, 2**40, -1]], np.int64)
    alike, inverse = unique_rows(table)
    assert (alike[inverse] == table).all()
    assert len(alike) == 2
