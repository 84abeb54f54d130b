"""A book of past payments put to the law and the lists of each day.

Most payments of a book are alike in all that the law asks for. What their columns say
is read and screened once for each different saying (`bookpieces`); pieces that no rule
can tell apart are one (`likeness`); and each rule is put once to each different party,
line or place within each different whole, for every period in which neither facts nor
definitions changed. What then held is counted for every day of the law. The same
conditions and the same gathering judge a single payment (`transactions`), and tests
hold the two together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from clearway.goods.high_priority import listed
from clearway.model import Party, Problem
from clearway.model.dates import PartialDate
from clearway.names.territories import gazetteer
from clearway.rules import Moment, RuleBook, Sort
from clearway.rules.asking import Asks
from clearway.rules.narrowing import is_silent
from clearway.rules.sieve import WHOLE
from clearway.screen.asker import persons, verdict_for
from clearway.screen.bookpieces import BookPieces
from clearway.screen.gathering import whole_facts
from clearway.screen.judging import Holdings, Judge
from clearway.screen.likeness import Likeness, joined
from clearway.screen.screening import Verdict
from clearway.screen.supposing import Supposed
from clearway.tables.book import Book, BookColumns
from clearway.tables.coded import Numbers, grouped
from clearway.tables.transaction_rows import of_cells

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

Progress = Callable[[str, int, int], None]
_NO_DAY = -1
LEGAL = (Sort.PROHIBITION, Sort.EXPOSURE)
"""What counts as touched by the law: more than a reason to look."""


@dataclass(frozen=True, slots=True)
class Period:
    """What holds of each sort of payment over one period of facts.

    `answers` has a row a sort and a column for each piece of it, the last for the
    payment as a whole; `least` is the rank of the verdict that lists and problems ask
    for by themselves; `meanings` and `wholes` say what its pieces come to, for telling
    what is wrong with it.
    """

    answers: Numbers
    least: Numbers
    meanings: Numbers
    wholes: Numbers


@dataclass(slots=True)
class Replayed:
    """A book judged.

    `days` are the days of its payments as ordinals (-1 where none can be read), `alike`
    the sort of each payment, `verdicts` the rank of its verdict by the law of its own
    day, `amounts` floats for charts (NaN where unknown). `problems` are those of whole
    rows and days; `troubled` counts payments by what else is wrong with them.
    """

    days: Numbers
    alike: Numbers
    verdicts: Numbers
    amounts: NDArray[np.float64]
    problems: list[Problem] = field(default_factory=list)
    troubled: Mapping[str, int] = field(default_factory=dict)

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
        """Take the book; its parties and texts are screened at once."""
        self._config, self._book, self._law = screener.config, book, law
        self._supposed, self._progress = tuple(supposed), progress
        self._as_of = screener.as_of
        given = {f"party.{a}" for about in book.columns.parties.values() for a in about}
        asks = Asks(law, given)
        self._asks = asks
        self._problems: list[Problem] = []
        self._odd: dict[int, tuple[str, ...]] = {}
        self._days = self._read_days()
        self._mind_rows()
        self._pieces = BookPieces(
            screener,
            book,
            self._supposed,
            progress,
            by_amount="transaction.amount" in asks.facts,
        )
        self._periods = self._fact_days()
        self._likeness = Likeness(
            asks, self._supposed, [date.fromordinal(int(day)) for day in self._periods]
        )
        self._kinds: list[Numbers] = []
        columns: list[Numbers] = []
        for pieces in self._pieces.parts:
            progress("sorting what the payments say", len(columns), 0)
            kind_of, kinds = self._likeness.sorted(pieces)
            columns.append(kind_of[pieces.codes])
            self._kinds.append(kinds)
        self._sorts, self._alike = grouped(columns)
        self._known: dict[int, Period] = {}
        self._judge = Judge(law, persons(screener.config))
        self._wholes: dict[tuple[int, ...], tuple[int, tuple[str, ...]]] = {}
        self._whole_codes: dict[tuple[str, ...], int] = {}
        self._ranked = self._table_of_ranks()
        self._nothing = screener.nothing_found(Party("")).verdict.rank

    @property
    def sorts(self) -> int:
        """How many sorts of payment the law can tell apart in this book."""
        return len(self._sorts)

    @property
    def pieces(self) -> int:
        """How many different parties, lines, texts, ... were read and screened."""
        return sum(len(pieces.all) for pieces in self._pieces.parts)

    @property
    def texts(self) -> int:
        """How many different texts were searched."""
        return self._pieces.texts

    def run(self) -> Replayed:
        """Judge every payment by the law of its own day."""
        verdicts = np.full(len(self._days), Verdict.REVIEW.rank, np.int64)
        edges = np.array([day.toordinal() for day in self._law_days()], np.int64)
        epochs = np.searchsorted(edges, self._days, side="right")
        epochs[self._days == _NO_DAY] = -1
        order = np.argsort(epochs, kind="stable")
        starts = np.searchsorted(epochs[order], np.arange(len(edges) + 2))
        for epoch in range(len(edges) + 1):
            rows = order[starts[epoch] : starts[epoch + 1]]
            if not len(rows):
                continue
            day = date.fromordinal(int(edges[epoch - 1]) if epoch else 1)
            self._progress("judging each payment by the law of its day", epoch, 0)
            verdicts[rows] = self._ranks(day)[self._alike[rows]]
        for row in self._odd:
            verdicts[row] = max(int(verdicts[row]), Verdict.REVIEW.rank)
        return Replayed(
            self._days,
            self._alike,
            verdicts,
            self._amounts(),
            self._problems,
            self._troubled(),
        )

    def rules_of(self, row: int) -> tuple[tuple[int, bool], ...]:
        """The rules that hold of one payment by the law of its own day."""
        ordinal = int(self._days[row])
        if ordinal == _NO_DAY:
            return ()
        day = date.fromordinal(ordinal)
        answers = self._period(day).answers[self._alike[row]]
        found: dict[tuple[int, bool], None] = {}
        for answer in dict.fromkeys(answers.tolist()):
            for held in self._judge.answers[answer]:
                rule = self._law.rules[held.rule]
                if rule.span.covers(day) and (held.known or not is_silent(rule, day)):
                    found[held.rule, held.shown] = None
        return tuple(found)

    def problems_of(self, row: int) -> tuple[str, ...]:
        """The codes of what is wrong with one payment."""
        odd = self._odd.get(row, ())
        ordinal = int(self._days[row])
        if ordinal == _NO_DAY:
            return odd
        period = self._period(date.fromordinal(ordinal))
        found = dict.fromkeys(odd)
        for codes in self._codes_of(period, int(self._alike[row])):
            found |= dict.fromkeys(codes)
        return tuple(found)

    def exposed(self, day: date, *sorts: Sort) -> NDArray[np.bool_]:
        """Which payments of the book the law of a day touches, whenever they were."""
        mine = self._mine(day, sorts)
        found: NDArray[np.bool_] = mine[self._alike]
        return found

    def steps(
        self, days: Sequence[date], amounts: NDArray[np.float64], *sorts: Sort
    ) -> Iterator[tuple[date, int, float]]:
        """For each day of the law: how many payments it touches, and their sum."""
        count = np.bincount(self._alike, minlength=len(self._sorts))
        known = np.nan_to_num(amounts)
        sums = np.bincount(self._alike, weights=known, minlength=len(self._sorts))
        for day in days:
            mine = self._mine(day, sorts or LEGAL)
            yield day, int(count[mine].sum()), float(sums[mine].sum())

    def naming(self, supposed: Supposed) -> NDArray[np.bool_]:
        """Which payments have the party supposed in some role."""
        return self._pieces.naming(supposed)

    def nearest(self, name: str, most: int = 3) -> list[str]:
        """Names in the book that are written much like one, the likest first."""
        return self._pieces.nearest(name, most)

    def _mine(self, day: date, sorts: Sequence[Sort]) -> NDArray[np.bool_]:
        """Which sorts of payment the law of a day touches."""
        answers = self._period(day).answers
        touched = self._touched(day, sorts)[answers]
        mine: NDArray[np.bool_] = np.logical_or.reduce(touched, axis=1)
        return mine

    def _touched(self, day: date, sorts: Sequence[Sort]) -> NDArray[np.bool_]:
        """Of each answer whether a rule of these sorts is in it and in force."""
        held = self._judge.holdings()
        wanted = [n for n, rule in enumerate(self._law.rules) if rule.sort in sorts]
        mine = self._in_force(held, day) & np.isin(held.rule, wanted)
        touched = np.zeros(held.count, np.bool_)
        touched[held.answer[mine]] = True
        return touched

    def _ranks(self, day: date) -> Numbers:
        """For each sort of payment the rank of its verdict under the law of a day."""
        period = self._period(day)
        held = self._judge.holdings()
        mine = self._in_force(held, day)
        ranks = np.zeros(held.count, np.int64)
        asked = self._ranked[held.rule[mine], held.shown[mine].astype(np.int64)]
        np.maximum.at(ranks, held.answer[mine], asked)
        by_law = ranks[period.answers].max(axis=1, initial=0)
        found: Numbers = np.maximum(np.maximum(period.least, by_law), self._nothing)
        return found

    def _table_of_ranks(self) -> Numbers:
        return np.array(
            [
                [verdict_for(rule, self._config, shown=s).rank for s in (False, True)]
                for rule in self._law.rules
            ],
            np.int64,
        )

    def _in_force(self, held: Holdings, day: date) -> NDArray[np.bool_]:
        rules = self._law.rules
        covers = np.array([rule.span.covers(day) for rule in rules], np.bool_)
        silent = np.array([is_silent(rule, day) for rule in rules], np.bool_)
        found: NDArray[np.bool_] = covers[held.rule] & (held.whole | ~silent[held.rule])
        return found

    def _period(self, day: date) -> Period:
        """What holds over the period of facts that a day lies in."""
        at = int(np.searchsorted(self._periods, day.toordinal(), side="right")) - 1
        at = max(at, 0)
        if at not in self._known:
            self._known[at] = self._judged(at)
        return self._known[at]

    def _judged(self, at: int) -> Period:
        day = date.fromordinal(int(self._periods[at]))
        self._judge.on(day)
        meanings = self._likeness.meanings
        columns = [
            kinds[self._sorts[:, part], at] for part, kinds in enumerate(self._kinds)
        ]
        adds = np.array(meanings.adds, np.int64)
        wholes, of_whole = grouped([adds[column] for column in columns])
        first = np.full(len(wholes), -1, np.int64)
        first[of_whole[::-1]] = np.arange(len(of_whole) - 1, -1, -1)
        known = [
            self._whole(tuple(row), [int(column[sort]) for column in columns])
            for row, sort in zip(wholes.tolist(), first.tolist(), strict=True)
        ]
        whole = np.array([number for number, _ in known], np.int64)[of_whole]
        codes = [
            self._whole_codes.setdefault(c, len(self._whole_codes)) for _, c in known
        ]
        ranks, bundles = np.array(meanings.ranks), np.array(meanings.items, np.int64)
        troubled = np.array([bool(found) for _, found in known])[of_whole]
        least = troubled.astype(np.int64) * Verdict.REVIEW.rank
        answers = []
        for column in columns:
            least = np.maximum(least, ranks[column])
            answers.append(self._answers(whole, bundles[column]))
        answers.append(self._answers(whole, np.full(len(whole), -1, np.int64)))
        return Period(
            np.column_stack(answers),
            least,
            np.column_stack(columns),
            np.array(codes, np.int64)[of_whole],
        )

    def _answers(self, whole: Numbers, bundles: Numbers) -> Numbers:
        """What holds of the items of a piece, within their whole; of -1 the whole."""
        pairs, which = grouped([whole, bundles])
        every = self._likeness.meanings.bundles
        found = [
            self._judge.answer(w, b, every[b] if b >= 0 else _OF_THE_WHOLE)
            for w, b in pairs.tolist()
        ]
        answers: Numbers = np.array(found, np.int64)[which]
        return answers

    def _whole(
        self, adds: tuple[int, ...], meanings: Sequence[int]
    ) -> tuple[int, tuple[str, ...]]:
        """The number of a whole among those the law tells apart, and its problems."""
        if adds not in self._wholes:
            examples = self._likeness.meanings.example
            piece, parts = joined(examples[number] for number in meanings)
            problems: list[Problem] = []
            facts = whole_facts(
                piece.made, parts.parties, parts.goods, self._config, problems
            )
            if not piece.made.parties:
                problems.append(Problem("no_party", "no party is named"))
            codes = tuple(dict.fromkeys(problem.code for problem in problems))
            told = self._asks.told("transaction", facts)
            told += self._asks.told("asker", facts)
            self._wholes[adds] = self._judge.whole(told, facts), codes
        return self._wholes[adds]

    def _codes_of(self, period: Period, sort: int) -> Iterator[tuple[str, ...]]:
        meanings = self._likeness.meanings
        for meaning in period.meanings[sort].tolist():
            yield meanings.codes[meaning]
        yield list(self._whole_codes)[period.wholes[sort]]

    def _troubled(self) -> Mapping[str, int]:
        """How many payments have each kind of trouble, by the law of their own day."""
        counts: dict[str, int] = {}
        edges = np.searchsorted(self._periods, self._days, side="right") - 1
        readable = self._days != _NO_DAY
        for at in np.unique(edges[readable]).tolist():
            period = self._period(date.fromordinal(int(self._periods[max(at, 0)])))
            here = self._alike[readable & (edges == at)]
            of_sorts = np.bincount(here, minlength=len(self._sorts))
            for sort in np.flatnonzero(of_sorts).tolist():
                for code in {c for some in self._codes_of(period, sort) for c in some}:
                    counts[code] = counts.get(code, 0) + int(of_sorts[sort])
        for odd in self._odd.values():
            for code in odd:
                counts[code] = counts.get(code, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

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

    def _read_days(self) -> Numbers:
        """The day of each payment; a row without one keeps its place, and is told."""
        column = self._book.column("day")
        assert column is not None  # a book has a day
        known = [self._read_day(text) for text in column.words]
        days = np.array([day for day, _ in known], np.int64)[column.codes]
        odd = np.array([bool(problems) for _, problems in known])[column.codes]
        for row in np.flatnonzero(odd).tolist():
            for problem in known[column.codes[row]][1]:
                self._tell(row, problem)
        return days

    def _read_day(self, text: str) -> tuple[int, tuple[Problem, ...]]:
        columns = BookColumns({"day": 0}, {})
        made = of_cells([text], columns, ["day"])
        others = tuple(p for p in made.problems if p.code != "bad_date")
        if made.day is not None or made.at is not None:
            moment = Moment.of(made.day, made.at, self._as_of)
            return moment.day.toordinal(), others
        day = _ordinal(text)
        if day != _NO_DAY:
            return day, others
        message = "no day can be read; give it as YYYY-MM-DD"
        return _NO_DAY, (*others, Problem("bad_date", message, "", "", text))

    def _mind_rows(self) -> None:
        """What was wrong with rows as such: too short, too long, not to be decoded."""
        for row, problems in self._book.read.problems.items():
            for problem in problems:
                self._tell(row, problem)

    def _tell(self, row: int, problem: Problem) -> None:
        where = self._book.position(row)
        told = Problem(
            problem.code, problem.message, self._book.name, where, problem.text
        )
        self._problems.append(told)
        before = self._odd.get(row, ())
        self._odd[row] = tuple(dict.fromkeys((*before, problem.code)))

    def _amounts(self) -> NDArray[np.float64]:
        """Amounts as floats, for charts only: nothing is decided by them."""
        column = self._book.column("amount")
        if column is None:
            return np.full(self._book.rows, np.nan)
        return np.array([_float(text) for text in column.words])[column.codes]


_OF_THE_WHOLE = (("transaction", WHOLE),)


def _turns(spans: Any) -> set[date]:
    """The first day of each span, and the day after its last."""
    days: set[date] = set()
    for first, last in spans:
        days.add(first)
        if last is not None and last < date.max:
            days.add(date.fromordinal(last.toordinal() + 1))
    return days


def _ordinal(text: str) -> int:
    for written in (text, text[:10]):
        try:
            parsed = PartialDate.parse(written)
        except ValueError:
            continue
        if parsed.exact:
            return parsed.earliest.toordinal()
    return _NO_DAY


def _float(text: str) -> float:
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        return float("nan")


def by_verdict(replayed: Replayed) -> Mapping[Verdict, int]:
    """How many payments have each verdict by the law of their own day."""
    return {v: int((replayed.verdicts == v.rank).sum()) for v in Verdict}
