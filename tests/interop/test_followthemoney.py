"""Entities are made up after the schema reference of FollowTheMoney."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.interop import ftm_schema as ftm
from clearway.interop.followthemoney import (
    entity_of,
    party_of,
    sanctions_of,
    to_followthemoney,
)
from clearway.model import (
    Address,
    Birth,
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
    Quality,
)
from clearway.model.codec import from_dict, to_dict

PUTIN: dict[str, Any] = {
    "id": "Q7747",
    "caption": "Vladimir Putin",
    "schema": "Person",
    "datasets": ["eu_fsf", "us_ofac_sdn"],
    "referents": ["ofac-35096"],
    "target": True,
    "first_seen": "2023-04-20T10:31:53",
    "properties": {
        "name": ["Владимир Путин", "Vladimir Putin"],
        "alias": ["Vladimir Vladimirovich PUTIN"],
        "weakAlias": ["VVP"],
        "previousName": ["Platov"],
        "firstName": ["Vladimir"],
        "lastName": ["Putin"],
        "birthDate": ["1952-10-07"],
        "birthPlace": ["Saint Petersburg"],
        "birthCountry": ["su"],
        "nationality": ["ru"],
        "country": ["ru", "suhh"],
        "innCode": ["781101237560"],
        "passportNumber": ["75 1234567"],
        "idNumber": ["400123"],
        "address": ["Kremlin, Moscow"],
        "gender": ["male"],
        "position": ["President of the Russian Federation"],
        "topics": ["sanction", "role.pep"],
        "notes": ["listed in 2022"],
        "sourceUrl": ["https://example.org/q7747"],
        "eyeColor": ["blue"],
        "programId": ["US-RUSHAR"],
    },
}


def _of(schema: str, **properties: list[str]) -> dict[str, Any]:
    return {"id": "x", "schema": schema, "properties": properties}


def test_a_person_has_its_names_with_the_caption_first() -> None:
    entity, problems = entity_of(PUTIN, list="peps")
    assert problems == ()
    assert (entity.id, entity.kind, entity.name) == (
        "ftm-Q7747",
        Kind.PERSON,
        "Vladimir Putin",
    )
    assert [(n.text, n.type, n.quality) for n in entity.names] == [
        ("Vladimir Putin", NameType.PRIMARY, Quality.STRONG),
        ("Владимир Путин", NameType.PRIMARY, Quality.STRONG),
        ("Vladimir Vladimirovich PUTIN", NameType.ALIAS, Quality.STRONG),
        ("Platov", NameType.FORMER, Quality.STRONG),
        ("VVP", NameType.ALIAS, Quality.WEAK),
    ]
    assert entity.names[0].source == "ftm/peps#Q7747/name"


def test_birth_countries_numbers_and_details_find_their_places() -> None:
    entity, _ = entity_of(PUTIN)
    (birth,) = entity.births
    assert (str(birth.date), birth.place, birth.country) == (
        "1952-10-07",
        "Saint Petersburg",
        "su",
    )
    told = [(c.code, c.role, c.text) for c in entity.countries]
    assert told == [("ru", "nationality", "ru"), ("ru", "", "ru"), ("", "", "suhh")]
    assert {(i.type, i.value) for i in entity.identifiers} == {
        ("inn", "781101237560"),
        ("passport", "75 1234567"),
        ("national_id", "400123"),
    }
    assert [a.text for a in entity.addresses] == ["Kremlin, Moscow"]
    details = {(d.key, d.value) for d in entity.details}
    assert details >= {
        ("gender", "male"),
        ("position", "President of the Russian Federation"),
        ("topics", "role.pep"),
        ("remark", "listed in 2022"),
        ("eyeColor", "blue"),
        ("datasets", "us_ofac_sdn"),
        ("referents", "ofac-35096"),
        ("first_seen", "2023-04-20T10:31:53"),
    }


def test_without_a_sanction_the_programme_makes_the_listing() -> None:
    entity, _ = entity_of(PUTIN, list="peps")
    assert entity.listings == (Listing("ftm", "peps", "Q7747", ("US-RUSHAR",)),)


def test_a_sanction_makes_the_listing_and_loses_nothing() -> None:
    sanction = _of(
        "Sanction",
        entity=["Q7747"],
        authority=["Office of Foreign Assets Control"],
        authorityId=["35096"],
        program=["RUSSIA-EO14024"],
        provisions=["Block"],
        startDate=["2022-02-25"],
        endDate=["2030"],
        modifiedAt=["2023-01-01"],
        reason=["Leader"],
        sourceUrl=["https://example.org/s"],
        status=["active"],
    )
    entity, problems = entity_of(PUTIN, list="sanctions", attached=(sanction,))
    assert problems == ()
    assert entity.listings == (
        Listing(
            "ftm",
            "sanctions",
            "35096",
            ("RUSSIA-EO14024",),
            ("Office of Foreign Assets Control", "Block"),
            PartialDate.parse("2022-02-25"),
            (PartialDate.parse("2023-01-01"),),
            PartialDate.parse("2030"),
            "Leader",
            "https://example.org/s",
        ),
    )
    details = {(d.key, d.value) for d in entity.details}
    assert details >= {("Sanction status", "active"), ("programId", "US-RUSHAR")}


def test_passports_addresses_and_wallets_told_elsewhere_are_joined() -> None:
    attached = (
        _of(
            "Passport",
            holder=["Q7747"],
            number=["75 7654321"],
            country=["ru"],
            startDate=["2015-01-02"],
            endDate=["2025-01-02"],
            authority=["FMS"],
        ),
        _of("Identification", holder=["Q7747"], type=["Tax ID"], number=["77"]),
        _of("Address", street=["Ilyinka 23"], city=["Moscow"], country=["ru"]),
        _of("CryptoWallet", holder=["Q7747"], publicKey=["1Boat"], currency=["XBT"]),
    )
    entity, problems = entity_of(PUTIN, attached=attached)
    assert problems == ()
    at = "ftm/ftm#Q7747/x"
    joined = [i for i in entity.identifiers if i.source == at]
    assert joined == [
        Identifier(
            "passport",
            "75 7654321",
            "Passport",
            "ru",
            PartialDate.parse("2015-01-02"),
            PartialDate.parse("2025-01-02"),
            source=at,
        ),
        Identifier("tax_id", "77", "Tax ID", source=at),
        Identifier("wallet", "1Boat", "publicKey", currency="XBT", source=at),
    ]
    assert Detail("Passport authority", "FMS", at) in entity.details
    assert entity.addresses[1] == Address(
        "Ilyinka 23, Moscow, ru",
        street="Ilyinka 23",
        city="Moscow",
        country="ru",
        country_text="ru",
        source=at,
    )


def test_ties_are_seen_from_this_end_and_name_the_other() -> None:
    owns = _of("Ownership", owner=["Q7747"], asset=["c1"], percentage=["50"])
    married = _of("Family", person=["p2"], relative=["Q7747"], relationship=["wife"])
    entity, _ = entity_of(
        PUTIN, attached=(owns, married), captions={"c1": "Some Company"}
    )
    at = "ftm/ftm#Q7747/x"
    assert entity.links == (
        Link("Ownership, owner", "Some Company", "ftm-c1", at),
        Link("Family, relative (wife)", "p2", "", at),
    )
    assert Detail("Ownership percentage", "50", at) in entity.details


def test_entities_nested_in_a_property_are_joined_too() -> None:
    sanction = {**_of("Sanction", authorityId=["9"], program=["P"]), "id": "s9"}
    address = {**_of("Address", full=["1 Road"]), "id": "a1"}
    data = _of("Company", name=["ACME"])
    data["properties"] |= {"sanctions": [sanction], "addressEntity": [address]}
    entity, _ = entity_of(data)
    assert [(row.record, row.programmes) for row in entity.listings] == [("9", ("P",))]
    assert [row.text for row in entity.addresses] == ["1 Road"]


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Person", Kind.PERSON),
        ("Organization", Kind.ORGANIZATION),
        ("Company", Kind.ORGANIZATION),
        ("PublicBody", Kind.ORGANIZATION),
        ("LegalEntity", Kind.ANY),
        ("Vessel", Kind.VESSEL),
        ("Airplane", Kind.AIRCRAFT),
        ("CryptoWallet", Kind.ANY),
    ],
)
def test_each_schema_of_a_party_has_its_kind(schema: str, kind: Kind) -> None:
    data = _of(schema, name=["X"])
    assert entity_of(data)[0].kind is party_of(data)[0].kind is kind


def test_vessels_aircraft_and_wallets_keep_their_numbers() -> None:
    ship = _of(
        "Vessel",
        name=["New Konk"],
        imoNumber=["9036387"],
        mmsi=["416000000"],
        callSign=["BXYZ"],
        flag=["kp"],
        pastFlags=["pa"],
        type=["Oil tanker"],
        owner=["c1"],
    )
    entity, _ = entity_of(ship)
    told = {(i.type, i.value) for i in entity.identifiers}
    assert told == {("imo", "9036387"), ("mmsi", "416000000"), ("call_sign", "BXYZ")}
    assert [(c.code, c.role) for c in entity.countries] == [
        ("kp", "flag"),
        ("pa", "former_flag"),
    ]
    assert Link("owner", "c1", source="ftm/ftm#x/owner") in entity.links
    assert ("vessel_type", "Oil tanker") in {(d.key, d.value) for d in entity.details}
    plane, _ = entity_of(_of("Airplane", name=["A"], registrationNumber=["EP-FAB"]))
    assert [i.type for i in plane.identifiers] == ["tail_number"]
    wallet, _ = entity_of(_of("CryptoWallet", publicKey=["1B"], currencySymbol=["XBT"]))
    assert wallet.name == "1B"
    assert [(i.type, i.currency) for i in wallet.identifiers] == [("wallet", "XBT")]


def test_a_name_in_parts_only_is_put_together() -> None:
    entity, _ = entity_of(
        _of(
            "Person", firstName=["Ivan"], fatherName=["Petrovich"], lastName=["Sidorov"]
        )
    )
    assert entity.name == "Ivan Petrovich Sidorov"
    assert dict(entity.names[0].parts) == {
        "first": "Ivan",
        "patronymic": "Petrovich",
        "last": "Sidorov",
    }


def test_of_several_births_none_is_joined_to_a_place() -> None:
    data = _of("Person", name=["X"], birthDate=["1952", "1953"], birthPlace=["Omsk"])
    births = entity_of(data)[0].births
    assert [(b.date.iso if b.date else "", b.place) for b in births] == [
        ("1952", ""),
        ("1953", ""),
        ("", "Omsk"),
    ]


def test_what_is_not_understood_is_a_problem_and_kept_as_text() -> None:
    data = _of("Spaceship", name=["X"], birthDate=["long ago"], deathDate=["never"])
    entity, problems = entity_of(data, file="a.json", position="line 3")
    assert [(p.code, p.text, p.file, p.position) for p in problems] == [
        ("unknown_schema", "Spaceship", "a.json", "line 3"),
        ("bad_date", "long ago", "a.json", "line 3"),
        ("bad_date", "never", "a.json", "line 3"),
    ]
    assert entity.kind is Kind.ANY
    assert entity.births[0].text == "long ago"
    assert "never" in {d.value for d in entity.details}


def test_an_entity_that_is_no_target_says_so() -> None:
    entity, _ = entity_of({**PUTIN, "target": False})
    assert ("target", "false") in {(d.key, d.value) for d in entity.details}


def test_country_words_are_read_by_the_reader_that_is_given() -> None:
    data = _of("Person", name=["X"], nationality=["Russia"])
    assert entity_of(data)[0].countries[0].code == ""
    read = {"Russia": "ru"}
    entity, _ = entity_of(data, code=lambda text: read.get(text, ""))
    assert entity.countries[0].code == "ru"


def test_a_query_becomes_a_party() -> None:
    party, problems = party_of(PUTIN)
    assert (party.name, party.kind) == ("Vladimir Putin", Kind.PERSON)
    assert party.aliases == (
        "Владимир Путин",
        "Vladimir Vladimirovich PUTIN",
        "Platov",
        "VVP",
    )
    assert (party.birth_date, party.birth_place) == ("1952-10-07", "Saint Petersburg")
    assert party.countries == ("ru", "suhh")
    assert ("inn", "781101237560") in party.identifiers
    assert (party.gender, party.address) == ("male", "Kremlin, Moscow")
    assert party.reference == "Q7747"
    assert {p.code for p in problems} == {"unused_property"}
    assert "eyeColor" in {p.position for p in problems}


def test_a_query_may_be_bare_and_its_second_birth_date_is_a_problem() -> None:
    query = {
        "schema": "Person",
        "properties": {"name": "Arkadii", "birthDate": ["1951", "1952"]},
    }
    party, problems = party_of(query)
    assert (party.name, party.birth_date, party.reference) == ("Arkadii", "1951", None)
    assert [(p.code, p.text) for p in problems] == [("more_than_one", "1952")]
    assert party_of({})[0].name == ""


LISTED = Entity(
    id="ofac-36",
    kind=Kind.PERSON,
    names=(
        Name("LENIN, Vladimir", parts=(("last", "LENIN"), ("first", "Vladimir"))),
        Name("Old Man", NameType.ALIAS, Quality.WEAK),
        Name("ULYANOV", NameType.FORMER),
    ),
    listings=(
        Listing(
            "ofac",
            "sdn",
            "36",
            ("CUBA",),
            ("E.O. 1",),
            PartialDate.parse("2022-02-25"),
            reasons="Leader",
        ),
    ),
    births=(Birth(PartialDate.parse("circa 1870"), "Simbirsk", "ru"),),
    countries=(Country("ru", "nationality"), Country("", "flag", "Atlantis")),
    addresses=(Address("Gorki", country="ru"),),
    identifiers=(
        Identifier("passport", "12", "Passport"),
        Identifier("other", "34", "Cartilla"),
    ),
    links=(Link("Linked To", "PRAVDA"),),
    details=(Detail("gender", "Male"), Detail("tribe", "none")),
)


def test_an_entity_of_ours_is_written_in_their_shape() -> None:
    assert to_followthemoney(LISTED) == {
        "id": "ofac-36",
        "caption": "LENIN, Vladimir",
        "schema": "Person",
        "properties": {
            "address": ["Gorki"],
            "birthCountry": ["ru"],
            "birthDate": ["1870"],
            "birthPlace": ["Simbirsk"],
            "country": ["ru"],
            "firstName": ["Vladimir"],
            "gender": ["Male"],
            "idNumber": ["34"],
            "lastName": ["LENIN"],
            "name": ["LENIN, Vladimir"],
            "nationality": ["ru"],
            "notes": ["tribe: none", "Linked To: PRAVDA"],
            "passportNumber": ["12"],
            "previousName": ["ULYANOV"],
            "programId": ["CUBA"],
            "weakAlias": ["Old Man"],
        },
        "datasets": ["ofac_sdn"],
        "referents": [],
        "target": True,
    }
    (sanction,) = sanctions_of(LISTED)
    assert sanction["properties"]["entity"] == ["ofac-36"]
    assert sanction["properties"]["listingDate"] == ["2022-02-25"]


def test_what_is_written_is_read_again() -> None:
    data = to_followthemoney(LISTED)
    entity, problems = entity_of(data, attached=tuple(sanctions_of(LISTED)))
    assert problems == ()
    assert {(n.text, n.type, n.quality) for n in entity.names} == {
        (n.text, n.type, n.quality) for n in LISTED.names
    }
    (listing,) = entity.listings
    assert (listing.programmes, listing.listed_on) == (
        LISTED.listings[0].programmes,
        LISTED.listings[0].listed_on,
    )


_TEXT = st.text(min_size=1, max_size=12)
_OTHERS = (
    *("birthDate", "birthPlace", "birthCountry", "deathDate", "address", "notes"),
    *("topics", "programId", "program", "parent", "position", "gender", "anythingElse"),
)
_KNOWN = (ftm.NAMES, ftm.NAME_PARTS, ftm.COUNTRIES, ftm.IDENTIFIERS, _OTHERS)
_PROPERTIES = st.dictionaries(
    st.sampled_from([prop for table in _KNOWN for prop in table]),
    st.lists(_TEXT, max_size=3),
)


@given(st.sampled_from([*ftm.PARTIES, "Other"]), _PROPERTIES)
def test_no_value_of_any_entity_is_lost(
    schema: str, properties: dict[str, list[str]]
) -> None:
    data = {"id": "x", "schema": schema, "properties": properties}
    entity, _ = entity_of(data)
    told = _texts(to_dict(entity))
    for found in properties.values():
        for text in filter(None, map(str.strip, found)):
            assert any(text.lower() in one.lower() for one in told), text
    assert from_dict(to_dict(entity)) == entity
    json.dumps(to_followthemoney(entity))
    party_of(data)


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [str(value)]
