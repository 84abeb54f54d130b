"""`clearway trade` as a person types it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

SPRING = """\
period,china_exports_to_russia_usd,china_imports_from_russia_usd
202303,8890227839,11106000000
202304,9574596213,9740000000
202403,7456257276,12180000000
202404,8296607890,11590000000
"""


@pytest.fixture
def trade(command: Command, tmp_path: Path) -> Command:
    """Run `clearway trade ...` on a home with four months of the corridor."""
    file = tmp_path / "corridor.csv"
    file.write_text(SPRING)
    home = tmp_path / "home"

    def ran(*args: Any, **options: Any) -> Any:
        return command("trade", *args, home=home, **options)

    done = ran("import", file, "--publisher", "comtrade", "--published", "2025-06-01")
    assert done.code == 0
    assert "8 figures, 2023-03 to 2024-04, vintage 2025-06-01" in done.out
    return ran


def test_the_flow_with_growth_of_one_vintage(trade: Command) -> None:
    done = trade("flows", "CN", "Russia", "--from", "2024-03")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "China's exports to Russia, USD, comtrade (reported)"
    assert "7,456,257,276" in lines[1]
    assert "-16.1 %" in lines[1]
    assert "-13.3 %" in lines[2]
    rows = json.loads(trade("flows", "CN", "RU", "--json").out)["rows"]
    assert rows[-1]["growth"] == pytest.approx(-0.1335, abs=1e-4)


def test_a_file_that_leaves_things_open_is_a_usage_error(
    trade: Command, tmp_path: Path
) -> None:
    query = tmp_path / "query.csv"
    query.write_text("商品编码,贸易伙伴编码,贸易伙伴名称,美元\n85423119,344,俄罗斯,5\n")
    done = trade("import", query)
    assert done.code == 2
    assert "--flow" in done.err
    assert "--period" in done.err
    assert trade("import", query, "--flow", "export", "--period", "2024-03").code == 0


def test_an_unreadable_file_does_not_stop_the_others(
    trade: Command, tmp_path: Path
) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("hello")
    good.write_text(SPRING.replace("202303", "202302"))
    done = trade("import", bad, good)
    assert done.code == 4
    assert "bad.csv" in done.err
    assert "good.csv" in done.out


def test_a_short_history_is_said_not_guessed(trade: Command) -> None:
    done = trade("dip", "CN", "RU", "--window", "2024-03..04")
    assert done.code == 2
    assert "at least 24" in done.err


def test_claims_of_a_text(trade: Command, tmp_path: Path) -> None:
    text = "Chinese exports to Russia fell 16.1 percent in March 2024."
    done = trade("claims", "-", stdin=text.encode())
    assert done.code == 0
    assert done.out.startswith("agrees: “Chinese exports")
    (found,) = json.loads(trade("claims", "-", "--json", stdin=text.encode()).out)
    assert found["verdict"] == "agrees"
    assert found["claim"]["partner"] == "ru"


def test_a_report_and_its_charts(trade: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = trade("report", "RU", "--reporter", "CN", "-o", page)
    assert done.code == 0
    assert "Level and growth" in page.read_text("utf-8")


def test_mirror_and_diversion_say_what_is_missing(trade: Command) -> None:
    assert trade("mirror", "CN", "RU").code == 2
    done = trade("diversion", "EU", "RU", "--window", "2024-03", "--high-priority")
    assert done.code == 2
    assert "no figures" in done.err


def test_two_baskets_are_one_too_many(trade: Command) -> None:
    done = trade("flows", "CN", "RU", "--code", "85", "--high-priority")
    assert done.code == 2
    assert "not both" in done.err


def test_fetching_without_a_key_says_where_to_get_one(
    trade: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMTRADE_KEY", raising=False)
    done = trade("fetch", "CN", "RU", "--from", "2024-01", "--to", "2024-02")
    assert done.code == 2
    assert "comtradedeveloper" in done.err
