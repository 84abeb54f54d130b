"""Parties with accounts, codes and several names, proved clear by their names alone.

The oracle is the whole check of each of them.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from clearway.model import Kind, Party
from clearway.screen.apart import clear_at_once
from clearway.screen.screener import Screener
from clearway.screen.screening import Verdict

pytest.importorskip("numba")

NAMES = (
    *("HANNELORE BRINKMANN", "John Smith", "GARCIA FERREIRA PLUMBING LLC", "X"),
    *("VLADIMIR PUTIN", "PROMSVYAZBANK", "PSB", "ONE OF OUR CLIENTS", "", "Wei 华为"),
)
CODES = (
    *("DEUTDEFF", "CHASUS33XXX", "UORSCN2L", "PRMSRUMM", "PRMSRUMMXXX", "PSBXRUMM"),
    *("PSBXDEFF", "FORTUNAS", "044525555", "102100099996"),
)
NUMBERS = (
    *(("account", "12345678"), ("account", "12"), ("account", " "), ("", "7744000912")),
    *(("iban", "DE89370400440532013000"), ("inn", "7744000912"), ("other", "X-1")),
)
COUNTRIES = ((), ("de",), ("us",), ("ru", "cn"), ("nowhere",))
KINDS = (Kind.ANY, Kind.PERSON, Kind.ORGANIZATION)


def _some(pick: random.Random, words: Sequence[Any], most: int) -> tuple[Any, ...]:
    return tuple(pick.choice(words) for _ in range(pick.randint(0, most)))


def _party(pick: random.Random) -> Party:
    """A party with accounts and several names, or one named by its code."""
    kind, held = pick.choice(KINDS), pick.choice(COUNTRIES)
    if pick.random() < 0.5:
        code = pick.choice(CODES)
        ids, aliases = (("bic", code),), _some(pick, NAMES, 1)
        return Party(code, kind, countries=held, identifiers=ids, aliases=aliases)
    ids = _some(pick, NUMBERS, 2)
    aliases = _some(pick, NAMES, 2)
    name = pick.choice(NAMES)
    return Party(name, kind, countries=held, identifiers=ids, aliases=aliases)


@pytest.fixture
def eager(screener: Screener) -> Iterator[Screener]:
    """The screener, with compiled code for its few names, too."""
    index = screener.compiled.index
    usual, index.few_names = index.few_names, 0
    yield screener
    index.few_names = usual


def proved(screener: Screener, parties: list[Party]) -> list[bool]:
    return clear_at_once(screener._plain, screener.compiled.index, parties)


def test_what_is_proved_clear_the_whole_check_finds_clear(eager: Screener) -> None:
    pick = random.Random(8)
    parties = list(dict.fromkeys(_party(pick) for _ in range(1500)))
    clear = proved(eager, parties)
    assert 20 < sum(clear) < len(parties) / 2
    for party, is_clear, whole in zip(
        parties, clear, eager._check_whole(parties), strict=True
    ):
        if is_clear:
            assert whole == eager.nothing_found(party)


def test_ordinary_parties_of_payments_are_proved_clear(eager: Screener) -> None:
    parties = [
        Party("HANNELORE BRINKMANN", identifiers=(("account", "12345678"),)),
        Party("GARCIA FERREIRA PLUMBING LLC", aliases=("GARCIA FERREIRA",)),
        Party("DEUTDEFF", countries=("de",), identifiers=(("bic", "DEUTDEFF"),)),
    ]
    assert proved(eager, parties) == [True] * 3


def test_a_code_that_says_more_than_is_known_is_not(eager: Screener) -> None:
    listed = Party("PRMSRUMM", countries=("ru",), identifiers=(("bic", "PRMSRUMM"),))
    elsewhere = Party("DEUTDEFF", identifiers=(("bic", "DEUTDEFF"),))
    assert proved(eager, [listed, elsewhere]) == [False] * 2
    (screening,) = eager.check_batch([listed])
    assert screening.verdict is not Verdict.CLEAR
