"""What can be chosen about a screening, frozen and hashed into each result."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import ModuleType
from typing import Any

from clearway.index.build import FORMAT
from clearway.index.index import FLOOR, LIMIT
from clearway.match import names, pairs, score, spoilt, words
from clearway.match.features import FEATURES
from clearway.names import legal, likeness, romanised
from clearway.screen import rereading

_WEIGHED = (
    *(names, pairs, spoilt, words, score),
    *(rereading, likeness, legal, romanised),
)
_TABLES = (
    *("names/data/words.json", "names/data/scripts.json", "names/data/narrative.json"),
    *("names/data/countries.json", "names/data/places.json"),
    *("goods/data/lists.json", "goods/data/editions.json", "goods/data/words.json"),
    *("goods/data/ordinary.json", "rules/ownership.toml"),
    *("documents/data/ordinary.txt", "payments/data/telegraph.json"),
    *("payments/data/iban.toml", "names/data/romanised.json"),
    *("lists/data/ofac_marks.toml", "tables/data/shipments.toml"),
    *("tables/data/ports.toml", "trade/data/exchange.toml"),
)
"""Every table that an answer depends on and that the rule book's version leaves out."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The choices behind an answer.

    `threshold` is the score from which a hit is shown, `stop` the score from which it
    is certain, `publishers` the lists asked (empty: all there are), `accept_stale`
    whether a stale list may answer `clear`, `most_hits` how many hits are kept,
    `weak_alone` whether an alias its publisher calls weak is a hit with nothing
    beside it (for a person: nothing but a country).

    `binds` says who asks in the words of the rules (`us_person`, `foreign_bank`, ...;
    empty: he does not say), `roles` what he is (`bank`, `exporter`), `home` his
    country, `verdicts` what a sort of finding means to him beyond the table of
    `clearway.screen.asker`.
    """

    threshold: float = score.REVIEW_THRESHOLD
    stop: float = score.STOP_THRESHOLD
    publishers: tuple[str, ...] = ()
    accept_stale: bool = False
    most_hits: int = 25
    weak_alone: bool = False
    binds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    home: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def hash(self) -> str:
        """A short hash of these choices, the word tables and all weights."""
        return _hash(self)


@cache
def _hash(config: Configuration) -> str:
    parts = {
        "choices": asdict(config),
        "features": [(f.name, f.raises, f.lowers) for f in FEATURES],
        "weights": {module.__name__: _weights(module) for module in _WEIGHED},
        "index": [FORMAT, LIMIT, FLOOR],
        "tables": {name: _table_hash(name) for name in _TABLES},
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def _weights(module: ModuleType) -> dict[str, Any]:
    """Every number a module of the matcher names, and its tables of numbers."""
    return {
        name: {str(k): v for k, v in value.items()} if _is_table(value) else value
        for name, value in sorted(vars(module).items())
        if name.lstrip("_").isupper()
        and (isinstance(value, int | float) or _is_table(value))
    }


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(number, int | float) for number in value.values()
    )


def _table_hash(name: str) -> str:
    data = files("clearway").joinpath(name).read_bytes()
    return sha256(data).hexdigest()
