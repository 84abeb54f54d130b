"""A million stakes: who is owned, when a hundred thousand parties are listed."""

import random
import time
from datetime import date
from fractions import Fraction

from clearway.bench.machine import peak_memory
from clearway.bench.report import Part
from clearway.bench.setting import Setting
from clearway.ownership.deciding import evaluate
from clearway.ownership.register import Register
from clearway.ownership.stake import Share, Stake
from clearway.ownership.threshold import Test

STAKES = 1_000_000
LISTED = 100_000
_DAY = date(2024, 5, 7)
_TESTS = (
    ("added", "50 % or more, stakes added", Test()),
    ("alone", "more than 50 %, each alone", Test(op=">", aggregate=False)),
)


def run(setting: Setting) -> Part:
    """Make a register, take it into columns, ask who is owned, tell some of it."""
    stakes_ = STAKES if setting.sample is None else min(STAKES, setting.sample * 100)
    part = Part("owning", f"{stakes_:,} stakes")
    setting.progress("making stakes", 0, 0)
    rows = made(stakes_)
    listed = [f"P{n}" for n in range(max(1, stakes_ * LISTED // STAKES))]
    setting.progress("evaluating them", 0, 0)
    evaluate(rows[: 10 * len(listed[:100])], listed, Test(), _DAY, exact=False)
    began = time.perf_counter()
    register = Register.of(rows)
    read = time.perf_counter() - began
    part.title = (
        f"{stakes_:,} stakes among {len(register.ids):,} parties, "
        f"{len(listed):,} listed"
    )
    part.measure("register", "taking them into columns", read, "s")
    slowest = 0.0
    for name, what, test in _TESTS:
        began = time.perf_counter()
        result = evaluate(register, listed, test, _DAY)
        seconds = time.perf_counter() - began
        slowest = max(slowest, seconds)
        part.measure(name, what, seconds, "s", len(result.owned))
        told = result.owned[:: max(1, len(result.owned) // 200)]
        began = time.perf_counter()
        for entity in told:
            result.of(entity)
        each = (time.perf_counter() - began) / max(1, len(told)) * 1000
        part.measure(f"{name}_told", "  one told in words", each, "ms", len(told))
    part.measure("whole", "columns and the slower test", read + slowest, "s")
    part.measure("memory", "most memory", peak_memory(), "GB")
    part.notes.append(
        "stakes: each party is held by one to five others, most of them older; every "
        "fifth holds a majority, one in a hundred points back and may close a circle"
    )
    return part


def made(count: int) -> list[Stake]:
    """Stakes of a register that looks like one; the same each time."""
    rng = random.Random(20240507)
    shares = [Share.exactly(Fraction(n, 10_000)) for n in range(10_001)]
    people = count // 4
    rows: list[Stake] = []
    company = 0
    while len(rows) < count:
        owned = f"C{company}"
        left = 10_000
        for _ in range(rng.randint(1, 5)):
            if left <= 0:
                break
            amount = left if rng.random() < 0.2 else rng.randint(1, left)
            left -= amount
            rows.append(Stake(_owner(rng, company, people), owned, shares[amount]))
        company += 1
    return rows[:count]


def _owner(rng: random.Random, company: int, people: int) -> str:
    if company == 0 or rng.random() < 0.5:
        return f"P{rng.randrange(people)}"
    if rng.random() < 0.01:
        return f"C{company + rng.randint(1, 1000)}"
    return f"C{rng.randrange(company)}"
