"""Losses, gains, ratios and surges.

Source of the facts: Eurostat Comext, EU exports of high-priority goods to Russia.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import NotFound, UsageError
from clearway.trade.columns import Told
from clearway.trade.diversion import diversion, year_before
from clearway.trade.editions import high_priority
from clearway.trade.files import file_at
from clearway.trade.periods import window
from clearway.trade.reading import read_file
from clearway.trade.store import Kept, Store
from clearway.trade.words import of_diversion

Keep = Callable[..., Kept]
HEAD = "product_code,flow,reporter,partner,month,value_eur\n"
DETOUR = (
    HEAD
    + """\
84715000,EXPORT,Austria,Russia,2021-03,1000000
85423190,EXPORT,Austria,Russia,2021-03,500000
84715000,EXPORT,Austria,Russia,2022-03,100000
85423190,EXPORT,Austria,Russia,2022-03,500000
84715000,EXPORT,Austria,Kyrgyzstan,2021-03,50000
84715000,EXPORT,Austria,Kyrgyzstan,2022-03,450000
85423190,EXPORT,Austria,Kyrgyzstan,2022-03,800000
84715000,EXPORT,Austria,Georgia,2021-03,100000
84715000,EXPORT,Austria,Georgia,2022-03,90000
TOTAL,EXPORT,Austria,Kyrgyzstan,2021-03,2000000
TOTAL,EXPORT,Austria,Kyrgyzstan,2022-03,3000000
"""
)


def asked(store: Store, **changes: object):  # type: ignore[no-untyped-def]
    question = {
        "reporter": "eu",
        "target": "ru",
        "basket": high_priority(),
        "before": ("2021-03",),
        "after": ("2022-03",),
        **changes,
    }
    return diversion(store, **question)  # type: ignore[arg-type]


def test_losses_gains_and_both_ratios(store: Store, keep: Keep) -> None:
    keep(DETOUR)
    found = asked(store)
    assert (found.target_before, found.target_after) == (1_500_000.0, 600_000.0)
    assert found.loss == 900_000.0
    assert found.uncapped == pytest.approx(1_200_000 / 900_000)
    # Of what Kyrgyzstan gained only computers were lost to Russia.
    assert found.capped == pytest.approx(400_000 / 900_000)
    assert [third.country for third in found.thirds] == ["kg", "ge"]


def test_a_surge_is_flagged_with_what_the_corridor_did(
    store: Store, keep: Keep
) -> None:
    keep(DETOUR)
    kyrgyzstan, georgia = asked(store).thirds
    assert kyrgyzstan.surge
    assert kyrgyzstan.times == 25.0
    assert kyrgyzstan.total_times == 1.5
    assert not georgia.surge
    assert "Kyrgyzstan times 25.0" in of_diversion(asked(store))


def test_the_price_of_a_unit_is_told_apart(store: Store, keep: Keep) -> None:
    head = "period,reporter,partner,flow,code,edition,value,currency,quantity,unit\n"
    keep(
        head + "2021-03,CN,RU,export,854231,HS2017,900,USD,9,kg\n"
        "2022-03,CN,RU,export,854231,HS2022,90,USD,1,kg\n"
        "2021-03,CN,KZ,export,854231,HS2017,100,USD,10,kg\n"
        "2022-03,CN,KZ,export,854231,HS2022,900,USD,30,kg\n"
    )
    (kazakhstan,) = asked(store, reporter="cn").thirds
    assert kazakhstan.price_times == pytest.approx(3.0)


def test_nothing_lost_has_no_ratio(store: Store, keep: Keep) -> None:
    keep(DETOUR)
    found = asked(store, before=("2022-03",), after=("2021-03",))
    assert (found.loss, found.uncapped, found.capped) == (0.0, None, None)


def test_windows_are_equally_long_and_something_is_kept(
    store: Store, keep: Keep
) -> None:
    keep(DETOUR)
    with pytest.raises(UsageError, match="make them equal"):
        asked(store, after=("2022-03", "2022-04"))
    with pytest.raises(NotFound):
        asked(store, reporter="us")
    assert year_before(("2022-01",)) == ("2021-01",)


@pytest.mark.shared
def test_the_union_sent_1806_million_before_and_45_after(
    shared: Path, store: Store
) -> None:
    path = shared / "trade" / "eurostat" / "cn8_exports_monthly_2020_2022.csv.gz"
    file = file_at(path)
    store.keep(file, read_file(file), Told(), retrieved="2023-01-21")
    found = asked(store, before=window("2021-03..11"), after=window("2022-03..11"))
    assert round(found.target_before / 1e6) == 1806
    assert round(found.target_after / 1e6) == 45
    assert found.change == pytest.approx(-0.975, abs=0.0005)
    assert found.currency == "EUR"
    assert {third.country for third in found.thirds if third.surge} == {
        "kz",
        "am",
        "kg",
    }
