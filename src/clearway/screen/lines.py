"""A shipment line by line: whose each finding, hit, price and problem is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clearway.goods.codes import read_code
from clearway.goods.describe import contradiction, hints
from clearway.model import GoodsLine, Involved, Problem, Transaction
from clearway.rules import Facts, Finding
from clearway.screen.goods_facts import SURE_HINT
from clearway.screen.prices import Compared, Peers, Prices, compared, price_facts
from clearway.screen.screening import Screening, Verdict


@dataclass(frozen=True, slots=True)
class LineScreening:
    """One line with what concerns it alone.

    `findings` are rules by id, `hits` the listed names in its text, `prices` its unit
    price beside usual ones, `hints` where words and code disagree or words stand for a
    code: these never make a finding. `verdict` is the gravest of all of these.
    """

    line: GoodsLine
    verdict: Verdict
    findings: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    prices: tuple[Compared, ...] = ()
    hints: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def position(self) -> str:
        """Where the line stands in its paper."""
        return self.line.spot.path

    def to_dict(self) -> dict[str, Any]:
        """As plain values in a fixed order."""
        return {
            "line": self.line.line,
            "position": self.position,
            "code": self.line.code,
            "description": self.line.description,
            "verdict": str(self.verdict),
            "findings": list(self.findings),
            "hits": list(self.hits),
            "prices": [price.to_dict() for price in self.prices],
            "hints": list(self.hints),
            "problems": list(self.problems),
        }


def line_prices(
    transaction: Transaction,
    facts: Facts,
    peers: Peers,
    prices: Prices | None,
    *,
    day: date,
    asked: date,
) -> tuple[tuple[Compared, ...], ...]:
    """For each line its prices compared; the route of the papers is the corridor."""
    whole = facts.whole
    ends = (
        whole.get("transaction.final_country"),
        whole.get("transaction.destination"),
    )
    return tuple(
        compared(
            line,
            peers,
            prices,
            exporter=whole.get("transaction.origin") or "",
            destination=next(filter(None, ends), ""),
            day=day,
            asked=asked,
        )
        for line in transaction.goods
    )


def with_prices(facts: Facts, found: Sequence[Sequence[Compared]]) -> Facts:
    """The facts with what prices say of each line."""
    if not any(found):
        return facts
    goods = tuple(
        replace(item, known={**item.known, **price_facts(one)})
        for item, one in zip(facts.goods, found, strict=True)
    )
    return replace(facts, goods=goods)


def line_screenings(
    transaction: Transaction,
    checked: Sequence[tuple[Involved, Screening]],
    findings: Sequence[Finding],
    verdicts: Sequence[Verdict],
    problems: Sequence[Problem],
    prices: Sequence[tuple[Compared, ...]],
) -> tuple[LineScreening, ...]:
    """Each line of a transaction with what is its own; `verdicts` are of `findings`."""
    return tuple(
        _line(line, at, checked, findings, verdicts, problems, priced)
        for at, (line, priced) in enumerate(zip(transaction.goods, prices, strict=True))
    )


def _line(
    line: GoodsLine,
    at: int,
    checked: Sequence[tuple[Involved, Screening]],
    findings: Sequence[Finding],
    verdicts: Sequence[Verdict],
    problems: Sequence[Problem],
    priced: tuple[Compared, ...],
) -> LineScreening:
    own = [
        (finding.rule, verdict)
        for finding, verdict in zip(findings, verdicts, strict=True)
        if finding.scope == "goods" and finding.at == at
    ]
    where = {line.spot.path, f"goods line {line.line or at + 1}"} - {""}
    named = [
        (f"{involved.party.name}: {screening.hits[0].entity.name}", screening.verdict)
        for involved, screening in checked
        if screening.hits and _within(involved.spot.path, where)
    ]
    wrong = [problem for problem in problems if _within(problem.position, where)]
    graver = [verdict for _, verdict in (*own, *named)]
    graver += [Verdict.REVIEW] if wrong else []
    return LineScreening(
        line=line,
        verdict=max(graver, key=lambda v: v.rank, default=Verdict.CLEAR),
        findings=tuple(dict.fromkeys(rule for rule, _ in own)),
        hits=tuple(dict.fromkeys(said for said, _ in named)),
        prices=priced,
        hints=line_hints(line),
        problems=tuple(dict.fromkeys(f"{p.code}: {p.message}" for p in wrong)),
    )


def _within(path: str, where: set[str]) -> bool:
    """Whether a path is that of a line, or of a field of it."""
    return any(path == one or path.startswith(f"{one},") for one in where)


def line_hints(line: GoodsLine) -> tuple[str, ...]:
    """Where description and code disagree, or which code a description stands for."""
    words = line.description.strip()
    if not words:
        return ()
    code = (
        read_code(line.code, edition=line.edition).code if line.code.strip() else None
    )
    if code is not None:
        found = contradiction(code, words)
        return (str(found),) if found else ()
    likely = [hint.code for hint in hints(words) if hint.score >= SURE_HINT]
    return (f"no code; the words stand for {', '.join(likely[:3])}",) if likely else ()
