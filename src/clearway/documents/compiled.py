"""The loops that compiled code runs over a text: its words, and what each may be.

Imported on use (see `clearway.index.kernels`). A text is UTF-8 bytes; a word in ASCII
has the number of its lower-case letters (`clearway.names.numbered`), any other word
that of its bytes, and is read in Python once.
"""

import numpy as np

from clearway.index.kernels import rows_of
from clearway.names.compiled import continued, edits_between, inner, kernel, mixed
from clearway.names.numbered import BEGIN, PRIME

CAPITAL, ALL_CAPITALS, OTHER, DIGIT, CASELESS = 1, 2, 4, 8, 16
"""What is seen of a word: its first letter, all letters, letters beyond ASCII, ..."""
BREAK = 9
"""A gap that no name reaches across: the end of a sentence or a paragraph."""
LEAST_LETTERS = 4
"""Letters from which a word may be misspelt."""
EXACT, MISSPELT = 0, 1
_SKIP = 255


def _kinds():
    table = np.zeros(256, np.uint8)
    for letters, kind in ((b"abcdefghijklmnopqrstuvwxyz", 1), (b"0123456789", 3)):
        for letter in letters:
            table[letter] = kind
    for letter in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        table[letter] = 2
    table[ord("'")] = table[ord("`")] = 5
    table[128:] = 4
    return table


_KIND = _kinds()
_CORP, _LTDA = np.frombuffer(b"corp", np.uint8), np.frombuffer(b"ltda", np.uint8)


@kernel
def shortened(ends, letters):
    """Every word with any one letter left out, and the number of the word.

    Words of four letters and more; the word itself is not among them.
    """
    total = 0
    for n in range(len(ends) - 1):
        size = ends[n + 1] - ends[n]
        if size >= LEAST_LETTERS:
            total += size + 1
    keys = np.empty(total, np.uint64)
    owners = np.empty(total, np.int32)
    filled = 0
    for n in range(len(ends) - 1):
        word = letters[ends[n] : ends[n + 1]]
        size = len(word)
        if size < LEAST_LETTERS:
            continue
        for gone in range(size + 1):
            keys[filled] = _without(word, size, gone)
            owners[filled] = n
            filled += 1
    return keys, owners


@inner
def _without(word, size, gone):
    """The number of a word with one letter left out; whole for one behind its end."""
    value = np.uint64(BEGIN)
    for k in range(size):
        if k != gone:
            value = (value ^ np.uint64(word[k])) * np.uint64(PRIME)
    return mixed(value)


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
        return 2, 4, 0 if b & 1 else 1
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
        kind = _KIND[letter]
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
            kind = _KIND[letter]
            size, case = 1, 0
            if kind == 4:
                size, kind, case = _mark(text, at, end)
            if kind == 0:
                if letter == 46 and run == 1 and at + 1 < end:
                    # Dotted letters are one word: S.R.O.
                    then = text[at + 2] if at + 2 < end else np.uint8(32)
                    behind = _KIND[text[at + 1]]
                    if (behind == 1 or behind == 2) and not _is_letter(_KIND[then]):
                        run = 0
                        at += 1
                        continue
                break
            if kind == _SKIP:
                at += size
                continue
            if kind == 5:
                behind = text[at + size] if at + size < end else np.uint8(32)
                then = text[at + size + 1] if at + size + 1 < end else np.uint8(32)
                if not _is_letter(_KIND[behind]):
                    break
                if (behind == 115 or behind == 83) and not _is_letter(_KIND[then]):
                    break  # the English genitive
                if letters == 1 and not capitals and _KIND[behind] == 2:
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
        if at < end and _KIND[text[at]] == 5:
            # Behind the apostrophe of a genitive its `s` is no word.
            behind = text[at + 1] if at + 1 < end else np.uint8(32)
            if behind == 115 or behind == 83:
                at += 2
        elif at + 3 < end and text[at] == 0xE2 and text[at + 2] == 0x99:
            behind = text[at + 3]
            then = text[at + 4] if at + 4 < end else np.uint8(32)
            if (behind == 115 or behind == 83) and not _is_letter(_KIND[then]):
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
        if before == 46 or before == 58 or before == 34 or before >= 128:
            return BREAK
        return gap + 1
    if letter == 44 or letter == 40 or letter == 41 or letter == 47 or letter == 58:
        return gap + 1
    if letter == 124 or letter == 9:
        return gap + 2
    if letter == 0xE3:  # the full stop of Chinese and Japanese
        third = text[at + 2] if at + 2 < end else np.uint8(0)
        return BREAK if third == 0x82 else gap + 1
    return gap


@kernel
def looked_up(
    text, starts, ends, plain, by_letters, by_deletion, letters, form_classes, work
):
    """The classes each of some new words may belong to, exactly or with one edit.

    Words by where they stand in the text; those not `plain` get none. Returns where
    the classes of each word end, the classes, how each was found, and the listed word
    that it is (-1 for none).
    """
    places, word = work
    letter_ends, written = letters
    class_ends, classes = form_classes
    count = len(starts)
    out_ends = np.zeros(count + 1, np.int64)
    owns = np.full(count, -1, np.int64)
    out = np.empty(4 * count + 64, np.int32)
    hows = np.empty(4 * count + 64, np.uint8)
    filled = 0
    for n in range(count):
        size = 0
        if plain[n]:
            for at in range(starts[n], ends[n]):
                kind = _KIND[text[at]]
                if (kind == 1 or kind == 2 or kind == 3) and size < len(word):
                    word[size] = text[at] + (32 if kind == 2 else 0)
                    size += 1
        begin = filled
        if size:
            number = letters_hash_of(word, size)
            first, last = rows_of(number, by_letters)
            if last > first:
                own = np.int64(by_letters[1][first])
                owns[n] = own
                out, hows, filled = _taken(
                    own, EXACT, class_ends, classes, out, hows, begin, filled
                )
            if size >= LEAST_LETTERS:
                for gone in range(size + 1):
                    key = _without(word, size, gone)
                    first, last = rows_of(key, by_deletion)
                    for k in range(first, last):
                        form = np.int64(by_deletion[1][k])
                        other = written[letter_ends[form] : letter_ends[form + 1]]
                        if form != owns[n] and (
                            edits_between(word[:size], other, 1, places) <= 1
                        ):
                            out, hows, filled = _taken(
                                form,
                                MISSPELT,
                                class_ends,
                                classes,
                                out,
                                hows,
                                begin,
                                filled,
                            )
                    # A word with a letter too much is, less that letter, the other.
                    if gone < size and size > LEAST_LETTERS:
                        first, last = rows_of(key, by_letters)
                        if last > first:
                            form = np.int64(by_letters[1][first])
                            out, hows, filled = _taken(
                                form,
                                MISSPELT,
                                class_ends,
                                classes,
                                out,
                                hows,
                                begin,
                                filled,
                            )
        out_ends[n + 1] = filled
    return out_ends, out[:filled].copy(), hows[:filled].copy(), owns


@inner
def letters_hash_of(word, size):
    """The number of a word's letters."""
    return mixed(continued(np.uint64(BEGIN), word, size))


@inner
def _taken(form, how, class_ends, classes, out, hows, begin, filled):
    """The classes of a form added to those of a word, each once, best first."""
    for k in range(class_ends[form], class_ends[form + 1]):
        number = classes[k]
        there = False
        for m in range(begin, filled):
            if out[m] == number:
                there = True
                break
        if there:
            continue
        if filled == len(out):
            grown, told = np.empty(2 * filled, np.int32), np.empty(2 * filled, np.uint8)
            grown[:filled] = out
            told[:filled] = hows
            out, hows = grown, told
        out[filled] = number
        hows[filled] = how
        filled += 1
    return out, hows, filled


@kernel
def joined(text, words, starts, ends, seen, gaps, states, cue, small, by_letters, out):
    """For each word, the listed word it is when written with one or two behind it."""
    count = len(starts)
    for n in range(count):
        out[n, 0] = out[n, 1] = -1
        if not cue[n] or seen[n] & (OTHER | DIGIT):
            continue
        value, size = states[n], ends[n] - starts[n]
        for more in range(2):
            m = n + 1 + more
            if m >= count or gaps[m] or seen[m] & OTHER:
                break
            if not cue[m] and not small[words[m]]:
                break
            for at in range(starts[m], ends[m]):
                kind = _KIND[text[at]]
                if kind == 2:
                    value = (value ^ np.uint64(text[at] + 32)) * np.uint64(PRIME)
                elif kind == 1 or kind == 3:
                    value = (value ^ np.uint64(text[at])) * np.uint64(PRIME)
            size += ends[m] - starts[m]
            if size < _LEAST_JOINED and not (more and size == 3):
                continue
            first, last = rows_of(mixed(value), by_letters)
            if last > first:
                out[n, more] = by_letters[1][first]


_LEAST_JOINED = 6


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
