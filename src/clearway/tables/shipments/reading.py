"""A paper read: from its sheets to shipments, with what was taken for what.

Invoices and packing lists with a header block above their lines, and flat tables that
repeat the header in every row. One shipment for each reference that rows name, else one
for the whole file. Nothing is lost: what belongs to no field is searched as text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from clearway.model import Problem, Transaction
from clearway.tables.cells import Cell, text
from clearway.tables.shipments import words
from clearway.tables.shipments.amounts import Style
from clearway.tables.shipments.blocks import Block, Said, block_of
from clearway.tables.shipments.building import Content, build
from clearway.tables.shipments.days import order_of
from clearway.tables.shipments.grid import Paper, Sheet, paper_of
from clearway.tables.shipments.lines import MEASURES, Line, Table, header_at, split
from clearway.tables.shipments.mapping import Corrections, Look, Taken
from clearway.tables.shipments.packing import joined


@dataclass(frozen=True, slots=True)
class Shipments:
    """What a file holds: its shipments, how they were read, what is wrong with it."""

    name: str
    description: str
    taken: Taken
    shipments: tuple[Transaction, ...]
    problems: tuple[Problem, ...] = field(default=())


def read_shipments(
    origin: Path | str | bytes | IO[bytes],
    *,
    name: str = "",
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: str | None = None,
) -> Shipments:
    """The shipments of a CSV file or workbook.

    `mapping` corrects what columns and labels mean (`code=Ref B,consignee=Ship to`).
    Raises InputUnreadable for a file that is neither, UsageError for a correction of
    what is not there.
    """
    paper = paper_of(origin, name=name, encoding=encoding, sheet=sheet)
    corrections = Corrections.of(mapping or "")
    headings = corrections.over(words.heading)
    labels = corrections.over(words.label)
    parts = [_part(one, headings, labels) for one in paper.sheets]
    taken = _taken(parts)
    corrections.unused(
        {**taken.columns, **taken.labels, **dict.fromkeys(taken.unread, "")}
    )
    style, order = _style(parts), _order(parts)
    made = tuple(build(content, style, order) for content in _contents(paper, parts))
    return Shipments(paper.name, paper.description, taken, made, paper.problems)


def looks_like_shipments(
    origin: Path | str | bytes | IO[bytes], name: str = ""
) -> bool:
    """Whether a file is a paper of goods: it has a table of goods with what is paid,
    counted or weighed, and parties of a sale or a carriage beside or in it.

    Raises InputUnreadable for a file that is no table at all.
    """
    paper = paper_of(origin, name=name)
    return any(_is_paper(sheet) for sheet in paper.sheets) or _is_paper_apart(paper)


_LOOKED_AT = 120
_OF_TRADE = frozenset(
    {"seller", "shipper", "buyer", "consignee", "notify_party", "end_user", "vessel"}
    | {"forwarder", "carrier", "manufacturer"}
)


def _is_paper(sheet: Sheet) -> bool:
    """Codes of goods or counts of them, and labels or columns of who trades.

    A table of parties with their amounts is none: what it sells is not counted.
    """
    part = _part(
        replace(sheet, rows=sheet.rows[:_LOOKED_AT]), words.heading, words.label
    )
    said = {one.field.name for one in part.block.said}
    for table in part.tables:
        fields_ = table.header.fields.values()
        names = {found.name for found in fields_}
        of_trade = {found.role or found.name for found in fields_} & _OF_TRADE
        counted = names & {"quantity", "net_weight", "gross_weight", "unit_price"}
        if of_trade and counted:
            return True
        if (counted or "code" in names) and (said & _OF_TRADE or "reference" in said):
            return True
    return False


def _is_paper_apart(paper: Paper) -> bool:
    """A workbook with labels on one sheet and the lines on another."""
    if len(paper.sheets) < 2:
        return False
    tables = [
        header
        for sheet in paper.sheets
        for at in range(min(len(sheet.rows), _LOOKED_AT))
        if (header := header_at(sheet.rows, at, words.heading)) is not None
    ]
    said = {
        s.field.name
        for sheet in paper.sheets
        for s in block_of(sheet, sheet.rows[:_LOOKED_AT], words.label).said
    }
    return bool(tables) and bool(said & _OF_TRADE)


@dataclass(slots=True)
class _Part:
    """One sheet: its tables and the rows outside them."""

    sheet: Sheet
    tables: list[Table]
    block: Block


def _part(sheet: Sheet, headings: Look, labels: Look) -> _Part:
    tables, outside = split(sheet, headings)
    block = Block()
    for rows in outside:
        one = block_of(sheet, rows, labels)
        block.said += one.said
        block.sums += one.sums
        block.texts += one.texts
        block.labels += one.labels
    return _Part(sheet, tables, block)


def _taken(parts: Sequence[_Part]) -> Taken:
    columns: dict[str, str] = {}
    unread: dict[str, None] = {}
    for part in parts:
        for table in part.tables:
            header = table.header
            for at, heading in sorted(header.headings.items()):
                short = " ".join(heading.split())
                found = header.fields.get(at)
                if found is None:
                    unread[short] = None
                else:
                    columns.setdefault(short, str(found))
            for at in header.by_values:
                columns[f"column {at + 1} (by its values)"] = str(header.fields[at])
    labels = {said.label: str(said.field) for part in parts for said in part.block.said}
    return Taken(columns, labels, tuple(unread))


def _cells(parts: Sequence[_Part]) -> Iterator[Cell]:
    """Cells that should be numbers."""
    for part in parts:
        for table in part.tables:
            for line in table.lines:
                yield from (line.cells.get(name) for name in MEASURES)
            for _, _, cells, _ in table.sums:
                yield from (cells.get(name) for name in MEASURES)
        for _, _, values, _ in part.block.sums:
            yield from values


def _style(parts: Sequence[_Part]) -> Style:
    found = Style.of(_cells(parts))
    if found.decimal:
        return found
    lines = [line for part in parts for table in part.tables for line in table.lines]
    return by_sums(lines) or found


def by_sums(lines: Sequence[Line]) -> Style | None:
    """The style under which quantity times price is the value of most lines."""
    from clearway.tables.shipments.amounts import number

    fit = {}
    for mark in (".", ","):
        style, good = Style(mark), 0
        for line in lines:
            read = [
                number(line.cells.get(n), style)
                for n in ("quantity", "unit_price", "value")
            ]
            if all(read):
                quantity, price, value = (one.value for one in read if one)
                good += abs(quantity * price - value) <= abs(value) / 100
        fit[mark] = good
    best, other = sorted(fit, key=lambda mark: -fit[mark])
    return Style(best) if fit[best] > fit[other] else None


def _order(parts: Sequence[_Part]) -> str:
    said = [cell for part in parts for one in part.block.said for cell, _ in one.values]
    rows = [
        cell
        for part in parts
        for table in part.tables
        for line in table.lines
        for found, cell, _ in line.others
        if found.sort == "whole"
    ]
    return order_of([*said, *rows])


def _contents(paper: Paper, parts: Sequence[_Part]) -> Iterator[Content]:
    """What belongs to each shipment of a file."""
    groups: dict[str, list[_Part]] = {}
    own = ""
    for part in parts:
        own = _reference(part.block.said) or own
        priced = any(table.header.has_values for table in part.tables)
        groups.setdefault(own if priced or len(parts) == 1 else "", []).append(part)
    shared = groups.pop("", [])
    if len(groups) <= 1:
        yield from _by_rows(
            paper, [*shared, *(p for g in groups.values() for p in g)], parts
        )
        return
    for name, group in groups.items():
        also = [p for p in shared if _reference(p.block.said) in ("", name)]
        members = [part for part in parts if part in group or part in also]
        yield from _by_rows(paper, members, members)


def _reference(said: Sequence[Said]) -> str:
    return next((s.text.strip() for s in said if s.field.name == "reference"), "")


def _by_rows(
    paper: Paper, parts: Sequence[_Part], ordered: Sequence[_Part]
) -> Iterator[Content]:
    """One content, or one for each reference that rows name themselves."""
    parts = [part for part in ordered if part in parts]
    tables = [table for part in parts for table in part.tables]
    lines, problems = joined(tables, paper.name)
    whole = Content(
        file=paper.name,
        said=[said for part in parts for said in part.block.said],
        sums=_sums(parts),
        texts=[one for part in parts for one in (*part.block.texts, *_headings(part))],
        problems=problems,
    )
    by_reference: dict[str, list[Line]] = {}
    last = ""
    for line in lines:
        named = next((text(c) for f, c, _ in line.others if f.name == "reference"), "")
        last = named.strip() or last
        by_reference.setdefault(last, []).append(line)
    if len(by_reference) <= 1:
        whole.lines = lines
        yield whole
        return
    first = True
    for found in by_reference.values():
        # What stands outside the rows belongs to all; sums then cannot be compared.
        texts = whole.texts if first else []
        problems = whole.problems if first else []
        yield Content(whole.file, whole.said, [], texts, found, problems)
        first = False


def _headings(part: _Part) -> Iterator[tuple[str, str]]:
    """Headings that mean nothing known: what stands there may be anything."""
    for table in part.tables:
        number = part.sheet.rows[table.header.first][0]
        for at, heading in table.header.headings.items():
            if at not in table.header.fields or at in table.header.by_values:
                yield heading, part.sheet.position(number)


def _sums(parts: Sequence[_Part]) -> list[tuple[str, str, Mapping[str, Cell], str]]:
    found: list[tuple[str, str, Mapping[str, Cell], str]] = []
    for part in parts:
        for table in part.tables:
            found += table.sums
        for sort, label, values, where in part.block.sums:
            found.append((sort, label, {"said": values[-1]} if values else {}, where))
    return found
