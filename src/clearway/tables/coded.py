"""A table as columns of numbers: each cell is the place of its text in a list.

A large table says the same things over and over. Whoever works on each different text
once, and joins the answers by number, is done in a fraction of the time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clearway.model import Problem
from clearway.tables.cells import Cell, from_value, text
from clearway.tables.table import Table

Progress = Callable[[str, int, int], None]
Numbers = NDArray[np.int64]
_STEP = 50_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: row `r` says `words[codes[r]]`; no two words are the same."""

    codes: Numbers
    words: Sequence[str]

    def __getitem__(self, row: int) -> str:
        """What a row says."""
        return self.words[int(self.codes[row])]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.codes)


@dataclass(slots=True)
class Coded:
    """The columns wanted of a table, in their order, and what was wrong with rows.

    `problems` holds those of a row by its place (from 0), `numbers` the line or row
    number of each row in the file.
    """

    columns: list[Column]
    numbers: Numbers
    problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.numbers)


def coded(table: Table, wanted: Sequence[int], progress: Progress) -> Coded:
    """Read some columns of a table as numbers."""
    if table.batches is not None:
        found = _of_batches(table, wanted, progress)
        if found is not None:
            return found
    return _of_rows(table, wanted, progress)


class _Codes(dict[str, int]):
    """Texts by number; a new one gets the next."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


def _of_rows(table: Table, wanted: Sequence[int], progress: Progress) -> Coded:
    """Row by row, as the careful reader gives them."""
    known = [_Codes() for _ in wanted]
    codes: list[list[NDArray[np.int32]]] = [[] for _ in wanted]
    numbers: list[Sequence[int]] = []
    problems: dict[int, tuple[Problem, ...]] = {}
    rows = 0
    for chunk in table.chunks():
        for at, found in chunk.problems.items():
            problems[rows + at] = found
        numbers.append(chunk.numbers)
        across = list(zip(*chunk.rows, strict=True))
        for at, column in enumerate(wanted):
            number = known[at].__getitem__
            texts = map(_plain, across[column])
            codes[at].append(np.fromiter(map(number, texts), np.int32, len(chunk.rows)))
        rows += len(chunk.rows)
        if rows % _STEP < len(chunk.rows):
            progress(f"reading {table.name}", rows, 0)
    whole = [number for part in numbers for number in part]
    return Coded(
        [
            _stripped(_joined(parts), list(words))
            for parts, words in zip(codes, known, strict=True)
        ],
        np.array(whole, np.int64),
        problems,
    )


def _plain(cell: Cell) -> str:
    return cell if type(cell) is str else text(cell)


def _joined(parts: Sequence[NDArray[np.int32]]) -> Numbers:
    if not parts:
        return np.zeros(0, np.int64)
    return np.concatenate(parts).astype(np.int64)


def _of_batches(
    table: Table, wanted: Sequence[int], progress: Progress
) -> Coded | None:
    """Column by column, where the file can be read so; None where it cannot."""
    assert table.batches is not None
    parts: list[Any] = []
    rows = 0
    for batch in table.batches(wanted):
        if batch is None:
            return None
        parts.append(batch)
        rows += batch.num_rows
        progress(f"reading {table.name}", rows, 0)
    if not parts:
        return None
    whole = pa.Table.from_batches(parts)
    columns = [_of_array(whole.column(at)) for at in range(len(wanted))]
    first = 2 if table.format == "csv" and table.header else 1
    return Coded(columns, np.arange(first, first + rows, dtype=np.int64))


def _of_array(array: Any) -> Column:
    """A column of any type; each different value is read once."""
    if not pa.types.is_dictionary(array.type):
        try:
            array = array.dictionary_encode()
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
            known = _Codes()
            texts = [_plain(from_value(value)) for value in array.to_pylist()]
            codes = np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))
            return _stripped(codes, list(known))
    whole = array.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], array.type)
    words = [_plain(from_value(value)) for value in whole.dictionary.to_pylist()]
    words.append("")
    absent = len(words) - 1
    codes = whole.indices.fill_null(absent).to_numpy(zero_copy_only=False)
    return _stripped(codes.astype(np.int64), words)


def _stripped(codes: Numbers, words: Sequence[str]) -> Column:
    """The column with blanks around its texts gone, and equal texts as one."""
    known = _Codes()
    same = np.fromiter(
        map(known.__getitem__, (word.strip() for word in words)), np.int64, len(words)
    )
    if len(known) == len(words):
        return Column(codes, list(known))
    return Column(same[codes] if len(words) else codes, list(known))


def grouped(columns: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Different rows of some columns, and for each row where its equal stands."""
    if not columns or not len(columns[0]):
        rows = len(columns[0]) if columns else 0
        return np.zeros((0, len(columns)), np.int64), np.zeros(rows, np.int64)
    code = np.zeros(len(columns[0]), np.int64)
    size = 1
    for column in columns:
        low = int(column.min())
        width = int(column.max()) - low + 1
        if size > (1 << 62) // width:
            _, code = _numbered(code, size)
            size = int(code.max()) + 1
        code = code * width + (column - low)
        size *= width
    first, inverse = _numbered(code, size)
    return np.column_stack([column[first] for column in columns]), inverse


def _numbered(code: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The first row of each different code in their order, and each row's number."""
    if size > 4 * len(code) + 1_000_000:
        _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
        return first, inverse
    # Few enough to be looked up: no need to sort them.
    where = np.full(size, -1, np.int64)
    where[code[::-1]] = np.arange(len(code) - 1, -1, -1)
    present = np.flatnonzero(where >= 0)
    first = where[present]
    where[present] = np.arange(len(present))
    return first, where[code]
