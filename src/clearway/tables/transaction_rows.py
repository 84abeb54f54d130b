"""A table of which each row is one transaction, read as transactions.

Columns are those of a book of payments (`book`); what no column of the book says is
screened as free text, so that nothing is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from clearway.model import FreeText, Spot, Transaction
from clearway.tables.book import BookColumns, book_columns
from clearway.tables.cells import text
from clearway.tables.table import Table
from clearway.tables.transactions import transaction_of

_IDENTIFIERS = ("bic", "bik", "inn", "lei", "iban")
_GOODS = {"goods": "code", "description": "description"}
_PLAIN = ("amount", "currency", "reference", "purpose")
_PLACES = ("origin", "destination", "final")


def table_transactions(table: Table) -> Iterator[Transaction]:
    """Each row as a transaction, with what is wrong with it.

    Raises UsageError where no column says a day or a party.
    """
    columns = book_columns(table.columns)
    for row in table.rows():
        cells = [text(cell).strip() for cell in row.cells]
        made = of_cells(cells, columns, table.columns, table.name, row.position)
        yield replace(made, problems=(*row.problems, *made.problems))


def of_cells(
    cells: Sequence[str],
    columns: BookColumns,
    headings: Sequence[str],
    file: str = "",
    where: str = "transaction",
) -> Transaction:
    """The transaction that the cells of a row say, or that some of its columns say.

    A whole row is the sum of the parts that its groups of columns (`parts_of`) make.
    """
    whole = {name: cells[at] for name, at in columns.whole.items() if cells[at]}
    value: dict[str, Any] = {name: whole[name] for name in _PLAIN if name in whole}
    value |= {name: whole[name] for name in _PLACES if name in whole}
    if "day" in whole:
        value["date"] = whole["day"]
    line = {key: whole[name] for name, key in _GOODS.items() if name in whole}
    if line:
        value["goods"] = [line]
    for role, about in columns.parties.items():
        known = {what: cells[at] for what, at in about.items() if cells[at]}
        if known:
            value[str(role)] = _party(known)
    unread = [(name, cells[headings.index(name)]) for name in columns.unread]
    texts = [FreeText(said, Spot(name)) for name, said in unread if said]
    if "text" in whole:
        texts.append(FreeText(whole["text"], Spot("text")))
    made = transaction_of(value, file=file, where=where)
    return replace(made, texts=(*made.texts, *texts)) if texts else made


def _party(known: Mapping[str, str]) -> dict[str, Any]:
    party: dict[str, Any] = {
        key: value
        for key, value in known.items()
        if key in ("name", "country", "address", "kind", "sector", *_IDENTIFIERS)
    }
    if "account" in known:
        party["identifiers"] = [["account", known["account"]]]
    return party
