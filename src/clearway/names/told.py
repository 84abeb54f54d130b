"""Whether the words of a text tell of something else than a name."""

from collections.abc import Mapping, Sequence
from enum import IntFlag
from functools import cache
from itertools import pairwise

from clearway.names.narrative import (
    disputed_place,
    hidden_place,
    is_narrative,
    narrative,
    native_phrases,
    unnamed,
)


def is_told(text: str, words: Sequence[str]) -> bool:
    """Whether words tell of something else than a name: nobody, places, payments."""
    if not text.isascii() and unnamed(words, native=True):
        return True
    if _watched().isdisjoint(words):
        return False
    if unnamed(words) or hidden_place(words)[0] or is_narrative(text, words):
        return True
    return bool(disputed_place(words)[0])


@cache
def _watched() -> frozenset[str]:
    """Words without which a text in ASCII tells of a name and of nothing else."""
    table = narrative()
    return frozenset({*table.unnamed, *table.begun, *table.disputed, *table.context})


class Tells(IntFlag):
    """What a word may tell of, as far as that is read off single words."""

    NOTHING = 0
    MUCH = 1
    """Of a payment, or of a place, whatever stands beside it."""
    CONTEXT = 2
    """Of a payment, with a number behind it or beside certain other words."""
    BESIDE = 4
    """One of those other words."""
    BEGIN = 8
    """A place may be written in pieces from here on."""
    PIECE = 16
    """A later piece of such a place."""
    NOBODY = 32
    """The first word of a phrase that names nobody."""
    LITTLE = 64
    """May stand in or beside such a phrase."""


@cache
def tells() -> Mapping[str, Tells]:
    """What each word may tell of; those that are not there tell of nothing.

    A name whose words are not `may_be_told` is not told (`is_told`).
    """
    table = narrative()
    phrases = [
        phrase
        for by_first in (table.unnamed, native_phrases())
        for phrases in by_first.values()
        for phrase in phrases
    ]
    spans = {
        place[start:end]
        for place in table.embargoed
        for start in range(1, len(place))
        for end in range(start + 1, len(place) + 1)
    }
    sorts = (
        (Tells.MUCH, table.sure | table.disputed.keys()),
        (Tells.CONTEXT, table.context),
        (Tells.BESIDE, {word for phrase in table.before for word in phrase.split()}),
        (Tells.BEGIN, table.begun),
        (Tells.PIECE, spans),
        (Tells.NOBODY, {phrase[0] for phrase in phrases}),
        (Tells.LITTLE, table.little.union(*phrases)),
    )
    out: dict[str, Tells] = {}
    for sort, words in sorts:
        for word in words:
            out[word] = out.get(word, Tells.NOTHING) | sort
    return out


def may_be_told(words: Sequence[str]) -> bool:
    """Whether words may tell of something else than a name, read off them one by one.

    The rule for `clearway.names.splitting.compose`.
    """
    found = [tells().get(word, Tells.NOTHING) for word in words]
    whole = Tells.NOTHING
    for sort in found:
        whole |= sort
    if Tells.MUCH in whole:
        return True
    number = any(word[0].isdigit() for word in words)
    if Tells.CONTEXT in whole and (number or Tells.BESIDE in whole):
        return True
    if Tells.NOBODY in whole and all(
        Tells.LITTLE in sort or word.isdigit()
        for word, sort in zip(words, found, strict=True)
    ):
        return True
    return any(
        Tells.BEGIN in first and Tells.PIECE in second
        for first, second in pairwise(found)
    )
