"""People who are on no list: how many alert all the same."""

from collections.abc import Sequence

from clearway.bench.measures import interval, share
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import Row, Setting, alerts
from clearway.model import Party
from clearway.screen.screening import Screening

_FILES = ("negatives_global", "negatives_us")
_WAYS = (
    ("birth_date", "with birth date"),
    ("all", "with birth date and nationality"),
    ("names", "by name alone"),
)


def run(setting: Setting) -> Part:
    """The share of alerts with a birth date, with nationality too, by name alone."""
    rows = [(name, row) for name in _FILES for row in setting.rows(name)]
    part = Part("negatives", f"{len(rows):,} people who are on no list")
    for way, what in _WAYS:
        parties = [_party(row, way) for _, row in rows]
        answers = list(setting.checked(parties, f"asking people {what}"))
        _report(part, way, what, rows, answers)
    return part


def _party(row: Row, way: str) -> Party:
    return Party(
        row["full_name"],
        kind="person",
        birth_date=(row["date_of_birth"] or None) if way != "names" else None,
        countries=(row["nationality"],) if way == "all" and row["nationality"] else (),
    )


def _report(
    part: Part,
    way: str,
    what: str,
    rows: Sequence[tuple[str, Row]],
    answers: Sequence[Screening],
) -> None:
    said = [number for number, answer in enumerate(answers) if alerts(answer)]
    part.measure(way, f"alerts {what}", share(len(said), len(rows)), "share", len(rows))
    for name in _FILES:
        here = [n for n in said if rows[n][0] == name]
        whole = sum(file == name for file, _ in rows)
        part.measure(
            f"{way}_{name}", f"  {name}", share(len(here), whole), "share", whole
        )
    low, high = interval(len(said), len(rows))
    held = sum(str(a.verdict) != "clear" and not alerts(a) for a in answers)
    part.notes.append(
        f"{what}: {len(said)} alerts, 95 % interval {low:.3%} to {high:.3%}; "
        f"{held} more held without a hit"
    )
    lines: list[list[Cell]] = []
    for number in sorted(said, key=lambda n: -answers[n].hits[0].score):
        row, hit = rows[number][1], answers[number].hits[0]
        lines.append(
            [
                hit.score,
                row["full_name"],
                row["date_of_birth"],
                row["nationality"],
                hit.evidence[0].listed,
                ", ".join(str(b.date) for b in hit.entity.births if b.date),
                hit.entity.id,
                hit.because,
            ]
        )
    heads = ("score", "asked", "born", "nationality", "listed", "born", "id", "because")
    part.tables.append(Table(f"alerts {what}", heads, lines, most=15))
