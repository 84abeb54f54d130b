"""Check digits of numbers and codes: whether one can have been issued at all.

Each check takes the comparable form (clearway.names.identifiers.normal). A number that
fails was mistyped or made up; it is compared all the same.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256


def lei(value: str) -> bool:
    """Legal Entity Identifier, ISO 17442: 20 characters, ISO 7064 MOD 97-10."""
    return len(value) == 20 and _mod97(value) == 1


def iban(value: str) -> bool:
    """International Bank Account Number, ISO 13616: MOD 97-10 with the head behind."""
    return 15 <= len(value) <= 34 and _mod97(value[4:] + value[:4]) == 1


def imo(value: str) -> bool:
    """IMO ship number: six digits weighted 7 to 2; the seventh is the sum's last.

    IMO numbers of companies and registered owners are weighted 8, 6, 4, 2, 9, 7 and
    taken from 11; either check is enough, for a text does not say which it is.
    """
    if len(value) != 7 or not value.isdecimal():
        return False
    digits = _digits(value)
    ship = sum(n * weight for n, weight in zip(digits, range(7, 1, -1), strict=False))
    owner = sum(map(_product, digits, (8, 6, 4, 2, 9, 7)))
    return digits[6] in (ship % 10, (11 - owner % 11) % 10)


def inn(value: str) -> bool:
    """Russian tax number, 10 digits for companies, 12 for people.

    Order of the Federal Tax Service of 29 June 2012, MMV-7-6/435.
    """
    if not value.isdecimal() or len(value) not in (10, 12):
        return False
    digits, weights = _digits(value), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    if len(value) == 10:
        return _sum(digits, weights[2:]) % 11 % 10 == digits[9]
    return (
        _sum(digits, weights[1:]) % 11 % 10 == digits[10]
        and _sum(digits, weights) % 11 % 10 == digits[11]
    )


def ogrn(value: str) -> bool:
    """Russian state registration number, 13 digits for companies, 15 for traders."""
    if not value.isdecimal() or len(value) not in (13, 15):
        return False
    return int(value[:-1]) % (len(value) - 2) % 10 == int(value[-1])


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(value: str) -> bool:
    """Chinese unified social credit code, GB 32100-2015: 18 characters, MOD 31."""
    if len(value) != 18 or any(char not in _USCC for char in value):
        return False
    total = sum(_USCC.index(c) * pow(3, n, 31) for n, c in enumerate(value[:17]))
    return (31 - total % 31) % 31 == _USCC.index(value[17])


def mmsi(value: str) -> bool:
    """Maritime Mobile Service Identity: nine digits, a ship's begin with 2 to 7."""
    return len(value) == 9 and value.isdecimal() and value[0] in "234567"


_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_SUMS = (1, 0x2BC830A3)


def base58check(value: str) -> bool:
    """A Base58Check address (Bitcoin, Litecoin, Tron, Zcash, Dash ...).

    The last four bytes are the beginning of a double SHA-256 of those before.
    """
    number = 0
    for char in value:
        place = _BASE58.find(char)
        if place < 0:
            return False
        number = number * 58 + place
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    raw = b"\0" * (len(value) - len(value.lstrip("1"))) + raw
    return len(raw) > 4 and sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def bech32(value: str) -> bool:
    """A Bech32 or Bech32m address, BIP 173 and 350 (`bc1...`, `ltc1...`)."""
    head, one, data = value.rpartition("1")
    if not one or not head or any(char not in _BECH32 for char in data):
        return False
    values = [ord(char) >> 5 for char in head] + [0] + [ord(char) & 31 for char in head]
    total = 1
    for place in values + [_BECH32.index(char) for char in data]:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ place
        for bit, generator in enumerate(_BECH32_GENERATOR):
            total ^= generator if top >> bit & 1 else 0
    return total in _BECH32_SUMS


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "lei": lei,
    "iban": iban,
    "imo": imo,
    "inn": inn,
    "ogrn": ogrn,
    "uscc": uscc,
    "mmsi": mmsi,
}
"""The check of each type that has one; wallets have several, by their beginning."""


def _digits(value: str) -> list[int]:
    return [int(char) for char in value]


def _product(left: int, right: int) -> int:
    return left * right


def _sum(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(map(_product, digits, weights))


def _mod97(value: str) -> int:
    if not (value.isascii() and value.isalnum()):
        return -1
    return int("".join(str(int(char, 36)) for char in value)) % 97
