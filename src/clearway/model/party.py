"""What the user asks about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clearway.model.kind import Kind


@dataclass(frozen=True, slots=True)
class Party:
    """A person, company, vessel, aircraft or unknown thing to be checked.

    `birth_date` is a date as the user has it, whole or partial (`1952-10-07`, `1952`);
    `countries` are ISO alpha-2 codes or country names; `identifiers` are
    `(type, value)` pairs such as `("imo", "9187629")`, type empty where unknown;
    `aliases` further names of the same party; `reference` the user's own key for it.
    What cannot be understood becomes a Problem of the screening, never an exception.
    """

    name: str
    kind: str = Kind.ANY
    birth_date: str | None = None
    countries: Sequence[str] = ()
    identifiers: Sequence[tuple[str, str]] = ()
    aliases: Sequence[str] = ()
    birth_place: str | None = None
    address: str | None = None
    gender: str | None = None
    reference: str | None = None

    def __post_init__(self) -> None:
        """Accept lists where tuples are meant, and a mapping of identifiers."""
        ids = self.identifiers
        pairs: Iterable[Any] = ids.items() if isinstance(ids, Mapping) else ids
        object.__setattr__(
            self, "identifiers", tuple((str(kind), str(value)) for kind, value in pairs)
        )
        for name in ("countries", "aliases"):
            value = getattr(self, name)
            if isinstance(value, str):
                value = (value,)
            object.__setattr__(self, name, tuple(value or ()))
