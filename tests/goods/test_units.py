"""Units of quantity as papers of several countries write them."""

from decimal import Decimal

import pytest

from clearway.goods.units import KG, PIECE, unit_of


@pytest.mark.parametrize(
    "written",
    ["pcs", "PCE", "pc.", "шт", "шт.", "台", "个", "Stk.", "Stück", "Adet", "EA"],
)
def test_a_piece_has_a_word_in_every_language(written: str) -> None:
    unit = unit_of(written)
    assert unit is not None
    assert (unit.measure, unit.factor, unit.whole) == (PIECE, Decimal(1), True)


@pytest.mark.parametrize(
    ("written", "kilograms"),
    [("kg", "1"), ("КГ", "1"), ("公斤", "1"), ("t", "1000"), ("тн", "1000"),
     ("吨", "1000"),
     ("M/T", "1000"), ("g", "0.001"), ("lbs", "0.45359237")],
)  # fmt: skip
def test_weights_are_told_in_kilograms(written: str, kilograms: str) -> None:
    unit = unit_of(written)
    assert unit is not None
    assert (unit.measure, unit.factor) == (KG, Decimal(kilograms))


def test_a_thousand_pieces_and_a_dozen_are_pieces() -> None:
    thousand, dozen = unit_of("тыс. шт"), unit_of("dozen")
    assert thousand is not None
    assert dozen is not None
    assert (thousand.measure, thousand.factor) == (PIECE, Decimal(1000))
    assert (dozen.measure, dozen.factor) == (PIECE, Decimal(12))


@pytest.mark.parametrize(
    "written", ["m2", "м²", "sqm", "平方米", "set", "套", "ctn", "箱"]
)
def test_other_units_are_known_and_compare_with_themselves_only(written: str) -> None:
    unit = unit_of(written)
    assert unit is not None
    assert unit.measure == unit.name


@pytest.mark.parametrize("written", ["", "blorps", "12", "NO_SU"])
def test_a_word_nobody_knows_is_no_unit(written: str) -> None:
    assert unit_of(written) is None
