"""The walk-through of the report: built from answers, and true in its own words too."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from clearway.rules import law
from clearway.trade.asking import Question
from clearway.trade.columns import Told
from clearway.trade.dip import Dip, dip
from clearway.trade.files import file_at
from clearway.trade.flows import Series, series
from clearway.trade.periods import Period, window
from clearway.trade.reading import read_file
from clearway.trade.store import Store

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "report.md").read_text("utf-8")
PICTURE = (ROOT / "docs" / "pictures" / "report.svg").read_text("utf-8")
EXAMPLES = ROOT / "examples"


def _tool() -> ModuleType:
    path = ROOT / "tools" / "build_report.py"
    spec = importlib.util.spec_from_file_location("build_report", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_report"] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


tool = _tool()


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Series:
    store = Store(tmp_path_factory.mktemp("corridor"))
    file, told = file_at(EXAMPLES / "china-russia-monthly.csv"), Told(publisher="un")
    store.keep(file, read_file(file, told), told, retrieved="2025-06-01")
    return series(store, Question(("cn",), ("ru",), ("export",)))


@pytest.fixture(scope="module")
def spring(exports: Series) -> Dip:
    return dip(exports, window("2024-03..04"), quick=True)


def test_the_page_is_what_its_builder_makes() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "build_report.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_on_the_page_stands_in_its_source_and_no_other() -> None:
    typed = re.findall(r"^\$ clearway (.+)$", PAGE, re.M)
    assert typed == [block.typed for block in tool.commands(tool._source())]


def test_every_day_asked_is_fixed() -> None:
    for block in tool.commands(tool._source()):
        if block.typed.startswith(("check", "goods", "law replay")):
            assert "--as-of 2024-05-17" in block.typed, block.typed


def test_every_file_asked_about_comes_with_the_clone() -> None:
    for name in re.findall(r"^\$ clearway .*?((?:examples|src)/\S+)", PAGE, re.M):
        assert (ROOT / name).is_file(), name


def test_a_keep_that_keeps_nothing_is_an_error() -> None:
    block = tool._block("goods show 2711.21\nkeep rockets\n")
    with pytest.raises(ValueError, match="no line matches 'rockets'"):
        tool._shortened(["2711.21 as of 2024-05-17"], block)


def test_lines_left_out_are_seen_to_be_left_out() -> None:
    block = tool._block("trade flows CN RU\nkeep March +1\nkeep June\n")
    lines = ["exports", "March", "April", "May", "", "June"]
    assert tool._shortened(lines, block) == ["...", "March", "April", "...", "June"]


def test_a_line_of_directions_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="is no `keep`"):
        tool._block("check examples/report.txt\nkeeps REVIEW\n")


MODEL = "```text\n$ clearway trade dip CN RU\nexpected 17.6 billion, p .09\n```"
CHECK = "```text\n$ clearway check examples/report.txt\n5 mentions\n```"


def test_the_last_digit_of_a_model_may_differ_and_nothing_else() -> None:
    page = f"Words of 2024.\n\n{MODEL}\n\n{CHECK}\n"
    assert tool.same("report.md", page, page)
    assert tool.same("report.md", page, page.replace("p .09", "p .10"))
    assert tool.same("report.md", page, page.replace("17.6", "17.5"))
    for old, new in (
        ("p .09", "p .12"),
        ("17.6", "17.61"),
        ("expected", "hoped for"),
        ("5 mentions", "6 mentions"),
        ("of 2024", "of 2025"),
    ):
        assert not tool.same("report.md", page, page.replace(old, new)), (old, new)
    assert not tool.same("report.md", page, page.replace(CHECK, ""))


def test_the_picture_may_differ_by_a_unit_of_drawing() -> None:
    assert tool.same("a.svg", 'points="12,40 13,41"', 'points="12,41 13,41"')
    assert not tool.same("a.svg", 'points="12,40"', 'points="12,42"')
    assert not tool.same("a.svg", 'class="told" x="1"', 'class="soft" x="1"')


# --- what the page says in its own words ----------------------------------------------


def test_the_trade_of_2023_is_the_sum_it_tells(exports: Series, tmp_path: Path) -> None:
    rows = (EXAMPLES / "china-russia-monthly.csv").read_text().splitlines()[1:]
    cells = [row.split(",") for row in rows]
    total = sum(int(c[1]) + int(c[2]) for c in cells if c[0].startswith("2023"))
    assert round(total / 1e6, 2) == 240.01
    assert "| 240.01, by a named vintage |" in PAGE
    assert exports.total(Period(2023)) == pytest.approx(111.078e9, rel=1e-5)


def test_the_table_holds_every_month_once() -> None:
    rows = (EXAMPLES / "china-russia-monthly.csv").read_text().splitlines()[1:]
    months = [row.partition(",")[0] for row in rows]
    assert months == [f"{y}-{m:02}" for y in range(2017, 2025) for m in range(1, 13)]


def test_the_spring_of_2024_is_what_the_page_calls_it(spring: Dip) -> None:
    assert "fell short by about a tenth" in PAGE
    assert -0.13 < spring.middle < -0.07
    assert "A weak sign" in PAGE
    assert not spring.abnormal
    assert 0.05 < spring.middle_p < 0.25
    assert spring.base is not None
    assert spring.base.base is not None
    assert "spring 2023 had been unusually high" in PAGE
    assert spring.base.base > 0.2


def test_the_spring_of_2022_is_what_the_page_calls_it(exports: Series) -> None:
    found = dip(exports, window("2022-03..06"), quick=True)
    assert found.agreeing == len(found.against)
    assert found.middle_p < 0.01


def test_the_surge_was_none_and_june_was_above(exports: Series) -> None:
    surge = dip(exports, window("2024-01..02"), rise=True, quick=True)
    assert surge.middle_p > 0.25
    assert exports.values["2024-06"] > exports.values["2023-06"]


def test_the_picture_says_what_was_found(spring: Dip) -> None:
    told = re.search(r"<desc.*?>(.*?)</desc>", PICTURE)
    assert told
    assert f"abnormal ({spring.agreeing} of {len(spring.against)} models)" in told[1]
    assert "March-June 2022: abnormal (4 of 4" in told[1]
    assert "<title" in PICTURE
    assert "http" not in PICTURE.replace("http://www.w3.org/2000/svg", "")


def test_the_days_of_the_order_are_those_of_the_rule_book() -> None:
    days = {event.day for event in law().events}
    for day, written in (
        (date(2023, 12, 22), "22 December 2023"),
        (date(2024, 6, 12), "12 June\n2024"),
    ):
        assert day in days
        assert written in PAGE
    assert f"confirmed after\n{law().last_confirmed}." in PAGE


def test_the_licences_are_marked_as_the_page_says() -> None:
    series_of_2024 = ("gl-8i", "gl-8j", "gl-8k", "gl-8l")
    marks = {one.id: str(one.law.evidence) for one in law().licences}
    weak = [name for name in series_of_2024 if marks[name] != "found"]
    assert len(weak) == 3
    assert "three of the four rows" in PAGE


def test_the_starter_list_is_as_large_as_the_page_says() -> None:
    source = tomllib.loads((ROOT / "resources" / "starter.toml").read_text("utf-8"))
    assert "some 110 real entries" in PAGE
    assert 105 <= len(source["entity"]) < 120


def test_the_sentences_judged_are_those_of_our_own_report() -> None:
    report = " ".join((EXAMPLES / "report.txt").read_text("utf-8").split())
    judged = re.findall(r"agrees: “(.+?)”", " ".join(PAGE.split()))
    assert len(judged) == 3
    for sentence in judged:
        assert sentence in report, sentence
