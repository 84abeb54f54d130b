"""Any data frame in, the same kind out with columns added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
from narwhals.exceptions import NarwhalsError

from clearway.errors import UsageError
from clearway.model import Problem
from clearway.tables.cells import Cell, from_value
from clearway.tables.layout import unique
from clearway.tables.table import SAMPLE_ROWS, Chunk, Table

PREFIX = "clearway_"
"""Put before an added column whose name the frame already has."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A data frame as a table: every row is a row of it, in the frame's order.

    Made by `open_frame` from pandas, Polars, PyArrow, DuckDB and whatever else
    narwhals reads; a lazy frame is collected once.
    """

    table: Table
    native: Any
    frame: "nw.DataFrame[Any]"

    def joined(self, added: Mapping[str, Sequence[Any]]) -> Any:
        """The frame with columns added on the right, of the kind that came in.

        Rows, order and index stay; a name that is taken gets the prefix `clearway_`.
        Raises UsageError if a column has not one value for each row.
        """
        series = []
        for (name, values), final in zip(
            added.items(), self.names(tuple(added)), strict=True
        ):
            if len(values) != len(self.frame):
                raise UsageError(
                    f"the column {name!r} has {len(values)} values for "
                    f"{len(self.frame)} rows"
                )
            series.append(_series(final, values, self.frame.implementation))
        whole = self.frame.with_columns(*series) if series else self.frame
        return _as_it_came(self.native, whole.to_native())

    def names(self, added: Sequence[str]) -> tuple[str, ...]:
        """What added columns will be called."""
        taken = {*map(str, self.frame.columns)}
        final = []
        for name in added:
            while name in taken:
                name = PREFIX + name
            taken.add(name)
            final.append(name)
        return tuple(final)


def open_frame(frame: Any, name: str = "data frame") -> Frame:
    """A data frame as a table; raises UsageError if it is none."""
    try:
        read = nw.from_native(frame)
        whole = read.collect() if isinstance(read, nw.LazyFrame) else read
        columns, _ = unique([str(c) for c in whole.columns], len(whole.columns))
    except (NarwhalsError, TypeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UsageError(
            "give a data frame of pandas, Polars, PyArrow or DuckDB with columns of "
            f"distinct names; {type(frame).__name__} was given ({reason})"
        ) from error
    if not columns:
        raise UsageError("the data frame has no columns; nothing to check")
    first = next(_chunks(whole, SAMPLE_ROWS), Chunk([], []))
    problems: tuple[Problem, ...] = ()
    if not first.rows:
        problems = (Problem("no_rows", "the data frame has no rows", name),)
    table = Table(
        name=name,
        format="frame",
        description=f"{_kind(frame)}, {len(whole):,} rows, {len(columns)} columns",
        columns=columns,
        header=True,
        unit="row",
        sample=tuple(first.rows),
        problems=problems,
        reader=lambda size: _chunks(whole, size),
    )
    return Frame(table, frame, whole)


def _kind(frame: Any) -> str:
    module = type(frame).__module__.partition(".")[0].lstrip("_")
    return f"{module} {type(frame).__name__}"


def _chunks(frame: "nw.DataFrame[Any]", size: int) -> Iterator[Chunk]:
    for start in range(0, len(frame), size):
        part = frame[start : start + size]
        columns = [_values(series) for series in part.iter_columns()]
        rows: list[Sequence[Cell]] = list(zip(*columns, strict=True))
        yield Chunk(rows, range(start + 1, start + len(rows) + 1))


def _values(series: "nw.Series[Any]") -> list[Cell]:
    return [from_value(value) for value in series.to_list()]


def _series(name: str, values: Sequence[Any], backend: Any) -> "nw.Series[Any]":
    """A column of the frame's own kind; texts where nothing tells its type."""
    held = list(values)
    empty = all(value is None for value in held)
    dtype = nw.String if empty else None
    return nw.new_series(name, held, dtype, backend=backend)


def _as_it_came(native: Any, whole: Any) -> Any:
    """The result as the kind of frame that was given, lazy if that was lazy."""
    module = type(native).__module__.partition(".")[0].lstrip("_")
    if module == "duckdb":
        # The relation stays on its own connection, which finds `whole` by its name.
        return native.query("clearway", "SELECT * FROM whole")
    if module == "polars" and type(native).__name__ == "LazyFrame":
        return whole.lazy()
    return whole
