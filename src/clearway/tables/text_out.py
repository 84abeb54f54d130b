"""Rows as text: CSV, JSON lines, a JSON array; formulas disarmed."""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TextIO

from clearway.errors import UsageError

Value = str | int | float | bool | date | Sequence[Any] | None
ColumnType = type[str] | type[int] | type[float] | type[bool] | type[date] | type[list]  # type: ignore[type-arg]  # a list of texts

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)
"""What makes a spreadsheet take text for a formula (OWASP, CSV injection)."""


def checked(
    rows: Iterable[Mapping[str, Value]], columns: Mapping[str, ColumnType]
) -> Iterator[list[Value]]:
    """The values of each row in the order of the columns."""
    names = list(columns)
    known = set(names)
    for row in rows:
        if not known.issuperset(row):
            extra = ", ".join(sorted(set(row) - known))
            raise UsageError(f"the row has keys that are no columns: {extra}")
        yield [row.get(name) for name in names]


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(value: Value) -> str | int | float | None:
    """A value as CSV and Excel hold it; formulas disarmed, lists joined."""
    if isinstance(value, str):
        return safe(value)
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return safe("; ".join(str(part) for part in value))


class _Unix:
    """Ends lines with a line feed alone.

    The csv module quotes a carriage return within a cell only where it is part of the
    line end; unquoted, it would break the row in two.
    """

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, row: str) -> int:
        """Write one row as the csv module has made it."""
        return self.file.write(row.removesuffix("\r\n") + "\n")


def _csv(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    file: TextIO,
    separator: str = ",",
) -> int:
    writer = csv.writer(_Unix(file), delimiter=separator, lineterminator="\r\n")
    writer.writerow([safe(name) for name in columns])
    count = 0
    for values in checked(rows, columns):
        count += 1
        writer.writerow([whole(plain(value)) for value in values])
    return count


def whole(value: str | int | float | None) -> str | int | float | None:
    """Text without half surrogates, which no encoding can write."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _tsv(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    file: TextIO,
) -> int:
    return _csv(rows, columns, file, "\t")


def _json_line(columns: Mapping[str, ColumnType], values: Sequence[Value]) -> str:
    held = {name: json_value(v) for name, v in zip(columns, values, strict=True)}
    line = json.dumps(held, ensure_ascii=False, allow_nan=False)
    return str(whole(line))


def json_value(value: Value) -> Any:
    """A value as JSON holds it: ISO dates, lists, null for what is no number."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return list(value) if isinstance(value, tuple) else value


def _ndjson(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    file: TextIO,
) -> int:
    count = 0
    for values in checked(rows, columns):
        count += 1
        file.write(_json_line(columns, values) + "\n")
    return count


def _json(
    rows: Iterable[Mapping[str, Value]],
    columns: Mapping[str, ColumnType],
    file: TextIO,
) -> int:
    count = 0
    file.write("[")
    for count, values in enumerate(checked(rows, columns), 1):
        file.write(("\n" if count == 1 else ",\n") + _json_line(columns, values))
    file.write("\n]\n" if count else "]\n")
    return count


class _TextWriter(Protocol):
    def __call__(
        self,
        rows: Iterable[Mapping[str, Value]],
        columns: Mapping[str, ColumnType],
        file: TextIO,
        /,
    ) -> int: ...


WRITERS: dict[str, _TextWriter] = {
    "csv": _csv,
    "tsv": _tsv,
    "ndjson": _ndjson,
    "json": _json,
}
