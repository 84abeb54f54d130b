"""In which encoding a text is written, and how sure one can be.

A byte order mark or valid UTF-8 settles it. Otherwise the lines with other than ASCII
bytes are decoded in each encoding that tables come in, and the reading whose letters
are the most likely wins: `Иванов` in KOI8-R is a word in one of them and `йЧБОПЧ` in
the next. charset-normalizer is asked where none of them fits.
"""

import codecs
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import BinaryIO, TextIO

from charset_normalizer import from_bytes

from clearway.model import Problem
from clearway.tables import alphabets
from clearway.tables.sources import Source

_BLOCK = 1 << 20
_SAMPLE_BYTES = 128 << 10
_SURE = 9.0
"""Natural logarithm of the odds from which a guess is not called doubtful."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"))
_ALPHABETIC = {
    "windows-1251": alphabets.CYRILLIC,
    "koi8-r": alphabets.CYRILLIC,
    "cp866": alphabets.CYRILLIC,
    "windows-1252": alphabets.WESTERN,
    "windows-1250": alphabets.CENTRAL,
    "windows-1254": alphabets.TURKISH,
    "windows-1257": alphabets.BALTIC,
    "windows-1258": alphabets.VIETNAMESE,
    "windows-1253": alphabets.GREEK,
    "windows-1255": alphabets.HEBREW,
    "windows-1256": alphabets.ARABIC,
    "cp874": alphabets.THAI,
    "mac_roman": alphabets.WESTERN,
    "cp850": alphabets.WESTERN,
}
_RARE = {"mac_roman": 3.0, "cp850": 3.0, "windows-1257": 1.0, "windows-1258": 1.0}
_SYLLABIC = {
    "gb18030": alphabets.HAN_SIMPLIFIED,
    "big5hkscs": alphabets.HAN_TRADITIONAL,
    "cp932": alphabets.JAPANESE,
    "cp949": alphabets.KOREAN,
}
_BETWEEN = {"windows-1252", "windows-1250", "windows-1254", "windows-1257"}
_BETWEEN |= {"windows-1258", "mac_roman", "cp850"}
"""Encodings of Latin scripts, whose other letters stand between ASCII ones."""

_OTHER = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a text and what was seen on the way.

    `name` as Python knows it; `mark` the length of its byte order mark; `how` says
    "stated", "certain", "guessed" or "doubtful"; `damaged` whether bytes occur that
    it cannot have or that stand for lost characters; `nul` whether NUL bytes occur.
    """

    name: str
    mark: int = 0
    how: str = "certain"
    damaged: bool = False
    nul: bool = False

    def __str__(self) -> str:
        """The name, with how it was found unless there is no doubt about it."""
        name = self.name.upper() if self.name.startswith("utf") else self.name
        return f"{name} ({self.how})" if self.how in ("guessed", "doubtful") else name

    def problems(self, file: str) -> tuple[Problem, ...]:
        """What a person should know about the encoding of a file."""
        if self.how != "doubtful":
            return ()
        message = (
            f"the encoding is not certain; the text was read as {self.name}: if names "
            "look wrong, state the encoding or save the file as UTF-8"
        )
        return (Problem("encoding_doubtful", message, file, text=self.name),)


def opened(source: Source, encoding: Encoding) -> TextIO:
    """The source as text; what cannot be decoded is U+FFFD, line ends are kept."""
    file = source.open()
    file.read(encoding.mark)
    if _switches(encoding.name):
        with file:
            text = file.read().decode(encoding.name, "replace")
        return io.StringIO(text, newline="")
    return io.TextIOWrapper(file, encoding=encoding.name, errors="replace", newline="")


def encoding_of(source: Source, stated: str | None = None) -> Encoding:
    """The encoding of a source; reads all of it once.

    Raises LookupError if the stated encoding does not exist.
    """
    if stated is not None:
        return _stated(source, codecs.lookup(stated).name)
    head = source.head()
    for mark, name, length in _MARKS:
        if head.startswith(mark):
            damaged, nul = _survey(source, name, length)
            return Encoding(name, length, "certain", damaged, nul)
    if wide := _unmarked_utf16(head):
        damaged, nul = _survey(source, wide, 0)
        return Encoding(wide, 0, "guessed", damaged, nul)
    for escape, name in _ESCAPES:
        if escape in head:
            return Encoding(name, 0, "guessed", *_survey(source, name, 0))
    damaged, nul, sample = _utf8(source)
    if not damaged or not sample:
        return Encoding("utf-8", nul=nul)
    if _mostly_utf8(sample):
        return Encoding("utf-8", damaged=True, nul=nul)
    name, odds = guess(sample)
    return Encoding(name, 0, "guessed" if odds >= _SURE else "doubtful", True, nul)


def _stated(source: Source, name: str) -> Encoding:
    head = source.head(4)
    name = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, name)
    length = 0
    for mark, marked, size in _MARKS:
        if head.startswith(mark) and codecs.lookup(marked).name[:5] == name[:5]:
            name, length = marked, size
            break
    name = "utf-8" if name == "utf-8-sig" else name
    return Encoding(name, length, "stated", *_survey(source, name, length))


def _survey(source: Source, name: str, skip: int) -> tuple[bool, bool]:
    """Whether the text is damaged, and whether it holds NUL characters."""
    decoder = codecs.getincrementaldecoder(name)("replace")
    damaged = nul = False
    with source.open() as file:
        file.read(skip)
        if _switches(name):
            text = file.read().decode(name, "replace")
            return "\ufffd" in text, "\0" in text
        while block := file.read(_BLOCK):
            text = decoder.decode(block)
            damaged = damaged or "\ufffd" in text
            nul = nul or "\0" in text
    return damaged or "\ufffd" in decoder.decode(b"", final=True), nul


def _switches(name: str) -> bool:
    """Whether escapes switch the alphabet of an encoding (the ISO 2022 family, HZ).

    Python's decoders of these raise on a torn escape when they are fed in blocks, even
    if told to replace; of the whole text they do as told.
    """
    return codecs.lookup(name).name.startswith(("iso2022", "hz"))


def _utf8(source: Source) -> tuple[bool, bool, bytes]:
    """Damaged as UTF-8?, NULs?, and lines that are not plain ASCII.

    The lines are those from the block on where it ceases to be UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    damaged = nul = first = False
    sample: list[bytes] = []
    with source.open() as file:
        for number, block in enumerate(_blocks(file)):
            nul = nul or b"\0" in block
            if block.isascii() and not decoder.getstate()[0]:
                continue
            if not damaged:
                try:
                    text = decoder.decode(block)
                    first = first or "\ufffd" in text
                except UnicodeDecodeError:
                    damaged = True
                    sample.clear()
            if sum(map(len, sample)) < _SAMPLE_BYTES:
                sample.append(_beyond_ascii(block, whole=number == 0))
    if not damaged:
        # Half a character at the very end, or characters lost before it came to us.
        damaged = bool(decoder.getstate()[0]) or first
    return damaged, nul, b"\n".join(sample)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _beyond_ascii(block: bytes, *, whole: bool) -> bytes:
    """The lines of a block that are not plain ASCII; cut ones only if all are."""
    lines = re.split(rb"[\r\n]+", block)
    if not whole and len(lines) > 2:
        del lines[0]
    if len(block) >= _BLOCK and len(lines) > 1:
        del lines[-1]
    kept, size = [], 0
    for line in lines:
        if not line.isascii():
            kept.append(line[:_SAMPLE_BYTES])
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(kept)


def _mostly_utf8(sample: bytes) -> bool:
    """Whether this is UTF-8 with a few bytes broken, not another encoding."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(len(run[0]) for run in _OTHER.finditer(text)) - bad
    return good >= 4 * bad


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 without its mark: every ASCII letter has a NUL for a neighbour."""
    head = head[: len(head) // 2 * 2]
    if b"\0" not in head:
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        plain = sum(map(text.count, "\n\r,;\t| "))
        odd = sum(c == "\ufffd" or c == "\0" or not c.isprintable() for c in text)
        odd -= sum(map(text.count, "\n\r\t"))
        if plain and odd <= len(text) // 50:
            return name
    return ""


def guess(sample: bytes) -> tuple[str, float]:
    """The likeliest encoding of some text, and the logarithm of its odds.

    The odds are those against the next best encoding that reads it otherwise.
    """
    readings: dict[str, tuple[float, str]] = {}
    whole = len(sample) < _SAMPLE_BYTES  # else its last character may be cut in half
    for name in (*_ALPHABETIC, *_SYLLABIC):
        try:
            reading = codecs.getincrementaldecoder(name)().decode(sample, final=whole)
        except UnicodeDecodeError:
            continue
        score = _likelihood(name, reading)
        if reading not in readings or score > readings[reading][0]:
            readings[reading] = score, name
    ranked = sorted(readings.values(), reverse=True)
    others = sum(byte > 127 for byte in sample)
    if ranked and ranked[0][0] > -8.0 * others:
        score, name = ranked[0]
        return name, score - ranked[1][0] if len(ranked) > 1 else math.inf
    best = from_bytes(sample).best()
    if best is not None:
        return best.encoding, 0.0
    return (ranked[0][1] if ranked else "windows-1252"), 0.0


def _likelihood(name: str, text: str) -> float:
    """The logarithm of how likely the characters beyond ASCII are in this encoding."""
    table = _table(name)
    total = -_RARE.get(name, 0.0)
    for run in _OTHER.finditer(text):
        word = run[0]
        total += sum(
            table.get(char) or table.get(char.lower()) or _unlisted(name, char)
            for char in word
        )
        before, after = (
            text[run.start() - 1 : run.start()],
            text[run.end() : run.end() + 1],
        )
        if name in _BETWEEN:
            total -= 3.0 * (len(word) - 1)
            total -= 4.0 * _case_breaks(before + word + after)
        else:
            # In other scripts a letter does not stand beside a Latin one.
            total -= 4.0 * (before.isalpha() + after.isalpha())
            total -= 5.0 * _case_breaks(word)
        total -= 1.0 * (not word.islower())
    return total


def _case_breaks(word: str) -> int:
    """How often a capital follows a small letter."""
    return sum(a.islower() and b.isupper() for a, b in pairwise(word))


@cache
def _table(name: str) -> dict[str, float]:
    """Logarithms of the probability of each listed character."""
    listed = dict.fromkeys(_ALPHABETIC.get(name) or _SYLLABIC[name])
    if name in _SYLLABIC:
        share = math.log(0.6 / len(listed))
        return dict.fromkeys(listed, share)
    weights = {char: 1 / (rank + 3) for rank, char in enumerate(listed)}
    whole = sum(weights.values())
    return {char: math.log(weight / whole) for char, weight in weights.items()}


def _unlisted(name: str, char: str) -> float:
    if name in _SYLLABIC and char.isalpha():
        common = "gb2312" if name == "gb18030" else name
        lead = _lead(char, common)
        level_one = {"gb2312": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6)}.get(common)
        level_one = level_one or {"cp932": (0x82, 0x97)}.get(common, (0xB0, 0xC8))
        return -8.5 if level_one[0] <= lead <= level_one[1] else -15.0
    if char.isalpha():
        return -9.0
    return -11.0 if char.isprintable() else -15.0


def _lead(char: str, codec: str) -> int:
    try:
        return char.encode(codec)[0]
    except UnicodeEncodeError:
        return 0
