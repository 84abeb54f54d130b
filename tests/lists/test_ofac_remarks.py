"""Facts inside the remarks of OFAC's CSV files; the pieces are from sdn.csv of 2021."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.lists.ofac_facts import Facts
from clearway.lists.ofac_remarks import name_parts, pieces, read_remarks
from clearway.model import (
    Country,
    Detail,
    Identifier,
    Kind,
    Link,
    Name,
    NameType,
    PartialDate,
    Quality,
)


def read(remarks: str, kind: Kind = Kind.PERSON) -> tuple[Facts, tuple[Name, ...]]:
    facts = Facts("sdn.csv", "line 1", kind)
    return facts, read_remarks(remarks, facts, "s")


def identifier(remarks: str) -> Identifier:
    (found,) = read(remarks)[0].identifiers
    return found


def test_remarks_are_kept_whole_besides() -> None:
    text = "Member of Parliament & Central Committee Member; all offices worldwide."
    facts, names = read(text)
    assert facts.details == [Detail("remark", text, "s")]
    assert (names, facts.identifiers, facts.links, facts.problems) == ((), [], [], [])


def test_births_nationalities_and_gender() -> None:
    facts, _ = read(
        "DOB 10 Dec 1948; alt. DOB circa 1951; POB San Sebastian, Guizpucoa Province, "
        "Spain; nationality Korea, North; alt. nationality Germany; citizen Iran; "
        "Gender Female."
    )
    assert [birth.date.iso for birth in facts.births if birth.date] == [
        "1948-12-10",
        "1951",
    ]
    assert [birth.date.circa for birth in facts.births if birth.date] == [False, True]
    assert facts.births[2].place == "San Sebastian, Guizpucoa Province, Spain"
    assert facts.births[2].country == "es"
    assert facts.countries == [
        Country("kp", "nationality", "Korea, North", "s/remark-4"),
        Country("de", "nationality", "Germany", "s/remark-5"),
        Country("ir", "citizenship", "Iran", "s/remark-6"),
    ]
    assert Detail("gender", "Female", "s/remark-7") in facts.details


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("DOB 1943 to 1944.", date(1943, 1, 1), date(1944, 12, 31)),
        ("DOB 26 Sep 1946 to 07 Dec 1946.", date(1946, 9, 26), date(1946, 12, 7)),
        ("DOB Mar 1962 to Feb 1963.", date(1962, 3, 1), date(1963, 2, 28)),
        ("DOB Sep 1938.", date(1938, 9, 1), date(1938, 9, 30)),
    ],
)
def test_spans_of_birth(text: str, first: date, last: date) -> None:
    (birth,) = read(text)[0].births
    assert birth.date == PartialDate(first, last, text=text[4:-1])


def test_a_date_that_cannot_be_read_is_told_and_kept() -> None:
    facts, _ = read("DOB 31 Feb 1951.")
    assert [birth.text for birth in facts.births] == ["31 Feb 1951"]
    assert [(p.code, p.text) for p in facts.problems] == [("bad_date", "31 Feb 1951")]


def test_aliases_in_quotation_marks_are_the_weak_ones() -> None:
    _, names = read(
        "DOB 1951; a.k.a. 'ABU ABDALLAH'; f.k.a. 'ANA I'; a.k.a. 'AL-DARDA', Abu'."
    )
    assert [(name.text, name.type) for name in names] == [
        ("ABU ABDALLAH", NameType.ALIAS),
        ("ANA I", NameType.FORMER),
        ("AL-DARDA', Abu", NameType.ALIAS),
    ]
    assert {name.quality for name in names} == {Quality.WEAK}
    assert names[2].parts == (("last", "AL-DARDA'"), ("first", "Abu"))
    assert names[0].source == "s/remark-2"


def test_a_passport_with_its_country_and_days() -> None:
    found = identifier(
        "alt. Passport BE5978421 (Pakistan) issued 14 Nov 2007 expires 12 Nov 2012."
    )
    assert (found.type, found.value, found.country) == ("passport", "BE5978421", "pk")
    assert found.issued == PartialDate.parse("14 Nov 2007")
    assert found.expires == PartialDate.parse("12 Nov 2012")
    assert found.published_type == "Passport"


@pytest.mark.parametrize(
    ("text", "type_", "value", "country"),
    [
        ("Passport L 886177 issued 14 Dec 1998.", "passport", "L 886177", ""),
        ("Diplomatic Passport 008827 (Iran) issued 1999.", "passport", "008827", "ir"),
        ("Cedula No. 16247821 (Colombia).", "national_id", "16247821", "co"),
        (
            "National ID No. 660000 73767 (Belgium).",
            "national_id",
            "660000 73767",
            "be",
        ),
        (
            "C.U.R.P. CAIM680202MCHRLR08 (Mexico).",
            "national_id",
            "CAIM680202MCHRLR08",
            "mx",
        ),
        ("SSN 523-33-8386 (United States).", "national_id", "523-33-8386", "us"),
        ("NIT # 800146749-7 (Colombia).", "tax_id", "800146749-7", "co"),
        ("Tax ID No. 7744001497 (Russia).", "tax_id", "7744001497", "ru"),
        ("Registration ID 1037835069986.", "registration", "1037835069986", ""),
        ("Trade License No. C 37422 (Malta).", "registration", "C 37422", "mt"),
        (
            "Unified Social Credit Code (USCC) 91222401MA0Y31E659 (China).",
            "uscc",
            "91222401MA0Y31E659",
            "cn",
        ),
        (
            "Legal Entity Number 253400WSS48YWMBUA688.",
            "lei",
            "253400WSS48YWMBUA688",
            "",
        ),
        ("SWIFT/BIC HAVICUHH.", "bic", "HAVICUHH", ""),
        ("D-U-N-S Number 542957624.", "duns", "542957624", ""),
        ("MMSI 572469210.", "mmsi", "572469210", ""),
        ("Aircraft Tail Number EP-MMH.", "tail_number", "EP-MMH", ""),
        (
            "Aircraft Manufacturer's Serial Number (MSN) 1023409321.",
            "serial_number",
            "1023409321",
            "",
        ),
        ("Vessel Registration Identification IMO 9187629.", "imo", "IMO 9187629", ""),
        ("Phone Number 982188526300.", "phone", "982188526300", ""),
        ("Telephone (98)(21)(66153220).", "phone", "(98)(21)(66153220)", ""),
        ("Email Address dam.d.free@net.sy.", "email", "dam.d.free@net.sy", ""),
        ("info@sanabel.org.uk (email).", "email", "info@sanabel.org.uk", ""),
        ("alt. Website www.hib.uk.com.", "website", "www.hib.uk.com", ""),
        ("www.manartv.com.", "website", "www.manartv.com", ""),
        ("Afghan Money Service Provider License Number 2377.", "other", "2377", ""),
    ],
)
def test_numbers_of_every_sort(text: str, type_: str, value: str, country: str) -> None:
    found = identifier(text)
    assert (found.type, found.value, found.country) == (type_, value, country)


def test_a_wallet_has_its_currency() -> None:
    address = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"
    found = identifier(f"alt. Digital Currency Address - XBT {address}.")
    assert (found.type, found.value, found.currency) == ("wallet", address, "XBT")


def test_a_place_in_brackets_that_is_no_country_is_noted() -> None:
    found = identifier("Matricula Mercantil No 01200175 (Bogota).")
    assert (found.value, found.country, found.note) == ("01200175", "", "Bogota")


def test_a_sentence_about_a_passport_is_no_number() -> None:
    facts, _ = read("Passport issued in Sarajevo, Bosnia-Herzegovina.")
    assert facts.identifiers == []


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        (
            "Secondary sanctions risk: North Korea Sanctions Regulations, sections "
            "510.201 and 510.210.",
            "secondary_sanctions_risk",
            "North Korea Sanctions Regulations, sections 510.201 and 510.210",
        ),
        (
            "Additional Sanctions Information - Subject to Secondary Sanctions.",
            "Additional Sanctions Information",
            "Subject to Secondary Sanctions",
        ),
        (
            "alt. Executive Order 13662 Directive Determination - Subject to "
            "Directive 4.",
            "Executive Order 13662 Directive Determination",
            "Subject to Directive 4",
        ),
        ("Listing Date (CMIC) 03 Jun 2021.", "Listing Date (CMIC)", "03 Jun 2021"),
        ("Aircraft Model Tu-134B-3.", "aircraft_model", "Tu-134B-3"),
        ("Target Type Government Entity.", "Target Type", "Government Entity"),
        (
            "Organization Established Date 2017.",
            "Organization Established Date",
            "2017",
        ),
    ],
)
def test_what_is_no_number_is_told_under_its_heading(
    text: str, key: str, value: str
) -> None:
    assert Detail(key, value, "s/remark-1") in read(text)[0].details


def test_former_flags_and_registration_are_countries() -> None:
    facts, _ = read(
        "Former Vessel Flag Malta; Nationality of Registration Korea, North.",
        Kind.VESSEL,
    )
    assert [(tie.role, tie.code) for tie in facts.countries] == [
        ("former_flag", "mt"),
        ("jurisdiction", "kp"),
    ]


def test_ties_to_others() -> None:
    facts, _ = read("wife of Slobodan Milosevic; Linked To: JAMMEH, Yahya.")
    assert facts.links == [
        Link("wife of", "Slobodan Milosevic", source="s/remark-1"),
        Link("Linked To", "JAMMEH, Yahya", source="s/remark-2"),
    ]


@pytest.mark.parametrize(
    ("remarks", "last"),
    [
        ("Linked To: HIZBALLAH.", "Linked To: HIZBALLAH"),
        ("Linked To: KPD S.A.", "Linked To: KPD S.A."),
        (
            "Linked To: GRUPO CINJAB, S.A. DE C.V.",
            "Linked To: GRUPO CINJAB, S.A. DE C.V.",
        ),
        ("Linked To: NEW AHMADI LTD.", "Linked To: NEW AHMADI LTD."),
        ("DOB 1962; POB Shati.", "POB Shati"),
    ],
)
def test_the_full_stop_of_the_remarks_is_told_from_that_of_a_name(
    remarks: str, last: str
) -> None:
    assert pieces(remarks)[-1] == last


def test_only_persons_have_parts_of_a_name() -> None:
    assert name_parts("PUTIN, Vladimir", Kind.PERSON) == (
        ("last", "PUTIN"),
        ("first", "Vladimir"),
    )
    assert name_parts("CECOEX, S.A.", Kind.ORGANIZATION) == ()


def test_an_endless_piece_is_text() -> None:
    facts, names = read(f"Passport {'(' * 1_000_000}1; a.k.a. 'X'.")
    assert facts.identifiers == []
    assert [name.text for name in names] == ["X"]


@given(st.text())
def test_no_remark_whatever_fails_and_each_is_kept(text: str) -> None:
    facts, _ = read(text)
    assert [d.value for d in facts.details if d.key == "remark"] == (
        [text] if text else []
    )
