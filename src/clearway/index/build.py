"""Compile names and identifiers to flat arrays that are mapped, not loaded."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clearway.index import hashed, joined
from clearway.index.facts import WORDS as COUNTRY_WORDS
from clearway.index.facts import YEAR_UNKNOWN, country_set
from clearway.index.keys import deletion_pairs, hash64, mixed_all
from clearway.index.shapes import letters_of, shapes, write_rows
from clearway.index.vocabulary import Vocabulary
from clearway.model import Kind
from clearway.names.acronyms import acronyms
from clearway.names.analyse import NameForm, Token, analyse
from clearway.names.analyse import token as token_of
from clearway.names.likeness import consonants, vowelless
from clearway.names.numbered import letters_hash
from clearway.names.roles import LIGHT

FORMAT = 13
"""Raised whenever the arrays change meaning; older compilations are made again."""

KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Row:
    """One entity as the index sees it: its kind, its names, its comparable numbers.

    `born` is the first and the last year in which it may have been born, if known;
    `countries` are the codes of countries it has any tie to.
    """

    kind: Kind
    names: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    born: tuple[int, int] | None = None
    countries: tuple[str, ...] = ()


def build(
    rows: Iterable[Row],
    directory: Path,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write the index of these entities, numbered in the order given.

    A name that several entities of one kind bear is kept once. Returns the number of
    distinct names. The directory must exist and be empty.
    """
    names: dict[tuple[str, Kind], int] = {}
    bearers: list[list[int]] = []
    ids: list[tuple[int, int]] = []
    born: list[tuple[int, int]] = []
    held: list[tuple[int, ...]] = []
    for entity, row in enumerate(rows):
        born.append(row.born or YEAR_UNKNOWN)
        held.append(country_set(row.countries))
        for text in dict.fromkeys(row.names):
            number = names.setdefault((text, row.kind), len(names))
            if number == len(bearers):
                bearers.append([])
            bearers[number].append(entity)
        ids += ((hash64(value), entity) for value in dict.fromkeys(row.identifiers))
        progress(entity + 1)
    forms = [analyse(text, kind) for text, kind in names]
    _write_names(directory, list(names), forms, bearers)
    _write_words(directory, forms)
    _write_vocabulary(directory, forms)
    joined.write(directory, list(names), forms)
    _write_table(directory, "id", ids)
    _save(directory, "held", np.asarray(held, np.uint64).reshape(-1, COUNTRY_WORDS))
    _save(directory, "born", np.asarray(born, np.int16).reshape(-1, 2))
    keys = ((hash64(form.key), n) for n, form in enumerate(forms) if form.key)
    _write_table(directory, "key", keys)
    _write_table(directory, "bag", _bags(list(names), forms))
    shortened = (
        (letters_hash(letters), n)
        for n, (form, (_, kind)) in enumerate(zip(forms, names, strict=True))
        if kind is Kind.ORGANIZATION
        for letters in acronyms(form)
        if len(letters) >= LEAST_ACRONYM
    )
    _write_table(directory, "acronym", shortened)
    native = ((hash64(_native(text)), n) for n, (text, _) in enumerate(names))
    _write_table(directory, "native", native)
    return len(names)


def _bags(
    names: Sequence[tuple[str, Kind]], forms: Sequence[NameForm]
) -> Iterator[tuple[int, int]]:
    """The words of each name as one number, also as its bare letters would be read.

    Names equal in any way that `Index.equal` knows have a number in common.
    """
    for number, ((text, kind), form) in enumerate(zip(names, forms, strict=True)):
        keys = {form.key}
        if not (text.isascii() and text.isprintable()):
            keys.add(analyse(_native(text), kind).key)
        for key in keys - {""}:
            yield bag_of(key.split()), number


def bag_of(words: Iterable[str]) -> int:
    """One number for some words in whatever order."""
    return sum(map(letters_hash, words)) & ((1 << 64) - 1)


def _native(text: str) -> str:
    """The spelling itself, for names that fold to nothing or to something else."""
    return " ".join(text.casefold().split())


def _write_names(
    directory: Path,
    names: Sequence[tuple[str, Kind]],
    forms: Sequence[NameForm],
    bearers: Sequence[Sequence[int]],
) -> None:
    _write_texts(directory, "name", [text for text, _ in names])
    kinds = np.asarray([KINDS.index(kind) for _, kind in names], np.uint8)
    _save(directory, "name_kind", kinds)
    _save(directory, "name_weight", np.asarray([f.total for f in forms], np.float32))
    letters = [letters_of(form.tokens) for form in forms]
    _save(directory, "name_letters", np.asarray(letters, np.uint32))
    _write_lists(directory, "bearer", bearers)


def _write_vocabulary(directory: Path, forms: Sequence[NameForm]) -> None:
    """Every word of every name, in order, and what a comparison needs of each word."""
    vocabulary = Vocabulary(quick=False)
    number = vocabulary.number
    numbers = [number(token) for form in forms for token in form.tokens]
    ends = np.cumsum([0, *(len(form.tokens) for form in forms)], dtype=np.uint32)
    _save(directory, "name_word", np.asarray(numbers, np.uint32))
    _save(directory, "name_word_end", ends)
    plain = [form.text.isascii() for form in forms]
    _save(directory, "name_plain", np.asarray(plain, np.bool_))
    write_rows(directory, "word", vocabulary.whole())


def _write_words(directory: Path, forms: Sequence[NameForm]) -> None:
    """Words and joined neighbours with the names they stand in, and ways to a word.

    Words are found by spelling, by group of equal spellings, by consonant skeleton,
    and by what is left when letters are deleted; `+` marks two neighbours as one word.
    """
    place: dict[str, int] = {}
    words: dict[str, Token] = {}
    units, names = array("I"), array("I")
    for number, form in enumerate(forms):
        heavy = [token for token in form.tokens if token.role not in LIGHT]
        tokens = [*(heavy or form.tokens), *_parts(form)]
        for token in tokens:
            words.setdefault(token.form, token)
        found = [token.form for token in tokens]
        for left, right in zip(form.tokens, form.tokens[1:], strict=False):
            found.append("+" + left.form + right.form)
        units.extend([place.setdefault(unit, len(place)) for unit in found])
        names.extend([number] * len(found))
    vocabulary = sorted(place)
    (directory / "unit.txt").write_text("\n".join(vocabulary), "ascii")
    worded = [unit for unit in vocabulary if not unit.startswith("+")]
    write_rows(directory, "unit", shapes(worded))
    ranks = np.empty(len(vocabulary), np.uint64)
    for rank, unit in enumerate(vocabulary):
        ranks[place[unit]] = rank
        place[unit] = rank
    _write_postings(directory, ranks[np.frombuffer(units, np.uint32)], names)
    groups = [(letters_hash(t.group), place[w]) for w, t in words.items() if t.group]
    _write_table(directory, "group", groups)
    bones = [
        (letters_hash(t.skeleton), place[w]) for w, t in words.items() if has_bones(t)
    ]
    _write_table(directory, "skeleton", bones)
    bare = [
        (letters_hash(t.skeleton), place[w])
        for w, t in words.items()
        if len(t.skeleton) >= LEAST_BONES and vowelless(w)
    ]
    _write_table(directory, "bare", bare)
    said = [(letters_hash(consonants(w)), place[w]) for w in words if len(w) > 2]
    _write_table(directory, "said", said)
    _write_table(directory, "known", ((letters_hash(u), n) for u, n in place.items()))
    ordered = sorted(words)
    key, owner = deletion_pairs(ordered)
    positions = np.asarray([place[word] for word in ordered], np.uint32)
    hashed.write(directory, "deletion", mixed_all(key), positions[owner])


def _write_postings(
    directory: Path, units: NDArray[np.uint64], names: "array[int]"
) -> None:
    """The names of each unit, each once, from pairs of both."""
    pairs = (units << np.uint64(32)) | np.frombuffer(names, np.uint32)
    pairs = np.unique(pairs)
    last = int(pairs[-1] >> np.uint64(32)) if len(pairs) else -1
    firsts = np.arange(last + 2, dtype=np.uint64) << np.uint64(32)
    _save(directory, "posting_end", pairs.searchsorted(firsts).astype(np.uint64))
    _save(directory, "posting_flat", pairs.astype(np.uint32))


def _parts(form: NameForm) -> list[Token]:
    """The words of names written in several: `bari` finds `abdul bari` too."""
    if not any(token.group and " " not in token.form for token in form.tokens):
        return []
    known = {word for token in form.tokens for word in token.form.split()}
    rest = [word for word in form.key.split() if word not in known]
    words = [token_of(word, Kind.PERSON) for word in rest]
    return [word for word in words if word.role == "word"]


def has_bones(token: Token) -> bool:
    """Whether a word is to be found by its skeleton.

    Three consonants, or two of a word too short for the search by letters.
    """
    bones = len(token.skeleton)
    return bones >= LEAST_BONES or (
        bones == LEAST_BONES - 1 and len(token.form) < SHORT_WORD
    )


LEAST_BONES = 3
"""Consonants below which a skeleton says no more than the letters do."""
LEAST_ACRONYM = 4
"""Letters below which an acronym stands for too many names."""
SHORT_WORD = 5
"""Letters of a word from which two consonants are no way to find it."""


def _write_table(directory: Path, name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Pairs of a 64-bit key and a number, each once."""
    keys, values = array("Q"), array("I")
    for key, value in pairs:
        keys.append(key)
        values.append(value)
    hashed.write(
        directory, name, np.array(keys, np.uint64), np.array(values, np.uint32)
    )


def _write_texts(directory: Path, name: str, texts: Sequence[str]) -> None:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    (directory / f"{name}.txt").write_bytes(b"".join(encoded))
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.uint64)
    _save(directory, f"{name}_end", ends)


def _write_lists(directory: Path, name: str, lists: Sequence[Sequence[int]]) -> None:
    ends = np.cumsum([0, *map(len, lists)], dtype=np.uint64)
    flat = np.fromiter((n for row in lists for n in row), np.uint32, int(ends[-1]))
    _save(directory, f"{name}_end", ends)
    _save(directory, f"{name}_flat", flat)


def _save(directory: Path, name: str, array: NDArray[np.generic]) -> None:
    np.save(directory / f"{name}.npy", array, allow_pickle=False)
