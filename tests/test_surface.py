"""The Python surface: what a program that imports clearway may rely on."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import clearway

ADDED = [
    *("verdict", "score", "entity_id", "entity_name"),
    *("listings", "hits", "because", "problems"),
]
NAMES = ["Promsvyazbank", "Jane Plain", "Путин Владимир"]
DATA = {"customer": NAMES, "born": [None, "1980-01-01", "1952-10-07"]}


@pytest.fixture
def screener(starter_home: Path) -> clearway.Screener:
    return clearway.open(starter_home, as_of="2024-05-17")


def test_the_surface_is_what_it_says_it_is() -> None:
    assert set(clearway.__all__) == set(dir(clearway))
    for name in clearway.__all__:
        assert getattr(clearway, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        clearway.opne  # noqa: B018
    assert (resources.files("clearway") / "py.typed").is_file()


def test_a_party_is_checked(screener: clearway.Screener) -> None:
    party = clearway.Party(
        name="Vladimir Putin",
        kind="person",
        birth_date="1952-10-07",
        countries=["ru"],
    )
    screening = screener.check(party)
    assert screening.verdict == "stop"
    assert screening.verdict is clearway.Verdict.STOP
    assert screening.hits[0].score > 0.9
    assert screening.hits[0].evidence[0].because
    assert screening.findings == ()


def test_a_screening_as_a_dictionary_holds_what_is_promised(
    screener: clearway.Screener,
) -> None:
    answer = screener.check("Promsvyazbank").to_dict()
    assert {
        *("verdict", "party", "hits", "findings", "problems"),
        *("lists", "rules", "engine", "config"),
    } <= answer.keys()
    hit = answer["hits"][0]
    assert {"score", "entity", "evidence"} <= hit.keys()
    assert {"id", "kind", "names", "listings"} <= hit["entity"].keys()
    listing = hit["entity"]["listings"][0]
    assert {"publisher", "list", "programmes", "listed_on"} <= listing.keys()
    assert answer["engine"] == f"clearway {clearway.__version__}"
    assert answer["lists"][0]["sha256"]
    assert json.loads(screener.check("Promsvyazbank").to_json()) == answer


def test_the_same_question_has_the_same_bytes(starter_home: Path) -> None:
    first, second = (
        clearway.open(starter_home, "2024-05-17").check("Sberbank").to_json()
        for _ in range(2)
    )
    assert first == second


def test_a_notebook_shows_a_screening(screener: clearway.Screener) -> None:
    assert "REVIEW" in screener.check("Promsvyazbank")._repr_html_().upper()
    assert "<script>" not in screener.check("<script>alert()")._repr_html_()


def test_many_parties_are_checked_in_order(screener: clearway.Screener) -> None:
    parties = [clearway.Party(name) for name in NAMES]
    verdicts = [str(s.verdict) for s in screener.check_many(parties)]
    assert verdicts == ["review", "clear", "review"]


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "arrow"]
)
def test_a_frame_comes_back_as_it_came_with_answers_on_the_right(
    screener: clearway.Screener, make: Callable[[Any], Any]
) -> None:
    frame = make(DATA)
    answered = screener.check_frame(frame, name="customer", birth_date="born")
    assert type(answered) is type(frame)
    columns = list(getattr(answered, "column_names", None) or answered.columns)
    assert columns == ["customer", "born", *ADDED]
    held = [list(answered[name]) for name in ("customer", "verdict", "entity_id")]
    names, verdicts, entities = (
        [getattr(value, "as_py", lambda value=value: value)() for value in column]
        for column in held
    )
    assert names == NAMES
    assert verdicts == ["review", "clear", "stop"]
    assert entities[2] == "ofac-35096"


def test_a_relation_of_duckdb_comes_back_as_one(screener: clearway.Screener) -> None:
    with duckdb.connect() as base:
        base.execute("create table clients (name text, country text)")
        base.executemany(
            "insert into clients values (?, ?)",
            [("Promsvyazbank", "RU"), ("Jane Plain", "GB")],
        )
        answered = screener.check_frame(base.table("clients"))
        assert isinstance(answered, duckdb.DuckDBPyRelation)
        assert answered.columns == ["name", "country", *ADDED]
        rows = answered.project("name, verdict").fetchall()
    assert rows == [("Promsvyazbank", "review"), ("Jane Plain", "clear")]


def test_columns_of_a_frame_are_guessed_or_named(screener: clearway.Screener) -> None:
    frame = pl.DataFrame({"Kunde": ["Blue Sky"], "IMO": ["9220639"]})
    guessed = screener.check_frame(frame)
    named = screener.check_frame(frame, name="Kunde", imo="IMO")
    assert guessed["verdict"].to_list() == named["verdict"].to_list() == ["stop"]
    assert screener.check_frame(frame, name="Kunde")["verdict"].to_list() == ["clear"]


def test_a_column_that_is_taken_is_left_alone(screener: clearway.Screener) -> None:
    frame = pl.DataFrame({"name": ["Jane Plain"], "score": [7]})
    answered = screener.check_frame(frame, name="name")
    assert answered["score"].to_list() == [7]
    assert "clearway_score" in answered.columns


def test_a_frame_without_rows_comes_back_without_rows(
    screener: clearway.Screener,
) -> None:
    answered = screener.check_frame(
        pl.DataFrame({"name": []}, {"name": pl.String}), name="name"
    )
    assert answered.columns == ["name", *ADDED]
    assert answered.height == 0


def test_an_empty_cell_of_a_frame_is_for_review(screener: clearway.Screener) -> None:
    frame = pd.DataFrame({"name": ["Jane Plain", None, float("nan"), " "]})
    answered = screener.check_frame(frame, name="name")
    assert list(answered["verdict"]) == ["clear", "review", "review", "review"]
    assert all("name" in text for text in answered["problems"][1:])


def test_two_names_are_compared_without_any_list() -> None:
    same = clearway.compare_names("Vladimir Putin", "Путин Владимир", kind="person")
    other = clearway.compare_names("Vladimir Putin", "Jane Plain", kind="person")
    assert 0 <= other.score < clearway.REVIEW_THRESHOLD <= same.score <= 1
    assert same.evidence
    for kind in ("person", "organization", "vessel", "aircraft", "any"):
        assert clearway.compare_names("Lady R", "LADY R", kind=kind).score > 0.8


@pytest.mark.parametrize(
    "name", ["", " ", "a", "😀", "A" * 10_000, "\0", "\u202e", "\ud800", "=1+1"]
)
def test_no_name_breaks_a_comparison_or_is_clear_unseen(
    screener: clearway.Screener, name: str
) -> None:
    assert 0 <= clearway.compare_names(name, "Vladimir Putin").score < 0.7
    screening = screener.check(name)
    if name not in ("A" * 10_000, "=1+1"):
        assert screening.verdict == "review"


def test_what_makes_no_sense_is_said(
    screener: clearway.Screener, tmp_path: Path
) -> None:
    from clearway.errors import ListMissing, UsageError

    with pytest.raises(ListMissing):
        clearway.open(tmp_path / "none")
    with pytest.raises(UsageError):
        clearway.open(tmp_path, as_of="soon")
    with pytest.raises(UsageError):
        clearway.open(tmp_path, profile="nobody")
    frame = pl.DataFrame({"name": ["Jane Plain"]})
    with pytest.raises(UsageError):
        screener.check_frame(frame, name="nmae")
    with pytest.raises(UsageError):
        screener.check_frame(frame, name="name", colour="name")
    with pytest.raises(UsageError):
        screener.check_frame("name")
