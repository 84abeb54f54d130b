"""Compiled code never says that two names score less than they do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.index.vocabulary import Vocabulary
from clearway.match.names import compare
from clearway.match.score import kind_compared, name_alone
from clearway.model import Kind
from clearway.names.analyse import analyse

pytest.importorskip("numba")
from clearway.match import compiled

PEOPLE = [
    "Vladimir",
    "Putin",
    "Muhammad",
    "Mohamed",
    "Usama",
    "Osama",
    "bin",
    "Laden",
    "al-Assad",
    "Bashar",
    "Kim",
    "Jong",
    "Un",
    "Xi",
    "Jinping",
    "Li",
    "Wang",
    "Yury",
    "Yuri",
    "Nikolaevich",
    "Nikola",
    "Ahmad",
    "Ahmed",
    "Hassan",
    "Hasani",
    "Abdul",
    "Rahman",
    "Dr.",
    "Sheikh",
    "Bill",
    "William",
    "Podobed",
    "Dockrat",
    "Qadhafi",
    "Gaddafi",
    "M.",
    "Y.",
    "Anna",
    "Annie",
]
COMPANIES = [
    "Huawei",
    "Technologies",
    "Co.",
    "Ltd.",
    "OOO",
    "LLC",
    "Rosoboronexport",
    "Rosoboron",
    "Export",
    "Trading",
    "Holding",
    "Petro",
    "Royal",
    "Petroroyal",
    "Bank",
    "of",
    "Shipping",
    "3",
    "4",
    "Almaz",
    "Antey",
    "JSC",
    "Joint",
    "Stock",
    "Company",
    "Zen",
    "General",
    "Industries",
    "Intl",
    "International",
    "Shanghai",
    "branch",
]
SPOILT = st.builds(
    lambda word, at, letters: word[:at] + letters + word[at + 1 :],
    st.sampled_from(PEOPLE + COMPANIES),
    st.integers(0, 9),
    st.sampled_from(["", "a", "o", "kh", "r", " "]),
)
NAMES = st.lists(
    st.one_of(st.sampled_from(PEOPLE), st.sampled_from(COMPANIES), SPOILT),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=600, deadline=None)
@given(NAMES, NAMES, st.data())
def test_no_two_names_score_more(asked: str, listed: str, data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        # Parts of one name in the other, or few would have anything in common.
        listed = " ".join(data.draw(st.permutations(f"{asked} {listed}".split()))[:6])
    kinds = data.draw(st.tuples(st.sampled_from(Kind), st.sampled_from(Kind)))
    query, name = analyse(asked, kinds[0]), analyse(listed, kinds[1])
    if query.key == name.key:
        return  # names equal word for word are never left out
    score = name_alone(compare(query, name, kind_compared(*kinds)))
    most = _most(query.tokens, name.tokens, kinds)
    assert most + compiled.MARGIN >= score


def test_names_that_only_resemble_are_told_apart() -> None:
    query, name = analyse("Jane Plain", Kind.PERSON), analyse("John Plane", Kind.PERSON)
    most = _most(query.tokens, name.tokens, (Kind.PERSON, Kind.PERSON))
    assert most == pytest.approx(name_alone(compare(query, name, Kind.PERSON)))


def test_a_name_of_no_word_or_of_very_many_is_left_to_the_rule() -> None:
    word = analyse("Rosneft").tokens
    for tokens in ((), analyse(" ".join(PEOPLE)).tokens):
        assert _most(tokens, word, (Kind.ANY, Kind.ANY)) == compiled.ANYTHING


def _most(query: object, listed: object, kinds: tuple[Kind, Kind]) -> float:
    vocabulary = Vocabulary(quick=True)
    asked = [vocabulary.number(token) for token in query]  # type: ignore[attr-defined]
    named = [vocabulary.number(token) for token in listed]  # type: ignore[attr-defined]
    vocabulary.ready()
    rows, text = vocabulary.rows
    places = [tuple(Kind).index(kind) for kind in kinds]
    (most,) = compiled.most(
        np.array([0, len(asked)]),
        np.array(asked, np.int64),
        np.array(places[:1]),
        np.array([False]),
        np.array([0, 1]),
        np.array([0]),
        rows,
        text,
        _fixed([0, len(named)], np.uint32),
        _fixed(named, np.uint32),
        _fixed(places[1:], np.uint8),
        _fixed([False], np.bool_),
        rows,
        text,
        *compiled.weights(),
    )
    return float(most)


def _fixed(
    values: list[int], dtype: type
) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
    """An array as those of files are: not to be written to."""
    array: np.ndarray[tuple[int], np.dtype[np.generic]] = np.array(values, dtype)
    array.flags.writeable = False
    return array
