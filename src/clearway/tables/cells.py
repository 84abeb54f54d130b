"""One cell of a table: what a format gives, and the text a person would read in it."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | float | date | tuple[Any, ...] | None
"""A value as its format gives it; a tuple where one cell holds several."""

EXACT = 10**15
"""Spreadsheets keep 15 digits of a number; from here on the last ones may be lost."""

MISSING = frozenset(
    {""}
    | {"-", "--", "---", "—", "–", ".", "?", "n/a", "#n/a", "n.a.", "n/d", "k.a."}
    | {"null", "(null)", "none", "nil", "nan", "nat", "<na>", "\\n", "unknown"}
    | {"not available", "not applicable", "not known", "keine angabe", "unbekannt"}
    | {"нет", "неизвестно", "неизвестен", "н/д", "не указано", "не указан"}
    | {"нет данных", "无", "無", "未知", "不详", "不詳", "inconnu", "desconocido"}
    | {"bilinmiyor", "غير معروف"}
)
"""Ways to write that there is nothing, in lower case."""

_PLAIN = frozenset({str, int, bool, float, type(None)})


def text(cell: Cell) -> str:
    """What a person reads in the cell: `123456` (never `123456.0`), ISO dates, ''."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return "" if math.isnan(cell) else str(cell)
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time.min
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, tuple):
        return "; ".join(filter(None, map(text, cell)))
    try:
        return str(cell)
    except ValueError:  # an int of more digits than Python will write out
        return hex(cell)


def texts(cell: Cell) -> tuple[str, ...]:
    """The values of a cell that may hold several, blank ones left out."""
    values = map(text, cell) if isinstance(cell, tuple) else (text(cell),)
    return tuple(filter(None, values))


def from_value(value: Any) -> Cell:
    """A cell from whatever JSON, Parquet or a data frame holds.

    Missing in any of their ways (NaN, NaT, NA, null) is None. A list is a tuple, a
    mapping its JSON, a decimal without fraction a whole number, bytes their text.
    """
    kind = type(value)
    if kind in _PLAIN:
        plain: Cell = None if value != value else value
        return plain
    if kind.__name__ in ("NaTType", "NAType"):
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _bytes(bytes(value))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    if isinstance(value, list | tuple | set | frozenset):
        members = (
            sorted(value, key=str) if isinstance(value, set | frozenset) else value
        )
        cells = (from_value(member) for member in members)
        return tuple(cell for cell in cells if cell is not None)
    if hasattr(value, "tolist"):  # NumPy scalars and arrays
        held = value.tolist()
        return str(held) if type(held) is kind else from_value(held)
    return str(value)


def _decimal(value: Decimal) -> Cell:
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else str(value)


def _bytes(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()
