"""The US consolidated screening list; the rows are from the file of 21 April 2022."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from clearway.errors import ListUnreadable
from clearway.lists import us_csl
from clearway.lists.reader import Edition, File
from clearway.lists.us_csl import COLUMNS, CslRow
from clearway.model import (
    Address,
    Detail,
    Entity,
    Identifier,
    Kind,
    Link,
    Listing,
    NameType,
    PartialDate,
    Problem,
)

SDN = "Specially Designated Nationals (SDN) - Treasury Department"
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
DEBARRED = "ITAR Debarred (DTC) - State Department"


def file(*rows: dict[str, str], name: str = "consolidated.csv") -> File:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({"_id": "36", "source": SDN, "name": "X", **row})
    return File.of(out.getvalue().encode(), name)


def records(*rows: dict[str, str]) -> list[CslRow | Problem]:
    return list(us_csl.records([file(*rows)]))


def entity(**cells: str) -> Entity:
    (record,) = records(cells)
    assert isinstance(record, CslRow)
    found, problems = us_csl.entity(record)
    assert problems == ()
    return found


def identifiers(ids: str) -> list[tuple[str, str, str]]:
    return [(one.type, one.value, one.country) for one in entity(ids=ids).identifiers]


def test_it_is_known_by_its_header() -> None:
    head = file().head()
    assert us_csl.recognises(head, "whatever")
    assert us_csl.edition([file()]) == Edition("us_csl", "csl")
    with pytest.raises(ListUnreadable, match="lacks the header"):
        us_csl.edition([File.of(b"a,b\n1,2\n", "x.csv")])


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (SDN, "SDN"),
        (ENTITY_LIST, "EL"),
        (DEBARRED, "DTC"),
        ("Military End User (MEU) List - Bureau of Industry and Security", "MEU"),
        (
            "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
            "MBS",
        ),
        ("Capta List (CAP) - Treasury Department", "CAP"),
        ("A new list", "A new list"),
    ],
)
def test_each_list_has_its_short_code(source: str, code: str) -> None:
    assert entity(source=source).listings[0].list == code


def test_a_listing_of_the_entity_list_carries_its_law() -> None:
    found = entity(
        _id="deb7a1d5",
        source=ENTITY_LIST,
        name="3K Aviation Consulting and Logistics",
        addresses="Biniciler Apt. Savas Cad. No. 18/5, Sirinyali Mah., Antalya, TR; "
        "Sonmez Apt. No. 4/5 1523 Sokak, Antalya, TR",
        federal_register_notice="84 FR 54002; 85 FR 44159",
        start_date="2018-09-04",
        end_date="2056-06-29",
        license_requirement="For all items subject to the EAR.",
        license_policy="Presumption of denial.",
        source_information_url="http://bit.ly/1L47xrV",
    )
    assert (found.id, found.kind) == ("us_csl-deb7a1d5", Kind.ANY)
    assert found.listings == (
        Listing(
            "us_csl",
            "EL",
            "deb7a1d5",
            legal_basis=("84 FR 54002", "85 FR 44159"),
            listed_on=PartialDate.parse("2018-09-04"),
            ends_on=PartialDate.parse("2056-06-29"),
            url="http://bit.ly/1L47xrV",
        ),
    )
    assert found.addresses[1] == Address(
        "Sonmez Apt. No. 4/5 1523 Sokak, Antalya, TR",
        country="tr",
        country_text="TR",
        source="us_csl/csl#deb7a1d5",
    )
    assert {(one.key, one.value) for one in found.details} == {
        ("license_requirement", "For all items subject to the EAR."),
        ("license_policy", "Presumption of denial."),
    }


def test_a_person_with_births_nationality_and_title() -> None:
    found = entity(
        entity_number="21944",
        type="Individual",
        programs="IFSR; IRGC; SDGT",
        name="'ABBAS, Rim",
        title="Scientific Studies and Research Center Employee",
        addresses="SY",
        dates_of_birth="1973-03-25; circa 1967",
        places_of_birth="Tall 'Afar, Iraq",
        nationalities="SY",
        citizenships="RU; CY",
    )
    assert found.kind is Kind.PERSON
    assert found.names[0].parts == (("last", "'ABBAS"), ("first", "Rim"))
    assert found.listings[0].programmes == ("IFSR", "IRGC", "SDGT")
    assert found.listings[0].record == "21944"
    days = [birth.date for birth in found.births if birth.date]
    assert [day.circa for day in days] == [False, True]
    assert found.births[2].country == "iq"
    assert [(tie.role, tie.code) for tie in found.countries] == [
        ("nationality", "sy"),
        ("citizenship", "ru"),
        ("citizenship", "cy"),
    ]
    assert found.addresses[0].country == "sy"


def test_aliases_are_divided_and_the_last_joined_by_and() -> None:
    found = entity(alt_names="Zargorsk Institute; Z; and The Virology Center")
    assert [name.text for name in found.names[1:]] == [
        "Zargorsk Institute",
        "Z",
        "The Virology Center",
    ]
    assert {name.type for name in found.names[1:]} == {NameType.ALIAS}


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        (
            "Mexpar, Inc. (a.k.a. Pasadena Aerospace; Aviation Logistics)",
            ["Mexpar, Inc.", "Pasadena Aerospace", "Aviation Logistics"],
        ),
        (
            "Chitron Ltd., a.k.a. Chi-Chung Ltd. (Chitron-Shenzhen)",
            ["Chitron Ltd.", "Chi-Chung Ltd. (Chitron-Shenzhen)"],
        ),
    ],
)
def test_aliases_inside_a_name_are_names_too(name: str, inside: list[str]) -> None:
    found = entity(name=name, source=DEBARRED)
    assert [one.text for one in found.names] == [name, *inside]


def test_a_former_name_inside_a_name_is_former() -> None:
    found = entity(name="Gazprom Sotsinvest, OOO (f.k.a., Gazprominvestarena OOO)")
    assert found.names[2].text == "Gazprominvestarena OOO"
    assert found.names[2].type is NameType.FORMER


def test_ids_are_read_from_both_ends() -> None:
    assert identifiers(
        "CA, BC166787, Passport; RU, 7802754982, Tax ID No.; VTBAKZKZ, SWIFT/BIC; "
        "PA, 467323, Doc. 694710, Public Registration Number"
    ) == [
        ("passport", "BC166787", "ca"),
        ("tax_id", "7802754982", "ru"),
        ("bic", "VTBAKZKZ", ""),
        ("registration", "467323, Doc. 694710", "pa"),
    ]


def test_two_days_of_an_id_are_expiry_and_issue() -> None:
    (found,) = entity(ids="CO, 2014-03-26, 2004-03-26, 16351225, Passport").identifiers
    assert found.issued == PartialDate.parse("2004-03-26")
    assert found.expires == PartialDate.parse("2014-03-26")
    assert found.value == "16351225"


def test_one_day_of_an_id_may_be_either() -> None:
    (found,) = entity(ids="SD, 1998-10-28, 562605, Passport").identifiers
    assert (found.value, found.issued, found.expires) == ("562605", None, None)
    assert found.note == "issued or expires 1998-10-28"


def test_a_wallet_among_the_ids() -> None:
    (found,) = entity(ids="12QtD5BFwRsd, Digital Currency Address - XBT").identifiers
    assert (found.type, found.value, found.currency) == (
        "wallet",
        "12QtD5BFwRsd",
        "XBT",
    )


def test_ids_that_tell_are_details_and_countries() -> None:
    found = entity(
        ids="Male, Gender; Subject to Secondary Sanctions, Additional Sanctions "
        "Information -; North Korea Sanctions Regulations, sections 510.201 and "
        "510.210, Secondary sanctions risk:; Man, Isle of, Nationality of Registration"
    )
    assert [(one.key, one.value) for one in found.details] == [
        ("gender", "Male"),
        ("Additional Sanctions Information", "Subject to Secondary Sanctions"),
        (
            "secondary_sanctions_risk",
            "North Korea Sanctions Regulations, sections 510.201 and 510.210",
        ),
    ]
    assert [(tie.role, tie.code) for tie in found.countries] == [("jurisdiction", "im")]


def test_an_id_in_one_word_is_kept() -> None:
    assert entity(ids="7719").details == (Detail("ids", "7719", "us_csl/csl#36"),)


def test_ties_in_the_remarks() -> None:
    found = entity(remarks="all offices; (Linked To: ROSTEC; Linked To: IRAN AIR)")
    assert found.links == (
        Link("Linked To", "ROSTEC", source="us_csl/csl#36"),
        Link("Linked To", "IRAN AIR", source="us_csl/csl#36"),
    )


def test_a_vessel_with_its_particulars() -> None:
    found = entity(
        type="Vessel",
        call_sign="5IM 597",
        vessel_type="Crude Oil Tanker",
        gross_tonnage="317356",
        gross_registered_tonnage="163660",
        vessel_flag="Iran",
        vessel_owner="NITC",
        ids="IMO 9187629, Vessel Registration Identification",
    )
    source = "us_csl/csl#36"
    assert [(one.type, one.value) for one in found.identifiers] == [
        ("imo", "IMO 9187629"),
        ("call_sign", "5IM 597"),
    ]
    assert [(tie.role, tie.code) for tie in found.countries] == [("flag", "ir")]
    assert found.links == (Link("Vessel Owner", "NITC", source=source),)
    assert Detail("tonnage", "317356", source) in found.details


def test_a_party_on_two_lists_becomes_one_entity_of_two_listings() -> None:
    cells = {"name": "AUCTION LLC", "type": "Entity", "ids": "7, Registration ID"}
    rows = records(
        {**cells, "source": SDN},
        {**cells, "source": "Sectoral Sanctions Identifications List (SSI) - Treasury"},
    )
    first, second = (us_csl.entity(row)[0] for row in rows if isinstance(row, CslRow))
    joined = first.joined(second)
    assert [listing.list for listing in joined.listings] == ["SDN", "SSI"]
    assert joined.identifiers == (
        Identifier(
            "registration",
            "7",
            published_type="Registration ID",
            source="us_csl/csl#36",
        ),
    )


def test_rows_without_name_or_id_are_told() -> None:
    problems = records({"name": " "}, {"_id": ""})
    assert [one.code for one in problems if isinstance(one, Problem)] == [
        "nameless_entry",
        "no_uid",
    ]


def test_a_day_that_cannot_be_read_is_told_and_kept() -> None:
    (record,) = records({"start_date": "soon"})
    assert isinstance(record, CslRow)
    found, (problem,) = us_csl.entity(record)
    assert found.listings[0].listed_on is None
    assert Detail("start_date", "soon", "us_csl/csl#36") in found.details
    assert problem.position == "line 2, SDN 36"


@pytest.mark.shared
def test_the_real_list_is_read_whole(shared: Path) -> None:
    source = File.at(shared / "lists/us_csl/2022-04-21/consolidated.csv")
    rows = list(us_csl.records([source]))
    assert not any(isinstance(row, Problem) for row in rows)
    assert len(rows) == 14_160
    found = [us_csl.entity(row) for row in rows if isinstance(row, CslRow)]
    assert [problem for _, problems in found for problem in problems] == []
    assert len({one.id for one, _ in found}) == 14_048
    lists = [one.listings[0].list for one, _ in found]
    assert (lists.count("SDN"), lists.count("EL"), len(set(lists))) == (
        10_026,
        2_001,
        13,
    )
    huawei = next(one for one, _ in found if one.id == "us_csl-30947")
    assert huawei.names[0].text == "HUAWEI TECHNOLOGIES CO., LTD."
    assert date(2021, 6, 3).strftime("%d %b %Y") in {d.value for d in huawei.details}
