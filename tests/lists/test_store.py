import gzip
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from clearway.errors import ListRefused, ListUnreadable, StoreError, UsageError
from clearway.lists.lock import locked
from clearway.lists.publishers import parse
from clearway.lists.reading import Reading
from clearway.lists.store import Store
from clearway.lists.version import Version

ReadingOf = Callable[..., Reading]

RHYTHM = parse(
    """
    [default]
    rhythm_days = 30
    [fake]
    title = "Fake"
    [fake.lists.roll]
    title = "The roll"
    rhythm_days = 10
    """
)


def roll(day: str = "2024-05-07", people: int = 3, name: str = "roll") -> str:
    rows = "".join(f"{n}|person|PERSON {n};ALIAS {n}|1950\n" for n in range(people))
    return f"FAKE {name} {day} {people}\n{rows}"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, directory=RHYTHM)


@pytest.fixture
def put(store: Store, reading_of: ReadingOf, noon: datetime) -> Callable[..., Version]:
    def put(
        text: str,
        *,
        published: date | None = None,
        history: bool = False,
        accept: bool = False,
    ) -> Version:
        staged = store.stage(reading_of(text), retrieved=noon, published=published)
        return store.publish(staged, history=history, accept=accept).version

    return put


Put = Callable[..., Version]


def test_an_absent_home_is_an_empty_store_and_stays_absent(tmp_path: Path) -> None:
    store = Store(tmp_path / "home")
    assert store.versions() == ()
    assert store.current() == ()
    assert store.status(date(2024, 5, 17)) == []
    assert not (tmp_path / "home").exists()


def test_a_published_version_answers_with_everything_that_was_read(
    store: Store, reading_of: ReadingOf, noon: datetime
) -> None:
    text = "FAKE roll 2024-05-07 2\n2|vessel|AURORA\n1|person|A|31 Nonember\n"
    reading = reading_of(text, "roll.txt")
    staged = store.stage(reading, retrieved=noon, origin="https://example.org/roll")
    assert store.current() == ()
    published = store.publish(staged)
    assert published.outcome == "live"
    (version,) = store.current()
    assert version == published.version
    assert list(store.entities(version)) == list(reading.entities)
    assert store.problems(version) == reading.problems
    assert version.published == date(2024, 5, 7)
    assert version.published_by == "publisher"
    assert version.retrieved == noon
    assert version.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert version.size == len(text)
    assert (version.entities, version.names, version.problems) == (2, 2, 1)
    assert version.origin == "https://example.org/roll"
    (file,) = store.files(version)
    assert file.name == "roll.txt"
    with file.open() as stream:
        assert stream.read() == text.encode()


def test_the_entities_file_has_one_sorted_line_an_entity(
    store: Store, put: Put
) -> None:
    version = put(roll(people=12))
    lines = store.entities_path(version).read_bytes().splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert ids == sorted(ids)
    assert len(ids) == 12
    assert b": " not in lines[0]


def test_entities_can_be_read_while_a_version_is_only_staged(
    store: Store, reading_of: ReadingOf, noon: datetime
) -> None:
    staged = store.stage(reading_of(roll()), retrieved=noon)
    assert len(list(store.entities(staged.version))) == 3
    store.discard(staged)


def test_entries_are_counted_as_published_and_as_parties(
    store: Store, put: Put
) -> None:
    version = put("FAKE roll 2024-05-07 3\n1|person|A\n1|person|B\n2|person|C\n")
    assert (version.entities, version.distinct) == (3, 2)
    (row,) = store.status(date(2024, 5, 8))
    assert (row["entities"], row["distinct"]) == (3, 2)


def test_a_version_survives_the_catalogue(put: Put) -> None:
    version = put(roll())
    again = Version.from_dict(json.loads(json.dumps(version.to_dict())))
    assert again == version


def test_the_same_bytes_twice_change_nothing_and_say_so(
    store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    first = put(roll())
    later = noon + timedelta(days=3)
    staged = store.stage(reading_of(roll()), retrieved=later)
    assert staged.adds_nothing
    published = store.publish(staged)
    assert published.outcome == "unchanged"
    assert "kept already, retrieved 2024-05-16" in published.sentence
    assert store.versions() == (first,)


def test_a_newer_version_takes_over_and_the_old_one_is_kept(
    store: Store, put: Put
) -> None:
    old, new = put(roll("2024-05-07")), put(roll("2024-05-09"))
    assert store.versions("fake", "roll") == (old, new)
    assert store.current() == (new,)
    assert store.current(date(2024, 5, 8)) == (old,)
    assert store.current(date(2024, 5, 9)) == (new,)
    assert store.current(date(2024, 5, 1)) == ()


def test_an_older_version_is_refused_unless_it_is_filed_as_history(
    store: Store, put: Put
) -> None:
    new = put(roll("2024-05-09"))
    with pytest.raises(ListRefused, match="older than the version in use"):
        put(roll("2021-07-01"))
    old = put(roll("2021-07-01"), history=True)
    assert old.history
    assert store.current() == (new,)
    assert store.current(date(2022, 1, 1)) == (old,)
    assert store.current(date(2024, 5, 17)) == (new,)


def test_a_list_of_which_there_is_only_history_does_not_answer_for_now(
    store: Store, put: Put
) -> None:
    old = put(roll("2021-07-01"), history=True)
    assert store.current() == ()
    assert store.current(date(2021, 8, 1)) == (old,)


def test_what_was_filed_as_history_can_be_made_to_answer(
    store: Store, put: Put
) -> None:
    put(roll("2024-05-07"), history=True)
    version = put(roll("2024-05-07"))
    assert not version.history
    assert store.current() == (version,)
    assert len(store.versions()) == 1


def test_an_old_version_given_again_is_a_no_op_not_a_refusal(
    store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    put(roll("2024-05-07"))
    new = put(roll("2024-05-09"))
    staged = store.stage(reading_of(roll("2024-05-07")), retrieved=noon)
    assert store.publish(staged).outcome == "unchanged"
    assert store.current() == (new,)


def test_a_list_without_a_date_is_dated_by_the_user_or_by_its_arrival(
    store: Store, reading_of: ReadingOf, noon: datetime
) -> None:
    undated = reading_of(roll("-"))
    staged = store.stage(undated, retrieved=noon, published=date(2022, 4, 21))
    assert staged.version.published == date(2022, 4, 21)
    assert staged.version.published_by == "user"
    store.discard(staged)
    staged = store.stage(undated, retrieved=noon)
    assert staged.version.published == date(2024, 5, 16)
    assert staged.version.published_by == "retrieval"
    assert "carries no date" in staged.notes[0]
    store.publish(staged)


def test_the_same_undated_bytes_are_not_younger_for_coming_again(
    store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    put(roll("-"))
    staged = store.stage(reading_of(roll("-")), retrieved=noon + timedelta(days=90))
    assert store.publish(staged).outcome == "unchanged"
    assert store.current()[0].published == date(2024, 5, 16)


def test_an_undated_version_can_be_dated_later(store: Store, put: Put) -> None:
    put(roll("-"))
    put(roll("-"), published=date(2022, 4, 21))
    (version,) = store.versions()
    assert version.published == date(2022, 4, 21)


def test_a_file_that_dates_itself_is_not_dated_otherwise(
    store: Store, reading_of: ReadingOf, noon: datetime
) -> None:
    staged = store.stage(reading_of(roll()), retrieved=noon, published=date(2024, 1, 1))
    assert staged.version.published == date(2024, 5, 7)
    assert staged.notes == ("the file dates itself 2024-05-07, not 2024-01-01",)
    store.discard(staged)


def test_a_moment_without_a_time_zone_is_a_mistake(
    store: Store, reading_of: ReadingOf
) -> None:
    naive = datetime(2024, 5, 16)  # noqa: DTZ001 - this is the mistake
    with pytest.raises(UsageError, match="time zone"):
        store.stage(reading_of(roll()), retrieved=naive)


def test_a_shrunken_list_is_refused_remembered_and_forgotten_once_accepted(
    store: Store, put: Put
) -> None:
    old = put(roll("2024-05-07", people=100))
    with pytest.raises(ListRefused, match="shrunk from 100 to 90") as caught:
        put(roll("2024-05-09", people=90))
    assert caught.value.file == "roll.txt"
    assert store.current() == (old,)
    (row,) = store.status(date(2024, 5, 10))
    assert row["state"] == "refused-newer"
    assert "shrunk from 100 to 90" in row["refusal"]["reasons"][0]
    new = put(roll("2024-05-09", people=90), accept=True)
    assert store.current() == (new,)
    assert "shrunk from 100 to 90 entities" in new.accepted[0]
    assert store.status(date(2024, 5, 10))[0]["state"] == "live"


def test_guards_can_be_asked_before_publishing(
    store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    put(roll("2024-05-07", people=100))
    staged = store.stage(reading_of(roll("2024-05-09", people=90)), retrieved=noon)
    assert store.guard(staged).refusals()
    assert not store.guard(staged).refusals(accept=True)
    (why,) = store.guard(staged, expected=("fake", "other")).refusals(accept=True)
    assert why == "this is the list fake/roll, not fake/other"
    store.discard(staged)


def test_several_lists_go_live_together_or_not_at_all(
    store: Store, reading_of: ReadingOf, noon: datetime
) -> None:
    def staged(*texts: str) -> list[object]:
        return [store.stage(reading_of(text), retrieved=noon) for text in texts]

    with pytest.raises(ListRefused, match="empty"):
        store.publish_all(staged(roll(), "FAKE other 2024-05-07 0\n"))  # type: ignore[arg-type]
    assert store.current() == ()
    store.publish_all(staged(roll(), roll(name="other")))  # type: ignore[arg-type]
    assert [version.list for version in store.current()] == ["other", "roll"]


def test_a_refusal_outside_the_guards_is_remembered_too(
    store: Store, put: Put, noon: datetime
) -> None:
    put(roll())
    store.refuse("fake", "roll", now=noon, file="x", reasons=("line 3: broken",))
    assert store.refusals()[0].reasons == ("line 3: broken",)
    assert store.status(date(2024, 5, 17))[0]["state"] == "refused-newer"
    # On the day before, nobody knew of it.
    assert store.status(date(2024, 5, 15))[0]["state"] == "live"
    put(roll("2024-05-09"))
    assert store.refusals() == ()


def test_a_refused_file_of_unknown_list_counts_against_its_publisher(
    store: Store, put: Put, noon: datetime
) -> None:
    put(roll())
    store.refuse("fake", "", now=noon, file="x", reasons=("is empty",))
    assert [row["state"] for row in store.status(date(2024, 5, 17))] == [
        "refused-newer"
    ]


def test_a_list_is_stale_once_its_rhythm_has_passed(store: Store, put: Put) -> None:
    version = put(roll("2024-05-07"))
    assert not store.is_stale(version, date(2024, 5, 17))
    assert store.is_stale(version, date(2024, 5, 18))
    assert store.status(date(2024, 5, 18))[0]["state"] == "stale"


def test_a_list_its_publisher_confirms_is_as_young_as_that(
    store: Store, put: Put, noon: datetime
) -> None:
    version = put(roll("2024-05-07"))
    month_later = noon + timedelta(days=30)
    confirmed = store.confirm("fake", "roll", version.sha256, now=month_later)
    assert confirmed == replace(version, checked=month_later)
    assert not store.is_stale(confirmed, date(2024, 6, 20))
    # What was confirmed later says nothing about the days before.
    assert store.is_stale(confirmed, date(2024, 6, 1))
    assert store.current() == (confirmed,)


def test_only_the_version_in_use_can_be_confirmed(
    store: Store, put: Put, noon: datetime
) -> None:
    old = put(roll("2024-05-07"))
    put(roll("2024-05-09"))
    assert store.confirm("fake", "roll", old.sha256, now=noon) is None
    assert store.confirm("fake", "roll", "0" * 64, now=noon) is None


def test_status_says_what_each_list_is_and_how_it_stands(
    store: Store, put: Put
) -> None:
    version = put(roll())
    (row,) = store.status(date(2024, 5, 17))
    assert list(row)[:8] == [
        "publisher",
        "list",
        "published",
        "retrieved",
        "entities",
        "names",
        "sha256",
        "state",
    ]
    assert row["published"] == "2024-05-07"
    assert row["retrieved"] == "2024-05-16T12:00:00+00:00"
    assert (row["entities"], row["names"]) == (3, 6)
    assert row["sha256"] == version.sha256
    assert row["state"] == "live"
    json.dumps(row)


def test_a_list_with_nothing_published_by_that_day_is_missing(
    store: Store, put: Put
) -> None:
    put(roll("2024-05-07"))
    (row,) = store.status(date(2024, 5, 6))
    assert (row["state"], row["published"], row["entities"]) == ("missing", "", 0)


def test_a_reader_that_learned_more_replaces_what_it_read_before(
    store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    put(roll("2024-05-07"))
    put(roll("2024-05-09"))
    other = reading_of(roll("2024-05-07").replace("ALIAS", "SPELLING"))
    better = replace(reading_of(roll("2024-05-07")), entities=other.entities)
    published = store.publish(store.stage(better, retrieved=noon))
    version = published.version
    assert published.sentence.endswith("the version of 2024-05-09 stays in use")
    assert next(entity.names[1].text for entity in store.entities(version)) == (
        "SPELLING 0"
    )
    assert len(store.versions()) == 2


def test_a_reader_that_lost_something_is_noticed(
    store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    put(roll())
    bare = reading_of("FAKE roll 2024-05-07 -\n0|person|A\n1|person|B\n2|person|C\n")
    worse = replace(reading_of(roll()), entities=bare.entities, census=bare.census)
    with pytest.raises(ListRefused, match="carries no aliases any more"):
        store.publish(store.stage(worse, retrieved=noon))


def test_a_file_that_changes_under_our_hands_is_noticed(
    store: Store, reading_of: ReadingOf, noon: datetime
) -> None:
    reading = reading_of(roll())
    source = replace(reading.sources[0], sha256="0" * 64)
    with pytest.raises(StoreError, match="changed while it was being read"):
        store.stage(replace(reading, sources=(source,)), retrieved=noon)


def test_raw_files_are_kept_under_the_checksum_of_their_content(
    tmp_path: Path, put: Put
) -> None:
    version = put(roll())
    (path,) = (tmp_path / "lists" / "blobs").glob("*/*.gz")
    content = gzip.decompress(path.read_bytes())
    assert hashlib.sha256(content).hexdigest() == path.name.removesuffix(".gz")
    assert path.name.startswith(version.sha256)


def test_two_lists_of_one_content_share_their_files(
    tmp_path: Path, store: Store, put: Put
) -> None:
    put(roll("2024-05-07"))
    put(roll("2024-05-09"))
    assert len(list((tmp_path / "lists" / "blobs").glob("*/*.entities.jsonl"))) == 1


def test_a_discarded_version_leaves_nothing_after_the_next_write(
    tmp_path: Path, store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    store.discard(store.stage(reading_of(roll(people=50)), retrieved=noon))
    put(roll())
    blobs = list((tmp_path / "lists" / "blobs").glob("*/*"))
    assert len(blobs) == 3
    assert list((tmp_path / "lists" / "staging").iterdir()) == []


def test_what_one_process_stages_another_does_not_sweep(
    tmp_path: Path, store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    staged = store.stage(reading_of(roll(name="other")), retrieved=noon)
    put(roll())
    assert store.publish(staged).outcome == "live"
    assert len(list(store.entities(store.current()[0]))) == 3


def test_a_reader_sees_what_another_process_published(
    tmp_path: Path, store: Store, put: Put
) -> None:
    other = Store(tmp_path, directory=RHYTHM)
    assert other.current() == ()
    version = put(roll())
    assert other.current() == (version,)


def test_a_writer_waits_for_another_only_so_long(
    tmp_path: Path, store: Store, reading_of: ReadingOf, put: Put, noon: datetime
) -> None:
    put(roll())
    hasty = Store(tmp_path, lock_patience=0.05)
    with (
        locked(tmp_path / "lists" / "lock"),
        pytest.raises(StoreError, match="another process has been writing"),
    ):
        hasty.stage(reading_of(roll("2024-05-09")), retrieved=noon)


@pytest.mark.parametrize("cut", [1, 4, 20, 300])
def test_a_damaged_catalogue_is_said_and_not_taken_for_an_empty_one(
    cut: int, tmp_path: Path, put: Put
) -> None:
    put(roll())
    path = tmp_path / "lists" / "catalogue"
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(StoreError, match=r"catalogue: .* is damaged .*end is missing"):
        Store(tmp_path).current()


def test_a_foreign_line_in_the_catalogue_is_said(tmp_path: Path, put: Put) -> None:
    put(roll())
    path = tmp_path / "lists" / "catalogue"
    path.write_text(path.read_text().replace("version\t", "verzion\t"))
    with pytest.raises(StoreError, match="is no line of it"):
        Store(tmp_path).current()


@pytest.mark.parametrize("text", ["", "clearway lists 99\nend\n", "{}"])
def test_a_catalogue_of_a_later_format_is_not_misread(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "catalogue").write_text(text)
    with pytest.raises(StoreError, match="another version of clearway"):
        Store(tmp_path).versions()


def test_a_lost_entities_file_is_said(store: Store, put: Put) -> None:
    version = put(roll())
    store.entities_path(version).unlink()
    with pytest.raises(StoreError, match="add that list again"):
        list(store.entities(version))


def test_a_home_that_is_a_file_is_said(
    tmp_path: Path, reading_of: ReadingOf, noon: datetime
) -> None:
    (tmp_path / "home").write_text("")
    store = Store(tmp_path / "home")
    with pytest.raises(StoreError, match="not a folder"):
        store.current()
    with pytest.raises(StoreError, match="cannot be written"):
        store.stage(reading_of(roll()), retrieved=noon)


def test_a_catalogue_of_many_versions_opens_in_milliseconds(
    tmp_path: Path, store: Store, put: Put
) -> None:
    version = put(roll())
    many = (replace(version, sha256=f"{number:064x}") for number in range(1000))
    store.catalogue.with_versions(many).save(tmp_path / "lists" / "catalogue")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert len(Store(tmp_path).current()) == 1
        took.append(time.perf_counter() - start)
    assert min(took) < 0.02  # about 3 ms; the margin is for a loaded machine


def test_a_list_whose_name_would_break_the_catalogue_is_refused(
    reading_of: ReadingOf, store: Store, noon: datetime
) -> None:
    reading = reading_of(roll())
    odd = replace(reading, edition=replace(reading.edition, list="roll\tcall"))
    with pytest.raises(ListUnreadable, match="not a name for a list"):
        store.stage(odd, retrieved=noon)
