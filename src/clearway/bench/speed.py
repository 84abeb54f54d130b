"""How fast: whole tables, single names, a cold command, compiling; beside the peer."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from clearway.bench.asked import listed_names, people_asked
from clearway.bench.compiling import compile_in_child
from clearway.bench.measures import evenly, percentile
from clearway.bench.peers import PEER, PeerFailed, described, listed
from clearway.bench.report import Part
from clearway.bench.setting import Row, Setting
from clearway.lists.store import Store
from clearway.model import Party
from clearway.scale.local import cores

_SINGLE = 4_000
_COLD = 7
_CANDIDATES = 50
_PEER_QUERIES = 100


def run(setting: Setting) -> Part:
    """Names a second, milliseconds a name, seconds a command, seconds a compilation."""
    part = Part("speed", "the lists in use, whole pipeline")
    people = people_asked(setting, part)
    setting.progress("asking a whole table", 0, 0)
    rate = _table(setting, part, people)
    _single(setting, part, people)
    _cold(setting, part)
    _compile(setting, part)
    _peer(setting, part, people, rate)
    return part


def _table(setting: Setting, part: Part, people: Sequence[Row]) -> float:
    """Names a second of a data frame in and a data frame out, the better of two."""
    import pyarrow as pa

    screener = setting.screener()
    columns = {
        "full_name": "name",
        "date_of_birth": "birth_date",
        "nationality": "countries",
    }
    table = pa.table({name: [row[name] for row in people] for name in columns})
    facts = {meaning: name for name, meaning in columns.items()}
    rates = {}
    for key, asked in (("facts", facts), ("names", {"name": "full_name"})):
        best = 0.0
        for _ in range(2):
            began = time.perf_counter()
            answered = screener.check_frame(table, **asked)
            best = max(best, answered.num_rows / (time.perf_counter() - began))
        rates[key] = best
    what = f"names a second, birth date and nationality, {cores()} cores"
    count = len(people)
    part.measure("names_a_second", what, rates["facts"], "names/s", count)
    part.measure(
        "bare_names_a_second", "  by name alone", rates["names"], "names/s", count
    )
    return rates["facts"]


def _single(setting: Setting, part: Part, people: Sequence[Row]) -> None:
    """Checks one by one, each name for the first time: people, and listed names."""
    screener = setting.screener()
    names = [row["full_name"] for row in evenly(people, _SINGLE)]
    names += [name for _, name in listed_names(setting, 500)]
    random.Random(1).shuffle(names)
    warm = min(300, len(names) // 4)
    for name in names[:warm]:
        screener.check(name)
    taken = []
    for name in names[warm:]:
        began = time.perf_counter()
        screener.check(name)
        taken.append((time.perf_counter() - began) * 1000)
    what = "warm single check of a name not asked before"
    part.measure("p50", f"{what}, p50", percentile(taken, 50), "ms", len(taken))
    part.measure("p99", "  p99", percentile(taken, 99), "ms", len(taken))


def _cold(setting: Setting, part: Part) -> None:
    """A new process: program start, lists opened, one name answered."""
    command = [sys.executable, "-c", "from clearway.cli.main import run; run()"]
    environment = {**os.environ, "CLEARWAY_HOME": str(setting.home)}
    for key, what, words in (
        ("cold", "cold command: clearway check NAME", ["check", "Promsvyazbank"]),
        ("version", "  clearway --version", ["--version"]),
    ):
        taken = []
        for _ in range(_COLD):
            began = time.perf_counter()
            subprocess.run(
                [*command, *words], env=environment, capture_output=True, check=False
            )
            taken.append(time.perf_counter() - began)
        part.measure(key, f"{what}, median", percentile(taken, 50), "s", _COLD)


def _compile(setting: Setting, part: Part) -> None:
    store = Store(setting.home)
    files = [store.entities_path(version) for version in store.current(setting.day)]
    setting.progress("compiling the lists anew", 0, 0)
    with TemporaryDirectory() as folder:
        made = compile_in_child(Path(folder) / "set", files)
    what = f"compiling {made['entities']:,} entities, {made['names']:,} names"
    part.measure("compile", what, made["seconds"], "s")
    part.measure("compile_memory", "  peak memory", made["peak"], "GB")
    part.measure("disk", "  on disk", made["disk"], "MB")


def _peer(setting: Setting, part: Part, people: Sequence[Row], rate: float) -> None:
    """The peer scores fifty entities a query and searches for none of them."""
    if setting.peers is None or not setting.peers.has(PEER):
        return
    compiled = setting.screener().compiled
    queries = evenly(people, _PEER_QUERIES)
    near = _near(setting, [row["full_name"] for row in queries])
    pairs = []
    for row, numbers in zip(queries, near, strict=True):
        party = Party(
            row["full_name"],
            kind="person",
            birth_date=row["date_of_birth"] or None,
            countries=(row["nationality"],) if row["nationality"] else (),
        )
        asked = described(party, "Person")
        pairs += [(asked, listed(compiled.entity(number))) for number in numbers]
    try:
        _, seconds = setting.peers.scores(PEER, pairs, warm=True)
        _, cold = setting.peers.scores(PEER, pairs)
    except PeerFailed as error:
        part.notes.append(f"{PEER} failed: {error}")
        return
    theirs = len(queries) / seconds
    what = f"{PEER} scoring {_CANDIDATES} given entities, names seen before, one core"
    part.measure("peer", what, theirs, "names/s", len(queries))
    what = "  names never seen before"
    part.measure("peer_cold", what, len(queries) / cold, "names/s", len(queries))
    what = f"whole pipeline on {cores()} cores as against its best"
    part.measure("to_peer", what, rate / theirs, "times")


def _near(setting: Setting, names: Sequence[str]) -> list[list[int]]:
    """The numbers of the people on the lists whose names look most like each name."""
    import numpy as np
    from rapidfuzz import fuzz, process, utils

    compiled = setting.screener().compiled
    numbers, texts = [], []
    for number in evenly(range(len(compiled)), 20_000):
        entity = compiled.entity(number)
        if entity.kind == "person":
            numbers.append(number)
            texts.append(utils.default_process(entity.name))
    asked = [utils.default_process(name) for name in names]
    alike = process.cdist(asked, texts, scorer=fuzz.token_sort_ratio, workers=-1)
    count = min(_CANDIDATES, len(numbers))
    best = np.argsort(-alike, axis=1, kind="stable")[:, :count]
    return [[numbers[at] for at in row] for row in best.tolist()]
