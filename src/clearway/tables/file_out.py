"""Rows as Parquet and as an Excel workbook."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

from clearway.model import Problem
from clearway.tables.text_out import (
    ColumnType,
    Value,
    checked,
    json_value,
    plain,
    safe,
    whole,
)

_BATCH = 10_000
_CELL_XLSX = 32_767
_ROWS_XLSX = 1_048_576


def write_parquet(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    file: BinaryIO,
) -> int:
    """Write rows as Parquet, a batch at a time; returns how many."""
    import pyarrow as pa
    import pyarrow.parquet

    types: dict[Any, Any] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        list: pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types[type_]) for name, type_ in columns.items()])
    lines, count = checked(rows, columns), 0
    with pyarrow.parquet.ParquetWriter(file, schema) as writer:
        while batch := list(islice(lines, _BATCH)):
            count += len(batch)
            arrays = [
                pa.array([_typed(v, type_) for v in held], types[type_])
                for held, type_ in zip(
                    zip(*batch, strict=True), columns.values(), strict=True
                )
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return count


def _typed(value: Value, type_: ColumnType) -> Any:
    """A value as Parquet holds it under a column's type."""
    if value is None:
        return None
    if type_ is list:
        parts = [value] if isinstance(value, str) else value
        return [str(whole(str(part))) for part in parts]  # type: ignore[union-attr]
    if type_ is str:
        held = value if isinstance(value, str) else json_value(value)
        return whole(held if isinstance(held, str) else json.dumps(held))
    if type_ is date:
        return value.date() if isinstance(value, datetime) else value
    return value


def write_xlsx(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    file: BinaryIO,
    name: str,
    problems: list[Problem],
) -> int:
    """A workbook; further sheets where one is full, long text cut with a Problem."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(file, options)
    # The day of making would be the only thing to differ from run to run.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001
    bold, day = book.add_format({"bold": True}), book.add_format()
    day.set_num_format("yyyy-mm-dd")
    sheet: Any = None
    count, line = 0, _ROWS_XLSX
    names = list(columns)
    try:
        for values in _or_once(checked(rows, columns)):
            if values is None and sheet is not None:
                break
            if line >= _ROWS_XLSX:
                sheet, line = book.add_worksheet(), 1
                sheet.freeze_panes(1, 0)
                for column, heading in enumerate(columns):
                    sheet.write_string(0, column, safe(heading)[:_CELL_XLSX], bold)
            if values is None:
                break
            for column, value in enumerate(values):
                place = f"row {count + 1}, column {names[column]}"
                _put(sheet, line, column, value, day, name, place, problems)
            line += 1
            count += 1
    finally:
        book.close()
    return count


def _or_once(rows: Iterator[list[Value]]) -> Iterator[list[Value] | None]:
    """The rows, then None: so that a table without rows has its headings."""
    yield from rows
    yield None


def _put(
    sheet: Any,
    line: int,
    column: int,
    value: Value,
    day: Any,
    file: str,
    place: str,
    problems: list[Problem],
) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float):
        if isinstance(value, int) and abs(value) >= 10**15:
            sheet.write_string(line, column, str(value))
        elif math.isfinite(value):
            sheet.write_number(line, column, value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        if value.year >= 1900:
            sheet.write_datetime(line, column, value, day)
        else:
            sheet.write_string(line, column, value.isoformat())
    elif (held := plain(value)) is not None:
        text = str(whole(held))
        if len(text) > _CELL_XLSX:
            message = (
                f"a cell of Excel holds {_CELL_XLSX:,} characters; the text was cut: "
                "write CSV or Parquet to keep it whole"
            )
            problems.append(Problem("cell_cut", message, file, place, text))
            text = text[: _CELL_XLSX - 1] + "…"
        sheet.write_string(line, column, text)
