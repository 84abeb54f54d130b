"""JSON texts value by value: one a line, an array, or one after the other."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

LONGEST_VALUE = 64 << 20
_BLOCK = 1 << 20
_BLANKS = " \t\r\n\ufeff"


@dataclass(frozen=True, slots=True)
class Value:
    """One value and where it stands; `trouble` says why it could not be read.

    `text` is the offending text; `doubled` names keys that occur twice in an object.
    `fatal` is set where nothing after it can be read either.
    """

    number: int
    value: Any = None
    trouble: str = ""
    text: str = ""
    doubled: tuple[str, ...] = ()
    fatal: bool = False


class _Decoder:
    """A JSON decoder that notices keys which occur twice and knows no NaN."""

    def __init__(self) -> None:
        self.doubled: list[str] = []
        self.json = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            self.doubled += sorted({key for key in keys if keys.count(key) > 1})
        return found

    @staticmethod
    def _constant(word: str) -> str | None:
        return None if word == "NaN" else word

    def taken(self) -> tuple[str, ...]:
        """The keys that occurred twice since last asked."""
        doubled, self.doubled = tuple(self.doubled), []
        return doubled


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error)


def by_line(file: TextIO) -> Iterator[Value]:
    """The value on each line; a line that is not JSON is passed over, with trouble."""
    decoder = _Decoder()
    number = 0
    while line := file.readline(LONGEST_VALUE):
        number += 1
        bare = line.strip(_BLANKS + "\0\x1a")
        if len(line) >= LONGEST_VALUE and line[-1] != "\n":
            while (rest := file.readline(LONGEST_VALUE)) and rest[-1] != "\n":
                pass
            yield Value(number, trouble="the line is too long", text=bare[:300])
        elif bare:
            try:
                value = decoder.json.decode(bare)
            except (ValueError, RecursionError) as error:
                decoder.taken()
                yield Value(number, trouble=_reason(error), text=bare)
            else:
                yield Value(number, value, doubled=decoder.taken())


def in_stream(file: TextIO) -> Iterator[Value]:
    """The members of an array, or values that follow one another, as they come.

    Where it is not JSON or breaks off, the last value is fatal.
    """
    stream = _Stream(file)
    array = stream.next_mark() == "["
    if array:
        stream.at += 1
    number = 0
    while True:
        mark = stream.next_mark()
        if mark == "," and number and array:
            stream.at += 1
            mark = stream.next_mark()
        if not mark or (array and mark == "]"):
            break
        number += 1
        value = stream.value(number)
        yield value
        if value.fatal:
            return
        if array and stream.next_mark() not in (",", "]"):
            break
    if array and stream.next_mark() != "]":
        trouble = f"the array is not closed (line {stream.line})"
        yield Value(number + 1, trouble=trouble, text=stream.rest(), fatal=True)
    elif array:
        stream.at += 1
        if stream.next_mark():
            trouble = f"something follows the end of the array (line {stream.line})"
            yield Value(number + 1, trouble=trouble, text=stream.rest(), fatal=True)


class _Stream:
    """A text of which only as much is held as one value needs."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.text, self.at, self.passed = "", 0, 0
        self.decoder = _Decoder()

    @property
    def line(self) -> int:
        """The line the reading has come to."""
        return self.passed + self.text.count("\n", 0, self.at) + 1

    def rest(self) -> str:
        """Some of what is left."""
        return self.text[self.at : self.at + 300]

    def _more(self) -> bool:
        self.passed += self.text.count("\n", 0, self.at)
        kept = self.text[self.at :]
        block = self.file.read(max(_BLOCK, len(kept)))
        self.text, self.at = kept + block, 0
        return bool(block)

    def next_mark(self) -> str:
        """The next character that is not blank; '' at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _BLANKS:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                return ""

    def value(self, number: int) -> Value:
        """The next value."""
        while True:
            try:
                value, end = self.decoder.json.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                self.decoder.taken()
                hopeless = isinstance(error, RecursionError)
                hopeless = hopeless or len(self.text) - self.at > LONGEST_VALUE
                if hopeless or not self._more():
                    trouble = f"{_reason(error)}, from line {self.line} on"
                    return Value(number, None, trouble, self.rest(), fatal=True)
                continue
            doubled = self.decoder.taken()
            length = end - self.at
            if end == len(self.text) and self._more():
                continue  # a number may go on in the next block
            self.at += length
            return Value(number, value, doubled=doubled)
