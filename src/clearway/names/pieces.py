"""Pieces of names that mean the same wherever they stand.

A name in Latin or in Russian letters is mostly a row of such pieces, with blanks and
hyphens between them: its words are theirs, it has no other reading but for letters with
full stops between them), and nothing is wrong with it. `piece_of` says what a piece is,
once for each; `composed` what must hold of a row of them.
"""

import re
from collections.abc import Sequence
from enum import IntFlag
from itertools import pairwise
from typing import NamedTuple
from unicodedata import is_normalized

from clearway.names import identifiers, rur
from clearway.names.fold import fold
from clearway.names.readings import is_odd

_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿĀ-ſ"
_SIMPLE = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_LATIN = re.compile(f"[{_LETTERS}]+(?:'[{_LETTERS}]+)?")
_CYRILLIC = re.compile("[\u0400-\u045f]+")
_DOTTED = re.compile("[A-Za-z](?:[.][A-Za-z]){1,2}")
_DIGITS = re.compile("[0-9]+")
_AND = "&"
_BIC = frozenset({"SWIFT", "BIC"})


class Sort(IntFlag):
    """What matters of a piece for the name it stands in."""

    QUIET = 0
    LOUD = 1
    """May mean something else, or is no word: the whole name has to be read."""
    SINGLE = 2
    """A single letter, or one behind an apostrophe."""
    DOTTED = 4
    """Two or three single letters with full stops between them."""
    DIGITS = 8
    CYRILLIC = 16
    LATIN = 32
    CAPITALS = 64
    LABEL = 128
    """A number behind it may be told by it to be one of a kind."""


class Piece(NamedTuple):
    """The word that a piece is, folded ('' for none), and its sort."""

    form: str
    sort: Sort


def piece_of(written: str) -> Piece:
    """What a piece is, without the signs around it."""
    if _SIMPLE.fullmatch(written):
        form, sort = written.lower(), Sort.LATIN
    elif _DIGITS.fullmatch(written):
        return Piece(written, Sort.DIGITS)
    elif written == _AND:
        return Piece("", Sort.QUIET)
    elif _DOTTED.fullmatch(written):
        closed = written.replace(".", "")
        loud = rur.likely(closed) or identifiers.may_label(closed)
        return Piece(closed.lower(), Sort.LOUD if loud else Sort.DOTTED | Sort.LATIN)
    else:
        form, sort = _other(written)
        if sort is Sort.LOUD:
            return Piece("", Sort.LOUD)
    if len(form) == 1 or 1 in map(len, written.split("'")):
        sort |= Sort.SINGLE
    if written.isascii() and written.isupper():
        sort |= Sort.CAPITALS
    if identifiers.may_label(written):
        sort |= Sort.LABEL
        if not _BIC.isdisjoint(written.split("'")):
            return Piece("", Sort.LOUD)
    return Piece(form, sort)


def _other(written: str) -> tuple[str, Sort]:
    """A piece that is no plain word: its form, and whether its letters are known."""
    form = fold(written)
    if not form or " " in form or not is_normalized("NFKC", written):
        return "", Sort.LOUD
    if is_odd(written) or rur.likely(written):
        return "", Sort.LOUD
    if _LATIN.fullmatch(written):
        return form, Sort.LATIN
    return (form, Sort.CYRILLIC) if _CYRILLIC.fullmatch(written) else ("", Sort.LOUD)


def composed(pieces: Sequence[Piece], hyphens: Sequence[bool]) -> list[list[str]]:
    """The words of a name of these pieces, as written and as it may be read otherwise.

    None at all if the whole has to be read. `hyphens` says of each piece whether a
    hyphen stands before it, else only blanks do. The rule for
    `clearway.names.splitting.compose`.
    """
    whole = Sort.QUIET
    for piece in pieces:
        whole |= piece.sort
    if Sort.LOUD in whole or (Sort.LATIN | Sort.CYRILLIC) in whole:
        return []
    if len(pieces) == 1 and Sort.CAPITALS in whole:
        return []  # perhaps a BIC
    if len(pieces) == 2 and hyphens[1]:
        return []  # perhaps a tail number
    if Sort.DIGITS in whole and (Sort.LABEL in whole or not _has_word(pieces, hyphens)):
        return []  # perhaps an identifier
    letters = [bool(p.sort & (Sort.SINGLE | Sort.DOTTED)) for p in pieces]
    if any(a and b for a, b in pairwise(letters)):
        return []  # letters set apart
    if sum(Sort.DOTTED in piece.sort for piece in pieces) > 1:
        return []
    words = sum(bool(piece.form) for piece in pieces)
    return readings(pieces) if words > 1 or (words and Sort.SINGLE not in whole) else []


def readings(pieces: Sequence[Piece]) -> list[list[str]]:
    """The words of pieces; and with the letters of a dotted one set apart."""
    dotted = [n for n, piece in enumerate(pieces) if Sort.DOTTED in piece.sort]
    return [_forms(pieces), *(_apart(pieces, at) for at in dotted)]


def _forms(pieces: Sequence[Piece]) -> list[str]:
    return [piece.form for piece in pieces if piece.form]


def _has_word(pieces: Sequence[Piece], hyphens: Sequence[bool]) -> bool:
    """Whether any word between blanks is of letters only."""
    good = word = False
    for piece, hyphen in zip(pieces, hyphens, strict=True):
        if not hyphen:
            good, word = good or word, True
        word = word and bool(piece.sort & (Sort.LATIN | Sort.CYRILLIC))
    return good or word


def _apart(pieces: Sequence[Piece], at: int) -> list[str]:
    """The words with the letters of a dotted piece set apart."""
    return [*_forms(pieces[:at]), *pieces[at].form, *_forms(pieces[at + 1 :])]
