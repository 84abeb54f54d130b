"""What can be chosen about a screening, frozen and hashed into each result."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from clearway.index.build import FORMAT
from clearway.index.index import FLOOR, LIMIT
from clearway.match import names, score
from clearway.match.features import FEATURES


@dataclass(frozen=True, slots=True)
class Configuration:
    """The choices behind an answer.

    `threshold` is the score from which a hit is shown, `stop` the score from which it
    is certain, `publishers` the lists asked (empty: all there are), `accept_stale`
    whether a stale list may answer `clear`, `most_hits` how many hits are kept,
    `weak_alone` whether an alias its publisher calls weak is a hit with nothing
    beside it (for a person: nothing but a country).
    """

    threshold: float = score.REVIEW_THRESHOLD
    stop: float = score.STOP_THRESHOLD
    publishers: tuple[str, ...] = ()
    accept_stale: bool = False
    most_hits: int = 25
    weak_alone: bool = False

    def hash(self) -> str:
        """A short hash of these choices, the word tables and the chief weights.

        Weights not in it belong to the code, which the engine's version stands for.
        """
        return _hash(self)


@cache
def _hash(config: Configuration) -> str:
    parts = {
        "choices": asdict(config),
        "features": [(f.name, f.raises, f.lowers) for f in FEATURES],
        "names": [
            names.CONFLICT,
            sorted(names.SURPLUS.items()),
            sorted(names.ENOUGH.items()),
        ],
        "score": [score.NAME_ALONE, score.NAME_RARE, score.MOST_LOWERED],
        "index": [FORMAT, LIMIT, FLOOR],
        "words": _table_hash("words.json"),
        "countries": _table_hash("countries.json"),
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def _table_hash(name: str) -> str:
    data = files("clearway.names").joinpath(f"data/{name}").read_bytes()
    return sha256(data).hexdigest()
