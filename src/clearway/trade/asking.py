"""Questions put to the figures kept: one corridor, one flow, some goods, some periods.

What is asked decides what may be added up. Codes of several lengths that stand side by
side describe the same trade, so for each code only the length that says most is taken;
groups of countries are never added to countries; of several vintages of a figure the
newest counts, unless an earlier state is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from clearway.errors import UsageError
from clearway.trade.columns import FLOWS, TOTAL
from clearway.trade.editions import HS_YEARS, Basket
from clearway.trade.extras import imported
from clearway.trade.places import EU, EU_MEMBERS, of_name
from clearway.trade.store import Store

_COUNTRIES = """
SELECT
    reporter, partner, flow, {key} AS code, {hs} AS hs, period, currency, vintage, seq,
    publisher, length(code) AS digits, sum(value) AS value, sum(quantity) AS quantity,
    CASE WHEN min(unit) = max(unit) THEN min(unit) END AS unit,
    max(status) AS status, min(row) AS row, count(*) AS rows
FROM figures {joined}
WHERE {where}
GROUP BY ALL
"""
"""Figures of each length of code by themselves."""

_WIDEST = """
SELECT
    reporter, partner, flow, code, hs, period, currency, vintage, seq, publisher,
    max(value) AS value, max_by(quantity, value) AS quantity,
    max_by(unit, value) AS unit, max_by(status, value) AS status,
    max_by(row, value) AS row, max_by(rows, value) AS rows
FROM ({inner})
GROUP BY ALL
"""
"""Of lengths that stand side by side the one that says most."""

_NEWEST = """
SELECT * EXCLUDE (nth) FROM (
    SELECT *, row_number() OVER (
        PARTITION BY reporter, partner, flow, code, hs, period, currency, publisher
        ORDER BY vintage DESC, seq DESC
    ) AS nth FROM ({inner})
) WHERE nth = 1
"""
"""Of several vintages the newest."""

_ONE_EDITION = """
SELECT * EXCLUDE (best) FROM (
    SELECT *, first(hs ORDER BY hs = {in_force} DESC, hs DESC) OVER (
        PARTITION BY reporter, partner, flow, period, currency, publisher
    ) AS best FROM ({inner})
) WHERE hs = best
"""
"""Where a period is told in two editions, the one in force then: not both added up."""

_JOINED = """
JOIN (SELECT hs AS b_hs, prefix FROM basket WHERE length(prefix) = {length})
ON hs = b_hs AND left(code, {length}) = prefix
"""
"""The codes of a basket of one length, each in its own edition."""

_EDITIONS = "SELECT DISTINCT hs FROM figures WHERE {where} AND code <> 'TOTAL'"

_IN_FORCE = "CASE {cases} ELSE 'HS1992' END".format(
    cases=" ".join(
        f"WHEN left(period, 4) >= '{year}' THEN 'HS{year}'" for year in HS_YEARS
    )
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; countries as ISO alpha-2, `eu` meaning its members added up.

    `basket` narrows down the goods (None: all goods together). `first` and `last` are
    periods, both included; `length` is how many months a period has (1 or 12; 0: any).
    `as_of` leaves out later vintages; `every_vintage` keeps them all apart.
    """

    reporters: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    flows: tuple[str, ...] = ("export",)
    basket: Basket | None = None
    first: str = ""
    last: str = ""
    length: int = 1
    publisher: str = ""
    currency: str = ""
    as_of: str = ""
    every_vintage: bool = False
    notes: list[str] = field(default_factory=list, compare=False)


def country(word: str) -> str:
    """The country or group a user names; raises UsageError for what is none."""
    found = of_name(word)
    if not found:
        raise UsageError(f"{word!r} is no country we know: write RU, China, EU")
    return found


def flow(word: str) -> str:
    """The flow a user names; raises UsageError for what is none."""
    bare = word.strip().casefold().removesuffix("s")
    if bare not in FLOWS:
        raise UsageError(f"{word!r} is no flow: {', '.join(FLOWS)}")
    return bare


def rows_of(store: Store, question: Question, *, memory: str = "") -> Any:
    """The answer as a Polars frame, one row a figure, in a stable order."""
    publishers = (question.publisher,) if question.publisher else ()
    with store.connect(publishers=publishers, memory=memory) as database:
        return answered(database, question)


def answered(database: Any, question: Question) -> Any:
    """The answer of a DuckDB that has the view `figures`."""
    where, values = _where(question)
    if question.basket is None:
        frame = _asked(
            database, question, "code", "", f"{where} AND code = ?", [*values, TOTAL]
        )
        if not frame.height:
            key = f"'{TOTAL}'"
            frame = _asked(database, question, key, "", where, values)
            if frame.height:
                question.notes.append(
                    "no figure for all goods together: products were added up, which "
                    "leaves out what is confidential"
                )
        return frame
    database.execute("CREATE OR REPLACE TEMP TABLE basket (hs VARCHAR, prefix VARCHAR)")
    wanted = sorted(
        {(hs, code) for hs, codes in question.basket.codes.items() for code in codes}
    )
    if wanted:
        database.executemany("INSERT INTO basket VALUES (?, ?)", wanted)
    lengths = sorted({len(code) for _, code in wanted}) or [6]
    parts = []
    for length in lengths:
        joined = _JOINED.format(length=length)
        condition = f"{where} AND code <> '{TOTAL}' AND length(code) >= {length}"
        parts.append(_asked(database, question, "prefix", joined, condition, values))
    frame = parts[0]
    for part in parts[1:]:
        frame = frame.vstack(part)
    _say_editions(database, question, where, values)
    return frame


def _asked(
    database: Any,
    question: Question,
    key: str,
    joined: str,
    where: str,
    values: Sequence[object],
) -> Any:
    hs = "hs" if question.basket is not None else "''"
    query = _WIDEST.format(
        inner=_COUNTRIES.format(key=key, hs=hs, joined=joined, where=where)
    )
    if question.basket is not None:
        query = _ONE_EDITION.format(inner=query, in_force=_IN_FORCE)
    if not question.every_vintage:
        query = _NEWEST.format(inner=query)
    query += " ORDER BY reporter, partner, flow, code, period, vintage, seq, publisher"
    answer = database.sql(query, params=list(values)).to_arrow_table()
    return imported("polars").from_arrow(answer)


def _where(question: Question) -> tuple[str, list[object]]:
    """The conditions as SQL with its values; only our own words become SQL."""
    conditions = ["true"]
    values: list[object] = []

    def among(column: str, chosen: Sequence[str]) -> None:
        if chosen:
            conditions.append(f"{column} IN ({', '.join('?' * len(chosen))})")
            values.extend(chosen)

    reporters = members(question.reporters)
    partners = members(question.partners)
    among("reporter", reporters)
    if not reporters:
        conditions.append("length(reporter) = 2 AND reporter NOT IN ('eu', 'ea')")
    among("partner", partners)
    if not partners:
        conditions.append("length(partner) = 2 AND partner NOT IN ('eu', 'ea')")
    among("flow", question.flows)
    if question.first:
        conditions.append("period >= ?")
        values.append(question.first)
    if question.last:
        conditions.append("left(period, ?) <= ?")
        values.extend((len(question.last), question.last))
    if question.length:
        spelt = {1: 7, 12: 4}[question.length]
        conditions.append("length(period) = ?")
        values.append(spelt)
    if question.publisher:
        conditions.append("publisher = ?")
        values.append(question.publisher)
    if question.currency:
        conditions.append("currency = ?")
        values.append(question.currency)
    if question.as_of:
        conditions.append("vintage <= ?")
        values.append(question.as_of)
    return " AND ".join(conditions), values


def members(countries: Sequence[str]) -> tuple[str, ...]:
    """The countries meant: the European Union is its members, added up."""
    found: list[str] = []
    for one in countries:
        found += sorted(EU_MEMBERS) if one == EU else [one]
    return tuple(found)


def _say_editions(
    database: Any, question: Question, where: str, values: Sequence[object]
) -> None:
    """Say which editions the basket has no codes for, and where it is too wide."""
    assert question.basket is not None
    query = _EDITIONS.format(where=where)
    there = {row[0] for row in database.execute(query, list(values)).fetchall()}
    missing = sorted(there - set(question.basket.codes) - {""})
    if missing:
        question.notes.append(
            f"rows of {', '.join(missing)} are left out: no table says what the codes "
            "are called there"
        )
    if "HS2017" in there and question.basket.partial:
        codes = ", ".join(sorted(question.basket.partial))
        question.notes.append(
            f"in HS2017 the codes {codes} hold more goods than those meant: values "
            "before 2022 are too high rather than too low"
        )


def narrowed(question: Question, **changes: Any) -> Question:
    """The same question with something else in it."""
    return replace(question, notes=[], **changes)
