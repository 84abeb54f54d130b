"""The facts inside the remarks of OFAC's CSV files.

The CSV files have no columns for births, nationalities, numbers, weak aliases, gender
or ties; they stand in one text, divided by semicolons: "DOB 10 Dec 1948; POB Baghdad,
Iraq; Passport 39056 (Iran) issued 23 Jun 1999; a.k.a. 'BNC'; Linked To: HIZBALLAH."
Each piece is read by its first words. A piece that says none of these things is free
text and stays in the remark, which is kept whole besides.
"""

import re

from clearway.lists.ofac_facts import NAME_TYPES, Facts
from clearway.model import Identifier, Kind, Link, Name, NameType, Quality

_ALT = re.compile(r"^alt\.\s+", re.I)
_AKA = re.compile(r"([afn]\.k\.a\.)\s+'(.+)'")
_FIRST_WORD = re.compile(
    r"(?:(DOB|POB|nationality|citizen|Gender):?|(Linked To):)\s+(\S.*)", re.S
)
_KIN = re.compile(
    r"((?:half-)?(?:brother|sister)|(?:grand|step)?(?:son|daughter|father|mother)"
    r"|wife|husband|spouse|widow|cousin|nephew|niece|uncle|aunt|family member"
    r"|(?:brother|sister|son|daughter|father|mother)-in-law) of (\S.*)",
    re.I,
)
# Lines of the years before such pieces had headings of one form.
_PHONE = re.compile(
    r"((?:tele)?phone(?: no\.?| number)?|fax(?: no\.?)?):?\s*([+(]?\s*\d.*)", re.I
)
_EMAIL = re.compile(r"(?:(Email)\s+)?(\S+@\S+?)(?:\s+\(email\))?", re.I)
_WEBSITE = re.compile(r"(?:https?://|www\.)\S+", re.I)

# A full stop that belongs to the last word and does not end the remarks.
_ABBREVIATED = re.compile(
    r"(?:\b\w\.)+\w\.$|\b(?:co|corp|inc|ltd|ltda|cia|bros|hnos|jr|sr)\.$", re.I
)

# "Issued" and "expires" follow the number and its country, in this order.
_DAY = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
_DATE = rf"{_DAY}(?: to {_DAY})?"
_TAIL = re.compile(
    r"(?P<value>.+?)(?:\s*\((?P<country>[^()0-9]*(?:\([^()]*\)[^()]*)?)\))?"
    rf"(?: issued (?P<issued>{_DATE}))?(?: expires (?P<expires>{_DATE}))?"
)

# Longer than any piece OFAC ever wrote: what is longer is text, however it begins.
_LONGEST = 2_000

# Headings of numbers that do not end in "No.", "Number" or "#", which tell themselves.
_NUMBERS = (
    "Aircraft Mode S Transponder Code",
    "Aircraft Serial Identification",
    "BIK (RU)",
    "British National Overseas Passport",
    "C.I.F.",
    "C.I.N.",
    "C.U.I.",
    "C.U.I.P.",
    "C.U.I.T.",
    "C.U.R.P.",
    "CNP (Personal Numerical Code)",
    "Cartilla de Servicio Militar Nacional",
    "Chinese Commercial Code",
    "Credencial electoral",
    "D.N.I.",
    "Diplomatic Passport",
    "Fiscal Code",
    "I.F.E.",
    "ISIN",
    "Italian Fiscal Code",
    "License",
    "MMSI",
    "N.I.E.",
    "N.I.F.",
    "Numero Unico de Identificacao Tributaria (NUIT)",
    "Numero de Identidad",
    "Organization Code",
    "Paraguayan tax identification number",
    "Passport",
    "Personal ID Card",
    "R.F.C.",
    "RFC",
    "RSIN",
    "RTN",
    "Refugee ID Card",
    "Registration ID",
    "Romanian C.R.",
    "Romanian Permanent Resident",
    "Romanian Tax Registration",
    "SSN",
    "Seafarer's Identification Document",
    "Stateless Person ID Card",
    "Stateless Person Passport",
    "Tazkira National ID Card",
    "UAE Identification",
    "US FEIN",
    "Unified Social Credit Code (USCC)",
    "United Social Credit Code Certificate (USCCC)",
    "Vessel Registration Identification",
    "VisaNumberID",
)
# Headings of what is no number, or one that needs no digit.
_WORDS = (
    "Aircraft Manufacture Date",
    "Aircraft Model",
    "Aircraft Operator",
    "Aircraft Tail Number",
    "Effective Date (CMIC)",
    "Email Address",
    "Equity Ticker",
    "Former Vessel Flag",
    "Issuer Name",
    "Listing Date (CMIC)",
    "MICEX Code",
    "Nationality of Registration",
    "Organization Established Date",
    "Other Vessel Call Sign",
    "Other Vessel Flag",
    "Other Vessel Type",
    "Previous Aircraft Tail Number",
    "Purchase/Sales For Divestment Date (CMIC)",
    "Registration Country",
    "SWIFT/BIC",
    "Target Type",
    "UN/LOCODE",
    "Vessel Year of Build",
    "Website",
)
_CALLED_NUMBER = (
    r"[A-Z][^\s;:]*(?: [^\s;:]+)*? (?:No\.?|#|[Nn]umber(?: \([^()]*\))?(?=\s))"
)
_COLON = r"[A-Z][^;:]{2,180}?:"
_DASH = r"(?:[A-Z][^;:]{2,100}? (?:Information|Determination)) -"
_WALLET = r"Digital Currency Address - \S+"
_DIRECTIVE = r"Executive Order \d+ Directive Information"


def _any_of(headings: tuple[str, ...]) -> str:
    longest_first = sorted(headings, key=len, reverse=True)
    return "|".join(re.escape(heading) for heading in longest_first)


_TOLD = re.compile(
    rf"({_DASH}|{_WALLET}|{_DIRECTIVE}|{_any_of(_WORDS)})\s+(\S.*)", re.S
)
_NUMBERED = re.compile(rf"({_any_of(_NUMBERS)}|{_CALLED_NUMBER}):?\s+(?=.*\d)(\S.*)")
_HEADED = re.compile(rf"({_COLON})\s+(\S.*)", re.S)


def read_remarks(remarks: str, facts: Facts, source: str) -> tuple[Name, ...]:
    """Put the facts of these remarks into `facts`; the weak aliases come back.

    OFAC puts into the remarks only aliases it calls weak.
    """
    facts.detail("remark", remarks, source)
    names = []
    for number, piece in enumerate(pieces(remarks), 1):
        where = f"{source}/remark-{number}"
        if len(piece) > _LONGEST:
            continue
        if match := _AKA.fullmatch(piece):
            names.append(_weak(match[1], match[2], facts, where))
        else:
            _read(piece, facts, where)
    return tuple(names)


def pieces(remarks: str) -> list[str]:
    """The pieces of the remarks, without the "alt." that marks a second of its sort.

    OFAC ends remarks with a full stop, but writes no second one after "S.A.".
    """
    whole = remarks.strip()
    if not _ABBREVIATED.search(whole[-20:]):
        whole = whole.removesuffix(".")
    return [_ALT.sub("", piece.strip()) for piece in whole.split(";")]


def name_parts(text: str, kind: Kind) -> tuple[tuple[str, str], ...]:
    """Last and first name of a person, which OFAC divides by the first comma."""
    last, comma, first = text.partition(", ")
    if kind is not Kind.PERSON or not comma:
        return ()
    return (("last", last), ("first", first))


def _weak(type_: str, text: str, facts: Facts, source: str) -> Name:
    if type_ == "n.k.a.":
        facts.detail(type_, text, source)
    return Name(
        text=text,
        type=NAME_TYPES.get(type_, NameType.ALIAS),
        quality=Quality.WEAK,
        parts=name_parts(text, facts.kind),
        source=source,
    )


def _read(piece: str, facts: Facts, source: str) -> None:
    if match := _FIRST_WORD.fullmatch(piece):
        _say(match[1] or match[2], match[3], facts, source)
    elif match := _PHONE.fullmatch(piece):
        _contact("phone", match[2], match[1], facts, source)
    elif match := _EMAIL.fullmatch(piece):
        _contact("email", match[2], match[1] or "", facts, source)
    elif match := _WEBSITE.fullmatch(piece):
        _contact("website", match[0], "", facts, source)
    elif match := _KIN.fullmatch(piece):
        facts.links.append(Link(f"{match[1]} of", match[2], source=source))
    elif match := _TOLD.fullmatch(piece):
        facts.add(match[1], match[2], source=source)
    elif match := _NUMBERED.fullmatch(piece):
        _number(match[1], match[2], facts, source)
    elif match := _HEADED.fullmatch(piece):
        facts.add(match[1], match[2], source=source)


def _say(word: str, text: str, facts: Facts, source: str) -> None:
    match word:
        case "DOB":
            facts.birth_date(text, source)
        case "POB":
            facts.birth_place(text, source)
        case "nationality":
            facts.country("nationality", text, source=source)
        case "citizen":
            facts.country("citizenship", text, source=source)
        case "Gender":
            facts.detail("gender", text, source)
        case _:
            facts.links.append(Link("Linked To", text, source=source))


def _contact(
    type_: str, value: str, published_type: str, facts: Facts, source: str
) -> None:
    facts.identifiers.append(
        Identifier(type_, value, published_type=published_type, source=source)
    )


def _number(heading: str, text: str, facts: Facts, source: str) -> None:
    told = _TAIL.fullmatch(text)
    assert told is not None  # its value matches anything
    facts.add(
        heading,
        told["value"],
        country=told["country"] or "",
        issued=told["issued"] or "",
        expires=told["expires"] or "",
        source=source,
    )
