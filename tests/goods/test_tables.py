import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "build_goods.py"
SOURCE = ROOT / "resources" / "goods"


def _built(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, TOOL, *arguments], capture_output=True, text=True, check=False
    )


def test_the_tables_are_those_built_from_their_source() -> None:
    done = _built("--check")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("lists.toml", 'evidence = "found"', 'evidence = "sure"', "evidence"),
        ("lists.toml", "since = 2023-05-19", "sinse = 2023-05-19", "sinse"),
        ("lists.toml", '"ALERT2023", "CHPL"', '"ALERT1999"', "unknown source"),
        ("lists.toml", "854231 =", "774231 =", "no code"),
        ("lists.toml", "until = 2024-02-22", "until = 2020-02-22", "end before"),
        ("editions.toml", 'to = ["880730"]', 'to = ["8807"]', "six digits"),
        ("words.toml", 'codes = ["853221"]', 'codes = ["85322"]', "no code"),
        ("ordinary.toml", "chapters = [", "chapter = [", "unknown key"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_fault(
    tmp_path: Path, file: str, old: str, new: str, complaint: str
) -> None:
    tables = shutil.copytree(SOURCE, tmp_path / "goods")
    text = (tables / file).read_text("utf-8")
    assert old in text
    (tables / file).write_text(text.replace(old, new, 1), "utf-8")
    done = _built("--tables", tables, "--output", tmp_path)
    assert done.returncode == 1
    assert complaint in done.stdout


def test_tables_out_of_date_are_noticed(tmp_path: Path) -> None:
    done = _built("--check", "--output", tmp_path)
    assert done.returncode == 1
    assert "lists.json is out of date" in done.stdout
