"""Names of a batch as rows of pieces met before (`clearway.names.pieces`).

Kept by one thread, like the words of `clearway.index.batch`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.index.shapes import letters
from clearway.index.vocabulary import HANGS, NUMERAL, Column, Vocabulary
from clearway.model import Kind
from clearway.names import splitting
from clearway.names.pieces import Piece, Sort, piece_of, readings
from clearway.names.told import Tells, tells

READ, GO_ON, DONE = splitting.READ, splitting.GO_ON, splitting.DONE
_UTF8 = ("utf-8", "surrogatepass")
_ROOM = 1 << 12
_UNKNOWN = -3
"""Of the number of a piece's word: not asked for yet."""
_MOST_PIECES = 1 << 20
"""Pieces kept at most; beyond this all begins anew."""
_NOT_DOTTED = np.full((1, 3), -1, np.int64)
_kept = local()


@dataclass(frozen=True, slots=True)
class Found:
    """What the pieces of names of one kind tell of them.

    `status` is READ, GO_ON or DONE for each name. There is a row for each reading of
    those that are DONE: of which name it is, where its words end, and what stands for
    its spellings. The pieces of all names are in a row, too.
    """

    status: NDArray[np.uint8]
    names: NDArray[np.int64]
    ends: NDArray[np.int64]
    bags: NDArray[np.uint64]
    words: NDArray[np.int64]
    sizes: NDArray[np.int64]
    """Characters of each name."""
    plain: NDArray[np.bool_]
    """Which names are in ASCII."""
    known: Sequence[Piece]
    pieces: NDArray[np.int64]
    piece_ends: NDArray[np.int64]

    def readings(self, name: int) -> list[list[str]]:
        """The words of a name to go on with, as it may be read."""
        numbers = self.pieces[self.piece_ends[name] : self.piece_ends[name + 1]]
        return readings([self.known[number] for number in numbers.tolist()])


class _OfKind:
    """What the pieces are in names of one kind, as far as they have been asked for."""

    def __init__(self) -> None:
        self.words = np.zeros(0, np.int64)
        self.numerals = np.zeros(0, np.bool_)
        self.spans = np.zeros((0, 2), np.int64)
        self.ends = Column(np.int64)
        self.ends.put(np.zeros(1, np.int64))
        self.behind = Column(np.int64)
        self.phrases = Column(np.int64)

    def make_room(self, size: int) -> None:
        """Room for what so many pieces are."""
        if size <= (filled := len(self.words)):
            return
        size = max(size, 2 * filled, _ROOM)
        self.words = _grown(self.words, size)
        self.words[filled:] = _UNKNOWN
        self.numerals = _grown(self.numerals, size)
        self.spans = _grown(self.spans, size)


class Pieces:
    """All pieces met so far, and what each is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Begin with none; their words are numbered in a vocabulary."""
        self._vocabulary = vocabulary
        self._slots = np.zeros(1 << 16, np.int64)
        self._rows = np.zeros(_ROOM, splitting.PIECE)
        self._pool = np.zeros(8 * _ROOM, np.uint8)
        self._pooled = 0
        self._known: list[Piece] = []
        self._sorts = Column(np.int64)
        self._tells = Column(np.int64)
        self._hashes = Column(np.uint64)
        self._spellings = Column(np.int64)
        self._apart = _NOT_DOTTED[:0]
        self._numbers: dict[str, int] = {}
        self._kinds: dict[Kind, _OfKind] = {}
        self._cut([" ".join(ascii_lowercase)])  # letters are the first pieces

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._known)

    @staticmethod
    def of(vocabulary: Vocabulary) -> "Pieces":
        """The pieces of this thread for the words of a vocabulary."""
        kept: Pieces | None = getattr(_kept, "pieces", None)
        if (
            kept is None
            or kept._vocabulary is not vocabulary
            or len(kept) > _MOST_PIECES
        ):
            kept = _kept.pieces = Pieces(vocabulary)
        return kept

    def found(self, names: Sequence[str], kind: Kind) -> Found:
        """The words of names of one kind, as far as their pieces tell."""
        ends, pieces, before, odd, sizes = self._cut(names)
        meant = self._of_kind(kind, pieces)
        status, rows, row_ends, bags, words = splitting.compose(
            ends,
            pieces,
            before,
            odd,
            (self._sorts.array, self._tells.array, self._hashes.array, self._apart),
            (meant.words, meant.numerals),
            (
                meant.spans,
                meant.ends.array,
                meant.behind.array,
                meant.phrases.array,
                self._spellings.array,
            ),
        )
        return Found(
            status,
            rows,
            row_ends,
            bags,
            words,
            sizes,
            odd & splitting.FOREIGN == 0,
            self._known,
            pieces,
            ends,
        )

    def _cut(self, names: Sequence[str]) -> tuple[NDArray[Any], ...]:
        """The pieces of names (see `splitting.split`), new ones learnt."""
        written = "".join(map(_as_line, names)).encode(*_UTF8)
        text, count = np.frombuffer(written, np.uint8), len(names)
        self._make_room(len(text) // 2 + count, len(text))
        *out, filled = splitting.split(
            text,
            count,
            self._slots,
            self._rows,
            self._pool,
            len(self._known),
            self._pooled,
        )
        self._learn(filled)
        return tuple(out)

    def _make_room(self, pieces: int, letters: int) -> None:
        """Room for so many more pieces, and the letters of them all."""
        filled = len(self._known)
        if filled + pieces > len(self._rows):
            self._rows = _grown(self._rows, 2 * filled + pieces)
        if self._pooled + letters > len(self._pool):
            self._pool = _grown(self._pool, 2 * self._pooled + letters)
        if 2 * (filled + pieces) > len(self._slots):
            size = 1 << (4 * (filled + pieces)).bit_length()
            self._slots = np.zeros(size, np.int64)
            splitting.placed_anew(self._rows, filled, self._slots)

    def _learn(self, filled: int) -> None:
        """Find out what new pieces are."""
        begin = len(self._known)
        if begin == filled:
            return
        rows = self._rows[begin:filled]
        starts, ends = rows["start"].astype(np.int64) - self._pooled, rows["end"]
        text = self._pool[self._pooled : int(ends[-1])].tobytes()
        spans = zip(starts.tolist(), (ends - self._pooled).tolist(), strict=True)
        self._pooled = int(ends[-1])
        fresh = [piece_of(text[start:end].decode("utf-8")) for start, end in spans]
        self._known += fresh
        forms = [piece.form for piece in fresh]
        self._sorts.put(np.array([piece.sort for piece in fresh], np.int64))
        table = tells()
        told = [table.get(form, Tells.NOTHING) for form in forms]
        self._tells.put(np.array(told, np.int64))
        if filled > len(self._apart):
            self._apart = _grown(self._apart, 2 * filled)
            self._apart[begin:] = -1
        for number, piece in enumerate(fresh, begin):
            if Sort.DOTTED in piece.sort:
                for at, letter in enumerate(piece.form):
                    self._apart[number, at] = ord(letter) - ord("a")
        self._hashes.put(splitting.hashes(*letters(forms)))
        self._spellings.put(np.array(list(map(self._spelling, forms)), np.int64))

    def _spelling(self, form: str) -> int:
        """The number of a word's spelling."""
        return self._numbers.setdefault(form, len(self._numbers))

    def _of_kind(self, kind: Kind, pieces: NDArray[np.int64]) -> _OfKind:
        """What these pieces are in names of a kind."""
        meant = self._kinds.get(kind)
        if meant is None:
            meant = self._kinds[kind] = _OfKind()
            pieces = np.concatenate((np.arange(len(ascii_lowercase)), pieces))
        meant.make_room(len(self._known))
        fresh = np.unique(pieces[meant.words[pieces] == _UNKNOWN])
        for number in fresh.tolist():
            if form := self._known[number].form:
                self._learn_word(number, form, kind, meant)
            else:
                meant.words[number] = splitting.NO_WORD
        return meant

    def _learn_word(self, number: int, form: str, kind: Kind, meant: _OfKind) -> None:
        """Find out what the word of a piece is in names of a kind."""
        word, hangs, phrases = self._vocabulary.simple(kind).meaning(form)
        meant.words[number] = word if hangs != HANGS else splitting.HANGS
        meant.numerals[number] = hangs == NUMERAL
        if not phrases:
            return
        begin = meant.phrases.filled
        for behind, token in phrases:
            spelt = list(map(self._spelling, behind))
            meant.behind.put(np.array(spelt, np.int64))
            meant.ends.put(np.array([meant.behind.filled], np.int64))
            sure = token.role != "vessel_prefix" and token.group != "branch"
            sure = sure and tells().keys().isdisjoint({token.form} - {form, *behind})
            phrase = self._vocabulary.number(token) if sure else splitting.HANGS
            meant.phrases.put(np.array([phrase], np.int64))
        meant.spans[number] = begin, meant.phrases.filled


def _as_line(name: str) -> str:
    """A name with a line end behind it; one that holds such is not to be cut."""
    return f"{name}\n" if "\n" not in name else "\x00\n"


def _grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    out = np.zeros((size, *array.shape[1:]), array.dtype)
    out[: len(array)] = array
    return out
