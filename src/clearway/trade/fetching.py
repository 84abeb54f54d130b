"""UN Comtrade asked for figures with the official client, for those who have a key.

The only part of this room that uses the network, and only when called. The client is
the package `comtradeapicall` of the United Nations; what it answers is written as the
CSV of 47 columns that an import reads like any other.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clearway.errors import InputUnreadable, UsageError
from clearway.trade.extras import imported
from clearway.trade.periods import Period
from clearway.trade.places import m49_of, name_of

_MOST = 100_000
"""Rows that one call may answer with a key (UN Comtrade, "get" data)."""
_FLOWS = {"export": "X", "import": "M"}


def fetch(
    folder: Path,
    *,
    key: str,
    reporter: str,
    partner: str,
    flow: str,
    periods: Sequence[Period],
    codes: Sequence[str] = ("TOTAL",),
    client: Any = None,
) -> Path:
    """Fetch one corridor and write it as a CSV file into a folder; returns its path.

    Raises UsageError without a key or for periods of unequal length, ExtraMissing
    without the client, InputUnreadable where Comtrade answers nothing or more than one
    call may hold.
    """
    if not key:
        raise UsageError(
            "UN Comtrade wants a key: get one at https://comtradedeveloper.un.org and "
            "give it with --key or COMTRADE_KEY"
        )
    yearly = all(period.whole for period in periods)
    monthly = all(period.first == period.last for period in periods)
    if not periods or not (yearly or monthly):
        raise UsageError("ask for years or for months, not for both")
    numbers = {country: m49_of(country) for country in (reporter, partner)}
    if missing := [country for country, number in numbers.items() if not number]:
        raise UsageError(f"UN Comtrade has no number for {name_of(missing[0])}")
    client = client or imported("comtradeapicall", extra="trade-fetch")
    frame = client.getFinalData(
        key,
        typeCode="C",
        freqCode="A" if yearly else "M",
        clCode="HS",
        period=",".join(str(period).replace("-", "") for period in periods),
        reporterCode=numbers[reporter],
        cmdCode=",".join(codes),
        flowCode=_FLOWS[flow],
        partnerCode=numbers[partner],
        partner2Code="0",
        customsCode="C00",
        motCode="0",
        maxRecords=_MOST,
        format_output="JSON",
        includeDesc=True,
    )
    if frame is None or not len(frame):
        raise InputUnreadable("UN Comtrade", "answered nothing; is the key right?")
    if len(frame) >= _MOST:
        raise InputUnreadable(
            "UN Comtrade", f"answered {_MOST:,} rows, its most: ask for fewer periods"
        )
    name = f"comtrade_{reporter}_{partner}_{flow}_{periods[0]}_{periods[-1]}.csv"
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False)
    return path
