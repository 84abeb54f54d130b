"""Payment messages checked: parties and agents, then every text, then the law.

Parties, banks, places and texts are four channels; a text is searched for listed names
and for codes of listed banks. One verdict for each transaction of a message, and
the message has the gravest of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from clearway.model import Problem, Transaction
from clearway.payments.reading import Read
from clearway.rules import RuleBook
from clearway.screen.bounds import within_bounds
from clearway.screen.corridor import Corridor
from clearway.screen.parties import checked_parties
from clearway.screen.screening import Verdict
from clearway.screen.transactions import TransactionScreening, judge

if TYPE_CHECKING:
    from clearway.screen.screener import Screener


Late = Callable[[], bool]
"""Whether the time given has run out; the clock is the caller's."""


@dataclass(frozen=True, slots=True)
class MessageScreening:
    """The answer for one message: each of its transactions, and what it says itself.

    `verdict` is the gravest of its transactions and of its own problems.
    """

    verdict: Verdict
    kind: str
    source: str
    transactions: tuple[TransactionScreening, ...]
    problems: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values in a fixed order."""
        return {
            "verdict": str(self.verdict),
            "message": self.kind,
            "source": self.source,
            "transactions": [one.to_dict() for one in self.transactions],
            "problems": [problem.to_dict() for problem in self.problems],
        }


def check_messages(
    screener: "Screener",
    reads: Sequence[Read],
    *,
    book: RuleBook | None = None,
    late: Late | None = None,
    corridor: Corridor | None = None,
) -> list[MessageScreening]:
    """Check messages together.

    `corridor` tells which goods surge on which route.
    `late` tells whether the time given has run out; it is asked before every few
    transactions. What is not done by then gets `review` with the problem `deadline`.
    """
    whole = [one for read in reads for one in read.transactions]
    answers = iter(_answered(screener, whole, book, late, corridor))
    return [
        _of_read(read, [next(answers) for _ in read.transactions]) for read in reads
    ]


def check_message(
    screener: "Screener",
    read: Read,
    *,
    late: Late | None = None,
    corridor: Corridor | None = None,
) -> MessageScreening:
    """Check one message."""
    return check_messages(screener, [read], late=late, corridor=corridor)[0]


_TOGETHER = 64
"""Transactions whose parties are compared together where there is no deadline."""
_IN_A_HURRY = 4
"""And where there is one: so few that the next look at the clock is soon."""


def _answered(
    screener: "Screener",
    whole: Sequence[Transaction],
    book: RuleBook | None,
    late: Late | None,
    corridor: Corridor | None,
) -> Iterator[TransactionScreening]:
    """Each transaction judged, a few at a time, until the deadline."""
    size = _TOGETHER if late is None else _IN_A_HURRY
    for start in range(0, len(whole), size):
        some = whole[start : start + size]
        if late is not None and late():
            yield from (_undone(screener, one) for one in some)
            continue
        checked = checked_parties(screener, some)
        for one, parts in zip(map(within_bounds, some), checked, strict=True):
            if late is not None and late():
                yield _undone(screener, one)
            else:
                yield judge(screener, one, parts, book, corridor=corridor)


def _of_read(read: Read, made: list[TransactionScreening]) -> MessageScreening:
    verdicts = [one.verdict for one in made]
    if read.problems or not made:
        verdicts.append(Verdict.REVIEW)
    gravest = max(verdicts, key=lambda verdict: verdict.rank)
    return MessageScreening(gravest, read.kind, read.source, tuple(made), read.problems)


def _undone(screener: "Screener", transaction: Transaction) -> TransactionScreening:
    """The answer for what the deadline left no time for."""
    message = "the time given ran out before it was checked; check it again"
    problem = Problem("deadline", message)
    bare = replace(
        transaction,
        parties=(),
        goods=(),
        places=(),
        texts=(),
        stakes=(),
        problems=(*transaction.problems, problem),
    )
    return judge(screener, bare, [])
