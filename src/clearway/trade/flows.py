"""Flows of trade: level, growth within one vintage, months pooled, unit values.

A first release is revised later - China's exports by up to 1 %, its imports by up to
3.3 % - so growth is taken between two figures of one vintage, or not at all. January
and February are one figure where the Lunar New Year moves between them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clearway.errors import NotFound
from clearway.trade.asking import Question, narrowed, rows_of
from clearway.trade.extras import imported
from clearway.trade.periods import Period, asked
from clearway.trade.places import name_of
from clearway.trade.store import Store

PREFERENCE = ("comtrade", "gacc", "eurostat", "table", "imf", "baci")
"""Of publishers that say equally much, the one nearer to the reporter comes first."""

LUNAR = frozenset({"cn", "hk", "mo", "tw", "sg", "vn", "kr"})
"""Where offices and ports close for the Lunar New Year."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series, with where it stands."""

    period: str
    value: float
    quantity: float | None
    unit: str
    status: str
    vintage: str
    seq: int
    row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one corridor, flow and kind of goods, from one publisher.

    Each period has one point, of the newest vintage unless asked otherwise.
    """

    reporter: str
    partner: str
    flow: str
    goods: str
    currency: str
    publisher: str
    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is, in words."""
        way = "to" if self.flow in ("export", "re-export") else "from"
        goods = f" of {self.goods}" if self.goods else ""
        return (
            f"{name_of(self.reporter)}'s {self.flow}s{goods} {way} "
            f"{name_of(self.partner)}"
        )

    @property
    def values(self) -> Mapping[str, float]:
        """Value by period."""
        return {point.period: point.value for point in self.points}

    @property
    def vintages(self) -> tuple[str, ...]:
        """The vintages of its points."""
        return tuple(sorted({point.vintage for point in self.points}))

    @property
    def status(self) -> str:
        """The statuses of its points in words."""
        return ", ".join(sorted({point.status for point in self.points}))

    def total(self, period: Period) -> float | None:
        """The value of a period: as told, or its months added up if all are there."""
        known = self.values
        if str(period) in known:
            return known[str(period)]
        parts = [known.get(month) for month in period.months]
        if all(part is not None for part in parts):
            return sum(part for part in parts if part is not None)
        return None


@dataclass(frozen=True, slots=True)
class Growth:
    """The change of a period on the same months a year before, within one vintage.

    `rate` is a share (-0.161 for -16.1 %), None where no vintage holds both; `why`
    then says so.
    """

    period: Period
    now: float | None
    before: float | None
    vintage: str
    why: str = ""

    @property
    def rate(self) -> float | None:
        """Now divided by before, less one."""
        if self.now is None or not self.before:
            return None
        return self.now / self.before - 1.0


def series(store: Store, question: Question) -> Series:
    """The series a question asks for, of the publisher who says most.

    Raises NotFound if nothing is kept that answers.
    """
    frame = rows_of(store, question)
    return _series(frame, question)


def _series(frame: Any, question: Question) -> Series:
    pl = imported("polars")
    if not frame.height:
        raise NotFound(
            f"no figures for {_words(question)}; see `clearway trade import`"
        )
    publisher, currency = _chosen(frame)
    mine = frame.filter(
        (pl.col("publisher") == publisher) & (pl.col("currency") == currency)
    )
    one_unit = pl.when(pl.col("unit").n_unique() == 1).then(pl.col("unit").first())
    added = (
        mine.group_by("period")
        .agg(
            pl.col("value").sum(),
            pl.when(pl.col("quantity").null_count() == 0)
            .then(pl.col("quantity").sum())
            .alias("quantity"),
            one_unit.alias("unit"),
            pl.col("status").unique().sort().str.join(", "),
            pl.col("vintage").max(),
            pl.col("seq").max(),
            pl.col("row").min(),
            pl.col("rows").sum(),
        )
        .sort("period")
    )
    others = sorted(set(frame["publisher"].unique()) - {publisher})
    notes = list(question.notes)
    if others:
        notes.append(f"also told by {', '.join(others)}: see --publisher")
    return Series(
        _one(question.reporters, mine["reporter"]),
        _one(question.partners, mine["partner"]),
        question.flows[0],
        question.basket.name if question.basket else "",
        currency,
        publisher,
        tuple(_point(row) for row in added.iter_rows(named=True)),
        tuple(notes),
    )


def _point(row: Mapping[str, Any]) -> Point:
    return Point(
        row["period"],
        float(row["value"]),
        row["quantity"],
        row["unit"] or "",
        row["status"],
        row["vintage"],
        row["seq"],
        row["row"],
        row["rows"],
    )


def _one(asked_for: tuple[str, ...], found: Any) -> str:
    if len(asked_for) == 1:
        return asked_for[0]
    return "world" if not asked_for else "+".join(asked_for)


def _chosen(frame: Any) -> tuple[str, str]:
    """The publisher and currency with most reported figures."""
    pl = imported("polars")
    counts = frame.group_by("publisher", "currency").agg(
        (pl.col("status") == "reported").sum().alias("reported"),
        pl.col("period").n_unique().alias("periods"),
    )

    def rank(row: tuple[str, str, int, int]) -> tuple[bool, int, int, str]:
        publisher, currency, reported, periods = row
        place = (
            PREFERENCE.index(publisher) if publisher in PREFERENCE else len(PREFERENCE)
        )
        return (reported == 0, -periods, place, currency)

    best = min(counts.iter_rows(), key=rank)
    return best[0], best[1]


def _words(question: Question) -> str:
    who = ", ".join(name_of(one) for one in question.reporters) or "any reporter"
    whom = ", ".join(name_of(one) for one in question.partners) or "any partner"
    return f"{'/'.join(question.flows)} of {who} and {whom}"


def by_vintage(store: Store, question: Question) -> dict[str, Series]:
    """The series as each vintage has it, newest first; a vintage by itself."""
    pl = imported("polars")
    frame = rows_of(store, narrowed(question, every_vintage=True))
    if not frame.height:
        raise NotFound(
            f"no figures for {_words(question)}; see `clearway trade import`"
        )
    publisher, currency = _chosen(frame)
    frame = frame.filter(
        (pl.col("publisher") == publisher) & (pl.col("currency") == currency)
    )
    found: dict[str, Series] = {}
    for vintage in sorted(frame["vintage"].unique(), reverse=True):
        rows = frame.filter(pl.col("vintage") == vintage)
        newest = rows.filter(
            pl.col("seq")
            == pl.col("seq").max().over("reporter", "partner", "flow", "code", "period")
        )
        found[vintage] = _series(newest, question)
    return found


def growth(vintages: Iterable[Series], period: Period) -> Growth:
    """The change of a period on the year, in the newest vintage that has both."""
    alone: float | None = None
    for one in vintages:
        now, before = one.total(period), one.total(period.earlier())
        if now is not None and before:
            return Growth(period, now, before, one.vintages[-1])
        alone = now if alone is None else alone
    why = "no single vintage holds this period and the year before"
    return Growth(period, alone, None, "", why if alone is not None else "no figure")


def pooled(first: str, last: str, *, lunar: bool) -> tuple[Period, ...]:
    """The months from one to another; January with February where the year is lunar."""
    start, end = asked(first), asked(last)
    found: list[Period] = []
    for year in range(start.year, end.year + 1):
        begin = start.first if year == start.year else 1
        until = end.last if year == end.year else 12
        if lunar and begin == 1 and until >= 2:
            found.append(Period(year, 1, 2))
            begin = 3
        found += [Period(year, month, month) for month in range(begin, until + 1)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What a unit of quantity cost: value and quantity apart, so that a rise in price
    is not taken for a rise in trade."""

    period: str
    value: float
    quantity: float
    unit: str

    @property
    def price(self) -> float:
        """Value of one unit."""
        return self.value / self.quantity


def unit_values(one: Series) -> tuple[UnitValue, ...]:
    """Unit values where every figure has a quantity in one unit."""
    return tuple(
        UnitValue(point.period, point.value, point.quantity, point.unit)
        for point in one.points
        if point.quantity and point.unit
    )
