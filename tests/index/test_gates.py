"""Names that the quick look lets through have no other reading and no equal."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.app import open as open_screener
from clearway.index.index import Index
from clearway.model import Kind
from clearway.names.analyse import NameForm, analyse
from clearway.names.legal import form_word, formed
from clearway.names.narrative import is_narrative
from clearway.names.readings import readings
from clearway.screen.rereading import LIMITS, reread

pytest.importorskip("numba")
from clearway.index import gates
from clearway.index.batch import Batch
from clearway.index.build import bag_of

Looked = Callable[[NameForm, Kind], int]


@pytest.fixture(scope="module")
def index(starter_home: Path) -> Index:
    return open_screener(starter_home, "2024-05-17").compiled.index


@pytest.fixture(scope="module")
def looked(index: Index) -> Looked:
    batch = Batch(index)

    def at(form: NameForm, kind: Kind) -> int:
        numbers = [batch.vocabulary.number(token) for token in form.tokens]
        asked = batch.asked_by_number(
            np.array([0, len(numbers)]), np.array(numbers, np.int64)
        )
        for number, token in zip(numbers, form.tokens, strict=True):
            misspelt = len(token.form) > 3 and form_word(token.form)
            batch.formed[number] = gates.FORMED if misspelt else gates.PLAIN
        found = batch.perhaps(
            asked,
            np.array([bag_of(form.key.split())], np.uint64),
            np.array([len(form.text.rstrip()) in LIMITS]),
            np.array([kind is Kind.PERSON]),
        )
        return int(found[0])

    return at


def otherwise(form: NameForm, kind: Kind, index: Index) -> bool:
    return bool(reread(form, kind, index) or index.equal(form))


SYLLABLES = st.text("abdeiklmnorstuz", min_size=1, max_size=5)


@settings(max_examples=600, deadline=None)
@given(data=st.data(), kind=st.sampled_from(list(Kind)))
def test_no_name_with_another_reading_is_let_through(
    index: Index, looked: Looked, data: st.DataObject, kind: Kind
) -> None:
    listed = st.integers(0, len(index) - 1).map(index.text)
    piece = listed.flatmap(
        lambda text: st.sampled_from(
            [text, *text.split(), text[::-1], text[: len(text) // 2 + 4]]
        )
    )
    pieces = st.lists(st.one_of(piece, SYLLABLES), min_size=1, max_size=4)
    glue = data.draw(st.sampled_from(["", " "]))
    text = glue.join(data.draw(pieces)).replace(",", "").lower()
    text = data.draw(st.sampled_from([text, *(text[:n] for n in LIMITS)]))
    form = analyse(text, kind)
    words = [token.form for token in form.tokens]
    if not words or len(readings(text)) > 1 or is_narrative(text, words):
        return
    found = looked(form, kind)
    if found == gates.MISSPELT:
        found = gates.NONE if formed(form.tokens, kind) is None else gates.PERHAPS
    if found == gates.NONE:
        assert not otherwise(form, kind, index)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("jane plain", Kind.PERSON, gates.NONE),
        ("sunny meadow bakery", Kind.ORGANIZATION, gates.NONE),
        ("a smith b jones c plain", Kind.PERSON, gates.PERHAPS),
        ("sunny meadow limitd", Kind.ORGANIZATION, gates.MISSPELT),
        ("sunny meadow limitd", Kind.PERSON, gates.NONE),
        ("one two of many more words than a name may have today", Kind.ANY, 1),
    ],
)
def test_each_name_is_looked_at_for_what_it_is(
    looked: Looked, text: str, kind: Kind, found: int
) -> None:
    assert looked(analyse(text, kind), kind) == found


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_runs_of_listed_words_are_never_let_through(
    index: Index, looked: Looked, data: st.DataObject
) -> None:
    words = sorted(w for w in index.numbers if 2 < len(w) < 9 and w.isalpha())
    drawn = st.lists(st.one_of(st.sampled_from(words), SYLLABLES), min_size=2)
    word = "".join(data.draw(drawn))[:60]
    form = analyse(word, Kind.PERSON)
    if form.tokens and looked(form, Kind.PERSON) == gates.NONE:
        long = len(word) >= 9 and not index.knows(word)
        assert not (long and index.joined.apart(word))
