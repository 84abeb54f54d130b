"""Any data frame in, the same kind out, its rows, order and index untouched."""

from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from clearway.errors import UsageError
from clearway.model import Party
from clearway.tables.columns import Mapping, guess
from clearway.tables.frames import open_frame
from clearway.tables.parties import parties

DATA = {
    "Name": ["Иван Петров", "Acme", None],
    "INN": [7707083893, None, 7736050003],
    "DOB": [date(1970, 1, 2), None, date(1980, 1, 1)],
    "score": [3, 1, 2],
}
ADDED: dict[str, list[Any]] = {
    "score": [0.5, None, 0.1],
    "verdict": ["clear", "review", None],
}
KINDS = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "lazy": pl.LazyFrame,
    "arrow": pa.table,
    "duckdb": lambda data: duckdb.from_arrow(pa.table(data)),
}


def columns(frame: Any) -> dict[str, list[Any]]:
    """The columns of any of these as lists."""
    if isinstance(frame, pd.DataFrame):
        frame = frame.astype(object).where(frame.notna(), None)
        return {str(name): frame[name].tolist() for name in frame}
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame.to_dict(as_series=False)
    if not isinstance(frame, pa.Table):
        frame = frame.to_arrow_table()
    found: dict[str, list[Any]] = frame.to_pydict()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_any_frame_become_parties(kind: str) -> None:
    frame = open_frame(KINDS[kind](DATA))
    mapping = guess(frame.table)
    assert (
        str(mapping) == "name <- Name, birth_date <- DOB, inn <- INN; not used: score"
    )
    found = list(parties(frame.table, mapping))
    assert found[0] == (
        Party(
            "Иван Петров",
            birth_date="1970-01-02",
            identifiers=(("inn", "7707083893"),),
            reference="row 1",
        ),
        (),
    )
    assert found[1][0] == Party("Acme", reference="row 2")
    assert [problem.code for problem in found[2][1]] == ["empty_name"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_kind_comes_out_with_columns_added(kind: str) -> None:
    given = KINDS[kind](DATA)
    out = open_frame(given).joined(ADDED)
    assert type(out) is type(given)
    found = columns(out)
    assert list(found) == [*DATA, "clearway_score", "verdict"]
    assert found["Name"] == DATA["Name"]
    assert found["score"] == DATA["score"]
    assert found["clearway_score"] == ADDED["score"]
    assert found["verdict"] == ADDED["verdict"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_frame_that_was_given_is_not_changed(kind: str) -> None:
    given = KINDS[kind](DATA)
    before = columns(given)
    open_frame(given).joined(ADDED)
    assert columns(given) == before


@pytest.mark.parametrize(
    "index",
    [[7, 7, 3], ["b", "a", "c"], pd.MultiIndex.from_tuples([(1, 2), (1, 1), (0, 5)])],
)
def test_any_index_of_pandas_is_kept(index: Any) -> None:
    given = pd.DataFrame(DATA, index=index)
    out = open_frame(given).joined({"verdict": ["x", "y", "z"]})
    assert out.index.equals(given.index)
    assert out["verdict"].tolist() == ["x", "y", "z"]


def test_a_relation_stays_on_its_own_connection() -> None:
    connection = duckdb.connect()
    relation = connection.sql("SELECT 'Acme' AS name UNION ALL SELECT 'Beta'")
    out = open_frame(relation).joined({"score": [0.25, 0.5]})
    connection.register("screened", out)
    assert connection.sql("SELECT sum(score) FROM screened").fetchall() == [(0.75,)]


def test_a_taken_prefix_is_put_again() -> None:
    frame = open_frame(pd.DataFrame({"name": ["A"], "clearway_name": ["B"]}))
    assert frame.names(("name", "verdict")) == ("clearway_clearway_name", "verdict")
    assert frame.names(("clearway_name",)) == ("clearway_clearway_name",)


def test_missing_in_any_of_their_ways_is_nothing() -> None:
    frame = pd.DataFrame(
        {
            "Name": ["A", "B", "C"],
            "DOB": [pd.NaT, pd.Timestamp(1970, 1, 2), None],
            "INN": pd.array([1, pd.NA, 2], dtype="Int64"),
            "Country": pd.Categorical(["RU", None, "CN"]),
            "Passport": np.array([123456.0, np.nan, 2.0]),
        }
    )
    found = [party for party, _ in parties(open_frame(frame).table)]
    assert [party.birth_date for party in found] == [None, "1970-01-02", None]
    assert found[0].identifiers == (("passport", "123456"), ("inn", "1"))
    assert found[1].identifiers == ()
    assert [party.countries for party in found] == [("RU",), (), ("CN",)]


def test_objects_of_any_kind_are_read_as_text() -> None:
    frame = pd.DataFrame(
        {"name": ["A"], "aliases": [np.array(["B", "C"])], "countries": [["ru", "cn"]]}
    )
    ((party, _),) = parties(open_frame(frame).table)
    assert (party.aliases, party.countries) == (("B", "C"), ("ru", "cn"))


def test_columns_may_be_numbered_and_stated() -> None:
    frame = open_frame(pd.DataFrame([["x", "Acme"], ["y", "Beta"]]))
    mapping = Mapping.of(frame.table.columns, name="1", reference="0")
    found = [party for party, _ in parties(frame.table, mapping)]
    assert [(party.name, party.reference) for party in found] == [
        ("Acme", "x"),
        ("Beta", "y"),
    ]


def test_a_frame_without_rows_is_said_and_joined() -> None:
    frame = open_frame(pl.DataFrame({"name": []}, schema={"name": pl.String}))
    assert [problem.code for problem in frame.table.problems] == ["no_rows"]
    out = frame.joined({"verdict": [], "score": []})
    assert out.columns == ["name", "verdict", "score"]


def test_blank_rows_are_rows_of_a_frame() -> None:
    frame = open_frame(pd.DataFrame({"name": ["", None, "A"], "x": ["", None, "1"]}))
    assert len(list(parties(frame.table))) == 3


@pytest.mark.parametrize(
    "thing",
    [
        [1],
        None,
        "x",
        pd.Series(["A"]),
        pd.DataFrame(),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
    ],
    ids=["list", "none", "text", "series", "no columns", "twice"],
)
def test_what_is_no_frame_is_refused(thing: Any) -> None:
    with pytest.raises(UsageError):
        open_frame(thing)


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(UsageError, match="1 values for 3 rows"):
        open_frame(pl.DataFrame(DATA)).joined({"verdict": ["x"]})
