"""Which ownership test the law of a day sets: the law's words into the room's `Test`.

The periods are in `rules/ownership.toml`; a key this loader does not know is refused.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from clearway.errors import StoreError, UsageError
from clearway.ownership.stake import Interest
from clearway.ownership.threshold import Test

_RULE_KEYS = {"title", "binds", "period"}
_MUST = {"from", "threshold", "op", "aggregate", "control", "of", "cite"}
_MUST |= {"sources", "evidence", "confirmed"}
_MAY = {"to", "in_force", "note"}
_IN_FORCE = ("yes", "no", "unconfirmed")
_EVIDENCE = ("found", "found_partial", "memory")


@dataclass(frozen=True, slots=True)
class OwnershipLaw:
    """The test of one rule over some days, and where it is written.

    `last` is None where no end was seen by `confirmed`, which is no statement that it
    is still so. `in_force` is yes, no or unconfirmed. `evidence` says whether the
    source was read (`found`), in part (`found_partial`) or not (`memory`).
    """

    rule: str
    title: str
    binds: str
    first: date
    last: date | None
    test: Test
    cite: str
    sources: tuple[str, ...]
    evidence: str
    confirmed: date
    in_force: str = "yes"
    note: str = ""

    @property
    def sure(self) -> bool:
        """Whether it may decide by itself: read in its source, and in force."""
        return self.evidence == "found" and self.in_force == "yes"

    def to_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        test = self.test
        return {
            "rule": self.rule,
            "title": self.title,
            "binds": self.binds,
            "from": self.first.isoformat(),
            "to": self.last.isoformat() if self.last else None,
            "in_force": self.in_force,
            "threshold": str(test.threshold),
            "op": test.op,
            "aggregate": test.aggregate,
            "control": test.control,
            "of": [str(kind) for kind in test.of],
            "cite": self.cite,
            "sources": list(self.sources),
            "evidence": self.evidence,
            "last_confirmed": self.confirmed.isoformat(),
            "note": self.note,
        }


def law_of(rule: str, day: date) -> Test:
    """The test that a rule (`us`, `eu`, `uk`, `us_bis`) sets on a day."""
    return law_on(rule, day).test


def law_on(rule: str, day: date) -> OwnershipLaw:
    """The period of a rule in which a day lies; UsageError where there is none."""
    periods = ownership_laws().get(rule)
    if periods is None:
        known = ", ".join(ownership_laws())
        raise UsageError(f"no ownership rule is called {rule!r}; there are: {known}")
    for period in periods:
        if period.first <= day and (period.last is None or day <= period.last):
            return period
    raise UsageError(
        f"what {periods[0].title} said on {day} is not known: the periods known begin "
        f"with {periods[0].first}; ask as of a later day"
    )


@lru_cache(maxsize=1)
def ownership_laws() -> Mapping[str, tuple[OwnershipLaw, ...]]:
    """Every rule that comes with clearway, with its periods in their order."""
    file = files("clearway").joinpath("rules", "ownership.toml")
    return read_ownership_laws(file.read_text("utf-8"))


def read_ownership_laws(text: str) -> Mapping[str, tuple[OwnershipLaw, ...]]:
    """The rules of a text; StoreError names what is missing, unknown or overlaps."""
    found = {}
    for rule, table in tomllib.loads(text).items():
        _refuse(f"[{rule}]", table, must=_RULE_KEYS, may=set())
        periods = tuple(_period(rule, table, row) for row in table["period"])
        for before, after in pairwise(periods):
            if before.last is None or before.last >= after.first:
                where = f"{rule} from {after.first}"
                raise StoreError(f"ownership.toml: {where} overlaps the one before it")
        found[rule] = periods
    return found


def _period(
    rule: str, table: Mapping[str, Any], row: Mapping[str, Any]
) -> OwnershipLaw:
    where = f"[[{rule}.period]] from {row.get('from')}"
    _refuse(where, row, must=_MUST, may=_MAY)
    in_force = row.get("in_force", "yes")
    if in_force not in _IN_FORCE or row["evidence"] not in _EVIDENCE:
        raise StoreError(
            f"ownership.toml: {where}: in_force or evidence is no such word"
        )
    try:
        test = Test(
            threshold=Fraction(row["threshold"]),
            op=row["op"],
            aggregate=row["aggregate"],
            control=row["control"],
            of=tuple(Interest(kind) for kind in row["of"]),
            name=table["title"],
        )
    except ValueError as error:
        raise StoreError(f"ownership.toml: {where}: {error}") from error
    return OwnershipLaw(
        rule=rule,
        title=table["title"],
        binds=table["binds"],
        first=row["from"],
        last=row.get("to"),
        test=test,
        cite=row["cite"],
        sources=tuple(row["sources"]),
        evidence=row["evidence"],
        confirmed=row["confirmed"],
        in_force=in_force,
        note=row.get("note", ""),
    )


def _refuse(
    where: str, row: Mapping[str, Any], *, must: set[str], may: set[str]
) -> None:
    if unknown := sorted(row.keys() - must - may):
        raise StoreError(f"ownership.toml: {where}: nobody reads {', '.join(unknown)}")
    if missing := sorted(must - row.keys()):
        raise StoreError(f"ownership.toml: {where}: {', '.join(missing)} is missing")
