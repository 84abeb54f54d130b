"""Windows of real trade in which nothing is known to have happened: false alarms there.

Two kinds of series: long ones of one corridor, from which windows are taken that hold
no alarm (`clearway.trade.alarms`), and short ones of many corridors of the European
Union with partners that are no target. On real trade nobody knows that nothing
happened - these are years of an epidemic and a war - so the share called abnormal is an
upper bound of the false alarms, and windows of one series are not independent.
"""

import random
from collections.abc import Iterator, Sequence

from clearway.bench.made_series import Made
from clearway.errors import NotFound
from clearway.trade.alarms import LEARNED, walk
from clearway.trade.asking import Question, rows_of
from clearway.trade.counterfactual import FEWEST
from clearway.trade.flows import LUNAR, Series, series
from clearway.trade.periods import months_between
from clearway.trade.places import EU_MEMBERS
from clearway.trade.redflags import detours
from clearway.trade.store import Store

LONG, SHORT = 200, 300
"""Windows of the long series, and of the short ones."""
LONGEST = 4
"""Months of the longest window."""
_SEED = 20240301


def real(store: Store, count: int) -> list[Made]:
    """So many windows, of long and short series as 2 to 3; the same each time."""
    rng = random.Random(_SEED)
    some = [*_long(store)]
    many = [*_short(store)]
    share = count * LONG // (LONG + SHORT)
    return [
        *rng.sample(some, min(share, len(some))),
        *rng.sample(many, min(count - share, len(many))),
    ]


def _long(store: Store) -> Iterator[Made]:
    """Windows of China's trade with Russia, both flows, that hold no alarm."""
    for flow in ("export", "import"):
        one = series(store, Question(("cn",), ("ru",), (flow,)))
        values = dict(one.values)
        steps = walk(values, max(values), lunar=True)
        struck = frozenset(step.month for step in steps if step.alarm)
        for window in _windows(sorted(values), LEARNED):
            if not struck & set(window):
                before = frozenset(month for month in struck if month < window[0])
                yield Made(_until(values, window), window, "long", before)


def _short(store: Store) -> Iterator[Made]:
    """Windows of what each member exported to each partner that is no target."""
    targets = {detour.country for detour in detours()} | {"by"}
    question = Question(tuple(sorted(EU_MEMBERS)), publisher="eurostat")
    if not any(kept.publisher == "eurostat" for kept in store.files()):
        return
    partners = sorted(set(rows_of(store, question)["partner"]) - targets)
    for member in sorted(EU_MEMBERS):
        for partner in partners:
            corridor = Question((member,), (partner,), publisher="eurostat")
            try:
                one = series(store, corridor)
            except NotFound:
                continue
            if _whole(one):
                values = dict(one.values)
                for window in _windows(sorted(values), FEWEST + 1):
                    lunar = bool(LUNAR & {member, partner})
                    yield Made(
                        _until(values, window), window, "short", frozenset(), lunar
                    )


def _whole(one: Series) -> bool:
    """Whether every month is told and none is zero."""
    values = one.values
    months = months_between(min(values), max(values))
    return all(values.get(month) for month in months) and len(months) > FEWEST


def _windows(months: Sequence[str], history: int) -> Iterator[tuple[str, ...]]:
    for start in range(history, len(months)):
        for length in range(1, LONGEST + 1):
            if start + length <= len(months):
                yield tuple(months[start : start + length])


def _until(values: dict[str, float], window: Sequence[str]) -> dict[str, float]:
    return {month: value for month, value in values.items() if month <= window[-1]}
