"""Claims beside figures: agrees, an earlier vintage, contradicts, cannot be checked.

Figures: UN Comtrade, China's trade with Russia (exports 111.08 and imports 128.94
billion USD in 2023), and first releases of China Customs (total 240.11).
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clearway.trade.claims import (
    AGREES,
    CONTRADICTS,
    EARLIER,
    UNCHECKED,
    Judged,
    judged,
)
from clearway.trade.columns import Told
from clearway.trade.files import file_at
from clearway.trade.reading import read_file
from clearway.trade.store import Kept, Store

Keep = Callable[..., Kept]
DAY = date(2024, 5, 20)
YEARS = """\
period,published,china_exports_to_russia_usd,china_imports_from_russia_usd
2022,2025-06-01,75538833975,114392293965
2023,2025-06-01,111077715601,128935678560
2022-04,2025-06-01,3761000000,9172000000
2022-04,2022-05-09,3800000000,8890000000
2023-04,2025-06-01,9574596213,9740000000
2023-04,2023-05-09,9621000000,9606000000
"""


@pytest.fixture
def judge(store: Store, keep: Keep) -> Callable[[str], Judged]:
    keep(YEARS, publisher="comtrade")

    def of(sentence: str) -> Judged:
        (found,) = judged(store, sentence, DAY)
        return found

    return of


Judge = Callable[[str], Judged]


def test_a_figure_within_its_rounding_agrees(judge: Judge) -> None:
    found = judge("China-Russia trade hit $240 billion in 2023.")
    assert found.verdict == AGREES
    assert found.stored == pytest.approx(240.013e9, rel=1e-5)
    assert "USD 240.01 billion" in found.because
    assert "vintage 2025-06-01" in found.because


def test_a_first_release_agrees_with_an_earlier_vintage(judge: Judge) -> None:
    found = judge("Chinese exports to Russia totalled $9.62 billion in April 2023.")
    assert found.verdict == EARLIER
    assert found.vintage.startswith("2023-05-09")
    assert "now USD 9.57 billion" in found.because


@pytest.mark.parametrize(
    "sentence",
    [
        "China-Russia trade hit $250 billion in 2023.",
        "China's exports to Russia fell in 2023.",
        "China's exports to Russia grew 12 percent in 2023.",
        "China-Russia trade exceeded $300 billion in 2023.",
    ],
)
def test_another_figure_contradicts(judge: Judge, sentence: str) -> None:
    assert judge(sentence).verdict == CONTRADICTS


@pytest.mark.parametrize(
    "sentence",
    [
        "China's exports to Russia grew 47 percent in 2023.",
        "China's exports to Russia grew in 2023.",
        "China's exports to Russia jumped 155 percent in April 2023.",
        "China's imports from Russia rose nearly 13 percent in 2023.",
    ],
)
def test_growth_and_direction_agree(judge: Judge, sentence: str) -> None:
    assert judge(sentence).verdict == AGREES


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (
            "Germany's exports to Kazakhstan rose 30 percent in 2022.",
            "no figures are kept",
        ),
        ("China-Russia trade hit 1.7 trillion yuan in 2023.", "no figures are kept"),
        ("China's exports to Russia rose 5 percent in 2021.", "run from 2022"),
        ("China's exports to Russia rose 5 percent.", "names no period"),
    ],
)
def test_what_cannot_be_checked_says_why(judge: Judge, sentence: str, why: str) -> None:
    found = judge(sentence)
    assert found.verdict == UNCHECKED
    assert why in found.because


@pytest.mark.shared
def test_both_claims_of_the_report_are_found_and_judged(
    shared: Path, store: Store
) -> None:
    folder = shared / "trade" / "comtrade"
    for name, told in (
        ("china_russia_monthly_2017_2024.csv", Told(publisher="comtrade")),
        ("comtrade_imports_chn_from_rus_2017_2024.csv", Told()),
    ):
        file = file_at(folder / name)
        store.keep(file, read_file(file, told), told, retrieved="2025-06-01")
    text = (shared / "samples" / "000_cb2b893ec2045d21.txt").read_text("utf-8")
    level, dip, surge = judged(store, text)
    assert (level.verdict, level.claim.value) == (AGREES, 240e9)
    assert level.claim.source == "cn"
    assert (dip.verdict, str(dip.claim.period)) == (AGREES, "2024-03..04")
    assert dip.stored == pytest.approx(-0.147, abs=0.0005)
    assert any(note.startswith("largely a base effect") for note in dip.notes)
    assert any("weak evidence" in note for note in dip.notes)
    assert (surge.verdict, str(surge.claim.period)) == (AGREES, "2024-01..02")
