"""Entries after the EU's consolidated list of 13 May 2024.

EU.3694.47 and EU.9443.81, cut shorter, with facts of other entries put in to show
more. Source: European Commission, Financial Sanctions Files (Decision 2011/833/EU).
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clearway.errors import ListUnreadable
from clearway.lists import eu_fsf
from clearway.lists.eu_fsf_record import (
    Birthdate,
    Identification,
    NameAlias,
    SanctionEntity,
    SubjectType,
)
from clearway.lists.eu_fsf_words import associates, is_ship, word_of
from clearway.lists.reader import File
from clearway.lists.reading import read
from clearway.model import (
    Birth,
    Country,
    Detail,
    Entity,
    Identifier,
    Kind,
    Link,
    NameType,
    PartialDate,
    Problem,
    Quality,
)
from clearway.model.codec import from_dict, to_dict
from clearway.names.countries import code

HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export"
    generationDate="2024-05-13T17:44:28.283+02:00" globalFileId="165424">
"""
TAIL = "</export>\n"
URL = "https://eur-lex.europa.eu/legal-content/EN/TXT/PDF/?uri=CELEX:"

LITVINOV = f"""
<sanctionEntity designationDate="2014-07-30" designationDetails="" unitedNationId=""
    euReferenceNumber="EU.3694.47" logicalId="7433">
  <regulation regulationType="amendment" organisationType="council"
      publicationDate="2020-03-13" entryIntoForceDate="2020-03-14"
      numberTitle="2020/398 (OJ L78)" programme="UKR" logicalId="124181">
    <publicationUrl>{URL}32020R0398</publicationUrl>
  </regulation>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias firstName="Борис" middleName="Алексеевич" lastName="ЛИТВИНОВ"
      wholeName="Борис Алексеевич ЛИТВИНОВ" function="" gender="M" title=""
      nameLanguage="RU" strong="true" regulationLanguage="en" logicalId="18047">
    <regulationSummary regulationType="amendment" publicationDate="2020-03-13"
        numberTitle="2020/398 (OJ L78)" publicationUrl="{URL}32020R0398"/>
  </nameAlias>
  <nameAlias firstName="Boris" middleName="Alekseevich" lastName="LITVINOV"
      wholeName="Boris  Alekseevich LITVINOV" gender="M" title=""
      function="Current leader of Communist Party of DNR."
      nameLanguage="" strong="true" regulationLanguage="en" logicalId="18046">
    <remark>Associated entity: Communist Party of DNR</remark>
    <regulationSummary regulationType="amendment" publicationDate="2020-03-13"
        numberTitle="2020/398 (OJ L78)" publicationUrl="{URL}32020R0398"/>
  </nameAlias>
  <birthdate circa="false" calendarType="GREGORIAN" city="Dzerzhynsk" zipCode=""
      birthdate="1954-01-13" dayOfMonth="13" monthOfYear="1" year="1954"
      region="Donetsk oblast" place="" countryIso2Code="UA"
      countryDescription="UKRAINE" regulationLanguage="en" logicalId="2326">
    <remark>Then USSR</remark>
    <regulationSummary regulationType="amendment" publicationDate="2021-04-12"
        numberTitle="2021/584 (OJ L124I)" publicationUrl="{URL}32021R0584"/>
  </birthdate>
  <citizenship region="" countryIso2Code="UA" countryDescription="UKRAINE"
      regulationLanguage="en" logicalId="9"/>
</sanctionEntity>
"""
NEW_KONK = """
<sanctionEntity designationDate="2022-12-12" designationDetails="" unitedNationId=""
    euReferenceNumber="EU.9443.81" logicalId="147503">
  <regulation regulationType="amendment" organisationType="council"
      publicationDate="2022-12-12" entryIntoForceDate="2022-12-12"
      numberTitle="2022/2429 (OJ L318I)" programme="PRK" logicalId="166796"/>
  <subjectType code="enterprise" classificationCode="E"/>
  <nameAlias wholeName="New Konk" strong="true" regulationLanguage="en"
      logicalId="147506">
    <remark>Type of ship: delivery vessel, oil tanker

Owner: New Konk Ocean International Company Limited</remark>
  </nameAlias>
  <address city="Karachi" street="Kitab Ghar, Darul Ifta Wal Irshad, Nazimbad No 4"
      poBox="" zipCode="" region="" place="" asAtListingTime="true"
      countryIso2Code="PK" countryDescription="PAKISTAN" regulationLanguage="en"
      logicalId="367">
    <remark>now closed</remark>
    <contactInfo key="PHONE" value="668 33 01; 0300- 820 91 99"/>
    <contactInfo key="FAX" value="662 38 14"/>
  </address>
  <address city="" street="" countryIso2Code="00" countryDescription="UNKNOWN"
      regulationLanguage="en" logicalId="368">
    <contactInfo key="WEB" value="www.example.kp"/>
  </address>
  <identification diplomatic="false" knownExpired="false" knownFalse="false"
      reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber=""
      nameOnDocument="" number="9036387" region="" identificationTypeCode="imo"
      identificationTypeDescription="IMO (vessel identification)"
      countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en"
      logicalId="147505"/>
</sanctionEntity>
"""


def _file(*entries: str, name: str = "fsf.xml") -> File:
    return File.of((HEAD + "".join(entries) + TAIL).encode(), name)


def _records(*entries: str) -> list[SanctionEntity | Problem]:
    return list(eu_fsf.records((_file(*entries),)))


def _entity(entry: str) -> tuple[Entity, tuple[Problem, ...]]:
    (record,) = _records(entry)
    assert isinstance(record, SanctionEntity)
    return eu_fsf.entity(record)


def _of(**told: object) -> tuple[Entity, tuple[Problem, ...]]:
    return eu_fsf.entity(
        SanctionEntity(
            euReferenceNumber="EU.1.1",
            subjectType=(SubjectType("person", "P"),),
            **told,  # type: ignore[arg-type]
        )
    )


def test_the_list_is_known_by_its_namespace_and_dated_by_its_generation() -> None:
    file = _file(LITVINOV)
    assert eu_fsf.recognises(file.head(), file.name)
    assert not eu_fsf.recognises(b"<export><other/></export>", "a.xml")
    told = eu_fsf.edition((file,))
    assert (told.publisher, told.list) == ("eu", "fsf")
    assert told.published == date(2024, 5, 13)


def test_a_person_has_names_as_published_with_language_and_parts() -> None:
    entity, problems = _entity(LITVINOV)
    assert problems == ()
    assert (entity.id, entity.kind) == ("eu-EU.3694.47", Kind.PERSON)
    russian, main = entity.names
    assert main.text == "Boris  Alekseevich LITVINOV"
    assert main.type is NameType.PRIMARY
    assert dict(main.parts)["last"] == "LITVINOV"
    assert main.source == "eu/fsf#EU.3694.47/nameAlias-18046"
    assert (russian.type, russian.language) == (NameType.ALIAS, "ru")
    assert entity.name == main.text


def test_birth_citizenship_and_position_carry_the_address_of_their_fact() -> None:
    entity, _ = _entity(LITVINOV)
    assert entity.births == (
        Birth(
            PartialDate.parse("1954-01-13"),
            "Dzerzhynsk, Donetsk oblast",
            "ua",
            source="eu/fsf#EU.3694.47/birthdate-2326",
        ),
    )
    at = "eu/fsf#EU.3694.47"
    assert Country("ua", "citizenship", "UKRAINE", f"{at}/citizenship-9") in (
        entity.countries
    )
    position = "Current leader of Communist Party of DNR."
    assert Detail("position", position, f"{at}/nameAlias-18046") in entity.details
    assert [d.value for d in entity.details if d.key == "gender"] == ["M"]


def test_the_day_of_listing_is_the_earliest_the_record_tells() -> None:
    (listing,) = _entity(LITVINOV)[0].listings
    assert listing.listed_on == PartialDate.parse("2014-07-30")
    assert [str(day) for day in listing.changed_on] == ["2020-03-13", "2021-04-12"]
    assert listing.programmes == ("UKR",)
    assert listing.legal_basis == ("2020/398 (OJ L78)", "2021/584 (OJ L124I)")
    assert listing.url == f"{URL}32020R0398"


def test_the_act_that_published_a_fact_is_kept_with_the_facts_it_published() -> None:
    entity, _ = _entity(LITVINOV)
    acts = [d.value for d in entity.details if d.key == "regulationSummary"]
    assert acts == [
        f"amendment, 2020/398 (OJ L78), 2020-03-13, {URL}32020R0398: "
        "nameAlias-18047, nameAlias-18046",
        f"amendment, 2021/584 (OJ L124I), 2021-04-12, {URL}32021R0584: birthdate-2326",
    ]


def test_associates_told_in_a_remark_are_links_and_the_remark_is_kept() -> None:
    entity, _ = _entity(LITVINOV)
    assert entity.links == (
        Link(
            "Associated entity",
            "Communist Party of DNR",
            source="eu/fsf#EU.3694.47/nameAlias-18046",
        ),
    )
    remarks = [d.value for d in entity.details if d.key == "remark"]
    assert "Associated entity: Communist Party of DNR" in remarks


def test_an_enterprise_with_the_imo_number_of_a_ship_is_a_vessel() -> None:
    entity, problems = _entity(NEW_KONK)
    assert problems == ()
    assert entity.kind is Kind.VESSEL
    assert is_ship("8514306")
    assert not is_ship("5342883")  # of the Chongchongang Shipping Company
    assert not is_ship("903638")


def test_an_address_gives_its_contacts_and_unknown_is_no_country() -> None:
    entity, _ = _entity(NEW_KONK)
    (address,) = entity.addresses
    assert address.text == (
        "Kitab Ghar, Darul Ifta Wal Irshad, Nazimbad No 4, Karachi, PAKISTAN"
    )
    assert (address.country, address.country_text) == ("pk", "PAKISTAN")
    assert address.note == "as at the time of listing; now closed"
    told = {(row.type, row.published_type, row.value) for row in entity.identifiers}
    assert told == {
        ("phone", "PHONE", "668 33 01; 0300- 820 91 99"),
        ("other", "FAX", "662 38 14"),
        ("website", "WEB", "www.example.kp"),
        ("imo", "IMO (vessel identification)", "9036387"),
    }


def test_an_entry_without_name_or_number_is_a_problem_with_its_line() -> None:
    bare = '<sanctionEntity euReferenceNumber="EU.1.1" logicalId="1"/>'
    nobody = '<sanctionEntity><nameAlias wholeName="X"/></sanctionEntity>'
    first, second, third = _records(bare, nobody, NEW_KONK)
    assert isinstance(first, Problem)
    assert first.code == "nameless_entry"
    assert first.position == "line 4, sanctionEntity EU.1.1"
    assert isinstance(second, Problem)
    assert second.code == "no_reference_number"
    assert isinstance(third, SanctionEntity)


def test_two_records_of_one_reference_number_are_one_entity() -> None:
    other = LITVINOV.replace('programme="UKR"', 'programme="TERR"')
    reading = read(eu_fsf.READER, (_file(LITVINOV, other),))
    assert (reading.census.records, len(reading.entities)) == (2, 1)
    listings = reading.entities["eu-EU.3694.47"].listings
    assert [listing.programmes for listing in listings] == [("UKR",), ("TERR",)]


def test_a_file_that_ends_early_is_unreadable_and_says_where() -> None:
    cut = File.of((HEAD + LITVINOV + NEW_KONK)[:-200].encode(), "cut.xml")
    with pytest.raises(ListUnreadable, match=r"cut\.xml: line \d+, column \d+"):
        list(eu_fsf.records((cut,)))
    with pytest.raises(ListUnreadable, match="not the EU's"):
        eu_fsf.edition((File.of(b"<sdnList/>"),))


@pytest.mark.parametrize(
    ("row", "expected", "text"),
    [
        (Birthdate(year="1965"), "1965", ""),
        (Birthdate(year="1965", monthOfYear="3"), "1965-03", ""),
        (Birthdate(year="1953", circa="true"), "circa 1953", ""),
        (Birthdate(yearRangeFrom="1953", yearRangeTo="1958"), "1953/1958", ""),
        (Birthdate(yearRangeTo="1980"), None, "1980"),
        (Birthdate(year="1343", calendarType="ISLAMIC"), None, "1343 (ISLAMIC)"),
        (
            Birthdate(
                birthdate="1982-04-19",
                dayOfMonth="24",
                monthOfYear="6",
                year="1402",
                calendarType="ISLAMIC",
            ),
            "1982-04-19",
            "",
        ),
        (Birthdate(year="1965", monthOfYear="13"), None, "1965-13"),
    ],
)
def test_a_date_of_birth_is_as_exact_as_published(
    row: Birthdate, expected: str | None, text: str
) -> None:
    entity, problems = _of(birthdate=(row,))
    (birth,) = entity.births
    assert (str(birth.date) if birth.date else None) == expected
    assert birth.text == text
    assert [problem.code for problem in problems] == (["bad_date"] if text else [])


@pytest.mark.parametrize(
    ("remark", "strong", "type_", "quality"),
    [
        ("good quality alias", "true", NameType.ALIAS, Quality.STRONG),
        ("Low quality alias", "true", NameType.ALIAS, Quality.WEAK),
        ("", "false", NameType.ALIAS, Quality.WEAK),
        ("formerly known as", "true", NameType.FORMER, Quality.STRONG),
        ("low quality alias; formerly listed a", "true", NameType.FORMER, Quality.WEAK),
        ("maiden name", "true", NameType.FORMER, Quality.STRONG),
    ],
)
def test_a_remark_tells_the_quality_and_the_type_of_an_alias(
    remark: str, strong: str, type_: NameType, quality: Quality
) -> None:
    main = NameAlias(wholeName="Main", strong="true")
    alias = NameAlias(wholeName="Other", strong=strong, remark=(remark,))
    _, other = _of(nameAlias=(main, alias))[0].names
    assert (other.type, other.quality) == (type_, quality)


def test_what_is_said_of_a_document_is_its_note() -> None:
    row = Identification(
        identificationTypeCode="drivinglicence",
        identificationTypeDescription="Driving licence",
        number="20645897",
        knownFalse="true",
        issuedBy="Bombay",
        issueDate="2000-07-17",
        validFrom="2000-07-18",
        validTo="2010-07-17",
        countryIso2Code="DK",
        countryDescription="DENMARK",
        remark=("made out to Ali Barkani",),
    )
    assert _of(identification=(row,))[0].identifiers == (
        Identifier(
            "other",
            "20645897",
            "Driving licence",
            "dk",
            PartialDate.parse("2000-07-17"),
            PartialDate.parse("2010-07-17"),
            note="known to be false; issued by Bombay; made out to Ali Barkani; "
            "valid from 2000-07-18",
            source="eu/fsf#EU.1.1/identification-",
        ),
    )


@pytest.mark.parametrize(
    ("wide", "remark", "expected"),
    [
        ("passport", "Tax ID", "passport"),
        ("regnumber", "", "registration"),
        ("regnumber", "Registration ID (OGRN no.)", "ogrn"),
        ("regnumber", "Tax Identification Number", "tax_id"),
        ("fiscalcode", "INN", "inn"),
        ("other", "KPP", "other"),
        ("other", "Military ID number", "other"),
        ("other", "National ID No.", "national_id"),
        ("other", "Passport number", "passport"),
        ("other", "", "other"),
        ("a code of tomorrow", "", "other"),
    ],
)
def test_a_wide_code_is_made_exact_by_its_remark(
    wide: str, remark: str, expected: str
) -> None:
    assert word_of(wide, (remark,)) == expected


def test_associates_end_where_another_heading_begins() -> None:
    remark = (
        "Place of registration: Iran.\nAssociated entities: \n"
        "Aerospace Industries Organization (AIO);\n– RIA Novosti.\n"
        "Principal place of business: Tehran\nnobody\n"
        "Associated individual: Valery Fadeyev; Date of birth: 1960"
    )
    assert list(associates(remark)) == [
        ("Associated entities", "Aerospace Industries Organization (AIO)"),
        ("Associated entities", "RIA Novosti"),
        ("Associated individual", "Valery Fadeyev"),
    ]


def test_what_the_schema_does_not_know_is_kept_under_its_path() -> None:
    entry = NEW_KONK.replace(
        "</sanctionEntity>", '<flag colour="red">of <b>tomorrow</b></flag>'
    ).replace('strong="true"', 'strong="true" tribe="none"')
    entity, _ = _entity(f"{entry}</sanctionEntity>")
    told = {(detail.key, detail.value) for detail in entity.details}
    assert told >= {
        ("flag/colour", "red"),
        ("flag", "of"),
        ("flag/b", "tomorrow"),
        ("nameAlias/tribe", "none"),
    }


@given(st.text(), st.text(), st.sampled_from(["P", "E", "", "X"]))
def test_any_name_and_remark_make_an_entity_that_survives_the_codec(
    name: str, remark: str, kind: str
) -> None:
    entity, _ = eu_fsf.entity(
        SanctionEntity(
            euReferenceNumber="EU.1.1",
            subjectType=(SubjectType("", kind),),
            nameAlias=(NameAlias(wholeName=name, remark=(remark,)),),
        )
    )
    assert from_dict(to_dict(entity)) == entity


# Attributes that need no place of their own: numbers of rows that are in the sources,
# what a code or a description says already, the parts of a date that is whole, and
# words that say nothing.
_ELSEWHERE = frozenset(
    {"identificationTypeCode", "code", "classificationCode", "strong", "circa"}
    | {"dayOfMonth", "monthOfYear", "calendarType", "countryIso2Code", "logicalId"}
    | {"diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer"}
    | {"asAtListingTime", "regulationLanguage"}
)
_NOTHING = frozenset({"UNKNOWN", "?"})


def _published(element: etree._Element) -> Iterator[tuple[str, str]]:
    for node in element.iter():
        for key, value in node.attrib.items():
            if key not in _ELSEWHERE and value not in _NOTHING and value.strip():
                yield f"{etree.QName(node).localname}.{key!s}", str(value)
        if node.text and node.text.strip():
            yield etree.QName(node).localname, str(node.text)


def _missing(element: etree._Element, entity: Entity) -> list[tuple[str, str]]:
    told = _squeezed(json.dumps(to_dict(entity), ensure_ascii=False))
    return [
        (where, text)
        for where, text in _published(element)
        if _squeezed(json.dumps(text, ensure_ascii=False)[1:-1]) not in told
        and not (where.endswith(".countryDescription") and f'"{code(text)}"' in told)
    ]


def _squeezed(text: str) -> str:
    return re.sub(r"(?:\\[nrt]|\s)+", " ", text).casefold()


def test_nothing_published_is_dropped_from_the_excerpts() -> None:
    root = etree.fromstring((HEAD + LITVINOV + NEW_KONK + TAIL).encode())
    for element, record in zip(root, _records(LITVINOV, NEW_KONK), strict=True):
        assert isinstance(record, SanctionEntity)
        assert _missing(element, eu_fsf.entity(record)[0]) == []


@pytest.mark.shared
def test_nothing_published_is_dropped_from_the_real_list(shared: Path) -> None:
    path = shared / "lists/eu/2024-05-13/20240513-FULL-1_1.xml"
    context = etree.iterparse(str(path), tag="{*}sanctionEntity", remove_comments=True)
    records = eu_fsf.records((File.at(path),))
    for (_, element), record in zip(context, records, strict=True):
        assert isinstance(record, SanctionEntity)
        entity, _ = eu_fsf.entity(record)
        missing = [row for row in _missing(element, entity) if row[1].strip()]
        assert missing == [], record.number
        assert record.other == ()
        element.clear()


@pytest.mark.shared
def test_the_real_list_is_read_whole(shared: Path) -> None:
    path = shared / "lists/eu/2024-05-13/20240513-FULL-1_1.xml"
    reading = read(eu_fsf.READER, (File.at(path),))
    census = reading.census
    assert (census.records, census.entities) == (4_811, 4_808)
    assert dict(census.kinds) == {"organization": 1_053, "person": 3_753, "vessel": 2}
    # 25,257 name elements; three pairs of records of one entity share some of them.
    assert 25_200 <= census.names <= 25_257
    assert Counter(problem.code for problem in reading.problems) == {"bad_date": 5}
    assert reading.edition.published == date(2024, 5, 13)
    for entity in reading.entities:
        assert sum(name.type is NameType.PRIMARY for name in entity.names) >= 1
        assert from_dict(to_dict(entity)) == entity
        assert entity.listings[0].listed_on
