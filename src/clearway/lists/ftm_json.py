"""FollowTheMoney entities, one JSON object a line, as OpenSanctions and others publish.

A party's sanctions, documents, addresses and ties are entities of their own, anywhere
in the file. They are gathered first, as bytes, and given to their party when its line
comes; what belongs to no party is counted by schema.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clearway.errors import ListUnreadable
from clearway.interop.followthemoney import PUBLISHER, entity_of
from clearway.interop.ftm_facts import values
from clearway.interop.ftm_schema import HOLDERS, PARTIES, TIE_PROPERTIES
from clearway.lists.reader import Edition, File, Reader
from clearway.model import Entity, PartialDate, Problem
from clearway.names import countries

LIST = "ftm"

_ENTITY = re.compile(rb'\s*(?:\xef\xbb\xbf)?\{(?=.*"schema"\s*:\s*")', re.S)
_DATASETS = re.compile(rb'"datasets"\s*:\s*\[([^\[\]]*)\]')
_SEEN = re.compile(rb'"last_seen"\s*:\s*"(\d{4}-\d\d-\d\d)')


@dataclass(frozen=True, slots=True)
class FtmRecord:
    """An entity of a party's schema, as published, with those that tell more of it.

    `captions` are the names of the parties that the attached entities tie it to.
    `list`, `file` and `line` say where it was read.
    """

    data: Mapping[str, Any]
    attached: tuple[Mapping[str, Any], ...] = ()
    captions: Mapping[str, str] = field(default_factory=dict)
    list: str = LIST
    file: str = ""
    line: int = 0


@dataclass(slots=True)
class _Gathered:
    """The entities that are no party: lines by the id of the party they belong to."""

    lines: dict[str, list[bytes]] = field(default_factory=dict)
    addresses: dict[str, bytes] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    unheld: Counter[str] = field(default_factory=Counter)


def recognises(head: bytes, name: str) -> bool:
    """Whether the first line is a JSON object with a schema."""
    return bool(_ENTITY.match(head.partition(b"\n")[0]))


def edition(files: Sequence[File]) -> Edition:
    """The data set, if all lines name one and the same, and the day it was last seen.

    A file of several data sets, or of none, is the list "ftm".
    """
    file = files[0]
    if not recognises(file.head(), file.name):
        raise ListUnreadable(file.name, "is not FollowTheMoney JSON, entity by line")
    named: set[bytes] = set()
    seen = b""
    with file.open() as stream:
        for line in stream:
            if len(named) < 2 and (datasets := _DATASETS.search(line)):
                named.update(part.strip() for part in datasets[1].split(b","))
            if last := _SEEN.search(line):
                seen = max(seen, last[1])
    single = named.pop() if len(named) == 1 else b""
    published: date | None = None
    try:
        list_ = str(json.loads(single)) if single else LIST
        published = PartialDate.parse(seen.decode()).earliest if seen else None
    except ValueError as error:
        raise ListUnreadable(
            file.name, f"its data set or last_seen is not readable: {error}"
        ) from error
    return Edition(PUBLISHER, list_, published)


def records(files: Sequence[File]) -> Iterator[FtmRecord | Problem]:
    """Each party, a Problem for each bad line, and one for each schema left out."""
    file = files[0]
    list_ = edition(files).list
    gathered = _gather(file)
    for number, line in _lines(file):
        data = _entity(line)
        if isinstance(data, str):
            yield Problem(
                "bad_line",
                f"a line that is no FollowTheMoney entity was left out: {data}",
                file.name,
                f"line {number}",
                line.decode("utf-8", "replace").strip(),
            )
        elif _is_party(data):
            yield _record(data, gathered, list_, file.name, number)
    yield from _left_out(gathered, file.name)


def _record(
    data: Mapping[str, Any], gathered: _Gathered, list_: str, file: str, line: int
) -> FtmRecord:
    key = str(data["id"])
    own = gathered.lines.pop(key, [])
    places = [a for a in values(data, "addressEntity") if a in gathered.addresses]
    own += (gathered.addresses[place] for place in places)
    gathered.used.update(places)
    attached = tuple(json.loads(one) for one in own)
    captions = {
        other: gathered.captions[other]
        for one in (data, *attached)
        for prop in TIE_PROPERTIES & one.get("properties", {}).keys()
        for other in values(one, prop)
        if other in gathered.captions and other != key
    }
    return FtmRecord(data, attached, captions, list_, file, line)


def _gather(file: File) -> _Gathered:
    gathered = _Gathered()
    for _, line in _lines(file):
        data = _entity(line)
        if isinstance(data, str):
            continue
        key, schema = str(data["id"]), str(data["schema"])
        if _is_party(data):
            named = (*values(data, "name"), key)
            gathered.captions[key] = str(data.get("caption") or named[0])
            continue
        if schema == "Address":
            gathered.addresses[key] = line
            continue
        held = _holders(data)
        for holder in held:
            gathered.lines.setdefault(holder, []).append(line)
        if not held:
            gathered.unheld[schema] += 1
    return gathered


def _left_out(gathered: _Gathered, file: str) -> Iterator[Problem]:
    """What told of nobody in this file, counted by schema."""
    counts = Counter(gathered.unheld)
    if unused := len(gathered.addresses.keys() - gathered.used):
        counts["Address"] += unused
    lost = {line for lines in gathered.lines.values() for line in lines}
    for data in map(_entity, lost):
        if isinstance(data, dict) and not gathered.captions.keys() & _holders(data):
            counts[data["schema"]] += 1
    for schema, count in sorted(counts.items()):
        yield Problem(
            "not_a_party",
            f"{count:,} entities of this schema name no party of this file; they are "
            "left out",
            file,
            f"schema {schema}",
            schema,
        )


def _holders(data: Mapping[str, Any]) -> dict[str, None]:
    """The ids of the parties that an entity tells of, each once, in order."""
    props = HOLDERS.get(data["schema"], ())
    return dict.fromkeys(holder for prop in props for holder in values(data, prop))


def _is_party(data: Mapping[str, Any]) -> bool:
    """A wallet that has a holder is told of its holder."""
    held = data["schema"] == "CryptoWallet" and values(data, "holder")
    return data["schema"] in PARTIES and not held


def _lines(file: File) -> Iterator[tuple[int, bytes]]:
    with file.open() as stream:
        for number, line in enumerate(stream, 1):
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield number, line


def _entity(line: bytes) -> dict[str, Any] | str:
    """The entity of a line, or what is wrong with the line."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return str(error)
    if not isinstance(data, dict):
        return "it is no JSON object"
    if not data.get("id") or not isinstance(data.get("schema"), str):
        return "it has no id or no schema"
    if not isinstance(data.get("properties", {}), dict):
        return "its properties are no object"
    return data


def entity(record: FtmRecord) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity a record describes, and what in it could not be understood."""
    return entity_of(
        record.data,
        list=record.list,
        attached=record.attached,
        captions=record.captions,
        code=countries.code,
        file=record.file,
        position=f"line {record.line}, {record.data['id']}",
    )


READER = Reader(
    publisher=PUBLISHER,
    format="FollowTheMoney JSON lines",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
