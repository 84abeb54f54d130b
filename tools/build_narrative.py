"""Build `src/clearway/names/data/narrative.json` from `resources/narrative.toml`.

Places that are looked for in pieces, or beside another country, come from
`resources/places.toml`.

    python tools/build_narrative.py            write the file
    python tools/build_narrative.py --check    compare only; exit 1 if it is out of date

What is wrong with the table is printed, all at once, and exit is 1.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "resources" / "narrative.toml"
PLACES = ROOT / "resources" / "places.toml"
BUILT = ROOT / "src" / "clearway" / "names" / "data" / "narrative.json"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.names.fold import fold  # noqa: E402  (after the path is set)
from clearway.names.script import scripts_in  # noqa: E402

Table = list[str] | dict[str, str]
LETTERS = frozenset({"Latn", "Cyrl"})
"""Scripts that folding reads by itself; others are read when they are asked."""
TABLES = ("unnamed", "little", "context")


def gather(path: Path) -> tuple[dict[str, Table], list[str]]:
    """The table folded, and what is wrong with it."""
    content = tomllib.loads(path.read_text("utf-8"))
    complaints = [f"unknown table {name!r}" for name in content if name not in TABLES]
    complaints += [f"no table {name!r}" for name in TABLES if name not in content]
    if complaints:
        return {}, complaints
    phrases: set[str] = set()
    native: set[str] = set()
    for language, text in content["unnamed"].items():
        for phrase in text.split(";"):
            folded = fold(phrase)
            if not folded:
                complaints.append(f"unnamed.{language}: {phrase!r} has no letters")
            elif LETTERS.issuperset(scripts_in(phrase)):
                phrases.add(folded)
            else:
                native.add(" ".join(phrase.split()))
    built: dict[str, Table] = {
        "unnamed": sorted(phrases),
        "native": sorted(native),
    }
    for name, text in (
        ("little", content["little"]["words"]),
        ("sure", content["context"]["sure"]),
        ("perhaps", content["context"]["perhaps"]),
    ):
        built[name] = sorted(
            {part for word in text.split() for part in fold(word).split()}
        )
    built["before"] = sorted(
        fold(phrase) for phrase in content["context"]["phrases"].split(";")
    )
    rows = tomllib.loads(PLACES.read_text("utf-8"))
    for name, gathered in (
        ("embargoed", _hidden(rows)),
        ("disputed", _unmistakable(rows)),
    ):
        places: dict[str, str] = {}
        for place, country in gathered:
            folded = fold(place).replace(" ", "")
            if places.setdefault(folded, country) != country:
                complaints.append(f"{name}: {place!r} lies in two countries")
        built[name] = dict(sorted(places.items()))
    return built, complaints


def _hidden(rows: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Spellings of places that someone may hide by writing them in pieces."""
    for row in (*rows["territory"], *rows["country"]):
        yield from ((place, row["label"]) for place in row["hidden"].split())


def _unmistakable(rows: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names of one word that mean a territory, whatever country stands beside them."""
    for row in rows["territory"]:
        named = row.get("unmistakable", ())
        if not named:
            continue
        texts = [
            place for spelt in row["places"] if spelt[0] in named for place in spelt
        ]
        for text in (*texts, *row["outright"].split(";")):
            bare = text.strip()
            if " " not in bare and LETTERS.issuperset(scripts_in(bare)):
                yield bare, row["label"]


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the table of payment words.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args(arguments)
    built, complaints = gather(options.table)
    if complaints:
        print("\n".join(f"{options.table.name}: {c}" for c in complaints))
        return 1
    text = json.dumps(built, ensure_ascii=False, indent=0) + "\n"
    if options.check:
        if options.output.is_file() and options.output.read_text("utf-8") == text:
            return 0
        print(f"{options.output.name} is out of date: run {Path(__file__).name}")
        return 1
    options.output.write_text(text, "utf-8")
    print(", ".join(f"{len(table)} {name}" for name, table in built.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
