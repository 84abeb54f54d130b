"""A book of past payments put to the law and the lists of each day.

Most payments of a book are alike in all that the law asks for. Parties are screened
once each; payments alike in standing, goods, route and purpose are put to the rules
once for each period in which neither their facts nor a definition changed, and what
then held is counted for every day of the law. The same conditions judge a single
payment (`transactions`), and tests hold the two together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from clearway.goods.high_priority import listed
from clearway.model import GoodsLine, Involved, Party, Place, Problem, Transaction
from clearway.model.dates import PartialDate
from clearway.names.territories import gazetteer
from clearway.rules import Facts, Item, RuleBook, Sort
from clearway.rules.engine import is_silent
from clearway.rules.sieve import Sieve
from clearway.screen.asker import persons, verdict_for
from clearway.screen.bookparties import BookParties, Supposed
from clearway.screen.gathering import party_items, whole_facts
from clearway.screen.goods_facts import goods_items
from clearway.screen.ownership_facts import NOT_OWNED
from clearway.screen.place_facts import place_items
from clearway.screen.screening import Verdict
from clearway.tables.book import Book

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

Progress = Callable[[str, int, int], None]
Numbers = NDArray[np.int64]
_NO_DAY = -1
_WHOLE = ("goods", "description", "origin", "destination", "final", "purpose", "text")
LEGAL = (Sort.PROHIBITION, Sort.EXPOSURE)
"""What counts as touched by the law: more than a reason to look."""


@dataclass(frozen=True, slots=True)
class HeldBy:
    """What holds of payments alike over one period of facts, a row for each rule.

    `alike`, `rule`, `shown` and `whole` (whether every fact is known) are columns;
    `least` is the rank of the verdict that lists and problems ask for by themselves,
    for each sort of payment.
    """

    alike: Numbers
    rule: Numbers
    shown: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    least: Numbers
    problems: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Replayed:
    """A book judged.

    `days` are the days of its payments as ordinals (-1 where none can be read), `alike`
    the sort of each payment, `verdicts` the rank of its verdict by the law of its own
    day, `amounts` floats for charts (NaN where unknown).
    """

    days: Numbers
    alike: Numbers
    verdicts: Numbers
    amounts: NDArray[np.float64]
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many payments there are."""
        return len(self.days)


class Replay:
    """Replays one book with one screener's lists."""

    def __init__(
        self,
        screener: "Screener",
        book: Book,
        law: RuleBook,
        *,
        supposed: Sequence[Supposed] = (),
        progress: Progress = lambda what, done, total: None,
    ) -> None:
        """Take the book; its parties are screened at once."""
        self._config, self._book, self._law = screener.config, book, law
        self._supposed = tuple(supposed)
        self._parties = BookParties(screener, book, law, self._supposed, progress)
        self._problems: list[Problem] = []
        self._days = self._read_days()
        self._words: list[list[str]] = []
        self._names: list[str] = []
        columns = [*self._parties.columns, *self._coded()]
        self._sorts, self._alike = unique_rows(np.column_stack(columns))
        self._periods = self._fact_days()
        self._known: dict[int, HeldBy] = {}
        self._nothing = screener.nothing_found(Party("")).verdict.rank

    def run(self) -> Replayed:
        """Judge every payment by the law of its own day."""
        verdicts = np.full(len(self._days), Verdict.REVIEW.rank, np.int64)
        edges = np.array([day.toordinal() for day in self._law_days()], np.int64)
        epochs = np.searchsorted(edges, self._days, side="right")
        for epoch in np.unique(epochs[self._days != _NO_DAY]).tolist():
            day = date.fromordinal(int(edges[epoch - 1]) if epoch else 1)
            chosen = (epochs == epoch) & (self._days != _NO_DAY)
            verdicts[chosen] = self._ranks(day)[self._alike[chosen]]
        amounts = self._amounts()
        return Replayed(self._days, self._alike, verdicts, amounts, self._problems)

    def rules_of(self, row: int) -> tuple[tuple[int, bool], ...]:
        """The rules that hold of one payment by the law of its own day."""
        day = int(self._days[row])
        if day == _NO_DAY:
            return ()
        held = self._held(date.fromordinal(day))
        mine = (held.alike == self._alike[row]) & self._in_force(
            held, date.fromordinal(day)
        )
        pairs = zip(held.rule[mine].tolist(), held.shown[mine].tolist(), strict=True)
        return tuple(dict.fromkeys(pairs))

    def problems_of(self, row: int) -> tuple[str, ...]:
        """The codes of what is wrong with one payment."""
        day = int(self._days[row])
        if day == _NO_DAY:
            return ("bad_date",)
        return self._held(date.fromordinal(day)).problems[self._alike[row]]

    def exposed(self, day: date, *sorts: Sort) -> NDArray[np.bool_]:
        """Which payments of the book the law of a day touches, whenever they were."""
        held = self._held(day)
        wanted = self._in_force(held, day) & np.isin(held.rule, self._of_sorts(sorts))
        touched = np.zeros(len(self._sorts), np.bool_)
        touched[held.alike[wanted]] = True
        found: NDArray[np.bool_] = touched[self._alike]
        return found

    def naming(self, supposed: Supposed) -> NDArray[np.bool_]:
        """Which payments have the party supposed in some role."""
        return self._parties.naming(supposed)

    def _ranks(self, day: date) -> Numbers:
        """For each sort of payment the rank of its verdict under the law of a day."""
        held = self._held(day)
        ranks = np.maximum(held.least, self._nothing)
        mine = self._in_force(held, day)
        asked = [
            [
                verdict_for(rule, self._config, shown=shown).rank
                for shown in (False, True)
            ]
            for rule in self._law.rules
        ]
        table = np.array(asked, np.int64)
        np.maximum.at(
            ranks,
            held.alike[mine],
            table[held.rule[mine], held.shown[mine].astype(np.int64)],
        )
        return ranks

    def _in_force(self, held: HeldBy, day: date) -> NDArray[np.bool_]:
        rules = self._law.rules
        covers = np.array([rule.span.covers(day) for rule in rules], np.bool_)
        silent = np.array([is_silent(rule, day) for rule in rules], np.bool_)
        found: NDArray[np.bool_] = covers[held.rule] & (held.whole | ~silent[held.rule])
        return found

    def _of_sorts(self, sorts: Sequence[Sort]) -> Numbers:
        return np.array(
            [n for n, rule in enumerate(self._law.rules) if rule.sort in sorts],
            np.int64,
        )

    def _held(self, day: date) -> HeldBy:
        """What holds over the period of facts that a day lies in."""
        at = int(np.searchsorted(self._periods, day.toordinal(), side="right")) - 1
        if at not in self._known:
            start = date.fromordinal(int(self._periods[max(at, 0)]))
            self._known[at] = self._judged(start)
        return self._known[at]

    def _judged(self, day: date) -> HeldBy:
        sieve = Sieve(self._law, persons(self._config), day)
        pieces = _Pieces(self._parties, day)
        alike, rules, shown, whole = [], [], [], []
        least = np.zeros(len(self._sorts), np.int64)
        problems = []
        for number, row in enumerate(self._sorts.tolist()):
            facts, rank, codes = self._facts(row, pieces)
            least[number] = rank
            problems.append(codes)
            for held in sieve.held(facts):
                alike.append(number)
                rules.append(held.rule)
                shown.append(held.shown)
                whole.append(held.known)
        return HeldBy(
            np.array(alike, np.int64),
            np.array(rules, np.int64),
            np.array(shown, np.bool_),
            np.array(whole, np.bool_),
            least,
            tuple(problems),
        )

    def _facts(
        self, row: Sequence[int], pieces: "_Pieces"
    ) -> tuple[Facts, int, tuple[str, ...]]:
        roles = len(self._parties.columns)
        chosen = [number for number in row[:roles] if number >= 0]
        parties = [pieces.party(number) for number in chosen]
        values = {
            name: self._words[at][number]
            for at, (name, number) in enumerate(
                zip(self._names, row[roles:], strict=True)
            )
            if number >= 0
        }
        goods, goods_problems = pieces.goods(
            values.get("goods", ""), values.get("description", "")
        )
        places, place_problems = pieces.places(
            tuple((name, text) for name, text in values.items() if name in _PLACES)
        )
        items = tuple(item for party in parties for item in party.items)
        transaction = Transaction(
            parties=tuple(party.involved for party in parties),
            goods=(_LINE,) if goods else (),
            places=tuple(
                Place(values[name], name) for name in _ROUTE if values.get(name)
            ),
            purpose=values.get("purpose", ""),
        )
        problems: list[Problem] = [*goods_problems, *place_problems]
        whole = whole_facts(transaction, items, goods, self._config, problems)
        places += tuple(place for party in parties for place in party.places)
        for party in parties:
            problems += party.problems
        if not parties:
            problems.append(Problem("no_party", "no party is named"))
        rank = max([party.rank for party in parties], default=0)
        codes = tuple(dict.fromkeys(problem.code for problem in problems))
        if codes:
            rank = max(rank, Verdict.REVIEW.rank)
        return Facts(whole, items, goods, places), rank, codes

    def _law_days(self) -> list[date]:
        days = {date.fromordinal(int(day)) for day in self._periods}
        return sorted(days | set(self._law.changes))

    def _fact_days(self) -> Numbers:
        """The first days of periods over which facts and definitions stay the same."""
        days = {date.min}
        rows = [item for items in listed().values() for item in items]
        days |= _turns((row.since, row.until) for row in rows)
        laws = [law for t in gazetteer().territories.values() for law in t.laws]
        days |= _turns((law.since, law.until) for law in laws)
        sides = [
            side
            for t in gazetteer().territories.values()
            for side in t.government_side.values()
        ]
        days |= _turns((side.since, side.until) for side in sides if side.since)
        meanings = [definition.span for definition in self._law.definitions]
        days |= _turns((span.first, span.last) for span in meanings)
        days |= {supposed.day for supposed in self._supposed}
        return np.array(sorted(day.toordinal() for day in days), np.int64)

    def _coded(self) -> Iterator[Numbers]:
        """Goods, route, purpose and texts that name a place, as numbers."""
        for name in _WHOLE:
            if name not in self._book.whole:
                continue
            codes: dict[str, int] = {"": -1}
            words: list[str] = []
            numbers = np.empty(self._book.rows, np.int64)
            for at, value in enumerate(self._book.whole[name]):
                code = codes.get(value)
                if code is None:
                    if name == "text" and not place_items([_text(value)], date.max)[0]:
                        code = codes[value] = -1
                    else:
                        code = codes[value] = len(words)
                        words.append(value)
                numbers[at] = code
            self._names.append(name)
            self._words.append(words)
            yield numbers

    def _read_days(self) -> Numbers:
        known: dict[str, int] = {}
        days = np.empty(self._book.rows, np.int64)
        for at, written in enumerate(self._book.whole["day"]):
            day = known.get(written)
            if day is None:
                day = known[written] = _ordinal(written)
                if day == _NO_DAY:
                    message = "no day can be read; give it as YYYY-MM-DD"
                    self._problems.append(
                        Problem("bad_date", message, "", f"row {at + 1}", written)
                    )
            days[at] = day
        return days

    def _amounts(self) -> NDArray[np.float64]:
        """Amounts as floats, for charts only: nothing is decided by them."""
        if "amount" not in self._book.whole:
            return np.full(self._book.rows, np.nan)
        return np.array([_float(text) for text in self._book.whole["amount"]])


_ROUTE = ("origin", "destination", "final")
_PLACES = (*_ROUTE, "text")
_LINE = GoodsLine()


def _text(value: str) -> Place:
    return Place(value, "text")


@dataclass(frozen=True, slots=True)
class _PartyPiece:
    involved: Involved
    items: tuple[Item, ...]
    places: tuple[Item, ...]
    problems: tuple[Problem, ...]
    rank: int


class _Pieces:
    """The facts of parties, goods and places of one period, each gathered once."""

    def __init__(self, parties: BookParties, day: date) -> None:
        self._parties, self._day = parties, day
        self._known: dict[int, _PartyPiece] = {}
        self._goods: dict[tuple[str, str], Any] = {}
        self._places: dict[tuple[tuple[str, str], ...], Any] = {}

    def party(self, number: int) -> _PartyPiece:
        """A party with its hits, those supposed too."""
        if number not in self._known:
            involved, screening = self._parties.on(number, self._day)
            problems: list[Problem] = []
            items = tuple(party_items(involved, screening, NOT_OWNED, problems))
            address = involved.party.address
            country = next(iter(involved.party.countries), "")
            where = [Place(address, "address", country)] if address else []
            places, found = place_items(where, self._day)
            self._known[number] = _PartyPiece(
                involved, items, places, (*problems, *found), screening.verdict.rank
            )
        return self._known[number]

    def goods(self, code: str, description: str) -> Any:
        """A line of goods."""
        key = (code, description)
        if key not in self._goods:
            lines = [GoodsLine(code, description)] if any(key) else []
            self._goods[key] = goods_items(lines, self._day)
        return self._goods[key]

    def places(self, named: tuple[tuple[str, str], ...]) -> Any:
        """The places of the route, and those a text names."""
        if named not in self._places:
            places = [Place(text, name) for name, text in named if text]
            self._places[named] = place_items(places, self._day)
        return self._places[named]


def _turns(spans: Any) -> set[date]:
    """The first day of each span, and the day after its last."""
    days: set[date] = set()
    for first, last in spans:
        days.add(first)
        if last is not None and last < date.max:
            days.add(date.fromordinal(last.toordinal() + 1))
    return days


def _ordinal(text: str) -> int:
    try:
        parsed = PartialDate.parse(text[:10])
    except ValueError:
        return _NO_DAY
    return parsed.earliest.toordinal() if parsed.exact else _NO_DAY


def _float(text: str) -> float:
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        return float("nan")


def unique_rows(table: Numbers) -> tuple[Numbers, Numbers]:
    """Different rows, and for each row where its equal stands among them."""
    if not len(table):
        return table, np.zeros(0, np.int64)
    low = table.min(axis=0)
    widths = table.max(axis=0) - low + 1
    code = np.zeros(len(table), np.int64)
    for at in range(table.shape[1]):
        if int(code.max(initial=0)) > (1 << 62) // int(widths[at]):
            _, code = np.unique(code, return_inverse=True)
        code = code * widths[at] + (table[:, at] - low[at])
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return table[first], inverse


def steps(
    replay: Replay, replayed: Replayed, days: Sequence[date], *sorts: Sort
) -> Iterator[tuple[date, int, float]]:
    """For each day of the law: how many payments it touches, and their sum."""
    for day in days:
        exposed = replay.exposed(day, *(sorts or LEGAL))
        yield day, int(exposed.sum()), float(np.nansum(replayed.amounts[exposed]))


def by_verdict(replayed: Replayed) -> Mapping[Verdict, int]:
    """How many payments have each verdict by the law of their own day."""
    return {v: int((replayed.verdicts == v.rank).sum()) for v in Verdict}
