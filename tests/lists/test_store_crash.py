"""A crash at any point of a write leaves the last good state.

The write is run with each of its steps on the disk made to fail in turn: first by an
exception that nothing in the library catches, then by the death of the process.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from clearway.lists import durable
from clearway.lists.reader import File, Reader
from clearway.lists.reading import Reading, read
from clearway.lists.store import Store

NOON = datetime(2024, 5, 16, 12, 0, tzinfo=UTC)
OLD = "FAKE roll 2024-05-07 2\n1|person|A;B\n2|person|C\n"
NEW = "FAKE roll 2024-05-09 3\n1|person|A;B\n2|person|C\n3|person|D\n"


class PowerCut(BaseException):
    """Not an Exception: nothing in the library may swallow it."""


def cut() -> None:
    raise PowerCut


class Steps:
    """Counts the steps of a write on the disk, and cuts the power before one."""

    def __init__(self, fail_at: int, cut: Callable[[], None] = cut) -> None:
        self.fail_at = fail_at
        self.cut = cut
        self.taken = 0

    def counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            self.taken += 1
            if self.taken >= self.fail_at:
                self.cut()
            return step(*args, **options)

        return run

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "fsync", self.counted(os.fsync))
        monkeypatch.setattr(durable, "write_new", self.counted(durable.write_new))
        for name in ("replace", "mkdir", "unlink", "write_text"):
            monkeypatch.setattr(Path, name, self.counted(getattr(Path, name)))


def write(home: Path, reading: Reading) -> None:
    store = Store(home)
    store.publish(store.stage(reading, retrieved=NOON))


def readings(reader: Reader) -> tuple[Reading, Reading]:
    old, new = (read(reader, (File.of(text.encode()),)) for text in (OLD, NEW))
    return old, new


def check(home: Path, new: Reading) -> bool:
    """That the home answers whole; whether with the new version or the old."""
    store = Store(home)
    (version,) = store.current()
    days = {date(2024, 5, 7): 2, date(2024, 5, 9): 3}
    assert len(list(store.entities(version))) == days[version.published]
    assert store.problems(version) == ()
    # And the next write finds its way, and clears up.
    write(home, new)
    assert store.current()[0].published == date(2024, 5, 9)
    assert len(list(store.entities(store.current()[0]))) == 3
    assert list((home / "lists" / "staging").iterdir()) == []
    named = set(store.catalogue.blobs())
    found = {path.name for path in (home / "lists" / "blobs").glob("*/*")}
    assert found == named
    return version.published == date(2024, 5, 9)


def test_power_may_be_cut_before_any_step(fake_reader: Reader, tmp_path: Path) -> None:
    old, new = readings(fake_reader)
    outcomes = []
    for fail_at in range(1, 200):
        home = tmp_path / str(fail_at)
        write(home, old)
        steps = Steps(fail_at)
        with pytest.MonkeyPatch.context() as patch:
            steps.install(patch)
            try:
                write(home, new)
            except PowerCut:
                pass
            else:
                break
        outcomes.append(check(home, new))
    assert len(outcomes) >= 15
    # The old version answers until one step; from that step on, the new one does.
    assert outcomes == sorted(outcomes)


def test_a_process_may_be_killed_before_any_step(
    fake_reader: Reader, tmp_path: Path
) -> None:
    old, new = readings(fake_reader)
    script = tmp_path / "killed.py"
    conftest = Path(__file__).with_name("conftest.py")
    script.write_text(
        f"""
import importlib.util, os, sys
from pathlib import Path

def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

fake = load("fake_conftest", {str(conftest)!r})
crash = load("crash", {__file__!r})
import pytest
old, new = crash.readings(fake.FAKE)
with pytest.MonkeyPatch.context() as patch:
    crash.Steps(int(sys.argv[2]), lambda: os._exit(9)).install(patch)
    crash.write(Path(sys.argv[1]), new)
""",
        encoding="utf-8",
    )
    path = os.pathsep.join(part for part in sys.path if part)
    for fail_at in (2, 5, 8, 11, 14):
        home = tmp_path / f"killed-{fail_at}"
        write(home, old)
        done = subprocess.run(
            (sys.executable, str(script), str(home), str(fail_at)),
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
        assert done.returncode == 9
        check(home, new)
