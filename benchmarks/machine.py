"""What every benchmark prints first: the machine, the versions, the sizes."""

import os
import platform
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clearway.app.intake import Incoming, bring_in
from clearway.lists.reader import File
from clearway.version import __version__

SHARED = Path(__file__).resolve().parents[2] / "shared"
LISTS = (
    ("ofac", "ofac/2024-05-07/sdn.xml"),
    ("ofac", "ofac/2024-05-07/consolidated.xml"),
    ("eu", "eu/2024-05-13/20240513-FULL-1_1.xml"),
    ("un", "un/2024-05-15/consolidated.xml"),
    ("uk", "uk/2025-04-10/ConList.csv"),
)
NEWEST_UN = ("un", "un/2026-02-27/consolidated.xml")
DAY = date(2025, 4, 11)
"""A day on which all of LISTS had been published."""
LAST_DAY = date(2026, 2, 28)
"""A day on which the newest UN list had been published too."""


def machine() -> str:
    """Processor, cores, memory, Python."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "?"
    return (
        f"clearway {__version__}, Python {platform.python_version()}, {model}, "
        f"{cores} cores, {platform.system()}"
    )


def peak_memory() -> float:
    """The most memory this process and its children held, in GB."""
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(usage, children) / 1e6


def shared() -> Path:
    """The folder of real lists and labelled names, or the end of the benchmark."""
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is absent: this benchmark reads real lists from it")
    return SHARED


def incoming(lists: tuple[tuple[str, str], ...] = LISTS) -> list[Incoming]:
    """The lists as files to bring in."""
    folder = shared() / "lists"
    return [Incoming(name, (File.at(folder / path),)) for name, path in lists]


@contextmanager
def home(lists: tuple[tuple[str, str], ...]) -> Iterator[Path]:
    """A home folder with these lists in it, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        bring_in(Path(folder), incoming(lists), prove_coverage=False)
        yield Path(folder)
