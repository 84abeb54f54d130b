"""The few rules that may hold of a party, line or place, found before any is asked.

What a rule asks for together (`all`) is cut into its clauses, and clauses that speak of
the same facts are put together: the lists a party is on are looked at once for all
rules. A clause that is false strikes its rule out, whatever else is known (Kleene's
values are monotone). What is left is asked whole by `engine`; most often that is
nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clearway.rules.condition import (
    Condition,
    Definitions,
    Joined,
    Known,
    Meets,
    Truth,
    asked_in,
)
from clearway.rules.facts import FACTS, SCOPES, TEXT, WORDS, YES, Facts, Item, scope_of
from clearway.rules.rule import Rule

_SORTS = frozenset({TEXT, WORDS, YES})
"""Facts of these sorts have few values, the same ones again and again."""
_MOST_FACTS = 4
"""A clause of more facts, or of the whole and of an item, is left to the rule."""
_MOST_KEPT = 8_192
"""Combinations of values remembered for one group of clauses."""


def is_silent(rule: Rule, day: date) -> bool:
    """Whether a rule says nothing on a day where facts are missing."""
    return rule.silent_from is not None and rule.silent_from <= day


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a rule without which it does not hold: the rule's bit, and the part."""

    bit: int
    part: Condition
    wanted: bool
    """What it must be for the rule to hold."""
    silent: bool

    def strikes(self, known: Known, meanings: Definitions) -> bool:
        """Whether the rule cannot hold, with these facts."""
        truth: Truth = self.part.truth(known, meanings)
        return truth is (not self.wanted) or (truth is None and self.silent)


@dataclass(slots=True)
class _Group:
    """All clauses that ask for the same facts."""

    facts: tuple[str, ...]
    meanings: Definitions
    clauses: list[_Clause] = field(default_factory=list)
    _kept: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def struck(self, known: Known) -> int:
        """The rules that cannot hold with these facts, as bits."""
        values = tuple(map(known.get, self.facts))
        found = self._kept.get(values)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            own = dict(zip(self.facts, values, strict=True))
            found = 0
            for clause in self.clauses:
                if clause.strikes(own, self.meanings):
                    found |= clause.bit
            self._kept[values] = found
        return found


class Narrowing:
    """The rules of a day for some persons, and their clauses by what they ask for."""

    def __init__(self, rules: Sequence[Rule], meanings: Definitions, day: date) -> None:
        """Cut the rules into clauses; a few milliseconds for a whole book."""
        self.rules, self.meanings, self.day = tuple(rules), meanings, day
        self._of_scope = dict.fromkeys(SCOPES, 0)
        groups: dict[tuple[str, ...], _Group] = {}
        for number, rule in enumerate(self.rules):
            bit, silent = 1 << number, is_silent(rule, day)
            self._of_scope[rule.each] |= bit
            for part, wanted in _clauses(rule.when, meanings):
                facts = _facts_of(part, meanings)
                if _is_kept(facts):
                    group = groups.setdefault(facts, _Group(facts, meanings))
                    group.clauses.append(_Clause(bit, part, wanted, silent))
        # Those that strike out most come first: often nothing is left for the rest.
        ranked = sorted(groups.values(), key=lambda group: -len(group.clauses))
        self._groups = {
            scope: [group for group in ranked if _scope(group.facts[0]) == scope]
            for scope in SCOPES
        }

    def may_hold(self, facts: Facts) -> Iterator[tuple[Rule, int, Item]]:
        """Each rule with each item of which it may hold, and the item's number.

        In the order of the rules, and for each of them in that of the items.
        """
        whole = self._left(facts.whole, SCOPES[0], -1)
        found: list[tuple[int, int]] = []
        for scope, of_scope in self._of_scope.items():
            left = whole & of_scope
            if scope == SCOPES[0]:
                found += [(number, 0) for number in _numbers(left)]
            elif left:
                for at, item in enumerate(facts.items(scope)):
                    bits = self._left(item.known, scope, left)
                    found += [(number, at) for number in _numbers(bits)]
        for number, at in sorted(found):
            rule = self.rules[number]
            yield rule, at, facts.items(rule.each)[at]

    def _left(self, known: Known, scope: str, left: int) -> int:
        """What the facts of one scope leave of some rules."""
        for group in self._groups[scope]:
            left &= ~group.struck(known)
            if not left:
                break
        return left


def _clauses(
    condition: Condition, meanings: Definitions, wanted: bool = True
) -> Iterator[tuple[Condition, bool]]:
    """What must all be so (or, where it is not `wanted`, not so) for it to hold."""
    if isinstance(condition, Meets):
        meant = meanings.get(condition.definition)
        if meant is None:
            yield condition, wanted
        else:
            yield from _clauses(meant, meanings, wanted)
    elif isinstance(condition, Joined) and condition.how == (
        "all" if wanted else "any"
    ):
        for part in condition.parts:
            yield from _clauses(part, meanings, wanted)
    elif isinstance(condition, Joined) and condition.how == "none" and wanted:
        for part in condition.parts:
            yield from _clauses(part, meanings, wanted=False)
    else:
        yield condition, wanted


def _facts_of(condition: Condition, meanings: Definitions) -> tuple[str, ...]:
    asked = (fact for one in asked_in(condition, meanings) for fact in one.facts)
    return tuple(sorted(set(asked)))


def _is_kept(facts: Sequence[str]) -> bool:
    return (
        0 < len(facts) <= _MOST_FACTS
        and all(FACTS[fact][0] in _SORTS for fact in facts)
        and len(set(map(_scope, facts))) == 1
    )


def _scope(fact: str) -> str:
    """Of what it is a fact; those of the asker are of the whole."""
    scope = scope_of(fact)
    return scope if scope in SCOPES else SCOPES[0]


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
