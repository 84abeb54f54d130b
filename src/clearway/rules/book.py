"""The rule book: every law file together, at one version."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from clearway.errors import RuleBookError
from clearway.rules.condition import Asked, Condition, asked_in, scopes_in
from clearway.rules.facts import FACTS
from clearway.rules.rule import (
    READERS,
    Definition,
    Duty,
    Event,
    FactorRow,
    Licence,
    Rule,
)


@dataclass(frozen=True)
class RuleBook:
    """All rules, definitions, licences, duties and events, and their version.

    `words` says, for facts whose words the law fixes, which there are and what each
    means; `version` is a hash of the files, so that the same answer names the same law.
    """

    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    licences: tuple[Licence, ...]
    duties: Mapping[str, Duty]
    factors: tuple[FactorRow, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    version: str

    def meanings(self, day: date, known: date | None = None) -> Mapping[str, Condition]:
        """Each definition as it read on a day, as far as it was known by then."""
        return {
            definition.id: definition.when
            for definition in self.definitions
            if definition.span.covers(day)
            and (known is None or definition.known <= known)
        }

    def rules_on(self, day: date, known: date | None = None) -> tuple[Rule, ...]:
        """The rules that applied on a day, as far as they were known by then."""
        return tuple(
            rule
            for rule in self.rules
            if rule.span.covers(day) and (known is None or rule.known <= known)
        )

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Every day on which some rule, definition or licence begins or has ended."""
        days: set[date] = set()
        spans: tuple[Rule | Definition, ...] = (*self.rules, *self.definitions)
        for row in spans:
            days.add(row.span.first)
            if row.span.last is not None:
                days.add(date.fromordinal(row.span.last.toordinal() + 1))
        for licence in self.licences:
            days.add(licence.term.first)
            if licence.term.replaced is not None:
                days.add(licence.term.replaced)
            if licence.term.cut_off is not None:
                end = licence.term.cut_off.date()
                days |= {end, date.fromordinal(end.toordinal() + 1)}
        return tuple(sorted(days))

    @cached_property
    def relieving(self) -> Mapping[str, tuple[Licence, ...]]:
        """The licences that speak to each group of rules."""
        groups = dict.fromkeys(g for row in self.licences for g in row.relieves)
        return {
            group: tuple(row for row in self.licences if group in row.relieves)
            for group in groups
        }

    @cached_property
    def last_confirmed(self) -> date:
        """The latest day any of it was seen to be so."""
        rows: tuple[Rule | Definition | Licence, ...] = (
            *self.rules,
            *self.definitions,
            *self.licences,
        )
        return max(row.law.confirmed for row in rows)


@lru_cache(maxsize=1)
def law() -> RuleBook:
    """The law that comes with clearway."""
    folder = files("clearway.rules").joinpath("law")
    return read_book(dict(_files(folder)))


def book_of(folder: Path) -> RuleBook:
    """The law of a folder of one's own."""
    if not folder.is_dir():
        raise RuleBookError(f"{folder}: no such folder of law files")
    return read_book(dict(_files(folder)))


def _files(folder: Traversable, under: str = "") -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{under}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield under + entry.name, entry.read_bytes()


def read_book(texts: Mapping[str, bytes]) -> RuleBook:
    """Read law files, by name; RuleBookError names file and row of what is wrong."""
    tables = {file: _tables(file, text) for file, text in texts.items()}
    return book_from(tables, version=_version(texts))


def book_from(files: Mapping[str, Mapping[str, Any]], *, version: str) -> RuleBook:
    """The book of law files already read as TOML; refuses what `read_book` does."""
    rows: dict[str, list[Any]] = {key: [] for key in READERS}
    sources: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    for file, contents in files.items():
        for key, tables in contents.items():
            if key == "source":
                sources |= _meanings_of(tables, f"{file}, source")
            elif key == "word":
                words |= _words(tables, file)
            elif key in READERS:
                rows[key] += [READERS[key](table, file) for table in tables]
            else:
                raise RuleBookError(f"{file}: nobody reads `{key}`")
    book = RuleBook(
        rules=tuple(rows["rule"]),
        definitions=tuple(rows["definition"]),
        licences=tuple(rows["licence"]),
        duties={duty.id: duty for duty in rows["duty"]},
        factors=tuple(rows["factor"]),
        events=tuple(sorted(rows["event"], key=lambda event: event.day)),
        sources=sources,
        words=words,
        version=version,
    )
    _check(book, rows)
    return book


def _tables(file: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleBookError(f"{file}: {error}") from error


def _meanings_of(table: Any, where: str) -> dict[str, str]:
    """A table of words and what each means."""
    if not isinstance(table, dict) or not all(map(_is_text, table.values())):
        raise RuleBookError(f"{where}: a table of words and what they are is needed")
    return dict(table)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _words(tables: Any, file: str) -> dict[str, dict[str, str]]:
    """The words of each fact: `[word."transaction.purposes"]`."""
    if not isinstance(tables, dict):
        raise RuleBookError(f"{file}: `word` is a table by fact")
    for fact in tables:
        if fact not in FACTS:
            raise RuleBookError(f"{file}: no fact is called {fact!r}")
    return {
        fact: _meanings_of(table, f"{file}, word {fact}")
        for fact, table in tables.items()
    }


def _version(texts: Mapping[str, bytes]) -> str:
    whole = sha256()
    for name in sorted(texts):
        whole.update(name.encode() + b"\0" + texts[name] + b"\0")
    return whole.hexdigest()[:16]


def _check(book: RuleBook, rows: Mapping[str, list[Any]]) -> None:
    """Refuse what one row alone cannot show to be wrong."""
    for key in ("rule", "licence", "duty"):
        _unique([(row.id, row.file) for row in rows[key]])
    meanings = {definition.id: definition.when for definition in book.definitions}
    for definition in book.definitions:
        _no_overlap(definition, book.definitions)
    conditional: tuple[Rule | Definition, ...] = (*book.rules, *book.definitions)
    for row in conditional:
        where = f"{row.file}, {row.id}"
        for name in _meant(row.when):
            if name not in meanings:
                raise RuleBookError(f"{where}: nothing defines {name!r}")
        for asked in asked_in(row.when, {}):
            _known_words(book, asked.fact, _words_of(asked), where)
    for licence in book.licences:
        where = f"{licence.file}, licence {licence.id}"
        _known_words(book, "transaction.purposes", licence.purposes, where)
    for rule in book.rules:
        _check_rule(rule, book)
    for cited in (row for key in READERS for row in rows[key]):
        for source in cited.law.sources:
            if source not in book.sources:
                raise RuleBookError(f"{cited.file}: no source is called {source!r}")


def _check_rule(rule: Rule, book: RuleBook) -> None:
    """Refuse a rule put to the wrong items, or with a duty nobody wrote."""
    where = f"{rule.file}, rule {rule.id}"
    meanings = {definition.id: definition.when for definition in book.definitions}
    # Every version of a definition, for they may ask of different things.
    for version in ({}, *({one.id: one.when} for one in book.definitions)):
        spoken = scopes_in([rule.when], meanings | version)
        if spoken - {rule.each}:
            raise RuleBookError(f"{where}: asks of {spoken} but is put to {rule.each}")
    for duty in rule.duties:
        if duty not in book.duties:
            raise RuleBookError(f"{where}: no duty is called {duty!r}")


def _words_of(asked: Asked) -> Iterable[str]:
    """The words a comparison names; none where it names a number, day or fact."""
    if len(asked.facts) > 1:
        return ()
    if isinstance(asked.value, str):
        return (asked.value,)
    return asked.value if isinstance(asked.value, frozenset) else ()


def _known_words(book: RuleBook, fact: str, words: Iterable[str], where: str) -> None:
    """Refuse a word of a fact whose words are fixed: misspelt, it would never fit."""
    known = book.words.get(fact)
    for word in words:
        if known is not None and word not in known:
            raise RuleBookError(f"{where}: no word of {fact} is {word!r}")


def _unique(ids: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for name, file in ids:
        if name in seen:
            raise RuleBookError(f"{file}: {name!r} stands in {seen[name]} already")
        seen[name] = file


def _no_overlap(one: Definition, all_: Iterable[Definition]) -> None:
    for other in all_:
        if other is one or other.id != one.id:
            continue
        if other.span.covers(one.span.first):
            raise RuleBookError(
                f"{one.file}: {one.id!r} has two meanings on {one.span.first}"
            )


def _meant(condition: Condition) -> set[str]:
    name = getattr(condition, "definition", None)
    if name is not None:
        return {name}
    parts = getattr(condition, "parts", ())
    return {name for part in parts for name in _meant(part)}
