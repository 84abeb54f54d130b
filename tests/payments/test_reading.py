"""Messages are read out of bytes, files and folders, and told apart by content."""

from pathlib import Path

import pytest

from clearway.errors import InputUnreadable
from clearway.payments.reading import LARGEST, messages

FIN = "{1:F01AAAABEBBAXXX0000000000}{2:I103BBBBDEFFXXXXN}{4:\n:20:R1\n:59:IVANOV\n-}"
XML = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><CdtTrfTxInf>'
    "<Dbtr><Nm>ACME</Nm></Dbtr><Cdtr><Nm>PETROV</Nm></Cdtr></CdtTrfTxInf></Document>"
)


def test_both_syntaxes_are_told_by_what_they_are() -> None:
    (fin,) = messages(FIN.encode(), "payment.xml")
    (xml,) = messages(XML.encode(), "payment.fin")
    assert (fin.kind, xml.kind) == ("MT103", "pacs.008.001.08")
    assert fin.source == "payment.xml"


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.fin").write_text(FIN)
    (tmp_path / "b" / "c.xml").write_text(XML)
    (tmp_path / ".hidden").write_text(FIN)
    read = list(messages(tmp_path))
    assert [item.kind for item in read] == ["MT103", "pacs.008.001.08"]
    assert [Path(item.source).name for item in read] == ["a.fin", "c.xml"]


def test_documents_of_xml_may_stand_one_behind_the_other() -> None:
    text = f'<?xml version="1.0"?>{XML}\n<?xml version="1.0"?>{XML}{XML}'
    read = list(messages(text.encode()))
    assert [item.kind for item in read] == ["pacs.008.001.08"] * 3
    assert not any(item.problems for item in read)


def test_a_document_that_breaks_off_does_not_swallow_the_next() -> None:
    text = f'{XML[:100]}<?xml version="1.0"?>{XML}'
    first, second = messages(text.encode())
    assert {"message_cut_short", "not_well_formed"} & {p.code for p in first.problems}
    assert not second.problems


def test_what_is_neither_is_read_as_text_and_held() -> None:
    (item,) = messages(b"Dear sirs, please pay BANK MELLI.")
    assert item.kind == "unknown"
    assert [p.code for p in item.problems] == ["unknown_message_type"]
    (made,) = item.transactions
    assert made.texts[0].text == "Dear sirs, please pay BANK MELLI."
    assert made.problems == item.problems


def test_xml_of_another_kind_is_read_and_held() -> None:
    (item,) = messages(b"<invoice><seller>BANK MELLI</seller></invoice>")
    assert "unknown_message_type" in [p.code for p in item.problems]
    assert [t.text for t in item.transactions[0].texts] == ["BANK MELLI"]


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\x00\x00", b"\xef\xbb\xbf"])
def test_nothing_is_a_problem(data: bytes) -> None:
    (item,) = messages(data, "empty")
    assert [p.code for p in item.problems][-1] == "empty_input"


def test_a_message_that_names_nobody_is_held() -> None:
    (item,) = messages(b"<Document><MsgId>M1</MsgId></Document>")
    assert "nothing_to_check" in [p.code for p in item.problems]


def test_a_path_that_is_not_there_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable):
        list(messages(tmp_path / "absent.xml"))


def test_the_problems_of_a_message_are_those_of_each_of_its_transactions() -> None:
    (item,) = messages(XML.replace("PETROV", "PET<!-- -->ROV").encode())
    (made,) = item.transactions
    assert made.problems == item.problems
    assert [problem.code for problem in made.problems] == ["text_split"]


def test_what_is_behind_the_largest_size_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert LARGEST >= 2**20
    monkeypatch.setattr("clearway.payments.reading.LARGEST", 200)
    (tmp_path / "large.fin").write_text(FIN * 10)
    read = list(messages(tmp_path))
    assert all("file_too_large" in [p.code for p in item.problems] for item in read)
