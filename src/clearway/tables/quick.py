"""Clean CSV read column by column, for large books; whoever finds it odd says so.

Rows are the same as those of the careful reader (`delimited`), which takes over where
anything is out of the ordinary: a ragged row, a cell of several lines, a blank line, a
carriage return by itself, a quote that is not closed, bytes that are not UTF-8.
Nothing is mended here.
"""

import io
from collections.abc import Iterator, Sequence
from typing import IO, Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from clearway.tables.dialect import NO_SEPARATOR, Dialect
from clearway.tables.encodings import Encoding
from clearway.tables.layout import Layout
from clearway.tables.sources import Source

_BLOCK = 8 << 20


def is_plain(encoding: Encoding, dialect: Dialect, layout: Layout) -> bool:
    """Whether a text is of the kind that can be tried."""
    return (
        encoding.name == "utf-8"
        and not (encoding.damaged or encoding.nul)
        and dialect.separator != NO_SEPARATOR
        and len(dialect.separator) == 1
        and dialect.quote == '"'
        and dialect.escape is None
        and not (dialect.blanks or dialect.hint)
        and layout.skip == (1 if layout.header else 0)
        and len(layout.columns) > 1
    )


def batches(
    source: Source,
    encoding: Encoding,
    dialect: Dialect,
    layout: Layout,
    wanted: Sequence[int],
) -> Iterator[Any]:
    """The columns wanted in batches; None, and nothing after it, if anything is odd."""
    names = [str(at) for at in range(len(layout.columns))]
    text = pa.dictionary(pa.int32(), pa.string())
    with source.open() as file:
        file.read(encoding.mark)
        if layout.skip and not _pass_header(file):
            yield None
            return
        watched = _Watched(file)
        try:
            reader = pyarrow.csv.open_csv(
                cast(IO[Any], watched),
                read_options=pyarrow.csv.ReadOptions(
                    use_threads=False, block_size=_BLOCK, column_names=names
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=dialect.separator, quote_char='"', double_quote=True
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, text), strings_can_be_null=False
                ),
            )
            for batch in reader:
                if watched.odd or _is_odd(batch):
                    yield None
                    return
                yield batch.select([names[at] for at in wanted])
        except (pa.ArrowException, OSError, ValueError):
            yield None
            return
        if watched.odd or watched.unclosed:
            yield None


def _pass_header(file: BinaryIO) -> bool:
    """Read past the first line; not if a cell of it goes on in the next."""
    line = file.readline(1 << 20)
    return line.endswith(b"\n") and line.count(b'"') % 2 == 0


def _is_odd(batch: Any) -> bool:
    """Whether a cell holds several lines, or a row nothing at all."""
    full = None
    for column in batch.columns:
        if pc.any(pc.match_substring_regex(column.dictionary, "[\n\r]")).as_py():
            return True
        if full is None or not full.all():
            blank = pc.index(column.dictionary, "").as_py()
            said = column.indices.to_numpy() != blank
            full = said if full is None else full | said
    return full is not None and not full.all()


class _Watched(io.RawIOBase):
    """Bytes on their way, looked at for what the quick reader would take otherwise."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._last, self.odd = file, b"\n", False
        self.unclosed = False

    def readable(self) -> bool:
        """Reading is all it does."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._file.read(size)
        # The end of the block before, for what lies across the border of the two.
        seen = self._last + block
        self.unclosed ^= bool(block.count(b'"') % 2)
        self.odd = self.odd or (
            b"\n\n" in seen
            or b"\n\r" in seen
            or b"\x1a" in block
            or seen.count(b"\r") != seen.count(b"\r\n") + seen.endswith(b"\r")
        )
        if block:
            self._last = block[-1:]
        elif self._last == b"\r":
            self.odd = True
        return block
