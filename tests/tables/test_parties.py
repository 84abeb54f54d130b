"""Rows become parties; what is unclear in them becomes a problem beside them."""

from dataclasses import asdict, fields
from pathlib import Path

import pytest

from clearway.errors import UsageError
from clearway.model import Party
from clearway.tables.columns import Mapping
from clearway.tables.parties import parties, party_reader
from clearway.tables.reading import open_table
from clearway.tables.table import Chunk


def read(text: str, map_: str = "") -> list[tuple[Party, list[str]]]:
    table = open_table(text.encode())
    mapping = None
    if map_:
        mapping = Mapping.of(table.columns).corrected(map_)
    found = parties(table, mapping)
    return [
        (party, [problem.code for problem in problems]) for party, problems in found
    ]


def one(text: str, map_: str = "") -> Party:
    ((party, codes),) = read(text, map_)
    assert codes == []
    return party


def test_a_full_row_becomes_a_full_party() -> None:
    assert one(
        "Client ID,Name,Type,DOB,Nationality,Passport,INN,AKA,Place of birth,City,"
        "Address,Sex\n"
        "17,Иван Петров,физлицо,1952-10-07,RU; CN,AB 123,7707083893,Ivan; Vanya,"
        "Leningrad,Moscow,1 Street,M\n"
    ) == Party(
        name="Иван Петров",
        kind="person",
        birth_date="1952-10-07",
        countries=("RU", "CN"),
        identifiers=(("passport", "AB 123"), ("inn", "7707083893")),
        aliases=("Ivan", "Vanya"),
        birth_place="Leningrad",
        address="Moscow, 1 Street",
        gender="M",
        reference="17",
    )


def test_a_party_made_quickly_is_a_party() -> None:
    party = one("Name,DOB,Country\nJo Do,1970,US\n")
    assert party == Party(**{f.name: getattr(party, f.name) for f in fields(Party)})
    assert hash(party) == hash(Party(**asdict(party)))
    assert repr(party).startswith("Party(name='Jo Do'")


def test_a_row_number_is_the_reference_where_there_is_no_key() -> None:
    assert one("Name\nJo\n").reference == "line 2"
    (first, _), (second, _) = read("ID,Name\n,Jo\n7,Li\n")
    assert (first.reference, second.reference) == ("line 2", "7")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("First name,Middle name,Last name\nJo,van,Do\n", "Jo van Do"),
        ("Фамилия;Имя;Отчество\nПетров;Иван;Ильич\n", "Иван Ильич Петров"),
        ("姓,名\n张,伟\n", "张伟"),
        ("Last name,First name\nDo,\n", "Do"),
        ("Last name,First name\nDo,N/A\n", "Do"),
        ('Name,x\n"Acme\nLtd",1\n', "Acme Ltd"),
    ],
)
def test_a_name_is_put_together_from_its_parts(text: str, name: str) -> None:
    assert one(text).name == name


def test_a_name_of_parts_is_an_alias_beside_another_name() -> None:
    text = "Company,First name,Last name\nAcme,Jo,Do\n,Li,Wu\n"
    (first, _), (second, _) = read(text)
    assert (first.name, first.aliases) == ("Acme", ("Jo Do",))
    assert (second.name, second.aliases) == ("Li Wu", ())


def test_the_same_name_in_another_order_is_not_repeated() -> None:
    party = one("Name,First name,Last name\nDo Jo,Jo,Do\n")
    assert (party.name, party.aliases) == ("Do Jo", ())


@pytest.mark.parametrize("name", ["", "  ", "N/A", "-", "null", "не указано"])
def test_a_row_without_a_name_still_yields_its_party(name: str) -> None:
    ((party, codes),) = read(f"Name,Country\n{name},RU\n")
    assert party.name == name.strip()
    assert codes == ["empty_name"]


def test_a_problem_says_where_and_what_to_do() -> None:
    table = open_table(b"Name,Country\n,RU\n", name="clients.csv")
    ((_, (problem,)),) = parties(table)
    assert problem.file == "clients.csv"
    assert problem.position == "line 2, column Name"
    assert problem.text == "RU"
    assert "fill it in" in problem.message


def test_an_alias_stands_in_for_a_missing_name() -> None:
    party = one("Name,Alias\n,Acme; Beta\n")
    assert (party.name, party.aliases) == ("Acme", ("Beta",))


def test_an_unknown_kind_is_any_and_a_problem() -> None:
    first, second = read("Name,Type\nA,Person\nB,whatever\n")
    assert first[0].kind == "person"
    assert (second[0].kind, second[1]) == ("any", ["unknown_kind"])


@pytest.mark.parametrize(
    ("cell", "countries"),
    [
        ("RU", ("RU",)),
        ("RU; CN", ("RU", "CN")),
        ("RU/CN", ("RU", "CN")),
        ('"RU, CN"', ("RU", "CN")),
        ('"Iran, Islamic Republic of"', ("Iran, Islamic Republic of",)),
        ("Atlantis", ("Atlantis",)),
        ("NA", ("NA",)),
        ("n/a", ()),
        ("RU|RU", ("RU",)),
    ],
)
def test_a_cell_may_hold_several_countries(
    cell: str, countries: tuple[str, ...]
) -> None:
    assert one(f"Name,Country\nA,{cell}\n").countries == countries


def test_countries_of_several_columns_are_put_together() -> None:
    party = one("Name,Nationality,Residence\nA,RU,CY\n")
    assert party.countries == ("RU", "CY")


def test_a_month_that_comes_first_is_put_right_by_the_column() -> None:
    (first, _), (second, _) = read("Name,DOB\nA,03/25/1961\nB,03/04/1961\n")
    assert (first.birth_date, second.birth_date) == ("1961-03-25", "1961-03-04")


def test_an_unreadable_birth_date_is_kept_as_given() -> None:
    assert one("Name,DOB\nA,spring 1961\n").birth_date == "spring 1961"
    assert one("Name,DOB\nA,unknown\n").birth_date is None


def test_the_first_birth_date_that_is_filled_in_counts() -> None:
    (first, _), (second, _) = read(
        "Name,DOB,Year of birth\nA,,1961\nB,1970-01-02,1970\n"
    )
    assert (first.birth_date, second.birth_date) == ("1961", "1970-01-02")


def test_a_number_column_may_say_its_type_in_another() -> None:
    text = "Name,ID Type,ID Number\nA,Passport,AB 1\nB,ИНН,7707083893\nC,odd,9\n"
    found = [party.identifiers for party, _ in read(text)]
    assert found == [(("passport", "AB 1"),), (("inn", "7707083893"),), (("", "9"),)]


def test_several_numbers_in_a_cell_are_several_numbers() -> None:
    party = one('Name,Passport\nA,"AB 1; CD 2, EF 3"\n')
    assert party.identifiers == (
        ("passport", "AB 1"),
        ("passport", "CD 2"),
        ("passport", "EF 3"),
    )


def test_digits_that_were_lost_are_a_problem() -> None:
    table = open_table(b'{"name": "A", "passport": 110101199003071234.0}\n')
    ((party, (problem,)),) = parties(table)
    assert problem.code == "digits_lost"
    assert party.identifiers[0][1].isdecimal()


def test_json_lists_and_pairs_are_understood() -> None:
    party = one(
        '{"name": "A", "aliases": ["B", "C"], "countries": ["ru", "cn"], '
        '"identifiers": [["imo", "9187629"], ["", "77"]]}\n'
    )
    assert party == Party(
        name="A",
        aliases=("B", "C"),
        countries=("ru", "cn"),
        identifiers=(("imo", "9187629"), ("", "77")),
        reference="line 1",
    )


def test_a_number_alone_is_enough_for_a_table() -> None:
    (first, _), (second, _) = read("9187629\n9074729\n")
    assert first.identifiers == (("imo", "9187629"),)
    assert second.identifiers == (("imo", "9074729"),)


def test_a_table_without_either_is_refused() -> None:
    with pytest.raises(UsageError, match=r"t\.csv: no column was recognised"):
        list(parties(open_table(b"Amount,Date\n1,2024-01-02\n", name="t.csv")))


def test_a_text_too_long_is_cut_and_said() -> None:
    ((party, codes),) = read(f"Name,Country\n{'x' * 200_000},RU\n")
    assert (len(party.name), codes) == (100_000, ["text_too_long"])


def test_problems_of_the_row_come_with_its_party() -> None:
    found = read("Name,Country\nA,RU,x\nB,RU\n")
    assert [codes for _, codes in found] == [["long_row"], []]


def test_followthemoney_entities_become_parties() -> None:
    lines = (
        '{"id":"a","schema":"Person","properties":'
        '{"name":["Ivan Petrov"],"birthDate":["1970"],"nationality":["ru"]}}\n'
        '{"id":"b","schema":"Company","properties":{}}\n'
        "{bad\n"
        '{"x": 1}\n'
    )
    found = read(lines)
    assert found[0] == (
        Party("Ivan Petrov", "person", "1970", ("ru",), reference="a"),
        [],
    )
    assert [codes for _, codes in found[1:]] == [
        ["empty_name"],
        ["bad_json", "empty_name"],
        ["not_an_entity", "empty_name"],
    ]


def test_a_reader_may_be_shared_and_an_empty_chunk_is_empty() -> None:
    table = open_table(b"Name\nA\n")
    reader = party_reader(table)
    (chunk,) = table.chunks()
    assert reader(chunk) == reader(chunk)
    assert reader(Chunk([], [])) == []


@pytest.mark.shared
def test_fifty_thousand_real_rows_are_read_without_a_problem(shared: Path) -> None:
    table = open_table(shared / "bench" / "negatives_global.csv")
    found = list(parties(table))
    assert len(found) == 25_000
    assert all(
        party.name and party.birth_date and party.countries for party, _ in found
    )
    assert not any(problems for _, problems in found)
