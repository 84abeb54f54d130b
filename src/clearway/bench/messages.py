"""How fast payment messages are read, how much of them is seen, how hostile ones fare.

Reading only: screening is measured elsewhere. Speeds are of one core, over the sample
messages of a type again and again, whole from bytes to transactions.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from clearway.bench.measures import percentile, share
from clearway.bench.report import Part, Table
from clearway.bench.setting import Setting
from clearway.model import Transaction
from clearway.payments import fin
from clearway.payments.leaves import Channel
from clearway.payments.reading import messages

_SECONDS = 2.0
_TYPES = (("mt", "MT103"), ("mt", "MT202COV"), ("mx", "pacs.008"), ("mx", "pacs.009"))
_STRIDE = 7
_LONG = 65_536
_HOSTILE = (
    "A",
    "/ACC/",
    "\n//A",
    "1234 ",
    "KKBCKPPY ",
    "'aQ",
    "AB12 ",
    "ON BEHALF OF ",
    "<!-- -->",
    "&#x41;",
)
"""Narratives of 64 kB are made of each of these."""


def run(setting: Setting) -> Part:
    """Messages a second by type, texts seen of all texts, milliseconds of the worst."""
    part = Part("messages", "payment messages, reading only, seconds of one processor")
    folder = setting.file("MANIFEST_mt.tsv").parent
    for syntax, type_ in _TYPES:
        whole = [
            path.read_bytes() for path in sorted(folder.glob(f"{syntax}/{type_}/*"))
        ]
        if not whole:
            continue
        setting.progress(f"reading {type_}", 0, 0)
        rate = _rate(_each(whole), len(whole))
        key = f"{type_.lower().replace('.', '')}_a_second"
        part.measure(key, f"{type_} read", rate, "messages/s", len(whole))
    _tokens(part, folder)
    _seen(setting, part, folder)
    _hostile(part)
    return part


def _each(whole: Sequence[bytes]) -> Callable[[], None]:
    def read() -> None:
        for data in whole:
            for _ in messages(data):
                pass

    return read


def _rate(work: Callable[[], None], count: int) -> float:
    """How many a second, over two seconds after one round to warm up."""
    work()
    rounds, began = 0, time.process_time()
    while (taken := time.process_time() - began) < _SECONDS:
        work()
        rounds += 1
    return rounds * count / taken


def _tokens(part: Part, folder: Path) -> None:
    """Cutting alone, without finding out what the fields mean."""
    texts = [
        path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.glob("mt/MT103/*"))
    ]

    def cut() -> None:
        for text in texts:
            for _ in fin.messages(text):
                pass

    what = "MT103 cut into fields"
    part.measure("fin_a_second", what, _rate(cut, len(texts)), "messages/s", len(texts))


def _seen(setting: Setting, part: Part, folder: Path) -> None:
    """A name put in the place of every text: in how many is it seen."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    paths = sorted([*folder.glob("mt/*/*"), *folder.glob("mx/*/*")])
    for done, path in enumerate(paths, 1):
        setting.progress("names put in the place of texts", done, len(paths))
        type_ = path.parent.name
        text = path.read_bytes().decode("utf-8-sig", "replace")
        leaves = [leaf for read in messages(path) for leaf in read.leaves]
        for leaf in leaves:
            if leaf.channel is Channel.EXCLUDED:
                left_out[leaf.reason] += 1
        spots = sorted(
            {(x.spot.start, x.spot.end) for x in leaves if x.spot.start >= 0}
        )
        for first in range(_STRIDE):
            whole, names = _planted(text, spots[first::_STRIDE])
            said = "\n".join(
                " ".join(words.split())
                for read in messages(whole.encode())
                for made in read.transactions
                for words in _words(made)
            )
            planted[type_] += len(names)
            found[type_] += sum(name in said for name in names)
    total = sum(planted.values())
    what = "texts of sample messages in whose place a name is seen"
    part.measure("seen", what, share(sum(found.values()), total), "share", total)
    part.tables.append(
        Table(
            "names put in the place of each text",
            ("type", "texts", "seen"),
            [(type_, planted[type_], found[type_]) for type_ in sorted(planted)],
        )
    )
    part.tables.append(
        Table(
            "texts that are left out as they stand",
            ("reason", "texts"),
            left_out.most_common(),
        )
    )


def _planted(text: str, spots: Sequence[tuple[int, int]]) -> tuple[str, list[str]]:
    """A text with a name of its own in each of some places, and the names."""
    pieces: list[str] = []
    names: list[str] = []
    at = 0
    for start, end in spots:
        if start >= at:
            names.append(f"QALIMOV NR{len(names)} TRADING")
            pieces += [text[at:start], names[-1]]
            at = end
    return "".join([*pieces, text[at:]]), names


def _words(made: Transaction) -> Iterator[str]:
    """All of a transaction that can be screened."""
    for item in made.parties:
        party = item.party
        yield from (party.name, party.address or "", party.birth_place or "")
        yield from (*party.aliases, *party.countries, *item.known.values())
        yield from (value for _, value in party.identifiers)
    yield from (place.text for place in made.places)
    yield from (text.text for text in made.texts)


def _hostile(part: Part) -> None:
    taken = []
    for piece in _HOSTILE:
        text = (piece * (_LONG // len(piece) + 1))[:_LONG]
        for whole in (_FIN.format(text), _XML.format(text)):
            began = time.process_time()
            for _ in messages(whole.encode()):
                pass
            taken.append((time.process_time() - began) * 1000)
    what = "a message with 64 kB of hostile narrative, the slowest"
    part.measure("hostile", what, max(taken), "ms", len(taken))
    part.measure("hostile_p50", "  p50", percentile(taken, 50), "ms", len(taken))


_FIN = (
    "{{1:F01AAAABEBBAXXX0000000000}}{{2:I103BBBBDEFFXXXXN}}{{4:\r\n:20:R1\r\n"
    ":59:ACME\r\n:70:{}\r\n-}}"
)
_XML = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><CdtTrfTxInf>'
    "<Cdtr><Nm>ACME</Nm></Cdtr><RmtInf><Ustrd>{}</Ustrd></RmtInf></CdtTrfTxInf>"
    "</Document>"
)
