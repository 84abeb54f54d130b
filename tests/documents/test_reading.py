"""Any document to its text; what cannot be read is said."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.documents.document import Document
from clearway.documents.reading import documents
from clearway.errors import InputUnreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def only(data: bytes, name: str = "paper") -> Document:
    (document,) = documents(data, name)
    return document


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def word(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:x {W}>{body}</w:x>")
    return out.getvalue()


def pdf(text: str) -> bytes:
    """One page by hand: the text, or none."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return (
        out
        + (
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
            f"startxref\n{start}\n%%EOF"
        ).encode()
    )


def test_plain_text_is_read_in_its_encoding() -> None:
    text = (
        "Президент Владимир Путин прилетел в Пекин на переговоры с хозяином.\r\nКонец"
    )
    assert only(text.encode("utf-16")).text == text.replace("\r\n", "\n")
    assert only(text.encode("windows-1251")).text == text.replace("\r\n", "\n")


def test_a_page_shows_its_captions_and_hides_its_scripts() -> None:
    page = (
        b"<!DOCTYPE html><html><head><title>News</title><script>var x</script></head>"
        b"<body><p>Igor <b>Sechin</b> spoke.</p><!-- x --><figure><img alt='A picture'>"
        b"<figcaption>The caption</figcaption></figure><p hidden>not seen</p></body>"
        b"</html>"
    )
    read = only(page)
    assert read.title == "News"
    assert read.text == "Igor Sechin spoke.\n\nA picture\n\nThe caption"


def test_word_gives_tables_heads_feet_and_notes() -> None:
    def para(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    read = only(
        word(
            document=f"{para('Body')}<w:tbl><w:tr><w:tc>{para('Cell')}</w:tc></w:tr></w:tbl>"
            "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
            header1=para("Head"),
            footnotes=para("Note"),
        )
    )
    assert read.text.split("\n\n") == ["Body", "Cell", "Head", "Note"]
    assert codes(read) == []


def test_the_cells_of_a_row_are_one_line() -> None:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    row = f"<w:tr>{cell('Sechin')}{cell('Igor')}</w:tr>"
    read = only(word(document=f"<w:tbl>{row}<w:tr>{cell('Next')}</w:tr></w:tbl>"))
    assert read.text == "Sechin | Igor\n\nNext"
    page = b"<html><table><tr><td>Sechin</td><td>Igor</td></tr><tr><td>Next</table>"
    assert only(page).text == "Sechin | Igor\n\nNext"


def test_letters_set_apart_in_a_pdf_are_words() -> None:
    pytest.importorskip("pypdf")
    assert "Igor Sechin spoke" in only(pdf("I g o r  S e c h i n spoke")).text


def test_an_empty_file_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    (read,) = documents(path)
    assert read.name.endswith("empty.txt")
    assert read.problems


def test_a_word_file_with_a_document_type_is_not_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        archive.writestr("word/document.xml", bomb)
    assert codes(only(out.getvalue())) == ["damaged"]


def test_pdf_text_is_read_and_a_page_without_text_is_said() -> None:
    pytest.importorskip("pypdf")
    read = only(pdf("Igor Sechin spoke."))
    assert read.text.strip() == "Igor Sechin spoke."
    assert read.page_of(3) == 1
    scanned = only(pdf(""))
    assert codes(scanned) == ["scanned_page"]
    assert scanned.problems[0].position == "page 1"


def test_a_damaged_pdf_is_a_problem() -> None:
    pytest.importorskip("pypdf")
    assert codes(only(b"%PDF-1.7\nnothing")) == ["damaged"]


def test_articles_come_one_by_one_and_bad_lines_are_said() -> None:
    lines = [json.dumps({"title": "One", "text": "First.", "date": "2024-05-17"})]
    lines += ["{broken", json.dumps({"text": ["no text"]})]
    first, second, third = documents("\n".join(lines).encode(), "news.jsonl")
    assert (first.title, first.date, first.text) == (
        "One",
        "2024-05-17",
        "One\n\nFirst.",
    )
    assert codes(second) == ["bad_json"]
    assert codes(third) == ["no_text"]
    assert third.name == "news.jsonl#3"


def test_a_mail_gives_its_heads_its_text_and_what_is_attached() -> None:
    mail = (
        b"From: a@example.org\nTo: b@example.org\nSubject: Invoice\n"
        b"Date: Fri, 17 May 2024\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        b"Content-Type: text/plain\n\nSee below.\n--x\nContent-Type: text/plain\n"
        b"Content-Disposition: attachment; filename=list.txt\n\nIgor Sechin\n--x--\n"
    )
    letter, attached = documents(mail, "letter.eml")
    assert "Subject: Invoice" in letter.text
    assert "See below." in letter.text
    assert attached.name == "letter.eml/list.txt"
    assert attached.text.strip() == "Igor Sechin"


def test_a_folder_is_walked_and_what_is_passed_over_is_said(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("two", "utf-8")
    (tmp_path / "a.txt").write_text("one", "utf-8")
    (tmp_path / "c.exe").write_bytes(b"MZ")
    (tmp_path / "d.txt").write_bytes(b"")
    read = list(documents(tmp_path))
    assert [document.text for document in read] == ["one", "two", "", ""]
    assert codes(read[2]) == ["passed_over"]
    assert codes(read[3]) == ["unreadable"]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable):
        list(documents(tmp_path / "none.txt"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old_format"),
        (bytes(range(256)) * 8, "not_text"),
        (b"<html><body><script>x</script></body></html>", "no_text"),
    ],
)
def test_what_cannot_be_read_is_a_problem_not_a_clear_page(
    data: bytes, code: str
) -> None:
    assert code in codes(only(data))


@settings(max_examples=200, deadline=None)
@given(
    start=st.sampled_from(
        [
            b"",
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"<html>",
            b'{"text":"a"}\n',
            b"From: a\nTo: b\nSubject: c\n\n",
            b"\xff\xfe",
        ]
    ),
    rest=st.binary(min_size=1, max_size=300),
)
def test_no_bytes_break_a_reader(start: bytes, rest: bytes) -> None:
    pytest.importorskip("pypdf")
    for document in documents(start + rest, "any"):
        assert document.text or document.problems or not (start + rest).strip(b"\x00")
