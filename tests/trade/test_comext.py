"""Eurostat: bulk, Easy Comext and workbooks; aggregates beside member states.

Source: Eurostat Comext (CC BY 4.0), a few rows in each layout.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from clearway.trade.columns import Reading, Told
from clearway.trade.files import file_at
from clearway.trade.reading import read_file

Read = Callable[..., Reading]

BULK = """\
REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,FLOW,STAT_PROCEDURE,SUPPL_UNIT,\
PERIOD,VALUE_EUR,VALUE_NAC,QUANTITY_KG,QUANTITY_SUPPL_UNIT
AT,AD,E,35069190,59229,2,1,NO_SU,202402,65,65,3,0
AT,AD,E,38089490,59140,1,1,NO_SU,202452,2700,2700,136,0
AT,AD,E,38089490,59140,1,3,NO_SU,202452,100,100,6,0
EU,RU,E,84MMM000,59140,1,1,NO_SU,202402,1,1,1,0
"""
EASY = """\
product_code,flow,reporter,partner,month,value_eur,file
84715000,EXPORT,Austria,Russian Federation (Russia),2022-01,100,a
84715000,EXPORT,"Euro area (EA11-1999, EA12-2001)",Russia,2022-01,900,a
8471,EXPORT,Austria,Russian Federation (Russia),2022-01,500,a
TOTAL,EXPORT,Austria,Russian Federation (Russia),2022-01,9000,a
84715000,EXPORT,Austria,Russian Federation (Russia),2022-02,0,a
TOTAL,EXPORT,Austria,Russian Federation (Russia),2022-02,0,a
"""


def test_the_bulk_file_numbers_its_flows(read: Read) -> None:
    reading = read(BULK)
    assert (reading.publisher, reading.layout) == ("eurostat", "Comext bulk file")
    assert reading.rows["flow"].to_list() == ["export", "import", "import"]
    assert reading.rows["period"].to_list() == ["2024-02", "2024", "2024"]
    assert set(reading.rows["edition"]) == {"CN2024"}
    assert reading.rows["quantity"].to_list() == [3.0, 136.0, 6.0]


def test_procedures_of_one_code_add_up_and_are_no_duplicates(read: Read) -> None:
    assert read(BULK).rows.filter(read(BULK).rows["period"] == "2024").height == 2


def test_a_code_with_letters_breaks_something_else_down(read: Read) -> None:
    assert read(BULK).excluded["why"].to_list() == ["breakdown"]


def test_aggregates_are_kept_apart_from_members(read: Read) -> None:
    rows = read(EASY).rows
    assert rows["reporter"].to_list() == ["at", "ea", "at", "at"]
    assert rows["code"].to_list() == ["84715000", "84715000", "8471", "TOTAL"]


def test_zero_months_at_the_end_are_not_yet_published(read: Read) -> None:
    reading = read(EASY)
    assert reading.excluded["why"].to_list() == ["unpublished", "unpublished"]
    assert reading.excluded["row"].to_list() == [6, 7]


def test_a_zero_month_in_between_is_a_zero(read: Read) -> None:
    later = EASY + EASY.splitlines()[1].replace("2022-01", "2022-03") + "\n"
    assert "2022-02" in read(later).rows["period"].to_list()


def sheet(cells: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in (("Summary", cells[:3]), ("Structure", []), ("Sheet 1", cells)):
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
    book.close()
    return out.getvalue()


WORKBOOK: list[list[object]] = [
    ["Data extracted on 21/01/2023 20:19:52 from [ESTAT]"],
    ["Dataset: ", "EU trade since 1988 by HS2-4-6 and CN8 [DS-045409__custom_4624885]"],
    ["Last updated: ", "13/01/2023 11:00"],
    [],
    ["PRODUCT [PRODUCT]", "", "Sauces (excl. soya sauce) [21039090]"],
    ["FLOW", "", "EXPORT"],
    ["INDICATORS", "", "VALUE_IN_EUROS"],
    [],
    ["TIME", "TIME", "2020-01", "2020-02"],
    ["FREQ (Labels)", "FREQ (Labels)", "Monthly", "Monthly"],
    ["REPORTER (Labels)", "PARTNER (Labels)", "", ""],
    ["Austria", "Armenia", 8813.0, ":"],
    ["Austria", "Belarus (Belorussia)", 89729.0, 138750.0],
    ["Special value"],
    [":", "not available"],
]


def test_a_workbook_is_read_sheet_by_sheet(read: Read) -> None:
    reading = read(sheet(WORKBOOK), "ds045409.xlsx")
    assert reading.layout == "DS-045409 workbook"
    assert reading.published == "2023-01-13"
    rows = reading.rows.select("code", "partner", "period", "value").rows()
    assert rows == [
        ("21039090", "am", "2020-01", 8813.0),
        ("21039090", "by", "2020-01", 89729.0),
        ("21039090", "by", "2020-02", 138750.0),
    ]


@pytest.mark.shared
def test_the_real_workbook_agrees_with_the_table_made_from_it(shared: Path) -> None:
    folder = shared / "trade" / "eurostat"
    table = read_file(file_at(folder / "cn8_exports_monthly_2020_2022.csv.gz"), Told())
    book = read_file(file_at(folder / "ds045409_sample.xlsx"), Told())
    key = ["code", "reporter", "partner", "flow", "period"]
    told = book.rows.filter(book.rows["value"] > 0)
    both = told.join(table.rows, on=key, suffix="_table")
    assert both.height == told.height > 9_000
    assert (both["value"] == both["value_table"]).all()
