"""On which lists of goods a code stood on a day, by what law, and how we know.

A hit is a reason to look, never a finding by itself: a code names a class of goods, and
most goods of a class go to nobody's war. The lists are `resources/goods/lists.toml`;
`tools/build_goods.py` makes the table read here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from clearway.goods.codes import Code
from clearway.goods.editions import Counterpart, in_2017, in_2022


@dataclass(frozen=True, slots=True)
class GoodsList:
    """A list of goods: whose, whether it binds, and what it asks."""

    id: str
    name: str
    jurisdiction: str
    binding: bool
    citation: str
    note: str = ""
    indicative: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A code on a list, from a day on.

    `tier` or `group` says where on it, `listed` which code of it, and `description` in
    our words what goods that is. `via` says how the code asked about meets it: `exact`
    (the same six digits, or a code below a listed heading), `edition` (by another
    edition of the HS), `prefix` (a heading that holds the listed code among others).
    `maybe` says that the code covers other goods too, or only a part of these.
    `evidence` is `found`, `found_partial` or `memory`: the last may inform a review and
    never stops a payment by itself. `until` is the last day, `None` where no end was
    seen, as of `confirmed_on`.
    """

    list: GoodsList
    listed: str
    description: str
    since: date
    evidence: str
    sources: tuple[str, ...]
    confirmed_on: date
    tier: str = ""
    group: str = ""
    reason: str = ""
    until: date | None = None
    via: str = "exact"
    maybe: bool = False
    note: str = ""

    @property
    def indicative(self) -> bool:
        """Whether the list itself names no codes, and these are our reading of it."""
        return self.list.indicative

    @property
    def citation(self) -> str:
        """The law or guidance that has the list."""
        return self.list.citation

    def __str__(self) -> str:
        """In words: `854231 on the Common High Priority List, tier 1, since ...`."""
        where = f"tier {self.tier}" if self.tier else self.group
        may = "may be " if self.maybe else ""
        return f"{may}{self.listed} on: {self.list.name}, {where}, since {self.since}"

    def to_dict(self) -> dict[str, Any]:
        """The standing as plain values, in a stable order."""
        return {
            "list": self.list.id,
            "name": self.list.name,
            "jurisdiction": self.list.jurisdiction,
            "binding": self.list.binding,
            "indicative": self.indicative,
            "tier": self.tier,
            "group": self.group,
            "listed": self.listed,
            "description": self.description,
            "reason": self.reason,
            "since": str(self.since),
            "until": str(self.until) if self.until else None,
            "via": self.via,
            "maybe": self.maybe,
            "evidence": self.evidence,
            "citation": self.citation,
            "sources": list(self.sources),
            "confirmed_on": str(self.confirmed_on),
            "note": "; ".join(filter(None, (self.note, self.list.note))),
        }


@cache
def listed() -> Mapping[str, tuple[Standing, ...]]:
    """Every standing by its code of HS 2022 (six digits, or four of a heading)."""
    text = files("clearway.goods").joinpath("data/lists.json").read_text("utf-8")
    raw = json.loads(text)
    lists = {row["id"]: GoodsList(**row) for row in raw["lists"]}
    table: dict[str, list[Standing]] = {}
    for entry in raw["entries"]:
        for member in _members(raw, entry):
            standing = Standing(
                list=lists[entry["list"]],
                since=date.fromisoformat(entry["since"]),
                until=date.fromisoformat(entry["until"]) if "until" in entry else None,
                evidence=entry["evidence"],
                sources=tuple(raw["sources"][name] for name in entry["sources"]),
                confirmed_on=date.fromisoformat(raw["confirmed_on"]),
                note=entry.get("note", ""),
                **member,
            )
            table.setdefault(standing.listed, []).append(standing)
    return {code: tuple(table[code]) for code in sorted(table)}


def _members(
    raw: Mapping[str, Any], entry: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for tier in raw["tiers"]:
        if tier["tier"] in entry.get("tiers", ()):
            for code, description in tier["codes"].items():
                yield {
                    "listed": code,
                    "description": description,
                    "tier": tier["tier"],
                    "reason": tier["reason"],
                }
    for group in raw["groups"]:
        if group["group"] in entry.get("groups", ()):
            for code in group["codes"]:
                yield {
                    "listed": code,
                    "description": group["name"],
                    "group": group["group"],
                }


def standing(code: Code, day: date) -> tuple[Standing, ...]:
    """Where a code stood on that day: on which lists, by what evidence, how surely.

    Six digits decide, whatever stands behind them. A code of HS 2017 or HS 2012, or
    one whose edition is unsaid and that HS 2022 does not have, is looked up as what it
    became; a heading of four digits as all that it holds. Empty where it stood on none
    of our lists, which says nothing of any other list.
    """
    found: dict[tuple[str, str, str], Standing] = {}
    for counterpart, via in _meant(code):
        for item in listed().get(counterpart.hs6, ()):
            if item.since <= day and (item.until is None or day <= item.until):
                key = (item.list.id, item.listed, item.tier or item.group)
                found.setdefault(key, _met(item, counterpart, via))
    return tuple(found.values())


def _meant(code: Code) -> Iterator[tuple[Counterpart, str]]:
    """The listed codes and headings that a code meets, and how."""
    if code.is_heading:
        yield Counterpart(code.heading), "exact"
        yield from _below(code)
        return
    for counterpart in in_2022(code.hs6, code.edition):
        via = "exact" if counterpart.hs6 == code.hs6 else "edition"
        yield counterpart, via
        heading = Counterpart(
            counterpart.hs6[:4],
            counterpart.maybe,
            counterpart.evidence,
            counterpart.note,
        )
        yield heading, via


def _below(code: Code) -> Iterator[tuple[Counterpart, str]]:
    """The listed codes that a heading holds, by HS 2017 where it must be that."""
    six = [hs6 for hs6 in listed() if len(hs6) == 6]
    held = [hs6 for hs6 in six if hs6.startswith(code.heading)]
    yield from ((Counterpart(hs6, maybe=True), "prefix") for hs6 in held)
    if code.edition == "HS2022" or (not code.edition and held):
        return
    for hs6 in six:
        for old in in_2017(hs6):
            if old.hs6.startswith(code.heading) and not old.assumed:
                yield replace(old, hs6=hs6, maybe=True), "edition"


def _met(item: Standing, counterpart: Counterpart, via: str) -> Standing:
    """The standing with how it was met; the weaker evidence of the two."""
    if via == "exact" and not counterpart.maybe:
        return item
    weaker = max(item.evidence, counterpart.evidence or "found", key=_STRENGTH.index)
    note = "; ".join(filter(None, (item.note, counterpart.note)))
    return replace(item, via=via, maybe=counterpart.maybe, evidence=weaker, note=note)


_STRENGTH = ("found", "found_partial", "memory")
