"""The loop that compiled code runs over the bytes of a text: where its words stand.

Imported on use (see `clearway.index.kernels`). A text is UTF-8 bytes; a word in ASCII
has the number of its lower-case letters (`clearway.names.numbered`), any other word
that of its bytes.
"""

# The compiler infers the types of compiled code, and checks them.

import numpy as np

from clearway.names.compiled import inner, kernel, mixed
from clearway.names.numbered import BEGIN, PRIME

CAPITAL, ALL_CAPITALS, OTHER, DIGIT, CASELESS = 1, 2, 4, 8, 16
"""What is seen of a word: its first letter, all letters, letters beyond ASCII, ..."""
BREAK = 9
"""A gap that no name reaches across: the end of a sentence or a paragraph."""
_LONG_LINE = 32
"""Bytes of a line from which its end is as good as a space."""
_SKIP = 255
"""The kind of a sign that stands inside words and is none of their letters."""


def _kinds():
    """Of each byte: 0 sign, 1 small letter, 2 capital, 3 digit, 4 not ASCII, 5 '."""
    table = np.zeros(256, np.uint8)
    for letters, kind in ((b"abcdefghijklmnopqrstuvwxyz", 1), (b"0123456789", 3)):
        for letter in letters:
            table[letter] = kind
    for letter in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        table[letter] = 2
    table[ord("'")] = table[ord("`")] = 5
    table[128:] = 4
    return table


KIND = _kinds()
_CORP, _LTDA = np.frombuffer(b"corp", np.uint8), np.frombuffer(b"ltda", np.uint8)


@inner
def _mark(text, at, end):
    """What a letter beyond ASCII is: its length, and 0 sign, 4 letter, 5 apostrophe,
    255 a mark that stands inside words; whether it is a capital (1), small (0) or of
    a script without either (2).
    """
    a = text[at]
    b = text[at + 1] if at + 1 < end else np.uint8(0)
    if a < 0xC2:
        return 1, 4, 2
    if a == 0xC2:
        return 2, 4 if b == 0xAA or b == 0xB5 or b == 0xBA else 0, 0
    if a == 0xC3:
        return 2, 0 if b == 0x97 or b == 0xB7 else 4, 1 if b <= 0x9E else 0
    if a <= 0xC8:
        # Capitals are even, but for U+0139 to U+0148 and U+0179 to U+017E.
        odd = (a == 0xC4 and b >= 0xB9) or (a == 0xC5 and (b <= 0x88 or b >= 0xB9))
        return 2, 4, 1 if (b & 1 == 1) == odd else 0
    if a == 0xCA or a == 0xCB:
        return 2, (5 if b >= 0xB0 and a == 0xCA else 4), 0
    if a == 0xCE:
        return 2, 4, 1 if b <= 0xAB else 0
    if a == 0xD0:
        return 2, 4, 1 if b < 0xB0 else 0
    if a == 0xD8 and (b == 0x8C or b == 0x9B or b == 0x9F):
        return 2, 0, 2
    if a == 0xDB and b == 0x94:
        return 2, 0, 2
    if a < 0xD8:
        return 2, 4, 0
    if a < 0xE0:
        return 2, 4, 2
    c = text[at + 2] if at + 2 < end else np.uint8(0)
    if a == 0xE2:
        if b == 0x80 and (c == 0x98 or c == 0x99 or c == 0x9B):
            return 3, 5, 2
        if b == 0x80 and 0x8B <= c <= 0x8F:
            return 3, _SKIP, 2
        return 3, 0, 2
    if a == 0xE3 and b == 0x80:
        return 3, 4 if c == 0x85 or c == 0x86 or c == 0x87 else 0, 2
    if a == 0xEF and b == 0xBC:
        return 3, 4 if 0x90 <= c <= 0x99 or c >= 0xA1 else 0, 2
    if a == 0xEF and b == 0xBB and c == 0xBF:
        return 3, _SKIP, 2
    if a == 0xE0 and b == 0xA5 and (c == 0xA4 or c == 0xA5):
        return 3, 0, 2
    return (3, 4, 2) if a < 0xF0 else (4, 4, 2)


@inner
def _is_letter(kind):
    return kind == 1 or kind == 2 or kind == 4


@inner
def _letter_stands(text, at, end):
    """Whether a letter stands at a place."""
    if at >= end:
        return False
    kind = KIND[text[at]]
    if kind == 4:
        _, kind, _ = _mark(text, at, end)
    return _is_letter(kind)


@inner
def _behind_hyphen(text, at, end):
    """Where a word goes on that a hyphen divides at the end of a line, else 0."""
    if text[at] == 0xC2 and at + 1 < end and text[at + 1] == 0xAD:
        k = at + 2  # a soft hyphen, shown or not
    elif text[at] == 45:
        k = at + 1
        if k >= end or (text[k] != 10 and text[k] != 13):
            return 0
    else:
        return 0
    lines = 0
    while k < end and (text[k] == 10 or text[k] == 13 or text[k] == 32):
        lines += text[k] == 10
        k += 1
    if k >= end or lines > 1:
        return 0
    if KIND[text[k]] == 4:
        _, kind, case = _mark(text, k, end)
        return k if kind == 4 and case == 0 else 0
    return k if KIND[text[k]] == 1 else 0


@kernel
def tokens(text, start, end, keys, numbers, known, room):
    """The words of a piece of text, each with its number.

    `keys` and `numbers` are an open table of words seen, at least twice as large as
    the words it may come to hold; `known` how many it holds. Fills `room`: where words
    start and end, their numbers, what is seen of them, the gap before each, the state
    of its letters' number, and which of them were new. Returns how many words there
    are, and how many are known now; words new to the table are numbered in the order in
    which they come.
    """
    starts, ends, words, seen, gaps, states, firsts = room
    before = known
    mask = np.uint64(len(keys) - 1)
    count = 0
    gap = BREAK
    at = start
    last_letters = 0
    while at < end:
        letter = text[at]
        kind = KIND[letter]
        size, case = 1, 0
        if kind == 4:
            size, kind, case = _mark(text, at, end)
        if kind == 0 or kind == 5 or kind == _SKIP:
            gap = _wider(text, at, end, letter, gap, last_letters)
            at += size
            continue
        value = np.uint64(BEGIN)
        first, letters, capitals, flags = at, 0, 0, 0
        if kind == 2 or (kind == 4 and case == 1):
            flags |= CAPITAL
        if kind == 3:
            flags |= DIGIT
        if kind == 4 and case == 2:
            flags |= CASELESS
        stop, run = at, 0
        while at < end:
            letter = text[at]
            kind = KIND[letter]
            size, case = 1, 0
            if kind == 4:
                size, kind, case = _mark(text, at, end)
            if kind == 0:
                if letter == 46 and run == 1 and at + 1 < end:
                    # Dotted letters are one word: S.R.O.
                    then = text[at + 2] if at + 2 < end else np.uint8(32)
                    behind = KIND[text[at + 1]]
                    if (behind == 1 or behind == 2) and not _is_letter(KIND[then]):
                        run = 0
                        at += 1
                        continue
                behind = _behind_hyphen(text, at, end)
                if behind:
                    at = behind
                    continue
                break
            if kind == _SKIP:
                at += size
                continue
            if kind == 5:
                behind = text[at + size] if at + size < end else np.uint8(32)
                if not _is_letter(KIND[behind]):
                    break
                genitive = behind == 115 or behind == 83
                if genitive and not _letter_stands(text, at + size + 1, end):
                    break  # the English genitive
                if letters == 1 and not capitals and KIND[behind] == 2:
                    break  # the French article
                at += size
                continue
            if kind == 4:
                flags |= OTHER
                capitals += case == 1
                for k in range(size):
                    value = (value ^ np.uint64(text[at + k])) * np.uint64(PRIME)
            else:
                small = letter
                if kind == 2:
                    small = letter + np.uint8(32)
                    capitals += 1
                value = (value ^ np.uint64(small)) * np.uint64(PRIME)
            letters += 1
            run += 1
            at += size
            stop = at
        if letters > 1 and capitals == letters:
            flags |= ALL_CAPITALS
        number = mixed(value)
        slot = number & mask
        while numbers[slot] >= 0 and keys[slot] != number:
            slot = (slot + np.uint64(1)) & mask
        if numbers[slot] < 0:
            keys[slot] = number
            numbers[slot] = known
            firsts[known - before] = count
            known += 1
        starts[count] = first
        ends[count] = stop
        words[count] = numbers[slot]
        seen[count] = flags
        gaps[count] = gap
        states[count] = value
        count += 1
        gap = 0
        last_letters = letters
        if at < end and KIND[text[at]] == 5:
            # Behind the apostrophe of a genitive its `s` is no word.
            behind = text[at + 1] if at + 1 < end else np.uint8(32)
            if behind == 115 or behind == 83:
                at += 2
        elif at + 3 < end and text[at] == 0xE2 and text[at + 2] == 0x99:
            behind = text[at + 3]
            if (behind == 115 or behind == 83) and not _letter_stands(
                text, at + 4, end
            ):
                at += 4
    return count, known


@inner
def _abbreviated(text, at):
    """Whether the four letters before a full stop are `corp` or `ltda`."""
    if at < 4:
        return False
    corp = ltda = True
    for n in range(4):
        small = text[at - 4 + n] | 32
        corp = corp and small == _CORP[n]
        ltda = ltda and small == _LTDA[n]
    return corp or ltda


@inner
def _is_long(text, at):
    """Whether the line that ends here is one of running text, and no short entry."""
    for k in range(at - 1, max(-1, at - _LONG_LINE - 1), -1):
        if text[k] == 10:
            return False
    return at >= _LONG_LINE


@inner
def _wider(text, at, end, letter, gap, last_letters):
    """The gap between two words with one more sign in it."""
    if gap >= BREAK:
        return gap
    if letter == 33 or letter == 63 or letter == 59:  # ! ? ;
        return BREAK
    if letter == 46:  # a full stop: of a sentence, or of an abbreviation
        then = text[at + 1] if at + 1 < end else np.uint8(10)
        if (
            last_letters > 3
            and not _abbreviated(text, at)
            and (then <= 32 or then >= 128 or then == 34 or then == 39)
        ):
            return BREAK
        return gap
    if letter == 10:
        k = at + 1
        while k < end and (text[k] == 32 or text[k] == 9 or text[k] == 13):
            k += 1
        if k < end and text[k] == 10:
            return BREAK
        before = text[at - 1] if at > 0 else np.uint8(32)
        long = _is_long(text, at)
        if before == 46 and last_letters <= 3 and long:
            return gap  # of an abbreviation or an initial
        if before == 46 or before == 58 or before == 34 or before >= 128:
            return BREAK
        return gap + (0 if long else 1)
    if letter == 44 or letter == 40 or letter == 41 or letter == 47 or letter == 58:
        return gap + 1
    if letter == 124 or letter == 9:
        return gap + 2
    if letter == 0xE3:  # the full stop of Chinese and Japanese
        third = text[at + 2] if at + 2 < end else np.uint8(0)
        return BREAK if third == 0x82 else gap + 1
    return gap


@kernel
def rehashed(keys, values, table, numbers):
    """Numbers and what stands under each, put into a larger open table."""
    mask = np.uint64(len(table) - 1)
    for n in range(len(keys)):
        slot = keys[n] & mask
        while numbers[slot] >= 0:
            slot = (slot + np.uint64(1)) & mask
        table[slot] = keys[n]
        numbers[slot] = values[n]


@kernel
def counted(words, seen, slots, out):
    """How often words stand in small letters (row 0), and otherwise (row 1).

    Only those that have a slot, a column of `out`, are counted.
    """
    for n in range(len(words)):
        slot = slots[words[n]]
        if slot >= 0:
            capital = 1 if seen[n] & (CAPITAL | DIGIT | CASELESS) else 0
            out[capital, slot] += 1
