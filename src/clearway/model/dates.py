"""Dates as lists publish them: whole, partial, approximate, or a range."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}

_CIRCA = re.compile(
    r"^\s*(?:circa|ca\.?|c\.|approximately|approx\.?|about|around|between)\s*", re.I
)
_RANGE = re.compile(r"\s+(?:to|and|or|-|–)\s+|\s*–\s*|(?<=\d{4})-(?=\d{4}$)", re.I)
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_DAY_MONTH_YEAR = re.compile(r"^(\d{1,2})[ ./-]([A-Za-z]{3,9})\.?,?[ ./-](\d{4})$")
_MONTH_DAY_YEAR = re.compile(r"^([A-Za-z]{3,9})\.?[ ](\d{1,2}),?[ ](\d{4})$")
_MONTH_YEAR = re.compile(r"^([A-Za-z]{3,9})\.?,?[ ./-](\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[./](\d{1,2})[./](\d{1,2})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """The span of days a published date may mean, both ends included.

    `1962` is 1962-01-01 to 1962-12-31; `1960 to 1962` runs over three years;
    `circa` marks what the publisher calls approximate and does not widen the span.
    `text` is the date as published.
    """

    earliest: date
    latest: date
    circa: bool = False
    text: str = ""

    @classmethod
    def of(
        cls,
        year: int,
        month: int | None = None,
        day: int | None = None,
        *,
        circa: bool = False,
        text: str = "",
    ) -> "PartialDate":
        """Build from parts; a missing or zero month or day widens the span.

        Raises ValueError for a day that does not exist.
        """
        if not month:
            return cls(date(year, 1, 1), date(year, 12, 31), circa, text)
        if not day:
            last = calendar.monthrange(year, month)[1]
            return cls(date(year, month, 1), date(year, month, last), circa, text)
        whole = date(year, month, day)
        return cls(whole, whole, circa, text)

    @classmethod
    def span(
        cls,
        first: "PartialDate",
        last: "PartialDate",
        *,
        circa: bool = False,
        text: str = "",
    ) -> "PartialDate":
        """From the first day of one date to the last day of another."""
        if last.latest < first.earliest:
            first, last = last, first
        return cls(
            first.earliest, last.latest, circa or first.circa or last.circa, text
        )

    @classmethod
    def parse(cls, text: str, *, day_first: bool = True) -> "PartialDate":
        """Read a date in any form lists and tables use.

        Understands `1962`, `1962-03`, `1962-03-04`, `1962/3/4`, `19620304`,
        `04 Mar 1962`, `Mar 1962`, `March 4, 1962`, `04/03/1962` (day first unless
        told otherwise; the other order where only that makes a date), `00/00/1962`,
        `circa 1962`, `1960 to 1962`. Raises ValueError for anything else.
        """
        bare = text.strip()
        if _ISO.match(bare):
            return cls.of(*_parts(bare, day_first), text=bare)
        circa = False
        if match := _CIRCA.match(bare):
            circa, bare = True, bare[match.end() :]
        halves = _RANGE.split(bare)
        if len(halves) == 2:
            first = cls.parse(halves[0], day_first=day_first)
            last = cls.parse(halves[1], day_first=day_first)
            return cls.span(first, last, circa=circa, text=text.strip())
        year, month, day = _parts(bare, day_first)
        return cls.of(year, month, day, circa=circa, text=text.strip())

    @property
    def exact(self) -> bool:
        """Whether a single day is meant."""
        return self.earliest == self.latest and not self.circa

    @property
    def year(self) -> int | None:
        """The year, where the span lies within one."""
        same = self.earliest.year == self.latest.year
        return self.earliest.year if same else None

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether some day satisfies both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __str__(self) -> str:
        """ISO form as exact as the date: `1962`, `1962-03`, `circa 1960/1962`."""
        return ("circa " if self.circa else "") + self.iso

    @property
    def iso(self) -> str:
        """`1962-03-04`, `1962-03`, `1962`, or the two ends joined by a slash."""
        first, last = self.earliest, self.latest
        if first == last:
            return first.isoformat()
        if first == date(last.year, 1, 1) and last == date(last.year, 12, 31):
            return f"{last.year:04d}"
        end = calendar.monthrange(last.year, last.month)[1]
        one_month = (first.year, first.month) == (last.year, last.month)
        if one_month and first.day == 1 and last.day == end:
            return f"{last.year:04d}-{last.month:02d}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year:04d}/{last.year:04d}"
        return f"{first.isoformat()}/{last.isoformat()}"


def _parts(text: str, day_first: bool) -> tuple[int, int | None, int | None]:
    """Year, month and day of one date; zero and absent are the same."""
    text = text.partition("T")[0] if "T" in text and "-" in text else text.strip()
    if match := _ISO.match(text) or _YEAR_FIRST.match(text) or _COMPACT.match(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        return year, month, day
    if match := _DAY_MONTH_YEAR.match(text):
        return int(match[3]), _month(match[2]), int(match[1])
    if match := _MONTH_DAY_YEAR.match(text):
        return int(match[3]), _month(match[1]), int(match[2])
    if match := _MONTH_YEAR.match(text):
        return int(match[2]), _month(match[1]), None
    if match := _SLASHED.match(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        day, month = (first, second) if day_first else (second, first)
        if month > 12 >= day:
            day, month = month, day
        return year, month, day
    raise ValueError(f"not a date: {text[:60]!r}")


def _month(word: str) -> int:
    try:
        return _MONTHS[word.lower()]
    except KeyError:
        raise ValueError(f"not a month: {word!r}") from None
