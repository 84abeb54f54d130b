"""What a hit says of a party in the words the law asks for.

A list names an entity; the law asks on which part of which list it stands, under which
programme, under which directive, and with which remark.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clearway.lists.ofac_marks import marks
from clearway.model import Detail, Entity, Listing

_BLOCKING = (
    *("ofac/sdn", "us_csl/sdn", "eu/fsf", "uk/conlist", "uk/sanctions"),
    "un/consolidated",
)
_CAPTA = "ofac/capta"
_MENU = {"eo14024-1", "eo14024-1a", "eo14024-3", "eo14024-4"}
"""Directives under E.O. 14024 that forbid single kinds of dealing, and do not block."""


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
    found = marks().lists_of(listing.programmes)
    if "eo14024-2" in directives and _CAPTA not in found:
        found.append(_CAPTA)
    on_sdn = any(item.list == "sdn" for item in entity.listings)
    other = marks().has_other(listing.programmes) and not on_sdn
    if directives & _MENU or not found or (other and _CAPTA not in found):
        found.append(marks().menu_based)
    return found


def _directives(detail: Detail) -> list[str]:
    for heading, pattern, law in marks().directives:
        if heading in detail.key:
            found = pattern.search(f"{detail.key} {detail.value}")
            return [f"{law}-{found[1].lower()}"] if found else []
    return []


def _remarks(detail: Detail) -> list[str]:
    if detail.key not in marks().remark_keys:
        return []
    return [law for pattern, law in marks().remarks if pattern.search(detail.value)]
