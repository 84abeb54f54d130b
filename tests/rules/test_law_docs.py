"""The pages of the law are those the law files make."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    path = ROOT / "tools" / "build_law_docs.py"
    spec = importlib.util.spec_from_file_location("build_law_docs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_the_law_are_up_to_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _tool().main(["--check"]) == 0, capsys.readouterr().out


def test_a_changed_page_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool = _tool()
    assert tool.main(["--folder", str(tmp_path)]) == 0
    assert tool.main(["--folder", str(tmp_path), "--check"]) == 0
    (tmp_path / "us.md").write_text("no law at all", "utf-8")
    assert tool.main(["--folder", str(tmp_path), "--check"]) == 1
    assert "us.md is out of date" in capsys.readouterr().out


def test_every_rule_licence_and_duty_has_its_place() -> None:
    from clearway.rules import law
    from clearway.rules.showing import rows

    text = "".join(
        page.read_text("utf-8") for page in (ROOT / "docs" / "law").glob("*.md")
    )
    book = law()
    ids = [row.id for row in rows(book)]
    assert [name for name in ids if f"`{name}`" not in text] == []
