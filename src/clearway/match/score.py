"""Names and features to one score with its evidence: one computation for both."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from clearway.match.evidence import Evidence
from clearway.match.features import FEATURES, Feature
from clearway.match.names import NOTHING, NameMatch, compare
from clearway.match.subject import Subject
from clearway.model import Kind

REVIEW_THRESHOLD = 0.70
"""The default score from which a hit is shown for review."""
STOP_THRESHOLD = 0.95
"""The score from which a match is certain enough to stop."""

NAME_ALONE = 0.80
"""What two equal names of the commonest words score with nothing else known."""
NAME_RARE = 0.14
"""What rare words add to that."""
COMMON_MUST_AGREE = 1.0
"""How much more exactly a common name must agree than a rare one."""
DECISIVE = 0.98
"""An equal identifier is never scored below this, whatever contradicts."""
MOST_LOWERED = 0.30
"""All contradictions together take away no more than this."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score from 0 to 1 and all the evidence it was made from."""

    score: float
    evidence: tuple[Evidence, ...]
    name: NameMatch


def name_alone(match: NameMatch) -> float:
    """The score of names with nothing else known: agreement, graded by rarity."""
    doubt = 1.0 + COMMON_MUST_AGREE * (1.0 - match.rarity)
    return math.pow(match.score, doubt) * (NAME_ALONE + NAME_RARE * match.distinct)


def kind_compared(asked: Kind, listed: Kind) -> Kind:
    """The kind by whose habits two names are compared: the user's word comes first."""
    return listed if asked is Kind.ANY else asked


def best_names(asked: Subject, listed: Subject) -> tuple[NameMatch, str, str]:
    """The pair of names that agree best, and the two spellings."""
    best, pair, value = NOTHING, ("", ""), -1.0
    kind = kind_compared(asked.kind, listed.kind)
    for query in asked.names:
        for name in listed.names:
            match = compare(query, name, kind)
            if (alone := name_alone(match)) > value:
                best, pair, value = match, (query.text, name.text), alone
    return best, *pair


def score(
    asked: Subject,
    listed: Subject,
    *,
    names: tuple[NameMatch, str, str] | None = None,
    features: Sequence[Feature] = FEATURES,
) -> Scored:
    """Compare a party with an entity; `names` if `best_names` was already asked.

    The score begins with the names. Evidence that agrees closes part of the distance
    to 1, evidence that contradicts takes points away within bounds, an equal
    identifier sets a floor that nothing lowers; silence changes nothing.
    """
    match, query, name = names or best_names(asked, listed)
    total = name_alone(match)
    evidence = [Evidence("name", match.score, total, query, name, match.because())]
    found = [
        (feature, comparison)
        for feature in features
        if (comparison := feature.compare(asked, listed)) is not None
    ]
    mover = _Mover(total)
    for feature, comparison in found:
        effect = mover.move(feature, comparison.agreement)
        evidence.append(
            Evidence(
                feature.name,
                comparison.agreement,
                effect,
                comparison.query,
                comparison.listed,
                comparison.because,
            )
        )
    total = mover.total
    return Scored(round(total, 4), tuple(evidence), match)


class _Mover:
    """A score on its way: each feature in turn moves it within its bounds."""

    def __init__(self, total: float) -> None:
        self.total = total
        self._lowered = 0.0
        self._decided = False

    def move(self, feature: Feature, agreement: float) -> float:
        """Move the score by what a feature found; the points it was moved by."""
        effect = _effect(feature, agreement, self.total)
        if effect < 0:
            effect = -min(-effect, MOST_LOWERED - self._lowered)
            self._lowered -= effect
        decides = feature.name == "identifier" and agreement == 1.0
        self._decided = self._decided or decides
        if self._decided:
            effect = max(effect, DECISIVE - self.total)
        self.total = min(1.0, max(0.0, self.total + effect))
        return effect


def _effect(feature: Feature, agreement: float, total: float) -> float:
    """Points a comparison moves the score: up from 0.5, down below it."""
    lean = 2.0 * agreement - 1.0
    if lean >= 0:
        return (1.0 - total) * feature.raises * lean * min(1.0, total / 0.6)
    return feature.lowers * lean


@lru_cache(maxsize=4096)
def least_name(threshold: float, agreements: tuple[tuple[str, float], ...]) -> float:
    """The least score of names that can still reach a threshold.

    `agreements` are the best that features named could find, in the order of FEATURES.
    """
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        mover = _Mover(middle)
        for name, agreement in agreements:
            mover.move(_BY_NAME[name], agreement)
        low, high = (low, middle) if mover.total >= threshold else (middle, high)
    return high


_BY_NAME = {feature.name: feature for feature in FEATURES}
