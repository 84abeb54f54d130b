"""Rows to parties: what a row says about one party, and what is unclear in it.

A chunk is read column by column, which is several times faster than row by row.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import fields, replace
from functools import lru_cache
from itertools import repeat
from typing import Any

from clearway.model import Kind, Party, Problem
from clearway.names.countries import code
from clearway.tables.cells import EXACT, MISSING, Cell, text, texts
from clearway.tables.columns import Mapping, guess
from clearway.tables.headings import IDENTIFIERS, kind_of, meaning
from clearway.tables.table import Chunk, Table

LONGEST_TEXT = 100_000
"""A name or address longer than this is cut, with a Problem."""

_NAMELESS = "the row has {}; fill it in, or remove the row if it is no party"

Asked = tuple[Party, tuple[Problem, ...]]
Column = Sequence[Cell]
Pairs = tuple[tuple[str, str], ...]

_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_SEVERAL_NUMBERS = re.compile(r"\s*[;,|\n]\s*")
_COMMA = re.compile(r"\s*[,/]\s*")
_SLASHED = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_HAN_OR_HANGUL = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+")

# A frozen dataclass with slots is made through ten calls of object.__setattr__ and
# checks that serve hand-written parties; for a million rows that is most of the time.
# Its slots are set directly here, with values that are already what they must be.
_SLOTS = [Party.__dict__[field.name].__set__ for field in fields(Party)]
_S0, _S1, _S2, _S3, _S4, _S5, _S6, _S7, _S8, _S9 = _SLOTS
_NEW = object.__new__


def _party(
    name: str,
    kind: Kind,
    birth_date: str | None,
    countries: tuple[str, ...],
    identifiers: Pairs,
    aliases: tuple[str, ...],
    birth_place: str | None,
    address: str | None,
    gender: str | None,
    reference: str,
) -> Party:
    """The same as `Party(...)`, for values of the right types."""
    party = _NEW(Party)
    _S0(party, name)
    _S1(party, kind)
    _S2(party, birth_date)
    _S3(party, countries)
    _S4(party, identifiers)
    _S5(party, aliases)
    _S6(party, birth_place)
    _S7(party, address)
    _S8(party, gender)
    _S9(party, reference)
    return party


def parties(table: Table, mapping: Mapping | None = None) -> Iterator[Asked]:
    """Every row's party with its problems, in order; the mapping is guessed if absent.

    A row without a name still yields its party, so that it becomes a review. Raises
    UsageError if no column is a name or an identifier, and InputUnreadable where the
    file breaks off (after what came before has been yielded).
    """
    read = party_reader(table, mapping)
    for chunk in table.chunks():
        yield from read(chunk)


def party_reader(
    table: Table, mapping: Mapping | None = None
) -> Callable[[Chunk], list[Asked]]:
    """The function from a chunk of a table to its parties, one for each row."""
    if table.format == "followthemoney":
        return lambda chunk: _followthemoney(table, chunk)
    mapping = (mapping or guess(table)).required(table.name)
    return PartyReader(mapping, table.name, table.unit)


def _followthemoney(table: Table, chunk: Chunk) -> list[Asked]:
    from clearway.interop.followthemoney import party_of

    out: list[Asked] = []
    for index, record in enumerate(chunk.records):
        place = table.position(chunk.numbers[index])
        found = list(chunk.problems.get(index, ()))
        party = Party("", reference=place)
        if record:
            party, problems = party_of(record)
            for problem in problems:
                within = f"{place}, {problem.position}".removesuffix(", ")
                found.append(replace(problem, file=table.name, position=within))
        if not party.name:
            shown = " | ".join(filter(None, map(text, chunk.rows[index])))
            found.append(
                Problem(
                    "empty_name", _NAMELESS.format("no name"), table.name, place, shown
                )
            )
        out.append((party, tuple(found)))
    return out


class PartyReader:
    """Makes the parties of a chunk's rows under one mapping."""

    def __init__(self, mapping: Mapping, file: str = "", unit: str = "row") -> None:
        self.columns, self.file, self.unit = mapping.columns, file, unit
        where = mapping.where
        self.names, self.aliases = where("name"), where("alias")
        parts = [where(part) for part in ("first_name", "middle_name", "last_name")]
        self.parts, self.last = tuple(i for group in parts for i in group), parts[2]
        self.kinds, self.births = where("kind"), where("birth_date")
        self.month_first = [
            i for i in self.births if mapping.orders[i : i + 1] == ("month first",)
        ]
        self.birth_places, self.genders = where("birth_place"), where("gender")
        self.countries, self.addresses = where("country"), where("address")
        self.references = where("reference")
        typed = [(i, type_) for type_ in IDENTIFIERS for i in where(type_)]
        self.numbers = (*typed, *((i, "") for i in where("id_number")))
        self.number_types = where("id_type")

    def __call__(self, chunk: Chunk) -> list[Asked]:
        """The parties of a chunk, one for each row, with what is wrong with it."""
        return copy(self)._read(chunk)

    def _read(self, chunk: Chunk) -> list[Asked]:
        """Read on a copy, so that threads may share one reader."""
        self.rows, self.positions = chunk.rows, chunk.numbers
        self.found = {index: [*known] for index, known in chunk.problems.items()}
        columns: list[Column] = list(zip(*chunk.rows, strict=True))
        count = len(chunk.rows)
        if not count:
            return []
        names, aliases = self._names(columns, count)
        made = map(
            _party,
            names,
            self._kinds(columns),
            self._births(columns),
            self._countries(columns),
            self._numbers(columns),
            aliases,
            self._first_known(columns, self.birth_places),
            self._addresses(columns),
            self._first_known(columns, self.genders),
            self._references(columns),
        )
        if not self.found:
            return list(zip(made, repeat(()), strict=False))
        found = self.found
        return [(party, tuple(found.get(i, ()))) for i, party in enumerate(made)]

    def _note(
        self, row: int, column: int | None, code: str, message: str, text: str
    ) -> None:
        place = f"{self.unit} {self.positions[row]}"
        if column is not None:
            place += f", column {self.columns[column]}"
        problem = Problem(code, message, self.file, place, text)
        self.found.setdefault(row, []).append(problem)

    def _names(
        self, columns: Sequence[Column], count: int
    ) -> tuple[list[str], Iterator[tuple[str, ...]]]:
        """The names and the further names; says so where there is none."""
        plain = not self.parts and not self.aliases and len(self.names) == 1
        names = _strings(columns[self.names[0]]) if self.names else [""] * count
        further: list[tuple[str, ...]] | None = None
        if not plain or tuple in set(map(type, columns[self.names[0]])):
            several = [self._several_names(i) for i in range(count)]
            names = [held[0] if held else "" for held in several]
            further = [held[1:] for held in several]
        shortest = _LONGEST_MISSING
        for i, name in enumerate(names):
            if len(name) <= shortest and name.casefold() in MISSING:
                self._nameless(i, name)
            elif len(name) > LONGEST_TEXT:
                names[i] = self._cut(name, i, next(iter(self.names), None))
            elif not name.isprintable() and not _BREAKS.isdisjoint(name):
                names[i] = " ".join(name.split())
        if further is None:
            return names, repeat(())
        return names, iter(further)

    def _several_names(self, row: int) -> tuple[str, ...]:
        """All names of a row, the main one first, each once."""
        cells = self.rows[row]
        found: dict[str, None] = {}
        for i in self.names:
            found.update(dict.fromkeys(texts(cells[i])))
        whole = self._whole(cells) if self.parts else ""
        words = sorted(whole.split())
        if whole and not any(sorted(name.split()) == words for name in found):
            found[whole] = None
        for i in self.aliases:
            if cells[i] is not None:
                found.update(dict.fromkeys(_several(cells[i])))
        main, *others = found or ("",)
        return main, *(self._cut(other, row, None) for other in others)

    def _whole(self, cells: Sequence[Cell]) -> str:
        """First, middle and last name joined; Chinese and Korean ones family first."""
        pieces = [(i, text(cells[i])) for i in self.parts]
        pieces = [(i, p) for i, p in pieces if p and p.casefold() not in MISSING]
        if all(_HAN_OR_HANGUL.fullmatch(piece) for _, piece in pieces):
            pieces.sort(key=lambda pair: pair[0] not in self.last)
            return "".join(piece for _, piece in pieces)
        return " ".join(piece for _, piece in pieces)

    def _nameless(self, row: int, name: str) -> None:
        held = " | ".join(filter(None, (text(cell)[:200] for cell in self.rows[row])))
        said = f"only {name!r} for a name" if name else "no name"
        message = _NAMELESS.format(said)
        self._note(row, next(iter(self.names), None), "empty_name", message, held)

    def _cut(self, value: str, row: int, column: int | None) -> str:
        if len(value) <= LONGEST_TEXT:
            return value
        message = (
            f"the text has {len(value):,} characters and was cut to {LONGEST_TEXT:,}; "
            "is a quote or a line end missing?"
        )
        self._note(row, column, "text_too_long", message, value)
        return value[:LONGEST_TEXT]

    def _kinds(self, columns: Sequence[Column]) -> Iterator[Kind]:
        if not self.kinds:
            return repeat(Kind.ANY)
        kinds = []
        for row, word in enumerate(_strings(columns[self.kinds[0]])):
            kind = kind_of(word) if word else Kind.ANY
            if kind is None and word.casefold() not in MISSING:
                message = (
                    "the kind is not known and was taken as any; write person, "
                    "organization, vessel or aircraft"
                )
                self._note(row, self.kinds[0], "unknown_kind", message, word)
            kinds.append(kind or Kind.ANY)
        return iter(kinds)

    def _births(self, columns: Sequence[Column]) -> Iterator[str | None]:
        """The first birth date that is filled in, as given or in ISO form."""
        if not self.births:
            return repeat(None)
        first, *others = (
            [
                date if date[:1].isdecimal() else _known(date)
                for date in _strings(columns[i])
            ]
            for i in self.births
        )
        for i, dates in zip(self.births, (first, *others), strict=True):
            if i in self.month_first:
                dates[:] = [date and _year_first(date) for date in dates]
        for dates in others:
            first = [a or b for a, b in zip(first, dates, strict=True)]
        return iter(first)

    def _countries(self, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
        if not self.countries:
            return repeat(())
        first, *others = (
            [
                _countries(cell) if type(cell) is str else _listed(cell)
                for cell in column
            ]
            for column in (columns[i] for i in self.countries)
        )
        for further in others:
            first = [
                a if not b or a == b else tuple(dict.fromkeys(a + b))
                for a, b in zip(first, further, strict=True)
            ]
        return iter(first)

    def _numbers(self, columns: Sequence[Column]) -> Iterator[Pairs]:
        if not self.numbers:
            return repeat(())
        first, *others = (self._numbers_of(columns, i, t) for i, t in self.numbers)
        for further in others:
            first = [
                a + b if not a or not b else tuple(dict.fromkeys(a + b))
                for a, b in zip(first, further, strict=True)
            ]
        return iter(first)

    def _numbers_of(
        self, columns: Sequence[Column], index: int, type_: str
    ) -> list[Pairs]:
        column = columns[index]
        if float in set(map(type, column)):
            self._digits_lost(column, index)
        if not type_ and self.number_types:
            types = map(_number_type, _strings(columns[self.number_types[0]]))
            return [_pairs(c, t) for c, t in zip(column, types, strict=True)]
        return [
            ((type_, cell),)
            if type(cell) is str and cell.isdecimal()
            else _pairs(cell, type_)
            for cell in column
        ]

    def _digits_lost(self, column: Column, index: int) -> None:
        for row, cell in enumerate(column):
            if type(cell) is float and abs(cell) >= EXACT:
                message = (
                    "the number has more than 15 digits and was stored as a number, "
                    "so its last digits may be lost; store it as text"
                )
                self._note(row, index, "digits_lost", message, text(cell))

    def _first_known(
        self, columns: Sequence[Column], places: tuple[int, ...]
    ) -> Iterator[str | None]:
        return map(_known, columns[places[0]]) if places else repeat(None)

    def _addresses(self, columns: Sequence[Column]) -> Iterator[str | None]:
        if not self.addresses:
            return repeat(None)
        joined = []
        held = zip(*(map(_known, columns[i]) for i in self.addresses), strict=True)
        for row, pieces in enumerate(held):
            address = ", ".join(" ".join(p.split()) for p in dict.fromkeys(pieces) if p)
            joined.append(self._cut(address, row, self.addresses[0]) or None)
        return iter(joined)

    def _references(self, columns: Sequence[Column]) -> Iterator[str]:
        unit = self.unit
        if not self.references:
            return (f"{unit} {number}" for number in self.positions)
        keys = _strings(columns[self.references[0]])
        pairs = zip(keys, self.positions, strict=True)
        return (key or f"{unit} {number}" for key, number in pairs)


_LONGEST_MISSING = max(map(len, MISSING))
_BREAKS = frozenset("\n\r\t\v\f")


def _strings(column: Column) -> list[str]:
    return [cell.strip() if type(cell) is str else text(cell) for cell in column]


def _known(cell: Cell) -> str | None:
    """The text of a cell, or None where it says that there is nothing."""
    found = cell.strip() if type(cell) is str else text(cell)
    return None if found.casefold() in MISSING else found


def _year_first(date: str) -> str:
    """03/04/1961 in ISO form, its month being the first; any other date unchanged."""
    if match := _SLASHED.match(date):
        month, day = int(match[1]), int(match[3])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{match[4]}-{month:02d}-{day:02d}"
    return date


@lru_cache(1 << 15)
def _countries(cell: str) -> tuple[str, ...]:
    """The countries of a cell: `RU; CN`, `Iran, Islamic Republic of`, `RU/CN`."""
    bare = cell.strip()
    if bare.casefold() in MISSING:
        return ()
    if code(bare):
        return (bare,)
    found: list[str] = []
    for part in filter(None, _SEVERAL.split(bare)):
        pieces = [part] if code(part) else list(filter(None, _COMMA.split(part)))
        found += pieces if all(map(code, pieces)) else [part]
    return tuple(dict.fromkeys(found))


def _listed(cell: Cell) -> tuple[str, ...]:
    """The countries of a cell that is a list, or no text."""
    several = (country for held in texts(cell) for country in _countries(held))
    return tuple(dict.fromkeys(several))


def _several(cell: Cell) -> tuple[str, ...]:
    """The names of a cell that may hold several: `A; B`, or a list."""
    values = [part for value in texts(cell) for part in _SEVERAL.split(value)]
    return tuple(v for v in values if v and v.casefold() not in MISSING)


@lru_cache(1024)
def _number_type(word: str) -> str:
    """The type of identifier that a word such as "Passport" or "ИНН" names, or ''."""
    field, _ = meaning(word)
    return field if field in IDENTIFIERS else ""


def _pairs(cell: Any, type_: str) -> Pairs:
    """Identifiers of a cell; a list of pairs carries types of its own."""
    if cell is None or cell == "":
        return ()
    if type(cell) is tuple and all(isinstance(m, tuple) and len(m) == 2 for m in cell):
        return tuple((text(kind), text(value)) for kind, value in cell)
    values = [v for held in texts(cell) for v in _SEVERAL_NUMBERS.split(held)]
    kept = (v for v in values if v and v.casefold() not in MISSING)
    return tuple(dict.fromkeys((type_, value) for value in kept))
