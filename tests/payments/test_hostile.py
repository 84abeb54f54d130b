"""Whatever comes, reading ends, raises nothing, and leaves nothing unexplained."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.payments.reading import Read, decoded, messages

FIN = (
    "{1:F01AAAABEBBAXXX0000000000}{2:I103BBBBDEFFXXXXN}{3:{108:MUR1}}{4:\r\n:20:REF1\r\n"
    ":32A:240501EUR12,5\r\n:50F:/DE1234\r\n1/IVAN IVANOV\r\n3/RU/MOSKVA\r\n"
    ":57D://RU044525225\r\nSBERBANK\r\n:59:ACME LTD\r\nSANTOS, BRAZIL\r\n"
    ":70:/ROC/1//INV 7\r\n:72:/ACC/BANK\r\n//MORE\r\n-}{5:{CHK:123}}"
)
XML = (
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:'
    'pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId></GrpHdr>'
    "<CdtTrfTxInf><Dbtr><Nm>IVAN IVANOV</Nm><PstlAdr><Ctry>RU</Ctry></PstlAdr></Dbtr>"
    "<Cdtr><Nm>ACME</Nm></Cdtr><CdtrAgt><FinInstnId><BICFI>KKBCKPPY</BICFI></FinInstnId></CdtrAgt>"
    "<RmtInf><Ustrd>INV 7</Ustrd><Ustrd>SPARES</Ustrd></RmtInf></CdtTrfTxInf>"
    "</FIToFICstmrCdtTrf></Document>"
)


def read(data: bytes) -> list[Read]:
    """All messages of some bytes, held to the laws of reading."""
    reads = list(messages(data, "x"))
    assert reads
    for item in reads:
        assert item.transactions or item.problems
        for made in item.transactions:
            assert made.parties or made.texts or made.places or made.problems
    return reads


def codes(reads: list[Read]) -> set[str]:
    """The codes of all problems."""
    return {problem.code for item in reads for problem in item.problems}


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    read(data)


@settings(deadline=None)
@given(st.text(alphabet="{}:/-14F0\r\nAB$<>!&;[]'\"?= ", max_size=200))
def test_any_mixture_of_the_signs_of_both_syntaxes_is_read(text: str) -> None:
    read(text.encode())


@settings(deadline=None)
@given(
    st.sampled_from([FIN, XML]),
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(0, 40), st.text(max_size=6)),
        max_size=6,
    ),
)
def test_a_message_spoilt_anywhere_is_read(
    whole: str, spoilt: list[tuple[int, int, str]]
) -> None:
    for at, length, instead in spoilt:
        whole = whole[:at] + instead + whole[at + length :]
    read(whole.encode("utf-8", "replace"))


@settings(deadline=None)
@given(st.sampled_from([FIN, XML]), st.integers(1, 560))
def test_a_message_cut_anywhere_says_so_and_keeps_what_was_read(
    whole: str, length: int
) -> None:
    cut = whole[: min(length, whole.rindex("-}") if whole is FIN else len(whole) - 1)]
    reads = read(cut.encode())
    assert codes(reads)
    if "IVAN IVANOV" in cut:
        said = [t.text for r in reads for m in r.transactions for t in m.texts]
        names = [i.party.name for r in reads for m in r.transactions for i in m.parties]
        assert any("IVAN IVANOV" in text for text in said + names)


@settings(deadline=None)
@given(st.integers(0, 10), st.text(max_size=8).filter(lambda t: "--" not in t))
def test_a_comment_inside_a_name_neither_hides_a_part_nor_passes(
    at: int, inside: str
) -> None:
    inside = "".join(c for c in inside if c.isalnum())
    name = f"{'IVAN IVANOV'[:at]}<!--{inside}-->{'IVAN IVANOV'[at:]}"
    (item,) = read(XML.replace("IVAN IVANOV", name).encode())
    assert "IVAN IVANOV" in [i.party.name for i in item.transactions[0].parties]
    assert "text_split" in codes([item])


def test_an_instruction_inside_a_name_is_no_different() -> None:
    (item,) = read(XML.replace("IVAN IV", "IVAN<?x y?> IV").encode())
    assert "text_split" in codes([item])
    assert "IVAN IVANOV" in [i.party.name for i in item.transactions[0].parties]


def test_characters_by_number_and_as_they_are_make_the_same_name() -> None:
    for name in ("&#73;VAN IVANOV", "<![CDATA[IVAN]]> IVANOV", "IVAN&#x20;IVANOV"):
        (item,) = read(XML.replace("IVAN IVANOV", name).encode())
        assert "IVAN IVANOV" in [i.party.name for i in item.transactions[0].parties]
        assert not codes([item])


def test_a_document_type_is_refused_and_nothing_is_expanded() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    reads = read((bomb + XML.replace("INV 7", "&b;&f;")[21:]).encode())
    assert "doctype_refused" in codes(reads)
    said = [t.text for r in reads for m in r.transactions for t in m.texts]
    assert "&b;&f;" in said
    assert not any("root:" in text for text in said)


def test_elements_within_elements_without_end_are_read_to_a_depth() -> None:
    reads = read(("<a>" * 5_000 + "NAME" + "</a>" * 5_000).encode())
    assert "nested_too_deep" in codes(reads)
    assert any(t.text == "NAME" for m in reads[0].transactions for t in m.texts)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_characters_are_read_and_held(encoding: str) -> None:
    for whole in (FIN, XML):
        reads = read(whole.encode(encoding))
        assert "wrong_encoding" in codes(reads)
        names = [i.party.name for r in reads for m in r.transactions for i in m.parties]
        assert "IVAN IVANOV" in names


def test_what_is_not_utf_8_is_read_as_declared_or_in_latin_letters() -> None:
    text = XML.replace('"1.0"', '"1.0" encoding="windows-1251"')
    (item,) = read(text.replace("IVAN IVANOV", "ИВАН ИВАНОВ").encode("cp1251"))
    assert "wrong_encoding" in codes([item])
    assert item.transactions[0].parties[0].party.name == "ИВАН ИВАНОВ"
    assert decoded("MÜLLER".encode("latin-1"))[0] == "MÜLLER"


LONG = 65_536
HOSTILE = {
    "one letter": "A" * LONG,
    "slashes": "/" * LONG,
    "code words": "/ACC/" * (LONG // 5),
    "lines": "\n" * LONG,
    "continued lines": "\n//A" * (LONG // 4),
    "digits": "1234 " * (LONG // 5),
    "codes of banks": "KKBCKPPY " * (LONG // 9),
    "apostrophes": "'aQ" * (LONG // 3),
    "braces": "{1:" * (LONG // 3),
    "ends": "-}" * (LONG // 2),
    "account numbers": "AB12 " * (LONG // 5),
    "labels": "IBAN: " * (LONG // 6),
    "on behalf": "ON BEHALF " * (LONG // 10),
    "dollars": "$\n" * (LONG // 2),
    "fields": "\n:50K:A" * (LONG // 7),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    for whole in (FIN.replace("INV 7", text), XML.replace("INV 7", text)):
        began = time.process_time()
        read(whole.encode())
        # Seconds; a quadratic reader takes minutes. Speed itself is the benchmark's.
        assert time.process_time() - began < 10


MARKUP = {
    "open": "<a>",
    "closed": "</a>",
    "half a comment": "<!--",
    "comments": "x<!-- -->",
    "half of characters": "<![CDATA[",
    "half an attribute": '<a b="',
    "quotes": "<a 'x",
    "less than": "<",
    "empty": "<a/>",
    "types": "<!DOCTYPE a [",
    "declarations": '<?xml version="1.0"?>',
    "references": "&#x41;&a;",
    "crossed": "<b></c>",
}


@pytest.mark.parametrize("piece", MARKUP.values(), ids=MARKUP.keys())
def test_hostile_markup_takes_no_more_than_its_length(piece: str) -> None:
    for head in ("", "<a>"):
        began = time.process_time()
        read((head + piece * (LONG // len(piece))).encode())
        assert time.process_time() - began < 10
