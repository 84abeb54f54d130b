"""What a run is given: lists, labelled names, peers, how much to ask."""

import csv
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clearway.app import open as open_screener
from clearway.app.opening import Progress, quiet
from clearway.bench.measures import evenly
from clearway.errors import ListMissing, UsageError
from clearway.lists.store import Store
from clearway.match.score import REVIEW_THRESHOLD
from clearway.model import Party
from clearway.screen.config import Configuration
from clearway.screen.screener import Screener
from clearway.screen.screening import Screening, Verdict

if TYPE_CHECKING:
    from clearway.bench.peers import Peers

Row = dict[str, str]


class DataMissing(Exception):
    """A section needs data that the user did not point at; the run goes on."""


@dataclass
class Setting:
    """Everything a section may use.

    `home` holds the lists, `data` the labelled names (None: what can be done without),
    `peers` other programs to ask the same, `sample` how many rows of each set at most.
    """

    home: Path
    data: Path | None = None
    as_of: date | None = None
    peers: "Peers | None" = None
    sample: int | None = None
    workers: int | None = None
    progress: Progress = quiet
    out: Path | None = None
    _screeners: dict[tuple[str, ...], Screener] = field(default_factory=dict)

    @property
    def threshold(self) -> float:
        """The score from which a hit is shown by default."""
        return REVIEW_THRESHOLD

    @cached_property
    def day(self) -> date:
        """The day asked about: as told, else the newest on which a list appeared."""
        published = [version.published for version in Store(self.home).current()]
        return self.as_of or max(published, default=date.max)

    def screener(self, *publishers: str) -> Screener:
        """A screener over these publishers' lists (all if none are named).

        DataMissing where lists of a publisher that is named are not kept.
        """
        if publishers not in self._screeners:
            config = Configuration(accept_stale=True, publishers=publishers)
            try:
                opened = open_screener(
                    self.home, self.day, config, progress=self.progress
                )
            except ListMissing as missing:
                if not publishers:
                    raise
                raise DataMissing(str(missing)) from missing
            self._screeners[publishers] = opened
        return self._screeners[publishers]

    def rows(self, name: str) -> list[Row]:
        """A labelled set, sampled evenly if the user asked for fewer rows."""
        return evenly(self.all_rows(name), self.sample)

    def all_rows(self, name: str) -> list[Row]:
        """A labelled set, whole; DataMissing where it is not there."""
        path = self.file(f"{name}.csv")
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def document(self, name: str) -> Any:
        """A JSON file of the data folder."""
        return json.loads(self.file(name).read_text("utf-8"))

    def file(self, name: str) -> Path:
        """A file of the data folder or of the folders in and beside it."""
        if self.data is None:
            raise DataMissing(f"needs {name}: name its folder with --data")
        if not self.data.is_dir():
            raise UsageError(f"--data {self.data} is no folder")
        places = [self.data, *_folders(self.data), *_folders(self.data.parent)]
        for place in places:
            for path in (place / name, place / f"{name}.gz"):
                if path.is_file():
                    return path
        raise DataMissing(f"{name} is not in {self.data} nor in a folder beside it")

    def checked(self, parties: Sequence[Party], what: str) -> Iterator[Screening]:
        """The screenings of many parties, on all cores, with progress."""
        screener = self.screener()
        total = len(parties)
        answers = screener.check_many(parties, workers=self.workers)
        for done, screening in enumerate(answers, 1):
            self.progress(what, done, total)
            yield screening


def alerts(screening: Screening) -> bool:
    """Whether a person must look at it because of a hit."""
    return bool(screening.hits) and screening.verdict is not Verdict.CLEAR


def each(rows: Iterable[Row], made: Callable[[Row], Party]) -> list[Party]:
    """Parties made of rows."""
    return [made(row) for row in rows]


def _folders(path: Path) -> list[Path]:
    return sorted(entry for entry in path.iterdir() if entry.is_dir())
