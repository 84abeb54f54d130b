"""Read some entities to flat arrays, as far as it can be done without the others.

All that costs time for every name is done here, chunk by chunk, so that several
processes can share it; `clearway.index.merging` makes one index of the chunks.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from clearway.index import joined
from clearway.index.facts import WORDS as COUNTRY_WORDS
from clearway.index.facts import YEAR_UNKNOWN, country_set
from clearway.index.keys import hash64, letters_hashes
from clearway.index.shapes import letters_of
from clearway.index.vocabulary import Vocabulary
from clearway.model import Kind
from clearway.names.acronyms import acronyms
from clearway.names.analyse import NameForm, Token, analyse
from clearway.names.analyse import token as token_of
from clearway.names.numbered import letters_hash
from clearway.names.roles import LIGHT

KINDS = tuple(Kind)
LEAST_ACRONYM = 4
"""Letters below which an acronym stands for too many names."""

_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_DIGEST = 16
"""Bytes that tell one name from another, in whatever chunk it stands."""
# A name is read once here: keeping it for the next time would only cost memory.
_analyse, _acronyms = analyse.__wrapped__, acronyms.__wrapped__


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


Word = tuple[str, str, str, str, float, str, str]
"""The fields of a `Token`, in their order: passed on sooner than an object."""
_fields: Callable[[Token], Word] = attrgetter(*(field.name for field in fields(Token)))

Pairs = tuple[NDArray[np.uint64], NDArray[np.uint32]]
"""64-bit numbers, and the name or entity that each of them finds."""


@dataclass(frozen=True, slots=True)
class Names:
    """The distinct names of a chunk: letters in UTF-8 in a row, and columns.

    `digest` (two 64-bit numbers) stands for the spelling and the kind; `size` is how
    many bytes, `count` how many words a name has.
    """

    text: bytes
    size: NDArray[np.uint32]
    count: NDArray[np.uint32]
    digest: NDArray[np.uint64]
    kind: NDArray[np.uint8]
    weight: NDArray[np.float32]
    letters: NDArray[np.uint32]
    plain: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entities in a row, read. Names, entities, tokens and units count from 0 in it.

    `spelt` are the words of every name, by their place in `tokens`; `words` the first
    token of each word that is a way to a name; `units` those words and runs of
    neighbours, `posted` which unit stands in which name; `runs` the letters of names
    without blanks, `run_names` whose they are; `bearers` which name is borne by which
    entity; `tables` what finds a name or an entity at once. Strings stand in lines.
    """

    names: Names
    bearers: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    born: NDArray[np.int16]
    held: NDArray[np.uint64]
    tokens: Sequence[Word]
    spelt: NDArray[np.uint32]
    words: Sequence[Word]
    units: str
    posted: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    runs: str
    run_names: NDArray[np.uint32]
    tables: dict[str, Pairs]


def read(rows: Iterable[Row]) -> Chunk:
    """Read entities. A name that several entities of one kind bear is read once."""
    names: dict[tuple[str, Kind], int] = {}
    borne, bearers = array("I"), array("I")
    ids: list[tuple[int, int]] = []
    born: list[tuple[int, int]] = []
    held: list[tuple[int, ...]] = []
    for entity, row in enumerate(rows):
        born.append(row.born or YEAR_UNKNOWN)
        held.append(country_set(row.countries))
        for text in dict.fromkeys(row.names):
            borne.append(names.setdefault((text, row.kind), len(names)))
            bearers.append(entity)
        ids += ((hash64(value), entity) for value in dict.fromkeys(row.identifiers))
    known = list(names)
    forms = [_analyse(text, kind) for text, kind in known]
    vocabulary = Vocabulary(quick=False)
    number = vocabulary.number
    spelt = [number(token) for form in forms for token in form.tokens]
    words, units, posted = _words(forms)
    runs, run_names = joined.runs(known, forms)
    return Chunk(
        names=_names(known, forms),
        bearers=(np.array(borne, np.uint32), np.array(bearers, np.uint32)),
        born=np.asarray(born, np.int16).reshape(-1, 2),
        held=np.asarray(held, np.uint64).reshape(-1, COUNTRY_WORDS),
        tokens=list(map(_fields, vocabulary.fresh)),
        spelt=np.asarray(spelt, np.uint32),
        words=list(map(_fields, words)),
        units="\n".join(units),
        posted=posted,
        runs="\n".join(runs),
        run_names=np.asarray(run_names, np.uint32),
        tables={"id": _pairs(ids), **_tables(known, forms)},
    )


def _names(known: Sequence[tuple[str, Kind]], forms: Sequence[NameForm]) -> Names:
    encoded = [text.encode("utf-8", "surrogatepass") for text, _ in known]
    kinds = [_KIND_NUMBER[kind] for _, kind in known]
    digests = b"".join(
        blake2b(text, digest_size=_DIGEST, salt=bytes([kind])).digest()
        for text, kind in zip(encoded, kinds, strict=True)
    )
    return Names(
        text=b"".join(encoded),
        size=np.asarray([*map(len, encoded)], np.uint32),
        count=np.asarray([len(form.tokens) for form in forms], np.uint32),
        digest=np.frombuffer(digests, np.uint64).reshape(-1, 2),
        kind=np.asarray(kinds, np.uint8),
        weight=np.asarray([form.total for form in forms], np.float32),
        letters=np.asarray([letters_of(form.tokens) for form in forms], np.uint32),
        plain=np.asarray([form.text.isascii() for form in forms], np.bool_),
    )


def _words(
    forms: Sequence[NameForm],
) -> tuple[list[Token], list[str], tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
    """Words and joined neighbours, and in which names they stand.

    `+` marks two neighbours as one word.
    """
    place: dict[str, int] = {}
    words: dict[str, Token] = {}
    units, names = array("I"), array("I")
    for number, form in enumerate(forms):
        tokens = form.tokens
        heavy = [token for token in tokens if token.role not in LIGHT] or [*tokens]
        heavy += _parts(form)
        for token in heavy:
            words.setdefault(token.form, token)
        found = [token.form for token in heavy]
        for left, right in pairwise([token.form for token in tokens]):
            found.append(f"+{left}{right}")
        units.extend([place.setdefault(unit, len(place)) for unit in found])
        names.extend([number] * len(found))
    posted = np.array(units, np.uint32), np.array(names, np.uint32)
    return list(words.values()), list(place), posted


def _parts(form: NameForm) -> list[Token]:
    """The words of names written in several: `bari` finds `abdul bari` too."""
    if not any(token.group and " " not in token.form for token in form.tokens):
        return []
    known = {word for token in form.tokens for word in token.form.split()}
    rest = [word for word in form.key.split() if word not in known]
    words = [token_of(word, Kind.PERSON) for word in rest]
    return [word for word in words if word.role == "word"]


def _tables(
    known: Sequence[tuple[str, Kind]], forms: Sequence[NameForm]
) -> dict[str, Pairs]:
    """What finds a name at once: its words, its spelling, its acronyms."""
    keys = [(hash64(form.key), n) for n, form in enumerate(forms) if form.key]
    natives = [(hash64(native(text)), n) for n, (text, _) in enumerate(known)]
    shortened = [
        (letters, n)
        for n, (form, (_, kind)) in enumerate(zip(forms, known, strict=True))
        if kind is Kind.ORGANIZATION
        for letters in _acronyms(form)
        if len(letters) >= LEAST_ACRONYM
    ]
    return {
        "key": _pairs(keys),
        "native": _pairs(natives),
        "bag": _bags(list(_spellings(known, forms))),
        "acronym": (
            letters_hashes([letters for letters, _ in shortened]),
            np.asarray([n for _, n in shortened], np.uint32),
        ),
    }


def _spellings(
    known: Sequence[tuple[str, Kind]], forms: Sequence[NameForm]
) -> Iterator[tuple[list[str], int]]:
    """The words of each name, also as its bare letters would be read.

    Names equal in any way that `Index.equal` knows have a reading in common.
    """
    for number, ((text, kind), form) in enumerate(zip(known, forms, strict=True)):
        keys = {form.key}
        # Letters without case, as in Han or Arabic, are bare already.
        plain = text.isascii() and text.isprintable()
        if not plain and (bare := native(text)) != text:
            keys.add(_analyse(bare, kind).key)
        for key in keys - {""}:
            yield key.split(), number


def _bags(spellings: Sequence[tuple[list[str], int]]) -> Pairs:
    """`bag_of` many rows of words, and the name that each row finds."""
    if not spellings:
        return _pairs([])
    place: dict[str, int] = {}
    flat = [place.setdefault(w, len(place)) for words, _ in spellings for w in words]
    firsts = np.cumsum([0, *(len(words) for words, _ in spellings[:-1])])
    bags = np.add.reduceat(letters_hashes(list(place))[flat], firsts)
    return bags, np.asarray([number for _, number in spellings], np.uint32)


def bag_of(words: Iterable[str]) -> int:
    """One number for some words in whatever order."""
    return sum(map(letters_hash, words)) & ((1 << 64) - 1)


def native(text: str) -> str:
    """The spelling itself, for names that fold to nothing or to something else."""
    return " ".join(text.casefold().split())


def _pairs(rows: Sequence[tuple[int, int]]) -> Pairs:
    return (
        np.asarray([key for key, _ in rows], np.uint64),
        np.asarray([value for _, value in rows], np.uint32),
    )
