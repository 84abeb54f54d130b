"""Numbers and codes to comparable form: separators out, prefixes off, case aside."""

import re

_NOT_ALNUM = re.compile(r"[^0-9A-Za-z]+")
_PREFIX = {
    "imo": re.compile(r"^IMO(?:NUMBER|NO)?(?=\d)"),
    "mmsi": re.compile(r"^MMSI(?=\d)"),
    "inn": re.compile(r"^INN(?=\d)"),
    "ogrn": re.compile(r"^OGRN(?=\d)"),
    "lei": re.compile(r"^LEI(?=[0-9A-Z]{20}$)"),
    "duns": re.compile(r"^DUNS(?=\d)"),
}
# Addresses that keep their case: Base58 and Bech32 (Bitcoin and its like) and hex.
_WALLET = re.compile(
    r"^(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[a-z0-9]{20,80}|T[1-9A-HJ-NP-Za-km-z]{33}|0x[0-9A-Fa-f]{40})$"
)
_NOT_DECISIVE = frozenset({"phone", "email", "website", "other", "call_sign"})
MIN_LENGTH = 5
"""Shorter values are shared by too many to say anything by themselves."""


def normal(kind: str, value: str) -> str:
    """The comparable form of an identifier, or '' if nothing comparable is left.

    Upper case, letters and digits only: `7701 234-567` is `7701234567`, `IMO 9187629`
    is `9187629`. A wallet keeps its case, which belongs to it. A BIC is its first eight
    characters: the branch is part of the same bank.
    """
    if kind == "wallet":
        # Hexadecimal addresses are one address in any case; Base58 ones are not.
        bare = value.strip()
        return bare.lower() if bare.lower().startswith(("0x", "bc1")) else bare
    if kind in ("email", "website"):
        return value.strip().casefold().removeprefix("https://").removeprefix("http://")
    bare = _NOT_ALNUM.sub("", value).upper()
    if not kind and _WALLET.match(value.strip()):
        return normal("wallet", value)
    for pattern in (_PREFIX.get(kind),) if kind else _PREFIX.values():
        if pattern is not None:
            bare = pattern.sub("", bare)
    if kind == "bic" and len(bare) in (8, 11):
        return bare[:8]
    return bare


def decisive(kind: str) -> bool:
    """Whether equal numbers of this type mean the same party."""
    return kind not in _NOT_DECISIVE
