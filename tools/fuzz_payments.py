"""Feed mutated messages to the readers of payments, guided by coverage.

    python tools/fuzz_payments.py [FOLDER OF SAMPLES] [-runs=200000] [-max_len=8192]

Needs atheris (`pip install atheris`); without a folder it begins with messages of its
own. Whatever comes, reading must not raise, must take linear time, and must yield a
transaction or a problem; every text of the source must lie in some leaf. libFuzzer
writes what broke it to `crash-*` and stops.
"""

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

import atheris  # type: ignore[import-untyped]  # noqa: E402

with atheris.instrument_imports(include=["clearway.payments"]):
    from clearway.payments.reading import messages
    from clearway.payments.stripping import fingerprint, resubmitted

SLOWEST = 2.0
"""Seconds for one input, far above what its length can need."""
SEEDS = (
    b"{1:F01AAAABEBBAXXX0000000000}{2:I103BBBBDEFFXXXXN}{3:{121:7a562c67-ca16-48ba-"
    b"b074-65581be6f001}}{4:\r\n:20:REF1\r\n:32A:240501EUR12,5\r\n:50F:/DE1234\r\n"
    b"1/IVAN IVANOV\r\n3/RU/MOSKVA\r\n:57D://RU044525225\r\nSBERBANK\r\n:59:ACME\r\n"
    b"SANTOS, BRAZIL\r\n:70:/ROC/1//INV 7\r\n-}{5:{CHK:123}}",
    b":20:1\n:25:DEUTDEFF/12\n:60F:C240501EUR1,\n:61:2405010501C5,NTRFX//Y\nZ\n:86:A\n",
    b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><CdtTrfTxInf>'
    b"<Dbtr><Nm>A &amp; <![CDATA[B]]><!-- x -->C</Nm><PstlAdr><Ctry>RU</Ctry></PstlAdr>"
    b"</Dbtr><RmtInf><Ustrd>X</Ustrd><Ustrd>Y</Ustrd></RmtInf></CdtTrfTxInf></Document>",
)


def one(data: bytes) -> None:
    """Read one input and hold it to the laws."""
    began = time.perf_counter()
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
    if time.perf_counter() - began > SLOWEST:
        raise AssertionError("too slow")


def main() -> None:
    """Run libFuzzer over a folder of samples."""
    arguments = sys.argv
    if len(arguments) < 2 or arguments[1].startswith("-"):
        folder = Path(tempfile.mkdtemp(prefix="payments-seeds-"))
        for number, seed in enumerate(SEEDS):
            (folder / f"seed-{number}").write_bytes(seed)
        arguments = [arguments[0], str(folder), *arguments[1:]]
    atheris.Setup(arguments, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
