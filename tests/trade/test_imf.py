"""IMF, one column a year; what it made up for Russia is no report of Russia.

Source: IMF IMTS, reporter Russian Federation, counterpart China, millions of USD.
"""

from collections.abc import Callable

from clearway.trade.columns import Reading

Read = Callable[..., Reading]

RUSSIA = """\
"DATASET","SERIES_CODE","COUNTRY.ID","INDICATOR.ID","COUNTERPART_COUNTRY.ID","SCALE.ID",\
"2020","2021","2022"
"IMF.STA:IMTS(1.0.0)","RUS.XG_FOB_USD.CHN.A","RUS","XG_FOB_USD","CHN","6",\
"49583.127513","68422.666052","98004.80377930295"
"IMF.STA:IMTS(1.0.0)","RUS.MG_CIF_USD.G400.A","RUS","MG_CIF_USD","G400","6",\
"11678.947477","","17836.74822448371"
"IMF.STA:IMTS(1.0.0)","RUS.MG_CIF_USD.YUG.A","RUS","MG_CIF_USD","YUG","6","","",""
"IMF.STA:IMTS(1.0.0)","ARM.MG_CIF_USD.RUS.A","ARM","MG_CIF_USD","RUS","6",\
"1495.1","1790.123456","2620.1234567891"
"""


def test_a_column_a_period_becomes_a_row_a_period(read: Read) -> None:
    rows = read(RUSSIA).rows
    china = rows.filter(rows["partner"] == "cn")
    assert dict(zip(china["period"], china["value"], strict=True)) == {
        "2020": 49583127513.0,
        "2021": 68422666052.0,
        "2022": 98004803779.30295,
    }
    assert set(china["flow"]) == {"export"}
    assert set(china["valuation"]) == {"FOB"}


def test_russia_is_estimated_from_2022_on(read: Read) -> None:
    rows = read(RUSSIA).rows
    russia = rows.filter(rows["partner"] == "cn")
    assert russia.sort("period")["status"].to_list() == [
        *("reported", "reported", "estimated")
    ]


def test_more_digits_than_a_report_has_are_an_estimate_for_anyone(read: Read) -> None:
    rows = read(RUSSIA).rows
    armenia = rows.filter(rows["reporter"] == "am").sort("period")
    assert armenia["status"].to_list() == ["reported", "reported", "estimated"]


def test_groups_are_kept_as_groups(read: Read) -> None:
    assert "group:G400" in read(RUSSIA).rows["partner"].to_list()


def test_a_currency_nobody_named_is_left_out(read: Read) -> None:
    reading = read(RUSSIA.replace("XG_FOB_USD", "XG_FOB_XDC"))
    assert set(reading.excluded["why"]) == {"wrong_currency"}
    assert reading.excluded.height == 3
