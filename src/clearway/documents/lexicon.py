"""The listed names as sets of words, the way a running text is searched for them.

Built from a compiled index in about a second, in memory. A word of a name is known by
its class: all spellings of one name (`Vladimir`, `Volodymyr`) are one. A name counts
as standing in a text where all its heavy words do; legal forms, particles, titles,
initials and patronymics may be missing. Names of the same words are one pattern,
whatever their order; its rarest words are its anchors, at which the search begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from clearway.documents.ordinary import is_ordinary
from clearway.index.build import KINDS
from clearway.model import Kind
from clearway.names.countries import code
from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.numbered import letters_hash
from clearway.names.roles import GENERIC, NUMBER, WORD
from clearway.names.words import words

MOST_ELEMENTS = 16
"""Words of a name that must be found; of longer ones the rarest sixteen."""
MOST_NEAR = 8
"""Words of a name up to which they are looked for nearby; of longer ones farther."""
_REQUIRED = frozenset({WORD, GENERIC, NUMBER})
_PERSON = KINDS.index(Kind.PERSON)

Table = tuple[NDArray[np.uint64], NDArray[Any], NDArray[np.int64], np.uint64]
"""Numbers sorted, what stands under each, where buckets start, shift."""


class Listed(Protocol):
    """What is read of an index (see clearway.index.index.Index)."""

    @property
    def compared(self) -> tuple[NDArray[Any], ...]:
        """Where the words of each name end, their numbers, kinds."""

    @property
    def words(self) -> tuple[NDArray[Any], NDArray[np.uint8]]:
        """The words of all names and their letters."""

    def __len__(self) -> int: ...

    def text(self, name: int) -> str:
        """The spelling of a name."""

    def kind(self, name: int) -> Kind:
        """The kind of those who bear a name."""

    def bearers(self, name: int) -> list[int]:
        """The entities that bear a name."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Arrays that compiled code searches a text with.

    Forms are single words by number, with their letters; `form_classes` are the
    classes each may belong to; `lower` the words that names write in small letters;
    `elements` the classes a pattern needs, rarest first, with the weight of each, and
    `fathers` those it may have besides; `person` and `alone` tell patterns of people
    and of one word; `anchored` the patterns to look for at a class, each with a class
    that must stand near it (-1: none must); `names` the names of each pattern. Lists of
    lists are pairs of where each ends, and all.
    """

    forms: tuple[str, ...]
    lower: frozenset[str]
    by_letters: Table
    by_deletion: Table
    sieve: NDArray[np.uint8]
    letters: tuple[NDArray[np.int64], NDArray[np.uint8]]
    form_classes: tuple[NDArray[np.int64], NDArray[np.int32]]
    class_weight: NDArray[np.float32]
    elements: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]
    fathers: tuple[NDArray[np.int64], NDArray[np.int32]]
    person: NDArray[np.bool_]
    alone: NDArray[np.bool_]
    anchored: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]
    names: tuple[NDArray[np.int64], NDArray[np.int32]]

    def number_of(self, form: str) -> int:
        """The number of a form, -1 for one that no list has."""
        keys, values, *_ = self.by_letters
        key = np.uint64(letters_hash(form)) if form.isascii() else np.uint64(0)
        at = int(keys.searchsorted(key))
        return int(values[at]) if at < len(keys) and keys[at] == key else -1

    def names_of(self, pattern: int) -> list[int]:
        """The names whose words a pattern is."""
        ends, flat = self.names
        found: list[int] = flat[ends[pattern] : ends[pattern + 1]].tolist()
        return found

    def classes_of(self, form: int) -> list[int]:
        """The classes a form may belong to."""
        ends, flat = self.form_classes
        found: list[int] = flat[ends[form] : ends[form + 1]].tolist()
        return found


def lexicon_of(index: Listed) -> Lexicon:
    """Read the names of an index as patterns of words."""
    return _Builder(index).made()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the index: the forms it is written with, and what each is.

    `apart` are its two parts where it may be torn: `Majid Rashi, Abdul`.
    """

    forms: tuple[int, ...]
    classes: tuple[int, ...]
    weights: tuple[float, ...]
    needed: bool
    optional_of_person: bool
    apart: "_Needed" = ()


class _Builder:
    def __init__(self, index: Listed) -> None:
        self.index = index
        self.forms: dict[str, int] = {}
        self.classes: dict[int, int] = {}
        self.of_form: list[list[int]] = []
        self.weight: list[float] = []
        self.lone: list[bool] = []

    def made(self) -> Lexicon:
        rows, text = self.index.words
        whole = text.tobytes()
        starts, ends = rows["start"].tolist(), rows["end"].tolist()
        columns = (rows[name].tolist() for name in _READ)
        read = [
            self._word(whole[start:end].decode("ascii"), *facts)
            for start, end, *facts in zip(starts, ends, *columns, strict=True)
        ]
        patterns, names = self._patterns(read)
        self._spellings()
        return self._lexicon(patterns, names)

    def _form(self, text: str) -> int:
        found = self.forms.setdefault(text, len(self.forms))
        if found == len(self.of_form):
            self.of_form.append([])
        return found

    def _class(self, number: int, form: int, weight: float, lone: bool) -> int:
        found = self.classes.setdefault(number, len(self.classes))
        if found == len(self.weight):
            self.weight.append(weight)
            self.lone.append(lone)
        if found not in self.of_form[form]:
            self.of_form[form].append(found)
        return found

    def _word(
        self, form: str, group: int, weight: float, role: int, patronymic: int
    ) -> _Word:
        parts = form.split()
        if len(parts) > 1:
            parts = [part for part in parts if not _is_small(part)] or parts
            group = 0
        if role != WORD or _is_place(form):
            group = 0  # a translation: the Bank of Russia is not the Bank Rossiya
        forms = tuple(map(self._form, parts))
        share = weight / len(parts)
        classes = tuple(
            self._class(
                group or letters_hash(part), at, share, role == WORD and _may_name(part)
            )
            for part, at in zip(parts, forms, strict=True)
        )
        return _Word(
            forms,
            classes,
            (share,) * len(parts),
            role in _REQUIRED,
            bool(patronymic),
            self._torn(form, weight) if len(parts) == 1 else (),
        )

    def _torn(self, form: str, weight: float) -> "_Needed":
        """The parts of a name made with `Abd`: it is often written as two words."""
        match = _ABD.match(form)
        if match is None:
            return ()
        first, rest = match.groups()
        servant = self._class(letters_hash("abd"), self._form(first), 0.0, False)
        group = next(
            (m.group for m in words().meanings.get(rest, ()) if m.role == "name"), rest
        )
        number = letters_hash(group if group.isascii() else rest)
        other = self._class(number, self._form(rest), weight, False)
        return (servant, _SERVANT * weight), (other, (1 - _SERVANT) * weight)

    def _patterns(
        self, read: Sequence[_Word]
    ) -> tuple[list["_Pattern"], list[list[int]]]:
        """The words each name needs, names of the same words together."""
        ends, numbers, kinds, *_ = self.index.compared
        flat, where = numbers.tolist(), ends.tolist()
        patterns: dict[_Pattern, int] = {}
        names: list[list[int]] = []
        for name, kind in enumerate(kinds.tolist()):
            own = [read[at] for at in flat[where[name] : where[name + 1]]]
            person = kind == _PERSON
            needed, fathers = _needed(own, person=person)
            if len(needed) == 1 and not self.lone[needed[0][0]]:
                # `Mullah Jabar`, `PJSC KB Vostochny`: only with all that goes with it.
                needed = _pairs(own)
            if (
                not person
                and len(needed) > _FEW
                and "(" in (text := self.index.text(name))
            ):
                needed = self._without_acronym(needed, text)
            if not needed:
                continue
            torn = _torn_apart(needed, own) if person else needed
            for words_needed in dict.fromkeys((needed, torn)):
                pattern = (words_needed, fathers, person)
                at = patterns.setdefault(pattern, len(patterns))
                if at == len(names):
                    names.append([])
                names[at].append(name)
        return list(patterns), names

    def _without_acronym(self, needed: "_Needed", text: str) -> "_Needed":
        """An acronym in brackets behind a name is not always repeated."""
        match = _ACRONYM.search(text)
        form = self.forms.get(match[1].lower(), -1) if match else -1
        if form < 0:
            return needed
        return tuple(pair for pair in needed if pair[0] not in self.of_form[form])

    def _lower(self) -> frozenset[str]:
        """Words that listed names themselves write in small letters."""
        found: set[str] = set()
        for name in range(len(self.index)):
            found.update(_SMALL_WORD.findall(self.index.text(name)))
        return frozenset(word for word in found if word.islower() and self._tells(word))

    def _tells(self, word: str) -> bool:
        """Whether a word in small letters may say that a name stands there."""
        if word.isascii():
            small = is_ordinary(word) or _is_small(word)
            return word in self.forms and not small
        parts = fold(read(word)).split()
        return len(parts) == 1 and parts[0] in self.forms and not _is_small(parts[0])

    def _spellings(self) -> None:
        """Known spellings of listed words that no list happens to use."""
        for form, meanings in words().meanings.items():
            for meaning in meanings:
                number = letters_hash(meaning.group) if meaning.group.isascii() else 0
                if meaning.role == "name" and number in self.classes:
                    self._class(number, self._form(form), 0.0, False)

    def _lexicon(
        self,
        patterns: Sequence["_Pattern"],
        names: list[list[int]],
    ) -> Lexicon:
        count = np.zeros(len(self.classes), np.int64)
        for needed, _, _ in patterns:
            for number, _ in needed:
                count[number] += 1
        anchored: list[list[int]] = [[] for _ in self.classes]
        partners: list[list[int]] = [[] for _ in self.classes]
        ordered = []
        for at, (needed, _, person) in enumerate(patterns):
            rare = sorted(needed, key=lambda item: (count[item[0]], -item[1]))
            rare = rare[:MOST_ELEMENTS]
            ordered.append(rare)
            if len(rare) == 1 and not self.lone[rare[0][0]]:
                continue
            second = person and len(rare) > _FEW
            for number in dict.fromkeys(item[0] for item in rare[: 1 + second]):
                anchored[number].append(at)
                partners[number].append(_partner(rare, number, person=person))
        ends = _ends(ordered)
        items = [item for row in ordered for item in row]
        letters = "".join(self.forms).encode("ascii")
        letter_ends = _ends(list(self.forms))
        written = np.frombuffer(letters, np.uint8)
        numbers = np.array([letters_hash(form) for form in self.forms], np.uint64)
        return Lexicon(
            forms=tuple(self.forms),
            lower=self._lower(),
            by_letters=_table(numbers, np.arange(len(self.forms), dtype=np.int32)),
            by_deletion=_deletions(letter_ends, written),
            sieve=_sieve(numbers),
            letters=(letter_ends, written),
            form_classes=(_ends(self.of_form), _flat(self.of_form)),
            class_weight=np.array(self.weight, np.float32),
            elements=(
                ends,
                np.array([number for number, _ in items], np.int32),
                np.array([weight for _, weight in items], np.float32),
            ),
            fathers=(
                _ends([fathers for _, fathers, _ in patterns]),
                _flat([fathers for _, fathers, _ in patterns]),
            ),
            person=np.array([person for *_, person in patterns], np.bool_),
            alone=np.array([len(row) == 1 for row in ordered], np.bool_),
            anchored=(_ends(anchored), _flat(anchored), _flat(partners)),
            names=(_ends(names), _flat(names)),
        )


_ABD = re.compile(r"(abd(?:[aeiou][lrsntdzh])?)([a-z]{4,})$")
_SERVANT = 0.2
"""What `Abd` weighs of a name made with it."""
_READ = ("group", "weight", "role", "patronymic")
_FEW = 2


def _needed(own: Sequence[_Word], *, person: bool) -> tuple["_Needed", tuple[int, ...]]:
    """The classes of a name that must all be found with their weights; the fathers'."""
    heavy = [word for word in own if word.needed]
    fathers: tuple[int, ...] = ()
    if person:
        # The father's name is as often left out as it is given.
        sure = [word for word in heavy if not word.optional_of_person]
        if len(sure) >= _FEW:
            fathers = tuple(
                number
                for word in heavy
                if word.optional_of_person
                for number in word.classes
            )
            heavy = sure
    return _pairs(heavy), fathers


def _torn_apart(needed: "_Needed", own: Sequence[_Word]) -> "_Needed":
    """What a name needs where words that may be torn are."""
    out = list(needed)
    for word in own:
        pairs = list(zip(word.classes, word.weights, strict=True))
        if word.apart and all(pair in out for pair in pairs):
            for pair in pairs:
                out.remove(pair)
            out += word.apart
    return tuple(sorted(out))


def _partner(rare: Sequence[tuple[int, float]], anchor: int, *, person: bool) -> int:
    """The rarest other class of a pattern, if it cannot stand without it, else -1."""
    short = len(rare) <= _FEW if person else len(rare) <= MOST_NEAR
    others = [number for number, _ in rare if number != anchor]
    return others[0] if short and others else -1


def _pairs(own: Sequence[_Word]) -> "_Needed":
    """The classes of words with their weights."""
    pairs = [zip(word.classes, word.weights, strict=True) for word in own]
    return tuple(sorted(pair for row in pairs for pair in row))


_Needed = tuple[tuple[int, float], ...]
_Pattern = tuple[_Needed, tuple[int, ...], bool]
"""What a name needs, the father's names it may have besides, whether of a person."""
_SMALL_WORD = re.compile(r"(?<![\w'’`-])[^\W\d_]{4,}(?![\w'’])")
_ACRONYM = re.compile(r"\(([A-Za-z]{2,8})\)\s*$")


def _may_name(word: str) -> bool:
    """Whether a word may name somebody all alone: no place, no name of many people."""
    if len(word) < _LEAST_NAME or code(word) or is_ordinary(word):
        return False
    return word not in words().meanings


_LEAST_NAME = 3


@cache
def _is_place(word: str) -> bool:
    meanings = words().meanings.get(word, ())
    place = any(meaning.role == "place" for meaning in meanings)
    return place or bool(code(word))


def _is_small(word: str) -> bool:
    meanings = words().meanings.get(word, ())
    return any(meaning.role in ("particle", "small") for meaning in meanings)


def _ends(lists: Sequence[Any]) -> NDArray[np.int64]:
    return np.cumsum([0, *map(len, lists)], dtype=np.int64)


def _flat(lists: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    return np.array([number for row in lists for number in row], np.int32)


def _table(keys: NDArray[np.uint64], values: NDArray[np.int32]) -> Table:
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    bits = max(1, len(keys).bit_length() - 1)
    firsts = np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - bits)
    starts = np.append(keys.searchsorted(firsts), len(keys)).astype(np.int64)
    return keys, values, starts, np.uint64(64 - bits)


def _deletions(ends: NDArray[np.int64], letters: NDArray[np.uint8]) -> Table:
    """Every form with any one letter left out, and the form."""
    from clearway.documents.spelling import shortened

    keys, forms = shortened(ends, letters)
    return _table(keys, forms)


def _sieve(numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Bits that most words that are in no list fall through."""
    from clearway.documents.spelling import sieve_of

    found: NDArray[np.uint8] = sieve_of(numbers)
    return found
