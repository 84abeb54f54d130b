"""Unit prices of lines of goods beside the usual ones: of the papers, of statistics.

A price for one kilogram or one piece is set beside the other lines of the same code in
the same papers, and beside unit values that customs statistics show. Both are compared
as logarithms, robustly: the median of the others, and their spread. What is within the
spread says nothing; what is outside is told with its numbers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, Protocol

from clearway.goods.codes import read_code
from clearway.goods.units import KG, PIECE, unit_of
from clearway.model import GoodsLine, Transaction
from clearway.trade.exchange import rate

LEAST_LINES = 4
"""Other lines of the same code below which the papers say nothing of a price."""
SPREADS = 2.0
"""How many spreads from the usual price a price is outside."""
_LEAST_SPREAD = {"papers": 0.10, "statistics": 0.25}
"""Spreads below these are taken as these: prices within a quarter are one price where
statistics mix unlike goods."""
_FEW = 4
"""With so few observations a spread counts double; with many, as it is."""
FAR = Decimal(3)
"""A price so many times the usual one, or a part of it so small, is far out."""


class Usual(Protocol):
    """A usual price (`clearway.trade.unit_values.UnitValue`)."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def median(self) -> float:
        """For one kilogram or piece."""

    @property
    def spread(self) -> float:
        """The robust standard deviation of its logarithm."""

    @property
    def count(self) -> int:
        """How many observations."""

    @property
    def words(self) -> str:
        """Whose trade it is, in words."""


class Prices(Protocol):
    """The compiled table of unit values (`clearway.trade.unit_values.Table`)."""

    def of(
        self, code: str, exporter: str, destination: str, measure: str, day: str
    ) -> Sequence[Usual]:
        """The nearest corridor known on a day; an empty country means any."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one kilogram or piece of a line costs."""

    code: str
    measure: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit price beside a usual one.

    `ratio` is price over usual price; `spread` the factor within which two of three
    usual prices lie, wider where few were seen; `outside` whether the price is beyond
    twice that. `source` is
    `papers` or `statistics`, `words` say what was compared with.
    """

    source: str
    measure: str
    price: Decimal
    usual: Decimal
    currency: str
    ratio: Decimal
    spread: Decimal
    count: int
    outside: bool
    words: str

    @property
    def sentence(self) -> str:
        """The comparison with its numbers."""
        where = "outside" if self.outside else "within"
        return (
            f"{self.price:,.2f} {self.currency} a {self.measure}, {self.ratio:.2f} "
            f"times the usual {self.usual:,.2f} ({self.words}; {self.count} "
            f"observations, spread times {self.spread:.2f}): {where} the usual spread"
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "source": self.source,
            "measure": self.measure,
            "price": str(self.price),
            "usual": str(self.usual),
            "currency": self.currency,
            "ratio": str(self.ratio),
            "spread": str(self.spread),
            "observations": self.count,
            "outside": self.outside,
            "compared_with": self.words,
        }


def unit_prices(line: GoodsLine) -> tuple[UnitPrice, ...]:
    """The prices of a line by weight and by piece, where it says enough for them."""
    code = (
        read_code(line.code, edition=line.edition).code if line.code.strip() else None
    )
    value = line.value
    if code is None or len(code.hs6) < 6 or value is None or value.amount <= 0:
        return ()
    amounts: dict[str, Decimal] = {}
    unit = unit_of(line.unit)
    if unit is not None and unit.measure in (KG, PIECE) and line.quantity:
        amounts[unit.measure] = line.quantity * unit.factor
    if line.net_weight:
        amounts.setdefault(KG, line.net_weight)
    return tuple(
        UnitPrice(code.hs6, measure, value.amount / amount, value.currency)
        for measure, amount in amounts.items()
        if amount > 0 and value.currency
    )


@dataclass(frozen=True, slots=True)
class Peers:
    """The unit prices of all lines of some papers, by what they can be compared by."""

    found: Mapping[tuple[str, str, str], Sequence[tuple[int, float]]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, transactions: Iterable[Transaction]) -> "Peers":
        """From all papers that are checked together."""
        table: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
        for transaction in transactions:
            for line in transaction.goods:
                for one in unit_prices(line):
                    key = (one.code, one.measure, one.currency)
                    table.setdefault(key, []).append((id(line), _log(one.amount)))
        return cls(table)

    def others(self, line: GoodsLine, price: UnitPrice) -> list[float]:
        """Logarithms of the prices of the other lines of the same code."""
        key = (price.code, price.measure, price.currency)
        return [log for of, log in self.found.get(key, ()) if of != id(line)]


def compared(
    line: GoodsLine,
    peers: Peers,
    prices: Prices | None,
    *,
    exporter: str,
    destination: str,
    day: date,
    asked: date,
) -> tuple[Compared, ...]:
    """A line's unit prices beside those of the papers and of statistics.

    `day` is that of the paper, `asked` the day on which it is asked: what was published
    later is not used.
    """
    found: list[Compared] = []
    for price in unit_prices(line):
        others = peers.others(line, price)
        if len(others) >= LEAST_LINES:
            found.append(_with_papers(price, others))
        if prices is not None:
            origin = exporter or ""
            for usual in prices.of(
                price.code, origin, destination, price.measure, asked.isoformat()
            ):
                one = _with_statistics(price, usual, day)
                found += [one] if one else []
    return tuple(found)


def _with_papers(price: UnitPrice, others: Sequence[float]) -> Compared:
    centre = median(others)
    spread = 1.4826 * median(abs(one - centre) for one in others)
    words = f"the other lines of {price.code} in these papers"
    return _compared("papers", price, math.exp(centre), spread, len(others), words)


def _with_statistics(price: UnitPrice, usual: Usual, day: date) -> Compared | None:
    """None where no rate of exchange is at hand."""
    found = rate(usual.currency, price.currency, day.year)
    if found is None:
        return None
    words = usual.words
    if usual.currency != price.currency:
        words += f"; {found.words}"
    level = usual.median * found.value
    return _compared("statistics", price, level, usual.spread, usual.count, words)


def _compared(
    source: str, price: UnitPrice, level: float, spread: float, count: int, words: str
) -> Compared:
    wide = max(spread, _LEAST_SPREAD[source]) * (1 + _FEW / count)
    log = _log(price.amount) - math.log(level)
    return Compared(
        source,
        price.measure,
        _rounded(float(price.amount)),
        _rounded(level),
        price.currency,
        _rounded(math.exp(log)),
        _rounded(math.exp(wide)),
        count,
        abs(log) > SPREADS * wide,
        words,
    )


def _log(amount: Decimal) -> float:
    return math.log(float(amount))


def _rounded(number: float) -> Decimal:
    """Four digits that count: prices run from a fraction of a cent to millions."""
    return Decimal(f"{number:.4g}")


def price_facts(found: Sequence[Compared]) -> dict[str, Any]:
    """What comparisons say to the rules: only what is outside the usual spread.

    Statistics decide where there are any: the lines of one paper may all be too dear.
    Where several of one source disagree the mildest counts.
    """
    statistics = [one for one in found if one.source == "statistics"]
    chosen = statistics or list(found)
    ratios = [one.ratio for one in chosen]
    one_way = len({ratio > 1 for ratio in ratios}) == 1
    if not one_way or not all(one.outside for one in chosen):
        return {}
    mild = min(ratios, key=lambda ratio: abs(_log(ratio)))
    return {
        "goods.price_ratio": mild,
        "goods.price_outlier": mild >= FAR or mild <= 1 / FAR,
    }
