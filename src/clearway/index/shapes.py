"""What compiled code needs to know of a word to say how alike two words are."""

from collections.abc import Container, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clearway.index.keys import hash64
from clearway.names.analyse import NameForm, Token
from clearway.names.likeness import (
    consonants,
    printed,
    undoubled,
    vowel_poor,
    vowelless,
)
from clearway.names.phonetic import heard, skeleton, strokes


def shape(form: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Hashes of a word's further forms, and its small numbers.

    Hashes: undoubled, as printed, consonants, skeleton, strokes. Numbers: consonants,
    letters of the skeleton, whether it is poor in vowels, whether it has none, strokes.
    """
    readings = (undoubled, printed, consonants, skeleton, strokes)
    forms = [read(form) for read in readings]
    _, _, said, bones, drawn = (min(len(other), 255) for other in forms)
    numbers = (said, bones, vowel_poor(form), vowelless(form), drawn)
    return tuple(map(hash64, forms)), numbers


def letters(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The letters of many ASCII texts in a row, and where each begins and ends."""
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return np.frombuffer("".join(texts).encode("ascii"), np.uint8), ends


def shapes(forms: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """The shapes of many words, a row each."""
    hashes = np.zeros((len(forms), 5), np.uint64)
    numbers = np.zeros((len(forms), 5), np.uint8)
    for at, form in enumerate(forms):
        if not form.startswith("+"):
            hashes[at], numbers[at] = shape(form)
    return hashes, numbers


def write_shapes(directory: Path, units: Sequence[str]) -> None:
    """Write the shapes of all units, and where each begins among their letters."""
    hashes, numbers = shapes(units)
    written, ends = letters(units)
    sounds, sound_ends = letters([heard(unit.removeprefix("+")) for unit in units])
    for name, array in (
        ("unit_letters", written),
        ("unit_end", ends),
        ("unit_heard", sounds),
        ("unit_heard_end", sound_ends),
        ("unit_hash", hashes),
        ("unit_small", numbers),
    ):
        np.save(directory / f"{name}.npy", array, allow_pickle=False)


def letters_of(tokens: Iterable[Token]) -> int:
    """The first letters of a name's words as bits: `a` is bit 0."""
    bits = 0
    for token in tokens:
        if token.role in ("word", "initial") and token.form[0].isalpha():
            bits |= 1 << (ord(token.form[0]) - 97)
    return bits


_SHORT = 3


def cut_end(form: NameForm, known: Container[str]) -> tuple[float, int]:
    """The weight of a last word that may be cut off, and its first letter's bit.

    (0, 0) for a word the lists know, unless it is so short that it may be the beginning
    of many.
    """
    last = form.tokens[-1] if len(form.tokens) > 1 else None
    if last is None or last.role != "word" or len(last.form) < 2:
        return 0.0, 0
    if len(last.form) > _SHORT and last.form in known:
        return 0.0, 0
    return last.weight, letters_of([last])
