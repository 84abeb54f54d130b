"""The places of a document where listed names stand, overlaps settled, weighed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clearway.documents.context import Around, around_of, countries_near, is_generic
from clearway.documents.lexicon import Listed
from clearway.documents.seen import undivided
from clearway.documents.sentences import Sentences, Stretch
from clearway.documents.spans import Scanned, Scanner, Span
from clearway.documents.weigh import Case, Piece, Weighed, hopeless, weighed
from clearway.index.facts import country_set
from clearway.model import Kind
from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.patronymics import ENDINGS

_HELD = 5
"""Which of the arrays of an index holds the countries of its entities."""
_SHORT = 2


class Searched(Listed, Protocol):
    """An index with what is known of those who bear its names."""

    @property
    def name_arrays(self) -> tuple[NDArray[np.generic], ...]:
        """Weights, letters, bearers, births, and countries as bits (the sixth)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span, the names that its words are, who bears them, and how it is weighed."""

    span: Span
    names: tuple[int, ...]
    entities: tuple[int, ...]
    kind: Kind
    weighed: Weighed


def places_in(
    text: str, scanner: Scanner, index: Searched, sentences: Sentences
) -> list[Place]:
    """Where listed names stand in a text, those that explain the words best."""
    scanned = scanner.scan(text)
    return list(_Weighing(text, scanner, index, scanned, sentences).places())


@dataclass(frozen=True, slots=True)
class _Bearers:
    """The names of a pattern, who bears them; `lone` if one is a single word."""

    names: tuple[int, ...]
    entities: tuple[int, ...]
    kind: Kind
    lone: bool


def places_in_all(
    texts: Sequence[str], scanner: Scanner, index: Searched
) -> list[list[Place]]:
    """The same of each of many texts, for short ones quicker."""
    return [
        list(_Weighing(text, scanner, index, scanned, Sentences(text)).places())
        if scanned.spans
        else []
        for text, scanned in zip(texts, scanner.scan_all(texts), strict=True)
    ]


class _Weighing:
    def __init__(
        self,
        text: str,
        scanner: Scanner,
        index: Searched,
        scanned: Scanned,
        sentences: Sentences,
    ) -> None:
        self.text, self.scanner, self.scanned = text, scanner, scanned
        self.index, self.sentences = index, sentences
        self.held = np.asarray(index.name_arrays[_HELD])
        self.spans = best(scanned.spans, text)
        self.countries: dict[Stretch, frozenset[str]] = {}
        self.bearers: dict[int, _Bearers] = {}
        self.cases: dict[object, tuple[Case, Weighed | None]] = {}
        self.often: dict[int, int] = defaultdict(int)
        for span in self.spans:
            self.often[span.pattern] += 1

    def places(self) -> Iterator[Place]:
        for span in self.spans:
            who = self._bearers_of(span.pattern)
            weight = self._weighed(span, who)
            yield Place(span, who.names, who.entities, who.kind, weight)

    def _bearers_of(self, pattern: int) -> "_Bearers":
        """The names that a pattern is and who bears them, looked up once."""
        if pattern not in self.bearers:
            names = tuple(self.scanner.lexicon.names_of(pattern))
            entities = {e for name in names for e in self.index.bearers(name)}
            lone = any(len(self.index.text(name).split()) == 1 for name in names)
            kind = self.index.kind(names[0])
            self.bearers[pattern] = _Bearers(names, tuple(sorted(entities)), kind, lone)
        return self.bearers[pattern]

    def _weighed(self, span: Span, who: "_Bearers") -> Weighed:
        """How a place weighs; what nothing around it could change, looked at once."""
        written = tuple(self.text[start:end] for start, end in span.words)
        key = span.pattern, written, span.edits, span.missing, span.gap
        if key not in self.cases:
            case = Case(
                tuple(self._pieces(span)),
                Around(),
                who.kind,
                edits=span.edits,
                missing=span.missing,
                gap=span.gap,
                cased=self.scanned.cased,
                mentions=self.often[span.pattern],
                lone=who.lone,
            )
            self.cases[key] = case, weighed(case) if hopeless(case) else None
        case, known = self.cases[key]
        if known is not None:
            return known
        around = self._around(span)
        held = self._held(around, who.entities)
        return weighed(replace(case, around=around, held=held))

    def _around(self, span: Span) -> Around:
        sentence = self.sentences.at(span.start, span.end)
        low, high = sentence.start, sentence.end
        if sentence not in self.countries:
            self.countries[sentence] = countries_near(self.text, low, high)
        return around_of(self.text, span.words, low, high, self.countries[sentence])

    def _held(self, around: Around, entities: Sequence[int]) -> frozenset[str]:
        """The countries named that one of the entities has a tie to."""
        if not around.countries:
            return frozenset()
        rows = self.held[list(entities)]
        return frozenset(
            country
            for country in around.countries
            if (rows & _country_bits(country)).any()
        )

    def _pieces(self, span: Span) -> Iterator[Piece]:
        for (start, end), weight in zip(span.words, span.weights, strict=True):
            written = undivided(self.text[start:end])
            form = fold(written if written.isascii() else read(written))
            yield Piece(
                written,
                form,
                weight,
                self.scanned.lower.get(form, 0) if self.scanned.cased else 0,
                self.scanned.capital.get(form, 0),
                not span.edits or self.scanner.spells(form, span.pattern),
            )


@lru_cache(512)
def _country_bits(country: str) -> NDArray[np.uint64]:
    return np.array(country_set((country,)), np.uint64)


def best(spans: Sequence[Span], text: str) -> list[Span]:
    """Of spans that overlap those that explain the words best; equals all stay.

    A whole name within a longer one stays too where what is longer says nothing of who
    it is: `Kyei Nilar` in `Kyei Nilar Company`.
    """
    ranked = sorted(
        ((_quality(span), span) for span in spans),
        key=lambda item: (-item[0], item[1].start, item[1].pattern),
    )
    taken: dict[int, tuple[float, Span]] = {}
    out = []
    for quality, span in ranked:
        words = [start for start, _ in span.words]
        better = [
            taken[word][1]
            for word in words
            if word in taken and taken[word][0] > quality
        ]
        if better and not _is_core(span, better, text):
            continue
        for word in words:
            taken.setdefault(word, (quality, span))
        out.append(span)
    return sorted(out, key=lambda span: (span.start, span.end, span.pattern))


def _is_core(span: Span, better: Sequence[Span], text: str) -> bool:
    """Whether a whole name is the core of each of the better ones."""
    if span.edits or span.missing or span.gap:
        return False
    own = set(span.words)
    return all(
        own < set(other.words)
        and all(_says_little(text[s:e]) for s, e in set(other.words) - own)
        for other in better
    )


def _says_little(written: str) -> bool:
    form = fold(written)
    return is_generic(form) or form.endswith(ENDINGS)


def _quality(span: Span) -> float:
    words = sum(end - start > _SHORT for start, end in span.words)
    return words - 0.6 * span.edits - 1.1 * span.missing - 0.4 * span.gap
