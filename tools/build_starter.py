"""Build `src/clearway/lists/data/starter.jsonl` from `resources/starter.toml`.

    python tools/build_starter.py            write the file
    python tools/build_starter.py --check    compare only; exit 1 if it is out of date

The first line tells name, day and size of the list; each further line is one entity as
`clearway.model.codec.to_dict` gives it, sorted by id. What is wrong with an entry is
printed with its source, all at once, and exit is 1.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "resources" / "starter.toml"
BUILT = ROOT / "src" / "clearway" / "lists" / "data" / "starter.jsonl"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.model import (  # noqa: E402  (after the path is set)
    Address,
    Birth,
    Country,
    Detail,
    Entity,
    Identifier,
    Kind,
    Link,
    Listing,
    Name,
    NameType,
    PartialDate,
    Quality,
)
from clearway.model.codec import to_dict  # noqa: E402
from clearway.names import countries  # noqa: E402

EVIDENCE = ("found", "memory")
DETAILS = ("gender", "secondary_sanctions_risk", "vessel_type", "aircraft_model")
KEYS = {
    *("source", "evidence", "kind", "names", "programmes", "listed", "births"),
    *("countries", "addresses", "identifiers", "linked_to", *DETAILS),
}
_SOURCE = re.compile(r"([a-z]+)/([a-z]+) (\d{4}-\d\d-\d\d) (\S+)")
_MANNERS = {"", "alias", "former", "weak", "alias weak", "former weak"}


class Mistake(ValueError):
    """An entry that says something the builder does not understand."""


def entity_of(row: Mapping[str, Any], newest: date) -> Entity:
    """The entity an entry describes; `newest` is the day no citation may pass."""
    if unknown := sorted(row.keys() - KEYS):
        raise Mistake(f"unknown key {', '.join(unknown)}")
    if row.get("evidence") not in EVIDENCE:
        raise Mistake(f"evidence must be one of {', '.join(EVIDENCE)}")
    cited = [_SOURCE.fullmatch(source) for source in row.get("source", ())]
    if not cited or None in cited:
        raise Mistake('source must read like "ofac/sdn 2024-05-07 34656"')
    sources = [match.groups() for match in cited if match]
    if any(date.fromisoformat(day) > newest for _, _, day, _ in sources):
        raise Mistake(f"cites a list newer than the starter list, {newest}")
    publisher, list_, _, record = sources[0]
    where = f"{publisher}/{list_}#{record}"
    kind = Kind(row["kind"])
    listed = row.get("listed")
    return Entity(
        id=f"{publisher}-{record}",
        kind=kind,
        names=tuple(_names(row["names"], publisher, kind, where)),
        listings=tuple(
            Listing(
                publisher=one,
                list=name,
                record=number,
                programmes=tuple(row["programmes"]),
                listed_on=PartialDate.parse(listed) if listed else None,
            )
            for one, name, _, number in sources
        ),
        births=tuple(
            Birth(
                date=PartialDate.parse(day) if day else None,
                place=place,
                country=_code(country) if country else "",
                source=where,
            )
            for day, place, country in row.get("births", ())
        ),
        countries=tuple(
            Country(_code(text), role, text, where)
            for role, text in row.get("countries", ())
        ),
        addresses=tuple(
            Address(
                text=", ".join(filter(None, (city, country))),
                city=city,
                country=_code(country) if country else "",
                country_text=country,
                source=where,
            )
            for city, country in row.get("addresses", ())
        ),
        identifiers=tuple(
            Identifier(type_, value, theirs, currency=currency, source=where)
            for type_, value, theirs, currency in (
                (*cells, *("",) * (4 - len(cells)))
                for cells in row.get("identifiers", ())
            )
        ),
        links=tuple(
            Link("Linked To", target, source=where)
            for target in row.get("linked_to", ())
        ),
        details=tuple(
            Detail(key, value, where) for key in DETAILS for value in row.get(key, ())
        ),
    )


def _names(
    rows: Sequence[Sequence[str]], publisher: str, kind: Kind, where: str
) -> list[Name]:
    names = []
    for row in rows:
        text, manner, language = (*row, *("",) * (3 - len(row)))
        if manner not in _MANNERS:
            raise Mistake(f"{text}: unknown manner {manner!r}")
        words = manner.split()
        last, comma, first = text.partition(", ")
        # OFAC writes people LAST, First; a company's comma is part of its name.
        divided = publisher == "ofac" and kind is Kind.PERSON and comma
        names.append(
            Name(
                text=text,
                type=next(
                    (NameType(w) for w in words if w != "weak"), NameType.PRIMARY
                ),
                quality=Quality.WEAK if "weak" in words else Quality.STRONG,
                language=language,
                parts=(("last", last), ("first", first)) if divided else (),
                source=where,
            )
        )
    return names


def _code(country: str) -> str:
    code: str = countries.code(country)
    if not code:
        raise Mistake(f"{country!r} is no country that is known")
    return code


def rendered(table: Path) -> tuple[str, list[str]]:
    """The text of the built file, and what is wrong with the table."""
    data = tomllib.loads(table.read_text("utf-8"))
    newest: date = data["published"]
    entities: dict[str, Entity] = {}
    complaints = []
    if unknown := sorted(data.keys() - {"name", "published", "entity"}):
        complaints.append(f"unknown key {', '.join(unknown)}")
    for row in data["entity"]:
        where = "; ".join(row.get("source", ("entry without a source",)))
        try:
            entity = entity_of(row, newest)
        except (Mistake, KeyError, ValueError) as error:
            complaints.append(f"{where}: {error}")
            continue
        if entity.id in entities:
            complaints.append(f"{where}: {entity.id} stands twice")
        entities[entity.id] = entity
    head = {
        "starter": data["name"],
        "published": newest.isoformat(),
        "entities": len(entities),
    }
    lines = [head, *(to_dict(entities[key]) for key in sorted(entities))]
    return "".join(f"{_compact(line)}\n" for line in lines), complaints


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the starter list.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args(arguments)
    text, complaints = rendered(options.table)
    if complaints:
        print("\n".join(f"{options.table.name}: {line}" for line in complaints))
        return 1
    if options.check:
        if options.output.is_file() and options.output.read_text("utf-8") == text:
            return 0
        print(f"{options.output.name} is out of date: run {Path(__file__).name}")
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, "utf-8")
    print(f"{options.output.name}: {text.count(chr(10)) - 1} entities")
    return 0


if __name__ == "__main__":
    sys.exit(main())
