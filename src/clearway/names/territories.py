"""Territories and countries under embargo: by which law, from when to when.

The table is `resources/places.toml`; `tools/build_places.py` makes the one read here.
It says what the law of a day covered; whether a text means such a place is for
`places`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

COVERING = frozenset({"comprehensive", "territorial"})
"""Kinds of regime that reach a place because of where it is."""


@dataclass(frozen=True, slots=True)
class Regime:
    """What a jurisdiction's law says of a place between two days, both included.

    `kind` is `comprehensive` (an embargo), `territorial` (restrictions on trade,
    finance and services with the area), `list_based` (named persons only), `secondary`
    (consequences for others), `not_covered` and `not_comprehensive` (looked at, and no
    embargo found). `evidence` is `found`, `found_partial` or `memory`: the last may
    inform a review and never stops a payment by itself. `until` is `None` where no end
    was seen, as of `confirmed_on`.
    """

    place: str
    jurisdiction: str
    kind: str
    since: date
    until: date | None
    citation: str
    evidence: str
    sources: tuple[str, ...]
    confirmed_on: date
    note: str = ""

    @property
    def covers(self) -> bool:
        """Whether it reaches the place because of where it is."""
        return self.kind in COVERING

    def in_force(self, day: date) -> bool:
        """Whether that day is one of its days."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PostalCodes:
    """A range of postal codes; `whole` where all of it is the territory's."""

    country: str
    first: str
    last: str
    whole: bool
    evidence: str

    def __contains__(self, code: object) -> bool:
        """Whether a code of as many digits lies in the range."""
        return (
            isinstance(code, str)
            and len(code) == len(self.first)
            and self.first <= code <= self.last
        )


@dataclass(frozen=True, slots=True)
class GovernmentSide:
    """A town of the region that the government held between two days, as last seen."""

    name: str
    since: date | None
    until: date | None
    confirmed_on: date

    def on(self, day: date | None) -> bool:
        """Whether it held the town that day; with no day, as last seen."""
        if day is None:
            return self.until is None or self.confirmed_on <= self.until
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory, or a country, with its laws and what is known of its places."""

    id: str
    name: str
    label: str
    country: str
    is_country: bool
    laws: tuple[Regime, ...]
    postal: tuple[PostalCodes, ...]
    government_side: Mapping[str, GovernmentSide]
    homonyms: frozenset[str]
    homonyms_in_ukraine: frozenset[str]
    ordinary: frozenset[str]
    ports: frozenset[str]
    outright_places: frozenset[str]
    elsewhere_codes: tuple[str, ...]
    elsewhere_countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Detours:
    """Places that a warning of a day named as common points of transshipment."""

    id: str
    name: str
    since: date
    countries: frozenset[str]
    citation: str
    evidence: str
    note: str


Meaning = tuple[str, str, str]
"""What a phrase is: its kind, the id of whose it is, and the name it stands for."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The table: territories and countries by id, phrases by their folded words."""

    territories: Mapping[str, Territory]
    phrases: Mapping[str, Mapping[tuple[str, ...], tuple[Meaning, ...]]]
    """By their first word."""
    written: Mapping[str, tuple[Meaning, ...]]
    """In Arabic, Chinese and Korean letters, as they are written."""
    detours: tuple[Detours, ...]


@cache
def gazetteer() -> Gazetteer:
    """The table, read once."""
    text = files("clearway.names").joinpath("data/places.json").read_text("utf-8")
    raw = json.loads(text)
    phrases: dict[str, dict[tuple[str, ...], tuple[Meaning, ...]]] = {}
    for phrase, rows in raw["words"].items():
        words = tuple(phrase.split())
        phrases.setdefault(words[0], {})[words] = _meanings(rows)
    return Gazetteer(
        territories={
            key: _territory(key, row, raw) for key, row in raw["owners"].items()
        },
        phrases=phrases,
        written={key: _meanings(rows) for key, rows in raw["written"].items()},
        detours=tuple(
            Detours(
                row["id"],
                row["name"],
                date.fromisoformat(row["since"]),
                frozenset(row["countries"]),
                row["citation"],
                row["evidence"],
                row["note"],
            )
            for row in raw["transshipment"]
        ),
    )


def _meanings(rows: list[list[str]]) -> tuple[Meaning, ...]:
    return tuple((kind, owner, name) for kind, owner, name in rows)


def _territory(key: str, row: Mapping[str, Any], raw: Mapping[str, Any]) -> Territory:
    confirmed = date.fromisoformat(raw["confirmed_on"])
    return Territory(
        id=key,
        name=row["name"],
        label=row["label"],
        country=row["country"],
        is_country=not row["territory"],
        laws=tuple(
            Regime(
                place=key,
                jurisdiction=law["jurisdiction"],
                kind=law["kind"],
                since=date.fromisoformat(law["since"]),
                until=_day(law.get("until")),
                citation=law["citation"],
                evidence=law["evidence"],
                sources=tuple(raw["sources"][name] for name in law["sources"]),
                confirmed_on=confirmed,
                note=law.get("note", ""),
            )
            for law in row["law"]
        ),
        postal=tuple(
            PostalCodes(
                codes["country"],
                codes["from"],
                codes["to"],
                codes["whole"],
                codes["evidence"],
            )
            for codes in row["postal"]
        ),
        government_side={
            side["names"][0]: GovernmentSide(
                side["names"][0],
                _day(side.get("since")),
                _day(side.get("until")),
                date.fromisoformat(side["confirmed_on"]),
            )
            for side in row["government_side"]
        },
        homonyms=frozenset(row["homonyms"]),
        homonyms_in_ukraine=frozenset(row["homonyms_in_ukraine"]),
        ordinary=frozenset(row["ordinary"]),
        ports=frozenset(row["ports"]),
        outright_places=frozenset(row["outright_places"]),
        elsewhere_codes=tuple(row["elsewhere_codes"]),
        elsewhere_countries=frozenset(row["elsewhere_countries"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def applies(place: str, jurisdiction: str, day: date) -> tuple[Regime, ...]:
    """What a jurisdiction's law said of a territory or country on that day.

    `place` is the id of a territory (`UA-CRIMEA`) or an ISO alpha-2 code;
    `jurisdiction` is `us`, `eu` or `uk`. Regimes that do not reach the place by where
    it is are there too: see `covers`. Empty where our table has nothing, which does not
    mean that there is no law.
    """
    territory = gazetteer().territories.get(place) or gazetteer().territories.get(
        place.lower()
    )
    if territory is None:
        return ()
    return tuple(
        law
        for law in territory.laws
        if law.jurisdiction == jurisdiction and law.in_force(day)
    )


def detours(country: str, day: date) -> tuple[Detours, ...]:
    """The warnings published by that day that name a country as a point of detour.

    `country` is an ISO alpha-2 code. A warning is a reason to look, and no ban.
    """
    code = country.strip().lower()
    return tuple(
        item
        for item in gazetteer().detours
        if item.since <= day and code in item.countries
    )
