"""Parquet and Arrow files, a batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet

from clearway.errors import InputUnreadable
from clearway.tables.cells import Cell, from_value
from clearway.tables.layout import unique
from clearway.tables.sources import Source
from clearway.tables.table import SAMPLE_ROWS, Chunk, Table

PARQUET = b"PAR1"
ARROW = b"ARROW1"

_MANY = 65_536

Batches = Callable[[int], Iterator[Any]]


def open_columnar(source: Source, format_: str) -> Table:
    """The table in a Parquet or Arrow file; raises InputUnreadable if it is damaged."""
    schema, batches = (_parquet if format_ == "parquet" else _arrow)(source)
    columns, _ = unique([str(name) for name in schema.names], len(schema.names))
    if not columns:
        raise source.refused("the file has no columns; nothing to check")
    sample: list[Sequence[Cell]] = []
    for chunk in _chunks(source, batches, SAMPLE_ROWS):
        sample = chunk.rows
        break
    words = "Parquet" if format_ == "parquet" else "Arrow file"
    return Table(
        name=source.name,
        format=format_,
        description=f"{words}, {len(columns)} columns",
        columns=columns,
        header=True,
        unit="row",
        sample=tuple(sample),
        problems=(),
        reader=lambda size: _chunks(source, batches, size),
        batches=lambda wanted: _some(source, batches, wanted),
    )


def _some(source: Source, batches: Batches, wanted: Sequence[int]) -> Iterator[Any]:
    """Some columns, batch by batch."""
    try:
        for table in batches(_MANY):
            yield from table.select(list(wanted)).combine_chunks().to_batches()
    except (pa.ArrowException, OSError) as error:
        raise _damaged(source, error) from error


def _parquet(source: Source) -> tuple[Any, Batches]:
    def batches(size: int) -> Iterator[Any]:
        with source.open() as file:
            table = pyarrow.parquet.ParquetFile(_seekable(file, source))
            for batch in table.iter_batches(batch_size=size):
                yield from _flat(batch)

    with source.open() as file:
        try:
            parquet = pyarrow.parquet.ParquetFile(_seekable(file, source))
            empty = parquet.schema_arrow.empty_table()
        except (pa.ArrowException, OSError) as error:
            raise _damaged(source, error) from error
    return _flat_schema(empty), batches


def _arrow(source: Source) -> tuple[Any, Batches]:
    def batches(size: int) -> Iterator[Any]:
        with source.open() as file:
            reader = pyarrow.ipc.open_file(_seekable(file, source))
            for number in range(reader.num_record_batches):
                batch = reader.get_batch(number)
                for start in range(0, batch.num_rows, size):
                    yield from _flat(batch.slice(start, size))

    with source.open() as file:
        try:
            empty = pyarrow.ipc.open_file(_seekable(file, source)).schema.empty_table()
        except (pa.ArrowException, OSError) as error:
            raise _damaged(source, error) from error
    return _flat_schema(empty), batches


def _seekable(file: Any, source: Source) -> Any:
    return pa.BufferReader(file.read()) if source.gzipped else file


def _flat_schema(table: Any) -> Any:
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table.schema


def _flat(batch: Any) -> Iterator[Any]:
    """The batch with the fields of a struct as columns of their own."""
    table = pa.Table.from_batches([batch])
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    yield table


def _damaged(source: Source, error: Exception) -> InputUnreadable:
    reason = " ".join(str(error).split())[:200]
    return source.refused(
        f"the file is cut off or damaged ({reason}); copy or write it again"
    )


def _chunks(source: Source, batches: Batches, size: int) -> Iterator[Chunk]:
    number = 0
    try:
        for table in batches(size):
            columns = [_values(column) for column in table.columns]
            rows: list[Sequence[Cell]] = list(zip(*columns, strict=True))
            if rows:
                first = number + 1
                number += len(rows)
                yield Chunk(rows, range(first, number + 1))
    except (pa.ArrowException, OSError) as error:
        raise InputUnreadable(
            source.name, f"after row {number}: {_damaged(source, error)}"
        ) from error


def _values(column: Any) -> list[Cell]:
    if pa.types.is_string(column.type) or pa.types.is_int64(column.type):
        values: list[Cell] = column.to_pylist()
        return values
    return [from_value(value) for value in column.to_pylist()]
