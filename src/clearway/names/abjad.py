"""Arabic and Hebrew letters to Latin words: known words as lists write them.

Both scripts leave out short vowels. A word of the table (a name, a trade, a legal form)
is read as the lists spell it; any other becomes its consonants, which the skeleton of
its Latin spelling has too.
"""

import re
from collections.abc import Mapping

ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff]+")
HEBREW = re.compile("[\u05d0-\u05ea]+(?:['\u2019\u05f3\"\u05f4][\u05d0-\u05ea]*)*")

# Signs that may be written or left out: vowel points, the lengthening stroke.
_UNWRITTEN = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c]")
_SAME_LETTER = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىيېۍ", "ی"),
        "ئ": "ی",
        "ك": "ک",
        "ۀ": "ه",
        "ة": "ه",
        **dict.fromkeys("ھہۂە", "ه"),
        "ؤ": "و",
        "ء": "",
    }
)
_PERSIAN = re.compile("[پچژگکی]")

_ARABIC_ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفڤقکگلمنوهیٹڈڑںےټډړڼښږځڅڭۇۆۈۋېڕڵ"
_ARABIC_SPELT = (
    " b p t th j ch h kh d dh r z zh s sh s d t z  gh f v q k g l m n w h y"
    " t d r n y t d r n sh zh z ts ng u o u v e r l"
)
_ARABIC_LETTERS = dict(zip(_ARABIC_ALPHABET, _ARABIC_SPELT.split(" "), strict=True))
_PERSIAN_LETTERS = _ARABIC_LETTERS | {"ذ": "z", "ض": "z", "ث": "s"}
_HEBREW_ALPHABET = "אבגדהוזחטיכךלמםנןסעפףצץקרשת"
_HEBREW_SPELT = " b g d h w z h t y k k l m m n n s  p f tz tz k r sh t"
_HEBREW_LETTERS = dict(zip(_HEBREW_ALPHABET, _HEBREW_SPELT.split(" "), strict=True))
_HEBREW_MARKED = {"ג": "j", "צ": "ch", "ץ": "ch", "ז": "zh", "ת": "th", "ד": "dh"}

_ALLAH, _DIN, _SERVANT, _FATHER = "الله", "الدین", "عبد", "ابو"
_PERSIAN_ENDINGS = ("زاده", "نژاد", "پور", "وند", "نیا", "فر", "راد")
"""Words of Persian surnames that are written as one with the name before them."""
# The article, alone or behind "and", "for", "with": Latin spellings leave those out.
_ARTICLE = re.compile("^(?:[وفبک]?ال|لل)(?=.{3})")
# Begin with the letters of the article, but not with the article.
_NO_ARTICLE = re.compile(
    "^(?:ال(?:له|یاس|یاسین|کس|بر?ت|کسندر|ما[سن]|هام|فرید|فرد|هی)|بالی|وال[یه]|وال$)"
)

Readings = Mapping[str, str]
"""Words of a script, with the signs that may be left out taken out, and their Latin."""


def has_abjad(text: str) -> bool:
    """Whether a text has a word in a script that leaves out short vowels."""
    return ARABIC.search(text) is not None or HEBREW.search(text) is not None


def bare(word: str) -> str:
    """A word in Arabic letters without what may be left out or written otherwise."""
    return _UNWRITTEN.sub("", word).translate(_SAME_LETTER)


def arabic(text: str, readings: Readings) -> str:
    """All that is written in Arabic letters, as Latin words."""
    if not ARABIC.search(text):
        return text
    text = _UNWRITTEN.sub("", text)
    persian = _PERSIAN.search(text) is not None
    out: list[str] = []
    end, before = 0, ""
    for match in ARABIC.finditer(text):
        out.append(text[end : match.start()])
        word = match[0].translate(_SAME_LETTER)
        latin = _arabic_word(word, readings, persian)
        # Hidayat Allah and Nur al-Din are one word in Latin as often as not.
        if latin in ("allah", "uddin") and before and out[-1].isspace():
            if before == _SERVANT:
                pass
            elif known := readings.get(before + word):
                out[-2:] = [known]
                latin = ""
            else:
                out[-1] = ""
        out.append(latin)
        before, end = word, match.end()
        if end < len(text) and text[end].isalpha():
            out.append(" ")
    return "".join([*out, text[end:]])


def _arabic_word(word: str, readings: Readings, persian: bool) -> str:
    if known := readings.get(word):
        return known
    if word == _ALLAH:
        return "allah"
    if word == _DIN:
        return "uddin"
    for ending, latin in ((_ALLAH, "allah"), (_DIN, "uddin")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            return _arabic_word(stem, readings, persian).replace(" ", "") + latin
    if word.startswith(_FATHER) and len(word) > 5:
        return f"abu {_arabic_word(word[3:], readings, persian)}"
    for ending in _PERSIAN_ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) < len(word) and (known := readings.get(stem)):
            return known + readings.get(ending, "")
    if word.startswith(_SERVANT + "ال") and len(word) > 6:
        return f"abd al {_arabic_word(word[5:], readings, persian)}"
    if (article := _ARTICLE.match(word)) and not _NO_ARTICLE.match(word):
        rest = _arabic_word(word[article.end() :], readings, persian)
        return f"al {rest}"
    return _arabic_letters(word, persian)


def _arabic_letters(word: str, persian: bool) -> str:
    """The consonants; a vowel first in the word shows as `a`."""
    table = _PERSIAN_LETTERS if persian else _ARABIC_LETTERS
    read = [table.get(char, "") for char in word]
    if word and word[0] in "اع":
        read[0] = "a"
    if persian:
        for at, char in enumerate(word):
            if char == "و" and (at == 0 or word[at + 1 : at + 2] in ("ا", "ی")):
                read[at] = "v"
    return _parted(read) or "a"


_TAKEN_FOR_ONE = frozenset(
    {"ts", "tz", "dz", "dj", "sz", "ph"} | {c + "h" for c in "zstkdgc"}
)


def _parted(read: list[str]) -> str:
    """The letters with a `w` where two would be taken for one: ز ح is not `zh`."""
    out = ""
    for latin in read:
        if out[-1:] + latin[:1] in _TAKEN_FOR_ONE:
            out += "w"
        out += latin
    return out


def hebrew(text: str, readings: Readings) -> str:
    """All that is written in Hebrew letters, as Latin words."""
    return HEBREW.sub(lambda match: _hebrew_word(match[0], readings), text)


def _hebrew_word(word: str, readings: Readings) -> str:
    plain = re.sub("[^\u05d0-\u05ea]", "", word)
    if known := readings.get(plain):
        return known
    read: list[str] = []
    for at, char in enumerate(word):
        if char in _HEBREW_LETTERS:
            marked = word[at + 1 : at + 2] in ("'", "\u2019", "\u05f3")
            latin = _HEBREW_LETTERS[char]
            read.append(_HEBREW_MARKED.get(char, latin) if marked else latin)
    if plain[0] in "אע":
        read[0] = "a"
    if plain[0] == "ו":
        read[0] = "v"
    if len(plain) > 1 and plain[-1] == "ב":
        read[-1] = "v"
    return _parted(read).replace("ww", "v")
