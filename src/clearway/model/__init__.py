"""Facts about parties, as published. No I/O, standard library only."""

from clearway.model.dates import PartialDate
from clearway.model.entity import (
    Address,
    Birth,
    Country,
    Detail,
    Entity,
    Identifier,
    Link,
    Listing,
)
from clearway.model.kind import Kind
from clearway.model.name import Name, NameType, Quality
from clearway.model.party import Party
from clearway.model.problem import Problem

__all__ = [
    "Address",
    "Birth",
    "Country",
    "Detail",
    "Entity",
    "Identifier",
    "Kind",
    "Link",
    "Listing",
    "Name",
    "NameType",
    "PartialDate",
    "Party",
    "Problem",
    "Quality",
]
