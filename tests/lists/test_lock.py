from pathlib import Path

import pytest

from clearway.errors import StoreError
from clearway.lists.lock import locked, try_lock


def test_a_lock_is_held_by_one_only(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = try_lock(path)
    assert held is not None
    assert try_lock(path) is None
    held.release()
    held.release()
    again = try_lock(path)
    assert again is not None
    again.release()


def test_waiting_for_a_lock_ends(tmp_path: Path) -> None:
    waits: list[float] = []
    with (
        locked(tmp_path / "lock"),
        pytest.raises(StoreError, match="for 1 seconds; let it finish"),
        locked(tmp_path / "lock", patience=1.0, sleep=waits.append),
    ):
        pass
    assert sum(waits) == pytest.approx(1.0)


def test_a_lock_let_go_while_one_waits_is_taken(tmp_path: Path) -> None:
    held = try_lock(tmp_path / "lock")
    assert held is not None
    with locked(tmp_path / "lock", sleep=lambda _: held.release()):
        assert try_lock(tmp_path / "lock") is None


def test_an_error_inside_lets_the_lock_go(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / "lock"):
        raise KeyError
    with locked(tmp_path / "lock", patience=0):
        pass
