"""Small lists in the form of the starter list, whose text a test can write down."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from clearway.app.intake import Incoming
from clearway.lists.reader import File

ListOf = Callable[..., Incoming]


@pytest.fixture
def list_of() -> ListOf:
    """A list of that name and day which holds persons of these names."""

    def made(name: str, day: str, *names: str, declared: int | None = None) -> Incoming:
        head = {"starter": name, "published": day, "entities": declared or len(names)}
        lines: list[dict[str, Any]] = [head]
        for number, text in enumerate(names, 1):
            listing = {"publisher": "un", "list": name, "record": str(number)}
            entity = {"id": f"{name}-{number}", "kind": "person"}
            lines.append({**entity, "names": [{"text": text}], "listings": [listing]})
        data = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
        return Incoming("starter", (File.of(data.encode(), f"{name}.jsonl"),))

    return made
