"""What may be added up, and growth within one vintage.

Source of figures: UN Comtrade, China's trade with Russia, HS total, USD (as retrieved
in 2025, and exports as they stood in mid-2023); Eurostat layouts.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import NotFound, UsageError
from clearway.trade.asking import Question, country, flow, narrowed, rows_of
from clearway.trade.columns import Told
from clearway.trade.editions import basket_of, high_priority
from clearway.trade.files import file_at
from clearway.trade.flows import by_vintage, growth, pooled, series, unit_values
from clearway.trade.periods import Period, asked
from clearway.trade.reading import read_file
from clearway.trade.store import Kept, Store

Keep = Callable[..., Kept]
CORRIDOR = Question(("cn",), ("ru",))
SPRING = """\
period,china_exports_to_russia_usd
202303,8890227839
202304,9574596213
202403,7456257276
202404,8296607890
"""
EASY = """\
product_code,flow,reporter,partner,month,value_eur
84715000,EXPORT,Austria,Russian Federation (Russia),2022-03,100
84715000,EXPORT,Germany,Russian Federation (Russia),2022-03,200
84715000,EXPORT,"Euro area (EA11-1999, EA12-2001)",Russia,2022-03,290
84715000,EXPORT,European Union - 27 countries,Russian Federation (Russia),2022-03,300
8471,EXPORT,Austria,Russian Federation (Russia),2022-03,150
8471,EXPORT,Germany,Russian Federation (Russia),2022-03,210
85,EXPORT,Austria,Russian Federation (Russia),2022-03,7
85423190,EXPORT,Austria,Russian Federation (Russia),2022-03,9
"""


def test_march_2024_fell_16_1_percent_and_april_13_3(store: Store, keep: Keep) -> None:
    keep(SPRING, published="2025-06-01")
    vintages = by_vintage(store, CORRIDOR).values()
    march, april = (growth(vintages, asked(f"2024-0{n}")) for n in (3, 4))
    assert march.rate == pytest.approx(-0.161, abs=0.0005)
    assert april.rate == pytest.approx(-0.133, abs=0.0005)
    both = growth(vintages, Period(2024, 3, 4))
    assert both.rate == pytest.approx(-0.147, abs=0.0005)


def test_growth_is_never_taken_across_vintages(store: Store, keep: Keep) -> None:
    keep("period,china_exports_to_russia_usd\n202303,9000\n", published="2023-04-18")
    keep("period,china_exports_to_russia_usd\n202403,7600\n", published="2024-04-18")
    found = growth(by_vintage(store, CORRIDOR).values(), asked("2024-03"))
    assert found.rate is None
    assert found.now == 7600.0
    assert "no single vintage" in found.why


def test_an_older_vintage_serves_where_it_alone_has_both(
    store: Store, keep: Keep
) -> None:
    keep(
        "period,china_exports_to_russia_usd\n202204,100\n202304,250\n", published="2023"
    )
    keep("period,china_exports_to_russia_usd\n202304,240\n", published="2024")
    found = growth(by_vintage(store, CORRIDOR).values(), asked("2023-04"))
    assert (found.rate, found.vintage) == (1.5, "2023")


def test_the_union_is_its_members_without_aggregates(store: Store, keep: Keep) -> None:
    keep(EASY)
    question = Question(("eu",), ("ru",), basket=basket_of(["847150"]))
    assert series(store, question).total(asked("2022-03")) == 300.0
    blind = rows_of(store, Question((), ("ru",), basket=basket_of(["847150"])))
    assert blind["reporter"].to_list() == ["at", "de"]


def test_codes_of_several_lengths_are_not_added_up(store: Store, keep: Keep) -> None:
    keep(EASY)
    heading = Question(("eu",), ("ru",), basket=basket_of(["8471"]))
    assert series(store, heading).total(asked("2022-03")) == 360.0
    chapter = Question(("at",), ("ru",), basket=basket_of(["85"]))
    assert series(store, chapter).total(asked("2022-03")) == 9.0


def test_products_stand_in_for_a_total_that_is_not_told(
    store: Store, keep: Keep
) -> None:
    keep(EASY)
    found = series(store, Question(("de",), ("ru",)))
    assert found.total(asked("2022-03")) == 210.0
    assert "products were added up" in found.notes[0]


def test_a_plain_join_would_lose_what_hs2017_called_otherwise(
    store: Store, keep: Keep
) -> None:
    keep(
        "product_code,flow,reporter,partner,month,value_eur\n"
        "88033000,EXPORT,Austria,Russia,2021-03,100\n"
        "88073000,EXPORT,Austria,Russia,2022-03,40\n"
    )
    found = series(store, Question(("eu",), ("ru",), basket=high_priority()))
    assert dict(found.values) == {"2021-03": 100.0, "2022-03": 40.0}
    assert "too high rather than too low" in found.notes[0]


def test_two_editions_of_one_period_are_not_added_up(store: Store, keep: Keep) -> None:
    head = "period,reporter,partner,flow,code,edition,value,currency\n"
    keep(head + "2022-03,CN,RU,export,854890,HS2017,10,USD\n", published="2023")
    keep(head + "2022-03,CN,RU,export,854800,HS2022,9,USD\n", published="2022")
    found = series(store, narrowed(CORRIDOR, basket=high_priority()))
    assert dict(found.values) == {"2022-03": 9.0}


def test_january_and_february_are_one_figure() -> None:
    spans = [str(span) for span in pooled("2023-12", "2024-03", lunar=True)]
    assert spans == ["2023-12", "2024-01..02", "2024-03"]
    assert len(pooled("2024-01", "2024-12", lunar=False)) == 12


def test_unit_values_need_one_unit(store: Store, keep: Keep) -> None:
    head = "period,reporter,partner,flow,code,edition,value,currency,quantity,unit\n"
    keep(head + "2022-03,CN,RU,export,854231,HS2022,100,USD,4,kg\n")
    (price,) = unit_values(
        series(store, narrowed(CORRIDOR, basket=basket_of(["8542"])))
    )
    assert (price.price, price.unit) == (25.0, "kg")


def test_what_is_not_kept_is_not_found(store: Store, keep: Keep) -> None:
    keep(SPRING)
    with pytest.raises(NotFound, match="Germany"):
        series(store, Question(("de",), ("ru",)))
    with pytest.raises(UsageError, match="no country"):
        country("Atlantis")
    assert (country("China"), flow("Exports")) == ("cn", "export")


@pytest.mark.shared
def test_trade_of_2023_is_240_billion(shared: Path, store: Store) -> None:
    folder = shared / "trade" / "comtrade"
    for name, told in (
        ("china_russia_monthly_2017_2024.csv", Told(publisher="comtrade")),
        ("comtrade_imports_chn_from_rus_2017_2024.csv", Told()),
    ):
        file = file_at(folder / name)
        store.keep(file, read_file(file, told), told, retrieved="2025-06-01")
    both = [
        series(store, narrowed(CORRIDOR, flows=(way,))).total(Period(2023)) or 0.0
        for way in ("export", "import")
    ]
    assert round(sum(both) / 1e9, 2) == 240.01
