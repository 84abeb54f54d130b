"""Which pieces of a book the law cannot tell apart, in each period of its facts.

What a piece comes to is its facts as the rules' comparisons take them, what it adds to
the facts of the whole payment, the verdict its lists ask for and its problems. Pieces
that come to the same in every period are one and the same to everything that follows.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from clearway.model import Involved, Problem
from clearway.names import countries
from clearway.names.mentions import phrases_in, postal_codes_in, words_in, written_in
from clearway.rules import Item
from clearway.rules.asking import Asks
from clearway.screen.bookpieces import Checked, Piece, Pieces
from clearway.screen.gathering import (
    PAYERS,
    RECEIVERS,
    is_named_bank,
    money_facts,
    party_countries,
    party_items,
    places_of,
    purposes_of,
)
from clearway.screen.goods_facts import goods_items
from clearway.screen.ownership_facts import NOT_OWNED
from clearway.screen.place_facts import place_items
from clearway.screen.screening import Screening, Verdict
from clearway.screen.supposing import Supposed
from clearway.tables.coded import Numbers

_COUNTED = frozenset({*PAYERS, *RECEIVERS})


@dataclass(frozen=True, slots=True)
class Parts:
    """The facts of one piece on a day, as `gather` gathers those of a payment."""

    parties: tuple[Item, ...]
    goods: tuple[Item, ...]
    places: tuple[Item, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Meanings:
    """What pieces come to, each different meaning once, by number.

    Of meaning `m`: `adds[m]` is what it adds to the whole (by number), `items[m]` its
    items (by number), `ranks[m]` the verdict its lists ask for, `codes[m]` what is
    wrong with it, and `example[m]` a piece with that meaning, and its facts.
    """

    adds: list[int]
    items: list[int]
    ranks: list[int]
    codes: list[tuple[str, ...]]
    example: list[tuple[Piece, Parts]]
    bundles: list[tuple[tuple[str, Item], ...]]


class Likeness:
    """Sorts the pieces of a book by what they come to."""

    def __init__(
        self, asks: Asks, supposed: Sequence[Supposed], days: Sequence[date]
    ) -> None:
        """Take the rules' questions, and the first day of each period of facts."""
        self._asks, self._supposed, self._days = asks, tuple(supposed), tuple(days)
        self.meanings = Meanings([], [], [], [], [], [])
        self._numbers: dict[Hashable, int] = {}
        self._adds: dict[Hashable, int] = {}
        self._bundles: dict[Hashable, int] = {}
        self._items: dict[Hashable, Item] = {}

    def sorted(self, pieces: Pieces) -> tuple[Numbers, Numbers]:
        """For each piece its kind, and for each kind its meaning in each period."""
        kinds: dict[tuple[int, ...], int] = {}
        quick: dict[Hashable, int] = {}
        kind_of = np.empty(len(pieces.all), np.int64)
        for number, piece in enumerate(pieces.all):
            key = None if number in pieces.supposed else self._quickly(piece)
            known = quick.get(key) if key is not None else None
            if known is None:
                meant = self._meant(piece, is_supposed=number in pieces.supposed)
                known = kinds.setdefault(meant, len(kinds))
                if key is not None:
                    quick[key] = known
            kind_of[number] = known
        table = np.array(list(kinds), np.int64).reshape(len(kinds), len(self._days))
        return kind_of, table

    def _quickly(self, piece: Piece) -> Hashable | None:
        """A key that only pieces of one meaning have; None where a look is needed."""
        made = piece.made
        if made.problems or made.goods or made.places or piece.named:
            return None
        if made.texts and not all(_names_no_place(text.text) for text in made.texts):
            return None
        if not made.parties:
            return self._words(piece) if made.amount is None else None
        (involved, screening), *others = piece.checked
        if others or screening.hits or screening.problems or made.texts:
            return None
        party = involved.party
        if party.address and not _names_no_place(party.address):
            return None
        places = place_items(places_of(made), self._days[0])[0] if party.address else ()
        return (
            *(involved.role, is_named_bank(party), screening.verdict),
            *(self._asks.told("place", item.known) for item in places),
            tuple(map(self._asks.country, sorted(party_countries(party)))),
            tuple(sorted(involved.known.items())),
        )

    def _words(self, piece: Piece) -> tuple[Any, ...]:
        purposes = purposes_of(piece.made)
        return (
            purposes is None,
            self._asks.words("transaction.purposes", purposes or ()),
        )

    def _meant(self, piece: Piece, *, is_supposed: bool) -> tuple[int, ...]:
        made = piece.made
        has_places = (
            made.places
            or made.texts
            or any(involved.party.address for involved in made.parties)
        )
        if not (is_supposed or made.goods or has_places):
            return (self._meaning(piece, self._days[0]),) * len(self._days)
        return tuple(self._meaning(piece, day) for day in self._days)

    def _meaning(self, piece: Piece, day: date) -> int:
        checked = tuple(self._with_supposed(*pair, day) for pair in piece.checked)
        piece = replace(piece, checked=checked)
        parts = facts_of(piece, day)
        scopes = (
            ("party", parts.parties),
            ("goods", parts.goods),
            ("place", parts.places),
        )
        told = [
            (scope, self._asks.told(scope, item.known), item)
            for scope, items in scopes
            for item in items
        ]
        bundle = frozenset((scope, told_) for scope, told_, _ in told)
        adds = self._added(piece, parts)
        rank = max((s.verdict.rank for _, s in checked), default=0)
        codes = tuple(
            dict.fromkeys(
                problem.code
                for problem in (
                    *(p for _, s in checked for p in s.problems),
                    *parts.problems,
                )
            )
        )
        if parts.problems:
            rank = max(rank, Verdict.REVIEW.rank)
        key = (adds, bundle, rank, codes)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.meanings.adds)
            self._keep(key, told, piece, parts)
        return number

    def _keep(self, key: Any, told: Any, piece: Piece, parts: Parts) -> None:
        adds, bundle, rank, codes = key
        meanings = self.meanings
        if bundle not in self._bundles:
            self._bundles[bundle] = len(meanings.bundles)
            once = {(scope, told_): item for scope, told_, item in told}
            items = tuple(
                (scope, self._items.setdefault((scope, told_), item))
                for (scope, told_), item in once.items()
            )
            meanings.bundles.append(items)
        meanings.adds.append(self._adds.setdefault(adds, len(self._adds)))
        meanings.items.append(self._bundles[bundle])
        meanings.ranks.append(rank)
        meanings.codes.append(codes)
        meanings.example.append((piece, parts))

    def _with_supposed(
        self, involved: Involved, screening: Screening, day: date
    ) -> tuple[Involved, Screening]:
        """A party with its hits, those supposed too from their day on."""
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

    def _added(self, piece: Piece, parts: Parts) -> Hashable:
        """What a piece adds to the facts of the whole payment."""
        made, asks = piece.made, self._asks
        problems: list[Problem] = []
        money = money_facts(made.amount, made.invoice, problems)
        certain = [i for i in parts.parties if i.known["party.match"] == "certain"]
        return (
            bool(made.parties),
            frozenset(
                (one.role, tuple(map(asks.country, sorted(party_countries(one.party)))))
                for one in made.parties
                if one.role in _COUNTED
            ),
            frozenset(
                asks.country(code)
                for item in parts.parties
                for code in item.known["party.countries"]
            ),
            frozenset(
                word
                for item in certain
                for word in asks.words(
                    "transaction.programmes", item.known["party.programmes"] or ()
                )
            ),
            tuple(
                (i.known.get("goods.lists"), i.known.get("goods.groups"))
                for i in parts.goods
            ),
            tuple(
                (place.role, asks.country(code))
                for place in made.places
                if (code := countries.code(place.country or place.text))
            ),
            *self._words(piece),
            made.amount is None,
            asks.told("transaction", money),
            tuple(problem.code for problem in problems),
        )


def facts_of(piece: Piece, day: date) -> Parts:
    """The facts of a piece on a day, and what could not be understood of it."""
    problems: list[Problem] = list(piece.made.problems)
    goods, found = goods_items(piece.made.goods, day)
    problems += found
    places, found = place_items(places_of(piece.made), day)
    problems += found
    parties = tuple(
        item
        for involved, screening in piece.checked
        for item in party_items(involved, screening, NOT_OWNED, problems)
    )
    return Parts(parties, goods, places, tuple(problems))


def joined(pieces: Iterable[tuple[Piece, Parts]]) -> tuple[Piece, Parts]:
    """The pieces of one row together, as one payment."""
    found = list(pieces)
    made = [piece.made for piece, _ in found]
    whole = replace(
        made[0],
        kind="payment",
        parties=tuple(party for one in made for party in one.parties),
        goods=tuple(line for one in made for line in one.goods),
        places=tuple(place for one in made for place in one.places),
        texts=tuple(text for one in made for text in one.texts),
        purpose=next((one.purpose for one in made if one.purpose), ""),
        amount=next((one.amount for one in made if one.amount), None),
    )
    checked: Checked = tuple(pair for piece, _ in found for pair in piece.checked)
    parts = [parts for _, parts in found]
    return Piece(whole, checked), Parts(
        tuple(item for one in parts for item in one.parties),
        tuple(item for one in parts for item in one.goods),
        tuple(item for one in parts for item in one.places),
        tuple(problem for one in parts for problem in one.problems),
    )


def _names_no_place(text: str) -> bool:
    """Whether no territory, town or postal code is named, whatever the day."""
    words = words_in(text)
    return not (
        phrases_in(text, words, None) or written_in(text) or postal_codes_in(text)
    )
