"""What FollowTheMoney tells of a party elsewhere: sanctions, documents, ties."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clearway.interop import ftm_schema as ftm
from clearway.model import (
    Address,
    Birth,
    Country,
    Detail,
    Identifier,
    Link,
    Listing,
    PartialDate,
    Problem,
)

_RECORDS = ("authorityId", "recordId", "unscId")
_SANCTION = frozenset(
    {"entity", "programId", "program", "provisions", "listingDate", "startDate"}
    | {"endDate", "modifiedAt", "reason", "sourceUrl", "authority", *_RECORDS}
)
_DOCUMENT = frozenset(
    {"holder", "number", "passportNumber", "type", "country", "startDate", "endDate"}
)
_ADDRESS = frozenset(
    {"full", "street", "street2", "postOfficeBox", "city", "postalCode", "region"}
    | {"state", "country", "remarks"}
)


@dataclass(slots=True)
class Facts:
    """What one entity says, gathered while it is read.

    `file` and `position` name it in problems, `source` in facts, `key` in ties.
    """

    file: str
    position: str
    source: str
    key: str
    code: Callable[[str], str]
    captions: Mapping[str, str]
    births: list[Birth] = field(default_factory=list)
    deaths: list[PartialDate] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def at(self, part: str) -> str:
        """The address of a fact in this entity."""
        return f"{self.source}/{part}"

    def attach(self, other: Mapping[str, Any], list_: str) -> Listing | None:
        """Add what another entity tells of this one; a Sanction is returned."""
        schema = str(other.get("schema", ""))
        source = self.at(str(other.get("id") or schema))
        if schema == "Sanction":
            return self._listing(other, list_, source)
        if schema in ("Passport", "Identification"):
            self._document(other, schema, source)
        elif schema == "Address":
            self._address_entity(other, source)
        elif schema == "CryptoWallet":
            self._wallet(other, source)
        elif schema in ftm.TIES:
            self._tie(other, schema, source)
        else:
            words = str(other.get("caption") or other.get("id") or "")
            self.detail(schema or "entity", words, source)
        return None

    def _listing(self, sanction: Mapping[str, Any], list_: str, at: str) -> Listing:
        since = values(sanction, "listingDate") or values(sanction, "startDate")
        days = [self.date(text, "listingDate") for text in since]
        ends = [self.date(text, "endDate") for text in values(sanction, "endDate")]
        changed = (
            self.date(text, "modifiedAt") for text in values(sanction, "modifiedAt")
        )
        numbers = [n for prop in _RECORDS for n in values(sanction, prop)]
        programmes = values(sanction, "programId") + values(sanction, "program")
        urls = values(sanction, "sourceUrl")
        self._rest(sanction, _SANCTION, at)
        for dataset in sanction.get("datasets") or ():
            self.detail("Sanction datasets", str(dataset), at)
        for text in (*numbers[1:], *urls[1:], *since[1:]):
            self.detail("Sanction", text, at)
        return Listing(
            publisher="ftm",
            list=list_,
            record=numbers[0] if numbers else self.key,
            programmes=tuple(dict.fromkeys(programmes)),
            legal_basis=values(sanction, "authority") + values(sanction, "provisions"),
            listed_on=min((day for day in days if day), default=None),
            changed_on=tuple(sorted({day for day in changed if day})),
            ends_on=max((day for day in ends if day), default=None),
            reasons="\n".join(values(sanction, "reason")),
            url=urls[0] if urls else "",
        )

    def _document(self, row: Mapping[str, Any], schema: str, source: str) -> None:
        numbers = values(row, "number") + values(row, "passportNumber")
        words = "; ".join(values(row, "type"))
        since, until = values(row, "startDate"), values(row, "endDate")
        issued = self.date(since[0], "startDate") if since else None
        expires = self.date(until[0], "endDate") if until else None
        issuers = [(self.code(text), text) for text in values(row, "country")]
        notes = (
            *(text for _, text in issuers[1:]),
            *(text for iso, text in issuers[:1] if not iso),
            *since[0 if since and not issued else 1 :],
            *until[0 if until and not expires else 1 :],
        )
        for number in dict.fromkeys(numbers):
            self.identifiers.append(
                Identifier(
                    type="passport" if schema == "Passport" else document_type(words),
                    value=number,
                    published_type=words or schema,
                    country=issuers[0][0] if issuers else "",
                    issued=issued,
                    expires=expires,
                    note="; ".join(notes),
                    source=source,
                )
            )
        if not numbers:
            message = "a document without a number was left out; the rest is kept"
            self.problem("empty_value", message, words or schema)
            for text in (words, *notes):
                self.detail(schema, text, source)
        self._rest(row, _DOCUMENT, source)

    def _address_entity(self, row: Mapping[str, Any], source: str) -> None:
        """Add an Address entity; `full` is its line, or its parts make one."""
        countries = values(row, "country")
        lines = [
            ", ".join(values(row, prop))
            for prop in ("street", "street2", "postOfficeBox", "city", "postalCode")
        ]
        region = ", ".join((*values(row, "region"), *values(row, "state")))
        text = ", ".join(filter(None, (*lines, region, *countries)))
        full = values(row, "full")
        self.addresses.append(
            Address(
                text=full[0] if full else text,
                street=", ".join(filter(None, lines[:3])),
                city=lines[3],
                postal_code=lines[4],
                region=region,
                country=self.code(countries[0]) if countries else "",
                country_text=", ".join(countries),
                note="; ".join((*full[1:], *values(row, "remarks"))),
                source=source,
            )
        )
        self._rest(row, _ADDRESS, source)

    def _wallet(self, row: Mapping[str, Any], source: str) -> None:
        asset = currency(row)
        for value in values(row, "publicKey"):
            self.identifiers.append(
                Identifier("wallet", value, "publicKey", currency=asset, source=source)
            )
        self._rest(row, frozenset({"publicKey", *ftm.CURRENCIES, "holder"}), source)

    def _tie(self, row: Mapping[str, Any], schema: str, source: str) -> None:
        """Add a tie, seen from this end of it; what is said of it goes with it."""
        ends = ftm.TIES[schema]
        roles = (*values(row, "role"), *values(row, "relationship"))
        mine = ends[0] if self.key in values(row, ends[0]) else ends[1]
        for other in values(row, ends[1] if mine == ends[0] else ends[0]):
            told = f" ({', '.join(roles)})" if roles else ""
            self.link(f"{schema}, {mine}{told}", other, source)
        self._rest(row, frozenset({*ends, "role", "relationship"}), source)

    def link(self, relation: str, other: str, source: str) -> None:
        """Add a tie to another entity, by its id; its name where it is known."""
        name = self.captions.get(other, "")
        target = f"ftm-{other}" if name else ""
        self.links.append(Link(relation, name or other, target, source))

    def address(self, text: str) -> None:
        """Add an address that is one line of text."""
        self.addresses.append(Address(text, source=self.at("address")))

    def _rest(self, row: Mapping[str, Any], read: frozenset[str], at: str) -> None:
        for prop in row.get("properties", {}):
            if prop not in read:
                for text in values(row, prop):
                    self.detail(f"{row.get('schema')} {prop}", text, at)

    def detail(self, key: str, value: str, source: str = "") -> None:
        """Add any other fact, if there is one."""
        if value:
            self.details.append(Detail(key, value, source or self.source))

    def date(self, text: str, what: str) -> PartialDate | None:
        """The date, or None and a problem where the text is none."""
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            message = f"{what}: {error}; it is kept as text only"
            self.problem("bad_date", message, text)
            self.detail(f"unread {what}", text)
            return None

    def problem(self, code: str, message: str, text: str) -> None:
        """Note what could not be understood in this entity."""
        self.problems.append(Problem(code, message, self.file, self.position, text))


def values(data: Mapping[str, Any], prop: str) -> tuple[str, ...]:
    """The texts of a property, each once; a bare text counts as a list of one."""
    found = data.get("properties", {}).get(prop)
    if not found and found != 0:  # most properties of most entities
        return ()
    if isinstance(found, str | int | float):
        found = (found,)
    texts = (
        str(value.get("id") or value.get("caption") or "")
        if isinstance(value, Mapping)
        else str(value).strip()
        for value in found
        if value is not None
    )
    return tuple(dict.fromkeys(filter(None, texts)))


def nested(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Entities that stand inside another one, with the property they stand in."""
    for prop, found in data.get("properties", {}).items():
        for value in found if isinstance(found, list | tuple) else ():
            if isinstance(value, Mapping):
                yield str(prop), value


def currency(wallet: Mapping[str, Any]) -> str:
    """The asset a wallet holds, by its symbol if that is told."""
    told = (text for prop in ftm.CURRENCIES for text in values(wallet, prop))
    return next(told, "")


def country_code(text: str) -> str:
    """A two-letter code as it is; FollowTheMoney's longer ones are not of ISO."""
    bare = text.strip().lower()
    return bare if len(bare) == 2 and bare.isalpha() and bare.isascii() else ""


def document_type(words: str) -> str:
    """Our word for a document from its type in words."""
    plain = words.casefold()
    if "passport" in plain:
        return "passport"
    if "tax" in plain:
        return "tax_id"
    return "national_id" if "national" in plain or "identity" in plain else "other"
