"""Calibration of the trade monitor on series with a known truth."""

from pathlib import Path

from clearway.bench.corridor import Called, calibrated, called, run
from clearway.bench.corridor_facts import generate
from clearway.bench.made_series import made
from clearway.bench.report import Part
from clearway.bench.setting import Setting
from clearway.trade.asking import Question, answered
from clearway.trade.editions import high_priority
from clearway.trade.store import STORED, connection


def test_made_series_are_the_same_each_time_and_hold_their_window() -> None:
    first, again = list(made(5)), list(made(5))
    assert first == again
    for one in first:
        assert set(one.window) <= set(one.values)
        assert 60 <= len(one.values) <= 108
        assert one.window[-1] == max(one.values)


def test_a_deeper_dip_is_never_called_less_often() -> None:
    for one in made(2):
        found = called(one).called
        assert list(found) == sorted(found)


def test_shares_are_of_the_windows_asked() -> None:
    part = Part("corridor", "")
    found = [
        Called((False, False, True, True), 1, "quiet"),
        Called((True, True, True, True), 2, "loud"),
    ]
    calibrated(part, found)
    values = {measure.key: measure.value for measure in part.measures}
    assert values == {
        "corridor.false": 0.5,
        "corridor.power_10": 0.5,
        "corridor.power_20": 1.0,
        "corridor.power_30": 1.0,
    }
    assert [row[0] for row in part.tables[0].rows] == [
        *("noise quiet", "noise loud", "months 1", "months 2")
    ]


def test_without_files_it_says_what_it_lacks(tmp_path: Path) -> None:
    part = run(Setting(tmp_path, sample=2, workers=1))
    assert any("--data" in note for note in part.notes)
    assert {measure.key for measure in part.measures} >= {"corridor.false"}


def test_generated_rows_are_like_those_kept(tmp_path: Path) -> None:
    path = tmp_path / "generated.parquet"
    generate(path, 200_000)
    with connection([str(path)], spill=tmp_path) as database:
        told = database.execute("DESCRIBE figures").fetchall()
        question = Question(("eu",), ("ru",), ("export",), high_priority())
        frame = answered(database, question)
    assert tuple(row[0] for row in told) == STORED
    assert frame.height > 0
    assert set(frame["partner"]) == {"ru"}
