"""Names in their own script against the Latin names of the same UN entry."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from clearway.match import REVIEW_THRESHOLD, compare_names

NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The original spelling and the Latin name of every person who has both."""
    for _, person in etree.iterparse(
        str(path), tag="INDIVIDUAL", resolve_entities=False, no_network=True
    ):
        original = person.findtext("NAME_ORIGINAL_SCRIPT") or ""
        latin = " ".join(person.findtext(name) or "" for name in NAMES)
        if original.strip():
            yield original, latin


@pytest.mark.shared
def test_most_people_of_the_un_list_are_found_by_their_own_script(
    shared: Path,
) -> None:
    people = list(pairs(shared / "lists/un/2024-05-15/consolidated.xml"))
    assert len(people) > 300
    found = [
        compare_names(original, latin, kind="person").score >= REVIEW_THRESHOLD
        for original, latin in people
    ]
    # Some entries publish another name in the original script than in Latin.
    assert sum(found) / len(found) > 0.75
