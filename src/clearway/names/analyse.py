"""The pipeline on one page: a name as written to a name that can be compared."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from clearway.model import Kind
from clearway.names.fold import fold
from clearway.names.han import spaced
from clearway.names.phonetic import skeleton
from clearway.names.tricks import Trick, untrick
from clearway.names.words import Meaning, Phrases, words

MAX_TOKENS = 64
"""Words of a name beyond this many are not compared; the analysis says so."""
MAX_CHARACTERS = 2_000
"""Characters of a name beyond this many are not compared; the analysis says so."""

INITIAL_WEIGHT = 0.3
"""What a single letter weighs, whatever word it may stand for."""
_WEIGHT = {
    "legal": 0.06,
    "title": 0.03,
    "particle": 0.08,
    "vessel_prefix": 0.03,
    "initial": INITIAL_WEIGHT,
}
_GENERIC_SHARE = 0.55
_BRANCH_PLACE = 0.2
_EMPTY = ""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name, folded to `[a-z0-9]`.

    `role` is word, generic, legal, title, particle, vessel_prefix, initial or number;
    `group` the chief spelling of its equals; `weight` (0 to 1) how much of a name the
    word is: rare words weigh much, generic ones little, legal forms and titles next to
    nothing.
    """

    form: str
    role: str
    group: str
    strength: str
    weight: float
    skeleton: str


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name ready to be compared.

    `tokens` holds every word, `key` the words in alphabetical order (equal keys mean
    equal names whatever the order and the kind), `tricks` what was taken out, `cut`
    whether the name was too long to be compared whole, `total` the weight of all words.
    """

    text: str
    tokens: tuple[Token, ...]
    key: str
    tricks: tuple[Trick, ...] = ()
    cut: bool = False
    total: float = 0.0


@lru_cache(maxsize=131_072)
def analyse(text: str, kind: Kind = Kind.ANY) -> NameForm:
    """Read a name: tricks out, Han and Hangul read, folded, split, words understood.

    `kind` tells which meanings of a word apply: in a person's name `AO` is no legal
    form, in a company's `GENERAL` no rank. A name with no letter or digit at all has no
    tokens.
    """
    cut = len(text) > MAX_CHARACTERS
    plain, tricks = untrick(text[:MAX_CHARACTERS])
    if not plain.isascii():
        plain = spaced(plain)
    forms = _joined_letters(fold(plain).split())
    cut = cut or len(forms) > MAX_TOKENS
    forms = forms[:MAX_TOKENS]
    tokens = _tokens(forms, kind)
    total = sum([token.weight for token in tokens])
    return NameForm(text, tokens, " ".join(sorted(forms)), tricks, cut, total)


def neighbours(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Runs of two and three words that another spelling may write as one."""
    for length in (2, 3):
        for start in range(len(tokens) - length + 1):
            yield tokens[start : start + length]


def _joined_letters(forms: list[str]) -> list[str]:
    """Three or more single letters in a row are one word: `D O O` is `doo`."""
    out: list[str] = []
    run: list[str] = []
    for form in [*forms, _EMPTY]:
        if len(form) == 1 and form.isalpha():
            run.append(form)
            continue
        out += ["".join(run)] if len(run) > 2 else run
        run = []
        if form:
            out.append(form)
    return out


def _tokens(forms: list[str], kind: Kind) -> tuple[Token, ...]:
    phrases = _phrases(kind)
    out: list[Token] = []
    at = 0
    while at < len(forms):
        for phrase, meaning in phrases.get(forms[at], ()):
            if meaning.role == "vessel_prefix" and at > 0:
                continue  # M. V. behind a surname are initials
            if forms[at + 1] != phrase[1] if at + 1 < len(forms) else True:
                continue
            if tuple(forms[at : at + len(phrase)]) == phrase:
                out.append(_phrase(phrase, meaning))
                at += len(phrase)
                break
        else:
            word = token(forms[at], kind)
            if word.role == "vessel_prefix" and at > 0:
                word = _plain(word.form)
            out.append(word)
            at += 1
    if out and all(item.role in ("title", "legal", "vessel_prefix") for item in out):
        # A name made of titles or legal forms only is a name all the same.
        out = [_plain(item.form) for item in out]
    return tuple(_without_branch(out) if kind is not Kind.PERSON else out)


@cache
def _phrases(kind: Kind) -> Phrases:
    """The phrases that may stand in the name of a kind."""
    table = words()
    companies = table.phrases if kind is not Kind.PERSON else {}
    people = table.name_phrases if kind in (Kind.PERSON, Kind.ANY) else {}
    return {
        first: (*companies.get(first, ()), *people.get(first, ()))
        for first in companies.keys() | people.keys()
    }


def _without_branch(tokens: list[Token]) -> list[Token]:
    """A branch is part of its company: the word and the place before weigh little."""
    out = list(tokens)
    for at, item in enumerate(tokens):
        if item.group == "branch" and at > 1:
            out[at] = replace(item, weight=_WEIGHT["legal"])
            before = tokens[at - 1]
            if before.role == "word":
                out[at - 1] = replace(before, weight=before.weight * _BRANCH_PLACE)
    return out


def _phrase(phrase: tuple[str, ...], meaning: Meaning) -> Token:
    if meaning.role == "name":
        form = "".join(phrase)
        weight = _rarity(meaning.group)
        return Token(form, "word", meaning.group, "spelling", weight, skeleton(form))
    weight = _WEIGHT.get(meaning.role, _GENERIC_SHARE * 0.5)
    form = " ".join(phrase)
    return Token(form, meaning.role, meaning.group, meaning.strength, weight, "")


_ROLES = {
    Kind.PERSON: ("title", "particle", "name"),
    Kind.ORGANIZATION: ("legal", "generic", "particle", "name"),
    Kind.VESSEL: ("vessel_prefix", "generic", "particle", "name"),
    Kind.AIRCRAFT: ("generic",),
    Kind.ANY: ("legal", "title", "particle", "name", "generic", "vessel_prefix"),
}


@lru_cache(maxsize=262_144)
def token(form: str, kind: Kind = Kind.ANY) -> Token:
    """One folded word with its role, its equals and its weight."""
    table = words()
    number = table.numbers.get(form, form)
    if number.isdigit():
        return Token(form, "number", number.lstrip("0") or "0", "spelling", 0.8, "")
    if len(form) == 1:
        return Token(form, "initial", "", "", _WEIGHT["initial"], "")
    meanings = {meaning.role: meaning for meaning in table.meanings.get(form, ())}
    named = meanings.get("name")
    for role in _ROLES[kind]:
        meaning = meanings.get(role)
        if meaning is None:
            continue
        if role == "name":
            break
        if role == "generic":
            weight = _GENERIC_SHARE * _rarity(meaning.group)
        else:
            weight = _WEIGHT[role]
        equal = named if role == "particle" and named else meaning
        shape = skeleton(form) if role == "generic" else ""
        return Token(form, role, equal.group, equal.strength, weight, shape)
    if named:
        group, strength = named.group, named.strength
        weight = min(_rarity(form), _rarity(group))
        return Token(form, "word", group, strength, weight, skeleton(form))
    return _plain(form)


def _plain(form: str) -> Token:
    return Token(form, "word", "", "", _rarity(form), skeleton(form))


def _rarity(form: str) -> float:
    """1 for a word never counted, down to 0.4 for the commonest of names."""
    count = words().frequency.get(form, 0)
    return max(0.4, 1.0 - 0.14 * math.log10(1 + count / 4)) if count else 1.0
