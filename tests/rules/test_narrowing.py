"""Rules found by their clauses are those that asking every rule would have found."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.rules import Facts, Item, law
from clearway.rules.condition import asked_in
from clearway.rules.facts import DAY, FACTS, NUMBER, SCOPES, WORDS, YES, scope_of
from clearway.rules.narrowing import Narrowing, is_silent
from clearway.rules.rule import PERSONS

BOOK = law()
DAYS = sorted({*BOOK.changes, date(2024, 5, 15), date(2024, 6, 12)})


def _asked() -> Mapping[str, list[Any]]:
    """The values that some rule compares each fact with."""
    conditions = [rule.when for rule in BOOK.rules]
    conditions += [definition.when for definition in BOOK.definitions]
    found: dict[str, list[Any]] = {fact: [] for fact in FACTS}
    for condition in conditions:
        for one in asked_in(condition, {}):
            value = one.value
            if one.operator not in ("differs_from", "has_some"):
                words = sorted(value) if isinstance(value, frozenset) else [value]
                found[one.fact] += words
    return found


ASKED = _asked()


def _value(fact: str) -> st.SearchStrategy[Any]:
    sort, words = FACTS[fact][0], ASKED[fact] or ["other"]
    if sort == YES:
        return st.sampled_from([None, True, False])
    if sort == DAY:
        return st.sampled_from([None, date(2022, 3, 1), date(2024, 1, 1)])
    if sort == NUMBER:
        return st.sampled_from([None, Decimal(0), Decimal(10_000_000)])
    word = st.sampled_from([*words, "other"])
    if sort == WORDS:
        some = st.lists(word, max_size=2, unique=True).map(tuple)
        return st.none() | st.just(()) | some
    return st.none() | word


def _facts(scope: str) -> st.SearchStrategy[dict[str, Any]]:
    own = [fact for fact in FACTS if scope_of(fact) == scope]
    if scope == SCOPES[0]:
        own += [fact for fact in FACTS if scope_of(fact) == "asker"]
    return st.fixed_dictionaries({}, optional={fact: _value(fact) for fact in own})


def _items(scope: str) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(_facts(scope).map(lambda known: Item("it", known)), max_size=3).map(
        tuple
    )


FACTS_OF_ALL = st.builds(
    Facts, _facts("transaction"), _items("party"), _items("goods"), _items("place")
)


@settings(max_examples=150, deadline=None)
@given(FACTS_OF_ALL, st.sampled_from(DAYS), st.sets(st.sampled_from(PERSONS)))
def test_no_rule_that_may_hold_is_struck_out(
    facts: Facts, day: date, binds: set[str]
) -> None:
    rules = [rule for rule in BOOK.rules_on(day) if not binds.isdisjoint(rule.binds)]
    meanings = BOOK.meanings(day)
    expected = [
        (rule.id, at)
        for rule in rules
        for at, item in enumerate(facts.items(rule.each))
        for truth in [rule.when.truth({**facts.whole, **item.known}, meanings)]
        if truth or (truth is None and not is_silent(rule, day))
    ]
    left = [
        (rule.id, at) for rule, at, _ in Narrowing(rules, meanings, day).may_hold(facts)
    ]
    assert [pair for pair in left if pair in expected] == expected


def test_of_an_ordinary_party_no_rule_is_left() -> None:
    day = date(2024, 5, 15)
    known = {
        "party.role": "debtor",
        "party.is_bank": False,
        "party.match": "certain",
        "party.countries": ("de",),
        **dict.fromkeys(
            (
                *("party.lists", "party.programmes", "party.tags", "party.directives"),
                *("party.remarks", "party.owned_under", "party.owned_programmes"),
            ),
            (),
        ),
    }
    facts = Facts({"transaction.kind": "payment"}, (Item("ACME", known),))
    narrowing = Narrowing(BOOK.rules_on(day), BOOK.meanings(day), day)
    asked = [
        rule.id for rule, _, _ in narrowing.may_hold(facts) if rule.each == "party"
    ]
    assert len(asked) < len(BOOK.rules_on(day)) / 10, asked
