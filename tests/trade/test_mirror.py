"""Both records of one trade, and none against itself.

Source: UN Comtrade (China) and IMF IMTS (Russia), totals in USD.
"""

from collections.abc import Callable

import pytest

from clearway.errors import NotFound
from clearway.trade.asking import Question
from clearway.trade.mirror import mirror
from clearway.trade.store import Kept, Store
from clearway.trade.words import of_gap

Keep = Callable[..., Kept]
CHINA = """\
period,reporter,partner,flow,value,currency
2021,CN,RU,export,67196722796,USD
2022,CN,RU,export,75538833975,USD
"""
RUSSIA = """\
SERIES_CODE,COUNTRY.ID,INDICATOR.ID,COUNTERPART_COUNTRY.ID,SCALE.ID,2021,2022
RUS.MG_CIF_USD.CHN.A,RUS,MG_CIF_USD,CHN,6,72685.740904,82007.51241088703
"""
QUESTION = Question(("cn",), ("ru",))


def test_freight_and_insurance_explain_a_gap(store: Store, keep: Keep) -> None:
    keep(CHINA)
    keep(RUSSIA, "imf.csv")
    found = mirror(store, QUESTION)
    gap = found.gaps[0]
    assert gap.ratio == pytest.approx(1.0817, abs=1e-4)
    assert gap.verdict == "within"
    assert of_gap(gap, found).startswith(
        "2021: USD 67.2 billion told by China, USD 72.7"
    )


def test_a_record_made_from_the_mirror_is_never_compared_with_it(
    store: Store, keep: Keep
) -> None:
    keep(CHINA)
    keep(RUSSIA, "imf.csv")
    gap = mirror(store, QUESTION).gaps[1]
    assert (gap.period, gap.ratio, gap.verdict, gap.gap) == (
        "2022",
        None,
        "refused",
        None,
    )
    assert "circular" in gap.why


@pytest.mark.parametrize(
    ("value", "verdict"), [("60000", "below"), ("90000", "above"), ("70000", "within")]
)
def test_a_gap_beyond_the_band_is_said(
    store: Store, keep: Keep, value: str, verdict: str
) -> None:
    keep(CHINA)
    keep(RUSSIA.replace("72685.740904", value), "imf.csv")
    assert mirror(store, QUESTION).gaps[0].verdict == verdict


def test_months_are_added_up_where_only_months_are_told(
    store: Store, keep: Keep
) -> None:
    months = "".join(f"2021-{m:02},CN,RU,export,5000000000,USD\n" for m in range(1, 13))
    keep(CHINA.splitlines()[0] + "\n" + months + "2022-01,CN,RU,export,1,USD\n")
    keep(RUSSIA, "imf.csv")
    (gap,) = mirror(store, QUESTION).gaps
    assert (gap.period, gap.exported) == ("2021", 60_000_000_000.0)


def test_one_side_alone_is_no_mirror(store: Store, keep: Keep) -> None:
    keep(CHINA)
    with pytest.raises(NotFound):
        mirror(store, QUESTION)
