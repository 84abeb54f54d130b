"""Surnames by themselves: `Putin` in an article that names him in full elsewhere."""

import re
from collections.abc import Collection, Iterator, Mapping

from clearway.documents.context import is_generic
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
    surnames: Collection[str],
    written: Mapping[str, str],
    taken: Collection[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Where a person's surname stands by itself, outside of the places `taken`.

    `written` are the words by which the text names the person in full, by their folded
    form. Where another given name stands before it, it is somebody else's.
    """
    inside = {place for start, end in taken for place in range(start, end)}
    for folded, word in sorted(written.items()):
        if folded not in surnames or is_generic(folded):
            continue
        given = frozenset(written) - {folded}
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
            if whole and at not in inside and not _of_another(text, at, given):
                yield at, end
            at = text.find(word, end)


def _of_another(text: str, start: int, given: frozenset[str]) -> bool:
    """Whether another given name stands before a surname than those of the person."""
    match = _BEFORE.search(text, max(0, start - _LONGEST_GIVEN), start)
    if match is None or not match[1][:1].isupper():
        return False
    before = fold(match[1])
    if before in given:
        return False
    roles = {meaning.role for meaning in words().meanings.get(before, ())}
    return "name" in roles and "title" not in roles
