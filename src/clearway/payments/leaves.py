"""What becomes of each text of a message, and why what is left out is left out.

Every text is screened unless a rule excludes it. A rule names a field *and the form of
its value*: a date field that holds a name is not a date, and is screened.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from clearway.model import Role, Spot


class Channel(StrEnum):
    """How a text is screened: as a party, a bank, a place, free text, or not at all."""

    PARTY = "party"
    AGENT = "agent"
    GEOGRAPHY = "geography"
    TEXT = "text"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of a message: its channel, role and place, and why it is excluded.

    `reason` is empty for all that is screened.
    """

    channel: Channel
    text: str
    spot: Spot = field(default_factory=Spot)
    role: Role | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A rule: values of this form in these fields are not screened, for this reason."""

    reason: str
    form: re.Pattern[str]
    names: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()


_NUMBER = re.compile(r"[A-Z]{0,3} ?[-+]?[\d ]{1,25}(?:[.,][\d.,]{0,25})?")
_DATE = re.compile(r"[\d:.,/+Z -]{2,35}|\d{4}-\d\d-\d\dT[\d:.+Z-]{2,25}")
_FLAG = re.compile(r"true|false|[01]|[A-Z]{4}", re.I)
_COUNT = re.compile(r"[\d/]{1,18}(?:/?(?:ONLY|LAST|MORE))?")
_CODE = re.compile(r"[A-Z0-9]{1,4}|[A-Z]{3,5}\d{0,2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MESSAGE = re.compile(
    r"[a-z]{4}\.?\d{0,3}(?:\.\d{2,3}){0,3}|(?:pacs|pain|camt|head|swift|"
    r"iso|cbprplus|sepa|MT)[\w.\-:]{0,30}|MT\d{3}\w{0,8}"
)
NO_NUMBER = frozenset({"NONREF", "NOTPROVIDED", "NOREF"})
"""What stands where a number should and there is none."""
_REFERENCE = re.compile(r"(?=[^\d]{0,34}\d)[^\s]{1,70}")
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_HEX = re.compile(r"[0-9A-Fa-f-]{16,64}")


def is_reference(text: str) -> bool:
    """Whether a text is a number of something and nothing else.

    One word, some digit, no run of six letters: `INV-2024/17`, but not
    `ROSOBORONEXPORT1`, in which a name may be hidden.
    """
    if text in NO_NUMBER:
        return True
    if not _REFERENCE.fullmatch(text):
        return False
    return not _LONG_WORD.search(text) or _HEX.fullmatch(text) is not None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = (
    Exclusion("a currency", re.compile(r"[A-Z]{3}"), _words("@Ccy")),
    Exclusion(
        "an amount or a rate",
        _NUMBER,
        _words("Amt Rate Sum CtrlSum XchgRate Pctg Fctr BaseAmt TtlAmt Qty Unit"),
        ("Amt", "Rate", "Sum", "Bal", "Qty"),
    ),
    Exclusion(
        "a date or a time",
        _DATE,
        _words("Dt DtTm Yr Tm CreDt CreDtTm Mnth"),
        ("Dt", "DtTm", "Tm", "Date", "Time", "Yr"),
    ),
    Exclusion(
        "yes or no",
        _FLAG,
        _words("BtchBookg PssblDplct CpyDplct CdtDbtInd RvslInd Sts"),
        ("Ind", "Flg"),
    ),
    Exclusion(
        "a count or a position",
        _COUNT,
        _words("NbOfTxs NbOfNtries ElctrncSeqNb LglSeqNb PgNb SeqNb Seq Nb NbOfDays"),
        ("SeqNb", "PgNb", "NbOfTxs"),
    ),
    Exclusion(
        "a word of a closed code list",
        _CODE,
        _words(
            "Cd ChrgBr SttlmMtd InstrPrty ClrChanl PmtMtd LclInstrm SeqTp Ccy"
            " XchgRateTp CdtDbtInd Authstn GrpSts TxSts PmtInfSts OrgnlGrpSts AdrTp"
            " NmPrfx MrtlSts SvcLvl CtgyPurp RptgSrc Prty Tp Chanl DbtCdtRptgInd"
            " RmtLctnMtd CharSet PrefrdMtd Frqcy Mtd SubFmlyCd FmlyCd UnitCcy SrcCcy"
            " TrgtCcy"
        ),
        ("Cd", "Sts", "Ccy", "Prty", "Mtd"),
    ),
    Exclusion(
        "a unique transaction number (UETR)", _UUID, _words("UETR OrgnlUETR"), ("UETR",)
    ),
    Exclusion(
        "the name of a message or a service",
        _MESSAGE,
        _words(
            "MsgDefIdr MsgNmId OrgnlMsgNmId BizSvc Regy SvcId ReqdMsgNmId SchmeNm Frmt"
        ),
        ("MsgNmId",),
    ),
)
"""Elements of ISO 20022 that are not screened, by local name or its ending."""

_IDENTIFIERS = _words(
    "MsgId InstrId EndToEndId TxId PmtInfId BizMsgIdr RtrId CxlId OrgnlMsgId"
    " ClrSysRef OrgnlInstrId OrgnlEndToEndId OrgnlTxId OrgnlPmtInfId NtryRef"
    " AcctSvcrRef MndtId Id PrtlSttlmId StsId CaseId RvslId OrgnlCxlId ChqNb InstrId"
    " PrcgId ChrgsId RcrdId Ref OrgnlClrSysRef OrgnlNtryRef OrgnlRtrId AddtlNtryRef"
    " RmtId RefNb RltdRef TxRef DbtrRef CdtrRef MktPrctc LEI TtlNb ItmId NtfctnId"
    " StmtId RptId UndrlygRef CrrctnId"
)
NUMBER = "a number of a message, a payment or a document"


def excluded_element(name: str, text: str) -> str:
    """Why the value of an element is not screened, '' if it is.

    `name` is local, of the element or of the attribute that holds the text.
    """
    bare = text.strip()
    if name in _IDENTIFIERS and is_reference(bare):
        return NUMBER
    for rule in _rules_of(name):
        if rule.form.fullmatch(bare):
            return rule.reason
    return ""


@lru_cache(maxsize=4096)
def _rules_of(name: str) -> tuple[Exclusion, ...]:
    return tuple(
        rule
        for rule in ELEMENTS
        if name in rule.names or (rule.endings and name.endswith(rule.endings))
    )


_FIN_AMOUNT = re.compile(r"[CDRE]{0,2}(?:\d{6})?[A-Z]{3}[\d,]{1,20}|[\d,]{1,20}")
_FIN_DATE = re.compile(r"\d{4,14}(?:[+-]\d{4})?|/[A-Z]{3,8}/\d{4}[+-]\d{4}")
_FIN_CODE = re.compile(r"[A-Z0-9]{1,4}(?:/[A-Z0-9]{1,4}){0,2}")
_FIN_COUNT = re.compile(r"\d{1,5}(?:/\d{1,5})?(?:/[A-Z]{4})?")
_QUALIFIED = re.compile(r":[A-Z0-9]{4}/[A-Z0-9]{0,8}/N?[\dA-Z,]{1,30}")
_SEQUENCE = re.compile(
    "ACCTINFO|ADDINFO|AMT|BENODET|BREAK|BRKDWN|CADETL|CAINST|CAOPTN|CASHACCT|CASHCOLL"
    "|CASHMOVE|CASHSET|CASHDET|COLLPRTY|CONFDET|CONFPRTY|CSHPRTY|DEALTRAN|FIA|FIAC|FIN"
    "|GENL|INTSEC|LINK|OTHRPRTY|REAS|REPO|REPSEC|SAFEACCT|SECDET|SECMOVE|SETDET|SETPRTY"
    "|STAT|SUBBAL|SUBSAFE|TRADDET|TRAN|TRANSDET|UNDINSTR|USECU|VALDET|AGRE|SUMM|CASHVAL"
    "|CALDET|PENA|PENACOUNT|PENACUR|PENDET|RELTRAN|TRADE|TRADPRTY"
)
"""Blocks of securities messages (ISO 15022), as fields 16R and 16S name them."""

FIELDS = (
    Exclusion(
        "an amount or a rate",
        _FIN_AMOUNT,
        _words(
            "19 32A 32B 32C 32D 32E 32F 32G 32H 32K 32M 32P 32Q 32U 33A 33B 33E 33F"
            " 33G 34A 34B 34E 34F 34P 36 37G 37K 37M 37R 37U 39A 60F 60M 62F 62M 64 65"
            " 71F 71G 90C 90D"
        ),
    ),
    Exclusion(
        "a date or a time",
        _FIN_DATE,
        _words(
            "13C 13D 13E 11A 30 30A 30D 30F 30G 30H 30M 30P 30Q 30T 30U 30V 30X 31C"
            " 31E 31G 31P 44C"
        ),
    ),
    Exclusion(
        "a word of a closed code list",
        _FIN_CODE,
        _words(
            "12 17A 17B 17F 17R 17U 22A 22B 22C 22D 22F 22G 22H 22K 22L 22M 22N 22X"
            " 23A 23B 23G 23X 26E 26T 38E 40A 40B 40C 40E 40F 43P 43T 49 71A 94A 12A"
            " 12B 14A 14C 14D 14F 14J 18A 21A 22 24D"
        ),
    ),
    Exclusion(
        "a count or a position",
        _FIN_COUNT,
        _words("18A 26E 27 27A 28 28C 28D 28E 13A 29A 29E"),
    ),
    Exclusion(
        "a qualifier with a date, a number or a code",
        _QUALIFIED,
        _words(
            "11A 12A 12B 13A 13B 17B 19A 19B 20C 22F 22H 24B 25D 36B 90A 90B 92A 92B"
            " 93B 93C 93D 98A 98B 98C 99A 99B"
        ),
    ),
    Exclusion(
        "a word of a closed code list",
        re.compile(
            r"(?:NOT )?ALLOWED|CONDITIONAL|(?:NOT )?PERMITTED|CONFIRM|MAY ADD|WITHOUT"
            r"|IRREVOCABLE(?: TRANSFERABLE)?(?: STANDBY)?|REVOCABLE"
            r"|(?:UCP|ISP|URDG|UCPURR|EUCP)(?:URR)? LATEST VERSION|NONE|OTHR"
        ),
        _words("40A 40B 40C 40E 40F 43P 43T 49"),
    ),
    Exclusion(
        "a code of the network",
        _FIN_CODE,
        _words("103 106 111 113 115 119 165 405 423 424 433 434 451"),
    ),
    Exclusion("the name of a sequence", _SEQUENCE, _words("16R 16S")),
)
"""Fields of SWIFT MT that are not screened, by tag."""

_BY_TAG = {
    tag: tuple(rule for rule in FIELDS if tag in rule.names)
    for tag in frozenset().union(*(rule.names for rule in FIELDS))
}
_FIN_NUMBERS = _words(
    "20 20C 21 21A 21C 21D 21E 21F 21N 21R 21T 21P 13B 11R 11S 22C 23 25 25P 25A"
    " 95R 97A 97B 108 121 MAC CHK PDE PDM DLM MRF SYS MUR TNG 103 106 111 113 115"
    " 119 165 177 451 405 433 434 423 424 69A 70A 94C"
)
_COPIED = re.compile(r"\d{3}\s+\d{6}(?:\s+\d{10})?")


def excluded_field(tag: str, text: str) -> str:
    """Why the value of a field is not screened, '' if it is.

    `tag` is without colons; of a field of another block the key (`121`, `CHK`).
    """
    bare = text.strip()
    if not bare:
        return "an empty field"
    if tag in _FIN_NUMBERS and (is_reference(bare) or is_reference(bare.lstrip("/"))):
        return NUMBER
    if tag in ("11R", "11S") and _COPIED.fullmatch(" ".join(bare.split())):
        return "the type and day of another message"
    for rule in _BY_TAG.get(tag, ()):
        if rule.form.fullmatch(bare):
            return rule.reason
    return ""
