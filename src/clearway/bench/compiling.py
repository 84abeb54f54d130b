"""Compile a set, and ask it names, each in a process of its own: seconds and memory.

    python -m clearway.bench.compiling compile OUT ENTITIES.jsonl...
    python -m clearway.bench.compiling ask OUT NAMES.txt ENTITIES.jsonl...

A process of its own, because the most memory a process ever held is never given back.
Prints one JSON object; progress goes to standard error as `done total` lines.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from clearway.bench.machine import peak_memory, peak_of_children
from clearway.bench.measures import percentile
from clearway.errors import ClearwayError

_WARM = 300
"""Names asked before the clock runs: compiled kernels are loaded, caches filled."""


class CompilingFailed(ClearwayError):
    """The child process could not do it; its last words are the message."""


def compile_in_child(out: Path, files: Sequence[Path]) -> dict[str, Any]:
    """Compile into `out`: `seconds`, `entities`, `names`, `disk` (MB).

    And the most memory in GB: `peak` of the process itself, `reader` of the largest of
    those that read for it while it does little.
    """
    return _child("compile", out, *files)


def ask_in_child(out: Path, names: Path, files: Sequence[Path]) -> dict[str, Any]:
    """Ask each line of `names` once: `p50`, `p99` (ms), `peak` (GB), `opened` (s)."""
    return _child("ask", out, names, *files)


def _child(*words: str | Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "clearway.bench.compiling", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CompilingFailed(done.stderr.strip().rpartition("\n")[2])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _compile(out: Path, files: Sequence[Path]) -> dict[str, Any]:
    from clearway.screen.compiled import CompiledSet, compile_set

    began = time.perf_counter()
    compile_set(files, out)
    seconds = time.perf_counter() - began
    peak = peak_memory()
    compiled = CompiledSet(out, files)
    disk = sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / 1e6
    return {
        "seconds": seconds,
        "peak": peak,
        "reader": peak_of_children(),
        "entities": len(compiled),
        "names": len(compiled.index),
        "disk": disk,
    }


def _ask(out: Path, names: Path, files: Sequence[Path]) -> dict[str, Any]:
    from clearway.screen.compiled import CompiledSet
    from clearway.screen.screener import Screener

    began = time.perf_counter()
    screener = Screener(CompiledSet(out, files), (), as_of=date.min)
    opened = time.perf_counter() - began
    asked = names.read_text("utf-8").splitlines()
    warm = min(_WARM, len(asked) // 4)
    for name in asked[:warm]:
        screener.check(name)
    taken = []
    hits = 0
    for name in asked[warm:]:
        began = time.perf_counter()
        answer = screener.check(name)
        taken.append((time.perf_counter() - began) * 1000)
        hits += bool(answer.hits)
    return {
        "opened": opened,
        "asked": len(taken),
        "hits": hits,
        "p50": percentile(taken, 50),
        "p99": percentile(taken, 99),
        "peak": peak_memory(),
    }


def main(words: Sequence[str]) -> None:
    """Do what the words say and print what it took."""
    what, out = words[0], Path(words[1])
    if what == "compile":
        answer = _compile(out, [Path(word) for word in words[2:]])
    else:
        answer = _ask(out, Path(words[2]), [Path(word) for word in words[3:]])
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
