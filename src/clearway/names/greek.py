"""Greek to Latin where two letters write one sound; the rest goes letter by letter."""

import re
import unicodedata

GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
_SOUNDS = (
    (re.compile("^μπ"), "b"),
    (re.compile("^ντ"), "d"),
    (re.compile("^γκ"), "g"),
    (re.compile("μπ$"), "b"),
    (re.compile("μπ"), "mb"),
    (re.compile("ντ"), "nt"),
    (re.compile("γ(?=[γκξχ])"), "n"),
    (re.compile("ου"), "ou"),
    (re.compile("([αε])υ(?=[αεηιουωβγδζλμνρj])"), r"\1v"),
    (re.compile("([αε])υ"), r"\1f"),
    (re.compile("η"), "i"),
    (re.compile("υ"), "y"),
    (re.compile("χ"), "ch"),
)


def greek(text: str) -> str:
    """Words in Greek letters as ELOT 743 reads them; accents are dropped."""
    return GREEK.sub(lambda match: _word(match[0]), text)


def _word(word: str) -> str:
    # A dialytika parts the letters that would be read as one sound.
    parted = (
        word.replace("ϊ", "ι").replace("ΐ", "ι").replace("ϋ", "y").replace("ΰ", "y")
    )
    plain = "".join(
        char
        for char in unicodedata.normalize("NFD", parted.lower())
        if not unicodedata.combining(char)
    )
    for pattern, latin in _SOUNDS:
        plain = pattern.sub(latin, plain)
    return plain
