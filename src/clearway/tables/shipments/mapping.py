"""What was taken for what: shown to a person, and corrected by one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clearway.errors import UsageError
from clearway.tables.headings import UNUSED, normal
from clearway.tables.shipments import words
from clearway.tables.shipments.words import Field

Look = Callable[[str], Field | None]


@dataclass(slots=True)
class Corrections:
    """What `--map` says: the field of a heading or label, by its comparable form.

    `used` holds those that stood in the paper.
    """

    fields: Mapping[str, Field | None] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, text: str) -> "Corrections":
        """From `code=Ref B,consignee=Ship to`; `unused=Model` takes a column away.

        Raises UsageError for a field there is not.
        """
        known = "|".join(
            sorted(map(re.escape, (*words.fields(), UNUSED)), key=len, reverse=True)
        )
        parts = re.split(rf",(?=\s*(?:{known}|\w+_(?:address|country|name))\s*=)", text)
        found: dict[str, Field | None] = {}
        for part in filter(None, map(str.strip, parts)):
            name, equals, heading = part.partition("=")
            if not equals or not heading.strip():
                raise UsageError(
                    f"{part!r} does not say which column or label means what; write it "
                    "as --map code=COLUMN,consignee=LABEL"
                )
            meant = words.field_named(name)
            if meant is None and name.strip() != UNUSED:
                raise UsageError(
                    f"no field {name.strip()!r}; there are: {', '.join(words.fields())}"
                )
            found[normal(heading)] = meant
        return cls(found)

    def over(self, look: Look) -> Look:
        """A look-up that asks the corrections first.

        A field that is stated belongs to the stated words alone.
        """
        if not self.fields:
            return look

        def corrected(text: str) -> Field | None:
            key = normal(text.split("\n")[0])
            if key in self.fields:
                self.used.add(key)
                return self.fields[key]
            found = look(text)
            return None if found in self.fields.values() else found

        return corrected

    def unused(self, seen: Mapping[str, str]) -> None:
        """Raise UsageError for a correction of what is not in the paper."""
        for key in self.fields:
            if key not in self.used:
                raise UsageError(
                    f"there is no column or label {key!r}; there are: "
                    f"{', '.join(dict.fromkeys(seen))}"
                )


@dataclass(frozen=True, slots=True)
class Taken:
    """Which word of a paper was taken for which field, for people."""

    columns: Mapping[str, str]
    labels: Mapping[str, str]
    unread: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line: fields with the words they were taken from, and what was not."""
        parts = [f"{name} <- {word}" for word, name in self.columns.items()]
        said = ", ".join(parts) or "no table of goods recognised"
        if self.labels:
            shown = ", ".join(f"{name} <- {word}" for word, name in self.labels.items())
            said += f"; labels: {shown}"
        if self.unread:
            said += f"; searched as text: {', '.join(self.unread)}"
        return said
