import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearway.index.keys import (
    deletion_pairs,
    deletions,
    hash64,
    mixed_all,
    pack,
    packed_deletions,
)
from clearway.names.numbered import mixed

WORDS = st.text("abcdefghij0123456789", min_size=1, max_size=14)


def test_a_hash_is_the_same_in_every_process() -> None:
    assert hash64("putin") == 2868235902017783772


@given(st.lists(WORDS, unique=True, max_size=20))
def test_the_table_holds_the_deletions_of_every_word_and_no_more(
    words: list[str],
) -> None:
    keys, owners = deletion_pairs(words)
    expected = {
        (pack(variant), number)
        for number, word in enumerate(words)
        for variant in deletions(word)
    }
    assert set(zip(keys.tolist(), owners.tolist(), strict=True)) == expected


@given(st.lists(st.integers(0, (1 << 64) - 1), max_size=20))
def test_many_numbers_are_spread_as_one_is(numbers: list[int]) -> None:
    spread = mixed_all(np.asarray(numbers, np.uint64))
    assert spread.tolist() == list(map(mixed, numbers))


def test_short_words_allow_no_edit() -> None:
    assert deletions("kim") == {"kim"}


@given(WORDS)
def test_the_quick_way_for_one_word_gives_the_same_deletions(word: str) -> None:
    assert set(packed_deletions(word).tolist()) == set(map(pack, deletions(word)))
