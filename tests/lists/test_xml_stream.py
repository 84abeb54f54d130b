import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import ListUnreadable
from clearway.lists.reader import File
from clearway.lists.xml_stream import elements, root_name

LIST = b"""<?xml version="1.0" standalone="yes"?>
<!-- made by hand -->
<list xmlns="urn:any"><head>2024</head>
<entry><uid>1</uid></entry>
<entry><uid>2</uid></entry>
</list>
"""


def uids(data: bytes) -> list[str | None]:
    return [row.findtext("{*}uid") for row in elements(File.of(data), "entry")]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (LIST, "list"),
        (b"\xef\xbb\xbf<a:export generationDate='x'/>", "export"),
        (b"<?xml version='1.0'?>\n<?style x?><sdnList>", "sdnList"),
        (b"<!DOCTYPE html><html>", ""),
        (b"uid,name\n", ""),
        (b"", ""),
    ],
)
def test_a_document_is_known_by_its_root(head: bytes, name: str) -> None:
    assert root_name(head) == name


def test_elements_come_in_order_whatever_their_namespace() -> None:
    assert uids(LIST) == ["1", "2"]
    assert uids(LIST.replace(b' xmlns="urn:any"', b"")) == ["1", "2"]


def test_what_was_read_is_let_go() -> None:
    seen = list(elements(File.of(LIST), "entry"))
    assert [len(row) for row in seen] == [0, 0]


@given(st.integers(min_value=0, max_value=len(LIST) - len(b"</list>\n") - 1))
def test_a_document_cut_anywhere_is_refused_with_its_place(size: int) -> None:
    with pytest.raises(ListUnreadable, match=r"line \d+, column \d+: ") as caught:
        uids(LIST[:size])
    assert caught.value.file == "test"


def test_what_was_whole_before_the_cut_is_given_out_first() -> None:
    rows = elements(File.of(LIST[:-10]), "entry")
    assert next(rows).findtext("{*}uid") == "1"
    with pytest.raises(ListUnreadable):
        list(rows)


def test_a_control_byte_is_refused_with_its_place() -> None:
    with pytest.raises(ListUnreadable, match="line 4, column 1"):
        uids(LIST.replace(b"<uid>1", b"<uid>\x1f1"))


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE list [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<list><entry><uid>&b;</uid></entry></list>"""
THIEF = b"""<!DOCTYPE list [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<list><entry><uid>&x;</uid></entry></list>"""


@pytest.mark.parametrize("data", [BOMB, THIEF, b"<!-- x -->" * 9000 + BOMB[21:]])
def test_a_document_type_declaration_is_refused(data: bytes) -> None:
    with pytest.raises(ListUnreadable, match="DOCTYPE"):
        uids(data)


def test_an_entity_nobody_defined_is_refused() -> None:
    with pytest.raises(ListUnreadable, match="line 4"):
        uids(LIST.replace(b"<uid>1", b"<uid>&x;"))


def test_depth_without_end_is_refused() -> None:
    with pytest.raises(ListUnreadable):
        uids(b"<list>" + b"<a>" * 5000)
