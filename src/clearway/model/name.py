"""A name as published; its spelling is never changed."""

from dataclasses import dataclass
from enum import StrEnum


class NameType(StrEnum):
    """How the publisher relates this name to the entity."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMER = "former"


class Quality(StrEnum):
    """How well the publisher says a name identifies; weak ones are common words."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Name:
    """One published spelling of one name.

    `text` is the whole name in reading order as the publisher gives it (OFAC's
    "LAST, First" keeps its comma); `parts` the pieces the publisher distinguishes,
    such as `("last", "PUTIN")`; `script` an ISO 15924 code and `language` an ISO 639
    code where published, else empty. `source` is the address of the record
    (`publisher/list#record/part`).
    """

    text: str
    type: NameType = NameType.PRIMARY
    quality: Quality = Quality.STRONG
    script: str = ""
    language: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    source: str = ""
