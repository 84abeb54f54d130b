"""What customs figures say of the goods and the route of a transaction.

Goods are those of its lines and, where no line has a code, those its texts name by code
or in words. The route is that of the papers; a payment without one is taken to run
against the goods: from the country of who is paid to that of who pays. Every sentence
says which of these it rests on. Where nobody names goods, the surges of the route are
told beside the answer and are no finding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from clearway.goods.codes import Code, read_code
from clearway.goods.describe import hints
from clearway.model import Role, Transaction
from clearway.rules import Item
from clearway.screen.goods_facts import SURE_HINT

PAID = (Role.ULTIMATE_CREDITOR, Role.CREDITOR, Role.SELLER, Role.BENEFICIARY)
"""Who is paid, and so is taken to have sent the goods; the first that is known."""
PAYING = (Role.ULTIMATE_DEBTOR, Role.DEBTOR, Role.BUYER, Role.APPLICANT)
"""Who pays, and so is taken to get them."""
_LONGEST = 2_000


class Surge(Protocol):
    """A surge of a product on a corridor (`clearway.trade.redflags.Anomaly`)."""

    @property
    def sentence(self) -> str:
        """Its figures in words."""


class Corridor(Protocol):
    """The compiled table of surges (`clearway.trade.redflags.Table`)."""

    def of(
        self, code6: str, exporter: str, destination: str, day: str
    ) -> Sequence[Surge]:
        """Surges known on a day; an empty code or exporter means any."""


@dataclass(frozen=True, slots=True)
class Route:
    """From where to which countries, and how that is known."""

    origin: str
    ends: tuple[str, ...]
    how: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the figures say: `flags` in words; `anomaly` whether named goods surge on
    the route (None where no goods are named: nothing can be said)."""

    flags: tuple[str, ...] = ()
    anomaly: bool | None = None


_MOST = 1
"""Surges told where no goods are named: the largest."""


def told_of(
    corridor: Corridor,
    transaction: Transaction,
    whole: Mapping[str, Any],
    goods: Sequence[Item],
    countries_of: Mapping[Role, str],
    day: date,
) -> Told:
    """What the corridor table says of a transaction.

    `whole` holds the facts of its route, `goods` its lines; `countries_of` the country
    of each role that has one.
    """
    route = _route(whole, countries_of)
    when = day.isoformat()
    there = [
        surge
        for end in route.ends
        for surge in corridor.of("", route.origin, end, when)
    ]
    if not there:
        return Told(anomaly=False if goods else None)
    named = _named(transaction, goods)
    flags = dict.fromkeys(
        _said(surge.sentence, how, route.how)
        for code, how in named.items()
        for end in route.ends
        for surge in corridor.of(code, route.origin, end, when)
    )
    if named or goods:
        return Told(tuple(flags), bool(flags))
    return Told((_unnamed(there, route),) if route.origin else ())


def _said(sentence: str, *known: str) -> str:
    basis = "; ".join(filter(None, known))
    return f"{sentence} ({basis})" if basis else sentence


def _unnamed(there: Sequence[Surge], route: Route) -> str:
    """The largest surges of a route on which nobody says what moves."""
    shown = " ".join(f"{surge.sentence}." for surge in there[:_MOST])
    more = f" And {len(there) - _MOST:,} more." if len(there) > _MOST else ""
    basis = f" ({route.how})" if route.how else ""
    said = f"no goods are named; on this route{basis} there are surges, the largest: "
    return f"{said}{shown}{more}"


def _route(whole: Mapping[str, Any], countries_of: Mapping[Role, str]) -> Route:
    """The route of the papers, each missing end from the parties who pay."""
    origin = whole["transaction.origin"] or ""
    ends = {whole["transaction.destination"], whole["transaction.final_country"]}
    known = tuple(sorted(end for end in ends if end))
    how: list[str] = []
    if not origin:
        origin, role = _first(countries_of, PAID)
        known_by = f"origin taken from the {role}'s country"
        how.append(known_by if origin else "origin unknown: exporters of any country")
    if not known:
        end, role = _first(countries_of, PAYING)
        known = (end,) if end else ()
        how += [f"destination taken from the {role}'s country"] if end else []
    return Route(origin, known, ", ".join(how))


def _first(countries_of: Mapping[Role, str], roles: Iterable[Role]) -> tuple[str, str]:
    for role in roles:
        if country := countries_of.get(role):
            return country, str(role).replace("_", " ")
    return "", ""


def _named(transaction: Transaction, goods: Sequence[Item]) -> dict[str, str]:
    """Codes of the goods, with how each is known; empty for a code of a line.

    Codes of lines go before codes in texts, and these before words: what is stated is
    not understood otherwise.
    """
    if codes := {code: "" for item in goods if (code := item.known.get("goods.code"))}:
        return codes
    texts = [text.text[:_LONGEST] for text in transaction.texts]
    stated = {
        code.hs6: f"code {code} stands in the text"
        for text in texts
        for code in _stated(text)
    }
    if stated:
        return stated
    words = [*(line.description for line in transaction.goods), *texts]
    return {
        code: f"goods understood from {said!r}"
        for text in reversed(words)
        for code, said in _hinted(text)
    }


def _stated(words: str) -> Sequence[Code]:
    """Codes behind a label or written with dots; the number of an invoice is none."""
    if not any(char.isalpha() for char in words):
        return ()
    read = read_code(words)
    guessed = {"letters_in_code", "bad_code_length"}
    return () if guessed & {problem.code for problem in read.problems} else read.all


def _hinted(text: str) -> Iterable[tuple[str, str]]:
    for hint in hints(text):
        if hint.score >= SURE_HINT:
            yield hint.code, " ".join(hint.words)
