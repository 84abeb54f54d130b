"""A book from a file, replayed with the lists of a home folder; the answer in words."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from clearway.app.opening import opener, screener_of
from clearway.errors import InputUnreadable, UsageError
from clearway.rules import RuleBook, law
from clearway.screen.config import Configuration
from clearway.screen.replay_picture import drawn
from clearway.screen.replaying import Replay, Replayed, by_verdict
from clearway.screen.screening import ListUsed, Verdict
from clearway.screen.supposing import Supposed
from clearway.tables.book import Book, book_columns, read_book
from clearway.tables.reading import open_table
from clearway.tables.writing import replacing, write_table

Progress = Callable[[str, int, int], None]
_EXIT = (0, 10, 20)
"""Exit codes by the rank of the gravest verdict."""
_SHOWN = 1_000
"""Problems of single rows that the answer for machines holds; a file names all."""
_COLUMNS: dict[str, type] = {
    "row": int,
    "reference": str,
    "day": str,
    "verdict": str,
    "rules": str,
    "says": str,
    "problems": str,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a replay: a book, lists, what is supposed, the days wanted."""

    book: Path
    home: Path
    as_of: date | None
    config: Configuration
    suppose: tuple[str, ...] = ()
    under: str = "RUSSIA-EO14024"
    days: tuple[date, ...] = ()


@dataclass(slots=True)
class Done:
    """A book replayed: what the law of each day makes of it."""

    asked: Asked
    book: Book
    replay: Replay
    replayed: Replayed
    points: tuple[tuple[date, int, float], ...]
    lists: tuple[ListUsed, ...]
    rules: RuleBook
    notes: tuple[str, ...]
    touched: tuple[tuple[Supposed, int, int], ...] = ()

    @property
    def exit_code(self) -> int:
        """That of the gravest verdict by the law of each payment's own day."""
        return _EXIT[int(self.replayed.verdicts.max(initial=0))]

    @property
    def currency(self) -> str:
        """What sums are in: the one currency of the book, or all of them added up."""
        column = self.book.column("currency")
        words = {word.upper() for word in column.words if word} if column else set()
        return words.pop() if len(words) == 1 else "in all currencies"

    def text(self) -> str:
        """The answer for people."""
        counts = by_verdict(self.replayed)
        said = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict)
        lines = [
            f"{self.replayed.rows:,} payments by the law of their own day: {said}",
            "the whole book by the law of each day on which its answer changes:",
        ]
        before = -1
        for day, count, total in self.points:
            if count != before:
                sum_ = f", {total:,.0f} {self.currency}" if total else ""
                lines.append(f"  {day}  {count:,} exposed or prohibited{sum_}")
            before = count
        for supposed, payments, since in self.touched:
            lines.append(
                f"supposed: {supposed.name} listed under {supposed.programmes[0]} from "
                f"{supposed.day}: touches {payments:,} payments, {since:,} of them of "
                "that day or later"
            )
        if self.replayed.troubled:
            told = (f"{n:,} {code}" for code, n in self.replayed.troubled.items())
            lines.append(
                f"payments with a problem, none of them clear: {', '.join(told)} "
                "(-o FILE names the rows)"
            )
        lines.append(f"lists: {'; '.join(map(str, self.lists))}")
        lines.append(
            f"rule book {self.rules.version}; exposure is no finding of significance"
        )
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The answer for machines."""
        return {
            "payments": self.replayed.rows,
            "by_own_day": {str(v): n for v, n in by_verdict(self.replayed).items()},
            "by_law_of": [
                {"day": str(day), "exposed": count, "sum": total}
                for day, count, total in self.points
            ],
            "supposed": [
                {
                    "listed": one.name,
                    "from": str(one.day),
                    "under": list(one.programmes),
                    "touches": payments,
                    "of_that_day_or_later": since,
                }
                for one, payments, since in self.touched
            ],
            "problems": {
                "payments": dict(self.replayed.troubled),
                "rows": [p.to_dict() for p in self.replayed.problems[:_SHOWN]],
                "rows_in_all": len(self.replayed.problems),
            },
            "lists": [str(used) for used in self.lists],
            "rules": self.rules.version,
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each payment that is not clear by the law of its own day."""
        book, rules = self.book, self.rules.rules
        references, days = book.column("reference"), book.column("day")
        verdicts = list(Verdict)
        for row in np.flatnonzero(self.replayed.verdicts).tolist():
            held = [rules[number] for number, _ in self.replay.rules_of(row)]
            yield {
                "row": row + 1,
                "reference": references[row] if references else "",
                "day": days[row] if days else "",
                "verdict": str(verdicts[self.replayed.verdicts[row]]),
                "rules": " ".join(dict.fromkeys(rule.id for rule in held)),
                "says": "; ".join(dict.fromkeys(rule.title for rule in held)),
                "problems": " ".join(self.replay.problems_of(row)),
            }

    def write_rows(self, output: Path) -> None:
        """Write them to a file."""
        write_table(self.rows(), _COLUMNS, output)

    def draw(self, output: Path) -> None:
        """Draw exposure by the law of each day as steps."""
        if output.suffix != ".svg":
            raise UsageError("--picture draws an .svg file; name it so")
        with replacing(output) as file:
            file.write(drawn(self.points, self.replayed.rows, self.touched).encode())


def replay_file(asked: Asked, progress: Progress) -> Done:
    """Read a book and replay it."""
    collecting = gc.isenabled()
    # What is made is kept until the end: to look through it for cycles, again and
    # again, takes longer than the replay.
    gc.disable()
    try:
        return _replayed(asked, progress)
    finally:
        if collecting:
            gc.enable()


def _replayed(asked: Asked, progress: Progress) -> Done:
    supposed = tuple(_supposed(text, asked.under) for text in asked.suppose)
    table = open_table(asked.book)
    columns = book_columns(table.columns)
    book = read_book(table, columns, progress)
    if not book.rows:
        raise InputUnreadable(str(asked.book), "holds no payments")
    screener = screener_of(opener(asked.home, asked.as_of, asked.config), progress)
    rules = law()
    replay = Replay(screener, book, rules, supposed=supposed, progress=progress)
    replayed = replay.run()
    days = asked.days or tuple(_days(rules.changes, replayed, supposed))
    points = []
    for at, point in enumerate(replay.steps(days, replayed.amounts)):
        points.append(point)
        progress("putting the book to the law of each day", at, len(days))
    notes = [f"{asked.book.name}: {table.description}", f"columns: {columns}"]
    notes += [f"note: {problem.message}" for problem in table.problems]
    notes += [f"note: {doubt}" for doubt in screener.doubts()]
    notes += _told(replay, replayed)
    touched = tuple(_touched(one, replay, replayed) for one in supposed)
    notes += [_unnamed(one, replay) for one, payments, _ in touched if not payments]
    return Done(
        asked,
        book,
        replay,
        replayed,
        tuple(points),
        screener.lists,
        rules,
        tuple(notes),
        touched,
    )


def _told(replay: Replay, replayed: Replayed) -> Iterator[str]:
    """What a reader of the answer should know of how the book was read."""
    if replay.texts:
        yield f"{replay.texts:,} different text(s) searched for names"
    if replayed.problems:
        first = replayed.problems[0]
        yield (
            f"note: {len(replayed.problems):,} problem(s) of rows, first "
            f"{first.position}: {first.message} ({first.text})"
        )
    if unread := int(np.isnan(replayed.amounts).sum()):
        yield f"note: {unread:,} amount(s) unread or absent, left out of sums"


def _unnamed(one: Supposed, replay: Replay) -> str:
    """What to say where nobody in the book is the one supposed."""
    near = " or ".join(map(repr, replay.nearest(one.name)))
    hint = f"; did you mean {near}?" if near else ""
    return (
        f"note: no party of the book is {one.name!r}: give its name as the book "
        f"writes it, or its BIC, INN, LEI or account{hint}"
    )


def _supposed(text: str, under: str) -> Supposed:
    key, equals, rest = text.partition("=")
    name, at, day = rest.rpartition("@")
    if key.strip() != "listed" or not equals or not at or not name.strip():
        raise UsageError(f"--suppose {text!r}: write it as listed=ENTITY@2024-06-12")
    try:
        return Supposed(name.strip(), date.fromisoformat(day.strip()), (under,))
    except ValueError:
        raise UsageError(f"--suppose {text!r}: {day!r} is no day") from None


def _days(
    changes: tuple[date, ...], replayed: Replayed, supposed: tuple[Supposed, ...]
) -> list[date]:
    """The days on which the law changed, from half a year before the book on."""
    known = replayed.days[replayed.days >= 0]
    if not len(known):
        return []
    first = date.fromordinal(max(1, int(known.min()) - 183))
    wanted = {day for day in changes if day >= first}
    wanted |= {one.day for one in supposed} | {first}
    return sorted(wanted)


def _touched(
    one: Supposed, replay: Replay, replayed: Replayed
) -> tuple[Supposed, int, int]:
    """Payments with the party supposed in them: all, and those since."""
    named = replay.naming(one)
    since = named & (replayed.days >= one.day.toordinal())
    return one, int(named.sum()), int(since.sum())
