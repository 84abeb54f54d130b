"""Compiled code finds what the slow, obvious path finds, name for name."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.index.build import Row, build
from clearway.index.facts import Facts, Query, anybody, country_set
from clearway.index.index import FLOOR, LIMIT, Candidate, Index
from clearway.model import Kind
from clearway.names.analyse import analyse

pytest.importorskip("numba")

FIRST = [
    "Vladimir",
    "Muhammad",
    "Usama",
    "Farhad",
    "Yury",
    "Jong",
    "Xi",
    "Kim",
    "Daniela",
    "Dennis",
    "Khalid",
]
LAST = [
    "Putin",
    "Dockrat",
    "Podobed",
    "Un",
    "Jinping",
    "Garcia",
    "Qadhafi",
    "Bin-Laden",
    "al-Assad",
    "Ivanov",
]
FIRMS = [
    "Rosoboronexport",
    "Huawei",
    "Kunlun",
    "Almaz Antey",
    "Mahan",
    "Petro Royal",
    "Zen",
]
FORMS = [
    "LLC",
    "OOO",
    "Co. Ltd.",
    "Trading",
    "Shipping and Ports",
    "Bank",
    "JSC",
    "GmbH",
]
SCRIPTS = ["Путин Владимир", "习近平", "محمد القذافي", "김정은", "Άννα Παππά"]


def _rows() -> list[Row]:
    rng = random.Random(7)
    rows = []
    for n, (first, last) in enumerate((f, name) for f in FIRST for name in LAST):
        born = (1930 + n % 70, 1931 + n % 70) if n % 3 else None
        held = ("ru",) if n % 2 else ("cn", "hk") if n % 5 else ()
        names = (f"{last.upper()}, {first}", f"{first} {rng.choice(FIRST)} {last}")
        rows.append(Row(Kind.PERSON, names, (), born, held))
    for firm in FIRMS:
        for form in FORMS:
            rows.append(Row(Kind.ORGANIZATION, (f"{firm} {form}",), (), None, ("ru",)))
    rows += [Row(Kind.ANY, (name,)) for name in SCRIPTS]
    return rows


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build(_rows(), folder)
    return Index(folder)


LETTERS = "abcdeghiklmnoprstuvz "
NAMES = st.one_of(
    st.builds(
        lambda first, last, at, letter: (
            f"{first[:at]}{letter}{first[at + 1 :]} {last}".strip() or "x"
        ),
        st.sampled_from([*FIRST, *FIRMS]),
        st.sampled_from([*LAST, *FORMS, "P.", "Q D", ""]),
        st.integers(0, 7),
        st.sampled_from(LETTERS),
    ),
    st.sampled_from([*SCRIPTS, "TJDN Hsyn", "Vladmir Ptn", "Kim Jong", "Bin Laden"]),
    st.text(LETTERS, min_size=1, max_size=30),
)
NEEDS = st.builds(
    lambda least, years, held, kinds: Facts(
        np.asarray(least, np.float32).reshape(4, 3, 2),
        years,
        country_set(held),
        kinds,
        alone=0.80,
        rare=0.14,
        common=1.0,
    ),
    st.lists(st.sampled_from([0.4, 0.6, 0.7, 0.9]), min_size=24, max_size=24),
    st.sampled_from([(0, 0), (1952, 1952), (1970, 1980)]),
    st.sampled_from([(), ("ru",), ("de", "cn")]),
    st.sampled_from([-1, 1 << 1, 1 << 2]),
)


def _in_batch(index: Index, queries: list[Query]) -> list[list[Candidate]]:
    from clearway.index.batch import batch_of

    found = batch_of(index).candidates(queries, limit=LIMIT, floor=FLOOR)
    pairs = zip(queries, found, strict=True)
    return [index.with_equals(*query, rows) for query, rows in pairs]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, NEEDS), min_size=1, max_size=8))
def test_a_batch_finds_what_one_by_one_finds(
    index: Index, asked: list[tuple[str, Facts]]
) -> None:
    queries = [Query(analyse(name), facts) for name, facts in asked]
    found = _in_batch(index, queries)
    for query, batch in zip(queries, found, strict=True):
        alone = {c.name: c.estimate for c in index.candidates(*query)}
        assert {c.name: c.estimate for c in batch} == pytest.approx(alone, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_a_word_is_like_the_same_words_by_either_way(index: Index, name: str) -> None:
    from clearway.index.batch import Batch

    batch = Batch(index)
    tokens = list(analyse(name).tokens)
    numbers = [batch.vocabulary.number(token) for token in tokens]
    batch.resolve()
    for token, number in zip(tokens, numbers, strict=True):
        slow: dict[int, float] = {}
        for unit, share in index._lookup_units(token):
            slow[unit] = max(share, slow.get(unit, 0.0))
        assert dict(batch.units(number)) == pytest.approx(slow)


def test_words_asked_before_are_found_again(index: Index) -> None:
    query = Query(analyse("Yury Podobed"), anybody(0.6))
    first = _in_batch(index, [query])
    assert _in_batch(index, [query, query]) == [first[0], first[0]]
