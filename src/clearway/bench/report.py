"""What a section says: measures with their targets, tables, notes; text and JSON."""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

Cell = str | int | float | None
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Target:
    """What a measure should reach: at least, or at most."""

    at_least: float | None = None
    at_most: float | None = None

    def met_by(self, value: float) -> bool:
        """Whether a value reaches it; NaN (nothing measured) never does."""
        low = -math.inf if self.at_least is None else self.at_least
        high = math.inf if self.at_most is None else self.at_most
        return low <= value <= high


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: what it is, its value and unit, and of how many cases.

    `key` is `section.name`, under which `targets.toml` may hold a target. `unit` is
    `share` (printed as a percentage), `score` (three digits) or a word such as `ms`.
    """

    key: str
    what: str
    value: float
    unit: str = "score"
    of: int | None = None

    @property
    def target(self) -> Target | None:
        """The target of this measure, if it has one."""
        return targets().get(self.key)

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return in_unit(self.value, self.unit)

    def to_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order; NaN is null."""
        target = self.target
        value = None if math.isnan(self.value) else self.value
        return {
            "key": self.key,
            "what": self.what,
            "value": value,
            "unit": self.unit,
            "of": self.of,
            "at_least": target.at_least if target else None,
            "at_most": target.at_most if target else None,
            "met": target.met_by(self.value) if target else None,
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `most` is how many are printed (all go into JSON)."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    most: int = 40

    def to_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        rows = [[_plain(cell) for cell in row] for row in self.rows]
        return {"title": self.title, "columns": list(self.columns), "rows": rows}


@dataclass(slots=True)
class Part:
    """All that one section found; `skipped` says why it measured nothing."""

    section: str
    title: str
    measures: list[Measure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0

    def measure(
        self,
        name: str,
        what: str,
        value: float,
        unit: str = "score",
        of: int | None = None,
    ) -> None:
        """Add a number under `section.name`."""
        self.measures.append(Measure(f"{self.section}.{name}", what, value, unit, of))

    def to_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        return {
            "section": self.section,
            "title": self.title,
            "skipped": self.skipped,
            "seconds": round(self.seconds, 2),
            "measures": [measure.to_dict() for measure in self.measures],
            "tables": [table.to_dict() for table in self.tables],
            "notes": self.notes,
        }


@cache
def targets() -> Mapping[str, Target]:
    """The targets by key, from `targets.toml`."""
    raw = files("clearway.bench").joinpath("targets.toml").read_text("utf-8")
    return {
        f"{section}.{name}": Target(**values)
        for section, rows in tomllib.loads(raw).items()
        for name, values in rows.items()
    }


def in_unit(value: float, unit: str) -> str:
    """A value with its unit, in as many digits as it deserves."""
    if math.isnan(value):
        return "-"
    if unit == "share":
        digits = 3 if value < 0.01 else 2
        return f"{value:.{digits}%}".replace("%", " %")
    if unit == "score":
        return f"{value:.3f}"
    if unit == "times":
        return f"{value:,.2f} x"
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} {unit}"


def lines_of(part: Part) -> Iterator[str]:
    """A section as lines of text: measures beside their targets, tables, notes."""
    yield f"== {part.section}: {part.title}"
    if part.skipped:
        yield f"   not measured: {part.skipped}"
        return
    if part.measures:
        yield from _measured(part.measures)
    for table in part.tables:
        yield ""
        yield from _table(table)
    for note in part.notes:
        yield f"   {note}"
    yield f"   ({part.seconds:.1f} s)"


def _measured(measures: Sequence[Measure]) -> Iterator[str]:
    rows = []
    for measure in measures:
        target = measure.target
        goal = said = ""
        if target is not None:
            low = target.at_least is not None
            bound = target.at_least if low else target.at_most
            assert bound is not None
            goal = f"{'from' if low else 'to'} {in_unit(bound, measure.unit)}"
            said = "reached" if target.met_by(measure.value) else "MISSED"
        of = f"of {measure.of:,}" if measure.of is not None else ""
        rows.append((measure.what, measure.shown, of, goal, said))
    yield from _columns(("", "measured", "", "target", ""), rows)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield f"   {table.title}: none"
        return
    yield f"   {table.title}:"
    rows = [tuple(_cell(cell) for cell in row) for row in table.rows[: table.most]]
    yield from _columns(table.columns, rows)
    if (more := len(table.rows) - table.most) > 0:
        yield f"     ... and {more:,} more, see --json"


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Headings and rows in columns as wide as their widest cell."""
    all_ = [tuple(heads), *rows] if any(heads) else list(rows)
    widths = [max(len(row[at]) for row in all_) for at in range(len(heads))]
    for row in all_:
        cells = (
            cell.rjust(width) if _numeric(cell) else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        yield ("     " + "  ".join(cells)).rstrip()


def _numeric(cell: str) -> bool:
    return cell[:1].isdigit() and not any(c.isalpha() for c in cell)


def _cell(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return "-" if math.isnan(cell) else f"{cell:.3f}"
    if isinstance(cell, int):
        return f"{cell:,}"
    text = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in cell)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."


def _plain(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and math.isnan(cell) else cell
