"""The parties of transactions with what was found of each, and those texts name.

Parties, banks, places and texts are channels of their own: a text is searched for
listed names and for the codes of listed banks; places go to the rules (`place_facts`).
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from clearway.documents.context import CALENDAR, is_generic, is_known_name
from clearway.documents.ordinary import is_ordinary
from clearway.index.index import Index
from clearway.model import (
    FreeText,
    Involved,
    Kind,
    Party,
    Problem,
    Role,
    Spot,
    Transaction,
)
from clearway.names.fold import fold
from clearway.names.identifiers import normal
from clearway.payments.agents import recognised
from clearway.payments.parties import BLOCK, MOST_CODES, PERHAPS_A_CODE
from clearway.screen.screener import with_problems
from clearway.screen.screening import Hit, Screening
from clearway.screen.texts import LONGEST, SURE, TextHit, search_all

if TYPE_CHECKING:
    from clearway.screen.screener import Screener


def checked_parties(
    screener: "Screener", transactions: Sequence[Transaction]
) -> list[list[tuple[Involved, Screening]]]:
    """Each transaction's parties with what was found, and those its texts name."""
    parties = [asked_party(item.party) for one in transactions for item in one.parties]
    silent = _silent.setdefault(screener.lists_only, {})
    apart = [_apart(screener, one, silent) for one in transactions]
    parties += [item.party for items, _ in apart for item, _ in items]
    found = _checked_once(screener, parties)
    out = [
        [(item, found[asked_party(item.party)]) for item in one.parties]
        for one in transactions
    ]
    for at, (items, _) in enumerate(apart):
        for item, counts in items:
            hits = tuple(hit for hit in found[item.party].hits if counts(hit))
            if hits:
                out[at].append((item, screener.with_hits(item.party, hits)))
            elif counts is _is_heart:
                _keep_silent(silent, item.party.name)
    texts = [
        (at, text)
        for at, one in enumerate(transactions)
        for text in one.texts
        if text.channel != PERHAPS_A_CODE
    ]
    named = search_all(screener, [text.text for _, text in texts])
    for (at, text), searched in zip(texts, named, strict=True):
        named_here: Sequence[TextHit] = searched.hits
        if named_here and text.channel == BLOCK:
            named_here = _beyond_names(text, named_here, transactions[at].parties)
        out[at] += _in_text(screener, text, named_here)
        if searched.cut or text in apart[at][1]:
            out[at].append(_cut(screener, text))
    return out


_silent: WeakKeyDictionary["Screener", dict[str, None]] = WeakKeyDictionary()
"""Words that a screener was asked about and that name nobody: `INVOICE`, `DELIVERY`.

Lists do not change below a screener, so the answer stays the same."""
_MOST_SILENT = 65_536
MOST_RARE = 160
"""Rare words of one transaction that are compared; more are a problem (`_cut`)."""


def _keep_silent(silent: dict[str, None], word: str) -> None:
    if len(silent) >= _MOST_SILENT:
        silent.clear()
    silent[word] = None


def _apart(
    screener: "Screener", one: Transaction, silent: Container[str]
) -> tuple[list["_Counted"], list[FreeText]]:
    """What is asked about besides the parties, and the texts not looked at wholly."""
    cut: list[FreeText] = []
    asked = [
        *_coded(one, screener.compiled.index, cut),
        *_in_lines(one),
        *_rare_words(one, silent, cut),
    ]
    return asked, cut


def _checked_once(
    screener: "Screener", parties: Sequence[Party]
) -> dict[Party, Screening]:
    """The answer for each different party: the same banks stand in many messages."""
    distinct = list(dict.fromkeys(parties))
    answers = screener.lists_only.check_batch(distinct)
    return dict(zip(distinct, answers, strict=True))


def asked_party(party: Party) -> Party:
    """A party as the lists are asked about it.

    A bank that is named by its code alone is asked about by its code; and a name where
    a bank should stand may be anyone's, so it is asked about whatever its kind.
    """
    if party.name.strip():
        is_bank = party.kind is Kind.ORGANIZATION
        return replace(party, kind=Kind.ANY) if is_bank else party
    if not party.identifiers:
        return party
    return replace(party, name=party.identifiers[0][1])


def _beyond_names(
    block: FreeText, hits: Sequence[TextHit], parties: Sequence[Involved]
) -> list[TextHit]:
    """The hits in a whole party that its names, compared already, do not account for.

    What stands within one line that is a name was judged as that name: `NAVIGATOR` in
    `NAVIGATOR LOGISTICS OY` is no party. There it takes several words that are nearly
    the listed name. A name over two lines, or in a line of the address, counts as in
    any text, one of a single word only if it is all that its line says.
    """
    names = {
        name for item in parties for name in (item.party.name, *item.party.aliases)
    }
    lines = block.text.split("\n")
    kept = []
    for one in hits:
        in_name = any(one.text in line and line in names for line in lines)
        lone = len(one.text.split()) == 1
        sure = one.hit.score >= SURE
        if (sure and not (lone and in_name)) or (
            not in_name and (not lone or one.text in lines)
        ):
            kept.append(one)
    return kept


_Counted = tuple[Involved, Callable[[Hit], bool]]
"""Who is asked about, and which of the hits count."""
_MOST_LINES, _LONGEST_LINE = 24, 70
_NEARLY = 0.85
"""The score from which a whole line is a hit."""


def _in_lines(transaction: Transaction) -> Iterator[_Counted]:
    """Lines of texts that may be a name and nothing else, to be compared as names are.

    Hyphens, legal forms and everyday words of a name (`PROPERTY-VB OOD`) are told
    better so than within running text; only what is nearly the listed name counts.
    """
    names = {item.party.name for item in transaction.parties}
    asked = dict.fromkeys(
        (line.strip(), text.spot)
        for text in transaction.texts
        if text.channel != PERHAPS_A_CODE
        for line in text.text[: _MOST_LINES * _LONGEST_LINE].split("\n")[:_MOST_LINES]
    )
    for line, spot in asked:
        several = len(line) <= _LONGEST_LINE and len(line.split()) > 1
        if several and line not in names and not any(map(str.isdigit, line)):
            yield Involved(Role.OTHER, Party(line), spot), _is_near


def _is_near(hit: Hit) -> bool:
    return hit.score >= _NEARLY


_WORD = re.compile(r"[^\W\d_]{6,40}")
_HEART = 0.84


def _rare_words(
    transaction: Transaction, silent: Container[str], cut: list[FreeText]
) -> Iterator[_Counted]:
    """Words of narratives that may be all that is written of an organisation's name.

    `CONTRACT 17 ROSOBORONEXPORT`: no word of a language, no name of people, no place.
    `silent` are words known to name nobody; a text with too many words goes to `cut`.
    """
    named = " ".join(item.party.name for item in transaction.parties).lower()
    found: dict[str, Involved] = {}
    for text in transaction.texts:
        if text.channel in (PERHAPS_A_CODE, BLOCK):
            continue
        for match in _WORD.finditer(text.text[:LONGEST]):
            word = match[0]
            if word in found or word in silent or _is_common(word):
                continue
            if word.lower() in named:
                continue
            if len(found) >= MOST_RARE:
                cut.append(text)
                break
            begin = max(text.spot.start, 0) + match.start()
            spot = Spot(text.spot.path, begin, begin + len(word), word)
            party = Party(word, kind=Kind.ORGANIZATION)
            found[word] = Involved(Role.OTHER, party, spot)
    yield from ((involved, _is_heart) for involved in found.values())


def _is_common(word: str) -> bool:
    form = fold(word) if word.isascii() else ""
    return bool(form) and (
        is_ordinary(form) or form in CALENDAR or is_known_name(form) or is_generic(form)
    )


def _is_heart(hit: Hit) -> bool:
    """Whether a word is what an organisation is called by, letter by letter."""
    return hit.entity.kind is Kind.ORGANIZATION and hit.score >= _HEART


def _cut(screener: "Screener", text: FreeText) -> tuple[Involved, Screening]:
    """A text of which not all was searched: for a person to read."""
    problem = Problem(
        "text_too_dense",
        f"has {len(text.text)} characters, or too many words to compare with lists, "
        "and was searched in part; have someone read it",
        position=text.spot.path,
        text=text.text[:80],
    )
    party = Party(" ".join(text.text[:80].split()))
    screening = with_problems(screener.with_hits(party, ()), (problem,))
    return Involved(Role.OTHER, party, text.spot), screening


def _in_text(
    screener: "Screener", text: FreeText, hits: Sequence[TextHit]
) -> Iterator[tuple[Involved, Screening]]:
    """One party for each place of a text in which listed names stand."""
    by_place: dict[tuple[int, int, str], list[TextHit]] = {}
    for one in hits:
        by_place.setdefault((one.start, one.end, one.text), []).append(one)
    for (start, end, words), here in by_place.items():
        spot = text.spot
        begin = spot.start + start if spot.start >= 0 else start
        party = Party(words, kind=here[0].hit.entity.kind)
        where = Spot(spot.path, begin, begin + end - start, text.text[start:end])
        screening = screener.with_hits(party, tuple(one.hit for one in here))
        yield Involved(Role.OTHER, party, where), screening


def _coded(
    transaction: Transaction, index: Index, cut: list[FreeText]
) -> Iterator[_Counted]:
    """Banks that a text names by code: BIC, BIK, CNAPS, IBAN.

    A word that merely has the shape of a code (`CARDINAL`) is one only if it is the
    code of someone listed; it is not asked about as a name.
    """
    for text in transaction.texts:
        codes = recognised(text.text[:LONGEST])
        if len(codes) > MOST_CODES:
            cut.append(text)
        for code in codes[:MOST_CODES]:
            if not (code.sure or index.with_identifier(normal(code.type, code.value))):
                continue
            party = Party(
                code.value,
                countries=(code.country,) if code.country else (),
                identifiers=((code.type, code.value),),
            )
            start = max(text.spot.start, 0) + code.start
            spot = Spot(
                text.spot.path, start, start + code.end - code.start, code.value
            )
            counts = _any_hit if code.sure else partial(_has_code, code.value)
            yield Involved(Role.OTHER, party, spot), counts


def _any_hit(hit: Hit) -> bool:
    return True


def _has_code(value: str, hit: Hit) -> bool:
    """Whether the listed one has this code; of a BIC the first eight letters count."""
    return any(
        number.value.replace(" ", "").upper()[:8] == value[:8]
        if number.type == "bic"
        else number.value == value
        for number in hit.entity.identifiers
    )
