"""From a transaction and what was found of its parties to the facts rules ask for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clearway.model import (
    GoodsLine,
    Involved,
    Money,
    Party,
    Place,
    Problem,
    Role,
    Transaction,
)
from clearway.names import countries
from clearway.names.currencies import currency
from clearway.rules import Facts, Item
from clearway.rules.facts import DAY, FACTS, NUMBER, WORDS, YES
from clearway.screen.config import Configuration
from clearway.screen.corridor import Corridor, Told, told_of
from clearway.screen.goods_facts import goods_items
from clearway.screen.ownership_facts import NOT_OWNED, OwnedBy, Owners
from clearway.screen.place_facts import place_items
from clearway.screen.screening import Hit, Screening
from clearway.screen.standing import Standing

_BANK_WORDS = ("bank", "банк", "银行", "銀行", "banque", "banco", "banca")
_BANKING = frozenset(
    {"bank", "deposit_taking", "lending", "fx", "securities", "futures", "options"}
    | {"brokerage"}
)
PAYERS = (Role.DEBTOR, Role.ULTIMATE_DEBTOR, Role.INITIATING_PARTY, Role.APPLICANT)
RECEIVERS = (Role.END_USER, Role.CONSIGNEE, Role.BUYER, Role.APPLICANT)
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts, what could not be understood, and what stands behind them in words:
    how each party is owned, and the figures of surges on the corridor.
    """

    facts: Facts
    problems: tuple[Problem, ...]
    owned: tuple[tuple[str, ...], ...] = ()
    flags: tuple[str, ...] = ()


Checked = Sequence[tuple[Involved, Screening]]


def gather(
    transaction: Transaction,
    checked: Checked,
    config: Configuration,
    day: date,
    owned: Owners = lambda party: NOT_OWNED,
    corridor: Corridor | None = None,
) -> Gathered:
    """All facts of a transaction.

    `checked` holds its parties with what was found of each; `owned` tells who is owned
    by listed parties. A hit that is not certain makes facts that are possible only:
    the party is put to the rules once as what it certainly is, and once as what it may
    be besides.
    """
    problems: list[Problem] = []
    goods, goods_problems = goods_items(transaction.goods, day)
    places, place_problems = place_items(places_of(transaction), day)
    problems += [*goods_problems, *place_problems]
    owners = [owned(involved.party) for involved, _ in checked]
    problems += [problem for one in owners for problem in one.problems]
    parties = tuple(
        item
        for (involved, screening), owner in zip(checked, owners, strict=True)
        for item in party_items(involved, screening, owner, problems)
    )
    whole = whole_facts(transaction, parties, goods, config, problems)
    whole |= _attributes(transaction.attributes, problems)
    problems += _checks(transaction)
    told = Told()
    if corridor is not None:
        ends = _countries_by_role(transaction)
        told = told_of(corridor, transaction, whole, goods, ends, day)
        if told.anomaly is not None:
            whole["transaction.corridor_anomaly"] = told.anomaly
    said = tuple(owner.said for owner in owners)
    facts = Facts(whole, parties, goods, places)
    return Gathered(facts, tuple(problems), said, told.flags)


def _countries_by_role(transaction: Transaction) -> dict[Role, str]:
    """The country of each role that has one; of several parties the first's."""
    found: dict[Role, str] = {}
    for involved in transaction.parties:
        if codes := party_countries(involved.party):
            found.setdefault(involved.role, codes[0])
    return found


def party_items(
    involved: Involved,
    screening: Screening,
    owned: OwnedBy,
    problems: list[Problem],
) -> Iterable[Item]:
    """A party's facts: as what it certainly is, and as what it may be besides."""
    certain = [hit for hit in screening.hits if hit.certain]
    possible = [hit for hit in screening.hits if not hit.certain]
    own = _own_facts(involved, problems)
    label = _label(involved)
    yield Item(label, own | _listed(certain, owned) | {"party.match": "certain"})
    if possible:
        best = _best(possible)
        named = f"{label}, who may be {best[0].entity.name}"
        yield Item(named, own | _listed(best, OwnedBy()) | {"party.match": "possible"})


def _best(hits: Sequence[Hit]) -> Sequence[Hit]:
    """The likeliest of the possible ones, and those as likely: their lists differ."""
    top = hits[0].score
    return [hit for hit in hits if hit.score >= top - _AS_LIKELY]


_AS_LIKELY = 0.03
"""So near the best score, hits are taken together: one party on several lists."""


def _label(involved: Involved) -> str:
    role = str(involved.role).replace("_", " ")
    return f"{involved.party.name or 'unnamed'} ({role})"


def _listed(hits: Sequence[Hit], owned: OwnedBy) -> dict[str, Any]:
    standing = Standing.of(hit.entity for hit in hits)
    return {
        "party.lists": standing.lists,
        "party.programmes": standing.programmes,
        "party.tags": standing.tags,
        "party.directives": standing.directives,
        "party.remarks": standing.remarks,
        "party.owned_under": owned.under,
        "party.owned_programmes": owned.programmes,
    }


def _own_facts(involved: Involved, problems: list[Problem]) -> dict[str, Any]:
    party, known = involved.party, involved.known
    business = {word.strip() for word in known.get("business", "").split(",")}
    facts: dict[str, Any] = {
        "party.role": str(involved.role),
        "party.is_bank": involved.role.is_bank
        or bool(business & _BANKING)
        or is_named_bank(party),
        "party.countries": party_countries(party),
    }
    if "messaging" in known:
        facts["party.messaging"] = tuple(known["messaging"].lower().split(","))
    if "website" in known:
        facts["party.website"] = known["website"].lower() not in ("", "no", "none")
    if "sector" in known:
        facts["party.sector"] = known["sector"].strip().lower().replace(" ", "_")
    if "parent_country" in known:
        facts["party.parent_country"] = countries.code(known["parent_country"]) or None
    for key in ("opened_on", "incorporated_on"):
        if key in known:
            facts[f"party.{key}"] = _day(known[key], f"{party.name}, {key}", problems)
    facts |= _typed_facts("party", known, problems)
    return facts


def is_named_bank(party: Party) -> bool:
    """Whether its name says that it is a bank."""
    name = party.name.lower()
    return any(word in name for word in _BANK_WORDS)


def party_countries(party: Party) -> tuple[str, ...]:
    """Where a party is: its countries and that of its address, ISO alpha-2."""
    codes = [countries.code(text) for text in party.countries]
    if party.address:
        codes.append(countries.code(party.address.rsplit(",", 1)[-1]))
    return tuple(dict.fromkeys(code for code in codes if code))


def whole_facts(
    transaction: Transaction,
    parties: Sequence[Item],
    goods: Sequence[Item],
    config: Configuration,
    problems: list[Problem],
) -> dict[str, Any]:
    """The facts of the asker and of the transaction as a whole."""
    origin, destination, final, via = _route(transaction)
    ties = {code for item in parties for code in item.known["party.countries"]}
    ties |= {code for code in (origin, destination, final, *via) if code}
    ends = {role: bool(transaction.in_role(role)) for role in (Role.END_USER,)}
    whole: dict[str, Any] = {
        "asker.roles": config.roles,
        "asker.home": config.home or None,
        "transaction.kind": transaction.kind,
        "transaction.conduct": str(transaction.conduct),
        "transaction.purposes": purposes_of(transaction),
        "transaction.countries": tuple(sorted(ties)),
        "transaction.origin": origin,
        "transaction.destination": destination,
        "transaction.final_country": final,
        "transaction.via": via,
        "transaction.lists_of_goods": _all(goods, "goods.lists"),
        "transaction.groups_of_goods": _all(goods, "goods.groups"),
        "transaction.programmes": _all(
            [item for item in parties if item.known["party.match"] == "certain"],
            "party.programmes",
        ),
        "transaction.payer_countries": _countries_of(transaction, PAYERS),
        "transaction.end_user_named": ends[Role.END_USER]
        if transaction.goods
        else None,
    }
    whole |= money_facts(transaction.amount, transaction.invoice, problems)
    return whole


def _all(items: Sequence[Item], fact: str) -> tuple[str, ...]:
    words = (word for item in items for word in item.known.get(fact) or ())
    return tuple(dict.fromkeys(words))


def purposes_of(transaction: Transaction) -> tuple[str, ...] | None:
    """The words a transaction is said to be for; None if nothing is said.

    Words that no rule uses stay: they fit no licence, and the finding shows them.
    """
    words = [
        word.strip().lower().replace(" ", "_")
        for word in transaction.purpose.replace(";", ",").split(",")
    ]
    return tuple(dict.fromkeys(word for word in words if word)) or None


def _countries_of(
    transaction: Transaction, roles: Sequence[Role]
) -> tuple[str, ...] | None:
    found = {
        code
        for involved in transaction.in_role(*roles)
        for code in party_countries(involved.party)
    }
    return tuple(sorted(found)) or None


def _route(
    transaction: Transaction,
) -> tuple[str | None, str | None, str | None, tuple[str, ...]]:
    """Origin, destination, final country, countries passed; from the papers' places,
    and where these are silent from the parties that receive the goods."""
    by_role: dict[str, list[str]] = {}
    for place in transaction.places:
        code = countries.code(place.country or place.text)
        if code:
            by_role.setdefault(place.role, []).append(code)
    origin, destination, final = (
        next(iter(by_role.get(role, ())), None)
        for role in ("origin", "destination", "final")
    )
    final = final or destination
    if final is None and transaction.goods:
        receivers = [
            codes[0]
            for role in RECEIVERS
            for codes in [_countries_of(transaction, (role,))]
            if codes
        ]
        final = next(iter(receivers), None)
        destination = destination or final
    return origin, destination, final, tuple(by_role.get("via", ()))


def places_of(transaction: Transaction) -> list[Place]:
    """The places of the papers, and the addresses and birthplaces of the parties."""
    places = list(transaction.places)
    for involved in transaction.parties:
        party = involved.party
        if party.address:
            country = party.countries[0] if party.countries else ""
            places.append(Place(party.address, "address", country, involved.spot))
    places += [Place(text.text, "text", "", text.spot) for text in transaction.texts]
    return places


def money_facts(
    amount: Money | None, invoice: Money | None, problems: list[Problem]
) -> dict[str, Any]:
    """What amount and invoice say; what is wrong with them goes to `problems`."""
    facts: dict[str, Any] = {}
    for name, money in (("amount", amount), ("invoice", invoice)):
        if money is None:
            continue
        if not currency(money.currency):
            message = "no such currency in ISO 4217; correct it"
            problems.append(
                Problem("unknown_currency", message, "", name, money.currency)
            )
        if not money.amount.is_finite() or money.amount < 0:
            message = "an amount is a number not below 0; correct it"
            problems.append(Problem("bad_amount", message, "", name, str(money)))
    if amount is not None:
        facts["transaction.amount"] = amount.amount
        facts["transaction.currency"] = currency(amount.currency) or None
    same = (
        amount and invoice and currency(amount.currency) == currency(invoice.currency)
    )
    if amount and invoice and same and invoice.amount > 0:
        gap = (amount.amount - invoice.amount) / invoice.amount
        facts["transaction.invoice_gap"] = abs(gap).quantize(Decimal("0.0001"))
    return facts


def _attributes(
    attributes: Mapping[str, str], problems: list[Problem]
) -> dict[str, Any]:
    return _typed_facts("transaction", attributes, problems)


def _typed_facts(
    scope: str, given: Mapping[str, str], problems: list[Problem]
) -> dict[str, Any]:
    """Facts the user gives by the names rules use, read by their sort."""
    facts: dict[str, Any] = {}
    for key, text in given.items():
        fact = f"{scope}.{key}"
        if fact not in FACTS:
            continue
        value = _typed(str(text), FACTS[fact][0], fact, problems)
        if value is not None:
            facts[fact] = value
    return facts


def _typed(text: str, sort: str, fact: str, problems: list[Problem]) -> Any:
    if sort == YES:
        value = _YES.get(text.strip().lower())
        if value is None:
            problems.append(Problem("bad_fact", "say yes or no", "", fact, text))
        return value
    if sort == DAY:
        return _day(text, fact, problems)
    if sort == NUMBER:
        try:
            return Decimal(text.strip())
        except ArithmeticError:
            problems.append(Problem("bad_fact", "give a number", "", fact, text))
            return None
    if sort == WORDS:
        return tuple(word.strip().lower() for word in text.split(",") if word.strip())
    return text.strip().lower()


def _day(text: str, where: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = "give a day as YYYY-MM-DD"
        problems.append(Problem("bad_date", message, "", where, text))
        return None


def _checks(transaction: Transaction) -> Iterable[Problem]:
    """What makes the transaction as a whole doubtful."""
    if not transaction.parties:
        yield Problem(
            "no_party", "no party is named; say who takes part", "", "parties", ""
        )
    at, day = transaction.at, transaction.day
    if at is not None and day is not None and abs((at.date() - day).days) > 1:
        message = "the day and the instant contradict each other; correct one"
        yield Problem("contradictory_dates", message, "", "day", f"{day} / {at}")
    yield from (
        Problem("no_goods_described", "neither code nor description", "", "goods", "")
        for line in transaction.goods
        if _is_blank(line)
    )


def _is_blank(line: GoodsLine) -> bool:
    return not (line.code.strip() or line.description.strip())
