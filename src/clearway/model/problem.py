"""Bad input is data: collected, counted, shown, never lost and never fatal."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or understood.

    `code` is a short stable word for machines ("bad_date"), `message` a sentence
    for people that says what to do, `file` and `position` say where ("line 12",
    "row 3, column dob", "sdnEntry 36"), `text` is the offending text, cut to 200
    characters.
    """

    code: str
    message: str
    file: str = ""
    position: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        """Keep a problem small, however large its cause."""
        if len(self.text) > 200:
            object.__setattr__(self, "text", self.text[:199] + "…")

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain values, in a stable order."""
        return asdict(self)
