"""The test that ownership is measured by: given by the caller, who knows the law."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from clearway.ownership.stake import Interest, percent


@dataclass(frozen=True, slots=True)
class Test:
    """How much makes a party owned, and what counts towards it.

    `of` are the measures, each summed for itself; one that reaches the threshold is
    enough. With `aggregate` the stakes of all listed parties are added, else each
    listed party stands alone (those of its own companies are added all the same).
    With `control` a board majority, control by other means, and more than half of the
    votes count as ownership does. `name` is shown with the arithmetic.

    An owner that is itself owned counts with its whole stake, one that is not counts
    with nothing: shares are never multiplied down a chain.
    """

    __test__: ClassVar[bool] = False  # it is not one of pytest's

    threshold: Fraction = Fraction(1, 2)
    op: Literal[">=", ">"] = ">="
    aggregate: bool = True
    control: bool = False
    of: tuple[Interest, ...] = (Interest.SHARES,)
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a test that would find everything, or nothing."""
        if self.op not in (">=", ">"):
            raise ValueError(f"op is >= or >, not {self.op!r}")
        if not 0 < self.threshold <= 1 or (self.threshold == 1 and self.op == ">"):
            raise ValueError(f"a threshold of {self.threshold} makes no sense")
        measured = {Interest.SHARES, Interest.VOTING_RIGHTS}
        if not self.of or not set(self.of) <= measured:
            raise ValueError("of names shares, voting_rights, or both")

    @property
    def words(self) -> str:
        """The threshold as the arithmetic ends: `>= 50 %`."""
        return f"{self.op} {percent(self.threshold)}"

    @property
    def measures(self) -> "tuple[Measure, ...]":
        """What is summed, and how much of it is enough."""
        found = [Measure(kind, self.threshold, self.op) for kind in self.of]
        if self.control and Interest.VOTING_RIGHTS not in self.of:
            found.append(Measure(Interest.VOTING_RIGHTS, Fraction(1, 2), ">"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of stake, summed by itself, with the sum that is enough."""

    kind: Interest
    threshold: Fraction
    op: Literal[">=", ">"]

    @property
    def words(self) -> str:
        """`>= 50 %`."""
        return f"{self.op} {percent(self.threshold)}"

    @property
    def limit(self) -> tuple[Fraction, int]:
        """The least `(sum, hairs)` that is enough; see `counting`."""
        return self.threshold, int(self.op == ">")
