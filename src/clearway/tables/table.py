"""A table as opened: what it is, its columns, and its rows in chunks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clearway.model import Problem
from clearway.tables.cells import Cell

CHUNK_ROWS = 1_000
"""Small enough that a chunk dies young: larger ones are slower to collect."""

SAMPLE_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands ("line 12"), its cells, and what is wrong with it."""

    position: str
    cells: Sequence[Cell]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows, each as wide as the table.

    `numbers[i]` is the line or row number of `rows[i]`; `problems[i]` what is wrong
    with it, where something is. `records` holds the FollowTheMoney entities the rows
    were read from, and is empty for every other format.
    """

    rows: list[Sequence[Cell]]
    numbers: Sequence[int]
    problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    records: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read as often as needed, a chunk at a time.

    `format` is csv, excel, parquet, arrow, jsonl, json, followthemoney or frame;
    `description` says in words what was recognised, with what was guessed
    ("CSV, semicolons, windows-1251 (guessed), with header"). `columns` are unique;
    without a header they are "column 1", "column 2", ... `unit` is what its rows are
    counted in ("line", "row", "sheet Clients, row"). `problems` concern the table as
    a whole; those of single rows come with their chunk. `sample` holds its first rows.
    `batches`, where there is such a way, reads some columns as Arrow batches of the
    same rows, and gives None where the file turns out to need the other way.
    """

    name: str
    format: str
    description: str
    columns: tuple[str, ...]
    header: bool
    unit: str
    sample: tuple[Sequence[Cell], ...]
    problems: tuple[Problem, ...]
    reader: Callable[[int], Iterator[Chunk]]
    batches: Callable[[Sequence[int]], Iterator[Any]] | None = None

    def chunks(self, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The rows from the start, at most `size` at a time; blank rows left out.

        Raises InputUnreadable where the file breaks off or changes its nature; what
        was read until there has been yielded.
        """
        return self.reader(size)

    def rows(self) -> Iterator[Row]:
        """The rows from the start, one by one."""
        for chunk in self.chunks():
            for index, cells in enumerate(chunk.rows):
                yield Row(
                    self.position(chunk.numbers[index]),
                    cells,
                    chunk.problems.get(index, ()),
                )

    def position(self, number: int) -> str:
        """Where a row stands, in words: "line 12"."""
        return f"{self.unit} {number}"


class Filler:
    """Gathers rows, and what is wrong with them, until a chunk is full."""

    def __init__(self, file: str, unit: str, size: int) -> None:
        self.file, self.unit, self.size = file, unit, size
        self.empty()

    def empty(self) -> None:
        """Begin the next chunk."""
        self.rows: list[Sequence[Cell]] = []
        self.numbers: list[int] = []
        self.problems: dict[int, tuple[Problem, ...]] = {}
        self.records: list[dict[str, Any]] = []

    def note(self, number: int, code: str, message: str, text: str = "") -> None:
        """Say what is wrong with the row that is added next."""
        index = len(self.rows)
        found = Problem(code, message, self.file, f"{self.unit} {number}", text)
        self.problems[index] = (*self.problems.get(index, ()), found)

    def add(self, number: int, row: Sequence[Cell]) -> None:
        """Add a row."""
        self.rows.append(row)
        self.numbers.append(number)

    @property
    def full(self) -> bool:
        """Whether it is time to hand the chunk on."""
        return len(self.rows) >= self.size

    def take(self) -> Chunk:
        """The chunk gathered so far; the next one begins empty."""
        chunk = Chunk(self.rows, self.numbers, self.problems, self.records)
        self.empty()
        return chunk
