import json
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import NotFound, StoreError
from clearway.model import Entity, Kind, Listing, Name
from clearway.model.codec import to_dict
from clearway.screen import listed
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


def test_a_set_is_the_same_by_however_many_processes_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "FEW", 0)
    monkeypatch.setattr(listed, "AT_ONCE", 2)
    names = ["BANK", "Иван Петров", "华为技术有限公司", "BANK", "O'Neill, Ann"]
    entities = [entity(f"a-{n}", "x", text) for n, text in enumerate(names)]
    files = [
        write(tmp_path / "a.jsonl", *entities),
        write(tmp_path / "b.jsonl", entity("a-1", "y", "Ivan Petroff")),
    ]
    sets = [tmp_path / "one", tmp_path / "two"]
    for workers, folder in enumerate(sets, 1):
        compile_set(files, folder, workers=workers)
    one, two = ({p.name: p.read_bytes() for p in s.iterdir()} for s in sets)
    assert one == two
    assert len(CompiledSet(sets[1], files)) == len(names)


def test_where_no_process_can_be_started_this_one_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(listed, "FEW", 0)
    monkeypatch.setattr(listed, "pool", refused)
    file = write(tmp_path / "a.jsonl", entity("a-1", "x", "BANK"))
    compile_set([file], tmp_path / "set")
    assert len(CompiledSet(tmp_path / "set", [file])) == 1


def test_what_a_process_left_unread_when_it_was_killed_is_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed:
        def submit(self, *job: object) -> Future[object]:
            future: Future[object] = Future()
            future.set_exception(BrokenProcessPool())
            return future

    monkeypatch.setattr(listed, "FEW", 0)
    monkeypatch.setattr(listed, "pool", lambda *some: nullcontext(Killed()))
    file = write(tmp_path / "a.jsonl", entity("a-1", "x", "BANK"))
    compile_set([file], tmp_path / "set")
    assert len(CompiledSet(tmp_path / "set", [file])) == 1


@given(st.text(min_size=1))
def test_an_id_is_read_as_json_reads_it(ident: str) -> None:
    for plain in (True, False):
        line = json.dumps({"id": ident, "kind": "any"}, ensure_ascii=plain)
        with TemporaryDirectory() as name:
            file = Path(name) / "a.jsonl"
            file.write_text(f"{line}\n", "utf-8", "surrogatepass")
            assert listed.places([file])[0] == [ident]


def test_a_set_without_its_arrays_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not whole"):
        CompiledSet(tmp_path, [])


def test_the_key_of_a_set_depends_on_what_is_in_it() -> None:
    assert key_of(["a", "b"]) == key_of(["a", "b"]) != key_of(["a", "c"])
