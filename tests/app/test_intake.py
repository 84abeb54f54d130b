"""Lists come in whole, guarded and proved, or not at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearway.app import intake
from clearway.app import open as open_screener
from clearway.app.intake import Incoming, bring_in, bring_sample, selftest, update
from clearway.errors import (
    ListMissing,
    ListRefused,
    ListUnavailable,
    ListUnreadable,
    StoreError,
)
from clearway.lists.fetch import Fetched
from clearway.lists.publishers import ListInfo
from clearway.lists.sample import Sample, SampleFile
from clearway.lists.store import Store
from clearway.screen.selftest import Exclusion, Proof

ListOf = Callable[..., Incoming]

MAY, JUNE = "2024-05-15", "2024-06-15"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def found(home: Path, name: str, day: str) -> list[str]:
    screening = open_screener(home, day).check(name)
    return [hit.entity.id for hit in screening.hits]


def test_a_list_answers_once_it_is_proved(home: Path, list_of: ListOf) -> None:
    (outcome,) = bring_in(home, [list_of("roll", MAY, "Anna Petrova", "Li Wei")])
    assert outcome.error is None
    assert outcome.published is not None
    assert outcome.proof is not None
    assert (outcome.proof.names, outcome.proof.exclusions) == (2, ())
    assert found(home, "Petrova, Anna", MAY) == ["roll-1"]


def test_a_name_that_cannot_be_found_keeps_the_list_from_going_live(
    home: Path, list_of: ListOf
) -> None:
    (outcome,) = bring_in(home, [list_of("roll", MAY, "Anna Petrova", "   ")])
    assert isinstance(outcome.error, ListRefused)
    assert "coverage proof failed: 1 of its names" in str(outcome.error)
    assert "roll-2" in str(outcome.error)
    assert outcome.published is None
    store = Store(home)
    assert store.versions() == ()
    assert store.refusals()[0].list == "roll"
    with pytest.raises(ListMissing):
        open_screener(home, MAY)


def test_a_failed_proof_leaves_the_last_good_version_in_use(
    home: Path, list_of: ListOf
) -> None:
    bring_in(home, [list_of("roll", MAY, "Anna Petrova")])
    (outcome,) = bring_in(home, [list_of("roll", JUNE, "Anna Petrova", "   ")])
    assert outcome.error is not None
    (version,) = Store(home).current()
    assert version.published == date(2024, 5, 15)
    assert Store(home).status(date(2024, 6, 1))[0]["state"] == "live"
    assert Store(home).status(date(2024, 6, 15))[0]["state"] == "stale"


def test_a_failed_proof_holds_up_only_the_list_that_failed(
    home: Path, list_of: ListOf
) -> None:
    bad, good = bring_in(
        home,
        [list_of("bad", MAY, "Li Wei", "   "), list_of("good", MAY, "Anna Petrova")],
    )
    assert bad.error is not None
    assert good.error is None
    assert good.proof is not None
    assert good.proof.entities == 1
    assert [version.list for version in Store(home).current()] == ["good"]
    assert found(home, "Anna Petrova", MAY) == ["good-1"]
    assert found(home, "Li Wei", MAY) == []


def test_where_no_list_is_to_blame_for_a_failed_proof_none_goes_live(
    home: Path, list_of: ListOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*args: Any, **options: Any) -> Proof:
        return Proof(2, 2, (Exclusion("Li Wei", "somewhere-else", "nothing"),))

    monkeypatch.setattr(intake, "prove", failing)
    outcomes = bring_in(home, [list_of("a", MAY, "Li Wei"), list_of("b", MAY, "Li Bo")])
    assert [type(outcome.error) for outcome in outcomes] == [ListRefused] * 2
    assert Store(home).versions() == ()


def test_a_refused_or_unreadable_list_does_not_hold_up_another(
    home: Path, list_of: ListOf
) -> None:
    unreadable, short, good = bring_in(
        home,
        [
            list_of("torn", MAY, "Li Wei", declared=3),
            list_of("empty", MAY),
            list_of("good", MAY, "Anna Petrova"),
        ],
    )
    assert isinstance(unreadable.error, ListUnreadable)
    assert isinstance(short.error, ListRefused)
    assert good.error is None
    assert [version.list for version in Store(home).current()] == ["good"]


def test_a_shrunken_list_needs_acceptance(home: Path, list_of: ListOf) -> None:
    names = [f"{first} {last}" for first in "ABCDEFG" for last in ("Ivanov", "Petrov")]
    many = [f"{name} {number}" for number, name in enumerate(names * 4)]
    bring_in(home, [list_of("roll", MAY, *many)])
    (refused,) = bring_in(home, [list_of("roll", JUNE, *many[:30])])
    assert isinstance(refused.error, ListRefused)
    assert "--accept" in str(refused.error)
    (taken,) = bring_in(home, [list_of("roll", JUNE, *many[:30])], accept=True)
    assert taken.error is None
    assert Store(home).current()[0].published == date(2024, 6, 15)


def test_a_crash_between_staging_and_publishing_leaves_the_old_answer(
    home: Path, list_of: ListOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(home, [list_of("roll", MAY, "Anna Petrova")])

    def crash(*args: Any, **options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Store, "publish_all", crash)
        with pytest.raises(KeyboardInterrupt):
            bring_in(home, [list_of("roll", JUNE, "Li Wei")])
    assert found(home, "Anna Petrova", MAY) == ["roll-1"]
    assert Store(home).current()[0].published == date(2024, 5, 15)
    (outcome,) = bring_in(home, [list_of("roll", JUNE, "Li Wei")])
    assert outcome.error is None
    assert found(home, "Li Wei", JUNE) == ["roll-1"]


def test_a_crash_while_compiling_leaves_the_old_answer(
    home: Path, list_of: ListOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(home, [list_of("roll", MAY, "Anna Petrova")])

    def crash(*args: Any, **options: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("clearway.screen.compiled.assemble", crash)
        with pytest.raises(MemoryError):
            bring_in(home, [list_of("roll", JUNE, "Li Wei")])
    assert found(home, "Anna Petrova", MAY) == ["roll-1"]
    assert len([*(home / "compiled").iterdir()]) == 1


def test_a_home_that_cannot_be_written_says_so(tmp_path: Path, list_of: ListOf) -> None:
    home = tmp_path / "home"
    home.write_text("a file, not a folder", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        bring_in(home, [list_of("roll", MAY, "Anna Petrova")])


def test_history_answers_for_its_own_day_only(home: Path, list_of: ListOf) -> None:
    bring_in(home, [list_of("roll", JUNE, "Li Wei")])
    bring_in(home, [list_of("roll", MAY, "Anna Petrova")], history=True)
    assert found(home, "Anna Petrova", "2024-05-20") == ["roll-1"]
    assert found(home, "Anna Petrova", "2024-06-20") == []
    assert found(home, "Li Wei", "2024-06-20") == ["roll-1"]


def test_the_selftest_covers_all_lists_of_a_day(home: Path, list_of: ListOf) -> None:
    bring_in(home, [list_of("roll", MAY, "Anna Petrova")])
    bring_in(home, [list_of("book", JUNE, "Li Wei", "Wang Fang")])
    assert selftest(home, date(2024, 5, 20)).entities == 1
    assert selftest(home).entities == 3
    with pytest.raises(ListMissing):
        selftest(home, date(2020, 1, 1))


def test_an_update_that_cannot_reach_one_publisher_brings_the_others(
    home: Path, list_of: ListOf, tmp_path: Path
) -> None:
    asked: list[str] = []

    def fetcher(info: ListInfo, folder: Path) -> Fetched:
        asked.append(f"{info.publisher}/{info.list}")
        raise ListUnavailable(f"{info.publisher}: no connection")

    outcomes = update(home, ("un", "eu"), fetcher=fetcher)
    assert sorted(asked) == ["eu/fsf", "un/consolidated"]
    assert [type(outcome.error) for outcome in outcomes] == [ListUnavailable] * 2
    assert not Store(home).versions()


def test_the_sample_never_replaces_what_is_newer(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, list_of: ListOf
) -> None:
    def file(name: str, day: str, *names: str) -> Path:
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(list_of(name, day, *names).files[0].head())
        return path

    old = [file("roll", MAY, "Anna Petrova"), file("book", MAY, "Li Wei")]
    files = [SampleFile("starter", path.stem, path.name, 0, "") for path in old]

    def brought(folder: Path, **options: Any) -> Sample:
        return Sample(tuple(zip(files, old, strict=True)))

    monkeypatch.setattr("clearway.lists.sample.bring", brought)
    bring_in(home, [list_of("roll", JUNE, "Wang Fang")])
    outcomes = bring_sample(home, workers=1)
    assert [outcome.error for outcome in outcomes] == [None, None]
    current = {v.list: v.published.isoformat() for v in Store(home).current()}
    assert current == {"roll": JUNE, "book": MAY}
    assert found(home, "Anna Petrova", "2024-05-20") == ["roll-1"]
    again = bring_sample(home, workers=1)
    assert {o.published.outcome for o in again if o.published} == {"unchanged"}
