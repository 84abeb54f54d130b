"""Compare two parties and say why; never search."""

from clearway.match.pairs import NameComparison, compare_names
from clearway.match.score import REVIEW_THRESHOLD

__all__ = ["REVIEW_THRESHOLD", "NameComparison", "compare_names"]
