"""Conditions of rules: true, false, or not to be known.

A condition is a table: `{fact = "party.sector", in = [...]}`, `{all = [...]}`,
`{any = [...]}`, `{none = [...]}`, or `{meets = "a definition"}`. What is unknown stays
unknown (Kleene's three values), so that a rule can say what is missing instead of
staying silent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clearway.errors import RuleBookError
from clearway.rules.facts import DAY, FACTS, NUMBER, SCOPES, TEXT, WORDS, YES, scope_of

Truth = bool | None
"""True, False, or None: cannot be known from the facts."""
Known = Mapping[str, Any]

_OPERATORS: Mapping[str, tuple[tuple[str, ...], Callable[[Any, Any], bool]]] = {
    "is": ((TEXT, NUMBER, DAY, YES), lambda fact, value: fact == value),
    "is_not": ((TEXT, NUMBER, DAY, YES), lambda fact, value: fact != value),
    "in": ((TEXT,), lambda fact, value: fact in value),
    "not_in": ((TEXT,), lambda fact, value: fact not in value),
    "has_any": ((WORDS,), lambda fact, value: not value.isdisjoint(fact)),
    "has_none": ((WORDS,), lambda fact, value: value.isdisjoint(fact)),
    "has_some": ((WORDS,), lambda fact, value: bool(fact) is value),
    "above": ((NUMBER,), lambda fact, value: fact > value),
    "at_least": ((NUMBER,), lambda fact, value: fact >= value),
    "at_most": ((NUMBER,), lambda fact, value: fact <= value),
    "differs_from": ((TEXT,), lambda fact, value: fact != value),
    "before": ((DAY,), lambda fact, value: fact < value),
    "from_day": ((DAY,), lambda fact, value: fact >= value),
}

_OTHER = "differs_from"
"""Compares with another fact, not with a value."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact compared with what a rule names: a value, or another fact."""

    fact: str
    operator: str
    value: Any

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it needs."""
        return (self.fact, self.value) if self.operator == _OTHER else (self.fact,)

    def truth(self, known: Known, meets: "Definitions") -> Truth:
        """Whether it holds of what is known."""
        fact = known.get(self.fact)
        value = known.get(self.value) if self.operator == _OTHER else self.value
        if fact is None or value is None:
            return None
        return _OPERATORS[self.operator][1](fact, value)


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions of which all, any or none must hold."""

    how: str
    parts: tuple["Condition", ...]

    def truth(self, known: Known, meets: "Definitions") -> Truth:
        """Kleene: what is unknown decides only where the rest does not."""
        going_on = self.how == "all"
        unknown = False
        for part in self.parts:
            found = part.truth(known, meets)
            if found is None:
                unknown = True
            elif found is not going_on:
                return self.how == "any"
        if unknown:
            return None
        return self.how != "any"


@dataclass(frozen=True, slots=True)
class Meets:
    """A definition of the law, as it read that day."""

    definition: str

    def truth(self, known: Known, meets: "Definitions") -> Truth:
        """Whether the definition in force is met; False where none is in force."""
        condition = meets.get(self.definition)
        return False if condition is None else condition.truth(known, meets)


Condition = Asked | Joined | Meets
Definitions = Mapping[str, Condition]


def read_condition(table: Any, where: str) -> Condition:
    """Read a condition; RuleBookError says what a table should have been."""
    if not isinstance(table, dict):
        raise RuleBookError(f"{where}: a condition is a table, not {table!r}")
    if len(table) == 1:
        (how, parts) = next(iter(table.items()))
        if how == "meets":
            return Meets(str(parts))
        if how in ("all", "any", "none"):
            if not isinstance(parts, list) or not parts:
                raise RuleBookError(f"{where}: `{how}` needs a list of conditions")
            read = tuple(
                read_condition(part, f"{where}.{how}[{n}]")
                for n, part in enumerate(parts)
            )
            return Joined(how, read)
    return _asked(table, where)


def _asked(table: dict[str, Any], where: str) -> Asked:
    fact = str(table.get("fact"))
    if fact not in FACTS:
        raise RuleBookError(f"{where}: no fact is called {fact!r}")
    operators = [key for key in table if key != "fact"]
    if len(operators) != 1 or operators[0] not in _OPERATORS:
        known = ", ".join(_OPERATORS)
        raise RuleBookError(f"{where}: one of {known} is needed beside {fact}")
    operator, value = operators[0], table[operators[0]]
    sort = FACTS[fact][0]
    if sort not in _OPERATORS[operator][0]:
        raise RuleBookError(f"{where}: `{operator}` asks nothing of {fact}, a {sort}")
    return Asked(fact, operator, _value(value, operator, sort, where))


def _value(value: Any, operator: str, sort: str, where: str) -> Any:
    wanted: type | tuple[type, ...] = str
    if operator == _OTHER and FACTS.get(str(value), ("",))[0] != sort:
        raise RuleBookError(f"{where}: {value!r} is no fact of the sort {sort}")
    if operator in ("in", "not_in", "has_any", "has_none"):
        if not isinstance(value, list) or not value:
            raise RuleBookError(f"{where}: `{operator}` needs a list of words")
        return frozenset(map(str, value))
    if sort == NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RuleBookError(f"{where}: {value!r} is no number")
        return Decimal(str(value))
    if sort == DAY:
        wanted = date
    elif sort == YES or operator == "has_some":
        wanted = bool
    if not isinstance(value, wanted):
        raise RuleBookError(f"{where}: {value!r} cannot be compared with a {sort}")
    return value


def asked_in(condition: Condition, meets: Definitions) -> Iterator[Asked]:
    """Every fact a condition asks for, those of its definitions too."""
    if isinstance(condition, Asked):
        yield condition
    elif isinstance(condition, Joined):
        for part in condition.parts:
            yield from asked_in(part, meets)
    elif condition.definition in meets:
        yield from asked_in(meets[condition.definition], meets)


def scopes_in(conditions: Sequence[Condition], meets: Definitions) -> set[str]:
    """Which items a condition speaks of beside the whole."""
    return {
        scope_of(fact)
        for condition in conditions
        for asked in asked_in(condition, meets)
        for fact in asked.facts
        if scope_of(fact) in SCOPES[1:]
    }


def unknown_in(condition: Condition, known: Known, meets: Definitions) -> set[str]:
    """The facts whose absence leaves a condition undecided."""
    if condition.truth(known, meets) is not None:
        return set()
    if isinstance(condition, Asked):
        return {fact for fact in condition.facts if known.get(fact) is None}
    if isinstance(condition, Meets):
        return unknown_in(meets[condition.definition], known, meets)
    return {fact for part in condition.parts for fact in unknown_in(part, known, meets)}


def deciding(condition: Condition, known: Known, meets: Definitions) -> list[Asked]:
    """The comparisons that hold, where a condition does: why it does."""
    if condition.truth(known, meets) is not True:
        return []
    if isinstance(condition, Asked):
        return [condition]
    if isinstance(condition, Meets):
        return deciding(meets[condition.definition], known, meets)
    if condition.how == "none":
        return []
    return [asked for part in condition.parts for asked in deciding(part, known, meets)]


def words_asked(conditions: Iterable[Condition], endings: Sequence[str]) -> set[str]:
    """Every word that conditions compare facts with, of facts with such endings.

    Of two facts that differ only in words nobody asks for, the law hears the same.
    """
    found: set[str] = set()
    for condition in conditions:
        for asked in asked_in(condition, {}):
            if asked.fact.endswith(tuple(endings)):
                value = asked.value
                found |= value if isinstance(value, frozenset) else {str(value)}
    return found
