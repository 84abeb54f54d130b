"""Elements of ISO 20022: which say a role, which part transactions, which hold what.

What can be told from the path of a text alone is told once a path (`known`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clearway.model import Kind, Role

ROLES: Mapping[str, Role] = {
    "Dbtr": Role.DEBTOR,
    "Cdtr": Role.CREDITOR,
    "UltmtDbtr": Role.ULTIMATE_DEBTOR,
    "UltmtCdtr": Role.ULTIMATE_CREDITOR,
    "InitgPty": Role.INITIATING_PARTY,
    "InstgPty": Role.INITIATING_PARTY,
    "Orgtr": Role.INITIATING_PARTY,
    "Pyer": Role.DEBTOR,
    "Pyee": Role.CREDITOR,
    "Drwr": Role.DEBTOR,
    "Drwee": Role.CORRESPONDENT,
    "Cretr": Role.INITIATING_PARTY,
    "DbtrAgt": Role.DEBTOR_AGENT,
    "CdtrAgt": Role.CREDITOR_AGENT,
    "IntrmyAgt1": Role.INTERMEDIARY_AGENT,
    "IntrmyAgt2": Role.INTERMEDIARY_AGENT,
    "IntrmyAgt3": Role.INTERMEDIARY_AGENT,
    "PrvsInstgAgt1": Role.INSTRUCTING_AGENT,
    "PrvsInstgAgt2": Role.INSTRUCTING_AGENT,
    "PrvsInstgAgt3": Role.INSTRUCTING_AGENT,
    "InstgAgt": Role.INSTRUCTING_AGENT,
    "InstdAgt": Role.INSTRUCTED_AGENT,
    "FwdgAgt": Role.INSTRUCTING_AGENT,
    "Fr": Role.INSTRUCTING_AGENT,
    "To": Role.INSTRUCTED_AGENT,
    "Assgnr": Role.INSTRUCTING_AGENT,
    "Assgne": Role.INSTRUCTED_AGENT,
    "InstgRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
    "InstdRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
    "ThrdRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
    "SttlmAcct": Role.REIMBURSEMENT_AGENT,
    "ChrgsAcctAgt": Role.CORRESPONDENT,
    "RcvgAgt": Role.CORRESPONDENT,
    "DlvrgAgt": Role.CORRESPONDENT,
    "IssgAgt": Role.CORRESPONDENT,
    "SttlmPlc": Role.CORRESPONDENT,
    "Svcr": Role.CORRESPONDENT,
    "AcctSvcr": Role.CORRESPONDENT,
    "ChrgsRqstr": Role.CORRESPONDENT,
    "Agt": Role.CORRESPONDENT,
    "Ownr": Role.CUSTOMER,
    "AcctOwnr": Role.CUSTOMER,
    "Acct": Role.CUSTOMER,
    "RltdAcct": Role.CUSTOMER,
    "ChrgsAcct": Role.DEBTOR,
    "Invcr": Role.SELLER,
    "Invcee": Role.BUYER,
    "TradgPty": Role.OTHER,
    "Pty": Role.OTHER,
    "Grnshee": Role.OTHER,
    "GrnshmtAdmstr": Role.OTHER,
    "CtctDtls": Role.OTHER,
    "CdtrSchmeId": Role.CREDITOR,
    "DlvrTo": Role.OTHER,
    "ChqFr": Role.OTHER,
    "NmAndAdr": Role.OTHER,
}
"""What the element around a text says of the party; accounts go with their owner."""

WEAK = frozenset({"Agt", "Pty"})
ACCOUNT = "Acct"
TRANSACTIONS = frozenset(
    {
        "CdtTrfTxInf",
        "DrctDbtTxInf",
        "TxInf",
        "TxInfAndSts",
        "TxDtls",
        "CdtTrfTx",
        "Rcrd",
    }
    | {"Itm", "DrctDbtTx"}
)
ENTRY = "Ntry"
SCOPES = frozenset(
    {"PmtInf", "Rpt", "Stmt", "Ntfctn", "Ntry", "Document", "OrgnlPmtInfAndSts"}
    | {"BizMsg", "PerTx", "Undrlyg", "CdtInstr"}
)
PARTING = TRANSACTIONS | SCOPES | {"AppHdr"}
ADDRESSES = frozenset({"PstlAdr", "Adr", "DmclAdr", "Lctn"})
BICS = frozenset({"BICFI", "BIC", "AnyBIC", "BICOrBEI", "AnyBICId", "FinInstnBIC"})
COUNTRIES = frozenset({"Ctry", "CtryOfRes", "CtryOfBirth", "Ctzsh", "Ntlty"})
SCHEMES = {
    "CCPT": "passport",
    "NIDN": "national_id",
    "TXID": "tax_id",
    "DUNS": "duns",
    "COID": "registration",
    "BANK": "clearing",
    "CUST": "other",
}
AMOUNTS = (
    "IntrBkSttlmAmt",
    "RtrdIntrBkSttlmAmt",
    "InstdAmt",
    "TxAmt",
    "Amt",
    "EqvtAmt",
)
DAYS = (
    "IntrBkSttlmDt",
    "ReqdExctnDt",
    "ReqdColltnDt",
    "BookgDt",
    "ValDt",
    "XpctdValDt",
    "CreDtTm",
    "CreDt",
)
NUMBERS = ("InstrId", "TxId", "EndToEndId", "RtrId", "CxlId", "NtryRef", "MsgId")
FACTS = frozenset((*NUMBERS, *AMOUNTS, *DAYS, "UETR", "DuePyblAmt", "OrgnlUETR"))
FACTS_WITHIN = frozenset({"Purp", "UndrlygCstmrCdtTrf", *DAYS})
REPEATED = frozenset(
    {
        "Ustrd",
        "AddtlInf",
        "AddtlRmtInf",
        "InstrInf",
        "Inf",
        "AddtlNtryInf",
        "AddtlTxInf",
    }
)
"""Elements of free text that may stand several times, a text running over them."""


@dataclass(frozen=True, slots=True)
class Path:
    """What a path says by itself.

    `parting` are its elements that part transactions, with their places; `role_at` is
    the place of the element that says the role and `party_at` that of the party, which
    may have no known role (-1: none); `kind` what the party must be; `address` whether
    the text is a piece of an address; `tail` the path within the party.
    """

    joined: str
    last: str
    parting: tuple[tuple[int, str], ...]
    role_at: int
    party_at: int
    role: Role
    kind: Kind
    address: bool
    tail: frozenset[str]
    is_fact: bool
    may_repeat: bool


@lru_cache(maxsize=4096)
def known(path: tuple[str, ...]) -> Path:
    """What a path says, worked out once."""
    role_at = _role_at(path)
    party_at = role_at if role_at >= 0 else _container_at(path)
    tail = frozenset(path[role_at + 1 :])
    role = Role.OTHER
    if role_at >= 0:
        element = path[role_at]
        role = ROLES.get(element) or ROLES[element.removesuffix(ACCOUNT)]
    kind = Kind.ANY
    if role.is_bank or not tail.isdisjoint(("FinInstnId", "OrgId")):
        kind = Kind.ORGANIZATION
    elif "PrvtId" in tail:
        kind = Kind.PERSON
    return Path(
        "/" + "/".join(path),
        path[-1],
        tuple((at, element) for at, element in enumerate(path) if element in PARTING),
        role_at,
        party_at,
        role,
        kind,
        not ADDRESSES.isdisjoint(path[role_at + 1 : -1]),
        tail,
        path[-1] in FACTS
        or path[-1] == "@Ccy"
        or not FACTS_WITHIN.isdisjoint(path[:-1]),
        path[-1] in REPEATED,
    )


def _role_at(path: Sequence[str]) -> int:
    """The place in a path of the element that says the role, -1 if none does."""
    for at in range(len(path) - 1, -1, -1):
        element = path[at]
        if element in ROLES or (
            element.endswith(ACCOUNT) and element.removesuffix(ACCOUNT) in ROLES
        ):
            if element in WEAK and at and path[at - 1] in ROLES:
                return at - 1
            return at
    return -1


def _container_at(path: Sequence[str]) -> int:
    """The place of an element that must be a party, for it has a name or a BIC."""
    for at, element in enumerate(path):
        if element in ADDRESSES or element == "FinInstnId":
            return at - 1
    if path[-1] in ("Nm", "LEI") or path[-1] in BICS:
        return len(path) - 2
    return -1
