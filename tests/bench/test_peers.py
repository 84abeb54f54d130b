"""Other programs are asked in a Python of their own; a failure of theirs is no end."""

import sys
from collections.abc import Iterator

import pytest

from clearway.bench.peers import PEER, PeerFailed, Peers, described, listed, named
from clearway.errors import UsageError
from clearway.model import (
    Birth,
    Country,
    Entity,
    Kind,
    Listing,
    Name,
    PartialDate,
    Party,
)

STRINGS = "rapidfuzz WRatio"


@pytest.fixture
def peers() -> Iterator[Peers]:
    """This very Python, which has rapidfuzz and no other matcher need be there."""
    peers = Peers(sys.executable)
    peers.start()
    yield peers
    peers.close()


def test_a_worker_tells_what_it_has(peers: Peers) -> None:
    assert peers.versions["python"] == sys.version.split()[0]
    assert "rapidfuzz" in peers.versions
    assert peers.has(STRINGS)
    assert not peers.has("no such scorer")


def test_pairs_are_scored_in_their_order(peers: Peers) -> None:
    putin = named("Vladimir Putin", "Person")
    pairs = [
        (putin, named("PUTIN VLADIMIR", "Person")),
        (putin, named("Angela Merkel", "Person")),
    ]
    (same, other), seconds = peers.scores(STRINGS, pairs * 1)
    assert same > 0.9 > other
    assert seconds >= 0


def test_the_best_of_several_names_counts(peers: Peers) -> None:
    asked = {"schema": "Person", "name": ["Nobody", "Vladimir Putin"]}
    scores, _ = peers.scores(STRINGS, [(asked, named("Vladimir Putin", "Person"))])
    assert scores == [1.0]


def test_no_pairs_give_no_scores(peers: Peers) -> None:
    assert peers.scores(STRINGS, []) == ([], 0.0)


def test_a_scorer_that_fails_says_so_and_the_worker_lives_on(peers: Peers) -> None:
    pair = (named("a", "Person"), named("b", "Person"))
    with pytest.raises(PeerFailed):
        peers.scores("no such scorer", [pair])
    assert len(peers.scores(STRINGS, [pair])[0]) == 1


def test_a_worker_that_was_closed_cannot_be_asked(peers: Peers) -> None:
    peers.close()
    with pytest.raises(PeerFailed):
        peers.scores(STRINGS, [(named("a", "Person"), named("b", "Person"))])


def test_what_is_no_python_is_misuse() -> None:
    with pytest.raises(UsageError, match="--peers"):
        Peers("/nowhere/python").start()
    with pytest.raises(UsageError, match="--peers"):
        Peers("/bin/true").start()


def test_a_party_and_an_entity_are_told_in_the_same_words() -> None:
    party = Party("Ivan", kind="person", birth_date="1970", countries=("ru",))
    assert described(party) == {
        "schema": "Person",
        "name": ["Ivan"],
        "birthDate": ["1970"],
        "nationality": ["ru"],
    }
    entity = Entity(
        "un-1",
        Kind.PERSON,
        (Name("Ivan"), Name("Vanya")),
        (Listing("un", "made for this test", "1"),),
        births=(Birth(PartialDate.parse("1970")),),
        countries=(Country("ru"), Country("")),
    )
    assert listed(entity) == {**described(party), "name": ["Ivan", "Vanya"]}


def test_the_peer_of_ratios_is_the_one_that_others_serve() -> None:
    assert PEER == "logic-v2"
