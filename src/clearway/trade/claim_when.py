"""When a sentence says something happened: months, quarters, years, "last year"."""

import re
from datetime import date

from clearway.trade.periods import Period

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(("january", "jan"), ("february", "feb"), ("march", "mar")),
            *(("april", "apr"), ("may",), ("june", "jun"), ("july", "jul")),
            *(("august", "aug"), ("september", "sept", "sep"), ("october", "oct")),
            *(("november", "nov"), ("december", "dec")),
        ),
        1,
    )
    for name in names
}


_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October"


_MONTH += r"|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?"


_MONTH += r"|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"


_COUNT = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
}


_FULL_DATE = re.compile(
    rf"\b(?:({_MONTH})\s+(\d{{1,2}}),?\s+((?:19|20)\d\d)|(\d{{1,2}})\s+({_MONTH})\s+((?:19|20)\d\d))\b"
)


_ISO_DATE = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")


def written_on(text: str) -> date | None:
    """The latest full date that stands in a text."""
    days: list[date] = []
    for match in _FULL_DATE.finditer(text):
        month, day, year = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
        days += _day(int(year), month_named(month), int(day))
    for match in _ISO_DATE.finditer(text):
        days += _day(*(int(part) for part in match.groups()))
    return max(days, default=None)


def _day(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def month_named(word: str) -> int:
    """The number of a month by its name or the beginning of it."""
    return MONTHS[word.casefold().rstrip(".")]


def period_in(clause: str, written: date | None) -> Period | None:
    """The period a clause names."""
    months = rf"(?P<first>{_MONTH})(?:\s*(?:-|–|to|and|through)\s*(?P<last>{_MONTH}))?"
    year = r"(?:(?:,|\s+of|\s+in)?\s+(?P<year>(?:19|20)\d\d))?"
    if found := re.search(rf"\b{months}\b{year}", clause):
        first = month_named(found["first"])
        last = month_named(found["last"]) if found["last"] else first
        return _in_year(first, last, found["year"], clause, written)
    spans = (
        (r"first (?P<n>\w+) months", None),
        (r"(?:first|1st) quarter|\bQ1\b", (1, 3)),
        (r"second quarter|\bQ2\b", (4, 6)),
        (r"third quarter|\bQ3\b", (7, 9)),
        (r"fourth quarter|\bQ4\b", (10, 12)),
        (r"first half|\bH1\b", (1, 6)),
        (r"second half|\bH2\b", (7, 12)),
        (r"(?:early|beginning|start) (?:in|of) (?:the|this) year", (1, 2)),
    )
    for pattern, span in spans:
        if found := re.search(pattern, clause, re.I):
            number = found.groupdict().get("n", "")
            first, last = span or (1, _COUNT.get(number.casefold(), 0))
            stated = re.search(r"\b(?:19|20)\d\d\b", clause)
            if last:
                return _in_year(
                    first, last, stated[0] if stated else None, clause, written
                )
    if found := re.search(
        r"\b(?:in|during|for|of|year)\s+((?:19|20)\d\d)\b|^\s*((?:19|20)\d\d)\b", clause
    ):
        return Period(int(found[1] or found[2]))
    if written and re.search(r"\blast year\b", clause, re.I):
        return Period(written.year - 1)
    return None


def _in_year(
    first: int, last: int, year: str | None, clause: str, written: date | None
) -> Period | None:
    """Months in the year stated, else the last time they were over."""
    if first > last:
        return None
    if year:
        return Period(int(year), first, last)
    if written is None:
        return None
    if re.search(r"\blast year\b", clause, re.I):
        return Period(written.year - 1, first, last)
    return Period(written.year - (last > written.month), first, last)
