from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from clearway.errors import StoreError
from clearway.index.build import Row, build
from clearway.index.index import Index
from clearway.model import Kind
from clearway.names.analyse import analyse

NAMES = (
    "PUTIN, Vladimir Vladimirovich",
    "PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY",
    "BIN LADEN, Usama",
    "محمد طاهر أنوري",
    "QADHAFI, Muammar",
    "KIM, Jong Un",
    "HUAWEI TECHNOLOGIES CO., LTD.",
    "JSC ARGUMENT",
    "SHOIGU, Sergei Kuzhugetovich",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build([Row(Kind.ANY, (name,)) for name in NAMES], folder)
    return Index(folder)


def found(index: Index, text: str) -> list[str]:
    return [index.text(c.name) for c in index.candidates(analyse(text))]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Vladimir Putin", NAMES[0]),
        ("Vladimmir Puttin", NAMES[0]),
        ("Владимир Путин", NAMES[0]),
        ("Promsvyazbank", NAMES[1]),
        ("Prom svyaz bank", NAMES[1]),
        ("Osama binladen", NAMES[2]),
        ("Muhammad Tahir Anwari", NAMES[3]),
        ("Gaddafi Moammar", NAMES[4]),
        ("Kim Jongun", NAMES[5]),
        ("Huawei Technologies", NAMES[6]),
        ("JSCARGUMENT", NAMES[7]),
        ("Sergej Shojgu", NAMES[8]),
    ],
)
def test_a_name_is_a_candidate_however_it_is_written(
    index: Index, query: str, listed: str
) -> None:
    assert listed in found(index, query)


def test_a_name_equal_word_for_word_comes_first(index: Index) -> None:
    for name in NAMES:
        assert found(index, name)[0] == name


def test_a_name_of_signs_is_found_by_its_own_spelling(tmp_path: Path) -> None:
    build([Row(Kind.ANY, ("☆☆☆",)), Row(Kind.ANY, ("Bank",))], tmp_path)
    assert found(Index(tmp_path), "☆☆☆") == ["☆☆☆"]


def test_namesakes_are_all_candidates_however_many(tmp_path: Path) -> None:
    rows = [
        Row(Kind.PERSON, ("ALI, Muhammad", f"ALI, Muhammad {n}")) for n in range(99)
    ]
    build(rows, tmp_path)
    index = Index(tmp_path)
    first = index.candidates(analyse("Muhammad Ali"))[0]
    assert index.bearers(first.name) == list(range(99))


def test_an_identifier_leads_to_its_bearers(tmp_path: Path) -> None:
    build([Row(Kind.VESSEL, ("A",), ("9187629",)), Row(Kind.VESSEL, ("B",))], tmp_path)
    index = Index(tmp_path)
    assert index.with_identifier("9187629") == [0]
    assert index.with_identifier("9187628") == []


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    assert build([], tmp_path) == 0
    assert found(Index(tmp_path), "Vladimir Putin") == []


def test_a_damaged_index_is_an_error_and_not_an_empty_answer(tmp_path: Path) -> None:
    build([Row(Kind.ANY, ("Bank",))], tmp_path)
    (tmp_path / "posting_flat.npy").write_bytes(b"")
    with pytest.raises(StoreError, match="not whole"):
        Index(tmp_path)


WORD = st.text("abcdefghijklmnop", min_size=6, max_size=12)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=8), st.data())
def test_what_a_slow_search_finds_within_its_edits_the_index_finds(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[tuple[str, str]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("oracle")
    texts = [" ".join(name) for name in names]
    build([Row(Kind.ANY, (text,)) for text in texts], folder)
    first, second = data.draw(st.sampled_from(names))
    gone = data.draw(st.integers(0, 5))
    query = f"{first[:gone]}{first[gone + 1 :]} {second}"
    oracle = {
        text
        for text in texts
        if text.split()[1] == second and OSA.distance(query, text) <= 1
    }
    assert oracle <= set(found(Index(folder), query))
