"""How much the names must score, for what else is known of a party, to make a hit."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from clearway.index.build import KINDS
from clearway.index.facts import Birth, Country, Facts, country_set
from clearway.match.score import (
    COMMON_MUST_AGREE,
    NAME_ALONE,
    NAME_RARE,
    least_name,
)
from clearway.match.subject import Subject
from clearway.model import Kind

HOPELESS = 0.46
"""Names scoring below this are not brought to review by any other evidence."""
_ROUNDING = 0.0002
# The best each comparison can find. Births a few years apart may have the same day
# (clearway.match.features.birth_date).
_BIRTHS: dict[Birth, float | None] = {
    Birth.SILENT: None,
    Birth.NEAR: 1.0,
    Birth.FAR: 0.65,
    Birth.ELSE: 0.0,
}
_COUNTRIES: dict[Country, float | None] = {
    Country.SILENT: None,
    Country.SHARED: 1.0,
    Country.OTHER: 0.0,
}
_PLACE, _GENDER, _OTHER_KIND = 1.0, 0.6, 0.0


def facts_of(asked: Subject, threshold: float) -> Facts:
    """What is known of a party beside its names, and what names need with it."""
    births = asked.births
    years = (
        (
            min(birth.earliest.year for birth in births),
            max(birth.latest.year for birth in births),
        )
        if births
        else (0, 0)
    )
    return Facts(
        least=least_table(
            threshold, places=bool(asked.places), gender=bool(asked.gender)
        ),
        years=years,
        countries=_countries(asked.countries),
        kinds=kind_bits(asked.kind),
        alone=NAME_ALONE,
        rare=NAME_RARE,
        common=COMMON_MUST_AGREE,
    )


_countries = lru_cache(maxsize=4096)(country_set)


@lru_cache(maxsize=len(KINDS))
def kind_bits(asked: Kind) -> int:
    """The kinds that a party of a kind may be, as bits in the order of `KINDS`."""
    return sum(1 << n for n, kind in enumerate(KINDS) if asked.may_be(kind))


@lru_cache(maxsize=256)
def least_table(threshold: float, *, places: bool, gender: bool) -> NDArray[np.float32]:
    """The least score of names by how births, countries and kinds compare."""
    table = np.zeros((len(Birth), len(Country), 2), np.float32)
    for birth, born in _BIRTHS.items():
        for country, shared in _COUNTRIES.items():
            for other in (0, 1):
                best = {
                    "birth_date": born,
                    "country": shared,
                    "birth_place": _PLACE if places else None,
                    "gender": _GENDER if gender else None,
                    "kind": _OTHER_KIND if other else None,
                }
                found = tuple((k, v) for k, v in best.items() if v is not None)
                least = max(HOPELESS, least_name(threshold, found))
                table[birth, country, other] = least - _ROUNDING
    return table
