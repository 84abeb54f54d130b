"""The words of texts, each looked up once: which words of listed names it may be.

A word is looked up as it is written, with one edit, as another spelling of a name, or
as it is read from another script; all later uses of it have the same number.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.documents import spelling, tokens
from clearway.documents.inflected import uninflected
from clearway.documents.lexicon import Lexicon
from clearway.documents.ordinary import is_ordinary
from clearway.index.vocabulary import Column
from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.numbered import letters_hash
from clearway.names.patronymics import ENDINGS
from clearway.names.script import HAN
from clearway.names.words import words as known_words

PIECE = 1 << 16
"""Bytes looked at together: the work on them stays in the processor's cache."""
_MOST_WORDS = 1 << 21
"""Distinct words kept at most; beyond this all begins anew."""
_FIRST_ROOM = 1 << 17
_LONGEST_HAN = 5
_LEAST_PATRONYMIC = 6
_DIVIDED = re.compile("(?:\u00ad|-(?=[\r\n]))[\r\n ]*")
_SMALL_ROLES = frozenset(
    {"particle", "small", "title", "legal", "vessel_prefix", "generic"}
)


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of a piece of text, a row each.

    Their numbers, the bytes where they start and end, what is seen of them, the gap
    before each, the state of its letters' number (see `clearway.documents.tokens`).
    """

    words: NDArray[Any]
    starts: NDArray[Any]
    ends: NDArray[Any]
    seen: NDArray[Any]
    gaps: NDArray[Any]
    states: NDArray[Any]

    def __len__(self) -> int:
        return len(self.words)


class Seen:
    """The words met so far and what each may be. Not to be shared between threads.

    By the number of a word: `starts`, `stops` of its `classes` (of the lexicon), `hows`
    each was found; whether it is `small` (means little between others), `ordinary`, a
    `father`'s name, written small by `lower` listed names, and how it is `folded`.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin with no word."""
        self.lexicon = lexicon
        self._work = np.zeros(256, np.uint64), np.zeros(64, np.uint8)
        room = PIECE // 2 + 64
        self._room: tuple[NDArray[Any], ...] = (
            *(np.zeros(room, np.int64) for _ in range(3)),
            np.zeros(room, np.uint8),
            np.zeros(room, np.int64),
            np.zeros(room, np.uint64),
            np.zeros(room, np.int64),
        )
        self._forget()

    def _forget(self) -> None:
        self._keys = np.zeros(_FIRST_ROOM, np.uint64)
        self._numbers = np.full(_FIRST_ROOM, -1, np.int64)
        self.known = 0
        self.starts, self.stops = Column(np.int64), Column(np.int64)
        self.classes, self.hows = Column(np.int32), Column(np.uint8)
        self.small, self.ordinary = Column(np.bool_), Column(np.bool_)
        self.father, self.lower = Column(np.bool_), Column(np.bool_)
        self.folded: list[str] = []
        self.expands: dict[int, tuple[int, ...]] = {}
        self.cases: dict[int, tuple[str, ...]] = {}

    def begin(self) -> None:
        """Begin a text: words of former ones are forgotten if they are too many."""
        if self.known > _MOST_WORDS:
            self._forget()

    def read(self, view: NDArray[np.uint8], start: int, end: int) -> Stream:
        """The words of a text between two bytes; its arrays live until the next."""
        self._make_room(end - start)
        before = self.known
        count, self.known = tokens.tokens(
            view, start, end, self._keys, self._numbers, self.known, self._room
        )
        starts, ends, words, seen, gaps, states = (
            row[:count] for row in self._room[:6]
        )
        if self.known > before:
            firsts = self._room[6][: self.known - before]
            self._look_up(view, starts[firsts], ends[firsts], seen[firsts])
        return Stream(words, starts, ends, seen, gaps, states)

    def number_of(self, form: str) -> int:
        """The number of a folded word, looked up if it is new."""
        mask = len(self._keys) - 1
        value = letters_hash(form)
        slot = value & mask
        while self._numbers[slot] >= 0 and int(self._keys[slot]) != value:
            slot = (slot + 1) & mask
        if self._numbers[slot] >= 0:
            return int(self._numbers[slot])
        number = self.known
        self.known += 1
        self._keys[slot], self._numbers[slot] = value, number
        letters = np.frombuffer(form.encode("ascii"), np.uint8)
        ends = np.array([len(form)], np.int64)
        self._put(letters, np.zeros(1, np.int64), ends, np.ones(1, np.bool_))
        self._describe([form])
        return number

    def expanded(self, stream: Stream) -> Stream:
        """The stream, words that are read as several as several at one place."""
        if not self.expands:
            return stream
        lengths = np.ones(self.known, np.int64)
        for number, forms in self.expands.items():
            lengths[number] = len(forms)
        counts = lengths[stream.words]
        if not len(counts) or counts.max() == 1:
            return stream
        words = np.repeat(stream.words, counts)
        gaps = np.repeat(stream.gaps, counts)
        at = np.cumsum(counts) - counts
        for place in np.flatnonzero(counts > 1).tolist():
            forms = self.expands[int(stream.words[place])]
            words[at[place] : at[place] + len(forms)] = forms
            gaps[at[place] + 1 : at[place] + len(forms)] = 0
        rest = (stream.starts, stream.ends, stream.seen)
        starts, ends, seen = (np.repeat(column, counts) for column in rest)
        return Stream(words, starts, ends, seen, gaps, np.repeat(stream.states, counts))

    def _make_room(self, size: int) -> None:
        while len(self._keys) < 2 * (self.known + size // 2 + 1):
            keys, numbers = self._keys, self._numbers
            self._keys = np.zeros(2 * len(keys), np.uint64)
            self._numbers = np.full(2 * len(keys), -1, np.int64)
            taken = numbers >= 0
            tokens.rehashed(keys[taken], numbers[taken], self._keys, self._numbers)

    def _look_up(
        self,
        view: NDArray[np.uint8],
        starts: NDArray[Any],
        ends: NDArray[Any],
        seen: NDArray[Any],
    ) -> None:
        """Find what words that were not seen before may be."""
        before = len(self.folded)
        plain = (seen & tokens.OTHER) == 0
        texts = [
            undivided(view[start:end].tobytes().decode("utf-8", "replace"))
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        self._put(view, starts, ends, plain)
        self._describe(
            [
                _folded(word) if is_plain else word
                for word, is_plain in zip(texts, plain.tolist(), strict=True)
            ]
        )
        for at in np.flatnonzero(~plain).tolist():
            self._read_otherwise(before + at, texts[at])

    def _put(
        self,
        view: NDArray[np.uint8],
        starts: NDArray[Any],
        ends: NDArray[Any],
        plain: NDArray[np.bool_],
    ) -> None:
        """Note the classes of new words; those that are not `plain` have none yet."""
        lexicon = self.lexicon
        stops, classes, hows, _ = spelling.looked_up(
            view,
            starts,
            ends,
            plain,
            lexicon.by_letters,
            lexicon.by_deletion,
            lexicon.letters,
            lexicon.form_classes,
            self._work,
        )
        base = self.classes.filled
        self.starts.put(stops[:-1] + base)
        self.stops.put(stops[1:] + base)
        self.classes.put(classes)
        self.hows.put(hows)

    def _describe(self, folded: list[str]) -> None:
        table = known_words().meanings
        small = [
            len(word) < 2
            or any(meaning.role in _SMALL_ROLES for meaning in table.get(word, ()))
            for word in folded
        ]
        fathers = [
            len(word) >= _LEAST_PATRONYMIC and word.endswith(ENDINGS) for word in folded
        ]
        lower = [word in self.lexicon.lower for word in folded]
        self.small.put(np.array(small, np.bool_))
        self.ordinary.put(np.array(list(map(is_ordinary, folded)), np.bool_))
        self.father.put(np.array(fathers, np.bool_))
        self.lower.put(np.array(lower, np.bool_))
        self.folded += folded

    def _read_otherwise(self, number: int, word: str) -> None:
        """A word of other letters: the Latin words it may be read as."""
        if len(word) > _LONGEST_HAN and HAN.search(word):
            return
        forms = fold(read(word)).split()
        if len(forms) > 1:
            self.expands[number] = tuple(map(self.number_of, forms))
            self.folded[number] = " ".join(forms)
            return
        form = forms[0] if forms else ""
        self.folded[number] = form
        own = self.number_of(form) if form else number
        self.cases[number] = uninflected(form, word)
        rows = list(self._classes_of(own))
        for other in map(self.number_of, self.cases[number]):
            # A case is no misspelling too, unless the word itself is nothing.
            exact_only = bool(rows)
            rows += [
                row
                for row in self._classes_of(other)
                if not exact_only or row[1] == spelling.EXACT
            ]
        base = self.classes.filled
        self.classes.put(np.array([row[0] for row in rows], np.int32))
        self.hows.put(np.array([row[1] for row in rows], np.uint8))
        self.starts.array[number], self.stops.array[number] = base, base + len(rows)
        for column in (self.small, self.father, self.ordinary):
            column.array[number] = column.array[own]

    def _classes_of(self, number: int) -> list[tuple[int, int]]:
        start, stop = int(self.starts.array[number]), int(self.stops.array[number])
        classes = self.classes.array[start:stop].tolist()
        return list(zip(classes, self.hows.array[start:stop].tolist(), strict=True))


def undivided(word: str) -> str:
    """A word without the hyphen that divides it at the end of a line."""
    if "\n" not in word and "\u00ad" not in word:
        return word
    return _DIVIDED.sub("", word)


def _folded(word: str) -> str:
    """A word in ASCII as `clearway.names.fold` has it."""
    return word.lower().replace("'", "").replace("`", "").replace("’", "")
