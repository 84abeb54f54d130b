"""Unit values compiled from figures kept: median, spread, and how many were seen."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from clearway.errors import NotFound, StoreError
from clearway.trade.columns import Told
from clearway.trade.exchange import rate
from clearway.trade.files import File, file_at
from clearway.trade.reading import read_file
from clearway.trade.store import Store
from clearway.trade.unit_values import (
    LEAST,
    compile_unit_values,
    unit_values,
)

Row = tuple[int, int, int, str, float, float]


def baci(folder: Path, rows: Sequence[Row]) -> File:
    """Rows of BACI: year, exporter, importer, code, thousand dollars, tonnes."""
    path = folder / "BACI_HS17_sample.csv"
    lines = [",".join(map(str, row)) for row in rows]
    path.write_text("\n".join(["t,i,j,k,v,q", *lines]))
    return file_at(path)


def kept(home: Path, rows: Sequence[Row]) -> None:
    file = baci(home, rows)
    told = Told(published="2024-02-01")
    Store(home).keep(file, read_file(file, told), told, retrieved="2024-02-01")


CHINA_RUSSIA: list[Row] = [
    (year, 156, 643, "848210", 1000 * times, 100)
    for year, times in zip(range(2018, 2024), (1, 1.0, 1.1, 0.9, 1.0, 5), strict=True)
]


def test_a_corridor_has_the_median_of_its_years(tmp_path: Path) -> None:
    kept(tmp_path, CHINA_RUSSIA)
    compile_unit_values(tmp_path)
    (found,) = unit_values(tmp_path).of("8482.10", "CN", "RU", "kg", "2024-05-14")
    assert found.median == pytest.approx(10, rel=0.02)
    assert found.count == LEAST
    assert 0 < found.spread < 0.3, "one odd year is no spread"
    assert (found.currency, found.first, found.last) == ("USD", "2019", "2023")
    assert "China to Russia" in found.words


def test_what_was_published_later_is_not_known(tmp_path: Path) -> None:
    kept(tmp_path, CHINA_RUSSIA)
    compile_unit_values(tmp_path)
    assert unit_values(tmp_path).of("848210", "cn", "ru", "kg", "2024-01-31") == ()


def test_few_years_and_other_corridors_say_nothing(tmp_path: Path) -> None:
    kept(tmp_path, [*CHINA_RUSSIA, (2023, 156, 398, "848210", 1000, 100)])
    table = compile_unit_values(tmp_path)
    assert table.of("848210", "cn", "kz", "kg", "2024-05-14") == ()
    assert table.of("848210", "de", "ru", "kg", "2024-05-14") == ()
    assert table.of("848210", "cn", "ru", "piece", "2024-05-14") == ()


def test_an_exporter_to_anyone_is_made_of_several_countries(tmp_path: Path) -> None:
    others = [
        (year, 156, partner, "848210", 500, 100)
        for year in range(2019, 2024)
        for partner in (398, 792, 784, 276)
    ]
    kept(tmp_path, others)
    table = compile_unit_values(tmp_path)
    (found,) = table.of("848210", "cn", "uz", "kg", "2024-05-14")
    assert (found.exporter, found.destination, found.count) == ("cn", "", 20)
    assert found.median == pytest.approx(5)


def test_the_same_figures_make_the_same_file(tmp_path: Path) -> None:
    kept(tmp_path, CHINA_RUSSIA)
    path = tmp_path / "trade" / "unit_values.json.gz"
    compile_unit_values(tmp_path)
    first = path.read_bytes()
    compile_unit_values(tmp_path)
    assert path.read_bytes() == first


def test_nothing_kept_and_a_damaged_table(tmp_path: Path) -> None:
    assert len(unit_values(tmp_path)) == 0
    with pytest.raises(NotFound):
        compile_unit_values(tmp_path)
    path = tmp_path / "trade" / "unit_values.json.gz"
    path.parent.mkdir()
    path.write_bytes(gzip.compress(b"[]"))
    with pytest.raises(StoreError, match="import"):
        unit_values(tmp_path)


def test_rates_are_of_the_nearest_year_and_only_if_near() -> None:
    found = rate("USD", "CNY", 2024)
    assert found is not None
    assert 7 < found.value < 7.4
    late = rate("USD", "CNY", 2026)
    assert late is not None
    assert late.year == 2024
    assert rate("USD", "CNY", 2030) is None
    assert rate("USD", "XOF", 2024) is None
    back = rate("CNY", "USD", 2024)
    assert back is not None
    assert back.value == pytest.approx(1 / found.value)
