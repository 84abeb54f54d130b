"""What a reader gathers: stakes, the parties they name, and what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clearway.model import PartialDate, Problem
from clearway.ownership.share_words import ImpossibleShareError, share_of
from clearway.ownership.stake import UNKNOWN, Holding, Interest, Share, Stake


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `format` says how it was read, for people."""

    format: str
    stakes: tuple[Stake, ...] = ()
    holdings: tuple[Holding, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Gatherer:
    """Takes what a reader finds; equal shares are kept once."""

    file: str
    stakes: list[Stake] = field(default_factory=list)
    holdings: dict[str, Holding] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    shares: dict[Any, Share] = field(default_factory=dict)

    def reading(self, format: str) -> Reading:
        """All of it."""
        return Reading(
            format,
            tuple(self.stakes),
            tuple(self.holdings.values()),
            tuple(self.problems),
        )

    def problem(self, code: str, message: str, position: str, text: str = "") -> None:
        """Say what is wrong, and where."""
        self.problems.append(Problem(code, message, self.file, position, text))

    def holding(self, holding: Holding) -> None:
        """A party; what is told of it later completes what was told before."""
        known = self.holdings.get(holding.id)
        if known is None:
            self.holdings[holding.id] = holding
            return
        names = dict.fromkeys((*known.names, known.name, *holding.names, holding.name))
        name = known.name or holding.name
        self.holdings[holding.id] = replace(
            holding if known.name == "" else known,
            name=name,
            names=tuple(n for n in names if n and n != name),
            anonymous=known.anonymous or holding.anonymous,
        )

    def share(self, text: str, field: str, position: str, *, scale: int = 100) -> Share:
        """A share as written; what cannot be is a Problem, and an unknown share.

        `scale` is what a bare number is a part of: 100 for per cent, 1 for fractions.
        """
        key = (text, scale)
        if key not in self.shares:
            try:
                self.shares[key] = share_of(text, scale=scale)
            except ImpossibleShareError as error:
                self._bad_share("impossible_share", str(error), field, position, text)
                return UNKNOWN
            except ValueError:
                said = "is no share in per cent; write it as 25, 33.4 or 25-50"
                self._bad_share("bad_share", said, field, position, text)
                return UNKNOWN
        return self.shares[key]

    def _bad_share(
        self, code: str, said: str, field: str, position: str, text: str
    ) -> None:
        message = f"{field}: {text!r} {said}; the share was taken as unknown"
        self.problem(code, message, position, text)

    def date(self, text: str, field: str, position: str) -> PartialDate | None:
        """A date as written, None where there is none; says so before ValueError."""
        if not text.strip():
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            message = (
                f"{field}: {text!r} is no date; write it as 2024-05-17: until then the "
                "stake may or may not hold on any day"
            )
            self.problem("bad_date", message, position, text)
            raise

    def stake(
        self,
        stake: Stake,
        *,
        since: str = "",
        until: str = "",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """A stake with its dates as written; contradictory ones leave it in doubt."""
        names = {"since": "since", "until": "until", **(fields or {})}
        first = last = None
        doubt = stake.doubt
        try:
            first = self.date(since, names["since"], stake.position)
        except ValueError:
            doubt = doubt or "its first day cannot be read"
        try:
            last = self.date(until, names["until"], stake.position)
        except ValueError:
            doubt = doubt or "its last day cannot be read"
        if first and last and last.latest < first.earliest:
            message = (
                f"{names['until']}: the stake ends ({last}) before it begins "
                f"({first}); correct one: until then it may or may not hold on any day"
            )
            self.problem(
                "dates_contradict", message, stake.position, f"{since} {until}"
            )
            first = last = None
            doubt = doubt or "its dates contradict each other"
        self.stakes.append(
            replace(
                stake,
                file=stake.file or self.file,
                since=first,
                until=last,
                doubt=doubt,
            )
        )


def kind_of_role(text: str, fallback: Interest = Interest.OTHER) -> Interest:
    """The kind of stake that words in some language mean."""
    words = text.casefold()
    for kind, marks in _ROLES:
        if any(mark in words for mark in marks):
            return kind
    return fallback


_ROLES: tuple[tuple[Interest, tuple[str, ...]], ...] = (
    (Interest.NOMINEE, ("nominee", "номинал", "代持", "名义")),
    (
        Interest.BOARD_MAJORITY,
        (
            *("board_majority", "majority of the board", "majority of board"),
            *("appoint", "большинств", "назнача", "多数董事", "任免"),
        ),
    ),
    (Interest.VOTING_RIGHTS, ("vot", "голос", "表决", "投票")),
    (Interest.DIRECTOR, ("director", "officer", "chair", "директор", "董事", "经理")),
    (Interest.CONSOLIDATION, ("consolidat", "консолид", "合并")),
    (Interest.BRANCH, ("branch", "филиал", "分公司", "分行")),
    (
        Interest.SHARES,
        (
            *("share", "equity", "owner", "stock", "capital", "interest"),
            *("beneficial", "акци", "дол", "капитал", "влад", "собственн"),
            *("股", "出资", "持有", "所有"),
        ),
    ),
    (Interest.CONTROL, ("control", "influence", "контрол", "влияни", "控制", "影响")),
)
"""Marks in the order in which they are looked for, English, Russian, Chinese."""
