"""Pairs of names in the scripts, spellings and habits of the world, one test a pair."""

import csv
from pathlib import Path

import pytest

from clearway.match import REVIEW_THRESHOLD, compare_names

TABLE = Path(__file__).parent / "tables" / "name_pairs.csv"


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _parameters(same: str) -> list[object]:
    """The pairs with this label; one that is known to be missed must stay missed."""
    wrong = pytest.mark.xfail(reason="known to be missed", strict=True)
    return [
        pytest.param(
            row["kind"],
            row["asked"],
            row["listed"],
            id=f"{row['group']}: {row['asked']} / {row['listed']}",
            marks=[wrong] if row["known"] == "missed" else [],
        )
        for row in _rows()
        if row["same"] == same
    ]


@pytest.mark.parametrize(("kind", "asked", "listed"), _parameters("yes"))
def test_the_same_party_reaches_review(kind: str, asked: str, listed: str) -> None:
    found = compare_names(asked, listed, kind=kind)
    assert found.score >= REVIEW_THRESHOLD, found.evidence[0].because


@pytest.mark.parametrize(("kind", "asked", "listed"), _parameters("no"))
def test_another_party_does_not(kind: str, asked: str, listed: str) -> None:
    found = compare_names(asked, listed, kind=kind)
    assert found.score < REVIEW_THRESHOLD, found.evidence[0].because


def test_the_table_says_yes_or_no_of_each_pair_once() -> None:
    rows = _rows()
    assert {row["same"] for row in rows} == {"yes", "no"}
    pairs = [(row["kind"], row["asked"], row["listed"]) for row in rows]
    assert len(pairs) == len(set(pairs))
