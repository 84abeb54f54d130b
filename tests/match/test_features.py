import pytest

from clearway.match.features import FEATURES, Feature, birth_date, identifier
from clearway.match.subject import Number, Subject
from clearway.model import Kind, PartialDate


def born(text: str) -> Subject:
    return Subject(Kind.PERSON, (), births=(PartialDate.parse(text),))


def agreement(mine: str, theirs: str) -> float:
    found = birth_date(born(mine), born(theirs))
    assert found is not None
    return found.agreement


def test_dates_are_ordered_by_how_near_they_are() -> None:
    order = [
        ("1952-10-07", "1952-10-07"),  # the same
        ("1952-10-07", "1952-07-10"),  # day and month swapped
        ("1952-10-07", "1952"),  # the year agrees
        ("1952-10-07", "1952-01-01"),  # a stand-in for an unknown day
        ("1952-10-07", "circa 1953"),  # near
        ("1952-10-07", "1955-01-20"),  # a few years
        ("1952-10-07", "1988-03-01"),  # contradicts
    ]
    values = [agreement(mine, theirs) for mine, theirs in order]
    assert values == sorted(values, reverse=True)
    assert values[0] == 1.0
    assert values[-1] == 0.0


def test_near_dates_do_not_contradict() -> None:
    for theirs in ("1953-10-07", "1952-10-08", "circa 1954", "1950 to 1953"):
        assert agreement("1952-10-07", theirs) >= 0.5


def test_the_reason_is_a_sentence_for_a_reviewer() -> None:
    found = birth_date(born("1961"), born("1988-05-01"))
    assert found is not None
    assert found.because == "birth year 1961 against 1988: contradicts"


def test_silence_is_neither_agreement_nor_contradiction() -> None:
    empty = Subject(Kind.PERSON, ())
    for feature in FEATURES:
        assert feature.compare(empty, born("1952")) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("passport", "passport", True),
        ("", "passport", True),
        ("inn", "tax_id", True),
        ("passport", "imo", False),
    ],
)
def test_numbers_are_compared_within_their_type(
    mine: str, theirs: str, same: bool
) -> None:
    asked = Subject(Kind.ANY, (), numbers=(Number(mine, "7744000912", "7744000912"),))
    listed = Subject(
        Kind.ANY, (), numbers=(Number(theirs, "7744000912", "7744000912"),)
    )
    assert (identifier(asked, listed) is not None) is same


def test_a_feature_without_a_docstring_does_not_load() -> None:
    def mute(asked: Subject, listed: Subject) -> None:
        return None

    with pytest.raises(TypeError, match="mute has no docstring"):
        Feature(mute, 0.1, 0.1)


def test_every_feature_explains_itself_in_a_sentence() -> None:
    for feature in FEATURES:
        assert feature.meaning.endswith(".")
        assert 0 <= feature.lowers <= 0.3
