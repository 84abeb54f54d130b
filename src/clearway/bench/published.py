"""sanctions-screening-benchmark, a public test set, over the lists in use.

It alters the names of listed individuals in classes (transliteration, homoglyphs,
dropped words, ...) and makes negatives of parts of listed names. Its cases are made by
its own code in the peers' Python. Each case is asked twice: of the whole pipeline
against the whole SDN list, and of scorers alone against the benchmark's own pool.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clearway.bench.measures import share
from clearway.bench.peers import PEER, PEER_THRESHOLD, PeerFailed, named
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import DataMissing, Setting, alerts
from clearway.match import compare_names
from clearway.model import Entity, Kind, Party

_ENTITIES = 250
"""How many individuals the benchmark takes by its own default."""
_NEAR = 25
"""Names of its pool that are compared with a case: those most alike as strings."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """For each case: the entity answered (None: nothing) and its score."""

    name: str
    answers: Sequence[tuple[str | None, float]]


def run(setting: Setting) -> Part:
    """Recall by class and false positives, beside the peer's."""
    part = Part("ssb", "sanctions-screening-benchmark over the SDN list")
    if setting.peers is None:
        raise DataMissing(
            "needs a Python that has sanctions-screening-benchmark: --peers PYTHON"
        )
    people = [e for e in setting.screener("ofac").compiled.entities() if _is_sdn(e)]
    if not people:
        raise DataMissing("no list in use names individuals of ofac/sdn")
    try:
        cases, pool = setting.peers.cases(
            [_described(entity) for entity in people],
            setting.day.isoformat(),
            setting.sample or _ENTITIES,
        )
    except PeerFailed as error:
        raise DataMissing(f"cases could not be made: {error}") from error
    part.title += f": {len(cases):,} cases of {len(pool):,} individuals"
    whole = _pipeline(setting, cases)
    names = {e.id: [n.text for n in e.names] for e in people if e.id in set(pool)}
    near = _near(setting, cases, names, whole)
    alone = _Answer("names compared", _compared(setting, cases, near))
    columns = [(whole, setting.threshold), (alone, setting.threshold)]
    if setting.peers.has(PEER):
        try:
            theirs = _Answer(PEER, _peer(setting, cases, near))
            columns.append((theirs, PEER_THRESHOLD))
        except PeerFailed as error:
            part.notes.append(f"{PEER} failed: {error}")
    _report(part, cases, columns)
    part.tables.append(_missed(cases, whole, "missed by the whole pipeline"))
    part.tables.append(_wrong(cases, whole))
    part.notes.append(
        "whole pipeline: asked of the whole SDN list, the top hit must be the entity; "
        f"the others: of the {_NEAR} most alike names of the pool and the entity's own"
    )
    return part


def _is_sdn(entity: Entity) -> bool:
    return entity.kind is Kind.PERSON and any(
        (row.publisher, row.list) == ("ofac", "sdn") for row in entity.listings
    )


def _described(entity: Entity) -> dict[str, Any]:
    names = dict.fromkeys(name.text for name in entity.names)
    return {
        "id": entity.id,
        "name": entity.name,
        "aliases": [name for name in names if name != entity.name],
    }


def _pipeline(setting: Setting, cases: Sequence[dict[str, Any]]) -> _Answer:
    screener = setting.screener("ofac")
    answers: list[tuple[str | None, float]] = []
    parties = [Party(case["query"], kind="person") for case in cases]
    for done, answer in enumerate(
        screener.check_many(parties, workers=setting.workers), 1
    ):
        top = answer.hits[0] if alerts(answer) else None
        answers.append((top.entity.id, top.score) if top else (None, 0.0))
        setting.progress("asking the public test set", done, len(cases))
    return _Answer("whole pipeline", answers)


def _near(
    setting: Setting,
    cases: Sequence[dict[str, Any]],
    names: dict[str, list[str]],
    whole: _Answer,
) -> list[list[tuple[str, str]]]:
    """For each case (entity, name) of the pool that could be it."""
    import numpy as np
    from rapidfuzz import fuzz, process, utils

    flat = [(ident, name) for ident, texts in names.items() for name in texts]
    texts = [utils.default_process(name) for _, name in flat]
    own: dict[str, list[tuple[str, str]]] = {}
    for ident, name in flat:
        own.setdefault(ident, []).append((ident, name))
    near = []
    for start in range(0, len(cases), 500):
        queries = [
            utils.default_process(c["query"]) for c in cases[start : start + 500]
        ]
        alike = process.cdist(
            queries, texts, scorer=fuzz.token_sort_ratio, workers=-1, dtype=np.float32
        )
        alike += process.cdist(
            queries, texts, scorer=fuzz.partial_ratio, workers=-1, dtype=np.float32
        )
        best = np.argpartition(-alike, min(_NEAR, len(flat) - 1), axis=1)[:, :_NEAR]
        for offset, row in enumerate(best.tolist()):
            case, (hit, _) = cases[start + offset], whole.answers[start + offset]
            found = dict.fromkeys(flat[at] for at in row)
            for one in (case["expected"], hit):
                found |= dict.fromkeys(own.get(one or "", ()))
            near.append(list(found))
        setting.progress("looking for names alike", len(near), len(cases))
    return near


def _compared(
    setting: Setting,
    cases: Sequence[dict[str, Any]],
    near: Sequence[Sequence[tuple[str, str]]],
) -> list[tuple[str | None, float]]:
    answers = []
    for done, (case, names) in enumerate(zip(cases, near, strict=True), 1):
        query = case["query"]
        scored = (
            (ident, compare_names(query, name, kind="person").score)
            for ident, name in names
        )
        answers.append(_best(scored, setting.threshold))
        setting.progress("comparing names alone", done, len(cases))
    return answers


def _peer(
    setting: Setting,
    cases: Sequence[dict[str, Any]],
    near: Sequence[Sequence[tuple[str, str]]],
) -> list[tuple[str | None, float]]:
    assert setting.peers is not None
    pairs = [
        (named(case["query"], "Person"), named(name, "Person"))
        for case, names in zip(cases, near, strict=True)
        for _, name in names
    ]
    scores, _ = setting.peers.scores(PEER, pairs)
    answers, at = [], 0
    for names in near:
        here = scores[at : at + len(names)]
        at += len(names)
        scored = zip((ident for ident, _ in names), here, strict=True)
        answers.append(_best(scored, PEER_THRESHOLD))
    return answers


def _best(
    scored: Iterable[tuple[str, float]], threshold: float
) -> tuple[str | None, float]:
    best: tuple[str | None, float] = (None, 0.0)
    for ident, score in scored:
        if score >= threshold and score > best[1]:
            best = (ident, score)
    return best


def _report(
    part: Part,
    cases: Sequence[dict[str, Any]],
    columns: Sequence[tuple[_Answer, float]],
) -> None:
    classes = dict.fromkeys((c["family"], c["class"]) for c in cases)
    lines: list[list[Cell]] = []
    recalls: dict[str, list[float]] = {column.name: [] for column, _ in columns}
    for family, kind in sorted(classes):
        here = [n for n, c in enumerate(cases) if c["class"] == kind]
        line: list[Cell] = [family, kind, len(here)]
        for column, _ in columns:
            value = share(sum(_right(cases, column, n) for n in here), len(here))
            line.append(value)
            if family != "negative":
                recalls[column.name].append(value)
        lines.append(line)
    positive = [n for n, c in enumerate(cases) if c["expected"] is not None]
    negative = [n for n, c in enumerate(cases) if c["expected"] is None]
    for column, _ in columns:
        key = "" if column.name == "whole pipeline" else f"_{_slug(column.name)}"
        right = sum(_right(cases, column, n) for n in positive)
        fired = sum(column.answers[n][0] is not None for n in negative)
        said = f", {column.name}" if key else ""
        part.measure(
            f"recall{key}",
            f"recall{said}",
            share(right, len(positive)),
            "share",
            len(positive),
        )
        part.measure(
            f"weakest{key}",
            f"  weakest class{said}",
            min(recalls[column.name]),
            "share",
        )
        part.measure(
            f"false_positives{key}",
            f"  false positives{said}",
            share(fired, len(negative)),
            "share",
            len(negative),
        )
    heads = ("family", "class", "cases", *(column.name for column, _ in columns))
    title = "right by class (of negatives: nothing answered)"
    part.tables.append(Table(title, heads, lines))


def _right(cases: Sequence[dict[str, Any]], column: _Answer, number: int) -> bool:
    answered: bool = column.answers[number][0] == cases[number]["expected"]
    return answered


def _slug(name: str) -> str:
    return name.replace("-", "_").replace(" ", "_")


def _missed(cases: Sequence[dict[str, Any]], column: _Answer, title: str) -> Table:
    lines: list[list[Cell]] = [
        [case["class"], case["query"], case["expected"], answered, score]
        for case, (answered, score) in zip(cases, column.answers, strict=True)
        if case["expected"] is not None and answered != case["expected"]
    ]
    lines.sort(key=lambda line: str(line[0]))
    heads = ("class", "asked", "wanted", "answered", "score")
    return Table(title, heads, lines, most=30)


def _wrong(cases: Sequence[dict[str, Any]], column: _Answer) -> Table:
    lines: list[list[Cell]] = [
        [score, case["class"], case["query"], answered]
        for case, (answered, score) in zip(cases, column.answers, strict=True)
        if case["expected"] is None and answered is not None
    ]
    lines.sort(key=lambda line: -(line[0] if isinstance(line[0], float) else 0))
    heads = ("score", "class", "asked", "answered")
    return Table("false positives of the whole pipeline", heads, lines, most=30)
