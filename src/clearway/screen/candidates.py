"""Listed names that may be the names asked, and can score enough to make a hit."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.index.build import KINDS
from clearway.index.compiling import compiled
from clearway.index.facts import Query, anybody
from clearway.index.index import FLOOR, LIMIT, Candidate, Index
from clearway.model import Kind
from clearway.names.analyse import analyse


def candidates_of(
    index: Index, queries: Sequence[Query], kinds: Sequence[Kind]
) -> list[list[Candidate]]:
    """The candidates of many names, each with the kind of party asked about.

    By compiled code where it can be had; it leaves out names that need not be compared
    because they cannot score what they need. Names equal word for word are all there.
    """
    if not queries:
        return []
    found = similar(index, queries, kinds)
    if found is None:
        return [index.candidates(form, facts) for form, facts in queries]
    return [
        index.with_equals(*query, rows)
        for query, rows in zip(queries, found, strict=True)
    ]


def similar(
    index: Index, queries: Sequence[Query], kinds: Sequence[Kind]
) -> list[list[tuple[int, float, float]]] | None:
    """Names like each name, best first: number, estimate, score needed.

    None where there is no compiled code, or too few names to load it for.
    """
    if len(index) < index.few_names or (kernels := compiled()) is None:
        return None
    batch = kernels.batch_of(index)
    asked = batch.asked(queries)
    needs = kernels.Needs.of([facts for _, facts in queries])
    found = batch.find(asked, needs, limit=LIMIT, floor=FLOOR)
    rows = list(
        zip(
            found.names.tolist(),
            found.estimates.tolist(),
            found.needed.tolist(),
            strict=True,
        )
    )
    if not rows:
        return [[] for _ in queries]
    plain = [form.text.isascii() for form, _ in queries]
    places = np.array([KINDS.index(kind) for kind in kinds], np.int64)
    good = hopeful(batch, asked, found, places, np.array(plain)).tolist()
    return [
        [row for row, kept in zip(rows[a:b], good[a:b], strict=True) if kept]
        for a, b in pairwise(found.ends.tolist())
    ]


def hopeful(
    batch: Any,
    asked: Any,
    found: Any,
    kinds: NDArray[np.int64],
    plain: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which of the names found can score what they need.

    `kinds` are the places of the kinds asked in `KINDS`, `plain` says which names asked
    are in ASCII.
    """
    scores = _scores()
    index, words = batch.index, batch.vocabulary
    ends, numbers, name_kinds, name_plain = index.compared
    most: NDArray[np.float64] = scores.most(
        asked.ends,
        asked.words,
        kinds,
        plain,
        found.ends,
        found.names,
        *words.rows,
        ends,
        numbers,
        name_kinds,
        name_plain,
        *index.words,
        *_weights(),
    )
    good: NDArray[np.bool_] = most + scores.MARGIN >= found.needed
    return good


@lru_cache(maxsize=1)
def _weights() -> tuple[Any, ...]:
    weights: tuple[Any, ...] = _scores().weights()
    return weights


@lru_cache(maxsize=1)
def _scores() -> ModuleType:
    from clearway.match import compiled as scores

    return scores


def warm(index: Index) -> None:
    """Load the words of the lists and, where they are many, the compiled code.

    Seconds at the first time on a machine, for it is compiled then and kept on disk.
    """
    text, kind = index.text(0), index.kind(0)
    candidates_of(index, [Query(analyse(text, kind), anybody(0.0))], [kind])
