"""What the law of the day says of a party alone: an account for it, any service."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from clearway.model import Conduct, Involved, Kind, Party, Role, Transaction
from clearway.names import countries
from clearway.names.territories import gazetteer
from clearway.rules import Finding, Moment, Question, conclude, law
from clearway.screen.asker import persons, verdict_of_all
from clearway.screen.config import Configuration
from clearway.screen.gathering import gather
from clearway.screen.screening import Screening


def is_placed(party: Party) -> bool:
    """Whether a party is, or may be, where some embargo applies or has applied.

    A person's country may be a nationality, which is no place: only an address tells.
    """
    if party.address:
        return True
    if party.kind == Kind.PERSON:
        return False
    return any(countries.code(text) in _embargoed() for text in party.countries)


@lru_cache(maxsize=1)
def _embargoed() -> frozenset[str]:
    return frozenset(
        territory.country
        for territory in gazetteer().territories.values()
        if territory.is_country and any(law.covers for law in territory.laws)
    )


def findings_of(
    screening: Screening, config: Configuration, day: date
) -> tuple[Finding, ...]:
    """What the rules conclude of keeping an account for a party, or serving it."""
    party = screening.party
    if party.kind == Kind.PERSON and party.countries:
        party = replace(party, countries=())
    involved = Involved(Role.CUSTOMER, party)
    transaction = Transaction(
        kind="account", conduct=Conduct.SERVICE, day=day, parties=(involved,)
    )
    gathered = gather(transaction, [(involved, screening)], config, day)
    return conclude(law(), gathered.facts, Question(Moment(day), persons(config)))


def with_law(screening: Screening, config: Configuration, day: date) -> Screening:
    """The screening with its findings, and a verdict no milder for them."""
    findings = once(findings_of(screening, config, day))
    verdict, reasons = verdict_of_all(findings, config)
    return replace(
        screening,
        verdict=max(screening.verdict, verdict, key=lambda v: v.rank),
        reasons=screening.reasons + reasons,
        findings=tuple(finding.to_dict() for finding in findings),
        rules=law().version,
    )


def once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """A rule once for each party: as what it certainly is, if it holds so already."""
    shown = {(f.rule, f.subject) for f in findings if f.shown}
    kept: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        plain = finding.subject.partition(", who may be ")[0]
        if plain != finding.subject and (finding.rule, plain) in shown:
            continue
        kept.setdefault((finding.rule, finding.subject), finding)
    return tuple(kept.values())
