"""The starter list: it loads, it is what its source says, and its source is right."""

import runpy
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from clearway.errors import ListUnreadable
from clearway.lists import starter
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.reading import read
from clearway.model import Entity, Kind, Problem
from clearway.model.codec import from_dict, to_dict

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "resources" / "starter.toml"
FILES = {
    "ofac/sdn": ("ofac_xml", "ofac/2024-05-07/sdn.xml"),
    "ofac/consolidated": ("ofac_xml", "ofac/2024-05-07/consolidated.xml"),
    "eu/fsf": ("eu_fsf", "eu/2024-05-13/20240513-FULL-1_1.xml"),
    "un/consolidated": ("un_xml", "un/2024-05-15/consolidated.xml"),
}

Build = Callable[[list[str]], int]


@pytest.fixture(scope="module")
def build() -> Build:
    script = runpy.run_path(str(ROOT / "tools" / "build_starter.py"))
    return partial(_as_build, script["main"])


def _as_build(main: Any, arguments: list[str]) -> int:
    return int(main(arguments))


def test_the_list_says_what_it_is_and_holds_as_many_entities_as_it_says() -> None:
    said = starter.edition()
    found = list(starter.entities())
    assert (said.publisher, said.list) == ("starter", "corridor-2024-05")
    assert said.published == date(2024, 5, 15)
    assert said.declared == len(found) > 100
    assert [entity.id for entity in found] == sorted({entity.id for entity in found})


def test_every_kind_of_entry_of_the_corridor_is_in_it() -> None:
    kinds = Counter(entity.kind for entity in starter.entities())
    assert kinds[Kind.ORGANIZATION] > 70
    assert kinds[Kind.PERSON] > 15
    assert kinds[Kind.VESSEL] >= 3
    assert kinds[Kind.AIRCRAFT] >= 1
    wallets = [i for e in starter.entities() for i in e.identifiers if i.currency]
    assert {"XBT", "ETH"} <= {wallet.currency for wallet in wallets}


def test_each_listing_names_the_official_list_not_the_starter_list() -> None:
    for entity in starter.entities():
        assert entity.names, entity.id
        for listing in entity.listings:
            assert f"{listing.publisher}/{listing.list}" in FILES
            assert listing.programmes
        assert entity.id == f"{entity.listings[0].publisher}-{listing.record}"


def test_every_entity_survives_being_written_and_read() -> None:
    for entity in starter.entities():
        assert from_dict(to_dict(entity)) == entity


def test_it_is_read_like_any_other_list() -> None:
    whole = read(starter.READER, [starter.file()])
    assert starter.recognises(starter.file().head(), "any name")
    assert len(whole.entities) == whole.edition.declared
    assert whole.problems == ()


@pytest.mark.parametrize("data", [b"", b"[]\n", b"name,country\n", b'{"starter":1}\n'])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ListUnreadable):
        starter.edition([File.of(data, "other.jsonl")])


def test_a_damaged_line_is_named() -> None:
    with starter.file().open() as shipped:
        head = shipped.readline()
    damaged = File.of(head + b'{"id": \n', "starter.jsonl")
    with pytest.raises(ListUnreadable, match="line 2"):
        list(starter.records([damaged]))


def test_the_shipped_file_is_what_the_cited_source_makes(build: Build) -> None:
    assert build(["--check"]) == 0


def test_an_entry_with_a_key_nobody_reads_is_refused(
    build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "starter.toml"
    extra = '\n[[entity]]\nsource = ["ofac/sdn 2024-05-07 1"]\nnmaes = []\n'
    table.write_text(TABLE.read_text("utf-8") + extra, "utf-8")
    assert build(["--table", str(table), "--output", str(tmp_path / "out")]) == 1
    assert "ofac/sdn 2024-05-07 1: unknown key nmaes" in capsys.readouterr().out


def test_a_citation_newer_than_the_list_is_refused(
    build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "starter.toml"
    text = TABLE.read_text("utf-8").replace("eu/fsf 2024-05-13", "eu/fsf 2024-07-01", 1)
    table.write_text(text, "utf-8")
    assert build(["--table", str(table), "--output", str(tmp_path / "out")]) == 1
    assert "newer than the starter list" in capsys.readouterr().out


@dataclass(frozen=True)
class Official:
    """The official lists, as far as the starter list draws on them."""

    entities: dict[str, Entity]
    editions: dict[str, Edition]


@pytest.fixture(scope="module")
def official(shared: Path) -> Official:
    wanted = {entity.id for entity in starter.entities()}
    entities: dict[str, Entity] = {}
    editions: dict[str, Edition] = {}
    for name, (module, path) in FILES.items():
        reader: Reader = import_module(f"clearway.lists.{module}").READER
        files = [File.at(shared / "lists" / path)]
        editions[name] = reader.edition(files)
        for found in _chosen(reader, files, wanted):
            known = entities.get(found.id)
            entities[found.id] = known.joined(found) if known else found
    return Official(entities, editions)


def _chosen(reader: Reader, files: list[File], wanted: set[str]) -> Iterator[Entity]:
    for record in reader.records(files):
        if not isinstance(record, Problem):
            entity, _ = reader.entity(record)
            if entity.id in wanted:
                yield entity


@pytest.mark.shared
def test_every_rekeyed_fact_is_in_the_official_list(official: Official) -> None:
    for mine in starter.entities():
        theirs = official.entities[mine.id]
        assert mine.kind is theirs.kind, mine.id
        assert _facts(mine) <= _facts(theirs), mine.id


@pytest.mark.shared
def test_of_american_entries_no_name_is_left_out(official: Official) -> None:
    for mine in starter.entities():
        if mine.id.startswith("ofac-"):
            theirs = official.entities[mine.id]
            spelt = {(name.text, name.quality) for name in mine.names}
            assert spelt == {(name.text, name.quality) for name in theirs.names}


@pytest.mark.shared
def test_every_citation_gives_the_day_of_the_official_list(official: Official) -> None:
    entries = tomllib.loads(TABLE.read_text("utf-8"))["entity"]
    cited = {tuple(s.split(" ")[:2]) for entry in entries for s in entry["source"]}
    said = {(name, str(one.published)) for name, one in official.editions.items()}
    assert cited == said


def _facts(entity: Entity) -> set[tuple[Any, ...]]:
    """Each fact that is re-keyed, without where it was read."""
    facts: set[tuple[Any, ...]] = set()
    for name in entity.names:
        facts.add(("name", name.text, name.type, name.quality, name.language))
    for row in entity.listings:
        facts.add(("listing", row.publisher, row.list, row.record))
        facts |= {("programme", word) for word in row.programmes}
        if row.listed_on:
            facts.add(("listed", row.listed_on.iso))
    for birth in entity.births:
        if birth.date:
            facts.add(("born", birth.date.iso, birth.date.circa))
        if birth.place or birth.country:
            facts.add(("born at", birth.place, birth.country))
    for tie in entity.countries:
        facts.add(("country", tie.role, tie.code, tie.text))
    for address in entity.addresses:
        facts.add(("address", address.city, address.country, address.country_text))
    for number in entity.identifiers:
        facts.add((number.type, number.value, number.published_type, number.currency))
    facts |= {(link.relation, link.target) for link in entity.links}
    facts |= {(detail.key, detail.value) for detail in entity.details}
    return facts
