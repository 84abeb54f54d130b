"""The table of goods within a paper: its header, its lines, the sums below."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from clearway.goods.codes import read_code
from clearway.goods.units import unit_of
from clearway.tables.cells import Cell, text
from clearway.tables.shipments.amounts import Style, currency_in, is_blank, number
from clearway.tables.shipments.blocks import Rows
from clearway.tables.shipments.grid import Sheet
from clearway.tables.shipments.words import Field, total

GOODS = ("code", "description", "model")
MEASURES = ("quantity", "value", "unit_price", "net_weight", "gross_weight")
_MANY = ("description", "model", "packages", "charge", "number", "code")
Look = Callable[[str], Field | None]


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds what; `headings` as written, `by_values` told from cells."""

    fields: Mapping[int, Field]
    headings: Mapping[int, str]
    first: int
    last: int
    by_values: frozenset[int] = frozenset()

    def of(self, name: str) -> tuple[int, ...]:
        """The columns of a field of lines."""
        return tuple(
            at for at, f in self.fields.items() if f.sort == "line" and f.name == name
        )

    @property
    def has_values(self) -> bool:
        """Whether the lines say what they cost, as an invoice does."""
        return bool(self.of("value") or self.of("unit_price"))


@dataclass(slots=True)
class Line:
    """One line as it stands: cells by field, and those of columns nobody reads."""

    where: str
    cells: dict[str, Cell] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    others: list[tuple[Field, Cell, str]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    more: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The text of a field, '' where it is blank."""
        cell = self.cells.get(name)
        return "" if is_blank(cell) else text(cell)


@dataclass(slots=True)
class Table:
    """A table of goods: header, lines, sums below it, and rows that are neither."""

    sheet: Sheet
    header: Header
    lines: list[Line] = field(default_factory=list)
    sums: list[tuple[str, str, Mapping[str, Cell], str]] = field(default_factory=list)


def split(sheet: Sheet, look: Look) -> tuple[list[Table], list[Rows]]:
    """The tables of a sheet, and the stretches of rows outside them."""
    rows = sheet.rows
    tables: list[Table] = []
    outside: list[Rows] = []
    start = at = 0
    while at < len(rows):
        header = header_at(rows, at, look)
        if header is None:
            at += 1
            continue
        outside.append(rows[start:at])
        table = Table(sheet, header)
        start = at = _read(table, rows, header.last + 1, look)
        tables.append(table)
    outside.append(rows[start:])
    return tables, [part for part in outside if part]


def header_at(rows: Rows, at: int, look: Look) -> Header | None:
    """The header that begins in a row, with the rows that go on with it."""
    cells = rows[at][1]
    if not _is_header(cells, look):
        return None
    words = {column: text(cell) for column, cell in enumerate(cells) if text(cell)}
    last = at
    while last + 1 < len(rows) and last < at + 2 and _goes_on(rows[last + 1][1], look):
        last += 1
        for column, cell in enumerate(rows[last][1]):
            if below := text(cell):
                above = words.get(column, "")
                words[column] = f"{above}\n{below}" if above else below
    fields: dict[int, Field] = {}
    for column, heading in words.items():
        found = (
            look(heading)
            or look(heading.split("\n")[-1])
            or look(heading.split("\n")[0])
        )
        if found is not None:
            fields[column] = found
    _once(fields, words)
    if last + 1 < len(rows) and _counts(rows[last + 1][1]):
        last += 1
    following = [row for _, row in rows[last + 1 : last + 51]]
    by_values = _by_values(fields, words, following)
    return Header(fields, words, at, last, by_values)


def _is_header(cells: Sequence[Cell], look: Look) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    if len(filled) < 2 or not all(isinstance(cell, str) for cell in filled):
        return False
    found = [look(text(cell)) for cell in filled if len(text(cell)) <= 120]
    names = {f.name for f in found if f is not None and f.sort == "line"}
    goods, measured = names.intersection(GOODS), names.intersection(MEASURES)
    if not goods or not measured or 2 * sum(f is not None for f in found) < len(filled):
        return False
    return len(names) >= 3 or len(filled) <= 3 or len(found) > 3


def _goes_on(cells: Sequence[Cell], look: Look) -> bool:
    """Whether a row belongs to the header above: a second language, units, parts."""
    filled = [text(cell) for cell in cells if text(cell)]
    if not filled or any(not isinstance(c, str) for c in cells if text(c)):
        return False
    if any(map(str.isdigit, "".join(filled).replace("2", "").replace("3", ""))):
        return False
    known = [
        (found is not None and found.sort == "line")
        or bool(currency_in(cell.strip("()")))
        or unit_of(cell.strip("()")) is not None
        for cell in filled
        for found in [look(cell)]
    ]
    return 2 * sum(known) > len(known) and not total(filled[0])


def _counts(cells: Sequence[Cell]) -> bool:
    """A row that only numbers the columns, as Russian forms have: 1 2 3 4 5."""
    filled = [text(cell) for cell in cells if text(cell)]
    return len(filled) >= 4 and filled == [str(n) for n in range(1, len(filled) + 1)]


def _once(fields: dict[int, Field], words: Mapping[int, str]) -> None:
    """A field of lines has one column: the first, or of amounts the one named best."""
    taken: dict[str, int] = {}
    for column, found in sorted(fields.items()):
        if found.sort != "line" or found.name in _MANY:
            continue
        if found.name in taken:
            if found.name == "value" and "unit_price" not in taken:
                # `Value ... Total`: the last is the sum of the line.
                del fields[taken[found.name]]
                taken[found.name] = column
            else:
                del fields[column]
        else:
            taken[found.name] = column


def _by_values(
    fields: dict[int, Field], words: Mapping[int, str], below: Sequence[Sequence[Cell]]
) -> frozenset[int]:
    """What headings do not tell: a column of codes, and whether `Item` is a number."""
    told: set[int] = set()
    names = {f.name for f in fields.values() if f.sort == "line"}
    width = max([*words, *(len(row) - 1 for row in below)], default=0)
    if "code" not in names:
        for column in range(width + 1):
            values = [text(row[column]) for row in below if column < len(row)]
            values = [value for value in values if value]
            if column not in fields and values and all(map(_is_code, values)):
                fields[column] = Field("line", "code")
                told.add(column)
                break
    several = list(fields.values()).count(Field("line", "description")) > 1
    for column, found in list(fields.items()):
        if found != Field("line", "description"):
            continue
        values = [text(row[column]) for row in below if column < len(row)]
        values = [value for value in values if value]
        counted = sum(map(str.isdigit, values))
        if counted and (
            counted == len(values) or (several and 2 * counted > len(values))
        ):
            fields[column] = Field("line", "number")
    return frozenset(told)


def _is_code(value: str) -> bool:
    bare = "".join(char for char in value if char.isdigit())
    return (
        len(bare) in (6, 8, 10)
        and read_code(value).code is not None
        and not value.isalpha()
    )


def _read(table: Table, rows: Rows, at: int, look: Look) -> int:
    """Read lines and sums from a row on; returns the row in which others begin."""
    ended = False
    while at < len(rows):
        number_, cells = rows[at]
        if header_at(rows, at, look) is not None:
            repeated = header_at(rows, at, look)
            assert repeated is not None
            if repeated.fields != table.header.fields:
                return at
            at = repeated.last + 1
            continue
        where = table.sheet.position(number_)
        line = _line(table.header, cells, where)
        sort = _sum_of(cells, line)
        if sort:
            table.sums.append((sort, _first_words(cells), line.cells, where))
            ended = True
        elif _is_label(cells, look) and not _is_counted(line):
            return at
        elif _is_line(line):
            table.lines.append(line)
        elif table.lines and not ended and _is_more(line):
            table.lines[-1].more.append(line.text("description") or line.text("model"))
        elif ended:
            return at
        else:
            written = [text(cell) for cell in cells if text(cell)]
            target = table.lines[-1] if table.lines else None
            if target is None:
                # A title within the table, before any line: searched as text.
                table.sums.append(("words", " ".join(written), {}, where))
            else:
                target.texts.append((" ".join(written), where))
        at += 1
    return at


def _line(header: Header, cells: Sequence[Cell], where: str) -> Line:
    line = Line(where)
    for column, cell in enumerate(cells):
        if not text(cell):
            continue
        found = header.fields.get(column)
        heading = header.headings.get(column, f"column {column + 1}")
        if found is None:
            line.texts.append((text(cell), f"{where}, {_short(heading)}"))
        elif found.sort != "line":
            line.others.append((found, cell, f"{where}, {_short(heading)}"))
        elif found.name in line.cells:
            joined = f"{text(line.cells[found.name])} {text(cell)}"
            if found.name == "code" and text(cell) not in text(line.cells["code"]):
                line.texts.append((text(cell), f"{where}, {_short(heading)}"))
            elif found.name != "code":
                line.cells[found.name] = joined
        else:
            line.cells[found.name] = cell
            line.headings[found.name] = heading
    return line


def _short(heading: str) -> str:
    return " ".join(heading.split())[:40]


def _sum_of(cells: Sequence[Cell], line: Line) -> str:
    """What sort of sum a row is, '' if it is a line or neither."""
    if any(map(str.isdigit, line.text("code"))) or unit_of(line.text("unit")):
        return ""
    if number(line.cells.get("unit_price"), Style()):
        return ""
    filled = [cell for cell in cells if not is_blank(cell)]
    goods = line.text("description") and not total(line.text("description"))
    for cell in filled[:2] if goods else filled:
        if isinstance(cell, str) and (sort := total(re.split("[:：]", cell)[0])):
            return sort
    said = line.text("description") or line.text("model") or line.text("number")
    if (
        not said
        and not line.others
        and not line.texts
        and number(line.cells.get("value"), Style())
    ):
        return "total"
    return ""


def _is_line(line: Line) -> bool:
    goods = any(line.text(name) for name in GOODS)
    measured = any(number(line.cells.get(name), Style()) for name in MEASURES)
    if line.text("code") and _is_code(line.text("code")):
        return True
    asked = any(line.text(name) for name in MEASURES)
    return (goods and (measured or asked)) or (measured and bool(line.text("number")))


def _is_counted(line: Line) -> bool:
    """Whether a row has a code of goods, or a number under a measure."""
    if _is_code(line.text("code")):
        return True
    return any(number(line.cells.get(name), Style()) for name in MEASURES)


def _is_more(line: Line) -> bool:
    return (
        not line.others
        and not line.texts
        and set(line.cells) <= {"description", "model"}
    )


def _is_label(cells: Sequence[Cell], look: Look) -> bool:
    first = next((text(cell) for cell in cells if text(cell)), "")
    head = first.partition(":")[0].partition("：")[0]
    found = look(head)
    return found is not None and (found.sort != "line" or ":" in first)


def _first_words(cells: Sequence[Cell]) -> str:
    return next(
        (text(cell) for cell in cells if isinstance(cell, str) and text(cell)), ""
    )
