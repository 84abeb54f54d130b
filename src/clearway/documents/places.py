"""The places of a document where listed names stand, overlaps settled, weighed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clearway.documents.context import Around, around_of, countries_near, is_generic
from clearway.documents.lexicon import Listed
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
        self.often: dict[int, int] = defaultdict(int)
        for span in self.spans:
            self.often[span.pattern] += 1

    def places(self) -> Iterator[Place]:
        for span in self.spans:
            names = self.scanner.lexicon.names_of(span.pattern)
            bearers = {e for name in names for e in self.index.bearers(name)}
            entities = tuple(sorted(bearers))
            kind = self.index.kind(names[0])
            weight = self._weighed(span, names, entities)
            yield Place(span, tuple(names), entities, kind, weight)

    def _weighed(
        self, span: Span, names: Sequence[int], entities: Sequence[int]
    ) -> Weighed:
        case = Case(
            tuple(self._pieces(span)),
            Around(),
            self.index.kind(names[0]),
            edits=span.edits,
            missing=span.missing,
            gap=span.gap,
            cased=self.scanned.cased,
            mentions=self.often[span.pattern],
            lone=any(len(self.index.text(name).split()) == 1 for name in names),
        )
        if hopeless(case):
            return weighed(case)
        around = self._around(span)
        return weighed(replace(case, around=around, held=self._held(around, entities)))

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
            if (rows & np.array(country_set((country,)), np.uint64)).any()
        )

    def _pieces(self, span: Span) -> Iterator[Piece]:
        for (start, end), weight in zip(span.words, span.weights, strict=True):
            written = self.text[start:end]
            form = fold(written if written.isascii() else read(written))
            yield Piece(
                written,
                form,
                weight,
                self.scanned.lower.get(form, 0) if self.scanned.cased else 0,
                self.scanned.capital.get(form, 0),
                not span.edits or self.scanner.spells(form, span.pattern),
            )


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
