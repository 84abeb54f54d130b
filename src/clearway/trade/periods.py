"""Periods of trade: a year, a month, or several months told as one.

`2024` is a year, `2024-03` a month, `2024-01..02` the months from January to February
as one figure (China Customs publishes January and February together). As text they
sort by their beginning. Publishers write 202403, 2024M03, 2024-03-01, and 202452 for
the whole year 2024.
"""

import re
from dataclasses import dataclass

from clearway.errors import UsageError

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:\.\.(\d{2}))?)?")
_WRITTEN = (
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?:-(?P<last>\d{2}))?"),
    re.compile(
        r"(?P<year>\d{4})[-/.M](?P<month>\d{1,2})(?:[-/.]\d{1,2})?(?:T.*| 00:.*)?"
    ),
    re.compile(
        r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})(?:(?:至|-)(?P<last>\d{1,2}))?月)?"
    ),
)
_WHOLE_YEAR = 52
"""The month that Comtrade and Eurostat write for a whole year."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months of one year, from `first` to `last`; January to December is the year."""

    year: int
    first: int = 1
    last: int = 12

    def __str__(self) -> str:
        """In our spelling: `2024`, `2024-03` or `2024-01..02`."""
        if self.whole:
            return f"{self.year:04}"
        if self.first == self.last:
            return f"{self.year:04}-{self.first:02}"
        return f"{self.year:04}-{self.first:02}..{self.last:02}"

    @property
    def whole(self) -> bool:
        """Whether it is a whole year."""
        return (self.first, self.last) == (1, 12)

    @property
    def months(self) -> tuple[str, ...]:
        """Its months in our spelling."""
        return tuple(
            f"{self.year:04}-{month:02}" for month in range(self.first, self.last + 1)
        )

    def earlier(self, years: int = 1) -> "Period":
        """The same months of an earlier year."""
        return Period(self.year - years, self.first, self.last)


def period_of(text: str) -> Period | None:
    """The period a text writes, in anybody's spelling; None if it is none."""
    bare = text.strip()
    if ours := _FORM.fullmatch(bare):
        return _checked(ours[1], ours[2], ours[3])
    for form in _WRITTEN:
        if written := form.fullmatch(bare):
            cells = written.groupdict()
            return _checked(cells["year"], cells["month"], cells.get("last"))
    return None


def _checked(year: str, first: str | None, last: str | None) -> Period | None:
    if not 1900 <= int(year) <= 2200:
        return None
    if first is None or int(first) == _WHOLE_YEAR:
        return Period(int(year)) if last is None else None
    begin = int(first)
    end = int(last) if last is not None else begin
    if not 1 <= begin <= end <= 12:
        return None
    return Period(int(year), begin, end)


def asked(text: str) -> Period:
    """The period a user asks for; raises UsageError for what is none."""
    period = period_of(text)
    if period is None:
        message = f"no period {text!r}: write 2024, 2024-03 or 2024-01..02"
        raise UsageError(message)
    return period


def month_number(month: str) -> int:
    """Months since the year 0 of `YYYY-MM`, so that months can be counted."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_at(number: int) -> str:
    """The month of a number that `month_number` gave."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def months_between(first: str, last: str) -> tuple[str, ...]:
    """All months from one to another, both included."""
    return tuple(
        month_at(number)
        for number in range(month_number(first), month_number(last) + 1)
    )


def window(text: str) -> tuple[str, ...]:
    """The months of a window: `2024-03`, `2024-03..04`, `2022-03..2022-06` or a year.

    Raises UsageError for what is none.
    """
    first, dots, last = text.strip().partition("..")
    if dots and len(last) > 2:
        begin, end = asked(first), asked(last)
        months = months_between(begin.months[0], end.months[-1])
        if not months:
            raise UsageError(f"the window {text!r} ends before it begins")
        return months
    return asked(text).months
