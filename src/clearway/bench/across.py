"""The same party on two lists: whether a list finds what another one names."""

from collections.abc import Sequence

from clearway.bench.measures import share
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import Setting
from clearway.model import Entity, Kind, Party
from clearway.screen.screener import Screener
from clearway.screen.screening import Screening

_OWN_NUMBERS = frozenset({"other"})
"""Kinds of identifiers that are a list's own reference, unknown to other lists."""


def run(setting: Setting) -> Part:
    """Entities of list A asked against list B alone: is B's entity the top hit?"""
    rows = setting.rows("cross_list_pairs")
    compiled = setting.screener().compiled
    asked: list[tuple[Entity, str, str]] = []
    gone: list[str] = []
    for row in rows:
        first = f"{row['list_a']}-{row['id_a']}"
        second = f"{row['list_b']}-{row['id_b']}"
        ids = [i for i in (first, second) if not _is_there(setting.screener(), i)]
        if ids:
            gone += ids
            continue
        entity = compiled.entity(compiled.number_of(first))
        asked.append((entity, second, row["list_b"]))
    part = Part("cross", f"{len(rows):,} parties named by two lists")
    if gone:
        part.notes.append(
            f"{len(set(gone))} entities are not on the lists asked: their pairs count "
            f"nowhere: {', '.join(sorted(set(gone))[:10])}"
        )
    for name, what in (
        ("names", "from names alone"),
        ("all", "with all data"),
        ("primary", "from the first name alone"),
    ):
        _measure(setting, part, asked, name, what)
    return part


def party_of(entity: Entity, way: str = "all") -> Party:
    """An entity as a party that somebody asks about; `way` names what is told."""
    texts = list(dict.fromkeys(name.text for name in entity.names))
    first = entity.name
    aliases = [text for text in texts if text != first]
    if way == "primary":
        return Party(first, kind=entity.kind)
    if way == "names":
        return Party(first, kind=entity.kind, aliases=aliases)
    births = [str(birth.date) for birth in entity.births if birth.date]
    places = [birth.place for birth in entity.births if birth.place]
    codes = {country.code for country in entity.countries}
    codes |= {birth.country for birth in entity.births}
    codes |= {address.country for address in entity.addresses}
    numbers = [
        (fact.type, fact.value)
        for fact in entity.identifiers
        if fact.type not in _OWN_NUMBERS
    ]
    genders = [fact.value for fact in entity.details if fact.key == "gender"]
    return Party(
        first,
        kind=entity.kind,
        aliases=aliases,
        birth_date=births[0] if births else None,
        birth_place=places[0] if places else None,
        countries=sorted(codes - {""}),
        identifiers=numbers,
        address=entity.addresses[0].text if entity.addresses else None,
        gender=genders[0] if genders and entity.kind is Kind.PERSON else None,
    )


def _measure(
    setting: Setting,
    part: Part,
    asked: Sequence[tuple[Entity, str, str]],
    name: str,
    what: str,
) -> None:
    first = kept = 0
    lines: list[list[Cell]] = []
    for done, (entity, wanted, publisher) in enumerate(asked, 1):
        answer = setting.screener(publisher).check(party_of(entity, name))
        ids = [hit.entity.id for hit in answer.hits]
        first += ids[:1] == [wanted]
        kept += wanted in ids
        if ids[:1] != [wanted]:
            lines.append(_miss(setting, entity, wanted, answer))
        setting.progress(f"asking one list about another, {what}", done, len(asked))
    total = len(asked)
    part.measure(name, f"top hit {what}", share(first, total), "share", total)
    part.measure(f"{name}_kept", "  among the hits", share(kept, total), "share", total)
    heads = ("score", "asked", "kind", "wanted", "its name", "top hit", "its name")
    part.tables.append(Table(f"not the top hit {what}", heads, lines, most=15))


def _miss(
    setting: Setting, entity: Entity, wanted: str, answer: Screening
) -> list[Cell]:
    compiled = setting.screener().compiled
    there = compiled.entity(compiled.number_of(wanted))
    scores = {hit.entity.id: hit.score for hit in answer.hits}
    top = answer.hits[0] if answer.hits else None
    shown = f"{top.score:.3f} {top.entity.id}" if top else None
    name = top.entity.name if top else None
    return [
        scores.get(wanted),
        entity.name,
        str(entity.kind),
        wanted,
        there.name,
        shown,
        name,
    ]


def _is_there(screener: Screener, ident: str) -> bool:
    from clearway.errors import NotFound

    try:
        screener.compiled.number_of(ident)
    except NotFound:
        return False
    return True
