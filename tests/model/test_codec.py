import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clearway.model import (
    Address,
    Birth,
    Country,
    Detail,
    Entity,
    Identifier,
    Kind,
    Link,
    Listing,
    Name,
    PartialDate,
)
from clearway.model.codec import from_dict, to_dict
from clearway.model.name import NameType, Quality

TEXT = st.text(max_size=8)
DAYS = st.builds(
    PartialDate,
    st.just(date(1950, 1, 1)),
    st.dates(min_value=date(1950, 1, 1)),
    st.booleans(),
    TEXT,
)
NAMES = st.builds(
    Name,
    TEXT,
    st.sampled_from(NameType),
    st.sampled_from(Quality),
    TEXT,
    TEXT,
    st.tuples(st.tuples(TEXT, TEXT)),
    TEXT,
)
LISTINGS = st.builds(
    Listing,
    TEXT,
    TEXT,
    TEXT,
    st.tuples(TEXT),
    st.tuples(TEXT),
    st.none() | DAYS,
    st.tuples(DAYS),
    st.none() | DAYS,
    TEXT,
    TEXT,
)
MAYBE = st.none() | DAYS
ENTITIES = st.builds(
    Entity,
    TEXT,
    st.sampled_from(Kind),
    st.tuples(NAMES),
    st.tuples(LISTINGS),
    st.tuples(st.builds(Birth, MAYBE, TEXT, TEXT, TEXT, TEXT)),
    st.tuples(DAYS),
    st.tuples(st.builds(Country, TEXT, TEXT, TEXT, TEXT)),
    st.tuples(st.builds(Address, *[TEXT] * 9)),
    st.tuples(st.builds(Identifier, *[TEXT] * 4, MAYBE, MAYBE, *[TEXT] * 3)),
    st.tuples(st.builds(Link, *[TEXT] * 4)),
    st.tuples(st.builds(Detail, *[TEXT] * 3)),
)


@given(ENTITIES)
def test_an_entity_survives_being_written_as_json_and_read(entity: Entity) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(entity)))) == entity


def test_facts_that_are_not_there_take_no_room() -> None:
    entity = Entity("ofac-36", Kind.ORGANIZATION, (Name("AEROCARIBBEAN AIRLINES"),), ())
    assert to_dict(entity) == {
        "id": "ofac-36",
        "kind": "organization",
        "names": [{"text": "AEROCARIBBEAN AIRLINES"}],
    }
