"""Numbers and codes to comparable form: separators out, prefixes off, case aside."""

import re
from dataclasses import dataclass

from clearway.names import checksums, countries

_NOT_ALNUM = re.compile(r"[^0-9A-Za-z]+")
_PREFIX = {
    "imo": re.compile(r"^IMO(?:NUMBER|NO)?(?=\d{7}$)"),
    "mmsi": re.compile(r"^MMSI(?:NO)?(?=\d)"),
    "inn": re.compile(r"^INN(?=\d)"),
    "ogrn": re.compile(r"^OGRN(?:IP)?(?=\d)"),
    "lei": re.compile(r"^LEI(?=[0-9A-Z]{20}$)"),
    "duns": re.compile(r"^DUNS(?=\d)"),
    "bic": re.compile(
        r"^(?:SWIFTBIC|SWIFT|BIC)(?=[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$)"
    ),
    "iban": re.compile(r"^IBAN(?=[A-Z]{2}\d{2})"),
    "bik": re.compile(r"^(?:BIK|RU)(?=0\d{8}$)"),
}
_GENERAL = frozenset({"", "other", "registration", "tax_id", "national_id"})
_ADDRESS = re.compile(
    r"^(?:[13LMDXAG9t47rqpTK][1-9A-HJ-NP-Za-km-z]{25,34}|[48][1-9A-HJ-NP-Za-km-z]{94}"
    r"|(?:bc1|ltc1)[a-z0-9]{20,80}|0x[0-9A-Fa-f]{40}|[qp][a-z0-9]{41})$"
)
"""Wallets: Base58 (Bitcoin and its like), Monero, Bech32, hexadecimal, Cash."""
_ANY_CASE = ("0x", "bc1", "ltc1")
_NOT_DECISIVE = frozenset({"phone", "email", "website", "other", "call_sign"})
MIN_LENGTH = 5
"""Shorter values are shared by too many to say anything by themselves."""


def normal(kind: str, value: str) -> str:
    """The comparable form of an identifier, or '' if nothing comparable is left.

    Upper case, letters and digits only: `7701 234-567` is `7701234567`, `IMO 9187629`
    is `9187629`, also where the number stands under a general heading. A wallet keeps
    its case, which belongs to it. A BIC is its first eight characters: the branch is
    part of the same bank.
    """
    if kind == "wallet":
        # Hexadecimal and Bech32 addresses are one in any case; Base58 ones are not.
        bare = value.strip()
        return bare.lower() if bare.lower().startswith(_ANY_CASE) else bare
    if kind in ("email", "website"):
        return value.strip().casefold().removeprefix("https://").removeprefix("http://")
    if not kind and is_wallet(value.strip()):
        return normal("wallet", value)
    bare = _NOT_ALNUM.sub("", value).upper()
    patterns = _PREFIX.values() if kind in _GENERAL else (_PREFIX.get(kind),)
    for pattern in patterns:
        if pattern is not None:
            bare = pattern.sub("", bare)
    if kind == "bic" and len(bare) in (8, 11):
        return bare[:8]
    return bare


def decisive(kind: str) -> bool:
    """Whether equal numbers of this type mean the same party."""
    return kind not in _NOT_DECISIVE


def is_wallet(value: str) -> bool:
    """Whether a text is shaped like the address of a wallet."""
    if not _ADDRESS.match(value):
        return False
    mixed = not value.isdigit() and value.upper() != value
    return mixed and any(char.isdigit() for char in value)


def is_bic(value: str) -> bool:
    """Whether a text is shaped like a BIC (ISO 9362) of a country that exists."""
    if not _BIC.fullmatch(value):
        return False
    return value[4:6].lower() in countries.countries().names or value[4:6] == "XK"


_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def valid(kind: str, value: str) -> bool | None:
    """Whether the check digits of a number agree; None for types without any.

    Takes the number as written or in comparable form.
    """
    bare = normal(kind, value)
    if kind == "wallet":
        if bare.startswith(("bc1", "ltc1")):
            return checksums.bech32(bare)
        if re.match(r"[13LMDXT][1-9A-HJ-NP-Za-km-z]{25,34}$", bare):
            return checksums.base58check(bare)
        return None
    if kind == "bic":
        return is_bic(_NOT_ALNUM.sub("", value).upper())
    check = checksums.CHECKS.get(kind)
    return None if check is None else check(bare)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A number found in a text: type ('' unknown), comparable form, as written."""

    type: str
    normal: str
    written: str
    labelled: bool = False


_LABEL = {
    "IMO": "imo",
    "MMSI": "mmsi",
    "INN": "inn",
    "ИНН": "inn",
    "OGRN": "ogrn",
    "ОГРН": "ogrn",
    "LEI": "lei",
    "BIC": "bic",
    "SWIFT": "bic",
    "BIK": "bik",
    "БИК": "bik",
    "USCC": "uscc",
    "IBAN": "iban",
    "DUNS": "duns",
    "PASSPORT": "passport",
    "ПАСПОРТ": "passport",
}
_LABELLED = re.compile(
    rf"\b({'|'.join(_LABEL)})(?:[\s/]*(?:CODE|NUMBER|NO|NR|№|BIC))?[\s.:#№/]*"
    r"([A-Z0-9][A-Z0-9\-]{0,40}(?: [A-Z0-9]{0,3}\d[A-Z0-9]{0,8}){0,8})",
    re.I,
)
_DIGIT = re.compile(r"\d|\b(?:SWIFT|BIC)\b")
_LETTERS_ONLY = re.compile(r"\s*(?:[A-Z]{8}(?:[A-Z]{3})?|[A-Z][A-Z0-9]?-[A-Z]{3,4})\s*")
_ALONE = re.compile(r"//(?:RU|CN|CH)?(?=\d)|^//?")
_NUMBER_WORD = re.compile(r"[A-Z0-9./\-]+")
_LONGEST = 128
_TAIL = re.compile(r"[A-Z][A-Z0-9]?-[A-Z]{3,4}")
_LEAST = 6
_BY_LENGTH = {7: "imo", 10: "inn", 12: "inn", 13: "ogrn", 15: "ogrn", 18: "uscc"}


_LABEL_IN = re.compile(rf"\b(?:{'|'.join(_LABEL)})", re.I)


def may_label(word: str) -> bool:
    """Whether a number behind a word may be told by it, or by its head, to be one."""
    return _LABEL_IN.search(word) is not None


def recognised(text: str) -> tuple[Recognised, ...]:
    """The identifiers that a text is, or that stand in it behind their label.

    `KKBCKPPY`, `9187629`, `bc1q...`, `IMO 9187629`. A text with words beside the
    number and no label has none. For names this costs less than a microsecond.
    """
    if _DIGIT.search(text) is None and _LETTERS_ONLY.fullmatch(text) is None:
        return ()
    out = []
    for match in _LABELLED.finditer(text):
        kind = _LABEL[match[1].upper()]
        bare = normal(kind, match[2])
        if any(char.isdigit() for char in bare) or (kind == "bic" and is_bic(bare)):
            out.append(Recognised(kind, bare, match[2], labelled=True))
    if not out:
        out += _alone(_ALONE.sub("", text.strip()))
    return tuple(item for item in out if len(item.normal) >= MIN_LENGTH)


def _alone(text: str) -> list[Recognised]:
    """The identifier that a whole text is."""
    if is_wallet(text):
        return [Recognised("wallet", normal("wallet", text), text)]
    if is_bic(text):
        return [Recognised("bic", normal("bic", text), text)]
    if _TAIL.fullmatch(text):
        return [Recognised("tail_number", normal("tail_number", text), text)]
    if len(text) > _LONGEST or not all(
        _NUMBER_WORD.fullmatch(word) and any(map(str.isdigit, word))
        for word in text.upper().split(" ")
    ):
        return []
    bare = normal("", text)
    if len(bare) < _LEAST:
        return []
    kind = "lei" if len(bare) == 20 else _BY_LENGTH.get(len(bare), "")
    if kind and not checksums.CHECKS[kind](bare):
        kind = ""
    return [Recognised(kind, bare, text)]
