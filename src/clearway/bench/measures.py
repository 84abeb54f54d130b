"""Figures about scores and labels: F1, area under the curve, percentiles, intervals."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

_T = TypeVar("_T")

Scored = Sequence[tuple[float, bool]]
"""Scores with whether the pair is the same party."""


def f1(scored: Scored, threshold: float) -> float:
    """Harmonic mean of precision and recall of calling scores from a threshold true."""
    true = sum(same and score >= threshold for score, same in scored)
    said = sum(score >= threshold for score, _ in scored)
    real = sum(same for _, same in scored)
    return 2 * true / (said + real) if said + real else 0.0


def best_f1(scored: Scored) -> tuple[float, float]:
    """The best F1 any threshold gives, and the lowest threshold that gives it."""
    choices = sorted({score for score, _ in scored})
    best = max(((f1(scored, level), -level) for level in choices), default=(0.0, 0.0))
    return best[0], -best[1]


def auc(scored: Scored) -> float:
    """The chance that a true pair scores above a false one; ties count half.

    NaN where one side has no pair.
    """
    true = [score for score, same in scored if same]
    false = sorted(score for score, same in scored if not same)
    if not true or not false:
        return math.nan
    won = sum(
        (bisect_left(false, score) + bisect_right(false, score)) / 2 for score in true
    )
    return won / (len(true) * len(false))


def counts(scored: Scored, threshold: float) -> tuple[int, int, int]:
    """True pairs said, false pairs said, true pairs missed."""
    right = sum(same and score >= threshold for score, same in scored)
    wrong = sum(not same and score >= threshold for score, same in scored)
    missed = sum(same and score < threshold for score, same in scored)
    return right, wrong, missed


def share(part: int, whole: int) -> float:
    """A part of a whole; NaN of nothing."""
    return part / whole if whole else math.nan


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest value that at least `percent` of all values do not exceed."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def interval(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share: what a sample of this size can say."""
    if not whole:
        return 0.0, 1.0
    p = part / whole
    middle = p + z * z / (2 * whole)
    spread = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    below = 1 + z * z / whole
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def evenly(rows: Sequence[_T], count: int | None) -> list[_T]:
    """At most `count` of the rows, evenly spaced, so that no part is left out."""
    if count is None or count >= len(rows):
        return list(rows)
    return [rows[number * len(rows) // count] for number in range(count)]
