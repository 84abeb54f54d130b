"""The acronyms by which a body may be called: PLA of the People's Liberation Army."""

from collections.abc import Iterator
from functools import lru_cache

from clearway.names.analyse import NameForm, Token
from clearway.names.countries import code
from clearway.names.roles import LIGHT
from clearway.names.words import words

LEAST, MOST = 3, 8
"""Letters an acronym has: two say too little, nine are no acronym any more."""
_SMALL = frozenset({"particle", "title", "vessel_prefix"})


@lru_cache(maxsize=65_536)
def acronyms(name: NameForm) -> frozenset[str]:
    """Every acronym of a whole name, in lower case; none for a name of one word.

    The first letters of its words in order, with and without the legal form, the small
    words, and a country at either end: National Iranian Oil Company is `nioc`, China
    National Offshore Oil Corporation `cnooc` and `nooc`, the People's Liberation Army
    of China `plac` and `pla`. Words told in one phrase count each, numbers whole.
    """
    spelt = [
        (letters, role, place)
        for place, token in enumerate(name.tokens)
        for letters, role in _words(token.form, token.role)
    ]
    found = {
        "".join(word[0] for word in kept)
        for ending in _endings(spelt)
        for kept in _choices(ending)
        if len(kept) > 1
    }
    return frozenset(
        text for text in found if LEAST <= len(text) <= MOST and text.isalnum()
    )


def sole_word(name: NameForm) -> str:
    """The only word of a name that says which body it is, or ''.

    Legal forms and a country beside it say nothing: PLA of China.
    """
    heavy = [token for token in name.tokens if token.role not in LIGHT]
    own = [token for token in heavy if len(heavy) == 1 or not _is_country(token)]
    return own[0].form if len(own) == 1 and own[0].role == "word" else ""


_Word = tuple[str, str, int]
"""The letter a word gives, its role (`country` for a country) and its token's place."""


@lru_cache(maxsize=65_536)
def _words(form: str, role: str) -> tuple[tuple[str, str], ...]:
    """The words of a token, each with its letter; a number gives itself."""
    if role == "number":
        return ((form, role),)
    shown = "country" if _named_country(form, role) else role
    parts = form.split()
    return tuple(
        (word[0], "particle" if len(parts) > 1 and _is_small(word) else shown)
        for word in parts
    )


def _is_country(token: Token) -> bool:
    return _named_country(token.form, token.role)


def _named_country(form: str, role: str) -> bool:
    return role in ("word", "generic") and bool(code(form))


def _is_small(word: str) -> bool:
    meanings = words().meanings.get(word, ())
    return any(meaning.role in ("particle", "small") for meaning in meanings)


def _endings(spelt: list[_Word]) -> Iterator[list[_Word]]:
    """The name with its legal form, and without."""
    yield spelt
    bare = [word for word in spelt if word[1] != "legal"]
    if len(bare) < len(spelt):
        yield bare


def _choices(spelt: list[_Word]) -> Iterator[list[_Word]]:
    """With all words, and without the small ones; with the country, and without."""
    heavy = [word for word in spelt if word[1] not in _SMALL]
    for kept in (spelt, heavy):
        yield kept
        if kept and kept[0][1] == "country":
            yield [word for word in kept if word[2] != kept[0][2]]
        if kept and kept[-1][1] == "country":
            rest = [word for word in kept if word[2] != kept[-1][2]]
            while rest and rest[-1][1] in _SMALL:
                rest = rest[:-1]
            yield rest
