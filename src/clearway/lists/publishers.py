"""Who publishes which list, where it is fetched, how often it changes, on what terms.

Read from `data/publishers.toml`; a key this loader does not know is refused, so that
a misspelt rhythm cannot pass as "never stale".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from clearway.errors import StoreError, UsageError

_PUBLISHER_KEYS = {"title", "terms", "citation", "lists"}
_LIST_KEYS = {"title", "urls", "rhythm_days", "closed", "closed_note"}


@dataclass(frozen=True, slots=True)
class ListInfo:
    """What is known of one list apart from its content.

    `urls` are tried in order; empty where a list is only added by hand. `closed` is
    the day its publisher ceased to keep it, `closed_note` says what took its place.
    """

    publisher: str
    list: str
    title: str
    publisher_title: str
    urls: tuple[str, ...]
    rhythm_days: int
    terms: str
    citation: str
    closed: date | None = None
    closed_note: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """All described lists, and what holds for those that are not."""

    lists: tuple[ListInfo, ...]
    publishers: Mapping[str, ListInfo]
    default_rhythm_days: int

    def describe(self, publisher: str, list: str) -> ListInfo:
        """This list's entry; for one nobody described, its publisher's defaults."""
        for info in self.lists:
            if (info.publisher, info.list) == (publisher, list):
                return info
        general = self.publishers.get(publisher)
        return ListInfo(
            publisher=publisher,
            list=list,
            title=list,
            publisher_title=general.publisher_title if general else publisher,
            urls=(),
            rhythm_days=self.default_rhythm_days,
            terms=general.terms if general else "",
            citation=general.citation if general else "",
        )

    def fetchable(self, publishers: tuple[str, ...] = ()) -> tuple[ListInfo, ...]:
        """The lists that have an address, of these publishers or of all.

        Closed ones among them; the caller says so and passes over them.
        """
        for name in publishers:
            if name not in self.publishers:
                known = ", ".join(self.publishers)
                raise UsageError(f"no publisher is called {name!r}; known are {known}")
        return tuple(
            info
            for info in self.lists
            if info.urls and (not publishers or info.publisher in publishers)
        )


@lru_cache(maxsize=1)
def directory() -> Directory:
    """The directory that ships with the package."""
    file = resources.files("clearway.lists") / "data" / "publishers.toml"
    return parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> Directory:
    """The directory a TOML text describes; StoreError for a key nobody reads."""
    data = tomllib.loads(text)
    default = data.pop("default", {})
    _only(default, {"rhythm_days"}, "default")
    rhythm = _days(default.get("rhythm_days"), "default")
    lists: list[ListInfo] = []
    publishers: dict[str, ListInfo] = {}
    for publisher, table in data.items():
        _only(table, _PUBLISHER_KEYS, publisher)
        general = ListInfo(
            publisher=publisher,
            list="",
            title="",
            publisher_title=table["title"],
            urls=(),
            rhythm_days=rhythm,
            terms=table.get("terms", ""),
            citation=table.get("citation", ""),
        )
        publishers[publisher] = general
        lists += (
            _list(general, name, row) for name, row in table.get("lists", {}).items()
        )
    return Directory(tuple(lists), publishers, rhythm)


def _list(general: ListInfo, name: str, row: Mapping[str, Any]) -> ListInfo:
    where = f"{general.publisher}.lists.{name}"
    _only(row, _LIST_KEYS, where)
    return ListInfo(
        publisher=general.publisher,
        list=name,
        title=row["title"],
        publisher_title=general.publisher_title,
        urls=tuple(row.get("urls", ())),
        rhythm_days=_days(row.get("rhythm_days", general.rhythm_days), where),
        terms=general.terms,
        citation=general.citation,
        closed=row.get("closed"),
        closed_note=row.get("closed_note", ""),
    )


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(table.keys() - known):
        raise StoreError(
            f"publishers.toml: [{where}] has the unknown key {', '.join(unknown)}; "
            f"known are {', '.join(sorted(known))}"
        )


def _days(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise StoreError(
            f"publishers.toml: [{where}] rhythm_days must be a number of days, at "
            f"least 1, not {value!r}"
        )
    return value
