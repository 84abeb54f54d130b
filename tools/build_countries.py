"""Build `src/clearway/names/data/countries.json` from `resources/countries.csv`.

    python tools/build_countries.py            write the file
    python tools/build_countries.py --check    compare only; exit 1 if it is out of date

What is wrong with the table is printed as `file:line: what`, all at once; exit is 1.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "resources" / "countries.csv"
BUILT = ROOT / "src" / "clearway" / "names" / "data" / "countries.json"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.names.countries import key_of  # noqa: E402  (after the path is set)

COLUMNS = ["code", "alpha_3", "name", "spellings", "people", "other_languages"]


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row below the head with its line number; comments are left out."""
    head = True
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = next(csv.reader([line], delimiter=";"))
        if head and cells != COLUMNS:
            raise SystemExit(f"{TABLE}:{number}: the head must be {';'.join(COLUMNS)}")
        if not head:
            yield number, cells
        head = False


def build(text: str) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The table as it is read by clearway, and what is wrong with its source."""
    names: dict[str, str] = {}
    alpha_3: dict[str, str] = {}
    keys: dict[str, str] = {}
    complaints: list[str] = []
    for number, cells in rows(text):
        where = f"{TABLE.relative_to(ROOT)}:{number}"
        if len(cells) != len(COLUMNS):
            complaints.append(f"{where}: {len(cells)} cells, not {len(COLUMNS)}")
            continue
        code, three, name = cells[:3]
        if not re.fullmatch("[a-z]{2}", code) or code in names:
            complaints.append(f"{where}: {code!r} is no alpha-2 code, or stands twice")
        if not re.fullmatch("[A-Z]{3}", three) or three.lower() in alpha_3:
            complaints.append(f"{where}: {three!r} is no alpha-3 code, or stands twice")
        names[code] = name
        alpha_3[three.lower()] = code
        for spelling in [
            name,
            *(s for cell in cells[3:] for s in cell.split("|") if s),
        ]:
            key = key_of(spelling)
            taken = keys.setdefault(key, code)
            if not key:
                complaints.append(f"{where}: {spelling!r} has no letters")
            elif taken != code:
                complaints.append(f"{where}: {spelling!r} is {names[taken]} already")
    return {
        "names": dict(sorted(names.items())),
        "alpha_3": dict(sorted(alpha_3.items())),
        "keys": dict(sorted(keys.items())),
    }, complaints


def main() -> int:
    """Write the table, or compare it; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    table, complaints = build(TABLE.read_text("utf-8"))
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
        return 1
    text = json.dumps(table, ensure_ascii=False, indent=0) + "\n"
    if not check:
        BUILT.write_text(text, "utf-8")
    elif not BUILT.exists() or BUILT.read_text("utf-8") != text:
        print(f"{BUILT} is out of date; run {Path(__file__).name}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
