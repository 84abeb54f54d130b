"""The page on ownership says what the program does."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clearway.ownership.deciding import Answer, evaluate
from clearway.ownership.stake import Interest, Share, Stake
from clearway.screen.owning import law_of, ownership_laws

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ownership.md"


def rows(heading: str) -> Iterator[list[str]]:
    """The rows of the first table under a heading."""
    text = PAGE.read_text("utf-8").partition(f"## {heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", text, re.M)
    assert table
    for line in table[0].splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


CASES = [*rows("Worked cases")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[5]}, {case[1]}")
def test_a_worked_case_comes_out_as_the_page_says(case: list[str]) -> None:
    rule, day_, told, owned, free, _ = case
    stakes = []
    for words in told.split(", "):
        owner, size, party = words.split()
        if size == "control":
            stakes.append(Stake(owner, party, kind=Interest.CONTROL))
        else:
            stakes.append(Stake(owner, party, Share.percent(size)))
    day = date.fromisoformat(day_)
    result = evaluate(stakes, ["X", "Y"], law_of(rule, day), day)
    assert list(result.owned) == owned.split()
    assert all(result.answer(party) is Answer.NOT_OWNED for party in free.split())
    parties = {stake.owned for stake in stakes}
    assert parties == {*owned.split(), *free.split()}


def test_every_period_of_every_rule_is_on_the_page() -> None:
    told = [*rows("The rules")]
    known = []
    for rule, periods in ownership_laws().items():
        for period in periods:
            last = period.last.isoformat() if period.last else ""
            head = [f"`{rule}`", period.first.isoformat(), last]
            if period.in_force != "yes":
                force = "not in force" if period.in_force == "no" else "unconfirmed"
                known.append([*head, force, "", ""])
                continue
            test = period.test
            how = f"{test.op} {test.threshold}"
            flags = ["yes" if flag else "no" for flag in (test.aggregate, test.control)]
            known.append([*head, how, *flags])
    assert told == sorted(known, key=lambda row: told.index(row) if row in told else 99)
    assert len(told) == len(known)
