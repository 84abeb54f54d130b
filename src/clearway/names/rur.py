"""SWIFT-RUR: Russian text in the letters of a payment message, and back again.

The code sends each Cyrillic letter as one Latin letter; those for which no capital is
left are sent in small letters, and text in apostrophes is Latin. The table is that of
the rules for rouble payments by SWIFT (SWIFT-RUR, Rosswift), re-keyed.
"""

import re

_CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_SENT = "ABVGDEoJZIiKLMNOPRSTUFHCcQqxYXeua"
_BACK = str.maketrans(_SENT, _CYRILLIC)
_WORD = re.compile(r"[A-Za-z]+")
_SMALL = frozenset("oicqxeua")


def decoded(text: str) -> str:
    """The Russian text that was sent: `'ALIQER BURHANOVIc'` is АЛИШЕР БУРХАНОВИЧ.

    Apostrophes are dropped and every Latin letter is read, since forgers and bad
    converters do not keep to the apostrophes.
    """
    return text.replace("'", "").translate(_BACK)


def likely(text: str) -> bool:
    """Whether the text looks sent by SWIFT-RUR.

    Small letters of the code stand among capitals (`BURHANOVIc`, `uRIi`), or the whole
    stands in apostrophes and holds a `Q`.
    """
    if not text.isascii():
        return False
    if text.startswith("'") and text.upper() == text and "Q" in text:
        return True
    for word in _WORD.findall(text):
        if word.isupper() or word.islower() or word.istitle():
            continue
        small = {char for char in word if char.islower()}
        if small <= _SMALL and sum(map(str.isupper, word)) >= 2:
            return True
    return False
