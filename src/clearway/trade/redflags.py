"""Red flags of a corridor: surges of high-priority goods, compiled for screening.

Computed once after an import and kept as a small table: which product, from whom, to
which third country, how much before the target was cut off and how much since. A
screening only looks up. What was published after a day is not known on that day.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from clearway.errors import NotFound, StoreError
from clearway.trade.asking import Question, answered
from clearway.trade.diversion import LEAST, TIMES
from clearway.trade.editions import high_priority, tier_of
from clearway.trade.extras import imported
from clearway.trade.periods import month_at, month_number
from clearway.trade.places import EU, EU_MEMBERS, name_of
from clearway.trade.store import Store

_FILE = "redflags.json"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A surge of one product from an exporter to a third country.

    `target` is where it may go on to, with what it lost meanwhile (`lost`); `before`
    and `after` are values in `currency` over windows as long as each other;
    `known_from` is the vintage from which on it could be known.
    """

    code: str
    codes: tuple[str, ...]
    tier: str
    exporter: str
    destination: str
    target: str
    before: float
    after: float
    lost: float
    currency: str
    window_before: tuple[str, str]
    window_after: tuple[str, str]
    known_from: str
    publisher: str

    @property
    def times(self) -> float | None:
        """How often the trade multiplied; None where there was none before."""
        return self.after / self.before if self.before else None

    @property
    def sentence(self) -> str:
        """The flag with its numbers, as a screening shows it."""
        grown = f"times {self.times:.1f}" if self.times is not None else "from nothing"
        lost = f"; {name_of(self.target)} lost {_m(self.lost)}" if self.lost > 0 else ""
        return (
            f"{name_of(self.exporter)}'s exports of {self.code} (tier {self.tier}) to "
            f"{name_of(self.destination)}: {_m(self.before)} in "
            f"{'..'.join(self.window_before)}, {_m(self.after)} {self.currency} in "
            f"{'..'.join(self.window_after)}, {grown}{lost}. "
            f"{name_of(self.destination)} is a known detour to {name_of(self.target)}: "
            "ask for the end user"
        )


def _m(value: float) -> str:
    if abs(value) < 1e6:
        return f"{value / 1e3:,.0f} thousand"
    return f"{value / 1e6:,.1f} million"


@dataclass(frozen=True)
class Table:
    """The compiled anomalies, the largest gain first; `stale` if files came since."""

    rows: tuple[Anomaly, ...]
    stale: bool = False

    def of(
        self, code6: str, exporter: str, destination: str, day: str
    ) -> tuple[Anomaly, ...]:
        """Anomalies of a product from an exporter to a destination known on a day.

        `code6` is a code of any length from four digits on and of any edition, four
        meaning the whole heading; `exporter` and `destination` are ISO alpha-2, all
        three empty meaning any; `day` YYYY-MM-DD. A member of the European Union is
        also looked up in the Union's figures.
        """
        bare = "".join(char for char in code6 if char.isdigit())[:6]
        who = {exporter.lower()}
        if exporter.lower() in EU_MEMBERS:
            who.add(EU)
        return tuple(
            row
            for row in self._to(destination.lower())
            if (not bare or any(code.startswith(bare) for code in row.codes))
            and (not exporter or row.exporter in who)
            and row.known_from <= day
        )

    def _to(self, destination: str) -> tuple[Anomaly, ...]:
        """The anomalies of a destination; a table of many routes is asked often."""
        return self._by_destination.get(destination, ()) if destination else self.rows

    @cached_property
    def _by_destination(self) -> dict[str, tuple[Anomaly, ...]]:
        found: dict[str, list[Anomaly]] = {}
        for row in self.rows:
            found.setdefault(row.destination, []).append(row)
        return {country: tuple(rows) for country, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Detour:
    """A target, the last year before it was cut off, and known third countries."""

    country: str
    base_year: int
    third: tuple[str, ...]


@cache
def detours() -> tuple[Detour, ...]:
    """The table of known detours."""
    path = files("clearway.trade").joinpath("data/detours.toml")
    return tuple(
        Detour(row["country"], row["base_year"], tuple(row["third"]))
        for row in tomllib.loads(path.read_text("utf-8"))["target"]
    )


def compile_anomalies(home: Path) -> Table:
    """Compute the table from all figures kept and file it; returns it.

    Raises NotFound if nothing is kept, StoreError if the folder cannot be written.
    """
    store = Store(home)
    rows = [
        anomaly
        for detour in detours()
        for publisher in sorted({kept.publisher for kept in store.files()})
        for anomaly in _found(store, detour, publisher)
    ]
    rows.sort(key=lambda a: (a.before - a.after, a.exporter, a.destination, a.code))
    path = home / "trade" / _FILE
    plain = {"figures": _state(store), "rows": [asdict(row) for row in rows]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(plain, indent=1), "utf-8")
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    return Table(tuple(rows))


def anomalies(home: Path) -> Table:
    """The compiled table; empty where none was compiled. Needs no extra package.

    `stale` says that figures were imported since it was compiled.
    """
    path = home / "trade" / _FILE
    if not path.is_file():
        return Table(())
    try:
        plain = json.loads(path.read_text("utf-8"))
        rows = tuple(_anomaly(row) for row in plain["rows"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is damaged ({error}): run `clearway trade redflags`"
        raise StoreError(message) from error
    return Table(rows, plain["figures"] != _state(Store(home)))


def _anomaly(plain: dict[str, Any]) -> Anomaly:
    pairs = ("codes", "window_before", "window_after")
    return Anomaly(**{**plain, **{name: tuple(plain[name]) for name in pairs}})


def _state(store: Store) -> str:
    """What the files in use are, as a checksum."""
    ids = " ".join(kept.id for kept in store.files())
    return hashlib.sha256(ids.encode()).hexdigest()


def _found(store: Store, detour: Detour, publisher: str) -> Iterator[Anomaly]:
    """Surges of high-priority products of one publisher's exporters."""
    basket = high_priority()
    question = Question(
        (), (detour.country, *detour.third), ("export",), basket,
        first=str(detour.base_year), length=0, publisher=publisher,
    )  # fmt: skip
    try:
        with store.connect(publishers=(publisher,)) as database:
            frame = answered(database, question)
    except NotFound:
        return
    for length in (7, 4):
        periods = frame.filter(frame["period"].str.len_chars() == length)
        windows = _windows(sorted(periods["period"].unique()), detour.base_year)
        if windows:
            yield from _surges(periods, detour, *windows, publisher)
            return


def _windows(
    periods: Sequence[str], base_year: int
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The newest year of periods, or what there is of it, and the same of the base."""
    later = [period for period in periods if int(period[:4]) > base_year]
    if not later:
        return None
    last = later[-1]
    if len(last) == 4:
        return (str(base_year),), (last,)
    end = month_number(last)
    after = [month_at(end - step) for step in range(11, -1, -1)]
    after = [month for month in after if month in later]
    before = tuple(f"{base_year}-{month[5:]}" for month in after)
    return tuple(sorted(before)), tuple(after)


def _surges(
    frame: Any,
    detour: Detour,
    before: tuple[str, ...],
    after: tuple[str, ...],
    publisher: str,
) -> Iterator[Anomaly]:
    pl = imported("polars")
    basket = high_priority()
    names = {code: basket.family(code) for code in frame["code"].unique()}
    frame = frame.with_columns(pl.col("code").replace_strict(names, default=None))
    union = frame.filter(pl.col("reporter").is_in(sorted(EU_MEMBERS))).with_columns(
        pl.lit(EU).alias("reporter")
    )
    both = pl.concat([frame, union])
    table = both.group_by("reporter", "partner", "code", "currency").agg(
        pl.col("value")
        .filter(pl.col("period").is_in(list(before)))
        .sum()
        .alias("before"),
        pl.col("value")
        .filter(pl.col("period").is_in(list(after)))
        .sum()
        .alias("after"),
        pl.col("vintage").filter(pl.col("period").is_in(list(after))).max(),
    )
    lost = {
        (row["reporter"], row["code"]): row["before"] - row["after"]
        for row in table.filter(pl.col("partner") == detour.country).iter_rows(
            named=True
        )
    }
    surging = table.filter(
        (pl.col("partner") != detour.country)
        & (pl.col("reporter") != detour.country)
        & (pl.col("after") - pl.col("before") >= LEAST)
        & (pl.col("after") >= TIMES * pl.col("before"))
    ).sort("reporter", "partner", "code")
    forms: dict[str, list[str]] = {}
    for codes in basket.codes.values():
        for code in codes:
            forms.setdefault(basket.family(code), []).append(code)
    for row in surging.iter_rows(named=True):
        code = row["code"]
        yield Anomaly(
            code,
            tuple(sorted(set(forms[code]))),
            tier_of(code),
            row["reporter"],
            row["partner"],
            detour.country,
            row["before"],
            row["after"],
            lost.get((row["reporter"], code), 0.0),
            row["currency"],
            (before[0], before[-1]),
            (after[0], after[-1]),
            _day(row["vintage"]),
            publisher,
        )


def _day(vintage: str) -> str:
    """A vintage told as a year or a month counts from its end."""
    return vintage + {4: "-12-31", 7: "-31"}.get(len(vintage), "")
