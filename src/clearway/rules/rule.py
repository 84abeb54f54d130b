"""One rule of law, one definition, one licence: what a law file says.

Files are TOML, one subject each. A key nobody reads is refused, with its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from clearway.errors import RuleBookError
from clearway.rules.condition import Condition, read_condition
from clearway.rules.facts import FACTS, SCOPES
from clearway.rules.span import Span, Term


class Sort(StrEnum):
    """What a rule is. Guidance is no law, a red flag no rule."""

    PROHIBITION = "prohibition"
    EXPOSURE = "exposure"
    DUTY = "duty"
    EXEMPTION = "exemption"
    GUIDANCE = "guidance"
    RED_FLAG = "red_flag"


class Mark(StrEnum):
    """How well a row is known: its source read, read in part, or remembered."""

    FOUND = "found"
    PARTIAL = "found_partial"
    MEMORY = "memory"


PERSONS = ("us_person", "eu_person", "uk_person", "foreign_bank", "anyone")
"""Whom a rule binds or exposes. A foreign bank is one outside the United States."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What every row of law carries: citation, sources, mark, last confirmation."""

    cite: str
    sources: tuple[str, ...]
    evidence: Mark
    confirmed: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: whom it binds, of what it is asked, when, under which condition.

    `each` is the scope it is asked of one by one; `says` one or two sentences, in
    which `{it}` stands for the party, line or place; `must` what is to be done;
    `duties` the ids of duties that follow; `group` what licences relieve; `factors`
    whether the finding lists the facts for each factor of significance; from
    `silent_from` on it does not ask for facts that are unknown.
    """

    id: str
    title: str
    sort: Sort
    binds: tuple[str, ...]
    each: str
    span: Span
    known: date
    when: Condition
    says: str
    law: Cited
    must: str = ""
    duties: tuple[str, ...] = ()
    group: str = ""
    factors: bool = False
    silent_from: date | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term of law as it read over some days."""

    id: str
    title: str
    span: Span
    known: date
    when: Condition
    says: str
    law: Cited
    file: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence or exemption: what it is about, its term, and what it may relieve.

    `relieves` are groups of rules it speaks to; `purposes` the words by which a
    transaction says that it is of this kind (empty: its subject is no purpose).
    """

    id: str
    series: str
    subject: str
    term: Term
    relieves: tuple[str, ...]
    purposes: tuple[str, ...]
    law: Cited
    note: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done after: a report, a record, by when.

    `business_days` and `days` count from the day after; `years` from the day itself;
    `month_day` is a yearly date ("09-30"), the next one after, on which what was held
    on `held_on` ("06-30") is reported: what came later is due a year after.
    """

    id: str
    title: str
    span: Span
    law: Cited
    business_days: int = 0
    days: int = 0
    years: int = 0
    month_day: str = ""
    held_on: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor of significance, and the facts that speak to it."""

    id: str
    name: str
    span: Span
    facts: tuple[str, ...]
    law: Cited
    file: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day: for the timeline, no rule."""

    day: date
    says: str
    law: Cited
    file: str = ""


@dataclass(slots=True)
class _Table:
    """A table of a law file, read key by key, so that none is left unread."""

    values: dict[str, Any]
    where: str
    read: set[str] = field(default_factory=set)

    def take(self, key: str, kind: type, default: Any = ...) -> Any:
        """One value of the kind it must have."""
        self.read.add(key)
        if key not in self.values:
            if default is ...:
                raise RuleBookError(f"{self.where}: `{key}` is missing")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise RuleBookError(f"{self.where}: `{key}` cannot be {value!r}")
        return value

    def words(self, key: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of words, each of those allowed."""
        values = tuple(map(str, self.take(key, list, [])))
        for value in values:
            if allowed and value not in allowed:
                raise RuleBookError(f"{self.where}: `{key}` knows no {value!r}")
        return values

    def span(self) -> Span:
        """Its days."""
        first = self.take("from", date)
        last = self.take("to", date, None)
        if last is not None and last < first:
            raise RuleBookError(f"{self.where}: ends {last}, before it begins")
        return Span(first, last)

    def law(self) -> Cited:
        """Citation, sources, mark."""
        mark = self.take("evidence", str)
        if mark not in set(Mark):
            raise RuleBookError(f"{self.where}: `evidence` cannot be {mark!r}")
        sources = self.words("sources")
        if not sources:
            raise RuleBookError(f"{self.where}: no source is named")
        cite, confirmed = self.take("cite", str), self.take("confirmed", date)
        return Cited(cite, sources, Mark(mark), confirmed)

    def done(self) -> None:
        """Refuse keys that nobody read."""
        if left := self.values.keys() - self.read:
            raise RuleBookError(
                f"{self.where}: unknown keys: {', '.join(sorted(left))}"
            )


def rule_of(values: dict[str, Any], file: str) -> Rule:
    """Read a `[[rule]]`."""
    table = _Table(values, f"{file}, rule {values.get('id', '?')}")
    span = table.span()
    sort, each = table.take("sort", str), table.take("each", str)
    if sort not in set(Sort):
        raise RuleBookError(f"{table.where}: `sort` cannot be {sort!r}")
    if each not in SCOPES:
        raise RuleBookError(f"{table.where}: `each` cannot be {each!r}")
    rule = Rule(
        id=table.take("id", str),
        title=table.take("title", str),
        sort=Sort(sort),
        binds=table.words("binds", PERSONS),
        each=each,
        span=span,
        known=table.take("known", date, span.first),
        when=read_condition(table.take("when", dict), f"{table.where}, when"),
        says=table.take("says", str).strip(),
        must=table.take("must", str, "").strip(),
        duties=table.words("duties"),
        group=table.take("group", str, ""),
        factors=table.take("factors", bool, False),
        silent_from=_silent_from(table, span),
        law=table.law(),
        file=file,
    )
    if not rule.binds:
        raise RuleBookError(f"{table.where}: binds nobody")
    table.done()
    return rule


def _silent_from(table: _Table, span: Span) -> date | None:
    """The day from which it stays silent: a date, or true for all of its life."""
    table.read.add("silent_if_unknown")
    value = table.values.get("silent_if_unknown", False)
    if isinstance(value, date):
        return value
    if not isinstance(value, bool):
        raise RuleBookError(f"{table.where}: `silent_if_unknown` is true or a date")
    return span.first if value else None


def definition_of(values: dict[str, Any], file: str) -> Definition:
    """Read a `[[definition]]`."""
    table = _Table(values, f"{file}, definition {values.get('id', '?')}")
    span = table.span()
    definition = Definition(
        id=table.take("id", str),
        title=table.take("title", str),
        span=span,
        known=table.take("known", date, span.first),
        when=read_condition(table.take("when", dict), f"{table.where}, when"),
        says=table.take("says", str).strip(),
        law=table.law(),
        file=file,
    )
    table.done()
    return definition


def licence_of(values: dict[str, Any], file: str) -> Licence:
    """Read a `[[licence]]`."""
    table = _Table(values, f"{file}, licence {values.get('id', '?')}")
    span = table.span()
    licence = Licence(
        id=table.take("id", str),
        series=table.take("series", str),
        subject=table.take("subject", str),
        term=_term(table, span),
        relieves=table.words("relieves"),
        purposes=table.words("purposes"),
        note=table.take("note", str, ""),
        law=table.law(),
        file=file,
    )
    table.done()
    return licence


def _term(table: _Table, span: Span) -> Term:
    """Its term; one that a later version replaced says on which day."""
    replaced = table.take("replaced", date, None)
    if replaced is not None and replaced <= span.first:
        raise RuleBookError(f"{table.where}: replaced {replaced}, before it begins")
    if replaced is not None and span.last is not None and replaced > span.last:
        raise RuleBookError(f"{table.where}: replaced {replaced}, after it ends")
    return Term.of(span.first, span.last, replaced=replaced)


def duty_of(values: dict[str, Any], file: str) -> Duty:
    """Read a `[[duty]]`."""
    table = _Table(values, f"{file}, duty {values.get('id', '?')}")
    duty = Duty(
        id=table.take("id", str),
        title=table.take("title", str),
        span=table.span(),
        business_days=table.take("business_days", int, 0),
        days=table.take("days", int, 0),
        years=table.take("years", int, 0),
        month_day=_month_day(table, "month_day"),
        held_on=_month_day(table, "held_on"),
        law=table.law(),
        file=file,
    )
    if not (duty.business_days or duty.days or duty.years or duty.month_day):
        raise RuleBookError(f"{table.where}: says nothing of when")
    table.done()
    return duty


def _month_day(table: _Table, key: str) -> str:
    """A yearly date, "09-30"; one that is none is refused."""
    text: str = table.take(key, str, "")
    try:
        # No leap year: a yearly date must be one in every year.
        valid = not text or f"{date.fromisoformat(f'2023-{text}'):%m-%d}" == text
    except ValueError:
        valid = False
    if not valid:
        raise RuleBookError(f"{table.where}: `{key}` is a day like 09-30")
    return text


def factor_of(values: dict[str, Any], file: str) -> FactorRow:
    """Read a `[[factor]]`."""
    table = _Table(values, f"{file}, factor {values.get('id', '?')}")
    factor = FactorRow(
        id=table.take("id", str),
        name=table.take("name", str),
        span=table.span(),
        facts=table.words("facts", tuple(FACTS)),
        law=table.law(),
        file=file,
    )
    table.done()
    return factor


def event_of(values: dict[str, Any], file: str) -> Event:
    """Read an `[[event]]`."""
    table = _Table(values, f"{file}, event of {values.get('day', '?')}")
    event = Event(table.take("day", date), table.take("says", str), table.law(), file)
    table.done()
    return event


READERS: Mapping[str, Any] = {
    "rule": rule_of,
    "definition": definition_of,
    "licence": licence_of,
    "duty": duty_of,
    "factor": factor_of,
    "event": event_of,
}
"""What a law file may hold, and how each is read."""
