"""Ownership in words: the sum as a reviewer would write it into a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from clearway.ownership.edges import CONTROLS
from clearway.ownership.exact import Exact, Part
from clearway.ownership.register import Register
from clearway.ownership.stake import (
    OVER_HALF,
    WHOLE,
    Interest,
    Share,
    Stake,
    percent,
)
from clearway.ownership.threshold import Test

_HELD = {Interest.SHARES: "owned", Interest.VOTING_RIGHTS: "voted"}
_TIE = {
    Interest.SHARES: "holds shares of it",
    Interest.VOTING_RIGHTS: "has votes in it",
    Interest.BOARD_MAJORITY: "may appoint most of its board",
    Interest.CONTROL: "controls it",
    Interest.CONSOLIDATION: "consolidates it in its accounts",
    Interest.BRANCH: "is the company whose branch it is",
    Interest.DIRECTOR: "is a director of it",
    Interest.NOMINEE: "is a nominee or nominator in it",
    Interest.OTHER: "has some other tie to it",
}


class Teller:
    """Says how one party is owned, given who counts."""

    def __init__(
        self,
        rule: Exact,
        register: Register,
        test: Test,
        certain: dict[int, None],
        possible: dict[int, None],
        listed: frozenset[int],
        seconds: set[int],
        subject: int,
    ) -> None:
        self.rule, self.register, self.test = rule, register, test
        self.certain, self.possible, self.listed = certain, possible, listed
        self.seconds, self.subject = seconds, subject

    def sentence(self, number: int, slot: int) -> str:
        """How a party is owned, with the sum and what it is compared with."""
        name = self.register.name(number)
        sums = self.rule.parts.get(number, {}).get(slot, {})
        parts = [part for group in sums.values() for part in group]
        counted = [part for part in parts if part.owner in self.possible]
        if not counted:
            return f"{name}: no listed party holds any of it{self._others(parts)}"
        if slot == self.rule.control_slot:
            return self._control(name, number, counted)
        if slot % 2:
            return self._presumed(name, number, slot, counted)
        verb = _HELD[self.test.measures[slot // 2].kind]
        held = self._held(counted)
        several = len(sums) > 1
        end = (
            self._classes(number, slot) if several else self._sum(number, slot, counted)
        )
        return f"{name} is {verb} {held}: {end}{self._others(parts)}"

    def _owned(self, number: int) -> bool:
        return self.rule.enough(number, self.certain, possible=False)

    def _may_be(self, number: int) -> bool:
        return self.rule.enough(number, self.possible, possible=True)

    def apart(
        self, number: int, slot: int, sets: Sequence[Sequence[int]]
    ) -> Iterator[str]:
        """Where stakes are not added: what they would come to, if they were."""
        if self.test.aggregate or self._owned(number):
            return
        everybody = [one for group in sets for one in group]
        together = self.rule.reached(everybody, possible=False)
        if number in together and len(everybody) > 1:
            name = self.register.name(number)
            yield (
                f"{name} would be owned if the stakes of all listed parties were "
                "added, as they are where these act jointly: look for an arrangement"
            )

    def _sum(self, number: int, slot: int, counted: Sequence[Part]) -> str:
        measure = self.test.measures[slot // 2]
        exact = all(part.certain and part.share.exact for part in counted)
        exact = exact and not self._itself(number, slot)
        if exact:
            amounts = [part.share.least for part in counted]
            whole = sum(amounts, Fraction(0))
            said = percent(whole)
            if len(amounts) > 1:
                said = " + ".join(map(percent, amounts)) + f" = {said}"
        else:
            said = self._range(number, slot)
        if self._owned(number):
            return f"{said} {measure.words}"
        if self._may_be(number):
            if exact:
                said = f"{said} {measure.words} if those are listed who may be"
                return f"{said}; that cannot be known"
            return f"{said}; whether that is {measure.words} cannot be known"
        return f"{said}, which is not {measure.words}"

    def _itself(self, number: int, slot: int) -> bool:
        """Whether it holds some of itself, so that the sum may be of less."""
        return any((number, slot) == key[:2] for key in self.rule.itself)

    def _range(self, number: int, slot: int) -> str:
        held, room, itself = self.rule.ceilings(number, slot, self.possible)[0]
        parts = [p for g in self.rule.parts[number][slot].values() for p in g]
        sure = [p for p in parts if p.owner in self.certain]
        low = sum((p.least[0] for p in sure), Fraction(0))
        over = sum(p.least[1] for p in sure) > 0
        high = max(low, min(held[0] + itself[0], room[0]))
        rest = ""
        if room[0] < held[0] + itself[0]:
            rest = f", as others hold {percent(1 - room[0])}"
        if low == high:
            return f"at most {percent(low)}{rest}" if rest else percent(low)
        if not over:
            return f"from {percent(low)} to {percent(high)}{rest}"
        return f"{Share(low, high, over=True)}{rest}"

    def _classes(self, number: int, slot: int) -> str:
        """Several classes: each must have enough, as their weight is not known."""
        said = []
        for class_, parts in self.rule.parts[number][slot].items():
            sure = [p for p in parts if p.owner in self.certain]
            whole = sum((p.least[0] for p in sure), Fraction(0))
            label = self.register.classes[class_] or "no class named"
            said.append(f"{label} {percent(whole)}")
        measure = self.test.measures[slot // 2]
        head = f"by class {', '.join(said)}, the weight of each unknown"
        if self._owned(number):
            return f"{head}; each {measure.words}"
        if self._may_be(number):
            return f"{head}; whether the whole is {measure.words} cannot be known"
        return f"{head}; the whole is not {measure.words}"

    def _control(self, name: str, number: int, counted: Sequence[Part]) -> str:
        held = _listing([self._owner(part.owner) for part in counted])
        if self._owned(number):
            return f"{name} is controlled by {held}; control counts as ownership does"
        return f"{name} may be controlled by {held}; that cannot be known"

    def _presumed(
        self, name: str, number: int, slot: int, counted: Sequence[Part]
    ) -> str:
        measure = self.test.measures[slot // 2]
        head = f"{name} {_listing([self._presumption(part) for part in counted])}"
        if self._owned(number):
            return f"{head}: that is {measure.words}"
        return f"{head}; whether that is {measure.words} cannot be known"

    def _presumption(self, part: Part) -> str:
        owner = self._owner(part.owner)
        if part.share == WHOLE:
            return f"is a branch of {owner}"
        if part.share == OVER_HALF:
            return f"is in the accounts of {owner}, as a rule with more than 50 %"
        return f"is owned in a share that is not told by {owner}"

    def _held(self, parts: Sequence[Part]) -> str:
        said = [f"{self._share(p)} by {self._owner(p.owner)}" for p in parts]
        return _listing(said)

    def _share(self, part: Part) -> str:
        return str(part.share) if part.certain else f"perhaps {part.share}"

    def _owner(self, number: int) -> str:
        name = self.register.name(number)
        if number in self.listed:
            return f"{name} (listed)"
        if number in self.seconds and number not in self.certain:
            return f"{name} (who may be listed)"
        behind = self._behind(number)
        may = "counts" if number in self.certain else "may count"
        return f"{name}, which {may} as {behind}"

    def _behind(self, number: int) -> str:
        """Whose an intermediate is: the listed parties behind it."""
        seen, waiting, found = {number}, [number], dict[str, None]()
        for party in waiting:
            for sums in self.rule.parts.get(party, {}).values():
                for part in (p for group in sums.values() for p in group):
                    if part.owner not in self.possible or part.owner in seen:
                        continue
                    seen.add(part.owner)
                    if part.owner in self.listed or part.owner in self.seconds:
                        found[self.register.name(part.owner)] = None
                    else:
                        waiting.append(part.owner)
        names = [*found]
        if len(names) > 3:
            return f"that of {names[0]} and {len(names) - 1} more"
        return " and ".join(f"{name}'s" for name in names)

    def _others(self, parts: Sequence[Part]) -> str:
        """Whose stakes do not count, where a reader might think they do."""
        said = []
        for part in parts:
            owner = part.owner
            if owner in self.possible or owner == self.subject:
                continue
            if self._touched(owner):
                name = self.register.name(owner)
                said.append(f"{name} ({part.share})")
        if not said:
            return ""
        if len(said) == 1:
            return (
                f"; the stake of {said[0]}, which is not owned itself, does not count"
            )
        names = _listing(said)
        return f"; the stakes of {names}, which are not owned themselves, do not count"

    def _touched(self, number: int) -> bool:
        """Whether somebody who counts, or is listed, holds some of a party."""
        if number in self.listed:
            return False
        return any(
            part.owner in self.possible or part.owner in self.listed
            for sums in self.rule.parts.get(number, {}).values()
            for parts in sums.values()
            for part in parts
        )


def _listing(said: Sequence[str]) -> str:
    """`a and b`; with commas where there are more, or where one has a comma itself."""
    if len(said) < 2:
        return "".join(said)
    if len(said) == 2 and "," not in said[0]:
        return f"{said[0]} and {said[1]}"
    return f"{', '.join(said[:-1])}, and {said[-1]}"


def signs_of(
    register: Register,
    test: Test,
    number: int,
    counted: set[int],
    listed: frozenset[int],
    day: date,
) -> Iterator[str]:
    """Ties of listed parties, or of what they own, that decide nothing here."""
    for stake in register.stakes_in(number):
        owner = register.number[stake.owner]
        if stake.holds_on(day) is False or _decides(stake, test):
            continue
        if owner in counted or owner in listed:
            who = register.name(owner)
            mark = " (listed)" if owner in listed else ""
            why = "" if test.control else "; control does not count in this test"
            end = why if stake.kind in CONTROLS else ""
            yield f"{who}{mark} {_TIE[stake.kind]}{end}"


def _decides(stake: Stake, test: Test) -> bool:
    measured = {measure.kind for measure in test.measures}
    presumed = (Interest.CONSOLIDATION, Interest.BRANCH)
    if stake.kind in measured or stake.kind in presumed:
        return True
    return test.control and stake.kind in CONTROLS
