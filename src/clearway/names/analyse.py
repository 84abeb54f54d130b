"""The pipeline on one page: a name as written to a name that can be compared."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from clearway.model import Kind
from clearway.names.abjad import has_abjad
from clearway.names.compounds import ARTICLES, SECOND, SERVANT
from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.likeness import vowelless
from clearway.names.patronymics import patronymic
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
    "small": 0.08,
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
    `group` the chief spelling of its equals; `strength` how equal they are (spelling,
    romanisation, nickname) or `bare` for a word whose script left its vowels out;
    `family` of which groups in other languages it is one; `weight` (0 to 1) how much of
    a name the
    word is: rare words weigh much, generic ones little, legal forms and titles next to
    nothing.
    """

    form: str
    role: str
    group: str
    strength: str
    weight: float
    skeleton: str
    family: str = ""


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
    """Read a name: tricks out, other scripts read, folded, split, words understood.

    `kind` tells which meanings of a word apply: in a person's name `AO` is no legal
    form, in a company's `GENERAL` no rank. A name with no letter or digit at all has no
    tokens.
    """
    cut = len(text) > MAX_CHARACTERS
    if cut:
        plain, tricks = untrick(text[:MAX_CHARACTERS])
    else:
        plain, tricks = untrick(text)
    bare = False
    if not plain.isascii():
        written, plain = plain, read(plain)
        bare = written != plain and has_abjad(written)
    forms = fold(plain).split()
    forms = joined_letters(forms)
    if len(forms) > MAX_TOKENS:
        cut = True
        del forms[MAX_TOKENS:]
    tokens = understood(forms, kind, bare=bare)
    total = 0.0
    for word in tokens:
        # One after the other, as compiled code does; `sum` may round otherwise.
        total += word.weight
    forms.sort()
    return NameForm(text, tokens, " ".join(forms), tricks, cut, total)


def neighbours(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Runs of two and three words that another spelling may write as one."""
    for length in (2, 3):
        for start in range(len(tokens) - length + 1):
            yield tokens[start : start + length]


_LATIN_ONLY = frozenset({"sr", "jr"})
"""Abbreviations no Arabic or Hebrew name has: there `sr` is Sara."""


def _unvowelled(word: Token) -> Token:
    """A word read from Arabic or Hebrew letters says so if it lacks its vowels."""
    if word.role == "title" and word.form in _LATIN_ONLY:
        word = _plain(word.form)
    if word.role != "word" or word.group or not vowelless(word.form):
        return word
    return replace(word, strength="bare")


def joined_letters(forms: Sequence[str]) -> list[str]:
    """Three or more single letters in a row are one word: `D O O` is `doo`."""
    if 1 not in map(len, forms):
        return list(forms)
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


class _Known(dict[str, tuple[Token, "_Entries"]]):
    """The words of names of one kind: each with the phrases that begin with it."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.phrases = _phrases(kind)

    def __missing__(self, form: str) -> tuple[Token, "_Entries"]:
        found = token(form, self.kind), self.phrases.get(form, ())
        if len(self) < _MOST_KNOWN:
            self[form] = found
        return found


_Entries = tuple[tuple[tuple[str, ...], Meaning], ...]
_MOST_KNOWN = 500_000
_SMALL_ROLES = frozenset({"title", "legal", "vessel_prefix"})


@cache
def _known(kind: Kind) -> _Known:
    return _Known(kind)


def _tokens(forms: Sequence[str], kind: Kind) -> tuple[Token, ...]:
    known = _known(kind)
    out: list[Token] = []
    at, end = 0, len(forms)
    named = branch = False
    while at < end:
        word, entries = known[forms[at]]
        at += 1
        found = None
        if at < end:
            if entries:
                found = _phrase_at(forms, at - 1, entries)
            if not found and (forms[at] in SECOND or word.form in SERVANT):
                found = _compound_at(forms, at - 1)
        if found:
            length, word = found
            at += length - 1
        if word.role == "vessel_prefix" and out:
            word = _plain(word.form)
        if word.role == "number" and out:
            if number := _compound_number(out, word):
                out[-1] = number
                continue
            if out[-1].form in _NUMBER_SIGNS:
                out[-1] = _number_sign(out[-1].form)
        named = named or word.role not in _SMALL_ROLES
        branch = branch or word.group == "branch"
        out.append(word)
    if not named:
        # A name made of titles or legal forms only is a name all the same.
        out = [_plain(item.form) for item in out]
    if branch and kind is not Kind.PERSON:
        out = _without_branch(out)
    return tuple(out)


def understood(
    forms: Sequence[str], kind: Kind, *, bare: bool = False
) -> tuple[Token, ...]:
    """What folded words mean together; `bare` if their script leaves vowels out."""
    tokens = _tokens(forms, kind)
    return tuple(map(_unvowelled, tokens)) if bare else tokens


def alone(form: str, kind: Kind) -> tuple[Token, frozenset[str]] | None:
    """A word that means the same unless one of these words stands behind it.

    None for a word that may mean something else for other reasons: where it stands,
    or what stands before it.
    """
    word, entries = _known(kind)[form]
    if form in SERVANT or form in _NAMED_BEFORE or form in _NUMBER_SIGNS:
        return None
    if word.role in ("vessel_prefix", "number") or word.group == "branch":
        return None
    return word, frozenset(phrase[1] for phrase, _ in entries)


_NAMED_BEFORE = SECOND - ARTICLES
"""Words that end the name of a gift or of faith; an article never does alone."""


def numeral(form: str, kind: Kind) -> Token | None:
    """A word for a number, which means the same unless a number stands before it."""
    word, entries = _known(kind)[form]
    hangs = entries or form in SERVANT or form in SECOND
    return word if word.role == "number" and not hangs else None


def phrases_of(form: str, kind: Kind) -> list[tuple[tuple[str, ...], Token]]:
    """The phrases that begin with a word, longest first.

    The words behind it, and what they mean together.
    """
    _, entries = _known(kind)[form]
    return [(phrase[1:], _phrase(phrase, meaning)) for phrase, meaning in entries]


def _compound_number(before: Sequence[Token], ones: Token) -> Token | None:
    """Forty-four is 44: a word for tens with a number below ten behind it."""
    if not before or before[-1].role != "number":
        return None
    tens = before[-1]
    if tens.form.isdigit() or len(tens.group) != 2 or tens.group[1] != "0":
        return None
    if len(ones.group) != 1:
        return None
    group = tens.group[0] + ones.group
    return replace(tens, form=f"{tens.form} {ones.form}", group=group)


_NUMBER_SIGNS = frozenset({"no", "nr", "num", "number", "numero", "nomer", "nummer"})
"""What stands before a number and says only that it is one: Factory No. 7."""


@cache
def _number_sign(form: str) -> Token:
    return Token(form, "particle", "number", "spelling", _WEIGHT["particle"], "")


def _phrase_at(
    forms: Sequence[str], at: int, entries: _Entries
) -> tuple[int, Token] | None:
    """The longest phrase that stands here: its length and what it means."""
    second = forms[at + 1]
    for phrase, meaning in entries:
        if phrase[1] != second:
            continue
        if meaning.role == "vessel_prefix" and at > 0:
            continue  # M. V. behind a surname are initials
        length = len(phrase)
        if length == 2 or tuple(forms[at : at + length]) == phrase:
            return length, _phrase(phrase, meaning)
    return None


def _compound_at(forms: Sequence[str], at: int) -> tuple[int, Token] | None:
    """The name of faith that begins here, if several words write one."""
    if (compound := words().compounds.of(forms, at)) is None:
        return None
    length, group = compound
    return length, _compound(forms[at : at + length], group)


def _compound(forms: Sequence[str], group: str) -> Token:
    form = "".join(forms)
    return Token(form, "word", group, "spelling", _rarity(group), skeleton(form))


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


@cache
def _phrase(phrase: tuple[str, ...], meaning: Meaning) -> Token:
    if meaning.role in ("name", "place"):
        form = "".join(phrase)
        weight = _rarity(meaning.group)
        return Token(form, "word", meaning.group, "spelling", weight, skeleton(form))
    weight = _WEIGHT.get(meaning.role, _GENERIC_SHARE * 0.5)
    form = " ".join(phrase)
    return Token(form, meaning.role, meaning.group, meaning.strength, weight, "")


_ROLES = {
    Kind.PERSON: ("title", "particle", "name"),
    Kind.ORGANIZATION: ("legal", "generic", "particle", "small", "place", "name"),
    Kind.VESSEL: ("vessel_prefix", "generic", "particle", "small", "place", "name"),
    Kind.AIRCRAFT: ("generic",),
    Kind.ANY: (
        *("legal", "title", "particle", "name", "generic", "small", "place"),
        "vessel_prefix",
    ),
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
    if meanings := table.meanings.get(form):
        by_role = {meaning.role: meaning for meaning in meanings}
        for role in _ROLES[kind]:
            if role in by_role:
                return _meant(form, by_role, role)
        if "name" in by_role:
            return _meant(form, by_role, "name")
    if kind is not Kind.AIRCRAFT and (group := table.compounds.group(form)):
        return _compound([form], group)
    if kind in (Kind.PERSON, Kind.ANY) and (group := patronymic(form)):
        bones = skeleton(form)
        return Token(form, "word", group, "romanisation", _rarity(form), bones)
    return _plain(form)


def _meant(form: str, meanings: Mapping[str, Meaning], role: str) -> Token:
    """A known word in one of its roles."""
    meaning = meanings[role]
    group, strength = meaning.group, meaning.strength
    if role in ("name", "place"):
        weight = min(_rarity(form), _rarity(group))
        family = words().families.get(group, "")
        return Token(form, "word", group, strength, weight, skeleton(form), family)
    if role == "generic":
        weight = _GENERIC_SHARE * _rarity(group)
        return Token(form, role, group, strength, weight, skeleton(form))
    if role == "particle" and (named := meanings.get("name")):
        group, strength = named.group, named.strength
    shown = "particle" if role == "small" else role
    return Token(form, shown, group, strength, _WEIGHT[role], "")


def _plain(form: str) -> Token:
    return Token(form, "word", "", "", _rarity(form), skeleton(form))


def _rarity(form: str) -> float:
    """1 for a word never counted, down to 0.4 for the commonest of names."""
    count = words().frequency.get(form, 0)
    if count:
        return max(0.4, 1.0 - 0.14 * math.log10(1 + count / 4))
    return _UNCOUNTED[min(len(form), 8)]


_UNCOUNTED = (0.5, 0.5, 0.55, 0.65, 0.75, 0.85, 0.92, 0.96, 1.0)
"""The rarity of a word never counted, by length: short ones are many people's."""
