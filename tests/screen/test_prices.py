"""Unit prices beside usual ones: what is far out is told with its numbers."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.model import GoodsLine, Money, Transaction
from clearway.screen.prices import (
    LEAST_LINES,
    Compared,
    Peers,
    compared,
    price_facts,
    unit_prices,
)

DAY = date(2024, 5, 14)


def bearings(value: str, quantity: str = "100", unit: str = "pcs") -> GoodsLine:
    money = Money(Decimal(value), "USD")
    return GoodsLine("8482.10", quantity=Decimal(quantity), unit=unit, value=money)


def against_papers(*lines: GoodsLine) -> tuple[Compared, ...]:
    """The last line beside the others of its paper."""
    peers = Peers.of([Transaction(goods=lines)])
    return compared(
        lines[-1], peers, None, exporter="", destination="", day=DAY, asked=DAY
    )


@dataclass(frozen=True)
class Known:
    """One unit value, as the compiled table gives it."""

    currency: str = "USD"
    median: float = 10.0
    spread: float = 0.2
    count: int = 24
    words: str = "figures of 848210"


@dataclass(frozen=True)
class Figures:
    known: Known

    def of(
        self, code: str, exporter: str, destination: str, measure: str, day: str
    ) -> tuple[Known, ...]:
        return (self.known,) if (code, measure) == ("848210", "kg") else ()


def against_figures(line: GoodsLine, known: Known) -> tuple[Compared, ...]:
    return compared(
        line,
        Peers(),
        Figures(known),
        exporter="cn",
        destination="ru",
        day=DAY,
        asked=DAY,
    )


def test_a_price_is_by_piece_by_weight_or_both() -> None:
    by_piece = unit_prices(bearings("1000"))
    by_weight = unit_prices(bearings("1000", "2", "t"))
    both = unit_prices(replace(bearings("1000"), net_weight=Decimal(50)))
    assert [(p.measure, p.amount) for p in by_piece] == [("piece", Decimal(10))]
    assert [(p.measure, p.amount) for p in by_weight] == [("kg", Decimal("0.5"))]
    assert [(p.measure, p.amount) for p in both] == [
        ("piece", Decimal(10)),
        ("kg", Decimal(20)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        replace(bearings("1000"), code=""),
        replace(bearings("1000"), code="84"),
        replace(bearings("1000"), value=None),
        bearings("1000", "5", "m2"),
        bearings("0"),
    ],
)
def test_what_is_not_said_has_no_price(line: GoodsLine) -> None:
    assert unit_prices(line) == ()


def test_a_line_ten_times_dearer_than_the_others_is_outside() -> None:
    usual = [bearings(str(1000 + n)) for n in range(LEAST_LINES)]
    (one,) = against_papers(*usual, bearings("10000"))
    assert one.outside
    assert one.count == LEAST_LINES
    assert 9 < one.ratio < 11
    facts = price_facts([one])
    assert facts["goods.price_ratio"] == one.ratio
    assert facts["goods.price_outlier"] is True


def test_a_line_like_the_others_says_nothing_to_the_rules() -> None:
    usual = [bearings(str(1000 + n)) for n in range(LEAST_LINES)]
    (one,) = against_papers(*usual, bearings("1100"))
    assert not one.outside
    assert price_facts([one]) == {}


def test_too_few_lines_say_nothing() -> None:
    usual = [bearings("1000") for _ in range(LEAST_LINES - 1)]
    assert against_papers(*usual, bearings("10000")) == ()


def test_statistics_are_asked_by_weight_and_decide() -> None:
    line = replace(bearings("5000"), net_weight=Decimal(100))
    (one,) = against_figures(line, Known())
    assert (one.source, one.outside, one.ratio) == ("statistics", True, Decimal(5))
    milder = replace(one, source="papers", outside=False, ratio=Decimal(1))
    assert price_facts([one, milder])["goods.price_ratio"] == 5


def test_a_wide_spread_and_few_observations_excuse_a_price() -> None:
    line = replace(bearings("2400"), net_weight=Decimal(100))
    assert against_figures(line, Known())[0].outside
    assert not against_figures(line, Known(spread=0.6))[0].outside
    assert not against_figures(line, Known(count=5))[0].outside


def test_another_currency_is_compared_at_a_rate_that_is_told() -> None:
    line = replace(bearings("7200"), net_weight=Decimal(100))
    assert line.value is not None
    yuan = replace(line, value=Money(line.value.amount, "CNY"))
    (one,) = against_figures(yuan, Known())
    assert Decimal("0.9") < one.ratio < Decimal("1.1")
    assert "from memory" in one.words
    assert against_figures(replace(line, value=Money(Decimal(9), "XOF")), Known()) == ()


@given(st.integers(1, 10**6), st.integers(2, 50))
def test_the_same_price_for_more_pieces_compares_the_same(
    cents: int, times: int
) -> None:
    usual = [bearings("1000") for _ in range(LEAST_LINES)]
    small = bearings(str(Decimal(cents) / 100))
    large = bearings(str(Decimal(cents) / 100 * times), str(100 * times))
    first, second = against_papers(*usual, small), against_papers(*usual, large)
    assert [one.ratio for one in first] == [one.ratio for one in second]
