"""The cases that authorities work out, under each rule, on the days beside a change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from clearway.ownership.deciding import Answer, evaluate
from clearway.ownership.stake import Interest, Share, Stake
from clearway.ownership.threshold import Test

US = Test()
EU_BEFORE = Test(op=">", control=True)
EU = Test(control=True)
UK = Test(
    op=">",
    aggregate=False,
    control=True,
    of=(Interest.SHARES, Interest.VOTING_RIGHTS),
)
DAY = date(2024, 7, 3)
YES, NO, OPEN = Answer.OWNED, Answer.NOT_OWNED, Answer.UNKNOWN


def owns(*rows: str) -> list[Stake]:
    """Stakes from lines such as `X A 50` or `X A 60 voting_rights`."""
    found = []
    for row in rows:
        owner, owned, size, *kind = row.split()
        share = Share(Fraction(0), Fraction(1)) if size == "?" else Share.percent(size)
        interest = Interest(kind[0]) if kind else Interest.SHARES
        found.append(Stake(owner, owned, share, interest))
    return found


def answers(
    stakes: list[Stake], test: Test, *listed: str, day: date = DAY
) -> dict[str, Answer]:
    result = evaluate(stakes, listed or ("X", "Y"), test, day)
    quick = evaluate(stakes, listed or ("X", "Y"), test, day, exact=False)
    found = {key: result.answer(key) for key in result.register.ids}
    assert found == {key: quick.answer(key) for key in quick.register.ids}
    return {key: answer for key, answer in found.items() if key not in "XYZ"}


CASES = {
    "half of a company, and half of the next (FAQ 401)": (
        US, ["X A 50", "A B 50"], {"A": YES, "B": YES},
    ),
    "two halves that hold a quarter each (FAQ 401)": (
        US, ["X A 50", "X B 50", "A C 25", "B C 25"], {"A": YES, "B": YES, "C": YES},
    ),
    "a direct stake and one through a half (FAQ 401)": (
        US, ["X A 50", "X B 10", "A B 40"], {"A": YES, "B": YES},
    ),
    "an intermediate below half counts with nothing (FAQ 401)": (
        US, ["X A 50", "X B 25", "A C 25", "B C 25"], {"A": YES, "B": NO, "C": NO},
    ),
    "two quarters of two companies reach nothing below (FAQ 401)": (
        US, ["X A 25", "X B 25", "A C 50", "B C 50"], {"A": NO, "B": NO, "C": NO},
    ),
    "two blocked persons are added (FAQ 399)": (US, ["X A 25", "Y A 25"], {"A": YES}),
    "control without ownership (FAQ 398)": (
        US, ["X A 49", "X A ? control"], {"A": NO},
    ),
    "the same control counts in the Union": (
        EU, ["X A 49", "X A ? control"], {"A": YES},
    ),
    "two listed persons are added in the Union (FAQ B.8)": (
        EU_BEFORE, ["X A 30", "Y A 25"], {"A": YES},
    ),
    "half in the Union until 2 July 2024": (EU_BEFORE, ["X A 50"], {"A": NO}),
    "half in the Union from 3 July 2024": (EU, ["X A 50"], {"A": YES}),
    "two quarters in the Union from 3 July 2024": (
        EU, ["X A 25", "Y A 25"], {"A": YES},
    ),
    "two designated persons are not added in Britain": (
        UK, ["X A 30", "Y A 30"], {"A": NO},
    ),
    "half in Britain": (UK, ["X A 50"], {"A": NO}),
    "more than half in Britain": (UK, ["X A 50.0001"], {"A": YES}),
    "one person through two companies, in Britain": (
        UK, ["X A 60", "X B 10", "A B 45"], {"A": YES, "B": YES},
    ),
    "votes count in Britain": (UK, ["X A 10", "X A 51 voting_rights"], {"A": YES}),
    "votes are not shares in America": (
        US, ["X A 10", "X A 51 voting_rights"], {"A": NO},
    ),
    "more than half of the votes is control in the Union": (
        EU, ["X A 10", "X A 51 voting_rights"], {"A": YES},
    ),
    "half of the votes is not": (EU, ["X A 10", "X A 50 voting_rights"], {"A": NO}),
    "most of the board": (UK, ["X A ? board_majority"], {"A": YES}),
    "most of the board, in America": (US, ["X A ? board_majority"], {"A": NO}),
    "a director decides nothing": (EU, ["X A ? director"], {"A": NO}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_worked_case(case: str) -> None:
    test, rows, expected = CASES[case]
    assert answers(owns(*rows), test) == expected


@pytest.mark.shared
def test_every_case_of_the_collected_law_comes_out(shared: Path) -> None:
    yaml = pytest.importorskip("yaml")
    text = (shared / "law" / "ownership_rules.yaml").read_text("utf-8")
    rules = yaml.safe_load(text)
    cases: list[dict[str, Any]] = rules["test_cases"]
    assert len(cases) == 13
    for case in cases:
        test = _test_of(rules["rules"], case)
        stakes = owns(*(f"{a} {b} {share}" for a, b, share in case["owns"]))
        stakes += owns(*(f"{a} {b} ? control" for a, b in case.get("controls", ())))
        found = answers(stakes, test, *map(str, case["blocked"]))
        expected = {k: YES if v else NO for k, v in case["expect"].items()}
        assert found == expected, case["id"]


def _test_of(rules: list[dict[str, Any]], case: Mapping[str, Any]) -> Test:
    """The test that the collected facts set, not our own law file."""
    by_id = {rule["id"]: rule for rule in rules}
    where = case.get("jurisdiction", "US")
    rule = by_id[{"US": "US-OFAC-50", "EU": "EU-OWN", "UK": "UK-OWN"}[where]]
    threshold = rule.get("threshold")
    if threshold is None:
        day = case.get("as_of", date(2024, 7, 3))
        threshold = next(
            period["threshold"]
            for period in rule["periods"]
            if period["from"] <= day and (period["to"] is None or day <= period["to"])
        )
    added = [value for key, value in rule.items() if key.startswith("aggregate_across")]
    return Test(
        threshold=Fraction(threshold["percent"], 100),
        op=threshold["op"],
        aggregate=added[0],
        control=rule["control_counts"],
        of=tuple(Interest(kind) for kind in threshold.get("of", ["shares"])),
    )


def test_the_sum_is_told_as_a_reviewer_would_write_it() -> None:
    result = evaluate(owns("X A 50", "A B 25", "X B 25"), ["X"], US, DAY)
    told = result.of("B")
    assert told.sentence == (
        "A is owned 50 % by X (listed): 50 % >= 50 %; B is owned 25 % by A, which "
        "counts as X's, and 25 % by X (listed): 25 % + 25 % = 50 % >= 50 %."
    )
    assert told.owners == ("X",)
    assert [chain.parties for chain in told.chains] == [("X", "A", "B"), ("X", "B")]
    assert told.share == Share.percent(50)


def test_a_sum_that_is_not_enough_says_whose_stake_does_not_count() -> None:
    result = evaluate(owns("X B 25", "X C 25", "B C 25"), ["X"], US, DAY)
    assert result.of("C").sentence == (
        "C is owned 25 % by X (listed): 25 %, which is not >= 50 %; the stake of B "
        "(25 %), which is not owned itself, does not count."
    )


def test_companies_that_own_each_other_are_nobodys() -> None:
    ring = owns("A B 100", "B A 100")
    assert answers(ring, US, "X") == {"A": NO, "B": NO}
    assert answers([*ring, *owns("X A 50")], US, "X") == {"A": YES, "B": YES}
    told = evaluate([*ring, *owns("X A 50")], ["X"], US, DAY).of("A")
    assert told.sentence == "A is owned 50 % by X (listed): 50 % >= 50 %."
    assert [problem.code for problem in told.problems] == ["stakes_past_100"]


def test_a_missing_share_makes_ownership_possible_and_no_more() -> None:
    assert answers(owns("X A ?"), US) == {"A": OPEN}
    assert answers(owns("X A ?", "Z A 51"), US) == {"A": NO}
    assert answers(owns("X A ?", "Z A 50"), US) == {"A": OPEN}
    assert answers(owns("X A ?", "Z A 100"), US) == {"A": NO}
    # Stakes past a hundred contradict each other, and limit nobody else's.
    assert answers(owns("X A ?", "Z A 60", "Q A 60"), US)["A"] is OPEN
    told = evaluate(owns("X A ?", "Z A 40"), ["X"], US, DAY).of("A")
    assert told.share == Share(Fraction(0), Fraction(60, 100))
    assert "cannot be known" in told.sentence


def test_a_range_decides_by_its_lower_end() -> None:
    def held(low: int, high: int, **ends: bool) -> Answer:
        share = Share(Fraction(low, 100), Fraction(high, 100), **ends)
        return answers([Stake("X", "A", share)], UK)["A"]

    assert held(51, 75) is YES
    assert held(50, 75) is OPEN
    assert held(50, 75, over=True) is YES
    assert held(25, 50) is NO
    assert answers([Stake("X", "A", Share(Fraction(1, 4), Fraction(1, 2)))], US) == {
        "A": OPEN
    }
    less = Share(Fraction(1, 4), Fraction(1, 2), under=True)
    assert answers([Stake("X", "A", less)], US) == {"A": NO}


def test_thirds_are_thirds() -> None:
    third = Share.exactly(Fraction(1, 3))
    sixth = Share.exactly(Fraction(1, 6))
    stakes = [Stake("X", "A", third), Stake("Y", "A", sixth)]
    assert answers(stakes, US) == {"A": YES}
    assert answers(stakes, EU_BEFORE) == {"A": NO}
    assert str(third) == "33 1/3 %"


def test_a_stake_counts_from_its_first_to_its_last_day() -> None:
    from clearway.model import PartialDate

    first, last = date(2024, 3, 1), date(2024, 6, 30)
    stake = Stake(
        "X", "A", Share.percent(60),
        since=PartialDate.parse("2024-03-01"), until=PartialDate.parse("2024-06-30"),
    )  # fmt: skip
    one = timedelta(days=1)
    days = {first - one: NO, first: YES, last: YES, last + one: NO}
    for day, expected in days.items():
        assert answers([stake], US, day=day) == {"A": expected}, day
    year = replace(stake, since=PartialDate.parse("2024"), until=None)
    assert answers([year], US, day=date(2023, 12, 31)) == {"A": NO}
    assert answers([year], US, day=date(2024, 6, 1)) == {"A": OPEN}
    assert answers([year], US, day=date(2024, 12, 31)) == {"A": YES}


def test_stakes_past_a_hundred_are_counted_and_said() -> None:
    result = evaluate(owns("X A 60", "Z A 60"), ["X"], US, DAY)
    assert result.answer("A") is YES
    (problem,) = result.problems
    assert problem.code == "stakes_past_100"
    assert problem.message.startswith("share: the stakes in A (shares) sum to 120 %")


def test_a_stake_in_itself_is_left_out_and_leaves_doubt() -> None:
    stakes = owns("X A 40", "A A 20")
    result = evaluate(stakes, ["X"], US, DAY)
    assert result.answer("A") is OPEN
    assert result.problems[0].code == "stake_in_itself"
    assert result.problems[0].message.startswith("owned: ")
    assert answers(owns("A A 100"), US) == {"A": NO}


def test_a_stake_told_twice_counts_once_for_certain() -> None:
    result = evaluate(owns("X A 25", "X A 25"), ["X"], US, DAY)
    assert result.answer("A") is OPEN
    assert [p.code for p in result.problems] == ["stake_told_twice"]
    assert evaluate(owns("X A 25", "X A 26"), ["X"], US, DAY).answer("A") is YES


def classes(*rows: str) -> list[Stake]:
    found = []
    for row in rows:
        owner, owned, size, class_ = row.split()
        found.append(Stake(owner, owned, Share.percent(size), share_class=class_))
    return found


def test_classes_of_unknown_weight_must_each_reach_the_threshold() -> None:
    assert answers(classes("X A 60 a", "X A 55 b"), US) == {"A": YES}
    assert answers(classes("X A 60 a", "X A 40 b", "Z A 40 a"), US) == {"A": OPEN}
    assert answers(classes("X A 40 a", "Z A 60 a", "Z A 100 b"), US) == {"A": NO}
    assert answers(classes("X A 60 ordinary"), US) == {"A": YES}
    told = evaluate(classes("X A 60 a", "X A 55 b"), ["X"], US, DAY).of("A")
    assert "by class a 60 %, b 55 %, the weight of each unknown" in told.sentence


def test_an_indirect_stake_is_not_counted_beside_its_chain() -> None:
    indirect = replace(owns("X C 50")[0], indirect=True)
    chain = owns("X B 100", "B C 50")
    assert answers([*chain, indirect], US) == {"B": YES, "C": YES}
    assert answers([*owns("X B 100", "B C 30"), indirect], US)["C"] is OPEN
    assert answers([indirect], US) == {"C": OPEN}
    three = [*owns("X B 100", "B C 30"), replace(indirect, share=Share.percent(30))]
    assert answers(three, US)["C"] is NO


def test_an_account_of_a_subsidiary_means_more_than_half() -> None:
    stakes = [Stake("X", "A", kind=Interest.CONSOLIDATION)]
    for test in (US, EU_BEFORE, EU, UK):
        assert answers(stakes, test) == {"A": YES}
    told = evaluate(stakes, ["X"], US, DAY).of("A")
    assert told.sentence == (
        "A is in the accounts of X (listed), as a rule with more than 50 %: that is "
        ">= 50 %."
    )
    known = [*stakes, *owns("X A 30")]
    assert answers(known, US) == {"A": NO}
    assert answers(known, EU) == {"A": YES}


def test_parties_that_act_jointly_are_added_where_others_are_not() -> None:
    stakes = owns("X A 30", "Y A 30")
    apart = evaluate(stakes, ["X", "Y"], UK, DAY)
    assert apart.answer("A") is NO
    assert "act jointly" in apart.of("A").sentence
    joint = evaluate(stakes, ["X", "Y"], UK, DAY, joint=[["X", "Y"]])
    assert joint.answer("A") is YES


def test_a_party_that_may_be_listed_leaves_what_it_owns_open() -> None:
    stakes = owns("X A 60", "A B 60")
    result = evaluate(stakes, [], US, DAY, perhaps=["X"])
    assert result.unknown == ("A", "B")
    assert "X (who may be listed)" in result.of("A").sentence


def test_control_that_does_not_count_is_shown_as_a_sign() -> None:
    told = evaluate(owns("X A 49", "X A ? control"), ["X"], US, DAY).of("A")
    assert told.signs == (
        "X (listed) controls it; control does not count in this test",
    )


@pytest.mark.parametrize(
    "wrong",
    [{"threshold": Fraction(0)}, {"threshold": Fraction(2)}, {"op": "<"}, {"of": ()}],
    ids=str,
)
def test_a_test_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"threshold|op is|of names"):
        Test(**wrong)


def test_where_whole_numbers_do_not_fit_fractions_are_taken() -> None:
    primes = [10**9 + 7, 10**9 + 9, 10**9 + 21, 10**9 + 33]
    stakes = [
        Stake("X", f"A{prime}", Share.exactly(Fraction(prime // 2 + 1, prime)))
        for prime in primes
    ]
    result = evaluate(stakes, ["X"], EU_BEFORE, DAY, exact=False)
    assert not result.quick
    assert len(result.owned) == 4
