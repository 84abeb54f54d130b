"""A listing that is supposed, to see what it would touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clearway.model import Entity, Involved, Kind, Listing, Name, PartialDate, Party
from clearway.screen.screening import Hit


@dataclass(frozen=True, slots=True)
class Supposed:
    """A listing that is supposed, to see what it would touch: who, from which day."""

    name: str
    day: date
    programmes: tuple[str, ...] = ("RUSSIA-EO14024",)

    @property
    def hit(self) -> Hit:
        """The hit such a listing would make."""
        listing = Listing(
            publisher="ofac",
            list="sdn",
            record="supposed",
            programmes=self.programmes,
            listed_on=PartialDate(self.day, self.day, text=self.day.isoformat()),
        )
        entity = Entity(
            id=f"supposed-{self.name}",
            kind=Kind.ORGANIZATION,
            names=(Name(self.name),),
            listings=(listing,),
        )
        return Hit(1.0, entity, (), certain=True)

    def is_meant(self, party: Party) -> bool:
        """Whether a party is the one supposed: its name in words, or a number of it."""
        name = self.name.casefold()
        if party.name.casefold().split() == name.split():
            return True
        return any(value.casefold() == name for _, value in party.identifiers)

    def is_meant_by(self, parties: Iterable[Involved]) -> bool:
        """Whether one of these parties is the one supposed."""
        return any(self.is_meant(involved.party) for involved in parties)
