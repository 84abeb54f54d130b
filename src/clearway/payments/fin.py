"""SWIFT FIN messages cut into their blocks and fields, wherever each stands.

A message is `{1:...}{2:...}{3:...}{4:` fields `-}{5:...}`, and files hold many: one
after another, separated by `$` (RJE), with any line ends. Nothing is checked here but
the form, and whatever the form is, every character of the source lands in some field:
text that stands in no field is a field without a name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from clearway.model import Problem


class Field(NamedTuple):
    """One field: `50K`, its value as written, and where the value stands.

    Fields of other blocks are named by block and key: `1:`, `2:`, `3:121`, `5:CHK`.
    Text outside any field has the name ''.
    """

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `MT103`, `MT202COV`, or `MT` where block 2 does not say.

    `header` are the fields of blocks 1, 2, 3 and 5, `fields` those of block 4, `start`
    and `end` the part of the source it was read from.
    """

    kind: str
    header: tuple[Field, ...]
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    start: int
    end: int

    @property
    def keys(self) -> Mapping[str, str]:
        """The fields of the header by name; of a repeated name the first."""
        return {field.name: field.value for field in reversed(self.header)}


_HEAD = re.compile(r"\{([0-9A-Z]{1,3}):")
_BEGIN = re.compile(r"\{1:[A-Z]\d\d[A-Z]{4}")
_FLAT = re.compile(r"[^{}]*\}")
_NESTED = re.compile(r"(?:\s*\{[^{}]*\})+[^{}]*\}")
_PART = re.compile(r"\{([0-9A-Za-z]{1,8}):([^{}]*)\}")
_ENDED = re.compile(r"[\s\x01\x03$]{0,8}(?:\{[1235S]:|\Z)")
_FIELD = re.compile(r"[\r\n][ \t]{0,4}:([0-9A-Z]{2,3}):")
_FIRST = re.compile(r"[ \t]{0,4}:([0-9A-Z]{2,3}):")
_BETWEEN = re.compile(r"[\s$\x00\x01\x03\ufeff]+")
_NEXT = re.compile(r"\{[1-5S]:")
_TYPE = re.compile(r"[IO](\d{3})")
_ILLEGAL = re.compile(r"[^\t\n\r\x01\x03 -~]+")


def looks_like(text: str) -> bool:
    """Whether a text is a FIN message, whole or only its fields."""
    head = text[:4096]
    return bool(
        _BEGIN.search(head)
        or re.match(r"[\s$\x00\x01\x03\ufeff]*\{[1-5]:", head)
        or len(_FIELD.findall("\n" + head)) > 1
    )


def messages(text: str, name: str = "") -> Iterator[Message]:
    """Each message of a text, in order; of an empty text none.

    What is broken is a Problem of its message: a block without an end, a text block
    that is cut short or missing, characters that FIN does not have, text outside.
    """
    at = 0
    while at < len(text):
        if gap := _BETWEEN.match(text, at):
            at = gap.end()
            continue
        reader = _Reader(text, name, at)
        yield reader.message()
        at = reader.at


class _Reader:
    """Reads one message and stops where the next begins."""

    def __init__(self, text: str, name: str, at: int) -> None:
        self.text, self.name, self.start, self.at = text, name, at, at
        self.header: list[Field] = []
        self.fields: list[Field] = []
        self.problems: list[Problem] = []
        self.seen: set[str] = set()

    def message(self) -> Message:
        while self.at < len(self.text):
            if gap := _BETWEEN.match(self.text, self.at):
                # A `$` ends a message even where nothing of the next says so.
                if self.seen and "$" in gap.group():
                    break
                self.at = gap.end()
                continue
            head = _HEAD.match(self.text, self.at)
            if head and head[1] in self.seen and head[1] in "1234":
                break
            if head:
                self._block(head[1], head.end())
            else:
                self._outside()
        kind = self._kind()
        if "4" not in self.seen:
            self._problem(
                "no_text_block",
                "has no text block {4:...}, so nothing in it can be checked; ask the "
                "sender for the whole message",
                self.start,
            )
        self._illegal()
        return Message(
            kind,
            tuple(self.header),
            tuple(self.fields),
            tuple(self.problems),
            self.start,
            self.at,
        )

    def _block(self, block: str, inside: int) -> None:
        self.seen.add(block)
        text = self.text
        if block == "4" and (inside >= len(text) or text[inside] != "{"):
            self._text_block(inside)
            return
        if nested := _NESTED.match(text, inside):
            target = self.fields if block == "4" else self.header
            prefix = "" if block == "4" else f"{block}:"
            end = inside
            for part in _PART.finditer(text, inside, nested.end()):
                self._loose(end, part.start(), block)
                target.append(
                    Field(prefix + part[1], part[2], part.start(2), part.end(2))
                )
                end = part.end()
            self._loose(end, nested.end() - 1, block)
            self.at = nested.end()
            return
        if flat := _FLAT.match(text, inside):
            value = flat.group()[:-1]
            self.header.append(Field(f"{block}:", value, inside, flat.end() - 1))
            self.at = flat.end()
            return
        stop = _BEGIN.search(text, inside)
        end = stop.start() if stop else len(text)
        self._problem(
            "block_not_closed",
            f"block {block} has no end; what it holds was read as text",
            inside,
        )
        self.fields.append(Field("", text[inside:end], inside, end))
        self.at = end

    def _text_block(self, inside: int) -> None:
        """The fields up to `-}`, or as far as the message goes."""
        stop, self.at = self._end(inside)
        if stop == self.at:
            self._problem(
                "message_cut_short",
                "the text block has no end (-}); what is there was read, the rest is "
                "unknown: ask the sender for the whole message",
                inside,
            )
        self._cut(inside, stop)

    def _end(self, inside: int) -> tuple[int, int]:
        """Where the text block ends and where what follows begins.

        A `-}` ends it at the beginning of a line, or where another block or nothing
        follows; else the next message does, or the end of all.
        """
        text, at = self.text, inside
        following = _BEGIN.search(text, inside)
        limit = following.start() if following else len(text)
        while (at := text.find("-}", at, limit)) >= 0:
            start = at
            while start > inside and text[start - 1] in " \t" and at - start < 8:
                start -= 1
            at += 2
            if start == inside or text[start - 1] in "\r\n" or _ENDED.match(text, at):
                return start, at
        if text[inside:limit].rstrip().endswith("$"):
            return text.rindex("$", inside, limit), text.rindex("$", inside, limit)
        return limit, limit

    def _cut(self, start: int, stop: int) -> None:
        """The fields between two places; text before the first has no name."""
        name, begin, add = "", start, self._add
        if first := _FIRST.match(self.text, start, stop):
            name, begin = first[1], first.end()
        for mark in _FIELD.finditer(self.text, begin, stop):
            add(name, begin, mark.start())
            name, begin = mark[1], mark.end()
        add(name, begin, stop)
        if not self.fields:
            self._problem("no_fields", "the text block is empty", start)

    def _add(self, name: str, begin: int, end: int) -> None:
        value = self.text[begin:end]
        bare = value.rstrip("\r\n")
        if name or bare.strip():
            self.fields.append(Field(name, bare, begin, begin + len(bare)))

    def _outside(self) -> None:
        """Text where a block should be: fields without a message, or rubbish."""
        stop = _NEXT.search(self.text, self.at + 1)
        end = stop.start() if stop else len(self.text)
        start, self.at = self.at, end
        if _FIELD.search("\n" + self.text[start:end]) and "4" not in self.seen:
            self.seen.add("4")
            self._problem(
                "no_header",
                "fields without the blocks around them; their message type is unknown",
                start,
            )
            self._cut(start, end)
            return
        self._loose(start, end, "")

    def _loose(self, start: int, end: int, block: str) -> None:
        value = self.text[start:end]
        if value.strip():
            where = f"in block {block}" if block else "outside any block"
            self._problem(
                "text_outside_fields",
                f"text {where} belongs to no field; it was read as free text",
                start,
            )
            self.fields.append(Field("", value, start, end))

    def _kind(self) -> str:
        keys = {field.name: field.value for field in self.header}
        number = _TYPE.match(keys.get("2:", ""))
        if number is None:
            service = "1:" in keys and keys["1:"][1:3] != "01"
            if service and "2:" not in keys:
                return f"FIN{keys['1:'][1:3]}"
            self._problem(
                "unknown_message_type",
                "block 2 names no message type; fields were read by their tags alone",
                self.start,
            )
            return "MT"
        return f"MT{number[1]}" + ("COV" if keys.get("3:119") == "COV" else "")

    def _illegal(self) -> None:
        if found := _ILLEGAL.search(self.text, self.start, self.at):
            self._problem(
                "illegal_character",
                "has characters that SWIFT FIN does not allow; see where they come "
                "from before the payment goes on",
                found.start(),
                found.group(),
            )

    def _problem(self, code: str, message: str, at: int, text: str = "") -> None:
        shown = text or self.text[at : at + 80]
        self.problems.append(
            Problem(code, message, self.name, f"character {at}", shown)
        )
