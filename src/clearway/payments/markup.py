"""XML cut into its texts: each with its path and its place in the source, none lost.

Two readers look at every document. lxml, hardened, says whether it is XML at all; a
scanner of tags finds each text with its place, in damaged documents too. Where the two
do not read the same text the document is held. A document type declaration is refused,
so no entity is defined, expanded or fetched.

`<Nm>BANK<!-- x --> MELLI</Nm>` is `BANK MELLI`: a comment or an instruction inside a
text is skipped, the text goes on behind it, and the document is held for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from clearway.model import Problem

DEEPEST = 200
"""Elements within elements; libxml2 itself stops at 256."""


class Text(NamedTuple):
    """A text of a document.

    `path` are the local names from the root (an attribute's begins with `@`), `nodes`
    the numbers of these elements, so that two of one name can be told apart; `start`
    and `end` are the places of the raw text in the source.
    """

    path: tuple[str, ...]
    nodes: tuple[int, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its texts, the message it defines, and where it stands.

    `message` is as in `pacs.008.001.08`, from the namespace or the header.
    """

    message: str
    texts: tuple[Text, ...]
    problems: tuple[Problem, ...]
    start: int
    end: int


_TAG = re.compile(
    r"<(/?)([^\s<>/!?\"'=]+)([^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*)>"
)
_BARE = re.compile(r"<([^\s<>/!?\"'=]+)>(?:([^<&]*)</\1>)?")
"""An element without attributes: all of it if it is nothing but text, or its tag."""
_ATTRIBUTE = re.compile(r"([^\s=\"'/<>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(
    r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_SPECIAL = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_DECLARATION = re.compile(r"<\?xml\s")
_MESSAGE = re.compile(r"([a-z]{4}\.\d{3}\.\d{3}\.\d{2})")
_SILENT = re.compile(r"xmlns(?::.*)?|(?:xsi|xml):.*")
_ENDS_MORE = re.compile(r"[ \t\r\n]{0,99}</")
_BETWEEN = re.compile(r"[\s\ufeff\x00$]+")


def looks_like(text: str) -> bool:
    """Whether a text begins as a document of XML does."""
    return text.lstrip("\ufeff\x00 \t\r\n")[:1] == "<"


def documents(text: str, name: str = "") -> Iterator[Document]:
    """Each document of a text, one behind the other."""
    at = 0
    while at < len(text):
        if gap := _BETWEEN.match(text, at):
            at = gap.end()
            continue
        scanner = _Scanner(text, name, at)
        document = scanner.document()
        at = document.end
        yield document


def unescaped(text: str) -> str:
    """Text with its character references read; references to entities stay as is."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    number = int(match[1]) if match[1] else int(match[2], 16)
    if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000:
        return match.group()
    return chr(number)


class _Open:
    """An element that has begun: where its text begins, its pieces, and its path."""

    __slots__ = (
        "began",
        "children",
        "filled",
        "finish",
        "full",
        "nodes",
        "path",
        "pieces",
        "split",
    )

    def __init__(
        self, full: str, began: int, path: tuple[str, ...], nodes: tuple[int, ...]
    ) -> None:
        self.full, self.began, self.path, self.nodes = full, began, path, nodes
        self.finish = f"</{full}>"
        self.pieces: list[str] = []
        self.split = self.children = self.filled = False


class _Scanner:
    """Reads one document, tag by tag, and stops behind its root."""

    def __init__(self, text: str, name: str, at: int) -> None:
        self.text, self.name, self.start, self.at = text, name, at, at
        self.open: list[_Open] = []
        self.texts: list[Text] = []
        self.whole: list[str] = []
        self.problems: dict[str, Problem] = {}
        self.nodes = 0
        self.message = self.named = ""
        self.endless: set[str] = set()

    def document(self) -> Document:
        self._scan()
        for element in reversed(self.open):
            self._note(element, self.at)
        if self.open:
            self._problem(
                "message_cut_short",
                "ends before its elements do; what is there was read, the rest is "
                "unknown: ask the sender for the whole message",
                self.at,
            )
        self._check()
        return Document(
            self.message or self.named,
            tuple(self.texts),
            tuple(self.problems.values()),
            self.start,
            self.at,
        )

    def _scan(self) -> None:
        """Walk over the tags until the root ends or the source does."""
        source, stack, begun = self.text, self.open, False
        while (tag := source.find("<", self.at)) >= 0:
            if tag > self.at:
                self._run(self.at, tag)
            self.at = tag
            if begun and stack:
                if source.startswith(stack[-1].finish, tag):
                    element = stack.pop()
                    self.at = tag + len(element.finish)
                    self._note(element, tag)
                    if not stack and not _ENDS_MORE.match(source, self.at):
                        return
                    continue
                # Most texts by far stand alone in an element without attributes.
                if bare := _BARE.match(source, tag):
                    if bare[2] is None or not self._whole(bare):
                        self.at = tag + len(bare[1]) + 2
                        self._enter(bare[1], tag, self.at)
                    continue
            match = _TAG.match(source, tag)
            if match is None:
                if begun and _DECLARATION.match(source, tag):
                    return
                self._special(tag)
                continue
            self.at = match.end()
            if match[1]:
                self._close(match[2], tag)
            else:
                begun = True
                self._begin(match)
            if begun and not stack and not _ENDS_MORE.match(source, self.at):
                return
        self._run(self.at, len(source))
        self.at = len(source)

    def _whole(self, match: re.Match[str]) -> bool:
        """Take an element that is nothing but its text, and whether that was done."""
        if not self.open or len(self.open) >= DEEPEST:
            return False
        above, text = self.open[-1], match[2]
        above.children = True
        if text:
            self.whole.append(text)
            if not text.isspace():
                path = (*above.path, match[1].rpartition(":")[2])
                nodes = (*above.nodes, self.nodes)
                self._text(Text(path, nodes, text, *match.span(2)))
        self.nodes += 1
        self.at = match.end()
        return True

    def _begin(self, match: re.Match[str]) -> None:
        inside = match[3]
        self._enter(match[2], match.start(), match.end())
        if inside and inside != "/":
            self._attributes(match)
        if inside.endswith("/"):
            self.open.pop()

    def _enter(self, full: str, start: int, end: int) -> None:
        """Go into an element whose tag stands from `start` to `end`."""
        path: tuple[str, ...] = (full.rpartition(":")[2],)
        nodes: tuple[int, ...] = (self.nodes,)
        if self.open:
            above = self.open[-1]
            above.children = True
            if len(self.open) < DEEPEST:
                path, nodes = above.path + path, above.nodes + nodes
            else:
                path, nodes = above.path[:-1] + path, above.nodes[:-1] + nodes
        element = _Open(full, end, path, nodes)
        self.nodes += 1
        if len(self.open) >= DEEPEST:
            self._problem(
                "nested_too_deep",
                f"has more than {DEEPEST} elements within each other; deeper ones were "
                "read as if they stood side by side",
                start,
            )
            self._note(self.open.pop(), start)
        self.open.append(element)

    def _attributes(self, match: re.Match[str]) -> None:
        for found in _ATTRIBUTE.finditer(match[3]):
            key, value = found[1], found[2][1:-1]
            if _SILENT.fullmatch(key):
                if key.startswith("xmlns") and not self.message:
                    message = _MESSAGE.search(value)
                    if message and not message[1].startswith("head."):
                        self.message = message[1]
                continue
            if value.strip():
                start = match.start(3) + found.start(2) + 1
                above = self.open[-1]
                local = "@" + key.rpartition(":")[2]
                self.texts.append(
                    Text(
                        (*above.path, local),
                        above.nodes,
                        unescaped(value),
                        start,
                        start + len(value),
                    )
                )

    def _close(self, full: str, at: int) -> None:
        stack = self.open
        if stack and stack[-1].full == full:
            self._note(stack.pop(), at)
            return
        # Not well formed: lxml says so. Go back to the element that is meant, if any.
        if any(element.full == full for element in stack):
            while stack[-1].full != full:
                self._note(stack.pop(), at)
            self._note(stack.pop(), at)

    def _note(self, element: _Open, end: int) -> None:
        """The text of an element that ends, if it has any."""
        if not element.filled:
            return
        text = "".join(element.pieces)
        if element.split:
            self._problem(
                "text_split",
                "a comment or an instruction stands inside a text, which other readers "
                "may cut there; the whole text was read",
                element.began,
                self.text[element.began : end],
            )
        if element.children:
            self._problem(
                "mixed_text",
                f"text stands beside elements in {element.path[-1]}, where none is due",
                element.began,
                text.strip(),
            )
        self._text(Text(element.path, element.nodes, text, element.began, end))

    def _text(self, text: Text) -> None:
        if text.path[-1] == "MsgDefIdr" and not self.named:
            self.named = text.text.strip()[:40]
        self.texts.append(text)

    def _run(self, start: int, end: int) -> None:
        """Text between two tags."""
        text = self.text[start:end]
        if text.isspace():
            if self.open:
                self.open[-1].pieces.append(text)
            return
        if "&" in text:
            text = unescaped(text)
        self.whole.append(text)
        if self.open:
            self.open[-1].pieces.append(text)
            self.open[-1].filled = True
        elif text.strip(" \t\r\n\ufeff\x00"):
            self._problem(
                "text_outside_elements", "text stands outside every element", start
            )
            self.texts.append(Text(("",), (-1,), text, start, end))

    def _special(self, tag: int) -> None:
        """A comment, an instruction, characters as they are, a declaration, rubbish."""
        source = self.text
        for begin, finish in _SPECIAL:
            if source.startswith(begin, tag):
                end = -1
                if finish not in self.endless:
                    end = source.find(finish, tag + len(begin))
                if end < 0:
                    self.endless.add(finish)
                    break
                self.at = end + len(finish)
                self._within(begin, tag, end)
                return
        if source.startswith("<!DOCTYPE", tag):
            self._doctype(tag)
            return
        # A `<` that begins nothing: text, until the next one.
        end = source.find("<", tag + 1)
        self.at = end if end >= 0 else len(source)
        self._run(tag, self.at)

    def _within(self, begin: str, tag: int, end: int) -> None:
        if not self.open:
            return
        element = self.open[-1]
        if begin == "<![CDATA[":
            piece = self.text[tag + len(begin) : end]
            self.whole.append(piece)
            element.pieces.append(piece)
            element.filled |= bool(piece.strip())
        elif not element.split:
            element.split = element.filled or self._text_follows()

    def _text_follows(self) -> bool:
        """Whether more than space stands between here and the next tag."""
        end = self.text.find("<", self.at)
        return bool(self.text[self.at : end if end >= 0 else len(self.text)].strip())

    def _doctype(self, tag: int) -> None:
        source = self.text
        end = source.find(">", tag)
        bracket = source.find("[", tag, end if end >= 0 else len(source))
        if bracket >= 0:
            end = source.find("]>", bracket)
            end = end + 1 if end >= 0 else source.find("]", bracket)
        end = end + 1 if end >= 0 else len(source)
        self._problem(
            "doctype_refused",
            "has a document type declaration, which no payment message uses and which "
            "can hide or fetch content; nothing of it was followed",
            tag,
        )
        self.texts.append(Text(("!DOCTYPE",), (-1,), source[tag:end], tag, end))
        self.at = end

    def _check(self) -> None:
        """Let lxml read the same document, and hold it if the two differ."""
        if "doctype_refused" in self.problems:
            return
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        part = self.text[self.start : self.at]
        try:
            root = etree.fromstring(part.encode("utf-8", "replace"), parser)
            theirs = etree.tostring(root, method="text", encoding="unicode")
        except (etree.XMLSyntaxError, ValueError, etree.SerialisationError) as error:
            said = " ".join(str(error).split())[:120]
            self._problem(
                "not_well_formed",
                f"is not well-formed XML ({said}); its texts were read as far as they "
                "can be told: ask the sender for it again",
                self.start,
            )
            return
        if "".join(theirs.split()) != "".join("".join(self.whole).split()):
            self._problem(
                "read_in_two_ways",
                "two readers of XML do not agree about its text; look at the source",
                self.start,
            )

    def _problem(self, code: str, message: str, at: int, text: str = "") -> None:
        shown = text or self.text[at : at + 80]
        self.problems.setdefault(
            code, Problem(code, message, self.name, f"character {at}", shown)
        )
