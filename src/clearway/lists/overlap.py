"""What the entries that two versions have in common carry in each of them.

A list that grows by poor entries is poorer on average without having lost anything.
Whether it lost something is told by the entries that were there before. Works on the
lines the store keeps, sorted by id, in one pass.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clearway.lists.census import Census

_MAY_BE_PERSONS = ("person", "any")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Counts over the entries both versions have: as they were, and as they are.

    Only what the guards ask for is counted: persons with a birth date, identifiers and
    aliases.
    """

    before: Census
    after: Census

    @property
    def entries(self) -> int:
        """How many entries both versions have."""
        return self.before.entities


def overlap(old: Iterable[bytes], new: Iterable[bytes]) -> Overlap:
    """Count over the ids that both sides have, each side given sorted by id."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for was, is_now in _common(_rows(old), _rows(new)):
        before.update(_carried(was))
        after.update(_carried(is_now))
    return Overlap(_census(before), _census(after))


def _rows(lines: Iterable[bytes]) -> Iterator[Mapping[str, Any]]:
    return (json.loads(line) for line in lines)


def _common(
    left: Iterator[Mapping[str, Any]], right: Iterator[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    one, other = next(left, None), next(right, None)
    while one is not None and other is not None:
        if one["id"] < other["id"]:
            one = next(left, None)
        elif one["id"] > other["id"]:
            other = next(right, None)
        else:
            yield one, other
            one, other = next(left, None), next(right, None)


def _carried(row: Mapping[str, Any]) -> dict[str, int]:
    aliases = sum("type" in name for name in row.get("names", ()))
    identifiers = len(row.get("identifiers", ()))
    person = row["kind"] in _MAY_BE_PERSONS
    dated = person and any("date" in birth for birth in row.get("births", ()))
    return {
        "entities": 1,
        "persons": person,
        "persons_with_birth_date": dated,
        "identifiers": identifiers,
        "with_identifier": identifiers > 0,
        "aliases": aliases,
        "with_alias": aliases > 0,
    }


def _census(counts: Counter[str]) -> Census:
    return Census(
        entities=counts["entities"],
        identifiers=counts["identifiers"],
        aliases=counts["aliases"],
        with_identifier=counts["with_identifier"],
        with_alias=counts["with_alias"],
        persons_with_birth_date=counts["persons_with_birth_date"],
        kinds={"person": counts["persons"]},
    )
