"""The table of features: what is compared beside names, and how much it may count.

A feature returns what it found as `Comparison`, or None where one side is silent. The
table's bounds, not the feature, decide how far the score moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clearway.match.subject import Number, Subject
from clearway.model import Kind, PartialDate
from clearway.names import countries, identifiers


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreement from 0 (contradicts) over 0.5 (says nothing) to 1, and the reason."""

    agreement: float
    query: str
    listed: str
    because: str


@dataclass(frozen=True, slots=True)
class Feature:
    """A named comparison; the first line of its docstring is what the user reads.

    `raises` is the share of the distance to 1 that full agreement closes, `lowers` the
    points that full contradiction takes away.
    """

    compare: Callable[[Subject, Subject], Comparison | None]
    raises: float
    lowers: float

    def __post_init__(self) -> None:
        """A feature that does not explain itself does not load."""
        if not (self.compare.__doc__ or "").strip():
            raise TypeError(f"feature {self.compare.__name__} has no docstring")

    @property
    def name(self) -> str:
        """The name under which the evidence is reported."""
        return self.compare.__name__

    @property
    def meaning(self) -> str:
        """The first line of the comparison's docstring."""
        return (self.compare.__doc__ or "").strip().splitlines()[0]


def identifier(asked: Subject, listed: Subject) -> Comparison | None:
    """An equal passport, tax, registration, IMO, BIC, LEI or wallet number decides.

    Numbers that differ say nothing: people and companies have several.
    """
    best: Comparison | None = None
    for mine in asked.numbers:
        for theirs in listed.numbers:
            if mine.normal != theirs.normal or not _comparable(mine, theirs):
                continue
            kind = theirs.type or mine.type or "identifier"
            sure = identifiers.decisive(theirs.type)
            because = f"{kind} {theirs.written} is the same"
            found = Comparison(
                1.0 if sure else 0.8, mine.written, theirs.written, because
            )
            if best is None or found.agreement > best.agreement:
                best = found
    return best


def _comparable(mine: Number, theirs: Number) -> bool:
    """Types agree, or one of them is unknown or a general word for the other."""
    general = {"", "other", "registration", "tax_id", "national_id"}
    return mine.type == theirs.type or mine.type in general or theirs.type in general


def birth_date(asked: Subject, listed: Subject) -> Comparison | None:
    """Birth dates agree, are near, or contradict; near dates are not different dates.

    Day and month swapped, a year off, an approximate date, the first of January as a
    stand-in for an unknown day: lists hold many of these.
    """
    if not asked.births or not listed.births:
        return None
    found = [_dates(mine, theirs) for mine in asked.births for theirs in listed.births]
    return max(found, key=lambda comparison: comparison.agreement)


def _dates(mine: PartialDate, theirs: PartialDate) -> Comparison:
    agreement, verdict = _near(mine, theirs)
    if mine.exact and theirs.exact and agreement > 0:
        words = "birth date"
    else:
        words = "birth year" if mine.year and theirs.year else "birth date"
    left, right = (
        (str(mine.year), str(theirs.year))
        if words == "birth year"
        else (str(mine), str(theirs))
    )
    because = f"{words} {left} against {right}: {verdict}"
    return Comparison(agreement, str(mine), str(theirs), because)


def _near(mine: PartialDate, theirs: PartialDate) -> tuple[float, str]:
    if mine.exact and theirs.exact:
        return _days(mine.earliest, theirs.earliest)
    gap = _years_apart(mine, theirs)
    if gap == 0:
        one_year = mine.year is not None and mine.year == theirs.year
        if one_year and not (mine.circa or theirs.circa):
            return 0.72, "agrees"
        return 0.66, "agrees within what is known"
    loose = 2 if mine.circa or theirs.circa else 1
    if gap <= loose:
        return 0.55, "near"
    if gap <= loose + 2:
        return 0.3, "differs by a few years"
    return 0.0, "contradicts"


def _days(mine: date, theirs: date) -> tuple[float, str]:
    if mine == theirs:
        return 1.0, "the same"
    years = abs(mine.year - theirs.year)
    same_day = (mine.month, mine.day) == (theirs.month, theirs.day)
    if years == 0:
        if (mine.month, mine.day) == (theirs.day, theirs.month):
            return 0.9, "day and month swapped"
        if (1, 1) in ((mine.month, mine.day), (theirs.month, theirs.day)):
            return 0.72, "the year agrees, the day is a stand-in"
        if abs((mine - theirs).days) <= 31 or mine.day == theirs.day:
            return 0.75, "near"
        return 0.6, "the year agrees"
    if same_day and years <= 10:
        return 0.65, "the day agrees, the year does not"
    if years <= 1:
        return 0.42, "near, but day, month and year differ"
    if years <= 3:
        return 0.3, "differs by a few years"
    return 0.0, "contradicts"


def _years_apart(mine: PartialDate, theirs: PartialDate) -> int:
    """Whole years between two spans; 0 where they overlap."""
    if mine.overlaps(theirs):
        return 0
    if mine.latest < theirs.earliest:
        return max(1, theirs.earliest.year - mine.latest.year)
    return max(1, mine.earliest.year - theirs.latest.year)


def country(asked: Subject, listed: Subject) -> Comparison | None:
    """A country of one is a country of the other, by nationality, birth or address."""
    if not asked.countries or not listed.countries:
        return None
    both = asked.countries & listed.countries
    mine, theirs = _named(asked.countries), _named(listed.countries)
    if both:
        return Comparison(1.0, mine, theirs, f"country {_named(both)} agrees")
    return Comparison(0.0, mine, theirs, f"country {mine} against {theirs}: differs")


def _named(codes: frozenset[str]) -> str:
    return ", ".join(countries.name(code) or code for code in sorted(codes))


def birth_place(asked: Subject, listed: Subject) -> Comparison | None:
    """A distinctive word of the birth places is the same."""
    if not asked.places or not listed.places:
        return None
    best: tuple[int, str, str, set[str]] = (0, asked.places[0], listed.places[0], set())
    for mine in asked.places:
        for theirs in listed.places:
            both = _place_words(mine) & _place_words(theirs)
            if len(both) > best[0]:
                best = (len(both), mine, theirs, both)
    count, query, place, both = best
    if not count:
        return Comparison(0.4, query, place, "birth places have no word in common")
    agreement = min(1.0, 0.6 + 0.2 * count)
    words = ", ".join(sorted(both))
    return Comparison(agreement, query, place, f"birth place: {words} the same")


# Words that say what sort of place it is, not which.
_PLACE_WORDS = frozenset(
    {"district", "province", "region", "city", "village", "area", "town", "county"}
    | {"state", "oblast", "republic", "governorate", "municipality", "division"}
    | {"of", "the", "in", "near", "and"}
)


def _place_words(place: str) -> set[str]:
    return {word for word in place.split() if len(word) > 2} - _PLACE_WORDS


def gender(asked: Subject, listed: Subject) -> Comparison | None:
    """Genders published for both differ or agree."""
    if not asked.gender or not listed.gender:
        return None
    same = asked.gender == listed.gender
    word = "agrees" if same else "differs"
    return Comparison(
        0.6 if same else 0.0, asked.gender, listed.gender, f"gender {word}"
    )


def kind(asked: Subject, listed: Subject) -> Comparison | None:
    """A person is not a company, a company is not a ship."""
    if Kind.ANY in (asked.kind, listed.kind) or asked.kind is listed.kind:
        return None
    because = f"{asked.kind} against {listed.kind}: another kind of thing"
    return Comparison(0.0, asked.kind, listed.kind, because)


FEATURES = (
    Feature(identifier, raises=0.98, lowers=0.0),
    Feature(birth_date, raises=0.60, lowers=0.24),
    Feature(country, raises=0.25, lowers=0.05),
    Feature(birth_place, raises=0.25, lowers=0.02),
    Feature(gender, raises=0.05, lowers=0.08),
    Feature(kind, raises=0.0, lowers=0.25),
)
"""Everything compared beside names, in the order in which it is shown."""
