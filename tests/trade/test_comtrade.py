"""UN Comtrade v1: real columns, a few rows.

Source: UN Comtrade, reporter 156, partner 643; and a preview answer for the USA.
"""

from collections.abc import Callable

import pytest

from clearway.errors import InputUnreadable
from clearway.trade.columns import Reading

Read = Callable[..., Reading]

HEAD = (
    "typeCode,freqCode,refYear,refMonth,period,reporterCode,flowCode,partnerCode,"
    "partner2Code,classificationCode,cmdCode,customsCode,motCode,qty,qtyUnitAbbr,"
    "netWgt,primaryValue"
)
RUSSIA = f"""\
{HEAD}
C,M,2021,12,202112,156,M,643,0,H5,TOTAL,C00,0,0,,0.0,7890330263.0
C,M,2022,1,202201,156,M,643,0,H6,TOTAL,C00,0,0,,0.0,7412430463.0
C,A,2022,52,2022,156,M,643,0,H6,010121,C00,0,5,u,120.0,1000.0
"""
ANSWER = """{"elapsedTime":"2.06 secs","count":2,"data":[
{"freqCode":"A","refYear":2023,"refMonth":52,"period":"2023","reporterCode":842,
"flowCode":"M","partnerCode":392,"partner2Code":0,"classificationCode":"H6",
"cmdCode":"TOTAL","customsCode":"C00","motCode":0,"qty":0,"netWgt":0,
"fobvalue":null,"cifvalue":151580564290,"primaryValue":151580564290},
{"freqCode":"A","refYear":2023,"refMonth":52,"period":"2023","reporterCode":842,
"flowCode":"X","partnerCode":392,"partner2Code":0,"classificationCode":"H6",
"cmdCode":"TOTAL","customsCode":"C00","motCode":0,"qty":0,"netWgt":0,
"fobvalue":76154045176,"cifvalue":null,"primaryValue":76154045176}],"error":""}"""


def test_a_table_is_told_by_its_columns_whatever_its_name(read: Read) -> None:
    reading = read(RUSSIA, "nothing.txt")
    assert (reading.publisher, reading.layout) == ("comtrade", "Comtrade v1 CSV")
    first = reading.rows.row(0, named=True)
    assert (first["reporter"], first["partner"], first["flow"]) == (
        "cn",
        "ru",
        "import",
    )
    assert (first["period"], first["value"], first["currency"]) == (
        "2021-12",
        7890330263.0,
        "USD",
    )
    assert (first["valuation"], first["status"], first["row"]) == ("CIF", "reported", 2)


def test_the_edition_changes_inside_one_series(read: Read) -> None:
    assert read(RUSSIA).rows["edition"].to_list()[:2] == ["HS2017", "HS2022"]


def test_codes_stay_text_and_month_52_is_the_year(read: Read) -> None:
    last = read(RUSSIA).rows.row(2, named=True)
    assert (last["code"], last["period"]) == ("010121", "2022")
    assert (last["quantity"], last["unit"]) == (5.0, "u")


def test_an_answer_in_json_says_the_same(read: Read) -> None:
    rows = read(ANSWER, "answer.json").rows
    assert rows["reporter"].to_list() == ["us", "us"]
    assert rows["partner"].to_list() == ["jp", "jp"]
    assert dict(zip(rows["flow"], rows["value"], strict=True)) == {
        "import": 151580564290.0,
        "export": 76154045176.0,
    }
    assert set(rows["valuation"]) == {"CIF", "FOB"}
    assert set(rows["period"]) == {"2023"}


def test_an_answer_that_is_an_error_or_broken_is_unreadable(read: Read) -> None:
    with pytest.raises(InputUnreadable, match="quota"):
        read('{"data":[],"error":"quota exceeded","x":"reporterCode"}')
    with pytest.raises(InputUnreadable, match="broken JSON"):
        read('{"data":[{"reporterCode":156,')


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("7412430463.0", "-5"), "negative"),
        (("7412430463.0", "n/a"), "not_a_number"),
        (("202201,156", "2022x1,156"), "bad_period"),
        (("202201,156,M,643", "202201,156,M,9999"), "unknown_partner"),
        (("202201,156,M", "202201,9999,M"), "unknown_reporter"),
        (("202201,156,M", "202201,156,Q"), "unknown_flow"),
        (("643,0,H6,010121", "643,0,ZZ,010121"), "unknown_edition"),
        (("H6,010121", "H6,10121"), "lost_zeros"),
        (("H6,010121", "H6,AG2"), "unknown_code"),
        (("643,0,H6,TOTAL", "643,156,H6,TOTAL"), "breakdown"),
        (("TOTAL,C00,0,0,,0.0,7412430463.0", "TOTAL,C04,0,0,,0.0,1.0"), "breakdown"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_said(
    read: Read, change: tuple[str, str], why: str
) -> None:
    reading = read(RUSSIA.replace(*change))
    assert reading.rows.height == 2
    assert reading.excluded["why"].to_list() == [why]
    (problem,) = reading.problems
    assert problem.code == why
    assert problem.file == "figures.csv"
    assert problem.position in ("row 3", "row 4")
    assert problem.text


def test_a_period_told_twice_counts_once(read: Read) -> None:
    twice = RUSSIA + RUSSIA.splitlines()[1] + "\n"
    reading = read(twice)
    assert reading.rows.height == 3
    assert reading.excluded.rows() == [
        (5, "duplicated", "202112 | 156 | 643 | TOTAL | 7890330263.0")
    ]


def test_two_rows_that_contradict_each_other_are_both_left_out(read: Read) -> None:
    other = RUSSIA.splitlines()[1].replace("7890330263.0", "1.0")
    reading = read(RUSSIA + other + "\n")
    assert reading.rows.height == 2
    assert set(reading.excluded["why"]) == {"contradiction"}
    assert reading.excluded["row"].to_list() == [2, 5]


def test_many_rows_of_one_kind_are_shown_in_part_and_counted(read: Read) -> None:
    line = RUSSIA.splitlines()[1].replace("7890330263.0", "-1")
    reading = read(RUSSIA + "".join(f"{line}\n" for _ in range(9)))
    assert reading.excluded.height == 9
    assert len(reading.problems) == 4
    assert reading.problems[-1].message.startswith("9 rows in all")
