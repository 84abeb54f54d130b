"""Words of payment texts: that name nobody, that stand around names, that hide a place.

The words are in `resources/narrative.toml`; `tools/build_narrative.py` makes the table
read here.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from clearway.names.analyse import Token
from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.tricks import untrick
from clearway.names.words import words as table_of_words


@dataclass(frozen=True, slots=True)
class Narrative:
    """The table, folded. `unnamed` holds phrases by their first word, longest first.

    `native` are phrases in scripts that are read by tables of their own; they are read
    when the first text in such a script is asked (`native_phrases`).
    """

    unnamed: Mapping[str, tuple[tuple[str, ...], ...]]
    native: tuple[str, ...]
    little: frozenset[str]
    sure: frozenset[str]
    context: frozenset[str]
    before: tuple[str, ...]
    embargoed: Mapping[str, str]
    disputed: Mapping[str, str]
    begun: frozenset[str]
    """Beginnings of the places under embargo."""


@cache
def narrative() -> Narrative:
    """The table, read once."""
    text = files("clearway.names").joinpath("data/narrative.json").read_text("utf-8")
    raw = json.loads(text)
    return Narrative(
        unnamed=_by_first([phrase.split() for phrase in raw["unnamed"]]),
        native=tuple(raw["native"]),
        little=frozenset(raw["little"]),
        sure=frozenset(raw["sure"]),
        context=frozenset(raw["sure"] + raw["perhaps"]),
        before=tuple(raw["before"]),
        embargoed=raw["embargoed"],
        disputed=raw["disputed"],
        begun=frozenset(
            place[:length]
            for place in raw["embargoed"]
            for length in range(1, len(place))
        ),
    )


@cache
def native_phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The phrases in scripts that need reading, read and folded once."""
    return _by_first([words_of(phrase) for phrase in narrative().native])


def _by_first(
    phrases: Sequence[Sequence[str]],
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for words in phrases:
        table.setdefault(words[0], []).append(tuple(words))
    return {
        first: tuple(sorted(entries, key=lambda phrase: (-len(phrase), phrase)))
        for first, entries in table.items()
    }


def words_of(text: str) -> list[str]:
    """The words of a text, folded; letters set apart stay apart."""
    plain, _ = untrick(text)
    return fold(plain if plain.isascii() else read(plain)).split()


def unnamed(words: Sequence[str], *, native: bool = False) -> str:
    """The phrase by which a text names nobody, '' if it may name somebody.

    `ONE OF OUR CLIENTS`, `BY ORDER OF ITSELF`, `НАШ КЛИЕНТ`: the phrase, and beside it
    nothing but little words and numbers. `native` says that the text was in letters
    other than ASCII.
    """
    found = _phrase_in(words, narrative().unnamed)
    return found or (_phrase_in(words, native_phrases()) if native else "")


def _phrase_in(
    words: Sequence[str], table: Mapping[str, tuple[tuple[str, ...], ...]]
) -> str:
    if table.keys().isdisjoint(words):
        return ""
    little = narrative().little
    for at, word in enumerate(words):
        for phrase in table.get(word, ()):
            end = at + len(phrase)
            if tuple(words[at:end]) == phrase and all(
                other in little or other.isdigit()
                for other in (*words[:at], *words[end:])
            ):
                return " ".join(phrase)
    return ""


def is_part_of_more(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a piece of a text is likely a part of some longer name.

    Of several words, if a given name stands beside it; a single word, if any word does
    that may be a name.
    """
    table, known = narrative(), table_of_words().meanings
    for at in (start - 1, end):
        if not 0 <= at < len(tokens):
            continue
        word = tokens[at].form
        if word in table.little or word in table.context:
            continue
        given = any(meaning.role == "name" for meaning in known.get(word, ()))
        if given or (end - start == 1 and tokens[at].role in ("word", "initial")):
            return True
    return False


def is_narrative(text: str, words: Sequence[str]) -> bool:
    """Whether a text is more than a name: words of payments stand in it.

    One that is used for nothing else, a phrase like "by order of", any before a number
    (`INV 7`, `CONTRACT 756`) or between slashes.
    """
    table = narrative()
    if table.context.isdisjoint(words):
        return False
    if not table.sure.isdisjoint(words):
        return True
    if text.count("/") > 1 or any(
        word in table.context and after[0].isdigit() for word, after in pairwise(words)
    ):
        return True
    row = f" {' '.join(words)} "
    return any(f" {phrase} " in row for phrase in table.before)


def pieces(text: str) -> list[str]:
    """The pieces of a payment's text in which a party may stand alone.

    Cut at slashes and commas, and at words that go before or around names; little words
    at the ends of a piece fall away. Of several lines the first may be a name, those
    behind it are its rest or an address. A text with nothing to cut has none.
    """
    table = narrative()
    whole = " ".join(words_of(text))
    out: list[str] = []
    first, *rest = text.strip().split("\n")
    for part in (*_CUTS.split(first), *_CUTS.split(" ".join((first, *rest)))):
        run: list[str] = []
        for word in [*words_of(part), ""]:
            if word and word not in table.context:
                run.append(word)
                continue
            while run and (run[0] in table.little or run[0].isdigit()):
                del run[0]
            while run and (run[-1] in table.little or run[-1].isdigit()):
                del run[-1]
            if len(run) > 1 or (run and len(run[0]) >= _LONE_WORD):
                out.append(" ".join(run))
            run = []
    return [piece for piece in dict.fromkeys(out) if piece != whole][:_MOST_OUT]


_CUTS = re.compile(r"[/,;:]+")
_LONE_WORD = 7
_MOST_OUT = 6


def hidden_place(words: Sequence[str]) -> tuple[str, str]:
    """A place under embargo that is written in pieces, and its country; else '', ''.

    `TEH RAN`, `I R A N`. A place that is simply written is no finding: rules look at
    places, and know the law of the day.
    """
    table = narrative()
    if table.begun.isdisjoint(words):
        return "", ""
    for start, word in enumerate(words):
        letters, end = word, start + 1
        while letters in table.begun and end < len(words):
            letters += words[end]
            end += 1
            if country := table.embargoed.get(letters):
                return " ".join(words[start:end]), country
    return "", ""


def disputed_place(words: Sequence[str]) -> tuple[str, str]:
    """A town whose country, as named beside it, does not show that it is embargoed."""
    table = narrative().disputed
    if not table.keys().isdisjoint(words):
        for word in words:
            if word in table:
                return word, table[word]
    return "", ""
