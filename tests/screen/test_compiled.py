import json
from pathlib import Path

import pytest

from clearway.errors import NotFound, StoreError
from clearway.model import Entity, Kind, Listing, Name
from clearway.model.codec import to_dict
from clearway.screen.compiled import CompiledSet, compile_set, key_of


def write(path: Path, *entities: Entity) -> Path:
    path.write_text("".join(json.dumps(to_dict(e)) + "\n" for e in entities), "utf-8")
    return path


def entity(ident: str, list_: str, *names: str) -> Entity:
    return Entity(
        ident, Kind.ANY, tuple(map(Name, names)), (Listing("ofac", list_, ident),)
    )


def test_a_party_on_two_lists_is_one_entity_with_two_listings(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "a.jsonl", entity("ofac-1", "sdn", "BANK")),
        write(tmp_path / "b.jsonl", entity("ofac-1", "consolidated", "BANK", "BANKA")),
    ]
    compile_set(files, tmp_path / "set")
    compiled = CompiledSet(tmp_path / "set", files)
    assert len(compiled) == 1
    both = compiled.entity(compiled.number_of("ofac-1"))
    assert [row.list for row in both.listings] == ["sdn", "consolidated"]
    assert [name.text for name in both.names] == ["BANK", "BANKA"]
    assert compiled.files_of(0) == [0, 1]


def test_entities_come_back_as_they_were_listed(
    compiled: CompiledSet, entity_file: Path
) -> None:
    lines = entity_file.read_text("utf-8").splitlines()
    assert [to_dict(e) for e in compiled.entities()] == [json.loads(x) for x in lines]


def test_an_unknown_id_is_said_to_be_unknown(compiled: CompiledSet) -> None:
    with pytest.raises(NotFound, match="ofac-999"):
        compiled.number_of("ofac-999")


def test_a_compilation_broken_off_leaves_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", entity("ofac-1", "sdn", "BANK"))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compile_set([file], tmp_path / "set", stop)
    assert not CompiledSet.is_ready(tmp_path / "set")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl"]


def test_compiling_twice_leaves_one_whole_set(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", entity("ofac-1", "sdn", "BANK"))
    compile_set([file], tmp_path / "set")
    compile_set([file], tmp_path / "set")
    assert len(CompiledSet(tmp_path / "set", [file])) == 1


def test_a_set_without_its_arrays_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not whole"):
        CompiledSet(tmp_path, [])


def test_the_key_of_a_set_depends_on_what_is_in_it() -> None:
    assert key_of(["a", "b"]) == key_of(["a", "b"]) != key_of(["a", "c"])
