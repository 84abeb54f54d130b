"""The listed names in a document, grouped by whom they mean. Never decides.

`find` is the way from a document to what was found: places where listed names stand
are weighed, later mentions by surname alone are added, and there is one `Found` for
each entity, or for several that bear the names found at the same places (the lists of
several publishers).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import local

from clearway.documents.document import Document
from clearway.documents.passages import Passage, Repeats
from clearway.documents.places import Place, Searched, places_in
from clearway.documents.seen import undivided
from clearway.documents.sentences import Sentences, Stretch
from clearway.documents.spans import Scanner
from clearway.documents.surnames import alone_in, surname_of
from clearway.model import Kind
from clearway.names.fold import fold
from clearway.names.latin import read

SURNAME_SCORE = 0.7


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named.

    `how` says exact, misspelt, partial or surname; `sentence` is what to quote; `page`
    is 0 where there are no pages.
    """

    start: int
    end: int
    text: str
    sentence: Stretch
    how: str
    score: float
    reasons: tuple[str, ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """An entity named in a document, or several that its words may mean alike.

    `entities` and `names` are numbers of the index; `name` is the listed spelling that
    fits best; `passages` the paragraphs that name it, repeated ones collapsed;
    `alerts` is false where too little says that it is meant: to be listed, not to be
    acted upon.
    """

    entities: tuple[int, ...]
    names: tuple[int, ...]
    name: str
    kind: Kind
    score: float
    alerts: bool
    reasons: tuple[str, ...]
    mentions: tuple[Mention, ...]
    passages: tuple[Passage, ...]

    @property
    def count(self) -> int:
        """How often it is named."""
        return len(self.mentions)

    @property
    def collapsed(self) -> int:
        """How many of its passages merely repeat one that is shown."""
        return sum(passage.count - 1 for passage in self.passages)


_scanners = local()


def scanner_of(index: Searched) -> Scanner:
    """The scanner of this thread for an index; made in two seconds at the first."""
    kept: dict[int, Scanner] = _scanners.__dict__.setdefault("kept", {})
    found = kept.get(id(index))
    if found is None or found.index is not index:
        kept.clear()
        found = kept[id(index)] = Scanner(index)
    return found


def find(document: Document, index: Searched) -> tuple[Found, ...]:
    """Whom the lists name in a document: those that alert first, best score first."""
    scanner = scanner_of(index)
    sentences = Sentences(document.text)
    groups = _grouped(places_in(document.text, scanner, index, sentences))
    surnames = [_surnames(group, index, document.text) for group in groups]
    standing = scanner.standing(document.text, set().union(*surnames))
    grouping = _Grouping(document, index, sentences, Repeats(document.text), standing)
    found = map(grouping.found, groups, surnames)
    return tuple(sorted(found, key=_rank))


def _rank(found: Found) -> tuple[bool, float, int, tuple[int, ...]]:
    return not found.alerts, -found.score, found.mentions[0].start, found.entities


def _grouped(places: Sequence[Place]) -> list[list[Place]]:
    """Places of one entity together, with all entities found at the same places."""
    parents: dict[int, int] = {}

    def root(entity: int) -> int:
        parents.setdefault(entity, entity)
        while parents[entity] != entity:
            parents[entity] = parents[parents[entity]]
            entity = parents[entity]
        return entity

    at: dict[tuple[int, int], int] = {}
    for place in places:
        key = (place.span.start, place.span.end)
        first = at.setdefault(key, place.entities[0])
        for entity in (first, *place.entities):
            parents[root(entity)] = root(place.entities[0])
    groups: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        groups[root(place.entities[0])].append(place)
    return list(groups.values())


def _best(group: Sequence[Place]) -> Place:
    return max(group, key=lambda place: (place.weighed.alerts, place.weighed.score))


def _surnames(group: Sequence[Place], index: Searched, text: str) -> frozenset[str]:
    """The surnames, folded, of a person who is named in full, as spelt there."""
    best = _best(group)
    if not best.weighed.alerts or best.kind is not Kind.PERSON:
        return frozenset()
    listed = {name for place in group for name in place.names}
    surnames = {surname_of(index.text(name)) for name in listed}
    return frozenset(_written(group, text) & surnames)


def _written(group: Sequence[Place], text: str) -> set[str]:
    """The words, folded, by which a text names an entity for certain."""
    spelt = {
        text[start:end]
        for place in group
        if place.weighed.alerts and not place.span.edits
        for start, end in place.span.words
    }
    return {fold(word if word.isascii() else read(word)) for word in spelt}


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Makes one found entity of a group of places; `standing` are surnames' places."""

    document: Document
    index: Searched
    sentences: Sentences
    repeats: Repeats
    standing: Mapping[str, Sequence[tuple[int, int]]]

    def found(self, group: Sequence[Place], surnames: frozenset[str]) -> Found:
        best = _best(group)
        mentions = self._mentions(group)
        mentions += self._surnames(group, surnames, mentions)
        mentions.sort(key=lambda mention: mention.start)
        here = (best.span.start, best.span.end)
        names = {
            name
            for place in group
            if (place.span.start, place.span.end) == here
            for name in place.names
        }
        shown = min(names, key=lambda name: self._apart(name, best))
        passages = self._passages(mentions) if best.weighed.alerts else ()
        return Found(
            entities=tuple(sorted({e for place in group for e in place.entities})),
            names=tuple(sorted({n for place in group for n in place.names})),
            name=self.index.text(shown),
            kind=best.kind,
            score=best.weighed.score,
            alerts=best.weighed.alerts,
            reasons=best.weighed.reasons,
            mentions=tuple(mentions),
            passages=passages,
        )

    def _passages(self, mentions: Sequence[Mention]) -> tuple[Passage, ...]:
        """The paragraphs that name an entity, repeated ones once."""
        parts = [self.sentences.paragraph(mention.start) for mention in mentions]
        return self.repeats.collapsed(parts)

    def _apart(self, name: int, place: Place) -> tuple[int, str]:
        """How many words a listed spelling differs in from what is written."""
        listed = self.index.text(name)
        written = undivided(self.document.text[place.span.start : place.span.end])
        return len(set(fold(listed).split()) ^ set(fold(written).split())), listed

    def _mentions(self, group: Sequence[Place]) -> list[Mention]:
        spots: dict[tuple[int, int], Place] = {}
        for place in group:
            key = (place.span.start, place.span.end)
            if key not in spots or spots[key].weighed.score < place.weighed.score:
                spots[key] = place
        return [self._mention(place) for place in spots.values()]

    def _mention(self, place: Place) -> Mention:
        span = place.span
        how = "misspelt" if span.edits else "partial" if span.missing else "exact"
        weighed = place.weighed
        return self._at(span.start, span.end, how, weighed.score, weighed.reasons)

    def _surnames(
        self,
        group: Sequence[Place],
        surnames: frozenset[str],
        full: Sequence[Mention],
    ) -> list[Mention]:
        """Mentions by the surname alone of one who is named in full elsewhere."""
        if not surnames:
            return []
        taken = sorted((mention.start, mention.end) for mention in full)
        because = ("the surname of one who is named in full elsewhere",)
        given = frozenset(_written(group, self.document.text))
        return [
            self._at(start, end, "surname", SURNAME_SCORE, because)
            for surname in sorted(surnames)
            for start, end in alone_in(
                self.document.text,
                self.standing.get(surname, ()),
                given - {surname},
                taken,
            )
        ]

    def _at(
        self, start: int, end: int, how: str, score: float, reasons: tuple[str, ...]
    ) -> Mention:
        document = self.document
        sentence = self.sentences.at(start, end)
        page = document.page_of(start)
        text = document.text[start:end]
        return Mention(start, end, text, sentence, how, score, reasons, page)
