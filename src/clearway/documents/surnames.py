"""Surnames by themselves: `Putin` in an article that names him in full elsewhere."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from clearway.names.fold import fold
from clearway.names.words import words

_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)[ \u00a0]$")
_LONGEST_GIVEN = 40


def surname_of(listed: str) -> str:
    """The surname of a listed name, folded.

    What stands before a comma (`PUTIN, Vladimir`), else the words in capitals
    (`Vladimir PUTIN`), else the last word.
    """
    if "," in listed:
        return fold(listed.split(",")[0])
    parts = listed.split()
    loud = [part for part in parts if part.isupper() and len(part) > 1]
    if loud and len(loud) < len(parts):
        return fold(" ".join(loud))
    return fold(parts[-1]) if parts else ""


def alone_in(
    text: str,
    places: Sequence[tuple[int, int]],
    given: Collection[str],
    taken: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Of the `places` of a surname those where it stands by itself.

    `taken` are the places, in order, where the person is named in full; `given` the
    other words, folded, by which the text names the person. Where another given name
    stands before it, it is somebody else's.
    """
    for start, end in places:
        before = bisect_right(taken, (start, len(text))) - 1
        if before >= 0 and start < taken[before][1]:
            continue
        if not _of_another(text, start, given):
            yield start, end


def _of_another(text: str, start: int, given: Collection[str]) -> bool:
    """Whether another given name stands before a surname than those of the person."""
    match = _BEFORE.search(text, max(0, start - _LONGEST_GIVEN), start)
    if match is None or not match[1][:1].isupper():
        return False
    before = fold(match[1])
    if before in given:
        return False
    roles = {meaning.role for meaning in words().meanings.get(before, ())}
    return "name" in roles and "title" not in roles
