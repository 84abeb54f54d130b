"""Where paragraphs and sentences begin and end, for showing what stands around a hit.

Good enough to quote from, in any script: a full stop behind an abbreviation or an
initial ends nothing, one between digits neither.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n+")
_END = re.compile(
    r"(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？｡]+[」』”’）]*|[؟۔।॥]+(?=\s|$))\s*"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Pres|St|Jr|Sr|No|Nos|Art"
    r"|Inc|Ltd|Co|Corp|Bros|vs|cf|al|approx|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
    r"|ул|г|гг|им|стр|тыс|млн|млрд|bzw|ca|Nr|Abs)|(?<![^\W_])[^\W\d_])\.$"
)
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text: from this character up to that."""

    start: int
    end: int


def paragraphs(text: str) -> tuple[Stretch, ...]:
    """The paragraphs: parted by empty lines, or each a line where there are none."""
    breaks = _PARAGRAPH if _PARAGRAPH.search(text.strip()) else _LINE
    return _parts(text, [match.span() for match in breaks.finditer(text)])


def sentences(text: str, within: Stretch | None = None) -> tuple[Stretch, ...]:
    """The sentences of a text, or of a stretch of it."""
    within = within or Stretch(0, len(text))
    return _parts(text, list(_cuts(text, within)), within)


def _cuts(text: str, within: Stretch) -> Iterator[tuple[int, int]]:
    """Where sentences of a stretch end, and where what follows each begins."""
    for match in _END.finditer(text, within.start, within.end):
        start, end = match.span()
        if text[start] == ".":
            before = text[max(within.start, start - 12) : start + 1]
            if _ABBREVIATED.search(before) or text[end : end + 1].islower():
                continue
        yield start + len(match[0].rstrip()), end


class Sentences:
    """Answers which paragraph and which sentence stand around a place of one text.

    Only what stands near the place is looked at, however long a paragraph is.
    """

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is looked for before it is asked."""
        self.text = text
        self._found: dict[int, Stretch] = {}

    @cached_property
    def _breaks(self) -> tuple[list[int], list[int]]:
        """Where what parts the paragraphs begins and ends."""
        text = self.text
        breaks = _PARAGRAPH if _PARAGRAPH.search(text.strip()) else _LINE
        spans = [match.span() for match in breaks.finditer(text)]
        return [start for start, _ in spans], [end for _, end in spans]

    def paragraph(self, place: int) -> Stretch:
        """The paragraph around a place, without what is empty at its ends."""
        starts, ends = self._breaks
        number = bisect_right(ends, place)
        low = ends[number - 1] if number else 0
        high = starts[number] if number < len(starts) else len(self.text)
        parts = _parts(self.text, [], Stretch(low, max(low, high)))
        return parts[0] if parts else Stretch(place, place)

    def at(self, start: int, end: int) -> Stretch:
        """The sentence around a hit, cut to a readable length."""
        part = self.paragraph(start)
        if not part.start <= start < part.end:
            return Stretch(start, end)
        if start not in self._found:
            self._found[start] = self._around(part, start)
        found = self._found[start]
        return Stretch(found.start, max(end, found.end))

    def _around(self, part: Stretch, place: int) -> Stretch:
        """The sentence of a paragraph around a place."""
        low = max(part.start, place - _LONGEST // 2)
        high = max(place + 1, min(part.end, low + _LONGEST))
        for end, following in _cuts(self.text, Stretch(low, high)):
            if end > place:
                return Stretch(low, end)
            if following > place:
                return Stretch(place, place)
            low = following
        return Stretch(low, high)


def _parts(
    text: str, cuts: list[tuple[int, int]], within: Stretch | None = None
) -> tuple[Stretch, ...]:
    start, last = (within.start, within.end) if within else (0, len(text))
    out = []
    for end, following in [*cuts, (last, last)]:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            out.append(Stretch(start, end))
        start = following
    return tuple(out)
