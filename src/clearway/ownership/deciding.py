"""Who is owned by listed parties: yes, no, or it cannot be known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np

from clearway.errors import NotFound
from clearway.model import Problem
from clearway.names.compiling import loadable
from clearway.ownership.chains import Chain, Tale, tale
from clearway.ownership.counting import (
    Counters,
    Scale,
    certain_counters,
    possible_counters,
)
from clearway.ownership.edges import Edges, edges_on
from clearway.ownership.exact import Exact
from clearway.ownership.oddities import oddities
from clearway.ownership.register import Marks, Numbers, Register
from clearway.ownership.stake import Holding, Share, Stake
from clearway.ownership.threshold import Test

_FEW = 2_000
"""Up to so many stakes are counted before the compiler would be loaded."""


class Answer(StrEnum):
    """Whether a party is owned; `UNKNOWN` is a reason to look, never a no."""

    OWNED = "owned"
    NOT_OWNED = "not_owned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Owned:
    """What is known of one party under one test on one day.

    `share` is what listed parties hold of it in the sum that decides, from the least
    that is certain to the most that is possible. `owners` are the listed parties behind
    it, `chains` the ways from them down to it, `arithmetic` the sum in words, one
    sentence a step. `signs` are ties that decide nothing by themselves: a director, a
    nominee, control where control does not count. `problems` are those of its stakes.
    """

    entity: str
    name: str
    decided: Answer
    listed: bool
    share: Share
    owners: tuple[str, ...]
    chains: tuple[Chain, ...]
    arithmetic: tuple[str, ...]
    signs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def sentence(self) -> str:
        """The arithmetic as one text."""
        return "; ".join(self.arithmetic) + "."


@dataclass(frozen=True)
class Result:
    """The answer for every party of a register at once.

    `certain` and `possible` mark parties by number: those that are owned, and those
    that are or may be. Listed parties are among both; `seconds` are those that may be
    listed: by what was found of them, or because nobody tells who they are.
    """

    register: Register
    edges: Edges
    test: Test
    day: date
    listed: Numbers
    seconds: Numbers
    sets: tuple[tuple[int, ...], ...]
    certain: Marks
    possible: Marks
    quick: bool
    problems: tuple[Problem, ...] = field(default=())

    def answer(self, entity: str) -> Answer:
        """The answer for one party; NotFound for one that no stake names."""
        number = self._number(entity)
        if self.certain[number]:
            return Answer.OWNED
        return Answer.UNKNOWN if self.possible[number] else Answer.NOT_OWNED

    @cached_property
    def owned(self) -> tuple[str, ...]:
        """The parties that are owned and not listed themselves."""
        return self._names(self.certain)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The parties that may be owned, where what is recorded does not decide."""
        return self._names(self.possible & ~self.certain)

    def of(self, entity: str) -> Owned:
        """The answer for one party with its chains and its arithmetic."""
        number = self._number(entity)
        told: Tale = tale(
            self._above(number),
            self.register,
            self.test,
            number,
            self.sets_with,
            self._is_listed,
            self.seconds.tolist(),
            self.day,
        )
        return Owned(
            entity=entity,
            name=self.register.name(number),
            decided=self.answer(entity),
            listed=number in self._is_listed,
            share=told.share,
            owners=tuple(self.register.ids[n] for n in told.owners),
            chains=told.chains,
            arithmetic=told.arithmetic,
            signs=told.signs,
            problems=tuple(p for p in self.problems if entity in p.text.split(" | ")),
        )

    def findings(self) -> Iterator[Owned]:
        """Every party that is owned or may be, and is not listed; the certain first."""
        for entity in (*self.owned, *self.unknown):
            yield self.of(entity)

    @cached_property
    def _is_listed(self) -> frozenset[int]:
        return frozenset(self.listed.tolist())

    @cached_property
    def _sets_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, group in enumerate(self.sets):
            for number in group:
                found.setdefault(number, []).append(at)
        return found

    def sets_with(self, parties: Iterable[int]) -> list[tuple[int, ...]]:
        """The sets of listed parties of which these hold at least one."""
        ats = {at for number in parties for at in self._sets_of.get(number, ())}
        return [self.sets[at] for at in sorted(ats)]

    def _names(self, which: Marks) -> tuple[str, ...]:
        hidden = which.copy()
        hidden[self.listed] = False
        hidden[self.seconds] = False
        return tuple(self.register.ids[n] for n in np.flatnonzero(hidden))

    def _number(self, entity: str) -> int:
        if entity not in self.register.number:
            raise NotFound(f"no stake names {entity!r}; check the key or the name")
        return self.register.number[entity]

    def _above(self, number: int) -> Edges:
        """The stakes in a party, in its owners, and so on up."""
        starts, order = self._by_owned
        seen, rows = {number}, []
        waiting = [number]
        for party in waiting:
            for row in order[starts[party] : starts[party + 1]].tolist():
                rows.append(row)
                owner = int(self.edges.owner[row])
                if owner not in seen:
                    seen.add(owner)
                    waiting.append(owner)
        found = self.edges.only(np.asarray(sorted(rows), np.int64))
        return found

    @cached_property
    def _by_owned(self) -> tuple[Numbers, Numbers]:
        order = np.argsort(self.edges.owned, kind="stable")
        starts = np.zeros(len(self.register.ids) + 1, np.int64)
        counts = np.bincount(self.edges.owned, minlength=len(self.register.ids))
        np.cumsum(counts, out=starts[1:])
        return starts, order


def evaluate(
    stakes: Iterable[Stake] | Register,
    listed: Iterable[str],
    test: Test,
    day: date,
    *,
    holdings: Iterable[Holding] = (),
    perhaps: Iterable[str] = (),
    joint: Iterable[Iterable[str]] = (),
    exact: bool | None = None,
) -> Result:
    """Who is owned by the listed parties on a day, under a test.

    `listed` are keys of parties; keys that no stake names own nothing. `perhaps` are
    parties that may be listed: what they own is unknown, never owned. `joint` are
    groups of listed parties that act together, which matters where the test does not
    add their stakes anyway. `exact` takes the way of fractions (True) or of whole
    numbers (False) instead of choosing; both give the same.
    """
    register = stakes if isinstance(stakes, Register) else Register.of(stakes, holdings)
    known = [register.number[key] for key in listed if key in register.number]
    sources = np.unique(np.asarray(known, np.int64))
    edges = edges_on(register, day, test)
    sets = _sets(register, sources.tolist(), joint, test)
    scale = Scale.of(edges, test)
    quick = _quick(edges, scale, exact)
    parties = len(register.ids)
    doubted = {register.number[key] for key in perhaps if key in register.number}
    doubted |= {*register.anonymous.tolist()}
    seconds = np.asarray(sorted(doubted - {*known}), np.int64)
    if quick and scale is not None:
        sure = certain_counters(edges, test, scale, parties)
        maybe = possible_counters(edges, test, scale, parties)
        certain = _quickly(sure, sets, np.zeros(0, np.int64))
        possible = _quickly(maybe, sets, seconds)
    else:
        rule = Exact(edges, test)
        certain = _exactly(rule, sets, parties, (), possible=False)
        possible = _exactly(rule, sets, parties, seconds.tolist(), possible=True)
    return Result(
        register=register,
        edges=edges,
        test=test,
        day=day,
        listed=sources,
        seconds=seconds,
        sets=sets,
        certain=certain,
        possible=possible,
        quick=bool(quick),
        problems=(*register.problems, *oddities(register, edges, test, scale)),
    )


def _quick(edges: Edges, scale: Scale | None, exact: bool | None) -> bool:
    if scale is None or exact:
        return False
    return (exact is False or len(edges) > _FEW) and loadable()


def _sets(
    register: Register,
    listed: Sequence[int],
    joint: Iterable[Iterable[str]],
    test: Test,
) -> tuple[tuple[int, ...], ...]:
    """The listed parties whose stakes are added together."""
    if test.aggregate:
        return (tuple(listed),)
    among = set(listed)
    groups = [
        tuple(register.number[key] for key in group if key in register.number)
        for group in joint
    ]
    groups = [tuple(n for n in group if n in among) for group in groups]
    return (*(g for g in groups if len(g) > 1), *((one,) for one in listed))


def _quickly(
    counters: Counters, sets: Sequence[Sequence[int]], seconds: Numbers
) -> Marks:
    from clearway.ownership.kernels import reached

    sources = np.asarray([one for group in sets for one in group], np.int64)
    starts = np.zeros(len(sets) + 1, np.int64)
    np.cumsum([len(group) for group in sets], out=starts[1:])
    columns = (
        counters.starts,
        counters.counter,
        counters.gain,
        counters.room,
        counters.need_gain,
        counters.need_room,
        counters.group,
        counters.need,
        counters.party,
    )
    found: Marks = reached(sources, starts, seconds, columns)
    return found


def _exactly(
    rule: Exact,
    sets: Sequence[Sequence[int]],
    parties: int,
    seconds: Sequence[int],
    *,
    possible: bool,
) -> Marks:
    found = np.zeros(parties, np.bool_)
    found[list(rule.reached(seconds, possible=possible))] = True
    for group in sets:
        if len(group) == 1 and found[group[0]]:
            continue
        found[list(rule.reached([*seconds, *group], possible=possible))] = True
    return found
