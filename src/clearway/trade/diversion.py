"""Detours: what a target no longer gets, and who gets more of the same at that time.

A gain of a third country beside a loss to the target is no proof of a detour: prices
rise, economies grow. So both ratios are shown - of all gains, and of gains capped at
the loss product by product - with how often the trade multiplied and how trade in all
other goods of the same corridor did meanwhile. What they are is a reason to ask for the
end user.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clearway.errors import NotFound, UsageError
from clearway.trade.asking import Question, narrowed, rows_of
from clearway.trade.columns import TOTAL
from clearway.trade.editions import Basket, tier_of
from clearway.trade.extras import imported
from clearway.trade.periods import month_at, month_number
from clearway.trade.store import Store

TIMES = 2.0
"""How often trade with a third country must have multiplied to be a surge."""
LEAST = 100_000.0
"""The gain, in the currency of the figures, below which nothing is flagged."""


@dataclass(frozen=True, slots=True)
class Third:
    """A third country: what it got before and after, and how that compares.

    `total_times` is how often all goods together multiplied in the same corridor (None
    if unknown); `price_times` how often the price of a unit did.
    """

    country: str
    before: float
    after: float
    total_times: float | None
    price_times: float | None
    loss: float

    @property
    def gain(self) -> float:
        """After less before; negative for a loss."""
        return self.after - self.before

    @property
    def times(self) -> float | None:
        """After over before; None where there was nothing before."""
        return self.after / self.before if self.before else None

    @property
    def share(self) -> float | None:
        """The gain as a share of what the target lost."""
        return self.gain / self.loss if self.loss > 0 else None

    @property
    def surge(self) -> bool:
        """Whether it at least doubled, by an amount worth a question.

        What the corridor's other goods did is shown beside it and excuses nothing: a
        detour seldom takes one product only.
        """
        grown = self.times is None or self.times >= TIMES
        return self.gain >= LEAST and grown


@dataclass(frozen=True, slots=True)
class Product:
    """One product: loss to the target and gains of third countries."""

    code: str
    tier: str
    target_before: float
    target_after: float
    gains: tuple[tuple[str, float, float], ...]

    @property
    def loss(self) -> float:
        """What the target lost; 0 if it gained."""
        return max(0.0, self.target_before - self.target_after)

    @property
    def gained(self) -> float:
        """What third countries gained, losses of others not set against it."""
        return sum(max(0.0, after - before) for _, before, after in self.gains)

    @property
    def capped(self) -> float:
        """Of these gains what the target's loss can explain."""
        return min(self.gained, self.loss)


@dataclass(frozen=True, slots=True)
class Diversion:
    """Loss, gains and ratios between two windows of equal length."""

    reporter: str
    target: str
    goods: str
    currency: str
    publisher: str
    before: tuple[str, str]
    after: tuple[str, str]
    target_before: float
    target_after: float
    thirds: tuple[Third, ...]
    products: tuple[Product, ...]
    vintages: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def loss(self) -> float:
        """What the target lost; 0 if it gained."""
        return max(0.0, self.target_before - self.target_after)

    @property
    def change(self) -> float | None:
        """The target's change as a share."""
        if not self.target_before:
            return None
        return self.target_after / self.target_before - 1

    @property
    def uncapped(self) -> float | None:
        """All gains of third countries over the loss to the target."""
        gained = sum(max(0.0, third.gain) for third in self.thirds)
        return gained / self.loss if self.loss else None

    @property
    def capped(self) -> float | None:
        """Gains capped at the loss of the same product, over the loss."""
        lost = sum(product.loss for product in self.products)
        kept = sum(product.capped for product in self.products)
        return kept / lost if lost else None


def diversion(
    store: Store,
    *,
    reporter: str,
    target: str,
    thirds: Sequence[str] = (),
    basket: Basket | None,
    before: Sequence[str],
    after: Sequence[str],
    publisher: str = "",
    memory: str = "",
) -> Diversion:
    """What a reporter exported to a target and third countries in two windows.

    `thirds` are the countries looked at (all partners if none). Windows have equally
    many months, best the same months of two years. Raises NotFound where nothing is
    kept, UsageError where the windows are unequal.
    """
    if len(before) != len(after):
        raise UsageError(
            f"the windows have {len(before)} and {len(after)} months: make them equal"
        )
    question = Question(
        (reporter,),
        (target, *thirds) if thirds else (),
        ("export",),
        basket,
        first=min(before[0], after[0]),
        last=max(before[-1], after[-1]),
        publisher=publisher,
        length=1 if len(before[0]) == 7 else 12,
    )
    frame = rows_of(store, question, memory=memory)
    return shifted(store, frame, question, target=target, before=before, after=after)


def shifted(
    store: Store | None,
    frame: Any,
    question: Question,
    *,
    target: str,
    before: Sequence[str],
    after: Sequence[str],
) -> Diversion:
    """The answer from the rows of a question; trade in all goods is asked besides."""
    pl = imported("polars")
    if not frame.height:
        raise NotFound("no figures for this corridor and these windows")
    publisher, currency = _most(frame)
    frame = frame.filter(
        (pl.col("publisher") == publisher) & (pl.col("currency") == currency)
    )
    windows = (
        pl.when(pl.col("period").is_in(list(before)))
        .then(pl.lit("before"))
        .when(pl.col("period").is_in(list(after)))
        .then(pl.lit("after"))
    )
    family = question.basket.family if question.basket else str
    codes = {code: family(code) for code in frame["code"].unique()}
    table = (
        frame.with_columns(windows.alias("when"))
        .filter(
            pl.col("when").is_not_null() & (pl.col("partner") != question.reporters[0])
        )
        .with_columns(pl.col("code").replace_strict(codes, default=None))
        .group_by("partner", "code", "when")
        .agg(pl.col("value").sum(), _quantity(pl))
    )
    totals = (
        _totals(
            store, narrowed(question, basket=None, publisher=publisher), before, after
        )
        if store and question.basket
        else {}
    )
    by_country = _pairs(table.group_by("partner", "when").agg(pl.col("value").sum()))
    target_before, target_after = by_country.get(target, (0.0, 0.0))
    loss = max(0.0, target_before - target_after)
    prices = _prices(pl, table)
    found = [
        Third(country, was, now, _times(totals.get(country)), prices.get(country), loss)
        for country, (was, now) in by_country.items()
        if country != target
    ]
    return Diversion(
        question.reporters[0],
        target,
        question.basket.name if question.basket else "all goods",
        currency,
        publisher,
        (before[0], before[-1]),
        (after[0], after[-1]),
        target_before,
        target_after,
        tuple(sorted(found, key=lambda third: (-third.gain, third.country))),
        _products(pl, table, target),
        tuple(sorted(frame["vintage"].unique())),
        tuple(question.notes),
    )


def _most(frame: Any) -> tuple[str, str]:
    counts = (
        frame.group_by("publisher", "currency")
        .len()
        .sort(["len", "publisher", "currency"], descending=[True, False, False])
    )
    publisher, currency, _ = counts.row(0)
    return publisher, currency


def _quantity(pl: Any) -> Any:
    whole = (pl.col("quantity").null_count() == 0) & (pl.col("unit").n_unique() == 1)
    return pl.when(whole).then(pl.col("quantity").sum()).alias("quantity")


def _pairs(table: Any) -> dict[str, tuple[float, float]]:
    found: dict[str, list[float]] = {}
    for country, when, value in table.iter_rows():
        pair = found.setdefault(country, [0.0, 0.0])
        pair[0 if when == "before" else 1] = float(value)
    return {country: (pair[0], pair[1]) for country, pair in sorted(found.items())}


def _times(pair: tuple[float, float] | None) -> float | None:
    return pair[1] / pair[0] if pair and pair[0] else None


def _totals(
    store: Store, question: Question, before: Sequence[str], after: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """All goods of each corridor in both windows."""
    pl = imported("polars")
    frame = rows_of(store, question)
    if not frame.height:
        return {}
    windows = (
        pl.when(pl.col("period").is_in(list(before)))
        .then(pl.lit("before"))
        .when(pl.col("period").is_in(list(after)))
        .then(pl.lit("after"))
    )
    return _pairs(
        frame.with_columns(windows.alias("when"))
        .filter(pl.col("when").is_not_null())
        .group_by("partner", "when")
        .agg(pl.col("value").sum())
    )


def _prices(pl: Any, table: Any) -> dict[str, float]:
    """How often the price of a unit multiplied, product by product, by value after."""
    usable = table.filter(pl.col("quantity") > 0).with_columns(
        (pl.col("value") / pl.col("quantity")).alias("price")
    )
    was = usable.filter(pl.col("when") == "before")
    now = usable.filter(pl.col("when") == "after")
    both = now.join(was, on=["partner", "code"], suffix="_was")
    if not both.height:
        return {}
    weighted = (
        both.with_columns((pl.col("price") / pl.col("price_was")).log().alias("wedge"))
        .group_by("partner")
        .agg(
            ((pl.col("wedge") * pl.col("value")).sum() / pl.col("value").sum())
            .exp()
            .alias("times")
        )
    )
    return {country: float(times) for country, times in weighted.iter_rows()}


def _products(pl: Any, table: Any, target: str) -> tuple[Product, ...]:
    values: dict[str, dict[str, list[float]]] = {}
    rows = table.select("code", "partner", "when", "value").iter_rows()
    for code, country, when, value in rows:
        pair = values.setdefault(code, {}).setdefault(country, [0.0, 0.0])
        pair[0 if when == "before" else 1] += float(value)
    found = [
        Product(
            code,
            "" if code == TOTAL else tier_of(code),
            *_two(countries.get(target)),
            tuple(
                (country, pair[0], pair[1])
                for country, pair in sorted(countries.items())
                if country != target
            ),
        )
        for code, countries in values.items()
    ]
    return tuple(sorted(found, key=lambda product: (-product.loss, product.code)))


def _two(pair: list[float] | None) -> tuple[float, float]:
    return (pair[0], pair[1]) if pair else (0.0, 0.0)


def year_before(window: Iterable[str]) -> tuple[str, ...]:
    """The same months of the year before."""
    return tuple(month_at(month_number(month) - 12) for month in window)
