"""A packing list beside its invoice: its weights go to the lines of the invoice."""

from collections.abc import Sequence

from clearway.model import Problem
from clearway.tables.shipments.lines import Line, Table

_ADDS = (
    "net_weight",
    "gross_weight",
    "packages",
    "quantity",
    "code",
    "unit",
    "description",
)


def joined(tables: Sequence[Table], file: str) -> tuple[list[Line], list[Problem]]:
    """The lines of a paper; those of a packing list joined to those of the invoice.

    A line of the list that no line of the invoice matches is kept as a line of its own,
    and said: what is packed and not invoiced is worth a question.
    """
    invoiced = [table for table in tables if table.header.has_values]
    packed = [table for table in tables if not table.header.has_values]
    if not invoiced or not packed:
        return [line for table in tables for line in table.lines], []
    lines = [line for table in invoiced for line in table.lines]
    problems: list[Problem] = []
    free = list(lines)
    for line in (line for table in packed for line in table.lines):
        match = _match(line, free)
        if match is None:
            message = (
                "stands on the packing list and not on the invoice; find out which is "
                "right"
            )
            said = line.text("description") or line.text("code")
            problems.append(
                Problem("packing_list_differs", message, file, line.where, said)
            )
            lines.append(line)
            continue
        free = [one for one in free if one is not match]
        _add(match, line)
    return lines, problems


def _match(line: Line, free: Sequence[Line]) -> Line | None:
    """The line of the invoice that speaks of the same goods."""
    for names in (("description", "code"), ("description",), ("model",), ("code",)):
        said = [line.text(name).casefold() for name in names]
        if not all(said):
            continue
        same = [o for o in free if [o.text(n).casefold() for n in names] == said]
        if same:
            quantity = line.text("quantity")
            return next((o for o in same if o.text("quantity") == quantity), same[0])
    return None


def _add(match: Line, line: Line) -> None:
    for name in _ADDS:
        if name in line.cells and not match.text(name):
            match.cells[name] = line.cells[name]
            match.headings[name] = line.headings.get(name, "")
    match.texts += line.texts
    match.others += line.others
    said = {match.text("description"), *match.more}
    for name in ("description", "model"):
        if (written := line.text(name)) and written not in said:
            match.texts.append((written, f"{line.where}, {name}"))
