"""A book of a million payments, replayed: how fast, and is each judged as if alone.

Two books are made, the same each time: one of few parties and few columns, and one as
a bank's may be, with many parties of whom some pay often, accounts, goods and texts.
Reading the file, screening, judging and counting are all in the time.
"""

import csv
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from clearway.app.opening import opener, screener_of
from clearway.bench.asked import listed_names
from clearway.bench.machine import peak_memory
from clearway.bench.measures import evenly
from clearway.bench.report import Part
from clearway.bench.setting import Setting
from clearway.rules import law
from clearway.screen.profile import load_profile
from clearway.screen.replaying import Replay
from clearway.screen.screener import Screener
from clearway.screen.transactions import check_transactions
from clearway.tables.book import book_columns, read_book
from clearway.tables.reading import open_table
from clearway.tables.transaction_rows import table_transactions

PAYMENTS = 1_000_000
_JUDGED_ALONE = 400
_LISTED = 300
"""One payment in so many names somebody listed."""
_FIRST = date(2022, 1, 1)
_DAYS = 1_000

_WORDS = (
    *("Alder", "Borealis", "Cobalt", "Dunmore", "Elbrook", "Fairway", "Gantry"),
    *("Harbour", "Ibis", "Juniper", "Kestrel", "Larkfield", "Meridian", "Norden"),
    *("Oakley", "Pinnacle", "Quarry", "Ridgeway", "Selkirk", "Thornbury", "Umbra"),
    *("Vantage", "Westlake", "Yarrow", "Zephyr", "Amber", "Birch", "Cedar", "Drift"),
)
_TRADES = (
    *("Trading", "Logistics", "Textiles", "Machinery", "Foods", "Chemicals", "Design"),
    *("Shipping", "Electronics", "Consulting", "Timber", "Ceramics", "Optics"),
    *("Packaging", "Furniture", "Engineering", "Paper", "Garments", "Seeds", "Tools"),
)
_FORMS = ("Ltd", "GmbH", "SARL", "Inc", "LLC", "Co Ltd", "AB", "SpA", "TOO", "OOO")
_COUNTRIES = (
    *("cn", "de", "tr", "ae", "us", "in", "it", "gb", "fr", "nl", "kz", "uz", "kg"),
    *("ru", "by", "ir", "vn", "hk", "sg", "pl", "es", "jp", "br", "za", "rs", "am"),
)
_BANKS = (
    *(
        ("Example Bank of the North", "EXNODEFF"),
        ("Sample Commercial Bank", "SACOCNBN"),
    ),
    *(("First Model Bank", "FIMOTRIS"), ("Harbour Savings Bank", "HASAAEAD")),
)
_GOODS = ("", "845710", "854231", "847130", "8542.32")
_TEXTS = (
    *("invoice {n}", "contract {n} of 2023", "rent", "salary", "/INV/{n}/GOODS"),
    *("services under agreement {n}", "spare parts, order {n}", "advance payment"),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of book: what is in it, and how many parties to how many payments."""

    name: str
    what: str
    parties: float
    full: bool


SORTS = (
    Sort("few", "few parties, no texts", 0.04, full=False),
    Sort("many", "many parties, accounts, 500 goods, texts", 0.2, full=True),
)


def run(setting: Setting) -> Part:
    """Make each book, replay it, and judge some of its payments alone."""
    count = PAYMENTS if setting.sample is None else min(PAYMENTS, setting.sample * 100)
    part = Part("book", f"{count:,} payments replayed, by the profile foreign_bank")
    config = replace(load_profile("foreign_bank"), accept_stale=True)
    open_ = opener(setting.home, setting.day, config)
    screener = screener_of(open_, setting.progress)
    screener.warm()
    law()
    named = [name for _, name in listed_names(setting, 200)]
    with TemporaryDirectory() as folder:
        for sort in SORTS:
            path = Path(folder) / f"{sort.name}.csv"
            setting.progress(f"making a book of {sort.what}", 0, 0)
            write(path, made(sort, count, named))
            _measure(part, sort, path, screener, setting)
    part.measure("memory", "most memory", peak_memory(), "GB")
    part.notes.append(
        "seconds are those of the clock, with the processes that help to screen; CPU "
        "seconds are those of this process alone"
    )
    return part


def _measure(
    part: Part, sort: Sort, path: Path, screener: Screener, setting: Setting
) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    table = open_table(path)
    book = read_book(table, book_columns(table.columns), setting.progress)
    read = time.perf_counter() - began
    replay = Replay(screener, book, law(), progress=setting.progress)
    prepared = time.perf_counter() - began
    replayed = replay.run()
    steps = list(replay.steps(law().changes, replayed.amounts))
    seconds = time.perf_counter() - began
    used = time.process_time() - cpu
    said = f"{sort.what}: {book.rows / seconds:,.0f} payments a second"
    part.measure(sort.name, said, book.rows / seconds, "a second", book.rows)
    part.measure(f"{sort.name}_cpu", "  CPU of this process", used, "s")
    part.measure(f"{sort.name}_read", "  reading the file", read, "s")
    pieces = "  reading and screening what it says"
    part.measure(f"{sort.name}_pieces", pieces, prepared - read, "s", replay.pieces)
    rest = seconds - prepared
    part.measure(f"{sort.name}_judged", "  judging, counting", rest, "s", len(steps))
    part.measure(f"{sort.name}_sorts", "  sorts of payment", replay.sorts, "sorts")
    rows = evenly(range(book.rows), min(_JUDGED_ALONE, setting.sample or _JUDGED_ALONE))
    same = _judged_alone(rows, path, replay, replayed.verdicts.tolist(), screener)
    part.measure(f"{sort.name}_same", "  judged as if alone", same, "share", len(rows))


def _judged_alone(
    rows: Sequence[int],
    path: Path,
    replay: Replay,
    verdicts: Sequence[int],
    screener: Screener,
) -> float:
    """The share of some payments whose verdict and rules are those of the payment."""
    wanted = set(rows)
    few = path.with_name("few.csv")
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        heads = next(lines)
        write(few, [heads, *(row for at, row in enumerate(lines) if at in wanted)])
    each = [replace(o, kind="payment") for o in table_transactions(open_table(few))]
    rules = law().rules
    same = 0
    for row, alone in zip(rows, check_transactions(screener, each), strict=True):
        told = {rules[rule].id for rule, _ in replay.rules_of(row)}
        same += verdicts[row] == alone.verdict.rank and told == {
            finding.rule for finding in alone.findings
        }
    return same / len(rows)


def write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write a book."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def made(sort: Sort, count: int, listed: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a book, its headings first; the same each time."""
    rng = random.Random(20240517)
    parties = [
        _party(rng, number) for number in range(max(2, int(count * sort.parties)))
    ]
    codes = [*_GOODS, *(f"{rng.randrange(10_000, 970_000):06d}" for _ in range(500))]
    choose: Callable[[], int] = partial(rng.randrange, len(parties))
    if sort.full:
        choose = partial(_often, rng, len(parties))
    yield _headings(full=sort.full)
    for number in range(count):
        debtor, creditor = parties[choose()], parties[choose()]
        if rng.randrange(_LISTED) == 0 and listed:
            creditor = (rng.choice(listed), creditor[1])
        day = str(_FIRST + timedelta(days=rng.randrange(_DAYS)))
        bank, bic = rng.choice(_BANKS)
        amount = f"{rng.lognormvariate(10, 2):.2f}"
        goods = rng.choice(codes if sort.full else _GOODS)
        row = [day, str(number), *debtor, *creditor, bank, bic, amount]
        row += [rng.choice(("USD", "EUR", "CNY")), goods, rng.choice(_COUNTRIES)]
        if sort.full:
            account = f"DE{number_of(creditor[0]) % 10**20:020d}"
            text = rng.choice(_TEXTS).format(n=rng.randrange(20_000))
            row += [account, text, rng.choice(("", "GDDS", "SALA", "medicine"))]
        yield row


def _headings(*, full: bool) -> list[str]:
    heads = ["date", "reference", "debtor", "debtor_country", "creditor"]
    heads += ["creditor_country", "creditor_bank", "creditor_bank_bic", "amount"]
    heads += ["currency", "hs_code", "destination"]
    return [*heads, "creditor_iban", "remittance", "purpose"] if full else heads


def _party(rng: random.Random, number: int) -> tuple[str, str]:
    words = f"{rng.choice(_WORDS)} {rng.choice(_WORDS)} {rng.choice(_TRADES)}"
    return f"{words} {number % 997} {rng.choice(_FORMS)}", rng.choice(_COUNTRIES)


def _often(rng: random.Random, count: int) -> int:
    """A few of many come up again and again: the square of a chance."""
    return int(count * rng.random() ** 2)


def number_of(text: str) -> int:
    """A number of a text, the same in every process."""
    return int.from_bytes(text.encode()[:12].ljust(12, b" "), "big")
