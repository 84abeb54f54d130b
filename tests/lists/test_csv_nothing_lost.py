"""The law of the CSV readers: whatever a cell says is somewhere in the entity.

What has another form there is named in each reader's section: codes for kinds, alias
types, qualities, scripts and lists, and OFAC's numbers of rows that say nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from clearway.lists import bis_dpl, ofac_csv, uk_conlist, us_csl
from clearway.lists.bis_dpl import DplRow
from clearway.lists.ofac_csv_record import SdnRow
from clearway.lists.ofac_facts import is_identifier
from clearway.lists.reader import File, Reader
from clearway.lists.uk_conlist_record import Group
from clearway.lists.us_csl import CslRow
from clearway.model import Problem
from clearway.model.codec import from_dict, to_dict

Told = Iterator[tuple[str, str]]

OFAC = b"""\
2674,"ABBAS, Abu","individual","SDGT] [NS-PLC","Director",-0- ,-0- ,-0- ,-0- ,-0- ,\
-0- ,"DOB 10 Dec 1948; nationality Korea, North; Passport 39056 (Iran) issued 23 Jun \
1999; free words; a.k.a. 'BNC'; Linked To: HIZBALLAH."\r
4243,"SAND SWAN","vessel","CUBA",-0- ,"P3QG3","General Cargo","12,345","15,320",\
"Cyprus","Sand & Swan Navigation Co. Ltd.",-0- \r
\x1a"""
OFAC_ADD = b'2674,25,"Zweierstrasse 35","Zurich CH-8022","Switzerland","old"\r\n\x1a'
OFAC_ALT = b'2674,12,"nka","ZAYDAN, Muhammad","since 1990"\r\n\x1a'
UK = """\
Last Updated,10/04/2025
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script \
Type,Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport \
Number,Passport Details,National Identification Number,National Identification Details,\
Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,\
Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK \
Sanctions List Date Designated,Last Updated,Group ID,New Column
KONY,Joseph,Rao,,,,Major General,КОНИ,Cyrillic,Russian,00/00/1961,(1) Palaro \
Village (2) Odek,(1) Uganda (2) Uganda,Uganda,(1) D00001184 (2) -,(1) CAR number (2) \
Sudan. Issued in Bahri,TIN: 782513826759,Chad card,"(1) Commander
 (2) Leader",1 Okhotny Ryad str,,,,,Gulu,103265,Uganda,(UK Sanctions List \
Ref):CAF0010. (UN Ref):CFi.009. Kony is the founder. (Gender):Male (Phone number):(1) \
+375 (2) +376 (Business Reg No):INN - 1831117433 OGRN - 1061831040688,Individual,AKA,\
Low quality,Central African Republic,12/03/2016,07/03/2016,31/12/2020,13344,news
"""
CSL = """\
_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,\
start_date,end_date,standard_order,license_requirement,license_policy,call_sign,\
vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,\
source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,\
source_information_url,ids,novelty
21944,Specially Designated Nationals (SDN) - Treasury Department,21945,Individual,\
SYRIA; IRAN,"'ABBAS, Rim",Employee,"Damascus, SY; Hama",84 FR 54002; 85 FR 44159,\
2018-09-04,2020-01-01,Y,all items,denial,UDQB,Tug,640,641,Iran,NITC,(Linked To: \
ROSTEC),http://a,A; B; and C,RU,circa 1967; 1970-01-01,SY; IQ,"Tall 'Afar, Iraq",http://b,\
"CO, 2014-03-26, 2004-03-26, 16351225, Passport; SD, 1998-10-28, 5626, Passport; Male, \
Gender; Russia, Nationality of Registration; Sec 235(a)(7), CAATSA Section 235 \
Information:",new
"""
DPL = (
    "\t".join(bis_dpl.COLUMNS)
    + "\textra\nASH\tFCI\tSEAGOVILLE\tTX\tUS\t75159\t06/19/2003\tnever\tY\t2007-01-31\t"
    "UPDATED\t68 F.R. 38290\tmore\n"
)


def flat(text: str) -> str:
    return " ".join(text.split())


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    else:
        yield flat(str(value))


def of_ofac(row: SdnRow) -> Told:
    """Kind and the usual types of alias are words of ours; an empty row has none."""
    for column in ("Ent_num", "SDN_Name", "Title", "Call_Sign", "Vess_type", "Tonnage"):
        yield column, getattr(row, column)
    for column in ("GRT", "Vess_flag", "Vess_owner", "whole_remarks"):
        yield column, getattr(row, column)
    yield from (("Program", one) for one in row.Program.split("] ["))
    for address in row.addresses:
        cells = (
            address.Address,
            address.City_State_Province_Postal_Code,
            address.Country,
            address.Add_remarks,
        )
        yield from (("add", cell) for cell in cells)
        yield "Add_num", f"/add-{address.Add_num}" if any(cells) else ""
    for alias in row.aliases:
        yield from (("alt", cell) for cell in (alias.Alt_name, alias.Alt_Remarks))
        yield "Alt_num", f"/alt-{alias.Alt_num}"
    yield from (("surplus", cell) for cell in row.surplus)


MARKS = re.compile(r"\(\d{1,2}(?:-\d{1,2})?\)(?:\s*to\s*\(\d+\))?")
DIVIDED = (
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Name Non-Latin Script",
    "Passport Number",
    "Passport Details",
    "National Identification Number",
    "National Identification Details",
)
CODES = {
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
}


def of_uk(group: Group) -> Told:
    """Numbered values stand apart, without their numbers; five columns become codes."""
    yield "Group ID", group.group_id
    for row in group.rows:
        yield from row.other
        for column, cell in row.cells.items():
            if column in DIVIDED:
                # The label of a number ("INN 7729") may stand apart from it.
                divider = r"\s" if column.endswith("Number") else r"[.,:]\s+|[.\s-]+$"
                for value in MARKS.split(cell):
                    for piece in re.split(divider, value):
                        yield column, piece.strip(" .:-")
            elif column not in CODES:
                yield column, cell


def of_csl(row: CslRow) -> Told:
    """Kind and list are codes, countries of ids in lower case, headings partly ours."""
    yield from row.row.other
    for column, cell in row.row.cells.items():
        if column in ("type", "source"):
            continue
        for value in re.split(r";(?:\s+(?:and\s+)?|$)", cell):
            if column != "ids":
                yield column, value
                continue
            body, _, heading = value.rpartition(", ")
            yield "ids heading", heading.rstrip(" :-") if is_identifier(heading) else ""
            for piece in body.split(", "):
                is_code = re.fullmatch("[A-Z]{2}", piece) and is_identifier(heading)
                yield "ids", piece.lower() if is_code else piece


def of_dpl(row: DplRow) -> Told:
    yield from row.row.other
    yield from row.row.cells.items()


def lost(
    reader: Reader, files: Sequence[File], told_of: Callable[[Any], Told]
) -> list[tuple[str, str, str]]:
    """What the records say and their entities do not."""
    out = []
    for record in reader.records(files):
        if isinstance(record, Problem):
            continue
        entity, _ = reader.entity(record)
        data = to_dict(entity)
        assert from_dict(data) == entity
        blob = "\n".join(texts(data))
        out += [
            (entity.id, column, text)
            for column, cell in told_of(record)
            if (text := flat(cell)) and text not in blob
        ]
    return out


def files(*named: tuple[str, bytes]) -> list[File]:
    return [File.of(data, name) for name, data in named]


def test_nothing_ofac_publishes_is_lost() -> None:
    given = files(("sdn.csv", OFAC), ("add.csv", OFAC_ADD), ("alt.csv", OFAC_ALT))
    assert lost(ofac_csv.READER, given, of_ofac) == []


@pytest.mark.parametrize(
    ("reader", "text", "told_of"),
    [
        (uk_conlist.READER, UK, of_uk),
        (us_csl.READER, CSL, of_csl),
        (bis_dpl.READER, DPL, of_dpl),
    ],
)
def test_nothing_the_others_publish_is_lost(
    reader: Reader, text: str, told_of: Callable[[Any], Told]
) -> None:
    assert lost(reader, files(("list.csv", text.encode())), told_of) == []


def test_the_law_can_be_broken() -> None:
    def told(record: Any) -> Told:
        yield from of_dpl(record)
        yield "Name", "SOMEBODY ELSE"

    given = files(("dpl.txt", DPL.encode()))
    assert [row[1:] for row in lost(bis_dpl.READER, given, told)] == [
        ("Name", "SOMEBODY ELSE")
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("reader", "paths", "told_of"),
    [
        (
            ofac_csv.READER,
            [
                f"ofac_legacy_csv/2021/{name}.csv"
                for name in ("sdn", "add", "alt", "sdn_comments")
            ],
            of_ofac,
        ),
        (
            ofac_csv.READER,
            [
                f"ofac_legacy_csv/cons-2025/cons_{name}.csv"
                for name in ("prim", "add", "alt", "comments")
            ],
            of_ofac,
        ),
        (uk_conlist.READER, ["uk/2025-04-10/ConList.csv"], of_uk),
        (us_csl.READER, ["us_csl/2022-04-21/consolidated.csv"], of_csl),
        (bis_dpl.READER, ["us_csl/dpl.txt"], of_dpl),
    ],
    ids=["ofac sdn", "ofac consolidated", "uk", "us_csl", "bis"],
)
def test_nothing_of_the_real_lists_is_lost(
    shared: Path, reader: Reader, paths: list[str], told_of: Callable[[Any], Told]
) -> None:
    given = [File.at(shared / "lists" / path) for path in paths]
    assert lost(reader, given, told_of) == []
