"""What is about to happen: a payment, a shipment, a service; who and what is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from clearway.model.party import Party
from clearway.model.problem import Problem


class Role(StrEnum):
    """What a party does in a transaction.

    Payment roles are those of ISO 20022, trade roles those of a bill of lading and a
    letter of credit. `is_bank` tells the roles that only a financial institution has.
    """

    DEBTOR = "debtor"
    CREDITOR = "creditor"
    ULTIMATE_DEBTOR = "ultimate_debtor"
    ULTIMATE_CREDITOR = "ultimate_creditor"
    INITIATING_PARTY = "initiating_party"
    DEBTOR_AGENT = "debtor_agent"
    CREDITOR_AGENT = "creditor_agent"
    INTERMEDIARY_AGENT = "intermediary_agent"
    INSTRUCTING_AGENT = "instructing_agent"
    INSTRUCTED_AGENT = "instructed_agent"
    REIMBURSEMENT_AGENT = "reimbursement_agent"
    CORRESPONDENT = "correspondent"
    ISSUING_BANK = "issuing_bank"
    ADVISING_BANK = "advising_bank"
    APPLICANT = "applicant"
    BENEFICIARY = "beneficiary"
    SELLER = "seller"
    BUYER = "buyer"
    SHIPPER = "shipper"
    CONSIGNEE = "consignee"
    NOTIFY_PARTY = "notify_party"
    END_USER = "end_user"
    MANUFACTURER = "manufacturer"
    FORWARDER = "forwarder"
    CARRIER = "carrier"
    INSURER = "insurer"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    SIGNATORY = "signatory"
    OWNER = "owner"
    CUSTOMER = "customer"
    OTHER = "other"

    @property
    def is_bank(self) -> bool:
        """Whether only a financial institution has this role."""
        return self in _BANKS


_BANKS = frozenset(
    {
        Role.DEBTOR_AGENT,
        Role.CREDITOR_AGENT,
        Role.INTERMEDIARY_AGENT,
        Role.INSTRUCTING_AGENT,
        Role.INSTRUCTED_AGENT,
        Role.REIMBURSEMENT_AGENT,
        Role.CORRESPONDENT,
        Role.ISSUING_BANK,
        Role.ADVISING_BANK,
    }
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a source something stands, for highlighting.

    `path` is an XML path, a tag (`:59:`), a column or a key; `start` and `end` are
    offsets in characters into the source as read (-1 where unknown); `raw` the text
    as it stands there.
    """

    path: str = ""
    start: int = -1
    end: int = -1
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217, upper case)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """As a payment writes it: `EUR 1250.00`."""
        return f"{self.currency} {self.amount}"


@dataclass(frozen=True, slots=True)
class Involved:
    """A party in its role.

    `known` holds what the user knows of it beside its name, by the keys of `KNOWN`;
    `spot` says where it stands.
    """

    role: Role
    party: Party
    spot: Spot = field(default_factory=Spot)
    known: Mapping[str, str] = field(default_factory=dict)


KNOWN = (
    "activity",
    "business",
    "email",
    "incorporated_on",
    "messaging",
    "opened_on",
    "parent_country",
    "phone",
    "sector",
    "website",
)
"""What may be known of a party: its line of activity in words; its `business` as a
bank has one (deposit_taking, lending, fx, securities, ...); contact data; the day it
was formed; the messaging system it uses (SWIFT, SPFS); for a branch the day it was
opened and the country of its parent; the `sector` it operates in, as determinations
name them."""


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One line of goods.

    `code` is the HS or CN code as written, `edition` the HS edition it belongs to
    (`HS2017`, `HS2022`; empty if unsaid), `quantity` in `unit`, `value` of the whole
    line, `unit_price` what the paper says one unit costs, weights in kilograms,
    `origin` a country as written, `line` its number in the paper, `spot` where it
    stands there.
    """

    code: str = ""
    description: str = ""
    edition: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    value: Money | None = None
    origin: str = ""
    end_use: str = ""
    line: int = 0
    spot: Spot = field(default_factory=Spot)
    unit_price: Money | None = None
    net_weight: Decimal | None = None
    gross_weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a role: `origin`, `via`, `destination`, `final`, `address`, `place`.

    `text` is as written; `country` ISO alpha-2 or a name where given apart.
    """

    text: str
    role: str = "place"
    country: str = ""
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True, slots=True)
class FreeText:
    """Text that may name anyone: remittance information, a narrative, a description."""

    text: str
    spot: Spot = field(default_factory=Spot)
    channel: str = "text"


class Conduct(StrEnum):
    """What the one who asks would do: conduct, facilitate, or give some service."""

    CONDUCTED = "conducted"
    FACILITATED = "facilitated"
    SERVICE = "provided_any_service"


_SEVERAL = (*("parties", "goods", "places", "texts", "licences", "stakes", "problems"),)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One payment, shipment or service, whole enough to be judged.

    `kind` is `payment`, `shipment`, `trade_finance`, `service` or `account`; `day` the
    day it happens, `at` the instant where known (licences end at instants); `amounts`
    the invoice and the payment where both are known, the first being what moves;
    `licences` those the user relies on; `attributes` further facts by the names
    that rules ask for; `stakes` who owns whom, by the headings of a table of stakes
    (`owner`, `owned`, `percent`, ...); `problems` what could not be read; `file` the
    paper it was read from, where that is one.
    """

    kind: str = "payment"
    reference: str = ""
    conduct: Conduct = Conduct.CONDUCTED
    day: date | None = None
    at: datetime | None = None
    parties: tuple[Involved, ...] = ()
    amount: Money | None = None
    invoice: Money | None = None
    goods: tuple[GoodsLine, ...] = ()
    places: tuple[Place, ...] = ()
    texts: tuple[FreeText, ...] = ()
    purpose: str = ""
    licences: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    stakes: tuple[Mapping[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    file: str = ""

    def __post_init__(self) -> None:
        """Accept lists where tuples are meant."""
        for name in _SEVERAL:
            value: Iterable[object] = getattr(self, name)
            object.__setattr__(self, name, tuple(value))

    def in_role(self, *roles: Role) -> tuple[Involved, ...]:
        """The parties in any of these roles, in their order."""
        return tuple(item for item in self.parties if item.role in roles)
