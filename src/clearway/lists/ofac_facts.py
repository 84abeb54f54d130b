"""What the words of the Office of Foreign Assets Control mean, in any of its formats.

OFAC publishes passports, tax numbers, gender, dates of establishment, former flags and
the directives an entity is subject to in one mixed list of "ids" (the ENHANCED format
divides it in identity documents and features, under the same words). The tables below
say what each is for us; a word they do not know is kept under its own name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from clearway.model import (
    Birth,
    Country,
    Detail,
    Identifier,
    Kind,
    Link,
    NameType,
    PartialDate,
    Problem,
)
from clearway.names import countries

KINDS = {
    "individual": Kind.PERSON,
    "entity": Kind.ORGANIZATION,
    "vessel": Kind.VESSEL,
    "aircraft": Kind.AIRCRAFT,
}

# What only entries of the non-SDN lists carry, beside programmes of their own (see
# ofac_marks): sectoral, CAPTA and menu-based sanctions share a programme with the SDN
# list and are known by the directive or menu they cite.
NON_SDN_DIRECTIVE = r"\bDirective\b"
NON_SDN_MENUS = r"CAATSA Section 235|Executive Order 14059 information"

# "now known as" is one more name of today, hence an alias.
NAME_TYPES = {
    "a.k.a.": NameType.ALIAS,
    "f.k.a.": NameType.FORMER,
    "n.k.a.": NameType.ALIAS,
}

# Our words for identifiers, and OFAC's. What is not here is "other".
_IDENTIFIERS = {
    "passport": (
        "Passport",
        "Diplomatic Passport",
        "British National Overseas Passport",
        "Stateless Person Passport",
        "Travel Document Number",
    ),
    "national_id": (
        "Bosnian Personal ID No.",
        "C.U.I.",
        "C.U.R.P.",
        "CNP (Personal Numerical Code)",
        "Cedula No.",
        "Citizen's Card Number",
        "Credencial electoral",
        "D.N.I.",
        "Electoral Registry No.",
        "I.F.E.",
        "Kenyan ID No.",
        "LE Number",
        "Moroccan Personal ID No.",
        "N.I.E.",
        "National Foreign ID Number",
        "National ID No.",
        "Numero de Identidad",
        "Personal ID Card",
        "Refugee ID Card",
        "Residency Number",
        "Romanian Permanent Resident",
        "SSN",
        "Stateless Person ID Card",
        "Tazkira National ID Card",
        "Turkish Identification Number",
        "UAE Identification",
    ),
    "tax_id": (
        "C.I.F.",
        "C.U.I.T.",
        "Fiscal Code",
        "Italian Fiscal Code",
        "N.I.F.",
        "NIT #",
        "Numero Unico de Identificacao Tributaria (NUIT)",
        "Paraguayan tax identification number",
        "R.F.C.",
        "RFC",
        "RIF #",
        "Romanian Tax Registration",
        "RSIN",
        "RTN",
        "RUC #",
        "Tax ID No.",
        "US FEIN",
        "V.A.T. Number",
    ),
    "registration": (
        "Branch Unit Number",
        "Business Number",
        "Business Registration Document #",
        "Business Registration Number",
        "C.I.N.",
        "C.R. No.",
        "Central Registration System Number",
        "Certificate of Incorporation Number",
        "Chamber of Commerce Number",
        "Commercial Registry Number",
        "Company Number",
        "Dubai Chamber of Commerce Membership No.",
        "Economic Register Number (CBLS)",
        "Enterprise Number",
        "Folio Mercantil No.",
        "Government Gazette Number",
        "Istanbul Chamber of Comm. No.",
        "Legal Entity Number",
        "MSB Registration Number",
        "Matricula Mercantil No",
        "Organization Code",
        "Public Registration Number",
        "Registered Charity No.",
        "Registration Certificate Number (Dubai)",
        "Registration ID",
        "Registration Number",
        "Romanian C.R.",
        "Trade License No.",
        "UK Company Number",
        "Vessel Registration Identification",
    ),
    "ogrn": ("Russian State Individual Business Registration Number Pattern (OGRNIP)",),
    "uscc": (
        "Unified Social Credit Code (USCC)",
        "United Social Credit Code Certificate (USCCC)",
    ),
    "duns": ("D-U-N-S Number",),
    "bic": ("SWIFT/BIC",),
    "mmsi": ("MMSI",),
    "call_sign": ("Vessel Call Sign", "Other Vessel Call Sign"),
    "tail_number": ("Aircraft Tail Number", "Previous Aircraft Tail Number"),
    "serial_number": (
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
        "Aircraft Manufacturer's Serial Number (MSN)",
        "Aircraft Serial Identification",
    ),
    "phone": ("Phone Number",),
    "email": ("Email Address",),
    "website": ("Website",),
}

# Headings of ours for what is no identifier; the rest keeps OFAC's heading.
_DETAILS = {
    "Gender": "gender",
    "Title": "title",
    "Secondary sanctions risk:": "secondary_sanctions_risk",
    "Aircraft Model": "aircraft_model",
    "Vessel Type": "vessel_type",
    "Other Vessel Type": "vessel_type",
    "Vessel Tonnage": "tonnage",
    "Vessel Gross Registered Tonnage": "gross_registered_tonnage",
    "Vessel Owner": "vessel_owner",
}

_COUNTRIES = {
    "Nationality Country": "nationality",
    "Citizenship Country": "citizenship",
    "Nationality of Registration": "jurisdiction",
    "Registration Country": "jurisdiction",
    "Vessel Flag": "flag",
    "Other Vessel Flag": "flag",
    "Former Vessel Flag": "former_flag",
}

# Another party is meant: a tie, whatever else it is.
_LINKS = ("Aircraft Operator", "Vessel Owner")

# A heading that tells something rather than numbers something.
_TELLS = re.compile(
    r"[:-]\s*$|\b(?:date|information|determination|prohibited|risk|type|name|model"
    r"|year)\b",
    re.I,
)
_WALLET = re.compile(r"digital currency address\s*-?\s*(\S*)", re.I)
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_IMO = re.compile(r"(?:IMO\s*)?[0-9]{7}", re.I)
_LINKED_TO = re.compile(r"\bLinked To:\s*", re.I)
_NEXT_LINK = re.compile(r";\s*Linked To:", re.I)


def _key(heading: str) -> str:
    return heading.rstrip(" :-").casefold()


_WORDS = {_key(theirs): ours for ours, all_ in _IDENTIFIERS.items() for theirs in all_}
_HEADINGS = {_key(theirs): ours for theirs, ours in _DETAILS.items()}
_ROLES = {_key(theirs): role for theirs, role in _COUNTRIES.items()}
_TIES = {_key(theirs) for theirs in _LINKS}


@dataclass(slots=True)
class Facts:
    """What one record turns out to say, gathered while it is read.

    `file` and `position` name the record in problems.
    """

    file: str
    position: str
    kind: Kind = Kind.ANY
    births: list[Birth] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        heading: str,
        value: str,
        *,
        country: str = "",
        code: str = "",
        issued: str = "",
        expires: str = "",
        note: str = "",
        source: str = "",
    ) -> None:
        """Put one of OFAC's mixed list where it belongs.

        `country` is the issuing country in words, `code` the ISO code of the country
        meant, where the file itself gives one.
        """
        if not value:
            message = "an id without a number or text was left out"
            self.problem("empty_value", message, heading)
        elif is_identifier(heading):
            self._identify(heading, value, country, code, issued, expires, note, source)
        else:
            self._tell(heading, value, code, source)
            rest = "; ".join(filter(None, (country, issued, expires, note)))
            if rest:
                self.detail(f"{heading.rstrip(' :-')}, note", rest, source)

    def _identify(
        self,
        heading: str,
        value: str,
        country: str,
        code: str,
        issued: str,
        expires: str,
        note: str,
        source: str,
    ) -> None:
        iso = code or country_code(country)
        since, until = self.date(issued, heading), self.date(expires, heading)
        # What finds no room of its own is kept in words.
        notes = (
            note,
            "" if iso else country,
            "" if since else issued,
            "" if until else expires,
        )
        wallet = _WALLET.fullmatch(heading)
        self.identifiers.append(
            Identifier(
                type="wallet" if wallet else word_of(heading, value, self.kind),
                value=value,
                published_type=heading,
                country=iso,
                issued=since,
                expires=until,
                currency=wallet[1] if wallet else "",
                note="; ".join(filter(None, notes)),
                source=source,
            )
        )

    def _tell(self, heading: str, value: str, code: str, source: str) -> None:
        key = _key(heading)
        if key in _ROLES:
            self.country(_ROLES[key], value, code=code, source=source)
            return
        if key in _TIES:
            self.links.append(Link(heading, value, source=source))
        if key in _HEADINGS or key not in _TIES:
            self.detail(_HEADINGS.get(key, heading.rstrip(" :-")), value, source)

    def country(
        self, role: str, text: str, *, code: str = "", source: str = ""
    ) -> None:
        """Add a tie to a country; words that name none are kept without a code."""
        if text:
            iso = code or country_code(text)
            self.countries.append(Country(iso, role, text, source))

    def birth_place(self, place: str, source: str) -> None:
        """Add a place of birth, with the country its last words name."""
        if place:
            country = country_of_place(place)
            self.births.append(Birth(place=place, country=country, source=source))

    def birth_date(
        self, text: str, source: str, day: PartialDate | None = None
    ) -> None:
        """Add a date of birth; one that cannot be read is kept as text."""
        day = day or self.date(text, "date of birth")
        if day or text:
            self.births.append(Birth(date=day, text="" if day else text, source=source))

    def detail(self, key: str, value: str, source: str = "") -> None:
        """Add any other fact, if there is one."""
        if value:
            self.details.append(Detail(key, value, source))

    def remarks(self, text: str, source: str) -> None:
        """Keep the remarks whole, and read the ties in them."""
        self.detail("remark", text, source)
        for target in linked_to(text):
            self.links.append(Link("Linked To", target, source=source))

    def date(self, text: str, what: str) -> PartialDate | None:
        """The date, or None and a problem where the text is none."""
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            message = f"{what}: not a date that can be read; it is kept as text only"
            self.problem("bad_date", message, text)
            return None

    def problem(self, code: str, message: str, text: str) -> None:
        """Note what could not be understood in this record."""
        self.problems.append(Problem(code, message, self.file, self.position, text))


@lru_cache(maxsize=4096)
def is_identifier(heading: str) -> bool:
    """Whether OFAC's heading numbers or addresses the party rather than tells of it.

    A heading no table knows is an identifier unless its words say otherwise
    ("Executive Order 14059 information:").
    """
    key = _key(heading)
    if key in _WORDS or _WALLET.fullmatch(heading):
        return True
    told = key in _HEADINGS or key in _ROLES or key in _TIES
    return not told and not _TELLS.search(heading)


def word_of(heading: str, value: str, kind: Kind = Kind.ANY) -> str:
    """Our word for an identifier of OFAC's.

    Three headings of OFAC's hold more than one thing, told by their value or holder: a
    "Legal Entity Number" is an LEI (ISO 17442) or a number of some national register,
    a "Vessel Registration Identification" an IMO number or a flag register's, and an
    "Identification Number" a person's or anything's.
    """
    key = _key(heading)
    if key == "legal entity number" and _LEI.fullmatch(value):
        return "lei"
    if key == "vessel registration identification" and _IMO.fullmatch(value):
        return "imo"
    if key == "identification number" and kind is Kind.PERSON:
        return "national_id"
    return _WORDS.get(key, "other")


@lru_cache(maxsize=4096)
def country_code(words: str) -> str:
    """ISO alpha-2 code of a country in OFAC's words, or empty."""
    return countries.code(words) if words else ""


def country_of_place(place: str) -> str:
    """The country a place name ends with, or empty.

    OFAC inverts some countries, so that two pieces are one name ("Korea, North"). Two
    letters are a state of the United States, as in "Los Angeles, CA", but for "UK".
    """
    pieces = [piece.strip() for piece in place.split(",")]
    last = pieces[-1]
    if len(last) == 2 and last != "UK":
        return ""
    return country_code(", ".join(pieces[-2:])) or country_code(last)


def linked_to(remarks: str) -> Iterator[str]:
    """Each party that remarks name after "Linked To:".

    One pair of brackets may hold several, divided by semicolons; a name may hold
    brackets of its own, as in "ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE".
    """
    for start in _LINKED_TO.finditer(remarks):
        target = remarks[start.end() : _end_of_target(remarks, start.end())]
        if target.strip():
            yield target.strip()


def _end_of_target(remarks: str, start: int) -> int:
    depth = 0
    for at in range(start, len(remarks)):
        letter = remarks[at]
        if letter == "(":
            depth += 1
        elif letter == ")":
            if not depth:
                return at
            depth -= 1
        elif letter == ";" and _NEXT_LINK.match(remarks, at):
            return at
    return len(remarks)
