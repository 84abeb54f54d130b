"""China Customs: the online query in two languages, and the table by country.

Source: stats.customs.gov.cn, an export in English; layouts of the Chinese export and
of the monthly table as published, with figures of the report's months.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import InputUnreadable, UsageError
from clearway.trade.columns import Reading, Told
from clearway.trade.files import file_at
from clearway.trade.reading import read_file

Read = Callable[..., Reading]

ENGLISH = """\
"Commodity code","Commodity","Trading partner code","Trading partner",\
"Customs Regime code","Customs Regime",\
"Locations of importers and exporters code","Locations of importers and exporters",\
"Quantity","Unit","Supplementary Quantity","Supplementary Unit","US dollar",
"01012900","Live horses","110","Hong Kong，China","39","Other","44","Guangdong",\
"47690","Kilogram","93","Number of item","19,121,826",
"01022900","Live cattles","344","Russia","10","Ordinary Trade","53","Yunnan",\
"9400","Kilogram","21","Number of item","18,832",
"01022900","Live cattles","344","Russia","19","Border Trade","53","Yunnan",\
"100","Kilogram","1","Number of item","1,168",
"""
CHINESE = """\
数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,第二数量,第二计量单位,美元
202403,85423119,处理器,344,俄罗斯,1200,个,,,"35,000"
202403,85423119,处理器,110,中国香港,10,个,,,500
"""
TABLE = """\
（2）2024年3月进出口商品国别（地区）总值表（美元值）,,,,,,,,,
单位：千美元,,,,,,,,,
进口原产国（地）出口最终目的国（地）,进出口,,出口,,进口,,累计比去年同期±％,,
,3月,1至3月,3月,1至3月,3月,1至3月,进出口,出口,进口
总值,500000000,1430000000,280000000,807000000,220000000,623000000,1.5,1.5,1.5
  俄罗斯联邦,19268000,56675000,7607000,24409000,11661000,32266000,5.2,-4.0,13.1
  其中：德国,1000,2000,-,-,1000,2000,,,
注：1.本表为更正数据,,,,,,,,,
"""


def test_the_export_is_in_gb18030_and_asks_for_what_it_does_not_say(read: Read) -> None:
    raw = ENGLISH.encode("gb18030")
    with pytest.raises(UsageError, match=r"--flow .* --period"):
        read(raw, "query.csv")
    with pytest.raises(UsageError, match=r"add --period"):
        read(raw, "query.csv", flow="export")
    with pytest.raises(UsageError, match=r"add --flow"):
        read(raw, "query.csv", period="2024-03")
    rows = read(raw, "query.csv", flow="export", period="2024-03").rows
    assert rows["partner"].to_list() == ["hk", "ru", "ru"]
    assert rows["value"].to_list() == [19121826.0, 18832.0, 1168.0]
    assert set(rows["period"]) == {"2024-03"}
    assert rows["detail"].to_list() == ["39/44", "10/53", "19/53"]


def test_regimes_and_places_add_up_and_are_no_duplicates(read: Read) -> None:
    reading = read(ENGLISH, flow="export", period="2024-03")
    assert reading.excluded.height == 0


def test_a_full_page_was_cut(read: Read) -> None:
    head, row = ENGLISH.splitlines()[0], ENGLISH.splitlines()[2]
    many = [row.replace('"53"', f'"{number}"') for number in range(10_000)]
    reading = read("\n".join([head, *many]), flow="export", period="2024-03")
    (problem,) = reading.problems
    assert (problem.code, problem.position) == ("truncated", "row 10001")


def test_the_chinese_layout_has_its_own_date(read: Read) -> None:
    reading = read(CHINESE.encode("gb18030"), flow="export")
    assert reading.layout == "GACC online query, Chinese"
    rows = reading.rows
    assert rows["partner"].to_list() == ["ru", "hk"]
    assert rows["period"].to_list() == ["2024-03", "2024-03"]
    assert rows["edition"].to_list() == ["HS2022", "HS2022"]
    assert rows["currency"].to_list() == ["USD", "USD"]


def test_a_file_in_yuan_is_not_in_dollars(read: Read) -> None:
    yuan = CHINESE.replace("美元", "人民币")
    assert set(read(yuan, flow="import").rows["currency"]) == {"CNY"}
    with pytest.raises(UsageError, match="is in CNY, not in USD"):
        read(yuan, flow="import", currency="USD")


def test_a_row_with_a_cell_too_many_is_left_out(read: Read) -> None:
    reading = read(CHINESE + "202403,1,2,3,4,5,6,7,8,9,10\n", flow="export")
    assert reading.excluded["why"].to_list() == ["ragged"]
    assert reading.rows.height == 2


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_table_by_country_gives_month_and_cumulation(
    read: Read, encoding: str
) -> None:
    reading = read(TABLE.encode(encoding), "2024-03.csv")
    assert reading.layout == "GACC table by country"
    rows = reading.rows
    russia = rows.filter(rows["partner"] == "ru")
    told = dict(
        zip(
            zip(russia["flow"], russia["period"], strict=True),
            russia["value"],
            strict=True,
        )
    )
    assert told == {
        ("export", "2024-03"): 7_607_000_000.0,
        ("export", "2024-01..03"): 24_409_000_000.0,
        ("import", "2024-03"): 11_661_000_000.0,
        ("import", "2024-01..03"): 32_266_000_000.0,
    }
    assert set(rows["status"]) == {"reported"}
    assert set(reading.excluded["why"]) == {"withheld"}


def test_the_table_of_main_countries_is_provisional(read: Read) -> None:
    main = TABLE.replace("商品国别", "商品主要国别").replace("千美元", "百万美元")
    rows = read(main).rows
    assert set(rows["status"]) == {"provisional"}
    assert rows["value"].max() == 807_000_000e6


def test_january_and_february_are_one_figure(read: Read) -> None:
    joint = TABLE.replace("2024年3月", "2024年1至2月").replace(",3月", ",1至2月")
    assert set(read(joint.replace("1至3月", "1至2月")).rows["period"]) == {
        "2024-01..02"
    }


def test_a_title_in_dollars_over_yuan_is_refused(read: Read) -> None:
    with pytest.raises(InputUnreadable, match="disagree"):
        read(TABLE.replace("单位：千美元", "单位：亿元人民币"))


def test_the_table_in_english_on_a_web_page(read: Read) -> None:
    page = """<html><body><h1>(2) China's Total Export &amp; Import Values by
    Country/Region, March 2024 (in USD)</h1><p>Unit: US$1 Million</p><table>
    <tr><td>Country (Region)</td><td colspan=2>Total Export &amp; Import</td>
    <td colspan=2>Export</td><td colspan=2>Import</td><td colspan=3>Change %</td></tr>
    <tr><td></td><td>3</td><td>1 to 3</td><td>3</td><td>1 to 3</td><td>3</td>
    <td>1 to 3</td><td></td><td></td><td></td></tr>
    <tr><td>Russian Federation</td><td>19,268</td><td>56,675</td><td>7,607</td>
    <td>24,409</td><td>11,661</td><td>32,266</td><td>5.2</td><td>-4.0</td><td>13</td>
    </tr></table></body></html>"""
    rows = read(page, "page.html").rows
    assert rows.filter(rows["partner"] == "ru").height == 4
    assert rows["value"].max() == 32_266e6


MARCH = {
    ("export", "2024-03"): 7.6e9,
    ("export", "2024-01..03"): 24e9,
    ("import", "2024-03"): 12e9,
    ("import", "2024-01..03"): 32.676e9,
}
FULL_WIDTH = """\
（２）２０２４年３月进出口商品国别（地区）总值表（美元值）,,,,,,
单位：百万美元,,,,,,
国别（地区）,进出口,,出口,,进口,
,３月,１－３月,３月,１－３月,３月,１－３月
俄罗斯,19600,56676,7600,24000,12000,32676
"""
IN_ENGLISH = """\
"(2) China's Total Export & Import Values by Country/Region, March 2024 (in USD)"
"Unit: 1,000 US Dollars"
"Final Destination/Origin","Imports & Exports",,Exports,,Imports,,"Percentage Change"
,"3","1 to 3","3","1 to 3","3","1 to 3",
"Russian Federation","19,600,000","56,676,000","7,600,000","24,000,000",\
"12,000,000","32,676,000",5.2
"""
SEMICOLONS = """\
China's Total Export & Import Values by Country/Region, Mar 2024;;;;;;
Unit: Thousand USD;;;;;;
Country/Region;Total;;Export;;Import;
;Mar;Jan-Mar;Mar;Jan-Mar;Mar;Jan-Mar
Russia;19600000;56676000;7600000;24000000;12000000;32676000
"""


@pytest.mark.parametrize("table", [FULL_WIDTH, IN_ENGLISH, SEMICOLONS])
def test_tables_by_country_come_in_many_forms(read: Read, table: str) -> None:
    rows = read(table, "bulletin.csv").rows
    told = {(row["flow"], row["period"]): row["value"] for row in rows.to_dicts()}
    assert told == MARCH
    assert set(rows["currency"]) == {"USD"}


def test_a_heading_of_one_line_is_read(read: Read) -> None:
    table = """\
2024年1至2月进出口商品国别(地区)总值表(人民币值)
单位:亿元
国别(地区),进出口1至2月,出口1至2月,进口1至2月
俄罗斯,2600.1,1200.2,1399.9
"""
    rows = read(table).rows.to_dicts()
    assert [(row["flow"], row["period"], row["value"]) for row in rows] == [
        ("export", "2024-01..02", pytest.approx(120.02e9)),
        ("import", "2024-01..02", pytest.approx(139.99e9)),
    ]


def test_two_columns_that_seem_to_say_the_same_are_refused(read: Read) -> None:
    strange = FULL_WIDTH.replace("１－３月", "本年")
    with pytest.raises(InputUnreadable, match="not understood"):
        read(strange)


def test_a_table_without_its_unit_is_not_guessed(read: Read) -> None:
    with pytest.raises(UsageError, match="unit"):
        read(FULL_WIDTH.replace("单位：百万美元", ""))


@pytest.mark.shared
def test_the_real_export_is_known_to_be_cut(shared: Path) -> None:
    file = file_at(shared / "trade" / "gacc" / "online_query_export_en.csv")
    reading = read_file(file, Told(period="2024-03", flow="export"))
    assert reading.rows.height == 10_000
    assert [problem.code for problem in reading.problems] == ["truncated"]
    assert "ru" in set(reading.rows["partner"])
