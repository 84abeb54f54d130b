"""Lines are made up after the documentation of FollowTheMoney and OpenSanctions."""

import json
import time
import tracemalloc
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import ListUnreadable
from clearway.lists import ftm_json
from clearway.lists.ftm_json import FtmRecord
from clearway.lists.reader import File
from clearway.lists.reading import read
from clearway.model import Kind, Link, PartialDate, Problem
from clearway.model.codec import from_dict, to_dict


def _line(key: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    return {
        "id": key,
        "schema": schema,
        "properties": properties,
        "datasets": ["us_ofac_sdn"],
        "last_seen": "2024-05-07T12:00:00",
    }


PERSON = _line("p1", "Person", name=["Ivan Sidorov"], addressEntity=["a1"])
COMPANY = _line("c1", "Company", name=["Romashka"], nationality=["Russia"])
SANCTION = _line("s1", "Sanction", entity=["p1"], program=["X"], startDate=["2022"])
PASSPORT = _line("d1", "Passport", holder=["p1"], number=["75 123"])
ADDRESS = _line("a1", "Address", full=["1 Road, Omsk"])
OWNERSHIP = _line("o1", "Ownership", owner=["p1"], asset=["c1"], percentage=["51"])
WALLET = _line("w1", "CryptoWallet", holder=["p1"], publicKey=["1Boat"])
ALL = (SANCTION, OWNERSHIP, PERSON, WALLET, PASSPORT, COMPANY, ADDRESS)


def _file(*lines: dict[str, Any] | str) -> File:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    return File.of("\n".join(texts).encode(), "entities.ftm.json")


def _records(*lines: dict[str, Any] | str) -> list[FtmRecord | Problem]:
    return list(ftm_json.records((_file(*lines),)))


def _problems(*lines: dict[str, Any] | str) -> list[Problem]:
    return [one for one in _records(*lines) if isinstance(one, Problem)]


def test_a_file_is_known_by_the_schema_in_its_first_line() -> None:
    for file in (_file(PERSON), _file(json.dumps(SANCTION, indent=None))):
        assert ftm_json.recognises(file.head(), file.name)
    for head in (b"<xml/>", b'{"name": "x"}', b"[1, 2]", b"", b"schema"):
        assert not ftm_json.recognises(head, "entities.ftm.json")


def test_the_list_is_the_data_set_that_all_lines_agree_on() -> None:
    told = ftm_json.edition((_file(*ALL),))
    assert (told.publisher, told.list, told.published) == (
        "ftm",
        "us_ofac_sdn",
        date(2024, 5, 7),
    )
    other = {**COMPANY, "datasets": ["eu_fsf"], "last_seen": "2024-05-13T01:00:00"}
    told = ftm_json.edition((_file(PERSON, other),))
    assert (told.list, told.published) == ("ftm", date(2024, 5, 13))
    bare = {"id": "x", "schema": "Person", "properties": {"name": ["X"]}}
    told = ftm_json.edition((_file(bare),))
    assert (told.list, told.published) == ("ftm", None)


def test_a_party_is_given_what_other_lines_tell_of_it_in_any_order() -> None:
    for lines in (ALL, ALL[::-1]):
        reading = read(ftm_json.READER, (_file(*lines),))
        assert reading.problems == ()
        assert len(reading.entities) == 2
        person = reading.entities["ftm-p1"]
        (listing,) = person.listings
        assert (listing.programmes, listing.list) == (("X",), "us_ofac_sdn")
        assert listing.listed_on == PartialDate.parse("2022")
        assert {(i.type, i.value) for i in person.identifiers} == {
            ("passport", "75 123"),
            ("wallet", "1Boat"),
        }
        assert [a.text for a in person.addresses] == ["1 Road, Omsk"]
        at = "ftm/us_ofac_sdn#p1/o1"
        assert person.links == (Link("Ownership, owner", "Romashka", "ftm-c1", at),)
        company = reading.entities["ftm-c1"]
        assert company.links[0].target == "Ivan Sidorov"
        assert company.countries[0].code == "ru"


def test_a_line_that_is_no_entity_is_a_problem_with_its_number() -> None:
    problems = _problems(PERSON, "{broken", "[]", '{"id": "x"}', "", COMPANY)
    assert [(p.code, p.position, p.text) for p in problems] == [
        ("bad_line", "line 2", "{broken"),
        ("bad_line", "line 3", "[]"),
        ("bad_line", "line 4", '{"id": "x"}'),
    ]
    deep = '{"id":"x","schema":"Person","properties":{"name":' + "[" * 100_000
    (problem,) = _problems(PERSON, deep)
    assert problem.code == "bad_line"
    (problem,) = _problems(PERSON, '{"id":"x","schema":"Person","properties":[]}')
    assert "properties" in problem.message


def test_bytes_that_are_no_text_are_a_problem_of_their_line() -> None:
    data = json.dumps(PERSON).encode() + b'\n{"id": "\xff\xfe", "schema": "Person"}\n'
    good, bad = ftm_json.records((File.of(data),))
    assert isinstance(good, FtmRecord)
    assert isinstance(bad, Problem)


def test_what_names_no_party_of_the_file_is_counted_by_schema() -> None:
    stray = [
        _line("s2", "Sanction", entity=["nobody"]),
        _line("s3", "Sanction", entity=["nobody"]),
        _line("s4", "Sanction"),
        _line("b1", "Position", name=["Minister"]),
        _line("a2", "Address", full=["nowhere"]),
        _line("o2", "Ownership", owner=["nobody"], asset=["nothing"]),
        _line("o3", "Ownership", owner=["nobody"], asset=["c1"]),
    ]
    problems = _problems(*ALL, *stray)
    assert [(p.code, p.position, p.message.split()[0]) for p in problems] == [
        ("not_a_party", "schema Address", "1"),
        ("not_a_party", "schema Ownership", "1"),
        ("not_a_party", "schema Position", "1"),
        ("not_a_party", "schema Sanction", "3"),
    ]


def test_a_wallet_without_a_holder_is_an_entity_of_its_own() -> None:
    wallet = _line("w2", "CryptoWallet", publicKey=["1Lone"], currency=["XBT"])
    (record,) = _records(wallet)
    assert isinstance(record, FtmRecord)
    entity, _ = ftm_json.entity(record)
    assert (entity.name, entity.kind) == ("1Lone", Kind.ANY)
    assert entity.identifiers[0].currency == "XBT"


def test_two_lines_of_one_id_are_one_entity() -> None:
    other = _line("p1", "Person", alias=["Vanya"])
    reading = read(ftm_json.READER, (_file(*ALL, other),))
    names = [name.text for name in reading.entities["ftm-p1"].names]
    assert names == ["Ivan Sidorov", "Vanya"]


def test_a_problem_of_an_entity_says_its_line() -> None:
    person = _line("p1", "Person", name=["X"], birthDate=["long ago"])
    (record,) = _records(person)
    assert isinstance(record, FtmRecord)
    _, (problem,) = ftm_json.entity(record)
    assert (problem.file, problem.position) == ("entities.ftm.json", "line 1, p1")


def test_something_else_is_unreadable() -> None:
    with pytest.raises(ListUnreadable, match="is not FollowTheMoney"):
        ftm_json.edition((File.of(b"<export/>", "a.xml"),))


def test_a_mark_at_the_start_of_the_file_does_no_harm() -> None:
    file = File.of(b"\xef\xbb\xbf" + json.dumps(PERSON).encode(), "a.json")
    assert ftm_json.recognises(file.head(), file.name)
    (record,) = (r for r in ftm_json.records((file,)) if isinstance(r, FtmRecord))
    assert ftm_json.entity(record)[0].name == "Ivan Sidorov"


@given(st.lists(st.text(max_size=40) | st.sampled_from([json.dumps(x) for x in ALL])))
def test_any_lines_are_read_to_the_end(texts: list[str]) -> None:
    file = _file(PERSON, *(text.replace("\n", " ") for text in texts))
    for record in ftm_json.records((file,)):
        if isinstance(record, FtmRecord):
            entity, _ = ftm_json.entity(record)
            assert from_dict(to_dict(entity)) == entity


def test_twenty_thousand_lines_need_little_time_and_memory() -> None:
    lines: list[dict[str, Any] | str] = []
    for at in range(10_000):
        name = [f"Person {at}"]
        lines.append(_line(f"p{at}", "Person", name=name, birthDate=["1970-01-02"]))
        lines.append(_line(f"s{at}", "Sanction", entity=[f"p{at}"], program=["X"]))
    file = _file(*lines)
    tracemalloc.start()
    started = time.process_time()
    count = sum(isinstance(r, FtmRecord) for r in ftm_json.records((file,)))
    spent = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert spent < 20
    assert peak < 5 * len(file.open().read())
