"""Recall, false alerts and separation on labelled names.

    python benchmarks/quality.py

Prints, for each set, what was asked, what was found and how; no row of a set is known
to the engine.
"""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from machine import LAST_DAY, LISTS, NEWEST_UN, home, machine, shared

import clearway
from clearway.screen.config import Configuration
from clearway.screen.screener import Screener

NEGATIVES = 10_000
SETS = (
    ("OFAC, EU, UN of May 2024 and UK 2025", LISTS),
    (
        "the same with the UN list of 2026, which holds all names asked",
        (*(item for item in LISTS if item[0] != "un"), NEWEST_UN),
    ),
)
SCHEMA = {"Person": "person", "Vessel": "vessel"}


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def un_queries(screener: Screener, bench: Path, *, with_facts: bool) -> float:
    """The share of altered UN names that bring their listed entity to review."""
    queries = rows(bench / "un_queries.csv")
    missed = []
    for row in queries:
        party = clearway.Party(row["query"])
        if with_facts:
            party = replace(
                party,
                birth_date=row["birth_date"] or None,
                birth_place=row["place_of_birth"] or None,
                countries=(row["nationality"],) if row["nationality"] else (),
            )
        hits = screener.check(party).hits
        wanted = row["listed_name"].split()
        if not any(
            name.text.split() == wanted for hit in hits for name in hit.entity.names
        ):
            missed.append(row["query"] + " -> " + row["listed_name"])
    recall = 1 - len(missed) / len(queries)
    what = "with date, place, nationality" if with_facts else "by name alone"
    print(f"un_queries {what}: recall at review {recall:.4f} of {len(queries)}")
    for text in missed[:40]:
        print("   missed:", text)
    return recall


def negatives(screener: Screener, path: Path, count: int = NEGATIVES) -> float:
    """The share of people who are on no list and alert all the same."""
    people = rows(path)[:count]
    alerts = []
    for row in people:
        party = clearway.Party(
            row["full_name"],
            kind="person",
            birth_date=row["date_of_birth"] or None,
            countries=(row["nationality"],) if row["nationality"] else (),
        )
        if hits := screener.check(party).hits:
            alerts.append(f"{row['full_name']} {hits[0].score} {hits[0].entity.name}")
    share = len(alerts) / len(people)
    print(f"{path.name}: {len(alerts)} alerts on {len(people)} people ({share:.3%})")
    for text in alerts[:15]:
        print("   alert:", text)
    return share


def name_pairs(bench: Path, threshold: float = clearway.REVIEW_THRESHOLD) -> None:
    """F1 at the default threshold and the area under the curve."""
    pairs = rows(bench / "name_pairs.csv")
    scored = []
    for row in pairs:
        kind = SCHEMA.get(row["schema"], "organization")
        score = clearway.compare_names(row["name1"], row["name2"], kind=kind).score
        scored.append((score, row["is_match"] == "true", row))
    print(f"name_pairs: F1 {f1(scored, threshold):.3f} AUC {auc(scored):.3f}")
    for kind in ("Person", "Company"):
        part = [item for item in scored if item[2]["schema"] == kind]
        print(f"   {kind}: F1 {f1(part, threshold):.3f} AUC {auc(part):.3f}")


_Scored = Sequence[tuple[float, bool, dict[str, str]]]


def f1(scored: _Scored, threshold: float) -> float:
    """Harmonic mean of precision and recall."""
    true = sum(same and score >= threshold for score, same, _ in scored)
    said = sum(score >= threshold for score, _, _ in scored)
    real = sum(same for _, same, _ in scored)
    return 2 * true / (said + real) if said + real else 0.0


def auc(scored: _Scored) -> float:
    """The chance that a true pair scores above a false one; ties count half."""
    true = [score for score, same, _ in scored if same]
    false = [score for score, same, _ in scored if not same]
    won = sum((t > f) + 0.5 * (t == f) for t in true for f in false)
    return won / (len(true) * len(false))


def main() -> None:
    """Print everything."""
    bench = shared() / "bench"
    print(machine())
    name_pairs(bench)
    config = Configuration(accept_stale=True)
    for title, lists in SETS:
        with home(lists) as folder:
            screener = clearway.open(folder, LAST_DAY, config)
            size = f"{len(screener.compiled):,} entities"
            print(f"\n{title}: {size}, {len(screener.compiled.index):,} names")
            un_queries(screener, bench, with_facts=False)
            un_queries(screener, bench, with_facts=True)
            negatives(screener, bench / "negatives_global.csv")
            negatives(screener, bench / "negatives_us.csv")


if __name__ == "__main__":
    main()
