"""A book of past payments: a table of which each row is one payment.

Columns are told by their headings, in English, Russian or Chinese. A party column may
have others beside it that say more of the same party: `creditor`, `creditor_country`,
`creditor_bic`, ...
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clearway.errors import UsageError
from clearway.model import Role
from clearway.tables.coded import Coded, Column, Progress, coded
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


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that are read together: all that say of one party, of goods, of money.

    `name` is the role or the column; `columns` the same headings, counted from 0 within
    the part, `at` where each of them stands in the table.
    """

    name: str
    columns: BookColumns
    at: tuple[int, ...]
    headings: tuple[str, ...]


_TOGETHER = (("goods", "description"), ("amount", "currency"))
_APART = ("day", "reference")
"""Columns that say nothing for the law to judge but when and which payment it is."""


def parts_of(columns: BookColumns, headings: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a row: each can be understood without the others."""
    found = []
    for role, about in columns.parties.items():
        names = dict(zip(about, range(len(about)), strict=True))
        inner = BookColumns({}, {role: names})
        found.append((str(role), inner, tuple(about.values())))
    left = [name for name in columns.whole if name not in _APART]
    for group in (*_TOGETHER, *((name,) for name in left)):
        here = [name for name in group if name in left]
        left = [name for name in left if name not in here]
        if here:
            inner = BookColumns({name: n for n, name in enumerate(here)}, {})
            found.append((here[0], inner, tuple(columns.whole[n] for n in here)))
    for name in columns.unread:
        inner = BookColumns({}, {}, (name,))
        found.append((name, inner, (headings.index(name),)))
    return tuple(
        Part(name, inner, at, tuple(headings[n] for n in at))
        for name, inner, at in found
    )


@dataclass(frozen=True, slots=True)
class Book:
    """A book read: its columns as numbers (`coded`), and which of them say what."""

    name: str
    unit: str
    columns: BookColumns
    headings: tuple[str, ...]
    read: Coded

    @property
    def rows(self) -> int:
        """How many payments there are."""
        return self.read.rows

    def column(self, name: str) -> Column | None:
        """The column of a day, an amount, a reference, ...; None if there is none."""
        at = self.columns.whole.get(name)
        return None if at is None else self.read.columns[at]

    def position(self, row: int) -> str:
        """Where a row stands in the file: "line 12"."""
        return f"{self.unit} {self.read.numbers[row]}"


def read_book(
    table: Table,
    columns: BookColumns,
    progress: Progress = lambda what, done, total: None,
) -> Book:
    """The whole book, column by column."""
    read = coded(table, range(len(table.columns)), progress)
    return Book(table.name, table.unit, columns, table.columns, read)
