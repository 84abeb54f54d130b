"""Shares as whole numbers, and the sums that must be reached, as arrays.

Every share is a multiple of one small unit: the least common denominator of all shares
and thresholds, times a power of two so large that the hairs of `exact` (one for each
"more than" and "less than") never add up to a unit. So whole numbers are compared as
the fractions and hairs would be. Where they would not fit 62 bits there is no quick
way, and the exact one is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from clearway.ownership.edges import Edges
from clearway.ownership.exact import ONE, Amount
from clearway.ownership.register import Marks, Numbers
from clearway.ownership.threshold import Test

_BITS = 62


@dataclass(frozen=True)
class Counters:
    """Sums and what they must reach, for one direction (certain or possible).

    `starts[n]` to `starts[n + 1]` are the entries of owner n; entry i adds `gain[i]`
    and `room[i]` to counter `counter[i]`, which is full from `need_gain` and
    `need_room` on. A group with `need` full counters makes its party owned.
    """

    starts: Numbers
    counter: Numbers
    gain: Numbers
    room: Numbers
    need_gain: Numbers
    need_room: Numbers
    group: Numbers
    need: Numbers
    party: Numbers


@dataclass(frozen=True)
class Scale:
    """How many units make a whole; None would not fit."""

    unit: int

    @classmethod
    def of(cls, edges: Edges, test: Test) -> "Scale | None":
        """The scale for these stakes and this test, if there is one."""
        used = np.unique(edges.share)
        if edges.itself is not None:
            used = np.union1d(used, edges.itself.share)
        ends = [edges.shares[int(n)] for n in used]
        most = int(np.bincount(edges.owned).max()) if len(edges) else 1
        if edges.itself is not None and len(edges.itself):
            most += int(np.bincount(edges.itself.owned).max())
        hairs = 1 << (most + 2).bit_length()
        largest = max((share.most for share in ends), default=Fraction(1))
        room = (1 << _BITS) // (hairs * (most + 2) * max(1, int(largest) + 1))
        whole = lcm(*(measure.threshold.denominator for measure in test.measures))
        for share in ends:
            whole = lcm(whole, share.least.denominator, share.most.denominator)
            if whole > room:
                return None
        return cls(whole * hairs)

    def number(self, amount: Amount) -> int:
        """An amount in units."""
        return int(amount[0] * self.unit) + amount[1]

    def numbers(self, amounts: Sequence[Amount]) -> Numbers:
        """Many of them."""
        return np.asarray([self.number(amount) for amount in amounts], np.int64)


def certain_counters(edges: Edges, test: Test, scale: Scale, parties: int) -> Counters:
    """What must be reached for certain: every class of one sum."""
    rows = np.flatnonzero(edges.certain)
    # Classes without a certain stake must be reached too, so all count as classes.
    slots = edges.control_slot + 1
    keys, counter, first = _keys(edges, slots)
    alone = edges.alone[first]
    slot_of = edges.slot[first]
    group_key = np.where(alone, -1 - keys, edges.owned[first] * slots + slot_of)
    groups, where, group = np.unique(group_key, return_index=True, return_inverse=True)
    gains = scale.numbers([(s.least, int(s.over)) for s in edges.shares])
    limits = _limits(edges, test, scale)
    return _sorted(
        edges.owner[rows],
        counter[rows],
        gains[edges.share[rows]],
        np.zeros(len(rows), np.int64),
        need_gain=limits[slot_of],
        need_room=np.zeros(len(keys), np.int64),
        group=group,
        need=np.where(groups < 0, 1, np.bincount(group, minlength=len(groups))),
        party=edges.owned[first][where],
        parties=parties,
    )


def possible_counters(edges: Edges, test: Test, scale: Scale, parties: int) -> Counters:
    """What may be reached: any class, or all classes where they make one whole."""
    slots = edges.control_slot + 1
    keys, counter, first = _keys(edges, slots)
    gains = scale.numbers([(s.most, -int(s.under)) for s in edges.shares])
    rooms = scale.numbers([(s.least, int(s.over)) for s in edges.shares])
    gain = gains[edges.share]
    room = np.where(edges.certain, rooms[edges.share], 0)
    owner, owned, slot = edges.owner, edges.owned[first], edges.slot[first]
    alone = edges.alone[first]
    itself = _itself(edges, keys, slots, scale)
    several = _several(owned, slot, alone, slots)
    if several.any():  # a further counter for all classes of a sum together
        more = several[counter]
        key = (edges.owned * slots + edges.slot)[more]
        _, at, back = np.unique(key, return_index=True, return_inverse=True)
        sources = np.flatnonzero(more)[at]
        together = np.zeros(len(at), np.int64)
        owner = np.concatenate([owner, edges.owner[more]])
        key_of = {int(k): n for n, k in enumerate(np.unique(key))}
        for old in np.flatnonzero(several):
            together[key_of[int(owned[old] * slots + slot[old])]] += itself[old]
        counter = np.concatenate([counter, len(keys) + back])
        gain = np.concatenate([gain, gain[more]])
        room = np.concatenate([room, room[more]])
        owned = np.concatenate([owned, edges.owned[sources]])
        slot = np.concatenate([slot, edges.slot[sources]])
        alone = np.concatenate([alone, np.zeros(len(at), np.bool_)])
        itself = np.concatenate([itself, together])
    known = np.zeros(len(owned), np.int64)
    np.add.at(known, counter, room)
    whole = scale.number(ONE)
    limit = _limits(edges, test, scale)[slot]
    parts_only = np.arange(len(owned)) >= len(keys)
    need_room = np.where(alone | (known > whole), 0, known - whole + limit)
    need_gain = np.maximum(limit - itself, 1)
    never = parts_only & (known > whole)  # the classes are no parts of one whole
    need_gain = np.where(never, np.iinfo(np.int64).max, need_gain)
    return _sorted(
        owner,
        counter,
        gain,
        room,
        need_gain=need_gain,
        need_room=need_room,
        group=np.arange(len(owned)),
        need=np.ones(len(owned), np.int64),
        party=owned,
        parties=parties,
    )


def _keys(edges: Edges, slots: int) -> tuple[Numbers, Numbers, Numbers]:
    """The sums by party, slot and class; the sum of each stake; a stake of each sum."""
    classes = int(edges.share_class.max()) + 1 if len(edges) else 1
    if edges.itself is not None and len(edges.itself):
        classes = max(classes, int(edges.itself.share_class.max()) + 1)
    key = (edges.owned * slots + edges.slot) * classes + edges.share_class
    keys, first, counter = np.unique(key, return_index=True, return_inverse=True)
    return keys, counter, first


def _limits(edges: Edges, test: Test, scale: Scale) -> Numbers:
    per_slot = [m.limit for m in test.measures for _ in range(2)]
    return scale.numbers([*per_slot, ONE])


def _itself(edges: Edges, keys: Numbers, slots: int, scale: Scale) -> Numbers:
    """How much of each sum the party holds itself."""
    held = np.zeros(len(keys), np.int64)
    own = edges.itself
    if own is None or not len(own) or not len(keys):
        return held
    classes = int(max(edges.share_class.max(), own.share_class.max())) + 1
    key = (own.owned * slots + own.slot) * classes + own.share_class
    at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    known = (keys[at] == key) & ~own.alone
    amounts = scale.numbers([(s.most, -int(s.under)) for s in edges.shares])
    np.add.at(held, at[known], amounts[own.share[known]])
    return held


def _several(owned: Numbers, slot: Numbers, alone: Marks, slots: int) -> Marks:
    """Which sums are one of several classes of the same party and measure."""
    key = owned * slots + slot
    _, back, counts = np.unique(key, return_inverse=True, return_counts=True)
    several: Marks = (counts[back] > 1) & ~alone
    return several


def _sorted(
    owner: Numbers,
    counter: Numbers,
    gain: Numbers,
    room: Numbers,
    *,
    need_gain: Numbers,
    need_room: Numbers,
    group: Numbers,
    need: Numbers,
    party: Numbers,
    parties: int,
) -> Counters:
    """The entries by owner."""
    order = np.argsort(owner, kind="stable")
    starts = np.zeros(parties + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=parties), out=starts[1:])
    return Counters(
        starts,
        counter[order],
        gain[order],
        room[order],
        need_gain,
        need_room,
        group.astype(np.int64),
        need.astype(np.int64),
        party,
    )
