"""The ways from listed parties down to what they own, and which sum decides."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from clearway.ownership.edges import Edges
from clearway.ownership.exact import Exact, Part, total
from clearway.ownership.register import Register
from clearway.ownership.stake import UNKNOWN, Share, Stake
from clearway.ownership.threshold import Test
from clearway.ownership.words import Teller, signs_of

MOST_CHAINS = 20
"""So many ways to one party are told; `owners` names everybody all the same."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One way from a listed party down to a party: the stakes, from the top."""

    stakes: tuple[Stake, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties along it, the listed one first."""
        if not self.stakes:
            return ()
        return (self.stakes[0].owner, *(stake.owned for stake in self.stakes))


class Tale(NamedTuple):
    """What there is to tell of one party."""

    share: Share
    owners: tuple[int, ...]
    chains: tuple[Chain, ...]
    arithmetic: tuple[str, ...]
    signs: tuple[str, ...]


class Inside(NamedTuple):
    """Who counts, for certain and possibly, when one set of listed parties does."""

    certain: dict[int, None]
    possible: dict[int, None]


def tale(
    above: Edges,
    register: Register,
    test: Test,
    number: int,
    sets_with: Callable[[Iterable[int]], Sequence[Sequence[int]]],
    listed: frozenset[int],
    seconds: Sequence[int],
    day: date,
) -> Tale:
    """The share, chains and arithmetic of one party, from the stakes above it."""
    rule = Exact(above, test)
    near = {number, *above.owner.tolist()}
    sets = [
        [n for n in group if n in near and n != number] for group in sets_with(near)
    ]
    inside = _telling(
        rule, number, _insides(rule, near, sets, [*{*seconds} - {number}], number)
    )
    slot = _slot(rule, number, inside)
    order = _upwards(rule, number, inside)
    owners = tuple(sorted(n for n in order if n in listed and n != number))
    teller = Teller(
        rule,
        register,
        test,
        inside.certain,
        inside.possible,
        listed,
        {*seconds},
        number,
    )
    ends = {*listed, *seconds}
    steps = [n for n in reversed(order) if n not in ends and n != number]
    sentences = [teller.sentence(step, _slot(rule, step, inside)) for step in steps]
    sentences.append(teller.sentence(number, slot))
    sentences += teller.apart(number, slot, sets)
    stakes = _stakes(above, register)
    counted = {*inside.possible}
    return Tale(
        share=interval(rule, number, slot, inside),
        owners=owners,
        chains=tuple(_chains(rule, number, inside, ends, stakes)),
        arithmetic=tuple(sentences),
        signs=tuple(signs_of(register, test, number, counted, listed, day)),
    )


def _insides(
    rule: Exact,
    near: set[int],
    sets: Sequence[Sequence[int]],
    seconds: Sequence[int],
    number: int,
) -> Iterable[Inside]:
    """Who counts, as if the party itself owned nothing: a circle explains nobody."""
    unnamed = [n for n in seconds if n in near]
    for sources in sets or [[]]:
        yield Inside(
            rule.reached(sources, possible=False, without=number),
            rule.reached([*unnamed, *sources], possible=True, without=number),
        )


def _telling(rule: Exact, number: int, insides: Iterable[Inside]) -> Inside:
    """The set of listed parties that decides; else the one with the largest share."""

    def weight(inside: Inside) -> tuple[bool, bool, Fraction, Fraction]:
        share = interval(rule, number, _slot(rule, number, inside), inside)
        return (
            rule.enough(number, inside.certain, possible=False),
            rule.enough(number, inside.possible, possible=True),
            share.least,
            share.most,
        )

    return max(insides, key=weight)


def _slot(rule: Exact, number: int, inside: Inside) -> int:
    """The sum that decides, or would."""
    slots = sorted(rule.parts.get(number, {}))
    for possible, among in ((False, inside.certain), (True, inside.possible)):
        for slot in slots:
            if rule.enough_in(number, slot, among, possible):
                return slot
    held = [slot for slot in slots if _holders(rule, number, slot, inside)]
    return next(iter([*held, *slots]), 0)


def _holders(rule: Exact, number: int, slot: int, inside: Inside) -> list[Part]:
    sums = rule.parts.get(number, {}).get(slot, {})
    return [p for parts in sums.values() for p in parts if p.owner in inside.possible]


def interval(rule: Exact, number: int, slot: int, inside: Inside) -> Share:
    """What those who count hold: from the certain least to the possible most."""
    sums = rule.parts.get(number, {}).get(slot)
    if not sums:
        return Share.exactly(0)
    low = [
        total(part.least for part in parts if part.owner in inside.certain)
        for parts in sums.values()
    ]
    if rule.stands_alone(slot):
        least = max(
            (
                part.least
                for parts in sums.values()
                for part in parts
                if part.owner in inside.certain
            ),
            default=(Fraction(0), 0),
        )
        most = max(
            (part.most for part in _holders(rule, number, slot, inside)),
            default=(Fraction(0), 0),
        )
    else:
        least = min(low)
        most = max(
            min((held[0] + itself[0], held[1] + itself[1]), room)
            if held > (Fraction(0), 0)
            else held
            for held, room, itself in rule.ceilings(number, slot, inside.possible)
        )
    return _share(least, most)


def _share(least: tuple[Fraction, int], most: tuple[Fraction, int]) -> Share:
    low, high = least[0], max(least[0], most[0])
    if low == high:
        return Share.exactly(low)
    return Share(low, high, over=least[1] > 0, under=most[1] < 0)


def _upwards(rule: Exact, number: int, inside: Inside) -> list[int]:
    """The party and all through whom it is owned, each before those above it."""
    among = _among(rule, number, inside)
    ranks = {n: at for at, n in enumerate(among)}
    seen, waiting = {number}, [number]
    for party in waiting:
        for sums in rule.parts.get(party, {}).values():
            for parts in sums.values():
                for part in parts:
                    if part.owner in ranks and part.owner not in seen:
                        seen.add(part.owner)
                        waiting.append(part.owner)
    rest = sorted(seen - {number}, key=lambda n: -ranks[n])
    return [number, *rest]


def _among(rule: Exact, number: int, inside: Inside) -> dict[int, None]:
    """Those who make a party owned; those who may, where none do."""
    owned = rule.enough(number, inside.certain, possible=False)
    return inside.certain if owned else inside.possible


def _stakes(above: Edges, register: Register) -> dict[tuple[int, int], Stake]:
    """The largest stake between two parties."""
    found: dict[tuple[int, int], Stake] = {}
    for row in range(len(above)):
        pair = int(above.owner[row]), int(above.owned[row])
        stake = register.stakes[int(above.stake[row])]
        if pair not in found or _size(found[pair]) < _size(stake):
            found[pair] = stake
    return found


def _size(stake: Stake) -> tuple[bool, Fraction]:
    return stake.share != UNKNOWN, stake.share.least


def _chains(
    rule: Exact,
    number: int,
    inside: Inside,
    ends: set[int],
    stakes: dict[tuple[int, int], Stake],
) -> Iterable[Chain]:
    """Ways up that meet no party twice, at most MOST_CHAINS of them."""
    among = _among(rule, number, inside)
    owners: dict[int, dict[int, None]] = {}
    for party in (number, *among):
        for sums in rule.parts.get(party, {}).values():
            for parts in sums.values():
                for part in parts:
                    if part.owner in among:
                        owners.setdefault(party, {})[part.owner] = None
    count = 0
    waiting: list[tuple[int, ...]] = [(number,)]
    while waiting and count < MOST_CHAINS:
        way = waiting.pop()
        if len(way) > 1 and way[-1] in ends:
            count += 1
            pairs = zip(way[:0:-1], way[-2::-1], strict=True)
            yield Chain(tuple(stakes[pair] for pair in pairs))
            continue
        for owner in reversed(owners.get(way[-1], {})):
            if owner not in way:
                waiting.append((*way, owner))
