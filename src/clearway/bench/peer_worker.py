"""Other matchers behind standard input and output: one JSON object a line, each way.

Run by `clearway bench --peers PYTHON` in an interpreter that has them installed, so
that clearway itself imports none of them. Standard library only; each peer is imported
when it is asked for. Speaks `{"op": "hello"}`, `{"op": "score", "scorer": NAME,
"pairs": [[query, candidate], ...]}` where both sides are `{"schema", "name": [...],
"birthDate": [...], ...}` in FollowTheMoney's words, and `{"op": "cases", ...}` for the
cases of sanctions-screening-benchmark. With `"warm": true` equal sides are one entity
and everything is scored twice, the clock running the second time: a peer at its best.
"""

import json
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import Any

_PACKAGES = ("nomenklatura", "rigour", "rapidfuzz", "sanctions-screening-benchmark")
_NOMENKLATURA = ("logic-v2", "logic-v1", "regression-v1", "name-based")
_NUMBERS = count()
_RAPIDFUZZ = ("rapidfuzz WRatio", "rapidfuzz token_sort")


def hello() -> dict[str, Any]:
    """The versions of what is installed and the scorers it gives."""
    versions = {name: found for name in _PACKAGES if (found := _version(name))}
    scorers: list[str] = []
    if "nomenklatura" in versions:
        from nomenklatura.matching import get_algorithm

        scorers += [name for name in _NOMENKLATURA if get_algorithm(name)]
    if "rapidfuzz" in versions:
        scorers += _RAPIDFUZZ
    return {
        "python": platform.python_version(),
        "versions": versions,
        "scorers": scorers,
    }


def score(request: dict[str, Any]) -> dict[str, Any]:
    """Scores of all pairs, and the seconds that scoring them took."""
    scorer, pairs = request["scorer"], request["pairs"]
    warm = bool(request.get("warm"))
    one = _strings(scorer) if scorer in _RAPIDFUZZ else _entities(scorer, warm)
    answer: dict[str, Any] = one(pairs)
    return answer


def _strings(scorer: str) -> Any:
    from rapidfuzz import fuzz, utils

    compare = fuzz.WRatio if scorer.endswith("WRatio") else fuzz.token_sort_ratio

    def scored(pairs: list[Any]) -> dict[str, Any]:
        began = time.perf_counter()
        scores = [
            max(
                compare(left, right, processor=utils.default_process) / 100
                for left in query["name"]
                for right in listed["name"]
            )
            for query, listed in pairs
        ]
        return {"scores": scores, "seconds": time.perf_counter() - began}

    return scored


def _entities(scorer: str, warm: bool) -> Any:
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm(scorer)

    def scored(pairs: list[Any]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        made = [(_seen(left, known), _seen(right, known)) for left, right in pairs]
        # It writes its defaults into the configuration it is given: one for all.
        config = algorithm.default_config()
        if warm:
            for left, right in made:
                algorithm.compare(left, right, config)
        began = time.perf_counter()
        scores = [algorithm.compare(left, right, config).score for left, right in made]
        return {"scores": scores, "seconds": time.perf_counter() - began}

    def _seen(side: dict[str, Any], known: dict[str, Any]) -> Any:
        if not warm:
            return _entity(side)
        key = json.dumps(side)
        if key not in known:
            known[key] = _entity(side)
        return known[key]

    return scored


def _entity(data: dict[str, Any]) -> Any:
    """An entity of an id never given before: what a peer derives it keeps by the id."""
    from followthemoney import model

    values = {key: value for key, value in data.items() if key != "schema"}
    proxy = model.make_entity(data["schema"])
    proxy.id = f"e{next(_NUMBERS)}"
    for key, texts in values.items():
        if key in proxy.schema.properties:
            for text in texts:
                proxy.add(key, text, cleaned=False, quiet=True)
    return proxy


def cases(request: dict[str, Any]) -> dict[str, Any]:
    """The cases that sanctions-screening-benchmark builds over these entities."""
    from ssb.benchmark import build
    from ssb.sources import Entity, ListSnapshot

    entities = [
        Entity(
            entity_id=row["id"],
            primary_name=row["name"],
            entity_type="individual",
            aliases=row["aliases"],
        )
        for row in request["entities"]
    ]
    snapshot = ListSnapshot(
        source="ofac_sdn",
        retrieved_at=request["published"],
        entities=entities,
        endpoint="given by clearway",
    )
    made = build(
        snapshot, limit=request["limit"], seed=request["seed"], individuals_only=True
    )
    return {
        "cases": [
            {
                "query": case.query,
                "expected": case.expected_entity_id,
                "class": case.perturbation,
                "family": case.family,
            }
            for case in made.cases
        ],
        "pool": list(made.candidates),
    }


def main() -> None:
    """Answer until standard input ends; an exception is an answer too."""
    out = sys.stdout
    sys.stdout = sys.stderr  # what a peer prints is not an answer
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["op"] == "hello":
                answer = hello()
            elif request["op"] == "score":
                answer = score(request)
            else:
                answer = cases(request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(answer) + "\n")
        out.flush()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
