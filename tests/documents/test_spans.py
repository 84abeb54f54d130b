"""Short texts scanned together are those scanned one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.documents.finding import scanner_of
from clearway.documents.places import places_in, places_in_all
from clearway.documents.sentences import Sentences
from clearway.documents.spans import Scanner
from clearway.index.index import Index

WORDS = (
    *("VLADIMIR", "Vladimir", "vladimir", "PUTIN", "Putin", "Vladimirovich", "V.", "V"),
    *("Sechin", "Igor", "Promsvyazbank", "PROMSVYAZ", "BANK", "Promsvyazbnak", "Ltd."),
    *("Korea", "Kwangson", "Banking", "Corp", "corp.", "T-Rubber", "Company", "PEARL"),
    *("INVOICE", "4711", "for", "goods", "of", "Abdul", "Aziz's", "O'Neill", "S.R.O."),
    *("Путин", "Владимир", "华为海洋有限公司", "Müller", "x"),
)
SIGNS = (" ", " ", " ", ", ", "\n", "\n\n", ". ", "; ", "-", "'", "", "/", "\t")
TEXTS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=14
    ).map(lambda pairs: "".join(word + sign for word, sign in pairs)),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_texts_scanned_together_are_those_scanned_alone(
    index: Index, texts: list[str]
) -> None:
    scanner = scanner_of(index)
    assert scanner.scan_all(texts) == [scanner.scan(text) for text in texts]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_places_found_together_are_those_found_alone(
    index: Index, texts: list[str]
) -> None:
    scanner = scanner_of(index)
    assert places_in_all(texts, scanner, index) == [
        places_in(text, scanner, index, Sentences(text)) for text in texts
    ]


def test_many_texts_are_scanned_in_several_goes(index: Index) -> None:
    texts = [f"{'word ' * 400}{n} for Vladimir Putin" for n in range(100)]
    scanned = Scanner(index).scan_all(texts)
    assert [len(one.spans) for one in scanned] == [
        len(Scanner(index).scan(text).spans) for text in texts
    ]
    assert all(one.spans for one in scanned)
