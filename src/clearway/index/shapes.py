"""What compiled code needs to know of a word to say how alike two words are."""

from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.names.analyse import NameForm, Token
from clearway.names.compiling import loadable
from clearway.names.likeness import (
    consonants,
    printed,
    undoubled,
    vowel_poor,
    vowelless,
)
from clearway.names.numbered import letters_hash
from clearway.names.phonetic import heard, skeleton, strokes

WORD = np.dtype(
    [
        *((name, "u4") for name in ("start", "end", "heard", "heard_end")),
        *((name, "u8") for name in ("form", "group")),
        *((name, "u8") for name in ("undoubled", "printed", "consonants")),
        *((name, "u8") for name in ("skeleton", "strokes")),
        ("weight", "f8"),
        *((name, "u1") for name in ("said", "bones", "drawn", "poor", "vowelless")),
        *((name, "u1") for name in ("role", "strength", "counted", "bare")),
        *((name, "u1") for name in ("syllable", "patronymic", "searched", "told")),
        *((name, "u1") for name in ("edits", "limit", "bony_limit")),
    ],
    align=True,
)
"""A word as compiled code reads it.

Where its letters and its sounds stand among the letters of all words; the numbers of
its letters, its group and its further forms (`letters_hash`); how many consonants,
letters of its skeleton and strokes it has; what else comparing asks of a `Token`; and
the edits within which it is searched, by letters and by consonants.
"""
Rows = tuple[NDArray[Any], NDArray[np.uint8]]
"""Words, and the letters and sounds of all of them in a row."""


def letters(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The letters of many ASCII texts in a row, and where each begins and ends."""
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return np.frombuffer("".join(texts).encode("ascii"), np.uint8), ends


def shapes(forms: Sequence[str], *, quick: bool = False) -> Rows:
    """Rows with letters, sounds and further forms of words, the rest left zero.

    By compiled code if `quick`, or if they are very many; both come to the same.
    """
    rows = np.zeros(len(forms), WORD)
    written, ends = letters(forms)
    if quick or (len(forms) > MANY and loadable()):
        from clearway.names import compiled

        sounds, sound_ends = compiled.shapes(written, ends, rows)
    else:
        sounds, sound_ends = letters(list(map(heard, forms)))
        for at, form in enumerate(forms):
            _shape(form, rows[at])
    rows["start"], rows["end"] = ends[:-1], ends[1:]
    rows["heard"] = sound_ends[:-1] + len(written)
    rows["heard_end"] = sound_ends[1:] + len(written)
    return rows, np.concatenate((written, sounds))


def _shape(form: str, row: Any) -> None:
    """Fill a row with the numbers of a word's further forms."""
    said, bones, drawn = consonants(form), skeleton(form), strokes(form)
    row["form"] = letters_hash(form)
    row["undoubled"] = letters_hash(undoubled(form))
    row["printed"] = letters_hash(printed(form))
    row["consonants"], row["said"] = letters_hash(said), min(len(said), 255)
    row["skeleton"], row["bones"] = letters_hash(bones), min(len(bones), 255)
    row["strokes"], row["drawn"] = letters_hash(drawn), min(len(drawn), 255)
    row["poor"], row["vowelless"] = vowel_poor(form), vowelless(form)


def write_rows(directory: Path, name: str, words: Rows) -> None:
    """Keep words in files, for `kept_rows`."""
    rows, text = words
    np.save(directory / f"{name}_rows.npy", rows, allow_pickle=False)
    np.save(directory / f"{name}_text.npy", text, allow_pickle=False)


def kept_rows(load: Callable[[str], NDArray[Any]], name: str) -> Rows:
    """The words kept in files, as `load` opens an array."""
    return load(f"{name}_rows").view(WORD), load(f"{name}_text")


def letters_of(tokens: Iterable[Token]) -> int:
    """The first letters of a name's words as bits: `a` is bit 0."""
    bits = 0
    for token in tokens:
        if token.role in ("word", "initial") and token.form[0].isalpha():
            bits |= 1 << (ord(token.form[0]) - 97)
    return bits


SHORT_END = 3
"""Letters up to which a last word may be the beginning of many, known or not."""
MANY = 20_000
"""Words from which compiled code is worth its loading."""


def cut_end(form: NameForm, known: Container[str]) -> tuple[float, int]:
    """The weight of a last word that may be cut off, and its first letter's bit.

    (0, 0) for a word the lists know, unless it is so short that it may be the beginning
    of many.
    """
    last = form.tokens[-1] if len(form.tokens) > 1 else None
    if last is None or last.role != "word" or len(last.form) < 2:
        return 0.0, 0
    if len(last.form) > SHORT_END and last.form in known:
        return 0.0, 0
    return last.weight, letters_of([last])
