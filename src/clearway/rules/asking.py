"""What the rules of a book ask for, so that what is alike to all of them is one thing.

A rule's condition is put together from single comparisons of a fact with what the rule
names. Two transactions, parties, lines or places for which each comparison comes out
the same (true, false, unknown) are the same to every rule.
"""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from clearway.rules.book import RuleBook
from clearway.rules.condition import Asked, asked_in
from clearway.rules.engine import is_certain
from clearway.rules.facts import FACTS, scope_of

_COUNTRIES = ("countries", "country", "origin", "destination", "via")
_OF_COUNTRIES = frozenset(
    fact for fact in FACTS if fact.endswith(_COUNTRIES) and scope_of(fact) != "goods"
)

Told = tuple[Any, ...]
"""How a thing comes out in every comparison: equal for what is alike."""


class Asks:
    """The comparisons of a book's rules and definitions, whenever they apply.

    `given` names facts of parties that may be known at all; a comparison of any other
    with another fact comes out unknown for everyone.
    """

    def __init__(self, book: RuleBook, given: Collection[str] = ()) -> None:
        """Gather them."""
        conditions = [rule.when for rule in book.rules]
        conditions += [definition.when for definition in book.definitions]
        asked = dict.fromkeys(a for when in conditions for a in asked_in(when, {}))
        self._fixed: dict[str, list[Asked]] = {}
        self._compared: dict[str, list[str]] = {}
        self.facts = frozenset(fact for one in asked for fact in one.facts)
        self._sets: dict[str, list[frozenset[str]]] = {}
        for one in asked:
            if len(one.facts) == 1:
                self._fixed.setdefault(scope_of(one.fact), []).append(one)
                self._sets.setdefault(one.fact, []).append(_words(one.value))
            elif one.fact in given or scope_of(one.fact) == "transaction":
                for fact in one.facts:
                    self._compared.setdefault(scope_of(fact), []).append(fact)

    def told(self, scope: str, known: Mapping[str, Any]) -> Told:
        """How the facts of one item, or of the whole, come out."""
        found = [one.truth(known, {}) for one in self._fixed.get(scope, ())]
        found += [known.get(fact) for fact in self._compared.get(scope, ())]
        found.append(is_certain(known))
        return tuple(found)

    def words(self, fact: str, said: Collection[str]) -> frozenset[str]:
        """Of the words of a fact those that some rule names."""
        return self._named(fact).intersection(said)

    def country(self, code: str) -> Any:
        """Equal for countries that no rule tells apart, wherever they are tied."""
        return code if self._apart else self._country_sets(code)

    def _country_sets(self, code: str) -> int:
        return sum(1 << at for at, one in enumerate(self._countries) if code in one)

    def _named(self, fact: str) -> frozenset[str]:
        return frozenset().union(*self._sets.get(fact, ()))

    @cached_property
    def _countries(self) -> list[frozenset[str]]:
        sets = (one for fact in _OF_COUNTRIES for one in self._sets.get(fact, ()))
        return sorted(dict.fromkeys(sets), key=sorted)

    @cached_property
    def _apart(self) -> bool:
        """Whether some rule compares one country with another."""
        compared = {fact for facts in self._compared.values() for fact in facts}
        return not _OF_COUNTRIES.isdisjoint(compared)


def _words(value: Any) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset({str(value)})
