"""What the EU's words mean: types of documents, countries, ties told in remarks."""

import re
from collections.abc import Iterable, Iterator

from clearway.lists.eu_fsf_record import Located
from clearway.names import countries

# The codes of `identificationTypeCode`, and our words. What is not here is "other".
TYPES = {
    "passport": "passport",
    "travelcardid": "passport",
    "id": "national_id",
    "ssn": "national_id",
    "electionid": "national_id",
    "residentperm": "national_id",
    "fiscalcode": "tax_id",
    "regnumber": "registration",
    "tradelic": "registration",
    "swiftbic": "bic",
    "imo": "imo",
}

# Many numbers are filed under a wide code, while the remark says what they are.
_WIDE = frozenset({"other", "fiscalcode", "regnumber"})
_REMARKS = (
    (re.compile(r"\bINN\b"), "inn"),
    (re.compile(r"\bOGRN\b"), "ogrn"),
    (re.compile(r"\b(?:KPP|OKPO|military|wagner)\b", re.I), "other"),
    (re.compile(r"\btax|\bTIN\b|\bfiscal (?:code|number)|\bUNP\b", re.I), "tax_id"),
    (re.compile(r"\W*(?:[a-z]+ )?passport\b", re.I), "passport"),
    (re.compile(r"\b(?:national|personal) id|\bidentity card|\btazkira", re.I),
     "national_id"),
    (re.compile(r"\bstate registration number|\bregistration id\b", re.I),
     "registration"),
)  # fmt: skip

# "Associated entities: Bank Rossiya", the EU's only regular way to tell of ties.
_ASSOCIATED = re.compile(
    r"\b((?:other\s+)?associated\s+(?:entit|individual|person|compan|with)[^:]{0,24}?)"
    r"\s*:",
    re.I,
)
_HEADING = re.compile(r"[^:]{1,50}:(?!//)")
_SHIP_WEIGHTS = (7, 6, 5, 4, 3, 2)


def word_of(code: str, remarks: Iterable[str]) -> str:
    """Our word for an identifier, from its code or, where that is wide, its remark."""
    if code in _WIDE:
        for remark in remarks:
            for pattern, word in _REMARKS:
                if pattern.search(remark):
                    return word
    return TYPES.get(code, "other")


def associates(remark: str) -> Iterator[tuple[str, str]]:
    """The parties that a remark names after "Associated entities:", with the heading.

    One a line or divided by semicolons, until another heading or an empty line.
    """
    relation = ""
    for line in remark.splitlines():
        if told := _ASSOCIATED.search(line):
            relation, line = " ".join(told[1].split()), line[told.end() :]
        elif not line.strip() or _HEADING.match(line):
            relation = ""
        for piece in line.split(";") if relation else ():
            if _HEADING.match(piece):
                relation = ""
                break
            if name := " ".join(piece.split()).strip(" .,–—-"):
                yield relation, name


def is_ship(number: str) -> bool:
    """Whether a number is an IMO number of a ship: seven digits, the last a check."""
    if not re.fullmatch("[0-9]{7}", number):
        return False
    digits = [int(digit) for digit in number]
    return sum(map(int.__mul__, digits, _SHIP_WEIGHTS)) % 10 == digits[6]


def country_of(row: Located) -> tuple[str, str]:
    """Code of the country, and its words where the code does not say the same."""
    words = words_of(row)
    told = countries.code(words)
    code = countries.code(row.countryIso2Code) or told
    return code, "" if told and told == code else words


def words_of(row: Located) -> str:
    """The country as published; UNKNOWN with the code 00 is the EU's word for none."""
    nothing = row.countryIso2Code in ("", "00") and row.countryDescription == "UNKNOWN"
    return "" if nothing else row.countryDescription
