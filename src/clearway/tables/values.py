"""What a column holds, told from its values: check digits, dates, countries, words.

Only what can hardly be anything else is recognised. A number with a check digit is
(one in ten random numbers passes, so nine in ten values must); a column of dates is a
birth date only where no heading says otherwise, for a wrong date would contradict.
"""

import re
from collections.abc import Callable, Sequence
from statistics import median

from clearway.model import PartialDate
from clearway.names.countries import code
from clearway.tables.cells import MISSING
from clearway.tables.headings import kind_of

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_USCC = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_WALLET = re.compile(
    r"(?:bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34}"
    r"|0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33})"
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_GENDERS = frozenset(
    {"m", "f", "male", "female", "м", "ж", "муж", "жен", "мужской", "женский"}
    | {"男", "女", "w", "männlich", "weiblich", "homme", "femme", "h", "masculin"}
    | {"féminin", "hombre", "mujer", "masculino", "femenino", "erkek", "kadın"}
    | {"ذكر", "أنثى", "男性", "女性", "남", "여"}
)
_SLASHED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


Test = Callable[[str], bool]
"""Whether a value is of some form."""


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdecimal() else ""


def is_imo(value: str) -> bool:
    """Whether the check digit of an IMO ship number is right (A.1117(30))."""
    bare = _digits(re.sub(r"^IMO\s*", "", value.upper()))
    if len(bare) != 7:
        return False
    return sum(
        int(d) * w for d, w in zip(bare, range(7, 1, -1), strict=False)
    ) % 10 == (int(bare[6]))


def is_lei(value: str) -> bool:
    """Whether this is a legal entity identifier (ISO 17442, modulo 97)."""
    if not _LEI.fullmatch(value):
        return False
    return int("".join(str(int(char, 36)) for char in value)) % 97 == 1


def is_inn(value: str) -> bool:
    """Whether the check digits of a Russian INN are right (10 or 12 digits)."""
    bare = _digits(value)
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

    def check(length: int) -> bool:
        parts = zip(bare[:length], weights[-length:], strict=True)
        return sum(int(d) * w for d, w in parts) % 11 % 10 == int(bare[length])

    if len(bare) == 10:
        return check(9)
    return len(bare) == 12 and check(10) and check(11)


def is_ogrn(value: str) -> bool:
    """Whether the check digit of a Russian OGRN or OGRNIP is right."""
    bare = _digits(value)
    if len(bare) not in (13, 15):
        return False
    return int(bare[:-1]) % (len(bare) - 2) % 10 == int(bare[-1])


def is_uscc(value: str) -> bool:
    """Whether the check character of a Chinese social credit code is right."""
    if not _USCC.fullmatch(value):
        return False
    total = sum(
        _USCC_ALPHABET.index(char) * pow(3, place, 31)
        for place, char in enumerate(value[:17])
    )
    return _USCC_ALPHABET[-total % 31] == value[17]


def is_chinese_id(value: str) -> bool:
    """Whether the check character of a Chinese citizen number is right (GB 11643)."""
    if len(value) != 18 or not _digits(value[:17]):
        return False
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(value[:17]))
    return "10X98765432"[total % 11] == value[17].upper()


def _is_bic(value: str) -> bool:
    return _BIC.fullmatch(value) is not None and bool(code(value[4:6]))


_CHECKED: tuple[tuple[str, Test], ...] = (
    ("lei", is_lei),
    ("uscc", is_uscc),
    ("national_id", is_chinese_id),
    ("ogrn", is_ogrn),
    ("inn", is_inn),
    ("imo", is_imo),
    ("bic", _is_bic),
    ("wallet", lambda value: _WALLET.fullmatch(value) is not None),
    ("email", lambda value: _EMAIL.fullmatch(value) is not None),
)


def filled(values: Sequence[str]) -> list[str]:
    """The values that say something."""
    return [value for value in values if value.casefold() not in MISSING]


def share(values: Sequence[str], test: Callable[[str], object]) -> float:
    """How many of the values pass, from 0 to 1; 0 where there is none."""
    return sum(bool(test(value)) for value in values) / len(values) if values else 0.0


def identifier_type(values: Sequence[str]) -> str:
    """The type of identifier the values are by their form and check digits, or ''."""
    values = filled(values)
    for type_, test in _CHECKED:
        if share(values, test) >= 0.9:
            return type_
    return ""


def has_letters(value: str) -> bool:
    """Whether a value is mostly letters, as names are."""
    letters = sum(char.isalpha() for char in value)
    return letters > 0 and 2 * letters >= len(value.replace(" ", ""))


def nature(values: Sequence[str]) -> str:
    """`birth_date`, `kind`, `gender` or `country` where the values are that, or ''."""
    values = filled(values)
    if not values:
        return ""
    if share(values, lambda value: value.casefold() in _GENDERS) >= 0.95:
        return "gender"
    if share(values, kind_of) >= 0.95:
        return "kind"
    if _birth_dates(values):
        return "birth_date"
    if share(values, code) >= 0.9:
        return "country"
    return ""


def _birth_dates(values: Sequence[str]) -> bool:
    years = []
    for value in values:
        try:
            read = PartialDate.parse(value)
        except ValueError:
            continue
        if read.exact and len(value) > 7:
            years.append(read.earliest.year)
    if len(years) < 0.8 * len(values) or not years:
        return False
    alive = min(years) >= 1900 and max(years) <= 2025
    spread = len(years) < 4 or max(years) - min(years) >= 5
    return alive and spread and median(years) <= 2005


def name_likeness(values: Sequence[str]) -> float:
    """How much a column looks like names: letters, mostly distinct, several words."""
    values = filled(values)
    if not values or share(values, has_letters) < 0.8:
        return 0.0
    distinct = len(set(values)) / len(values)
    words = share(values, lambda value: " " in value or not value.isascii())
    length = median(map(len, values))
    if length < 2 or length > 150:
        return 0.0
    return distinct * (0.5 + words)


def date_order(values: Sequence[str]) -> str:
    """Whether dates such as 03/04/1961 have the day or the month first.

    `day first` or `month first` where some value can only be so, `day first, assumed`
    where none decides, '' where there are no such dates or they contradict each other.
    """
    found = [match for value in values if (match := _SLASHED.match(value))]
    if not found:
        return ""
    day = any(int(match[1]) > 12 for match in found)
    month = any(int(match[3]) > 12 for match in found)
    if day and month:
        return ""
    if month:
        return "month first"
    dotted = all(match[2] == "." for match in found)  # nobody writes 12.31.1961
    return "day first" if day or dotted else "day first, assumed"
