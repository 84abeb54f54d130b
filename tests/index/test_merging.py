from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.index import hashed
from clearway.index.build import Row, build
from clearway.index.keys import letters_hashes
from clearway.index.merging import numbered
from clearway.model import Kind
from clearway.names.numbered import letters_hash

NAMES = st.sampled_from(
    [
        "PUTIN, Vladimir Vladimirovich",
        "Abdul Bari",
        "محمد طاهر أنوري",
        "华为技术有限公司",
        "PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY",
        "National Iranian Oil Company",
        "ООО Ромашка",
        "Kim",
        "!",
    ]
)
ROWS = st.builds(
    Row,
    st.sampled_from([Kind.PERSON, Kind.ORGANIZATION, Kind.ANY]),
    st.lists(NAMES, max_size=3).map(tuple),
    st.lists(st.sampled_from(["7707083893", "9074729"]), max_size=2).map(tuple),
    st.none() | st.just((1952, 1953)),
    st.lists(st.sampled_from(["ru", "ir"]), max_size=2).map(tuple),
)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(st.lists(ROWS, max_size=8), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_an_index_is_the_same_in_however_many_pieces_it_was_read(
    rows: list[Row], at_once: int
) -> None:
    made = []
    for pieces in (len(rows) + 1, at_once):
        with TemporaryDirectory() as name:
            count = build(rows, Path(name), at_once=pieces)
            made.append((count, files_in(Path(name))))
    assert made[0] == made[1]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_a_name_keeps_the_number_of_where_it_first_stood(
    digests: list[tuple[int, int]],
) -> None:
    rows = np.asarray(digests, np.uint64).reshape(-1, 2)
    fresh, number = numbered(rows)
    known = list(dict.fromkeys(digests))
    assert number.tolist() == [known.index(digest) for digest in digests]
    assert [d for d, new in zip(digests, fresh, strict=True) if new] == known


@given(st.lists(st.text("abcxyz019+ ", max_size=12), max_size=20))
def test_many_words_have_the_numbers_that_each_has_alone(words: list[str]) -> None:
    assert letters_hashes(words).tolist() == list(map(letters_hash, words))


@given(
    st.lists(st.tuples(st.integers(0, (1 << 64) - 1), st.integers(0, 3)), max_size=60)
)
def test_a_table_sorted_in_blocks_is_the_table_sorted_at_once(
    pairs: list[tuple[int, int]],
) -> None:
    pairs += [((key >> 60) << 60, value) for key, value in pairs]
    keys = np.asarray([key for key, _ in pairs], np.uint64)
    values = np.asarray([value for _, value in pairs], np.uint32)
    sorted_keys, sorted_values = hashed.ordered(keys, values, block=4)
    found = list(zip(sorted_keys.tolist(), sorted_values.tolist(), strict=True))
    assert found == sorted(set(pairs))
