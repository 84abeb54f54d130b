"""Figures kept: one Parquet file for each file imported; nothing is overwritten.

`<home>/trade/figures/ID.parquet` holds the rows, `ID.excluded.parquet` the rows left
out, `ID.json` where they come from. ID begins with the publisher and ends with a
checksum over the file and what was told about it: importing the same again changes
nothing, and telling something else of the same file puts the new reading in the place
of the old, which stays on the disk. DuckDB reads what a question needs and no more.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from clearway.errors import NotFound, StoreError, UsageError
from clearway.model import Problem
from clearway.trade.columns import ROW, Reading, Told
from clearway.trade.editions import hs_of
from clearway.trade.extras import imported
from clearway.trade.files import File

STORED = (*ROW, "vintage", "hs", "seq", "publisher")
"""Columns on the disk: a figure, the day of its publication (or retrieval), its edition
of the Harmonized System, the number of its file, its publisher."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An imported file: where it comes from, what it holds, what was left out."""

    id: str
    seq: int
    publisher: str
    layout: str
    file: str
    sha256: str
    vintage: str
    retrieved: str
    rows: int
    excluded: dict[str, int]
    first: str
    last: str
    currencies: tuple[str, ...]
    reporters: tuple[str, ...]
    partners: tuple[str, ...]
    told: dict[str, str]
    problems: tuple[dict[str, str], ...] = ()
    new: bool = False

    @property
    def left_out(self) -> int:
        """How many rows were left out."""
        return sum(self.excluded.values())

    @property
    def sentence(self) -> str:
        """The import in one line."""
        out = f", {self.left_out:,} left out" if self.left_out else ""
        return (
            f"{self.file}: {self.layout}, {self.rows:,} figures, {self.first} to "
            f"{self.last}, vintage {self.vintage}{out}"
        )


class Store:
    """The figures of one home folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "trade" / "figures"

    def keep(self, file: File, reading: Reading, told: Told, *, retrieved: str) -> Kept:
        """File what was read; `retrieved` (YYYY-MM-DD) is its vintage if none is known.

        Raises StoreError if the folder cannot be written.
        """
        said = {name: value for name, value in asdict(told).items() if value}
        ident = _ident(reading.publisher, file, said)
        known = self._all()
        again = next((kept for kept in known if kept.id == ident), None)
        if again is not None:
            return again
        seq = max((kept.seq for kept in known), default=0) + 1
        vintage = reading.published or retrieved
        rows = self._stored(reading, vintage, seq)
        kept = _described(ident, seq, file, reading, rows, said, vintage, retrieved)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _whole(self.folder / f"{ident}.parquet", rows.write_parquet)
            _whole(
                self.folder / f"{ident}.excluded.parquet",
                reading.excluded.write_parquet,
            )
            text = json.dumps(_plain(kept), ensure_ascii=False, indent=1)
            _whole(
                self.folder / f"{ident}.json",
                lambda path: Path(path).write_text(text, "utf-8"),
            )
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error}") from error
        return replace(kept, new=True)

    def _stored(self, reading: Reading, vintage: str, seq: int) -> Any:
        pl = imported("polars")
        rows = reading.rows
        if "vintage" not in rows.columns:
            rows = rows.with_columns(pl.lit(vintage).alias("vintage"))
        editions = {edition: hs_of(edition) for edition in rows["edition"].unique()}
        return (
            rows.with_columns(
                pl.col("edition").replace_strict(editions, default="").alias("hs"),
                pl.lit(seq, pl.Int32).alias("seq"),
                pl.lit(reading.publisher).alias("publisher"),
            )
            .select(STORED)
            .sort("code", "partner", "reporter", "period")
        )

    def files(self) -> tuple[Kept, ...]:
        """The files in use, in the order of their import.

        Of readings of the same file under different words only the last is in use.
        """
        last: dict[str, Kept] = {}
        for kept in self._all():
            last[kept.sha256] = kept
        return tuple(sorted(last.values(), key=lambda kept: kept.seq))

    def _all(self) -> list[Kept]:
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                found.append(_kept(json.loads(path.read_text("utf-8"))))
            except (OSError, ValueError, TypeError, KeyError) as error:
                message = f"{path} is damaged ({error}); remove it and import again"
                raise StoreError(message) from error
        return sorted(found, key=lambda kept: kept.seq)

    def excluded(self, kept: Kept) -> Any:
        """The rows left out of a file: `row`, `why`, `text`."""
        path = self.folder / f"{kept.id}.excluded.parquet"
        return imported("polars").read_parquet(path)

    def connect(
        self,
        *,
        publishers: Iterable[str] = (),
        memory: str = "",
    ) -> Any:
        """DuckDB with the view `figures` over the files in use.

        `publishers` narrows them down, `memory` (such as "4GB") limits what DuckDB
        takes; beyond it works on the disk. Raises NotFound if nothing is kept.
        """
        chosen = set(publishers)
        files = [
            kept for kept in self.files() if not chosen or kept.publisher in chosen
        ]
        if not files:
            raise NotFound("no trade statistics yet: `clearway trade import FILE`")
        paths = [str(self.folder / f"{kept.id}.parquet") for kept in files]
        return connection(paths, memory=memory, spill=self.folder.parent / "spill")


def connection(paths: Sequence[str], *, memory: str = "", spill: Path) -> Any:
    """DuckDB with the view `figures` over Parquet files with the columns STORED."""
    config: dict[str, str] = {"temp_directory": str(spill)}
    if memory:
        config["memory_limit"] = memory
    database = imported("duckdb").connect(":memory:", config=config)
    database.execute("SET enable_progress_bar = false")
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    database.execute(f"CREATE VIEW figures AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608 - our own paths, quoted
    return database


def _ident(publisher: str, file: File, said: dict[str, str]) -> str:
    told = json.dumps(said, sort_keys=True)
    digest = hashlib.sha256(f"{file.sha256} {told}".encode()).hexdigest()
    if not publisher.replace("-", "").replace("_", "").isalnum():
        raise UsageError(f"--publisher {publisher!r} is not one word")
    return f"{publisher}-{digest[:16]}"


def _described(
    ident: str,
    seq: int,
    file: File,
    reading: Reading,
    rows: Any,
    said: dict[str, str],
    vintage: str,
    retrieved: str,
) -> Kept:
    whys = reading.excluded["why"].value_counts().iter_rows()
    vintages = rows["vintage"]
    return Kept(
        id=ident,
        seq=seq,
        publisher=reading.publisher,
        layout=reading.layout,
        file=file.name,
        sha256=file.sha256,
        vintage=vintages.max() if rows.height else vintage,
        retrieved=retrieved,
        rows=rows.height,
        excluded=dict(sorted(whys)),
        first=rows["period"].min() or "",
        last=rows["period"].max() or "",
        currencies=tuple(sorted(rows["currency"].unique())),
        reporters=tuple(sorted(rows["reporter"].unique())),
        partners=tuple(sorted(rows["partner"].unique())),
        told=said,
        problems=tuple(problem.to_dict() for problem in reading.problems),
    )


def problems_of(kept: Kept) -> tuple[Problem, ...]:
    """The problems of an imported file."""
    return tuple(Problem(**problem) for problem in kept.problems)


def _plain(kept: Kept) -> dict[str, Any]:
    return {name: value for name, value in asdict(kept).items() if name != "new"}


def _kept(plain: dict[str, Any]) -> Kept:
    names = ("currencies", "reporters", "partners", "problems")
    return Kept(**{**plain, **{name: tuple(plain[name]) for name in names}})


def _whole(path: Path, write: Any) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    write(part)
    part.replace(path)
