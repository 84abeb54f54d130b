"""Sizes, seconds and memory of the main job on real lists.

    python benchmarks/speed.py

Prints the machine first; ratios to another program belong into the same run, and this
one compares clearway only with the floors it was given.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from machine import DAY, incoming, machine, peak_memory, shared
from quality import rows

import clearway
from clearway.app.intake import bring_in, selftest
from clearway.app.opening import open_set
from clearway.lists import readers, reading
from clearway.lists.store import Store
from clearway.screen.config import Configuration
from clearway.screen.screener import Screener

ENTRIES = (
    ("ofac", "ofac/2024-05-07/sdn.xml", 14_966),
    ("ofac", "ofac/2024-05-07/consolidated.xml", 443),
    ("eu", "eu/2024-05-13/20240513-FULL-1_1.xml", 4_811),
    ("un", "un/2024-05-15/consolidated.xml", 875),
    ("un", "un/2025-04-19/consolidated.xml", 877),
    ("un", "un/2026-02-27/consolidated.xml", 1_003),
    ("uk", "uk/2025-04-10/ConList.csv", 4_686),
    ("us_csl", "us_csl/2022-04-21/consolidated.csv", 14_160),
    ("ofac", "ofac_legacy_csv/2021/sdn.csv", 8_976),
)


def entries() -> None:
    """Read every list and compare the number of entries with what is known."""
    for publisher, path, expected in ENTRIES:
        files = readers.files_at(shared() / "lists" / path)
        began = time.perf_counter()
        read = reading.read(readers.recognise(publisher, files[0]), files)
        seconds = time.perf_counter() - began
        found = read.census.records
        mark = "ok" if found == expected else f"EXPECTED {expected:,}"
        print(f"  {path}: {found:,} entries, {seconds:.1f} s, {mark}")


def parse_and_compile(home: Path) -> None:
    """OFAC, EU, UN of May 2024 and UK 2025 to a compiled set."""
    began = time.perf_counter()
    bring_in(home, incoming(), prove_coverage=False)
    parsed = time.perf_counter() - began
    store = Store(home)
    opened = open_set(home, store, store.current())
    seconds = time.perf_counter() - began
    size = sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) / 1e6
    print(
        f"parse and compile: {seconds:.1f} s ({parsed:.1f} s parsing), "
        f"{len(opened):,} entities, {len(opened.index):,} names, "
        f"{size:.0f} MB on disk, peak {peak_memory():.2f} GB (floors 30 s, 1.5 GB)"
    )
    began = time.perf_counter()
    proof = selftest(home)
    seconds = time.perf_counter() - began
    print(
        f"coverage proof: {proof.names:,} names in {seconds:.1f} s, "
        f"{len(proof.exclusions)} exclusions"
    )


def command_line(home: Path) -> None:
    """A cold process: the version, and open with a first check."""
    environment = {**os.environ, "CLEARWAY_HOME": str(home)}
    command = [sys.executable, "-c", "from clearway.cli.main import run; run()"]
    for words, floor in (
        (["--version"], "100 ms"),
        (["check", "Promsvyazbank", "--as-of", DAY.isoformat()], "1 s"),
    ):
        taken = []
        for _ in range(7):
            began = time.perf_counter()
            subprocess.run(
                [*command, *words], env=environment, capture_output=True, check=False
            )
            taken.append(time.perf_counter() - began)
        median = sorted(taken)[len(taken) // 2]
        print(f"clearway {words[0]}: {median * 1000:.0f} ms (floor {floor})")


def single(screener: Screener) -> None:
    """Warm checks one by one: listed names and people who are on no list."""
    people = [row["full_name"] for row in rows(bench() / "negatives_us.csv")[:2_000]]
    listed = [row["query"] for row in rows(bench() / "un_queries.csv")]
    names = people + listed
    for name in names:
        screener.check(name)
    taken = []
    for name in names:
        began = time.perf_counter()
        screener.check(name)
        taken.append((time.perf_counter() - began) * 1000)
    p50, p99 = np.percentile(taken, [50, 99])
    print(f"warm single check: p50 {p50:.2f} ms, p99 {p99:.2f} ms (floor p99 5 ms)")
    fresh = [
        row["full_name"] for row in rows(bench() / "negatives_us.csv")[4_000:6_000]
    ]
    taken = []
    for name in fresh:
        began = time.perf_counter()
        screener.check(name)
        taken.append((time.perf_counter() - began) * 1000)
    p50, p99 = np.percentile(taken, [50, 99])
    print(f"names never seen before: p50 {p50:.2f} ms, p99 {p99:.2f} ms")


def frame(screener: Screener) -> None:
    """A data frame of 25,000 people with birth dates and nationalities."""
    import pyarrow as pa

    people = rows(bench() / "negatives_global.csv")
    columns = ("full_name", "date_of_birth", "nationality")
    table = pa.table({name: [row[name] for row in people] for name in columns})
    began = time.perf_counter()
    answered = screener.check_frame(
        table, name="full_name", birth_date="date_of_birth", countries="nationality"
    )
    seconds = time.perf_counter() - began
    count = answered.num_rows
    print(
        f"check_frame: {count:,} people in {seconds:.1f} s, {count / seconds:,.0f} "
        "names a second (floor 2,000)"
    )


def bench() -> Path:
    """The folder of labelled names."""
    return shared() / "bench"


def main() -> None:
    """Print everything."""
    print(machine())
    print("entries:")
    entries()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        parse_and_compile(home)
        command_line(home)
        screener = clearway.open(home, DAY, Configuration(accept_stale=True))
        single(screener)
        frame(screener)


if __name__ == "__main__":
    main()
