"""Other programs, asked the same in the same run, each in a Python of its own."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from typing import Any

from clearway.app.opening import Progress, quiet
from clearway.errors import UsageError
from clearway.model import Entity, Kind, Party

PEER = "logic-v2"
"""The scorer that ratios are taken of: nomenklatura's, which yente serves."""
PEER_THRESHOLD = 0.70
"""The score from which it calls a match by default."""
_BATCH = 500
_SCHEMA = {
    Kind.PERSON: "Person",
    Kind.ORGANIZATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.ANY: "LegalEntity",
}
Described = Mapping[str, Any]
"""A party in FollowTheMoney's words: `schema`, and lists of texts by property."""


class PeerFailed(Exception):
    """A peer could not answer; the run goes on without it."""


@dataclass
class Peers:
    """The other side of `peer_worker`: started once, asked many times."""

    python: str
    progress: Progress = quiet
    versions: dict[str, str] = field(default_factory=dict)
    scorers: list[str] = field(default_factory=list)
    _process: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        """Start the worker and ask what it has; UsageError if it is no Python."""
        source = files("clearway.bench").joinpath("peer_worker.py")
        with as_file(source) as script:
            try:
                self._process = subprocess.Popen(
                    [self.python, "-W", "ignore", str(script)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    encoding="utf-8",
                    env={**os.environ, "PYTHONPATH": ""},
                )
            except OSError as error:
                raise UsageError(f"--peers {self.python}: {error.strerror}") from error
            try:
                found = self._ask({"op": "hello"})
            except (PeerFailed, ValueError) as error:
                self.close()
                raise UsageError(f"--peers {self.python}: {error}") from error
        self.versions = {"python": found["python"], **found["versions"]}
        self.scorers = found["scorers"]

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        process.wait()

    def has(self, scorer: str) -> bool:
        """Whether this scorer can be asked."""
        return scorer in self.scorers

    def scores(
        self,
        scorer: str,
        pairs: Sequence[tuple[Described, Described]],
        *,
        warm: bool = False,
    ) -> tuple[list[float], float]:
        """The score of each pair, and the seconds of scoring alone.

        The first call loads what the scorer needs; a pair is scored beforehand so
        that this is not counted. `warm`: names met before cost nothing either.
        """
        asked = {"op": "score", "scorer": scorer, "warm": warm}
        if pairs:
            self._ask({**asked, "pairs": list(pairs[:1])})
        scores: list[float] = []
        seconds = 0.0
        for start in range(0, len(pairs), _BATCH):
            batch = list(pairs[start : start + _BATCH])
            answer = self._ask({**asked, "pairs": batch})
            scores += answer["scores"]
            seconds += answer["seconds"]
            self.progress(f"asking {scorer}", len(scores), len(pairs))
        return scores, seconds

    def cases(
        self, entities: Sequence[Mapping[str, Any]], published: str, limit: int | None
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """The cases of sanctions-screening-benchmark and the ids of its pool."""
        answer = self._ask(
            {
                "op": "cases",
                "entities": list(entities),
                "published": published,
                "limit": limit,
                "seed": 0,
            }
        )
        return answer["cases"], answer["pool"]

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise PeerFailed("the peer is not running")
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError as error:
            raise PeerFailed(f"the peer ended: {error}") from error
        if not line:
            raise PeerFailed("the peer ended without an answer")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise PeerFailed(answer["error"])
        return answer


def named(name: str, schema: str) -> Described:
    """A bare name of a schema."""
    return {"schema": schema, "name": [name]}


def described(party: Party, schema: str | None = None) -> Described:
    """What is asked, in FollowTheMoney's words."""
    person = Kind(party.kind) in (Kind.PERSON, Kind.ANY)
    countries = [code for code in party.countries if code]
    return {
        "schema": schema or _SCHEMA[Kind(party.kind)],
        "name": [party.name, *party.aliases],
        **({"birthDate": [party.birth_date]} if party.birth_date else {}),
        **({"birthPlace": [party.birth_place]} if party.birth_place else {}),
        **({"nationality" if person else "country": countries} if countries else {}),
    }


def listed(entity: Entity) -> Described:
    """What a list names, in FollowTheMoney's words."""
    person = entity.kind is Kind.PERSON
    codes = sorted({country.code for country in entity.countries if country.code})
    births = [str(birth.date) for birth in entity.births if birth.date]
    places = [birth.place for birth in entity.births if birth.place]
    return {
        "schema": _SCHEMA[entity.kind],
        "name": list(dict.fromkeys(name.text for name in entity.names)),
        **({"birthDate": births} if births else {}),
        **({"birthPlace": places} if places else {}),
        **({"nationality" if person else "country": codes} if codes else {}),
    }
