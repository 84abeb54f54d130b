"""Tables somebody made, and files nobody knows."""

from collections.abc import Callable

import pytest

from clearway.errors import InputUnreadable, UsageError
from clearway.trade.columns import Reading

Read = Callable[..., Reading]

# First releases of China Customs as reported at the time (MNI, TASS, 1prime).
RELEASES = """\
period,published,china_exports_to_russia_busd,china_imports_from_russia_busd,source
202301-02,2023-03,15.04,18.65,MNI/Gabuev
202304,2023-05-09,9.621,9.606,mideastdiscourse
2023,2024-01,,,"total 240.11: tass.com/economy/1826171"
"""


def test_columns_say_their_flow_and_rows_their_vintage(read: Read) -> None:
    reading = read(RELEASES, publisher="gacc", status="provisional")
    rows = reading.rows.select("flow", "period", "value", "vintage").rows()
    assert ("export", "2023-01..02", 15_040_000_000.0, "2023-03") in rows
    assert ("import", "2023-04", 9_606_000_000.0, "2023-05-09") in rows
    assert set(reading.rows["status"]) == {"provisional"}
    assert reading.publisher == "gacc"
    assert reading.excluded["why"].to_list() == ["withheld", "withheld"]


def test_dates_and_values_alone_ask_for_the_rest(read: Read) -> None:
    text = "date,value\n2022-03-01,3807083016.00\n"
    with pytest.raises(UsageError, match=r"--reporter CN, --partner RU, --flow .*USD"):
        read(text)
    said = {"reporter": "China", "partner": "RU", "flow": "export", "currency": "usd"}
    row = read(text, **said).rows.row(0, named=True)
    assert (row["reporter"], row["partner"], row["flow"]) == ("cn", "ru", "export")
    assert (row["period"], row["value"], row["code"]) == (
        "2022-03",
        3807083016.0,
        "TOTAL",
    )


def test_a_table_in_another_currency_than_told_is_left_out(read: Read) -> None:
    text = (
        "period,reporter,partner,flow,value,currency\n"
        "2022-03,CN,RU,exports,5,USD\n2022-04,CN,RU,exports,6,EUR\n"
    )
    reading = read(text, currency="USD")
    assert reading.rows["value"].to_list() == [5.0]
    assert reading.excluded["why"].to_list() == ["wrong_currency"]


@pytest.mark.parametrize(
    "text", ["", "hello world\n", "a,b\n1,2\n", '{"a": 1}', "<html></html>"]
)
def test_what_is_no_statistics_is_unreadable(read: Read, text: str) -> None:
    with pytest.raises(InputUnreadable):
        read(text)


def test_words_that_make_no_sense_are_refused(read: Read) -> None:
    text = "date,value\n2022-03-01,1\n"
    for said in ({"reporter": "Atlantis"}, {"flow": "sideways"}, {"period": "soon"}):
        with pytest.raises(UsageError):
            read(text, **said)
