"""Whether the words of a listed name in a text mean the entity: what speaks for it.

A name of one word or of everyday words never alerts by itself: it needs a title, a
legal form, a country of the entity nearby, or a second mention. Two common words, as
in `Ali Hassan`, need more than they weigh. A misspelt word must be long, and be no
other name. The numbers were set on news of 2001 and on an encyclopedia
(`clearway bench prose` measures them anew).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from clearway.documents.context import (
    SHIP_WORDS,
    Around,
    is_everyday,
    is_form,
    is_known_name,
    is_title,
)
from clearway.documents.ordinary import is_ordinary
from clearway.model import Kind

ENOUGH = 1.3
"""Weight of the words found from which a name of two words speaks for itself."""
ENOUGH_MISSPELT = 1.4
ENOUGH_SHORT_MISSPELT = 1.5
"""Where the misspelt word is short: half the surnames are an edit from another."""
ENOUGH_IN_PART = 1.65
ENOUGH_IN_LONGER = 1.95
"""Where it is a part of a longer name: `Abdel Aziz` of `Abdel Aziz Rantissi`."""
ENOUGH_OF_BODY, FORMED_BODY = 1.0, 0.7
EDIT, GAP, SPARED = 0.3, 0.15, 0.1
"""What an edit and a gap ask more, and what a country of the entity makes up for."""
EVERYDAY = 0.3
"""What an everyday word weighs of its weight."""
_LONG_WORD, _LEAST_MISSPELT, _LONE_LETTERS, _NEAR = 6, 5, 5, 3
_SILENT = 0.6


class Support(StrEnum):
    """What speaks for a name besides its words."""

    TITLE = "a title stands before it"
    FORM = "a legal form or the kind of body stands beside it"
    SHIP = "words of shipping stand beside it"
    COUNTRY = "a country of the entity is named near it"
    AGAIN = "it is named again"


@dataclass(frozen=True, slots=True)
class Piece:
    """One word found: as written, folded, its weight, how often in small letters.

    `lower` and `capital` count its uses in the whole document; `exact` says that it is
    spelt as a list spells it.
    """

    written: str
    form: str
    weight: float
    lower: int = 0
    capital: int = 1
    exact: bool = True

    @property
    def everyday(self) -> bool:
        """Whether it is a word of the language, or a number, more than a name."""
        return self.lower > self.capital or is_everyday(self.form)

    @property
    def small(self) -> bool:
        """Whether it is written in small letters."""
        return self.written[:1].islower()


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one place where a listed name stands.

    `held` are the countries named near it that the entity has a tie to; `mentions` how
    often the same words stand in the document; `lone` whether the listed name is one
    word and nothing else; `cased` whether capitals tell names from other words.
    """

    pieces: tuple[Piece, ...]
    around: Around
    kind: Kind
    edits: int = 0
    missing: int = 0
    gap: int = 0
    cased: bool = True
    held: frozenset[str] = frozenset()
    mentions: int = 1
    lone: bool = False

    @property
    def person(self) -> bool:
        """Whether the name is of a person."""
        return self.kind is Kind.PERSON

    @property
    def whole(self) -> bool:
        """Whether all words stand there, together and as spelt."""
        return not (self.edits or self.missing or self.gap)

    @property
    def own(self) -> float:
        """What the words found weigh, everyday ones little."""
        return sum(
            piece.weight * (EVERYDAY if piece.everyday else 1.0)
            for piece in self.pieces
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score from 0 to 1, whether it alerts, and the reasons in plain words."""

    score: float
    alerts: bool
    reasons: tuple[str, ...]


def hopeless(case: Case) -> bool:
    """Whether nothing that may stand around a name could make it alert.

    Says no more than `weighed` does, but without looking around: most places are common
    words, and looking around is what takes time.
    """
    distinct = [piece for piece in case.pieces if not piece.everyday]
    if not distinct:
        return case.person or not case.whole
    if len(case.pieces) == 1:
        only = case.pieces[0]
        return len(only.form) < _LONE_LETTERS or only.lower > 0 or case.edits > 0
    if case.person:
        return len(distinct) < 2 or case.own < ENOUGH - SPARED
    return case.edits > 0 and case.own < ENOUGH_OF_BODY + EDIT * case.edits


def weighed(case: Case) -> Weighed:
    """Weigh one place."""
    support = _support(case)
    small = case.cased and any(piece.small for piece in case.pieces)
    exact = 1 - 0.12 * case.edits - 0.15 * case.missing - 0.04 * case.gap - 0.2 * small
    score = max(0.0, exact * (0.55 + 0.45 * min(1.0, case.own / 1.6)))
    reasons = [*_told(case), *support]
    alerts = _alerts(case, support, small=small)
    if not alerts:
        score = min(score, _SILENT)
        reasons.append("too little around it says who is meant")
    return Weighed(round(score, 3), alerts, tuple(map(str, reasons)))


def _alerts(case: Case, support: Sequence[Support], *, small: bool) -> bool:
    distinct = [piece for piece in case.pieces if not piece.everyday]
    if small and any(piece.small for piece in distinct):
        return False
    if not distinct:
        return _everyday(case, support, small=small)
    if len(case.pieces) == 1:
        return _one_word(case, support)
    if case.person:
        return _person(case, distinct, support)
    if small and len(case.pieces) <= _NEAR:
        return False
    misspelt = [piece for piece in case.pieces if not piece.exact]
    if any(len(piece.form) < _LEAST_MISSPELT or _other(piece) for piece in misspelt):
        return False
    least = ENOUGH_OF_BODY + EDIT * case.edits + GAP * case.gap
    formed = Support.FORM in support and not case.edits
    return case.own >= (min(least, FORMED_BODY) if formed else least)


def _everyday(case: Case, support: Sequence[Support], *, small: bool) -> bool:
    """Names of everyday words: long and whole ones, or with their legal form."""
    if case.person or small or not case.whole:
        return False
    count = len(case.pieces)
    formed = case.around.formed and count > 1 and not case.around.longer
    known = Support.FORM in support or Support.COUNTRY in support
    return formed or count > _NEAR or (count == _NEAR and known)


def _one_word(case: Case, support: Sequence[Support]) -> bool:
    """Names of one word: only with what shows that such a body, or ship, is meant."""
    only = case.pieces[0]
    if len(only.form) < _LONE_LETTERS or only.lower or case.around.longer or case.edits:
        return False
    known = Support.COUNTRY in support
    if case.person:
        return known and Support.TITLE in support
    if case.kind in (Kind.VESSEL, Kind.AIRCRAFT):
        return Support.SHIP in support
    if case.lone and Support.FORM in support:
        return True
    return (known and Support.AGAIN in support and case.lone) or case.around.formed


def _person(case: Case, distinct: Sequence[Piece], support: Sequence[Support]) -> bool:
    if len(distinct) < 2 or case.around.between:
        return False
    if case.gap and (case.missing or case.edits):
        return False
    short = len(case.pieces) <= 2
    least = ENOUGH_IN_LONGER if case.around.longer and short else ENOUGH
    for piece in case.pieces:
        if not piece.exact:
            if _other(piece):
                return False
            long = len(piece.form) >= _LONG_WORD
            least = max(least, ENOUGH_MISSPELT if long else ENOUGH_SHORT_MISSPELT)
    if case.missing:
        least = max(least, ENOUGH_IN_PART) + EDIT * case.edits
    elif Support.COUNTRY in support and not case.edits:
        least -= SPARED
    return case.own >= least


def _other(piece: Piece) -> bool:
    """Whether a word that is spelt otherwise is a word, or a name, of its own."""
    return is_known_name(piece.form) or is_ordinary(piece.form)


def _told(case: Case) -> list[str]:
    out = []
    if case.edits:
        many = case.edits > 1
        out.append(f"{case.edits} letters differ" if many else "one letter differs")
    if case.missing:
        out.append("a word of the listed name is missing or another")
    if case.gap:
        out.append("other words or signs stand between")
    if case.whole:
        out.append("all words of the listed name stand together")
    return out


def _support(case: Case) -> list[Support]:
    out = []
    near = case.around.near(_NEAR)
    if len(case.pieces) > 1:
        near += tuple(piece.written for piece in case.pieces)
    if case.person and any(map(is_title, case.around.before[-2:])):
        out.append(Support.TITLE)
    if not case.person and any(map(is_form, near)):
        out.append(Support.FORM)
    if case.kind in (Kind.VESSEL, Kind.AIRCRAFT) and any(
        word.lower() in SHIP_WORDS for word in near
    ):
        out.append(Support.SHIP)
    if case.held:
        out.append(Support.COUNTRY)
    if case.mentions > 1:
        out.append(Support.AGAIN)
    return out
