import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import UsageError
from clearway.model import Transaction
from clearway.rules import Sort, law
from clearway.screen.compiled import CompiledSet
from clearway.screen.profile import load_profile
from clearway.screen.replaying import LEGAL, Replay, Replayed
from clearway.screen.screener import Screener
from clearway.screen.supposing import Supposed
from clearway.screen.transactions import check_transactions
from clearway.tables.book import Book, book_columns, read_book
from clearway.tables.coded import grouped
from clearway.tables.reading import open_table
from clearway.tables.table import Table
from clearway.tables.transaction_rows import table_transactions

from .conftest import SDN

HEADER = (
    "date,debtor,debtor_country,debtor_account,debtor_bank,debtor_bank_bic,creditor,"
    "creditor_country,creditor_address,amount,currency,hs_code,description,"
    "destination,purpose,remittance,channel,end_user"
)
_DAYS = [str(date(2023, 6, 1) + timedelta(days=n)) for n in range(600)]
_DAYS += ["2024-06-12T00:01:00-04:00", "2024-06-12T09:00:00"]
_DEBTORS = ["OOO Primer,RU", "Putin Vladimir,RU", "Ali Muhammad,SY", "Lund AB,SE"]
_DEBTORS += ["Ali Muhammad,Ruritania", ",", "Lund Bank AB,"]
_DEBTORS += ["PROMSVYAZBANK choir,", "Lund Bank AB,RU"]
_ACCOUNTS = ["", "", "40702810500000000001", "DE89370400440532013000", "12"]
_BANKS = ["Promsvyazbank,PRMSRUMM", "Example Bank,", ",", ",SABRRUMM"]
_CREDITORS = ["Ningbo Lathes Co,CN", "Tehran Foods,IR", "Almaty Trade TOO,KZ"]
_ADDRESSES = ["", "12 Lenin street Simferopol", "Donetsk", "Harbour road 7"]
_ADDRESSES += ["Moscow Russia"]
_AMOUNTS = ["100,CNY", "2500.50,USD", "7,", "many,EUR", "-3,EUR", ",", "9,XXQ"]
_GOODS = ["", "845710", "854231", "520100", "12"]
_DESCRIPTIONS = ["", "", "milling machine", "ball bearings"]
_PLACES = ["", "RU", "KZ", "Sevastopol Crimea", "Nowhere Land"]
_PURPOSES = ["", "energy", "medicine", "help for Promsvyazbank"]
_TEXTS = [
    *("", "", "invoice 17", "contract with PROMSVYAZBANK of May", "OOO Primer"),
    *("to Simferopol by rail", "IBAN DE89370400440532013000", "PRMSRUMM"),
    *("Putin Vladimir", "for Vladimir PUTIN and Ali Muhammad", "rent"),
]
_CHANNELS = ["", "", "online", "Promsvyazbank"]
_END_USERS = ["", "", "Ministry of Works", "Putin Vladimir"]
_CELLS = (
    *(_DAYS, _DEBTORS, _ACCOUNTS, _BANKS, _CREDITORS, _ADDRESSES, _AMOUNTS, _GOODS),
    *(_DESCRIPTIONS, _PLACES, _PURPOSES, _TEXTS, _CHANNELS, _END_USERS),
)
LINES = st.lists(
    st.tuples(*(st.sampled_from(cells) for cells in _CELLS)).map(",".join),
    min_size=1,
    max_size=25,
)


def rows(count: int, seed: int) -> list[str]:
    chosen = random.Random(seed)
    return [",".join(chosen.choice(cells) for cells in _CELLS) for _ in range(count)]


def table_from(lines: list[str]) -> Table:
    text = "\n".join((HEADER, *lines)).encode()
    return open_table(BytesIO(text), name="payments.csv")


def book_from(lines: list[str]) -> Book:
    table = table_from(lines)
    return read_book(table, book_columns(table.columns))


def alone(lines: list[str]) -> list[Transaction]:
    """Each row as `check` reads it by itself, as a payment."""
    found = table_transactions(table_from(lines))
    return [replace(made, kind="payment") for made in found]


def is_same(
    replay: Replay, replayed: Replayed, lines: list[str], ask: Screener
) -> None:
    """Each payment of a book is judged as it is judged by itself."""
    held = law().rules
    each = check_transactions(ask, alone(lines))
    assert replayed.rows == len(each)
    for number, (line, one) in enumerate(zip(lines, each, strict=True)):
        assert replayed.verdicts[number] == one.verdict.rank, line
        told = {held[rule].id for rule, _ in replay.rules_of(number)}
        assert told == {finding.rule for finding in one.findings}, line
        problems = {problem.code for problem in one.problems}
        problems |= {p.code for _, found in one.screenings for p in found.problems}
        assert set(replay.problems_of(number)) == problems, line


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
    lines = rows(400, 7)
    screener = asking(profile)
    replay = Replay(screener, book_from(lines), law())
    is_same(replay, replay.run(), lines, screener)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lines=LINES, profile=st.sampled_from(["foreign_bank", "us_person+eu_person"]))
def test_whatever_stands_in_a_book_it_is_judged_as_each_payment_alone(
    asking: Callable[[str], Screener], lines: list[str], profile: str
) -> None:
    screener = asking(profile)
    replay = Replay(screener, book_from(lines), law())
    is_same(replay, replay.run(), lines, screener)


def test_the_whole_book_under_one_days_law_is_each_payment_moved_to_that_day(
    asking: Callable[[str], Screener],
) -> None:
    lines = rows(150, 11)
    screener = asking("foreign_bank")
    replay = Replay(screener, book_from(lines), law())
    replayed = replay.run()
    days = (date(2023, 12, 21), date(2023, 12, 22), date(2024, 6, 12))
    steps = list(replay.steps(days, replayed.amounts))
    for day, (step_day, count, _) in zip(days, steps, strict=True):
        exposed = replay.exposed(day, *LEGAL)
        assert (step_day, count) == (day, int(exposed.sum()))
        moved = [str(day) + line[line.index(",") :] for line in lines]
        for number, one in enumerate(check_transactions(screener, alone(moved))):
            sorts = {finding.sort for finding in one.findings}
            assert exposed[number] == bool(sorts & set(LEGAL)), (day, lines[number])


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
    assert replayed.problems[0].position == "line 2"
    assert replay.problems_of(0) == ("bad_date",)


def test_rows_that_are_wrong_are_judged_by_the_rest_counted_and_told(
    asking: Callable[[str], Screener],
) -> None:
    whole = rows(3, 5)
    lines = [whole[0], "2024-05-17,Putin Vladimir,RU", whole[1] + ",more", whole[2]]
    screener = asking("foreign_bank")
    replay = Replay(screener, book_from(lines), law())
    replayed = replay.run()
    is_same(replay, replayed, lines, screener)
    told = {problem.position: problem.code for problem in replayed.problems}
    assert told.items() >= {"line 3": "short_row", "line 4": "long_row"}.items()
    assert replayed.troubled["short_row"] == replayed.troubled["long_row"] == 1
    assert replayed.verdicts[1] > 0


def test_a_word_of_a_text_that_only_says_a_party_again_names_nobody_else(
    asking: Callable[[str], Screener],
) -> None:
    cells = "2024-05-17,{},,,,,Lund AB,SE,,1,EUR,,,,,for {},,"
    names = ["PROMSVYAZBANK choir", "Lund AB"]
    lines = [cells.format(name, "PROMSVYAZBANK") for name in names]
    screener = asking("foreign_bank")
    replay = Replay(screener, book_from(lines), law())
    is_same(replay, replay.run(), lines, screener)
    assert replay.texts == 1


def test_who_is_not_in_the_book_is_told_apart_from_who_is_spelt_otherwise(
    asking: Callable[[str], Screener],
) -> None:
    replay = Replay(asking("foreign_bank"), book_from(rows(60, 2)), law())
    assert replay.nearest("Exampel Bank")[0] == "Example Bank"
    assert not replay.nearest("Quite Another Firm")


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


@given(
    st.lists(
        st.tuples(st.integers(-1, 3), st.integers(0, 2**40), st.integers(-5, 2**40)),
        min_size=1,
        max_size=60,
    )
)
def test_different_rows_stay_different_however_many_columns(
    cells: list[tuple[int, int, int]],
) -> None:
    table = np.array(cells, np.int64)
    different, which = grouped(list(table.T))
    assert (different[which] == table).all()
    assert len(different) == len(set(cells))
