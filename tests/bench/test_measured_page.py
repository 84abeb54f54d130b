"""What was measured gets into the page by a tool, never by hand."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from clearway.bench.report import Part, Table
from clearway.bench.running import head
from clearway.bench.setting import Setting

ROOT = Path(__file__).resolve().parents[2]
PAGE = "# A page\n\n## What was measured\n\nOld numbers.\n\n## After it\n\nStays.\n"


@pytest.fixture
def tool() -> ModuleType:
    path = ROOT / "tools" / "write_measured.py"
    spec = importlib.util.spec_from_file_location("write_measured", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_the_part_of_measurements_is_replaced(
    tool: ModuleType, setting: Setting, tmp_path: Path
) -> None:
    part = Part("pairs", "x")
    part.measure("f1", "F1 at 0.70", 0.5, of=415)
    part.measure("speed_to_peer", "pairs/s", 2.0, "times")
    title = "scorers, the same pairs in the same run"
    part.tables.append(Table(title, ("scorer", "F1"), [["clearway", 0.5]]))
    gone = Part("un", "x", skipped="needs un_queries.csv")
    found = {**head(setting), "sections": [part.to_dict(), gone.to_dict()]}
    (tmp_path / "out.json").write_text(json.dumps(found), "utf-8")
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    assert tool.main([str(tmp_path / "out.json"), "--page", str(page)]) == 0
    written = page.read_text("utf-8")
    assert "Old numbers" not in written
    assert "| pairs | F1 at 0.70 | 0.500 | 415 | from 0.900, **missed** |" in written
    assert "|  | pairs/s | 2.00 x |  |  |" in written
    assert "| clearway | 0.500 |" in written
    assert "not measured: needs un_queries.csv" in written
    assert written.endswith("## After it\n\nStays.\n")


def test_a_page_without_that_part_is_refused(tool: ModuleType) -> None:
    with pytest.raises(ValueError, match="What was measured"):
        tool.page_with("# Another page\n", {})


def test_the_page_in_the_documentation_has_its_place(tool: ModuleType) -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert tool._SECTION.search(page)
