"""Two names compared by themselves, with every way to read them that each suggests.

A screening reads a name otherwise where listed names suggest it; here the other name
of the pair does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from clearway.match.evidence import Evidence
from clearway.match.names import NameMatch
from clearway.match.score import best_names, score
from clearway.match.subject import Subject
from clearway.model import Kind
from clearway.names.acronyms import acronyms, sole_word
from clearway.names.analyse import NameForm, analyse
from clearway.names.legal import formed, unformed
from clearway.names.readings import Reading, readings
from clearway.names.romanised import may_be_romanised, respelt

_LEAST_TURNED = 6
"""Letters from which a whole name may be written backwards."""
Names = tuple[NameMatch, str, str]
"""Two names compared, and the two as written."""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Two names compared by themselves."""

    score: float
    evidence: tuple[Evidence, ...]


def compare_names(left: str, right: str, *, kind: str = "any") -> NameComparison:
    """Compare two names as if one were asked about and the other listed.

    Returns the score (0 to 1, comparable with REVIEW_THRESHOLD) and its evidence.
    Raises ValueError for an unknown kind.
    """
    sort = Kind(kind)
    asked, listed = analyse(left, sort), analyse(right, sort)
    best = _compared(asked, listed, sort)
    for mine, theirs, reading in _otherwise(asked, listed, sort):
        again = _compared(mine, theirs, sort, reading)
        if again.score > best.score:
            best = again
    return best


def _compared(
    asked: NameForm, listed: NameForm, kind: Kind, reading: Reading | None = None
) -> NameComparison:
    left, right = Subject(kind, (asked,)), Subject(kind, (listed,))
    names = best_names(left, right)
    if reading is not None:
        names = read_so(names, reading)
    scored = score(left, right, names=names, features=())
    return NameComparison(scored.score, scored.evidence)


def read_so(names: Names, reading: Reading) -> Names:
    """The comparison of a name that was read otherwise than written, saying so."""
    match, query, listed = names
    remarks = (*match.remarks, f"{reading}: {reading.text}")
    agreed = match.score * reading.trust
    # An acronym is as rare as its letters, not as the words it is made of.
    rarity = 1.0 if "acronym" in reading.how else match.rarity
    found = replace(match, score=agreed, rarity=rarity, remarks=remarks)
    return found, query, listed


def _otherwise(
    asked: NameForm, listed: NameForm, kind: Kind
) -> Iterator[tuple[NameForm, NameForm, Reading]]:
    """Pairs of readings of the two names, with what was done to one of them."""
    for reading in _disguised(asked, kind):
        yield analyse(reading.text, kind), listed, reading
    if kind is not Kind.ORGANIZATION:
        for reading in _romanised(asked, listed):
            yield analyse(reading.text, kind), listed, reading
        for reading in _romanised(listed, asked):
            yield asked, analyse(reading.text, kind), reading
    if kind is not Kind.PERSON:
        for short, long in ((asked, listed), (listed, asked)):
            if (word := sole_word(short)) and word in acronyms(long):
                yield long, long, Reading(long.text, ("acronym",))


def _disguised(asked: NameForm, kind: Kind) -> Iterator[Reading]:
    """Tricks undone, the letters of the whole turned round, legal forms put right."""
    text = asked.text
    yield from readings(text)[1:]
    if len(text) > _LEAST_TURNED:
        yield Reading(text[::-1], ("reversed",))
    if kind is not Kind.PERSON and (repaired := formed(asked.tokens, kind)):
        yield Reading(repaired, ("form",))
    if kind is Kind.PERSON and (person := unformed(asked.tokens)):
        yield Reading(person, ("ending",))


def _romanised(name: NameForm, other: NameForm) -> Iterator[Reading]:
    """A Chinese name in the spelling of the other one."""
    if not may_be_romanised(name.text):
        return
    forms = [token.form for token in other.tokens]
    known = {*other.key.split(), *("".join(pair) for pair in pairwise(forms))}
    mine = [token.form for token in name.tokens]
    for words in respelt(mine, known.__contains__, loose=True):
        yield Reading(" ".join(words), ("romanised",))
