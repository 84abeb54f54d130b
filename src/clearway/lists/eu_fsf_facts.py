"""Gather what one record of the EU says, each fact with its address in the list.

An address is `eu/fsf#EU.27.28/birthdate-14`; what finds no field of its own becomes a
note or a detail.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clearway.lists import eu_fsf_record as eu
from clearway.lists.eu_fsf_words import (
    associates,
    country_of,
    is_ship,
    word_of,
    words_of,
)
from clearway.model import (
    Address,
    Birth,
    Country,
    Detail,
    Identifier,
    Kind,
    Link,
    PartialDate,
    Problem,
)

_CONTACTS = {"PHONE": "phone", "EMAIL": "email", "WEB": "website"}
_FLAGS = (
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known to be expired"),
    ("knownFalse", "known to be false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked by its issuer"),
)


@dataclass(slots=True)
class Facts:
    """What one record says, gathered while it is read.

    `file` and `position` name the record in problems, `source` in facts.
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

    def at(self, part: str) -> str:
        """The address of a fact in this record."""
        return f"{self.source}/{part}"

    def citizenship(self, row: eu.Citizenship) -> None:
        """Add a citizenship, with its region in the words."""
        source = self.at(f"citizenship-{row.logicalId}")
        code, _ = country_of(row)
        words = _joined(row.region, words_of(row))
        if code or words:
            self.countries.append(Country(code, "citizenship", words, source))
        self.detail("acquisitionDate", row.acquisitionDate, source)
        self.detail("disenfranchisementDate", row.disenfranchisementDate, source)
        self.said(row, source)

    def birth(self, row: eu.Birthdate) -> None:
        """Add a birth; a date in another calendar than ours is kept in words."""
        source = self.at(f"birthdate-{row.logicalId}")
        code, words = country_of(row)
        place = _joined(row.city, row.place, row.region, row.zipCode, words)
        day, text = self._birth_date(row)
        if day or text or place or code:
            self.births.append(Birth(day, place, code, text, source))
        self.said(row, source)

    def _birth_date(self, row: eu.Birthdate) -> tuple[PartialDate | None, str]:
        """The date, or the words where they make none."""
        ours = row.calendarType in ("", "GREGORIAN")
        parts = (row.year, row.monthOfYear, row.dayOfMonth)
        span = "-".join((row.yearRangeFrom, row.yearRangeTo)).strip("-")
        text = "-".join(filter(None, parts)) or span
        if not ours and text:
            text = f"{text} ({row.calendarType})"
        if row.birthdate and ours:
            text = row.birthdate
        if not (text or row.birthdate):
            return None, ""
        circa = row.circa in ("true", "1")
        try:
            day = _day(row, ours)
        except ValueError as error:
            message = f"date of birth: {error}; it is kept as text only"
            self.problem("bad_date", message, text)
            return None, f"circa {text}" if circa else text
        return PartialDate.span(day, day, circa=circa, text=text), ""

    def address(self, row: eu.Address) -> None:
        """Add an address, and what is listed under it to reach the entity."""
        source = self.at(f"address-{row.logicalId}")
        code, _ = country_of(row)
        words = words_of(row)
        place = _joined(row.place, row.city)
        lines = (row.street, row.poBox, place, row.region, row.zipCode, words)
        for contact in row.contactInfo:
            self._contact(contact, source)
        if any(lines):
            listed = row.asAtListingTime in ("true", "1")
            note = ("as at the time of listing" if listed else "", *row.remark)
            self.addresses.append(
                Address(
                    text=_joined(*lines),
                    street=_joined(row.street, row.poBox),
                    city=place,
                    region=row.region,
                    postal_code=row.zipCode,
                    country=code,
                    country_text=words,
                    note="; ".join(filter(None, note)),
                    source=source,
                )
            )
            self.said(row, source, remarks=False)
        else:
            self.said(row, source)

    def _contact(self, contact: eu.ContactInfo, source: str) -> None:
        if not contact.value:
            message = "a contact without a value was left out"
            self.problem("empty_value", message, contact.key)
            return
        word = _CONTACTS.get(contact.key, "other")
        self.identifiers.append(
            Identifier(word, contact.value, contact.key, source=source)
        )

    def identification(self, row: eu.Identification) -> None:
        """Add a document or number; all that is said of it is in its note."""
        source = self.at(f"identification-{row.logicalId}")
        value = row.number or row.latinNumber
        if not value:
            message = "a document without a number was left out; its remark is kept"
            self.problem("empty_value", message, row.identificationTypeDescription)
            self.detail("identification", "; ".join(_notes(row, "")), source)
            self.said(row, source)
            return
        code, words = country_of(row)
        issued = row.issueDate or row.validFrom
        since, until = self.date(issued), self.date(row.validTo)
        extra = (
            words,
            "" if since else issued,
            "" if until else row.validTo,
            f"valid from {row.validFrom}" if row.validFrom and row.issueDate else "",
        )
        self.identifiers.append(
            Identifier(
                type=word_of(row.identificationTypeCode, row.remark),
                value=value,
                published_type=row.identificationTypeDescription
                or row.identificationTypeCode,
                country=code,
                issued=since,
                expires=until,
                note="; ".join(filter(None, (*_notes(row, value), *extra))),
                source=source,
            )
        )
        self.said(row, source, remarks=False)

    def of_record(self, record: eu.SanctionEntity) -> None:
        """Add what is said of the entity as a whole, and which act published what."""
        if record.unitedNationId:
            self.identifiers.append(
                Identifier(
                    "other",
                    record.unitedNationId,
                    "unitedNationId",
                    source=self.source,
                )
            )
        if record.euReferenceNumber:
            self.detail("logicalId", record.logicalId)
        self.detail("designationDate", record.designationDate)
        for remark in record.remark:
            self.remark(remark, self.source)
        self._additional(record.additionalInformation, self.source)
        for path, text in record.other:
            self.detail(path, text)
        for regulation in record.regulation:
            self._regulation(regulation)
        self._acts(record.facts)

    def _regulation(self, row: eu.Regulation) -> None:
        source = self.at(f"regulation-{row.logicalId}")
        words = (
            row.organisationType,
            row.regulationType,
            row.numberTitle,
            f"published {row.publicationDate}" if row.publicationDate else "",
            f"in force {row.entryIntoForceDate}" if row.entryIntoForceDate else "",
            *row.publicationUrl,
        )
        self.detail("regulation", ", ".join(filter(None, words)), source)
        for remark in row.remark:
            self.detail("remark", remark, source)
        for act in row.corrigendum:
            self.detail("corrigendum", _act(act), source)
        self._additional(row.additionalInformation, source)

    def _acts(self, facts: Iterable[tuple[str, eu.Fact]]) -> None:
        """One detail an act, naming the facts it published."""
        parts: dict[str, list[str]] = {}
        for part, fact in facts:
            for act in fact.regulationSummary:
                parts.setdefault(_act(act), []).append(part)
        for words, published in parts.items():
            told = f"{words}: {', '.join(published)}"
            self.detail("regulationSummary", told)

    def said(self, row: eu.Fact, source: str, *, remarks: bool = True) -> None:
        """Add what any fact may carry: remarks, and a language other than English."""
        if remarks:
            for remark in row.remark:
                self.remark(remark, source)
        if row.regulationLanguage not in ("", "en"):
            self.detail("regulationLanguage", row.regulationLanguage, source)
        self._additional(row.additionalInformation, source)

    def remark(self, text: str, source: str) -> None:
        """Keep a remark whole, and read the ties in it."""
        self.detail("remark", text, source)
        for relation, target in associates(text):
            link = Link(relation, target, source=source)
            if all(
                (row.relation, row.target) != (relation, target) for row in self.links
            ):
                self.links.append(link)

    def _additional(self, rows: Sequence[eu.AdditionalInformation], at: str) -> None:
        for row in rows:
            self.detail(row.key or "additionalInformation", row.value, at)

    def detail(self, key: str, value: str, source: str = "") -> None:
        """Add any other fact, if there is one."""
        if value:
            self.details.append(Detail(key, value, source or self.source))

    def once(self, key: str, value: str, source: str) -> None:
        """Add a fact that comes with each spelling of the name, the first time only."""
        if not any(row.key == key and row.value == value for row in self.details):
            self.detail(key, value, source)

    def date(self, text: str) -> PartialDate | None:
        """The date, or None and a problem where the text is none."""
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            self.problem("bad_date", f"{error}; it is kept as text only", text)
            self.detail("unread date", text)
            return None

    def problem(self, code: str, message: str, text: str) -> None:
        """Note what could not be understood in this record."""
        self.problems.append(Problem(code, message, self.file, self.position, text))

    def vessel_or(self, kind: Kind) -> Kind:
        """A vessel, where an "enterprise" has the IMO number of a ship.

        The list knows persons and enterprises only. IMO numbers of companies have
        another check digit than those of ships (IMO resolutions A.1117(30) and
        MSC.160(78)).
        """
        numbers = [row.value for row in self.identifiers if row.type == "imo"]
        ships = kind is Kind.ORGANIZATION and any(map(is_ship, numbers))
        return Kind.VESSEL if ships else kind


def _day(row: eu.Birthdate, ours: bool) -> PartialDate:
    """The day or years meant; ValueError where they cannot be known.

    The attribute `birthdate` is of our calendar, whatever calendar the parts are of.
    """
    if row.birthdate:
        return PartialDate.parse(row.birthdate)
    if not ours:
        raise ValueError("a date of another calendar")
    if row.year:
        parts = (row.year, row.monthOfYear or 0, row.dayOfMonth or 0)
        return PartialDate.of(*map(int, parts))
    if row.yearRangeFrom and row.yearRangeTo:
        first, last = int(row.yearRangeFrom), int(row.yearRangeTo)
        return PartialDate.span(PartialDate.of(first), PartialDate.of(last))
    raise ValueError("half a date")


def _notes(row: eu.Identification, value: str) -> Iterator[str]:
    for attribute, words in _FLAGS:
        if getattr(row, attribute) in ("true", "1"):
            yield words
    if row.issuedBy:
        yield f"issued by {row.issuedBy}"
    if row.nameOnDocument:
        yield row.nameOnDocument
    if row.latinNumber and row.latinNumber != value:
        yield f"in Latin letters {row.latinNumber}"
    if row.region:
        yield row.region
    if value:
        yield from row.remark


def _act(act: eu.RegulationSummary) -> str:
    words = (act.regulationType, act.numberTitle, act.publicationDate)
    return ", ".join(filter(None, (*words, act.publicationUrl)))


def _joined(*pieces: str) -> str:
    return ", ".join(filter(None, pieces))
