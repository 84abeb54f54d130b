"""What counts on a day under a test: stakes sorted into what is summed with what.

* A stake that held for certain counts with its lower end towards `owned` and with its
  upper end towards `possible`; one that may not hold, only towards `possible`.
* An indirect stake is told by the stakes between: where these are recorded and large
  enough to explain it, it is left out; where not, the share is unknown.
* The same stake told twice counts once for certain, and perhaps twice.
* Who holds votes of a party, with no word of shares, holds an unknown share.
* A group's account of a subsidiary means more than half where nothing else is said of
  the two; a branch is wholly its owner's. Both stand by themselves, in no sum.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from clearway.ownership.indirect import explained
from clearway.ownership.register import KINDS, Marks, Numbers, Register
from clearway.ownership.stake import OVER_HALF, UNKNOWN, WHOLE, Interest, Share
from clearway.ownership.threshold import Test

_NUMBER = {kind: at for at, kind in enumerate(KINDS)}
_PRESUMED = ((Interest.CONSOLIDATION, OVER_HALF), (Interest.BRANCH, WHOLE))
CONTROLS = (
    Interest.BOARD_MAJORITY,
    Interest.CONTROL,
    Interest.CONSOLIDATION,
    Interest.BRANCH,
)
"""The kinds of stake that are control: had or not, never measured."""


@dataclass(frozen=True)
class Edges:
    """The stakes that count, one row each, for one day and one test.

    `slot` says what is summed with what: measure m has slot 2 m, what is presumed
    under it slot 2 m + 1, control the last slot. `share` is a number into `shares`.
    `stake` is the row of the register. `twice` marks stakes that repeat another;
    `itself` are stakes of parties in themselves, which are in no sum.
    """

    owner: Numbers
    owned: Numbers
    slot: Numbers
    share_class: Numbers
    share: Numbers
    certain: Marks
    stake: Numbers
    shares: tuple[Share, ...]
    control_slot: int
    twice: Marks
    itself: "Edges | None" = None

    def __len__(self) -> int:
        """How many there are."""
        return len(self.owner)

    @property
    def alone(self) -> Marks:
        """Which stand by themselves: presumed ones, and control."""
        alone: Marks = (self.slot % 2 == 1) | (self.slot == self.control_slot)
        return alone

    def only(self, which: Marks | Numbers) -> "Edges":
        """Some of them."""
        return replace(
            self,
            owner=self.owner[which],
            owned=self.owned[which],
            slot=self.slot[which],
            share_class=self.share_class[which],
            share=self.share[which],
            certain=self.certain[which],
            stake=self.stake[which],
            twice=self.twice[which],
        )


def edges_on(register: Register, day: date, test: Test) -> Edges:
    """The stakes of a register that count on a day under a test."""
    surely, maybe = register.holding_on(day)
    left_out = explained(register, maybe)
    rows = np.flatnonzero(maybe & ~left_out)
    shares = (*register.shares, UNKNOWN, WHOLE, OVER_HALF)
    unknown, whole = len(register.shares), len(register.shares) + 1
    parts = [
        part
        for at, measure in enumerate(test.measures)
        for part in _measured(register, rows, measure.kind, 2 * at, unknown)
    ]
    control_slot = 2 * len(test.measures)
    if test.control:
        found = rows[_of_kind(register, rows, *CONTROLS)]
        parts.append((found, control_slot, np.full(len(found), whole)))
    stake = np.concatenate([part[0] for part in parts])
    slot = np.concatenate([np.full(len(p[0]), p[1], np.int64) for p in parts])
    share = np.concatenate([part[2] for part in parts]).astype(np.int64)
    certain = surely[stake] & ~register.indirect[stake] & (share != unknown)
    edges = Edges(
        owner=register.owner[stake],
        owned=register.owned[stake],
        slot=slot,
        share_class=np.where(
            (slot % 2 == 0) & (slot < control_slot), register.share_class[stake], 0
        ),
        share=share,
        certain=certain,
        stake=stake,
        shares=shares,
        control_slot=control_slot,
        twice=np.zeros(len(stake), np.bool_),
    )
    return _with_itself_apart(_classes_settled(_doubled_doubted(edges)))


def _of_kind(register: Register, rows: Numbers, *kinds: Interest) -> Marks:
    found: Marks = np.isin(register.kind[rows], [_NUMBER[kind] for kind in kinds])
    return found


def _measured(
    register: Register, rows: Numbers, kind: Interest, slot: int, unknown: int
) -> list[tuple[Numbers, int, Numbers]]:
    """Stakes of the kind; presumed ones; votes of whose shares nothing is said.

    What a party holds of itself is told or is nothing: it is never presumed.
    """
    told = rows[_of_kind(register, rows, kind)]
    share = np.where(register.indirect[told], unknown, register.share[told])
    found = [(told, slot, share)]
    pairs = _pairs(register, told)
    rows = rows[register.owner[rows] != register.owned[rows]]
    for other, (presumed, _) in enumerate(_PRESUMED):
        more = rows[_of_kind(register, rows, presumed)]
        more = more[~_among(_pairs(register, more), pairs)]
        number = unknown + (2 if other == 0 else 1)
        found.append((more, slot + 1, np.full(len(more), number)))
    if kind is Interest.SHARES:
        votes = rows[_of_kind(register, rows, Interest.VOTING_RIGHTS)]
        votes = votes[~_among(_pairs(register, votes), pairs)]
        found.append((votes, slot, np.full(len(votes), unknown)))
    return found


def _among(some: Numbers, others: Numbers) -> Marks:
    """Which are among others; quick where there is nothing to look for."""
    if not len(some) or not len(others):
        return np.zeros(len(some), np.bool_)
    found: Marks = np.isin(some, others)
    return found


def _pairs(register: Register, rows: Numbers) -> Numbers:
    pairs: Numbers = register.owner[rows] * len(register.ids) + register.owned[rows]
    return pairs


def _doubled_doubted(edges: Edges) -> Edges:
    """Of stakes that are told twice in the same words, one alone is certain."""
    twice = np.zeros(len(edges), np.bool_)
    twice[_repeated(edges)] = True
    return replace(edges, certain=edges.certain & ~twice, twice=twice)


def _repeated(edges: Edges) -> Numbers:
    """The rows that repeat a certain row: same parties, kind, class and share."""
    rows = np.flatnonzero(edges.certain & (edges.slot < edges.control_slot))
    columns = (edges.share, edges.share_class, edges.slot, edges.owned, edges.owner)
    keys = [column[rows] for column in columns]
    order = np.lexsort(keys)  # stable: the row that stands first stays certain
    same = np.ones(max(len(rows) - 1, 0), np.bool_)
    for key in keys:
        same &= key[order[1:]] == key[order[:-1]]
    found: Numbers = rows[order[1:][same]]
    return found


def _classes_settled(edges: Edges) -> Edges:
    """One class is the whole; among several, an unknown share is of none of them."""
    if not edges.share_class.any():
        return _alone(edges)
    group = edges.owned * (edges.control_slot + 1) + edges.slot
    named = edges.share_class > 0
    pairs = np.unique(np.stack([group[named], edges.share_class[named]]), axis=1)
    groups, counts = np.unique(pairs[0], return_counts=True)
    several = np.isin(group, groups[counts > 1])
    classes = np.where(several, edges.share_class, 0)
    unknown = np.asarray([share == UNKNOWN for share in edges.shares])[edges.share]
    apart = several & ~named & unknown & (edges.slot < edges.control_slot)
    slot = np.where(apart, edges.slot | 1, edges.slot)
    return _alone(replace(edges, slot=slot, share_class=classes))


def _alone(edges: Edges) -> Edges:
    """What stands by itself is a class of its own, so that nothing is added to it."""
    alone = edges.alone
    classes = np.where(alone, np.arange(len(edges)), edges.share_class)
    return replace(edges, share_class=classes)


def _with_itself_apart(edges: Edges) -> Edges:
    itself = edges.owner == edges.owned
    return replace(edges.only(~itself), itself=edges.only(itself))
