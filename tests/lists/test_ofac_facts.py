import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.lists.ofac_facts import (
    Facts,
    country_of_place,
    is_identifier,
    linked_to,
    word_of,
)
from clearway.model import Country, Detail, Kind, Link, PartialDate


def facts(kind: Kind = Kind.ORGANIZATION) -> Facts:
    return Facts("sdn.xml", "sdnEntry 1", kind)


@pytest.mark.parametrize(
    ("heading", "value", "word"),
    [
        ("Passport", "1084010", "passport"),
        ("Tax ID No.", "7707083893", "tax_id"),
        ("SWIFT/BIC", "SABRRUMM", "bic"),
        ("Vessel Registration Identification", "IMO 7406784", "imo"),
        ("Vessel Registration Identification", "8606173", "imo"),
        ("Vessel Registration Identification", "RS 150443", "registration"),
        ("Legal Entity Number", "253400V1H6ART1UQ0N98", "lei"),
        ("Legal Entity Number", "851683897", "registration"),
        ("Unified Social Credit Code (USCC)", "9111000071093019X7", "uscc"),
        ("MMSI", "572469210", "mmsi"),
        ("D-U-N-S Number", "542957624", "duns"),
        ("Previous Aircraft Tail Number", "YI-NAE", "tail_number"),
        ("BIK (RU)", "044525187", "other"),
        ("A Number of Next Year", "1", "other"),
    ],
)
def test_an_identifier_has_our_word(heading: str, value: str, word: str) -> None:
    assert word_of(heading, value) == word


def test_an_identification_number_is_national_only_for_a_person() -> None:
    assert word_of("Identification Number", "77688048", Kind.PERSON) == "national_id"
    assert word_of("Identification Number", "3QL4V4", Kind.ORGANIZATION) == "other"


@pytest.mark.parametrize(
    "heading",
    [
        "Gender",
        "Secondary sanctions risk:",
        "Additional Sanctions Information -",
        "Executive Order 14024 Directive Information",
        "Organization Established Date",
        "Aircraft Manufacture Date",
        "Former Vessel Flag",
        "Target Type",
        "Issuer Name",
        "Executive Order 19999 information:",
    ],
)
def test_what_tells_of_a_party_is_no_identifier(heading: str) -> None:
    assert not is_identifier(heading)


def test_a_wallet_knows_its_currency() -> None:
    found = facts()
    found.add("Digital Currency Address - XBT", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h")
    (wallet,) = found.identifiers
    assert (wallet.type, wallet.currency) == ("wallet", "XBT")


def test_gender_and_flags_and_operators_find_their_place() -> None:
    found = facts(Kind.VESSEL)
    found.add("Gender", "Male", source="s")
    found.add("Former Vessel Flag", "None Identified", source="s")
    found.add("Aircraft Operator", "YAS AIR", source="s")
    found.add("Vessel Owner", "NITC", source="s")
    assert found.identifiers == []
    assert found.countries == [Country("", "former_flag", "None Identified", "s")]
    assert found.links == [
        Link("Aircraft Operator", "YAS AIR", source="s"),
        Link("Vessel Owner", "NITC", source="s"),
    ]
    assert found.details == [
        Detail("gender", "Male", "s"),
        Detail("vessel_owner", "NITC", "s"),
    ]


def test_a_heading_keeps_its_words_without_the_dash() -> None:
    found = facts()
    found.add("Additional Sanctions Information -", "Subject to Secondary Sanctions")
    (told,) = found.details
    assert told.key == "Additional Sanctions Information"


def test_dates_of_issue_and_expiry_are_read() -> None:
    found = facts(Kind.PERSON)
    found.add("Passport", "A1", issued="1999", expires="30 Oct 2012")
    (passport,) = found.identifiers
    assert passport.issued == PartialDate.parse("1999")
    assert passport.expires == PartialDate.parse("30 Oct 2012")
    assert not found.problems


def test_a_date_that_is_none_is_kept_in_words_and_reported() -> None:
    found = facts(Kind.PERSON)
    found.add("Passport", "A1", issued="not known", country="Atlantis")
    found.birth_date("31 Feb 1960", "s")
    (passport,) = found.identifiers
    assert passport.note == "Atlantis; not known"
    assert found.births[0].text == "31 Feb 1960"
    assert [(problem.code, problem.text) for problem in found.problems] == [
        ("bad_date", "not known"),
        ("bad_date", "31 Feb 1960"),
    ]
    assert found.problems[0].file == "sdn.xml"
    assert found.problems[0].position == "sdnEntry 1"


def test_an_empty_id_is_a_problem_not_a_fact() -> None:
    found = facts()
    found.add("Passport", "")
    assert [problem.code for problem in found.problems] == ["empty_value"]
    assert not found.identifiers


def test_a_note_on_what_has_no_room_for_it_stands_beside_it() -> None:
    found = facts()
    found.add("Target Type", "Public Company", note="reliability: Confirmed")
    assert found.details == [
        Detail("Target Type", "Public Company"),
        Detail("Target Type, note", "reliability: Confirmed"),
    ]


# Remarks of the SDN list of 7 May 2024.
@pytest.mark.parametrize(
    ("remarks", "targets"),
    [
        ("(Linked To: MAHAN AIR)", ["MAHAN AIR"]),
        (
            "(Linked To: ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE; "
            "Linked To: HIZBALLAH)",
            ["ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE", "HIZBALLAH"],
        ),
        (
            "all offices worldwide; (Linked To: NIOC INTERNATIONAL AFFAIRS (LONDON) "
            "LIMITED)",
            ["NIOC INTERNATIONAL AFFAIRS (LONDON) LIMITED"],
        ),
        (
            "(Linked To: KHURI, Mudalal; Linked To: ILYUMZHINOV, Kirsan Nikolayevich)",
            ["KHURI, Mudalal", "ILYUMZHINOV, Kirsan Nikolayevich"],
        ),
        ("Telephone (98)(21)(66153220); Fax (98)(21)(22224537)", []),
        ("Member ETA", []),
        ("(Linked To: )", []),
        ("(Linked To: CUT SHORT", ["CUT SHORT"]),
    ],
)
def test_remarks_tell_who_is_linked(remarks: str, targets: list[str]) -> None:
    assert list(linked_to(remarks)) == targets


NAMES = st.text(
    alphabet=st.characters(exclude_characters="();:", exclude_categories=("C", "Z")),
    min_size=1,
).map(lambda text: f"A {text} (B) C")


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_however_many_are_linked_each_is_found_whole(names: list[str]) -> None:
    remarks = "(" + "; ".join(f"Linked To: {name}" for name in names) + ")"
    assert list(linked_to(remarks)) == names


@given(st.text())
def test_no_remark_is_too_strange(remarks: str) -> None:
    assert all(target.strip() for target in linked_to(remarks))


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Baghdad, Iraq", "iq"),
        ("Sinuiju, North Pyongan Province, Korea, North", "kp"),
        ("Egypt", "eg"),
        ("Luton, UK", "gb"),
        ("Los Angeles, CA", ""),
        ("Umm Tuba", ""),
        ("", ""),
    ],
)
def test_a_place_names_its_country_last(place: str, code: str) -> None:
    assert country_of_place(place) == code
