"""Surges compiled for screening, looked up without an extra package."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import StoreError
from clearway.trade.redflags import Table, anomalies, compile_anomalies, detours
from clearway.trade.store import Kept

Keep = Callable[..., Kept]
HEAD = "product_code,flow,reporter,partner,month,value_eur\n"
SURGE = (
    HEAD
    + """\
85415000,EXPORT,Austria,Russia,2021-03,1000000
85415000,EXPORT,Austria,Kyrgyzstan,2021-03,50000
85415100,EXPORT,Austria,Russia,2022-03,1000
85415100,EXPORT,Austria,Kyrgyzstan,2022-03,450000
85423190,EXPORT,Austria,Japan,2021-03,1
85423190,EXPORT,Austria,Japan,2022-03,9000000
01012100,EXPORT,Austria,Kyrgyzstan,2022-03,9000000
"""
)


@pytest.fixture
def table(keep: Keep, tmp_path: Path) -> Table:
    keep(SURGE, published="2022-06-15")
    compile_anomalies(tmp_path)
    return anomalies(tmp_path)


def test_a_surge_to_a_known_detour_is_an_anomaly(table: Table) -> None:
    assert {(row.exporter, row.destination) for row in table.rows} == {
        ("at", "kg"),
        ("eu", "kg"),
    }
    (row,) = (row for row in table.rows if row.exporter == "at")
    assert (row.code, row.tier, row.target) == ("854151/59", "3A", "ru")
    assert (row.before, row.after, row.times) == (50_000.0, 450_000.0, 9.0)
    assert row.lost == 999_000.0
    assert "times 9.0" in row.sentence
    assert "ask for the end user" in row.sentence


@pytest.mark.parametrize("code", ["854151", "85415900", "8541.50", "854150"])
def test_it_is_found_under_any_edition_and_length(table: Table, code: str) -> None:
    assert {r.exporter for r in table.of(code, "AT", "KG", "2024-01-01")} == {
        "at",
        "eu",
    }


def test_a_member_is_also_looked_up_in_the_union(table: Table) -> None:
    assert {r.exporter for r in table.of("854151", "DE", "KG", "2024-01-01")} == {"eu"}


def test_what_was_published_later_was_not_known(table: Table) -> None:
    assert table.of("854151", "AT", "KG", "2022-06-14") == ()
    assert table.of("854151", "AT", "KG", "2022-06-15") != ()


def test_other_goods_countries_and_codes_are_silent(table: Table) -> None:
    for code, exporter, destination in (
        ("010121", "AT", "KG"),
        ("854231", "AT", "JP"),
        ("854151", "US", "KG"),
        ("854151", "AT", "AM"),
    ):
        assert table.of(code, exporter, destination, "2024-01-01") == ()


def test_figures_that_came_since_make_it_stale(
    table: Table, keep: Keep, tmp_path: Path
) -> None:
    assert not table.stale
    keep(HEAD + "85415100,EXPORT,Austria,Armenia,2022-03,9000000\n")
    assert anomalies(tmp_path).stale


def test_nothing_compiled_is_an_empty_table(tmp_path: Path) -> None:
    assert anomalies(tmp_path) == Table(())
    (tmp_path / "trade").mkdir()
    (tmp_path / "trade" / "redflags.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        anomalies(tmp_path)


def test_looking_up_imports_no_heavy_package(table: Table, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from clearway.trade.redflags import anomalies\n"
        f"table = anomalies(Path({str(tmp_path)!r}))\n"
        "assert table.of('854151', 'AT', 'KG', '2024-01-01')\n"
        "print({'polars', 'duckdb', 'statsmodels', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_known_detours_name_their_target() -> None:
    (russia,) = detours()
    assert russia.country == "ru"
    assert {"kg", "am", "kz", "tr", "ae"} <= set(russia.third)
