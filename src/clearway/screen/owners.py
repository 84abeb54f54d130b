"""Stakes out of any file, and which of their owners are listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.errors import InputUnreadable
from clearway.model import Party
from clearway.ownership import gleif, reading, rows
from clearway.ownership.gathering import Reading
from clearway.ownership.stake import Holding
from clearway.screen.screening import Screening, Verdict

if TYPE_CHECKING:
    from clearway.screen.screener import Screener
    from clearway.tables.table import Row, Table


@dataclass(frozen=True, slots=True)
class ListedOwners:
    """The parties of a file that are listed, and those that may be.

    `screenings` are the answers behind it, by key; `asked` counts the parties screened.
    """

    listed: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    screenings: Mapping[str, Screening] = field(default_factory=dict)
    asked: int = 0


def stakes_of(
    origin: bytes | Path, name: str = "", *, encoding: str | None = None
) -> Reading:
    """The stakes of a file of any kind: told apart by content.

    BODS, FollowTheMoney and GLEIF level 2 by their own readers; anything else is a
    table in whatever form tables come. Raises InputUnreadable for a file without
    stakes.
    """
    name = name or (origin.name if isinstance(origin, Path) else "input")
    found = reading.stakes(origin, name)
    if found is None:
        found = _table(origin, name, encoding)
    if not found.stakes:
        trouble = found.problems[0].message if found.problems else "it holds none"
        message = f"no stakes were found in it ({found.format}): {trouble}"
        raise InputUnreadable(name, message)
    return found


def _table(origin: bytes | Path, name: str, encoding: str | None) -> Reading:
    from clearway.tables.reading import open_table

    table = open_table(origin, name=name, encoding=encoding, header=False)
    if rows.are_stakes(table.columns) or rows.are_gleif(table.columns):
        heads: Sequence[object] = table.columns
        lines: Iterable[Row] = table.rows()
    else:
        heads, lines = _below_header(table)
    if rows.are_gleif(heads):
        return gleif.rows(heads, lines, name)
    return rows.stakes(heads, lines, name)


def _below_header(table: "Table") -> "tuple[Sequence[object], Iterator[Row]]":
    """The header, which may stand below titles, and the rows under it."""
    at = rows.header_at(list(table.sample))
    if at is None:
        raise InputUnreadable(
            table.name,
            "no row names the columns of a table of stakes; head them owner, owned, "
            "percent, and where there are such: from, to, class, kind",
        )
    lines = table.rows()
    heads = next(row for number, row in enumerate(lines) if number == at)
    return heads.cells, lines


def listed_owners(
    screener: "Screener", reading: Reading, *, known: Iterable[str] = ()
) -> ListedOwners:
    """Screen whoever holds something and is not known to be listed.

    A certain hit makes a party listed; a hit that a person must look at makes it one
    that may be, so that what it owns is for review and never decided by a name.
    """
    told = {*known}
    holders = dict.fromkeys(stake.owner for stake in reading.stakes)
    by_key = {holding.id: holding for holding in reading.holdings}
    asked = [
        by_key.get(key, Holding(key, key))
        for key in holders
        if key not in told and not by_key.get(key, Holding(key)).anonymous
    ]
    answers = screener.lists_only.check_many([party_of(holding) for holding in asked])
    listed: list[str] = []
    perhaps: list[str] = []
    screenings = {}
    for holding, screening in zip(asked, answers, strict=True):
        if not screening.hits:
            continue
        screenings[holding.id] = screening
        (listed if screening.verdict is Verdict.STOP else perhaps).append(holding.id)
    return ListedOwners(tuple(listed), tuple(perhaps), screenings, len(asked))


def party_of(holding: Holding) -> Party:
    """What a screener is asked of a party that holds something."""
    return Party(
        holding.shown,
        kind=holding.kind,
        birth_date=holding.birth_date or None,
        countries=holding.countries,
        identifiers=holding.identifiers,
        aliases=holding.names,
        reference=holding.id,
    )


def named(holdings: Iterable[Holding], words: Iterable[str]) -> Mapping[str, list[str]]:
    """The keys of the parties that each word names, by key or by any of their names."""
    wanted: dict[str, list[str]] = {word: [] for word in words}
    plain: dict[str, list[str]] = {}
    for word in wanted:
        plain.setdefault(_plain(word), []).append(word)
    for holding in holdings:
        names = {_plain(n) for n in (holding.id, holding.name, *holding.names)}
        for name in names & plain.keys():
            for word in plain[name]:
                wanted[word].append(holding.id)
    return wanted


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
