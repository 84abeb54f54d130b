"""The table of words: roles, equal spellings, frequency. Built from `resources/`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from clearway.names.compounds import Compounds


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a word: its role and the group of spellings it belongs to.

    Roles: legal, title, particle, generic, name, vessel_prefix. `group` is the
    group's chief spelling; `strength` is spelling, romanisation or nickname.
    """

    role: str
    group: str
    strength: str


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
"""Spellings of several words, by their first word, longest first."""


class Meanings(Mapping[str, tuple[Meaning, ...]]):
    """The meanings of every word, made on use: most words are never asked for."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        """Take the table as it was read: `role:group` or `role:group:strength`."""
        self._raw = raw
        self._made: dict[str, tuple[Meaning, ...]] = {}

    def __getitem__(self, form: str) -> tuple[Meaning, ...]:
        """The meanings of a word; raises KeyError for one that has none."""
        if (made := self._made.get(form)) is None:
            made = tuple(map(_meaning, self._raw[form].split(";")))
            self._made[form] = made
        return made

    def get(self, form: str, default: Any = ()) -> Any:
        """The meanings of a word, or none; most words asked for have none."""
        return self[form] if form in self._raw else default

    def with_role(self, role: str) -> list[str]:
        """The words that have a meaning in a role, without making the others."""
        begin = f"{role}:"
        return [
            form
            for form, text in self._raw.items()
            if text.startswith(begin) or f";{begin}" in text
        ]

    def __contains__(self, form: object) -> bool:
        """Whether a word has a meaning."""
        return form in self._raw

    def __iter__(self) -> Iterator[str]:
        """Every word, in the order of the table."""
        return iter(self._raw)

    def __len__(self) -> int:
        """How many words have a meaning."""
        return len(self._raw)


@dataclass(frozen=True, slots=True)
class Words:
    """Everything known of single words; forms are folded, `[a-z0-9]` only."""

    meanings: Meanings
    phrases: Phrases
    name_phrases: Phrases
    compounds: Compounds
    families: Mapping[str, str]
    confusables: Mapping[str, str]
    leet: Mapping[str, str]
    numbers: Mapping[str, str]
    frequency: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scripts:
    """How words in other scripts are read; wanted for text in those scripts only."""

    han: Mapping[str, tuple[str, str]]
    han_surnames: frozenset[str]
    han_readings: Mapping[str, str]
    han_longest: int
    japanese_surnames: Mapping[str, str]
    japanese_given: Mapping[str, str]
    hangul: Mapping[str, str]
    hangul_longest: int
    arabic: Mapping[str, str]
    hebrew: Mapping[str, str]


@cache
def words() -> Words:
    """The table, read once."""
    raw = _built("words.json")
    return Words(
        meanings=Meanings(raw["words"]),
        phrases=_phrases(raw["phrases"]),
        name_phrases=_phrases(raw["name_phrases"]),
        compounds=Compounds(raw["servants"], raw["faith"], raw["gifts"]),
        families=raw["families"],
        confusables=raw["confusables"],
        leet=raw["leet"],
        numbers=raw["numbers"],
        frequency=raw["frequency"],
    )


@cache
def scripts() -> Scripts:
    """The readings of other scripts, read at the first text that needs one."""
    return scripts_of(_built("scripts.json"))


def scripts_of(raw: dict[str, Any]) -> Scripts:
    """The readings as they stand in the built file, ready for use."""
    han = {word: (role, form) for word, (role, form) in raw["han"].items()}
    return Scripts(
        han=han,
        han_surnames=frozenset(raw["han_surnames"]),
        han_readings=raw["han_readings"],
        han_longest=max(map(len, han), default=1),
        japanese_surnames=raw["japanese_surnames"],
        japanese_given=raw["japanese_given"],
        hangul=raw["hangul"],
        hangul_longest=max(map(len, raw["hangul"]), default=1),
        arabic=raw["arabic"],
        hebrew=raw["hebrew"],
    )


def _built(name: str) -> dict[str, Any]:
    data = files("clearway.names").joinpath("data", name).read_bytes()
    built: dict[str, Any] = json.loads(data)
    return built


def _meaning(text: str) -> Meaning:
    role, group, *strength = text.split(":")
    return Meaning(role, group, *strength or ("spelling",))


def _phrases(table: Mapping[str, str]) -> Phrases:
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for spelling, text in table.items():
        forms = tuple(spelling.split())
        entries = phrases.setdefault(forms[0], [])
        entries += ((forms, _meaning(part)) for part in text.split(";"))
    for entries in phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return {first: tuple(entries) for first, entries in phrases.items()}
