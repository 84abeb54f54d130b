"""The parties of transactions with what was found of each, and those texts name.

Parties, banks, places and texts are channels of their own: a text is searched for
listed names and for the codes of listed banks; places go to the rules (`place_facts`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from clearway.model import FreeText, Involved, Party, Role, Spot, Transaction
from clearway.payments.agents import recognised
from clearway.screen.screening import Screening
from clearway.screen.texts import TextHit, hits_in_all

if TYPE_CHECKING:
    from clearway.screen.screener import Screener


def checked_parties(
    screener: "Screener", transactions: Sequence[Transaction]
) -> list[list[tuple[Involved, Screening]]]:
    """Each transaction's parties with what was found, and those its texts name."""
    parties = [item for one in transactions for item in one.parties]
    found = iter(screener.check_batch([_asked(item.party) for item in parties]))
    out = [[(item, next(found)) for item in one.parties] for one in transactions]
    texts = [(at, text) for at, one in enumerate(transactions) for text in one.texts]
    named = hits_in_all(screener, [text.text for _, text in texts])
    for (at, text), hits in zip(texts, named, strict=True):
        out[at] += _in_text(screener, text, hits)
    coded = [(at, one) for at, text in texts for one in _codes(text)]
    checks = screener.check_batch([involved.party for _, involved in coded])
    for (at, involved), screening in zip(coded, checks, strict=True):
        if screening.hits:
            out[at].append((involved, screening))
    return out


def _asked(party: Party) -> Party:
    """A bank that is named by its code alone is asked about by its code."""
    if party.name.strip() or not party.identifiers:
        return party
    return replace(party, name=party.identifiers[0][1])


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


def _codes(text: FreeText) -> Iterator[Involved]:
    """Banks that a text names by code: BIC, BIK, CNAPS, IBAN."""
    for code in recognised(text.text):
        party = Party(
            code.value,
            countries=(code.country,) if code.country else (),
            identifiers=((code.type, code.value),),
        )
        start = text.spot.start + code.start if text.spot.start >= 0 else code.start
        spot = Spot(text.spot.path, start, start + code.end - code.start, code.value)
        yield Involved(Role.OTHER, party, spot)
