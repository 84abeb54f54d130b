"""Figures of publishers, cut small, and a home in which they are kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.trade.columns import Reading, Told
from clearway.trade.files import File
from clearway.trade.reading import read_file
from clearway.trade.store import Kept, Store

Read = Callable[..., Reading]
Keep = Callable[..., Kept]


@pytest.fixture
def read() -> Read:
    """Read a text as a file of that name, with what a user tells about it."""

    def of(text: str | bytes, name: str = "figures.csv", **told: str) -> Reading:
        raw = text if isinstance(text, bytes) else text.encode()
        return read_file(File(name, raw), Told(**told))

    return of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def keep(store: Store) -> Keep:
    """Read a text and keep its figures as retrieved on a day."""

    def of(
        text: str | bytes,
        name: str = "figures.csv",
        retrieved: str = "2024-06-01",
        **told: str,
    ) -> Kept:
        raw = text if isinstance(text, bytes) else text.encode()
        file, said = File(name, raw), Told(**told)
        return store.keep(file, read_file(file, said), said, retrieved=retrieved)

    return of
