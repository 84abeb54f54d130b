"""Feed mutated files to a reader, guided by coverage; each reader has laws to keep.

    python tools/fuzz.py payments|transactions|tables|documents [FOLDER OF SAMPLES]
                         [-runs=1000000] [-max_len=8192] [-jobs=...]

Needs atheris (`pip install atheris`); without a folder it begins with samples of its
own. Whatever comes, a reader must not raise anything but "this cannot be read", must
not take long, and must yield what it read or a problem. libFuzzer writes what broke a
law to `crash-*` and stops.
"""

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

import atheris  # type: ignore[import-untyped]  # noqa: E402

with atheris.instrument_imports(
    include=["clearway.payments", "clearway.tables", "clearway.documents"]
):
    from clearway.documents.reading import documents
    from clearway.errors import ClearwayError
    from clearway.payments.reading import messages
    from clearway.payments.stripping import fingerprint, resubmitted
    from clearway.tables.parties import parties
    from clearway.tables.reading import open_table
    from clearway.tables.transactions import transactions

SLOWEST = 2.0
"""Seconds of work for one input, far above what its length can need."""


def payments(data: bytes) -> None:
    """Every text lies in a leaf; a leaf left out says why; nothing is empty."""
    count = 0
    for read in messages(data, "fuzz"):
        count += 1
        if not read.transactions and not read.problems:
            raise AssertionError("neither a transaction nor a problem")
        for item in read.transactions:
            if not (item.parties or item.texts or item.places or item.problems):
                raise AssertionError("an empty transaction without a problem")
        for leaf in read.leaves:
            if bool(leaf.reason) != (leaf.channel == "excluded"):
                raise AssertionError("a leaf left out without a reason")
        if read.transactions:
            print_of = fingerprint(read.transactions[0])
            if resubmitted(print_of, print_of):
                raise AssertionError("a payment lacks something of itself")
    if not count:
        raise AssertionError("nothing was read")


def whole(data: bytes) -> None:
    """What is read is the same each time, and every amount is a number."""
    read = list(transactions(io.BytesIO(data), "fuzz"))
    if read != list(transactions(io.BytesIO(data), "fuzz")):
        raise AssertionError("the same file read twice gives two answers")
    amounts = [item.amount.amount for item in read if item.amount is not None]
    if not all(amount.is_finite() for amount in amounts):
        raise AssertionError("an amount that is no number")


def rows(data: bytes) -> None:
    """Each row of a table becomes a party: none is lost, none is made up."""
    table = open_table(io.BytesIO(data), name="fuzz")
    count = sum(len(chunk.rows) for chunk in table.chunks())
    table = open_table(io.BytesIO(data), name="fuzz")
    if sum(1 for _ in parties(table)) != count:
        raise AssertionError("another number of parties than of rows")


def papers(data: bytes) -> None:
    """A document has text, or a problem that says why it has none."""
    count = 0
    for document in documents(data, "fuzz"):
        count += 1
        if not document.text.strip() and not document.problems:
            raise AssertionError("a document without text and without a problem")
    if not count:
        raise AssertionError("nothing was read")


def _pdf() -> bytes:
    """A small page, without its table of contents, as a torn file is."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length 26>>stream\nBT (Bank Rossiya) Tj ET\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>"
    )


def _word() -> bytes:
    """A small Word file."""
    file = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Bank Rossiya'
            "</w:t></w:r></w:p></w:body></w:document>",
        )
    return file.getvalue()


READERS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "payments": (
        payments,
        (
            b"{1:F01AAAABEBBAXXX0000000000}{2:I103BBBBDEFFXXXXN}{3:{121:7a562c67-ca16-"
            b"48ba-b074-65581be6f001}}{4:\r\n:20:REF1\r\n:32A:240501EUR12,5\r\n:50F:/DE1"
            b"234\r\n1/IVAN IVANOV\r\n3/RU/MOSKVA\r\n:57D://RU044525225\r\nSBERBANK\r\n"
            b":59:ACME\r\nSANTOS, BRAZIL\r\n:70:/ROC/1//INV 7\r\n-}{5:{CHK:123}}",
            b":20:1\n:25:DEUTDEFF/12\n:60F:C240501EUR1,\n:61:2405010501C5,NTRFX//Y\nZ\n"
            b":86:A\n",
            b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08">'
            b"<CdtTrfTxInf><Dbtr><Nm>A &amp; <![CDATA[B]]><!-- x -->C</Nm><PstlAdr>"
            b"<Ctry>RU</Ctry></PstlAdr></Dbtr><RmtInf><Ustrd>X</Ustrd></RmtInf></CdtTrfTxInf>"
            b"</Document>",
        ),
    ),
    "transactions": (
        whole,
        (
            b'{"debtor": {"name": "Acme", "country": "CN"}, "amount": "1,5", "goods": '
            b'[{"hs": "8542.31", "quantity": 3}], "date": "2024-05-17"}',
            b"parties:\n- {role: consignee, name: Ivanov, inn: 7744000912}\namount: 5\n"
            b"currency: CNY\nroute: [CN, KG, RU]\nlicences: [GL 8I]\n",
            b'[{"creditor": "x", "amount": 1}, 3]',
        ),
    ),
    "tables": (
        rows,
        (
            "id;name;birth date;country\n1;Иван;1.2.1970;RU".encode(),
            b'{"name": "Acme", "country": "cn"}\n{"name": ["a", "b"], "inn": 7}\n',
            b'{"id": "x", "schema": "Person", "properties": {"name": ["Ivan"]}}\n',
            "name\tcountry\nИван\tРФ\n".encode("utf-16"),
        ),
    ),
    "documents": (
        papers,
        (
            b"<!doctype html><html><head><meta charset=gb18030></head><body><p>A"
            b" &amp; B</p><script>x</script></body></html>",
            b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: "
            b"multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\n"
            b"hello\n--q--\n",
            b'{"title": "t", "text": "Bank Rossiya", "date": "2024-05-17"}\n',
            _pdf(),
            _word(),
            b"Plain words about Bank Rossiya.\n",
        ),
    ),
}


def held(reader: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """A reader held to its laws and to the clock; what it refuses by name is fine."""

    def one(data: bytes) -> None:
        began = time.process_time()
        try:
            reader(data)
        except ClearwayError as refused:
            if not str(refused):
                raise AssertionError("refused without a reason") from refused
        if time.process_time() - began > SLOWEST:
            raise AssertionError("too slow")

    return one


def main() -> None:
    """Run libFuzzer over a folder of samples."""
    program, *arguments = sys.argv
    if not arguments or arguments[0] not in READERS:
        sys.exit(__doc__)
    reader, seeds = READERS[arguments.pop(0)]
    if not arguments or arguments[0].startswith("-"):
        folder = Path(tempfile.mkdtemp(prefix="seeds-"))
        for number, seed in enumerate(seeds):
            (folder / f"seed-{number}").write_bytes(seed)
        arguments.insert(0, str(folder))
    atheris.Setup([program, *arguments], held(reader))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
