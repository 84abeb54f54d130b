"""Places as the rules ask for them: territories and countries under embargo."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from clearway.model import Place, Problem
from clearway.names import countries
from clearway.names.places import PlaceFound, places_in
from clearway.names.territories import applies
from clearway.rules import Item

_ROLES_OF_GOODS = ("origin", "via", "destination", "final")


def place_items(
    places: Sequence[Place], day: date
) -> tuple[tuple[Item, ...], list[Problem]]:
    """Every place that matters with its facts; a place nobody knows as a Problem.

    Countries named in free text are left out: to name one is no tie to it. Territories
    under embargo are kept wherever they are named.
    """
    items: list[Item] = []
    problems: list[Problem] = []
    for place in places:
        found = places_in(place.text, place.country or None, day=day)
        if place.role in (*_ROLES_OF_GOODS, "address"):
            items += _country_items(place, found, day)
            if place.role in _ROLES_OF_GOODS and not (found or _code(place)):
                message = "no such country or place is known; correct it, or name it"
                where = f"place ({place.role})"
                problems.append(
                    Problem("unknown_place", message, "", where, place.text)
                )
        items += [_item(place, one, day) for one in found if one.territory]
    return tuple(items), problems


def _code(place: Place) -> str:
    return countries.code(place.country) or countries.code(place.text)


def _country_items(place: Place, found: Sequence[PlaceFound], day: date) -> list[Item]:
    """The country of a place given as such, or of an address."""
    code = _code(place) or next((one.country for one in found if one.country), "")
    if not code:
        return []
    facts: dict[str, Any] = {
        "place.country": code,
        "place.strength": "named",
        "place.role": place.role,
        "place.territory": "",
        "place.embargoes": _embargoes(code, day),
    }
    label = f"{place.text or countries.name(code)} ({place.role})"
    return [Item(label, facts)]


def _embargoes(place: str, day: date) -> tuple[str, ...]:
    """Whose law reached the place, because of where it is, that day."""
    return tuple(
        jurisdiction
        for jurisdiction in ("us", "eu", "uk")
        if any(law.covers for law in applies(place, jurisdiction, day))
    )


def _item(place: Place, found: PlaceFound, day: date) -> Item:
    facts: dict[str, Any] = {
        "place.country": "ua",
        "place.strength": found.strength,
        "place.role": place.role,
        "place.territory": found.territory.lower(),
        "place.embargoes": _embargoes(found.territory, day),
    }
    return Item(f"{found.name} ({place.role}: {found.why})", facts)
