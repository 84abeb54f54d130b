"""Entries are of OFAC's SDN list of 7 May 2024 and its non-SDN list of 6 May 2024.

Both are works of the United States government and in the public domain.
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
from clearway.lists import ofac_xml
from clearway.lists.ofac_facts import country_code, is_identifier
from clearway.lists.ofac_xml_record import SdnAka, SdnEntry, SdnId
from clearway.lists.reader import Edition, File
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
    NameType,
    PartialDate,
    Problem,
    Quality,
)
from clearway.model.codec import from_dict, to_dict

NAMESPACE = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
)
HEAD = f"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{NAMESPACE}">
  <publshInformation>
    <Publish_Date>05/07/2024</Publish_Date>
    <Record_Count>4</Record_Count>
  </publshInformation>
"""
TAIL = "</sdnList>\n"

BANK = """<sdnEntry>
    <uid>306</uid>
    <lastName>BANCO NACIONAL DE CUBA</lastName>
    <sdnType>Entity</sdnType>
    <programList>
      <program>CUBA</program>
    </programList>
    <akaList>
      <aka>
        <uid>219</uid>
        <type>a.k.a.</type>
        <category>weak</category>
        <lastName>BNC</lastName>
      </aka>
      <aka>
        <uid>220</uid>
        <type>a.k.a.</type>
        <category>strong</category>
        <lastName>NATIONAL BANK OF CUBA</lastName>
      </aka>
    </akaList>
    <addressList>
      <address>
        <uid>201</uid>
        <address1>Dai-Ichi Bldg. 6th Floor, 10-2 Nihombashi, 2-chome, Chuo-ku</address1>
        <city>Tokyo</city>
        <postalCode>103</postalCode>
        <country>Japan</country>
      </address>
      <address>
        <uid>202</uid>
        <address1>Federico Boyd Avenue &amp; 51 Street</address1>
        <city>Panama City</city>
        <country>Panama</country>
      </address>
    </addressList>
  </sdnEntry>
"""
MAN = """<sdnEntry>
    <uid>21406</uid>
    <firstName>Ahmad</firstName>
    <lastName>HASAN YUSUF</lastName>
    <sdnType>Individual</sdnType>
    <programList>
      <program>SDGT</program>
    </programList>
    <idList>
      <id>
        <uid>122281</uid>
        <idType>Gender</idType>
        <idNumber>Male</idNumber>
      </id>
    </idList>
    <akaList>
      <aka>
        <uid>34008</uid>
        <type>a.k.a.</type>
        <category>weak</category>
        <lastName>ABU-MARYAM</lastName>
      </aka>
      <aka>
        <uid>34009</uid>
        <type>a.k.a.</type>
        <category>strong</category>
        <lastName>HASSAN NASIR AL ZUBAYDI</lastName>
        <firstName>Sajjad</firstName>
      </aka>
    </akaList>
    <addressList>
      <address>
        <uid>32573</uid>
        <country>Iran</country>
      </address>
    </addressList>
    <dateOfBirthList>
      <dateOfBirthItem>
        <uid>22279</uid>
        <dateOfBirth>07 Jan 1986</dateOfBirth>
        <mainEntry>false</mainEntry>
      </dateOfBirthItem>
      <dateOfBirthItem>
        <uid>22296</uid>
        <dateOfBirth>17 Mar 1986</dateOfBirth>
        <mainEntry>true</mainEntry>
      </dateOfBirthItem>
    </dateOfBirthList>
    <placeOfBirthList>
      <placeOfBirthItem>
        <uid>22280</uid>
        <placeOfBirth>Baghdad, Iraq</placeOfBirth>
        <mainEntry>false</mainEntry>
      </placeOfBirthItem>
      <placeOfBirthItem>
        <uid>22297</uid>
        <placeOfBirth>Sitra, Bahrain</placeOfBirth>
        <mainEntry>true</mainEntry>
      </placeOfBirthItem>
    </placeOfBirthList>
  </sdnEntry>
"""
TANKER = """<sdnEntry>
    <uid>15048</uid>
    <lastName>DOWNY</lastName>
    <sdnType>Vessel</sdnType>
    <remarks>(Linked To: NATIONAL IRANIAN TANKER COMPANY)</remarks>
    <programList>
      <program>IRAN</program>
    </programList>
    <idList>
      <id>
        <uid>8057</uid>
        <idType>Vessel Registration Identification</idType>
        <idNumber>IMO 9218480</idNumber>
      </id>
      <id>
        <uid>8126</uid>
        <idType>MMSI</idType>
        <idNumber>256861000</idNumber>
      </id>
      <id>
        <uid>113480</uid>
        <idType>Former Vessel Flag</idType>
        <idNumber>Malta</idNumber>
      </id>
      <id>
        <uid>119316</uid>
        <idType>Additional Sanctions Information -</idType>
        <idNumber>Subject to Secondary Sanctions</idNumber>
      </id>
    </idList>
    <akaList>
      <aka>
        <uid>40668</uid>
        <type>f.k.a.</type>
        <category>strong</category>
        <lastName>DENA</lastName>
      </aka>
    </akaList>
    <vesselInfo>
      <callSign>9HED9</callSign>
      <vesselType>Crude Oil Tanker</vesselType>
      <vesselFlag>Iran</vesselFlag>
      <tonnage>296894</tonnage>
      <grossRegisteredTonnage>160576</grossRegisteredTonnage>
    </vesselInfo>
  </sdnEntry>
"""
TRADER = """<sdnEntry>
    <uid>43085</uid>
    <firstName>John Desmond</firstName>
    <lastName>HANAFIN</lastName>
    <sdnType>Individual</sdnType>
    <remarks>(Linked To: HURIYA PRIVATE FZE LLE)</remarks>
    <programList>
      <program>RUSSIA-EO14024</program>
    </programList>
    <idList>
      <id>
        <uid>32909</uid>
        <idType>Passport</idType>
        <idNumber>LT8338945</idNumber>
        <idCountry>Ireland</idCountry>
      </id>
      <id>
        <uid>162654</uid>
        <idType>Digital Currency Address - USDT</idType>
        <idNumber>0x38735f03b30FbC022DdD06ABED01F0Ca823C6a94</idNumber>
      </id>
    </idList>
    <nationalityList>
      <nationality>
        <uid>62652</uid>
        <country>Ireland</country>
        <mainEntry>true</mainEntry>
      </nationality>
    </nationalityList>
    <dateOfBirthList>
      <dateOfBirthItem>
        <uid>62651</uid>
        <dateOfBirth>10 Jul 1974</dateOfBirth>
        <mainEntry>true</mainEntry>
      </dateOfBirthItem>
    </dateOfBirthList>
  </sdnEntry>
"""
DJI = """<sdnEntry>
    <uid>33111</uid>
    <lastName>SZ DJI TECHNOLOGY CO., LTD.</lastName>
    <sdnType>Entity</sdnType>
    <programList>
      <program>CMIC-EO13959</program>
    </programList>
    <idList>
      <id>
        <uid>22773</uid>
        <idType>Unified Social Credit Code (USCC)</idType>
        <idNumber>914403007954257495</idNumber>
        <idCountry>China</idCountry>
      </id>
      <id>
        <uid>145569</uid>
        <idType>Listing Date (CMIC)</idType>
        <idNumber>16 Dec 2021</idNumber>
      </id>
    </idList>
  </sdnEntry>
"""
# Cut to what tells its list: the same entry is published on both.
SBERBANK = """<sdnEntry>
    <uid>17018</uid>
    <lastName>PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA</lastName>
    <sdnType>Entity</sdnType>
    <programList>
      <program>RUSSIA-EO14024</program>
      <program>UKRAINE-EO13662</program>
    </programList>
    <idList>
      <id>
        <uid>16151</uid>
        <idType>Executive Order 13662 Directive Determination -</idType>
        <idNumber>Subject to Directive 1</idNumber>
      </id>
      <id>
        <uid>46813</uid>
        <idType>Listing Date (EO 14024 Directive 3):</idType>
        <idNumber>24 Feb 2022</idNumber>
      </id>
    </idList>
  </sdnEntry>
"""
SDN = HEAD + BANK + MAN + TANKER + TRADER + TAIL
NON_SDN = HEAD + DJI + SBERBANK + TAIL


def file(text: str, name: str = "test.xml") -> list[File]:
    return [File.of(text.encode(), name)]


def entries(text: str) -> list[SdnEntry]:
    rows = list(ofac_xml.records(file(text)))
    assert all(isinstance(row, SdnEntry) for row in rows)
    return [row for row in rows if isinstance(row, SdnEntry)]


def entity(text: str) -> Entity:
    """The one entity of an entry on the SDN list."""
    (record,) = entries(HEAD + text + TAIL)
    found, problems = ofac_xml.entity(record)
    assert problems == ()
    return found


def test_it_is_known_by_its_root_alone() -> None:
    head = SDN.encode()[:500]
    assert ofac_xml.recognises(head, "list.txt")
    older = b'<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd">'
    assert ofac_xml.recognises(older, "sdn.xml")
    assert not ofac_xml.recognises(b"<sanctionsData>", "sdn.xml")
    assert not ofac_xml.recognises(b'36,"AEROCARIBBEAN AIRLINES"', "sdn.csv")


def test_an_edition_tells_list_day_and_number_of_entries() -> None:
    told = ofac_xml.edition(file(SDN))
    assert told == Edition("ofac", "sdn", date(2024, 5, 7), 4)


def test_the_misspelt_element_may_be_mended() -> None:
    mended = SDN.replace("publshInformation", "publishInformation")
    assert ofac_xml.edition(file(mended)) == ofac_xml.edition(file(SDN))


def test_another_document_is_no_edition() -> None:
    with pytest.raises(ListUnreadable, match="sdnList"):
        ofac_xml.edition(file("<CONSOLIDATED_LIST/>"))


def test_a_day_of_publication_that_is_none_is_refused() -> None:
    with pytest.raises(ListUnreadable, match="line 3: publication not readable"):
        ofac_xml.edition(file(SDN.replace("05/07/2024", "soon")))


@pytest.mark.parametrize("name", ["sdn.xml", "consolidated.xml", "x"])
def test_the_list_is_told_by_its_entries_whatever_the_name(name: str) -> None:
    assert ofac_xml.edition(file(SDN, name)).list == "sdn"
    assert ofac_xml.edition(file(NON_SDN, name)).list == "consolidated"


def test_an_entry_on_both_lists_makes_no_list_by_itself() -> None:
    assert ofac_xml.edition(file(HEAD + BANK + MAN + SBERBANK + TAIL)).list == "sdn"


def test_only_where_entries_settle_nothing_the_name_does() -> None:
    for text in (HEAD + TAIL, HEAD + BANK + SBERBANK + TAIL):
        assert ofac_xml.edition(file(text, "CONSOLIDATED.XML")).list == "consolidated"
        assert ofac_xml.edition(file(text, "SDN.XML")).list == "sdn"


@pytest.mark.parametrize(
    ("programme", "heading", "non_sdn"),
    [
        ("NS-PLC", "", True),
        ("FSE-IR", "", True),
        ("561-Related", "", True),
        ("CMIC-EO13959", "", True),
        ("UKRAINE-EO13662", "Executive Order 13662 Directive Determination -", True),
        ("RUSSIA-EO14024", "Executive Order 14024 Directive Information", True),
        ("BURMA-EO14014", "Executive Order 14014 Directive Information:", True),
        ("CAATSA - RUSSIA", "CAATSA Section 235 Information:", True),
        ("RUSSIA-EO14024", "Tax ID No.", False),
        ("BPI-RUSSIA-EO14024", "", False),
        ("CAATSA - RUSSIA", "", False),
        ("SDGT", "Secondary sanctions risk:", False),
    ],
)
def test_an_entry_shows_that_it_is_not_an_sdn(
    programme: str, heading: str, non_sdn: bool
) -> None:
    ids = (SdnId("1", heading, "x"),) if heading else ()
    entry = SdnEntry("1", "", programList=(programme,), idList=ids)
    assert ofac_xml.is_non_sdn(entry) is non_sdn


def test_a_record_is_the_entry_field_by_field() -> None:
    bank = entries(SDN)[0]
    assert (bank.uid, bank.list, bank.file) == ("306", "sdn", "test.xml")
    assert bank.lastName == "BANCO NACIONAL DE CUBA"
    assert bank.programList == ("CUBA",)
    assert bank.akaList[0] == SdnAka("219", "a.k.a.", "weak", "BNC", "")


def test_a_list_without_namespace_reads_alike() -> None:
    bare = SDN.replace(f' xmlns="{NAMESPACE}"', "")
    assert entries(bare) == entries(SDN)


def test_a_bank_with_its_weak_alias_and_addresses() -> None:
    bank = entity(BANK)
    assert (bank.id, bank.kind) == ("ofac-306", Kind.ORGANIZATION)
    assert bank.name == "BANCO NACIONAL DE CUBA"
    assert bank.names[1].quality is Quality.WEAK
    assert bank.names[1].type is NameType.ALIAS
    assert bank.names[2].source == "ofac/sdn#306/aka-220"
    assert bank.listings == (Listing("ofac", "sdn", "306", ("CUBA",)),)
    assert bank.addresses[1] == Address(
        text="Federico Boyd Avenue & 51 Street, Panama City, Panama",
        street="Federico Boyd Avenue & 51 Street",
        city="Panama City",
        country="pa",
        country_text="Panama",
        source="ofac/sdn#306/address-202",
    )


def test_a_person_has_parts_of_a_name_and_births_the_main_one_first() -> None:
    man = entity(MAN)
    assert man.kind is Kind.PERSON
    assert man.name == "HASAN YUSUF, Ahmad"
    assert man.names[0].parts == (("last", "HASAN YUSUF"), ("first", "Ahmad"))
    assert man.names[1].parts == ()
    source = "ofac/sdn#21406"
    assert man.births == (
        Birth(PartialDate.parse("17 Mar 1986"), source=f"{source}/dateOfBirth-22296"),
        Birth(PartialDate.parse("07 Jan 1986"), source=f"{source}/dateOfBirth-22279"),
        Birth(
            place="Sitra, Bahrain", country="bh", source=f"{source}/placeOfBirth-22297"
        ),
        Birth(
            place="Baghdad, Iraq", country="iq", source=f"{source}/placeOfBirth-22280"
        ),
    )
    assert man.details == (Detail("gender", "Male", f"{source}/id-122281"),)
    assert man.addresses[0].text == "Iran"


def test_a_vessel_has_flags_and_numbers_and_who_it_is_linked_to() -> None:
    tanker = entity(TANKER)
    assert tanker.kind is Kind.VESSEL
    assert tanker.names[1].type is NameType.FORMER
    assert [(row.type, row.value) for row in tanker.identifiers] == [
        ("imo", "IMO 9218480"),
        ("mmsi", "256861000"),
        ("call_sign", "9HED9"),
    ]
    assert [(row.code, row.role) for row in tanker.countries] == [
        ("mt", "former_flag"),
        ("ir", "flag"),
    ]
    assert tanker.links == (
        Link("Linked To", "NATIONAL IRANIAN TANKER COMPANY", source="ofac/sdn#15048"),
    )
    assert [(row.key, row.value) for row in tanker.details] == [
        ("Additional Sanctions Information", "Subject to Secondary Sanctions"),
        ("vessel_type", "Crude Oil Tanker"),
        ("tonnage", "296894"),
        ("gross_registered_tonnage", "160576"),
        ("remark", "(Linked To: NATIONAL IRANIAN TANKER COMPANY)"),
    ]


def test_a_passport_a_wallet_and_a_nationality() -> None:
    trader = entity(TRADER)
    assert trader.identifiers == (
        Identifier(
            "passport",
            "LT8338945",
            "Passport",
            country="ie",
            source="ofac/sdn#43085/id-32909",
        ),
        Identifier(
            "wallet",
            "0x38735f03b30FbC022DdD06ABED01F0Ca823C6a94",
            "Digital Currency Address - USDT",
            currency="USDT",
            source="ofac/sdn#43085/id-162654",
        ),
    )
    assert trader.countries == (
        Country("ie", "nationality", "Ireland", "ofac/sdn#43085/nationality-62652"),
    )


def test_the_day_of_listing_is_known_under_one_non_sdn_programme() -> None:
    dji, sberbank = (ofac_xml.entity(row)[0] for row in entries(NON_SDN))
    assert dji.listings[0].list == "consolidated"
    assert dji.listed_since() == date(2021, 12, 16)
    assert Detail("Listing Date (CMIC)", "16 Dec 2021") in [
        Detail(row.key, row.value) for row in dji.details
    ]
    assert sberbank.listed_since() is None


def test_a_party_on_both_lists_is_one_entity_with_two_listings() -> None:
    (non_sdn,) = entries(HEAD + SBERBANK + TAIL)
    *_, sdn = entries(HEAD + BANK + MAN + SBERBANK + TAIL)
    both = ofac_xml.entity(sdn)[0].joined(ofac_xml.entity(non_sdn)[0])
    assert both.id == "ofac-17018"
    assert [row.list for row in both.listings] == ["sdn", "consolidated"]


def test_now_known_as_is_an_alias_and_says_so() -> None:
    found = entity(BANK.replace("a.k.a.", "n.k.a."))
    assert found.names[1].type is NameType.ALIAS
    assert Detail("n.k.a.", "BNC", "ofac/sdn#306/aka-219") in found.details


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("circa 1961", "circa 1961"),
        ("1960 to 1962", "1960/1962"),
        ("Mar 1986", "1986-03"),
        ("1986", "1986"),
    ],
)
def test_partial_dates_stay_as_exact_as_they_are(text: str, iso: str) -> None:
    born = entity(MAN.replace("17 Mar 1986", text)).births[0].date
    assert born is not None
    assert (str(born), born.text) == (iso, text)


def test_what_cannot_be_understood_is_kept_and_reported() -> None:
    strange = MAN.replace("17 Mar 1986", "in spring").replace("Individual", "Robot")
    (record,) = entries(HEAD + strange + TAIL)
    found, problems = ofac_xml.entity(record)
    assert found.kind is Kind.ANY
    assert found.births[0].text == "in spring"
    assert [(one.code, one.position, one.text) for one in problems] == [
        ("unknown_kind", "sdnEntry 21406", "Robot"),
        ("bad_date", "sdnEntry 21406", "in spring"),
    ]


def test_a_field_nobody_knew_of_is_kept_under_its_path() -> None:
    novel = BANK.replace("<city>Tokyo", "<ward>Chuo</ward><city>Tokyo").replace(
        "<sdnType>", "<risk><level>high</level></risk><sdnType>"
    )
    keys = {row.key: row.value for row in entity(novel).details}
    assert keys == {"risk/level": "high", "address/ward": "Chuo"}


def test_an_entry_without_number_or_name_is_a_problem() -> None:
    text = SDN.replace("<uid>306</uid>", "").replace(
        "<lastName>DOWNY</lastName>", "<lastName> </lastName>"
    )
    rows = list(ofac_xml.records(file(text)))
    problems = [row for row in rows if isinstance(row, Problem)]
    assert len(rows) == 4
    assert [(one.code, one.file) for one in problems] == [
        ("no_uid", "test.xml"),
        ("nameless_entry", "test.xml"),
    ]
    assert problems[0].position.startswith("line 7")
    assert "BANCO NACIONAL DE CUBA" in problems[0].text
    assert problems[1].position.endswith("sdnEntry 15048")


@given(st.integers(min_value=0, max_value=len(SDN) - len(TAIL)))
def test_a_list_cut_anywhere_is_refused_not_shortened(size: int) -> None:
    with pytest.raises(ListUnreadable):
        list(ofac_xml.records(file(SDN[:size])))


def test_what_was_read_before_the_damage_is_given_out() -> None:
    rows = ofac_xml.records(file(HEAD + BANK * 60 + "<sdnEntry><uid>\x01"))
    with pytest.raises(ListUnreadable, match=r"line \d+, column \d+"):
        assert len([next(rows) for _ in range(61)]) == 60


# What has another form in an entity: order, type, quality and kind.
TOLD_OTHERWISE = {"mainEntry", "type", "category", "sdnType"}


def leaves(entry: etree._Element) -> Iterator[tuple[str, str]]:
    for row in entry.iter():
        if not len(row) and (row.text or "").strip():
            yield etree.QName(row).localname, " ".join((row.text or "").split())


def missing(entry: etree._Element, found: Entity) -> list[tuple[str, str]]:
    """What an element says and the entity does not."""
    blob = " ".join(json.dumps(to_dict(found), ensure_ascii=False).split())
    blob = blob.replace('\\"', '"').replace("\\\\", "\\")
    lost = []
    for tag, text in leaves(entry):
        if tag in TOLD_OTHERWISE or text in blob:
            continue
        if tag == "idType" and text.rstrip(" :-") in blob:
            continue
        if tag == "idType" and not is_identifier(text):
            continue  # under a heading or in a role of ours
        if tag == "idCountry" and f'"country": "{country_code(text)}"' in blob:
            continue
        lost.append((tag, text))
    return lost


@pytest.mark.parametrize("text", [SDN, NON_SDN])
def test_nothing_published_is_dropped(text: str) -> None:
    elements = etree.fromstring(text.encode()).findall("{*}sdnEntry")
    for element, record in zip(elements, entries(text), strict=True):
        found, problems = ofac_xml.entity(record)
        assert (missing(element, found), problems) == ([], ())
        assert from_dict(to_dict(found)) == found


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count", "published"),
    [
        ("sdn", 14_966, date(2024, 5, 7)),
        ("consolidated", 443, date(2024, 5, 6)),
    ],
)
def test_the_real_lists_are_read_whole(
    shared: Path, name: str, count: int, published: date
) -> None:
    path = shared / "lists/ofac/2024-05-07" / f"{name}.xml"
    # The name of the file is no help.
    files = [File("download", lambda: path.open("rb"))]
    assert ofac_xml.edition(files) == Edition("ofac", name, published, count)
    elements = etree.parse(str(path)).getroot().findall("{*}sdnEntry")
    rows = ofac_xml.records(files)
    weak = 0
    for element, record in zip(elements, rows, strict=True):
        assert isinstance(record, SdnEntry)
        found, problems = ofac_xml.entity(record)
        assert (missing(element, found), problems, record.other) == ([], (), ())
        weak += sum(one.quality is Quality.WEAK for one in found.names)
    assert weak == {"sdn": 3_694, "consolidated": 66}[name]


@pytest.mark.shared
def test_every_non_sdn_entry_shows_it_and_few_sdn_entries_do(shared: Path) -> None:
    folder = shared / "lists/ofac/2024-05-07"
    shown = {}
    for name in ("sdn", "consolidated"):
        rows = ofac_xml.records([File.at(folder / f"{name}.xml")])
        shown[name] = [
            ofac_xml.is_non_sdn(row) for row in rows if isinstance(row, SdnEntry)
        ]
    assert all(shown["consolidated"])
    assert sum(shown["sdn"]) == 84
