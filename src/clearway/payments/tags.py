"""What the fields of SWIFT MT are: roles, places, goods, where batches repeat."""

from collections.abc import Mapping
from types import MappingProxyType

from clearway.model import Role

PAYMENT: Mapping[str, Role] = MappingProxyType(
    {
        "50": Role.DEBTOR,
        "50C": Role.INITIATING_PARTY,
        "50L": Role.INITIATING_PARTY,
        "51": Role.INSTRUCTING_AGENT,
        "52": Role.DEBTOR_AGENT,
        "53": Role.REIMBURSEMENT_AGENT,
        "54": Role.REIMBURSEMENT_AGENT,
        "55": Role.REIMBURSEMENT_AGENT,
        "56": Role.INTERMEDIARY_AGENT,
        "57": Role.CREDITOR_AGENT,
        "58": Role.CREDITOR,
        "59": Role.CREDITOR,
        "82": Role.OTHER,
        "83": Role.OTHER,
        "84": Role.CORRESPONDENT,
        "85": Role.CORRESPONDENT,
        "86": Role.INTERMEDIARY_AGENT,
        "87": Role.OTHER,
        "88": Role.CORRESPONDENT,
        "95": Role.OTHER,
    }
)
"""Roles of party fields, by tag or by the number of the tag, in payments."""

BANK_TRANSFER: Mapping[str, Role] = MappingProxyType({**PAYMENT, "52": Role.DEBTOR})
"""In a transfer between banks (202, 205 and their like) 52 is who pays, 58 who gets."""

DIRECT_DEBIT: Mapping[str, Role] = MappingProxyType(
    {
        **PAYMENT,
        "50": Role.CREDITOR,
        "52": Role.CREDITOR_AGENT,
        "57": Role.DEBTOR_AGENT,
        "59": Role.DEBTOR,
    }
)
"""In a direct debit (104, 107) 50 is who collects, 59 who pays."""

MARKET_DEBIT: Mapping[str, Role] = MappingProxyType({**PAYMENT, "53": Role.DEBTOR})
"""In 204 the bank of field 53 is debited for that of field 58."""

TRADE: Mapping[str, Role] = MappingProxyType(
    {
        **PAYMENT,
        "50": Role.APPLICANT,
        "50B": Role.OTHER,
        "51": Role.ISSUING_BANK,
        "52": Role.ISSUING_BANK,
        "57": Role.ADVISING_BANK,
        "58": Role.CORRESPONDENT,
        "59": Role.BENEFICIARY,
        "41": Role.CORRESPONDENT,
        "42": Role.CORRESPONDENT,
    }
)
"""Roles in documentary credits and guarantees (category 7)."""

GUARANTEE: Mapping[str, Role] = MappingProxyType({**TRADE, "51": Role.OTHER})
"""In guarantees (760 and after) 51 is the obligor, a customer."""

FOREIGN_EXCHANGE: Mapping[str, Role] = MappingProxyType(
    {**PAYMENT, "53": Role.CORRESPONDENT, "58": Role.CORRESPONDENT}
)
"""Roles in deals of category 3: 82 and 87 are the two sides."""

PARTY_OPTIONS = frozenset("ABCDFGHJKLPQRUV")
BANK_NUMBERS = frozenset({"51", "52", "53", "54", "55", "56", "57", "58", "41", "42"})
"""Fields that name banks, whatever their role."""

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "44A": "origin",
        "44E": "origin",
        "44F": "destination",
        "44B": "final",
        "94A": "place",
        "94B": "place",
        "94C": "place",
        "94D": "place",
        "94H": "place",
    }
)
"""Fields that are a place, with its role."""

DATE_AND_PLACE = frozenset({"31D"})
GOODS = frozenset({"45A", "45B", "45L"})
CODED_TEXTS = frozenset(
    {"70", "72", "72Z", "77B", "86", "79", "77T", "71B", "75", "76"}
)
"""Fields whose text is cut by code words."""

CODE_ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "INS": Role.INSTRUCTING_AGENT,
        "INT": Role.INTERMEDIARY_AGENT,
        "INTA": Role.INTERMEDIARY_AGENT,
        "ACC": Role.CREDITOR_AGENT,
    }
)
"""Whose bank a code word announces."""

BEGINS: Mapping[str, str] = MappingProxyType(
    {
        "101": "21",
        "102": "21",
        "104": "21",
        "107": "21",
        "110": "21",
        "203": "20",
        "201": "20",
        "204": "20",
        "207": "21",
        "210": "21",
        "256": "44A",
        "940": "61",
        "942": "61",
        "950": "61",
    }
)
"""The field with which each transaction of a batch begins."""

ENDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "102": frozenset({"32A"}),
        "940": frozenset({"62F", "62M", "90D", "90C"}),
        "942": frozenset({"90D", "90C"}),
        "950": frozenset({"62F", "62M"}),
    }
)
"""The field with which the transactions of a batch end and the common part goes on."""


def roles(kind: str, inner: str = "") -> Mapping[str, Role]:
    """The roles of a message type; `inner` is the type that an envelope (798) holds."""
    number = (inner or kind.removeprefix("MT"))[:3]
    if number[:1] == "7":
        return GUARANTEE if number >= "760" and number < "798" else TRADE
    if number[:1] == "3":
        return FOREIGN_EXCHANGE
    if number in ("104", "107"):
        return DIRECT_DEBIT
    if number == "204":
        return MARKET_DEBIT
    return BANK_TRANSFER if number in _BANK_TRANSFERS else PAYMENT


_NOT_PARTIES = frozenset({"42C", "42M", "42P"})
"""Terms of payment, though their number is that of the drawee."""
_BANK_TRANSFERS = frozenset({"200", "201", "202", "203", "205", "207"})


def role(table: Mapping[str, Role], tag: str) -> Role | None:
    """The role of a field, by its tag or by the number of it; None for other fields."""
    if tag in _NOT_PARTIES:
        return None
    found = table.get(tag)
    if found is None and tag[:2] in table and tag[2:] in ("", *PARTY_OPTIONS):
        found = table[tag[:2]]
    return found
