"""The official client, played by one that answers from the test."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clearway.errors import ExtraMissing, InputUnreadable, UsageError
from clearway.trade.extras import imported
from clearway.trade.fetching import fetch
from clearway.trade.files import file_at
from clearway.trade.periods import Period
from clearway.trade.reading import read_file

MARCH = [Period(2024, 3, 3)]


class _Client:
    def __init__(self, rows: int = 1) -> None:
        self.rows = rows
        self.asked: dict[str, Any] = {}

    def getFinalData(self, key: str, **asked: Any) -> pd.DataFrame:
        self.asked = {"key": key, **asked}
        row = {
            "period": "202403",
            "reporterCode": 156,
            "flowCode": "X",
            "partnerCode": 643,
            "cmdCode": "TOTAL",
            "classificationCode": "H6",
            "primaryValue": 7456257276.0,
        }
        return pd.DataFrame([row] * self.rows)


def asked(folder: Path, **changes: Any) -> Path:
    question = {
        "key": "secret",
        "reporter": "cn",
        "partner": "ru",
        "flow": "export",
        "periods": MARCH,
        "client": _Client(),
        **changes,
    }
    return fetch(folder, **question)


def test_what_is_fetched_is_read_like_any_file(tmp_path: Path) -> None:
    client = _Client()
    path = asked(tmp_path, client=client)
    reading = read_file(file_at(path))
    assert reading.rows["value"].to_list() == [7456257276.0]
    assert client.asked["reporterCode"] == "156"
    assert client.asked["period"] == "202403"
    assert "secret" not in path.read_text("utf-8")


def test_without_a_key_it_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="comtradedeveloper"):
        asked(tmp_path, key="")


def test_an_answer_that_is_empty_or_full_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable, match="nothing"):
        asked(tmp_path, client=_Client(0))
    with pytest.raises(InputUnreadable, match="fewer periods"):
        asked(tmp_path, client=_Client(100_000))


def test_years_and_months_are_not_mixed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not for both"):
        asked(tmp_path, periods=[Period(2023), *MARCH])


def test_a_package_that_is_absent_is_named_with_its_command() -> None:
    with pytest.raises(ExtraMissing, match=r"pip install 'clearway\[trade\]'"):
        imported("no_such_package_at_all")
