"""Build `src/clearway/goods/data/` from `resources/goods/`.

    python tools/build_goods.py            write the files
    python tools/build_goods.py --check    compare only; exit 1 if one is out of date

What is wrong with the tables is printed, all at once, and exit is 1. A key that is not
known is refused: to say something new in a table, teach the builder first.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "resources" / "goods"
BUILT = ROOT / "src" / "clearway" / "goods" / "data"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.goods.words import closed_up, stems_of  # noqa: E402  (path set above)

EVIDENCE = ("found", "found_partial", "memory")
LIST_KEYS = {"id", "name", "jurisdiction", "binding", "indicative", "citation", "note"}
ENTRY_KEYS = {
    "list",
    "tiers",
    "groups",
    "since",
    "until",
    "evidence",
    "sources",
    "note",
}
Rows = list[dict[str, Any]]


def keys(rows: Rows, allowed: set[str], must: set[str], what: str) -> Iterator[str]:
    """Complaints about keys of rows that are unknown or missing."""
    for number, row in enumerate(rows, 1):
        yield from (
            f"{what} {number}: unknown key {key!r}" for key in row.keys() - allowed
        )
        yield from (f"{what} {number}: no {key!r}" for key in must - row.keys())


def is_code(text: str, *lengths: int) -> bool:
    """Whether a text is a code of such a length in a chapter of the HS."""
    digits = re.fullmatch(r"\d+", text) is not None
    chapter = "01" <= text[:2] <= "97" and text[:2] != "77"
    return digits and chapter and len(text) in lengths


def lists(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The lists, their entries by day, and the codes; and what is wrong with them."""
    tables = {"confirmed_on", "sources", "list", "entry", "tier", "group"}
    complaints = [f"unknown table {name!r}" for name in raw.keys() - tables]
    complaints += [f"no table {name!r}" for name in tables - raw.keys()]
    if complaints:
        return {}, complaints
    needed = {"id", "name", "jurisdiction", "binding", "citation"}
    complaints += keys(raw["list"], LIST_KEYS, needed, "list")
    complaints += keys(
        raw["entry"], ENTRY_KEYS, {"list", "since", "evidence", "sources"}, "entry"
    )
    complaints += keys(raw["tier"], *2 * ({"tier", "reason", "codes"},), "tier")
    complaints += keys(raw["group"], *2 * ({"group", "name", "codes"},), "group")
    if complaints:
        return {}, complaints
    known = {row["id"] for row in raw["list"]}
    tiers = {row["tier"]: row for row in raw["tier"]}
    groups = {row["group"]: row for row in raw["group"]}
    for row in raw["entry"]:
        name = f"entry of {row['list']} since {row['since']}"
        complaints += _entry_complaints(row, known, raw["sources"], name)
        for key, table in (("tiers", tiers), ("groups", groups)):
            complaints += [
                f"{name}: no such member {member!r}"
                for member in row.get(key, ())
                if member not in table
            ]
    codes = [code for tier in tiers.values() for code in tier["codes"]]
    complaints += [f"{code!r} stands twice" for code in codes if codes.count(code) > 1]
    complaints += [f"{code!r} is no code" for code in codes if not is_code(code, 6)]
    complaints += [
        f"{code!r} of {name} is no code"
        for name, group in groups.items()
        for code in group["codes"]
        if not is_code(code, 4, 6)
    ]
    return {
        **{key: raw[key] for key in ("confirmed_on", "sources")},
        "lists": raw["list"],
        "entries": raw["entry"],
        "tiers": raw["tier"],
        "groups": raw["group"],
    }, complaints


def _entry_complaints(
    row: Mapping[str, Any], known: set[str], sources: Mapping[str, str], name: str
) -> Iterator[str]:
    if row["list"] not in known:
        yield f"{name}: no such list"
    if row["evidence"] not in EVIDENCE:
        yield f"{name}: evidence {row['evidence']!r} is none of {EVIDENCE}"
    if not row["sources"]:
        yield f"{name}: no source"
    yield from (
        f"{name}: unknown source {s!r}" for s in row["sources"] if s not in sources
    )
    days = [row["since"], row.get("until", row["since"])]
    if any(type(day) is not date for day in days) or days[1] < days[0]:
        yield f"{name}: its days are no days, or end before they begin"


def editions(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Editions and pairs of codes in both directions; and what is wrong with them."""
    complaints = [
        f"unknown table {name!r}"
        for name in raw.keys() - {"edition", "moved", "same_before_2017"}
    ]
    must = {"id", "since", "until", "also"}
    complaints += keys(raw["edition"], must | {"note"}, must, "edition")
    must = {"from", "to", "evidence", "note"}
    complaints += keys(raw["moved"], must | {"whole"}, must, "moved")
    if complaints:
        return {}, complaints
    also: dict[str, str] = {}
    for row in raw["edition"]:
        for name in (row["id"], *row["also"]):
            if also.setdefault(name.upper(), row["id"]) != row["id"]:
                complaints.append(f"{name!r} names two editions")
    later: dict[str, list[list[Any]]] = {}
    earlier: dict[str, list[list[Any]]] = {}
    for row in raw["moved"]:
        if row["evidence"] not in EVIDENCE:
            complaints.append(f"moved {row['from']}: evidence {row['evidence']!r}")
        for code in (row["from"], *row["to"]):
            if not is_code(code, 6):
                complaints.append(f"{code!r} is no code of six digits")
        for code in row["to"]:
            says = [row["evidence"], row["note"]]
            # A code that kept its number is first of all itself; what moved may be it.
            whole = row.get("whole", False) or code == row["from"]
            later.setdefault(row["from"], []).append([code, not whole, *says])
            earlier.setdefault(code, []).append([row["from"], False, *says])
    for olds in earlier.values():
        for old in olds:
            old[1] = len(olds) > 1
    return {
        "editions": [
            {key: row[key] for key in ("id", "since", "until")}
            for row in raw["edition"]
        ],
        "also": also,
        "later": dict(sorted(later.items())),
        "earlier": dict(sorted(earlier.items())),
    }, complaints


def words(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Phrases with the codes they hint at; and what is wrong with them."""
    must = {"codes"}
    complaints = list(
        keys(raw["goods"], must | {"en", "ru", "zh", "not"}, must, "goods")
    )
    goods = []
    for row in raw["goods"]:
        complaints += [
            f"{code!r} is no code" for code in row["codes"] if not is_code(code, 4, 6)
        ]
        spoken = [p.strip() for key in ("en", "ru") for p in _phrases(row.get(key, ""))]
        goods.append(
            {
                "codes": row["codes"],
                "phrases": sorted({" ".join(stems_of(p)) for p in spoken} - {""}),
                "chinese": sorted({closed_up(p) for p in _phrases(row.get("zh", ""))}),
                "not": sorted(set(stems_of(row.get("not", "")))),
            }
        )
    return {"goods": goods}, complaints


def ordinary(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Words of ordinary goods by chapter; and what is wrong with them."""
    must = {"chapters", "en", "ru", "zh"}
    complaints = list(keys(raw["ordinary"], must, must, "ordinary"))
    if complaints:
        return {}, complaints
    rows = [
        {
            "chapters": row["chapters"],
            "words": sorted(
                {s for key in ("en", "ru") for s in stems_of(row[key]) if len(s) > 2}
            ),
            "chinese": sorted(row["zh"].split()),
        }
        for row in raw["ordinary"]
    ]
    return {"ordinary": rows}, complaints


def _phrases(text: str) -> list[str]:
    return [phrase for phrase in text.split(";") if phrase.strip()]


BUILDERS: tuple[tuple[str, Callable[[Mapping[str, Any]], Any]], ...] = (
    ("lists", lists),
    ("editions", editions),
    ("words", words),
    ("ordinary", ordinary),
)


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the tables of goods.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args(arguments)
    failed = False
    for name, build in BUILDERS:
        raw = tomllib.loads((options.tables / f"{name}.toml").read_text("utf-8"))
        built, complaints = build(raw)
        if complaints:
            print("\n".join(f"{name}.toml: {complaint}" for complaint in complaints))
            failed = True
            continue
        text = json.dumps(built, ensure_ascii=False, indent=0, default=str) + "\n"
        output = options.output / f"{name}.json"
        if not options.check:
            output.write_text(text, "utf-8")
        elif not output.is_file() or output.read_text("utf-8") != text:
            print(f"{output.name} is out of date: run {Path(__file__).name}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
