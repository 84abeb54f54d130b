"""The trade monitor: it finds what happened, and stays calm where nothing did.

Calibration: windows of made-up series in which nothing happens, and of real series
where files are at hand; power: the same windows with a dip planted. Then the real
corridor: the facts to reproduce, how quickly a million rows are brought in and
answered, and many more rows than that in little memory.
"""

from pathlib import Path

from clearway.bench.made_series import made
from clearway.bench.report import Part
from clearway.bench.setting import DataMissing, Setting
from clearway.bench.window_alarms import WINDOWS, calibrated, judged


def run(setting: Setting) -> Part:
    """Calibration and power; facts and speed where the files are at hand."""
    part = Part("corridor", "trade of a corridor: dips, detours, millions of rows")
    count = min(WINDOWS, setting.sample or WINDOWS)
    calibrated(part, judged(made(count), setting))
    try:
        folder = _folder(setting)
    except DataMissing as missing:
        part.notes.append(f"real files not asked: {missing}")
        return part
    from clearway.bench.corridor_facts import facts

    facts(part, folder, setting)
    return part


def _folder(setting: Setting) -> Path:
    """The folder with the publishers' files: `--data`, or `trade` beside it."""
    if setting.data is None:
        raise DataMissing("needs files of trade: name their folder with --data")
    for place in (setting.data, setting.data / "trade", setting.data.parent / "trade"):
        if (place / "comtrade").is_dir():
            return place
    raise DataMissing(f"no folder comtrade in {setting.data} nor in trade beside it")
