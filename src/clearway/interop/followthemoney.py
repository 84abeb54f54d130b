"""FollowTheMoney entities, as OpenSanctions and Aleph write them, and the model.

An entity is `{"id": ..., "schema": "Person", "properties": {"name": ["..."]}}`, every
value a list of strings. What another entity tells of a party (a Sanction, a Passport,
an Address) is given beside it as `attached`, or stands inside it in nested exports.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from clearway.interop import ftm_schema as ftm
from clearway.interop.ftm_facts import Facts, country_code, currency, nested, values
from clearway.model import (
    Birth,
    Country,
    Entity,
    Identifier,
    Kind,
    Listing,
    Name,
    NameType,
    Party,
    Problem,
    Quality,
)

PUBLISHER = "ftm"

_OUTER = frozenset(
    {"id", "schema", "properties", "caption", "datasets", "referents", "target"}
)
_BIRTH = ("birthDate", "birthPlace", "birthCountry")
_READ = (
    {*ftm.NAMES, *ftm.NAME_PARTS, *ftm.COUNTRIES, *ftm.IDENTIFIERS, *_BIRTH}
    | {"deathDate", "address", "addressEntity", "programId", "program"}
    | ftm.ENTITY_PROPERTIES
)


def entity_of(
    data: Mapping[str, Any],
    *,
    list: str = "ftm",
    attached: Sequence[Mapping[str, Any]] = (),
    captions: Mapping[str, str] | None = None,
    code: Callable[[str], str] = country_code,
    file: str = "",
    position: str = "",
) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity that a FollowTheMoney entity describes, and what was not understood.

    `captions` are the names of other entities by id, for ties; `code` reads a country
    where it is not an ISO code. `file` and `position` are for problems.
    """
    schema, key = str(data.get("schema", "")), str(data.get("id", ""))
    source = f"{PUBLISHER}/{list}#{key}"
    facts = Facts(file, position or key, source, key, code, captions or {})
    kind = ftm.PARTIES.get(schema, Kind.ANY)
    if schema not in ftm.PARTIES:
        facts.problem("unknown_schema", "is no schema of a party", schema)
    inside = [other for _, other in nested(data)]
    names = tuple(_names(data, source))
    _births(data, facts)
    _plain(data, schema, facts)
    for prop, text in _rest(data, names):
        facts.detail(ftm.DETAILS.get(prop, prop), text, f"{source}/{prop}")
    listings = [
        listing
        for other in (*inside, *attached)
        if (listing := facts.attach(other, list)) is not None
    ]
    programmes = (*values(data, "programId"), *values(data, "program"))
    if not listings:
        listings = [Listing(PUBLISHER, list, key, programmes)]
    else:
        told = {programme for listing in listings for programme in listing.programmes}
        for programme in programmes:
            if programme not in told:
                facts.detail("programId", programme, f"{source}/programId")
    return (
        Entity(
            id=f"{PUBLISHER}-{key}",
            kind=kind,
            names=names,
            listings=tuple(listings),
            births=tuple(facts.births),
            deaths=tuple(facts.deaths),
            countries=tuple(facts.countries),
            addresses=tuple(facts.addresses),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            details=tuple(facts.details),
        ),
        tuple(facts.problems),
    )


def party_of(data: Mapping[str, Any]) -> tuple[Party, tuple[Problem, ...]]:
    """The party that a FollowTheMoney entity asks about, as in a yente match query.

    What a party has no room for is a Problem: a second date of birth, or a property
    that says nothing we compare.
    """
    schema = str(data.get("schema", ""))
    problems = []
    if schema not in ftm.PARTIES:
        message = "is no schema of a party; it is taken as anything"
        problems.append(Problem("unknown_schema", message, "", "schema", schema))
    names = [name.text for name in _names(data, "")]
    single = {
        prop: values(data, prop)
        for prop in ("birthDate", "birthPlace", "address", "gender")
    }
    for prop, found in single.items():
        for text in found[1:]:
            message = f"only the first {prop} of a party is compared"
            problems.append(Problem("more_than_one", message, "", prop, text))
    used = {*ftm.NAMES, *ftm.NAME_PARTS, *ftm.COUNTRIES, *ftm.IDENTIFIERS, *single}
    for prop in data.get("properties", {}):
        if prop not in used:
            message = "this property is not compared"
            text = "; ".join(values(data, prop))
            problems.append(Problem("unused_property", message, "", str(prop), text))
    first = {prop: found[0] if found else None for prop, found in single.items()}
    countries = (value for prop in ftm.COUNTRIES for value in values(data, prop))
    return (
        Party(
            name=names[0] if names else "",
            kind=ftm.PARTIES.get(schema, Kind.ANY),
            birth_date=first["birthDate"],
            birth_place=first["birthPlace"],
            address=first["address"],
            gender=first["gender"],
            countries=tuple(dict.fromkeys(countries)),
            identifiers=tuple(
                (_type_of(schema, prop), value)
                for prop in ftm.IDENTIFIERS
                for value in values(data, prop)
            ),
            aliases=tuple(names[1:]),
            reference=str(data["id"]) if data.get("id") else None,
        ),
        tuple(problems),
    )


def to_followthemoney(entity: Entity) -> dict[str, Any]:
    """The entity in FollowTheMoney's shape; `sanctions_of` are its listings.

    Details without a property of their own become notes, heading first.
    """
    told: dict[str, dict[str, None]] = {}

    def tell(prop: str, value: str) -> None:
        if value:
            told.setdefault(prop, {})[value] = None

    schema = ftm.SCHEMATA[entity.kind]
    for name in entity.names:
        tell(_name_property(name), name.text)
    for part, text in entity.names[0].parts if entity.names else ():
        if part in _PART_PROPERTIES:
            tell(_PART_PROPERTIES[part], text)
    for birth in entity.births:
        tell("birthDate", birth.date.iso if birth.date else "")
        tell("birthPlace", birth.place)
        tell("birthCountry", birth.country)
    for day in entity.deaths:
        tell("deathDate", day.iso)
    for country in entity.countries:
        tell(_ROLE_PROPERTIES.get(country.role, "country"), country.code)
    for address in entity.addresses:
        tell("address", address.text)
        tell("country", address.country)
    for identifier in entity.identifiers:
        tell(_identifier_property(schema, identifier), identifier.value)
    for listing in entity.listings:
        for programme in listing.programmes:
            tell("programId", programme)
        tell("sourceUrl", listing.url)
    for detail in entity.details:
        prop = ftm.DETAIL_PROPERTIES.get(detail.key)
        words = detail.value if prop else f"{detail.key}: {detail.value}"
        tell(prop or "notes", words)
    for link in entity.links:
        tell("notes", f"{link.relation}: {link.target}")
    datasets = (f"{one.publisher}_{one.list}" for one in entity.listings)
    return {
        "id": entity.id,
        "caption": entity.name,
        "schema": schema,
        "properties": {prop: [*found] for prop, found in sorted(told.items())},
        "datasets": sorted(set(datasets)),
        "referents": [],
        "target": True,
    }


def sanctions_of(entity: Entity) -> Iterator[dict[str, Any]]:
    """Each listing of an entity as an entity of the schema Sanction."""
    for listing in entity.listings:
        told = {
            "entity": (entity.id,),
            "authority": (listing.publisher,),
            "authorityId": (listing.record,),
            "programId": listing.programmes,
            "provisions": listing.legal_basis,
            "listingDate": (listing.listed_on.iso,) if listing.listed_on else (),
            "endDate": (listing.ends_on.iso,) if listing.ends_on else (),
            "modifiedAt": tuple(day.iso for day in listing.changed_on),
            "reason": (listing.reasons,) if listing.reasons else (),
            "sourceUrl": (listing.url,) if listing.url else (),
        }
        key = f"{entity.id}-{listing.publisher}-{listing.list}-{listing.record}"
        yield {
            "id": key,
            "schema": "Sanction",
            "properties": {prop: [*found] for prop, found in told.items() if found},
            "datasets": [f"{listing.publisher}_{listing.list}"],
        }


_PART_PROPERTIES = {ours: theirs for theirs, ours in ftm.NAME_PARTS.items()}
_ROLE_PROPERTIES = {role: prop for prop, role in ftm.COUNTRIES.items() if role}


def _name_property(name: Name) -> str:
    if name.type is NameType.FORMER:
        return "previousName"
    if name.quality is Quality.WEAK:
        return "weakAlias"
    return "name" if name.type is NameType.PRIMARY else "alias"


def _identifier_property(schema: str, identifier: Identifier) -> str:
    published = identifier.published_type
    if (
        ftm.IDENTIFIERS.get(published)
        and _type_of(schema, published) == identifier.type
    ):
        return published
    return ftm.IDENTIFIER_PROPERTIES.get(identifier.type, "idNumber")


def _type_of(schema: str, prop: str) -> str:
    return ftm.SPECIAL_IDENTIFIERS.get((schema, prop)) or ftm.IDENTIFIERS[prop]


def _names(data: Mapping[str, Any], source: str) -> Iterator[Name]:
    """Each name; the caption, which is one of them, comes first.

    Parts of a name belong to it only where there is one name and one of each part.
    """
    told = {
        ours: found
        for prop, ours in ftm.NAME_PARTS.items()
        if (found := values(data, prop))
    }
    parts = tuple((ours, found[0]) for ours, found in told.items() if len(found) == 1)
    main = values(data, "name")
    caption = str(data.get("caption") or "")
    main = tuple(sorted(main, key=lambda text: text != caption))
    if not main and parts:
        main = (" ".join(text for _, text in parts),)
    if not main and not told:
        main = values(data, "publicKey") or ((caption,) if caption else ())
    whole = len(main) == 1 and len(parts) == len(told)
    for prop, (type_, quality) in ftm.NAMES.items():
        for text in main if prop == "name" else values(data, prop):
            own = parts if prop == "name" and whole else ()
            yield Name(text, type_, quality, parts=own, source=f"{source}/{prop}")


def _births(data: Mapping[str, Any], facts: Facts) -> None:
    """One birth of one date and one place; of several, none says which go together."""
    days, places, homes = (values(data, prop) for prop in _BIRTH)
    rows: Iterable[tuple[str, str, str]]
    if max(map(len, (days, places, homes))) <= 1:
        rows = zip_longest(days, places, homes, fillvalue="")
    else:
        rows = [
            *((day, "", "") for day in days),
            *(("", place, "") for place in places),
            *(("", "", home) for home in homes),
        ]
    for day, place, home in rows:
        date = facts.date(day, "birthDate")
        iso = facts.code(home)
        words = ", ".join(filter(None, (place, "" if iso else home)))
        text = "" if date else day
        facts.births.append(Birth(date, words, iso, text, facts.at("birthDate")))
    for text in values(data, "deathDate"):
        if died := facts.date(text, "deathDate"):
            facts.deaths.append(died)


def _plain(data: Mapping[str, Any], schema: str, facts: Facts) -> None:
    for prop, role in ftm.COUNTRIES.items():
        for text in values(data, prop):
            country = Country(facts.code(text), role, text, facts.at(prop))
            facts.countries.append(country)
    told = data.get("properties", {})
    for prop in (one for one in ftm.IDENTIFIERS if one in told):
        for value in values(data, prop):
            type_ = _type_of(schema, prop)
            asset = currency(data) if type_ == "wallet" else ""
            facts.identifiers.append(
                Identifier(type_, value, prop, currency=asset, source=facts.at(prop))
            )
    for text in values(data, "address"):
        facts.address(text)
    for prop in sorted(ftm.ENTITY_PROPERTIES):
        for other in values(data, prop):
            facts.link(prop, other, facts.at(prop))


def _rest(data: Mapping[str, Any], names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Properties and outer keys that say anything else, value by value."""
    parts = {prop: values(data, prop) for prop in ftm.NAME_PARTS}
    if len(values(data, "name")) > 1 or any(len(v) > 1 for v in parts.values()):
        yield from ((prop, text) for prop, found in parts.items() for text in found)
    for prop in data.get("properties", {}):
        if prop not in _READ:
            yield from ((str(prop), text) for text in values(data, prop))
    for key, value in data.items():
        if key not in _OUTER and value not in (None, "", []):
            yield str(key), str(value)
    named = {name.text for name in names}
    if (caption := data.get("caption")) and str(caption) not in named:
        yield "caption", str(caption)
    if data.get("target") is False:
        yield "target", "false"
    for key in ("datasets", "referents"):
        for text in data.get(key) or ():
            yield key, str(text)
