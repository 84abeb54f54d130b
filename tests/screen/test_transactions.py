from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.model import (
    Conduct,
    FreeText,
    GoodsLine,
    Involved,
    Money,
    Party,
    Place,
    Role,
    Transaction,
)
from clearway.screen.compiled import CompiledSet
from clearway.screen.profile import load_profile
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed
from clearway.screen.transactions import TransactionScreening, check_transaction

from .conftest import SDN

Screeners = Callable[[str | None], Screener]
_DAYS = (date(2023, 12, 21), date(2023, 12, 22), date(2024, 6, 11), date(2024, 6, 12))

PAYMENT = Transaction(
    kind="payment",
    reference="PAY-1",
    day=date(2024, 6, 12),
    amount=Money(Decimal(1250000), "CNY"),
    parties=(
        Involved(Role.DEBTOR, Party("OOO Severny Instrument", countries=("RU",))),
        Involved(Role.CREDITOR, Party("Ningbo Lathes Co Ltd", countries=("CN",))),
        Involved(
            Role.DEBTOR_AGENT,
            Party("Promsvyazbank", identifiers=(("bic", "PRMSRUMM"),)),
        ),
    ),
    goods=(GoodsLine("8457.10", "CNC machining centre"),),
    places=(Place("Russia", "destination"),),
)


@pytest.fixture
def asking(compiled: CompiledSet) -> Screeners:
    def make(profile: str | None) -> Screener:
        config = load_profile(profile)
        return Screener(compiled, [SDN], as_of=date(2024, 5, 17), config=config)

    return make


def rules(screening: TransactionScreening) -> dict[str, bool]:
    return {finding.rule: finding.shown for finding in screening.findings}


def test_four_days_give_one_payment_four_answers(asking: Screeners) -> None:
    screener = asking("foreign_bank")
    answers = []
    for day in _DAYS:
        found = check_transaction(screener, replace(PAYMENT, day=day))
        licences = {note.id for f in found.findings for note in f.licences}
        answers.append((rules(found), frozenset(licences)))
    before, first, later, wide = answers
    assert "us-14024-11-a-ii-items" not in before[0]
    assert first[0]["us-14024-11-a-i"] is False
    assert "us-14024-11-a-ii-transaction" not in later[0]
    assert wide[0]["us-14024-11-a-ii-transaction"] is True
    assert len({str(answer) for answer in answers}) == 4


def test_a_blocked_bank_stops_a_us_person_with_a_report_due_in_ten_business_days(
    asking: Screeners,
) -> None:
    found = check_transaction(asking("us_person"), PAYMENT)
    (blocked,) = [f for f in found.findings if f.rule == "us-14024-blocking"]
    assert found.verdict == "stop"
    # Juneteenth lies between: 12 June 2024 and ten business days.
    report = next(due for due in blocked.due if due.duty == "us-blocked-report")
    assert report.by == date(2024, 6, 27)


def test_exposure_is_a_review_unless_the_bank_refuses_it(asking: Screeners) -> None:
    service = Transaction(
        kind="service",
        conduct=Conduct.SERVICE,
        day=date(2024, 6, 12),
        parties=(Involved(Role.CUSTOMER, Party("Vladimir Putin", "person")),),
    )
    found = check_transaction(asking("foreign_bank"), service)
    assert rules(found)["us-14024-11-a-ii-service"] is False, "the match is possible"
    assert found.verdict == "review"


def test_an_asker_who_does_not_say_who_he_is_is_never_stopped_by_law(
    asking: Screeners,
) -> None:
    crimea = Transaction(
        day=date(2024, 6, 12),
        parties=(Involved(Role.BUYER, Party("Some Buyer", address="Simferopol")),),
        goods=(GoodsLine("1006.30", "rice"),),
        places=(Place("Sevastopol, Crimea", "destination"),),
    )
    unsaid = check_transaction(asking(None), crimea)
    said = check_transaction(asking("us_person"), crimea)
    assert unsaid.verdict == "review"
    assert said.verdict == "stop"
    assert any("crimea" in rule for rule in rules(said))


def test_no_party_is_judged_by_the_law_of_another_day_than_the_transaction(
    asking: Screeners,
) -> None:
    soap = Transaction(
        day=date(1990, 1, 1),
        parties=(
            Involved(
                Role.BUYER,
                Party("Damask Soap Works", "organization", countries=("SY",)),
            ),
        ),
    )
    screener = asking("us_person")
    assert screener.as_of == date(2024, 5, 17)
    before = check_transaction(screener, soap)
    assert (before.verdict, rules(before)) == ("clear", {})
    under = check_transaction(screener, replace(soap, day=date(2024, 5, 1)))
    assert under.verdict == "stop"
    assert "us-syria-party" in rules(under)


def test_a_licence_fits_until_its_minute_in_new_york(asking: Screeners) -> None:
    gas = replace(
        PAYMENT, goods=(), purpose="energy", day=None, conduct=Conduct.FACILITATED
    )
    screener = asking("us_person")

    def state(at: datetime) -> dict[str, str]:
        found = check_transaction(screener, replace(gas, at=at))
        notes = [note for f in found.findings for note in f.licences if note.fits]
        return {note.id: str(note.state) for note in notes}

    assert state(datetime(2024, 10, 29, 4, 0, tzinfo=UTC))["gl-8j"] == "in force"
    # None of energy is in force after the last of the series, but for its wind-down.
    after = state(datetime(2025, 3, 12, 4, 2, tzinfo=UTC))
    assert "in force" not in after.values()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"goods": (GoodsLine("845", "lathe"),)}, "bad_code_length"),
        ({"amount": Money(Decimal(1), "QQQ")}, "unknown_currency"),
        ({"amount": Money(Decimal(-1), "EUR")}, "bad_amount"),
        ({"parties": ()}, "no_party"),
        ({"goods": (GoodsLine(),)}, "no_goods_described"),
        (
            {"at": datetime(2024, 1, 1, tzinfo=UTC), "day": date(2024, 6, 12)},
            "contradictory_dates",
        ),
        ({"places": (Place("Atlantis", "destination"),)}, "unknown_place"),
    ],
)
def test_what_is_wrong_is_a_problem_a_review_and_the_rest_is_judged(
    asking: Screeners, change: dict[str, Any], code: str
) -> None:
    plain = replace(PAYMENT, parties=PAYMENT.parties[:2], goods=(), places=())
    found = check_transaction(asking("foreign_bank"), replace(plain, **change))
    assert code in {problem.code for problem in found.problems}
    assert found.verdict == "review"


def test_a_mere_mention_of_a_town_is_a_reason_to_look_and_no_more(
    asking: Screeners,
) -> None:
    mention = Transaction(
        day=date(2024, 6, 12),
        parties=(Involved(Role.DEBTOR, Party("A Person", countries=("PL",))),),
        texts=(FreeText("donation for the people of Mariupol"),),
    )
    found = check_transaction(asking("us_person"), mention)
    assert found.verdict == "review"
    assert not any(finding.shown for finding in found.findings)


def test_the_same_transaction_gives_the_same_bytes(asking: Screeners) -> None:
    screener = asking("foreign_bank+eu_person")
    first = check_transaction(screener, PAYMENT).to_json()
    assert check_transaction(screener, PAYMENT).to_json() == first


def test_a_stale_list_never_clears_a_transaction(compiled: CompiledSet) -> None:
    stale = ListUsed("ofac", "sdn", "2023-01-01", "2023-01-02", "0" * 64, 5, True)
    screener = Screener(
        compiled, [stale], as_of=date(2024, 5, 17), config=load_profile("eu_person")
    )
    plain = Transaction(
        day=date(2024, 5, 1), parties=(Involved(Role.DEBTOR, Party("Ingela Lund")),)
    )
    assert check_transaction(screener, plain).verdict == "review"


TEXTS = st.text(max_size=30) | st.sampled_from(
    ["Promsvyazbank", "RU", "Sevastopol", "854231", "8542.31", "Крым", "energy"]
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    names=st.lists(TEXTS, max_size=3),
    code=TEXTS,
    place=TEXTS,
    purpose=TEXTS,
    role=st.sampled_from(Role),
    day=st.dates(date(2010, 1, 1), date(2027, 1, 1)),
)
def test_any_transaction_gets_an_answer_and_nothing_unknown_is_clear(
    asking: Screeners,
    names: list[str],
    code: str,
    place: str,
    purpose: str,
    role: Role,
    day: date,
) -> None:
    transaction = Transaction(
        day=day,
        parties=tuple(Involved(role, Party(name)) for name in names),
        goods=(GoodsLine(code),),
        places=(Place(place, "destination"),),
        purpose=purpose,
    )
    found = check_transaction(asking("us_person+eu_person"), transaction)
    if found.problems or any(s.problems for _, s in found.screenings):
        assert found.verdict != "clear"
    assert (
        found.to_json()
        == check_transaction(asking("us_person+eu_person"), transaction).to_json()
    )


def test_a_stake_of_a_party_in_itself_is_told_and_never_clear(
    asking: Screeners,
) -> None:
    stakes = ({"owner": "Ordinary BV", "owned": "Ordinary BV", "share": "10"},)
    payment = replace(
        PAYMENT,
        parties=(Involved(Role.CREDITOR, Party("Ordinary BV")),),
        goods=(),
        places=(),
        texts=(),
        stakes=stakes,
    )
    found = check_transaction(asking(None), payment)
    assert "stake_in_itself" in {problem.code for problem in found.problems}
    assert str(found.verdict) != "clear"
