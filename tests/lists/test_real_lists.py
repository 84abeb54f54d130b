"""The way of real lists into the store, and of what is done to them on the way.

Lists of the UN Security Council of three years, from ../shared.
"""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clearway.errors import ListRefused, ListUnreadable
from clearway.lists.diff import compare
from clearway.lists.reader import File
from clearway.lists.readers import recognise
from clearway.lists.reading import read
from clearway.lists.store import Store
from clearway.lists.version import Version

pytestmark = pytest.mark.shared

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def un(shared: Path) -> dict[int, bytes]:
    folder = shared / "lists" / "un"
    return {
        int(path.parent.name[:4]): path.read_bytes()
        for path in folder.glob("20*/consolidated.xml")
    }


def add(store: Store, content: bytes, name: str = "consolidated.xml") -> Version:
    file = File.of(content, name)
    reading = read(recognise("un", file), (file,))
    return store.publish(store.stage(reading, retrieved=NOW)).version


def test_each_edition_takes_over_from_the_last_and_answers_for_its_time(
    un: dict[int, bytes], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    versions = [add(store, un[year]) for year in sorted(un)]
    assert [version.entities for version in versions] == [875, 877, 1003]
    for version in versions:
        assert store.current(version.published) == (version,)
    assert not store.is_stale(versions[0], date(2024, 5, 17))
    assert store.is_stale(versions[0], date(2024, 9, 1))
    changes = compare(store.entities(versions[1]), store.entities(versions[2]))
    summary = changes.summary()
    assert summary["added"] - summary["removed"] == 1003 - 877


def test_a_tenth_of_the_birth_dates_less_is_noticed_though_the_list_grew(
    un: dict[int, bytes], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    add(store, un[2025])
    births = re.compile(
        rb"<INDIVIDUAL_DATE_OF_BIRTH>.*?</INDIVIDUAL_DATE_OF_BIRTH>", re.S
    )
    places = list(births.finditer(un[2026]))[:90]
    robbed = un[2026]
    for place in reversed(places):
        robbed = robbed[: place.start()] + robbed[place.end() :]
    with pytest.raises(ListRefused, match="poorer in birth dates") as caught:
        add(store, robbed)
    assert "entries both have" in str(caught.value)
    assert store.current()[0].published == date(2025, 4, 19)
    assert add(store, un[2026]).entities == 1003


def test_a_list_without_its_organizations_is_refused(
    un: dict[int, bytes], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    add(store, un[2024])
    half = re.sub(
        rb"<ENTITIES>.*</ENTITIES>", b"<ENTITIES></ENTITIES>", un[2025], flags=re.S
    )
    with pytest.raises(ListRefused, match="no entity of kind organization any more"):
        add(store, half)


def test_an_emptied_list_is_refused_even_as_the_first(
    un: dict[int, bytes], tmp_path: Path
) -> None:
    empty = re.sub(rb"<INDIVIDUALS>.*</ENTITIES>", b"", un[2025], flags=re.S)
    with pytest.raises(ListRefused, match="the list is empty"):
        add(Store(tmp_path), empty)


def test_a_list_cut_in_half_and_a_malformed_one_are_unreadable(
    un: dict[int, bytes], shared: Path, tmp_path: Path
) -> None:
    with pytest.raises(ListUnreadable, match=r"half\.xml: line \d+, column \d+"):
        add(Store(tmp_path), un[2025][: len(un[2025]) // 2], "half.xml")
    malformed = shared / "lists" / "un" / "malformed" / "2025-08-16.xml"
    with pytest.raises(ListUnreadable, match=r"bad\.xml: line 53, column 11"):
        add(Store(tmp_path), malformed.read_bytes(), "bad.xml")
    assert not Store(tmp_path).versions()


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf"])
def test_a_byte_order_mark_changes_nothing_but_the_checksum(
    bom: bytes, un: dict[int, bytes], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    one, other = add(store, un[2025]), add(store, bom + un[2025])
    assert one.sha256 != other.sha256
    assert one.entities_sha256 == other.entities_sha256
