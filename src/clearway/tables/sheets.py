"""Excel and OpenDocument workbooks: one sheet as a table."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import islice
from typing import Any

import python_calamine as calamine

from clearway.errors import InputUnreadable, UsageError
from clearway.model import Problem
from clearway.tables.cells import EXACT, Cell, text
from clearway.tables.layout import Layout, layout_of
from clearway.tables.sources import Source
from clearway.tables.table import SAMPLE_ROWS, Chunk, Filler, Table
from clearway.tables.workbooks import refuse_bombs, workbook_type

_NAMES = {"xlsx": "Excel workbook", "xls": "Excel 97 workbook", "ods": "OpenDocument"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A worksheet that holds something, with the layout of its first rows."""

    name: str
    visible: bool
    content: Any
    first: list[list[Cell]]
    layout: Layout


def open_sheet(
    source: Source, *, sheet: str | None = None, header: bool | None = None
) -> Table:
    """The table on one sheet: the one named, else the first that looks like one.

    `sheet` is a name or a number from 1. A formula gives the value it had when the
    file was saved. Raises UsageError for a sheet that is not there, InputUnreadable
    for a file that is damaged, locked with a password, empty, or too large to hold.
    """
    type_ = "xls"
    if source.head(4) == b"PK\x03\x04":
        type_ = workbook_type(source)
        refuse_bombs(source, type_)
    sheets = _sheets(source, header)
    chosen = _chosen(source, sheets, sheet)
    layout, unit = chosen.layout, f"sheet {chosen.name}, row"
    width = len(layout.columns)
    rows = [_fitted(row, width) for row in chosen.first[layout.skip :]]
    problems = [*layout.problems(source.name, unit)]
    if sheet is None:
        problems += _others(source, chosen, sheets)
    return Table(
        name=source.name,
        format="excel",
        description=f"{_NAMES[type_]}, sheet {chosen.name!r}, {layout.words}",
        columns=layout.columns,
        header=layout.header,
        unit=unit,
        sample=tuple(row for row in rows if any(map(text, row))),
        problems=tuple(problems),
        reader=lambda size: _chunks(source.name, unit, chosen, size),
    )


def book_of(source: Source) -> list[tuple[str, bool, Iterator[list[Cell]]]]:
    """Every sheet that holds something: its name, whether it is shown, all its rows.

    Raises InputUnreadable as `open_sheet` does.
    """
    if source.head(4) == b"PK\x03\x04":
        refuse_bombs(source, workbook_type(source))
    return [
        (sheet.name, sheet.visible, map(_row, sheet.content.iter_rows()))
        for sheet in _sheets(source, False)
    ]


def _sheets(source: Source, header: bool | None) -> list[_Sheet]:
    with source.open() as file:
        data = io.BytesIO(file.read())
    try:
        book = calamine.load_workbook(data)
        kept = [
            (meta, book.get_sheet_by_name(meta.name))
            for meta in book.sheets_metadata
            if meta.typ is calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as error:
        raise source.refused(
            "the workbook is locked with a password; save it without one"
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise source.refused(
            f"cannot be read as a workbook ({error}); if it is damaged copy it again, "
            "if it is locked with a password save it without one"
        ) from error
    found = []
    for meta, content in kept:
        first = [_row(row) for row in islice(content.iter_rows(), SAMPLE_ROWS)]
        if any(any(map(text, row)) for row in first) or content.total_height:
            visible = meta.visible is calamine.SheetVisibleEnum.Visible
            layout = layout_of(first, header)
            found.append(_Sheet(meta.name, visible, content, first, layout))
    if not found:
        raise source.refused("the workbook holds no cell with a value")
    return found


def _chosen(source: Source, sheets: Sequence[_Sheet], wanted: str | None) -> _Sheet:
    if wanted is None:
        shown = [sheet for sheet in sheets if sheet.visible] or list(sheets)
        return next((sheet for sheet in shown if sheet.layout.header), shown[0])
    for sheet in sheets:
        if sheet.name.strip().casefold() == wanted.strip().casefold():
            return sheet
    if wanted.isdecimal() and 1 <= int(wanted) <= len(sheets):
        return sheets[int(wanted) - 1]
    names = ", ".join(repr(sheet.name) for sheet in sheets)
    raise UsageError(f"{source.name} has no sheet {wanted!r}; there are: {names}")


def _others(source: Source, chosen: _Sheet, sheets: Sequence[_Sheet]) -> list[Problem]:
    others = [sheet for sheet in sheets if sheet is not chosen]
    if not others:
        return []
    names = ", ".join(repr(s.name) + ("" if s.visible else " (hidden)") for s in others)
    message = (
        f"only the sheet {chosen.name!r} was read; not read: {names}. "
        "If parties stand there, check those sheets too"
    )
    return [Problem("sheets_not_read", message, source.name, text=names)]


def _row(row: Sequence[Any]) -> list[Cell]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> Cell:
    kind = type(value)
    if kind is str:
        return value or None
    if kind is float:
        whole = value.is_integer() and abs(value) < EXACT
        return int(value) if whole else float(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return value  # type: ignore[no-any-return]  # bool, int, date, datetime


def _fitted(row: list[Cell], width: int) -> Sequence[Cell]:
    return row[:width] + [None] * (width - len(row))


def _chunks(file: str, unit: str, sheet: _Sheet, size: int) -> Iterator[Chunk]:
    filler = Filler(file, unit, size)
    layout, width = sheet.layout, len(sheet.layout.columns)
    try:
        for number, values in enumerate(sheet.content.iter_rows(), 1):
            if number <= layout.skip:
                continue
            row = _row(values)
            if not any(cell is not None and text(cell) for cell in row):
                continue
            filler.add(number, row if len(row) == width else _fitted(row, width))
            if filler.full:
                yield filler.take()
    except calamine.CalamineError as error:
        raise InputUnreadable(file, f"{unit} {number}: {error}") from error
    if filler.rows:
        yield filler.take()
