"""Cases other systems got wrong, each with the source that tells of it.

The listed names are as published; each test asks what was on the payment, the order
or the customer's file.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from clearway.model import (
    Birth,
    Entity,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Party,
    Quality,
)
from clearway.model.codec import to_dict
from clearway.screen.compiled import CompiledSet, compile_set
from clearway.screen.config import Configuration
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed

LISTED = {
    # OFAC v. Apple, enforcement release of 25 November 2019.
    "sis": (Kind.ORGANIZATION, "SIS d.o.o."),
    # OFAC v. Cobham, enforcement release of 27 November 2018.
    "almaz": (Kind.ORGANIZATION, "JOINT-STOCK COMPANY CONCERN ALMAZ-ANTEY"),
    # OFAC v. Amazon, enforcement release of 8 July 2020: spellings of Crimea.
    "krym": (Kind.ORGANIZATION, "REPUBLIC OF CRIMEA MINISTRY OF COAL INDUSTRY"),
    "krymtets": (Kind.ORGANIZATION, "AO KRYMTEPLOELEKTROTSENTRAL"),
    # OFAC SDN of May 2024.
    "argument": (Kind.ORGANIZATION, "JSC ARGUMENT"),
    "emma": (Kind.ORGANIZATION, "EMMA LLC"),
    "corp": (Kind.ORGANIZATION, "11420 CORP."),
    "hizballah": (Kind.ORGANIZATION, "HIZBALLAH"),
    "kataib": (Kind.ORGANIZATION, "KATA'IB HIZBALLAH"),
    "huawei": (Kind.ORGANIZATION, "HUAWEI TECHNOLOGIES CO., LTD."),
    "kunlun": (Kind.ORGANIZATION, "BANK OF KUNLUN CO LTD"),
    # US consolidated screening list of April 2022.
    "haige": (Kind.ORGANIZATION, "Guangzhou Haige Communication Group Co."),
    "cnooc": (Kind.ORGANIZATION, "CNOOC Energy Technology & Services Limited"),
    "kala": (Kind.ORGANIZATION, "KALA LIMITED"),
    "tankers": (Kind.ORGANIZATION, "NATIONAL IRANIAN TANKER COMPANY"),
    "seven": (Kind.VESSEL, "TIAN E ZUO 7"),
}
TAYLOR = Entity(
    "taylor",
    Kind.PERSON,
    (
        Name("TAYLOR, Mark John"),
        Name("Daniel Mohammad", NameType.ALIAS, Quality.WEAK),
    ),
    (Listing("ofac", "sdn", "21730", ("SDGT",)),),
    births=(Birth(PartialDate.parse("1973-07-12")),),
)
USED = ListUsed("ofac", "sdn", "2024-05-07", "2024-05-16T08:00:00+00:00", "0" * 64, 16)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> CompiledSet:
    folder = tmp_path_factory.mktemp("named")
    entities = [TAYLOR] + [
        Entity(key, kind, (Name(text),), (Listing("ofac", "sdn", key),))
        for key, (kind, text) in LISTED.items()
    ]
    file = folder / "sdn.jsonl"
    rows = [json.dumps(to_dict(entity)) for entity in sorted(entities, key=_id)]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    compile_set([file], folder / "set")
    return CompiledSet(folder / "set", [Path(file)])


def _id(entity: Entity) -> str:
    return entity.id


@pytest.fixture
def screener(compiled: CompiledSet) -> Screener:
    return Screener(compiled, [USED], as_of=date(2024, 5, 17))


def found(screener: Screener, party: Party | str) -> list[str]:
    return [hit.entity.id for hit in screener.check(party).hits]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("SIS DOO", "sis"),
        ("Sis d.o.o.", "sis"),
        ("Almaz-Antey Telecommunications LLC", "almaz"),
        ("Almaz Antey Telecom", "almaz"),
        ("Republic of Krimea Ministry of Coal Industry", "krym"),
        ("REPUBLIC OF KRYMEA MINISTRY OF COAL INDUSTRY", "krym"),
        ("Krymteploelektrocentral", "krymtets"),
        ("JSCARGUMENT", "argument"),
        ("Hezbollah", "hizballah"),
        ("Hisbollah", "hizballah"),
        ("GUANGZHOU HAIGE COMM GRP", "haige"),
        ("CNOOC ENERGY TECH & SRVCES LTD", "cnooc"),
        ("Huawei", "huawei"),
        ("华为技术有限公司", "huawei"),
        ("Kunlun", "kunlun"),
        ("NITC", "tankers"),
        ("M/V TIAN E ZUO 7", "seven"),
        ("MT TIAN E ZUO 7", "seven"),
    ],
)
def test_a_name_others_missed_is_found_first(
    screener: Screener, name: str, first: str
) -> None:
    assert found(screener, name)[:1] == [first]


@pytest.mark.parametrize(
    "name",
    [
        "EMMA DANIELS",
        "BELLETECH CORP",
        "CORP",
        "KALA POWER LIMITED",
        "TIAN E ZUO 8",
        "Daniel Mohammad",
    ],
)
def test_a_name_others_stopped_is_no_match(screener: Screener, name: str) -> None:
    assert found(screener, name) == []


def test_a_weak_alias_counts_beside_a_birth_date(screener: Screener) -> None:
    party = Party("Daniel Mohammad", kind="person", birth_date="1973-07-12")
    assert found(screener, party) == ["taylor"]


def test_a_profile_may_let_a_weak_alias_alert(compiled: CompiledSet) -> None:
    every = Configuration(weak_alone=True)
    screener = Screener(compiled, [USED], as_of=date(2024, 5, 17), config=every)
    assert found(screener, "Daniel Mohammad") == ["taylor"]
