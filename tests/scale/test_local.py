"""The number of cores changes no answer, nor the order of the answers."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from clearway.app import open as open_screener
from clearway.errors import InputUnreadable
from clearway.model import Party
from clearway.scale import local
from clearway.screen.screener import Screener

Command = Callable[..., Any]

NAMES = (
    "Promsvyazbank",
    "Jane Plain",
    "Путин Владимир",
    "沈忠国际海运有限公司",
    "",
    "a",
)


@pytest.fixture
def screener(starter_home: Path) -> Screener:
    return open_screener(starter_home, "2024-05-17")


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are worth it for a few parties, of which they get three at a time."""
    monkeypatch.setattr(local, "WORTH_IT", 5)
    monkeypatch.setattr(local, "CHUNK", 3)


def asked(count: int) -> list[Party]:
    return [
        Party(NAMES[number % len(NAMES)], reference=str(number))
        for number in range(count)
    ]


@pytest.mark.usefixtures("small_chunks")
def test_two_workers_answer_as_one_does_and_in_the_same_order(
    screener: Screener,
) -> None:
    parties = asked(40)
    alone = [s.to_json() for s in screener.check_many(parties, workers=1)]
    shared = [s.to_json() for s in screener.check_many(iter(parties), workers=2)]
    assert shared == alone


@pytest.mark.usefixtures("small_chunks")
def test_a_table_is_answered_alike_by_one_worker_and_by_two(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    rows = "".join(f"{n},{NAMES[n % len(NAMES)]}\n" for n in range(20))
    path.write_text("id,name\n" + rows, "utf-8")
    outs = [
        command(
            *("check", path, "--as-of", "2024-05-17", "--ndjson"),
            *("--workers", workers),
        )
        for workers in (1, 2)
    ]
    assert [ran.code for ran in outs] == [10, 10]
    assert outs[0].out == outs[1].out
    assert len(outs[0].out.splitlines()) == 20


def test_a_small_batch_starts_no_process(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(local, "started", never)
    assert len([*screener.check_many(asked(50), workers=8)]) == 50
    assert [*screener.check_many([])] == []


@pytest.mark.usefixtures("small_chunks")
def test_a_process_that_dies_costs_no_answer(screener: Screener) -> None:
    parties = asked(60)
    alone = [s.to_json() for s in screener.check_many(parties, workers=1)]
    answers = screener.check_many(parties, workers=2)
    shared = [next(answers).to_json()]
    for child in multiprocessing.active_children():
        child.kill()
    shared += [s.to_json() for s in answers]
    assert shared == alone
    again = [s.to_json() for s in screener.check_many(parties, workers=2)]
    assert again == alone


@pytest.mark.usefixtures("small_chunks")
def test_threads_that_share_a_screener_get_their_own_answers(
    screener: Screener,
) -> None:
    batches = [asked(n) for n in (20, 33, 41)]
    alone = [[s.to_json() for s in screener.check_batch(batch)] for batch in batches]

    def answered(batch: list[Party]) -> list[str]:
        return [s.to_json() for s in screener.check_many(batch, workers=2)]

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(answered, batches)) == alone


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("small_chunks")
def test_parties_that_break_off_break_the_batch(
    screener: Screener, workers: int
) -> None:
    def broken() -> Iterator[Party]:
        yield from asked(7)
        raise InputUnreadable("names.csv", "breaks off")

    with pytest.raises(InputUnreadable, match="breaks off"):
        list(screener.check_many(broken(), workers=workers))
