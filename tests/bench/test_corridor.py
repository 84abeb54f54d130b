"""Calibration of the trade monitor on series with a known truth."""

import math
import random
from pathlib import Path

import pytest

from clearway.bench.corridor import run
from clearway.bench.corridor_facts import generate
from clearway.bench.made_series import made
from clearway.bench.real_windows import real
from clearway.bench.report import Part
from clearway.bench.setting import Setting
from clearway.bench.window_alarms import Called, calibrated, called
from clearway.trade.asking import Question, answered
from clearway.trade.columns import Told
from clearway.trade.editions import high_priority
from clearway.trade.files import File
from clearway.trade.periods import month_at, month_number
from clearway.trade.reading import read_file
from clearway.trade.store import STORED, Store, connection


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
        *("series quiet", "series loud", "months 1", "months 2")
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


def test_real_windows_hold_no_alarm_and_nothing_after_them(store: Store) -> None:
    """Two flows of China with Russia, six years, one month struck in both."""
    found = real(store, 10)
    assert found == real(store, 10)
    assert len(found) == 4
    for one in found:
        assert one.window[-1] == max(one.values)
        assert one.skipped == frozenset() or one.window[0] > "2021-06"
        assert "2021-06" not in one.window


@pytest.fixture
def store(tmp_path: Path) -> Store:
    rng, lines = random.Random(3), ["period,china_exports_to_russia_usd"]
    lines[0] += ",china_imports_from_russia_usd"
    for step in range(72):
        month = month_at(month_number("2017-01") + step)
        values = [1e9 * math.exp(rng.gauss(0.01 * step, 0.03)) for _ in range(2)]
        values = [value * (0.3 if month == "2021-06" else 1.0) for value in values]
        lines.append(f"{month},{values[0]:.0f},{values[1]:.0f}")
    file = File("corridor.csv", "\n".join(lines).encode())
    kept = Store(tmp_path)
    kept.keep(file, read_file(file), Told(), retrieved="2024-06-01")
    return kept
