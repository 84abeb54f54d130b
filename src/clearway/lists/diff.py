"""What changed between two versions of a list, as data. Pure, and in one pass.

Both sides come sorted by id, as the store keeps them, and are never held whole.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clearway.model import Entity
from clearway.model.codec import to_dict

Fact = Any
"""One published fact as plain values, as `clearway.model.codec` writes it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """The facts of one field that went and that came; what stayed is not repeated."""

    field: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values."""
        return {
            "field": self.field,
            "before": list(self.before),
            "after": list(self.after),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One entity that was added, removed or changed.

    `name` and `kind` are those of the newer version, or the last known ones.
    """

    what: str
    id: str
    name: str
    kind: str
    fields: tuple[FieldChange, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values; `fields` only where something changed."""
        row: dict[str, Any] = {
            "what": self.what,
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
        }
        if self.fields:
            row["fields"] = [field.to_dict() for field in self.fields]
        return row


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences between two versions, each part sorted by id."""

    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: int

    def summary(self) -> dict[str, Any]:
        """How many of each, and which fields changed how often."""
        fields = Counter(part.field for row in self.changed for part in row.fields)
        return {
            "added": len(self.added),
            "removed": len(self.removed),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "fields": dict(sorted(fields.items())),
        }

    def to_dict(self) -> dict[str, Any]:
        """The differences as plain values, the summary first."""
        return {
            "summary": self.summary(),
            "added": [row.to_dict() for row in self.added],
            "removed": [row.to_dict() for row in self.removed],
            "changed": [row.to_dict() for row in self.changed],
        }


def compare(old: Iterable[Entity], new: Iterable[Entity]) -> Changes:
    """The differences between two versions, each given sorted by id."""
    rows: dict[str, list[Change]] = {"added": [], "removed": [], "changed": []}
    unchanged = 0
    for before, after in paired(old, new):
        change = _change(before, after)
        if change is None:
            unchanged += 1
        else:
            rows[change.what].append(change)
    return Changes(
        tuple(rows["added"]),
        tuple(rows["removed"]),
        tuple(rows["changed"]),
        unchanged,
    )


def paired(
    old: Iterable[Entity], new: Iterable[Entity]
) -> Iterator[tuple[Entity | None, Entity | None]]:
    """Entities of the same id side by side; None where one side lacks it."""
    left, right = iter(old), iter(new)
    before, after = next(left, None), next(right, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before.id < after.id):
            yield before, None
            before = _next(left, before)
        elif before is None or after.id < before.id:
            yield None, after
            after = _next(right, after)
        else:
            yield before, after
            before, after = _next(left, before), _next(right, after)


def _next(rows: Iterator[Entity], last: Entity | None) -> Entity | None:
    row = next(rows, None)
    if row is not None and last is not None and row.id <= last.id:
        raise ValueError(f"not sorted by id: {row.id} follows {last.id}")
    return row


def _change(before: Entity | None, after: Entity | None) -> Change | None:
    known = after or before
    assert known is not None
    if before is None or after is None:
        what = "added" if before is None else "removed"
        return Change(what, known.id, known.name, known.kind.value)
    if before == after:
        return None
    fields = tuple(_field_changes(to_dict(before), to_dict(after)))
    if not fields:
        return None
    return Change("changed", known.id, known.name, known.kind.value, fields)


def _field_changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[FieldChange]:
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field, []), after.get(field, [])
        if not isinstance(old, list) or not isinstance(new, list):
            old, new = [old], [new]
        gone, come = _without(old, new), _without(new, old)
        if gone or come:
            yield FieldChange(field, tuple(gone), tuple(come))


def _without(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    """The facts that others lack, in published order; one is matched by one only.

    Where a fact was read from is not part of it: a row that moved did not change.
    """
    there = Counter(map(_key, others))
    left = []
    for fact in facts:
        key = _key(fact)
        if there[key]:
            there[key] -= 1
        else:
            left.append(fact)
    return left


def _key(fact: Fact) -> str:
    if isinstance(fact, dict):
        fact = {key: value for key, value in fact.items() if key != "source"}
    return json.dumps(fact, sort_keys=True)
