"""Other readings of a text in which a name may be disguised.

The name as written is always the first reading. A trick that a machine trips over and a
reader does not (digits for letters, letters set apart, markup, code words of payment
messages) yields a further reading of the same text, with the reason. An ordinary name
has one reading, and finding that out costs a microsecond or two.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import product

from clearway.names import rur
from clearway.names.script import scripts_in
from clearway.names.tricks import untrick
from clearway.names.words import words

MOST = 6
"""Further readings of one text; a text with more tricks has the first of them."""
LONGEST = 4_000
"""Characters of a text that are read for tricks."""

MEANING = {
    "markup": "read without markup and character references",
    "message": "read without the tags of a payment message",
    "codes": "read without the code words of a payment message",
    "lines": "the lines read as one",
    "bidi": "read in the order in which it is shown",
    "digits": "digits and signs read as letters",
    "signs": "signs read as words",
    "letters": "letters set apart read as words",
    "punctuation": "read without the signs inside words",
    "initials": "the letters before the dots read as initials",
    "look_alike": "words in look-alike letters of another script read as Latin",
    "rur": "SWIFT-RUR letters read as Russian",
    "spaces": "read with the spaces of the listed name",
    "acronym": "the first letters of a listed name's words",
    "run_together": "words run together read apart",
    "form": "a misspelt legal form put right",
    "ending": "read without the legal form behind a person's name",
    "romanised": "a Chinese name read in Pinyin",
    "cut": "the end, cut off, read as in the listed name",
    "bank": "the bank's code at the head of its BIC, read as a name",
    "inside": "named inside a longer text",
    "reversed": "read backwards",
}
"""What was done to the text, as a reviewer reads it."""
TRUST = {
    "digits": 0.98,
    "letters": 0.99,
    "punctuation": 0.99,
    "initials": 0.98,
    "spaces": 0.98,
    "run_together": 0.97,
    "acronym": 0.82,
    "romanised": 0.97,
    "ending": 0.95,
    "cut": 0.95,
    "bank": 0.85,
    "inside": 0.97,
    "reversed": 0.90,
}
"""How far the score of a name counts where it was read so; others count in full."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to ask about, and how it came about (keys of `MEANING`, in order)."""

    text: str
    how: tuple[str, ...] = ()

    def __str__(self) -> str:
        """How it was read, in words; empty for the text as written."""
        return "; ".join(MEANING[step] for step in self.how)

    @property
    def coded(self) -> bool:
        """Whether code words of a payment message stood in the text."""
        return "codes" in self.how

    @property
    def trust(self) -> float:
        """How far a name counts that was read so, 0 to 1."""
        value = 1.0
        for step in self.how:
            value *= TRUST.get(step, 1.0)
        return value

    def then(self, text: str, step: str) -> "Reading":
        """This reading, read once more."""
        return Reading(text, self.how if step in self.how else (*self.how, step))


@lru_cache(maxsize=8_192)
def readings(text: str) -> tuple[Reading, ...]:
    """The text as written, then each further reading worth asking."""
    first = Reading(text)
    if _ORDINARY.fullmatch(text) or not is_odd(text):
        return (first,)
    found = {text: first}
    for reading in _further(Reading(text[:LONGEST])):
        found.setdefault(reading.text, reading)
        if len(found) > MOST:
            break
    return tuple(found.values())


def is_odd(text: str) -> bool:
    """Whether anything in a text suggests that it may be read otherwise."""
    return _ODD.search(text) is not None or _two_scripts(text)


# Words of one case, or with a capital first, of two letters at least, and single
# initials before them: nothing to undo.
_WORD = (
    r"(?:[A-Z]\.? |[A-Z]')?"
    r"(?:[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+(?:[A-Z][a-zß-öø-ÿ]+)?|[A-Z]{2,}|[\u4e00-\ud7af]+)"
)
_ORDINARY = re.compile(rf"{_WORD}(?:(?: |, |-){_WORD})*")
_LEET = "0-9@$!|€"
_SIGN = r"[^\w\s\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0e7f]"
"""A sign between letters; marks above, below and behind letters are part of them."""
_ODD = re.compile(
    r"<[A-Za-z/!?]|&#?\w+;|\\u[0-9A-Fa-f]{4}"  # markup
    r"|[\n\r]|/[A-Z0-9]{3,8}/|//|^:\d\d[A-Z]?:|^/\d"  # messages
    "|[\u202a-\u202e\u2066-\u2069]"
    rf"|\d%|[^\W\d_][{_LEET}]|[{_LEET}][^\W\d_]"
    rf"|(?<![^\W_])[^\W\d_](?:{_SIGN}|\s|_)[^\W\d_](?:{_SIGN}|\s|_)[^\W\d_](?![^\W_])"
    r"|[^\W\d_]{2}[./:;,*_+=~^#\"•·\\][^\W\d_]{2}"
    r"|(?<![^\W_])[^\W\d_]\.\s?[^\W\d_]\."
    r"|[A-Z]['a-z]*[A-Z][ioceuaxq]\b|\b[ioceuaxq][A-Z]{2}|^'|[A-Z][ioceuaxq][A-Z]"
)


_LATIN = re.compile("[A-Za-z]")
_FOREIGN = re.compile("[\u0370-\u052f\u0531-\u058f]+")


def _two_scripts(text: str) -> bool:
    """Whether Latin letters stand beside letters of scripts that look alike."""
    return (
        not text.isascii()
        and _LATIN.search(text) is not None
        and _FOREIGN.search(text) is not None
    )


def _further(reading: Reading) -> Iterator[Reading]:
    """Each trick undone after the other; what is found on the way is read, too."""
    cleared = list(_cleared(reading))
    yield from cleared
    best = cleared[-1] if cleared else reading
    if not best.text.isascii():
        changed = latin(best.text)
        if changed != best.text:
            best = best.then(changed, "look_alike")
            yield best
        # Dressed-up letters and mixed words are undone by every reading anyway.
        best = Reading(untrick(best.text)[0], best.how)
    for undone in _undone(best):
        yield undone
        # Letters set apart may be digits, too: one more step is enough in practice.
        yield from (again for again in _undone(undone) if len(again.how) < 4)


def _cleared(reading: Reading) -> Iterator[Reading]:
    """Without what is no part of a name: markup, tags of messages, odd order."""
    text = without_markup(reading.text)
    if text != reading.text:
        reading = reading.then(text, "markup")
        yield reading
    text = in_order(reading.text)
    if text != reading.text:
        reading = reading.then(text, "bidi")
        yield reading
    text = without_codes(reading.text)
    if text != reading.text:
        coded = _CODE.search(reading.text) or _SLASHES.search(text[1:])
        reading = reading.then(text, "codes" if coded else "message")
        yield reading
    if "\n" in (text := reading.text.strip()):
        yield reading.then(_LINE_END.sub("", text), "lines")
        yield reading.then(" ".join(text.split()), "lines")


def _undone(reading: Reading) -> Iterator[Reading]:
    text = reading.text
    if rur.likely(text):
        yield reading.then(rur.decoded(text), "rur")
    for changed in undigited(text):
        yield reading.then(changed, "digits")
    changed = _PERCENT.sub(r"\1 percent\2", text)
    if changed != text:
        yield reading.then(changed, "signs")
    changed = _APART.sub(_closed, text)
    if changed != text:
        yield reading.then(changed, "letters")
    changed = _INSIDE.sub("", text)
    if changed != text:
        yield reading.then(changed, "punctuation")
    changed = _DOTTED.sub(_initials, text)
    if changed != text:
        yield reading.then(changed, "initials")


_MARKUP = re.compile(
    r"(?P<nothing><!--.*?(?:-->|$)|<\?.*?(?:\?>|$)|<!\[CDATA\[|\]\]>)"
    r"|</?[A-Za-z_][^<>]*(?:>|$)|<![A-Z][^<>]*(?:>|$)",
    re.S,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_REFERENCES_DEEP = 3


def without_markup(text: str) -> str:
    """The text of a piece of XML or HTML.

    Comments, instructions and the marks of CDATA leave nothing behind, tags a space;
    character references are read, also where they were escaped twice.
    """
    if "<" in text:
        text = _MARKUP.sub(lambda m: "" if m["nothing"] is not None else " ", text)
    for _ in range(_REFERENCES_DEEP):
        if "&" not in text:
            break
        text = _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
    if "\\u" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.strip(" ")


def has_markup(text: str) -> bool:
    """Whether something stands inside the text that no name needs.

    A comment, an instruction, CDATA, or a letter or digit written by its number.
    """
    if "<!" in text or "<?" in text:
        return True
    return "&#" in text and any(
        html.unescape(match[0]).isalnum() for match in _REFERENCE.finditer(text)
    )


_OVERRIDE = re.compile("\u202e([^\u202c\n]*)(?:\u202c|(?=\n)|$)")
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def in_order(text: str) -> str:
    """The text in the order in which it is shown where an override turns it round."""
    if "\u202e" not in text:
        return text
    return _CONTROLS.sub("", _OVERRIDE.sub(lambda match: match[1][::-1], text))


_FIELD = re.compile(r"^\s*:\d\d[A-Z]?:", re.M)
_ACCOUNT_LINE = re.compile(r"^//?[A-Z]{0,2}[A-Z0-9.\-]*\d[A-Z0-9.\-]*(?:\n|$)", re.M)
_NUMBERED_LINE = re.compile(r"^[1-8]/(?=[^\d\s])", re.M)
_NUMBERED_NAME = re.compile(r"^1/", re.M)
_CODE = re.compile(r"/[A-Z][A-Z0-9]{2,7}/")
_SLASHES = re.compile(r"\s*//+\s*")
_LINE_END = re.compile(r"\s*\n\s*")


def without_codes(text: str) -> str:
    """Without tags, account lines, line numbers and code words of payment messages.

    Code words (`/ROC/`, `/INS/`) and `//` end what stands before them; sense of the
    codes: SWIFT Category 1 and 2 standards, fields 50F, 50K, 70 and 72.
    """
    if ":" not in text and "/" not in text:
        return text
    text = _FIELD.sub("", text)
    if "/" not in text:
        return text
    text = _ACCOUNT_LINE.sub("", text)
    if _NUMBERED_NAME.search(text):
        text = _NUMBERED_LINE.sub("", text)
    text = _SLASHES.sub(" ", _CODE.sub(" ", text))
    return text.strip(" /")


_PERCENT = re.compile(r"(\d)\s?%(\w*)")
_SPELLING = re.compile(r"[\w@$!|€]+")
_SIGNS = frozenset("@$!|€")
_TYPE = re.compile(r"[A-Z]{1,3}\d{2,}|\d+(?:ST|ND|RD|TH)", re.I)
_ONES = 3
"""Ones in a word for which I and L are both tried; words with more read all as one."""


def undigited(text: str) -> Iterator[str]:
    """The text with digits and signs inside words read as letters.

    Numbers, ordinals (`2ND`) and the names of types (`A320`, `TU154`) stay as they are.
    A one may be I or L: a word that is known is read so, others are read both ways.
    """
    seen = _SPELLING.findall(text)
    count = sum(map(_disguised, seen))
    if not count:
        return
    for one in "il" if any("1" in word or "|" in word for word in seen) else "i":
        yield _SPELLING.sub(partial(_read, one=one, bold=count > 1), text)


def _read(match: re.Match[str], one: str, *, bold: bool) -> str:
    """One word with its signs read as letters, in capitals if it stood in capitals.

    `bold` reads numbers, too, where they come to a known word: `41` beside other
    disguised words is AL.
    """
    word = match[0]
    letters = sum(char.isalpha() for char in word)
    number = not letters and _SIGNS.isdisjoint(word)
    if word.isalpha() or (number and not bold):
        return word
    if not all(char.isalpha() or char in words().leet for char in word):
        return word
    plain = word.translate(_key(one)).lower()
    ones = [n for n, char in enumerate(word) if char in "1|"]
    if 1 <= len(ones) <= _ONES:
        for choice in product("il", repeat=len(ones)):
            other = list(plain)
            for at, char in zip(ones, choice, strict=True):
                other[at] = char
            if _is_known(known := "".join(other)):
                plain = known
                break
    if (number or _TYPE.fullmatch(word)) and not _is_known(plain):
        return word
    return plain.upper() if word.upper() == word else plain


def _is_known(word: str) -> bool:
    return word in words().frequency or word in words().meanings


@cache
def _key(one: str) -> dict[int, str]:
    return str.maketrans({**words().leet, "1": one, "|": one, "!": "i"})


def _disguised(word: str) -> bool:
    """Whether signs stand for letters: between letters, or in few places of many."""
    if word.isalpha() or _TYPE.fullmatch(word):
        return False
    letters = sum(char.isalpha() for char in word)
    if not letters or not all(char.isalpha() or char in words().leet for char in word):
        return False
    if not _SIGNS.isdisjoint(word.strip("!|€")):
        return True
    between = any(
        a.isalpha() is not b.isalpha() and b.isalpha() is not c.isalpha()
        for a, b, c in zip(word, word[1:], word[2:], strict=False)
    )
    return letters >= 2 and (between or len(word) - letters <= letters)


def latin(text: str) -> str:
    """Words wholly in letters that look Latin, beside Latin words, as Latin words.

    `BANK СО` with two Cyrillic letters is BANK CO; `ООО Yandex` may be either.
    """
    if text.isascii() or "Latn" not in scripts_in(text):
        return text
    table = words().confusables

    def read(match: re.Match[str]) -> str:
        word = match[0]
        if not all(char in table for char in word):
            return word
        plain = "".join(table[char] for char in word)
        return plain.upper() if word.isupper() else plain

    return _FOREIGN.sub(read, text)


_APART = re.compile(
    rf"(?<![^\W_])[^\W\d_](?:(?:{_SIGN}|[ _])[^\W\d_](?![^\W_])){{2,}}(?![^\W_])"
)


def _closed(match: re.Match[str]) -> str:
    """Letters set apart by one sign each are a word; two signs end it."""
    return match[0][::2]


_INSIDE = re.compile(r"(?<=[^\W\d_]{2})[./:;,*_+=~^#\"•·\\](?=[^\W\d_]{2})")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.\s?){1,3}[^\W\d_]\.?(?![^\W_])")


def _initials(match: re.Match[str]) -> str:
    return " ".join(char for char in match[0] if char.isalpha())
