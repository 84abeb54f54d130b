"""Compare two parties and say why; never search."""

from clearway.match.score import REVIEW_THRESHOLD, NameComparison, compare_names

__all__ = ["REVIEW_THRESHOLD", "NameComparison", "compare_names"]
