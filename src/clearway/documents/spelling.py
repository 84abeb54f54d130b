"""The loops that tell which listed words a word may be: as is, misspelt, joined.

Imported on use (see `clearway.index.kernels`). Words are bytes of a text; listed words
stand in tables by the numbers of their letters (`clearway.documents.lexicon`).
"""

# The compiler infers the types of compiled code, and checks them.

import numpy as np

from clearway.documents.tokens import DIGIT, KIND, OTHER
from clearway.index.kernels import rows_of
from clearway.names.compiled import continued, edits_between, inner, kernel, mixed
from clearway.names.numbered import BEGIN, PRIME

LEAST_LETTERS = 4
"""Letters from which a word may be misspelt."""
EXACT, MISSPELT = 0, 1
_LEAST_JOINED = 6
"""Letters of a listed word from which it is looked for written apart."""
SIEVE_BITS = 20


@kernel
def sieve_of(keys):
    """Bits by which most numbers that are none of `keys` are told at once."""
    sieve = np.zeros(1 << (SIEVE_BITS - 3), np.uint8)
    for key in keys:
        at = key >> np.uint64(64 - SIEVE_BITS)
        sieve[at >> np.uint64(3)] |= np.uint8(1 << (at & np.uint64(7)))
    return sieve


@inner
def _may_be(key, sieve):
    at = key >> np.uint64(64 - SIEVE_BITS)
    return (sieve[at >> np.uint64(3)] >> (at & np.uint64(7))) & 1


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
                kind = KIND[text[at]]
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
def joined(
    text, words, starts, ends, seen, gaps, states, cue, small, by_letters, sieve, out
):
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
                kind = KIND[text[at]]
                if kind == 2:
                    value = (value ^ np.uint64(text[at] + 32)) * np.uint64(PRIME)
                elif kind == 1 or kind == 3:
                    value = (value ^ np.uint64(text[at])) * np.uint64(PRIME)
            size += ends[m] - starts[m]
            if size < _LEAST_JOINED and not (more and size == 3):
                continue
            key = mixed(value)
            if not _may_be(key, sieve):
                continue
            first, last = rows_of(key, by_letters)
            if last > first:
                out[n, more] = by_letters[1][first]
