"""The whole answer: verdict, hits with evidence, problems, and what made it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from clearway.match.evidence import Evidence
from clearway.model import Entity, Listing, Party, Problem
from clearway.screen.html import screening_html


class Verdict(StrEnum):
    """What to do before money or goods move.

    `clear`: nothing found in the named lists as published at the named times.
    `review`: something a person must look at, or something the engine could not read
    or know. `stop`: an exact identifier or a certain match.
    """

    CLEAR = "clear"
    REVIEW = "review"
    STOP = "stop"

    @property
    def rank(self) -> int:
        """Order of gravity: clear 0, review 1, stop 2."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class ListUsed:
    """A list version that took part in the answer."""

    publisher: str
    list: str
    published: str
    retrieved: str
    sha256: str
    entities: int
    stale: bool = False

    def __str__(self) -> str:
        """The list and its date, as a person would say it."""
        age = ", stale" if self.stale else ""
        return f"{self.publisher}/{self.list} as published {self.published}{age}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed entity that the party may be, with the evidence for and against.

    `weak` says that only a weak alias, one its publisher calls uncertain, agrees.
    """

    score: float
    entity: Entity
    evidence: tuple[Evidence, ...]
    certain: bool = False
    weak: bool = False

    @property
    def because(self) -> str:
        """All reasons in one line."""
        return "; ".join(item.because for item in self.evidence if item.because)

    def to_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        entity = self.entity
        return {
            "score": self.score,
            "certain": self.certain,
            "weak_alias": self.weak,
            "entity": {
                "id": entity.id,
                "kind": str(entity.kind),
                "name": entity.name,
                "names": list(dict.fromkeys(name.text for name in entity.names)),
                "birth_dates": [str(b.date) for b in entity.births if b.date],
                "countries": sorted({c.code for c in entity.countries if c.code}),
                "listings": [_listing(listing) for listing in entity.listings],
            },
            "evidence": [item.to_dict() for item in self.evidence],
        }


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "publisher": listing.publisher,
        "list": listing.list,
        "record": listing.record,
        "programmes": list(listing.programmes),
        "listed_on": str(listing.listed_on) if listing.listed_on else None,
        "legal_basis": list(listing.legal_basis),
    }


@dataclass(frozen=True, slots=True)
class Screening:
    """One party, checked. The same input with the same versions gives the same bytes.

    `findings` is what rules conclude for the one whom the profile says is asking (none
    where it does not say), `rules` the version of the rule book, `config` the hash of
    everything configured and `engine` the version that answered. `as_of` is the day
    asked about, `reasons` why the verdict is what it is.
    """

    verdict: Verdict
    party: Party
    hits: tuple[Hit, ...]
    problems: tuple[Problem, ...]
    lists: tuple[ListUsed, ...]
    reasons: tuple[str, ...]
    as_of: str
    accept_stale: bool
    config: str
    engine: str
    rules: str | None = None
    findings: tuple[Mapping[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values in a fixed order."""
        return {
            "verdict": str(self.verdict),
            "party": _party(self.party),
            "hits": [hit.to_dict() for hit in self.hits],
            "findings": [dict(finding) for finding in self.findings],
            "problems": [problem.to_dict() for problem in self.problems],
            "reasons": list(self.reasons),
            "as_of": self.as_of,
            "accept_stale": self.accept_stale,
            "lists": [asdict(used) for used in self.lists],
            "rules": self.rules,
            "engine": self.engine,
            "config": self.config,
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """Canonical JSON: the same screening, the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return screening_html(self.to_dict())


def _party(party: Party) -> dict[str, Any]:
    values = asdict(party)
    values["kind"] = str(party.kind)
    values["identifiers"] = [list(pair) for pair in party.identifiers]
    values["countries"] = list(party.countries)
    values["aliases"] = list(party.aliases)
    return {key: value for key, value in values.items() if value not in (None, [], ())}
