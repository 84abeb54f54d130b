"""A screener is opened on the lists of a day; what is compiled is used again."""

import os
import pickle
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearway.app import open as open_screener
from clearway.app import opener, opening
from clearway.app.intake import Incoming, bring_in
from clearway.errors import ListMissing, StoreError, UsageError
from clearway.screen.config import Configuration

ListOf = Callable[..., Incoming]

DAYS = ("2024-01-10", "2024-02-10", "2024-03-10")


@pytest.fixture
def home(tmp_path: Path, list_of: ListOf) -> Path:
    """Three versions of one list, each with one more person."""
    folder = tmp_path / "home"
    names = ("Anna Petrova", "Li Wei", "Omar Haddad")
    for count, day in enumerate(DAYS, 1):
        (outcome,) = bring_in(folder, [list_of("roll", day, *names[:count])])
        assert outcome.error is None
    return folder


@pytest.mark.parametrize(
    ("day", "published"),
    [
        ("2024-01-10", "2024-01-10"),
        ("2024-02-09", "2024-01-10"),
        ("2024-02-10", "2024-02-10"),
        ("2030-01-01", "2024-03-10"),
    ],
)
def test_a_day_is_answered_by_the_version_of_that_day(
    home: Path, day: str, published: str
) -> None:
    for as_of in (day, date.fromisoformat(day)):
        screener = open_screener(home, as_of)
        assert [used.published for used in screener.lists] == [published]
        assert screener.check("Anna Petrova").as_of == day


def test_a_day_before_all_versions_has_no_answer(home: Path) -> None:
    with pytest.raises(ListMissing, match="oldest kept is of 2024-01-10"):
        open_screener(home, "2023-12-31")


def test_a_day_that_is_none_is_refused(home: Path) -> None:
    with pytest.raises(UsageError, match="not a day"):
        open_screener(home, "tenth of May")


def test_the_environment_names_the_home_unless_it_is_given(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARWAY_HOME", str(home))
    assert open_screener(as_of="2024-03-10").check("Li Wei").hits
    with pytest.raises(ListMissing):
        open_screener(tmp_path / "none", "2024-03-10")


def test_a_compiled_set_is_used_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(opening, "compile_set", never)
    assert open_screener(home, "2024-03-10").check("Omar Haddad").hits


def test_a_past_day_is_compiled_again_where_its_set_was_forgotten(home: Path) -> None:
    for folder in (home / "compiled").iterdir():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    said: list[str] = []
    screener = open_screener(
        home, "2024-02-10", progress=lambda what, done, all: said.append(what)
    )
    assert screener.check("Li Wei").hits
    assert said
    assert set(said) == {"compiling starter/roll"}


def test_a_home_that_cannot_be_compiled_into_says_so(home: Path) -> None:
    shutil.rmtree(home / "compiled")
    (home / "compiled").write_text("a file, not a folder", "utf-8")
    with pytest.raises(StoreError, match="cannot be compiled"):
        open_screener(home, "2024-03-10")


def test_only_the_sets_made_last_are_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch, list_of: ListOf
) -> None:
    monkeypatch.setattr(opening, "_KEPT_SETS", 2)
    old = sorted((home / "compiled").iterdir(), key=lambda path: path.stat().st_mtime)
    for age, path in enumerate(reversed(old), 1):
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    bring_in(home, [list_of("roll", "2024-04-10", "Anna Petrova", "Li Wei", "Li Bo")])
    kept = {path.name for path in (home / "compiled").iterdir()}
    assert len(kept) == 2
    assert old[-1].name in kept
    assert open_screener(home, "2024-01-10").check("Anna Petrova").hits


def test_an_unwanted_publisher_is_not_asked(home: Path) -> None:
    config = Configuration(publishers=("starter",))
    assert open_screener(home, "2024-03-10", config).check("Li Wei").hits
    with pytest.raises(ListMissing, match="no list of un is kept"):
        open_screener(home, "2024-03-10", Configuration(publishers=("un",)))
    with pytest.raises(UsageError, match="no publisher is called 'onu'"):
        open_screener(home, "2024-03-10", Configuration(publishers=("onu",)))


def test_an_opener_opens_the_same_screener_elsewhere(home: Path) -> None:
    there = pickle.loads(pickle.dumps(opener(home, "2024-02-10")))()
    here = open_screener(home, "2024-02-10")
    assert there.check("Wei Li").to_json() == here.check("Wei Li").to_json()


def test_opening_writes_nothing_into_a_compiled_home(home: Path) -> None:
    def files() -> dict[str, float]:
        paths = (path for path in home.rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime for path in paths}

    before = files()
    open_screener(home, "2024-03-10").check("Li Wei")
    assert files() == before
