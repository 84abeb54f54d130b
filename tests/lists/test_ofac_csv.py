"""OFAC's CSV set; the rows are from the lists of mid 2021 and early 2025."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import ListUnreadable
from clearway.lists import ofac_csv
from clearway.lists.ofac_csv_record import AddRow, AltRow, SdnRow
from clearway.lists.reader import Edition, File
from clearway.model import (
    Address,
    Country,
    Detail,
    Entity,
    Identifier,
    Kind,
    Link,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
    Quality,
)

N = "-0- "
END = "\x1a"
SDN = (
    f'306,"BANCO NACIONAL DE CUBA",{N},"CUBA",{N},{N},{N},{N},{N},{N},{N},'
    "\"a.k.a. 'BNC'.\"\r\n"
    f'2674,"ABBAS, Abu","individual","SDGT] [NS-PLC","Director of PALESTINE LIBERATION '
    f'FRONT - ABU ABBAS FACTION",{N},{N},{N},{N},{N},{N},"DOB 10 Dec 1948."\r\n'
    f'4243,"SAND SWAN","vessel","CUBA",{N},"P3QG3","General Cargo","12,345","15,320",'
    f'"Cyprus","Sand & Swan Navigation Co. Ltd.",{N}\r\n'
    f'15431,"EP-CFD","aircraft","SDGT] [IFSR",{N},{N},{N},{N},{N},{N},{N},'
    '"Aircraft Model F100; Linked To: IRAN AIR."\r\n' + END
)
ADD = (
    f'306,199,"Zweierstrasse 35","Zurich CH-8022","Switzerland",{N}\r\n'
    f'306,201,"Dai-Ichi Bldg. 6th Floor, 10-2 Nihombashi, 2-chome, Chuo-ku",'
    f'"Tokyo 103","Japan",{N}\r\n'
    f"2674,1201,{N},{N},{N},{N}\r\n" + END
)
ALT = (
    f'306,220,"aka","NATIONAL BANK OF CUBA",{N}\r\n'
    f'306,221,"fka","BNC OLD",{N}\r\n'
    f'2674,880,"nka","ZAYDAN, Muhammad",{N}\r\n' + END
)
CONS = (
    f'9639,"HANIYA, Ismail Abdul Salah","individual","NS-PLC",{N},{N},{N},{N},{N},{N},'
    f'{N},"DOB 1962; POB Shati."\r\n'
    f'30933,"AERO ENGINE CORPORATION OF CHINA",{N},"CMIC-EO13959",{N},{N},{N},{N},{N},'
    f'{N},{N},"Listing Date (CMIC) 03 Jun 2021; Target Type Private Company."\r\n' + END
)


def files(
    main: str = SDN, add: str = ADD, alt: str = ALT, comments: str = END
) -> list[File]:
    texts = {
        "sdn.csv": main,
        "add.csv": add,
        "alt.csv": alt,
        "sdn_comments.csv": comments,
    }
    return [File.of(text.encode(), name) for name, text in texts.items()]


def read(given: list[File]) -> tuple[list[SdnRow], list[Problem]]:
    found = list(ofac_csv.records(given))
    return (
        [one for one in found if isinstance(one, SdnRow)],
        [one for one in found if isinstance(one, Problem)],
    )


def entities(given: list[File]) -> list[Entity]:
    return [ofac_csv.entity(record)[0] for record in read(given)[0]]


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("sdn.csv", ("add.csv", "alt.csv", "sdn_comments.csv")),
        ("SDN.CSV", ("ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")),
        ("cons_prim.csv", ("cons_add.csv", "cons_alt.csv", "cons_comments.csv")),
        ("add.csv", ()),
        ("customers.csv", ()),
    ],
)
def test_companions_are_known_by_the_main_file(name: str, beside: tuple[str]) -> None:
    assert ofac_csv.companions(name) == beside


def test_the_list_is_told_by_what_is_on_it() -> None:
    sdn, cons = File.of(SDN.encode(), "a.csv"), File.of(CONS.encode(), "b.csv")
    assert ofac_csv.edition([sdn]) == Edition("ofac", "sdn")
    assert ofac_csv.edition([cons]) == Edition("ofac", "consolidated")


@pytest.mark.parametrize(
    "head", [b"", b"name,id\n1,2\n", b"<sdnList>", b"\0\0\0", b'1,"a"\n', b'"\n']
)
def test_other_files_are_not_taken_for_it(head: bytes) -> None:
    assert not ofac_csv.recognises(head, "sdn.csv")
    with pytest.raises(ListUnreadable):
        ofac_csv.edition([File.of(head, "sdn.csv")])


@pytest.mark.parametrize("text", [ADD, ALT, '12300,"Z S.A.S.; Linked To: X."\r\n'])
def test_a_companion_given_alone_is_refused_by_name(text: str) -> None:
    file = File.of(text.encode(), "cons_comments.csv")
    assert ofac_csv.recognises(file.head(), file.name)
    with pytest.raises(ListUnreadable, match=r"give sdn\.csv or cons_prim\.csv"):
        ofac_csv.edition([file])


def test_a_party_is_gathered_from_its_files() -> None:
    records, problems = read(files())
    assert problems == []
    assert records[0] == SdnRow(
        Ent_num="306",
        SDN_Name="BANCO NACIONAL DE CUBA",
        Program="CUBA",
        Remarks="a.k.a. 'BNC'.",
        addresses=(
            AddRow("306", "199", "Zweierstrasse 35", "Zurich CH-8022", "Switzerland"),
            AddRow(
                "306",
                "201",
                "Dai-Ichi Bldg. 6th Floor, 10-2 Nihombashi, 2-chome, Chuo-ku",
                "Tokyo 103",
                "Japan",
            ),
        ),
        aliases=(
            AltRow("306", "220", "aka", "NATIONAL BANK OF CUBA"),
            AltRow("306", "221", "fka", "BNC OLD"),
        ),
        list="sdn",
        file="sdn.csv",
        line=1,
    )


def test_companions_are_told_apart_by_their_rows_whatever_their_names() -> None:
    given = [File.of(file.open().read(), f"{n}.csv") for n, file in enumerate(files())]
    records, problems = read([given[0], given[2], given[1]])
    assert len(records[0].addresses) == len(records[0].aliases) == 2
    assert [problem.code for problem in problems] == ["missing_companion"]


def test_a_bank_with_addresses_aliases_and_a_weak_alias() -> None:
    bank = entities(files())[0]
    source = "ofac/sdn#306"
    assert (bank.id, bank.kind) == ("ofac-306", Kind.ORGANIZATION)
    assert bank.names == (
        Name("BANCO NACIONAL DE CUBA", source=source),
        Name("NATIONAL BANK OF CUBA", NameType.ALIAS, source=f"{source}/alt-220"),
        Name("BNC OLD", NameType.FORMER, source=f"{source}/alt-221"),
        Name("BNC", NameType.ALIAS, Quality.WEAK, source=f"{source}/remark-1"),
    )
    assert bank.listings == (Listing("ofac", "sdn", "306", ("CUBA",)),)
    assert bank.addresses[0] == Address(
        text="Zweierstrasse 35, Zurich CH-8022, Switzerland",
        street="Zweierstrasse 35",
        city="Zurich CH-8022",
        country="ch",
        country_text="Switzerland",
        source=f"{source}/add-199",
    )


def test_a_person_with_title_parts_programmes_and_birth() -> None:
    person = entities(files())[1]
    assert person.kind is Kind.PERSON
    assert person.names[0].text == "ABBAS, Abu"
    assert person.names[0].parts == (("last", "ABBAS"), ("first", "Abu"))
    assert person.listings[0].programmes == ("SDGT", "NS-PLC")
    assert [birth.date for birth in person.births] == [PartialDate.parse("10 Dec 1948")]
    assert person.details[0].key == "title"
    # An address row without anything in it is none.
    assert person.addresses == ()


def test_a_name_of_today_is_an_alias_and_told_as_such() -> None:
    person = entities(files())[1]
    assert person.names[1].type is NameType.ALIAS
    told = Detail("n.k.a.", "ZAYDAN, Muhammad", "ofac/sdn#2674/alt-880")
    assert told in person.details


def test_a_vessel_with_its_particulars() -> None:
    vessel = entities(files())[2]
    source = "ofac/sdn#4243"
    assert vessel.kind is Kind.VESSEL
    assert vessel.identifiers == (
        Identifier(
            "call_sign", "P3QG3", published_type="Vessel Call Sign", source=source
        ),
    )
    assert vessel.countries == (Country("cy", "flag", "Cyprus", source),)
    assert vessel.links[0].target == "Sand & Swan Navigation Co. Ltd."
    assert vessel.details == (
        Detail("vessel_type", "General Cargo", source),
        Detail("vessel_owner", "Sand & Swan Navigation Co. Ltd.", source),
        Detail("tonnage", "12,345", source),
        Detail("gross_registered_tonnage", "15,320", source),
    )


def test_an_aircraft_with_a_tie() -> None:
    aircraft = entities(files())[3]
    assert aircraft.kind is Kind.AIRCRAFT
    assert aircraft.links == (
        Link("Linked To", "IRAN AIR", source="ofac/sdn#15431/remark-2"),
    )


def test_the_non_sdn_list_gives_the_day_of_listing_in_its_remarks() -> None:
    engines = entities([File.of(CONS.encode(), "cons_prim.csv")])[1]
    (listing,) = engines.listings
    assert (listing.list, listing.programmes) == ("consolidated", ("CMIC-EO13959",))
    assert engines.listed_since() == date(2021, 6, 3)


def test_long_remarks_go_on_in_the_comments_in_mid_word() -> None:
    remark = "Linked To: " + "A" * 978 + "; a.k.a. 'sn"
    row = f'28263,"TIAN",{N},"DPRK3",{N},{N},{N},{N},{N},{N},{N},"{remark}"\r\n{END}'
    rest = '28263,"owjohn\'; Linked To: LAZARUS GROUP."\r\n'
    given = files(row, END, END, rest)
    records, problems = read(given)
    assert problems == []
    assert records[0].whole_remarks.endswith(
        "a.k.a. 'snowjohn'; Linked To: LAZARUS GROUP."
    )
    found = entities(given)[0]
    assert [name.text for name in found.names] == ["TIAN", "snowjohn"]
    assert found.links[-1].target == "LAZARUS GROUP"
    assert len(remark) == 1_001


def test_a_long_remark_without_its_end_is_told() -> None:
    remark = "x" * 1_000
    row = f'36,"TIAN",{N},"DPRK3",{N},{N},{N},{N},{N},{N},{N},"{remark}"\r\n{END}'
    _, (problem,) = read(files(row, END, END))
    assert (problem.code, problem.position) == ("cut_remark", "line 1, ent_num 36")


def test_missing_companions_are_named() -> None:
    records, (problem,) = read(files()[:2])
    assert len(records) == 4
    assert problem.code == "missing_companion"
    assert problem.file == "sdn.csv"
    assert problem.text == "alt.csv, sdn_comments.csv"
    _, (problem,) = read([File.of(CONS.encode(), "cons_prim.csv")])
    assert problem.text == "cons_add.csv, cons_alt.csv, cons_comments.csv"


def test_a_companion_of_another_day_is_told() -> None:
    stray = f'99,5,"aka","STRAY",{N}\r\n'
    _, (problem,) = read(files(alt=stray + ALT))
    assert (problem.code, problem.file, problem.position) == (
        "unknown_party",
        "alt.csv",
        "line 1",
    )


def test_rows_that_cannot_be_used_are_told() -> None:
    row = "{},{}," + ",".join([N] * 10) + "\r\n"
    text = row.format(36, '"A"') + row.format("x", '"B"') + row.format(37, N)
    records, problems = read(files(text + row.format(36, '"C"') + END, END, END))
    assert [record.SDN_Name for record in records] == ["A"]
    assert [(one.code, one.position, one.text) for one in problems] == [
        ("no_uid", "line 2", "x | B"),
        ("nameless_entry", "line 3", "37"),
        ("same_uid", "line 4", "36 | C"),
    ]


def test_a_ragged_row_is_read_as_far_as_it_goes() -> None:
    long = '173,"B",' + f"{N}," * 10 + "x,y\r\n"
    records, problems = read(files(f'{SDN[:-1]}36,"A"\r\n{long}{END}'))
    assert [record.SDN_Name for record in records[-2:]] == ["A", "B"]
    assert records[-1].surplus == ("x", "y")
    assert [(one.code, one.position) for one in problems] == [
        ("ragged_row", "line 5"),
        ("ragged_row", "line 6"),
    ]
    found = ofac_csv.entity(records[-1])[0]
    assert found.details[-1] == Detail("surplus cell", "y", "ofac/sdn#173")


def test_a_type_nobody_knows_is_told_and_kept() -> None:
    record = SdnRow("36", "A", "robot", list="sdn")
    found, (problem,) = ofac_csv.entity(record)
    assert (found.kind, problem.code) == (Kind.ANY, "unknown_kind")
    assert found.details == (Detail("SDN_Type", "robot", "ofac/sdn#36"),)


def test_an_alias_of_an_unknown_type_is_kept_as_an_alias() -> None:
    aliases = (AltRow("36", "1", "wka", "B", "until 1990"), AltRow("36", "2", "aka"))
    found, (problem,) = ofac_csv.entity(SdnRow("36", "A", aliases=aliases))
    assert [name.text for name in found.names] == ["A", "B"]
    assert {(one.key, one.value) for one in found.details} == {
        ("alias remark", "until 1990"),
        ("wka", "B"),
    }
    assert problem.code == "empty_value"


def test_a_file_without_its_end_mark_may_be_cut() -> None:
    lines = SDN.splitlines(keepends=True)
    _, problems = read(files(lines[0], END, END))
    assert [(one.code, one.position) for one in problems] == [("no_end_mark", "line 1")]


@given(st.integers(min_value=0, max_value=len(SDN) - 2))
def test_a_list_cut_anywhere_is_refused_or_told(size: int) -> None:
    try:
        _, problems = read(files(SDN[:size], END, END))
    except ListUnreadable:
        return
    assert problems


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "main", "list_", "count", "counts"),
    [
        ("2021", "sdn.csv", "sdn", 8_976, (23_327, 2_441, 11_440)),
        ("cons-2025", "cons_prim.csv", "consolidated", 442, (1_587, 72, 522)),
    ],
)
def test_the_real_lists_are_read_whole(
    shared: Path,
    folder: str,
    main: str,
    list_: str,
    count: int,
    counts: tuple[int, ...],
) -> None:
    at = shared / "lists/ofac_legacy_csv" / folder
    given = [File.at(at / name) for name in (main, *ofac_csv.companions(main))]
    assert ofac_csv.edition(given) == Edition("ofac", list_)
    records, problems = read(given)
    assert (len(records), problems) == (count, [])
    found = [ofac_csv.entity(record) for record in records]
    assert [problem for _, faults in found for problem in faults] == []
    names = [name for one, _ in found for name in one.names]
    weak = sum(name.quality is Quality.WEAK for name in names)
    assert (len(names), weak, sum(len(one.addresses) for one, _ in found)) == counts
