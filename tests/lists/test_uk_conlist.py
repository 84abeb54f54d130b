"""OFSI's consolidated list; cells are from the ConList of 10 April 2025."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import ListUnreadable
from clearway.lists import uk_conlist
from clearway.lists.reader import Edition, File
from clearway.lists.uk_conlist_record import COLUMNS, Group
from clearway.lists.uk_other_information import (
    each,
    numbered,
    registrations,
    sections,
)
from clearway.model import (
    Birth,
    Country,
    Detail,
    Entity,
    Identifier,
    Kind,
    Link,
    Name,
    NameType,
    PartialDate,
    Problem,
    Quality,
)

SOURCE = "uk/conlist#15672"
ROW = {
    "Name 6": "MITHOO",
    "Name 1": "Mian",
    "Group Type": "Individual",
    "Alias Type": "Primary name",
    "Regime": "Global Human Rights",
    "Listed On": "09/12/2022",
    "UK Sanctions List Date Designated": "09/12/2022",
    "Last Updated": "13/12/2022",
    "Group ID": "15672",
}


def file(*rows: dict[str, str], first: str = "Last Updated,10/04/2025\r\n") -> File:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return File.of((first + out.getvalue()).encode(), "ConList.csv")


def read(*rows: dict[str, str]) -> list[Group | Problem]:
    return list(uk_conlist.records([file(*rows)]))


def entity(*rows: dict[str, str]) -> Entity:
    (group,) = read(*rows)
    assert isinstance(group, Group)
    found, problems = uk_conlist.entity(group)
    assert problems == ()
    return found


def identifiers(**cells: str) -> list[tuple[str, str, str]]:
    found = entity(cells).identifiers
    return [(one.type, one.value, one.country) for one in found]


def other(text: str, **cells: str) -> Entity:
    return entity({"Other Information": text, **cells})


def test_the_first_row_dates_the_edition() -> None:
    edition = uk_conlist.edition([file()])
    assert edition == Edition("uk", "conlist", date(2025, 4, 10))
    assert uk_conlist.edition([file(first="")]) == Edition("uk", "conlist")
    assert uk_conlist.edition([file(first="\ufeffLast Updated,1/4/2025\r\n")]).published


@pytest.mark.parametrize("day", ["", "soon", "2025", "31/02/2025"])
def test_an_edition_that_cannot_be_dated_is_refused(day: str) -> None:
    with pytest.raises(ListUnreadable, match="line 1: not the day"):
        uk_conlist.edition([file(first=f"Last Updated,{day}\r\n")])


def test_it_is_known_by_its_header() -> None:
    assert uk_conlist.recognises(file().head(), "whatever")
    assert not uk_conlist.recognises(b"Last Updated,10/04/2025\n1,2\n", "ConList.csv")
    with pytest.raises(ListUnreadable, match="lacks the header"):
        uk_conlist.edition([File.of(b"a,b\n", "ConList.csv")])


def test_rows_of_a_group_need_not_follow_each_other() -> None:
    first, second = read({}, {"Group ID": "7", "Name 6": "SADRA"}, {"Name 6": "MITHU"})
    assert isinstance(first, Group)
    assert isinstance(second, Group)
    assert [row.line for row in first.rows] == [3, 5]
    assert [row.line for row in second.rows] == [4]


def test_a_row_without_a_group_is_told() -> None:
    (problem,) = read({"Group ID": "10/04/2025"})
    assert isinstance(problem, Problem)
    assert (problem.code, problem.position) == ("no_group_id", "line 3")
    assert problem.text.startswith("MITHOO | Mian")


def test_a_group_without_a_name_is_told() -> None:
    (problem,) = read({"Name 6": "", "Name 1": " "})
    assert isinstance(problem, Problem)
    assert problem.code == "nameless_entry"
    assert problem.position == "line 3, group 15672"


def test_a_file_that_breaks_off_is_refused() -> None:
    data = file({}, {}).open().read()
    with pytest.raises(ListUnreadable, match="line 4: the file breaks off"):
        list(uk_conlist.records([File.of(data[:-40], "ConList.csv")]))


def test_names_are_joined_with_the_surname_last() -> None:
    found = entity({"Name 1": "Viktor", "Name 2": "Volodymyrovich", "Name 6": "X"})
    assert found.id == "uk-15672"
    assert found.kind is Kind.PERSON
    assert found.names == (
        Name(
            "Viktor Volodymyrovich X",
            parts=(("last", "X"), ("first", "Viktor"), ("middle", "Volodymyrovich")),
            source=SOURCE,
        ),
    )


def test_an_entity_has_its_name_in_one_piece() -> None:
    found = entity({"Name 6": "SADRA", "Name 1": "", "Group Type": "Entity"})
    assert found.kind is Kind.ORGANIZATION
    assert found.names == (Name("SADRA", source=SOURCE),)


def test_alias_types_and_qualities() -> None:
    found = entity(
        {"Name 6": "A", "Alias Type": "AKA", "Alias Quality": "Good quality"},
        {"Name 6": "B", "Alias Type": "AKA", "Alias Quality": "Low quality"},
        {"Name 6": "C", "Alias Type": "Primary name variation"},
        {"Name 6": "D", "Alias Type": "FKA"},
        {"Name 6": "E"},
    )
    assert [(name.text[-1], name.type, name.quality) for name in found.names] == [
        ("E", NameType.PRIMARY, Quality.STRONG),
        ("A", NameType.ALIAS, Quality.STRONG),
        ("B", NameType.ALIAS, Quality.WEAK),
        ("C", NameType.ALIAS, Quality.STRONG),
        ("D", NameType.FORMER, Quality.STRONG),
    ]


def test_words_nobody_knows_are_told_and_kept() -> None:
    (group,) = read({"Alias Type": "Nickname", "Group Type": "Robot"})
    assert isinstance(group, Group)
    found, problems = uk_conlist.entity(group)
    assert found.kind is Kind.ANY
    assert found.names[0].type is NameType.ALIAS
    assert {problem.code for problem in problems} == {
        "unknown_kind",
        "unknown_alias_type",
    }
    assert {(one.key, one.value) for one in found.details} >= {
        ("Alias Type", "Nickname"),
        ("Group Type", "Robot"),
    }


@pytest.mark.parametrize(
    ("text", "script", "language", "codes"),
    [
        ("ЛУКАШЭНКА, Аляксандр", "Cyrillic", "Belarusian", ("Cyrl", "be")),
        ("خلیل احمد حقانی", "Arabic", "Persian/Farsi", ("Arab", "fa")),
        ("苏州百胜动力", "Chinese", "Chinese", ("Hani", "zh")),
        ("КОЗЮРА", "Cryillic", "Ukraine", ("Cyrl", "uk")),
        ("صرافی روشان", "", "", ("", "")),
    ],
)
def test_names_in_their_own_script(
    text: str, script: str, language: str, codes: tuple[str, str]
) -> None:
    found = entity(
        {
            "Name Non-Latin Script": text,
            "Non-Latin Script Type": script,
            "Non-Latin Script Language": language,
        }
    )
    assert [name.text for name in found.names] == ["Mian MITHOO", text]
    name = found.names[1]
    assert (name.script, name.language) == codes
    assert name.type is NameType.PRIMARY


def test_a_script_without_a_code_is_kept_in_words() -> None:
    found = entity({"Name Non-Latin Script": "ᠮ", "Non-Latin Script Type": "Mongol"})
    assert found.names[1].script == ""
    assert Detail("Non-Latin Script Type", "Mongol", SOURCE) in found.details


def test_one_date_and_one_place_are_one_birth() -> None:
    found = entity(
        {"DOB": "01/09/1957", "Town of Birth": "Minsk", "Country of Birth": "Belarus"}
    )
    day = PartialDate.parse("01/09/1957")
    assert found.births == (Birth(day, "Minsk, Belarus", "by", source=SOURCE),)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("00/00/1994", "1994"),
        ("00/09/1971", "1971-09"),
        ("05/1973", "1973-05"),
        ("1951", "1951"),
    ],
)
def test_partial_dates_of_birth(text: str, iso: str) -> None:
    (birth,) = entity({"DOB": text}).births
    assert birth.date is not None
    assert (birth.date.iso, birth.date.text) == (iso, text)


def test_several_dates_and_places_stand_apart() -> None:
    cells = {
        "Town of Birth": "(1) Bengasi (2) Bendasi (3) - (4) -",
        "Country of Birth": "(1-3) Libya (4) Morocco",
    }
    found = entity({**cells, "DOB": "1960"}, {**cells, "DOB": "1961"})
    assert [birth.date.iso for birth in found.births if birth.date] == ["1960", "1961"]
    assert [(birth.place, birth.country) for birth in found.births[2:]] == [
        ("Bengasi, Libya", "ly"),
        ("Bendasi, Libya", "ly"),
        ("Libya", "ly"),
        ("Morocco", "ma"),
    ]


def test_a_country_without_numbers_is_that_of_every_town() -> None:
    found = entity(
        {"Town of Birth": "(1) Akobo (2) Uror", "Country of Birth": "South Sudan"}
    )
    assert [(birth.place, birth.country) for birth in found.births] == [
        ("Akobo, South Sudan", "ss"),
        ("Uror, South Sudan", "ss"),
    ]


def test_a_date_that_cannot_be_read_is_told_and_kept() -> None:
    (group,) = read({"DOB": "31/02/1960"})
    assert isinstance(group, Group)
    found, (problem,) = uk_conlist.entity(group)
    assert found.births == (Birth(text="31/02/1960", source=SOURCE),)
    assert (problem.code, problem.position) == ("bad_date", "line 3, group 15672")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congo (Democratic Republic)", ["cd"]),
        ("(1) Russia. (2) Syria", ["ru", "sy"]),
        ("Germany. Russia", ["de", "ru"]),
        ("Estonia, Russia", ["ee", "ru"]),
        ("Atlantis", [""]),
    ],
)
def test_nationalities(text: str, codes: list[str]) -> None:
    ties = entity({"Nationality": text}).countries
    assert [(tie.role, tie.code) for tie in ties] == [
        ("nationality", code) for code in codes
    ]


def test_passports_and_their_details_are_numbered_alike() -> None:
    first, second, third = entity(
        {
            "Passport Number": "(1) A-333602 (2) M110522 (3) -  (4) K560098",
            "Passport Details": "(1) India number, issued on 4 Jun. 1985, issued in "
            "Bombay, India. (2) Tunisian. Issued on 14.3.2011. Expires on 13.3.2016 "
            "(3) Qatar.",
        }
    ).identifiers
    assert (first.value, first.country, first.issued) == (
        "A-333602",
        "in",
        PartialDate.parse("4 Jun. 1985"),
    )
    assert (second.value, second.country) == ("M110522", "tn")
    assert second.expires == PartialDate.parse("13.3.2016")
    assert third == Identifier(
        "passport", "K560098", published_type="Passport Number", source=SOURCE
    )


def test_details_without_a_number_stand_alone() -> None:
    found = entity({"Passport Details": "Iranian"})
    assert found.identifiers == ()
    assert Detail("Passport Details", "Iranian", SOURCE) in found.details


def test_details_without_numbers_are_of_all_passports() -> None:
    found = entity(
        {
            "Passport Number": "(1) 9003213 (2) 6620505",
            "Passport Details": "Iranian passport",
        }
    )
    assert {(one.country, one.note) for one in found.identifiers} == {
        ("ir", "Iranian passport")
    }


def test_passports_divided_by_full_stops_are_several() -> None:
    assert identifiers(**{"Passport Number": "734088604. 735958824. 753302567"}) == [
        ("passport", "734088604", ""),
        ("passport", "735958824", ""),
        ("passport", "753302567", ""),
    ]
    assert identifiers(**{"Passport Number": "8208 No. 555627"}) == [
        ("passport", "8208 No. 555627", "")
    ]


def test_tax_numbers_among_national_ones_are_told_apart() -> None:
    column = "National Identification Number"
    assert identifiers(**{column: "(1) 57388 (2) TIN: 782513826759"}) == [
        ("national_id", "57388", ""),
        ("tax_id", "782513826759", ""),
    ]
    details = "National Identification Details"
    found = entity({details: "TIN 0411004918 OGRN 1020400752558"})
    assert [(one.type, one.value) for one in found.identifiers] == [
        ("tax_id", "0411004918"),
        ("ogrn", "1020400752558"),
    ]


def test_each_address_once_on_one_line() -> None:
    cells = {"Address 1": "26 Bolshaya \nDmitrovka", "Address 6": "Moscow"}
    land = {"Post/Zip Code": "103426", "Country": "Iraq (previous address)"}
    rows = [{**cells, **land}, {**cells, **land, "Name 6": "Y"}, {"Address 6": "Perm"}]
    first, second = entity(*rows).addresses
    assert (
        first.text == "26 Bolshaya Dmitrovka, Moscow, 103426, Iraq (previous address)"
    )
    assert (first.country, first.postal_code) == ("iq", "103426")
    assert second.text == "Perm"


def test_a_listing_for_each_regime() -> None:
    found = entity(
        {"Regime": "Syria", "Listed On": "24/08/2011"},
        {"Regime": "Iran (Nuclear)", "Listed On": "27/07/2010"},
        {"Regime": "Syria", "Listed On": "24/08/2011", "Name 6": "Y"},
    )
    assert [listing.programmes for listing in found.listings] == [
        ("Syria",),
        ("Iran (Nuclear)",),
    ]
    assert found.listings[0].record == "15672"
    assert found.listings[0].changed_on == (PartialDate.parse("13/12/2022"),)
    assert found.listed_since() == date(2010, 7, 27)
    designated = Detail("UK Sanctions List Date Designated", "09/12/2022", SOURCE)
    assert designated in found.details


def test_references_reasons_and_gender() -> None:
    text = (
        "(UK Sanctions List Ref):RUS1347. Financial sanctions imposed in addition to "
        "an asset freeze: Trust services. Date trust services sanctions imposed: "
        "21/03/2023. (UN Ref):KPi.074. Free text. (UK Statement of Reasons):An "
        "involved person (1) under the Regulations. (Gender):Male"
    )
    found = other(text)
    assert [(one.published_type, one.value) for one in found.identifiers] == [
        ("UK Sanctions List Ref", "RUS1347"),
        ("UN Ref", "KPi.074"),
    ]
    assert found.listings[0].reasons == "An involved person (1) under the Regulations."
    assert {(one.key, one.value) for one in found.details} >= {
        ("remark", text),
        ("gender", "Male"),
        (
            "Financial sanctions imposed in addition to an asset freeze",
            "Trust services",
        ),
        ("Date trust services sanctions imposed", "21/03/2023"),
    }


def test_contacts_numbered_and_divided() -> None:
    found = other(
        "(Phone number):(1) +98(311)4518085 (2) +98 311 4511741 (Website):"
        "www.sharif.ac.ir, www.sharif.ir (Email address):faci@fajrind.com. "
        "fajr@tco.ac.ir"
    )
    assert [(one.type, one.value) for one in found.identifiers] == [
        ("phone", "+98(311)4518085"),
        ("phone", "+98 311 4511741"),
        ("website", "www.sharif.ac.ir"),
        ("website", "www.sharif.ir"),
        ("email", "faci@fajrind.com"),
        ("email", "fajr@tco.ac.ir"),
    ]


def test_a_ship_with_its_particulars() -> None:
    found = other(
        "(IMO number):7408873 (Current owners):Korea Samjong Shipping (Flag of ship):"
        "North Korea (Previous flags):Panama. South Korea (Type of ship):Oil tanker "
        "(Tonnage of ship):1676 (Length of ship):80 (Year built):1975",
        **{"Group Type": "Ship", "Name 6": "AKTIVA", "Name 1": ""},
    )
    assert found.kind is Kind.VESSEL
    assert [(one.type, one.value) for one in found.identifiers] == [("imo", "7408873")]
    assert found.countries == (
        Country("kp", "flag", "North Korea", SOURCE),
        Country("pa", "former_flag", "Panama", SOURCE),
        Country("kr", "former_flag", "South Korea", SOURCE),
    )
    assert found.links == (
        Link("Current owners", "Korea Samjong Shipping", source=SOURCE),
    )
    assert {(one.key, one.value) for one in found.details} >= {
        ("vessel_type", "Oil tanker"),
        ("vessel_owner", "Korea Samjong Shipping"),
        ("tonnage", "1676"),
        ("Length of ship", "80"),
        ("Year built", "1975"),
    }


def test_the_imo_number_of_a_ship_may_stand_in_free_text() -> None:
    text = "(UN Ref):KPe.057. Owner of PAEK MA. IMO number: 5963351."
    assert [one.type for one in other(text).identifiers] == ["other"]
    ship = other(text, **{"Group Type": "Ship"})
    assert [one.value for one in ship.identifiers] == ["KPe.057", "5963351"]


def test_owners_and_subsidiaries_are_ties() -> None:
    found = other(
        "(Parent company):(1) Ammunition Industries Group (AMIG) (2) Bank Sepah "
        "(Subsidiaries):The Gorev Foundation (Type of entity):Company"
    )
    assert [(link.relation, link.target) for link in found.links] == [
        ("Parent company", "Ammunition Industries Group (AMIG)"),
        ("Parent company", "Bank Sepah"),
        ("Subsidiaries", "The Gorev Foundation"),
    ]
    assert Detail("Type of entity", "Company", SOURCE) in found.details


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1025201752982", [("registration", "1025201752982")]),
        (
            "(1) INN: 1656003409 (2) KPP: 165601001 (3) OGRN: 1021603067683",
            [
                ("inn", "1656003409"),
                ("registration", "165601001"),
                ("ogrn", "1021603067683"),
            ],
        ),
        (
            "1167700052618 (Russia). Tax ID No. 7743141413 (Russia)",
            [("registration", "1167700052618"), ("tax_id", "7743141413")],
        ),
        (
            "1147746527279 dated 27/07/1992. Tax ID: 7701863782e",
            [("registration", "1147746527279"), ("tax_id", "7701863782e")],
        ),
        (
            "OGRN: 1027807560186 \nINN: 7814027653",
            [("ogrn", "1027807560186"), ("inn", "7814027653")],
        ),
        ("9731001285 - TIN", [("tax_id", "9731001285")]),
        ("DSO-ZZCO-16068", [("registration", "DSO-ZZCO-16068")]),
        ("USCC: 91440300MA5HX80Y1Q", [("uscc", "91440300MA5HX80Y1Q")]),
        ("1 149 102 007 933", [("registration", "1 149 102 007 933")]),
        (
            "(1) Legal Entity Identifier: 5299008ONRYZRO61SY92 (2) Tax Number - "
            "257/120/19983",
            [("lei", "5299008ONRYZRO61SY92"), ("tax_id", "257/120/19983")],
        ),
    ],
)
def test_numbers_of_registers(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(word, number) for word, number, _, _ in registrations(text)] == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ("-", {}),
        ("Minsk", {1: "Minsk"}),
        ("(1) Iraq. (2) Iran", {1: "Iraq", 2: "Iran"}),
        ("(1) Uganda (2) Uganda (3)Uganda", {1: "Uganda", 2: "Uganda", 3: "Uganda"}),
        (
            "(1) to (3) Algeria (4) Morocco",
            {1: "Algeria", 2: "Algeria", 3: "Algeria", 4: "Morocco"},
        ),
        ("(1) - . (2) Expired", {2: "Expired"}),
        ("Kuibyshev (1) Samara", {1: "Kuibyshev (1) Samara"}),
    ],
)
def test_numbered_values(text: str, values: dict[int, str]) -> None:
    assert numbered(text) == values


@given(
    st.lists(
        st.from_regex(r"[A-Za-z]{1,8}( [A-Za-z]{1,8})?", fullmatch=True),
        min_size=1,
        max_size=20,
    )
)
def test_numbered_values_come_back_as_they_were_numbered(values: list[str]) -> None:
    text = " ".join(f"({at}) {value}" for at, value in enumerate(values, 1))
    assert list(numbered(text).values()) == values


@given(st.text())
def test_no_text_fails_to_be_divided_and_nothing_of_it_is_lost(text: str) -> None:
    told = "".join(
        f"({head}):{value}" if head else value for head, value in sections(text)
    )
    assert "".join(told.split()).casefold() == "".join(text.split()).casefold()
    assert each(text) is not None
    assert list(registrations(text)) is not None


@pytest.mark.shared
def test_the_real_list_is_read_whole(shared: Path) -> None:
    given_file = File.at(shared / "lists/uk/2025-04-10/ConList.csv")
    assert uk_conlist.edition([given_file]).published == date(2025, 4, 10)
    groups = list(uk_conlist.records([given_file]))
    assert not any(isinstance(group, Problem) for group in groups)
    rows = sum(len(group.rows) for group in groups if isinstance(group, Group))
    assert (len(groups), rows) == (4_686, 18_796)
    found = [uk_conlist.entity(group) for group in groups if isinstance(group, Group)]
    assert [problem for _, problems in found for problem in problems] == []
    kinds = [one.kind for one, _ in found]
    assert [
        kinds.count(kind) for kind in (Kind.PERSON, Kind.ORGANIZATION, Kind.VESSEL)
    ] == [
        3_662,
        1_009,
        15,
    ]
    names = [name for one, _ in found for name in one.names]
    assert sum(bool(name.script) for name in names) == 1_301
    ships = [one for one, _ in found if one.kind is Kind.VESSEL]
    assert all(any(id_.type == "imo" for id_ in one.identifiers) for one in ships)
