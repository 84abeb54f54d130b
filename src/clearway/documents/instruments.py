"""Orders and laws named in a text: recognised, made one form, with the day if told.

`E.O. 14114`, `the executive order of December 2023`, `Directive 2`, `Section 11`,
`Regulation (EU) No 833/2014`. Only the form is read here; which rule it is, the law
book knows (`clearway.rules`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH = "|".join(month.title() for month in _MONTHS)
_FLAGS = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law named in a text: its kind, its number, its day as far as it is told.

    `ident` is stable: `us-eo-14114`, `us-eo` where only a day is told, `eu-833/2014`.
    `date` is `2023-12-22`, `2023-12`, `12` for a December whose year is not told, or
    empty.
    """

    ident: str
    kind: str
    number: str
    date: str
    start: int
    end: int
    text: str


_Made = Callable[[re.Match[str]], tuple[str, str, str]]


def _order(match: re.Match[str]) -> tuple[str, str, str]:
    number = match["number"]
    return f"us-eo-{number}", "executive_order", number


def _bare_order(match: re.Match[str]) -> tuple[str, str, str]:
    return "us-eo", "executive_order", ""


def _directive(match: re.Match[str]) -> tuple[str, str, str]:
    number = match["number"].upper()
    return f"us-directive-{number}", "directive", number


def _section(match: re.Match[str]) -> tuple[str, str, str]:
    number = match["number"]
    return f"section-{number}", "section", number


def _union(match: re.Match[str]) -> tuple[str, str, str]:
    one, other = match["one"], match["other"]
    number = f"{one}/{other}"
    kind = "decision" if match["kind"].lower() == "decision" else "regulation"
    return f"eu-{number}", kind, number


def _resolution(match: re.Match[str]) -> tuple[str, str, str]:
    number = match["number"]
    return f"un-res-{number}", "resolution", number


def _statute(match: re.Match[str]) -> tuple[str, str, str]:
    name = match["name"].upper()
    return f"us-{name.lower()}", "statute", name


_DAY = (
    rf"(?:\s+(?:of|dated|signed|issued|from|in|on)"
    rf"(?:\s+(?:the|late|early|last))?\s+(?P<when>(?:\d{{1,2}}\s+)?(?:{_MONTH})"
    rf"(?:\s+\d{{1,2}}(?!\d))?(?:,?\s+\d{{4}})?))?"
)
PATTERNS: tuple[tuple[re.Pattern[str], _Made], ...] = (
    (
        re.compile(
            r"\b(?:executive\s+order|E\.?\s?O\.?)\s*(?:No\.?\s*)?(?P<number>1\d{4})\b"
            + _DAY,
            _FLAGS,
        ),
        _order,
    ),
    (
        re.compile(
            rf"\b(?:executive|presidential)\s+order(?!\s*(?:No\.?\s*)?\d)"
            rf"(?:[^.;\n]{{0,60}}?\s(?:of|dated|signed|issued|in|on)\s+(?:the\s+)?"
            rf"(?P<when>(?:\d{{1,2}}\s+)?(?:{_MONTH})(?:\s+\d{{1,2}}(?!\d))?"
            rf"(?:,?\s+\d{{4}})?))?",
            _FLAGS,
        ),
        _bare_order,
    ),
    (
        re.compile(
            rf"\border\s+of\s+(?P<when>(?:\d{{1,2}}\s+)?(?:{_MONTH})(?:,?\s+\d{{4}}))\b",
            _FLAGS,
        ),
        _bare_order,
    ),
    (re.compile(r"\bDirectives?\s+(?P<number>[1-4]A?)\b(?!\s*/)"), _directive),
    (re.compile(r"\b[Ss]ection\s+(?P<number>\d{1,4}(?:\([a-z0-9]{1,3}\))*)"), _section),
    (
        re.compile(
            r"\b(?P<kind>Regulation|Decision)\s+\((?:EU|EC|CFSP)\)\s*(?:No\.?\s*)?"
            r"(?P<one>\d{2,4})/(?P<other>\d{2,4})(?:/CFSP)?"
        ),
        _union,
    ),
    (
        re.compile(
            r"\b(?:UNSCR|Security\s+Council\s+[Rr]esolution|UNSC\s+[Rr]esolution)\s+"
            r"(?P<number>\d{3,4})(?:\s*\(\d{4}\))?"
        ),
        _resolution,
    ),
    (re.compile(r"\b(?P<name>CAATSA|IEEPA|ITSR|PEESA|INKSNA|ECRA)\b"), _statute),
)
"""Every form that is recognised, and what it is made into; the first that fits."""


def instruments_in(text: str) -> tuple[Instrument, ...]:
    """The laws that a text names, in the order in which they stand."""
    return tuple(sorted(_distinct(text), key=lambda found: found.start))


def _distinct(text: str) -> Iterator[Instrument]:
    taken: list[tuple[int, int]] = []
    for pattern, made in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            ident, kind, number = made(match)
            when = match.groupdict().get("when") or ""
            yield Instrument(ident, kind, number, _date(when), start, end, match[0])


def _date(when: str) -> str:
    """`December 22, 2023`, `22 December 2023`, `December 2023`, `December`."""
    words = when.replace(",", " ").lower().split()
    month = next((_MONTHS.index(w) + 1 for w in words if w in _MONTHS), 0)
    if not month:
        return ""
    year = next((word for word in words if len(word) == 4 and word.isdigit()), "")
    day = next((int(w) for w in words if w.isdigit() and len(w) < 3), 0)
    if not year:
        return f"{month:02}"
    return f"{year}-{month:02}" + (f"-{day:02}" if 1 <= day <= 31 else "")
