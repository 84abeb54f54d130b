"""Han characters to spaced Latin words: organisations by word, people by surname."""

import re

from anyascii import anyascii

from clearway.names.script import HAN
from clearway.names.words import Scripts

_LONGEST_PERSON = 4
_SORTS_OF_PLACE = frozenset("市省区县區縣")
_BETWEEN_NAMES = frozenset("·•・‧．＝=")
"""What stands between the parts of a foreign name written in Han."""
_NOT_PINYIN = re.compile("[^a-z]")


def han(text: str, table: Scripts) -> str:
    """All that is written in Han, as Latin words set apart.

    华为技术有限公司 becomes "huawei technology llc": known words (places, trades,
    legal forms) are translated, what is left between them is read as one word.
    习近平 becomes "xi jinping": two to four characters that begin with a surname
    are read as surname and given name, unless the surname stands by itself (平 习)
    or a dot parts the words of a foreign name (贝拉克·奥巴马).
    """
    runs = HAN.findall(text)
    surnames = table.han_surnames
    whole = not _BETWEEN_NAMES.isdisjoint(text)
    whole = whole or any(run in surnames for run in runs)
    return HAN.sub(lambda match: f" {_run(match[0], table, whole)} ", text)


def _run(run: str, table: Scripts, whole: bool) -> str:
    if run in table.han_surnames:
        return _reading(run, table, surname=True)
    pieces = _segments(run, table)
    unknown = len(pieces) == 1 and not pieces[0][1]
    if unknown and not whole and 2 <= len(run) <= _LONGEST_PERSON:
        return _person(run, table)
    return " ".join(known or _reading(piece, table) for piece, known in pieces)


def _segments(run: str, table: Scripts) -> list[tuple[str, str]]:
    """Cut at the longest known words: (characters, translation or '')."""
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


def _person(run: str, table: Scripts) -> str:
    for length in (2, 1):
        surname, given = run[:length], run[length:]
        if given and surname in table.han_surnames:
            return f"{_reading(surname, table, surname=True)} {_reading(given, table)}"
    return _reading(run, table)


def _reading(chars: str, table: Scripts, *, surname: bool = False) -> str:
    """Pinyin without tones, joined; 曾 is Zeng and 单 Shan in a surname only."""
    known = table.han_readings.get(chars) if surname or len(chars) > 1 else None
    return known or pinyin(chars)


def pinyin(chars: str) -> str:
    """Characters in Pinyin without tones, joined, each in its commonest reading."""
    return _NOT_PINYIN.sub("", anyascii(chars).lower())
