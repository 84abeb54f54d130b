"""Misspelt words of legal forms: `LYMITED LIABILITI COMPANI`.

A legal form of several words weighs next to nothing where it is recognised, and very
much where a misspelling hides it.
"""

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from clearway.names.phonetic import skeleton
from clearway.names.words import words

_LEAST = 5
"""Letters of a word below which a misspelling could be anything."""
_TWO = 8
"""Letters from which two edits are allowed."""


@lru_cache(maxsize=16_384)
def form_word(word: str) -> str:
    """The word of a legal form that this is a misspelling of; '' if of none.

    One edit, from eight letters on two, or the same consonants.
    """
    if len(word) < _LEAST:
        return ""
    by_letters, by_sound = _table()
    edits = 2 if len(word) >= _TWO else 1
    near = {other for form in _shortened(word) for other in by_letters.get(form, ())}
    alike = by_sound.get(skeleton(word), ())
    near.update(form for form in alike if OSA.distance(word, form) <= edits + 1)
    common = words().frequency
    ranked = ((OSA.distance(word, form), -common.get(form, 0), form) for form in near)
    best = min(ranked, default=(edits + 1, 0, ""))
    return best[2] if best[0] <= edits or best[2] in alike else ""


@cache
def _table() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Words of legal forms of two words and more, by letters left out and by sound."""
    table = words()
    forms = sorted(
        {
            word
            for entries in table.phrases.values()
            for phrase, meaning in entries
            if meaning.role == "legal"
            for word in phrase
            if len(word) >= _LEAST
        }
    )
    by_letters: dict[str, list[str]] = {}
    by_sound: dict[str, list[str]] = {}
    for form in forms:
        by_sound.setdefault(skeleton(form), []).append(form)
        for shorter in _shortened(form):
            by_letters.setdefault(shorter, []).append(form)
    return by_letters, by_sound


def _shortened(word: str) -> set[str]:
    """The word and the word with any one letter left out."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
