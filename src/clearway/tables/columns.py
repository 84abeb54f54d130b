"""Which column means what: guessed, shown to a person, and corrected by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clearway.errors import UsageError
from clearway.tables import values as told
from clearway.tables.cells import Cell, texts
from clearway.tables.headings import (
    FIELDS,
    IDENTIFIERS,
    UNUSED,
    kind_of,
    meaning,
    normal,
)
from clearway.tables.table import Table

SYNONYMS = {
    "aliases": "alias",
    "countries": "country",
    "nationality": "country",
    "citizenship": "country",
    "identifier": "id_number",
    "identifiers": "id_number",
    "id": "reference",
    "type": "kind",
    "dob": "birth_date",
}
"""Other words `--map` accepts for a field."""

_ONE_ONLY = ("reference", "kind", "gender", "birth_place", "id_type", "first_name")
_NAMES = ("name", "first_name", "middle_name", "last_name")
_FLAGS = frozenset({"y", "n", "yes", "no", "true", "false", "0", "1"})
_ORDER = {"month_first": "month first", "day_first": "day first"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column of a table means.

    `fields[i]` is the meaning of `columns[i]` (one of FIELDS, '' if it is not used).
    Several columns may mean the same: further names are aliases, addresses are joined,
    the first birth date that is filled in counts. `orders[i]` says whether dates in it
    have the day or the month first; `by_values` holds the columns told by their values.
    """

    columns: tuple[str, ...]
    fields: tuple[str, ...]
    orders: tuple[str, ...] = ()
    by_values: frozenset[int] = frozenset()

    @classmethod
    def of(cls, columns: Sequence[str], **fields: str | Sequence[str]) -> "Mapping":
        """The mapping that is stated: `Mapping.of(df.columns, name="Client")`.

        Raises UsageError for a column or a field there is not.
        """
        mapping = cls(tuple(columns), ("",) * len(columns), ("",) * len(columns))
        pairs = [
            (field, column)
            for field, named in fields.items()
            for column in ((named,) if isinstance(named, str) else named)
        ]
        return mapping._with(pairs)

    def where(self, field: str) -> tuple[int, ...]:
        """The positions of the columns that mean a field."""
        return tuple(i for i, meant in enumerate(self.fields) if meant == field)

    @property
    def usable(self) -> bool:
        """Whether there is a column to check at all: a name or an identifier."""
        checked = {*_NAMES, "alias", "id_number", *IDENTIFIERS}
        return not checked.isdisjoint(self.fields)

    def required(self, file: str = "") -> "Mapping":
        """This mapping, if it is usable; else raises UsageError with what to say."""
        if self.usable:
            return self
        before = f"{file}: " if file else ""
        raise UsageError(
            f"{before}no column was recognised as a name; say which it is, as in "
            f"--map name=COLUMN. The columns are: {_listed(self.columns)}"
        )

    def corrected(self, text: str) -> "Mapping":
        """This mapping with corrections such as `name=Client,birth_date=DOB`.

        A field that is named belongs to the named columns alone (name it twice for
        two); `field=` takes it away, `unused=COLUMN` leaves a column out, and
        `birth_date:month_first=DOB` states the order of its dates. Raises UsageError
        for a column or a field there is not, naming those there are.
        """
        words = "|".join(map(re.escape, (*FIELDS, *SYNONYMS, UNUSED)))
        parts = re.split(rf",(?=\s*(?:{words})(?::\w+)?\s*=)", text)
        pairs = []
        for part in filter(None, map(str.strip, parts)):
            field, equals, column = part.partition("=")
            if not equals:
                raise UsageError(
                    f"{part!r} does not say which column means what; write it as "
                    "--map name=COLUMN,birth_date=COLUMN"
                )
            pairs.append((field.strip(), column.strip()))
        return self._with(pairs)

    def _with(self, pairs: Sequence[tuple[str, str]]) -> "Mapping":
        fields, orders = list(self.fields), list(self.orders)
        orders += [""] * (len(fields) - len(orders))
        stated = [(*_field(word), column) for word, column in pairs]
        named = {field for field, _, _ in stated if field}
        fields = ["" if field in named else field for field in fields]
        by_values = {i for i in self.by_values if fields[i]}
        for field, order, column in stated:
            if not column:
                continue
            index = self._index(column)
            fields[index] = field
            orders[index] = order or orders[index]
            by_values.discard(index)
        return replace(
            self,
            fields=tuple(fields),
            orders=tuple(orders),
            by_values=frozenset(by_values),
        )

    def _index(self, column: str) -> int:
        """The column by its name, freely spelled if that is clear, or as `#3`."""
        if column in self.columns:
            return self.columns.index(column)
        for form in (str.casefold, normal):
            found = [i for i, c in enumerate(self.columns) if form(c) == form(column)]
            if len(found) == 1:
                return found[0]
        number = column.removeprefix("#")
        if column.startswith("#") and number.isdecimal():
            index = int(number) - 1
            if 0 <= index < len(self.columns):
                return index
        raise UsageError(
            f"there is no column {column!r}; the columns are: {_listed(self.columns)}"
        )

    def __str__(self) -> str:
        """One line for people: what is taken from where, and what is not used."""
        used, unused = [], []
        for i, (column, field) in enumerate(
            zip(self.columns, self.fields, strict=True)
        ):
            if not field:
                unused.append(column)
                continue
            order = self.orders[i] if i < len(self.orders) else ""
            notes = [order if field == "birth_date" else ""]
            notes.append("by its values" if i in self.by_values else "")
            note = ", ".join(filter(None, notes))
            used.append((FIELDS.index(field), f"{field} <- {column}", note))
        parts = [
            word + (f" ({note})" if note else "") for _, word, note in sorted(used)
        ]
        line = ", ".join(parts) or "no column recognised"
        return line + (f"; not used: {', '.join(unused)}" if unused else "")


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(columns[:40])
    return shown + (f" and {len(columns) - 40} more" if len(columns) > 40 else "")


def _field(word: str) -> tuple[str, str]:
    """The field a word of `--map` means, and the order of dates it states."""
    bare, _, order = word.partition(":")
    field = SYNONYMS.get(bare, bare)
    if field == UNUSED:
        field = ""
    elif field not in FIELDS:
        raise UsageError(f"no field {bare!r}; there are: {', '.join(FIELDS)}")
    if order and (field != "birth_date" or order not in _ORDER):
        raise UsageError(f"{word!r}: only birth_date:month_first and :day_first exist")
    return field, _ORDER.get(order, "")


def guess(table: Table) -> Mapping:
    """What the columns of a table mean, by their headings and their first values."""
    return guess_columns(table.columns, table.sample, header=table.header)


def guess_columns(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, header: bool = True
) -> Mapping:
    """What columns mean, by their headings (unless `header` is False) and values."""
    held = [
        [value for row in rows for value in texts(row[i])] for i in range(len(columns))
    ]
    read = [meaning(column) if header else ("", 3) for column in columns]
    fields = [
        _verified(field, values) for (field, _), values in zip(read, held, strict=True)
    ]
    known = [bool(field) for field, _ in read]
    by_values = _told_by_values(fields, known, held, header)
    _sort_out_names(fields, [freedom for _, freedom in read], held)
    _first_only(fields)
    final = ["" if field == UNUSED else field for field in fields]
    orders = tuple(told.date_order(values) for values in held)
    kept = frozenset(i for i in by_values if final[i])
    return Mapping(tuple(columns), tuple(final), orders, kept)


def _verified(field: str, values: Sequence[str]) -> str:
    """The field a heading means, unless the values cannot be that."""
    values = told.filled(values)
    if not values:
        return field
    if field == "kind" and told.share(sorted(set(values)), kind_of) < 0.5:
        return UNUSED  # "Type" may be that of a ship, an account or a deal
    if field == "country" and all(value.casefold() in _FLAGS for value in values):
        return UNUSED
    if field == "name" and told.share(values, told.has_letters) < 0.5:
        return "reference"  # "Customer" may hold the number of one
    return field


def _told_by_values(
    fields: list[str], known: list[bool], held: list[list[str]], header: bool
) -> set[int]:
    """Fill in what headings do not tell; returns the columns concerned."""
    found = set()
    for i, values in enumerate(held):
        field = "" if known[i] else told.identifier_type(values)
        if not field and not header:
            field = told.nature(values)
        if field:
            fields[i] = field
            found.add(i)
    if set(_NAMES).isdisjoint(fields):
        likeness = [
            0.0 if field else told.name_likeness(values)
            for field, values in zip(fields, held, strict=True)
        ]
        best = max(range(len(fields)), key=lambda i: likeness[i], default=0)
        if likeness and likeness[best] > 0:
            fields[best] = "name"
            found.add(best)
    if not header and fields and not fields[0] and len(fields) > 1:
        values = told.filled(held[0])
        if values and len(set(values)) == len(values) == len(held[0]):
            fields[0] = "reference"
            found.add(0)
    return found


def _sort_out_names(
    fields: list[str], freedom: list[int], held: list[list[str]]
) -> None:
    """One name, further ones as aliases; `Nom` beside `Prénom` is a surname.

    Whether a bare "Name" beside a first name is the whole name or the surname, its
    values say: the whole name contains the first.
    """
    names = [i for i, field in enumerate(fields) if field == "name"]
    if not names:
        return
    first, last = ("first_name" in fields), ("last_name" in fields)
    if len(names) == 1 and first != last:
        part = "first_name" if first else "last_name"
        if not _contains(held[names[0]], held[fields.index(part)]):
            fields[names[0]] = "last_name" if first else "first_name"
            return
    main = min(names, key=lambda i: (freedom[i], i))
    for i in names:
        if i != main:
            fields[i] = "alias"


def _contains(whole: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether most of the values contain the part beside them."""
    if len(whole) != len(parts) or not whole:
        return bool(whole) and not parts
    pairs = zip(whole, parts, strict=True)
    return sum(part.casefold() in name.casefold() for name, part in pairs) * 2 > len(
        whole
    )


def _first_only(fields: list[str]) -> None:
    """A party has one of these: the first column counts, the others are not used."""
    for field in _ONE_ONLY:
        places = [i for i, meant in enumerate(fields) if meant == field]
        for i in places[1:]:
            fields[i] = "middle_name" if field == "first_name" else UNUSED
