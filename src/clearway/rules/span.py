"""When law applies: whole days for rules, instants for licences.

A rule runs from one day to another, both included; None is an end that was never seen,
which is not a statement that it is still in force. A licence ends at an instant: OFAC
writes 12:01 a.m. eastern time, so the last full day it covers is the day before.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
CUT_OFF = time(0, 1)
"""Where a licence names a day only: 00:01 in New York on that day."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; None is open."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """The span as a finding shows it."""
        return f"{self.first} to {self.last or 'no end seen'}"


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of a transaction, and its instant where that is known (with a zone)."""

    day: date
    at: datetime | None = None

    @classmethod
    def of(cls, day: date | None, at: datetime | None, otherwise: date) -> "Moment":
        """From what is known; an instant counts by the day in New York it falls on.

        An instant without a zone tells no more than its day.
        """
        if at is not None and at.tzinfo is not None:
            return cls(at.astimezone(NEW_YORK).date(), at)
        if at is not None:
            return cls(day or at.date())
        return cls(day or otherwise)


class Cover(StrEnum):
    """Whether a licence was in force."""

    YES = "in force"
    PART = "in force for part of the day"
    REPLACED = "replaced by a later version"
    ENDED = "ended"
    NOT_YET = "not yet in force"


@dataclass(frozen=True, slots=True)
class Term:
    """The life of a licence: from a day to an instant on its cut-off day.

    `replaced` is the day a later version took its place, where that came before the
    end it writes: a lettered version replaces the one before in its entirety.
    """

    first: date
    cut_off: datetime | None = None
    replaced: date | None = None

    @classmethod
    def of(
        cls, first: date, last: date | None, *, replaced: date | None = None
    ) -> "Term":
        """A term with the cut-off day a licence writes."""
        end = None if last is None else datetime.combine(last, CUT_OFF, NEW_YORK)
        return cls(first, end, replaced)

    def cover(self, moment: Moment) -> Cover:
        """Whether it was in force; a day that holds the cut-off is covered in part."""
        if moment.day < self.first:
            return Cover.NOT_YET
        if self.replaced is not None and moment.day >= self.replaced:
            return Cover.REPLACED
        if self.cut_off is None:
            return Cover.YES
        if moment.at is not None:
            return Cover.YES if moment.at < self.cut_off else Cover.ENDED
        day = self.cut_off.date()
        if moment.day < day:
            return Cover.YES
        return Cover.PART if moment.day == day else Cover.ENDED
