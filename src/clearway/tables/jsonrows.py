"""JSON lines, a JSON array, and FollowTheMoney entities: one object a row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from clearway.errors import InputUnreadable
from clearway.tables.cells import Cell, from_value
from clearway.tables.encodings import Encoding, encoding_of, opened
from clearway.tables.jsonvalues import Value, by_line, in_stream
from clearway.tables.sources import HEAD_BYTES, Source
from clearway.tables.table import SAMPLE_ROWS, Chunk, Filler, Table

FOLLOWTHEMONEY = ("id", "schema", "caption")
"""The columns shown for FollowTheMoney; the entities themselves are the records."""

_COLUMN_ROWS = 10_000
_WORDS = {"jsonl": "JSON lines", "json": "JSON", "followthemoney": "FollowTheMoney"}

Values = Callable[[], Iterator[Value]]


def open_json(
    source: Source, format_: str | None = None, encoding: str | None = None
) -> Table:
    """The table in a JSON text; `format_` is jsonl, json or followthemoney if known.

    A column is a key of the objects; the key of an object within one is joined with a
    dot (`customer.name`). Raises InputUnreadable if nothing in it is an object.
    """
    found = encoding_of(source, encoding)
    shape, values, unit = _shape(source, found, format_)
    first = list(islice(values(), _COLUMN_ROWS))
    objects = [value.value for value in first if isinstance(value.value, Mapping)]
    if not objects and not any(isinstance(value.value, str) for value in first):
        trouble = next((f": {v.trouble}" for v in first if v.trouble), "")
        raise source.refused(f"no JSON object was found in it{trouble}")
    money = format_ == "followthemoney" or (
        format_ is None and sum(map(_is_entity, objects)) * 2 > len(objects)
    )
    if money:
        columns: tuple[str, ...] = FOLLOWTHEMONEY
    else:
        columns = tuple(dict.fromkeys(key for value in first for key in _row_of(value)))
    format_ = "followthemoney" if money else shape
    chunks = _Chunks(source.name, unit, values, columns, found, money=money)
    sample: tuple[Sequence[Cell], ...] = ()
    for chunk in chunks.read(SAMPLE_ROWS, limit=SAMPLE_ROWS):
        sample = tuple(chunk.rows)
        break
    packed = "gzipped " if source.gzipped else ""
    counted = "" if money else f", {len(columns)} keys"
    return Table(
        name=source.name,
        format=format_,
        description=f"{packed}{_WORDS[format_]}, {found}{counted}",
        columns=columns,
        header=True,
        unit=unit,
        sample=sample,
        problems=found.problems(source.name),
        reader=chunks.read,
    )


def looks_like_json(head: str) -> bool:
    """Whether a text begins as JSON objects or an array do (and no table does)."""
    bare = head.lstrip("\ufeff \t\r\n")
    if bare.startswith("{"):
        rest = bare[1:].lstrip()
        return rest.startswith(('"', "}"))
    if bare.startswith("["):
        rest = bare[1:].lstrip()
        return rest.startswith(("{", '"', "]", "["))
    return False


def _shape(
    source: Source, encoding: Encoding, format_: str | None
) -> tuple[str, Values, str]:
    """How the values stand in the text: one a line, in a stream, or within one."""
    with opened(source, encoding) as file:
        head = file.read(HEAD_BYTES).lstrip("\ufeff \t\r\n")

    def lines() -> Iterator[Value]:
        with opened(source, encoding) as file:
            yield from by_line(file)

    def stream() -> Iterator[Value]:
        with opened(source, encoding) as file:
            yield from in_stream(file)

    def members() -> Iterator[Value]:
        with opened(source, encoding) as file:
            for value in in_stream(file):
                held = _members(value.value)
                yield from (Value(i, item) for i, item in enumerate(held or (), 1))

    if head.startswith("["):
        return "json", stream, "item"
    first = list(islice(lines(), 2))
    if format_ == "jsonl" or (first and not first[0].trouble and len(first) > 1):
        return "jsonl", lines, "line"
    objects = list(islice(stream(), 2))
    if len(objects) == 1 and _members(objects[0].value):
        return "json", members, "item"
    if first and not first[0].trouble:
        return "jsonl", lines, "line"
    if objects and objects[0].fatal:
        return "jsonl", lines, "line"  # what is whole in it can still be read
    return "json", stream, "item"


def _members(value: Any) -> list[Any] | None:
    """The one list of objects that an object wraps, if it does."""
    if not isinstance(value, dict) or _is_entity(value):
        return None
    lists = [
        held
        for held in value.values()
        if isinstance(held, list) and held and isinstance(held[0], dict)
    ]
    return lists[0] if len(lists) == 1 and "name" not in value else None


def _is_entity(value: Mapping[str, Any]) -> bool:
    properties = value.get("properties")
    return isinstance(value.get("schema"), str) and isinstance(properties, dict)


def _row_of(value: Value) -> dict[str, Cell]:
    """The cells of one value by column."""
    if isinstance(value.value, Mapping):
        return dict(_flat(value.value, "", 0))
    if isinstance(value.value, str | int | float):
        return {"value": from_value(value.value)}
    return {}


def _flat(
    value: Mapping[str, Any], before: str, depth: int
) -> Iterator[tuple[str, Cell]]:
    for key, held in value.items():
        name = f"{before}{key}"
        if isinstance(held, Mapping) and held and depth < 3:
            yield from _flat(held, f"{name}.", depth + 1)
        else:
            yield name, from_value(held)


class _Chunks:
    """The values as rows under fixed columns."""

    def __init__(
        self,
        file: str,
        unit: str,
        values: Values,
        columns: tuple[str, ...],
        encoding: Encoding,
        *,
        money: bool,
    ) -> None:
        self.file, self.unit, self.values = file, unit, values
        self.columns, self.encoding, self.money = columns, encoding, money
        self.known = frozenset(columns)

    def read(self, size: int, limit: int | None = None) -> Iterator[Chunk]:
        """The rows in chunks; where the text breaks off, InputUnreadable at the end."""
        filler = Filler(self.file, self.unit, size)
        broken = ""
        for value in islice(self.values(), limit):
            if value.fatal:
                broken = (
                    f"breaks off at {self.unit} {value.number} ({value.trouble}); "
                    "export or copy it again"
                )
                break
            self._add(filler, value)
            if filler.full:
                yield filler.take()
        if filler.rows:
            yield filler.take()
        if broken:
            raise InputUnreadable(self.file, broken)

    def _add(self, filler: Filler, value: Value) -> None:
        number = value.number
        if value.trouble:
            message = f"the line is not JSON ({value.trouble}); correct it"
            filler.note(number, "bad_json", message, value.text)
        elif not isinstance(value.value, Mapping | str):
            message = "there is no JSON object here; a party is an object with keys"
            filler.note(number, "not_an_object", message, str(value.value))
        if value.doubled:
            keys = ", ".join(value.doubled)
            message = f"keys occur twice in one object ({keys}); the last ones count"
            filler.note(number, "duplicate_key", message, keys)
        if self.encoding.damaged and "\ufffd" in str(value.value):
            message = (
                f"characters cannot be read as {self.encoding.name} and became �: "
                "export the file as UTF-8"
            )
            filler.note(number, "undecodable", message, str(value.value))
        if self.money:
            record = value.value if isinstance(value.value, dict) else {}
            if record and not _is_entity(record):
                message = "is no FollowTheMoney entity; it needs schema and properties"
                filler.note(number, "not_an_entity", message, str(record))
                record = {}
            filler.records.append(record)
            filler.add(number, tuple(from_value(record.get(k)) for k in FOLLOWTHEMONEY))
            return
        cells = _row_of(value)
        if not self.known.issuperset(cells):
            self._unexpected(filler, number, cells)
        filler.add(number, tuple(map(cells.get, self.columns)))

    def _unexpected(
        self, filler: Filler, number: int, cells: Mapping[str, Cell]
    ) -> None:
        extra = {key: cell for key, cell in cells.items() if key not in self.known}
        keys = ", ".join(extra)
        message = (
            f"keys that the first {_COLUMN_ROWS:,} objects do not have ({keys}) belong "
            "to no column; give an object with all keys first"
        )
        filler.note(number, "unexpected_key", message, str(extra))
