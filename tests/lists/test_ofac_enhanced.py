"""Entities are of OFAC's non-SDN list of 10 January 2025, cut small.

It is a work of the United States government and in the public domain.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clearway.errors import ListUnreadable
from clearway.lists import ofac_enhanced, ofac_xml
from clearway.lists.ofac_enhanced_record import EnhancedEntity, Value
from clearway.lists.ofac_facts import is_identifier
from clearway.lists.ofac_xml_record import SdnEntry
from clearway.lists.reader import Edition, File
from clearway.model import (
    Address,
    Birth,
    Country,
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

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">
  <publicationInfo>
    <dataAsOf>2025-01-10T00:00:00</dataAsOf>
    <filters>
      <sanctionsLists>
        <sanctionsList refId="91512">Consolidated List</sanctionsList>
      </sanctionsLists>
    </filters>
  </publicationInfo>
  <referenceValues>
    <referenceValue refId="11171">
      <type>COUNTRY</type>
      <value>Russia</value>
      <isoCode>RU</isoCode>
    </referenceValue>
    <referenceValue refId="91021">
      <type>COUNTRY</type>
      <value>Palestinian</value>
      <isoCode>PS</isoCode>
    </referenceValue>
    <referenceValue refId="20107">
      <type>SCRIPT</type>
      <value>Cyrillic</value>
      <code>Cyrl</code>
      <isoCode>220</isoCode>
    </referenceValue>
    <referenceValue refId="20122">
      <type>SCRIPT</type>
      <value>Latin</value>
      <code>Latin</code>
      <isoCode>215</isoCode>
    </referenceValue>
  </referenceValues>
  <entities>
"""
TAIL = "</entities>\n</sanctionsData>\n"

BANK = """<entity id="17018">
  <generalInfo>
    <identityId>8762</identityId>
    <entityType refId="601">Entity</entityType>
    <remarks>All offices worldwide; for more information on directives, please visit the following link: http://www.treasury.gov/resource-center/sanctions/Programs/Pages/ukraine.aspx#directives</remarks>
  </generalInfo>
  <sanctionsLists>
    <sanctionsList refId="91507" id="14170" datePublished="2014-09-12">Sectoral Sanctions Identifications List</sanctionsList>
    <sanctionsList refId="91512" id="14600" datePublished="2014-10-10">Consolidated List</sanctionsList>
    <sanctionsList refId="1550" id="38781" datePublished="2022-04-06">SDN List</sanctionsList>
  </sanctionsLists>
  <sanctionsPrograms>
    <sanctionsProgram refId="91502" id="17796">UKRAINE-EO13662</sanctionsProgram>
    <sanctionsProgram refId="92042" id="37826">RUSSIA-EO14024</sanctionsProgram>
  </sanctionsPrograms>
  <sanctionsTypes>
    <sanctionsType refId="91505" id="3300">13662 Sectoral Directive 1</sanctionsType>
  </sanctionsTypes>
  <legalAuthorities>
    <legalAuthority refId="91503" id="3668">Executive Order 13662 (Ukraine)</legalAuthority>
    <legalAuthority refId="92049" id="24420">Executive Order 14024 (Russia)</legalAuthority>
  </legalAuthorities>
  <names>
    <name id="54949">
      <isPrimary>false</isPrimary>
      <aliasType refId="1400">A.K.A.</aliasType>
      <isLowQuality>false</isLowQuality>
      <translations>
        <translation id="50017">
          <isPrimary>true</isPrimary>
          <script refId="20122">Latin</script>
          <formattedLastName>PJSC SBERBANK</formattedLastName>
          <formattedFullName>PJSC SBERBANK</formattedFullName>
          <nameParts>
            <namePart id="92280">
              <type refId="1525">Entity Name</type>
              <value>PJSC Sberbank</value>
            </namePart>
          </nameParts>
        </translation>
        <translation id="50018">
          <isPrimary>false</isPrimary>
          <script refId="20107">Cyrillic</script>
          <formattedLastName>ПАО СБЕРБАНК</formattedLastName>
          <formattedFullName>ПАО СБЕРБАНК</formattedFullName>
          <nameParts>
            <namePart id="92281">
              <type refId="1525">Entity Name</type>
              <value>ПАО Сбербанк</value>
            </namePart>
          </nameParts>
        </translation>
      </translations>
    </name>
    <name id="26101">
      <isPrimary>true</isPrimary>
      <isLowQuality>false</isLowQuality>
      <translations>
        <translation id="19408">
          <isPrimary>true</isPrimary>
          <script refId="20122">Latin</script>
          <formattedLastName>PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA</formattedLastName>
          <formattedFullName>PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA</formattedFullName>
          <nameParts>
            <namePart id="36097">
              <type refId="1525">Entity Name</type>
              <value>PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA</value>
            </namePart>
          </nameParts>
        </translation>
      </translations>
    </name>
    <name id="26103">
      <isPrimary>false</isPrimary>
      <aliasType refId="1401">F.K.A.</aliasType>
      <isLowQuality>false</isLowQuality>
      <translations>
        <translation id="19410">
          <isPrimary>true</isPrimary>
          <script refId="20122">Latin</script>
          <formattedLastName>SBERBANK ROSSII OAO</formattedLastName>
          <formattedFullName>SBERBANK ROSSII OAO</formattedFullName>
          <nameParts>
            <namePart id="34543">
              <type refId="1525">Entity Name</type>
              <value>Sberbank Rossii OAO</value>
            </namePart>
          </nameParts>
        </translation>
      </translations>
    </name>
  </names>
  <addresses>
    <address id="52487">
      <country refId="11171">Russia</country>
      <translations>
        <translation id="45216">
          <isPrimary>false</isPrimary>
          <script refId="20107">Cyrillic</script>
          <addressParts>
            <addressPart id="70254">
              <type refId="1451">ADDRESS1</type>
              <value>ул. Вавилова, д. 19</value>
            </addressPart>
            <addressPart id="70255">
              <type refId="1454">CITY</type>
              <value>Москва</value>
            </addressPart>
            <addressPart id="70256">
              <type refId="1456">POSTAL CODE</type>
              <value>117312</value>
            </addressPart>
          </addressParts>
        </translation>
      </translations>
    </address>
  </addresses>
  <features>
    <feature id="46547">
      <type featureTypeId="14">Website</type>
      <versionId>44253</versionId>
      <value>www.sberbank.ru</value>
      <isPrimary>false</isPrimary>
      <reliability refId="1560">Confirmed</reliability>
      <comments>Russian Language website for the bank</comments>
    </feature>
    <feature id="16151">
      <type featureTypeId="204">Executive Order 13662 Directive Determination -</type>
      <versionId>15050</versionId>
      <value>Subject to Directive 1</value>
      <valueRefId>91521</valueRefId>
      <isPrimary>true</isPrimary>
      <reliability refId="1560">Confirmed</reliability>
    </feature>
    <feature id="46811">
      <type featureTypeId="951">Listing Date (EO 14024 Directive 2):</type>
      <versionId>44517</versionId>
      <value>24 Feb 2022</value>
      <valueDate id="21">
        <fromDateBegin>2022-02-24</fromDateBegin>
        <fromDateEnd>2022-02-24</fromDateEnd>
        <toDateBegin>2022-02-24</toDateBegin>
        <toDateEnd>2022-02-24</toDateEnd>
        <isApproximate>false</isApproximate>
        <isDateRange>false</isDateRange>
      </valueDate>
      <isPrimary>true</isPrimary>
    </feature>
  </features>
  <identityDocuments>
    <identityDocument id="24640">
      <type refId="1596">Tax ID No.</type>
      <name nameId="26101" nameTranslationId="19408">PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA</name>
      <documentNumber>7707083893</documentNumber>
      <isValid>true</isValid>
      <issuingAuthority>INN</issuingAuthority>
      <issuingLocation>Russia</issuingLocation>
      <issuingCountry refId="11171">Russia</issuingCountry>
    </identityDocument>
  </identityDocuments>
</entity>
"""  # noqa: E501  # as published
MAN = """<entity id="9647">
  <generalInfo>
    <identityId>1986</identityId>
    <entityType refId="600">Individual</entityType>
  </generalInfo>
  <sanctionsLists>
    <sanctionsList refId="91243" id="14332" datePublished="2006-04-12">Non-SDN Palestinian Legislative Council List</sanctionsList>
    <sanctionsList refId="91512" id="14500" datePublished="2014-10-10">Consolidated List</sanctionsList>
  </sanctionsLists>
  <sanctionsPrograms>
    <sanctionsProgram refId="91055" id="6279">NS-PLC</sanctionsProgram>
  </sanctionsPrograms>
  <sanctionsTypes>
    <sanctionsType refId="1706" id="3437">Reject</sanctionsType>
  </sanctionsTypes>
  <legalAuthorities>
    <legalAuthority refId="91262" id="3806">General License 4 Under EO 13224 (Terrorism)</legalAuthority>
  </legalAuthorities>
  <names>
    <name id="17185">
      <isPrimary>true</isPrimary>
      <isLowQuality>false</isLowQuality>
      <translations>
        <translation id="1986">
          <isPrimary>true</isPrimary>
          <script refId="20122">Latin</script>
          <formattedFirstName>Mahmoud Khaled</formattedFirstName>
          <formattedLastName>ZAHHAR</formattedLastName>
          <formattedFullName>ZAHHAR, Mahmoud Khaled</formattedFullName>
          <nameParts>
            <namePart id="38321">
              <type refId="1520">Last Name</type>
              <value>ZAHHAR</value>
            </namePart>
            <namePart id="38322">
              <type refId="1521">First Name</type>
              <value>Mahmoud Khaled</value>
            </namePart>
          </nameParts>
        </translation>
      </translations>
    </name>
    <name id="71277">
      <isPrimary>false</isPrimary>
      <aliasType refId="1400">A.K.A.</aliasType>
      <isLowQuality>true</isLowQuality>
      <translations>
        <translation id="69359">
          <isPrimary>true</isPrimary>
          <script refId="20122">Latin</script>
          <formattedFirstName>Mahmoud</formattedFirstName>
          <formattedLastName>AL-ZAHAR</formattedLastName>
          <formattedFullName>AL-ZAHAR, Mahmoud</formattedFullName>
          <nameParts>
            <namePart id="121776">
              <type refId="1520">Last Name</type>
              <value>al-Zahar</value>
            </namePart>
            <namePart id="121777">
              <type refId="1521">First Name</type>
              <value>Mahmoud</value>
            </namePart>
          </nameParts>
        </translation>
      </translations>
    </name>
  </names>
  <addresses>
    <address id="68713">
      <translations>
        <translation id="56616">
          <isPrimary>true</isPrimary>
          <script refId="20122">Latin</script>
        </translation>
      </translations>
    </address>
  </addresses>
  <features>
    <feature id="4708">
      <type featureTypeId="8">Birthdate</type>
      <versionId>1622</versionId>
      <value>1945</value>
      <valueDate id="764">
        <fromDateBegin>1945-01-01</fromDateBegin>
        <fromDateEnd>1945-01-01</fromDateEnd>
        <toDateBegin>1945-12-31</toDateBegin>
        <toDateEnd>1945-12-31</toDateEnd>
        <isApproximate>false</isApproximate>
        <isDateRange>false</isDateRange>
      </valueDate>
      <isPrimary>true</isPrimary>
    </feature>
    <feature id="66815">
      <type featureTypeId="9">Place of Birth</type>
      <versionId>64494</versionId>
      <value>Gaza Strip</value>
      <isPrimary>true</isPrimary>
    </feature>
    <feature id="66816">
      <type featureTypeId="224">Gender</type>
      <versionId>64495</versionId>
      <value>Male</value>
      <valueRefId>91526</valueRefId>
      <isPrimary>true</isPrimary>
    </feature>
    <feature id="66817">
      <type featureTypeId="10">Nationality Country</type>
      <versionId>64496</versionId>
      <value>Palestinian</value>
      <valueRefId>91021</valueRefId>
      <isPrimary>true</isPrimary>
    </feature>
  </features>
  <relationships>
    <relationship id="17928">
      <type refId="15002">Acting for or on behalf of</type>
      <relatedEntity entityId="4695">HAMAS</relatedEntity>
      <quality refId="1540">High</quality>
    </relationship>
  </relationships>
</entity>
"""  # noqa: E501  # as published
LIST = HEAD + BANK + MAN + TAIL


def file(text: str) -> list[File]:
    return [File.of(text.encode(), "test.xml")]


def read(text: str) -> list[EnhancedEntity]:
    rows = list(ofac_enhanced.records(file(text)))
    assert all(isinstance(row, EnhancedEntity) for row in rows)
    return [row for row in rows if isinstance(row, EnhancedEntity)]


def entity(text: str) -> Entity:
    (record,) = read(HEAD + text + TAIL)
    found, problems = ofac_enhanced.entity(record)
    assert problems == ()
    return found


def test_it_is_known_by_its_root_alone() -> None:
    assert ofac_enhanced.recognises(LIST.encode()[:500], "x")
    assert not ofac_enhanced.recognises(b"<sdnList>", "CONS_ENHANCED.XML")
    assert not ofac_xml.recognises(LIST.encode()[:500], "sdn.xml")


def test_an_edition_tells_its_list_by_its_filter() -> None:
    published = date(2025, 1, 10)
    told = ofac_enhanced.edition(file(LIST))
    assert told == Edition("ofac", "consolidated", published)
    sdn = ofac_enhanced.edition(file(LIST.replace(">Consolidated List", ">SDN List")))
    assert sdn == Edition("ofac", "sdn", published)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Consolidated List<", "CAPTA List<", r"a selection \(CAPTA List\)"),
        (
            "</sanctionsLists>\n    </filters>",
            "<sanctionsList>SDN List</sanctionsList></sanctionsLists></filters>",
            "Consolidated List, SDN List",
        ),
        (
            "</sanctionsLists>\n    </filters>",
            "</sanctionsLists><sanctionsPrograms><sanctionsProgram>CUBA"
            "</sanctionsProgram></sanctionsPrograms></filters>",
            "CUBA",
        ),
        ("2025-01-10T", "10 January T", "dataAsOf"),
        ("publicationInfo", "publication", "which of OFAC's lists"),
        ("sanctionsData", "sdnList", "ENHANCED"),
    ],
)
def test_an_excerpt_is_no_edition(old: str, new: str, message: str) -> None:
    with pytest.raises(ListUnreadable, match=message):
        ofac_enhanced.edition(file(LIST.replace(old, new)))


def test_a_record_is_the_entity_field_by_field() -> None:
    bank = read(LIST)[0]
    assert (bank.id, bank.list, bank.file) == ("17018", "consolidated", "test.xml")
    assert bank.generalInfo.identityId == "8762"
    assert bank.identityDocuments[0].issuingCountry == Value(
        "Russia", (("refId", "11171"),), "", "RU"
    )
    assert bank.names[0].translations[1].script.code == "Cyrl"
    assert bank.sanctionsLists[0].attribute("datePublished") == "2014-09-12"
    assert bank.other == ()


def test_an_original_spelling_is_a_name_in_its_script() -> None:
    bank = entity(BANK)
    assert (bank.id, bank.kind) == ("ofac-17018", Kind.ORGANIZATION)
    assert [(row.text, row.type, row.script) for row in bank.names] == [
        ("PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA", NameType.PRIMARY, "Latn"),
        ("PJSC SBERBANK", NameType.ALIAS, "Latn"),
        ("ПАО СБЕРБАНК", NameType.ALIAS, "Cyrl"),
        ("SBERBANK ROSSII OAO", NameType.FORMER, "Latn"),
    ]
    assert bank.names[0].parts == ()
    assert bank.names[2].parts == (("entity name", "ПАО Сбербанк"),)
    assert bank.names[2].source == "ofac/consolidated#17018/name-54949/50018"


def test_each_list_has_its_day_and_its_legal_basis() -> None:
    here, there = entity(BANK).listings
    assert (here.list, here.record) == ("consolidated", "17018")
    assert here.programmes == ("UKRAINE-EO13662", "RUSSIA-EO14024")
    assert here.legal_basis[0] == "Executive Order 13662 (Ukraine)"
    assert here.listed_on == PartialDate.parse("2014-10-10")
    assert (there.list, there.listed_on) == ("sdn", PartialDate.parse("2022-04-06"))


def test_parts_of_the_consolidated_list_are_details() -> None:
    told = {row.key: row.value for row in entity(BANK).details}
    assert told["Sectoral Sanctions Identifications List"] == "2014-09-12"
    assert told["Sanctions Type"] == "13662 Sectoral Directive 1"
    assert told["Executive Order 13662 Directive Determination"] == (
        "Subject to Directive 1"
    )
    assert told["Executive Order 13662 Directive Determination, note"] == (
        "reliability: Confirmed"
    )
    assert told["Listing Date (EO 14024 Directive 2)"] == "24 Feb 2022"


def test_identifiers_carry_country_and_notes() -> None:
    website, tax = entity(BANK).identifiers
    assert website.note == (
        "reliability: Confirmed; Russian Language website for the bank"
    )
    assert tax == Identifier(
        "tax_id",
        "7707083893",
        "Tax ID No.",
        country="ru",
        note="issued by: INN",
        source="ofac/consolidated#17018/id-24640",
    )


def test_an_address_in_its_own_script_says_so() -> None:
    assert entity(BANK).addresses == (
        Address(
            text="ул. Вавилова, д. 19, Москва, 117312, Russia",
            street="ул. Вавилова, д. 19",
            city="Москва",
            postal_code="117312",
            country="ru",
            country_text="Russia",
            note="Cyrillic",
            source="ofac/consolidated#17018/address-52487/45216",
        ),
    )


def test_a_person_with_parts_birth_and_weak_alias() -> None:
    man = entity(MAN)
    assert (man.id, man.kind) == ("ofac-9647", Kind.PERSON)
    assert man.names[0].parts == (("last", "ZAHHAR"), ("first", "Mahmoud Khaled"))
    assert man.names[1].quality is Quality.WEAK
    source = "ofac/consolidated#9647"
    assert man.births == (
        Birth(PartialDate.parse("1945"), source=f"{source}/feature-4708"),
        Birth(place="Gaza Strip", country="ps", source=f"{source}/feature-66815"),
    )
    assert man.countries == (
        Country("ps", "nationality", "Palestinian", f"{source}/feature-66817"),
    )
    assert man.addresses == ()


def test_a_tie_names_the_number_of_the_other_party() -> None:
    man = entity(MAN)
    assert man.links == (
        Link(
            "Acting for or on behalf of",
            "HAMAS",
            "ofac-4695",
            "ofac/consolidated#9647/relationship-17928",
        ),
    )
    told = {row.key: row.value for row in man.details}
    assert told["Acting for or on behalf of, note"] == "HAMAS: quality: High"


def test_an_approximate_date_is_circa_and_spans_what_the_file_says() -> None:
    text = MAN.replace("<value>1945", "<value>circa 1945-1946").replace(
        "<isApproximate>false", "<isApproximate>true"
    )
    born = entity(text.replace("1945-12-31", "1946-12-31")).births[0].date
    assert born == PartialDate(
        date(1945, 1, 1), date(1946, 12, 31), True, "circa 1945-1946"
    )


def test_a_date_its_words_do_not_say_stands_beside_them() -> None:
    text = BANK.replace("<value>24 Feb 2022", "<value>in winter")
    told = {row.key: row.value for row in entity(text).details}
    assert told["Listing Date (EO 14024 Directive 2)"] == "in winter"
    assert told["Listing Date (EO 14024 Directive 2), note"] == "date: 2022-02-24"


@pytest.mark.parametrize(
    ("heading", "value", "word"),
    [
        ("Digital Currency Address - ETH", "0x098B716B8Aaf2151", "wallet"),
        ("Vessel Call Sign", "9HED9", "call_sign"),
        ("Email Address", "info@sberbank.ru", "email"),
    ],
)
def test_a_feature_may_be_an_identifier(heading: str, value: str, word: str) -> None:
    text = MAN.replace(">Gender<", f">{heading}<").replace(">Male<", f">{value}<")
    (found,) = entity(text).identifiers
    assert (found.type, found.value, found.published_type) == (word, value, heading)


def test_a_script_without_a_code_is_kept_and_reported() -> None:
    (record,) = read(HEAD + BANK.replace('20107">Cyrillic', '1">Runes') + TAIL)
    found, problems = ofac_enhanced.entity(record)
    assert found.names[2].script == ""
    assert [(one.code, one.text) for one in problems] == [("unknown_script", "Runes")]
    assert "Runes" in [row.value for row in found.details]


def test_a_field_nobody_knew_of_is_kept_under_its_path() -> None:
    novel = (
        MAN.replace("<quality", '<since day="1">2001</since><quality')
        .replace('<entity id="9647"', '<entity id="9647" risk="high"')
        .replace("<isLowQuality>true", '<isLowQuality why="slang">true')
    )
    found = {row.key: row.value for row in entity(novel).details}
    assert found["relationships/since"] == "2001"
    assert found["relationships/since@day"] == "1"
    assert found["@risk"] == "high"
    assert found["names/isLowQuality@why"] == "slang"


def test_an_entity_without_number_or_name_is_a_problem() -> None:
    numberless = BANK.replace(' id="17018"', "")
    nameless = MAN.replace("translations>", "spellings>")
    rows = list(ofac_enhanced.records(file(HEAD + numberless + nameless + TAIL)))
    problems = [row for row in rows if isinstance(row, Problem)]
    assert [(one.code, one.file) for one in problems] == [
        ("no_uid", "test.xml"),
        ("nameless_entry", "test.xml"),
    ]
    assert "Entity" in problems[0].text
    assert problems[1].position.endswith("entity 9647")


@given(st.integers(min_value=0, max_value=len(LIST.encode()) - len(TAIL)))
def test_a_list_cut_anywhere_is_refused_not_shortened(size: int) -> None:
    with pytest.raises(ListUnreadable):
        list(ofac_enhanced.records([File.of(LIST.encode()[:size])]))


# Numbers of rows and of reference values, and what has another form in an entity:
# order, type, quality, script and kind.
ROW_NUMBERS = {
    *("refId", "featureTypeId", "versionId", "valueRefId"),
    *("nameId", "nameTranslationId", "nameParts", "namePart", "addressPart"),
    *("sanctionsList", "sanctionsProgram", "sanctionsType", "legalAuthority"),
    *("valueDate", "address", "translation"),
}
TOLD_OTHERWISE = {"isPrimary", "isLowQuality", "aliasType", "script", "entityType"}
DAYS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
DATES = {*DAYS, "isApproximate", "isDateRange"}


def said(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Each text and attribute of an element, under its own name."""
    for row in element.iter():
        tag = etree.QName(row).localname
        for name, value in row.attrib.items():
            yield (tag if name == "id" else str(name)), str(value)
        if (row.text or "").strip():
            parent = row.getparent()
            whose = etree.QName(parent).localname if parent is not None else ""
            text = " ".join((row.text or "").split())
            yield (f"{whose}/type" if tag == "type" else tag), text


def missing(element: etree._Element, found: Entity) -> list[tuple[str, str]]:
    """What an element says and the entity does not."""
    blob = " ".join(json.dumps(to_dict(found), ensure_ascii=False).split())
    blob = blob.replace('\\"', '"').replace("\\\\", "\\").casefold()
    lost = []
    for tag, text in said(element):
        if tag in ROW_NUMBERS | TOLD_OTHERWISE | DATES or text.casefold() in blob:
            continue
        if tag == "feature/type" and not is_identifier(text):
            continue  # under a heading or in a role of ours
        if tag in ("namePart/type", "addressPart/type"):
            continue  # a field of its own
        if tag == "feature/type" and text in ("Birthdate", "Place of Birth"):
            continue
        if (tag, text) == ("isValid", "true"):
            continue
        if tag == "issuingCountry" or tag == "issuingLocation":
            continue  # compared below
        lost.append((tag, text))
    lost += [
        ("valueDate", feature.findtext("{*}value") or "")
        for feature in element.iter("{*}feature")
        if not dates_told(feature, blob)
    ]
    documents = element.findall("{*}identityDocuments/{*}identityDocument")
    countries = {row.source.rpartition("-")[2]: row for row in found.identifiers}
    for document in documents:
        words = document.findtext("{*}issuingCountry")
        row = countries[document.get("id", "")]
        if words and not row.country and words not in row.note:
            lost.append(("issuingCountry", words))
    return lost


def dates_told(feature: etree._Element, blob: str) -> bool:
    """Whether the days of a date are in the entity, or said by its words."""
    told = feature.find("{*}valueDate")
    if told is None:
        return True
    first, _, _, last = (told.findtext(f"{{*}}{day}") or "" for day in DAYS)
    if first in blob and last in blob:
        return True
    words = PartialDate.parse(feature.findtext("{*}value") or "")
    return (words.earliest.isoformat(), words.latest.isoformat()) == (first, last)


def test_nothing_published_is_dropped() -> None:
    elements = etree.fromstring(LIST.encode()).findall("{*}entities/{*}entity")
    for element, record in zip(elements, read(LIST), strict=True):
        found, problems = ofac_enhanced.entity(record)
        assert (missing(element, found), problems) == ([], ())
        assert from_dict(to_dict(found)) == found


@pytest.mark.shared
def test_the_real_list_is_read_whole(shared: Path) -> None:
    path = shared / "lists/ofac_enhanced/2025-01-10/CONS_ENHANCED.XML"
    files = [File.at(path)]
    assert ofac_enhanced.edition(files) == Edition(
        "ofac", "consolidated", date(2025, 1, 10)
    )
    elements = etree.parse(str(path)).getroot().findall("{*}entities/{*}entity")
    rows = list(ofac_enhanced.records(files))
    assert len(rows) == 443
    scripts = set()
    for element, record in zip(elements, rows, strict=True):
        assert isinstance(record, EnhancedEntity)
        found, problems = ofac_enhanced.entity(record)
        assert (missing(element, found), problems, record.other) == ([], (), ())
        scripts |= {name.script for name in found.names}
    assert scripts == {"Latn", "Cyrl", "Hans", "Hant"}


@pytest.mark.shared
def test_both_xml_formats_give_a_party_the_same_id_and_name(shared: Path) -> None:
    enhanced = shared / "lists/ofac_enhanced/2025-01-10/CONS_ENHANCED.XML"
    plain = shared / "lists/ofac/2024-05-07/consolidated.xml"
    now = {
        row.id: {
            one.formattedFullName for name in row.names for one in name.translations
        }
        for row in ofac_enhanced.records([File.at(enhanced)])
        if isinstance(row, EnhancedEntity)
    }
    before = {
        row.uid: f"{row.lastName}, {row.firstName}" if row.firstName else row.lastName
        for row in ofac_xml.records([File.at(plain)])
        if isinstance(row, SdnEntry)
    }
    both = now.keys() & before.keys()
    assert len(both) == 442
    # OFAC mended one spelling between May 2024 and January 2025.
    assert {uid for uid in both if before[uid] not in now[uid]} == {"23562"}
