"""A book of past payments: a table of which each row is one payment.

Columns are told by their headings, in English, Russian or Chinese. A party column may
have others beside it that say more of the same party: `creditor`, `creditor_country`,
`creditor_bic`, ...
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clearway.errors import UsageError
from clearway.model import Role
from clearway.tables.cells import Cell, text
from clearway.tables.table import Table

_PARTIES: Mapping[Role, tuple[str, ...]] = {
    Role.DEBTOR: (
        *("debtor", "payer", "remitter", "originator", "ordering customer", "sender"),
        *("sender name", "applicant", "плательщик", "отправитель", "付款人", "汇款人"),
    ),
    Role.CREDITOR: (
        *("creditor", "payee", "beneficiary", "beneficiary customer", "receiver"),
        *("recipient", "получатель", "бенефициар", "收款人", "受益人"),
    ),
    Role.DEBTOR_AGENT: (
        *("debtor agent", "debtor bank", "payer bank", "ordering institution"),
        *("sender bank", "банк плательщика", "付款行", "汇出行"),
    ),
    Role.CREDITOR_AGENT: (
        *("creditor agent", "creditor bank", "payee bank", "beneficiary bank"),
        *("receiver bank", "банк получателя", "收款行", "收款人开户行"),
    ),
    Role.INTERMEDIARY_AGENT: (
        *("intermediary agent", "intermediary", "intermediary bank", "correspondent"),
        *("банк посредник", "中间行", "代理行"),
    ),
    Role.END_USER: ("end user", "конечный пользователь", "最终用户"),
}
_ABOUT = {
    "name": "name",
    "country": "country",
    "страна": "country",
    "国家": "country",
    "bic": "bic",
    "swift": "bic",
    "бик": "bik",
    "bik": "bik",
    "inn": "inn",
    "инн": "inn",
    "lei": "lei",
    "account": "account",
    "iban": "iban",
    "address": "address",
    "адрес": "address",
    "kind": "kind",
    "sector": "sector",
}
_WHOLE: Mapping[str, tuple[str, ...]] = {
    "day": (
        *(
            "date",
            "value date",
            "day",
            "booking date",
            "payment date",
            "settlement date",
        ),
        *("дата", "дата платежа", "дата валютирования", "日期", "起息日", "付款日期"),
    ),
    "amount": ("amount", "sum", "value", "сумма", "金额"),
    "currency": ("currency", "ccy", "валюта", "币种", "货币"),
    "reference": ("reference", "ref", "id", "payment id", "номер", "编号", "参考号"),
    "goods": ("hs", "hs code", "hs6", "goods code", "тн вэд", "код тн вэд", "海关编码"),
    "description": ("description", "goods", "goods description", "описание", "货物"),
    "destination": (
        "destination",
        "destination country",
        "страна назначения",
        "目的地",
    ),
    "final": ("final country", "end use country", "final destination"),
    "origin": ("origin", "origin country", "страна происхождения", "原产国"),
    "purpose": ("purpose", "purpose code"),
    "text": (
        *("remittance", "remittance information", "details", "narrative", "payment"),
        *("payment details", "назначение платежа", "назначение", "附言", "用途"),
    ),
}


@dataclass(frozen=True, slots=True)
class BookColumns:
    """Which column holds what: `whole` by name, `parties` by role and what of it."""

    whole: Mapping[str, int]
    parties: Mapping[Role, Mapping[str, int]]
    unread: tuple[str, ...] = ()

    def __str__(self) -> str:
        """For the note on standard error."""
        parts = [*self.whole, *(str(role) for role in self.parties)]
        left = f"; not read: {', '.join(self.unread)}" if self.unread else ""
        return ", ".join(parts) + left


def book_columns(columns: Sequence[str]) -> BookColumns:
    """Tell the columns of a book by their headings.

    Raises UsageError where there is no day or no party: it is no book of payments.
    """
    whole: dict[str, int] = {}
    parties: dict[Role, dict[str, int]] = {}
    unread = []
    for at, column in enumerate(columns):
        words = _words(column)
        told = _party_of(words)
        if told is not None:
            role, about = told
            parties.setdefault(role, {}).setdefault(about, at)
            continue
        name = next((n for n, headings in _WHOLE.items() if words in headings), None)
        if name is None or name in whole:
            unread.append(column)
        else:
            whole[name] = at
    if "day" not in whole or not parties:
        lacking = "its day (date, value date)" if "day" not in whole else "a party"
        raise UsageError(
            f"this is no book of payments: no column says {lacking}; "
            f"there are {', '.join(columns[:12])}"
        )
    return BookColumns(whole, parties, tuple(unread))


def _words(column: str) -> str:
    plain = unicodedata.normalize("NFKC", column).lower()
    return re.sub(r"[\s_\-./]+", " ", plain).strip()


def _party_of(words: str) -> tuple[Role, str] | None:
    for role, headings in _PARTIES.items():
        for heading in headings:
            if words == heading:
                return role, "name"
            rest = words.removeprefix(heading).strip()
            if words.startswith(heading) and rest in _ABOUT:
                return role, _ABOUT[rest]
    return None


@dataclass(slots=True)
class Book:
    """A book in columns of text: `whole[name][row]`, `parties[role][about][row]`."""

    rows: int = 0
    whole: dict[str, list[str]] = field(default_factory=dict)
    parties: dict[Role, dict[str, list[str]]] = field(default_factory=dict)


def read_book(table: Table, columns: BookColumns) -> Book:
    """The whole book, column by column."""
    book = Book(
        whole={name: [] for name in columns.whole},
        parties={
            role: {a: [] for a in about} for role, about in columns.parties.items()
        },
    )
    wanted = [(at, book.whole[name]) for name, at in columns.whole.items()]
    wanted += [
        (at, book.parties[role][about])
        for role, abouts in columns.parties.items()
        for about, at in abouts.items()
    ]
    for chunk in table.chunks():
        book.rows += len(chunk.rows)
        across = list(zip(*chunk.rows, strict=True))
        for at, into in wanted:
            into.extend(_texts(across[at]))
    return book


def _texts(cells: Iterable[Cell]) -> Iterable[str]:
    return (cell.strip() if type(cell) is str else text(cell) for cell in cells)
