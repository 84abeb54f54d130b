"""Names as runs of letters: spaces set elsewhere, nowhere, or the end cut off."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.index.build import Row, build
from clearway.index.index import Index
from clearway.model import Kind

NAMES = (
    (Kind.PERSON, "USMANOV, Alisher Burhanovich"),
    (Kind.PERSON, "SHOIGU, Sergei Kuzhugetovich"),
    (Kind.PERSON, "Muammar QADHAFI"),
    (Kind.ORGANIZATION, "KOREA KWANGSON BANKING CORP"),
    (Kind.ORGANIZATION, "JSC ARGUMENT"),
    (Kind.ORGANIZATION, "OAO ROSOBORONEXPORT"),
    (Kind.ORGANIZATION, "PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY"),
    (Kind.VESSEL, "M/V FORTUNA"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("index")
    build([Row(kind, (name,)) for kind, name in NAMES], folder)
    return Index(folder)


@pytest.mark.parametrize(
    ("letters", "listed"),
    [
        ("usmanovalisherburhanovich", "USMANOV, Alisher Burhanovich"),
        ("alisherburhanovichusmanov", "USMANOV, Alisher Burhanovich"),
        ("muammarqadhafi", "Muammar QADHAFI"),
        ("qadhafimuammar", "Muammar QADHAFI"),
        ("koreakwangsonbankingcorp", "KOREA KWANGSON BANKING CORP"),
        ("jscargument", "JSC ARGUMENT"),
        ("argument", "JSC ARGUMENT"),
        ("promsvyazbank", "PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY"),
        ("fortuna", "M/V FORTUNA"),
    ],
)
def test_a_name_is_found_by_its_letters_alone(
    index: Index, letters: str, listed: str
) -> None:
    assert [index.text(name) for name in index.joined.same(letters)] == [listed]


def test_other_letters_find_nothing(index: Index) -> None:
    for letters in ("", "a", "alisher", "zzzzzzzz", "jscargumen", "jscarguments"):
        assert index.joined.same(letters) == []


def test_a_beginning_finds_the_names_that_go_on(index: Index) -> None:
    (found,) = index.joined.beginning("alisherburhanovichusm")
    assert index.text(found.name) == "USMANOV, Alisher Burhanovich"
    assert found.letters == "alisherburhanovichusmanov"
    assert index.joined.beginning("alisherburhanovichusmanov") == []


def test_a_beginning_that_fits_too_many_names_finds_none(index: Index) -> None:
    assert index.joined.beginning("alisher", most=0) == []


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("koreakwangsonbankingcorp", ("korea", "kwangson", "banking", "corp")),
        ("oaorosoboronexport", ("oao", "rosoboronexport")),
        ("alisherburhnovichusmanov", ("alisher", "burhnovich", "usmanov")),
        ("sergeiusmanov", ("sergei", "usmanov")),
        ("papadopoulos", ()),
        ("usmanov", ()),
        ("", ()),
    ],
)
def test_words_run_together_are_read_apart(
    index: Index, letters: str, words: tuple[str, ...]
) -> None:
    assert index.joined.apart(letters) == words


@settings(max_examples=200)
@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=30))
def test_reading_apart_loses_no_letter(index: Index, letters: str) -> None:
    words = index.joined.apart(letters)
    assert not words or "".join(words) == letters


def test_a_word_is_known_if_a_name_holds_it(index: Index) -> None:
    assert index.knows("usmanov")
    assert not index.knows("usmanof")
    assert index.names_with("usmanov") == 1
    assert index.names_with("usmanof") == 0
