import json
from collections.abc import Callable

from clearway.lists.census import Census, Tally, census
from clearway.lists.reading import Reading

ReadingOf = Callable[..., Reading]

THREE = """FAKE roll - -
1|person|LENIN, Vladimir;ULYANOV, V.;~Old Man|1870-04-22|ru|passport:12
2|vessel|AURORA|||imo:9187629
3|organization|ACME
"""


def test_a_census_counts_what_each_entity_carries(reading_of: ReadingOf) -> None:
    assert reading_of(THREE).census == Census(
        records=3,
        entities=3,
        names=5,
        weak_names=1,
        aliases=2,
        identifiers=2,
        addresses=0,
        with_birth_date=1,
        with_identifier=2,
        with_country=1,
        with_alias=1,
        persons_with_birth_date=1,
        kinds={"person": 1, "vessel": 1, "organization": 1},
        name_types={"primary": 3, "alias": 2},
    )


def test_a_census_survives_json(reading_of: ReadingOf) -> None:
    counts = reading_of(THREE).census
    assert Census.from_dict(json.loads(json.dumps(counts.to_dict()))) == counts


def test_what_is_counted_and_taken_back_leaves_no_trace(reading_of: ReadingOf) -> None:
    tally = Tally()
    entities = list(reading_of(THREE).entities)
    for entity in entities:
        tally.add(entity)
    for entity in entities[1:]:
        tally.remove(entity)
    assert tally.census() == census(entities[:1], records=0)


def test_an_empty_list_has_an_empty_census() -> None:
    assert census(()) == Census()
