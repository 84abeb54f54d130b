"""Which rules hold of many alike transactions, without the words of a finding.

A condition that is false while everything else is unknown stays false whatever the rest
turns out to be (Kleene's values are monotone). So the rules that may hold of one party,
line or place are found once, and only those are put to each transaction it is in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clearway.rules.book import RuleBook
from clearway.rules.condition import Asked, Condition, Definitions, Meets
from clearway.rules.engine import ANYONE, is_certain, rests_on_memory
from clearway.rules.facts import Item, scope_of

WHOLE = Item("", {})
"""What rules of the scope `transaction` are put to."""


@dataclass(frozen=True, slots=True)
class Held:
    """That a rule (by its number in the book) holds or may hold.

    `known` says that every fact it needs is known, `shown` that they are certain too.
    """

    rule: int
    known: bool
    shown: bool


@dataclass
class Sieve:
    """The rules of a book for some persons, under the definitions of one day."""

    book: RuleBook
    binds: frozenset[str]
    day: date
    _left: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    _kept: list[Item] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the rules that bind those persons, whenever they apply."""
        self._meanings: Definitions = self.book.meanings(self.day)
        self._from_memory = frozenset(
            number
            for number, rule in enumerate(self.book.rules)
            if rests_on_memory(rule, self._meanings)
        )
        # Of these nothing is heard unless all is known, on whatever day.
        self._silent = frozenset(
            number
            for number, rule in enumerate(self.book.rules)
            if rule.silent_from is not None and rule.silent_from <= rule.span.first
        )
        self._numbers = [
            number
            for number, rule in enumerate(self.book.rules)
            if ANYONE in rule.binds or not self.binds.isdisjoint(rule.binds)
        ]

    def held(self, whole: Mapping[str, Any], item: Item, scope: str) -> Iterator[Held]:
        """The rules put to things of a scope that hold of one of them, in a whole.

        They hold on whatever day they apply. Items are remembered: give the same item
        again for the same party, line or place; for the whole itself give `WHOLE`.
        """
        known = {**whole, **item.known}
        certain = is_certain(known)
        for number in self._of(item, scope):
            truth = self.book.rules[number].when.truth(known, self._meanings)
            if truth or (truth is None and number not in self._silent):
                sure = certain and number not in self._from_memory
                yield Held(number, truth is True, truth is True and sure)

    def _of(self, item: Item, scope: str) -> tuple[int, ...]:
        if scope == "transaction":
            return self._of_scope(scope)
        found = self._left.get((id(item), scope))
        if found is None:
            found = tuple(
                number
                for number in self._of_scope(scope)
                if self._may_hold(number, item, scope)
            )
            self._kept.append(item)  # so that its id is nobody else's
            self._left[id(item), scope] = found
        return found

    def _may_hold(self, number: int, item: Item, scope: str) -> bool:
        when = self.book.rules[number].when
        if when.truth(item.known, self._meanings) is False:
            return False
        return number not in self._silent or not self._lacks(when, item, scope)

    def _lacks(self, condition: Condition, item: Item, scope: str) -> bool:
        """Whether it can never be known to hold, for want of a fact of the item."""
        if isinstance(condition, Asked):
            own = scope_of(condition.fact) == scope
            return own and item.known.get(condition.fact) is None
        if isinstance(condition, Meets):
            meant = self._meanings.get(condition.definition)
            return meant is None or self._lacks(meant, item, scope)
        lacking = (self._lacks(part, item, scope) for part in condition.parts)
        return all(lacking) if condition.how == "any" else any(lacking)

    def _of_scope(self, scope: str) -> tuple[int, ...]:
        found = self._left.get((0, scope))
        if found is None:
            rules = self.book.rules
            found = tuple(n for n in self._numbers if rules[n].each == scope)
            self._left[0, scope] = found
        return found
