"""Facts of one group of the UK's consolidated list, gathered while it is read."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from clearway.lists.uk_other_information import (
    each,
    numbered,
    registrations,
)
from clearway.model import (
    Country,
    Detail,
    Identifier,
    Kind,
    Link,
    PartialDate,
    Problem,
)
from clearway.names import countries

_DOCUMENTS = {
    "Passport Number": "passport",
    "National Identification Number": "national_id",
}
# Headings of "Other Information", and our words for what stands under them.
_CONTACTS = {
    "Phone number": "phone",
    "Tel": "phone",
    "Fax": "phone",
    "Website": "website",
    "Email address": "email",
}
_REFERENCES = ("UK Sanctions List Ref", "UN Ref")
_SHIP_NUMBERS = {
    "IMO number": "imo",
    "Hull identification number (HIN)": "serial_number",
}
_FLAGS = {"Flag of ship": "flag", "Previous flags": "former_flag"}
_TIES = ("Parent company", "Subsidiaries", "Current owners", "Previous owners")
_DETAILS = {
    "Gender": "gender",
    "Type of ship": "vessel_type",
    "Tonnage of ship": "tonnage",
    "Current owners": "vessel_owner",
}
_ADDED = re.compile(
    r"(Financial sanctions imposed in addition to an asset freeze"
    r"|Date trust services sanctions imposed):\s*(.+?)\s*(?=\.\s|\.$|$)"
)
_IMO = re.compile(r"\bIMO(?:\s+number)?[:\s]*(\d{7})\b", re.I)
_REFERENCE = re.compile(r"([A-Za-z]{2,4}\.?\d{3,5}|[A-Z][A-Za-z]{2}\.\d{3})\b")
_SEVERAL = re.compile(r"[\w/-]*\d[\w/-]{3,}(?:\.\s+[\w/-]*\d[\w/-]{3,})+\.?")
_REGISTER = re.compile(r"\b(?:INN|OGRN(?:IP)?|TIN|Tax(?:payer)?)\b", re.I)

# Details of a document begin with its country: "Syrian Arab Republic number".
_BEFORE_COUNTRY = re.compile(r"^[\s(]*(?:(?:issuing )?country:\s*)?", re.I)
_AFTER_COUNTRY = re.compile(
    r"\s*(?:[.,;:()]|\b(?:passports?|numbers?|no|diplomatic|service|foreign|travel|civil"
    r"|national|identity|identification|ration|card|issued?|expir\w+|valid)\b)",
    re.I,
)
_DAY = (
    r"(\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?\s*\d{4}|\d{4})"
    r"(?![\d/])"
)
_ISSUED = re.compile(
    r"\b(?:date of issue|issued?(?: date)?)(?:,? in [^.;()]{1,50}?)?(?: on)?:?"
    rf"\s+{_DAY}",
    re.I,
)
_EXPIRES = re.compile(
    r"\b(?:date of expir(?:y|ation)|expir(?:es?|ed|y|ation)(?: date)?|valid until)"
    rf"(?: on)?:?\s+{_DAY}",
    re.I,
)


@dataclass(slots=True)
class Facts:
    """What one group says; `file` and `position` name it in problems."""

    file: str
    position: str
    source: str
    kind: Kind
    countries: list[Country] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def detail(self, key: str, value: str) -> None:
        """Add any other fact, if there is one."""
        if value:
            self.details.append(Detail(key, value, self.source))

    def details_of(self, key: str, values: Iterable[str]) -> None:
        """Add several facts under one heading."""
        for value in values:
            self.detail(key, value)

    def country(self, role: str, text: str) -> None:
        """Add a tie to a country, in its words and with its code if they name one."""
        self.countries.append(Country(countries.code(text), role, text, self.source))

    def nationality(self, text: str) -> None:
        """Add each nationality, numbered or, where all are countries, divided."""
        for value in numbered(text).values():
            many = () if countries.code(value) else each(value)
            if not all(map(countries.code, many)):
                many = ()
            for one in many or (value,):
                self.country("nationality", one)

    def problem(self, code: str, message: str, text: str) -> None:
        """Note what could not be understood in this group."""
        self.problems.append(Problem(code, message, self.file, self.position, text))

    def date(
        self, column: str, text: str, read: Callable[[str], PartialDate]
    ) -> PartialDate | None:
        """The date, or None and a problem; a text that is none is kept."""
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            message = f"{column}: not a date that can be read; it is kept as text only"
            self.problem("bad_date", message, text)
            self.detail(column, text)
            return None

    def documents(
        self, column: str, values: Sequence[str], details: str, notes: Sequence[str]
    ) -> None:
        """Add numbers of documents, each with what is told of it.

        Numbers and notes are numbered alike; a note without a number of its own is of
        all of them, and one of no number that is given stands alone.
        """
        told = {at: one for note in notes for at, one in numbered(note).items()}
        of_all = told.get(1, "") if set(told) == {1} else ""
        used = set()
        for text in values:
            for at, value in _numbers(text).items():
                note = told.get(at, of_all)
                self._document(column, value, note)
                used.add(note)
        for note in dict.fromkeys(told.values()):
            if note not in used:
                self.detail(details, note)
                if _REGISTER.search(note):
                    self._registrations(details, note)

    def _document(self, column: str, value: str, told: str) -> None:
        if _REGISTER.search(value):
            self._registrations(column, value, told)
            return
        self.identifiers.append(
            Identifier(
                type=_DOCUMENTS[column],
                value=value,
                published_type=column,
                country=_country_of(told),
                issued=_first_date(_ISSUED, told),
                expires=_first_date(_EXPIRES, told),
                note=told,
                source=self.source,
            )
        )

    def _registrations(self, column: str, text: str, told: str = "") -> None:
        for word, number, label, piece in registrations(text):
            # The whole piece is kept where the number leaves something of it out.
            rest = piece if len(piece) > len(label) + len(number) + 3 else ""
            self.identifiers.append(
                Identifier(
                    type=word,
                    value=number,
                    published_type=label or column,
                    note="; ".join(filter(None, (rest, told))),
                    source=self.source,
                )
            )

    def other_information(self, text: str, told: Iterable[tuple[str, str]]) -> str:
        """Keep the text whole and read its sections; the reasons come back."""
        self.detail("remark", text)
        reasons = []
        for heading, value in told:
            if heading == "UK Statement of Reasons":
                reasons.append(value)
            else:
                self._section(heading, value)
        if self.kind is Kind.VESSEL and not any(
            one.type == "imo" for one in self.identifiers
        ):
            for match in _IMO.finditer(text):
                self._identify("imo", match[1], "IMO number")
        return "; ".join(reasons)

    def _section(self, heading: str, value: str) -> None:
        if heading in _REFERENCES:
            self._reference(heading, value)
        elif heading in _CONTACTS:
            for one in each(value):
                self._identify(_CONTACTS[heading], one, heading)
        elif heading in _SHIP_NUMBERS:
            for one in each(value):
                self._identify(_SHIP_NUMBERS[heading], one, heading)
        elif heading == "Business Reg No":
            self._registrations(heading, value)
        elif heading in _FLAGS:
            for one in each(value):
                self.country(_FLAGS[heading], one)
        elif heading:
            if heading in _TIES:
                for one in numbered(value).values():
                    self.links.append(Link(heading, one, source=self.source))
            if heading not in _TIES or heading in _DETAILS:
                self.detail(_DETAILS.get(heading, heading), value)

    def _reference(self, heading: str, value: str) -> None:
        """The reference at the start; free text follows it."""
        if match := _REFERENCE.match(value):
            self._identify("other", match[1], heading)
        for key, text in _ADDED.findall(value):
            self.detail(key, text)

    def _identify(self, type_: str, value: str, heading: str) -> None:
        self.identifiers.append(
            Identifier(type_, value, published_type=heading, source=self.source)
        )


def _numbers(text: str) -> dict[int, str]:
    """The numbers in a cell by their number; some are only divided by full stops."""
    values = numbered(text)
    if set(values) == {1} and _SEVERAL.fullmatch(values[1]):
        return dict(enumerate(each(values[1]), 1))
    return values


def _country_of(told: str) -> str:
    """The country whose name, or whose people's name, begins the details."""
    start = _BEFORE_COUNTRY.sub("", told)
    return countries.code(_AFTER_COUNTRY.split(start, maxsplit=1)[0])


def _first_date(pattern: re.Pattern[str], told: str) -> PartialDate | None:
    match = pattern.search(told)
    if match is None:
        return None
    try:
        return PartialDate.parse(match[1])
    except ValueError:
        return None  # the words are kept in the note
