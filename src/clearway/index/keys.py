"""Numbers that stand for strings: stable between runs, machines and versions."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from clearway.names.likeness import typo_edits
from clearway.names.numbered import BEGIN, PRIME, SPREAD

PREFIX = 8
"""Letters of a word that take part in the search for misspellings."""


def hash64(text: str) -> int:
    """A stable 64-bit number for a text."""
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


def edits_for(length: int) -> int:
    """Edits allowed in a word: none below 4 letters, one at 4 and 5, two from 6."""
    return 0 if length < 4 else 1 if length < 6 else 2


def edits_allowed(form: str) -> int:
    """Edits by which a listed word may differ from this one."""
    return min(edits_for(len(form)), typo_edits(len(form) + 2))


def pack(text: str) -> int:
    """Up to eight ASCII characters as one number."""
    return int.from_bytes(text.encode("ascii")[:PREFIX].ljust(PREFIX, b"\0"), "big")


def deletions(form: str) -> set[str]:
    """The word's first eight letters with up to its number of edits deleted."""
    head = form[:PREFIX]
    out = {head}
    for count in range(1, edits_for(len(form)) + 1):
        for gone in combinations(range(len(head)), count):
            out.add("".join(c for i, c in enumerate(head) if i not in gone))
    return out


def packed_deletions(form: str) -> NDArray[np.uint64]:
    """The packed `deletions` of a word, sorted; some come twice."""
    length = min(len(form), PREFIX)
    keys = np.asarray([pack(form)], np.uint64)
    for count in range(1, edits_for(len(form)) + 1):
        keys = np.concatenate([keys, _shortened(keys[-_ways(length, count - 1) :])])
    keys.sort()
    return keys


def _ways(length: int, deleted: int) -> int:
    """How many rows the last round of `packed_deletions` added."""
    return PREFIX**deleted if length else 0


def _shortened(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every key with each of its bytes deleted, the rest moved up."""
    tail = (keys[:, None] & _BEHIND) << np.uint64(8)
    shortened: NDArray[np.uint64] = ((keys[:, None] & _BEFORE) | tail).reshape(-1)
    return shortened


_AT = [8 * (PREFIX - 1 - n) for n in range(PREFIX)]
_BEHIND = np.asarray([(1 << at) - 1 for at in _AT], np.uint64)
_BEFORE = np.asarray([((1 << 64) - 1) ^ ((1 << (at + 8)) - 1) for at in _AT], np.uint64)


def mixed_all(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """`clearway.names.numbered.mixed` of many numbers."""
    spread: NDArray[np.uint64] = (keys ^ (keys >> np.uint64(32))) * np.uint64(SPREAD)
    return spread ^ (spread >> np.uint64(29))


def letters_hashes(texts: Sequence[str]) -> NDArray[np.uint64]:
    """`clearway.names.numbered.letters_hash` of many words in ASCII letters."""
    letters = np.frombuffer("".join(texts).encode("ascii"), np.uint8)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    order = np.argsort(-lengths, kind="stable")
    starts = (np.cumsum(lengths) - lengths)[order]
    values = np.full(len(texts), BEGIN, np.uint64)
    # The longest stand first, so the words that still have a letter do, too.
    longer = len(texts) - np.cumsum(np.bincount(lengths))
    for at, count in enumerate(longer[:-1].tolist()):
        letter = letters[starts[:count] + at]
        values[:count] = (values[:count] ^ letter) * np.uint64(PRIME)
    out = np.empty_like(values)
    out[order] = mixed_all(values)
    return out


def deletion_pairs(forms: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Packed deletions and the word each came from, unsorted, some twice.

    Vectorised over words of equal length; the same variants as `deletions`.
    """
    by_shape: dict[tuple[int, int], list[int]] = {}
    for position, form in enumerate(forms):
        shape = (min(len(form), PREFIX), edits_for(len(form)))
        by_shape.setdefault(shape, []).append(position)
    keys: list[NDArray[np.uint64]] = []
    owners: list[NDArray[np.uint32]] = []
    for (length, edits), positions in sorted(by_shape.items()):
        text = "".join(forms[p][:length] for p in positions).encode("ascii")
        letters = np.frombuffer(text, np.uint8).reshape(len(positions), length)
        owner = np.asarray(positions, np.uint32)
        for count in range(edits + 1):
            for gone in combinations(range(length), count):
                kept = [i for i in range(length) if i not in gone]
                keys.append(_packed(letters[:, kept]))
                owners.append(owner)
    if not keys:
        return np.empty(0, np.uint64), np.empty(0, np.uint32)
    return np.concatenate(keys), np.concatenate(owners)


def _packed(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    rows, width = letters.shape
    padded = np.zeros((rows, PREFIX), np.uint8)
    padded[:, :width] = letters
    return padded.view(">u8").astype(np.uint64).reshape(rows)
