"""Numbers that stand for words, made the same way here and in compiled code.

FNV-1a over the letters (Fowler, Noll, Vo), then spread over all bits, so that the first
bits alone tell where in a table to look. Not for secrets: whoever wants to can make two
words with one number, and finds no more than he put in.
"""

BEGIN = 0xCBF29CE484222325
PRIME = 0x100000001B3
SPREAD = 0x9E3779B97F4A7C15
_ALL = (1 << 64) - 1


def letters_hash(text: str) -> int:
    """The 64-bit number of a word in ASCII letters."""
    value = BEGIN
    for letter in text.encode("ascii"):
        value = ((value ^ letter) * PRIME) & _ALL
    return mixed(value)


def mixed(value: int) -> int:
    """A 64-bit number spread over all its bits; no two come to the same."""
    value = ((value ^ (value >> 32)) * SPREAD) & _ALL
    return value ^ (value >> 29)
