"""Answers for whole things as rows: one for each hit, finding and problem."""

from collections.abc import Iterator
from typing import Any

COLUMNS: dict[str, type] = {
    "number": int,
    "file": str,
    "is": str,
    "reference": str,
    "verdict": str,
    "what": str,
    "role": str,
    "text": str,
    "path": str,
    "start": int,
    "end": int,
    "score": float,
    "entity_id": str,
    "entity_name": str,
    "rule": str,
    "citation": str,
    "effective_from": str,
    "shown": str,
    "evidence_mark": str,
    "says": str,
    "due": str,
    "line": int,
}
"""The columns of a table of answers; `what` is hit, the sort of a finding, problem,
price, hint or clear; `line` the line of goods it concerns, `path` where that stands."""

_EMPTY: dict[str, Any] = {
    name: None if kind in (int, float) else "" for name, kind in COLUMNS.items()
}


def rows_of(number: int, file: str, answer: Any) -> Iterator[dict[str, Any]]:
    """The rows of one answer, at least one."""
    place = source_of(file, answer)
    base = {**_EMPTY, "number": number, "file": place, "verdict": str(answer.verdict)}
    found = False
    for row in _rows(answer, base):
        found = True
        yield row
    if not found:
        yield base | {"what": "clear" if str(answer.verdict) == "clear" else "doubt"}


def source_of(target: str, answer: Any) -> str:
    """The file of an answer: the target, or the paper within it if that is a folder."""
    transaction = getattr(answer, "transaction", None)
    file = transaction.file if transaction is not None else ""
    if not file or target == "-" or target.endswith(file):
        return target
    return f"{target.rstrip('/')}/{file}"


def _rows(answer: Any, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if hasattr(answer, "rows"):
        yield from (base | row for row in answer.rows())
    elif hasattr(answer, "transactions"):
        told = base | {"is": answer.kind}
        for one in answer.transactions:
            yield from _of_transaction(one, told)
        if not answer.transactions:
            yield from _problems(answer.problems, told)
    else:
        yield from _of_transaction(answer, base | {"is": answer.transaction.kind})


def _of_transaction(answer: Any, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    base = base | {
        "reference": answer.transaction.reference,
        "verdict": str(answer.verdict),
    }
    for involved, screening in answer.screenings:
        spot = involved.spot
        where = {
            "role": str(involved.role),
            "text": involved.party.name,
            "path": spot.path,
            "start": spot.start if spot.start >= 0 else None,
            "end": spot.end if spot.end >= 0 else None,
        }
        where["line"] = _line_at(spot.path, answer.lines)
        for hit in screening.hits:
            yield base | where | hit_row(hit)
        yield from _problems(screening.problems, base | where)
    for finding in answer.findings:
        row = base | finding_row(finding)
        if finding.scope == "goods" and finding.at < len(answer.lines):
            line = answer.lines[finding.at]
            row |= {"line": line.line.line or finding.at + 1, "path": line.position}
        yield row
    for line in answer.lines:
        yield from _of_line(line, base)
    for problem in answer.problems:
        place = {"line": _line_at(problem.position, answer.lines)}
        yield from _problems([problem], base | place | {"path": problem.position})


def _of_line(line: Any, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A line's prices that are out of line, and its hints: no findings alone."""
    where = {
        "line": line.line.line,
        "path": line.position,
        "text": line.line.description or line.line.code,
    }
    for price in line.prices:
        if price.outside:
            yield base | where | {"what": "price", "says": price.sentence}
    for hint in line.hints:
        yield base | where | {"what": "hint", "says": hint}


def _line_at(path: str, lines: Any) -> int | None:
    """The number of the line that a path lies in."""
    for line in lines:
        own = line.position
        if own and (path == own or path.startswith(f"{own},")):
            number: int = line.line.line
            return number
    return None


def hit_row(hit: Any) -> dict[str, Any]:
    """The columns of a hit."""
    return {
        "what": "hit",
        "score": hit.score,
        "entity_id": hit.entity.id,
        "entity_name": hit.entity.name,
        "shown": "certain" if hit.certain else "possible",
        "says": hit.because,
    }


def finding_row(finding: Any) -> dict[str, Any]:
    """The columns of a finding."""
    return {
        "what": str(finding.sort),
        "text": finding.subject,
        "rule": finding.rule,
        "citation": finding.law.cite,
        "effective_from": str(finding.span.first),
        "shown": "shown" if finding.shown else "possible",
        "evidence_mark": str(finding.law.evidence),
        "says": finding.says,
        "due": "; ".join(f"{due.by} {due.title}" for due in finding.due),
    }


def _problems(problems: Any, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for problem in problems:
        said = (
            f"{problem.message} ({problem.text})" if problem.text else problem.message
        )
        yield base | {"what": "problem", "rule": problem.code, "says": said}
