"""What the words of a description hint at: codes to look at, never a finding.

A phrase of our table counts when all its words are in the text, in whatever order and
form, a letter astray forgiven in long words. The phrases are
`resources/goods/words.toml`, words of ordinary goods `resources/goods/ordinary.toml`;
`tools/build_goods.py` makes the tables read here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from clearway.goods.codes import Code
from clearway.goods.editions import in_2022
from clearway.goods.words import closed_up, has_chinese, stems_of


@dataclass(frozen=True, slots=True)
class Hint:
    """A code that a description may mean.

    `code` has six digits, or four for a heading; `score` runs from 0 to 1 (1: a phrase
    of several words stands there letter by letter and hints at this code alone);
    `words` are those of the text that say so.
    """

    code: str
    score: float
    words: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The hint as plain values, in a stable order."""
        return {"code": self.code, "score": self.score, "words": list(self.words)}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A description that speaks of other goods than its code.

    `code` is the code, `words` the words that speak of others, `suggested` the codes or
    chapters these belong to. `listed` says that they are goods of our lists, which the
    code hides.
    """

    code: str
    words: tuple[str, ...]
    suggested: tuple[str, ...]
    listed: bool

    def __str__(self) -> str:
        """In words a reviewer can read."""
        said = ", ".join(self.words)
        what = "codes" if self.listed else "chapters"
        where = ", ".join(self.suggested)
        return f"the code is {self.code}, but {said!r} belongs to {what} {where}"


@dataclass(frozen=True, slots=True)
class _Row:
    codes: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    chinese: tuple[str, ...]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ordinary:
    chapters: frozenset[str]
    words: frozenset[str]
    chinese: tuple[str, ...]


def _table(name: str) -> Any:
    path = files("clearway.goods").joinpath(f"data/{name}.json")
    return json.loads(path.read_text("utf-8"))[name if name == "ordinary" else "goods"]


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            tuple(row["codes"]),
            tuple(tuple(phrase.split()) for phrase in row["phrases"]),
            tuple(row["chinese"]),
            frozenset(row["not"]),
        )
        for row in _table("words")
    )


@cache
def _rows_by_word() -> Mapping[str, tuple[int, ...]]:
    """Where each word of a phrase stands: numbers of rows."""
    table: dict[str, dict[int, None]] = {}
    for number, row in enumerate(_rows()):
        for phrase in row.phrases:
            for word in phrase:
                table.setdefault(word, {})[number] = None
    return {word: tuple(numbers) for word, numbers in table.items()}


@cache
def _by_first_letter() -> Mapping[str, frozenset[str]]:
    """The words of all phrases by their first letter."""
    table: dict[str, set[str]] = {}
    for row in _rows():
        for phrase in row.phrases:
            for word in phrase:
                table.setdefault(word[0], set()).add(word)
    return {letter: frozenset(words) for letter, words in table.items()}


@cache
def _ordinary() -> tuple[_Ordinary, ...]:
    return tuple(
        _Ordinary(
            frozenset(row["chapters"]), frozenset(row["words"]), tuple(row["chinese"])
        )
        for row in _table("ordinary")
    )


LONE = 0.85
"""What a phrase of one word is worth."""
SHARED = 0.9
"""What a phrase is worth that means any of several codes."""
_CHINESE_SHORT = 2
_LONGEST = 2_000


def hints(text: str, *, most: int = 10) -> tuple[Hint, ...]:
    """The codes that a description hints at, the best first, at most so many.

    Empty for ordinary goods, and for everything our table has no words for: no hint
    says nothing. Only the first 2,000 characters are read.
    """
    text = text[:_LONGEST]
    said = _said(stems_of(text))
    run = closed_up(text) if has_chinese(text) else ""
    best: dict[str, Hint] = {}
    for row in _worth_asking(said, run):
        if found := _best_phrase(row, said, run):
            score, words = found
            if len(row.codes) > 1:
                score *= SHARED
            for code in row.codes:
                if code not in best or best[code].score < score:
                    best[code] = Hint(code, round(score, 3), words)
    ranked = sorted(best.values(), key=lambda hint: (-hint.score, hint.code))
    return tuple(_without_less(ranked)[:most])


def _worth_asking(said: Mapping[str, str], run: str) -> Iterator[_Row]:
    """Rows that share a word with the text and have nothing against it."""
    rows, where = _rows(), _rows_by_word()
    numbers = {number for word in said for number in where.get(word, ())}
    for row in rows if run else [rows[number] for number in sorted(numbers)]:
        if row.unless.isdisjoint(said.values()) and not (
            run and any(word in run for word in row.unless if has_chinese(word))
        ):
            yield row


def _without_less(ranked: Sequence[Hint]) -> list[Hint]:
    """Leave out what rests on words that a longer phrase has explained better."""
    kept: list[Hint] = []
    for hint in ranked:
        if not any(set(hint.words) < set(better.words) for better in kept):
            kept.append(hint)
    return [
        hint
        for hint in kept
        if not any(set(hint.words) < set(better.words) for better in kept)
    ]


def _said(words: Sequence[str]) -> dict[str, str]:
    """Words of our phrases, and of what speaks against them, by the word that says so.

    A word of the text stands for itself, and for the words of the table it is a
    misspelling of.
    """
    said: dict[str, str] = {}
    for word in words:
        said.setdefault(word, word)
    for word in dict.fromkeys(words):
        for near in _misspelt(word):
            said.setdefault(near, word)
    return said


@lru_cache(maxsize=16_384)
def _misspelt(word: str) -> tuple[str, ...]:
    """Words of the table one letter from this one; two, where both are long."""
    near = _by_first_letter().get(word[0], frozenset())
    if len(word) < _LONG or word in near:
        return ()
    allowed = 1 if len(word) < _VERY_LONG else 2
    return tuple(
        other
        for other in sorted(near)
        if len(other) >= _LONG
        and abs(len(other) - len(word)) <= allowed
        and DamerauLevenshtein.distance(word, other, score_cutoff=allowed) <= allowed
    )


_LONG = 7
_VERY_LONG = 11


def _best_phrase(
    row: _Row, said: Mapping[str, str], run: str
) -> tuple[float, tuple[str, ...]] | None:
    found: list[tuple[float, tuple[str, ...]]] = []
    for phrase in row.phrases:
        if all(word in said for word in phrase):
            typos = sum(said[word] != word for word in phrase)
            score = (1.0 if len(phrase) > 1 else LONE) - 0.1 * typos / len(phrase)
            found.append((score, tuple(said[word] for word in phrase)))
    for name in row.chinese:
        if name in run:
            found.append((1.0 if len(name) > _CHINESE_SHORT else LONE, (name,)))
    # The longest phrase explains most.
    return max(found, key=lambda pair: (len("".join(pair[1])), pair[0]), default=None)


def contradiction(code: Code, text: str) -> Contradiction | None:
    """Whether a description speaks of quite other goods than its code; `None` if not.

    Two ways: the words hint at goods of our lists and the code is of another chapter
    than all of them; or the code is one of ours, and the words are of ordinary goods of
    other chapters. Silence and unknown words contradict nothing.
    """
    # Both the code and what it is called today: chapter 88 stays 88.
    own = {code.chapter} | {c.hs6[:2] for c in in_2022(code.hs6, code.edition)}
    hinted = hints(text)
    if any(hint.code[:2] in own for hint in hinted):
        return None
    words, chapters = _ordinary_words(text[:_LONGEST])
    if not own.isdisjoint(chapters):
        return None
    if hinted and not words:
        codes = tuple(hint.code for hint in hinted)
        return Contradiction(code.digits, _all_words(hinted), codes, listed=True)
    if words and not hinted and own <= _our_chapters() and _speak(words, text):
        return Contradiction(code.digits, words, tuple(sorted(chapters)), listed=False)
    return None


def _ordinary_words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of ordinary goods in a text, and the chapters these belong to."""
    said = stems_of(text)
    run = closed_up(text) if has_chinese(text) else ""
    words: list[str] = []
    chapters: set[str] = set()
    for row in _ordinary():
        here = [word for word in said if word in row.words]
        here += [word for word in row.chinese if word in run]
        if here:
            words += here
            chapters |= row.chapters
    return tuple(dict.fromkeys(words)), frozenset(chapters)


def _speak(words: Sequence[str], text: str) -> bool:
    """Whether these words are what the text speaks of: a third of it or more.

    "An instrument to analyse milk" speaks of instruments.
    """
    all_words = {word for word in stems_of(text) if len(word) >= _SPEAKING}
    whole = sum(map(len, all_words)) or 1
    return 3 * sum(map(len, words)) >= whole


_SPEAKING = 3


def _all_words(hinted: Iterable[Hint]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for hint in hinted for word in hint.words))


@cache
def _our_chapters() -> frozenset[str]:
    """Chapters of which our phrases speak."""
    return frozenset(code[:2] for row in _rows() for code in row.codes)
