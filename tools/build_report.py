"""Build the walk-through of the news report: every answer on it comes from a command.

    python tools/build_report.py            write docs/report.md and its picture
    python tools/build_report.py --check    compare only; exit 1 if one is out of date

The prose stands in resources/report.md. In it a block

    ```clearway
    check examples/report.txt --as-of 2024-05-17
    keep REVIEW
    ```

is a command, run as a reader would run it, in a home of its own that the page's first
commands fill. `keep` names, by a pattern, the lines of its answer that are shown (with
`+2` behind it two more below each); where lines are left out stands `...`. A pattern
that no line matches is an error, so that the page cannot tell of what is gone.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "resources" / "report.md"
DOCS = ROOT / "docs"
PAGE, PICTURE = "report.md", "pictures/report.svg"
FILLING = 2
"""How many commands at the head of the page fill the home; the others only ask."""

WIDTH = 88

for _folder in (ROOT / "src", ROOT / "tools"):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))

_PROGRAM = "from clearway.cli.main import run; run()"
_ENVIRONMENT = {
    "COLUMNS": str(WIDTH),
    "NO_COLOR": "1",
    "PYTHONPATH": str(ROOT / "src"),
    # The matrices of the models are small: two threads that wait for each other cost
    # more than they save.
    "OPENBLAS_NUM_THREADS": "1",
}
_BLOCK = re.compile(r"^```clearway\n(.*?)^```$", re.M | re.S)
_KEEP = re.compile(r"keep (?P<pattern>.+?)(?: \+(?P<more>\d+))?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_MODELS = ("$ clearway trade dip", "$ clearway trade claims")


@dataclass(frozen=True, slots=True)
class Block:
    """A command of the page, and which lines of its answer are shown."""

    typed: str
    kept: tuple[tuple[int, re.Pattern[str]], ...]


def built(home: Path) -> dict[str, str]:
    """The page and its picture by their paths below docs, made in an empty home."""
    from report_picture import picture

    typed = list(dict.fromkeys(block.typed for block in commands(_source())))
    filling, asking = typed[:FILLING], typed[FILLING:]
    answers = {words: _run(words, home) for words in filling}
    with ThreadPoolExecutor(2) as pool:
        drawn = pool.submit(picture, home)
        answers |= zip(asking, pool.map(_run, asking, repeat(home)), strict=True)
    page = _BLOCK.sub(lambda found: _shown(_block(found[1]), answers), _source())
    return {PAGE: page, PICTURE: drawn.result()}


def _source() -> str:
    """The prose, without the comment at its head that speaks to its editors."""
    return re.sub(r"\A<!--.*?-->\n+", "", SOURCE.read_text("utf-8"), flags=re.S)


def commands(text: str) -> Iterator[Block]:
    """The commands of the page in their order."""
    return (_block(found[1]) for found in _BLOCK.finditer(text))


def _block(body: str) -> Block:
    typed, *rest = body.splitlines()
    kept = []
    for line in rest:
        asked = _KEEP.fullmatch(line)
        if asked is None:
            raise ValueError(f"{typed}: {line!r} is no `keep`")
        kept.append((int(asked["more"] or 0), re.compile(asked["pattern"])))
    return Block(typed, tuple(kept))


def _shown(block: Block, answers: Mapping[str, tuple[int, str]]) -> str:
    """A command with its answer and exit code, as a block of the page."""
    code, said = answers[block.typed]
    lines = _shortened(said.rstrip().splitlines(), block)
    ended = [f"exit code {code}"] if code else []
    told = [part for line in (*lines, *ended) for part in _broken(line)]
    return "\n".join(["```text", f"$ clearway {block.typed}", *told, "```"])


def _broken(line: str) -> list[str]:
    """A line that is too long for the page, its rest further in."""
    indent = " " * (len(line) - len(line.lstrip()) + 6)
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=indent,
        break_on_hyphens=False, break_long_words=False,
    ) or [line]  # fmt: skip


def _run(typed: str, home: Path) -> tuple[int, str]:
    """The command line itself; output and notes in the order in which they come."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "--home", str(home), *shlex.split(typed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env={**os.environ, **_ENVIRONMENT},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


def _shortened(lines: list[str], block: Block) -> list[str]:
    """The lines that are kept, with `...` where others were."""
    if not block.kept:
        return lines
    chosen: set[int] = set()
    for more, pattern in block.kept:
        found = [at for at, line in enumerate(lines) if pattern.search(line)]
        if not found:
            raise ValueError(f"{block.typed}: no line matches {pattern.pattern!r}")
        for at in found:
            chosen.update(range(at, min(at + 1 + more, len(lines))))
    shown: list[str] = []
    for at, line in enumerate(lines):
        if at in chosen:
            shown.append(line)
        elif line and (not shown or shown[-1] != "..."):
            shown.append("...")
    return shown


def same(name: str, kept: str, made: str) -> bool:
    """Whether two makings are the same.

    Text must be equal to the letter. What a model fits may differ in its last digit
    from one machine to another: in answers of models and in the picture drawn from
    them a number may be off by one unit of its last place.
    """
    if name.endswith(".svg"):
        return _near(kept, made)
    pieces = [re.split(r"^(```text\n.*?^```)$", text, flags=re.M | re.S)
              for text in (kept, made)]  # fmt: skip
    if len(pieces[0]) != len(pieces[1]):
        return False
    return all(
        _near(old, new) if _fitted(old) and _fitted(new) else old == new
        for old, new in zip(*pieces, strict=True)
    )


def _fitted(piece: str) -> bool:
    return piece.removeprefix("```text\n").startswith(_MODELS)


def _near(kept: str, made: str) -> bool:
    if _NUMBER.sub("#", kept) != _NUMBER.sub("#", made):
        return False
    pairs = zip(_NUMBER.findall(kept), _NUMBER.findall(made), strict=True)
    return all(_one_unit_apart(old, new) for old, new in pairs)


def _one_unit_apart(old: str, new: str) -> bool:
    places = len(old.partition(".")[2])
    if places != len(new.partition(".")[2]):
        return False
    return abs(float(old) - float(new)) <= 1.001 * 10.0**-places


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the walk-through.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--folder", type=Path, default=DOCS)
    options = parser.parse_args(arguments)
    os.environ.update(_ENVIRONMENT)  # before the picture's models load numpy
    with tempfile.TemporaryDirectory() as folder:
        made = built(Path(folder) / "home")
    stale = False
    for name, text in made.items():
        path = options.folder / name
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"{name}: {text.count(chr(10)):,} lines")
        elif not path.is_file() or not same(name, path.read_text("utf-8"), text):
            print(f"{name} is out of date: run tools/{Path(__file__).name}")
            stale = True
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
