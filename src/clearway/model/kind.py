"""What sort of thing a party or an entity is."""

from enum import StrEnum


class Kind(StrEnum):
    """The sort of thing named; `ANY` means the user or the list does not say."""

    PERSON = "person"
    ORGANIZATION = "organization"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    ANY = "any"

    def may_be(self, other: "Kind") -> bool:
        """Whether both could be the same thing; unknown fits everything."""
        return self is other or Kind.ANY in (self, other)
