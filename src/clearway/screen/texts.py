"""Listed names inside free text: found by the scanner, scored by the matcher.

The scanner says where the words of a listed name stand; what stands there is then
compared as a party would be, so that score and evidence are those of any other hit. A
text with tricks in it (letters of another script, invisible characters, letters set
apart) is searched as written and as it reads with them undone.

The work on one text is bounded: what is very long, or so full of
listed words that it was made to be slow, is searched in part and `cut`, which callers
must not take for clear.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from clearway.documents.finding import scanner_of
from clearway.documents.places import Place, places_in_all
from clearway.model import Party
from clearway.names.readings import readings
from clearway.screen.screening import Hit

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

SURE = 0.9
"""The score from which a name of one word in a text is a hit."""
LONGEST = 10_500
"""Characters of one text that are searched: a bound on time, set by measurement."""
_HEAD = 2_000
"""Characters of a long text that are searched first, in case they are all too dense."""
DENSEST = 32
"""Different wordings that are compared with the lists for one text."""
_APOSTROPHES = str.maketrans("", "", "'\u2019`")


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


@dataclass(frozen=True, slots=True)
class Searched:
    """What a text holds, best first; `cut` says that not all of it was looked at."""

    hits: tuple[TextHit, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words to ask about, where they stand, and whether as the text is written."""

    place: Place
    words: str
    how: tuple[str, ...]
    own: bool


def search_all(screener: "Screener", texts: Sequence[str]) -> list[Searched]:
    """Search many texts, each within bounds; the same words are compared once."""
    once = _candidates(screener, tuple(dict.fromkeys(texts)))
    parties = dict.fromkeys(
        Party(one.words, kind=one.place.kind)
        for candidates, _ in once.values()
        for one in candidates
    )
    answers = screener.lists_only.check_batch(list(parties)) if parties else []
    hits = {
        party: screening.hits
        for party, screening in zip(parties, answers, strict=True)
        if screening.hits
    }
    found = {
        text: Searched(_best(screener, text, candidates, hits), cut)
        for text, (candidates, cut) in once.items()
    }
    return [found[text] for text in texts]


def _best(
    screener: "Screener",
    text: str,
    candidates: Sequence[_Candidate],
    hits: Mapping[Party, tuple[Hit, ...]],
) -> tuple[TextHit, ...]:
    """The best hit of each entity that the words of a place are a name of."""
    found: dict[str, TextHit] = {}
    ids: dict[tuple[int, ...], set[str]] = {}
    for one in candidates:
        own = hits.get(Party(one.words, kind=one.place.kind))
        if not own:
            continue
        bearers = one.place.entities
        if bearers not in ids:
            ids[bearers] = {screener.compiled.entity(n).id for n in bearers}
        meant, span = ids[bearers], one.place.span
        start, end = (span.start, span.end) if one.own else (0, len(text))
        for hit in own:
            best = found.get(hit.entity.id)
            if (
                hit.entity.id in meant
                and _counts(one.place, hit)
                and (best is None or best.hit.score < hit.score)
            ):
                found[hit.entity.id] = TextHit(start, end, one.words, hit, one.how)
    return tuple(sorted(found.values(), key=lambda one: (-one.hit.score, one.start)))


def _candidates(
    screener: "Screener", texts: Sequence[str]
) -> dict[str, tuple[list[_Candidate], bool]]:
    """The words of each text to ask about, and whether some of it was left out."""
    heads = {text: text[:_HEAD] for text in texts if len(text) > _HEAD}
    begun = _within(screener, dict.fromkeys(heads.values())) if heads else {}
    # What its beginning fills to the bound already is not searched to its end.
    full = {text: begun[head] for text, head in heads.items() if begun[head][1]}
    rest = [text for text in texts if text not in full]
    return {**full, **_within(screener, rest)}


def _within(
    screener: "Screener", texts: Iterable[str]
) -> dict[str, tuple[list[_Candidate], bool]]:
    """The words of each text to ask about, and whether some of it was left out."""
    index = screener.compiled.index
    readings = {text: list(_readings(text[:LONGEST])) for text in texts}
    written = list(dict.fromkeys(w for found in readings.values() for w, _ in found))
    places = places_in_all(written, scanner_of(index), index)
    in_reading = dict(zip(written, places, strict=True))
    return {
        text: _bounded(text, [(*way, in_reading[way[0]]) for way in found])
        for text, found in readings.items()
    }


def _bounded(
    text: str, ways: Sequence[tuple[str, tuple[str, ...], list[Place]]]
) -> tuple[list[_Candidate], bool]:
    """The words of one text to ask about, up to the bound, and whether it was met."""
    cut = len(text) > LONGEST
    wordings: set[str] = set()
    out = []
    for written, how, places in ways:
        own = text.startswith(written)
        for place in places:
            words = written[place.span.start : place.span.end]
            if words not in wordings and len(wordings) >= DENSEST:
                cut = True
                continue
            wordings.add(words)
            out.append(_Candidate(place, words, how, own))
    return out, cut


def _readings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A text as written and otherwise; `PEOPLE'S` is also `PEOPLES`, as on lists."""
    for reading in readings(text):
        yield reading.text, reading.how
    if not text.isascii():
        # Full-width and mathematical letters, invisible characters inside words.
        plain = "".join(c for c in normalize("NFKC", text) if category(c) != "Cf")
        if plain != text:
            yield plain, ("look_alike",)
    bare = text.translate(_APOSTROPHES)
    if bare != text:
        yield bare, ("punctuation",)


def _counts(place: Place, hit: Hit) -> bool:
    """Whether a hit in a text says enough: one word must agree nearly whole."""
    if place.weighed.alerts:
        return True
    if place.span.missing or place.span.edits:
        return False
    return len(place.span.words) > 1 or hit.score >= SURE
