"""What a hit says of a party in the words the law asks for.

A list names an entity; the law asks on which part of which list it stands, under which
programme, under which directive, and with which remark.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clearway.model import Detail, Entity, Listing

_PARTS = (
    ("NS-PLC", "ofac/ns-plc"),
    ("CMIC", "ofac/ns-cmic"),
    ("561", "ofac/capta"),
    ("CAPTA", "ofac/capta"),
    ("FSE", "ofac/fse"),
    ("UKRAINE-EO13662", "ofac/ssi"),
)
"""OFAC's consolidated list is several lists in one file, told apart by programme.
Everything else on it is menu-based (NS-MBS)."""

_BLOCKING = (
    *("ofac/sdn", "us_csl/sdn", "eu/fsf", "uk/conlist", "uk/sanctions"),
    "un/consolidated",
)

_DIRECTIVE_14024 = re.compile(
    r"(?:Subject to |EO 14024 )Directive (1a|[1-4])\b", re.IGNORECASE
)
_DIRECTIVE_13662 = re.compile(r"Subject to Directive ([1-4])\b")

_REMARKS = (
    (re.compile(r"sector of the Russian Federation economy"), "eo14024-sector"),
    (re.compile(r"Section 11 of Executive Order 14024", re.IGNORECASE), "eo14024-11"),
    (re.compile(r"\b589\.20[19]\b"), "589"),
    (re.compile(r"\b510\.2(?:01|10)\b"), "510"),
    (re.compile(r"13224"), "eo13224"),
    (re.compile(r"Hizballah|Hezbollah"), "hizballah"),
    (re.compile(r"Hong Kong Autonomy"), "hkaa"),
    (re.compile(r"^Subject to Secondary Sanctions$"), "ifsr"),
)
"""OFAC's remarks on secondary sanctions, under "Secondary sanctions risk:" and under
"Additional Sanctions Information": which law each means."""

_REMARK_KEYS = ("secondary_sanctions_risk", "Additional Sanctions Information")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entity stands: the same words as the facts `party.*` of the rules."""

    lists: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    directives: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> "Standing":
        """Of all the entities a party is (or may be), taken together."""
        entities = tuple(entities)
        listings = [(item, entity) for entity in entities for item in entity.listings]
        details = [detail for entity in entities for detail in entity.details]
        parts = [
            (part, listing)
            for listing, entity in listings
            for part in _parts(listing, entity)
        ]
        return cls(
            lists=_once(part for part, _ in parts),
            programmes=_once(
                tag
                for part, listing in parts
                if part in _BLOCKING
                for tag in listing.programmes
            ),
            tags=_once(tag for listing, _ in listings for tag in listing.programmes),
            directives=_once(name for item in details for name in _directives(item)),
            remarks=_once(name for item in details for name in _remarks(item)),
        )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _parts(listing: Listing, entity: Entity) -> list[str]:
    """The lists an entry stands on, OFAC's consolidated one taken apart.

    OFAC gives the programmes of an entity, not of each of its listings: a tag beside
    those of sectoral sanctions is the SDN listing's where there is one.
    """
    if (listing.publisher, listing.list) != ("ofac", "consolidated"):
        return [f"{listing.publisher}/{listing.list}".lower()]
    directives = {name for item in entity.details for name in _directives(item)}
    found = [
        part
        for mark, part in _PARTS
        if any(mark in programme for programme in listing.programmes)
    ]
    if "eo14024-2" in directives:
        found.append("ofac/capta")
    other = any(
        not any(mark in programme for mark, _ in _PARTS)
        for programme in listing.programmes
    )
    on_sdn = any(item.list == "sdn" for item in entity.listings)
    menu = directives & {"eo14024-1", "eo14024-1a", "eo14024-3", "eo14024-4"}
    if menu or not found or (other and not on_sdn and "ofac/capta" not in found):
        found.append("ofac/ns-mbs")
    return found


def _directives(detail: Detail) -> list[str]:
    if "13662 Directive" in detail.key:
        found = _DIRECTIVE_13662.search(detail.value)
        return [f"ssi-{found[1]}"] if found else []
    if "14024 Directive" in detail.key:
        found = _DIRECTIVE_14024.search(f"{detail.key} {detail.value}")
        return [f"eo14024-{found[1].lower()}"] if found else []
    return []


def _remarks(detail: Detail) -> list[str]:
    if detail.key not in _REMARK_KEYS:
        return []
    return [name for pattern, name in _REMARKS if pattern.search(detail.value)]
