"""Names disguised on purpose: how many are found, what false alerts tricks raise.

Three questions. The examples of `evasion_transforms.json`, if the data holds them: each
as written, and as a reader of payment messages would hand it over (`as_read`). The
transforms of `clearway.bench.evasion` over names of the lists in use. The same
transforms over people who are on no list.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

from lxml import etree

from clearway.bench.asked import FILES, listed_names
from clearway.bench.evasion import transforms
from clearway.bench.measures import evenly, share
from clearway.bench.peers import (
    PEER,
    PEER_THRESHOLD,
    Described,
    PeerFailed,
    listed,
    named,
)
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import DataMissing, Row, Setting, alerts
from clearway.model import Entity, Party
from clearway.screen.screening import Screening

Transform = Callable[[str, random.Random], str | None]
_LISTED = 500
_PEOPLE = 2_000
_NO_NAME = frozenset({"strip_country", "strip_replace"})
"""Classes that hide a country, or name nobody at all: a payment's reader sees to it."""
_AS_THEY_ARE = "as they are"
_PREFIX = re.compile(r"<(\w+):")
_TAG = re.compile(r"\A:\d\d[A-Z]?:")
_ACCOUNT = re.compile(r"\A//?[A-Z]{0,2}\d+\n")


@dataclass(frozen=True, slots=True)
class _Disguised:
    """A listed name as somebody hides it, and the entity that bears it."""

    kind: str
    text: str
    name: str
    entity: Entity


def run(setting: Setting) -> Part:
    """Recall by class of disguise, and false alerts of the same disguises."""
    part = Part("evasion", "disguised names")
    made = transforms()
    try:
        _examples(setting, part, setting.document("evasion_transforms.json"))
    except DataMissing as missing:
        part.notes.append(f"examples not asked: {missing}")
    _listed(setting, part, made)
    try:
        rows = [(n, row) for n in FILES for row in setting.all_rows(n)]
        _people(setting, part, made, rows)
    except DataMissing as missing:
        part.notes.append(f"false alerts not measured: {missing}")
    return part


def as_read(text: str) -> str:
    """A piece of a payment message as its reader hands it over: the text alone.

    XML is parsed (comments, CDATA, character references, several elements); of a field
    of an MT message the tag and the account line are taken away. What is no XML after
    all (an ampersand stands bare) stays as it is.
    """
    if text.lstrip().startswith("<"):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True
        )
        spaces = "".join(f' xmlns:{p}="{p}"' for p in set(_PREFIX.findall(text)))
        try:
            root = etree.fromstring(f"<m{spaces}>{text}</m>", parser)
        except etree.XMLSyntaxError:
            return text
        return " ".join("".join(map(str, child.itertext())) for child in root)
    return _ACCOUNT.sub("", _TAG.sub("", text))


def _examples(
    setting: Setting, part: Part, document: Mapping[str, Mapping[str, Any]]
) -> None:
    screener = setting.screener()
    asked = [
        (kind, str(example["name"]), str(example["text"]))
        for kind, entry in document.items()
        if kind not in _NO_NAME
        for example in entry["examples"]
    ]
    wanted = {
        name: frozenset(hit.entity.id for hit in screener.check(name).hits)
        for name in dict.fromkeys(name for _, name, _ in asked)
    }
    unlisted = sorted({name for _, name, _ in asked if not wanted[name]})
    asked = [item for item in asked if wanted[item[1]]]
    lines: dict[str, list[int]] = {}
    missed: list[list[Cell]] = []
    for kind, name, text in asked:
        ways = [_caught(screener.check(t), wanted[name]) for t in (as_read(text), text)]
        line = lines.setdefault(kind, [0, 0, 0])
        for at, value in enumerate((True, *ways)):
            line[at] += value
        if not all(ways):
            state = "missed" if not any(ways) else "missed as written" * (not ways[1])
            missed.append([kind, name, text, state or "missed as read"])
    for at, name, what in (
        (1, "examples", "examples caught, as a message is read"),
        (2, "examples_raw", "  as written, marks of the message and all"),
    ):
        count = sum(line[at] for line in lines.values())
        part.measure(name, what, share(count, len(asked)), "share", len(asked))
    rows: list[list[Cell]] = [[kind, *line] for kind, line in lines.items()]
    heads = ("class", "examples", "as read", "as written")
    part.tables.append(Table("examples by class", heads, rows))
    part.tables.append(
        Table("examples missed", ("class", "listed", "asked", ""), missed)
    )
    part.notes.append(
        f"not counted: {' and '.join(sorted(_NO_NAME))}, which hide no listed name"
    )
    if unlisted:
        part.notes.append(f"not on the lists asked, not counted: {', '.join(unlisted)}")


def _caught(answer: Screening, wanted: frozenset[str]) -> bool:
    return alerts(answer) and any(hit.entity.id in wanted for hit in answer.hits)


def _listed(setting: Setting, part: Part, made: Mapping[str, Transform]) -> None:
    chosen = listed_names(setting, setting.sample or _LISTED)
    asked = [
        _Disguised(kind, text, name, entity)
        for kind, change in made.items()
        for entity, name in chosen
        if (text := altered(change, kind, name)) is not None
    ]
    whole = len(asked)
    read = _found(setting, asked, [as_read(item.text) for item in asked])
    written = _found(setting, asked, [item.text for item in asked])
    what = "disguised listed names caught, as a message is read"
    part.measure("listed", what, share(sum(read), whole), "share", whole)
    tally: dict[str, list[int]] = {}
    for item, one, other in zip(asked, read, written, strict=True):
        line = tally.setdefault(item.kind, [0, 0, 0])
        for at, value in enumerate((True, one, other)):
            line[at] += value
    weakest = min((share(line[1], line[0]) for line in tally.values()), default=nan)
    part.measure("weakest", "  weakest class", weakest, "share")
    what = "  as written, marks of the message and all"
    part.measure("listed_raw", what, share(sum(written), whole), "share", whole)
    _peer(setting, part, asked)
    rows: list[list[Cell]] = [
        [kind, *line, share(line[1], line[0])] for kind, line in tally.items()
    ]
    rows.sort(key=lambda row: float(row[-1] or 0))
    heads = ("class", "asked", "as read", "as written", "share as read")
    title = f"transforms over {len(chosen):,} listed names"
    part.tables.append(Table(title, heads, rows))
    _missed(part, [item for item, one in zip(asked, read, strict=True) if not one])


def _found(
    setting: Setting, asked: Sequence[_Disguised], texts: Sequence[str]
) -> list[bool]:
    parties = [Party(text) for text in texts]
    answers = setting.checked(parties, "asking disguised listed names")
    return [
        _caught(answer, frozenset({item.entity.id}))
        for item, answer in zip(asked, answers, strict=True)
    ]


def _missed(part: Part, items: Sequence[_Disguised]) -> None:
    """The missed, a few of each class first, so that each is seen."""
    turn: Counter[str] = Counter()
    rows: list[tuple[int, list[Cell]]] = []
    for item in items:
        turn[item.kind] += 1
        line: list[Cell] = [item.kind, item.text, item.name, item.entity.id]
        rows.append((turn[item.kind], line))
    rows.sort(key=lambda row: row[0])
    heads = ("class", "asked", "listed", "id")
    title = "disguised listed names missed"
    part.tables.append(Table(title, heads, [line for _, line in rows]))


def _peer(setting: Setting, part: Part, asked: Sequence[_Disguised]) -> None:
    """The peer is handed the entity and need only know it."""
    if setting.peers is None or not setting.peers.has(PEER):
        return
    pairs: list[tuple[Described, Described]] = []
    for item in asked:
        there = listed(item.entity)
        pairs.append((named(as_read(item.text), there["schema"]), there))
    try:
        scores, _ = setting.peers.scores(PEER, pairs)
    except PeerFailed as error:
        part.notes.append(f"{PEER} failed: {error}")
        return
    found = sum(score >= PEER_THRESHOLD for score in scores)
    what = f"  {PEER}, handed the entity"
    part.measure("listed_peer", what, share(found, len(asked)), "share", len(asked))


def _people(
    setting: Setting,
    part: Part,
    made: Mapping[str, Transform],
    rows: Sequence[tuple[str, Row]],
) -> None:
    chosen = [row for _, row in evenly(rows, setting.sample or _PEOPLE)]
    asked = [(_AS_THEY_ARE, row["full_name"], row) for row in chosen]
    asked += [
        (kind, as_read(text), row)
        for kind, change in made.items()
        for row in chosen
        if (text := altered(change, kind, row["full_name"])) is not None
    ]
    parties = [
        Party(text, kind="person", birth_date=row["date_of_birth"] or None)
        for _, text, row in asked
    ]
    answers = list(setting.checked(parties, "asking disguised people on no list"))
    tally: dict[str, list[int]] = {}
    alerting: list[list[Cell]] = []
    for (kind, text, row), answer in zip(asked, answers, strict=True):
        line = tally.setdefault(kind, [0, 0])
        line[0] += 1
        if alerts(answer):
            line[1] += 1
            top = answer.hits[0]
            alerting.append(
                [top.score, kind, text, row["full_name"], top.evidence[0].listed]
            )
    asked_as_is, said_as_is = tally.pop(_AS_THEY_ARE, [0, 0])
    whole, said = (sum(line[at] for line in tally.values()) for at in (0, 1))
    what = "disguised people on no list who alert, with birth date"
    part.measure("false", what, share(said, whole), "share", whole)
    part.measure(
        "false_plain",
        "  the same people as they are",
        share(said_as_is, asked_as_is),
        "share",
        asked_as_is,
    )
    lines: list[list[Cell]] = [
        [kind, *line, share(line[1], line[0])] for kind, line in tally.items()
    ]
    lines.sort(key=lambda row: -float(row[3] or 0))
    heads = ("class", "asked", "alerts", "share")
    part.tables.append(Table("false alerts by class", heads, lines))
    alerting.sort(key=lambda row: -float(row[0] or 0))
    columns = ("score", "class", "asked", "the person", "listed")
    part.tables.append(Table("disguised people who alert", columns, alerting, most=15))


def altered(change: Transform, kind: str, name: str) -> str | None:
    """The name disguised, the same each time; None where this way changes nothing."""
    text = change(name, random.Random(f"{kind}:{name}"))
    return None if text == name else text
