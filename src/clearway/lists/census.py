"""What a list holds, counted; two counts of one list are what its guards compare."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clearway.model import Entity


@dataclass(frozen=True, slots=True)
class Census:
    """Counts over one edition of a list.

    `records` counts the publisher's records as read, `entities` distinct entities
    (several records may name one). The `with_` counts are entities that have at least
    one such fact; `persons_with_birth_date` counts those of kind person or unknown,
    whose number is the denominator of the fill rate of birth dates.
    """

    records: int = 0
    entities: int = 0
    names: int = 0
    weak_names: int = 0
    aliases: int = 0
    identifiers: int = 0
    addresses: int = 0
    with_birth_date: int = 0
    with_identifier: int = 0
    with_country: int = 0
    with_alias: int = 0
    persons_with_birth_date: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    name_types: Mapping[str, int] = field(default_factory=dict)

    @property
    def persons(self) -> int:
        """Entities that are, or may be, persons."""
        return self.kinds.get("person", 0) + self.kinds.get("any", 0)

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values, in a stable order."""
        counts: dict[str, Any] = {key: getattr(self, key) for key in _NUMBERS}
        for key in _GROUPS:
            counts[key] = dict(sorted(getattr(self, key).items()))
        return counts

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Census":
        """The counts that `to_dict` wrote."""
        return cls(**data)


_GROUPS = ("kinds", "name_types")
_NUMBERS = tuple(name for name in Census.__dataclass_fields__ if name not in _GROUPS)


class Tally:
    """A census under way; an entity met again in another record is counted anew."""

    def __init__(self) -> None:
        self.records = 0
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._name_types: Counter[str] = Counter()

    def add(self, entity: Entity) -> None:
        """Count this entity."""
        self._count(entity, 1)

    def remove(self, entity: Entity) -> None:
        """Count this entity no longer."""
        self._count(entity, -1)

    def _count(self, entity: Entity, sign: int) -> None:
        self._kinds[entity.kind.value] += sign
        aliases = weak = 0
        for name in entity.names:
            self._name_types[name.type.value] += sign
            aliases += name.type != "primary"
            weak += name.quality == "weak"
        dated = any(birth.date is not None for birth in entity.births)
        for key, number in (
            ("entities", 1),
            ("names", len(entity.names)),
            ("weak_names", weak),
            ("aliases", aliases),
            ("identifiers", len(entity.identifiers)),
            ("addresses", len(entity.addresses)),
            ("with_birth_date", dated),
            ("with_identifier", bool(entity.identifiers)),
            ("with_country", _has_country(entity)),
            ("with_alias", aliases > 0),
            ("persons_with_birth_date", dated and entity.kind in ("person", "any")),
        ):
            self._counts[key] += sign * number

    def census(self) -> Census:
        """The counts so far."""
        return Census(
            records=self.records,
            kinds={kind: count for kind, count in self._kinds.items() if count},
            name_types={key: count for key, count in self._name_types.items() if count},
            **self._counts,
        )


def _has_country(entity: Entity) -> bool:
    return (
        bool(entity.countries)
        or any(address.country for address in entity.addresses)
        or any(birth.country for birth in entity.births)
    )


def census(entities: Iterable[Entity], *, records: int | None = None) -> Census:
    """The counts of these entities, each read from one record unless told otherwise."""
    tally = Tally()
    for entity in entities:
        tally.add(entity)
        tally.records += 1
    if records is not None:
        tally.records = records
    return tally.census()
