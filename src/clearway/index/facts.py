"""What is known of a party beside its names, as far as it spares comparing names.

A name half alike can be a hit only if birth dates, countries and kinds may agree. How
much each name must score is told by the caller in a table; here it is looked up for
the entities that bear a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clearway.names.analyse import NameForm

YEAR_UNKNOWN = (0, 9999)
"""The years of an entity whose birth is not known: any."""
NEAR, FAR = 1, 10
"""Years apart up to which births may agree, and up to which they may be near."""
WORDS = 4
"""64-bit words that hold a set of countries."""
SLACK = 0.08
"""How far the index's estimate may lie below the score of the names."""


class Birth(IntEnum):
    """How the births of two parties may compare."""

    SILENT = 0
    NEAR = 1
    FAR = 2
    ELSE = 3


class Country(IntEnum):
    """How the countries of two parties compare."""

    SILENT = 0
    SHARED = 1
    OTHER = 2


def country_set(codes: Iterable[str]) -> tuple[int, ...]:
    """A set of ISO alpha-2 codes as bits; two codes on one bit err to more."""
    words = [0] * WORDS
    for code in codes:
        if len(code) == 2:
            bit = (ord(code[0]) * 26 + ord(code[1])) % (64 * WORDS)
            words[bit // 64] |= 1 << (bit % 64)
    return tuple(words)


@dataclass(frozen=True)
class Facts:
    """Years of birth, countries and kind asked, and the least score of names they need.

    `least` is read by how births, countries and kinds compare (see `Birth`, `Country`;
    kinds 0 may be the same, 1 differ). An equal name of the commonest words scores
    `alone`, rare words add up to `rare`; `common` is how much more exactly common words
    must agree (see clearway.match.score.name_alone).
    """

    least: NDArray[np.float32]
    years: tuple[int, int] = (0, 0)
    countries: tuple[int, ...] = (0,) * WORDS
    kinds: int = -1
    alone: float = 1.0
    rare: float = 0.0
    common: float = 0.0

    @property
    def lowest(self) -> float:
        """The lowest score that may do for anybody."""
        return float(self.least.min())


def anybody(least: float) -> Facts:
    """Nothing known but a name: each name needs the same score."""
    return Facts(np.full((4, 3, 2), least, np.float32))


class Query(NamedTuple):
    """A name to look for and what else is known."""

    form: NameForm
    facts: Facts
