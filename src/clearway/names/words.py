"""The table of words: roles, equal spellings, frequency. Built from `resources/`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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


@dataclass(frozen=True, slots=True)
class Words:
    """Everything known of single words; forms are folded, `[a-z0-9]` only."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    phrases: Phrases
    name_phrases: Phrases
    han: Mapping[str, tuple[str, str]]
    han_surnames: frozenset[str]
    han_readings: Mapping[str, str]
    han_longest: int
    confusables: Mapping[str, str]
    leet: Mapping[str, str]
    numbers: Mapping[str, str]
    frequency: Mapping[str, int]


@cache
def words() -> Words:
    """The table, read once."""
    raw = json.loads(
        files("clearway.names").joinpath("data/words.json").read_text("utf-8")
    )
    han = {word: (role, form) for word, (role, form) in raw["han"].items()}
    return Words(
        meanings={
            form: tuple(Meaning(*meaning) for meaning in meanings)
            for form, meanings in raw["words"].items()
        },
        phrases=_phrases(raw["phrases"]),
        name_phrases=_phrases(raw["name_phrases"]),
        han=han,
        han_surnames=frozenset(raw["han_surnames"]),
        han_readings=raw["han_readings"],
        han_longest=max(map(len, han), default=1),
        confusables=raw["confusables"],
        leet=raw["leet"],
        numbers=raw["numbers"],
        frequency=raw["frequency"],
    )


def _phrases(rows: list[tuple[list[str], str, str]]) -> Phrases:
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for forms, role, group in rows:
        entry = (tuple(forms), Meaning(role, group, "spelling"))
        phrases.setdefault(forms[0], []).append(entry)
    for entries in phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return {first: tuple(entries) for first, entries in phrases.items()}
