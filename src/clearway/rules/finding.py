"""What a rule concludes, with all a reviewer needs to check it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clearway.rules.rule import Cited, Sort
from clearway.rules.span import Cover, Span


@dataclass(frozen=True, slots=True)
class Used:
    """A fact a finding rests on, or one it would need."""

    fact: str
    value: Any
    wanted: str

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"fact": self.fact, "value": plain(self.value), "wanted": self.wanted}


@dataclass(frozen=True, slots=True)
class Due:
    """A duty with its last day (for a record: the day until which it is kept)."""

    duty: str
    title: str
    by: date
    cite: str
    evidence: str


@dataclass(frozen=True, slots=True)
class LicenceNote:
    """A licence that may apply: whether it was in force, and whether it fits."""

    id: str
    subject: str
    state: Cover
    fits: bool
    first: date
    cut_off: str
    cite: str
    evidence: str
    confirmed: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor by which significance is judged, with the facts at hand for it."""

    id: str
    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The conclusion of one rule about one party, line, place, or the whole.

    `shown` says that every fact needed is known and certain; otherwise `missing` names
    what is not known. `because` are the facts it rests on. Nothing here says
    that a transaction is significant: that is for a person to find.
    """

    rule: str
    title: str
    sort: Sort
    scope: str
    subject: str
    at: int
    says: str
    shown: bool
    binds: tuple[str, ...]
    span: Span
    known: date
    law: Cited
    must: str = ""
    because: tuple[Used, ...] = ()
    missing: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    licences: tuple[LicenceNote, ...] = ()
    factors: tuple[Factor, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values in a fixed order."""
        return {
            "rule": self.rule,
            "title": self.title,
            "sort": str(self.sort),
            "subject": self.subject,
            "scope": self.scope,
            "at": self.at,
            "says": self.says,
            "must": self.must,
            "shown": self.shown,
            "binds": list(self.binds),
            "effective_from": str(self.span.first),
            "effective_to": str(self.span.last) if self.span.last else None,
            "known_since": str(self.known),
            "last_confirmed": str(self.law.confirmed),
            "citation": self.law.cite,
            "sources": list(self.law.sources),
            "evidence_mark": str(self.law.evidence),
            "because": [used.to_dict() for used in self.because],
            "missing": list(self.missing),
            "due": [_dated(due) for due in self.due],
            "licences": [_dated(note) for note in self.licences],
            "factors": [
                {"id": f.id, "name": f.name, "facts": list(f.facts)}
                for f in self.factors
            ],
        }


def _dated(row: Due | LicenceNote) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in row.__slots__}


def plain(value: Any) -> Any:
    """A fact as JSON has it: days and numbers as text, words as lists."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)
