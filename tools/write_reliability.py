"""Keep how often a score was true, as `clearway bench` judged it.

    clearway bench calibration --data ... --json out.json --pictures docs/pictures
    python tools/write_reliability.py out.json

Writes `resources/reliability.csv`, from which `tools/build_docs.py` makes the table of
docs/features.md. It holds counts alone, and only those of the file.
"""

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parents[1] / "resources" / "reliability.csv"
HEAD = (
    "# How often a score was true: of labelled pairs of names, and of hits of\n"
    "# screenings (altered UN names, people on no list, parties of two lists).\n"
    "# Written by tools/write_reliability.py from what `clearway bench` measured.\n"
)
COLUMNS = ("source", "low", "high", "judged", "true")
_PAIRS = "name pairs"


def counted(found: Mapping[str, Any]) -> list[tuple[str, str, str, int, int]]:
    """Rows of the table; ValueError if the file has no section `calibration`."""
    sections = [one for one in found["sections"] if one["section"] == "calibration"]
    if not sections:
        raise ValueError("the file has no section calibration")
    sums: dict[tuple[str, str, str], list[int]] = {}
    for table in sections[0]["tables"]:
        if table["title"] == "all sources":
            continue
        source = "pairs" if table["title"] == _PAIRS else "hits"
        for bin_, judged, true, *_ in table["rows"]:
            low, high = bin_.split(" to ")
            counts = sums.setdefault((source, low, high), [0, 0])
            counts[0] += judged
            counts[1] += true
    return [(*key, judged, true) for key, (judged, true) in sorted(sums.items())]


def main(arguments: list[str] | None = None) -> int:
    """Write the table; the exit code."""
    (path,) = sys.argv[1:] if arguments is None else arguments
    rows = counted(json.loads(Path(path).read_text("utf-8")))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{TABLE.name}: {len(rows)} bins")
    return 0


if __name__ == "__main__":
    sys.exit(main())
