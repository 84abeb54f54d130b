"""Where the words of listed names stand in a text: close together, in any order.

A text is read as a stream of words. Each distinct word is looked up once: as it is
written, with one edit, as another spelling of a name, or read from another script.
Where all the words of a name stand within a few words of each other there is a `Span`.
Whether that means anything is for `clearway.documents.weigh` to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.documents import compiled, kernels
from clearway.documents.inflected import uninflected
from clearway.documents.lexicon import Lexicon, Listed, lexicon_of
from clearway.documents.native import Native
from clearway.documents.ordinary import is_ordinary
from clearway.index.vocabulary import Column
from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.numbered import letters_hash
from clearway.names.patronymics import ENDINGS
from clearway.names.script import HAN
from clearway.names.words import words as known_words

_PIECE = 1 << 18
"""Bytes looked at together: the work on them stays in the processor's cache."""
_MOST_WORDS = 1 << 21
"""Distinct words kept at most; beyond this all begins anew."""
_LONGEST_HAN = 5
_CASED = 0.02
_HYPHEN = ord("-")
_THAI, _EAST_ASIAN = 0xE0, 0xE3
"""First bytes of letters of scripts without spaces."""
_LEAST_PATRONYMIC = 6
_SMALL_ROLES = frozenset(
    {"particle", "small", "title", "legal", "vessel_prefix", "generic"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """The words of a listed name in a text.

    `start` and `end` are characters of the text; `pattern` the number of the words in
    the lexicon; `edits` how many were misspelt, `missing` how many are not there,
    `gap` what stands between them; `words` are the places of each word found, `weights`
    how much of a name each is, `numbers` what the scanner calls it.
    """

    start: int
    end: int
    pattern: int
    edits: int
    missing: int
    gap: int
    words: tuple[tuple[int, int], ...]
    weights: tuple[float, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text holds: the spans, and how often their words stand in it otherwise.

    `lower` tells how often a word stood in small letters, `capital` how often with a
    capital; both by the word as it is folded. `cased` says
    whether capitals tell names from other words here.
    """

    spans: tuple[Span, ...]
    lower: dict[str, int]
    capital: dict[str, int]
    cased: bool


class Scanner:
    """Searches texts for the names of one index. Not to be shared between threads."""

    def __init__(self, index: Listed) -> None:
        """Read the names; a second or two."""
        self.index = index
        self.lexicon: Lexicon = lexicon_of(index)
        self._words_work = np.zeros(256, np.uint64), np.zeros(64, np.uint8)
        self._stamps = np.zeros(len(self.lexicon.class_weight) + 1, np.int64)
        room = _PIECE // 2 + 64
        self._room: tuple[NDArray[Any], ...] = (
            *(np.zeros(room, np.int64) for _ in range(3)),
            np.zeros(room, np.uint8),
            np.zeros(room, np.int64),
            np.zeros(room, np.uint64),
            np.zeros(room, np.int64),
        )
        self._slots = np.full(1, -1, np.int64)
        self._forget()

    def _forget(self) -> None:
        self._keys = np.zeros(1 << 19, np.uint64)
        self._numbers = np.full(1 << 19, -1, np.int64)
        self._known = 0
        self._starts, self._stops = Column(np.int64), Column(np.int64)
        self._classes, self._hows = Column(np.int32), Column(np.uint8)
        self._small = Column(np.bool_)
        self._ordinary = Column(np.bool_)
        self._father = Column(np.bool_)
        self._lower = Column(np.bool_)
        self._expands: dict[int, tuple[int, ...]] = {}
        self._folded: list[str] = []

    def scan(self, text: str) -> Scanned:
        """All spans of a text, in order, and its words."""
        data = text.encode("utf-8", "replace")
        view = np.frombuffer(data, np.uint8)
        wide = None if len(data) == len(text) else _characters(view)
        spans: list[Span] = []
        if self._known > _MOST_WORDS:
            self._forget()
        read: list[tuple[NDArray[Any], NDArray[Any]]] = []
        cased = _is_cased(text)
        for start, end in _pieces(data):
            words, starts, ends, seen, gaps, states = self._words(view, start, end)
            if not len(words):
                continue
            read.append((words.copy(), seen.copy()))
            words, starts, ends, seen, gaps, states = self._expanded(
                words, starts, ends, seen, gaps, states
            )
            spans += self._found(
                view, words, starts, ends, seen, gaps, states, wide, cased
            )
        if wide is not None and ((view == _THAI) | (view >= _EAST_ASIAN)).any():
            spans += self._native_spans(text)
        lower, capital = self._counted(spans, read)
        return Scanned(tuple(spans), lower, capital, cased)

    def spells(self, form: str, pattern: int) -> bool:
        """Whether a folded word is spelt as lists spell a word of this pattern."""
        ends, classes, _ = self.lexicon.elements
        needed = set(classes[ends[pattern] : ends[pattern + 1]].tolist())
        known = self.lexicon.number_of(form)
        return known >= 0 and not needed.isdisjoint(self.lexicon.classes_of(known))

    def _words(
        self, view: NDArray[np.uint8], start: int, end: int
    ) -> tuple[NDArray[Any], ...]:
        self._make_room(end - start)
        before = self._known
        count, self._known = compiled.tokens(
            view, start, end, self._keys, self._numbers, self._known, self._room
        )
        starts, ends, words, seen, gaps, states = (
            row[:count] for row in self._room[:6]
        )
        if self._known > before:
            firsts = self._room[6][: self._known - before]
            self._look_up(view, starts[firsts], ends[firsts], seen[firsts])
        return words, starts, ends, seen, gaps, states

    def _native_spans(self, text: str) -> Iterator[Span]:
        """Names in scripts without spaces; two pieces each, for they are two words."""
        ends, _, weights = self.lexicon.elements
        for start, end, name in self._native.places(text):
            pattern = self._pattern_of.get(name, -1)
            if pattern >= 0:
                whole = float(weights[ends[pattern] : ends[pattern + 1]].sum())
                places = ((start, start + 1), (start + 1, end))
                halves = (whole / 2, whole / 2)
                yield Span(start, end, pattern, 0, 0, 0, places, halves, ())

    @cached_property
    def _native(self) -> Native:
        return Native(self.index)

    @cached_property
    def _pattern_of(self) -> dict[int, int]:
        ends, names = self.lexicon.names
        of = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        return dict(zip(names.tolist(), of.tolist(), strict=True))

    def _make_room(self, size: int) -> None:
        while len(self._keys) < 2 * (self._known + size // 2 + 1):
            keys, numbers = self._keys, self._numbers
            self._keys = np.zeros(2 * len(keys), np.uint64)
            self._numbers = np.full(2 * len(keys), -1, np.int64)
            taken = numbers >= 0
            compiled.rehashed(keys[taken], numbers[taken], self._keys, self._numbers)

    def _look_up(
        self,
        view: NDArray[np.uint8],
        starts: NDArray[Any],
        ends: NDArray[Any],
        seen: NDArray[Any],
    ) -> None:
        """Find the classes of words that were not seen before."""
        before = len(self._folded)
        plain = (seen & compiled.OTHER) == 0
        lexicon = self.lexicon
        texts = [
            view[start:end].tobytes().decode("utf-8", "replace")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        found = compiled.looked_up(
            view,
            starts,
            ends,
            plain,
            lexicon.by_letters,
            lexicon.by_deletion,
            lexicon.letters,
            lexicon.form_classes,
            self._words_work,
        )
        self._put(*found[:3])
        folded = [
            _folded(word) if is_plain else word
            for word, is_plain in zip(texts, plain.tolist(), strict=True)
        ]
        self._folded += folded
        self._describe(folded)
        for at in np.flatnonzero(~plain).tolist():
            self._read(before + at, texts[at])

    def _put(
        self, ends: NDArray[Any], classes: NDArray[Any], hows: NDArray[Any]
    ) -> None:
        base = self._classes.filled
        self._starts.put(ends[:-1] + base)
        self._stops.put(ends[1:] + base)
        self._classes.put(classes)
        self._hows.put(hows)

    def _describe(self, folded: list[str]) -> None:
        table = known_words().meanings
        small = [
            len(word) < 2
            or any(meaning.role in _SMALL_ROLES for meaning in table.get(word, ()))
            for word in folded
        ]
        self._small.put(np.array(small, np.bool_))
        self._ordinary.put(np.array(list(map(is_ordinary, folded)), np.bool_))
        fathers = [
            len(word) >= _LEAST_PATRONYMIC and word.endswith(ENDINGS) for word in folded
        ]
        self._father.put(np.array(fathers, np.bool_))
        lower = [word in self.lexicon.lower for word in folded]
        self._lower.put(np.array(lower, np.bool_))

    def _read(self, number: int, word: str) -> None:
        """A word of other letters: the Latin words it may be read as."""
        if len(word) > _LONGEST_HAN and HAN.search(word):
            return
        forms = fold(read(word)).split()
        if len(forms) > 1:
            self._expands[number] = tuple(map(self._of, forms))
            self._folded[number] = " ".join(forms)
            return
        form = forms[0] if forms else ""
        self._folded[number] = form
        own = self._of(form) if form else number
        also = [self._of(other) for other in uninflected(form, word)]
        rows: list[tuple[int, int]] = []
        for at in (own, *also):
            start, stop = int(self._starts.array[at]), int(self._stops.array[at])
            exact = at == own or not rows
            rows += [
                (int(self._classes.array[k]), int(self._hows.array[k]))
                for k in range(start, stop)
                if exact or self._hows.array[k] == compiled.EXACT
            ]
        base = self._classes.filled
        self._classes.put(np.array([row[0] for row in rows], np.int32))
        self._hows.put(np.array([row[1] for row in rows], np.uint8))
        self._starts.array[number], self._stops.array[number] = base, base + len(rows)
        self._small.array[number] = self._small.array[own]
        self._father.array[number] = self._father.array[own]
        self._ordinary.array[number] = self._ordinary.array[own]

    def _of(self, form: str) -> int:
        """The number of a folded word, looked up if it is new."""
        mask = len(self._keys) - 1
        value = letters_hash(form)
        slot = value & mask
        while self._numbers[slot] >= 0 and int(self._keys[slot]) != value:
            slot = (slot + 1) & mask
        if self._numbers[slot] >= 0:
            return int(self._numbers[slot])
        number = self._known
        self._known += 1
        self._keys[slot], self._numbers[slot] = value, number
        letters = np.frombuffer(form.encode("ascii"), np.uint8)
        lexicon = self.lexicon
        found = compiled.looked_up(
            letters,
            np.zeros(1, np.int64),
            np.array([len(form)], np.int64),
            np.ones(1, np.bool_),
            lexicon.by_letters,
            lexicon.by_deletion,
            lexicon.letters,
            lexicon.form_classes,
            self._words_work,
        )
        self._put(*found[:3])
        self._folded.append(form)
        self._describe([form])
        return number

    def _counted(
        self,
        spans: Sequence[Span],
        read: Sequence[tuple[NDArray[Any], NDArray[Any]]],
    ) -> tuple[dict[str, int], dict[str, int]]:
        """How often the words of spans stand in small letters, and with a capital."""
        numbers = sorted({number for span in spans for number in span.numbers})
        if not numbers:
            return {}, {}
        if len(self._slots) < self._known:
            self._slots = np.full(2 * self._known, -1, np.int64)
        self._slots[numbers] = np.arange(len(numbers))
        counts = np.zeros((2, len(numbers)), np.int64)
        for words, seen in read:
            compiled.counted(words, seen, self._slots, counts)
        self._slots[numbers] = -1
        lower: dict[str, int] = {}
        capital: dict[str, int] = {}
        for row, out in zip(counts.tolist(), (lower, capital), strict=True):
            for number, count in zip(numbers, row, strict=True):
                form = self._folded[number]
                out[form] = out.get(form, 0) + count
        return lower, capital

    def _expanded(self, words: NDArray[Any], *others: NDArray[Any]) -> tuple[Any, ...]:
        """Words that are read as several, as several at one place."""
        if not self._expands:
            return (words, *others)
        lengths = np.ones(self._known, np.int64)
        for number, forms in self._expands.items():
            lengths[number] = len(forms)
        counts = lengths[words]
        if counts.max() == 1:
            return (words, *others)
        out = np.repeat(words, counts)
        wide = [np.repeat(column, counts) for column in others]
        at = np.cumsum(counts) - counts
        for place in np.flatnonzero(counts > 1).tolist():
            forms = self._expands[int(words[place])]
            out[at[place] : at[place] + len(forms)] = forms
            wide[3][at[place] + 1 : at[place] + len(forms)] = 0
        return (out, *wide)

    def _found(
        self,
        view: NDArray[np.uint8],
        words: NDArray[Any],
        starts: NDArray[Any],
        ends: NDArray[Any],
        seen: NDArray[Any],
        gaps: NDArray[Any],
        states: NDArray[Any],
        wide: NDArray[Any] | None,
        cased: bool,
    ) -> Iterator[Span]:
        lexicon = self.lexicon
        marks = compiled.CAPITAL | compiled.DIGIT | compiled.CASELESS
        cue = (seen & marks) != 0 if cased else np.ones(len(words), np.bool_)
        # What a hyphen joins to a name is of the name: Transneft-media.
        hyphen = (view[np.maximum(starts - 1, 0)] == _HYPHEN) & (gaps == 0)
        hyphen[1:] &= cue[:-1]
        cue |= hyphen
        joins = np.empty((len(words), 2), np.int64)
        compiled.joined(
            view,
            words,
            starts,
            ends,
            seen,
            gaps,
            states,
            cue,
            self._small.array,
            lexicon.by_letters,
            joins,
        )
        usual = self._ordinary.array[words]
        anchor = cue if cased else cue & ~usual
        anchor = anchor | self._lower.array[words]
        rows = kernels.names_in(
            (words, starts, ends, cue, anchor, gaps, joins),
            (self._small.array, self._ordinary.array, self._father.array),
            (
                self._starts.array,
                self._stops.array,
                self._classes.array,
                self._hows.array,
            ),
            (
                lexicon.anchored,
                lexicon.elements,
                lexicon.fathers,
                lexicon.person,
                lexicon.alone,
                lexicon.form_classes,
            ),
            self._stamps,
        )
        for row in np.unique(rows, axis=0).tolist() if len(rows) else ():
            yield self._span(row, words, starts, ends, wide)

    def _span(
        self,
        row: list[int],
        words: NDArray[Any],
        starts: NDArray[Any],
        ends: NDArray[Any],
        wide: NDArray[Any] | None,
    ) -> Span:
        pattern, first, last, bits, edits, missing, gap = row
        found = [n for n in range(first, last + 1) if bits >> (n - first) & 1]
        places = tuple(
            (_at(wide, starts.item(n)), _at(wide, ends.item(n))) for n in found
        )
        numbers = tuple(map(words.item, found))
        weights = self._weights(pattern, numbers)
        start, end = places[0][0], max(end for _, end in places)
        return Span(start, end, pattern, edits, missing, gap, places, weights, numbers)

    def _weights(self, pattern: int, words: Sequence[int]) -> tuple[float, ...]:
        """What each word found weighs in the name, the rest shared where joined."""
        ends, classes, weights = self.lexicon.elements
        first, last = int(ends[pattern]), int(ends[pattern + 1])
        needed = dict(
            zip(classes[first:last].tolist(), weights[first:last].tolist(), strict=True)
        )
        out: list[float] = []
        total = sum(needed.values())
        for word in words:
            start, stop = int(self._starts.array[word]), int(self._stops.array[word])
            own = [needed.get(n, 0.0) for n in self._classes.array[start:stop].tolist()]
            out.append(max(own, default=0.0))
        missing = out.count(0.0)
        rest = max(0.0, total - sum(out)) / missing if missing else 0.0
        return tuple(value or rest for value in out)


def _at(wide: NDArray[Any] | None, byte: int) -> int:
    return byte if wide is None else byte - int(wide.searchsorted(byte))


def _characters(view: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The bytes that begin no character."""
    return np.flatnonzero((view & 0xC0) == 0x80)


def _pieces(data: bytes) -> Iterator[tuple[int, int]]:
    """The text in pieces that end where a line does, or at least a word."""
    start = 0
    while start < len(data):
        end = min(len(data), start + _PIECE)
        if end < len(data):
            cut = max(
                data.rfind(b"\n", start + 1, end) + 1,
                data.rfind(b". ", start + 1, end) + 1,
            )
            if cut <= start:
                cut = data.rfind(b" ", start + 1, end) + 1
            end = cut if cut > start else end
            while end < len(data) and data[end] & 0xC0 == 0x80:
                end += 1
        yield start, end
        start = end


def _folded(word: str) -> str:
    return word.lower().replace("'", "").replace("`", "").replace("’", "")


def _is_cased(text: str) -> bool:
    """Whether capitals tell names from other words here."""
    sample = text[:_SAMPLE]
    capitals = sum(map(str.isupper, sample))
    smalls = sum(map(str.islower, sample))
    return capitals > _CASED * smalls and smalls > capitals


_SAMPLE = 20_000
