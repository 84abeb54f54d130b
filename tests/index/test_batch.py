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


COMMON = ["International", "Trading", "Investment", "Capital", "Muhammad", "Smith"]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Thousands of names that have a few common words between them."""
    rng = random.Random(3)
    rows = []
    for n in range(3_000):
        words = [*rng.sample(COMMON, rng.randint(1, 3)), rng.choice([*LAST, *FIRMS])]
        words += [f"{rng.choice('bdklmt')}{rng.choice('aeiou')}rn{n % 401}o"]
        rng.shuffle(words)
        kind = Kind.PERSON if n % 3 else Kind.ORGANIZATION
        rows.append(Row(kind, (" ".join(words),), (), None, ("ru",) if n % 2 else ()))
    folder = tmp_path_factory.mktemp("crowded")
    build(rows, folder)
    return Index(folder)


CROWDED = st.lists(
    st.one_of(
        st.sampled_from([*COMMON, *(w.upper() for w in COMMON), "Internationl", "M."]),
        st.sampled_from([*LAST, *FIRMS, "barn", "korno", "Capital-Trading"]),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CROWDED, NEEDS), min_size=1, max_size=6))
def test_passing_over_names_of_common_words_loses_no_candidate(
    crowded: Index, asked: list[tuple[str, Facts]]
) -> None:
    queries = [Query(analyse(name), facts) for name, facts in asked]
    for query, batch in zip(queries, _in_batch(crowded, queries), strict=True):
        alone = {c.name: c.estimate for c in crowded.candidates(*query, limit=9_999)}
        best = sorted(alone, key=lambda name: (-alone[name], name))[:LIMIT]
        found = {c.name: c.estimate for c in batch}
        assert found.keys() <= alone.keys()
        assert found == pytest.approx({name: alone[name] for name in found}, abs=1e-5)
        least = min(found.values(), default=1.0) if len(found) >= LIMIT else 0.0
        missed = [n for n in best if n not in found and alone[n] > least + 1e-5]
        assert not missed


@pytest.mark.parametrize(
    ("name", "passed_over"),
    [("Huawei International Trading", True), ("International Trading", False)],
)
def test_names_are_passed_over_for_having_common_words_alone(
    crowded: Index, name: str, passed_over: bool
) -> None:
    from clearway.index.batch import Batch

    batch = Batch(crowded)
    facts = Facts(np.full((4, 3, 2), 0.7, np.float32), alone=0.8, rare=0.14, common=1.0)
    form = analyse(name, Kind.ORGANIZATION)
    batch.candidates([Query(form, facts)], limit=LIMIT, floor=FLOOR)
    stamps = batch._names_work[2][:, 1]
    looked_at = int((stamps[1:] == stamps[0]).sum())
    assert (looked_at < 0.3 * len(crowded)) is passed_over


def test_words_asked_before_are_found_again(index: Index) -> None:
    query = Query(analyse("Yury Podobed"), anybody(0.6))
    first = _in_batch(index, [query])
    assert _in_batch(index, [query, query]) == [first[0], first[0]]
