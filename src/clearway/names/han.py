"""Han characters to spaced Latin words: organisations by word, people by surname."""

import re

from anyascii import anyascii

from clearway.names.script import HAN, HANGUL
from clearway.names.words import words

_LONGEST_PERSON = 4
_SORTS_OF_PLACE = frozenset("市省区县區縣")


def spaced(text: str) -> str:
    """The text with Han read as Latin words and Hangul syllables set apart.

    华为技术有限公司 becomes "huawei technology co ltd": known words (places, trades,
    legal forms) are translated, what is left between them is read as one word.
    习近平 becomes "xi jinping": two to four characters that begin with a surname
    are read as surname and given name.
    """
    text = HAN.sub(lambda match: f" {_han(match[0])} ", text)
    return HANGUL.sub(lambda match: f" {_hangul(match[0])} ", text)


def _han(run: str) -> str:
    pieces = _segments(run)
    if len(pieces) == 1 and not pieces[0][1] and 2 <= len(run) <= _LONGEST_PERSON:
        return _person(run)
    return " ".join(known or _reading(piece) for piece, known in pieces)


def _segments(run: str) -> list[tuple[str, str]]:
    """Cut at the longest known words: (characters, translation or '')."""
    table = words()
    out: list[tuple[str, str]] = []
    unknown = ""
    at = 0
    while at < len(run):
        if run[at] in _SORTS_OF_PLACE and out and not unknown:
            # 深圳市: "city" adds nothing to the place before it.
            at += 1
            continue
        for length in range(min(table.han_longest, len(run) - at), 1, -1):
            entry = table.han.get(run[at : at + length])
            if entry:
                if unknown:
                    out.append((unknown, ""))
                    unknown = ""
                out.append((run[at : at + length], entry[1]))
                at += length
                break
        else:
            unknown += run[at]
            at += 1
    if unknown:
        out.append((unknown, ""))
    return out


def _person(run: str) -> str:
    surnames = words().han_surnames
    for length in (2, 1):
        if run[:length] in surnames and len(run) > length:
            return f"{_reading(run[:length])} {_reading(run[length:])}"
    return _reading(run)


def _reading(chars: str) -> str:
    """Pinyin without tones, joined; special surname readings come first."""
    readings = words().han_readings
    if whole := readings.get(chars):
        return whole
    first = readings.get(chars[0], "") if len(chars) == 1 else ""
    return first or re.sub(r"[^a-z]", "", anyascii(chars).lower())


def _hangul(run: str) -> str:
    """Syllable by syllable: list names set them apart or join them with a hyphen."""
    return " ".join(anyascii(char).lower() for char in run)
