"""Signs that a payment was stripped: parties taken out so that nothing is found.

Banks have been fined for taking names out of messages, for sending a cover payment
that names no customer, and for sending a held payment again with less in it. Each sign
is a Problem of the transaction, for a person to look at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clearway.model import FreeText, Involved, Problem, Role, Transaction
from clearway.names.fold import fold
from clearway.names.narrative import unnamed, words_of

_BANK_TRANSFERS = re.compile(r"MT20[0-5]$|pacs\.009\.")
_CUSTOMER_PAYMENTS = re.compile(r"MT10[123]$|pacs\.008\.|pain\.001\.")
_ORDERERS = (
    Role.DEBTOR,
    Role.CREDITOR,
    Role.ULTIMATE_DEBTOR,
    Role.ULTIMATE_CREDITOR,
    Role.INITIATING_PARTY,
    Role.APPLICANT,
    Role.BENEFICIARY,
    Role.DEBTOR_AGENT,
)
_ON_BEHALF = re.compile(
    r"\b(?:ON|IN) BEHALF OF|\bB/?O\b[ :]|\bBY ORDER OF|\bIN FAVOU?R OF|\bF/?O\b[ :]"
    r"|\bORDERING (?:CUSTOMER|PARTY)|\bULTIMATE (?:BENEFICIARY|DEBTOR|CREDITOR|PAYER)"
    r"|\bFOR (?:FINAL|FURTHER) CREDIT|\bF/?F/?C\b|\bREMITTER\b|\bBENEF(?:ICIARY)?\b[ :]"
    r"|\bIM AUFTRAG|\bPOR ORDEN DE|\bD'ORDRE DE|ПО ПОРУЧЕНИЮ|В ПОЛЬЗУ"
    r"|/(?:ORDP|BENM|ORDERRES|BENEFRES|UBO)/",
    re.I,
)
_LEGAL = re.compile(
    r"\b(?:LTD|LIMITED|LLC|INC|CORP|GMBH|S\.?A\.?R?\.?L?|B\.?V|N\.?V|PLC|OOO|OAO|ZAO|PAO|"
    r"JSC|PJSC|CO|COMPANY|SPA|SRL|A\.?G|K\.?G|OY|AB|AS|PTE|PTY|FZE|FZCO|SDN|BHD)\b",
    re.I,
)
_BANK_WORD = re.compile(r"\bBAN[KCQ]|\bCREDIT|БАНК|\bTREASURY|\bCASH\b", re.I)
_TELLING = (":72:", ":79:", "/InstrInf", "/Ustrd", "/AddtlInf")
"""Fields between banks in which a company that is no bank stands out."""
_LONGEST = 20_000


def suspicions(transaction: Transaction) -> tuple[Problem, ...]:
    """What in one transaction looks as if a party was left out."""
    out = []
    for item in transaction.in_role(*_ORDERERS):
        if phrase := _nobody(item):
            out.append(
                Problem(
                    "party_not_named",
                    f"the {item.role.replace('_', ' ')} is {item.party.name!r}, which "
                    "names nobody; ask who it is",
                    position=item.spot.path,
                    text=phrase,
                )
            )
    kind = transaction.attributes.get("message", "")
    out += _missing(transaction, kind)
    covered = "cover" in transaction.attributes or not _BANK_TRANSFERS.match(kind)
    if not covered and (text := _customer_in(transaction.texts)):
        out.append(
            Problem(
                "cover_without_customer",
                "a transfer between banks names a customer in its text but has no "
                "customer payment in it; ask for the payment it covers",
                position=text.spot.path,
                text=text.text,
            )
        )
    return tuple(out)


def _missing(transaction: Transaction, kind: str) -> Iterable[Problem]:
    """A customer payment without the one who pays or the one who is paid."""
    if not _CUSTOMER_PAYMENTS.match(kind):
        return
    for role in (Role.DEBTOR, Role.CREDITOR):
        if not any(
            item.party.name or item.party.identifiers
            for item in transaction.in_role(role)
        ):
            yield Problem(
                "party_missing",
                f"a customer payment without a {role}; ask the sender who it is",
            )


def _nobody(item: Involved) -> str:
    """The phrase by which a party is not named (`ONE OF OUR CLIENTS`)."""
    name = item.party.name
    if not name or len(name) > 200:
        return ""
    bare = name.strip("/ ")
    if bare.upper().startswith("ORDER BANK"):
        return bare
    return unnamed(words_of(bare), native=not bare.isascii())


def _customer_in(texts: Iterable[FreeText]) -> FreeText | None:
    """A text that says for whom a payment is, or names a company that is no bank."""
    for text in texts:
        bare = text.text[:_LONGEST]
        if text.channel != "text":
            continue
        # Code words of banks tell of banks: /INS/, /ACC/ and their like.
        whole = text.spot.path.endswith(_TELLING)
        if _ON_BEHALF.search(bare):
            return text
        if whole and any(
            _LEGAL.search(line) and not _BANK_WORD.search(line)
            for line in bare.split("\n")
        ):
            return text
    return None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What stays the same when a payment is sent again, and what it said.

    `money` is amount and currency; `accounts` account numbers; `banks` BICs of eight;
    `names` folded names of parties; `words` those of free texts; `reference` the
    end-to-end number or UETR.
    """

    money: tuple[Decimal, str] | None
    references: frozenset[str]
    accounts: frozenset[str]
    banks: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


def fingerprint(transaction: Transaction) -> Fingerprint:
    """The fingerprint of a payment, to keep with a held one."""
    accounts, banks, names = set(), set(), set()
    for item in transaction.parties:
        for type_, value in item.party.identifiers:
            if type_ == "bic":
                banks.add(value[:8])
            elif type_ in ("iban", "account"):
                accounts.add(value)
        if item.party.name:
            names.add(fold(item.party.name))
    words: set[str] = set()
    for text in transaction.texts:
        if text.channel == "text":
            words.update(fold(text.text[:_LONGEST]).split())
    money = transaction.amount
    references = {
        transaction.attributes.get("uetr", ""),
        transaction.attributes.get("end_to_end", ""),
        transaction.reference,
    } - {"", "NOTPROVIDED"}
    return Fingerprint(
        (money.amount, money.currency) if money else None,
        frozenset(references),
        frozenset(accounts),
        frozenset(banks),
        frozenset(names),
        frozenset(words),
    )


def resubmitted(held: Fingerprint, new: Fingerprint) -> tuple[str, ...]:
    """What a new payment lacks of a held one it seems to be; empty if it is another.

    The same payment: one reference, or the same money with a common account, or with a
    common party and bank. It lacks something where a name, an account, a bank or a word
    of the texts is gone; a payment sent again as it was lacks nothing and is told by
    its reference.
    """
    if not _same_payment(held, new):
        return ()
    gone: list[str] = []
    gone += [f"name {name}" for name in sorted(held.names - new.names)]
    gone += [f"account {number}" for number in sorted(held.accounts - new.accounts)]
    gone += [f"bank {bank}" for bank in sorted(held.banks - new.banks)]
    lost = sorted(held.words - new.words)
    gone += [f"words {' '.join(lost[:20])}"] if lost else []
    return tuple(gone)


def _same_payment(held: Fingerprint, new: Fingerprint) -> bool:
    if held.references & new.references:
        return True
    if held.money is None or held.money != new.money:
        return False
    return bool(
        held.accounts & new.accounts
        or (held.names & new.names and held.banks & new.banks)
    )


def cover_differs(cover: Transaction, customer: Transaction) -> tuple[str, ...]:
    """What a cover payment does not say of the customer payment it is for.

    Names and accounts of the customers, and the references, must be the same in both:
    a cover that lacks one hides it from the banks between.
    """
    theirs, ours = fingerprint(customer), fingerprint(cover)
    people = (Role.DEBTOR, Role.CREDITOR, Role.ULTIMATE_DEBTOR, Role.ULTIMATE_CREDITOR)
    named = {fold(i.party.name) for i in customer.in_role(*people) if i.party.name}
    out = [f"name {name}" for name in sorted(named - ours.names)]
    out += [f"account {n}" for n in sorted(theirs.accounts - ours.accounts)]
    if theirs.references and not theirs.references & ours.references:
        out.append(f"reference {sorted(theirs.references)[0]}")
    return tuple(out)
