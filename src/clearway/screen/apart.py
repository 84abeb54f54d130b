"""Parties that are clear if each of their names is by itself.

Most parties of payments have an account and most banks are but a code: numbers that no
list has say nothing of their bearer. Of the names that are left it is proved for many
at once that no listed name is like them (`clearway.screen.plain`).
"""

from collections.abc import Iterator, Sequence

from clearway.index.index import Index
from clearway.model import Party
from clearway.names import countries, identifiers
from clearway.names.readings import readings
from clearway.screen.plain import Plain

_BANK_LETTERS = 4
"""Letters of a BIC that are the bank's own, and may be read as a name."""


def clear_at_once(plain: Plain, index: Index, parties: Sequence[Party]) -> list[bool]:
    """Of each party whether no listed name is like it and nothing is wrong.

    What is not proved is False, and to be checked whole.
    """
    asked: list[Party] = []
    coded: set[int] = set()
    begins: list[int] = []
    for party in parties:
        begins.append(len(asked))
        if not (party.identifiers or party.aliases):
            asked.append(party)
        elif _says_nothing_else(party, index):
            for name, is_code in _names(party):
                if is_code:
                    coded.add(len(asked))
                asked.append(_named(party, name))
    clear = plain.clear(asked, coded)
    ends = [*begins, len(asked)][1:]
    return [
        begin < end and all(clear[begin:end])
        for begin, end in zip(begins, ends, strict=True)
    ]


def _says_nothing_else(party: Party, index: Index) -> bool:
    """Whether its numbers are well-formed, on no list, and in its name no others."""
    if party.birth_place or party.gender:
        return False
    for kind, value in party.identifiers:
        normal = identifiers.normal(kind.strip().lower(), value)
        if len(normal) < identifiers.MIN_LENGTH or index.with_identifier(normal):
            return False
    return not _is_code(party) or _is_known_code(party, index)


def _is_code(party: Party) -> bool:
    """Whether it is named by a number of its own alone."""
    return any(value == party.name for _, value in party.identifiers)


def _is_known_code(party: Party, index: Index) -> bool:
    """Whether a name that is a code says no more than is known, however it is read.

    In its BIC stands the country of a bank, which must be known already.
    """
    known = {countries.code(text) for text in party.countries}
    return not party.aliases and all(
        not item.labelled
        and not index.with_identifier(item.normal)
        and (item.type != "bic" or item.written[4:6].lower() in known)
        for reading in readings(party.name)
        for item in identifiers.recognised(reading.text)
    )


def _names(party: Party) -> Iterator[tuple[str, bool]]:
    """Each name to be asked about, and whether it is a code of the party itself."""
    is_code = _is_code(party)
    yield party.name, is_code
    if is_code and identifiers.is_bic(party.name):
        yield party.name[:_BANK_LETTERS], False
    yield from ((alias, False) for alias in party.aliases if alias.strip())


def _named(party: Party, name: str) -> Party:
    """One name of a party, with what else is compared."""
    return Party(name, party.kind, party.birth_date, party.countries)
