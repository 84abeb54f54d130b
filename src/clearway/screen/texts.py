"""Listed names inside free text: found by the scanner, scored by the matcher.

The scanner says where the words of a listed name stand; what stands there is then
compared as a party would be, so that score and evidence are those of any other hit. A
text with tricks in it (letters of another script, invisible characters, letters set
apart) is searched as written and as it reads with them undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.documents.finding import scanner_of
from clearway.documents.places import Place, places_in
from clearway.documents.sentences import Sentences
from clearway.model import Kind, Party
from clearway.names.readings import readings
from clearway.screen.screening import Hit

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

_ONE_WORD = 0.9
"""The score from which a name of one word in a text is a hit."""


@dataclass(frozen=True, slots=True)
class TextHit:
    """A listed name in a text: from `start` to `end` of it, as `text` reads.

    Where the text had to be read otherwise first, `start` and `end` are the whole of
    it and `how` says what was done.
    """

    start: int
    end: int
    text: str
    hit: Hit
    how: tuple[str, ...] = ()


def hits_in(screener: "Screener", text: str) -> tuple[TextHit, ...]:
    """The listed names that a free text of a payment or a paper holds, best first."""
    return hits_in_all(screener, [text])[0]


def hits_in_all(
    screener: "Screener", texts: Sequence[str]
) -> list[tuple[TextHit, ...]]:
    """The same for many texts; what is found is scored in one batch."""
    asked: list[tuple[int, Place, str, tuple[str, ...], bool]] = []
    for number, text in enumerate(texts):
        asked += [(number, *one) for one in _candidates(screener, text)]
    parties = [Party(words, kind=_kind(place)) for _, place, words, _, _ in asked]
    found: list[dict[str, TextHit]] = [{} for _ in texts]
    screenings = screener.check_batch(parties) if parties else []
    for (number, place, words, how, own), screening in zip(
        asked, screenings, strict=True
    ):
        meant = {screener.compiled.entity(n).id for n in place.entities}
        text = texts[number]
        start, end = (place.span.start, place.span.end) if own else (0, len(text))
        for hit in screening.hits:
            if hit.entity.id in meant and _counts(place, hit):
                best = found[number].get(hit.entity.id)
                if best is None or best.hit.score < hit.score:
                    found[number][hit.entity.id] = TextHit(start, end, words, hit, how)
    return [
        tuple(sorted(kept.values(), key=lambda one: (-one.hit.score, one.start)))
        for kept in found
    ]


def _candidates(
    screener: "Screener", text: str
) -> list[tuple[Place, str, tuple[str, ...], bool]]:
    index = screener.compiled.index
    scanner = scanner_of(index)
    out = []
    for reading in readings(text):
        own = reading.text == text
        for place in places_in(reading.text, scanner, index, Sentences(reading.text)):
            words = reading.text[place.span.start : place.span.end]
            out.append((place, words, reading.how, own))
    return out


def _kind(place: Place) -> str:
    return place.kind if place.kind is not Kind.ANY else Kind.ANY


def _counts(place: Place, hit: Hit) -> bool:
    """Whether a hit in a text says enough: one word must agree nearly whole."""
    if place.weighed.alerts:
        return True
    if place.span.missing or place.span.edits:
        return False
    return len(place.span.words) > 1 or hit.score >= _ONE_WORD
