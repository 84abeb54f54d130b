"""What in an entry of OFAC's files says where it stands, and under which law.

The marks are facts of a list, dated and with the files they were seen in, and lie in
`data/ofac_marks.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of OFAC's files, ready to be looked for.

    `parts` are (mark within a programme's name, list); `menu_based` the list of all
    that has no such mark; `apart` finds a programme which only the consolidated set
    has. `remarks` are (pattern, the law it means), looked for under `remark_keys`;
    `directives` (words of a heading, pattern of the number, the law).
    """

    parts: tuple[tuple[str, str], ...]
    menu_based: str
    apart: re.Pattern[str]
    remark_keys: frozenset[str]
    remarks: tuple[tuple[re.Pattern[str], str], ...]
    directives: tuple[tuple[str, re.Pattern[str], str], ...]

    def lists_of(self, programmes: tuple[str, ...]) -> list[str]:
        """The lists whose marks the programmes bear, each once."""
        found = [
            name
            for mark, name in self.parts
            if any(mark in programme for programme in programmes)
        ]
        return list(dict.fromkeys(found))

    def has_other(self, programmes: tuple[str, ...]) -> bool:
        """Whether a programme bears no mark at all."""
        return any(
            not any(mark in programme for mark, _ in self.parts)
            for programme in programmes
        )


@cache
def marks() -> Marks:
    """The marks of OFAC's files, read once."""
    file = files("clearway.lists") / "data" / "ofac_marks.toml"
    table: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    return Marks(
        parts=tuple((row["mark"], row["list"]) for row in table["part"]),
        menu_based=table["menu_based"],
        apart=re.compile("|".join(r["mark"] for r in table["part"] if r["apart"])),
        remark_keys=frozenset(table["remarks"]["keys"]),
        remarks=tuple(
            (re.compile(row["pattern"], re.IGNORECASE), row["means"])
            for row in table["remark"]
        ),
        directives=tuple(
            (row["heading"], re.compile(row["number"], re.IGNORECASE), row["means"])
            for row in table["directive"]
        ),
    )
