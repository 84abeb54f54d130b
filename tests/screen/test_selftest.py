import json
from pathlib import Path

import clearway
from clearway.model import Entity, Kind, Listing, Name
from clearway.model.codec import to_dict
from clearway.screen.compiled import compile_set
from clearway.screen.config import Configuration
from clearway.screen.selftest import prove


def test_every_name_of_every_entity_finds_its_own_entity(
    compiled_folder: Path, entity_file: Path
) -> None:
    proof = prove(compiled_folder, [entity_file])
    assert proof.whole
    assert (proof.names, proof.entities) == (7, 5)


def test_only_the_lists_brought_in_are_proved(
    compiled_folder: Path, entity_file: Path
) -> None:
    assert prove(compiled_folder, [entity_file], only=frozenset()).names == 0
    assert prove(compiled_folder, [entity_file], only=frozenset({0})).names == 7


def test_a_name_that_nothing_can_find_is_an_exclusion(tmp_path: Path) -> None:
    listing = Listing("ofac", "sdn", "1")
    entity = Entity("ofac-1", Kind.PERSON, (Name("   "),), (listing,))
    file = tmp_path / "sdn.jsonl"
    file.write_text(json.dumps(to_dict(entity)) + "\n")
    compile_set([file], tmp_path / "set")
    proof = prove(tmp_path / "set", [file])
    assert not proof.whole
    assert proof.exclusions[0].entity == "ofac-1"


def test_the_short_way_of_the_proof_agrees_with_checking_every_name_whole(
    starter_home: Path,
) -> None:
    # The proof passes a name whose entity reaches the most its words allow, without
    # comparing rivals; a whole check must never show a rival above it.
    every = Configuration(weak_alone=True)
    screener = clearway.open(starter_home, as_of="2024-05-17", profile=every)
    compiled = screener.compiled
    for name in range(len(compiled.index)):
        hits = screener.check(compiled.index.text(name)).hits
        tops = {hit.entity.id for hit in hits if hit.score == hits[0].score}
        bearers = {compiled.id_of(bearer) for bearer in compiled.index.bearers(name)}
        assert bearers <= tops, compiled.index.text(name)
