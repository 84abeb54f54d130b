"""XML is cut into its texts as lxml reads them, each with its place."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from clearway.payments.markup import Document, documents, unescaped


def only(text: str) -> Document:
    """The one document of a text."""
    (document,) = documents(text)
    return document


def test_a_text_has_its_path_and_its_place() -> None:
    source = "<a><x:b xmlns:x='u'>IVAN &amp; CO</x:b><b>TWO</b></a>"
    first, second = only(source).texts
    assert (first.path, first.text) == (("a", "b"), "IVAN & CO")
    assert source[first.start : first.end] == "IVAN &amp; CO"
    assert (second.path, second.text) == (("a", "b"), "TWO")
    assert first.nodes != second.nodes
    assert first.nodes[0] == second.nodes[0]


def test_text_beside_elements_is_kept_and_told() -> None:
    document = only("<a>ONE<b>TWO</b>THREE</a>")
    assert [text.text for text in document.texts] == ["TWO", "ONETHREE"]
    assert [problem.code for problem in document.problems] == ["mixed_text"]


def test_a_comment_between_elements_is_no_problem() -> None:
    assert not only("<a><!-- x --><b>ONE</b><?pi?></a>").problems


def test_the_message_is_told_by_namespace_or_header() -> None:
    assert only('<D xmlns="urn:x:pain.001.001.09"/>').message == "pain.001.001.09"
    named = "<A><MsgDefIdr>pacs.002.001.10</MsgDefIdr></A>"
    assert only(named).message == "pacs.002.001.10"
    assert only('<A xmlns="urn:x:head.001.001.02"/>').message == ""


def test_elements_that_cross_are_read_and_told() -> None:
    document = only("<a><b>ONE</a></b>")
    assert [text.text for text in document.texts] == ["ONE"]
    assert "not_well_formed" in [problem.code for problem in document.problems]


def test_only_the_five_names_and_numbers_of_characters_are_read() -> None:
    assert unescaped("&lt;&#65;&#x42;&quot;") == '<AB"'
    assert unescaped("&a;&#0;&#xD800;&#1114112;") == "&a;&#0;&#xD800;&#1114112;"


TEXT = st.text(alphabet="AB &<>'\"\n;#я", max_size=8)
TREE = st.recursive(
    TEXT,
    lambda inner: st.lists(st.tuples(st.sampled_from(["a", "b"]), inner), max_size=4),
    max_leaves=12,
)


def built(name: str, tree: object) -> etree._Element:
    """An element of a tree of texts."""
    element = etree.Element(name)
    if isinstance(tree, str):
        element.text = tree
    else:
        assert isinstance(tree, list)
        element.extend([built(inner, below) for inner, below in tree])
    return element


@settings(deadline=None)
@given(TREE)
def test_texts_are_those_that_lxml_reads(tree: object) -> None:
    root = built("root", tree)
    source = etree.tostring(root, encoding="unicode")
    document = only(source)
    assert not document.problems
    theirs = [
        element.text
        for element in root.iter()
        if element.text and not element.text.isspace()
    ]
    assert [text.text for text in document.texts] == theirs
    for text in document.texts:
        assert unescaped(source[text.start : text.end]) == text.text
