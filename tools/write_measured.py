"""Write what `clearway bench --json OUT` measured into docs/benchmarks.md.

    clearway bench --data ... --peers ... --json out.json
    python tools/write_measured.py out.json

Only the part under the heading "What was measured" is replaced; it says nothing that is
not in the file.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from clearway.bench.report import Measure, Table, in_unit
from clearway.bench.running import head_lines

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_SECTION = re.compile(r"(?<=^## What was measured\n).*?(?=^## )", re.M | re.S)
_TABLES = {
    "scorers, the same pairs in the same run": "pairs",
    "right by class (of negatives: nothing answered)": "ssb",
    "all sources": "calibration",
}
"""Tables that are short and say what single numbers do not."""


def page_with(page: str, found: Mapping[str, Any]) -> str:
    """The page with these measurements; ValueError if it has no place for them."""
    if not _SECTION.search(page):
        raise ValueError("the page has no part 'What was measured' with one after it")
    text = "\n" + "\n".join(_lines(found)) + "\n\n"
    return _SECTION.sub(lambda _: text, page, count=1)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield "```text"
    yield from head_lines(dict(found))
    yield "```"
    yield ""
    yield "| section | what | measured | of | target |"
    yield "|---|---|---|---|---|"
    for part in found["sections"]:
        for number, row in enumerate(part["measures"]):
            yield _measure(part["section"] if number == 0 else "", row)
        if part["skipped"]:
            yield f"| {part['section']} | not measured: {part['skipped']} | | | |"
    for part in found["sections"]:
        for table in part["tables"]:
            if _TABLES.get(table["title"]) == part["section"]:
                yield ""
                yield from _table(part["section"], table)


def _measure(section: str, row: Mapping[str, Any]) -> str:
    value = float("nan") if row["value"] is None else row["value"]
    shown = Measure(row["key"], row["what"], value, row["unit"]).shown
    of = "" if row["of"] is None else f"{row['of']:,}"
    goal = ""
    for bound, word in ((row["at_least"], "from"), (row["at_most"], "to")):
        if bound is not None:
            goal = f"{word} {in_unit(bound, row['unit'])}" + (
                "" if row["met"] else ", **missed**"
            )
    return f"| {section} | {row['what'].strip()} | {shown} | {of} | {goal} |"


def _table(section: str, raw: Mapping[str, Any]) -> Iterator[str]:
    table = Table(raw["title"], tuple(raw["columns"]), raw["rows"])
    yield f"{section}: {table.title}."
    yield ""
    yield "| " + " | ".join(table.columns) + " |"
    yield "|" + "---|" * len(table.columns)
    for row in table.rows:
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"


def _cell(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:.3f}"
    return "-" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)


def main(arguments: list[str] | None = None) -> int:
    """Write the page; the exit code."""
    parser = argparse.ArgumentParser(description="Put measurements into the page.")
    parser.add_argument("measured", type=Path, help="what clearway bench --json wrote")
    parser.add_argument("--page", type=Path, default=PAGE)
    options = parser.parse_args(arguments)
    found = json.loads(options.measured.read_text("utf-8"))
    page = options.page.read_text("utf-8")
    options.page.write_text(page_with(page, found), "utf-8")
    print(f"{options.page.name}: {len(found['sections'])} sections")
    return 0


if __name__ == "__main__":
    sys.exit(main())
