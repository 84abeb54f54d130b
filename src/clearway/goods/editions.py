"""Editions of the Harmonized System, and which codes became which.

A paper of 2021 carries codes of HS 2017, the lists of today codes of HS 2022. Where one
old code became several, or a part of one moved, each of them is only what the goods may
be. The table is complete for the codes of our lists and their neighbours; for any other
code the same number is assumed and said to be assumed.

The table is `resources/goods/editions.toml`; `tools/build_goods.py` makes the one read
here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition and the days between which it was in force, both included."""

    id: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A code of one edition that stands for a code of another.

    `maybe` says that only a part of the goods is meant; `evidence` and `note` whence we
    know; `assumed` that the table does not know the code, and the number is kept.
    """

    hs6: str
    maybe: bool = False
    evidence: str = ""
    note: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Editions:
    """The table: editions by id, their other names, and what moved in 2022."""

    editions: Mapping[str, Edition]
    also: Mapping[str, str]
    later: Mapping[str, tuple[Counterpart, ...]]
    """Codes of HS 2017 with what they are in HS 2022."""
    earlier: Mapping[str, tuple[Counterpart, ...]]
    """Codes of HS 2022 with what they were in HS 2017."""


@cache
def editions() -> Editions:
    """The table, read once."""
    text = files("clearway.goods").joinpath("data/editions.json").read_text("utf-8")
    raw = json.loads(text)
    return Editions(
        editions={
            row["id"]: Edition(
                row["id"],
                date.fromisoformat(row["since"]),
                date.fromisoformat(row["until"]),
            )
            for row in raw["editions"]
        },
        also=raw["also"],
        later=_counterparts(raw["later"]),
        earlier=_counterparts(raw["earlier"]),
    )


def _counterparts(
    raw: Mapping[str, list[list[str]]],
) -> dict[str, tuple[Counterpart, ...]]:
    return {
        code: tuple(
            Counterpart(to, bool(maybe), evidence, note)
            for to, maybe, evidence, note in rows
        )
        for code, rows in raw.items()
    }


def edition_named(text: str) -> str:
    """The id of the edition a text names (`HS 2017`, `2017`, `H5`), '' if none."""
    key = "".join(char for char in text.upper() if char.isalnum())
    return editions().also.get(key, "")


def edition_on(day: date) -> str:
    """The edition in force on a day; '' before 2012 and after 2027.

    Countries adopted editions at different times, so a paper of that day may still
    carry codes of the edition before.
    """
    for edition in editions().editions.values():
        if edition.since <= day <= edition.until:
            return edition.id
    return ""


def not_in(hs6: str, edition: str) -> str:
    """Why a code is not in an edition, in words; '' where nothing speaks against it."""
    table = editions()
    if edition == "HS2022" and hs6 in table.later and hs6 not in table.earlier:
        heirs = ", ".join(heir.hs6 for heir in table.later[hs6])
        return f"HS2022 has no {hs6}, it became {heirs}: give HS2017, or one of these"
    early = edition in ("HS2017", "HS2012")
    if early and hs6 in table.earlier and hs6 not in table.later:
        before = ", ".join(old.hs6 for old in table.earlier[hs6])
        return (
            f"{edition} has no {hs6}, it was in {before}: give HS2022, or one of these"
        )
    return ""


def in_2022(hs6: str, edition: str = "") -> tuple[Counterpart, ...]:
    """What a code is in HS 2022.

    A code whose edition is unsaid is read as HS 2022 where that edition has it, else as
    HS 2017. HS 2012 numbers the codes of our lists as HS 2017 does.
    """
    table = editions()
    gone = hs6 in table.later and hs6 not in table.earlier
    if edition in ("HS2017", "HS2012") or (not edition and gone):
        heirs = table.later.get(hs6)
        return heirs or (Counterpart(hs6, assumed=True),)
    return (Counterpart(hs6),)


def in_2017(hs6: str) -> tuple[Counterpart, ...]:
    """What a code of HS 2022 was in HS 2017."""
    return editions().earlier.get(hs6) or (Counterpart(hs6, assumed=True),)
