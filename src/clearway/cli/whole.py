"""Checking what is whole: transactions, shipments, payments, documents."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import click

from clearway.cli.main import CLEAR, REVIEW, STOP
from clearway.cli.progress import Progress
from clearway.cli.show import lists_text, visible
from clearway.cli.show_whole import message_text, transaction_text
from clearway.cli.targets import TABLES, opened
from clearway.errors import UsageError
from clearway.screen.corridor import Corridor
from clearway.screen.owners import stakes_of
from clearway.screen.ownership_facts import Stakes
from clearway.screen.prices import Prices
from clearway.screen.screener import Screener
from clearway.screen.screening import Verdict
from clearway.screen.whole_rows import COLUMNS, rows_of, source_of
from clearway.trade.redflags import anomalies
from clearway.trade.unit_values import unit_values

_AT_ONCE = 64
_EXIT = {Verdict.CLEAR: CLEAR, Verdict.REVIEW: REVIEW, Verdict.STOP: STOP}


class Answer(Protocol):
    """A verdict with all that made it."""

    @property
    def verdict(self) -> Verdict:
        """What to do."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values."""


@dataclass
class Whole:
    """One run over targets that are checked as a whole."""

    screener: Screener
    options: dict[str, Any]
    colour: bool | None
    progress: Progress
    home: Path
    counts: dict[Verdict, int] = field(default_factory=dict)

    @cached_property
    def stakes(self) -> Stakes | None:
        """The stakes of the file beside the transactions."""
        if self.options["stakes"] is None:
            return None
        reading = stakes_of(self.options["stakes"])
        return Stakes.of(self.screener, reading)

    @cached_property
    def corridor(self) -> Corridor:
        """Surges of goods on corridors, from the customs figures of the home folder."""
        return anomalies(self.home)

    @cached_property
    def prices(self) -> Prices:
        """What goods cost on corridors, from the customs figures of the home folder."""
        return unit_values(self.home)

    def say(self, text: str) -> None:
        """A note on standard error, unless none are wanted."""
        if not self.options["quiet"]:
            self.progress.close()
            click.echo(visible(text), err=True)

    def run(self, targets: Sequence[str], kinds: Sequence[str]) -> int:
        """Check each, write the answers, return the exit code of the gravest."""
        # Once for an installation it takes a minute, once for a run two seconds.
        self.progress("making ready to search texts", 0, 0)
        answers = self._counted(self._answers(targets, kinds))
        self._write(answers)
        if not self.options["quiet"]:
            self.progress.close()
            said = ", ".join(f"{self.counts.get(v, 0):,} {v}" for v in Verdict)
            click.echo(f"{sum(self.counts.values()):,} checked: {said}", err=True)
            for doubt in self.screener.doubts():
                note = f"note: {doubt}; no answer is clear (--accept-stale)"
                click.echo(note, err=True)
        gravest = max(self.counts, key=lambda v: v.rank, default=Verdict.REVIEW)
        return _EXIT[gravest]

    def _answers(
        self, targets: Sequence[str], kinds: Sequence[str]
    ) -> Iterator[tuple[str, Answer]]:
        for target, kind in zip(targets, kinds, strict=True):
            for answer in _CHECKS[kind](self, target):
                yield target, answer

    def _counted(
        self, answers: Iterable[tuple[str, Answer]]
    ) -> Iterator[tuple[str, Answer]]:
        number = 0
        for number, (target, answer) in enumerate(answers, 1):
            self.counts[answer.verdict] = self.counts.get(answer.verdict, 0) + 1
            self.progress("checking", number, 0)
            yield target, answer
        if not number:
            self.counts[Verdict.REVIEW] = 0

    def _write(self, answers: Iterator[tuple[str, Answer]]) -> None:
        output: Path | None = self.options["output"]
        style = self.options["style"]
        if output is not None:
            self._write_file(output, answers)
        elif style == "csv":
            from clearway.tables.writing import write_table

            write_table(self._rows(answers), COLUMNS, sys.stdout, format="csv")
        elif style == "ndjson":
            for _, answer in answers:
                click.echo(json.dumps(answer.to_dict(), ensure_ascii=False))
        elif style == "json":
            found = [answer.to_dict() for _, answer in answers]
            whole = found[0] if len(found) == 1 else found
            click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        else:
            self._print(answers)

    def _write_file(self, output: Path, answers: Iterator[tuple[str, Answer]]) -> None:
        from clearway.tables.writing import format_of, replacing, write_table

        if output.suffix in (".html", ".htm"):
            self._write_html(output, answers)
        elif format_of(output) in ("json", "ndjson"):
            with replacing(output) as file:
                for _, answer in answers:
                    line = json.dumps(answer.to_dict(), ensure_ascii=False) + "\n"
                    file.write(line.encode("utf-8", "backslashreplace"))
        else:
            write_table(self._rows(answers), COLUMNS, output)
        if not self.options["quiet"]:
            click.echo(f"written: {output}", err=True)

    def _write_html(self, output: Path, answers: Iterator[tuple[str, Answer]]) -> None:
        from clearway.tables.writing import replacing

        pages = [
            answer.to_html() for _, answer in answers if hasattr(answer, "to_html")
        ]
        if len(pages) != 1:
            raise UsageError("-o FILE.html marks up one document; give one")
        with replacing(output) as file:
            file.write(pages[0].encode("utf-8", "backslashreplace"))

    def _rows(self, answers: Iterator[tuple[str, Answer]]) -> Iterator[dict[str, Any]]:
        number = 0
        for number, (target, answer) in enumerate(answers, 1):
            shown = answer.verdict is not Verdict.CLEAR or self.options["all_"]
            if shown:
                yield from rows_of(number, target, answer)

    def _print(self, answers: Iterator[tuple[str, Answer]]) -> None:
        for target, answer in answers:
            text = _text(answer)
            place = visible(source_of(target, answer))
            click.echo(f"{place}: {text}\n", color=self.colour)
        used = lists_text(self.screener.lists, self.screener.as_of.isoformat())
        click.echo(used, color=self.colour)


def _text(answer: Any) -> str:
    if hasattr(answer, "document"):
        from clearway.cli.show_document import document_text

        return document_text(answer)
    show = message_text if hasattr(answer, "transactions") else transaction_text
    return show(answer)


def _batches(items: Iterable[Any], size: int = _AT_ONCE) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _transactions(run: Whole, target: str) -> Iterator[Answer]:
    from clearway.screen.transactions import check_transactions
    from clearway.tables.reading import open_table
    from clearway.tables.transaction_rows import table_transactions
    from clearway.tables.transactions import transactions

    name = "standard input" if target == "-" else target
    with opened(target) as origin:
        if Path(target).suffix.lower() in TABLES:
            found = table_transactions(open_table(origin, name=Path(target).name))
        else:
            found = transactions(origin, name)
        for batch in _batches(found):
            yield from check_transactions(
                run.screener,
                batch,
                stakes=run.stakes,
                corridor=run.corridor,
                prices=run.prices,
            )


def _shipments(run: Whole, target: str) -> Iterator[Answer]:
    """Papers of one target are checked together: prices are compared among them."""
    from clearway.cli.papers import shipments_of
    from clearway.screen.prices import Peers
    from clearway.screen.transactions import check_transactions

    found = shipments_of(target, run.options, run.say)
    peers = Peers.of(found)
    for batch in _batches(found):
        yield from check_transactions(
            run.screener,
            batch,
            stakes=run.stakes,
            corridor=run.corridor,
            prices=run.prices,
            peers=peers,
        )


def _payments(run: Whole, target: str) -> Iterator[Answer]:
    from clearway.payments.reading import messages
    from clearway.screen.messages import check_messages

    if target == "-":
        reads = messages(sys.stdin.buffer.read(), "standard input")
    else:
        reads = messages(Path(target))
    for batch in _batches(reads):
        yield from check_messages(run.screener, batch, corridor=run.corridor)


def _documents(run: Whole, target: str) -> Iterator[Answer]:
    from clearway.documents.reading import documents
    from clearway.screen.documents import check_document

    origin = sys.stdin.buffer if target == "-" else Path(target)
    for document in documents(origin):
        yield check_document(run.screener, document)


_CHECKS: dict[str, Callable[[Whole, str], Iterator[Answer]]] = {
    "transaction": _transactions,
    "shipment": _shipments,
    "payment": _payments,
    "document": _documents,
}
