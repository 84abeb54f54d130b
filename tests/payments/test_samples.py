"""Every sample message is read, every text of it accounted for, twins alike."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearway.model import Transaction
from clearway.payments.leaves import Channel
from clearway.payments.reading import Read, messages

pytestmark = pytest.mark.shared

STRIDE = 7
"""Every seventh text of a message is replaced at once, in seven rounds."""
TWINS = (
    ("MT103/MT103_000", "pacs.008/pacs.008_055"),
    ("MT103/MT103_046", "pacs.008/pacs.008_052"),
    ("MT202/MT202_002", "pacs.009/pacs.009_019"),
    ("MT202/MT202_016", "pacs.009/pacs.009_018"),
    ("MT202COV/MT202COV_001", "pacs.009_COV/pacs.009_COV_011"),
    ("MT205/MT205_001", "pacs.004/pacs.004_013"),
    ("MT103/MT103_047", "pacs.004/pacs.004_016"),
    ("MT107/MT107_000", "pacs.003/pacs.003_000"),
)
"""The same payment in both syntaxes, told by its reference and amount."""


def samples(shared: Path) -> list[Path]:
    """The sample messages of both syntaxes."""
    folder = shared / "payments"
    return sorted([*folder.glob("mt/*/*"), *folder.glob("mx/*/*")])


def words(transaction: Transaction) -> Iterator[str]:
    """Everything of a transaction that can be screened."""
    for item in transaction.parties:
        party = item.party
        yield from (party.name, party.address or "", party.birth_place or "")
        yield from party.aliases
        yield from party.countries
        yield from (value for _, value in party.identifiers)
        yield from item.known.values()
    yield from (place.text for place in transaction.places)
    yield from (text.text for text in transaction.texts)
    yield from (line.description for line in transaction.goods)


def said(reads: list[Read]) -> str:
    """All that can be screened in some messages, spaces made one."""
    every = (
        " ".join(text.split())
        for r in reads
        for t in r.transactions
        for text in words(t)
    )
    return "\n".join(every)


def test_every_sample_has_a_transaction_and_what_is_odd_is_stated(
    shared: Path,
) -> None:
    paths = samples(shared)
    assert len(paths) > 300
    for path in paths:
        reads = list(messages(path))
        assert reads, path
        for read in reads:
            assert read.transactions, path
            assert read.kind != "unknown", path
            for leaf in read.leaves:
                excluded = leaf.channel is Channel.EXCLUDED
                assert excluded == bool(leaf.reason), (path, leaf)


def test_every_spot_points_at_its_text(shared: Path) -> None:
    for path in samples(shared):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        for read in messages(path):
            for leaf in read.leaves:
                spot = leaf.spot
                assert spot.path, (path, leaf)
                if "<" not in spot.raw:
                    assert text[spot.start : spot.end] == spot.raw, (path, leaf)


def letters(number: int) -> str:
    """A number in three letters."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(3))


@pytest.mark.parametrize("syntax", ["mt", "mx"])
@pytest.mark.parametrize("name", ["QALIMOV {} TRADING", "ROSOBORON{}"])
def test_a_name_put_in_the_place_of_any_text_is_seen(
    shared: Path, syntax: str, name: str
) -> None:
    planted, missed = 0, Counter[str]()
    for path in sorted((shared / "payments" / syntax).glob("*/*")):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        spots = sorted(
            {
                (leaf.spot.start, leaf.spot.end, leaf.spot.path)
                for read in messages(path)
                for leaf in read.leaves
                if leaf.spot.start >= 0
            }
        )
        for first in range(STRIDE):
            chosen = spots[first::STRIDE]
            out, at = [], 0
            for number, (start, end, _) in enumerate(chosen):
                if start < at:
                    continue
                out += [text[at:start], name.format(letters(number))]
                at = end
            whole = "".join([*out, text[at:]])
            seen = said(list(messages(whole.encode())))
            at = 0
            for number, (start, end, where) in enumerate(chosen):
                if start < at:
                    continue
                at = end
                planted += 1
                if name.format(letters(number)) not in seen:
                    missed[f"{path.parent.name} {where}"] += 1
    assert planted > 2_000
    assert not missed, missed.most_common(20)


def key(transaction: Transaction) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """Who has which role, by name and bank and country, however written."""
    out = set()
    for item in transaction.parties:
        banks = sorted(v[:8] for k, v in item.party.identifiers if k == "bic")
        if item.party.name or banks:
            name = item.party.name.casefold()
            countries = tuple(sorted(item.party.countries))
            out.add((str(item.role), name, ",".join(banks), countries))
    return out


@pytest.mark.parametrize(("fin", "xml"), TWINS)
def test_the_same_payment_in_both_syntaxes_has_the_same_parties_in_the_same_roles(
    shared: Path, fin: str, xml: str
) -> None:
    folder = shared / "payments"
    (mt,) = messages(folder / "mt" / f"{fin}.fin")
    (path,) = (folder / "mx").glob(f"{xml}_*.xml")
    (mx,) = messages(path)
    (one,), (other,) = mt.transactions, mx.transactions
    assert key(one) == key(other)
    assert one.amount == other.amount
    assert one.day == other.day
