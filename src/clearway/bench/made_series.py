"""Monthly trade made up with a known truth, to see how often a detector errs.

Each series is drawn anew: its drift, how far its level wanders, its noise (normal, or
with heavy tails), its seasons, what the Lunar New Year takes. None of the models that
judge it made it: shocks of level and noise are drawn together, a third of the series
have tails no model expects, and a third change their drift half-way.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from clearway.trade.lunar import regressor
from clearway.trade.periods import month_at, month_number

FIRST = "2012-01"


@dataclass(frozen=True, slots=True)
class Made:
    """A series and the window in it that is asked about; nothing happens in it.

    `skipped` are the alarms before it, None where they are to be looked for; `lunar`
    says whether the Lunar New Year moves it.
    """

    values: dict[str, float]
    window: tuple[str, ...]
    noise: str
    skipped: frozenset[str] | None = None
    lunar: bool = True


def made(count: int, seed: int = 20240301) -> Iterator[Made]:
    """So many series; the same each time."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _one(rng)


def _one(rng: random.Random) -> Made:
    length = rng.randint(60, 108)
    start = month_number(FIRST) + rng.randrange(12)
    months = [month_at(start + step) for step in range(length)]
    drift, kink = rng.uniform(-0.005, 0.015), rng.random() < 1 / 3
    wander, noise = rng.uniform(0.02, 0.08), rng.uniform(0.02, 0.10)
    heavy = rng.random() < 1 / 3
    seasons = [rng.gauss(0, rng.uniform(0.03, 0.15)) for _ in range(12)]
    holiday = -rng.uniform(0.05, 0.4)
    level = rng.uniform(18, 23)
    values: dict[str, float] = {}
    lunar = regressor(months)
    for step, month in enumerate(months):
        slope = drift / 3 if kink and step > length // 2 else drift
        level += slope + wander * _shock(rng, heavy=heavy)
        season = seasons[int(month[5:]) - 1] + holiday * lunar[step]
        values[month] = math.exp(level + season + noise * _shock(rng, heavy=heavy))
    window = tuple(months[-rng.randint(1, 4) :])
    loud = math.hypot(wander, noise)
    spread = "quiet" if loud < 0.06 else "middling" if loud < 0.09 else "loud"
    return Made(values, window, spread)


def _shock(rng: random.Random, *, heavy: bool) -> float:
    """A draw of spread 1: normal, or Student's t with 5 degrees of freedom."""
    if not heavy:
        return rng.gauss(0, 1)
    chi = sum(rng.gauss(0, 1) ** 2 for _ in range(5))
    return rng.gauss(0, 1) / math.sqrt(chi / 5) / math.sqrt(5 / 3)
