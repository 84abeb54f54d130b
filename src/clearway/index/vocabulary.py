"""Words with a number and a row each, as compiled code reads them.

One vocabulary holds the words of all listed names, and is kept in files; others hold
the words asked so far.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.index.keys import edits_allowed, edits_for
from clearway.index.shapes import WORD, Rows, shapes
from clearway.model import Kind
from clearway.names.analyse import Token, alone, numeral, phrases_of
from clearway.names.legal import is_form
from clearway.names.likeness import MOST_EDITS, SOUND_EDITS
from clearway.names.numbered import letters_hash
from clearway.names.patronymics import ENDINGS
from clearway.names.roles import INITIAL, NUMBER, NUMBER_OF, OTHER
from clearway.names.romanised import is_syllabic, is_told
from clearway.names.syllables import is_syllable
from clearway.names.words import words

Phrases = Sequence[tuple[tuple[str, ...], Token]]
"""The words behind the first of each phrase, longest first, and what it means."""
_GROWTH = 1 << 12
_STRENGTHS = {"spelling": 0, "romanisation": 1, "nickname": 2}
_OTHERWISE = 3
_NO_BONES = letters_hash("")


class Column:
    """An array that grows at its end."""

    def __init__(self, dtype: Any) -> None:
        """Begin empty."""
        self.array: NDArray[Any] = np.zeros(_GROWTH, dtype)
        self.filled = 0

    def put(self, values: NDArray[Any]) -> None:
        """Append values."""
        end = self.filled + len(values)
        if end > len(self.array):
            grown = np.zeros(max(end, 2 * len(self.array)), self.array.dtype)
            grown[: self.filled] = self.array[: self.filled]
            self.array = grown
        self.array[self.filled : end] = values
        self.filled = end


class Simple(dict[str, int]):
    """The numbers of words of one kind of names; below 0 those that hang on others."""

    def __init__(self, kind: Kind, number: Callable[[Token], int]) -> None:
        """Number words by `number` when first asked for."""
        self._kind, self._number = kind, number
        self._seconds: dict[str, frozenset[str]] = {}

    def __missing__(self, form: str) -> int:
        """Understand a word not asked before."""
        found = alone(form, self._kind)
        if found is None:
            self[form] = number = _HANGS
            return number
        token, seconds = found
        number = self._number(token)
        if seconds:
            self._seconds[form] = seconds
            number = _HANGS - 1 - number
        self[form] = number
        return number

    def meaning(self, form: str) -> tuple[int, int, Phrases]:
        """The number of a word, how it hangs on others, and the phrases it begins.

        The number of a word that may always mean something else (`HANGS`) says nothing.
        """
        number = self[form]
        if number >= 0:
            return number, FREE, ()
        if number != _HANGS:
            return _HANGS - 1 - number, FREE, phrases_of(form, self._kind)
        if word := numeral(form, self._kind):
            return self._number(word), NUMERAL, ()
        return 0, HANGS, ()

    def of(self, forms: Sequence[str]) -> list[int] | None:
        """The numbers of the words of a name; None if they mean something together."""
        numbers = list(map(self.__getitem__, forms))
        if min(numbers) >= 0:
            return numbers
        for at, number in enumerate(numbers):
            if number >= 0:
                continue
            behind = forms[at + 1] if at + 1 < len(forms) else ""
            if number == _HANGS or behind in self._seconds[forms[at]]:
                return None
            numbers[at] = _HANGS - 1 - number
        return numbers


FREE, NUMERAL, HANGS = 0, 1, 2
"""Of a word: it means the same wherever it stands, but for the phrases it begins; the
same unless a number stands before it; or perhaps something else."""
_HANGS = -1
"""Of a word that hangs on others in more ways than by what stands behind it."""


class Vocabulary:
    """Words by number. Not to be shared between threads."""

    def __init__(self, *, quick: bool) -> None:
        """Begin with no words; `quick` says that compiled code is loaded."""
        self._quick = quick
        self._numbers: dict[int, int] = {}
        self._same: dict[tuple[str | float, ...], int] = {}
        self._kept: list[Token] = []
        self._fresh: list[Token] = []
        self._count = 0
        self._tokens: list[Token] = []
        self._simple: dict[Kind, Simple] = {}
        self._rows = Column(WORD)
        self._text = Column(np.uint8)

    def __len__(self) -> int:
        """How many words there are, those not yet `ready` included."""
        return self._count

    def number(self, token: Token) -> int:
        """The number of a word; a new one is given the next."""
        found = self._numbers.get(id(token))
        if found is None:
            key = (
                *(token.form, token.role, token.group, token.strength),
                *(token.skeleton, token.weight, token.family),
            )
            found = self._same.get(key)
            if found is None:
                found = self._same[key] = self._count
                self._count += 1
                self._fresh.append(token)
            self._numbers[id(token)] = found
            self._kept.append(token)  # while it is kept no other has its id
        return found

    @property
    def fresh(self) -> Sequence[Token]:
        """The words not yet `ready`, in the order of their numbers."""
        return self._fresh

    def simple(self, kind: Kind) -> Simple:
        """The numbers of words by spelling, for names of a kind."""
        found = self._simple.get(kind)
        if found is None:
            found = self._simple[kind] = Simple(kind, self.number)
        return found

    def token(self, number: int) -> Token:
        """The word with this number, once it is `ready`."""
        return self._tokens[number]

    def ready(self) -> tuple[int, int]:
        """Fill the rows of new words: from which number to which."""
        fresh = self._fresh
        begin = self._count - len(fresh)
        if not fresh:
            return begin, begin
        rows, text = shapes([token.form for token in fresh], quick=self._quick)
        for place in ("start", "end", "heard", "heard_end"):
            rows[place] += self._text.filled
        frequency = words().frequency
        columns = zip(*[_described(token, frequency) for token in fresh], strict=True)
        for name, column in zip(_DESCRIBED, columns, strict=True):
            rows[name] = column
        rows["bony_limit"] = np.where(rows["poor"], MOST_EDITS, SOUND_EDITS)
        boneless = [not token.skeleton for token in fresh]
        rows["skeleton"][boneless], rows["bones"][boneless] = _NO_BONES, 0
        self._rows.put(rows)
        self._text.put(text)
        self._tokens += fresh
        self._fresh = []
        return begin, self._count

    @property
    def rows(self) -> Rows:
        """The rows of all words and their letters; with room behind them.

        Not to be written to, like those of files: then one compilation serves both.
        """
        rows, text = self._rows.array.view(), self._text.array.view()
        rows.flags.writeable = text.flags.writeable = False
        return rows, text

    def whole(self) -> Rows:
        """The rows of all words and their letters, to be kept."""
        self.ready()
        rows, text = self._rows, self._text
        return rows.array[: rows.filled], text.array[: text.filled]


_DESCRIBED = (
    *("group", "weight", "role", "strength", "counted", "bare", "syllable"),
    *("patronymic", "searched", "told", "edits", "limit"),
)


def variety(token: Token) -> int:
    """Which group of its family a word belongs to, from 1 on; 0 for one of none."""
    return _varieties()[token.group] if token.family else 0


@cache
def _varieties() -> dict[str, int]:
    families: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for group, family in words().families.items():
        numbers[group] = families[family] = families.get(family, 0) + 1
    return numbers


def _told(form: str) -> int:
    """What may make another reading of a name, as bits (`clearway.index.gates`)."""
    return is_told(form) | is_form(form) << 1 | is_syllabic(form) << 2


def _described(token: Token, frequency: Any) -> tuple[Any, ...]:
    role, length = NUMBER_OF.get(token.role, OTHER), len(token.form)
    return (
        letters_hash(token.family or token.group) if token.group else 0,
        token.weight,
        role,
        _STRENGTHS.get(token.strength, _OTHERWISE) | variety(token) << 2,
        token.form in frequency,
        token.strength == "bare",
        is_syllable(token.form),
        token.form.endswith(ENDINGS),
        role not in (INITIAL, NUMBER),
        _told(token.form),
        edits_for(length),
        edits_allowed(token.form),
    )
