"""Days as papers write them: `12.05.2024`, `12 мая 2024 г.`, `2024年5月12日`."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clearway.model import PartialDate
from clearway.tables.cells import Cell
from clearway.tables.values import date_order

_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "jan янв ocak oca ene janv gen січ",
            "feb фев sub şub févr fevr лют",
            "mar мар märz marz mrz mart берез",
            "apr апр nisan nis avr abr квіт",
            "may мая май mai mayis mayıs травн",
            "jun июн haziran haz juin черв",
            "jul июл temmuz tem juil lug лип",
            "aug авг agu ağu août aout ago серп",
            "sep сен eyl eylül sept set верес",
            "oct окт okt eki ekim ott жовт",
            "nov ноя kas kasım листоп",
            "dec дек dez ara aralık déc dic груд",
        ),
        1,
    )
    for stem in stems.split()
}
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]*([^\W\d_]{3,12})[\s.,/-]*(\d{4}|\d{2})\b"
)
_MONTH_FIRST = re.compile(
    r"([^\W\d_]{3,12})[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})\b"
)
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?![\d./-])")
_NUMERIC = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|20\d{6})(?!\d)"
)
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as read; `unsure` says that day and month could stand the other way."""

    day: date
    unsure: bool = False


def order_of(cells: Iterable[Cell]) -> str:
    """Whether the paper writes day or month first, '' where nothing decides."""
    order = date_order([cell.strip() for cell in cells if isinstance(cell, str)])
    return "" if order.endswith("assumed") else order


def day_of(cell: Cell, order: str = "") -> Day | None:
    """The day a cell means; None where it is none. `order` as `order_of` says."""
    if isinstance(cell, datetime):
        return Day(cell.date())
    if isinstance(cell, date):
        return Day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # A day that lost its format in a spreadsheet: 2000 to 2100.
        near = 36_526 <= cell <= 73_415
        if near:
            return Day(_EXCEL_EPOCH + timedelta(days=int(cell)))
        cell = str(int(cell))
    if not isinstance(cell, str):
        return None
    written = unicodedata.normalize("NFKC", cell).strip()
    try:
        return _written(written, order)
    except (ValueError, OverflowError):
        return None


def _written(written: str, order: str) -> Day | None:
    if found := _CHINESE.search(written):
        return Day(date(int(found[1]), int(found[2]), int(found[3])))
    if (found := _NAMED.search(written)) and (month := _month(found[2])):
        return Day(date(_year(found[3]), month, int(found[1])))
    if (found := _MONTH_FIRST.search(written)) and (month := _month(found[1])):
        return Day(date(int(found[3]), month, int(found[2])))
    if found := _SHORT_YEAR.search(written):
        written = f"{found[1]}{found[2]}{found[3]}{found[2]}{_year(found[4])}"
    found = _NUMERIC.search(written)
    if found is None:
        return None
    day = PartialDate.parse(found[0], day_first=order != "month first").earliest
    return Day(day, unsure=not order and _could_be_either(found[0]))


def _could_be_either(written: str) -> bool:
    parts = re.split(r"[./-]", written)
    if len(parts) != 3 or len(parts[0]) == 4 or "." in written:
        return False
    first, second = int(parts[0]), int(parts[1])
    return first <= 12 and second <= 12 and first != second


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int:
    word = word.casefold()
    return next(
        (_MONTHS[word[:n]] for n in range(len(word), 2, -1) if word[:n] in _MONTHS), 0
    )
