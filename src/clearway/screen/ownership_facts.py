"""Who owns the parties of a transaction, as the rules ask for it.

Stakes come with the transaction or from a file beside it. Each test of ownership that
the law of the day sets is put to them; a party owned by listed ones counts under that
test, with the programmes of its owners. What cannot be known is a Problem.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from clearway.errors import InputUnreadable, UsageError
from clearway.model import Party, Problem
from clearway.ownership.deciding import Result, evaluate
from clearway.ownership.gathering import Reading
from clearway.screen.owners import ListedOwners, listed_owners, named, stakes_of
from clearway.screen.owning import OwnershipLaw, law_on, ownership_laws
from clearway.screen.screening import Screening
from clearway.screen.standing import Standing

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

_PUBLISHERS = {"us": ("ofac", "us_csl"), "eu": ("eu",), "uk": ("uk",)}
"""Whose lists count under which test; BIS has its own list and its own rule."""


@dataclass(frozen=True, slots=True)
class OwnedBy:
    """Who owns a party: tests that count it as listed, and whose programmes it has.

    `said` tells the chain and the arithmetic for each test, `problems` what cannot be
    known of its owners.
    """

    under: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


NOT_OWNED = OwnedBy()
Owners = Callable[[Party], OwnedBy]


@dataclass(slots=True)
class Stakes:
    """The stakes of a file, with their listed owners, asked as of days."""

    reading: Reading
    owners: ListedOwners
    _results: dict[tuple[str, date], tuple[OwnershipLaw, Result]] = field(
        default_factory=dict
    )

    @classmethod
    def given(
        cls, screener: "Screener", rows: Sequence[Mapping[str, str]]
    ) -> "Stakes | Problem":
        """Stakes that stand in a transaction itself; a Problem where they are none."""
        heads = list(dict.fromkeys(key for row in rows for key in row))
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows([row.get(head, "") for head in heads] for row in rows)
        try:
            reading = stakes_of(text.getvalue().encode(), "stakes")
        except InputUnreadable as error:
            return Problem("bad_stakes", str(error), "", "stakes")
        return cls.of(screener, reading)

    @classmethod
    def of(cls, screener: "Screener", reading: Reading) -> "Stakes":
        """Screen the owners once."""
        return cls(reading, listed_owners(screener, reading))

    def on(self, day: date) -> Owners:
        """Who owns a party on a day."""

        def owned(party: Party) -> OwnedBy:
            keys = self._keys(party)
            if not keys:
                return NOT_OWNED
            return _joined([self._by(rule, day, keys) for rule in ownership_laws()])

        return owned

    def _keys(self, party: Party) -> Sequence[str]:
        words = [party.name, *party.aliases, *(v for _, v in party.identifiers)]
        found = named(self.reading.holdings, [word for word in words if word])
        return list(dict.fromkeys(key for keys in found.values() for key in keys))

    def _by(self, rule: str, day: date, keys: Sequence[str]) -> OwnedBy:
        if rule not in _PUBLISHERS:
            return NOT_OWNED
        try:
            law, result = self._result(rule, day)
        except UsageError:
            return NOT_OWNED  # what the rule said so early is not known
        odd: tuple[Problem, ...] = ()
        for key in keys:
            answer = result.of(key)
            # What is odd about the stakes in a party: one in itself, more than all.
            odd = (*odd, *answer.problems)
            if answer.decided == "owned":
                unsure = () if law.sure else (_unsure(law, answer.sentence),)
                return OwnedBy(
                    (rule,) if law.sure else (),
                    self._programmes(answer.owners),
                    (answer.sentence,),
                    (*unsure, *odd),
                )
            if answer.decided == "unknown":
                return OwnedBy(problems=(_unknown(law, answer.sentence), *odd))
        return OwnedBy(problems=odd)

    def _result(self, rule: str, day: date) -> tuple[OwnershipLaw, Result]:
        if (rule, day) not in self._results:
            law = law_on(rule, day)
            result = evaluate(
                self.reading.stakes,
                self._of_publishers(self.owners.listed, rule),
                law.test,
                day,
                holdings=self.reading.holdings,
                perhaps=self._of_publishers(self.owners.perhaps, rule),
            )
            self._results[rule, day] = law, result
        return self._results[rule, day]

    def _of_publishers(self, keys: Sequence[str], rule: str) -> list[str]:
        """Those whom a list of that jurisdiction names."""
        wanted = _PUBLISHERS[rule]
        screenings: Mapping[str, Screening] = self.owners.screenings
        return [
            key
            for key in keys
            if key not in screenings
            or any(
                listing.publisher in wanted
                for hit in screenings[key].hits
                for listing in hit.entity.listings
            )
        ]

    def _programmes(self, owners: Sequence[str]) -> tuple[str, ...]:
        screenings = [
            self.owners.screenings[key]
            for key in owners
            if key in self.owners.screenings
        ]
        certain = [h.entity for s in screenings for h in s.hits if h.certain]
        return Standing.of(certain).programmes


def _joined(found: Sequence[OwnedBy]) -> OwnedBy:
    return OwnedBy(
        tuple(dict.fromkeys(rule for one in found for rule in one.under)),
        tuple(dict.fromkeys(tag for one in found for tag in one.programmes)),
        tuple(dict.fromkeys(text for one in found for text in one.said)),
        tuple(dict.fromkeys(p for one in found for p in one.problems)),
    )


def _unknown(law: OwnershipLaw, sentence: str) -> Problem:
    message = f"by {law.title} it cannot be known whether it is owned: {sentence}"
    return Problem("ownership_unknown", message, "", "stakes")


def _unsure(law: OwnershipLaw, sentence: str) -> Problem:
    message = f"owned by {law.title}, a test known from memory only: {sentence}"
    return Problem("ownership_unsure", message, "", "stakes")
