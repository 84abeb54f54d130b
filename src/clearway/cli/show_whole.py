"""Transactions, payments and documents as text for people."""

import textwrap
from collections.abc import Iterator, Sequence

import click

from clearway.cli.show import COLOURS, hit_lines, visible, width
from clearway.model import Transaction
from clearway.rules import Cover, Finding
from clearway.screen.lines import LineScreening
from clearway.screen.messages import MessageScreening
from clearway.screen.transactions import TransactionScreening

_SHOWN = {"prohibition": "red", "exposure": "yellow"}
_HITS = 2
_TOLD = (Cover.YES, Cover.PART, Cover.ENDED)
"""States of a licence that are told short: not those replaced or yet to come."""


def transaction_text(screening: TransactionScreening, *, long: bool = False) -> str:
    """Verdict, findings with their law, parties with hits, problems.

    `long` adds what a reviewer checks: facts used, licences, factors.
    """
    return "\n".join(_lines(screening, long=long))


def message_text(message: MessageScreening, *, long: bool = False) -> str:
    """A message: its own problems, then each of its transactions."""
    lines = [message.kind]
    own = {problem for one in message.transactions for problem in one.problems}
    for problem in message.problems:
        if problem not in own:
            lines.append(
                f"  note: {visible(problem.message)} ({visible(problem.text)})"
            )
    lines += [transaction_text(one, long=long) for one in message.transactions]
    return "\n".join(lines)


def _lines(screening: TransactionScreening, *, long: bool) -> Iterator[str]:
    word = str(screening.verdict)
    head = click.style(f" {word.upper()} ", fg=COLOURS[word], reverse=True, bold=True)
    yield f"{head} {click.style(_title(screening.transaction), bold=True)}"
    yield f"  by the law of {screening.law_day}, for {', '.join(screening.binds)}"
    if not screening.findings and not any(s.hits for _, s in screening.screenings):
        yield from (f"  {visible(reason)}" for reason in screening.reasons)
    for finding in screening.findings:
        yield from _finding(finding, long=long)
    for flag in screening.flags:
        yield from wrapped(f"corridor: {flag}", 2)
    for owned in screening.owned:
        for text in owned:
            yield from wrapped(f"owned: {text}", 2)
    for involved, found in screening.screenings:
        if not found.hits:
            continue
        where = f" at {involved.spot.path}" if involved.spot.path else ""
        role = str(involved.role).replace("_", " ")
        yield f"  {role}: {visible(involved.party.name)}{visible(where)}"
        for hit in found.hits[:_HITS]:
            yield from (f"  {line}" for line in hit_lines(hit))
        if len(found.hits) > _HITS:
            yield f"    ... and {len(found.hits) - _HITS} more, see --json"
    yield from _goods_lines(screening.lines)
    paper = bool(screening.transaction.file)
    for problem in screening.problems:
        where = f"{visible(problem.position)}: " if paper and problem.position else ""
        yield f"  note: {where}{visible(problem.message)} ({visible(problem.text)})"


def _goods_lines(lines: Sequence[LineScreening]) -> Iterator[str]:
    """Every line of goods about which there is something to say."""
    if len(lines) > 1:
        words = [str(line.verdict) for line in lines]
        counts = ", ".join(f"{words.count(w)} {w}" for w in dict.fromkeys(words))
        yield f"  {len(lines)} lines of goods: {counts}"
    for line in lines:
        outside = [price for price in line.prices if price.outside]
        said = [*line.findings, *(f"names {hit}" for hit in line.hits)]
        said += [problem.partition(":")[0] for problem in line.problems]
        if not (said or outside or line.hints):
            continue
        what = " ".join(filter(None, (line.line.code, line.line.description)))
        where = f" ({visible(line.position)})" if line.position else ""
        head = f"line {line.line.line}{where}: {visible(what[:60])}"
        word = click.style(str(line.verdict), fg=COLOURS[str(line.verdict)])
        why = f" - {', '.join(map(visible, said))}" if said else ""
        yield f"  {word} {head}{why}"
        for price in outside:
            yield from wrapped(f"price: {price.sentence}", 8)
        for hint in line.hints:
            yield from wrapped(f"hint: {hint}", 8)


def _title(transaction: Transaction) -> str:
    named = [
        f"{str(item.role).replace('_', ' ')} {visible(item.party.name)}"
        for item in transaction.parties
        if not item.role.is_bank
    ]
    reference = f" {visible(transaction.reference)}" if transaction.reference else ""
    amount = f", {transaction.amount}" if transaction.amount else ""
    return (
        f"{transaction.kind}{reference}{amount}: {', '.join(named[:4]) or 'no party'}"
    )


def _finding(finding: Finding, *, long: bool) -> Iterator[str]:
    sort = str(finding.sort).replace("_", " ")
    sure = "" if finding.shown else " (possible)"
    label = click.style(f"{sort}{sure}", fg=_SHOWN.get(finding.sort, "cyan"), bold=True)
    subject = f" - {visible(finding.subject)}" if finding.subject else ""
    yield f"  {label}: {finding.title}{subject}"
    yield from wrapped(finding.says, 8)
    if finding.must:
        yield from wrapped(f"do: {finding.must}", 8)
    for due in finding.due:
        yield f"        by {due.by}: {due.title} ({due.cite}; {due.evidence})"
    for note in finding.licences:
        if long or (note.fits and note.state in _TOLD):
            fits = ", fits the purpose given" if note.fits else ""
            yield f"        licence {note.id}: {note.subject}; {note.state}{fits}"
    for missing in finding.missing:
        yield f"        not known: {missing}"
    if long:
        yield from (
            f"        because {used.fact} = {used.value}" for used in finding.because
        )
        for factor in finding.factors:
            facts = "; ".join(factor.facts) or "nothing known"
            yield f"        factor {factor.id}, {factor.name}: {facts}"
    last = finding.span.last or "no end seen"
    yield from wrapped(
        f"{finding.law.cite} [{finding.rule}]; {finding.span.first} to {last}; "
        f"evidence {finding.law.evidence}, last confirmed {finding.law.confirmed}",
        8,
    )


def wrapped(text: str, indent: int) -> list[str]:
    """A text broken to the width of the terminal."""
    return textwrap.wrap(
        visible(text),
        width(),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_on_hyphens=False,  # ids of rules and dates stay whole
    )
