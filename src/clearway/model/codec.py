"""Entities as plain values and back; absent facts are absent keys.

`to_dict` and `from_dict` are inverse: `from_dict(to_dict(entity)) == entity`.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from clearway.model.dates import PartialDate
from clearway.model.entity import (
    Address,
    Birth,
    Country,
    Detail,
    Entity,
    Identifier,
    Link,
    Listing,
)
from clearway.model.kind import Kind
from clearway.model.name import Name, NameType, Quality

_FACTS = (
    ("names", Name),
    ("listings", Listing),
    ("births", Birth),
    ("countries", Country),
    ("addresses", Address),
    ("identifiers", Identifier),
    ("links", Link),
    ("details", Detail),
)
_OPTIONAL = {
    kind: {field.name: field.default for field in fields(kind)} for _, kind in _FACTS
}
_DATES = {"date", "issued", "expires", "listed_on", "ends_on"}
_SPECIAL = _DATES | {"changed_on", "programmes", "legal_basis"}


def to_dict(entity: Entity) -> dict[str, Any]:
    """The entity as JSON-able values, in the order of its fields."""
    out: dict[str, Any] = {"id": entity.id, "kind": str(entity.kind)}
    for key, kind in _FACTS:
        facts = getattr(entity, key)
        if facts:
            defaults = _OPTIONAL[kind]
            out[key] = [_fact(fact, defaults) for fact in facts]
    if entity.deaths:
        out["deaths"] = [_date(day) for day in entity.deaths]
    return out


def _fact(fact: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
    out = {}
    for key, default in defaults.items():
        value = getattr(fact, key)
        if value == default:
            continue
        if isinstance(value, PartialDate):
            value = _date(value)
        elif key == "changed_on":
            value = [_date(day) for day in value]
        elif isinstance(value, tuple):
            value = [list(v) if isinstance(v, tuple) else v for v in value]
        out[key] = value
    return out


def _date(day: PartialDate) -> list[Any]:
    """First day, last day, circa, text; the last three only where they add."""
    out: list[Any] = [day.earliest.isoformat()]
    tail = (day.latest.isoformat(), day.circa, day.text)
    if tail != (out[0], False, ""):
        out += tail
    return out


def _read_date(row: list[Any]) -> PartialDate:
    first = date.fromisoformat(row[0])
    if len(row) == 1:
        return PartialDate(first, first)
    return PartialDate(first, date.fromisoformat(row[1]), row[2], row[3])


def from_dict(data: Mapping[str, Any]) -> Entity:
    """The entity that `to_dict` wrote."""
    return Entity(
        id=data["id"],
        kind=Kind(data["kind"]),
        names=tuple(_name(row) for row in data.get("names", ())),
        listings=_read(Listing, data.get("listings", ())),
        births=_read(Birth, data.get("births", ())),
        deaths=tuple(_read_date(row) for row in data.get("deaths", ())),
        countries=_read(Country, data.get("countries", ())),
        addresses=_read(Address, data.get("addresses", ())),
        identifiers=_read(Identifier, data.get("identifiers", ())),
        links=_read(Link, data.get("links", ())),
        details=_read(Detail, data.get("details", ())),
    )


def _name(row: Mapping[str, Any]) -> Name:
    return Name(
        text=row["text"],
        type=NameType(row["type"]) if "type" in row else NameType.PRIMARY,
        quality=Quality(row["quality"]) if "quality" in row else Quality.STRONG,
        script=row.get("script", ""),
        language=row.get("language", ""),
        parts=tuple((key, value) for key, value in row.get("parts", ())),
        source=row.get("source", ""),
    )


def _read(kind: Any, rows: Any) -> tuple[Any, ...]:
    out = []
    for row in rows:
        if _SPECIAL.isdisjoint(row):
            out.append(kind(**row))
            continue
        values = dict(row)
        for key in values.keys() & _DATES:
            values[key] = _read_date(values[key])
        if "changed_on" in values:
            values["changed_on"] = tuple(map(_read_date, values["changed_on"]))
        for key in ("programmes", "legal_basis"):
            if key in values:
                values[key] = tuple(values[key])
        out.append(kind(**values))
    return tuple(out)
