"""What contradicts itself in a paper: sums, quantities, weights, days, numbers.

Each is a Problem that names its field; the rest is judged all the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations

from clearway.goods.units import unit_of
from clearway.model import GoodsLine, Involved, Money, Problem, Role
from clearway.tables.values import is_imo

_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 12
_MOST_CHARGES = 8
_YEAR = 366
_WEIGHTS = ("net_weight", "gross_weight")


@dataclass(slots=True)
class Sums:
    """The sums of a paper as they are read: sort, amount, where, currency."""

    file: str
    currency: str
    found: list[tuple[str, Decimal, str, str]] = field(default_factory=list)

    def add(self, sort: str, amount: Decimal, where: str, currency: str) -> None:
        """Take in a sum."""
        self.found.append((sort, amount, where, currency or self.currency))

    def _of(self, *sorts: str) -> list[tuple[str, Decimal, str, str]]:
        return [one for one in self.found if one[0] in sorts]

    def amount(self, goods: Sequence[GoodsLine]) -> Money | None:
        """What the paper comes to: its largest total, else the sum of its lines."""
        totals = self._of("total") or self._of("subtotal")
        if totals:
            _, amount, _, currency = max(totals, key=lambda one: one[1])
            return Money(amount, currency)
        values = [line.value for line in goods if line.value is not None]
        currencies = {value.currency for value in values}
        if not values or len(currencies) > 1:
            return None
        return Money(sum((v.amount for v in values), Decimal(0)), currencies.pop())

    def problems(self, goods: Sequence[GoodsLine]) -> Iterator[Problem]:
        """Totals that the lines do not add up to."""
        values = [line.value for line in goods if line.value is not None]
        if values and len(values) == len(goods):
            yield from self._of_values(values)
        for name in (*_WEIGHTS, "quantity"):
            yield from self._of_measure(name, goods)

    def _of_values(self, values: Sequence[Money]) -> Iterator[Problem]:
        currencies = {value.currency for value in values}
        if len(currencies) > 1:
            said = ", ".join(sorted(currencies))
            message = "lines in several currencies cannot be added up; check the total"
            if self._of("total"):
                yield Problem("several_currencies", message, self.file, "total", said)
            return
        goods = sum((value.amount for value in values), Decimal(0))
        slack = _CENT + len(values) * _CENT / 2
        reachable = self._reachable(goods)
        for _, amount, where, _ in self._of("total", "subtotal"):
            if not any(abs(amount - one) <= slack for one in reachable):
                message = (
                    f"the lines come to {goods}, the paper says {amount}: check both"
                )
                yield Problem("totals_differ", message, self.file, where, str(amount))

    def _reachable(self, goods: Decimal) -> list[Decimal]:
        """What the lines come to with any of the charges and less any deduction."""
        steps = [amount for sort, amount, _, _ in self._of("charge")]
        steps += [-abs(amount) for sort, amount, _, _ in self._of("discount")]
        steps = steps[:_MOST_CHARGES]
        return [
            goods + sum(chosen, Decimal(0))
            for count in range(len(steps) + 1)
            for chosen in combinations(steps, count)
        ]

    def _of_measure(self, name: str, goods: Sequence[GoodsLine]) -> Iterator[Problem]:
        told = [getattr(line, name) for line in goods]
        if not goods or any(one is None for one in told):
            return
        if name == "quantity" and len({line.unit for line in goods}) > 1:
            return  # pieces and kilograms are not added up
        total = sum(told, Decimal(0))
        for _, amount, where, _ in self._of(name):
            if abs(amount - total) > max(_CENT * len(goods), abs(total) / 1000):
                what = name.replace("_", " ")
                message = (
                    f"the lines come to a {what} of {total}, the paper says {amount}"
                )
                yield Problem("totals_differ", message, self.file, where, str(amount))


def paper(
    goods: Sequence[GoodsLine],
    parties: Sequence[Involved],
    days: Mapping[str, Mapping[date, str]],
    file: str = "",
) -> list[Problem]:
    """Everything about lines, ships and days that cannot be."""
    return [
        *goods_problems(goods, file),
        *number_problems(parties, file),
        *_days(days, file),
    ]


def goods_problems(goods: Iterable[GoodsLine], file: str = "") -> Iterator[Problem]:
    """Quantities, weights, values and units of lines that cannot be."""
    for line in goods:
        where = line.spot.path or f"goods line {line.line}"
        yield from _quantity(line, file, where)
        net, gross = line.net_weight, line.gross_weight
        for name, weight in (("net weight", net), ("gross weight", gross)):
            if weight is not None and weight < 0:
                message = f"a {name} is not below 0; correct it"
                yield Problem("bad_weight", message, file, where, str(weight))
        if net is not None and gross is not None and net > gross:
            message = "the net weight is above the gross weight; correct one of them"
            yield Problem("bad_weight", message, file, where, f"{net} > {gross}")
        if line.value is not None and line.value.amount < 0:
            message = "the value of a line is not below 0; is it a deduction?"
            yield Problem("bad_amount", message, file, where, str(line.value))
        yield from _product(line, file, where)


def _quantity(line: GoodsLine, file: str, where: str) -> Iterator[Problem]:
    if line.quantity is None:
        return
    unit = unit_of(line.unit)
    said = f"{line.quantity} {line.unit}".strip()
    if line.quantity <= 0:
        message = "a quantity is above 0; correct it"
        yield Problem("bad_quantity", message, file, where, said)
    elif line.quantity > _MOST:
        message = "no ship carries such a quantity; correct it"
        yield Problem("bad_quantity", message, file, where, said)
    elif (
        unit is not None and unit.whole and line.quantity != line.quantity.to_integral()
    ):
        message = f"a {unit.name} cannot be divided; correct quantity or unit"
        yield Problem("bad_quantity", message, file, where, said)


def _product(line: GoodsLine, file: str, where: str) -> Iterator[Problem]:
    """Quantity times unit price is the value, as exactly as the price is written."""
    price, value = line.unit_price, line.value
    if price is None or value is None or line.quantity is None:
        return
    if price.currency != value.currency:
        message = "unit price and value are in different currencies; correct one"
        said = f"{price.currency}, {value.currency}"
        yield Problem("several_currencies", message, file, where, said)
        return
    exponent = price.amount.as_tuple().exponent
    step = Decimal(1).scaleb(min(int(exponent), -2)) / 2
    product = line.quantity * price.amount
    if abs(product - value.amount) > abs(line.quantity) * step + _CENT:
        message = (
            f"{line.quantity} times {price.amount} is {product}, the line says "
            f"{value.amount}: check quantity, price and value"
        )
        yield Problem("line_total_differs", message, file, where, str(value.amount))


def number_problems(parties: Iterable[Involved], file: str = "") -> Iterator[Problem]:
    """Numbers of ships whose check digit does not agree."""
    for involved in parties:
        for kind, value in involved.party.identifiers:
            # The numbers of owners have another check digit; a ship's is asked for.
            if kind == "imo" and involved.role is Role.VESSEL and not is_imo(value):
                message = (
                    "the check digit of this IMO number does not agree; a ship has "
                    "seven digits and the last follows from the others"
                )
                where = involved.spot.path or str(involved.role)
                yield Problem("bad_checksum", message, file, where, value)


def _days(days: Mapping[str, Mapping[date, str]], file: str) -> Iterator[Problem]:
    """Days that contradict each other."""
    for name, found in days.items():
        if len(found) > 1 and name in ("day", "shipped"):
            said = ", ".join(day.isoformat() for day in sorted(found))
            where = list(found.values())[-1]
            message = "the paper gives several days for the same; correct it"
            yield Problem("contradictory_dates", message, file, where, said)
    for first, later, most, message in _ORDERS:
        for day, _ in days.get(first, {}).items():
            for other, where in days.get(later, {}).items():
                if not 0 <= (other - day).days <= most:
                    said = f"{day.isoformat()}, {other.isoformat()}"
                    yield Problem("contradictory_dates", message, file, where, said)


_ANY = 100_000
_ORDERS = (
    (
        "shipped",
        "arrives",
        _YEAR,
        "the goods arrive before they leave, or a year later",
    ),
    ("agreed", "shipped", _ANY, "the goods leave before the contract was made"),
    ("agreed", "day", _ANY, "the invoice is older than the contract it is for"),
    ("day", "ends", _ANY, "what is due or expires does so before the paper was made"),
)
"""Which day comes before which, by how many days at most."""
