"""The house stands: one direction of import, rooms with a place, a quick start."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "clearway"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Folders that say nothing of what is in them.
NO_SUBJECT = {
    "utils",
    "util",
    "helpers",
    "common",
    "manager",
    "managers",
    "core",
    "misc",
}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts
)
HEAVY = ("numpy", "pyarrow", "lxml", "rapidfuzz", "narwhals", "httpx")


def _rooms() -> set[str]:
    """What stands directly in the package: folders and single modules."""
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return folders | {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}


def _layers() -> list[str]:
    contracts: list[dict[str, Any]] = PYPROJECT["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(c for c in contracts if c["type"] == "layers")["layers"]
    return layers


def test_imports_run_in_one_direction(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT / "src"), *sys.path])
    config = str(ROOT / "pyproject.toml")
    broken = lint_imports(config_filename=config, no_cache=True, no_logo=True)
    assert broken == 0, capsys.readouterr().out


def test_every_room_has_its_place_in_the_contract() -> None:
    placed = {name for layer in _layers() for name in re.findall(r"\w+", layer)}
    assert _rooms() <= placed
    compulsory = re.findall(r"(?<![(\w])\w+(?![)\w])", " ".join(_layers()))
    assert set(compulsory) <= _rooms()


def test_every_room_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "index.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+)` \|", page, re.M))
    assert told == _rooms()


def test_no_room_or_module_is_named_after_no_subject() -> None:
    names = {part for path in MODULES for part in path.relative_to(PACKAGE).parts}
    assert {name.removesuffix(".py") for name in names} & NO_SUBJECT == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_module_says_in_one_sentence_what_it_is(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert text, path
    first = text.splitlines()[0]
    assert first.endswith((".", ":")), f"{path}: {first}"


def test_asking_for_the_version_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from clearway.cli.main import run\n"
        "try:\n"
        "    run(['--version'])\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "", "LANG": "C.UTF-8"},
    )
    said, loaded = done.stdout.strip().splitlines()
    assert said.startswith("clearway")
    assert set(loaded.split()) & set(HEAVY) == set()
