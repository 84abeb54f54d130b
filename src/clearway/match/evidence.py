"""What one comparison found, in numbers and in words."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """One respect in which a party and an entity were compared.

    `agreement` runs from 0 (contradicts) to 1 (the same); `effect` is what the
    comparison did to the score, in points of 0 to 1 and within the bounds its feature
    documents; `because` is the sentence a reviewer reads.
    """

    feature: str
    agreement: float
    effect: float
    query: str
    listed: str
    because: str

    def to_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order; numbers rounded to four places."""
        return {
            "feature": self.feature,
            "agreement": round(self.agreement, 4),
            "effect": round(self.effect, 4),
            "query": self.query,
            "listed": self.listed,
            "because": self.because,
        }
