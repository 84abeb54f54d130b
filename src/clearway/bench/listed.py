"""Altered listed names, with and without facts: which come to review."""

from dataclasses import replace

from clearway.bench.measures import interval, share
from clearway.bench.peers import (
    PEER,
    PEER_THRESHOLD,
    Described,
    PeerFailed,
    described,
    listed,
)
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import Row, Setting, alerts
from clearway.model import Entity, Party
from clearway.screen.screener import Screener
from clearway.screen.screening import Screening


def run(setting: Setting) -> Part:
    """Recall at review of altered UN names: by name alone, then with facts."""
    rows = setting.rows("un_queries")
    bearers = _bearers(setting.screener())
    asked = [row for row in rows if _key(row["listed_name"]) in bearers]
    part = Part("un", f"{len(rows):,} altered names of the UN list")
    if absent := len(rows) - len(asked):
        part.notes.append(
            f"{absent} names are not on the lists asked and count nowhere: "
            + "; ".join(r["listed_name"] for r in rows if r not in asked)
        )
    for name, what in (("facts", "with date, place, nationality"), ("names", "alone")):
        parties = [_party(row, facts=name == "facts") for row in asked]
        answers = list(setting.checked(parties, f"asking UN names {what}"))
        found = [
            rank_of(answer, bearers[_key(row["listed_name"])])
            for row, answer in zip(asked, answers, strict=True)
        ]
        _report(part, name, what, asked, found)
        _peer(setting, part, name, what, list(zip(asked, parties, strict=True)))
    return part


def _report(
    part: Part, name: str, what: str, rows: list[Row], found: list[int | None]
) -> None:
    count = sum(rank is not None for rank in found)
    low, high = interval(count, len(rows))
    part.measure(name, f"recall {what}", share(count, len(rows)), "share", of=len(rows))
    part.notes.append(f"95 % interval of recall {what}: {low:.2%} to {high:.2%}")
    lines: list[list[Cell]] = [
        [row["query"], row["listed_name"], row["birth_date"], row["nationality"]]
        for row, rank in zip(rows, found, strict=True)
        if rank is None
    ]
    heads = ("asked", "listed", "birth date", "nationality")
    part.tables.append(Table(f"missed {what}", heads, lines))


def _peer(
    setting: Setting,
    part: Part,
    name: str,
    what: str,
    asked: list[tuple[Row, Party]],
) -> None:
    """The same to the peer: it is handed the listed entity and need only know it."""
    if setting.peers is None or not setting.peers.has(PEER):
        return
    screener = setting.screener()
    bearers = _bearers(screener)
    pairs: list[tuple[Described, Described]] = []
    owner: list[int] = []
    for number, (row, party) in enumerate(asked):
        for ident in sorted(bearers[_key(row["listed_name"])]):
            entity = screener.compiled.entity(screener.compiled.number_of(ident))
            pairs.append((described(party, listed(entity)["schema"]), listed(entity)))
            owner.append(number)
    try:
        scores, _ = setting.peers.scores(PEER, pairs)
    except PeerFailed as error:
        part.notes.append(f"{PEER} failed: {error}")
        return
    found = {o for o, s in zip(owner, scores, strict=True) if s >= PEER_THRESHOLD}
    part.measure(
        f"{name}_peer",
        f"{PEER}, handed the entity, {what}",
        share(len(found), len(asked)),
        "share",
        len(asked),
    )


def _party(row: Row, *, facts: bool) -> Party:
    party = Party(row["query"])
    if not facts:
        return party
    return replace(
        party,
        birth_date=row["birth_date"] or None,
        birth_place=row["place_of_birth"] or None,
        countries=(row["nationality"],) if row["nationality"] else (),
    )


def rank_of(screening: Screening, wanted: frozenset[str]) -> int | None:
    """The place (from 1) of a wanted entity among the hits; None if none alerts."""
    if not alerts(screening):
        return None
    for rank, hit in enumerate(screening.hits, 1):
        if hit.entity.id in wanted:
            return rank
    return None


def _bearers(screener: Screener) -> dict[str, frozenset[str]]:
    """The ids of the entities that bear a name, by the name."""
    found: dict[str, set[str]] = {}
    for entity in screener.compiled.entities():
        for key in _keys(entity):
            found.setdefault(key, set()).add(entity.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _keys(entity: Entity) -> set[str]:
    return {_key(name.text) for name in entity.names}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
