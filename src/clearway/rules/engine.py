"""Facts, rule book and day in, findings out. Knows nothing of lists or scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from clearway.rules.book import RuleBook
from clearway.rules.condition import Definitions, asked_in, deciding, unknown_in
from clearway.rules.deadlines import due
from clearway.rules.facts import FACTS, FROM_MEMORY, Facts, Item
from clearway.rules.finding import Due, Factor, Finding, LicenceNote, Used, plain
from clearway.rules.narrowing import Narrowing, is_silent
from clearway.rules.rule import Licence, Rule, Sort
from clearway.rules.span import Cover, Moment

ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Question:
    """When the law is asked, for whom, and as it was known by which day.

    `binds` are the persons the asker is (clearway.rules.rule.PERSONS); rules that
    bind anyone always apply. `known` leaves out law published later.
    """

    moment: Moment
    binds: frozenset[str] = field(default_factory=frozenset)
    known: date | None = None


def conclude(book: RuleBook, facts: Facts, question: Question) -> tuple[Finding, ...]:
    """What the law of the day says of the facts, in the order of the rule book.

    A rule whose facts are not all known concludes too (`shown` is False), unless it is
    of those that stay silent then.
    """
    day = question.moment.day
    narrowing = _in_force(book, day, question.known, question.binds)
    return tuple(
        finding
        for rule, at, item in narrowing.may_hold(facts)
        for finding in _of_rule(rule, item, at, facts, narrowing, book, question.moment)
    )


@lru_cache(maxsize=512)
def _kept(
    held: "_Held", day: date, known: date | None, binds: frozenset[str]
) -> Narrowing:
    rules = [
        rule
        for rule in held.book.rules_on(day, known)
        if ANYONE in rule.binds or not binds.isdisjoint(rule.binds)
    ]
    return Narrowing(rules, held.book.meanings(day, known), day)


@dataclass(frozen=True)
class _Held:
    """A book as a key: two are the same if their version is."""

    version: str
    book: RuleBook = field(compare=False)


def _in_force(
    book: RuleBook, day: date, known: date | None, binds: frozenset[str]
) -> Narrowing:
    return _kept(_Held(book.version, book), day, known, binds)


def _of_rule(
    rule: Rule,
    item: Item,
    at: int,
    facts: Facts,
    narrowing: Narrowing,
    book: RuleBook,
    moment: Moment,
) -> Iterator[Finding]:
    known = {**facts.whole, **item.known}
    truth = rule.when.truth(known, narrowing.meanings)
    if truth or (truth is None and not is_silent(rule, moment.day)):
        yield _finding(rule, item, at, known, narrowing.meanings, book, moment)


def is_certain(known: Mapping[str, Any]) -> bool:
    """Whether the item is what it seems: no possible match, no mere mention.

    `goods.sure` is no fact rules ask for: it is False where a code stands on a list
    only perhaps, or only by memory.
    """
    return not (
        known.get("party.match") == "possible"
        or known.get("place.strength") == "mentioned"
        or known.get("goods.sure") is False
    )


def rests_on_memory(rule: Rule, meanings: Definitions) -> bool:
    """Whether a rule asks for a fact that is our reading only."""
    return any(asked.fact in FROM_MEMORY for asked in asked_in(rule.when, meanings))


def _finding(
    rule: Rule,
    item: Item,
    at: int,
    known: Mapping[str, Any],
    meanings: Definitions,
    book: RuleBook,
    moment: Moment,
) -> Finding:
    missing = sorted(unknown_in(rule.when, known, meanings))
    return Finding(
        rule=rule.id,
        title=rule.title,
        sort=rule.sort,
        scope=rule.each,
        subject=item.label,
        at=at,
        says=_said(rule.says, item),
        shown=not missing and is_certain(known) and not rests_on_memory(rule, meanings),
        binds=rule.binds,
        span=rule.span,
        known=rule.known,
        law=rule.law,
        must=rule.must,
        because=_because(rule, known, meanings),
        missing=tuple(f"{fact}: {FACTS[fact][1]}" for fact in missing),
        due=_duties(rule, book, moment.day),
        licences=_licences(rule, book, moment, known.get("transaction.purposes")),
        factors=_factors(known, book, moment.day) if rule.factors else (),
    )


def _said(text: str, item: Item) -> str:
    return text.replace("{it}", item.label or "the transaction")


def _because(
    rule: Rule, known: Mapping[str, Any], meanings: Definitions
) -> tuple[Used, ...]:
    """The facts a rule rests on; of a rule not shown, those that do hold."""
    held = deciding(rule.when, known, meanings) or [
        asked
        for part in getattr(rule.when, "parts", ())
        for asked in deciding(part, known, meanings)
    ]
    return tuple(
        Used(asked.fact, known.get(asked.fact), f"{asked.operator} {_wanted(asked)}")
        for asked in dict.fromkeys(held)
    )


def _wanted(asked: Any) -> str:
    value = plain(asked.value)
    return ", ".join(sorted(value)) if isinstance(value, list) else str(value)


def _duties(rule: Rule, book: RuleBook, day: date) -> tuple[Due, ...]:
    found = [book.duties[name] for name in rule.duties]
    return tuple(
        Due(duty.id, duty.title, due(duty, day), duty.law.cite, str(duty.law.evidence))
        for duty in found
        if duty.span.covers(day)
    )


def _licences(
    rule: Rule, book: RuleBook, moment: Moment, purposes: Sequence[str] | None
) -> tuple[LicenceNote, ...]:
    """Licences that speak to a rule: those in force, and those that fit but ended."""
    if not rule.group or rule.sort is Sort.EXEMPTION:
        return ()
    notes = []
    for licence in book.relieving.get(rule.group, ()):
        state = licence.term.cover(moment)
        fits = not set(licence.purposes).isdisjoint(purposes or ())
        if state in (Cover.YES, Cover.PART) or fits:
            notes.append(_note(licence, state, fits=fits))
    notes.sort(key=lambda note: (not note.fits, note.state is not Cover.YES, note.id))
    return tuple(notes)


def _note(licence: Licence, state: Cover, *, fits: bool) -> LicenceNote:
    end = licence.term.cut_off
    return LicenceNote(
        id=licence.id,
        subject=licence.subject,
        state=state,
        fits=fits,
        first=licence.term.first,
        cut_off=end.isoformat() if end else "no end seen",
        cite=licence.law.cite,
        evidence=str(licence.law.evidence),
        confirmed=licence.law.confirmed,
        note=licence.note,
    )


def _factors(known: Mapping[str, Any], book: RuleBook, day: date) -> tuple[Factor, ...]:
    """The facts at hand for each factor; an empty factor has none."""
    return tuple(
        Factor(
            factor.id,
            factor.name,
            tuple(
                f"{fact} = {_shown(known[fact])}"
                for fact in factor.facts
                if known.get(fact) not in (None, (), "")
            ),
        )
        for factor in book.factors
        if factor.span.covers(day)
    )


def _shown(value: Any) -> str:
    found = plain(value)
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)
