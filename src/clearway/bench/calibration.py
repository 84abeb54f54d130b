"""Whether a score can be read as how often such a hit is true: tables and plots.

All labelled data together: pairs of names (each pair's score), and the hits of altered
UN names on the UN list, of people on no list, and of parties of one list on another
(each hit's score). The share of true ones in a bin of scores depends on how many true
and false ones were asked; so it is printed for each source too.
"""

from collections.abc import Iterator, Sequence

from clearway.bench.across import party_of
from clearway.bench.bins import PAIRS, Bin, Judged, binned, error
from clearway.bench.measures import interval
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import DataMissing, Row, Setting
from clearway.errors import NotFound
from clearway.match import compare_names
from clearway.model import Entity, Party

_SOURCES = (PAIRS, "altered UN names", "people on no list", "two lists")
_KINDS = {
    "Person": "person",
    "Company": "organization",
    "Organization": "organization",
    "Vessel": "vessel",
}


def run(setting: Setting) -> Part:
    """Bins of scores with the share of true hits; plots if a folder is named."""
    judged: list[Judged] = []
    part = Part("calibration", "how often a hit of a score is true")
    for source, collect in zip(_SOURCES, _COLLECT, strict=True):
        try:
            judged += collect(setting, source)
        except DataMissing as missing:
            part.notes.append(f"{source} not asked: {missing}")
    if not judged:
        raise DataMissing("needs labelled names: name their folder with --data")
    bins = binned(judged)
    hits = [item for item in judged if item.score >= setting.threshold]
    part.title += f": {len(judged):,} judged scores, {len(hits):,} of them hits"
    above = binned(hits)
    part.measure(
        "error",
        "mean distance of score and share of true, hits alone",
        error(above),
        of=len(hits),
    )
    part.measure("error_all", "  all scores", error(bins), of=len(judged))
    part.tables.append(_table("all sources", bins))
    for source in _SOURCES:
        here = [item for item in judged if item.source == source]
        if here:
            part.tables.append(_table(source, binned(here)))
    if setting.out is not None:
        _plots(setting, part, judged)
    return part


def _table(title: str, bins: Sequence[Bin]) -> Table:
    lines: list[list[Cell]] = []
    for one in bins:
        low, high = interval(one.true, one.count)
        lines.append(
            [
                f"{one.low:.2f} to {one.high:.2f}",
                one.count,
                one.true,
                one.mean,
                one.share,
                f"{low:.2f} to {high:.2f}",
            ]
        )
    heads = ("score", "judged", "true", "mean score", "share true", "95 % interval")
    return Table(title, heads, lines)


def _pairs(setting: Setting, source: str) -> Iterator[Judged]:
    for row in setting.rows("name_pairs"):
        kind = _KINDS.get(row["schema"], "any")
        score = compare_names(row["name1"], row["name2"], kind=kind).score
        yield Judged(score, row["is_match"].casefold() == "true", source)


def _un(setting: Setting, source: str) -> Iterator[Judged]:
    screener = setting.screener("un")
    rows = setting.rows("un_queries")
    for done, row in enumerate(rows, 1):
        wanted = row["listed_name"].casefold().split()
        party = Party(
            row["query"],
            birth_date=row["birth_date"] or None,
            birth_place=row["place_of_birth"] or None,
            countries=(row["nationality"],) if row["nationality"] else (),
        )
        for hit in screener.check(party).hits:
            names = (name.text.casefold().split() for name in hit.entity.names)
            yield Judged(hit.score, wanted in names, source)
        setting.progress("judging altered UN names", done, len(rows))


def _people(setting: Setting, source: str) -> Iterator[Judged]:
    rows = [
        row
        for name in ("negatives_global", "negatives_us")
        for row in setting.rows(name)
    ]
    parties = [_person(row) for row in rows]
    for answer in setting.checked(parties, "judging people on no list"):
        for hit in answer.hits:
            yield Judged(hit.score, False, source)


def _person(row: Row) -> Party:
    return Party(
        row["full_name"],
        kind="person",
        birth_date=row["date_of_birth"] or None,
        countries=(row["nationality"],) if row["nationality"] else (),
    )


def _two_lists(setting: Setting, source: str) -> Iterator[Judged]:
    rows = setting.rows("cross_list_pairs")
    for done, row in enumerate(rows, 1):
        wanted = f"{row['list_b']}-{row['id_b']}"
        entity = _entity(setting, f"{row['list_a']}-{row['id_a']}")
        if entity is None or _entity(setting, wanted) is None:
            continue
        answer = setting.screener(row["list_b"]).check(party_of(entity))
        for hit in answer.hits:
            yield Judged(hit.score, hit.entity.id == wanted, source)
        setting.progress("judging parties of two lists", done, len(rows))


def _entity(setting: Setting, ident: str) -> Entity | None:
    compiled = setting.screener().compiled
    try:
        return compiled.entity(compiled.number_of(ident))
    except NotFound:
        return None


_COLLECT = (_pairs, _un, _people, _two_lists)


def _plots(setting: Setting, part: Part, judged: Sequence[Judged]) -> None:
    from clearway.bench.pictures import distribution, reliability

    assert setting.out is not None
    setting.out.mkdir(parents=True, exist_ok=True)
    reliability(judged, setting.threshold, setting.out / "reliability.svg")
    distribution(judged, setting.threshold, setting.out / "scores.svg")
    part.notes.append(f"drawn: reliability.svg and scores.svg in {setting.out}")
