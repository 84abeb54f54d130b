"""Banks by their codes: BIC, BIK, CNAPS, IBAN and national clearing codes.

A bank may appear in a message only as a code. Each is recognised wherever it stands,
brought to one form, checked where a check digit exists, and says its country.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from clearway.names import checksums
from clearway.names.identifiers import is_bic


@dataclass(frozen=True, slots=True)
class Code:
    """A bank's code or an account: `bic`, `bik`, `cnaps`, `iban`, `aba`, ...

    `value` is upper case without separators, `country` ISO alpha-2 in lower case where
    the code says it, `valid` what the check digits say (None: it has none). `sure` is
    false for a code without a label in running text that could be a word or a number.
    """

    type: str
    value: str
    country: str = ""
    start: int = -1
    end: int = -1
    valid: bool | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class System:
    """A national clearing system: SWIFT's two letters, ISO's name, country, digits."""

    letters: str
    iso: tuple[str, ...]
    type: str
    country: str
    shape: str


SYSTEMS = (
    System("AT", ("ATBLZ",), "clearing", "at", r"\d{5}"),
    System("AU", ("AUBSB",), "bsb", "au", r"\d{6}"),
    System("BL", ("DEBLZ",), "blz", "de", r"\d{8}"),
    System("CC", ("CACPA",), "clearing", "ca", r"\d{9}"),
    System("CH", ("USPID",), "chips", "us", r"\d{6}"),
    System("CN", ("CNAPS",), "cnaps", "cn", r"\d{12,14}"),
    System("CP", ("USPID",), "chips", "us", r"\d{4}"),
    System("ES", ("ESNCC",), "clearing", "es", r"\d{8,9}"),
    System("FW", ("USABA",), "aba", "us", r"\d{9}"),
    System("GR", ("GRBIC",), "clearing", "gr", r"\d{7}"),
    System("HK", ("HKNCC",), "clearing", "hk", r"\d{3}"),
    System("IE", ("IENCC",), "sort_code", "ie", r"\d{6}"),
    System("IN", ("INFSC",), "ifsc", "in", r"[A-Z]{4}0[A-Z0-9]{6}"),
    System("IT", ("ITNCC",), "clearing", "it", r"\d{10}"),
    System("JP", ("JPZGN",), "clearing", "jp", r"\d{7}"),
    System("KR", ("KRBOK",), "clearing", "kr", r"\d{7}"),
    System("NZ", ("NZNCC",), "clearing", "nz", r"\d{6}"),
    System("PL", ("PLKNR",), "clearing", "pl", r"\d{8}"),
    System("PT", ("PTNCC",), "clearing", "pt", r"\d{8}"),
    System("RU", ("RUCBC",), "bik", "ru", r"\d{9}"),
    System("SC", ("GBDSC",), "sort_code", "gb", r"\d{6}"),
    System("SG", ("SGIBG",), "clearing", "sg", r"\d{7}"),
    System("SW", ("CHBCC", "CHSIC"), "clearing", "ch", r"\d{3,6}"),
    System("TW", ("TWNCC",), "clearing", "tw", r"\d{7}"),
    System("ZA", ("ZANCC",), "clearing", "za", r"\d{6}"),
)
"""National clearing codes of party identifiers (SWIFT Standards, option A, C, D) and of
`ClrSysId` (ISO 20022 external code set ExternalClearingSystemIdentification1Code)."""

_BY_LETTERS = {system.letters: system for system in SYSTEMS}
_BY_ISO = {iso: system for system in SYSTEMS for iso in system.iso}
_NOT_ALNUM = re.compile(r"[^0-9A-Za-z]+")

# With the slashes of a party identifier, behind a label, or shaped like one.
_SLASHED = re.compile(r"//([A-Z]{2}) ?([A-Z0-9]{3,14})\b")
_LABELLED = re.compile(
    r"\b(BIC|SWIFT|IBAN|BIK|CNAPS|ABA|FEDWIRE|SORT ?CODE|БИК|СВИФТ)"
    r"(?: ?(?:CODE|NO|NR|BIC|NUMBER))?\.?[ :#=/]{0,3}(?=([A-Z0-9][A-Z0-9 -]{4,41}))",
    re.I,
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])", re.I)
_BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")
_RUSSIAN = re.compile(r"(?<!\d)04\d{7}(?!\d)")
_CHINESE = re.compile(r"(?<!\d)[1-9]\d{11}(?!\d)")
_TYPES = {
    "BIC": "bic",
    "SWIFT": "bic",
    "СВИФТ": "bic",
    "IBAN": "iban",
    "BIK": "bik",
    "БИК": "bik",
    "CNAPS": "cnaps",
    "ABA": "aba",
    "FEDWIRE": "aba",
}
_COUNTRY = {"bik": "ru", "cnaps": "cn", "aba": "us", "sort_code": "gb"}


@cache
def iban_shapes() -> Mapping[str, tuple[int, int, int]]:
    """Length and place of the bank's code in account numbers, by country."""
    path = files("clearway.payments").joinpath("data/iban.toml")
    rows: dict[str, list[int]] = tomllib.loads(path.read_text("utf-8"))["iban"]
    return {
        country: (length, begin, end) for country, (length, begin, end) in rows.items()
    }


@lru_cache(maxsize=65_536)
def bic_country(value: str) -> str:
    """The country of a BIC in lower case, '' if the text is not shaped like one."""
    bare = value.strip().upper()
    return bare[4:6].lower() if is_bic(bare) else ""


def iban(value: str) -> Code | None:
    """An account number in IBAN's form, whether or not its check digits agree.

    None where the length is not that of the country, or the country is unknown.
    """
    bare = _NOT_ALNUM.sub("", value).upper()
    shape = iban_shapes().get(bare[:2])
    if shape is None or len(bare) != shape[0] or not bare[2:4].isdigit():
        return None
    return Code("iban", bare, bare[:2].lower(), valid=checksums.iban(bare))


def bank_of_iban(value: str) -> Code | None:
    """The bank within an account number, where the country's form says its place.

    A Russian one holds the BIK; others a national bank code, here with the country
    before it: `IR017` is Bank Melli.
    """
    account = iban(value)
    if account is None:
        return None
    _, begin, end = iban_shapes()[account.value[:2]]
    code = account.value[4 + begin : 4 + end]
    if not code:
        return None
    if account.country == "ru":
        return Code("bik", code, "ru")
    return Code("bank_code", account.value[:2] + code, account.country)


def aba(value: str) -> bool:
    """American routing number: weighted 3, 7, 1 its nine digits sum to tens."""
    digits = [int(char) for char in value]
    weights = (3, 7, 1) * 3
    return sum(n * weight for n, weight in zip(digits, weights, strict=False)) % 10 == 0


def account_belongs_to(bik: str, account: str) -> bool:
    """Whether a Russian account of twenty digits agrees with a bank's BIK.

    Bank of Russia, order of key computation of 8 September 1997, 515: the last three
    digits of the BIK and the account, weighted 7, 1, 3, sum to tens. For an account at
    the Bank of Russia itself the BIK gives `0` and its fifth and sixth digit.
    """
    if not (re.fullmatch(r"\d{9}", bik) and re.fullmatch(r"\d{20}", account)):
        return False
    return any(
        sum(
            int(digit) * (7, 1, 3)[at % 3] % 10
            for at, digit in enumerate(head + account)
        )
        % 10
        == 0
        for head in (bik[6:], f"0{bik[4:6]}")
    )


_VALID: Mapping[str, Callable[[str], bool]] = {"aba": aba, "iban": checksums.iban}


def of_system(system: str, member: str) -> Code | None:
    """A member of a clearing system by ISO's name (`RUCBC`) or SWIFT's letters (`RU`).

    ISO's names and SWIFT's letters are read in any case; a member number that does not
    have the system's form is kept as it is, as `clearing`.
    """
    name = system.strip().upper()
    known = _BY_ISO.get(name) or _BY_LETTERS.get(name)
    bare = _NOT_ALNUM.sub("", member).upper()
    if not bare:
        return None
    if known is None:
        return Code("clearing", bare)
    if known.type == "bik" and bare.startswith("RU"):
        bare = bare[2:]
    if not re.fullmatch(known.shape, bare):
        return Code("clearing", bare, known.country)
    return _code(known.type, bare, known.country)


def _code(type_: str, value: str, country: str = "") -> Code:
    check = _VALID.get(type_)
    return Code(type_, value, country, valid=check(value) if check else None)


def party_identifier(line: str) -> tuple[Code | None, str]:
    """The first line of a party field: a bank's code or an account, and the account.

    `//RU044525225.30101810400000000225` is a BIK with an account; `/DE89...` an IBAN;
    `/C/12345` and `/D/12345` say which side is booked; `/12345` is an account as is.
    """
    text = line.strip()
    if text.startswith("//"):
        if found := re.match(r"//([A-Z]{2}) ?([A-Z0-9]+)(?:[./](\w+))?", text):
            code = of_system(found[1], found[2]) if found[1] in _BY_LETTERS else None
            if code is not None:
                return code, found[3] or ""
        return None, text.lstrip("/")
    bare = text.lstrip("/")
    if re.match(r"[CD]/", bare):
        bare = bare[2:]
    return iban(bare), bare


def recognised(text: str) -> tuple[Code, ...]:
    """The codes that stand anywhere in a text, in order, each place once.

    Slashed and labelled codes, account numbers whose check digits agree, and shapes: a
    BIC without a label must be alone in its line or hold a digit or `XXX` to be sure, a
    bare BIK or CNAPS number never is.
    """
    found = [*_slashed(text), *_by_label(text), *_ibans(text), *_shapes(text)]
    found.sort(key=lambda code: (code.start, -code.end, not code.sure))
    out: list[Code] = []
    for code in found:
        if not out or code.start >= out[-1].end:
            out.append(code)
    return tuple(out)


def _placed(code: Code | None, start: int, end: int, sure: bool = True) -> list[Code]:
    if code is None:
        return []
    return [Code(code.type, code.value, code.country, start, end, code.valid, sure)]


def _slashed(text: str) -> list[Code]:
    out: list[Code] = []
    if "//" in text:
        for match in _SLASHED.finditer(text):
            if match[1] in _BY_LETTERS:
                code = of_system(match[1], match[2])
                if code is not None and code.type != "clearing":
                    out += _placed(code, match.start(), match.end())
    return out


def _by_label(text: str) -> list[Code]:
    out: list[Code] = []
    for match in _LABELLED.finditer(text):
        type_ = _TYPES.get(match[1].upper(), "sort_code")
        start = match.start(2)
        if type_ == "iban":
            out += _longest_iban(match[2], start)
            continue
        word = match[2].split()[0].replace("-", "").upper()
        end = start + len(match[2].split()[0])
        if type_ == "bic" and is_bic(word):
            out += _placed(Code("bic", word, bic_country(word)), start, end)
        elif _SHAPES.get(type_) and _SHAPES[type_].fullmatch(word):
            out += _placed(_code(type_, word, _COUNTRY[type_]), start, end)
    return out


_SHAPES = {
    "bik": re.compile(r"0\d{8}"),
    "cnaps": re.compile(r"\d{12}"),
    "aba": re.compile(r"\d{9}"),
    "sort_code": re.compile(r"\d{6}"),
}


def _longest_iban(text: str, start: int) -> list[Code]:
    """The account number a text begins with: as many characters as its country has."""
    shape = iban_shapes().get(text[:2].upper())
    count = 0
    for at, char in enumerate(text):
        count += char.isalnum()
        if shape and count == shape[0]:
            return _placed(iban(text[: at + 1]), start, start + at + 1)
    return []


def _ibans(text: str) -> list[Code]:
    out: list[Code] = []
    for match in _IBAN.finditer(text):
        for code in _longest_iban(match.group(), match.start()):
            if code.valid:
                out.append(code)
    return out


def _shapes(text: str) -> list[Code]:
    out: list[Code] = []
    for match in _BIC.finditer(text):
        word = match.group()
        if is_bic(word):
            sure = not word.isalpha() or word.endswith("XXX") or _alone(text, match)
            out += _placed(Code("bic", word, bic_country(word)), *match.span(), sure)
    for match in _RUSSIAN.finditer(text):
        out += _placed(Code("bik", match.group(), "ru"), *match.span(), False)
    for match in _CHINESE.finditer(text):
        if match.group()[:3] in _CHINESE_BANKS:
            out += _placed(Code("cnaps", match.group(), "cn"), *match.span(), False)
    return out


def _alone(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return before in ("", "\n", "/") and after in ("", "\n", "\r", "/")


_CHINESE_BANKS = frozenset(
    {f"{number:03}" for number in (1, 11, *range(102, 106), *range(201, 204))}
    | {f"{number:03}" for number in (*range(301, 324), *range(401, 404), 501, 502, 503)}
)
"""Bank types with which a CNAPS number begins (102 ICBC ... 403 postal savings)."""


def identifiers(codes: Sequence[Code]) -> tuple[tuple[str, str], ...]:
    """Codes as the identifiers of a party, each once."""
    return tuple(dict.fromkeys((code.type, code.value) for code in codes))
