"""Payments of people and companies, written as MT103 and as pacs.008.

Who pays and who is paid come from the data; streets, banks, sums and what a payment is
for are drawn here, so that no two messages are alike and none is a copy of a sample.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from anyascii import anyascii

_BANKS = (
    *("DEUTDEFF", "CHASUS33", "BARCGB22", "SCBLHKHH", "ICBKCNBJ", "AKBKTRIS"),
    *("EBILAEAD", "KZKOKZKX", "UBSWCHZH", "BNPAFRPP", "DBSSSGSG", "BKKBTHBK"),
)
_CITIES = (
    ("60311", "Frankfurt", "DE"),
    ("10001", "New York", "US"),
    ("34330", "Istanbul", "TR"),
    ("050000", "Almaty", "KZ"),
    ("518000", "Shenzhen", "CN"),
    ("1010", "Wien", "AT"),
    ("00185", "Roma", "IT"),
    ("110001", "New Delhi", "IN"),
)
_STREETS = ("Hauptstrasse", "Main Street", "Ataturk Caddesi", "Abay Avenue", "Via Roma")
_PURPOSES = (
    "INVOICE {0} OF {1} 2024",
    "/RFB/INV {0} CONSULTING SERVICES",
    "PAYMENT FOR GOODS UNDER CONTRACT {0} DD {1} 2024",
    "RENT APARTMENT 4B {1}",
    "SALARY {1} 2024",
    "/INV/{0}/20240514 SPARE PARTS FOR MACHINES",
    "TUITION FEE STUDENT {0}",
    "LOAN REPAYMENT CONTRACT {0}",
    "FREIGHT AND INSURANCE BL {0}",
    "ADVANCE 30 PCT PROFORMA {0} TEXTILES",
)
_MONTHS = ("JANUARY", "MARCH", "APRIL", "MAY", "JUNE")


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment before it is written: who, to whom, through whom, for what."""

    number: int
    debtor: str
    creditor: str
    narrative: str
    banks: tuple[str, str]
    cities: tuple[tuple[str, str, str], tuple[str, str, str]]
    street: str
    cents: int


def payments(
    people: Sequence[str], companies: Sequence[str], count: int, seed: int = 0
) -> list[Payment]:
    """`count` payments; debtors and creditors are drawn from both sequences."""
    rng = random.Random(seed)
    both = (people, companies)
    return [
        Payment(
            number,
            rng.choice(rng.choice(both)),
            rng.choice(rng.choice(both)),
            rng.choice(_PURPOSES).format(rng.randrange(10**7), rng.choice(_MONTHS)),
            (rng.choice(_BANKS), rng.choice(_BANKS)),
            (rng.choice(_CITIES), rng.choice(_CITIES)),
            rng.choice(_STREETS),
            rng.randrange(100, 10**8),
        )
        for number in range(count)
    ]


def as_mt103(payment: Payment) -> bytes:
    """The payment in the letters and lines that a SWIFT MT103 has."""
    debtor, creditor = _lines(payment.debtor, 2), _lines(payment.creditor, 2)
    (post, town, country), (to_post, to_town, to_country) = payment.cities
    fields = (
        f":20:REF{payment.number:08d}",
        ":23B:CRED",
        f":32A:240515EUR{payment.cents // 100},{payment.cents % 100:02d}",
        f":50K:/{10**9 + payment.number}",
        *debtor,
        *_lines(f"{payment.street} {payment.number % 200 + 1}", 1),
        *_lines(f"{post} {town} {country}", 1),
        f":52A:{payment.banks[0]}",
        f":57A:{payment.banks[1]}",
        f":59:/{2 * 10**9 + payment.number}",
        *creditor,
        *_lines(f"{to_post} {to_town} {to_country}", 1),
        f":70:{_lines(payment.narrative, 4)[0]}",
        *_lines(payment.narrative, 4)[1:],
        ":71A:SHA",
    )
    heads = (
        f"{{1:F01{payment.banks[0]}AXXX0000000000}}{{2:I103{payment.banks[1]}XXXXN}}"
    )
    return (heads + "{4:\r\n" + "\r\n".join(fields) + "\r\n-}").encode()


def as_pacs008(payment: Payment) -> bytes:
    """The payment as an ISO 20022 credit transfer between banks."""
    sender, receiver = (_agent(bank) for bank in payment.banks)
    (post, town, country), (to_post, to_town, to_country) = payment.cities
    return _PACS.format(
        number=payment.number,
        amount=f"{payment.cents // 100}.{payment.cents % 100:02d}",
        sender=sender,
        receiver=receiver,
        debtor=escape(payment.debtor[:140]),
        creditor=escape(payment.creditor[:140]),
        street=payment.street,
        post=post,
        town=town,
        country=country,
        line=escape(f"{to_post} {to_town}"),
        to_country=to_country,
        narrative=escape(payment.narrative),
    ).encode()


def _agent(bank: str) -> str:
    return f"<FinInstnId><BICFI>{bank}XXX</BICFI></FinInstnId>"


def _lines(text: str, most: int) -> list[str]:
    """A text in the X set of SWIFT, in lines of 35, at least one."""
    plain = "".join(
        letter if letter.isalnum() or letter in " /-?:().,'+" else " "
        for letter in anyascii(text).upper()
    ).strip(" -:")
    return [plain[at : at + 35] for at in range(0, 35 * most, 35) if plain[at:]] or [
        "NOTPROVIDED"
    ]


_PACS = (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:'
    'xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M{number}</MsgId><CreDtTm>'
    "2024-05-15T10:00:00+00:00</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>INDA"
    "</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId><InstrId>I{number}</InstrId>"
    '<EndToEndId>E{number}</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="EUR">{amount}'
    "</IntrBkSttlmAmt><IntrBkSttlmDt>2024-05-15</IntrBkSttlmDt><ChrgBr>SHAR</ChrgBr>"
    "<InstgAgt>{sender}</InstgAgt><InstdAgt>{receiver}</InstdAgt><Dbtr><Nm>{debtor}"
    "</Nm><PstlAdr><StrtNm>{street}</StrtNm><PstCd>{post}</PstCd><TwnNm>{town}</TwnNm>"
    "<Ctry>{country}</Ctry></PstlAdr></Dbtr><DbtrAcct><Id><Othr><Id>10{number:08d}</Id>"
    "</Othr></Id></DbtrAcct><DbtrAgt>{sender}</DbtrAgt><CdtrAgt>{receiver}</CdtrAgt>"
    "<Cdtr><Nm>{creditor}</Nm><PstlAdr><Ctry>{to_country}</Ctry><AdrLine>{line}"
    "</AdrLine></PstlAdr></Cdtr><CdtrAcct><Id><Othr><Id>20{number:08d}</Id></Othr></Id>"
    "</CdtrAcct><RmtInf><Ustrd>{narrative}</Ustrd></RmtInf></CdtTrfTxInf>"
    "</FIToFICstmrCdtTrf></Document>"
)
