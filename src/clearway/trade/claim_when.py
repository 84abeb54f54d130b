"""When a sentence says something happened: months, quarters, years, "last year"."""

import re
from datetime import date

from clearway.trade.periods import Period, month_at

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

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?"
    r"|Nov\.?|Dec\.?)"
)
_COUNT = {
    word: number
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
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


_YEAR = r"(?:19|20)\d\d"
_MONTHS_NAMED = re.compile(
    rf"\b(?P<first>{_MONTH})"
    rf"(?:\s*(?:-|–|to|and|through|until)\s*(?P<last>{_MONTH}))?(?![a-z])"
    rf"(?:(?:,|\s+of|\s+in)?\s+(?P<year>{_YEAR}))?"
)
_TO_MONTH = re.compile(
    rf"\b(?P<n>\w+) months (?:to|through|until|ending) (?P<last>{_MONTH})(?![a-z])"
    rf"(?:,?\s+(?P<year>{_YEAR}))?",
    re.I,
)
_SPANS: tuple[tuple[re.Pattern[str], tuple[int, int] | None], ...] = tuple(
    (re.compile(pattern, re.I), span)
    for pattern, span in (
        (r"first (?P<n>\w+) months", None),
        (r"(?:first|1st) quarter|\bQ1\b", (1, 3)),
        (r"second quarter|\bQ2\b", (4, 6)),
        (r"third quarter|\bQ3\b", (7, 9)),
        (r"(?:fourth|last) quarter|\bQ4\b", (10, 12)),
        (r"first half|\bH1\b", (1, 6)),
        (r"second half|\bH2\b", (7, 12)),
        (r"(?:early|beginning|start) (?:in|of) (?:the|this) year", (1, 2)),
    )
)
_LAST_YEAR = re.compile(r"\blast year\b|\bthe past year\b", re.I)
_LAST_MONTH = re.compile(r"\blast month\b", re.I)
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?P<first>{_YEAR})\s+(?:and|to)\s+(?P<last>{_YEAR})\b",
    re.I,
)
_AGAINST_YEAR = re.compile(
    rf"\b(?:from|on|over|than|versus|against|compared (?:with|to)|vs\.?)\s+"
    rf"(?:in\s+|the (?:same (?:period|month|months)|whole) (?:of|in)\s+)?"
    rf"(?P<year>{_YEAR})\b",
    re.I,
)
_SINCE_YEAR = re.compile(rf"\s*(?:\w+\s+){{0,2}}since\s+(?P<year>{_YEAR})\b", re.I)
_SINCE = re.compile(
    rf"\b(?:since|by|until|before|after)\s+(?:(?:the )?(?:end|start) of |{_MONTH}\s+)?"
    rf"(?:mid-|early |late )?{_YEAR}\b",
    re.I,
)
_COMPARISON = re.compile(
    r"\b(?:on|from|over|than|versus|against|compared (?:with|to)|vs\.?)\s+"
    r"(?:(?:the|a|in the|during the)\s+)?"
    r"(?:(?:same|corresponding)\s+(?:period|month|months|quarter|time)\s+"
    r"(?:(?:of|in)\s+)?)?"
    r"(?:(?:a|the|one)\s+)?"
    r"(?:last year|(?:previous|prior) year|year[- ](?:earlier|before|ago)"
    r"(?:\s+(?:period|month|level))?|preceding year)\b",
    re.I,
)


def without_comparisons(text: str) -> str:
    """A text with what figures are compared with blanked out, so that it names only
    when they were: "up 5 percent on the same period last year"."""
    for pattern in (_COMPARISON, _SINCE):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def base_in(text: str) -> Period | None:
    """The year growth is said to be measured from, behind it; None for the year
    before: "down 57.9 percent between 2021 and 2023", "up 46 percent on 2021"."""
    if found := _BETWEEN.search(text):
        return Period(int(found["first"]))
    if found := _AGAINST_YEAR.search(text) or _SINCE_YEAR.match(text):
        return Period(int(found["year"]))
    return None


def period_in(clause: str, written: date | None) -> Period | None:
    """The period a clause names."""
    if found := _BETWEEN.search(clause):
        return Period(int(found["last"]))
    clause = _AGAINST_YEAR.sub(" ", clause)
    if found := _TO_MONTH.search(clause):
        last = month_named(found["last"])
        if _count(found["n"]) == last:
            return _in_year(1, last, found["year"], clause, written)
        return None
    if found := _MONTHS_NAMED.search(clause):
        first = month_named(found["first"])
        last = month_named(found["last"]) if found["last"] else first
        return _in_year(first, last, found["year"], clause, written)
    for pattern, span in _SPANS:
        if found := pattern.search(clause):
            number = found.groupdict().get("n", "")
            first, last = span or (1, _count(number))
            stated = re.search(rf"\b{_YEAR}\b", clause)
            year = stated[0] if stated else None
            return _in_year(first, last, year, clause, written) if last else None
    return _year_in(clause, written)


def _count(word: str) -> int:
    count = int(word) if word.isdigit() else _COUNT.get(word.casefold(), 0)
    return count if 1 <= count <= 12 else 0


def _year_in(clause: str, written: date | None) -> Period | None:
    """A year by itself; where a clause names several, none is meant by all of it."""
    bare = re.sub(rf"{_YEAR}[-/–]\d\d(?:\d\d)?", " ", clause)
    years = dict.fromkeys(re.findall(rf"(?<![\d$€£.,]){_YEAR}(?![\d.,]\d|\d)", bare))
    if len(years) == 1:
        return Period(int(next(iter(years))))
    if years or written is None:
        return None
    if _LAST_YEAR.search(clause):
        return Period(written.year - 1)
    if _LAST_MONTH.search(clause):
        before = month_at(written.year * 12 + written.month - 2)
        return Period(int(before[:4]), int(before[5:]), int(before[5:]))
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
    if _LAST_YEAR.search(clause):
        return Period(written.year - 1, first, last)
    return Period(written.year - (last > written.month), first, last)
