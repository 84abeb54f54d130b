"""Where paragraphs and sentences begin and end, for showing what stands around a hit.

Good enough to quote from, in any script: a full stop behind an abbreviation or an
initial ends nothing, one between digits neither.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

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
    cuts = []
    for match in _END.finditer(text, within.start, within.end):
        before = text[max(within.start, match.start() - 12) : match.start() + 1]
        if match[0][0] == "." and _ABBREVIATED.search(before):
            continue
        end = match.end()
        if match[0][0] == "." and text[end : end + 1].islower():
            continue
        cuts.append((match.start() + len(match[0].rstrip()), end))
    return _parts(text, cuts, within)


class Sentences:
    """Answers which sentence stands around a place of one text; finds them on use."""

    def __init__(self, text: str) -> None:
        """Find the paragraphs; sentences come when they are asked for."""
        self.text = text
        self.paragraphs = paragraphs(text)
        self._starts = [part.start for part in self.paragraphs]
        self._found: dict[int, tuple[tuple[Stretch, ...], list[int]]] = {}

    def paragraph_at(self, place: int) -> int:
        """The number of the paragraph around a place."""
        return max(0, bisect_right(self._starts, place) - 1)

    def at(self, start: int, end: int) -> Stretch:
        """The sentence around a hit, cut to a readable length."""
        if not self.paragraphs:
            return Stretch(start, end)
        number = self.paragraph_at(start)
        if number not in self._found:
            found = sentences(self.text, self.paragraphs[number])
            self._found[number] = found, [part.start for part in found]
        parts, starts = self._found[number]
        part = parts[max(0, bisect_right(starts, start) - 1)]
        if not part.start <= start < part.end:
            return Stretch(start, end)
        low = max(part.start, start - _LONGEST // 2)
        return Stretch(low, max(end, min(part.end, low + _LONGEST)))


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
