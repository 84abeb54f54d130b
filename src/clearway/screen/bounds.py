"""How much of a transaction the law is asked about: bounds that never clear anything.

A message can be made to be slow, with an address or a text that names a place ten
thousand times. Nothing real is as long; what is longer is cut and held for review.
"""

from dataclasses import replace

from clearway.model import FreeText, Involved, Problem, Transaction
from clearway.screen.texts import LONGEST

_LONGEST_ADDRESS = 1_400
"""Characters of an address that are looked at; seven lines of 70 are usual at most."""


_LONGEST_JUDGED = 5_000
"""Characters that the law is asked about, of a text too long to be searched whole."""


def within_bounds(transaction: Transaction) -> Transaction:
    """A transaction as the law is asked about it: of very long texts the beginning.

    Of a text what is searched for names too; that it was cut is told where it was
    searched. A place or an address that is longer than any real one is cut with a
    problem of the transaction, so that it is not clear.
    """
    long = [place.text for place in transaction.places if _endless(place.text)]
    long += [a for i in transaction.parties if _endless(a := i.party.address or "")]
    if not long and all(len(text.text) <= LONGEST for text in transaction.texts):
        return transaction
    problems = (
        Problem(
            "address_too_long",
            f"an address or a place has {len(text)} characters, and only the first "
            f"{_LONGEST_ADDRESS} were looked at; have someone read it",
            text=text[:80],
        )
        for text in dict.fromkeys(long)
    )
    return replace(
        transaction,
        texts=tuple(_begin_of(text) for text in transaction.texts),
        places=tuple(
            replace(place, text=place.text[:_LONGEST_ADDRESS])
            for place in transaction.places
        ),
        parties=tuple(map(_with_short_address, transaction.parties)),
        problems=(*transaction.problems, *problems),
    )


def _endless(text: str) -> bool:
    return len(text) > _LONGEST_ADDRESS


def _begin_of(text: FreeText) -> FreeText:
    if len(text.text) <= LONGEST:
        return text
    return replace(text, text=text.text[:_LONGEST_JUDGED])


def _with_short_address(item: Involved) -> Involved:
    address = item.party.address or ""
    if not _endless(address):
        return item
    return replace(item, party=replace(item.party, address=address[:_LONGEST_ADDRESS]))
