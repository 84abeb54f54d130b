"""What a rule may ask: every fact by name, what it means, and of what it is a fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCOPES = ("transaction", "party", "goods", "place")
"""Of what a rule is asked: once of the whole, or of each party, line or place in it."""

TEXT, WORDS, NUMBER, DAY, YES = "text", "words", "number", "day", "yes or no"

FACTS: Mapping[str, tuple[str, str]] = {
    # the one who asks
    "asker.roles": (WORDS, "what the asker is: bank, exporter, ..."),
    "asker.home": (TEXT, "the asker's country, ISO alpha-2"),
    # the whole
    "transaction.kind": (TEXT, "payment, shipment, trade_finance, service or account"),
    "transaction.conduct": (TEXT, "conducted, facilitated or provided_any_service"),
    "transaction.currency": (TEXT, "ISO 4217, upper case"),
    "transaction.amount": (NUMBER, "in units of the currency"),
    "transaction.purposes": (WORDS, "what it is for, as words the licences use"),
    "transaction.countries": (WORDS, "every country any party or place ties it to"),
    "transaction.origin": (TEXT, "country the goods leave from"),
    "transaction.via": (WORDS, "countries passed through"),
    "transaction.destination": (TEXT, "country the papers send the goods to"),
    "transaction.final_country": (TEXT, "country the goods end in"),
    "transaction.lists_of_goods": (WORDS, "every list some line of goods stands on"),
    "transaction.groups_of_goods": (WORDS, "critical-item groups of all lines"),
    "transaction.programmes": (WORDS, "programmes of all parties, blocking ones"),
    "transaction.invoice_gap": (NUMBER, "payment over invoice, as a share of it"),
    "transaction.end_user_named": (YES, "whether the papers name who uses the goods"),
    "transaction.consigned_to_issuer": (YES, "goods consigned to the issuing bank"),
    "transaction.payer_countries": (WORDS, "countries of those who pay"),
    "transaction.payer_expected": (YES, "whether the payer is on the end-user paper"),
    "transaction.route_changed": (YES, "payment route changed at the last minute"),
    "transaction.scheme": (TEXT, "the payment scheme, such as netting_platform"),
    "transaction.tenor_days": (NUMBER, "days until a new debt is due"),
    "transaction.instrument": (TEXT, "debt, equity, bond, foreign_exchange, ..."),
    "transaction.price_ratio": (NUMBER, "unit price over the usual one, highest"),
    "transaction.corridor_anomaly": (YES, "a surge on this corridor in these goods"),
    "transaction.orders_rise": (NUMBER, "orders since 2022-02-24 over those before"),
    "transaction.first_order": (DAY, "first order of such goods by this customer"),
    # one party
    "party.role": (TEXT, "its role (clearway.model.Role)"),
    "party.is_bank": (YES, "whether it acts as a bank here, or is one by its name"),
    "party.match": (TEXT, "certain or possible: whether it is the one listed"),
    "party.lists": (WORDS, "lists it stands on: ofac/sdn, ofac/ns-mbs, eu/fsf, ..."),
    "party.programmes": (WORDS, "programmes of its blocking listings, as published"),
    "party.tags": (WORDS, "programmes of all its listings, as published"),
    "party.directives": (WORDS, "directives its listing names: eo14024-2, ssi-1, ..."),
    "party.remarks": (WORDS, "secondary-sanctions remarks: eo14024-11, 589, ..."),
    "party.owned_under": (
        WORDS,
        "tests that count it as listed: us, us-directive, eu, uk, bis",
    ),
    "party.owned_programmes": (WORDS, "blocking programmes of those who own it"),
    "party.countries": (WORDS, "where it is: registered, domiciled, address"),
    "party.sector": (TEXT, "sector it operates in, as determinations name them"),
    "party.supports_supply": (YES, "supports the supply of critical items to Russia"),
    "party.messaging": (WORDS, "payment messaging it uses: swift, spfs, ..."),
    "party.parent_country": (TEXT, "country of a branch's or subsidiary's parent"),
    "party.opened_on": (DAY, "day the branch or subsidiary was opened"),
    "party.incorporated_on": (DAY, "day it was formed"),
    "party.website": (YES, "whether it is known to have a website"),
    "party.phone_country": (TEXT, "country of its telephone number"),
    "party.activity_fits": (YES, "whether the goods fit its line of business"),
    "party.is_forwarder": (YES, "freight forwarder, trading house or mail drop"),
    "party.withholds": (YES, "will not name end user, end use or owners"),
    "party.address_shared": (YES, "shares its address with a listed party"),
    "party.address_home": (YES, "its address is a home or shows no business"),
    "party.near_listed": (YES, "its name or address is close to a listed party's"),
    "party.shipped_priority": (YES, "known to have shipped such goods since 2023"),
    # one line of goods
    "goods.code": (TEXT, "HS-6 digits"),
    "goods.lists": (WORDS, "lists the code stands on that day: chpl, eu_12g"),
    "goods.tier": (TEXT, "tier on the high-priority list, such as 3.A"),
    "goods.groups": (WORDS, "critical-item groups its code may belong to: CI-1..8"),
    "goods.origin": (TEXT, "country of origin"),
    "goods.hinted": (WORDS, "lists the description hints at where no code does"),
    "goods.misdescribed": (YES, "description and code speak of different goods"),
    "goods.price_ratio": (
        NUMBER,
        "unit price over the usual one, where that is outside the usual spread",
    ),
    "goods.price_outlier": (YES, "unit price three times the usual one, or a third"),
    # one place
    "place.territory": (TEXT, "territory it lies in, such as ua-crimea"),
    "place.country": (TEXT, "ISO alpha-2"),
    "place.strength": (TEXT, "named, addressed or mentioned"),
    "place.role": (TEXT, "origin, via, destination, final, address, text"),
    "place.embargoes": (WORDS, "whose embargo it is under that day: us, eu, uk"),
}
"""Every fact: its sort and its meaning. A fact that is not given is unknown."""


FROM_MEMORY = frozenset({"goods.groups", "transaction.groups_of_goods", "goods.hinted"})
"""Facts that are our reading only: what rests on them is never more than possible. No
official map from codes to the critical items was found; a description is a hint."""


def scope_of(fact: str) -> str:
    """Of what it is a fact: the part of its name before the point."""
    return fact.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Item:
    """One party, line or place: how to call it, and its facts by name."""

    label: str
    known: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a transaction and of the one who asks.

    `whole` holds facts of the asker and the transaction; absent or None is unknown,
    an empty tuple is known to be none. Days are dates, amounts Decimals, words tuples
    of lower-case text except for programmes, which stand as published.
    """

    whole: Mapping[str, Any] = field(default_factory=dict)
    parties: tuple[Item, ...] = ()
    goods: tuple[Item, ...] = ()
    places: tuple[Item, ...] = ()

    def items(self, scope: str) -> tuple[Item, ...]:
        """What a rule of a scope is asked of, one by one."""
        if scope == "transaction":
            return (Item("", {}),)
        by_scope = {"party": self.parties, "goods": self.goods, "place": self.places}
        return by_scope[scope]
