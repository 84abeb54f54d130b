"""What the UN's fields mean: dates by type, numbers among words, notes.

Every fact keeps its address in the list (`un/consolidated#6907993/document-2`); what
finds no field of its own becomes a note or a detail.
"""

import re
from dataclasses import dataclass, field

from clearway.lists.un_xml_record import UnAddress, UnBirthDate, UnDocument
from clearway.model import (
    Address,
    Birth,
    Country,
    Detail,
    Identifier,
    Link,
    PartialDate,
    Problem,
)
from clearway.names import countries

# Words of TYPE_OF_DOCUMENT2, NUMBER or NOTE that say what a document is, then the
# words of TYPE_OF_DOCUMENT, which knows passports and national numbers only.
_SPECIAL = (
    (re.compile(r"ration card|driv(?:ing|er)|birth cert|military|student id|other id"
                r"|ex-service|certificate of|FARDC", re.I), "other"),
    (re.compile(r"fiscal code", re.I), "tax_id"),
    (re.compile(r"passport|travel document|laissez-passer", re.I), "passport"),
)  # fmt: skip
_TYPES = (
    (re.compile(r"passport|pasaporte|passeport", re.I), "passport"),
    (re.compile(r"national identification", re.I), "national_id"),
)

# "Afghan passport number SE 012820": words, then the number.
_WORDED = re.compile(
    r"(?:.*\b(?:number|no\.?|code|card|identity|document|passport|ssn)\b\W*)"
    r"(?P<number>(?:[A-Z]{1,3}[ -]*)?[A-Z]?\d[\w./ -]*?)"
    r"(?=\s*(?:$|[(,;]|\b(?:issued|expire[sd]?|under)\b))",
    re.I | re.S,
)
_BARE = re.compile(
    r"(?P<number>[A-Z]{0,2}\d[\w./ -]*?)(?=\s*(?:$|[(,;]|\bissued\b))", re.I
)
_EXPIRES = re.compile(
    r"\b(?:expir(?:es|ed|ing)(?: on)?|valid until|expiration date)\s+"
    r"(\d{1,2} [A-Z][a-z]+\.? \d{4})",
    re.I,
)
_ISSUED = re.compile(r"\bissued on (\d{1,2} [A-Z][a-z]+\.? \d{4})", re.I)
_IMO = re.compile(
    r"\bIMO\b\)?\s*(?:company\s*)?(?:number|no\.?)?\s*:?\s*(\d{7})\b", re.I
)
_REFERENCE = re.compile(r"\b[A-Z]{2}[ei]\.\d{3}\b")
_ZONE = re.compile(r"(?<=-\d\d)(?:Z|[+-]\d\d:\d\d)$")  # xs:date may carry one
_MONTH_ONLY = re.compile(r"[A-Z][a-z]{2,8}\.?")


@dataclass(slots=True)
class Facts:
    """What one entry says, gathered while it is read.

    `file` and `position` name the entry in problems, `source` in facts.
    """

    file: str
    position: str
    source: str
    births: list[Birth] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def birth_date(self, row: UnBirthDate, source: str) -> None:
        """Add a date of birth; one that cannot be read is kept as text."""
        told = (row.DATE, row.YEAR, row.FROM_YEAR, row.TO_YEAR, row.NOTE)
        if not any(told):
            return
        circa = row.TYPE_OF_DATE == "APPROXIMATELY"
        circa |= row.NOTE.casefold().startswith("approx")
        words = " ".join(filter(None, told))
        try:
            day = _day(row)
        except ValueError as error:
            message = f"date of birth: {error}; it is kept as text only"
            self.problem("bad_date", message, words)
            text = f"circa {words}" if circa else words
            self.births.append(Birth(text=text, source=source))
            return
        text = "-".join(filter(None, (row.FROM_YEAR, row.TO_YEAR)))
        text = row.DATE or row.YEAR or text or row.NOTE
        day = PartialDate.span(day, day, circa=circa, text=text)
        note = row.NOTE if text != row.NOTE else ""
        self.births.append(Birth(day, text=note, source=source))

    def birth(
        self, *place: str, country: str, date: str = "", note: str = "", source: str
    ) -> None:
        """Add a birth told in words: date, place, country, note, or any of them."""
        code = countries.code(country)
        words = _joined(*place, "" if code else country)
        day = self.date(date)
        text = "; ".join(filter(None, ("" if day else date, note)))
        if day or words or code or text:
            self.births.append(Birth(day, words, code, text, source))

    def address(self, row: UnAddress, source: str) -> None:
        """Add an address; one that is told in its note only is that note."""
        lines = (row.STREET, row.CITY, row.STATE_PROVINCE, row.ZIP_CODE, row.COUNTRY)
        text = _joined(*(_line(line) for line in lines)) or _line(row.NOTE)
        if text:
            self.addresses.append(
                Address(
                    text=text,
                    street=_line(row.STREET),
                    city=_line(row.CITY),
                    region=_line(row.STATE_PROVINCE),
                    postal_code=row.ZIP_CODE,
                    country=countries.code(row.COUNTRY),
                    country_text=row.COUNTRY,
                    note=row.NOTE if text != _line(row.NOTE) else "",
                    source=source,
                )
            )

    def document(self, row: UnDocument, source: str) -> None:
        """Add a document; where words and number stand in one field, both are kept."""
        said = _said(row)
        types = (row.TYPE_OF_DOCUMENT, row.TYPE_OF_DOCUMENT2)
        published = ", ".join(dict.fromkeys(_line(t) for t in types if t))
        number = number_in(row.NUMBER) or row.NUMBER or number_in(said)
        issuer = row.ISSUING_COUNTRY or row.COUNTRY_OF_ISSUE
        place = _joined(row.CITY_OF_ISSUE, row.COUNTRY_OF_ISSUE)
        notes = (
            row.NUMBER if number != row.NUMBER else "",
            row.NOTE,
            "" if countries.code(row.ISSUING_COUNTRY) else row.ISSUING_COUNTRY,
            f"issued at {place}" if place else "",
        )
        note = "; ".join(filter(None, notes))
        if not number:
            if published and (note or row.DATE_OF_ISSUE):
                told = "; ".join(
                    filter(None, (published, issuer, row.DATE_OF_ISSUE, note))
                )
                self.detail("document", told, source)
            elif any((published, issuer, note)):
                message = "a document without a number was left out"
                self.problem("empty_value", message, _joined(published, issuer, note))
            return
        expires, issued = _EXPIRES.search(said), _ISSUED.search(said)
        self.identifiers.append(
            Identifier(
                type=_word(row),
                value=number,
                published_type=published,
                country=countries.code(issuer),
                issued=self.date(row.DATE_OF_ISSUE or (issued[1] if issued else "")),
                expires=self.date(expires[1] if expires else ""),
                note=note,
                source=source,
            )
        )

    def comments(self, text: str, source: str) -> None:
        """Keep the comments whole, and read IMO numbers and references in them."""
        self.detail("remark", text, source)
        for number in dict.fromkeys(_IMO.findall(text)):
            self.identifiers.append(
                Identifier("imo", number, "IMO number in COMMENTS1", source=source)
            )
        for reference in dict.fromkeys(_REFERENCE.findall(text)):
            self.links.append(Link("named in COMMENTS1", reference, source=source))

    def country(self, role: str, text: str, source: str) -> None:
        """Add a tie to a country; words that name none are kept without a code."""
        self.countries.append(Country(countries.code(text), role, text, source))

    def detail(self, key: str, value: str, source: str = "") -> None:
        """Add any other fact, if there is one."""
        if value:
            self.details.append(Detail(key, value, source or self.source))

    def date(self, text: str) -> PartialDate | None:
        """The date, or None and a problem where the text is none."""
        if not text:
            return None
        try:
            return PartialDate.parse(_ZONE.sub("", text))
        except ValueError as error:
            self.problem("bad_date", f"{error}; it is kept as text only", text)
            self.detail("unread date", text)
            return None

    def problem(self, code: str, message: str, text: str) -> None:
        """Note what could not be understood in this entry."""
        self.problems.append(Problem(code, message, self.file, self.position, text))


def number_in(text: str) -> str:
    """The number among words ("British number 094629366"), or empty."""
    text = _line(text)
    if found := _WORDED.match(text) or _BARE.match(text):
        return found["number"].strip()
    country, _, number = text.partition(" ")
    named = len(country) > 3 and countries.code(country)
    return number if named and number[:1].isdigit() else ""


def _day(row: UnBirthDate) -> PartialDate:
    """The day or years meant; ValueError where they cannot be known."""
    if row.DATE:
        return PartialDate.parse(row.DATE)
    if row.FROM_YEAR and row.TO_YEAR:
        first, last = PartialDate.parse(row.FROM_YEAR), PartialDate.parse(row.TO_YEAR)
        return PartialDate.span(first, last)
    if row.YEAR:
        if _MONTH_ONLY.fullmatch(row.NOTE) and not row.NOTE.startswith("Approx"):
            return PartialDate.parse(f"{row.NOTE} {row.YEAR}")
        return PartialDate.parse(row.YEAR)
    return PartialDate.parse(row.NOTE or row.FROM_YEAR or row.TO_YEAR)


def _word(row: UnDocument) -> str:
    """Our word for a document."""
    said = _said(row)
    for table, words in ((_SPECIAL, said), (_TYPES, row.TYPE_OF_DOCUMENT)):
        for pattern, word in table:
            if pattern.search(words):
                return word
    return "other"


def _said(row: UnDocument) -> str:
    told = (row.TYPE_OF_DOCUMENT2, row.NUMBER, row.NOTE)
    return "; ".join(_line(text) for text in told if text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _joined(*pieces: str) -> str:
    return ", ".join(filter(None, pieces))
