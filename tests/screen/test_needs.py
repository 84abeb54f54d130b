"""No hit is spared: what a name needs is never more than what makes a hit of it."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.index.facts import FAR, NEAR, Birth, Country
from clearway.match.names import NameMatch
from clearway.match.score import name_alone, score
from clearway.match.subject import Subject
from clearway.model import Kind, PartialDate
from clearway.screen.needs import HOPELESS, facts_of

DAYS = st.dates(date(1940, 1, 1), date(1999, 12, 31))
BIRTHS = st.lists(
    st.one_of(
        DAYS.map(lambda day: PartialDate.parse(day.isoformat())),
        DAYS.map(lambda day: PartialDate.parse(str(day.year))),
        DAYS.map(lambda day: PartialDate.parse(f"circa {day.year}")),
    ),
    max_size=2,
).map(tuple)
SUBJECTS = st.builds(
    Subject,
    kind=st.sampled_from(list(Kind)),
    names=st.just(()),
    births=BIRTHS,
    countries=st.frozensets(st.sampled_from(["ru", "cn", "de"]), max_size=2),
    places=st.sampled_from([(), ("moscow",), ("tver oblast",)]),
    gender=st.sampled_from(["", "m", "f"]),
)


def _births(asked: Subject, listed: Subject) -> Birth:
    if not asked.births or not listed.births:
        return Birth.SILENT
    first, last = facts_of(asked, 0.7).years
    born = [day.earliest.year for day in listed.births]
    until = [day.latest.year for day in listed.births]
    gap = max(0, min(born) - last, first - max(until))
    return Birth.NEAR if gap <= NEAR else Birth.FAR if gap <= FAR else Birth.ELSE


def _countries(asked: Subject, listed: Subject) -> Country:
    if not asked.countries or not listed.countries:
        return Country.SILENT
    shared = asked.countries & listed.countries
    return Country.SHARED if shared else Country.OTHER


@settings(max_examples=400)
@given(SUBJECTS, SUBJECTS, st.floats(HOPELESS, 1.0), st.floats(0.0, 1.0))
def test_a_name_that_makes_a_hit_scored_what_it_needed(
    asked: Subject, listed: Subject, agreed: float, distinct: float
) -> None:
    match = NameMatch(agreed, distinct, (), (), ())
    found = score(asked, listed, names=(match, "", ""))
    if found.score < 0.70:
        return
    facts = facts_of(asked, 0.70)
    other = 0 if asked.kind.may_be(listed.kind) else 1
    needed = facts.least[_births(asked, listed), _countries(asked, listed), other]
    assert name_alone(match) >= min(needed, 1.0) or name_alone(match) < HOPELESS


def test_what_is_known_says_how_much_a_name_needs() -> None:
    person = Subject(Kind.PERSON, (), (PartialDate.parse("1960"),), frozenset({"ru"}))
    least = facts_of(person, 0.70).least
    alone = least[Birth.SILENT, Country.SILENT, 0]
    assert abs(alone - 0.70) < 0.001
    assert least[Birth.ELSE, Country.SILENT, 0] > alone
    assert least[Birth.SILENT, Country.OTHER, 0] > alone
    assert least[Birth.NEAR, Country.SHARED, 0] < alone
    assert least[Birth.SILENT, Country.SILENT, 1] > alone
