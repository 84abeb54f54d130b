"""One transaction checked whole: parties, goods and places, and the law of its day."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from clearway.model import Involved, Party, Problem, Spot, Transaction
from clearway.rules import Finding, Moment, Question, RuleBook, conclude, law
from clearway.screen.asker import persons, verdict_of, verdict_of_all
from clearway.screen.corridor import Corridor
from clearway.screen.gathering import gather
from clearway.screen.lines import (
    LineScreening,
    line_prices,
    line_screenings,
    with_prices,
)
from clearway.screen.ownership_facts import NOT_OWNED, OwnedBy, Stakes
from clearway.screen.parties import checked_parties
from clearway.screen.party_law import once
from clearway.screen.prices import Peers, Prices
from clearway.screen.screening import ListUsed, Screening, Verdict

if TYPE_CHECKING:
    from clearway.screen.screener import Screener


@dataclass(frozen=True, slots=True)
class TransactionScreening:
    """The whole answer for a transaction, immutable, the same bytes for the same input.

    `screenings` are those of its parties, in their order; `findings` what the rules
    conclude for `profile`; `reasons` why the verdict is what it is; `lines` what of all
    this belongs to which line of goods.
    """

    verdict: Verdict
    transaction: Transaction
    screenings: tuple[tuple[Involved, Screening], ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    reasons: tuple[str, ...]
    lists: tuple[ListUsed, ...]
    rules: str
    law_confirmed: str
    law_day: str
    as_of: str
    config: str
    engine: str
    binds: tuple[str, ...] = ()
    owned: tuple[tuple[str, ...], ...] = ()
    flags: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    lines: tuple[LineScreening, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values in a fixed order."""
        return {
            "verdict": str(self.verdict),
            "transaction": transaction_dict(self.transaction),
            "parties": [
                {
                    "role": str(involved.role),
                    "name": involved.party.name,
                    "verdict": str(screening.verdict),
                    "spot": _spot(involved.spot),
                    "hits": [hit.to_dict() for hit in screening.hits],
                    "problems": [p.to_dict() for p in screening.problems],
                    "owned": list(owned),
                }
                for (involved, screening), owned in zip(
                    self.screenings,
                    self.owned or ((),) * len(self.screenings),
                    strict=True,
                )
            ],
            "findings": [
                finding.to_dict() | {"verdict": meaning}
                for finding, meaning in zip(self.findings, self.meanings, strict=True)
            ],
            "lines": [line.to_dict() for line in self.lines],
            "problems": [problem.to_dict() for problem in self.problems],
            "corridor": list(self.flags),
            "reasons": list(self.reasons),
            "as_of": self.as_of,
            "law_of": self.law_day,
            "law_last_confirmed": self.law_confirmed,
            "binds": list(self.binds),
            "lists": [asdict(used) for used in self.lists],
            "rules": self.rules,
            "engine": self.engine,
            "config": self.config,
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """Canonical JSON: the same screening, the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


_NOBODY = Party("")


def _nobody_known(party: Party) -> OwnedBy:
    return NOT_OWNED


def check_transaction(
    screener: "Screener",
    transaction: Transaction,
    book: RuleBook | None = None,
    *,
    stakes: Stakes | None = None,
    corridor: Corridor | None = None,
    prices: Prices | None = None,
    peers: Peers | None = None,
) -> TransactionScreening:
    """Check one transaction: every party, then the law of its day on the whole.

    `stakes` say who owns whom beside what the transaction itself says, `corridor` which
    goods surge on which corridor, `prices` what goods cost there, `peers` what the
    lines of other papers cost.
    """
    return check_transactions(
        screener,
        [transaction],
        book,
        stakes=stakes,
        corridor=corridor,
        prices=prices,
        peers=peers,
    )[0]


def check_transactions(
    screener: "Screener",
    transactions: Sequence[Transaction],
    book: RuleBook | None = None,
    *,
    stakes: Stakes | None = None,
    corridor: Corridor | None = None,
    prices: Prices | None = None,
    peers: Peers | None = None,
) -> list[TransactionScreening]:
    """Check many: their parties, and the names in their texts, in one batch.

    Unit prices are compared with those of `peers`, by default of these transactions.
    """
    checked = checked_parties(screener, transactions)
    if peers is None:
        peers = Peers.of(transactions)
    return [
        judge(
            screener,
            one,
            parts,
            book,
            stakes=stakes,
            corridor=corridor,
            prices=prices,
            peers=peers,
        )
        for one, parts in zip(transactions, checked, strict=True)
    ]


def judge(
    screener: "Screener",
    transaction: Transaction,
    checked: Sequence[tuple[Involved, Screening]],
    book: RuleBook | None = None,
    *,
    stakes: Stakes | None = None,
    corridor: Corridor | None = None,
    prices: Prices | None = None,
    peers: Peers | None = None,
) -> TransactionScreening:
    """Put a transaction whose parties are checked to the rule book."""
    book = book or law()
    config = screener.config
    moment = Moment.of(transaction.day, transaction.at, screener.as_of)
    problems: tuple[Problem, ...] = ()
    if transaction.stakes:
        given = Stakes.given(screener, transaction.stakes)
        if isinstance(given, Problem):
            problems = (given,)
        else:
            stakes = given
            problems = given.reading.problems
    owned = stakes.on(moment.day) if stakes else _nobody_known
    gathered = gather(transaction, checked, config, moment.day, owned, corridor)
    priced = line_prices(
        transaction,
        gathered.facts,
        peers if peers is not None else Peers(),
        prices,
        day=moment.day,
        asked=screener.as_of,
    )
    facts = with_prices(gathered.facts, priced)
    question = Question(moment, persons(config), known=None)
    findings = once(conclude(book, facts, question))
    meanings = tuple(verdict_of(finding, config) for finding in findings)
    problems = (*transaction.problems, *problems, *gathered.problems)
    if transaction.file:
        problems = tuple(
            replace(problem, file=problem.file or transaction.file)
            for problem in problems
        )
    verdict, reasons = _verdict(checked, findings, problems, screener)
    return TransactionScreening(
        verdict=verdict,
        transaction=transaction,
        screenings=tuple(checked),
        findings=findings,
        problems=problems,
        reasons=reasons,
        lists=screener.lists,
        rules=book.version,
        law_confirmed=str(book.last_confirmed),
        law_day=moment.day.isoformat(),
        as_of=screener.as_of.isoformat(),
        config=config.hash(),
        engine=screener.nothing_found(_NOBODY).engine,
        binds=tuple(sorted(persons(config))),
        owned=gathered.owned,
        flags=gathered.flags,
        meanings=tuple(map(str, meanings)),
        lines=line_screenings(
            transaction, checked, findings, meanings, problems, priced
        ),
    )


def _verdict(
    checked: Sequence[tuple[Involved, Screening]],
    findings: Sequence[Finding],
    problems: Sequence[Problem],
    screener: "Screener",
) -> tuple[Verdict, tuple[str, ...]]:
    """The gravest of parties, findings and problems, with the reasons of each."""
    nothing = screener.nothing_found(_NOBODY)
    verdict, said = nothing.verdict, list(nothing.reasons)
    for involved, screening in checked:
        if screening.verdict is not nothing.verdict or screening.hits:
            own = [why for why in screening.reasons if why not in nothing.reasons]
            why = "; ".join(own)
            if not own:
                continue
            said.append(f"{involved.role}: {involved.party.name}: {why}")
        verdict = max(verdict, screening.verdict, key=lambda v: v.rank)
    by_law, law_said = verdict_of_all(findings, screener.config)
    said += law_said
    verdict = max(verdict, by_law, key=lambda v: v.rank)
    if problems:
        codes = ", ".join(dict.fromkeys(problem.code for problem in problems))
        said.append(f"{len(problems)} problem(s) in the transaction: {codes}")
        verdict = max(verdict, Verdict.REVIEW, key=lambda v: v.rank)
    return verdict, tuple(said)


def _spot(spot: Spot) -> dict[str, Any]:
    return {"path": spot.path, "start": spot.start, "end": spot.end, "raw": spot.raw}


def transaction_dict(transaction: Transaction) -> dict[str, Any]:
    """A transaction as plain values; what is not known is left out."""
    plain = replace(transaction, parties=(), problems=())
    out: dict[str, Any] = {}
    for name in plain.__slots__:
        value = _plain(getattr(plain, name))
        if value not in ("", None, [], {}):
            out[name] = value
    out["parties"] = [
        {"role": str(item.role), "name": item.party.name, **_known(item)}
        for item in transaction.parties
    ]
    return out


def _known(item: Involved) -> dict[str, Any]:
    party = item.party
    values = {
        "countries": list(party.countries),
        "identifiers": [list(pair) for pair in party.identifiers],
        "address": party.address,
        "known": dict(item.known),
    }
    return {key: value for key, value in values.items() if value}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "__slots__") and hasattr(value, "__dataclass_fields__"):
        found = {name: _plain(getattr(value, name)) for name in value.__slots__}
        return {k: v for k, v in found.items() if v not in ("", None, -1, [], {})}
    return str(value)
