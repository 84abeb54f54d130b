"""Stakes: who holds how much of whom, of what kind, from when to when."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from clearway.model import Kind, PartialDate
from clearway.model.transaction import Spot


class Interest(StrEnum):
    """What sort of hold one party has on another.

    `SHARES` and `VOTING_RIGHTS` are measured. `BOARD_MAJORITY` (the right to appoint
    or remove most of the board) and `CONTROL` (by contract, statute, or in fact) are
    had or not. `CONSOLIDATION` is a group's account of a subsidiary: control, as a rule
    with more than half of the shares. `BRANCH` is no party of its own but a part of
    its owner. `DIRECTOR`, `NOMINEE` and `OTHER` decide nothing and are shown.
    """

    SHARES = "shares"
    VOTING_RIGHTS = "voting_rights"
    BOARD_MAJORITY = "board_majority"
    CONTROL = "control"
    CONSOLIDATION = "consolidation"
    BRANCH = "branch"
    DIRECTOR = "director"
    NOMINEE = "nominee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Share:
    """How much, as exact fractions of a whole: at least and at most.

    `1/4` to `1/4` is exactly a quarter; 0 to 1 is unknown. `over` says that the lower
    end itself is left out ("more than 50 %"), `under` the upper end ("less than").
    """

    least: Fraction
    most: Fraction
    over: bool = False
    under: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be; readers turn that into a Problem."""
        if not 0 <= self.least <= self.most:
            raise ValueError(f"a share of {self.least} to {self.most} cannot be")
        if self.least == self.most and (self.over or self.under):
            raise ValueError(f"no share is both {self.least} and not {self.least}")

    @classmethod
    def exactly(cls, value: Fraction | int) -> "Share":
        """A share that is known."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def percent(cls, text: str | int) -> "Share":
        """A share from a percentage, without rounding: `percent("33.4")` is 167/500."""
        return cls.exactly(Fraction(text) / 100)

    @property
    def exact(self) -> bool:
        """Whether one number is meant."""
        return self.least == self.most

    @property
    def unknown(self) -> bool:
        """Whether nothing is said."""
        return self.least == 0 and self.most >= 1 and not (self.over or self.under)

    def __str__(self) -> str:
        """In percent, as a person writes it."""
        if self.exact:
            return percent(self.least)
        if self.unknown:
            return "an unknown share"
        if self.over and self.most >= 1 and not self.under:
            return f"more than {percent(self.least)}"
        if self.least == 0 and not self.over:
            return f"{'less than' if self.under else 'at most'} {percent(self.most)}"
        low = f"more than {percent(self.least)}" if self.over else percent(self.least)
        high = f"less than {percent(self.most)}" if self.under else percent(self.most)
        return f"{low} to {high}"


UNKNOWN = Share(Fraction(0), Fraction(1))
"""A share of which nothing is known."""

WHOLE = Share.exactly(1)
"""All of it."""

OVER_HALF = Share(Fraction(1, 2), Fraction(1), over=True)
"""More than half, how much is not said."""


def percent(value: Fraction) -> str:
    """A fraction in percent: `12.5 %`, and `33 1/3 %` where decimals never end."""
    value *= 100
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        whole, part = divmod(abs(value.numerator), value.denominator)
        digits = ""
        while part:
            digit, part = divmod(part * 10, value.denominator)
            digits += str(digit)
        sign = "-" if value < 0 else ""
        return f"{sign}{whole}{'.' + digits if digits else ''} %"
    whole, part = divmod(value.numerator, value.denominator)
    head = f"{whole} " if whole else ""
    return f"{head}{part}/{value.denominator} %"


@dataclass(frozen=True, slots=True)
class Holding:
    """A party that holds or is held: its key in the source, its names, what it is.

    `anonymous` marks an owner of whom the source says that nobody knows or tells who
    it is: it may be anyone, also someone listed.
    """

    id: str
    name: str = ""
    names: tuple[str, ...] = ()
    kind: Kind = Kind.ANY
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    birth_date: str = ""
    anonymous: bool = False

    @property
    def shown(self) -> str:
        """What people call it."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Stake:
    """One party's hold on another, as a source states it.

    `owner` and `owned` are keys of holdings. `since` and `until` are the first and the
    last day on which it holds; None is open, a partial date leaves days on which one
    cannot tell. `indirect` marks a stake held through others, which the stakes between
    them tell as well. `doubt` says why it may not hold at all; such a stake never
    decides, it only makes ownership possible. `file`, `position` and `spot` say where
    it was read.
    """

    owner: str
    owned: str
    share: Share = UNKNOWN
    kind: Interest = Interest.SHARES
    share_class: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    indirect: bool = False
    doubt: str = ""
    file: str = ""
    position: str = ""
    spot: Spot = field(default_factory=Spot)

    def holds_on(self, day: date) -> bool | None:
        """Whether it holds on a day; None where its dates do not tell."""
        begun = self.since is None or self.since.latest <= day
        ended = self.until is not None and self.until.latest < day
        if ended or (self.since is not None and day < self.since.earliest):
            return False
        lasts = self.until is None or day <= self.until.earliest
        return True if begun and lasts and not self.doubt else None
