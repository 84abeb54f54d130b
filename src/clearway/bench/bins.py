"""Judged scores in bins: how far a score is from how often it is true."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clearway.bench.measures import share

PAIRS = "name pairs"
"""The source that judges names alone; all others judge hits of screenings."""
_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Bins are narrow from the review threshold on, where people read scores."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A score, whether the two are the same party, and where the label comes from."""

    score: float
    true: bool
    source: str


@dataclass(frozen=True, slots=True)
class Bin:
    """The scores from `low` to below `high`: how many, how many of them true."""

    low: float
    high: float
    count: int
    true: int
    mean: float

    @property
    def share(self) -> float:
        """How often such a hit is true."""
        return share(self.true, self.count)


def binned(judged: Sequence[Judged]) -> list[Bin]:
    """The scores in bins; the last takes 1.0 in; empty bins are left out."""
    bins = []
    for low, high in pairwise(_EDGES):
        here = [
            item
            for item in judged
            if low <= item.score < high or (high == 1.0 and item.score == 1.0)
        ]
        if here:
            mean = sum(item.score for item in here) / len(here)
            true = sum(item.true for item in here)
            bins.append(Bin(low, high, len(here), true, mean))
    return bins


def error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: |mean score - share true|, weighted by count."""
    total = sum(one.count for one in bins)
    if not total:
        return math.nan
    return sum(one.count * abs(one.mean - one.share) for one in bins) / total
