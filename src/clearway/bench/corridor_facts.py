"""The real corridor: facts to reproduce, a million rows brought in, many more asked.

Facts are computed by the same calls a user makes; speed is taken from a store made in a
folder that goes away; the large question is asked in a process of its own, whose peak
memory is then known.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clearway.bench.real_windows import real
from clearway.bench.report import Part
from clearway.bench.setting import Setting
from clearway.bench.window_alarms import WINDOWS, calibrated, judged
from clearway.trade.asking import Question, narrowed
from clearway.trade.columns import Told
from clearway.trade.dip import Dip, dip
from clearway.trade.diversion import Diversion, diversion
from clearway.trade.editions import high_priority
from clearway.trade.files import file_at
from clearway.trade.flows import series
from clearway.trade.periods import Period, window
from clearway.trade.reading import read_file
from clearway.trade.store import Store

ROWS = 20_000_000
"""Rows generated for the large question; `--sample N` asks for a thousand N instead."""

_CHILD = """
import json, resource, sys, time
from pathlib import Path
from clearway.trade.asking import Question, answered
from clearway.trade.editions import high_priority
from clearway.trade.store import connection
paths, memory = json.loads(sys.argv[1]), sys.argv[2]
question = Question(("eu",), ("ru", "kz", "kg", "am"), ("export",), high_priority(),
                    first="2021-03", last="2022-11")
start = time.perf_counter()
spill = Path(paths[0]).parent / "spill"
with connection(paths, memory=memory, spill=spill) as database:
    frame = answered(database, question)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak / 1e6,
                  "rows": frame.height}))
"""
"""Asks the question of a diversion of generated rows, in a process of its own."""


_GENERATED = """
    COPY (
        SELECT
            {members}[1 + (i % 25)::INT] AS reporter,
            {partners}[1 + (i // 25 % 25)::INT] AS partner,
            CASE WHEN i // 625 % 2 = 0 THEN 'export' ELSE 'import' END AS flow,
            CASE WHEN i % 97 = 0 THEN {codes}[1 + (i // 97 % {count})::INT]
                || '00' ELSE lpad(((i * 7919) % 90000000)::VARCHAR, 8, '0') END AS code,
            'CN' || (2020 + i // 1250 % 4)::VARCHAR AS edition,
            (2020 + i // 1250 % 4)::VARCHAR || '-'
                || lpad((1 + i // 5000 % 12)::VARCHAR, 2, '0') AS period,
            (hash(i) % 1000000)::DOUBLE AS value, 'EUR' AS currency,
            (hash(i + 1) % 10000)::DOUBLE AS quantity, 'kg' AS unit,
            'reported' AS status, 'FOB' AS valuation, '' AS detail, i AS row,
            '2024-06-01' AS vintage,
            CASE WHEN i // 1250 % 4 < 2 THEN 'HS2017' ELSE 'HS2022' END AS hs,
            1::INT AS seq, 'eurostat' AS publisher
        FROM range({rows}) AS r(i)
    ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""
"""Rows with the columns of the store, the same for the same number."""


def facts(part: Part, folder: Path, setting: Setting) -> None:
    """Everything that needs the publishers' files."""
    with TemporaryDirectory() as home:
        store = Store(Path(home))
        setting.progress("bringing in the corridor", 0, 0)
        _bring(store, folder / "comtrade" / "china_russia_monthly_2017_2024.csv")
        _corridor(part, store)
        path = folder / "eurostat" / "cn8_exports_monthly_2020_2022.csv.gz"
        if path.is_file():
            setting.progress("bringing in Eurostat", 0, 0)
            _eurostat(part, store, path)
            count = min(WINDOWS, setting.sample or WINDOWS)
            calibrated(part, judged(real(store, count), setting), "real", "real_")
        rows = min(ROWS, setting.sample * 1000) if setting.sample else ROWS
        setting.progress(f"asking {rows:,} generated rows", 0, 0)
        _large(part, Path(home), rows)


def _bring(store: Store, path: Path) -> tuple[int, float]:
    """Read and keep a file: figures and seconds."""
    start = time.perf_counter()
    file = file_at(path)
    kept = store.keep(file, read_file(file), Told(), retrieved="2025-06-01")
    return kept.rows, time.perf_counter() - start


def _corridor(part: Part, store: Store) -> None:
    corridor = Question(("cn",), ("ru",))
    exports = series(store, corridor)
    imports = series(store, narrowed(corridor, flows=("import",)))
    both = [one.total(Period(2023)) or 0.0 for one in (exports, imports)]
    part.measure("trade_2023", "trade of 2023", sum(both) / 1e9, "billion USD")
    _window(part, "fall_2022", "March-June 2022", dip(exports, window("2022-03..06")))
    _window(part, "dip_2024", "March-April 2024", dip(exports, window("2024-03..04")))


def _window(part: Part, key: str, name: str, found: Dip) -> None:
    called = "abnormal" if found.abnormal else "not abnormal"
    part.measure(key, f"{name} ({called}), median change", found.middle, "share")
    part.measure(f"{key}_low_p", "  smallest p over ideas of the trend", found.p[0])
    part.measure(f"{key}_high_p", "  largest p", found.p[1])
    if found.placebo:
        place = found.placebo
        part.measure(f"{key}_placebo", "  placebo p", place.p, of=place.windows)


def _eurostat(part: Part, store: Store, path: Path) -> None:
    rows, seconds = _bring(store, path)
    part.measure("import", "a file of Eurostat brought in", seconds, "s", rows)

    def asked() -> Diversion:
        return diversion(
            store,
            reporter="eu",
            target="ru",
            basket=high_priority(),
            before=window("2021-03..11"),
            after=window("2022-03..11"),
        )

    found, took = _timed(asked)
    part.measure("diversion", "a question of diversion", took, "s")
    part.measure(
        "lost", "EU high-priority goods to Russia", found.change or 0.0, "share"
    )


def _timed(call: Callable[[], Diversion]) -> tuple[Diversion, float]:
    """The best of three: what it takes once the files are in the system's memory."""
    best, answer = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - start)
    assert answer is not None
    return answer, best


def _large(part: Part, folder: Path, rows: int) -> None:
    """Generated rows in Parquet, asked with 4 GB for DuckDB in a fresh process."""
    path = folder / "generated.parquet"
    generate(path, rows)
    answer = _asked([str(path)])
    part.measure("large", "the same of generated rows", answer["seconds"], "s", rows)
    part.measure("large_memory", "  most memory", answer["peak"], "GB")
    part.measure("large_disk", "  on disk", path.stat().st_size / 1e6, "MB")


def generate(path: Path, rows: int) -> None:
    """So many rows: 25 members, 25 partners, 48 months, one code in 97 on the list."""
    import duckdb

    members = (
        "at be bg hr cy cz dk ee fi fr de gr hu ie it lv lt lu mt nl pl pt ro sk si"
    )
    partners = (
        "ru kz kg am by ge uz tj tr ae cn hk in us gb jp kr vn th my sg rs ch no br"
    )
    codes = sorted(high_priority().codes["HS2022"])
    query = _GENERATED.format(
        members=_list(members.split()),
        partners=_list(partners.split()),
        codes=_list(codes),
        count=len(codes),
        rows=rows,
        path=path,
    )
    with duckdb.connect(":memory:", config={"memory_limit": "4GB"}) as database:
        database.execute("SET enable_progress_bar = false")
        database.execute(query)


def _list(words: list[str]) -> str:
    return "[" + ", ".join(f"'{word}'" for word in words) + "]"


def _asked(paths: list[str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, json.dumps(paths), "4GB"],
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
