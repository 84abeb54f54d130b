"""Rules put to parties, lines and places within wholes, each different question once.

Answers are numbers: what holds of a thing in a whole is said once, however many
payments have that thing in such a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.rules import Item, RuleBook
from clearway.rules.sieve import Held, Sieve
from clearway.tables.coded import Numbers


@dataclass(frozen=True, slots=True)
class Holdings:
    """What holds of things in a whole, each different answer once, by number.

    A row for each rule of an answer: `answer`, `rule`, `shown` and `whole` (whether
    every fact is known) are columns.
    """

    answer: Numbers
    rule: Numbers
    shown: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    count: int


class Judge:
    """Puts rules to items in wholes, each different question once.

    Definitions change what a rule asks: `on` says of which day they are.
    """

    def __init__(self, law: RuleBook, binds: frozenset[str]) -> None:
        """Take the rules that bind some persons."""
        self._law, self._binds = law, binds
        self._sieves: dict[Any, tuple[int, Sieve]] = {}
        self._numbers: dict[Any, int] = {}
        self._facts: list[Mapping[str, Any]] = []
        self._asked: dict[tuple[int, int, int], int] = {}
        self._known: dict[tuple[Held, ...], int] = {(): 0}
        self.answers: list[tuple[Held, ...]] = [()]
        self._holdings: Holdings | None = None
        self.on(date.min)

    def on(self, day: date) -> None:
        """Take the definitions of a day."""
        read = self._law.definitions
        key = tuple(n for n, one in enumerate(read) if one.span.covers(day))
        if key not in self._sieves:
            sieve = Sieve(self._law, self._binds, day)
            self._sieves[key] = len(self._sieves), sieve
        self._meanings, self._sieve = self._sieves[key]

    def whole(self, told: Any, facts: Mapping[str, Any]) -> int:
        """The number of a whole; those that no rule tells apart have one."""
        number = self._numbers.setdefault(told, len(self._facts))
        if number == len(self._facts):
            self._facts.append(facts)
        return number

    def answer(self, whole: int, bundle: int, items: Sequence[tuple[str, Item]]) -> int:
        """The number of the answer for some items in a whole."""
        key = (self._meanings, whole, bundle)
        known = self._asked.get(key)
        if known is None:
            facts = self._facts[whole]
            held = tuple(
                dict.fromkeys(
                    one
                    for scope, item in items
                    for one in self._sieve.held(facts, item, scope)
                )
            )
            known = self._asked[key] = self._known.setdefault(held, len(self.answers))
            if known == len(self.answers):
                self.answers.append(held)
        return known

    def holdings(self) -> Holdings:
        """All answers so far, in columns."""
        if self._holdings is None or self._holdings.count != len(self.answers):
            rows = [(n, held) for n, found in enumerate(self.answers) for held in found]
            self._holdings = Holdings(
                np.array([n for n, _ in rows], np.int64),
                np.array([held.rule for _, held in rows], np.int64),
                np.array([held.shown for _, held in rows], np.bool_),
                np.array([held.known for _, held in rows], np.bool_),
                len(self.answers),
            )
        return self._holdings
