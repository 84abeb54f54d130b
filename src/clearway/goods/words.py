"""Words of a description, in a form in which they can be compared.

English and Russian words lose their endings of number and case; Chinese has no spaces,
so phrases in it are looked for as they stand.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# Endings of Russian nouns and adjectives behind a stem of three letters or more.
_RUSSIAN = re.compile(
    "(?<=[^\\W\\d_]{3})(?:ическ(?:ий|ого|ому|ими?|ая|ое|ой|их)|[ыи]ми|[ое]го|[ое]му|"
    "[ая]ми|и?ях|ах|[ое]в|[иыо]й|ей|[ая]я|[оеы]е|ие|[ыи]х|[ую]ю|[оеая]м|[иь][яюе]|ии|"
    "[аяоеуюыиьй])$"
)
_SHORTEST_STEM = 3


def plain(text: str) -> str:
    """Compatible forms made one, in small letters, `ё` as `е`."""
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")


def stems_of(text: str) -> list[str]:
    """The words of a text without their endings; runs of Chinese are left whole."""
    return [stem(word) for word in _WORD.findall(plain(text))]


def stem(word: str) -> str:
    """One word, in small letters, without the ending of number or case."""
    if word.isascii():
        return _english(word)
    if "а" <= word[0] <= "я":
        if word.endswith(("ок", "ек")) and len(word) > _SHORTEST_STEM + 1:
            return word[:-2] + "к"  # станок, станки: the vowel is fleeting
        return _RUSSIAN.sub("", word)
    return word


def _english(word: str) -> str:
    if len(word) <= _SHORTEST_STEM or word[-1].isdigit():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if word.endswith("center"):
        return word[:-6] + "centre"
    return word


def has_chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def closed_up(text: str) -> str:
    """A text without spaces and signs between its letters, for phrases in Chinese."""
    return "".join(_WORD.findall(plain(text)))
