from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.lists.diff import compare, paired
from clearway.lists.reading import Reading
from clearway.model import Entity, Kind, Name

ReadingOf = Callable[..., Reading]

OLD = """FAKE roll 2024-05-07 -
1|person|LENIN, Vladimir;ULYANOV, V.|1870-04-22|ru
2|vessel|AURORA
3|organization|ACME
"""
NEW = """FAKE roll 2024-05-09 -
1|person|LENIN, Vladimir;~Old Man|1870-04-22|ru|passport:12
3|organization|ACME
4|aircraft|RA-1
"""


def test_differences_are_data_with_the_facts_before_and_after(
    reading_of: ReadingOf,
) -> None:
    changes = compare(reading_of(OLD).entities, reading_of(NEW).entities)
    data = changes.to_dict()
    assert data["summary"] == {
        "added": 1,
        "removed": 1,
        "changed": 1,
        "unchanged": 1,
        "fields": {"identifiers": 1, "names": 1},
    }
    assert [row["id"] for row in data["added"]] == ["fake-4"]
    assert [row["name"] for row in data["removed"]] == ["AURORA"]
    (names, identifiers) = data["changed"][0]["fields"]
    assert [fact["text"] for fact in names["before"]] == ["ULYANOV, V."]
    assert [fact["text"] for fact in names["after"]] == ["Old Man"]
    assert identifiers["before"] == []
    assert identifiers["after"][0]["value"] == "12"


def test_a_row_that_only_moved_did_not_change(reading_of: ReadingOf) -> None:
    moved = OLD.replace("\n", "\n\n", 1)
    changes = compare(reading_of(OLD).entities, reading_of(moved).entities)
    assert changes.summary()["unchanged"] == 3


def test_a_changed_kind_is_a_change(reading_of: ReadingOf) -> None:
    other = OLD.replace("vessel", "organization")
    changes = compare(reading_of(OLD).entities, reading_of(other).entities)
    (field,) = changes.changed[0].fields
    assert field.to_dict() == {
        "field": "kind",
        "before": ["vessel"],
        "after": ["organization"],
    }


def test_unsorted_input_is_a_mistake_of_the_caller() -> None:
    b, a = (Entity(key, Kind.ANY, (), ()) for key in "ba")
    with pytest.raises(ValueError, match="not sorted by id"):
        list(paired((b, a), ()))


entities = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.sampled_from(["X", "Y"]), max_size=12
).map(
    lambda rows: [
        Entity(key, Kind.PERSON, (Name(rows[key]),), ()) for key in sorted(rows)
    ]
)


@given(entities, entities)
def test_removed_and_added_change_places_with_the_sides(
    old: list[Entity], new: list[Entity]
) -> None:
    there, back = compare(old, new), compare(new, old)
    assert [row.id for row in there.added] == [row.id for row in back.removed]
    assert [row.id for row in there.changed] == [row.id for row in back.changed]
    assert there.unchanged == back.unchanged
    assert len(there.added) + len(there.changed) + there.unchanged == len(new)
    for part in (there.added, there.removed, there.changed):
        assert all(one.id < two.id for one, two in pairwise(part))


@given(entities)
def test_a_version_does_not_differ_from_itself(rows: list[Entity]) -> None:
    assert compare(rows, rows).summary()["unchanged"] == len(rows)
