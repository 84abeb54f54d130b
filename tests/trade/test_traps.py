"""The traps of trade files, each with the Problem it gives: file, row, what to do.

They are those of publishers' real files: codes that lost their zeros, months that mean
years, numbers that mean two countries, aggregates beside members, exports cut short.
What a Problem excludes is not in any result and is counted with the file.
"""

from collections.abc import Callable

import pytest

from clearway.errors import InputUnreadable, UsageError
from clearway.model import Problem
from clearway.trade.asking import Question
from clearway.trade.columns import Reading
from clearway.trade.flows import series
from clearway.trade.store import Kept, Store

Read = Callable[..., Reading]
Keep = Callable[..., Kept]

COMTRADE = (
    "reporterCode,partnerCode,flowCode,cmdCode,classificationCode,period,primaryValue\n"
)
EASY = "product_code,flow,reporter,partner,month,value_eur\n"
GACC = "Commodity code,Trading partner code,Trading partner,US dollar\n"
TABLE = "reporter,partner,flow,code,edition,period,value,currency\n"


def only(reading: Reading, code: str) -> Problem:
    found = [problem for problem in reading.problems if problem.code == code]
    assert found, [problem.code for problem in reading.problems]
    return found[0]


GOOD = {
    COMTRADE: "156,643,X,854231,H6,202403,5",
    TABLE: "CN,RU,export,854231,HS2022,2024-03,5,USD",
    EASY: "85423110,EXPORT,Germany,Russia,202203,5",
}
BAD = (
    (COMTRADE, "negative", "156,643,X,854239,H6,202403,-5"),
    (COMTRADE, "not_a_number", "156,643,X,854239,H6,202403,n/a"),
    (COMTRADE, "lost_zeros", "156,643,X,10129,H6,202403,5"),
    (COMTRADE, "unknown_edition", "156,643,X,854239,H9,202403,5"),
    (COMTRADE, "duplicated", "156,643,X,854231,H6,202403,5"),
    (COMTRADE, "bad_period", "156,643,X,854231,H6,202413,5"),
    (COMTRADE, "unknown_partner", "156,9999,X,854231,H6,202403,5"),
    (COMTRADE, "unknown_reporter", "9998,643,X,854231,H6,202403,5"),
    (COMTRADE, "unknown_flow", "156,643,Q,854231,H6,202403,5"),
    (COMTRADE, "unknown_code", "156,643,X,AG6,H6,202403,5"),
    (TABLE, "unknown_edition", "CN,RU,export,854239,HS22X,2024-03,5,USD"),
    (TABLE, "wrong_currency", "CN,RU,export,854239,HS2022,2024-03,5,dollars"),
    (EASY, "withheld", "85423190,EXPORT,Germany,Russia,202203,:"),
    (EASY, "unpublished", "85423110,EXPORT,Germany,Russia,202204,0"),
)


@pytest.mark.parametrize(("head", "code", "bad"), BAD)
def test_a_bad_row_is_left_out_counted_and_said_with_its_place(
    read: Read, keep: Keep, head: str, code: str, bad: str
) -> None:
    whole = f"{head}{GOOD[head]}\n{bad}\n"
    reading = read(whole, name="trap.csv")
    problem = only(reading, code)
    assert (problem.file, problem.position) == ("trap.csv", "row 3")
    assert problem.message
    assert reading.rows["row"].to_list() == [2]
    assert keep(whole, name="trap.csv").excluded == {code: 1}


def test_two_values_of_one_figure_are_both_left_out(read: Read) -> None:
    row = "156,643,X,854231,H6,202403"
    reading = read(f"{COMTRADE}{row},5\n{row},6\n", name="trap.csv")
    places = [p.position for p in reading.problems if p.code == "contradiction"]
    assert places == ["row 2", "row 3"]
    assert reading.rows.height == 0


def test_a_code_stays_text_from_the_file_to_the_answer(read: Read) -> None:
    reading = read(f"{COMTRADE}156,643,X,010121,H6,202403,5\n")
    assert reading.rows["code"].to_list() == ["010121"]


def test_month_52_is_the_year_and_no_month(
    read: Read, store: Store, keep: Keep
) -> None:
    text = f"{COMTRADE}156,643,X,TOTAL,H6,202352,12\n156,643,X,TOTAL,H6,202301,1\n"
    assert read(text).rows["period"].to_list() == ["2023", "2023-01"]
    keep(text)
    months = series(store, Question(("cn",), ("ru",)))
    assert list(months.values) == ["2023-01"]


def test_344_is_hong_kong_for_the_un_and_russia_for_china_customs(read: Read) -> None:
    un = read(f"{COMTRADE}156,344,X,TOTAL,H6,202403,5\n")
    assert un.rows["partner"].to_list() == ["hk"]
    text = f"{GACC}85423119,344,Russia,5\n"
    gacc = read(text, period="2024-03", flow="export")
    assert gacc.rows["partner"].to_list() == ["ru"]


def test_aggregates_among_members_are_said_kept_and_not_added(
    read: Read, store: Store, keep: Keep
) -> None:
    text = (
        f"{EASY}85423110,EXPORT,Germany,Russia,202203,5\n"
        "85423110,EXPORT,France,Russia,202203,3\n"
        "85423110,EXPORT,Euro area (EA11-1999),Russia,202203,8\n"
    )
    problem = only(read(text, name="easy.csv"), "aggregates")
    assert (problem.file, problem.position) == ("easy.csv", "row 4")
    assert "the euro area" in problem.message
    kept = keep(text, name="easy.csv")
    assert "aggregates" in {found["code"] for found in kept.problems}
    assert series(store, Question(("eu",), ("ru",))).values == {"2022-03": 8.0}


def test_code_lengths_side_by_side_are_said_and_not_added(
    read: Read, store: Store, keep: Keep
) -> None:
    text = (
        f"{EASY}TOTAL,EXPORT,Germany,Russia,202203,10\n"
        "85,EXPORT,Germany,Russia,202203,9\n"
        "8542,EXPORT,Germany,Russia,202203,7\n"
        "85423110,EXPORT,Germany,Russia,202203,7\n"
    )
    problem = only(read(text, name="easy.csv"), "lengths_mixed")
    assert (problem.file, problem.position) == ("easy.csv", "row 5")
    assert "codes of 2, 4, 8 digits" in problem.message
    keep(text)
    assert series(store, Question(("de",), ("ru",))).values == {"2022-03": 10.0}


def test_an_export_of_whole_pages_was_cut(read: Read) -> None:
    rows = "".join(f"{85000000 + at * 2},344,Russia,5\n" for at in range(10_000))
    reading = read(GACC + rows, name="q.csv", period="2024-03", flow="export")
    problem = only(reading, "truncated")
    assert (problem.file, problem.position) == ("q.csv", "row 10001")
    less = read(
        GACC + rows[: rows.rindex("\n", 0, -1) + 1], period="2024-03", flow="export"
    )
    assert not [one for one in less.problems if one.code == "truncated"]


def test_an_unknown_edition_is_refused_where_the_user_tells_it(read: Read) -> None:
    with pytest.raises(UsageError, match="HS2017"):
        read("t,i,j,k,v,q\n2023,156,643,854231,5,1\n", edition="HS2099X")


def test_a_currency_other_than_the_file_has_is_refused(read: Read) -> None:
    with pytest.raises(UsageError, match="USD"):
        read(
            f"{GACC}85423119,344,Russia,5\n",
            period="2024-03",
            flow="export",
            currency="CNY",
        )


@pytest.mark.parametrize(
    "cut", ['{"data": [{"reporterCode": 156,', "t,i,j,k,v,q\n", "period,value\n"]
)
def test_a_file_cut_to_nothing_is_unreadable(read: Read, cut: str) -> None:
    with pytest.raises((InputUnreadable, UsageError)):
        read(cut, name="BACI_HS17.csv")
