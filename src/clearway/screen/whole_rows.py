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
}
"""The columns of a table of answers; `what` is hit, finding, problem or clear."""

_EMPTY: dict[str, Any] = {
    name: None if kind in (int, float) else "" for name, kind in COLUMNS.items()
}


def rows_of(number: int, file: str, answer: Any) -> Iterator[dict[str, Any]]:
    """The rows of one answer, at least one."""
    base = {**_EMPTY, "number": number, "file": file, "verdict": str(answer.verdict)}
    found = False
    for row in _rows(answer, base):
        found = True
        yield row
    if not found:
        yield base | {"what": "clear" if str(answer.verdict) == "clear" else "doubt"}


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
        for hit in screening.hits:
            yield base | where | hit_row(hit)
        yield from _problems(screening.problems, base | where)
    for finding in answer.findings:
        yield base | finding_row(finding)
    yield from _problems(answer.problems, base)


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
