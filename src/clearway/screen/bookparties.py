"""The parties of a book of payments: each screened once, alike ones as one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from clearway.model import (
    Entity,
    Involved,
    Kind,
    Listing,
    Name,
    PartialDate,
    Party,
    Role,
)
from clearway.rules import RuleBook
from clearway.rules.condition import words_asked
from clearway.screen.gathering import is_named_bank, party_countries
from clearway.screen.screening import Hit, Screening, Verdict
from clearway.tables.book import Book

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

_OF_COUNTRIES = ("countries", "country", "origin", "destination", "via")
_IDENTIFIERS = ("bic", "bik", "inn", "lei", "iban")


@dataclass(frozen=True, slots=True)
class Supposed:
    """A listing that is supposed, to see what it would touch: who, from which day."""

    name: str
    day: date
    programmes: tuple[str, ...] = ("RUSSIA-EO14024",)

    @property
    def hit(self) -> Hit:
        """The hit such a listing would make."""
        listing = Listing(
            publisher="ofac",
            list="sdn",
            record="supposed",
            programmes=self.programmes,
            listed_on=PartialDate(self.day, self.day, text=self.day.isoformat()),
        )
        entity = Entity(
            id=f"supposed-{self.name}",
            kind=Kind.ORGANIZATION,
            names=(Name(self.name),),
            listings=(listing,),
        )
        return Hit(1.0, entity, (), certain=True)

    def is_meant(self, party: Party) -> bool:
        """Whether a party is the one supposed: its name in words, or a number of it."""
        name = self.name.casefold()
        if party.name.casefold().split() == name.split():
            return True
        return any(value.casefold() == name for _, value in party.identifiers)


class BookParties:
    """The parties of a book by number, and for each role which one each payment has.

    `columns` holds a column a role, -1 where a payment names nobody. Parties of whom
    nothing was found, and of whom the law would hear the same, have one number.
    """

    def __init__(
        self,
        screener: "Screener",
        book: Book,
        law: RuleBook,
        supposed: Sequence[Supposed],
        progress: Callable[[str, int, int], None],
    ) -> None:
        """Read them from the book and screen each once."""
        self._supposed = tuple(supposed)
        conditions = [rule.when for rule in law.rules]
        conditions += [definition.when for definition in law.definitions]
        self._asked = words_asked(conditions, _OF_COUNTRIES)
        self._involved: list[Involved] = []
        self._named: list[NDArray[np.int64]] = []
        keys: dict[tuple[str, ...], int] = {}
        for role, about in book.parties.items():
            self._named.append(self._numbered(role, about, book.rows, keys))
        self._screenings = self._screened(screener, progress)
        same = self._alike()
        self.columns = [same[column] for column in self._named]

    def on(self, number: int, day: date) -> tuple[Involved, Screening]:
        """A party with its screening, and what a supposed listing adds on a day."""
        involved, screening = self._involved[number], self._screenings[number]
        hits = tuple(
            one.hit
            for one in self._supposed
            if one.day <= day and one.is_meant(involved.party)
        )
        if hits:
            screening = replace(
                screening, hits=(*hits, *screening.hits), verdict=Verdict.STOP
            )
        return involved, screening

    def naming(self, supposed: Supposed) -> NDArray[np.bool_]:
        """Which payments have the party supposed in some role."""
        meant = [supposed.is_meant(involved.party) for involved in self._involved]
        known = np.array([*meant, False], np.bool_)
        found = np.zeros(len(self._named[0]), np.bool_)
        for column in self._named:
            found |= known[column]
        return found

    def _numbered(
        self,
        role: Role,
        about: Mapping[str, list[str]],
        rows: int,
        keys: dict[tuple[str, ...], int],
    ) -> NDArray[np.int64]:
        names = sorted(about)
        numbers = np.empty(rows, np.int64)
        columns = [about[name] for name in names]
        for at, values in enumerate(zip(*columns, strict=True)):
            if not any(values):
                numbers[at] = -1
                continue
            key = (role, *values)
            number = keys.get(key)
            if number is None:
                number = keys[key] = len(self._involved)
                self._involved.append(
                    _involved(role, dict(zip(names, values, strict=True)))
                )
            numbers[at] = number
        return numbers

    def _screened(
        self, screener: "Screener", progress: Callable[[str, int, int], None]
    ) -> list[Screening]:
        """Each party once, whatever its roles."""
        first: dict[Party, int] = {}
        order = [first.setdefault(i.party, len(first)) for i in self._involved]
        found: list[Screening] = []
        for screening in screener.lists_only.check_many(first):
            found.append(screening)
            if len(found) % 1000 == 0:
                progress("screening the parties of the book", len(found), len(first))
        return [found[at] for at in order]

    def _alike(self) -> NDArray[np.int64]:
        standing: dict[tuple[Any, ...], int] = {}
        same = np.arange(len(self._involved) + 1, dtype=np.int64)
        same[-1] = -1
        for number, involved in enumerate(self._involved):
            screening, party = self._screenings[number], involved.party
            if screening.hits or screening.problems:
                continue
            if any(one.is_meant(party) for one in self._supposed):
                continue
            # A country that no rule asks for is as good as any other such.
            countries = {c if c in self._asked else "" for c in party_countries(party)}
            key = (
                *(involved.role, frozenset(countries), party.address),
                *(is_named_bank(party), *sorted(involved.known.items())),
            )
            same[number] = standing.setdefault(key, number)
        return same


def _involved(role: Role, known: Mapping[str, str]) -> Involved:
    country = known.get("country", "")
    party = Party(
        name=known.get("name", ""),
        kind=known.get("kind") or Kind.ANY,
        countries=(country,) if country else (),
        identifiers=tuple((a, known[a]) for a in _IDENTIFIERS if known.get(a)),
        address=known.get("address") or None,
    )
    more = {"sector": known["sector"]} if known.get("sector") else {}
    return Involved(role, party, known=more)
