"""Screenings as rows of a table: one for each hit, in a fixed order of columns."""

from collections.abc import Iterator
from typing import Any

from clearway.screen.screening import Hit, Screening

COLUMNS: dict[str, type] = {
    "row": int,
    "reference": str,
    "name": str,
    "verdict": str,
    "score": float,
    "entity_id": str,
    "entity_name": str,
    "entity_kind": str,
    "matched_name": str,
    "listings": str,
    "listed_on": str,
    "because": str,
    "problems": str,
    "as_of": str,
    "lists": str,
    "engine": str,
    "config": str,
}
"""The columns of a table of hits and what each holds."""

FRAME_COLUMNS = (
    "verdict",
    "score",
    "entity_id",
    "entity_name",
    "listings",
    "hits",
    "because",
    "problems",
)
"""The columns `check_frame` adds: the verdict, the best hit, how many there are."""


def hit_rows(row: int, screening: Screening) -> Iterator[dict[str, Any]]:
    """A row for each hit; one without a hit if the party needs a look all the same.

    A party that is clear gives none: the count of those is in the summary.
    """
    for hit in screening.hits:
        yield _row(row, screening, hit)
    if not screening.hits and screening.verdict != "clear":
        yield _row(row, screening, None)


def clear_row(row: int, screening: Screening) -> dict[str, Any]:
    """The row of a party without hits, for those who want every party in the table."""
    return _row(row, screening, None)


def _row(row: int, screening: Screening, hit: Hit | None) -> dict[str, Any]:
    return {
        "row": row,
        "reference": screening.party.reference,
        "name": screening.party.name,
        "verdict": str(screening.verdict),
        "score": hit.score if hit else None,
        "entity_id": hit.entity.id if hit else None,
        "entity_name": hit.entity.name if hit else None,
        "entity_kind": str(hit.entity.kind) if hit else None,
        "matched_name": hit.evidence[0].listed if hit else None,
        "listings": listings_text(hit) if hit else None,
        "listed_on": _listed_on(hit) if hit else None,
        "because": hit.because if hit else "; ".join(screening.reasons),
        "problems": problems_text(screening) or None,
        "as_of": screening.as_of,
        "lists": "; ".join(map(str, screening.lists)),
        "engine": screening.engine,
        "config": screening.config,
    }


def listings_text(hit: Hit) -> str:
    """Where the entity is listed: `ofac/sdn RUSSIA-EO14024; uk/conlist Russia`."""
    return "; ".join(
        f"{row.publisher}/{row.list} {' '.join(row.programmes)}".strip()
        for row in hit.entity.listings
    )


def problems_text(screening: Screening) -> str:
    """The problems of a screening on one line."""
    return "; ".join(f"{p.code}: {p.message}" for p in screening.problems)


def _listed_on(hit: Hit) -> str | None:
    day = hit.entity.listed_since()
    return day.isoformat() if day else None


def frame_values(screening: Screening) -> tuple[Any, ...]:
    """One value for each of FRAME_COLUMNS."""
    best = screening.hits[0] if screening.hits else None
    return (
        str(screening.verdict),
        best.score if best else None,
        best.entity.id if best else None,
        best.entity.name if best else None,
        listings_text(best) if best else None,
        len(screening.hits),
        best.because if best else "; ".join(screening.reasons),
        problems_text(screening) or None,
    )
