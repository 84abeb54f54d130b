"""The pages say what is so: commands, options, scores, examples, links."""

import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from clearway.cli import main
from clearway.cli.main import cli
from clearway.lists.publishers import directory
from clearway.match import features, score, words
from clearway.screen.profile import load_profile
from clearway.screen.screening import Screening, Verdict

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "examples" / "README.md"]
)
IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
every_page = pytest.mark.parametrize("page", PAGES, ids=IDS)

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_OPERATORS = re.compile(r"\s[|<>]\s")


def _tool(name: str) -> ModuleType:
    """A builder of `tools/`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _contexts(
    command: click.Command = cli,
    name: str = "clearway",
    parent: click.Context | None = None,
) -> Iterator[click.Context]:
    settings = command.context_settings
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            child = command.get_command(context, below)
            assert child is not None
            yield from _contexts(child, below, context)


CONTEXTS = {context.command_path: context for context in _contexts()}


def _section(command: str) -> str:
    page = (DOCS / "cli.md").read_text("utf-8")
    found = re.search(rf"^#+ {command}\n(.*?)(?=^#+ |\Z)", page, re.M | re.S)
    assert found, command
    return found[1]


def _blocks(page: Path, *languages: str) -> Iterator[str]:
    for language, text in _BLOCK.findall(page.read_text("utf-8")):
        if language in languages:
            yield text


def _shell_lines(page: Path) -> Iterator[str]:
    """Lines of code blocks that call a program, with or without the prompt."""
    for block in _blocks(page, "", "sh", "text"):
        for line in block.splitlines():
            bare = line.strip().removeprefix("$ ")
            # What stands behind several spaces explains the command.
            yield re.split(r"\s{2,}", bare)[0]


def _calls(page: Path) -> Iterator[list[str]]:
    """What pages tell a reader to type after `clearway`."""
    for line in _shell_lines(page):
        for part in _OPERATORS.split(line):
            if part.startswith("clearway "):
                yield shlex.split(part)[1:]
    prose = _BLOCK.sub("", page.read_text("utf-8"))
    for text in re.findall(r"`(clearway [^`]+)`", prose):
        yield shlex.split(text)[1:]


@pytest.mark.parametrize("command", CONTEXTS)
def test_every_command_and_option_is_documented(command: str) -> None:
    section = _section(command)
    for parameter in CONTEXTS[command].command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for spelling in parameter.opts:
                assert re.search(rf"(?<![\w-]){spelling}(?![\w-])", section), spelling


@pytest.mark.parametrize("tool", ["build_docs", "build_pictures"])
def test_pages_and_pictures_are_what_their_builders_make(tool: str) -> None:
    # In a process of its own: click keeps the help option of whoever asked first.
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / f"{tool}.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_page_that_is_out_of_date_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool = _tool("build_docs")
    assert tool.main(["--folder", str(tmp_path)]) == 0
    assert tool.main(["--folder", str(tmp_path), "--check"]) == 0
    (tmp_path / "features.md").write_text("Everything scores 1.\n")
    assert tool.main(["--folder", str(tmp_path), "--check"]) == 1
    assert "features.md is out of date" in capsys.readouterr().out


def test_every_feature_rule_and_threshold_is_documented() -> None:
    page = (DOCS / "features.md").read_text("utf-8")
    for feature in features.FEATURES:
        assert f"| `{feature.name}` | {feature.meaning} |" in page
    for rule, said in words.RULES.items():
        assert f"| `{rule}` | {said} |" in page
    assert f"| from {score.REVIEW_THRESHOLD:.2f} |" in page
    assert f"| from {score.STOP_THRESHOLD:.2f}, with more than a name |" in page


def test_the_thresholds_told_are_those_of_the_shipped_profile() -> None:
    config = load_profile()
    assert config.threshold == score.REVIEW_THRESHOLD
    assert config.stop == score.STOP_THRESHOLD
    assert f"default {config.threshold:g}" in _section("clearway check")


def test_the_age_at_which_each_list_is_stale_is_documented() -> None:
    page = (DOCS / "lists.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+/[\w-]+)` \| (\d+) days \|$", page, re.M))
    source = ROOT / "src" / "clearway" / "lists" / "data" / "publishers.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    known = {
        f"{publisher}/{name}": str(directory().describe(publisher, name).rhythm_days)
        for publisher, facts in table.items()
        for name in facts.get("lists", {})
    }
    assert told == known
    assert f"| any other | {table['default']['rhythm_days']} days |" in page


def test_the_readme_names_every_exit_code() -> None:
    table = (ROOT / "README.md").read_text("utf-8").partition("| exit code |")[2]
    told = {int(number) for number in re.findall(r"^\| (\d+) \|", table, re.M)}
    codes = {main.CLEAR, main.REVIEW, main.STOP, main.USAGE, main.LISTS, main.INPUT}
    assert told == codes


@every_page
def test_python_blocks_run_on_the_starter_list(
    page: Path, starter_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of one page follow each other, as a reader would type them."""
    monkeypatch.setenv("CLEARWAY_HOME", str(starter_home))
    known: dict[str, Any] = {"__name__": "page"}
    for number, block in enumerate(_blocks(page, "python"), 1):
        exec(compile(block, f"{page.name}, block {number}", "exec"), known)


def test_the_python_of_the_readme_finds_the_minister(
    starter_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARWAY_HOME", str(starter_home))
    known: dict[str, Any] = {}
    for block in _blocks(ROOT / "README.md", "python"):
        exec(block, known)
    screening: Screening = known["screening"]
    assert screening.verdict is Verdict.REVIEW
    assert "BELOUSOV" in screening.hits[0].entity.name.upper()


@every_page
def test_commands_shown_are_commands_that_exist(page: Path) -> None:
    for typed in _calls(page):
        at = "clearway"
        while typed and f"{at} {typed[0]}" in CONTEXTS:
            at = f"{at} {typed.pop(0)}"
        if not typed or typed[0] == "--version":
            continue  # named, not called
        context = CONTEXTS[at]
        assert not isinstance(context.command, click.Group), (at, typed)
        try:
            context.command.make_context(at, list(typed), parent=context.parent)
        except click.UsageError as error:
            pytest.fail(f"{at} {' '.join(typed)}: {error.message}")


@every_page
def test_make_is_asked_only_for_what_it_makes(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.M))
    for line in _shell_lines(page):
        if line.startswith("make "):
            assert line.split()[1] in targets, line


@every_page
def test_links_lead_to_a_page_and_a_heading(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text("utf-8"))
    for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]+))?\)", text):
        found = page.parent / target if target else page
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.M)
            assert anchor in map(_anchor, headings), f"{target}#{anchor}"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_can_be_reached() -> None:
    index = (DOCS / "index.md").read_text("utf-8")
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS).as_posix()
        assert name == "index.md" or f"({name})" in index, name


def test_nothing_calls_a_party_free_of_sanctions() -> None:
    forbidden = "not sanctioned"
    folders = (ROOT / "src", DOCS, ROOT / "examples", ROOT / "resources")
    files = [path for folder in folders for path in folder.rglob("*")]
    for path in [*files, *ROOT.glob("*.md"), *ROOT.glob("tools/*.py")]:
        if path.is_file() and path.suffix != ".pyc":
            text = " ".join(path.read_text("utf-8", "replace").lower().split())
            assert forbidden not in text, path


def test_the_pages_are_finished() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert not re.search(r"\bTODO\b|\bFIXME\b|<!--|@@", text), page


def test_the_picture_says_in_typedwhat_it_shows() -> None:
    picture = (DOCS / "pictures" / "check.svg").read_text("utf-8")
    assert "<title" in picture
    assert "<desc" in picture
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
