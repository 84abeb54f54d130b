"""Figures about scores and labels."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.bench.measures import (
    auc,
    best_f1,
    counts,
    evenly,
    f1,
    interval,
    percentile,
    share,
)

scores = st.lists(
    st.tuples(st.sampled_from([0.0, 0.25, 0.5, 0.7, 0.9, 1.0]), st.booleans()),
    max_size=30,
)


def test_f1_is_one_only_if_everything_stands_on_its_side_of_the_threshold() -> None:
    assert f1([(0.9, True), (0.2, False)], 0.7) == 1.0
    assert f1([(0.9, True), (0.8, False)], 0.7) == pytest.approx(2 / 3)
    assert f1([(0.2, False)], 0.7) == 0.0


@given(scores)
def test_no_threshold_beats_the_best_f1(scored: list[tuple[float, bool]]) -> None:
    best, at = best_f1(scored)
    assert best == f1(scored, at) or not scored
    assert all(best >= f1(scored, level) for level, _ in scored)


@given(scores)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    scored: list[tuple[float, bool]],
) -> None:
    true = [score for score, same in scored if same]
    false = [score for score, same in scored if not same]
    if not true or not false:
        assert math.isnan(auc(scored))
        return
    won = sum((t > f) + 0.5 * (t == f) for t in true for f in false)
    assert auc(scored) == pytest.approx(won / (len(true) * len(false)))


@given(scores)
def test_found_and_missed_are_all_the_true_ones(
    scored: list[tuple[float, bool]],
) -> None:
    found, wrong, missed = counts(scored, 0.7)
    assert found + missed == sum(same for _, same in scored)
    assert wrong <= sum(not same for _, same in scored)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [5.0, 1.0, 2.0, 4.0, 3.0]
    assert percentile(values, 50) == 3.0
    assert percentile(values, 99) == 5.0
    assert percentile(values, 0) == 1.0
    assert math.isnan(percentile([], 50))


@given(st.integers(0, 50), st.integers(1, 50))
def test_an_interval_holds_the_share_and_stays_between_none_and_all(
    part: int, more: int
) -> None:
    whole = part + more
    low, high = interval(part, whole)
    assert 0.0 <= low <= share(part, whole) + 1e-12
    assert share(part, whole) - 1e-12 <= high <= 1.0


def test_a_larger_sample_says_more() -> None:
    few, many = interval(5, 10), interval(500, 1_000)
    assert many[1] - many[0] < few[1] - few[0]
    assert interval(0, 0) == (0.0, 1.0)


def test_a_share_of_nothing_is_not_a_number() -> None:
    assert math.isnan(share(0, 0))


@given(st.integers(0, 100), st.integers(1, 120))
def test_a_sample_is_in_order_and_without_repetition(size: int, count: int) -> None:
    chosen = evenly(range(size), count)
    assert len(chosen) == min(size, count)
    assert chosen == sorted(set(chosen))
    assert evenly(range(size), None) == list(range(size))
