"""Listed names inside a longer text: each word of a name found in it, close together.

Windows of the text are asked of the index as if they were names; a listed name counts
as found where all its words stand, one to one, within a few words of each other. Which
pieces of text are worth that is for the caller to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clearway.index.compiling import compiled, kernels_loaded
from clearway.index.facts import Query
from clearway.index.index import NO_FACTS, Candidate, Index
from clearway.model import Kind
from clearway.names.analyse import NameForm, Token, analyse
from clearway.names.likeness import spelt_alike

WINDOW = 7
"""Words of the text looked at together."""
_STEP = 3
_FLOOR = 0.25
_CANDIDATES = 24
_MISSING = 0.12
"""Share of a name's weight that may be missing: legal forms, particles, titles."""
_MISSING_OF_PERSON = 0.45
_ENOUGH = 1.3
"""Weight of the words found without which a name is too common to be read out."""
_ENOUGH_UNTOLD = 1.9
_ROUNDING = 1e-3
_LONE = 0.9
_LONE_LETTERS = 7
_SPREAD = 2
_LONG = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text in which a listed name stands: words from, up to; the name."""

    start: int
    end: int
    name: int


def spans(words: Sequence[Token], index: Index, *, told: bool) -> list[Span]:
    """Where listed names stand in a text, best first and no piece twice.

    `told` says that the text is one in which parties are named (payment codes, "on
    behalf of"): there names of a single rare word count, and less weight is enough.
    """
    found: dict[tuple[int, int], tuple[float, Span]] = {}
    windows = [
        (start, words[start:end])
        for start, end in _windows(len(words), wide=told)
        if _promising(words[start:end], index, told)
    ]
    names = _candidates([_form(window) for _, window in windows], index)
    for (start, window), candidates in zip(windows, names, strict=True):
        for candidate in candidates[:_CANDIDATES]:
            if not told and index.weight(candidate.name) < _ENOUGH_UNTOLD - _ROUNDING:
                continue  # all its words would not be enough
            kind = index.kind(candidate.name)
            listed = analyse(index.text(candidate.name), kind)
            person = told and kind is Kind.PERSON
            placed = _placed(window, listed, person=person)
            if placed is None:
                continue
            weight, first, last = placed
            if not _enough(window[first : last + 1], listed, weight, told):
                continue
            key = (start + first, start + last + 1)
            if key not in found or found[key][0] < weight:
                found[key] = (weight, Span(*key, candidate.name))
    ranked = sorted(found.values(), key=lambda item: (-item[0], item[1].start))
    return [span for _, span in ranked]


def _candidates(forms: Sequence[NameForm], index: Index) -> list[list[Candidate]]:
    """Names that may stand in each window; by compiled code if it is loaded."""
    kernels = compiled() if kernels_loaded() else None
    if kernels is None:
        return [index.candidates(f, limit=_CANDIDATES, floor=_FLOOR) for f in forms]
    queries = [Query(form, NO_FACTS) for form in forms]
    found = kernels.batch_of(index).candidates(queries, limit=_CANDIDATES, floor=_FLOOR)
    return [
        index.with_equals(*query, rows)
        for query, rows in zip(queries, found, strict=True)
    ]


def _windows(count: int, *, wide: bool) -> Iterator[tuple[int, int]]:
    """Where to look: every few words, and for the long names of ministries, wider."""
    for width, step in ((WINDOW, _STEP), (2 * WINDOW, WINDOW)):
        for start in range(0, max(1, count - width + step), step):
            yield start, min(count, start + width)
        if count <= WINDOW or not wide:
            return


def _promising(window: Sequence[Token], index: Index, told: bool) -> bool:
    """Whether to ask at all: where nothing tells of names, two listed words stand."""
    heavy = [token.form for token in window if token.role == "word"]
    return told or sum(map(index.knows, heavy)) > 1


def _form(window: Sequence[Token]) -> NameForm:
    text = " ".join(token.form for token in window)
    key = " ".join(sorted(text.split()))
    total = sum(token.weight for token in window)
    return NameForm(text, tuple(window), key, total=total)


def _placed(
    window: Sequence[Token], listed: NameForm, *, person: bool
) -> tuple[float, int, int] | None:
    """All heavy words of a listed name in the window: weight, first and last place.

    None if a word is missing, or if they are spread too far. Of a `person` a patronymic
    or a second surname may be missing.
    """
    free = dict(enumerate(window))
    places: list[int] = []
    weight = missing = 0.0
    bearable = (_MISSING_OF_PERSON if person else _MISSING) * listed.total
    for token in sorted(listed.tokens, key=lambda token: -token.weight):
        at = _place(token, free, window, places)
        if not at:
            missing += token.weight
            if missing > bearable:
                return None
            continue
        for place in at:
            del free[place]
        places += at
        weight += token.weight
    if not places or (missing > _MISSING * listed.total and len(places) < 2):
        return None
    first, last = min(places), max(places)
    if last - first + 1 > len(places) + _SPREAD:
        return None
    return weight, first, last


def _place(
    token: Token,
    free: dict[int, Token],
    window: Sequence[Token],
    places: Sequence[int],
) -> list[int]:
    """Where a listed word stands in the window: one place, or two read as one."""
    best, share = [], 0.0
    for at, word in free.items():
        value = _alike(token, word)
        near = not places or min(abs(at - place) for place in places) < WINDOW
        if near and value > share:
            best, share = [at], value
    if share >= _LEAST_ALIKE:
        return best
    for at in free:
        if at + 1 in free and window[at].form + window[at + 1].form == token.form:
            return [at, at + 1]
    return []


_LEAST_ALIKE = 0.85
_LEAST_LETTERS = 4
_NEARLY = 0.92


def _alike(listed: Token, word: Token) -> float:
    if listed.form == word.form:
        return 1.0
    if listed.group and listed.group == word.group:
        return 0.95
    shorter = min(len(listed.form), len(word.form))
    if shorter < _LEAST_LETTERS or "number" in (listed.role, word.role):
        return 0.0
    value, _ = spelt_alike(word.form, listed.form, word.skeleton, listed.skeleton)
    return value


def _nearly(listed: Token, word: Token) -> bool:
    joined = listed.form.startswith(word.form) and len(word.form) >= _LEAST_LETTERS
    return joined or _alike(listed, word) >= _NEARLY


def _enough(
    found: Sequence[Token], listed: NameForm, weight: float, told: bool
) -> bool:
    """Whether what was found is more than common words meeting by chance."""
    heavy = [token for token in listed.tokens if token.role == "word"]
    if not heavy:
        # A name of general words only says something if it is long: ministries.
        return told and len(listed.tokens) > _LONG and weight >= _ENOUGH_UNTOLD
    if len(heavy) == 1 and weight - heavy[0].weight < 0.5:
        word = heavy[0]
        rare = word.weight >= _LONE and len(word.form) >= _LONE_LETTERS
        # A name of one word is read out as it is written, or nearly so if it is long.
        return told and rare and any(_nearly(word, other) for other in found)
    if told:
        return weight >= _ENOUGH
    return len(heavy) > 1 and weight >= _ENOUGH_UNTOLD
