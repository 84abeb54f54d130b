"""A folder of labelled names, small enough to read, about entities of the starter list.

The spellings are made up for these tests; the entities are those of the starter list.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from clearway.app.intake import Incoming, bring_in
from clearway.bench.setting import Setting
from clearway.lists.reader import File

SETS = {
    "name_pairs.csv": """\
case_group,schema,name1,name2,is_match,quality,category,notes
own,Person,Vladimir Putin,Vladimir Vladimirovich Putin,true,STRONG,patronymic,
own,Person,Vladimir Putin,Angela Merkel,false,STRONG,,
own,Company,Almaz-Antey JSC,Almaz Antey Joint Stock Company,true,STRONG,form,
own,Company,Almaz-Antey JSC,Suzhou Qinghe Packaging,false,STRONG,,
""",
    "un_queries.csv": """\
query,birth_date,place_of_birth,nationality,listed_name
Almaz-Antey JSC,,,ru,Almaz-Antey JSC
Nobody Whom Any List Names,1970,,fr,NOBODY WHOM ANY LIST NAMES
""",
    "negatives_global.csv": """\
full_name,first_name,middle_name,last_name,gender,date_of_birth,place_of_birth,nationality
Ingela Lundgren,Ingela,,Lundgren,female,1958-03-10,Aarhus,Ireland
Joris Oosterhout,Joris,,Oosterhout,male,1978-03-19,Naples,Germany
""",
    "negatives_us.csv": """\
full_name,first_name,middle_name,last_name,gender,date_of_birth,place_of_birth,nationality
Manuela Trommler,Manuela,,Trommler,female,1954-07-08,Munich,Australia
""",
    "lei_companies.csv": """\
lei,name,country
254900MAF6DRN3U00Q88,Thistle and Heather Woollens Limited,GB
253400JT3MQWNDKMJE44,ALMAZ-ANTEY DEFENCE CORPORATION,RU
253400JT3MQWNDKMJE45,Almaz-Antey Defence Corporation,PE
""",
    "cross_list_pairs.csv": """\
list_a,id_a,list_b,id_b
un,11,ofac,501
un,12,ofac,502
un,11,ofac,999
""",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Labelled sets in one folder, disguises in another beside it."""
    folder = tmp_path / "labelled"
    folder.mkdir()
    for name, text in SETS.items():
        (folder / name).write_text(text, "utf-8")
    beside = tmp_path / "payments"
    beside.mkdir()
    examples = [
        {"name": "Almaz-Antey JSC", "text": "<Nm>Almaz-<!-- -->Antey JSC</Nm>"},
        {"name": "Almaz-Antey JSC", "text": "Completely Other Words"},
    ]
    document = {
        "xml_trick": {"why": "a comment in the name", "examples": examples},
        "strip_country": {"why": "", "examples": [{"name": "Iran", "text": "TEH RAN"}]},
    }
    path = beside / "evasion_transforms.json"
    path.write_text(json.dumps(document), "utf-8")
    return folder


@pytest.fixture
def setting(starter_home: Path, data: Path) -> Setting:
    """The starter list with these sets, on one core."""
    return Setting(home=starter_home, data=data, workers=1)


UN = """\
<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-05-15T00:00:00.000Z"><INDIVIDUALS>
<INDIVIDUAL><DATAID>11</DATAID><FIRST_NAME>RI WON HO</FIRST_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.011</REFERENCE_NUMBER>
<LISTED_ON>2016-03-02</LISTED_ON><INDIVIDUAL_DATE_OF_BIRTH>
<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL>
<INDIVIDUAL><DATAID>12</DATAID><FIRST_NAME>WALIJAN</FIRST_NAME>
<UN_LIST_TYPE>Taliban</UN_LIST_TYPE><REFERENCE_NUMBER>TAi.012</REFERENCE_NUMBER>
<LISTED_ON>2001-01-25</LISTED_ON></INDIVIDUAL>
</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>
"""
OFAC = """\
501,"RI, Won Ho","individual","DPRK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\
"DOB 17 Jul 1964."
502,"KARAMAN, Aleksandr","individual","UKRAINE-EO13660",-0- ,-0- ,-0- ,-0- ,-0- ,\
-0- ,-0- ,"made up"
"""
"""One person on both lists, and one on each who is not on the other."""


@pytest.fixture
def two_lists(tmp_path: Path, data: Path) -> Setting:
    """Lists of two publishers, in the form in which each publishes them."""
    home = tmp_path / "home"
    incoming = [
        Incoming("un", (File.of(UN.encode(), "consolidated.xml"),)),
        Incoming(
            "ofac", (File.of(OFAC.encode(), "sdn.csv"),), published=date(2024, 5, 7)
        ),
    ]
    for outcome in bring_in(home, incoming, prove_coverage=False, workers=1):
        assert outcome.error is None
    return Setting(home=home, data=data, workers=1)
