"""Text in any script to `[a-z0-9 ]`: the form in which words are compared."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Apostrophes and modifier letters stand inside words (O'Neill, Dar'ya, Sanʿa) and are
# written or left out at will, so they vanish without splitting the word.
_INSIDE_WORDS = re.compile("['`´‘’‛′ʹ՚״׳＇·\u02b0-\u02ff\u0374\u0640]+")
_PUNCTUATED_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])*\.?(?![^\W_])")
_PUNCTUATED_ASCII = re.compile(r"(?<![a-z0-9])[a-z](?:\.[a-z])*\.?(?![a-z0-9])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_NOT_PLAIN = re.compile(r"[^a-z0-9 ]+")

# Letters whose reading here differs from the general table of anyascii.
_READINGS = {
    # Cyrillic. Romanised before marks are dropped, or й would become и and ї і.
    "й": "y",
    "ї": "yi",
    "є": "ye",
    "ў": "u",
    "ъ": "",
    "ь": "",
    "ё": "e",
    # Arabic: long vowels are read as vowels, as Latin spellings write them. A general
    # table drops alif and reads waw as a consonant: `mhmwd` for Mahmud.
    "ا": "a",
    "أ": "a",
    "آ": "a",
    "ٱ": "a",
    "إ": "i",
    "ى": "a",
    "ة": "a",
    "ء": "",
    "ؤ": "u",
    "ئ": "i",
    "ع": "",
    "و": "u",
    "ي": "i",
    "ی": "i",
    "ۀ": "e",
    "ھ": "h",
}
_ARABIC_WORD = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]+")
_ARTICLE = re.compile("^(?:ال)(?=.{3})")
# Begin with the letters of the article, but not with the article.
_NO_ARTICLE = re.compile("^ال(?:له|ياس|یاس|كس|کس|بر?ت|كسندر|ما[سن]|هام|فريد|فرد)")
# Vowel signs and other points of Arabic and Hebrew; Indic vowel signs must stay.
_POINTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def fold(text: str) -> str:
    """The text as lower-case Latin letters, digits and single spaces, nothing else.

    Marks are dropped, other scripts romanised letter by letter, apostrophes removed,
    dotted abbreviations closed up (`d.o.o.` is `doo`), all other signs become a space.
    `О́ОО «Ромашка»` is `ooo romashka`, `O'Neill-Müller` is `oneill muller`, `محمود` is
    `mhmud`. The Arabic article is set apart (`القاعدة`, `al qada`) as Latin spellings
    do. Han and kana are read sign by sign and joined; segmenting them is for the
    caller. May be empty.
    """
    if text.isascii():
        plain = _controls_out(text).lower() if not text.isprintable() else text.lower()
        plain = plain.replace("'", "").replace("`", "")
        if "." in plain:
            plain = _PUNCTUATED_ASCII.sub(_closed_up, plain)
        return _SEPARATORS.sub(" ", plain).strip()
    plain = unicodedata.normalize("NFC", text)
    if not plain.isprintable():
        plain = _controls_out(plain)
    plain = _INSIDE_WORDS.sub("", plain)
    plain = unicodedata.normalize("NFKC", plain).casefold()
    plain = _INSIDE_WORDS.sub("", unicodedata.normalize("NFC", plain))
    plain = _POINTS.sub("", plain)
    if "." in plain:
        plain = _PUNCTUATED_INITIALS.sub(_closed_up, plain)
    plain = _ARABIC_WORD.sub(_arabic, plain)
    plain = plain.translate(_ROMANISED)
    return _SEPARATORS.sub(" ", plain).strip()


def _controls_out(text: str) -> str:
    """White space stays a gap; other control and format characters leave none."""
    return "".join(
        " "
        if char.isspace()
        else ""
        if unicodedata.category(char) in ("Cf", "Cc")
        else char
        for char in text
    )


def _closed_up(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


def _arabic(match: re.Match[str]) -> str:
    """One word in Arabic letters; first letters read otherwise than inner ones."""
    word = match[0]
    if _ARTICLE.match(word) and not _NO_ARTICLE.match(word):
        return f"al {_arabic_letters(word[2:])}"
    return _arabic_letters(word)


def _arabic_letters(word: str) -> str:
    read = [_romanised(char) for char in word]
    if word[0] == "ع":
        read[0] = "a"
    for at, char in enumerate(word):
        # Waw and ya are consonants first in a word and beside alif: Wahid, Jawad.
        if char in "ويی" and (
            at == 0 or word[at - 1] in "اآ" or word[at + 1 : at + 2] in ("ا", "آ")
        ):
            read[at] = "w" if char == "و" else "y"
    return "".join(read)


class _Romanised(dict[int, str]):
    """Letters to their Latin reading, for `str.translate`; filled on use."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = latin = char if char.isascii() else _romanised(char)
        return latin


_ROMANISED = _Romanised()


@lru_cache(maxsize=65_536)
def _romanised(char: str) -> str:
    """One letter or digit in `[a-z0-9]`; a space for any other sign."""
    if char in _READINGS:
        return _READINGS[char]
    category = unicodedata.category(char)
    if category[0] not in "LNM":
        return " "
    decomposed = unicodedata.normalize("NFD", char)
    if len(decomposed) > 1 and _POINTS.fullmatch(decomposed[1:]):
        # A letter with marks, of a script where marks do not make another letter.
        first = decomposed[0]
        return first if first.isascii() else _romanised(first)
    return _NOT_PLAIN.sub("", anyascii(char).lower()).replace(" ", "")
