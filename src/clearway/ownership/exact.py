"""Ownership by the definition, in fractions: the rule that the quick way must equal.

A party is owned if its owners that count - listed ones, and those that are themselves
owned - together hold enough of it. That is the least set with this property: two
companies that own each other are nobody's unless somebody listed comes in from outside.

Sums are `(fraction, hairs)`: a hair is less than any fraction, so that "more than
50 %" is half and one hair, and "less than 25 %" is a quarter less one.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from clearway.ownership.edges import Edges
from clearway.ownership.stake import Share
from clearway.ownership.threshold import Test

Amount: TypeAlias = tuple[Fraction, int]

ZERO: Amount = (Fraction(0), 0)
ONE: Amount = (Fraction(1), 0)
_LEAST: Amount = (Fraction(0), 1)
"""The smallest that is more than nothing."""


class Part(NamedTuple):
    """One stake in a sum: who holds it, how much, whether it holds for certain."""

    owner: int
    share: Share
    certain: bool

    @property
    def least(self) -> Amount:
        """What it adds towards `owned`."""
        if not self.certain:
            return ZERO
        return self.share.least, int(self.share.over)

    @property
    def most(self) -> Amount:
        """What it adds towards `possible`."""
        return self.share.most, -int(self.share.under)


Sums: TypeAlias = dict[int, list[Part]]
"""The stakes of one slot by share class."""


def plus(one: Amount, other: Amount) -> Amount:
    """Both together."""
    return one[0] + other[0], one[1] + other[1]


def minus(one: Amount, other: Amount) -> Amount:
    """One without the other."""
    return one[0] - other[0], one[1] - other[1]


def total(amounts: Iterable[Amount]) -> Amount:
    """All of them together."""
    whole, hairs = Fraction(0), 0
    for amount, more in amounts:
        whole, hairs = whole + amount, hairs + more
    return whole, hairs


class Exact:
    """The stakes that count, asked party by party."""

    def __init__(self, edges: Edges, test: Test) -> None:
        self.test = test
        self.control_slot = edges.control_slot
        self.below: dict[int, dict[int, None]] = defaultdict(dict)
        self.parts: dict[int, dict[int, Sums]] = defaultdict(dict)
        self.itself: dict[tuple[int, int, int], Amount] = {}
        for owner, owned, slot, class_, share, certain in _rows(edges):
            self.below[owner][owned] = None
            sums = self.parts[owned].setdefault(slot, {})
            part = Part(owner, edges.shares[share], certain)
            sums.setdefault(class_, []).append(part)
        if edges.itself is not None:
            for _, owned, slot, class_, share, _ in _rows(edges.itself):
                key = (owned, slot, class_)
                held = Part(owned, edges.shares[share], False).most
                self.itself[key] = plus(self.itself.get(key, ZERO), held)

    def limit(self, slot: int) -> Amount:
        """The least sum that is enough."""
        return ONE if slot == self.control_slot else self.test.measures[slot // 2].limit

    def reached(
        self, sources: Iterable[int], *, possible: bool, without: int = -1
    ) -> dict[int, None]:
        """The sources and all that is owned by them together, in the order found.

        As if nothing were owned by or through the party `without`.
        """
        inside = dict.fromkeys(sources)
        waiting = list(inside)
        for owner in waiting:
            for owned in self.below.get(owner, ()):
                if owned == without or owned in inside:
                    continue
                if self.enough(owned, inside, possible):
                    inside[owned] = None
                    waiting.append(owned)
        return inside

    def enough(self, owned: int, inside: dict[int, None], possible: bool) -> bool:
        """Whether those inside hold enough of a party."""
        return any(
            self.enough_in(owned, slot, inside, possible)
            for slot in self.parts.get(owned, {})
        )

    def enough_in(
        self, owned: int, slot: int, inside: dict[int, None], possible: bool
    ) -> bool:
        """Whether they do by one of its sums."""
        if possible:
            return self._possible(owned, slot, inside)
        return self._certain(slot, self.parts[owned][slot], inside)

    def _certain(self, slot: int, sums: Sums, inside: dict[int, None]) -> bool:
        """Of several classes of unknown weight, each must have enough."""
        limit = self.limit(slot)
        together = any if self.stands_alone(slot) else all
        return together(
            total(part.least for part in parts if part.owner in inside) >= limit
            for parts in sums.values()
        )

    def _possible(self, owned: int, slot: int, inside: dict[int, None]) -> bool:
        """Whether one class may have enough, or all classes as parts of one whole."""
        limit = self.limit(slot)
        if self.stands_alone(slot):
            return any(
                part.owner in inside and part.most >= limit
                for parts in self.parts[owned][slot].values()
                for part in parts
            )
        return any(
            max(minus(limit, itself), _LEAST) <= held and limit <= room
            for held, room, itself in self.ceilings(owned, slot, inside)
        )

    def ceilings(
        self, owned: int, slot: int, inside: dict[int, None]
    ) -> list[tuple[Amount, Amount, Amount]]:
        """The most those inside may hold, what others leave them, what it holds itself.

        One for each class, and one for all of them where they may be parts of a whole.
        """
        sums = self.parts[owned][slot]
        wholes: list[tuple[list[Part], tuple[int, ...]]]
        wholes = [(parts, (class_,)) for class_, parts in sums.items()]
        if len(sums) > 1:
            every = [part for parts in sums.values() for part in parts]
            if total(part.least for part in every) <= ONE:
                wholes.append((every, tuple(sums)))
        found = []
        for parts, classes in wholes:
            held = total(part.most for part in parts if part.owner in inside)
            known = total(part.least for part in parts)
            others = total(part.least for part in parts if part.owner not in inside)
            room = minus(ONE, others) if known <= ONE else (max(held[0], ONE[0]), 0)
            itself = total(self.itself.get((owned, slot, c), ZERO) for c in classes)
            found.append((held, room, itself))
        return found

    def stands_alone(self, slot: int) -> bool:
        """Whether stakes of the slot are in no sum: presumed ones, and control."""
        return slot % 2 == 1 or slot == self.control_slot


def _rows(edges: Edges) -> Iterable[tuple[int, int, int, int, int, bool]]:
    columns = (
        edges.owner.tolist(),
        edges.owned.tolist(),
        edges.slot.tolist(),
        edges.share_class.tolist(),
        edges.share.tolist(),
        edges.certain.tolist(),
    )
    return zip(*columns, strict=True)
