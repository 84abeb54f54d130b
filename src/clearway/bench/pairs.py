"""Labelled pairs of names: how well the score parts the same from the others."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from clearway.bench.measures import Scored, auc, best_f1, counts, f1
from clearway.bench.peers import PEER, PEER_THRESHOLD, PeerFailed, named
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import Row, Setting
from clearway.match import compare_names

_KINDS = {
    "Person": "person",
    "Company": "organization",
    "Organization": "organization",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}


@dataclass(frozen=True, slots=True)
class _Scorer:
    name: str
    scores: list[float]
    pairs_a_second: float


def run(setting: Setting) -> Part:
    """F1 at the default threshold, the best F1, the area under the curve; by group."""
    rows = setting.rows("name_pairs")
    same = [row["is_match"].casefold() == "true" for row in rows]
    part = Part("pairs", f"{len(rows):,} labelled pairs of names")
    ours, because = _ours(rows)
    scored = list(zip(ours.scores, same, strict=True))
    threshold = setting.threshold
    part.measure("f1", f"F1 at {threshold:.2f}", f1(scored, threshold), of=len(rows))
    best, at = best_f1(scored)
    part.measure("best_f1", f"best F1 (at {at:.2f})", best)
    part.measure("auc", "area under the curve", auc(scored))
    others = _others(setting, rows, part)
    for other in others:
        if other.name == PEER:
            theirs = list(zip(other.scores, same, strict=True))
            ratio = f1(scored, threshold) / f1(theirs, PEER_THRESHOLD)
            part.measure("f1_to_peer", f"F1 as against {PEER}", ratio, "times")
            speed = ours.pairs_a_second / other.pairs_a_second
            part.measure("speed_to_peer", f"pairs/s as against {PEER}", speed, "times")
    part.tables.append(_scorers([ours, *others], rows, same, threshold))
    for column in ("schema", "case_group", "category"):
        part.tables.append(_by(column, rows, scored, threshold))
    part.tables += _wrong(rows, scored, because, threshold)
    return part


def _ours(rows: Sequence[Row]) -> tuple[_Scorer, list[str]]:
    asked = [
        (row["name1"], row["name2"], _KINDS.get(row["schema"], "any")) for row in rows
    ]
    for left, right, kind in asked[:1]:
        compare_names(left, right, kind=kind)
    began = time.perf_counter()
    compared = [compare_names(left, right, kind=kind) for left, right, kind in asked]
    seconds = time.perf_counter() - began
    because = [
        "; ".join(item.because for item in answer.evidence if item.because)
        for answer in compared
    ]
    scores = [answer.score for answer in compared]
    return _Scorer("clearway", scores, len(rows) / seconds), because


def _others(setting: Setting, rows: Sequence[Row], part: Part) -> list[_Scorer]:
    found = []
    for name in setting.peers.scorers if setting.peers else ():
        assert setting.peers is not None
        asked = [
            (named(row["name1"], row["schema"]), named(row["name2"], row["schema"]))
            for row in rows
        ]
        try:
            scores, seconds = setting.peers.scores(name, asked)
        except PeerFailed as error:
            part.notes.append(f"{name} failed: {error}")
            continue
        found.append(_Scorer(name, scores, len(rows) / seconds))
    return found


def _scorers(
    scorers: Sequence[_Scorer],
    rows: Sequence[Row],
    same: Sequence[bool],
    threshold: float,
) -> Table:
    lines: list[list[Cell]] = []
    for scorer in scorers:
        at = threshold if scorer.name == "clearway" else PEER_THRESHOLD
        scored = list(zip(scorer.scores, same, strict=True))
        best, level = best_f1(scored)
        parts = [
            f1([s for s, row in zip(scored, rows, strict=True) if _is(row, kind)], at)
            for kind in ("person", "organization")
        ]
        lines.append(
            [
                scorer.name,
                f1(scored, at),
                best,
                level,
                auc(scored),
                *parts,
                round(scorer.pairs_a_second),
            ]
        )
    heads = (
        "scorer",
        f"F1 at {threshold:.2f}",
        "best F1",
        "at",
        "AUC",
        "F1 people",
        "F1 companies",
        "pairs/s",
    )
    return Table("scorers, the same pairs in the same run", heads, lines)


def _is(row: Row, kind: str) -> bool:
    return _KINDS.get(row["schema"]) == kind


def _by(column: str, rows: Sequence[Row], scored: Scored, threshold: float) -> Table:
    groups: dict[str, list[tuple[float, bool]]] = {}
    for row, item in zip(rows, scored, strict=True):
        groups.setdefault(row.get(column, ""), []).append(item)
    lines: list[list[Cell]] = []
    for value, items in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        right, wrong, missed = counts(items, threshold)
        lines.append(
            [
                value or "(none)",
                len(items),
                f1(items, threshold),
                auc(items),
                right,
                wrong,
                missed,
            ]
        )
    heads = (column, "pairs", "F1", "AUC", "found", "wrongly", "missed")
    return Table(f"by {column.replace('_', ' ')}", heads, lines, most=12)


def _wrong(
    rows: Sequence[Row], scored: Scored, because: Sequence[str], threshold: float
) -> list[Table]:
    """The pairs on the wrong side of the threshold, the worst first."""
    missed: list[list[Cell]] = []
    wrongly: list[list[Cell]] = []
    for row, (score, same), reason in zip(rows, scored, because, strict=True):
        line: list[Cell] = [score, row["schema"], row["name1"], row["name2"], reason]
        if same and score < threshold:
            missed.append(line)
        elif not same and score >= threshold:
            wrongly.append(line)
    heads = ("score", "schema", "one", "other", "because")
    return [
        Table("the same, missed", heads, sorted(missed, key=lambda x: x[0] or 0)),
        Table("others, taken as the same", heads, sorted(wrongly, key=_falling)),
    ]


def _falling(line: Sequence[Cell]) -> float:
    return -line[0] if isinstance(line[0], float) else 0.0
