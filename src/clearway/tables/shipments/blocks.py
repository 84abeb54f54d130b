"""Labels and their values above, beside and below the table of a paper.

A value stands right of its label, in the same cell behind a colon, or below it; an
address goes on in the rows beneath. What belongs to no label is text, and is searched.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as fresh

from clearway.tables.cells import Cell, text
from clearway.tables.shipments.days import day_of
from clearway.tables.shipments.grid import Sheet
from clearway.tables.shipments.words import Field, total

Rows = Sequence[tuple[int, tuple[Cell, ...]]]
Look = Callable[[str], Field | None]
"""Looks a label up: `words.label`, with a user's corrections before it."""

_LONGEST_LABEL = 70
_DEEPEST = 8
"""So many rows below a label may belong to it."""
_SPLIT = re.compile(r"\s*[:：]\s*|\n")
_GAPS = re.compile(r"\s{3,}|\t|\s\|\s|;\s+")
_SEVERAL = re.compile(r"(?<=[\w)])[,\s]\s*(?=[^\W\d][^:：,]{1,30}[:：])")
_DATED = re.compile(r"\s+(?:dated|date|of|от|vom|du|del|tarihli|日期)[\s:.]+", re.I)
_GROWS = ("party", "about")


@dataclass(slots=True)
class Said:
    """A label with what stands behind it.

    `values` are cells with the words for where they stand; `column` is that of the
    label, `at` that of the value, `row` the row in which the value ended so far.
    """

    field: Field
    label: str
    column: int
    values: list[tuple[Cell, str]] = fresh(default_factory=list)
    at: int = -1
    row: int = 0
    beside: bool = True

    @property
    def text(self) -> str:
        """The whole value as lines."""
        return "\n".join(filter(None, (text(cell) for cell, _ in self.values)))

    @property
    def where(self) -> str:
        """Where the value stands, with the label it stands behind."""
        return self.values[0][1] if self.values else self.label


@dataclass(slots=True)
class Block:
    """What rows outside a table say: labelled values, sums, and all other text."""

    said: list[Said] = fresh(default_factory=list)
    sums: list[tuple[str, str, Sequence[Cell], str]] = fresh(default_factory=list)
    texts: list[tuple[str, str]] = fresh(default_factory=list)
    labels: list[str] = fresh(default_factory=list)


def block_of(sheet: Sheet, rows: Rows, look: Look) -> Block:
    """Read rows outside a table."""
    reader = _Reader(sheet, rows, look)
    for index in range(len(rows)):
        reader.row(index)
    return reader.block


class _Reader:
    """Goes through the rows once; remembers which cells are taken."""

    def __init__(self, sheet: Sheet, rows: Rows, look: Look) -> None:
        self.sheet, self.rows, self.look = sheet, rows, look
        self.block = Block()
        self.taken: set[tuple[int, int]] = set()

    def row(self, index: int) -> None:
        number, cells = self.rows[index]
        where = self.sheet.position(number)
        if self._sum(cells, where):
            return
        for column, cell in enumerate(cells):
            written = text(cell)
            if not written or (index, column) in self.taken:
                continue
            if field_ := self._label(written):
                self._beside(index, column, field_, written)
            elif inline := list(self._inline(cell, column, where)):
                for said in inline:
                    said.at, said.row = column, number
                    self._add(said)
            elif not self._continues(index, column):
                self.block.texts.append((written, where))

    def _label(self, written: str) -> Field | None:
        short = len(written) <= _LONGEST_LABEL and "\n" not in written.strip()
        return self.look(written) if short else None

    def _sum(self, cells: Sequence[Cell], where: str) -> bool:
        """A row that is a sum: `Total net weight: | 120.5`, `Freight | 500`."""
        filled = [cell for cell in cells if text(cell)]
        if not filled or not isinstance(filled[0], str):
            return False
        head, _, rest = filled[0].partition(":")
        head, rest = head.strip(), rest.strip()
        sort = total(head)
        values = [*([rest] if rest else []), *filled[1:]]
        if not sort or (
            (self.look(head) and sort not in ("words",)) and not _has_number(values)
        ):
            return False
        if not values and sort != "words":
            return False
        if not _has_number(values) and sort != "words":
            return False
        self.block.sums.append((sort, filled[0], values, where))
        for cell in filled:
            if (isinstance(cell, str) and not _has_number([cell])) or sort == "words":
                self.block.texts.append((text(cell), where))
        return True

    def _add(self, said: Said) -> None:
        self.block.said.append(said)
        self.block.labels.append(said.label)

    def _inline(self, cell: Cell, column: int, where: str) -> Iterator[Said]:
        """Every `label: value` within one cell; lines without one go with the last."""
        if not isinstance(cell, str):
            return
        found: list[Said] = []
        left: list[str] = []
        for part in self._pieces(cell):
            said = self._piece(part, column, where)
            if said is not None:
                found.append(said)
            elif found:
                found[-1].values.append((part, f"{where}, {found[-1].label}"))
            else:
                left.append(part)
        if found:
            self.block.texts += [(part, where) for part in left]
        yield from found

    def _pieces(self, cell: str) -> list[str]:
        pieces = []
        for line in cell.split("\n"):
            for piece in _GAPS.split(line):
                cuts = [m.start() for m in _SEVERAL.finditer(piece)]
                cuts = [
                    cut
                    for cut in cuts
                    if self._label(re.split("[:：]", piece[cut + 1 :])[0].strip())
                ]
                for begin, end in zip([0, *cuts], [*cuts, len(piece)], strict=True):
                    if part := piece[begin:end].strip(" ,\r"):
                        pieces.append(part)
        return pieces

    def _piece(self, part: str, column: int, where: str) -> Said | None:
        halves = _SPLIT.split(part, maxsplit=1)
        if len(halves) == 2 and (field_ := self._label(halves[0])):
            values: list[tuple[Cell, str]] = []
            if halves[1].strip():
                values.append((halves[1].strip(), f"{where}, {halves[0]}"))
            return Said(field_, halves[0].strip(), column, values)
        field_ = self._label(part)
        if field_ is not None and part.rstrip().endswith((":", "：")):
            return Said(field_, part.strip(), column)
        return self._prefixed(part, column, where)

    def _prefixed(self, part: str, column: int, where: str) -> Said | None:
        """`Invoice No. INV-7 dated 12.05.2024`: a label without its colon."""
        words = part.split()
        for count in range(min(5, len(words) - 1), 0, -1):
            head, rest = " ".join(words[:count]), " ".join(words[count:])
            field_ = self._label(head)
            if field_ is None or field_.name not in ("reference", "day", "imo"):
                continue
            if not any(map(str.isdigit, rest)) or len(rest) > _LONGEST_LABEL:
                return None
            value, *dated = _DATED.split(rest, maxsplit=1)
            path = f"{where}, {head}"
            if dated and day_of(dated[0]) and field_.name == "reference":
                self._add(Said(Field("whole", "day"), head, column, [(dated[0], path)]))
            return Said(field_, head, column, [(value, path)])
        return None

    def _beside(self, index: int, column: int, field_: Field, label: str) -> None:
        number, cells = self.rows[index]
        said = Said(field_, label.strip(" :："), column, row=number)
        where = f"{self.sheet.position(number)}, {said.label}"
        for at in range(column + 1, len(cells)):
            written = text(cells[at])
            if not written:
                continue
            if self._is_other(cells[at]):
                break
            said.values.append((cells[at], where))
            self.taken.add((index, at))
            if said.at < 0:
                said.at = at
        if not said.values:
            self._below(index, column, said)
        self._add(said)

    def _is_other(self, cell: Cell) -> bool:
        """Whether a cell is a label, or holds one, and so no value of another."""
        written = text(cell)
        if self._label(written):
            return True
        head = _SPLIT.split(written, maxsplit=1)
        return len(head) == 2 and self._label(head[0]) is not None

    def _below(self, index: int, column: int, said: Said) -> None:
        said.at, said.beside = column, False
        last = self.rows[index][0]
        for deeper in range(index + 1, min(index + 1 + _DEEPEST, len(self.rows))):
            number, cells = self.rows[deeper]
            cell = cells[column] if column < len(cells) else None
            if number != last + 1 or not text(cell) or self._is_other(cell):
                return
            if said.field.sort not in _GROWS and said.values:
                return
            if said.field.name in ("reference", "day", "contract") and not _has_number(
                [cell]
            ):
                return
            if total(text(cells[0])) and _has_number(cells):
                return
            self.taken.add((deeper, column))
            where = f"{self.sheet.position(number)}, {said.label}"
            said.values.append((cell, where))
            said.row = last = number

    def _continues(self, index: int, column: int) -> bool:
        """Whether a cell goes on with the value above it: an address over rows."""
        number, cells = self.rows[index]
        for said in reversed(self.block.said[-6:]):
            if said.at != column or said.row != number - 1 or not said.values:
                continue
            if said.field.sort not in _GROWS or len(said.values) > _DEEPEST:
                return False
            where = f"{self.sheet.position(number)}, {said.label}"
            said.values.append((cells[column], where))
            said.row = number
            return True
        return False


def _has_number(cells: Sequence[Cell]) -> bool:
    return any(
        (isinstance(cell, int | float) and not isinstance(cell, bool))
        or any(map(str.isdigit, text(cell)))
        for cell in cells
    )
