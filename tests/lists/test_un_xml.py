"""Entries after the UN Security Council's list of 27 February 2026.

QDi.396 and KPe.020, cut shorter, with facts of other entries put in to show more.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clearway.errors import ListUnreadable
from clearway.lists import un_xml
from clearway.lists.reader import File
from clearway.lists.reading import read
from clearway.lists.un_facts import number_in
from clearway.lists.un_names import noted, spellings
from clearway.lists.un_xml_record import (
    UnAddress,
    UnAlias,
    UnBirthDate,
    UnDocument,
    UnEntry,
)
from clearway.model import (
    Birth,
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
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
"""
BYUTUKAEV = """<INDIVIDUALS><INDIVIDUAL>
  <DATAID>6908547</DATAID>
  <VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>ASLAN</FIRST_NAME>
  <SECOND_NAME>AVGAZAROVICH </SECOND_NAME>
  <THIRD_NAME>BYUTUKAEV</THIRD_NAME>
  <UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
  <REFERENCE_NUMBER>QDi.396</REFERENCE_NUMBER>
  <LISTED_ON>2016-08-03</LISTED_ON>
  <GENDER>Male</GENDER>
  <NAME_ORIGINAL_SCRIPT>Аслан Авгазарович Бютукаев</NAME_ORIGINAL_SCRIPT>
  <COMMENTS1>Commands a suicide battalion of Riyadus-Salikhin Reconnaissance and
 Sabotage Battalion of Chechen Martyrs (RSRSBCM) (QDe.100).</COMMENTS1>
  <TITLE><VALUE>Emir</VALUE></TITLE>
  <DESIGNATION><VALUE>Commander</VALUE><VALUE/></DESIGNATION>
  <NATIONALITY><VALUE>Russian Federation</VALUE><VALUE>na</VALUE></NATIONALITY>
  <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
  <LAST_DAY_UPDATED>
    <VALUE>2021-11-15</VALUE><VALUE>2018-06-05</VALUE>
  </LAST_DAY_UPDATED>
  <INDIVIDUAL_ALIAS>
    <QUALITY>Low</QUALITY>
    <ALIAS_NAME>Amir Khazmat (original script: Амир Хазмат)</ALIAS_NAME>
  </INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS>
    <QUALITY/><ALIAS_NAME/><DATE_OF_BIRTH>1975</DATE_OF_BIRTH>
    <CITY_OF_BIRTH>Gudermes</CITY_OF_BIRTH>
  </INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS>
    <STREET>Akharkho Street, 11, Katyr-Yurt</STREET>
    <CITY>Achkhoy-Martanovskiy District</CITY>
    <STATE_PROVINCE>Republic of Chechnya</STATE_PROVINCE>
    <COUNTRY>Russian Federation</COUNTRY>
    <NOTE>as of 2016</NOTE>
  </INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH>
    <TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1974-10-22</DATE>
  </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH>
    <CITY>Kitaevka, Novoselitskiy District</CITY>
    <STATE_PROVINCE>Stavropol Region</STATE_PROVINCE>
    <COUNTRY>Russian Federation</COUNTRY>
  </INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT>
    <TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
    <NUMBER>Russian foreign travel passport number 515458008</NUMBER>
    <NOTE>expires 30 May 2017</NOTE>
  </INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT/>
  <SORT_KEY/><SORT_KEY_LAST_MOD/>
</INDIVIDUAL></INDIVIDUALS>
"""
SHIPPING = """<ENTITIES><ENTITY>
  <DATAID>6908848</DATAID>
  <VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>OCEAN MARITIME MANAGEMENT COMPANY, LIMITED
    (OMM)</FIRST_NAME>
  <UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
  <REFERENCE_NUMBER>KPe.020</REFERENCE_NUMBER>
  <LISTED_ON>2014-07-28-04:00</LISTED_ON>
  <COMMENTS1>International Maritime Organization (IMO) Number: 1790183.</COMMENTS1>
  <ENTITY_ALIAS>
    <QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OMM</ALIAS_NAME>
  </ENTITY_ALIAS>
  <ENTITY_ADDRESS>
    <NOTE>Dongheung Dong, Central District, Pyongyang</NOTE>
  </ENTITY_ADDRESS>
</ENTITY></ENTITIES>
"""
TAIL = "</CONSOLIDATED_LIST>\n"


def _file(*entries: str) -> File:
    return File.of((HEAD + "".join(entries) + TAIL).encode(), "un.xml")


def _records(*entries: str) -> list[UnEntry | Problem]:
    return list(un_xml.records((_file(*entries),)))


def _entity(entry: str) -> tuple[Entity, tuple[Problem, ...]]:
    (record,) = _records(entry)
    assert isinstance(record, UnEntry)
    return un_xml.entity(record)


def _of(**told: object) -> tuple[Entity, tuple[Problem, ...]]:
    entry = UnEntry("INDIVIDUAL", DATAID="1", FIRST_NAME="X", **told)  # type: ignore[arg-type]
    return un_xml.entity(entry)


def test_the_list_is_known_by_its_root_and_dated_by_its_generation() -> None:
    told = un_xml.edition((_file(BYUTUKAEV),))
    assert (told.publisher, told.list) == ("un", "consolidated")
    assert told.published == date(2026, 2, 27)
    assert un_xml.recognises(HEAD.encode(), "x")
    assert not un_xml.recognises(b"<export/>", "consolidated.xml")


def test_a_person_has_names_in_both_scripts_and_weak_aliases() -> None:
    entity, problems = _entity(BYUTUKAEV)
    assert problems == ()
    assert (entity.id, entity.kind) == ("un-6908547", Kind.PERSON)
    told = [(n.text, n.type, n.quality, n.script) for n in entity.names]
    assert told == [
        ("ASLAN AVGAZAROVICH BYUTUKAEV", NameType.PRIMARY, Quality.STRONG, ""),
        ("Аслан Авгазарович Бютукаев", NameType.PRIMARY, Quality.STRONG, "Cyrl"),
        ("Amir Khazmat", NameType.ALIAS, Quality.WEAK, ""),
        ("Амир Хазмат", NameType.ALIAS, Quality.WEAK, "Cyrl"),
    ]
    assert entity.names[0].parts == (
        ("first_name", "ASLAN"),
        ("second_name", "AVGAZAROVICH"),
        ("third_name", "BYUTUKAEV"),
    )
    assert entity.names[2].source == "un/consolidated#6908547/alias-1"


def test_an_empty_alias_is_skipped_and_one_with_a_birth_only_gives_the_birth() -> None:
    entity, _ = _entity(BYUTUKAEV)
    at = "un/consolidated#6908547"
    assert entity.births == (
        Birth(
            PartialDate.parse("1975"),
            "Gudermes",
            source=f"{at}/alias-3",
        ),
        Birth(PartialDate.parse("1974-10-22"), source=f"{at}/date_of_birth-1"),
        Birth(
            place="Kitaevka, Novoselitskiy District, Stavropol Region",
            country="ru",
            source=f"{at}/place_of_birth-1",
        ),
    )


def test_a_listing_has_its_committee_its_day_and_the_days_of_change() -> None:
    (listing,) = _entity(BYUTUKAEV)[0].listings
    assert (listing.record, listing.programmes) == ("6908547", ("Al-Qaida",))
    assert listing.listed_on == PartialDate.parse("2016-08-03")
    assert [str(day) for day in listing.changed_on] == ["2018-06-05", "2021-11-15"]


def test_the_number_is_read_out_of_the_words_around_it() -> None:
    entity, _ = _entity(BYUTUKAEV)
    reference, passport = entity.identifiers
    assert (reference.type, reference.value) == ("other", "QDi.396")
    assert passport == Identifier(
        "passport",
        "515458008",
        "Passport",
        expires=PartialDate.parse("30 May 2017"),
        note="Russian foreign travel passport number 515458008; expires 30 May 2017",
        source="un/consolidated#6908547/document-1",
    )


def test_references_in_comments_are_links_and_imo_numbers_identifiers() -> None:
    entity, _ = _entity(BYUTUKAEV)
    at = "un/consolidated#6908547"
    assert entity.links == (Link("named in COMMENTS1", "QDe.100", source=at),)
    company, problems = _entity(SHIPPING)
    assert problems == ()
    assert ("imo", "1790183") in {(i.type, i.value) for i in company.identifiers}


def test_an_entity_is_an_organization_and_a_note_may_be_its_address() -> None:
    entity, _ = _entity(SHIPPING)
    assert entity.kind is Kind.ORGANIZATION
    assert entity.name == "OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)"
    assert entity.names[1].type is NameType.FORMER
    (address,) = entity.addresses
    assert address.text == "Dongheung Dong, Central District, Pyongyang"
    assert address.note == ""
    (listing,) = entity.listings
    assert listing.listed_on == PartialDate.parse("2014-07-28")


def test_an_entry_without_name_or_number_is_a_problem_with_its_line() -> None:
    bare = "<ENTITY><DATAID>7</DATAID></ENTITY>"
    nobody = "<ENTITY><FIRST_NAME>X</FIRST_NAME></ENTITY>"
    first, second = _records(bare, nobody)
    assert isinstance(first, Problem)
    assert (first.code, first.position) == ("nameless_entry", "line 3, ENTITY 7")
    assert isinstance(second, Problem)
    assert (second.code, second.text) == ("no_data_id", "X")


def test_a_control_byte_makes_the_file_unreadable_and_says_where() -> None:
    spoilt = BYUTUKAEV.replace("suicide", "sui\x19cide")
    with pytest.raises(ListUnreadable, match=r"un\.xml: line 14, column \d+"):
        _records(spoilt)
    with pytest.raises(ListUnreadable, match="not the UN's"):
        un_xml.edition((File.of(b"<export/>"),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ABU UMAR", ["ABU UMAR"]),
        ("Abdul Rehman; Abd Ur-Rehman", ["Abdul Rehman", "Abd Ur-Rehman"]),
        ("حسن غول (Hassan Ghul; Hassan Gul)", ["حسن غول", "Hassan Ghul", "Hassan Gul"]),
        ("Jin Tiesan (金铁三)", ["Jin Tiesan", "金铁三"]),
        ("Ezatullah Haqqani (previously listed as)", ["Ezatullah Haqqani"]),
        ("Encep Nurjaman (birth name)", ["Encep Nurjaman"]),
        ("ACADEMY OF NATURAL SCIENCES (KPE.018)", ["ACADEMY OF NATURAL SCIENCES"]),
        ("Al-Qaida in Yemen (AQY)", ["Al-Qaida in Yemen (AQY)"]),
        ("(Sheikh) Musa Hilal", ["(Sheikh) Musa Hilal"]),
        ("Lom-ali Butayev (Butaev)", ["Lom-ali Butayev (Butaev)"]),
        (") Abdelrahman Juhan", ["Abdelrahman Juhan"]),
        ("華信船務(香港)有限公司", ["華信船務(香港)有限公司"]),
        ("Gul (حاجی گل ),", ["Gul", "حاجی گل"]),
        ("M. Sabet b) M. Javad Sabet", ["M. Sabet", "M. Javad Sabet"]),
        (
            "Hay’at Tahrir al-Sham (HTS) (هيئة تحرير الشام (original script); Tahrir)",
            ["Hay’at Tahrir al-Sham (HTS)", "هيئة تحرير الشام", "Tahrir"],
        ),
        (
            "أنصار الشريعة بليبيا (Ansar al Charia in Libya (ASL))",
            ["أنصار الشريعة بليبيا", "Ansar al Charia in Libya (ASL)"],
        ),
    ],
)
def test_an_alias_field_gives_each_name_in_it(text: str, expected: list[str]) -> None:
    assert list(spellings(text)) == expected


@pytest.mark.parametrize(
    ("name", "note", "expected"),
    [
        ("Abu Banat", "original script: Абу Банат", ["Абу Банат"]),
        ("Merai", "previously listed as, in Arabic: مرعي زغبي", ["مرعي زغبي"]),
        ("Al Kawthar Co.", "in Arabic script: شركة الكوثر", ["شركة الكوثر"]),
        ("فیض الله", "Faizullah; Faizuulah", ["Faizullah", "Faizuulah"]),
        ("Sayf-Al Adl", "DOB: 11 Apr. 1963; POB: Egypt", []),
        ("AA", "initials", []),
        (
            "ABU MOHAMED",
            "Abu Muhammad, Abu Mohammed (transliterations of original script name)",
            ["Abu Muhammad", "Abu Mohammed"],
        ),
    ],
)
def test_a_note_gives_the_names_it_tells(
    name: str, note: str, expected: list[str]
) -> None:
    assert list(noted(name, note)) == expected


def test_an_alias_that_was_split_is_kept_whole_beside_its_names() -> None:
    alias = UnAlias(ALIAS_NAME="Azim Adhajani; Azim Agha-Jani", QUALITY="Good")
    entity, _ = _of(ALIAS=(alias,))
    assert [name.text for name in entity.names[1:]] == [
        "Azim Adhajani",
        "Azim Agha-Jani",
    ]
    kept = [d.value for d in entity.details if d.key == "ALIAS_NAME"]
    assert kept == ["Azim Adhajani; Azim Agha-Jani"]


def test_an_unknown_quality_is_kept_in_words() -> None:
    entity, _ = _of(ALIAS=(UnAlias(ALIAS_NAME="Y", QUALITY="Doubtful"),))
    assert ("QUALITY", "Doubtful") in {(d.key, d.value) for d in entity.details}
    assert entity.names[1].quality is Quality.STRONG


@pytest.mark.parametrize(
    ("row", "expected", "text"),
    [
        (UnBirthDate("EXACT", DATE="1974-10-22"), "1974-10-22", ""),
        (UnBirthDate("EXACT", YEAR="1971"), "1971", ""),
        (UnBirthDate("APPROXIMATELY", YEAR="1971"), "circa 1971", ""),
        (UnBirthDate("BETWEEN", FROM_YEAR="1960", TO_YEAR="1962"), "1960/1962", ""),
        (
            UnBirthDate(
                "BETWEEN", FROM_YEAR="1960", TO_YEAR="1962", NOTE="Approximately"
            ),
            "circa 1960/1962",
            "Approximately",
        ),
        (UnBirthDate("EXACT", NOTE="Nov. 1973"), "1973-11", ""),
        (UnBirthDate("EXACT", YEAR="1958", NOTE="Sep."), "1958-09", "Sep."),
        (
            UnBirthDate("EXACT", DATE="1979-03-03", NOTE="from false passport"),
            "1979-03-03",
            "from false passport",
        ),
        (UnBirthDate("APPROXIMATELY", NOTE="30-35 years old"), None, "circa 30-35"),
        (UnBirthDate("EXACT", NOTE="24/06/1402 (Hijri Calendar)"), None, "24/06/1402"),
    ],
)
def test_a_date_of_birth_is_as_exact_as_published(
    row: UnBirthDate, expected: str | None, text: str
) -> None:
    entity, problems = _of(DATE_OF_BIRTH=(row,))
    (birth,) = entity.births
    assert (str(birth.date) if birth.date else None) == expected
    assert birth.text.startswith(text)
    assert bool(problems) is (expected is None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Afghan passport number SE 012820", "SE 012820"),
        ("British number 094629366", "094629366"),
        ("Libyan Passport No. 96/184442", "96/184442"),
        ("Diplomatic Passport: Z30321794", "Z30321794"),
        ("381110042 (Expired 25 Jan. 2016)", "381110042"),
        ("R00005943, South Sudan", "R00005943"),
        ("Jordan 654781", "654781"),
        ("Social Security Number 423-31-3021 (US)", "423-31-3021"),
        ("04643632 issued on 18 Jun. 1999", "04643632"),
        ("", ""),
    ],
)
def test_a_number_is_found_among_words(text: str, expected: str) -> None:
    assert number_in(text) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Passport", "", "passport"),
        ("Número de pasaporte", "", "passport"),
        ("National Identification Number", "", "national_id"),
        ("National Identification Number", "national passport", "passport"),
        ("National Identification Number", "Ration card no.", "other"),
        ("National Identification Number", "Italian Fiscal Code:", "tax_id"),
    ],
)
def test_the_second_type_of_a_document_makes_the_first_exact(
    first: str, second: str, expected: str
) -> None:
    row = UnDocument(
        TYPE_OF_DOCUMENT=first, TYPE_OF_DOCUMENT2=second, NUMBER="A1234567"
    )
    (identifier,) = _of(DOCUMENT=(row,))[0].identifiers
    assert identifier.type == expected


def test_a_document_without_a_number_is_kept_in_words() -> None:
    row = UnDocument("Passport", ISSUING_COUNTRY="Egypt", NOTE="under another name")
    entity, _ = _of(DOCUMENT=(row,))
    assert entity.identifiers == ()
    assert [d.value for d in entity.details] == ["Passport; Egypt; under another name"]


def test_what_the_schema_does_not_know_is_kept_under_its_path() -> None:
    extra = "<TRIBE><VALUE>Teip</VALUE></TRIBE></INDIVIDUAL>"
    entity, _ = _entity(BYUTUKAEV.replace("</INDIVIDUAL>", extra))
    assert ("TRIBE/VALUE", "Teip") in {(d.key, d.value) for d in entity.details}


@given(st.text(), st.text(), st.text())
def test_any_texts_make_an_entity_that_survives_the_codec(
    alias: str, note: str, number: str
) -> None:
    entity, _ = _of(
        ALIAS=(UnAlias("Good", alias, NOTE=note),),
        DOCUMENT=(UnDocument("Passport", NUMBER=number, NOTE=note),),
        ADDRESS=(UnAddress(NOTE=note),),
    )
    assert from_dict(to_dict(entity)) == entity
    assert all(name.text.strip() == name.text != "" for name in entity.names)


# Row numbers and sort keys of the publisher, what our types say, words for nothing.
_ELSEWHERE = frozenset({"VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "TYPE_OF_DATE"})
_ELSEWHERE |= {"QUALITY"}
_NOTHING = frozenset({"na", "n/a", "null", "un list"})


def _published(element: etree._Element) -> Iterator[tuple[str, str]]:
    for node in element.iter():
        text = (node.text or "").strip()
        if text and node.tag not in _ELSEWHERE and text.casefold() not in _NOTHING:
            yield str(node.tag), text


def _missing(element: etree._Element, entity: Entity) -> list[tuple[str, str]]:
    told = _squeezed(json.dumps(to_dict(entity), ensure_ascii=False))
    for country in ("COUNTRY", "COUNTRY_OF_BIRTH", "ISSUING_COUNTRY"):
        told += " ".join(_coded(element, country, entity))
    return [
        (where, text)
        for where, text in _published(element)
        if _squeezed(json.dumps(_day(text), ensure_ascii=False)[1:-1]) not in told
    ]


def _day(text: str) -> str:
    """A date of XML without its time zone, any other text as it is."""
    zoned = re.fullmatch(r"(\d{4}-\d\d-\d\d)[-+]\d\d:\d\d", text)
    return zoned[1] if zoned else text


def _coded(element: etree._Element, tag: str, entity: Entity) -> Iterator[str]:
    """Country words of births and documents that are kept as their code only."""
    codes = {birth.country for birth in entity.births}
    codes |= {identifier.country for identifier in entity.identifiers}
    for node in element.iter(tag):
        if code(node.text or "") in codes - {""}:
            yield _squeezed(json.dumps(node.text, ensure_ascii=False)[1:-1])


def _squeezed(text: str) -> str:
    return re.sub(r"(?:\\[nrt]|\s)+", " ", text).casefold()


def test_nothing_published_is_dropped_from_the_excerpts() -> None:
    root = etree.fromstring((HEAD + BYUTUKAEV + SHIPPING + TAIL).encode())
    elements = list(root.iter("INDIVIDUAL", "ENTITY"))
    for element, record in zip(elements, _records(BYUTUKAEV, SHIPPING), strict=True):
        assert isinstance(record, UnEntry)
        assert _missing(element, un_xml.entity(record)[0]) == []


EDITIONS = {"2024-05-15": 875, "2025-04-19": 877, "2026-02-27": 1_003}


@pytest.mark.shared
@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_published_is_dropped_from_the_real_list(
    shared: Path, edition: str
) -> None:
    path = shared / f"lists/un/{edition}/consolidated.xml"
    root = etree.parse(str(path)).getroot()
    elements = list(root.iter("INDIVIDUAL", "ENTITY"))
    records = un_xml.records((File.at(path),))
    for element, record in zip(elements, records, strict=True):
        assert isinstance(record, UnEntry)
        assert _missing(element, un_xml.entity(record)[0]) == [], record.DATAID
        assert record.other == ()


@pytest.mark.shared
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_real_lists_are_read_whole(shared: Path, edition: str) -> None:
    path = shared / f"lists/un/{edition}/consolidated.xml"
    reading = read(un_xml.READER, (File.at(path),))
    assert reading.census.records == reading.census.entities == EDITIONS[edition]
    assert str(reading.edition.published) == edition
    assert len(reading.problems) <= 3
    for entity in reading.entities:
        assert entity.listings[0].listed_on
        assert entity.listings[0].programmes
        assert from_dict(to_dict(entity)) == entity


@pytest.mark.shared
def test_the_malformed_real_list_is_unreadable_and_says_where(shared: Path) -> None:
    path = shared / "lists/un/malformed/2025-08-16.xml"
    with pytest.raises(ListUnreadable, match="line 53, column 11"):
        list(un_xml.records((File.at(path),)))
    with pytest.raises(ListUnreadable, match="line 53, column 11"):
        read(un_xml.READER, (File.at(path),))
