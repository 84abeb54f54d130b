"""Where the words of listed names stand in a text: close together, in any order.

A text is read as a stream of words (`clearway.documents.seen`). Where all the words of
a name stand within a few words of each other there is a `Span`. Whether that means
anything is for `clearway.documents.weigh` to say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.documents import kernels, spelling, tokens
from clearway.documents.lexicon import Lexicon, Listed, lexicon_of
from clearway.documents.native import Native
from clearway.documents.seen import PIECE, Seen, Stream

_CASED = 0.02
_SAMPLE = 20_000
_SHORT_TEXT = _SAMPLE
_PARTED = "\n\n"
_HYPHEN = ord("-")
_THAI, _EAST_ASIAN = 0xE0, 0xE3
"""First bytes of letters of scripts without spaces."""
_CUE = tokens.CAPITAL | tokens.DIGIT | tokens.CASELESS
"""What marks a word that may be of a name."""


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
        self.seen = Seen(self.lexicon)
        self._noted = np.zeros((len(self.lexicon.class_weight) + 1, 2), np.int64)
        self._slots = np.full(1, -1, np.int64)

    def scan(self, text: str) -> Scanned:
        """All spans of a text, in order, and its words."""
        encoded = _Encoded(text)
        cased = _is_cased(text)
        spans: list[Span] = []
        kept: list[tuple[NDArray[Any], NDArray[Any]]] = []
        self.seen.begin()
        for start, end in encoded.pieces():
            stream = self.seen.read(encoded.view, start, end)
            if len(stream):
                kept.append((stream.words.astype(np.int32), stream.seen.copy()))
                stream = self.seen.expanded(stream)
                spans += self._found(encoded, stream, cased)
        if encoded.may_be_native():
            spans += self._native_spans(text)
        lower, capital = self._counted(spans, kept)
        return Scanned(tuple(spans), lower, capital, cased)

    def scan_all(self, texts: Sequence[str]) -> list[Scanned]:
        """All spans of each of many texts: what `scan` finds, for short ones quicker.

        Texts in ASCII are looked at together, those in which capitals tell names and
        those in which they do not, parted by empty lines, over which no name reaches.
        """
        out: dict[int, Scanned] = {}
        groups: dict[bool, list[int]] = {False: [], True: []}
        sizes = {False: 0, True: 0}
        for at, text in enumerate(texts):
            if not text.isascii() or len(text) > _SHORT_TEXT:
                out[at] = self.scan(text)
                continue
            cased = _is_cased(text)
            if sizes[cased] + len(text) + len(_PARTED) > PIECE:
                out.update(self._together(texts, groups[cased], cased))
                groups[cased], sizes[cased] = [], 0
            groups[cased].append(at)
            sizes[cased] += len(text) + len(_PARTED)
        for cased, which in groups.items():
            out.update(self._together(texts, which, cased))
        return [out[at] for at in range(len(texts))]

    def _together(
        self, texts: Sequence[str], which: Sequence[int], cased: bool
    ) -> Iterator[tuple[int, Scanned]]:
        """Short texts in ASCII, scanned as one and told apart afterwards."""
        if not which:
            return
        encoded = _Encoded("".join([texts[at] + _PARTED for at in which]))
        begins = np.cumsum([0, *(len(texts[at]) + len(_PARTED) for at in which[:-1])])
        self.seen.begin()
        stream = self.seen.read(encoded.view, 0, len(encoded.data))
        by_text: dict[int, list[Span]] = defaultdict(list)
        for span in self._found(encoded, stream, cased) if len(stream) else ():
            by_text[int(begins.searchsorted(span.start, side="right")) - 1].append(span)
        bounds = [*stream.starts.searchsorted(begins).tolist(), len(stream)]
        for number, at in enumerate(which):
            spans = by_text.get(number, [])
            own = slice(bounds[number], bounds[number + 1])
            kept = [(stream.words[own].astype(np.int32), stream.seen[own])]
            lower, capital = self._counted(spans, kept)
            moved = tuple(_moved(span, -int(begins[number])) for span in spans)
            yield at, Scanned(moved, lower, capital, cased)

    def standing(
        self, text: str, forms: Collection[str]
    ) -> dict[str, list[tuple[int, int]]]:
        """Where folded words stand in a text with a capital, also in another case."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        if not forms:
            return found
        encoded = _Encoded(text)
        means = {self.seen.number_of(form): form for form in forms if form.isascii()}
        for start, end in encoded.pieces():
            stream = self.seen.read(encoded.view, start, end)
            self._other_cases(stream, frozenset(forms), means)
            slots = self._slots_of(means)
            named = (slots[stream.words] >= 0) & ((stream.seen & _CUE) != 0)
            slots[list(means)] = -1
            for at in np.flatnonzero(named).tolist():
                place = encoded.at(stream.starts[at]), encoded.at(stream.ends[at])
                found[means[int(stream.words[at])]].append(place)
        return found

    def spells(self, form: str, pattern: int) -> bool:
        """Whether a folded word is spelt as lists spell a word of this pattern."""
        ends, classes, _ = self.lexicon.elements
        needed = set(classes[ends[pattern] : ends[pattern + 1]].tolist())
        known = self.lexicon.number_of(form)
        return known >= 0 and not needed.isdisjoint(self.lexicon.classes_of(known))

    def _other_cases(
        self, stream: Stream, forms: frozenset[str], means: dict[int, str]
    ) -> None:
        """Add to `means` the words of other letters that are cases of the forms."""
        other = (stream.seen & tokens.OTHER) != 0
        for number in np.unique(stream.words[other]).tolist():
            own = self.seen.folded[number]
            for form in (own, *self.seen.cases.get(number, ())):
                if form in forms:
                    means.setdefault(number, form)

    def _slots_of(self, numbers: Collection[int]) -> NDArray[np.int64]:
        """A table in which words of these numbers have a place, others -1."""
        if len(self._slots) < self.seen.known:
            self._slots = np.full(2 * self.seen.known, -1, np.int64)
        self._slots[list(numbers)] = np.arange(len(numbers))
        return self._slots

    def _counted(
        self,
        spans: Sequence[Span],
        kept: Sequence[tuple[NDArray[Any], NDArray[Any]]],
    ) -> tuple[dict[str, int], dict[str, int]]:
        """How often the words of spans stand in small letters, and with a capital."""
        numbers = sorted({number for span in spans for number in span.numbers})
        if not numbers:
            return {}, {}
        slots = self._slots_of(numbers)
        counts = np.zeros((2, len(numbers)), np.int64)
        for words, seen in kept:
            tokens.counted(words, seen, slots, counts)
        slots[numbers] = -1
        lower: dict[str, int] = {}
        capital: dict[str, int] = {}
        for row, out in zip(counts.tolist(), (lower, capital), strict=True):
            for number, count in zip(numbers, row, strict=True):
                form = self.seen.folded[number]
                out[form] = out.get(form, 0) + count
        return lower, capital

    def _found(
        self, encoded: "_Encoded", stream: Stream, cased: bool
    ) -> Iterator[Span]:
        """The spans of a piece of text."""
        seen, lexicon = self.seen, self.lexicon
        cue = self._cues(encoded.view, stream, cased)
        joins = np.empty((len(stream), 2), np.int64)
        spelling.joined(
            encoded.view,
            stream.words,
            stream.starts,
            stream.ends,
            stream.seen,
            stream.gaps,
            stream.states,
            cue,
            seen.small.array,
            lexicon.by_letters,
            lexicon.sieve,
            joins,
        )
        anchor = cue if cased else cue & ~seen.ordinary.array[stream.words]
        anchor = anchor | seen.lower.array[stream.words]
        rows = kernels.names_in(
            (
                stream.words,
                stream.starts,
                stream.ends,
                cue,
                anchor,
                stream.gaps,
                joins,
            ),
            (seen.small.array, seen.ordinary.array, seen.father.array),
            (
                seen.starts.array,
                seen.stops.array,
                seen.classes.array,
                seen.hows.array,
            ),
            (
                lexicon.anchored,
                lexicon.elements,
                lexicon.fathers,
                lexicon.person,
                lexicon.alone,
                lexicon.form_classes,
            ),
            self._noted,
        )
        for row in sorted(set(map(tuple, rows.tolist()))):
            yield self._span(row, encoded, stream)

    def _cues(
        self, view: NDArray[np.uint8], stream: Stream, cased: bool
    ) -> NDArray[np.bool_]:
        """Which words may be of a name, by their letters."""
        if not cased:
            return np.ones(len(stream), np.bool_)
        cue: NDArray[np.bool_] = (stream.seen & _CUE) != 0
        # What a hyphen joins to a name is of the name: Transneft-media.
        behind = view[np.maximum(stream.starts - 1, 0)] == _HYPHEN
        joined = behind & (stream.gaps == 0)
        joined[1:] &= cue[:-1]
        cue |= joined
        return cue

    def _span(self, row: tuple[int, ...], encoded: "_Encoded", stream: Stream) -> Span:
        pattern, first, last, bits, edits, missing, gap = row
        found = [n for n in range(first, last + 1) if bits >> (n - first) & 1]
        places = tuple(
            (encoded.at(stream.starts[n]), encoded.at(stream.ends[n])) for n in found
        )
        numbers = tuple(stream.words[found].tolist())
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
            start, stop = int(self.seen.starts.array[word]), self.seen.stops.array[word]
            own = [
                needed.get(n, 0.0) for n in self.seen.classes.array[start:stop].tolist()
            ]
            out.append(max(own, default=0.0))
        missing = out.count(0.0)
        rest = max(0.0, total - sum(out)) / missing if missing else 0.0
        return tuple(value or rest for value in out)

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


class _Encoded:
    """A text as UTF-8, and which character stands at a byte."""

    def __init__(self, text: str) -> None:
        self.data = text.encode("utf-8", "replace")
        self.view = np.frombuffer(self.data, np.uint8)
        plain = len(self.data) == len(text)
        self._within = None if plain else np.flatnonzero((self.view & 0xC0) == 0x80)

    def at(self, byte: Any) -> int:
        """The character at a byte."""
        if self._within is None:
            return int(byte)
        return int(byte) - int(self._within.searchsorted(byte))

    def may_be_native(self) -> bool:
        """Whether there are letters of scripts without spaces."""
        if self._within is None:
            return False
        return bool(((self.view == _THAI) | (self.view >= _EAST_ASIAN)).any())

    def pieces(self) -> Iterator[tuple[int, int]]:
        """The text in pieces that end where a line does, or at least a word."""
        data, start = self.data, 0
        while start < len(data):
            end = min(len(data), start + PIECE)
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


def _moved(span: Span, by: int) -> Span:
    """The span in a text that begins elsewhere."""
    words = tuple((start + by, end + by) for start, end in span.words)
    return replace(span, start=span.start + by, end=span.end + by, words=words)


def _is_cased(text: str) -> bool:
    """Whether capitals tell names from other words here."""
    sample = text[:_SAMPLE]
    capitals = sum(map(str.isupper, sample))
    smalls = sum(map(str.islower, sample))
    return capitals > _CASED * smalls and smalls > capitals
