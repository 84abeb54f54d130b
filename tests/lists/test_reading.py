import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import ListUnreadable
from clearway.lists.census import census
from clearway.lists.reader import File, Reader
from clearway.lists.reading import Reading, entity_in, line_of, read
from clearway.model import Entity, Kind, Listing, Name

ReadingOf = Callable[..., Reading]

TWO_LINES = """FAKE roll 2024-05-07 2
1|person|LENIN, Vladimir;ULYANOV, V.;~Old Man|1870-04-22|ru|passport:12
2|vessel|AURORA
"""


def test_a_reading_holds_entities_by_id_and_counts_them(reading_of: ReadingOf) -> None:
    reading = reading_of(TWO_LINES)
    assert [entity.id for entity in reading.entities] == ["fake-1", "fake-2"]
    assert reading.entities["fake-2"].name == "AURORA"
    assert reading.census == census(reading.entities)
    assert reading.census.kinds == {"person": 1, "vessel": 1}
    assert reading.census.weak_names == 1
    assert reading.edition.declared == 2


def test_records_of_one_party_become_one_entity_and_both_are_counted(
    reading_of: ReadingOf,
) -> None:
    reading = reading_of("FAKE roll - -\n1|person|A;B|1870|ru\n1|person|A;C||cn\n")
    (entity,) = reading.entities
    assert [name.text for name in entity.names if name.text != "A"] == ["B", "C"]
    assert [country.code for country in entity.countries] == ["ru", "cn"]
    assert (reading.census.records, reading.census.entities) == (2, 1)
    assert reading.census == census(reading.entities, records=2)


def test_what_cannot_be_understood_is_kept_as_a_problem(reading_of: ReadingOf) -> None:
    reading = reading_of("FAKE roll - -\n1|person|A|31 Nonember\n?\n2|person|B\n")
    assert [problem.code for problem in reading.problems] == ["bad_date", "bad_line"]
    assert len(reading.entities) == 2


def test_fewer_entries_than_declared_means_a_list_cut_short(
    reading_of: ReadingOf,
) -> None:
    with pytest.raises(ListUnreadable, match="declares 3 entries but holds 1"):
        reading_of("FAKE roll 2024-05-07 3\n1|person|A\n")


def test_an_entry_that_could_not_be_read_is_not_taken_for_a_missing_one(
    reading_of: ReadingOf,
) -> None:
    reading = reading_of("FAKE roll 2024-05-07 2\n1|person|A\n?\n")
    assert [problem.code for problem in reading.problems] == [
        "bad_line",
        "declared_count",
    ]


def test_more_entries_than_declared_are_worth_a_problem_only(
    reading_of: ReadingOf,
) -> None:
    reading = reading_of("FAKE roll 2024-05-07 1\n1|person|A\n2|person|B\n")
    assert [problem.code for problem in reading.problems] == ["declared_count"]


def test_a_list_that_breaks_off_is_unreadable(reading_of: ReadingOf) -> None:
    with pytest.raises(ListUnreadable, match=r"roll\.txt: line 3: broken off"):
        reading_of("FAKE roll - -\n1|person|A\n!\n")


def test_a_nul_byte_deep_inside_is_found(reading_of: ReadingOf) -> None:
    text = "FAKE roll - -\n" + "1|person|A\n" * 200_000 + "\0"
    with pytest.raises(ListUnreadable, match="NUL byte at position 2,200,014"):
        reading_of(text)


def test_text_in_another_encoding_is_unreadable(fake_reader: Reader) -> None:
    with pytest.raises(ListUnreadable, match="is not UTF-8 text"):
        read(fake_reader, (File.of(b"FAKE roll - -\n1|person|M\xfcller\n"),))


def test_a_compressed_file_cut_in_half_is_unreadable(
    fake_reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "roll.txt.gz"
    packed = gzip.compress(TWO_LINES.encode())
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(ListUnreadable, match="damaged or was cut short"):
        read(fake_reader, (File.at(path),))


def test_a_packed_file_is_the_same_edition_as_its_content(
    fake_reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "roll.txt.gz"
    path.write_bytes(gzip.compress(TWO_LINES.encode()))
    plain = read(fake_reader, (File.of(TWO_LINES.encode(), "roll.txt"),))
    assert read(fake_reader, (File.at(path),)).sha256 == plain.sha256


def test_a_set_of_files_has_a_checksum_of_its_own(fake_reader: Reader) -> None:
    one, two = File.of(TWO_LINES.encode(), "a"), File.of(b"x", "b")
    alone = read(fake_reader, (one,))
    both = read(fake_reader, (one, two))
    assert both.sha256 != alone.sha256
    assert both.size == alone.size + 1


def test_progress_is_told_at_least_the_last_count(fake_reader: Reader) -> None:
    told: list[int] = []
    rows = "".join(f"{n}|person|P{n}\n" for n in range(1201))
    read(
        fake_reader,
        (File.of(f"FAKE roll - -\n{rows}".encode()),),
        progress=told.append,
    )
    assert told == [500, 1000, 1201]


@given(st.text(), st.sampled_from(list(Kind)))
def test_an_entity_survives_its_line_whatever_its_name(text: str, kind: Kind) -> None:
    entity = Entity("x-1", kind, (Name(text),), (Listing("x", "y", "1"),))
    line = line_of(entity)
    assert b"\n" not in line
    assert entity_in(line) == entity


def test_half_a_surrogate_pair_survives_its_line() -> None:
    entity = Entity("x-1", Kind.PERSON, (Name("\ud83d"),), ())
    assert entity_in(line_of(entity)) == entity
