"""What a list names: an entity, with every fact its publisher gives."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from clearway.model.dates import PartialDate
from clearway.model.kind import Kind
from clearway.model.name import Name

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Country:
    """A tie to a country: nationality, citizenship, flag, jurisdiction, mention.

    `code` is ISO 3166-1 alpha-2 in lower case, or empty where the published words
    name no country we know; `text` keeps the words. `role` is one of nationality,
    citizenship, birth, address, flag, former_flag, jurisdiction, identifier.
    """

    code: str
    role: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Birth:
    """One published birth: date, place, or both. Lists may give several."""

    date: PartialDate | None = None
    place: str = ""
    country: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One published address; `text` is the whole of it on one line."""

    text: str
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    country_text: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A published number or code.

    `type` is our word: passport, national_id, tax_id, registration, lei, bic, imo,
    mmsi, call_sign, tail_number, serial_number, wallet, inn, ogrn, uscc, duns, phone,
    email, website, other. `published_type` keeps the publisher's words, `value` the
    number as published. `country` is an ISO alpha-2 code in lower case or empty.
    `currency` is a wallet's asset ("XBT").
    """

    type: str
    value: str
    published_type: str = ""
    country: str = ""
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    currency: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A designation: who listed the entity, where, under what, since when.

    `list` is the publisher's list (`sdn`, `consolidated`, `fsf`), `record` the
    publisher's own number of the entry, `programmes` as published, `legal_basis` the
    order, regulation or notice cited.
    """

    publisher: str
    list: str
    record: str
    programmes: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    listed_on: PartialDate | None = None
    changed_on: tuple[PartialDate, ...] = ()
    ends_on: PartialDate | None = None
    reasons: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A published tie to another party ("Linked To:", "Family member of").

    `target` is the other party's name as published, `target_id` our id of it where
    the list gives its number.
    """

    relation: str
    target: str
    target_id: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """Any other published fact, under the publisher's own heading.

    Headings we name ourselves: gender, title, position, remark, vessel_type, tonnage,
    gross_registered_tonnage, vessel_owner, aircraft_model, secondary_sanctions_risk.
    """

    key: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as published, possibly on several lists of one publisher.

    `id` is `publisher-record` ("ofac-36", "eu-EU.27.28"), stable across versions.
    """

    id: str
    kind: Kind
    names: tuple[Name, ...]
    listings: tuple[Listing, ...]
    births: tuple[Birth, ...] = ()
    deaths: tuple[PartialDate, ...] = ()
    countries: tuple[Country, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    details: tuple[Detail, ...] = ()

    @property
    def name(self) -> str:
        """The first primary name, or the first of any type."""
        for name in self.names:
            if name.type == "primary":
                return name.text
        return self.names[0].text if self.names else ""

    def joined(self, other: "Entity") -> "Entity":
        """This entity with what another list of the same publisher adds to it."""
        return Entity(
            id=self.id,
            kind=other.kind if self.kind is Kind.ANY else self.kind,
            names=_union(self.names, other.names),
            listings=_union(self.listings, other.listings),
            births=_union(self.births, other.births),
            deaths=_union(self.deaths, other.deaths),
            countries=_union(self.countries, other.countries),
            addresses=_union(self.addresses, other.addresses),
            identifiers=_union(self.identifiers, other.identifiers),
            links=_union(self.links, other.links),
            details=_union(self.details, other.details),
        )

    def listed_since(self) -> date | None:
        """The earliest day any listing gives, or None."""
        days = [row.listed_on.earliest for row in self.listings if row.listed_on]
        return min(days, default=None)


def _union(mine: tuple[_T, ...], theirs: tuple[_T, ...]) -> tuple[_T, ...]:
    """Both, without repeating a fact that differs only in where it was read."""
    known = {_bare(fact) for fact in mine}
    return mine + tuple(fact for fact in theirs if _bare(fact) not in known)


def _bare(fact: Any) -> Any:
    return replace(fact, source="") if hasattr(fact, "source") else fact
