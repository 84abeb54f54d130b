"""Build `src/clearway/tables/data/columns.json` from the tables in `resources/tables`.

    python tools/build_columns.py            write the file
    python tools/build_columns.py --check    compare only; exit 1 if it is out of date

What is wrong with a table is printed as `file:line: what`, all at once, and exit is 1.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "resources" / "tables"
BUILT = ROOT / "src" / "clearway" / "tables" / "data" / "columns.json"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.model import Kind  # noqa: E402  (after the path is set)
from clearway.tables.headings import FIELDS, UNUSED, normal  # noqa: E402


def rows(name: str, columns: list[str], complaints: list[str]) -> Iterator[list[str]]:
    """The rows of one table with `name:line` before them; its header is checked."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if next(reader, None) != columns:
            complaints.append(f"{name}:1: the columns must be {','.join(columns)}")
        for row in reader:
            place = f"{name}:{reader.line_num}"
            if len(row) != len(columns) or not all(cell.strip() for cell in row):
                complaints.append(f"{place}: every cell must be filled, and no other")
                continue
            yield [place, *row]


def gather(
    name: str, columns: list[str], allowed: list[str], complaints: list[str]
) -> dict[str, str]:
    """Normal form of each word -> what it means; two meanings are a complaint."""
    found: dict[str, str] = {}
    places: dict[str, str] = {}
    for place, meaning, _, words, _ in rows(name, columns, complaints):
        if meaning not in allowed:
            known = ", ".join(allowed)
            complaints.append(f"{place}: {meaning!r} is not one of {known}")
        for word in words.split("|"):
            key = normal(word)
            if not key:
                complaints.append(f"{place}: an empty word")
            elif found.setdefault(key, meaning) != meaning:
                complaints.append(
                    f"{place}: {word!r} is {meaning} here and {found[key]} in "
                    f"{places[key]}"
                )
            places.setdefault(key, place)
    return found


def build(complaints: list[str]) -> str:
    """The text of the built file."""
    headings = gather(
        "columns.csv",
        ["field", "language", "headings", "source"],
        [*FIELDS, UNUSED],
        complaints,
    )
    kinds = gather(
        "kinds.csv", ["kind", "language", "words", "source"], list(Kind), complaints
    )
    qualifiers: set[str] = set()
    prefixes: set[str] = set()
    columns = ["language", "words", "source"]
    for _, language, words, _ in rows("qualifiers.csv", columns, complaints):
        target = prefixes if language == "zh" else qualifiers
        target.update(normal(word) for word in words.split("|"))
    built = {
        "headings": dict(sorted(headings.items())),
        "kinds": dict(sorted(kinds.items())),
        "prefixes": sorted(prefixes, key=lambda word: (-len(word), word)),
        "qualifiers": sorted(qualifiers),
    }
    return json.dumps(built, ensure_ascii=False, indent=0) + "\n"


def main() -> int:
    """Build or compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    complaints: list[str] = []
    text = build(complaints)
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
        return 1
    if options.check:
        if not BUILT.exists() or BUILT.read_text("utf-8") != text:
            print(f"{BUILT} is out of date: build it again", file=sys.stderr)
            return 1
        return 0
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    BUILT.write_text(text, "utf-8", newline="\n")
    print(f"{BUILT.relative_to(ROOT)}: {len(text.splitlines()):,} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
