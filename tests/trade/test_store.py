"""Nothing is overwritten: every vintage stays, and the newest answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import NotFound, StoreError
from clearway.trade.asking import Question, rows_of
from clearway.trade.store import STORED, Kept, Store

Keep = Callable[..., Kept]
HEAD = "period,china_exports_to_russia_usd\n"
CORRIDOR = Question(("cn",), ("ru",))


def test_a_figure_keeps_all_that_makes_it(store: Store, keep: Keep) -> None:
    kept = keep(HEAD + "202403,7607\n", published="2024-04-18")
    row = rows_of(store, CORRIDOR).row(0, named=True)
    assert (row["value"], row["currency"], row["status"]) == (7607.0, "USD", "reported")
    assert (row["vintage"], row["row"], row["seq"]) == ("2024-04-18", 2, kept.seq)
    assert kept.sentence == (
        "figures.csv: table of figures, 1 figures, 2024-03 to 2024-03, "
        "vintage 2024-04-18"
    )


def test_the_same_file_twice_is_one_file(store: Store, keep: Keep) -> None:
    first = keep(HEAD + "202403,7607\n")
    again = keep(HEAD + "202403,7607\n", retrieved="2025-01-01")
    assert first.new
    assert not again.new
    assert len(store.files()) == 1


def test_of_two_vintages_the_newest_answers_and_both_stay(
    store: Store, keep: Keep
) -> None:
    keep(HEAD + "202303,9000\n202304,9500\n", published="2024-05-01")
    keep(HEAD + "202303,9020\n", published="2023-04-13")
    assert rows_of(store, CORRIDOR)["value"].to_list() == [9000.0, 9500.0]
    then = Question(("cn",), ("ru",), as_of="2023-12-31")
    assert rows_of(store, then)["value"].to_list() == [9020.0]
    every = Question(("cn",), ("ru",), every_vintage=True)
    assert rows_of(store, every).height == 3


def test_a_file_told_otherwise_takes_the_place_of_its_first_reading(
    store: Store, keep: Keep
) -> None:
    said = {"reporter": "CN", "partner": "RU", "currency": "USD"}
    keep("date,value\n2024-03,5\n", flow="import", **said)
    keep("date,value\n2024-03,5\n", flow="export", **said)
    assert [kept.told["flow"] for kept in store.files()] == ["export"]
    assert len(list(store.folder.glob("*.excluded.parquet"))) == 2


def test_rows_left_out_are_kept_with_their_reason(store: Store, keep: Keep) -> None:
    kept = keep(HEAD + "202403,-1\n202404,2\n")
    assert kept.excluded == {"negative": 1}
    assert store.excluded(kept).rows() == [(2, "negative", "202403 | -1")]
    assert kept.problems[0]["position"] == "row 2"


def test_an_empty_store_says_how_to_fill_it(store: Store) -> None:
    with pytest.raises(NotFound, match="clearway trade import"):
        rows_of(store, CORRIDOR)


def test_a_damaged_store_says_which_file(store: Store, keep: Keep) -> None:
    kept = keep(HEAD + "202403,1\n")
    (store.folder / f"{kept.id}.json").write_text("{")
    with pytest.raises(StoreError, match="remove it and import again"):
        store.files()


def test_a_home_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    from clearway.trade.columns import Told
    from clearway.trade.files import File
    from clearway.trade.reading import read_file

    (tmp_path / "trade").write_text("a file where a folder should be")
    file = File("f.csv", (HEAD + "202403,1\n").encode())
    with pytest.raises(StoreError):
        Store(tmp_path).keep(file, read_file(file), Told(), retrieved="2024-06-01")


def test_the_columns_on_disk_are_what_is_promised(store: Store, keep: Keep) -> None:
    keep(HEAD + "202403,1\n")
    with store.connect() as database:
        told = database.execute("DESCRIBE figures").fetchall()
    assert tuple(row[0] for row in told) == STORED
