"""Rows of the rule book as text and as plain values."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clearway.rules.book import RuleBook
from clearway.rules.condition import Asked, Condition, Meets
from clearway.rules.finding import plain
from clearway.rules.rule import Definition, Duty, Licence, Rule
from clearway.rules.span import Cover, Moment

Row = Rule | Definition | Licence | Duty


def rows(book: RuleBook) -> Iterator[Row]:
    """Every row that has an id, rules first."""
    yield from book.rules
    yield from book.definitions
    yield from book.licences
    yield from book.duties.values()


def in_force(
    book: RuleBook,
    moment: Moment,
    known: date | None = None,
    persons: Sequence[str] = (),
) -> list[Row]:
    """What applied at a moment, as far as it was known by a day.

    `persons` keeps the rules that bind one of them; definitions, licences and duties
    bind nobody and are kept.
    """
    day = moment.day
    found: list[Row] = [
        rule
        for rule in book.rules_on(day, known)
        if not persons or not {*persons, "anyone"}.isdisjoint(rule.binds)
    ]
    found += [
        row
        for row in book.definitions
        if row.span.covers(day) and (known is None or row.known <= known)
    ]
    found += [
        row
        for row in book.licences
        if row.term.cover(moment) in (Cover.YES, Cover.PART)
        and (known is None or row.term.first <= known)
    ]
    found += [row for row in book.duties.values() if row.span.covers(day)]
    return found


def row_line(row: Row) -> str:
    """A row on one line: id, time, mark, what it is."""
    return f"{row.id:34} {_time(row):26} {row.law.evidence:13} {_title(row)}"


def _title(row: Row) -> str:
    return row.subject if isinstance(row, Licence) else row.title


def _time(row: Row) -> str:
    if isinstance(row, Licence):
        end = row.term.cut_off
        until = row.term.replaced or (end.date() if end else "...")
        return f"{row.term.first} to {until}"
    return f"{row.span.first} to {row.span.last or '...'}"


def row_text(row: Row, book: RuleBook, *, whole: bool = True) -> str:
    """A row for reading; `whole` with its condition and sources."""
    if not whole:
        return row_line(row)
    lines = [f"{row.id}: {_title(row)}", f"  {_kind(row)}; {_time(row)}"]
    if isinstance(row, Licence) and row.term.cut_off is not None:
        lines.append(f"  ends at {row.term.cut_off.isoformat()}")
    says = getattr(row, "says", "") or getattr(row, "note", "")
    lines += _wrapped(says) + _wrapped(getattr(row, "must", ""))
    if isinstance(row, Rule | Definition):
        lines.append("  when:")
        lines += [f"    {line}" for line in _condition(row.when)]
    if isinstance(row, Licence):
        lines.append(f"  relieves: {', '.join(row.relieves) or '-'}")
        lines.append(f"  for: {', '.join(row.purposes) or '-'}")
    lines.append(f"  law: {row.law.cite}")
    lines.append(
        f"  evidence: {row.law.evidence}; last confirmed on {row.law.confirmed}"
    )
    lines += [f"  source: {book.sources[name]}" for name in row.law.sources]
    return "\n".join(lines) + "\n"


def _kind(row: Row) -> str:
    if isinstance(row, Rule):
        return f"{row.sort}, binds {', '.join(row.binds)}, asked of each {row.each}"
    return type(row).__name__.lower()


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 88, initial_indent="  ", subsequent_indent="  ")


def _condition(condition: Condition, indent: str = "") -> Iterator[str]:
    if isinstance(condition, Asked):
        value = plain(condition.value)
        words = ", ".join(sorted(value)) if isinstance(value, list) else value
        yield f"{indent}{condition.fact} {condition.operator} {words}"
    elif isinstance(condition, Meets):
        yield f"{indent}is what is called {condition.definition}"
    else:
        yield f"{indent}{condition.how} of:"
        for part in condition.parts:
            yield from _condition(part, indent + "  ")


def row_dict(row: Row) -> dict[str, Any]:
    """A row as plain values."""
    out: dict[str, Any] = {"id": row.id, "is": type(row).__name__.lower()}
    if isinstance(row, Rule):
        out |= {
            "sort": str(row.sort),
            "binds": list(row.binds),
            "each": row.each,
            "must": row.must,
            "known_since": str(row.known),
        }
    out |= {"title": _title(row), "says": getattr(row, "says", "")}
    if isinstance(row, Licence):
        end = row.term.cut_off
        out |= {
            "series": row.series,
            "effective_from": str(row.term.first),
            "cut_off": end.isoformat() if end else None,
            "relieves": list(row.relieves),
            "purposes": list(row.purposes),
        }
    else:
        last = row.span.last
        out |= {
            "effective_from": str(row.span.first),
            "effective_to": str(last) if last else None,
        }
    if isinstance(row, Rule | Definition):
        out["when"] = list(_condition(row.when))
    return out | {
        "citation": row.law.cite,
        "evidence_mark": str(row.law.evidence),
        "sources": list(row.law.sources),
        "last_confirmed": str(row.law.confirmed),
    }
