"""Misspelt words of legal forms: `LYMITED LIABILITI COMPANI`.

A legal form of several words weighs next to nothing where it is recognised, and very
much where a misspelling hides it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from clearway.model import Kind
from clearway.names.analyse import Token, analyse
from clearway.names.phonetic import skeleton
from clearway.names.words import words

_LEAST = 5
"""Letters of a word below which a misspelling could be anything."""
_TWO = 8
"""Letters from which two edits are allowed."""
NAMED = 2
"""Words of a person's name behind which a legal form is none of them."""
_ALONE = 7
"""Letters of a form of one word from which a misspelling of it is told."""


@lru_cache(maxsize=16_384)
def form_word(word: str) -> str:
    """The word of a legal form that this is a misspelling of; '' if of none.

    One edit, from eight letters on two, or the same consonants.
    """
    if len(word) < _LEAST:
        return ""
    table = _table()
    edits = 2 if len(word) >= _TWO else 1
    near = {way for form in _shortened(word) for way in table.by_letters.get(form, ())}
    alike = table.by_sound.get(skeleton(word), ())
    near.update(form for form in alike if OSA.distance(word, form) <= edits + 1)
    common = words().frequency
    ranked = ((OSA.distance(word, form), -common.get(form, 0), form) for form in near)
    best = min(ranked, default=(edits + 1, 0, ""))
    return best[2] if best[0] <= edits or best[2] in alike else ""


def formed(tokens: Sequence[Token], kind: Kind) -> str | None:
    """The words with misspelt legal forms put right, None if there are none.

    A form of one word is put right only where forms stand: at the end or in front.
    """
    known = words().frequency
    changed = ""
    out = []
    ends = (0, len(tokens) - 1)
    for at, item in enumerate(tokens):
        word = item.form
        if len(word) >= _LEAST and item.role == "word" and word not in known:
            right = form_word(word)
            if right and (at in ends or right in _table().among):
                word = changed = right
        out.append(word)
    if not changed:
        return None
    text = " ".join(out)
    return text if _weighty(analyse(text, kind).tokens) < _weighty(tokens) else None


def unformed(tokens: Sequence[Token]) -> str | None:
    """A person's name without the legal form of a company at its end, None if none."""
    if len(tokens) <= NAMED or not is_form(tokens[-1].form):
        return None
    return " ".join(word.form for word in tokens[:-1])


@lru_cache(maxsize=65_536)
def is_form(form: str) -> bool:
    """Whether a word is a legal form in a body's name, and no title or particle."""
    roles = {meaning.role for meaning in words().meanings.get(form)}
    return "legal" in roles and roles.isdisjoint({"title", "particle", "name"})


def _weighty(tokens: Sequence[Token]) -> int:
    """How many words of a name are no part of a legal form."""
    return sum(word.role != "legal" for word in tokens)


@dataclass(frozen=True, slots=True)
class _Forms:
    """Words of legal forms by letters left out and by sound; those of longer forms."""

    by_letters: Mapping[str, Sequence[str]]
    by_sound: Mapping[str, Sequence[str]]
    among: frozenset[str]


@cache
def _table() -> _Forms:
    """Words of forms of two words and more, and long forms of one."""
    table = words()
    among = {
        word
        for entries in table.phrases.values()
        for phrase, meaning in entries
        if meaning.role == "legal"
        for word in phrase
        if len(word) >= _LEAST
    }
    single = {word for word in table.meanings.with_role("legal") if len(word) >= _ALONE}
    by_letters: dict[str, list[str]] = {}
    by_sound: dict[str, list[str]] = {}
    for form in sorted(among | single):
        by_sound.setdefault(skeleton(form), []).append(form)
        for shorter in _shortened(form):
            by_letters.setdefault(shorter, []).append(form)
    return _Forms(by_letters, by_sound, frozenset(among))


def _shortened(word: str) -> set[str]:
    """The word and the word with any one letter left out."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
