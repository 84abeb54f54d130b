from collections.abc import Callable

from clearway.lists.overlap import overlap
from clearway.lists.reading import Reading

ReadingOf = Callable[..., Reading]

OLD = """FAKE roll 2024-05-07 -
1|person|LENIN, Vladimir;ULYANOV, V.|1870-04-22|ru|passport:12
2|vessel|AURORA;AVRORA|||imo:9187629
3|organization|ACME;A.C.M.E.;ACME INC
"""
NEW = """FAKE roll 2024-05-09 -
1|person|LENIN, Vladimir;ULYANOV, V.||ru|passport:12
2|vessel|AURORA|||imo:9187629
4|person|NEWCOMER
5|person|NEWCOMER
"""


def test_only_what_both_versions_have_is_counted(reading_of: ReadingOf) -> None:
    old, new = reading_of(OLD), reading_of(NEW)
    found = overlap(old.entities.sorted_lines(), new.entities.sorted_lines())
    assert found.entries == 2
    before, after = found.before, found.after
    assert (before.persons, after.persons) == (1, 1)
    assert (before.persons_with_birth_date, after.persons_with_birth_date) == (1, 0)
    assert (before.identifiers, after.identifiers) == (2, 2)
    assert (before.aliases, after.aliases) == (2, 1)
    assert (before.with_alias, after.with_alias) == (2, 1)


def test_counts_agree_with_the_census_of_the_whole(reading_of: ReadingOf) -> None:
    reading = reading_of(OLD)
    lines = list(reading.entities.sorted_lines())
    found = overlap(lines, lines)
    assert found.before == found.after
    for key in ("entities", "identifiers", "with_identifier", "aliases", "with_alias"):
        assert getattr(found.after, key) == getattr(reading.census, key)
    assert found.after.persons_with_birth_date == (
        reading.census.persons_with_birth_date
    )


def test_versions_with_nothing_in_common_have_no_entries(
    reading_of: ReadingOf,
) -> None:
    lines = reading_of(OLD).entities.sorted_lines()
    assert overlap(lines, ()).entries == 0
