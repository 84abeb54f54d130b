"""What a kilogram or a piece of a product costs on a corridor, compiled for screening.

Computed once after an import from all figures kept: value over quantity, month by
month or year by year, as a median and a robust spread of its logarithm. Unit values of
customs are averages over unlike goods; so the spread goes with every figure, and a
corridor with few observations has none. A screening only looks up.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clearway.errors import StoreError
from clearway.trade.places import EU, EU_MEMBERS, name_of
from clearway.trade.store import Store

LEAST = 5
"""Observations below which a corridor says nothing."""
SEVERAL = 4
"""Countries below which a figure for any country is not made."""
YEARS = 5
"""The newest so many years of each publisher count: older prices are no guide."""

_FILE = "unit_values.json.gz"
_MEASURES = {"kg": "kg", "items": "piece", "u": "piece", "item": "piece", "no": "piece"}
_COLUMNS = (
    *("code", "exporter", "destination", "measure", "currency", "median", "spread"),
    *("count", "first", "last", "known_from", "publisher", "estimated"),
)

_SINGLE = """
SELECT
    left(code, 6) AS code,
    CASE flow WHEN 'export' THEN reporter ELSE partner END AS exporter,
    CASE flow WHEN 'export' THEN partner ELSE reporter END AS destination,
    unit, currency, period, publisher, max(vintage) AS vintage,
    bool_or(status = 'estimated') AS estimated,
    sum(value) / sum(quantity) AS price
FROM (
    SELECT *, row_number() OVER (
        PARTITION BY reporter, partner, flow, code, hs, period, currency, unit, detail,
            publisher
        ORDER BY vintage DESC, seq DESC
    ) AS nth
    FROM figures
    WHERE length(code) >= 6 AND code <> 'TOTAL' AND quantity > 0 AND value > 0
        AND flow IN ('export', 'import') AND status <> 'mirror'
        AND length(reporter) = 2 AND length(partner) = 2
        AND reporter NOT IN ('eu', 'ea') AND partner NOT IN ('eu', 'ea')
)
WHERE nth = 1
GROUP BY ALL
"""
"""One price for each corridor and period: newest vintage, what adds up added up."""

_GROUPED = """
WITH single AS ({single}),
newest AS (SELECT publisher, max(left(period, 4)::INT) AS year FROM single GROUP BY 1),
recent AS (
    SELECT single.* FROM single JOIN newest USING (publisher)
    WHERE left(period, 4)::INT > newest.year - {years}
),
corridor AS (
    SELECT *, exporter AS origin, destination AS goal FROM recent
    UNION ALL
    SELECT *, exporter AS origin, '' AS goal FROM recent
    UNION ALL
    SELECT *, '{eu}' AS origin, destination AS goal FROM recent
    WHERE exporter IN ({members})
    UNION ALL
    SELECT *, '' AS origin, '' AS goal FROM recent
),
middle AS (
    SELECT *, median(ln(price)) OVER (
        PARTITION BY code, origin, goal, unit, currency, publisher
    ) AS centre
    FROM corridor
)
SELECT
    code, origin, goal, unit, currency, exp(any_value(centre)) AS median,
    1.4826 * median(abs(ln(price) - centre)) AS spread, count(*) AS count,
    min(period) AS first, max(period) AS last, max(vintage) AS known_from, publisher,
    bool_or(estimated) AS estimated
FROM middle
GROUP BY code, origin, goal, unit, currency, publisher
HAVING count(*) >= {least}
    AND (goal <> '' OR origin = '' OR count(DISTINCT destination) >= {several})
    AND (origin <> '' OR count(DISTINCT exporter) >= {several})
ORDER BY ALL
"""
"""A corridor, the exporter to anywhere, the European Union as one exporter, and all.

What stands for any country is made of several, or it would be one in disguise."""


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What a product usually costs on a corridor, as statistics show it.

    `median` in `currency` for one kilogram or piece (`measure`); `spread` the robust
    standard deviation of its logarithm; `count` observations from `first` to `last`.
    An empty `exporter` or `destination` means any. `known_from` is the newest vintage
    in it; `estimated` says that the publisher made up part of it, as BACI does where
    two countries tell differently.
    """

    code: str
    exporter: str
    destination: str
    measure: str
    currency: str
    median: float
    spread: float
    count: int
    first: str
    last: str
    known_from: str
    publisher: str
    estimated: bool

    @property
    def words(self) -> str:
        """Whose trade it is, in words."""
        whose = name_of(self.exporter) if self.exporter else "any country"
        whom = name_of(self.destination) if self.destination else "any country"
        made = ", partly estimated" if self.estimated else ""
        return (
            f"{self.publisher} figures of {self.code}, {whose} to {whom}, {self.first} "
            f"to {self.last}{made}"
        )


class Table:
    """The compiled unit values, looked up by code."""

    def __init__(self, rows: dict[str, list[list[Any]]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        """How many corridors it holds."""
        return sum(map(len, self._rows.values()))

    def of(
        self, code: str, exporter: str, destination: str, measure: str, day: str
    ) -> tuple[UnitValue, ...]:
        """The nearest corridor of which figures were known on a day (YYYY-MM-DD).

        The corridor itself, else the European Union's if the exporter is a member, else
        the exporter's trade with anyone, else everyone's; from each publisher. `code`
        has six digits or more; countries are ISO alpha-2, '' if not known.
        """
        bare = "".join(char for char in code if char.isdigit())[:6]
        rows = [
            UnitValue(bare, *row)
            for row in self._rows.get(bare, ())
            if row[2] == measure and row[9] <= day
        ]
        exporter, destination = exporter.lower(), destination.lower()
        wanted = [(exporter, destination)]
        wanted += [(EU, destination)] if exporter in EU_MEMBERS else []
        wanted += [(exporter, ""), ("", "")]
        for pair in wanted if exporter else wanted[-1:]:
            if found := [r for r in rows if (r.exporter, r.destination) == pair]:
                return tuple(found)
        return ()


def compile_unit_values(home: Path) -> Table:
    """Compute the table from all figures kept and file it; returns it.

    Raises NotFound if nothing is kept, StoreError if the folder cannot be written.
    """
    store = Store(home)
    with store.connect() as database:
        found = database.execute(
            _GROUPED.format(
                single=_SINGLE,
                years=YEARS,
                eu=EU,
                members=", ".join(f"'{code}'" for code in sorted(EU_MEMBERS)),
                least=LEAST,
                several=SEVERAL,
            )
        ).fetchall()
    rows: dict[str, list[list[Any]]] = {}
    for code, row in _kept(found):
        rows.setdefault(code, []).append(row)
    path = home / "trade" / _FILE
    plain = {"columns": _COLUMNS, "rows": rows}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        packed = gzip.compress(json.dumps(plain).encode(), 6, mtime=0)
        part.write_bytes(packed)
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    return Table(rows)


def _kept(found: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, list[Any]]]:
    for code, origin, goal, unit, currency, median, spread, *rest in found:
        measure = _MEASURES.get((unit or "").strip().lower())
        if measure is None or not median > 0:
            continue
        count, first, last, vintage, publisher, estimated = rest
        known = vintage + {4: "-12-31", 7: "-31"}.get(len(vintage), "")
        yield code, [
            origin, goal, measure, currency, float(f"{median:.6g}"), round(spread, 4),
            count, first, last, known, publisher, estimated,
        ]  # fmt: skip


def unit_values(home: Path) -> Table:
    """The compiled table; empty where none was compiled. Needs no extra package."""
    path = home / "trade" / _FILE
    if not path.is_file():
        return Table({})
    try:
        plain = json.loads(gzip.decompress(path.read_bytes()))
        if tuple(plain["columns"]) != _COLUMNS:
            raise ValueError("written by another version")
        rows: dict[str, list[list[Any]]] = plain["rows"]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is damaged ({error}): import the figures again"
        raise StoreError(message) from error
    return Table(rows)
