"""Names that are names and nothing else, as rows of the numbers of their words.

A name that may be something else too is left to the whole check.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import is_normalized

import numpy as np
from numpy.typing import NDArray

from clearway.index.index import Index
from clearway.index.vocabulary import Vocabulary
from clearway.model import Kind
from clearway.names import identifiers
from clearway.names.analyse import (
    MAX_TOKENS,
    Token,
    analyse,
    joined_letters,
    understood,
)
from clearway.names.fold import fold
from clearway.names.foreign import Foreign, foreign
from clearway.names.narrative import words_of
from clearway.names.numbered import letters_hash
from clearway.names.readings import has_markup, readings
from clearway.names.romanised import may_be_romanised
from clearway.names.told import is_told
from clearway.screen.pieces import DONE, READ, Pieces
from clearway.screen.rereading import LIMITS

_ALL = (1 << 64) - 1
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿĀ-ſ]+")
_CYRILLIC = re.compile("[А-яЁё]+")
_SEPARATED = str.maketrans("-,", "  ")
_LONGEST = 140
_ORDINARY_STEPS = frozenset({"initials", "punctuation", "letters", "digits"})
"""Ways to read a name otherwise that leave it a name and nothing wrong with it."""
_TOKENS_ARE_WORDS = 0
"""In place of the number of a name's words: it is made of the rows of its tokens."""
_LEAST_LETTERS = 2
_SIGNS_LESS = 3
"""Signs that the other readings of a name in pieces have less, at most."""
_LESS = np.arange(_SIGNS_LESS + 1)
_LIMITS = np.array(sorted(LIMITS))


@dataclass(frozen=True, slots=True)
class Rows:
    """Readings of names, a row each.

    Of which name each is, where its words end, their numbers, the number of them all
    taken together (0 where its tokens are its words), whether the text ends where
    fields of payments do, whether it is in ASCII, and whether it may be in Latin
    letters only.
    """

    name: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]
    bags: NDArray[np.uint64]
    limits: NDArray[np.bool_]
    plain: NDArray[np.bool_]
    latin: NDArray[np.bool_]

    @staticmethod
    def joined(parts: Sequence["Rows"]) -> "Rows":
        """All rows one after the other."""
        sizes = [np.diff(part.ends) for part in parts]
        return Rows(
            np.concatenate([part.name for part in parts]),
            np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes])),
            np.concatenate([part.words for part in parts]),
            np.concatenate([part.bags for part in parts]),
            np.concatenate([part.limits for part in parts]),
            np.concatenate([part.plain for part in parts]),
            np.concatenate([part.latin for part in parts]),
        )


class Reader:
    """Reads the names of one batch; `left` are those left to the whole check."""

    def __init__(
        self, index: Index, vocabulary: Vocabulary, coded: Collection[int] = ()
    ) -> None:
        """Begin with no names; those at the places `coded` may be numbers."""
        self._coded = coded
        self.left: list[int] = []
        self._index, self._vocabulary = index, vocabulary
        self._pieces = Pieces.of(vocabulary)
        self._quick: list[Rows] = []
        self._names: list[int] = []
        self._ends = [0]
        self._words: list[int] = []
        self._bags: list[int] = []
        self._limits: list[bool] = []
        self._plain: list[bool] = []
        self._latin: list[bool] = []

    @property
    def rows(self) -> Rows:
        """The rows of all names read."""
        slow = Rows(
            np.array(self._names, np.int64),
            np.array(self._ends, np.int64),
            np.array(self._words, np.int64),
            np.array(self._bags, np.uint64),
            np.array(self._limits, np.bool_),
            np.array(self._plain, np.bool_),
            np.array(self._latin, np.bool_),
        )
        return Rows.joined([*self._quick, slow])

    def read(self, names: Sequence[str], places: Sequence[int], kind: Kind) -> None:
        """Take names of one kind, each known by its place."""
        found = self._pieces.found(names, kind)
        sizes = found.sizes[found.names]
        near = np.isin(sizes[:, np.newaxis] - _LESS, _LIMITS)
        limits = np.logical_or.reduce(near, axis=1)
        self._quick.append(
            Rows(
                np.array(places, np.int64)[found.names],
                found.ends,
                found.words,
                found.bags,
                limits,
                found.plain[found.names],
                np.ones(len(sizes), np.bool_),
            )
        )
        done = found.status == DONE
        for n in np.flatnonzero(~done).tolist():
            name, place = names[n], places[n]
            begin = len(self._names)
            if found.status[n] == READ:
                good = self._every_way(name, place, kind)
            else:
                good = self._in_pieces(found.readings(n), name, place, kind)
            if not good:
                self._take_back(begin)
                self.left.append(place)

    def _take_back(self, begin: int) -> None:
        """Forget the rows of a name from one on."""
        del self._ends[begin + 1 :]
        del self._words[self._ends[-1] :]
        del self._names[begin:], self._bags[begin:]
        del self._limits[begin:], self._plain[begin:], self._latin[begin:]

    def _every_way(self, text: str, place: int, kind: Kind) -> bool:
        """Take the words of a name, as written and as it may be read, a row each.

        Not if something is wrong with it, or if it is no ordinary name.
        """
        if not _LEAST_LETTERS <= len(text.strip()) <= len(text) <= _LONGEST:
            return False
        if (words := None if text.isascii() else foreign(text)) is not None:
            return self._take_foreign(words, text, place, kind)
        if ("<" in text or "&#" in text) and has_markup(text):
            return False
        ways = readings(text)
        return all(
            _ORDINARY_STEPS.issuperset(reading.how)
            and (place in self._coded or not identifiers.recognised(reading.text))
            and self._take(reading.text, place, kind, sole=len(ways) == 1)
            for reading in ways
        )

    def _in_pieces(
        self, ways: Sequence[Sequence[str]], text: str, place: int, kind: Kind
    ) -> bool:
        """Take the words of a name that is no more than its pieces, as it may be read.

        A reading has up to three signs less.
        """
        shortest = len(text) - (_SIGNS_LESS if len(ways) > 1 else 0)
        sizes = range(shortest, len(text) + 1)
        return all(self._take_words(way, text, place, kind, sizes) for way in ways)

    def _take(self, text: str, place: int, kind: Kind, *, sole: bool) -> bool:
        """Take the words of one reading; whether they are those of a name.

        `sole` says that there is no other reading.
        """
        forms = folded_words(text)
        if forms is None:
            return self._take_analysed(text, place, kind, sole=sole)
        if not forms or len(forms) > MAX_TOKENS:
            return False
        if len(forms) == 1 and len(forms[0]) < _LEAST_LETTERS:
            return False
        size = len(text.rstrip())
        return self._take_words(forms, text, place, kind, range(size, size + 1))

    def _take_words(
        self, forms: Sequence[str], text: str, place: int, kind: Kind, sizes: range
    ) -> bool:
        """Take these words of a text; whether they are those of a name.

        `sizes` are the lengths its readings may have.
        """
        if is_told(text, forms):
            return False
        forms, told = joined_letters(forms), forms
        if len(forms) < len(told) and is_told(text, forms):
            return False
        words = self._vocabulary.simple(kind).of(forms)
        bag = _TOKENS_ARE_WORDS
        if words is None:
            tokens = understood(forms, kind)
            if is_told(text, _parts(tokens)):
                return False
            words = list(map(self._vocabulary.number, tokens))
            bag = _bag(forms)
        self._put(text, place, words, bag, sizes)
        return True

    def _take_foreign(self, words: Foreign, text: str, place: int, kind: Kind) -> bool:
        """Take the words of a name in letters that are read word by word."""
        forms = joined_letters(words.forms)
        if len(forms) > MAX_TOKENS or sum(map(len, forms)) < _LEAST_LETTERS:
            return False
        tokens = understood(forms, kind, bare=words.bare)
        return self._put_tokens(text, place, tokens, forms)

    def _put_tokens(
        self, text: str, place: int, tokens: Sequence[Token], forms: Sequence[str]
    ) -> bool:
        if is_told(text, _parts(tokens)):
            return False
        numbers = list(map(self._vocabulary.number, tokens))
        size = len(text.rstrip())
        self._put(text, place, numbers, _bag(forms), range(size, size + 1))
        return True

    def _take_analysed(self, text: str, place: int, kind: Kind, *, sole: bool) -> bool:
        """Take the words of a reading in letters that take more to be read."""
        form = analyse(text, kind)
        if form.tricks or form.cut or len(form.key) < _LEAST_LETTERS:
            return False
        own = " ".join(text.casefold().split())
        if own != text and self._index.equal(form):
            return False  # else equal names have the numbers of all their words equal
        if not sole and is_told(text, words_of(text)):
            return False
        return self._put_tokens(text, place, form.tokens, form.key.split())

    def _put(
        self, text: str, place: int, words: list[int], bag: int, sizes: range
    ) -> None:
        """Take a row, unless the one before says the same of the same name."""
        limit = not LIMITS.isdisjoint(sizes)
        same = self._names[-1:] == [place] and self._bags[-1] == bag
        if same and self._words[self._ends[-2] :] == words:
            self._limits[-1] = self._limits[-1] or limit
            return
        self._names.append(place)
        self._words += words
        self._ends.append(len(self._words))
        self._bags.append(bag)
        self._limits.append(limit)
        self._plain.append(text.isascii())
        self._latin.append(may_be_romanised(text))


def _parts(tokens: Sequence[Token]) -> list[str]:
    return [word for token in tokens for word in token.form.split()]


def folded_words(text: str) -> list[str] | None:
    """The words of a name in Latin or in Cyrillic letters, folded; None for others.

    What `analyse` makes of them: in such a text are no tricks to be taken out, no
    words of scripts to be read, and folding goes letter by letter.
    """
    if not text.isprintable():
        return None
    if text.isascii():
        return fold(text).split()
    if not is_normalized("NFKC", text):
        return None
    pieces = text.translate(_SEPARATED).split()
    for folded in (_folded, _folded_cyrillic):
        forms = [form for form in map(folded, pieces) if form]
        if len(forms) == len(pieces):
            return forms
    return None


@lru_cache(maxsize=131_072)
def _folded(piece: str) -> str:
    """One word in Latin letters, folded; empty if it is anything else."""
    return _one_word(piece) if _LATIN.fullmatch(piece) else ""


@lru_cache(maxsize=131_072)
def _folded_cyrillic(piece: str) -> str:
    """One word in Russian letters, folded; empty if it is anything else."""
    return _one_word(piece) if _CYRILLIC.fullmatch(piece) else ""


def _one_word(piece: str) -> str:
    form = fold(piece)
    return "" if " " in form else form


def _bag(forms: Sequence[str]) -> int:
    return sum(map(_number, forms)) & _ALL


_number = lru_cache(maxsize=131_072)(letters_hash)
