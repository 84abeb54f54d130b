"""Parties sorted out at once are those whom the whole check would have called clear.

The oracle is the slow, obvious way: each party alone, without compiled code.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.app import open as open_screener
from clearway.bench.evasion import natural, transforms
from clearway.lists.reader import File
from clearway.lists.readers import recognise
from clearway.lists.reading import read
from clearway.model import Kind, Party
from clearway.names.analyse import analyse, joined_letters
from clearway.screen.compiled import CompiledSet, compile_set
from clearway.screen.ordinary import folded_words
from clearway.screen.plain import Plain
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed

pytest.importorskip("numba")

USED = ListUsed("ofac", "sdn", "2024-05-07", "2024-05-16T08:00:00+00:00", "0" * 64, 5)
FIRST = ("John", "Mary", "Ahmed", "Vladimir", "Wei", "José", "Łukasz", "Владимир", "J.")
LAST = ("Smith", "O'Neill", "al-Hassan", "Petrov", "Müller", "Петров", "de la Cruz")
FIRMS = ("Acme", "Northern Star", "Kwangson", "Mahan", "Ромашка", "Grünwald", "ABC")
FORMS = ("LLC", "GmbH", "Co., Ltd.", "Lmited", "ООО", "Trading", "Bank", "Shipping")
NARRATIVE = (
    "PAYMENT FOR INVOICE 77 JOHN SMITH",
    "INV 7 SMITH AND SONS",
    "/ROC/INV 7//ON BEHALF OF MR SMITH",
    "BY ORDER OF ITSELF",
    "ONE OF OUR CLIENTS",
    "НАШ КЛИЕНТ",
    "O/B/O JOHN SMITH",
    "FREIGHT CHARGES CONTRACT 756 ACME",
)
PLACES = (
    "TEH RAN TRADING",
    "I R A N SHIPPING",
    "SEVASTOPOL, UKRAINE",
    "Sevastopol Shipyard 12",
    "Simferopol",
    "Donetsk, UA",
    "CRI MEA HOLDING",
)
NUMBERS = (
    "9187629",
    "IMO 9187629",
    "INN 7744000912",
    "KKBCKPPY",
    "DEUTDEFF",
    "SWIFT DEUTDEFF",
    "7744000912",
    "VP-CAB",
    "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
)
ODD = (
    *("", " ", "a", "1", "ß ", "Æ ", "щ ", " x", "ab", "☆☆☆", "--", "习近平", "김정은"),
    *("A B", "A B C", "A.B.C.", "a b c smith", "A B C Smith", "J O H N Smith"),
    *("Müller\x1cHans", "Muel\u017fler Hans", "İstanbul Bankası", "Ĳssel", "ﬁnance"),
    *("Müller\u00a0Hans", "Jo\nhn Smith", "Jo\u200bhn Smith", "\u202eHTIMS NHOJ"),
    *(
        "Mr",
        "LLC",
        "LLC OOO",
        "General",
        "Dr Prof",
        "The Company",
        "MV SEA",
        "Smith M.V.",
    ),
    *("forty four", "Company 44", "Bank X, Shanghai branch", "Abd al Rahman"),
    *("<b>John</b> Smith", "John <!-- --> Smith", "J&#111;hn Smith", "&#65;li"),
    *("J0hn Sm1th", "Joh-n Smi.th", "Cергей", "ABС", "АВС", "𝐀cme Ltd", "Ａcme"),
    *("John Smith " * 13, "x" * 139, "x " * 80, "HTIMS NHOJ", "qwertyuiopasdf"),
    *("Foo Limitd Liabilty Compny", "Foo gmbhh", "Lmited Company Foo"),
)
KINDS = (*map(str, Kind), "Person", "")
BIRTHS = (None, "", "1962-10-07", "1980", "c. 1960", "1955-1960", "1999-13-01", "xx")
COUNTRIES = ((), ("ru",), ("us", "de"), ("Iran",), ("",), ("xx",), ("Nowhere",))


@dataclass(frozen=True)
class Two:
    """The same lists asked in both ways."""

    quick: Screener
    slow: Screener

    def differing(self, parties: Sequence[Party]) -> list[Party]:
        """The parties for whom a batch has another answer than the slow way."""
        batch = [answer.to_json() for answer in self.quick.check_batch(parties)]
        return [
            party
            for party, answer in zip(parties, batch, strict=True)
            if answer != self.slow.check(party).to_json()
        ]


def two(folder: Path, files: Sequence[Path], used: Sequence[ListUsed]) -> Two:
    made = []
    for few_names in (0, 1 << 60):
        compiled = CompiledSet(folder, files)
        compiled.index.few_names = few_names
        made.append(Screener(compiled, used, as_of=date(2024, 5, 17)))
    return Two(*made)


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Two:
    compiled = open_screener(starter_home, "2024-05-17").compiled
    return two(compiled.directory, compiled.files, [USED])


@pytest.fixture(scope="module")
def listed(starter: Two) -> list[tuple[str, Kind]]:
    index = starter.slow.compiled.index
    return [(index.text(n), index.kind(n)) for n in range(len(index))]


def described(text: str, rng: random.Random, kind: str) -> Party:
    return Party(
        text,
        kind=rng.choice((kind, kind, "any", rng.choice(KINDS))),
        birth_date=rng.choice(BIRTHS),
        countries=rng.choice(COUNTRIES),
    )


def slipped(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    letter = rng.choice("aeioukshnz 1-.")
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        )
    )


def disguises(name: str, rng: random.Random) -> Iterator[str]:
    """A name in every way in which somebody might write it, or hide it."""
    yield from (name, name.lower(), name.title(), name.swapcase(), name.casefold())
    for change in transforms().values():
        if text := change(name, rng):
            yield text
    once = slipped(name, rng)
    yield from (once, twice := slipped(once or "x", rng), slipped(twice or "x", rng))
    words = natural(name).split() or [name]
    yield from (" ".join(words[:-1]), " ".join(words[:2]), "-".join(words))
    yield " ".join(word[0] for word in words)
    rng.shuffle(words)
    whole = " ".join(words)
    yield from (whole, whole[::-1], "".join(words), "".join(word[0] for word in words))
    yield f"{words[0]} {rng.choice(LAST)}"
    yield f"{rng.choice(FIRST)} {words[-1]}"
    before = "PAYMENT TO THE NORTHERN COMPANY OF HOLDINGS FOR "
    for limit in (33, 35, 69, 70, 139, 140):
        yield f"{before}{whole}"[:limit]
        yield (whole * 5)[:limit]


def test_every_disguise_of_listed_names_has_one_answer(
    starter: Two, listed: list[tuple[str, Kind]]
) -> None:
    rng = random.Random(11)
    parties = [
        described(text, rng, kind)
        for name, kind in listed[:: max(1, len(listed) // 60)]
        for text in disguises(name, rng)
    ]
    assert starter.differing(parties) == []


@pytest.mark.shared
def test_every_disguise_of_names_of_four_lists_has_one_answer(
    shared: Path, tmp_path: Path
) -> None:
    lists = (
        ("ofac", "ofac/2024-05-07/consolidated.xml"),
        ("eu", "eu/2024-05-13/20240513-FULL-1_1.xml"),
        ("un", "un/2026-02-27/consolidated.xml"),
        ("uk", "uk/2025-04-10/ConList.csv"),
    )
    rows: list[bytes] = []
    for publisher, place in lists:
        path = shared / "lists" / place
        file = File.of(path.read_bytes(), path.name)
        lines = [*read(recognise(publisher, file), (file,)).entities.sorted_lines()]
        rows += lines[:: max(1, len(lines) // 250)]
    rows.sort(key=lambda row: str(json.loads(row)["id"]))
    path = tmp_path / "four.jsonl"
    path.write_bytes(b"".join(rows))
    compile_set([path], tmp_path / "set")
    both = two(tmp_path / "set", [path], [USED])
    index, rng = both.slow.compiled.index, random.Random(5)
    parties = [
        described(text, rng, index.kind(n))
        for n in range(0, len(index), max(1, len(index) // 60))
        for text in disguises(index.text(n), rng)
    ]
    assert both.differing(parties) == []


@pytest.mark.parametrize("text", [*NARRATIVE, *PLACES, *NUMBERS, *ODD])
def test_texts_that_are_no_ordinary_names_have_one_answer(
    starter: Two, text: str
) -> None:
    rng = random.Random(text)
    written = [text, text.lower(), f" {text}", f"{text} ", f"John {text}"]
    parties = [Party(t, kind=kind) for t in written for kind in KINDS]
    parties += [described(t, rng, "any") for t in written]
    assert starter.differing(parties) == []


WORDS = st.one_of(
    st.sampled_from((*FIRST, *LAST, *FIRMS, *FORMS, *NARRATIVE, *PLACES, *NUMBERS)),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14),
    st.text(min_size=1, max_size=6),
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).flatmap(
    lambda words: st.sampled_from(
        [" ".join(words), ", ".join(words), "".join(words), " ".join(words).upper()]
    )
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_is_asked_has_one_answer(
    starter: Two, listed: list[tuple[str, Kind]], data: st.DataObject
) -> None:
    pieces = st.sampled_from(listed).flatmap(
        lambda row: st.sampled_from([row[0], *row[0].split()])
    )
    name = st.lists(st.one_of(pieces, NAMES), min_size=1, max_size=3).map(" ".join)
    party = st.builds(
        Party,
        name=name,
        kind=st.sampled_from(KINDS),
        birth_date=st.sampled_from(BIRTHS),
        countries=st.sampled_from(COUNTRIES),
        aliases=st.sampled_from([(), ("",), ("John Smith",)]),
        identifiers=st.sampled_from([(), (("imo", "9187629"),), (("", "12"),)]),
        birth_place=st.sampled_from([None, "", "Moscow"]),
        gender=st.sampled_from([None, "", "m", "?"]),
        address=st.sampled_from([None, "Main Street 1"]),
    )
    parties = data.draw(st.lists(party, min_size=1, max_size=4))
    assert starter.differing(parties) == []


def test_ordinary_names_are_sorted_out_at_once(starter: Two) -> None:
    index = starter.quick.compiled.index
    people = ("Jane Plain", "Łukasz Żółć-Nowak", "Anna-Lena Grünwald", "Ёлкин Семён")
    firms = ("Grünwald Bäckerei GmbH", "Sunny Meadow Bakery LLC", "Ромашка Лимитед")
    parties = [Party(n, "person", "1990-02-03", ("de",)) for n in people]
    parties += [Party(n, "organization") for n in firms]
    assert Plain(index, 0.7).clear(parties) == [True] * 7


@pytest.mark.parametrize(
    "party",
    [
        Party("Jane Plain", identifiers=(("imo", "9187629"),)),
        Party("Jane Plain", aliases=("Jane Other",)),
        Party("Jane Plain", birth_date="once upon a time"),
        Party("Jane Plain", countries=("Nowhere",)),
        Party("Jane Plain", kind="planet"),
        Party("ß "),
        Party("Müller\x1cHans"),
        Party("ONE OF OUR CLIENTS"),
        Party("TEH RAN TRADING"),
        Party("9187629"),
        Party("Promsvyazbank"),
    ],
)
def test_parties_with_anything_else_to_them_are_left_to_the_whole_check(
    starter: Two, party: Party
) -> None:
    assert Plain(starter.quick.compiled.index, 0.7).clear([party]) == [False]


def test_few_names_are_left_to_the_whole_check(starter: Two) -> None:
    index = starter.slow.compiled.index
    assert Plain(index, 0.7).clear([Party("Jane Plain", "person")]) == [False]


LETTERS = st.text(
    st.characters(max_codepoint=0x17F, categories=["L", "Zs", "Pd", "Cc", "Po"])
    | st.characters(min_codepoint=0x400, max_codepoint=0x460)
    | st.sampled_from(" -,.'\u0307\u212a\ufb01\u1e9e"),
    max_size=20,
)


@settings(max_examples=500)
@given(LETTERS)
def test_quickly_folded_words_are_those_the_analysis_finds(text: str) -> None:
    forms = folded_words(text)
    if forms is None:
        return
    form = analyse(text)
    joined = joined_letters(forms)
    assert (form.tricks, form.key) == ((), " ".join(sorted(joined)))
    assert analyse(" ".join(text.casefold().split())).key == form.key
