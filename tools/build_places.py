"""Build `src/clearway/names/data/places.json` from `resources/places.toml`.

    python tools/build_places.py            write the file
    python tools/build_places.py --check    compare only; exit 1 if it is out of date

What is wrong with the table is printed, all at once, and exit is 1. A key that is not
known is refused.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "resources" / "places.toml"
BUILT = ROOT / "src" / "clearway" / "names" / "data" / "places.json"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.names.countries import code  # noqa: E402
from clearway.names.fold import fold  # noqa: E402  (after the path is set)

EVIDENCE = ("found", "found_partial", "memory")
KINDS = {
    "comprehensive",
    "territorial",
    "list_based",
    "secondary",
    "not_covered",
    "not_comprehensive",
}
TABLES = {"confirmed_on", "sources", "territory", "country", "transshipment"}
TERRITORY = {
    "id",
    "name",
    "label",
    "country",
    "oblast_codes",
    "oblast",
    "outright",
    "outright_places",
    "short",
    "not_short",
    "context",
    "hidden",
    "places",
    "homonyms",
    "homonyms_in_ukraine",
    "ordinary",
    "unmistakable",
    "ports",
    "elsewhere",
    "government_side",
    "postal",
    "law",
}
COUNTRY = {"id", "label", "written", "hidden", "places", "ordinary", "ports", "law"}
LAW = {
    "jurisdiction",
    "kind",
    "since",
    "until",
    "citation",
    "evidence",
    "sources",
    "note",
}
POSTAL = {"country", "from", "to", "whole", "evidence", "sources", "note"}
GOVERNMENT = {"names", "since", "until", "confirmed_on", "evidence", "note"}
DETOUR = {"id", "name", "since", "countries", "citation", "evidence", "sources", "note"}
MARKS = ("homonyms", "homonyms_in_ukraine", "ordinary", "ports", "outright_places")
# Scripts without spaces, or without vowels: folded, their words would be others' words.
AS_WRITTEN = re.compile("[\u0600-\u06ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")

# Endings of Russian and Ukrainian names of places in their cases.
_ENDINGS = (
    ("ия", "ия ии ию ией"),
    ("ія", "ія ії ію ією"),
    ("й", "й я ю ем е"),
    ("ь", "ь я ю ем и е і"),
    ("а", "а ы и е у ой і"),
    ("о", "о а у ом е"),
    ("е", "е я ю ем а у ом"),
)


def forms(name: str) -> list[str]:
    """A name of one word in Cyrillic letters in its cases; any other as it is."""
    if " " in name or not re.fullmatch("[а-яёіїєґА-ЯЁІЇЄҐ'’]{4,}", name):
        return [name]
    for ending, cases in _ENDINGS:
        if name.endswith(ending):
            bare = name[: -len(ending)]
            return [name, *(bare + case for case in cases.split())]
    if name[-1] in "бвгджзклмнпрстфхц":
        return [name, *(name + case for case in ("а", "у", "ом", "ем", "е", "і"))]
    return [name]


def listed(text: str) -> list[str]:
    """What a cell lists, set apart by semicolons."""
    return [" ".join(part.split()) for part in text.split(";") if part.strip()]


class Phrases:
    """Names by their folded words, or as they are written."""

    def __init__(self) -> None:
        self.words: dict[str, list[list[str]]] = {}
        self.written: dict[str, list[list[str]]] = {}

    def add(self, kind: str, owner: str, text: str, name: str = "") -> None:
        """One spelling of a name, in its cases."""
        if AS_WRITTEN.search(text):
            self._put(self.written, text, [kind, owner, name or text])
            return
        for form in forms(text):
            if folded := fold(form):
                self._put(self.words, folded, [kind, owner, name or text])

    @staticmethod
    def _put(table: dict[str, list[list[str]]], key: str, row: list[str]) -> None:
        rows = table.setdefault(key, [])
        if row not in rows:
            rows.append(row)


def gather(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The table as it is read by clearway, and what is wrong with it."""
    complaints = [f"unknown table {name!r}" for name in content.keys() - TABLES]
    complaints += [f"no table {name!r}" for name in TABLES - content.keys()]
    if complaints:
        return {}, complaints
    complaints += _complaints(content)
    if complaints:
        return {}, complaints
    phrases = Phrases()
    for row in content["territory"]:
        _add_territory(phrases, row)
    for row in content["country"]:
        for text in listed(row.get("written", "")):
            phrases.add("country", row["id"], text, row["label"])
        _add_places(phrases, row)
    owners = {
        row["id"]: {
            "label": row["label"],
            "name": row.get("name", row["label"]),
            "country": row.get("country", row["id"]),
            "territory": "country" in row,
            **{mark: row.get(mark, []) for mark in MARKS},
            "government_side": row.get("government_side", []),
            "postal": row.get("postal", []),
            "elsewhere_codes": _codes(row.get("elsewhere", "")),
            "elsewhere_countries": sorted(
                {code(text) for text in listed(row.get("elsewhere", ""))} - {""}
            ),
            "law": row.get("law", []),
        }
        for row in (*content["territory"], *content["country"])
    }
    return {
        "confirmed_on": content["confirmed_on"],
        "sources": content["sources"],
        "owners": owners,
        "transshipment": content["transshipment"],
        "words": dict(sorted(phrases.words.items())),
        "written": dict(sorted(phrases.written.items())),
    }, complaints


def _codes(text: str) -> list[str]:
    return [part for part in listed(text) if part.isdigit()]


def _add_territory(phrases: Phrases, row: Mapping[str, Any]) -> None:
    owner = row["id"]
    for kind in ("outright", "short", "not_short", "oblast", "context", "elsewhere"):
        for text in listed(row.get(kind, "")):
            if not text.isdigit():
                phrases.add(kind, owner, text)
    for text in row["oblast_codes"]:
        phrases.add("oblast_code", owner, text)
    for side in row.get("government_side", ()):
        for text in side["names"]:
            phrases.add("government", owner, text, side["names"][0])
    _add_places(phrases, row)


def _add_places(phrases: Phrases, row: Mapping[str, Any]) -> None:
    for spellings in row["places"]:
        for text in spellings:
            phrases.add("place", row["id"], text, spellings[0])


def _complaints(content: Mapping[str, Any]) -> Iterator[str]:
    seen: set[str] = set()
    for table, allowed in (("territory", TERRITORY), ("country", COUNTRY)):
        for row in content[table]:
            name = row.get("id", table)
            if name in seen:
                yield f"{name} stands twice"
            seen.add(name)
            yield from (f"{name}: unknown key {key!r}" for key in row.keys() - allowed)
            known = {spellings[0] for spellings in row["places"]}
            for mark in (*MARKS, "unmistakable"):
                yield from (
                    f"{name}: {mark} {place!r} is no place of it"
                    for place in row.get(mark, ())
                    if place not in known
                )
            for law in row.get("law", ()):
                yield from _of_row(law, LAW, content["sources"], f"{name}: law")
                if law.get("kind") not in KINDS:
                    yield f"{name}: kind {law.get('kind')!r} is none of {sorted(KINDS)}"
            for span in row.get("postal", ()):
                yield from _of_row(span, POSTAL, content["sources"], f"{name}: postal")
                if len(span["from"]) != len(span["to"]) or span["from"] > span["to"]:
                    yield f"{name}: postal codes {span['from']} to {span['to']}"
            for side in row.get("government_side", ()):
                yield from (
                    f"{name}: government_side: unknown key {key!r}"
                    for key in side.keys() - GOVERNMENT
                )
    for row in content["transshipment"]:
        yield from _of_row(row, DETOUR, content["sources"], row.get("id", "detour"))


def _of_row(
    row: Mapping[str, Any], allowed: set[str], sources: Mapping[str, str], name: str
) -> Iterator[str]:
    yield from (f"{name}: unknown key {key!r}" for key in row.keys() - allowed)
    if row.get("evidence") not in EVIDENCE:
        yield f"{name}: evidence {row.get('evidence')!r} is none of {EVIDENCE}"
    yield from (
        f"{name}: unknown source {source!r}"
        for source in row.get("sources", [""])
        if source not in sources
    )
    days = [row.get("since"), row.get("until", row.get("since"))]
    if "since" in allowed and (
        any(type(day) is not date for day in days) or days[1] < days[0]
    ):
        yield f"{name}: its days are no days, or end before they begin"


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the table of places.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args(arguments)
    built, complaints = gather(tomllib.loads(options.table.read_text("utf-8")))
    if complaints:
        print("\n".join(f"{options.table.name}: {c}" for c in complaints))
        return 1
    text = json.dumps(built, ensure_ascii=False, indent=0, default=str) + "\n"
    if options.check:
        if options.output.is_file() and options.output.read_text("utf-8") == text:
            return 0
        print(f"{options.output.name} is out of date: run {Path(__file__).name}")
        return 1
    options.output.write_text(text, "utf-8")
    print(f"{len(built['words'])} phrases, {len(built['written'])} as written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
