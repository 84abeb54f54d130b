"""The pieces of a book of payments: each different party, text or line read once.

A piece is what some columns of a row say: one party, the goods, the money, a text. It
is read and screened as `check` would read and screen it within a payment, and then
stands for every row that says the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from clearway.model import Involved, Party, Transaction
from clearway.screen.parties import asked_party, checked_parties
from clearway.screen.screening import Screening
from clearway.screen.supposing import Supposed
from clearway.tables.book import Book, Part, parts_of
from clearway.tables.coded import Column, Numbers, grouped
from clearway.tables.transaction_rows import of_cells

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

Progress = Callable[[str, int, int], None]
Checked = tuple[tuple[Involved, Screening], ...]
_TEXTS_AT_ONCE = 5_000
_ALIKE = 80.0
"""Out of 100: written so much alike, a name is worth telling of."""
_PLAIN_AMOUNT = "^[0-9]{1,15}([.][0-9]{1,6})?$"


@dataclass(frozen=True, slots=True)
class Piece:
    """What some columns say, as a transaction of nothing else, and what was found.

    `checked` holds its parties with what was found of each, and behind them those that
    its texts name.
    """

    made: Transaction
    checked: Checked = ()

    @property
    def named(self) -> Checked:
        """Those that its texts name."""
        return self.checked[len(self.made.parties) :]


@dataclass(slots=True)
class Pieces:
    """The pieces of one part of the rows, and which of them each row has."""

    part: Part
    codes: Numbers
    all: list[Piece]
    supposed: set[int] = field(default_factory=set)
    """Those that name a party supposed to be listed."""


class BookPieces:
    """All pieces of a book, screened; as many as there are parts, in their order."""

    def __init__(
        self,
        screener: "Screener",
        book: Book,
        supposed: Sequence[Supposed],
        progress: Progress,
        *,
        by_amount: bool = False,
    ) -> None:
        """Read the pieces from the book, and screen each once.

        `by_amount` says that some rule asks how much is paid.
        """
        self._screener, self._progress = screener, progress
        self.parts = [
            _pieces(
                part,
                [book.read.columns[at] for at in part.at],
                progress,
                by_amount=by_amount,
            )
            for part in parts_of(book.columns, book.headings)
        ]
        self._screen_parties()
        self.texts = self._search_texts()
        self._mind_names()
        for pieces in self.parts:
            pieces.supposed = {
                number
                for number, piece in enumerate(pieces.all)
                if any(one.is_meant_by(piece.made.parties) for one in supposed)
            }

    def naming(self, supposed: Supposed) -> NDArray[np.bool_]:
        """Which payments have the party supposed in some role."""
        found = np.zeros(len(self.parts[0].codes), np.bool_)
        for pieces in self.parts:
            if pieces.supposed:
                meant = np.array(
                    [supposed.is_meant_by(piece.made.parties) for piece in pieces.all]
                )
                found |= meant[pieces.codes]
        return found

    def nearest(self, name: str, most: int) -> list[str]:
        """Names of parties that are written much like a name, the likest first."""
        names = {i.party.name for piece in self._every() for i in piece.made.parties}
        found = process.extract(
            name,
            sorted(names - {""}),
            scorer=fuzz.token_set_ratio,
            processor=str.casefold,
            limit=most,
            score_cutoff=_ALIKE,
        )
        return [near for near, _, _ in found]

    def _screen_parties(self) -> None:
        """Each party once, whatever its roles."""
        asked: dict[Party, Party] = {}
        for piece in self._every():
            for involved in piece.made.parties:
                asked[involved.party] = asked_party(involved.party)
        wanted = dict.fromkeys(asked.values())
        found: dict[Party, Screening] = {}
        what = "screening the parties of the book"
        answers = self._screener.lists_only.check_many(wanted)
        for party, screening in zip(wanted, answers, strict=True):
            found[party] = screening
            if len(found) % 1000 == 0:
                self._progress(what, len(found), len(wanted))
        for pieces in self.parts:
            for number, piece in enumerate(pieces.all):
                if parties := piece.made.parties:
                    checked = tuple((one, found[asked[one.party]]) for one in parties)
                    pieces.all[number] = Piece(piece.made, checked)

    def _search_texts(self) -> int:
        """Each different text once, for whoever it names; how many there were."""
        apart = [
            (pieces, number)
            for pieces in self.parts
            for number, piece in enumerate(pieces.all)
            if piece.made.texts
        ]
        what = "searching the texts of the book"
        for start in range(0, len(apart), _TEXTS_AT_ONCE):
            self._progress(what, start, len(apart))
            some = apart[start : start + _TEXTS_AT_ONCE]
            texts = [Transaction(texts=p.all[n].made.texts) for p, n in some]
            found = checked_parties(self._screener, texts)
            for (pieces, number), named in zip(some, found, strict=True):
                if named:
                    piece = pieces.all[number]
                    checked = (*piece.checked, *named)
                    pieces.all[number] = replace(piece, checked=checked)
        return len(apart)

    def _mind_names(self) -> None:
        """Leave out of what a text names what only says a party of its row again.

        A line or word that is the name of a party is judged as that party alone; which
        parties there are is another question in each row.
        """
        with_parties = [p for p in self.parts if p.part.columns.parties]
        for pieces in self.parts:
            naming = np.array([bool(piece.named) for piece in pieces.all], np.bool_)
            rows = np.flatnonzero(naming[pieces.codes])
            if not len(rows):
                continue
            columns = [pieces.codes, *(p.codes for p in with_parties)]
            different, which = grouped([column[rows] for column in columns])
            changed: dict[tuple[int, tuple[bool, ...]], int] = {}
            codes = np.empty(len(different), np.int64)
            for at, (number, *parties) in enumerate(different.tolist()):
                beside = tuple(
                    involved
                    for other, n in zip(with_parties, parties, strict=True)
                    for involved in other.all[n].made.parties
                )
                said = _said_again(pieces.all[number], beside)
                if not any(said):
                    codes[at] = number
                    continue
                known = changed.get((number, said))
                if known is None:
                    known = changed[number, said] = len(pieces.all)
                    pieces.all.append(self._beside(pieces.all[number], beside))
                codes[at] = known
            pieces.codes = pieces.codes.copy()
            pieces.codes[rows] = codes[which]

    def _beside(self, piece: Piece, beside: Sequence[Involved]) -> Piece:
        """The piece as it is found beside the parties of a row."""
        whole = Transaction(parties=tuple(beside), texts=piece.made.texts)
        found = checked_parties(self._screener, [whole])[0][len(beside) :]
        own = piece.checked[: len(piece.made.parties)]
        return replace(piece, checked=(*own, *found))

    def _every(self) -> Iterator[Piece]:
        for pieces in self.parts:
            yield from pieces.all


def _said_again(piece: Piece, beside: Iterable[Involved]) -> tuple[bool, ...]:
    """Of each that the texts name: is it a name of a row's party, or a word of one."""
    names = [involved.party.name for involved in beside]
    joined = " ".join(names).lower()
    return tuple(
        told
        for involved, _ in piece.named
        for name in [involved.party.name]
        for told in (name in names, name.lower() in joined)
    )


def _pieces(
    part: Part, columns: Sequence[Column], progress: Progress, *, by_amount: bool
) -> Pieces:
    """Each different piece of a part, read as a payment that says nothing else."""
    codes = [column.codes for column in columns]
    if "amount" in part.columns.whole and not by_amount:
        codes[part.columns.whole["amount"]] = _plain_as_one(part, columns)
    table, which = grouped(codes)
    what = f"reading {part.name.replace('_', ' ')}"
    all_ = []
    for at, row in enumerate(table.tolist()):
        cells = [c.words[code] for c, code in zip(columns, row, strict=True)]
        all_.append(Piece(of_cells(cells, part.columns, part.headings)))
        if at % 20_000 == 0:
            progress(what, at, len(table))
    return Pieces(part, which, all_)


def _plain_as_one(part: Part, columns: Sequence[Column]) -> Numbers:
    """Amounts written plainly as one: no rule asks how much.

    Others may hold a currency, be ambiguous or no number at all, and stay apart.
    """
    amount = columns[part.columns.whole["amount"]]
    plain = pc.match_substring_regex(pa.array(amount.words, pa.string()), _PLAIN_AMOUNT)
    is_plain = plain.to_numpy(zero_copy_only=False)
    if not is_plain.any():
        return amount.codes
    alike: Numbers = np.where(is_plain, np.argmax(is_plain), np.arange(len(is_plain)))
    found: Numbers = alike[amount.codes]
    return found
