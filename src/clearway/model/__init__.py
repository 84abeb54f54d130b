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
from clearway.model.transaction import (
    Conduct,
    FreeText,
    GoodsLine,
    Involved,
    Money,
    Place,
    Role,
    Spot,
    Transaction,
)

__all__ = [
    "Address",
    "Birth",
    "Conduct",
    "Country",
    "Detail",
    "Entity",
    "FreeText",
    "GoodsLine",
    "Identifier",
    "Involved",
    "Kind",
    "Link",
    "Listing",
    "Money",
    "Name",
    "NameType",
    "PartialDate",
    "Party",
    "Place",
    "Problem",
    "Quality",
    "Role",
    "Spot",
    "Transaction",
]
