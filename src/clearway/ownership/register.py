"""All stakes of a question in columns, with what does not add up in them."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from clearway.model import Problem
from clearway.ownership.stake import Holding, Interest, Share, Stake

KINDS = tuple(Interest)
"""The kinds of stake by the numbers that stand for them in columns."""

Numbers: TypeAlias = NDArray[np.int64]
Marks: TypeAlias = NDArray[np.bool_]

_ALWAYS = 0
_NEVER = date.max.toordinal() + 1


@dataclass(frozen=True)
class Register:
    """Stakes as columns, one row a stake; parties and shares by number.

    `ids[n]` is the party of number n, `number` the way back, `holdings` what is known
    of parties. `shares` and `classes` are what occurs, each once (class 0 is none).
    `days` has four columns: the earliest and latest first day, the earliest and latest
    last day, as ordinals. `problems` are those of the stakes themselves.
    """

    stakes: tuple[Stake, ...]
    holdings: Mapping[str, Holding]
    ids: tuple[str, ...]
    number: Mapping[str, int]
    shares: tuple[Share, ...]
    classes: tuple[str, ...]
    owner: Numbers
    owned: Numbers
    kind: Numbers
    share: Numbers
    share_class: Numbers
    days: Numbers
    indirect: Marks
    doubt: Marks
    problems: tuple[Problem, ...]

    @classmethod
    def of(
        cls, stakes: Iterable[Stake], holdings: Iterable[Holding] = ()
    ) -> "Register":
        """The register of these stakes; parties that only hold or are held included."""
        rows = tuple(stakes)
        known = {holding.id: holding for holding in holdings}
        # Maps rather than loops: a register may have a million rows.
        owners = [*map(attrgetter("owner"), rows)]
        owneds = [*map(attrgetter("owned"), rows)]
        number = _numbered(chain(owners, owneds, known))
        # Readers share equal shares: most are told apart by where they are kept.
        held = [*map(attrgetter("share"), rows)]
        kept = dict(zip(map(id, held), held, strict=True))
        shares = _numbered(kept.values())
        by_place = {place: shares[share] for place, share in kept.items()}
        class_of = [*map(attrgetter("share_class"), rows)]
        classes = _numbered(chain([""], class_of))
        kinds = {id(kind): at for at, kind in enumerate(KINDS)}  # hashed in Python
        days = np.empty((len(rows), 4), np.int64)
        days[:] = (_ALWAYS, _ALWAYS, _NEVER, _NEVER)
        for at, stake in enumerate(rows):
            if stake.since is not None or stake.until is not None:
                days[at] = _days(stake)

        def column(values: Iterable[int]) -> Numbers:
            return np.fromiter(values, np.int64, len(rows))

        owner = column(map(number.__getitem__, owners))
        owned = column(map(number.__getitem__, owneds))
        return cls(
            stakes=rows,
            holdings=known,
            ids=tuple(number),
            number=number,
            shares=tuple(shares),
            classes=tuple(classes),
            owner=owner,
            owned=owned,
            kind=column(map(kinds.__getitem__, map(id, map(attrgetter("kind"), rows)))),
            share=column(map(by_place.__getitem__, map(id, held))),
            share_class=column(map(classes.__getitem__, class_of)),
            days=days,
            indirect=np.fromiter((s.indirect for s in rows), np.bool_, len(rows)),
            doubt=np.fromiter((bool(s.doubt) for s in rows), np.bool_, len(rows)),
            problems=tuple(_in_itself(rows, owner == owned)),
        )

    def name(self, number: int) -> str:
        """What people call the party of this number."""
        key = self.ids[number]
        holding = self.holdings.get(key)
        return holding.shown if holding else key

    @cached_property
    def _by_owned(self) -> tuple[Numbers, Numbers]:
        order = np.argsort(self.owned, kind="stable")
        starts = np.zeros(len(self.ids) + 1, np.int64)
        np.cumsum(np.bincount(self.owned, minlength=len(self.ids)), out=starts[1:])
        return starts, order

    def stakes_in(self, number: int) -> tuple[Stake, ...]:
        """All stakes in the party of this number, whatever their kind and day."""
        starts, order = self._by_owned
        rows = order[starts[number] : starts[number + 1]]
        return tuple(self.stakes[row] for row in rows.tolist())

    @cached_property
    def anonymous(self) -> Numbers:
        """The owners of whom nobody tells who they are."""
        found = [self.number[h.id] for h in self.holdings.values() if h.anonymous]
        return np.asarray(found, np.int64)

    def holding_on(self, day: date) -> tuple[Marks, Marks]:
        """Which stakes hold on a day for certain, and which possibly."""
        at = day.toordinal()
        begun, may_begin = self.days[:, 1] <= at, self.days[:, 0] <= at
        lasts, may_last = at <= self.days[:, 2], at <= self.days[:, 3]
        return begun & lasts & ~self.doubt, may_begin & may_last


_Key = TypeVar("_Key", bound=Hashable)


def _numbered(keys: Iterable[_Key]) -> dict[_Key, int]:
    """Each key once, with its number in the order of appearance."""
    return {key: at for at, key in enumerate(dict.fromkeys(keys))}


def _days(stake: Stake) -> tuple[int, int, int, int]:
    since, until = stake.since, stake.until
    return (
        since.earliest.toordinal() if since else _ALWAYS,
        since.latest.toordinal() if since else _ALWAYS,
        until.earliest.toordinal() if until else _NEVER,
        until.latest.toordinal() if until else _NEVER,
    )


def _in_itself(rows: tuple[Stake, ...], same: Marks) -> Iterable[Problem]:
    for at in np.flatnonzero(same):
        stake = rows[at]
        yield Problem(
            "stake_in_itself",
            f"owned: {stake.owner} is said to hold {stake.share} of itself; it was "
            "left out of the sum, and counted against the others where one cannot "
            "know: if the row is right, say who holds the rest",
            stake.file,
            stake.position,
            f"{stake.owner} | {stake.owned}",
        )
