"""What a run is given, and where its data is found."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from clearway.bench.setting import DataMissing, Setting, alerts
from clearway.errors import UsageError
from clearway.model import Party


def test_the_day_is_that_of_the_newest_list(setting: Setting) -> None:
    assert setting.day == date(2024, 5, 15)
    assert setting.screener().as_of == setting.day


def test_a_day_that_was_told_is_kept(starter_home: Path) -> None:
    day = date(2024, 6, 1)
    assert Setting(starter_home, as_of=day).day == day


def test_sets_are_found_in_the_folder_in_folders_in_it_and_beside_it(
    starter_home: Path, data: Path
) -> None:
    for folder in (data, data.parent):
        setting = Setting(starter_home, data=folder)
        assert len(setting.rows("un_queries")) == 2
    assert "xml_trick" in Setting(starter_home, data=data).document(
        "evasion_transforms.json"
    )


def test_a_packed_set_is_read(starter_home: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(b"full_name\nIngela\n"))
    rows = Setting(starter_home, data=tmp_path).rows("people")
    assert rows == [{"full_name": "Ingela"}]


def test_a_set_that_is_not_there_is_named(starter_home: Path, data: Path) -> None:
    with pytest.raises(DataMissing, match=r"absent\.csv"):
        Setting(starter_home, data=data).rows("absent")
    with pytest.raises(DataMissing, match="--data"):
        Setting(starter_home).rows("absent")


def test_a_folder_that_is_not_there_is_misuse(starter_home: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        Setting(starter_home, data=Path("nowhere")).rows("un_queries")


def test_a_sample_takes_rows_from_the_whole_set(starter_home: Path, data: Path) -> None:
    setting = Setting(starter_home, data=data, sample=2)
    names = [row["name2"] for row in setting.rows("name_pairs")]
    assert names == ["Vladimir Vladimirovich Putin", "Almaz Antey Joint Stock Company"]


def test_a_hit_alerts_and_its_absence_does_not(setting: Setting) -> None:
    assert alerts(setting.screener().check(Party("Almaz-Antey JSC")))
    assert not alerts(setting.screener().check(Party("Ingela Lundgren")))
    assert not alerts(setting.screener().check(Party("")))


def test_only_the_publishers_named_are_asked(two_lists: Setting) -> None:
    party = Party("Ri Won Ho")
    ids = [hit.entity.id for hit in two_lists.screener("un").check(party).hits]
    assert ids == ["un-11"]
    with pytest.raises(DataMissing, match="eu"):
        two_lists.screener("eu")
