"""Names cut into pieces, each piece known by a number, by compiled code.

A piece is what stands between blanks and hyphens, without the commas, full stops and
brackets around it, as written: `Ltd` and `LTD` are two. What a piece means is found out
once (`clearway.names.pieces`); the names of a table are made of few pieces. Imported on
use, like `clearway.names.compiled`.
"""

import numpy as np

from clearway.names.compiled import inner, kernel, letters_hash
from clearway.names.pieces import Sort
from clearway.names.told import Tells

PIECE = np.dtype([("hash", "u8"), ("start", "u4"), ("end", "u4")], align=True)
"""A piece: the number of its bytes, and where they stand among those of all pieces."""
BLANK, HYPHEN = 1, 2
"""Of a piece: only blanks stand before it, or a hyphen."""
ODD, FOREIGN = 1, 2
"""Of a name: it is not to be cut; it is not in ASCII."""
LONGEST = 140
"""Characters of a name beyond which it is not cut."""
LOUD, SINGLE, DOTTED = int(Sort.LOUD), int(Sort.SINGLE), int(Sort.DOTTED)
CYRILLIC, LATIN, DIGITS = int(Sort.CYRILLIC), int(Sort.LATIN), int(Sort.DIGITS)
CAPITALS, LABEL = int(Sort.CAPITALS), int(Sort.LABEL)
MUCH, CONTEXT, BESIDE = int(Tells.MUCH), int(Tells.CONTEXT), int(Tells.BESIDE)
BEGIN, PIECE_OF = int(Tells.BEGIN), int(Tells.PIECE)
NOBODY, LITTLE = int(Tells.NOBODY), int(Tells.LITTLE)
_SPACE, _HYPHEN, _END = ord(" "), ord("-"), ord("\n")
_COMMA, _STOP, _QUOTE = ord(","), ord("."), ord('"')
_OPEN, _CLOSE = ord("("), ord(")")
_LATIN, _CYRILLIC = (0xC3, 0xC5), (0xD0, 0xD1)
"""First bytes of the letters that may be cut: À to ſ, and Ѐ to ѿ."""


@inner
def _may_be_cut(byte):
    """Whether a byte is of printable ASCII, or of a letter that may be cut."""
    if byte < 128:
        return 32 <= byte < 127
    return (
        byte < 0xC0
        or _LATIN[0] <= byte <= _LATIN[1]
        or _CYRILLIC[0] <= byte <= _CYRILLIC[1]
    )


@inner
def _place(text, first, last, value, slots, pieces, pool):
    """The slot of a piece: where it is, or where it belongs."""
    mask = np.uint64(len(slots) - 1)
    at = value & mask
    while slots[at]:
        piece = pieces[slots[at] - 1]
        if piece.hash == value and piece.end - piece.start == last - first:
            same = True
            for n in range(last - first):
                same = same and pool[piece.start + n] == text[first + n]
            if same:
                return at
        at = (at + np.uint64(1)) & mask
    return at


@inner
def _bare(text, first, last):
    """A piece without the signs around it."""
    while first < last and text[first] in (_OPEN, _QUOTE):
        first += 1
    while first < last and text[last - 1] in (_COMMA, _STOP, _CLOSE, _QUOTE):
        last -= 1
    return first, last


@kernel
def split(text, count, slots, pieces, pool, filled, pooled):
    """The pieces of names that stand in a row, each with a line end behind it.

    Returns where the pieces of each name end, the pieces by number, what stands before
    each, what is odd about each name, its length in characters, and how many pieces are
    known then, new ones (from `filled` on) included. There must be room for those.
    """
    ends = np.zeros(count + 1, np.int64)
    numbers = np.empty(len(text), np.int64)
    before = np.empty(len(text), np.uint8)
    odd = np.zeros(count, np.uint8)
    sizes = np.zeros(count, np.int64)
    found = at = 0
    for name in range(count):
        first = at
        size = 0
        good = True
        while text[at] != _END:
            good = good and _may_be_cut(text[at])
            size += not 128 <= text[at] < 0xC0
            at += 1
        sizes[name] = size
        good = good and size <= LONGEST
        odd[name] = FOREIGN if size < at - first else 0
        start = first
        join = BLANK
        begun = found
        while good and start <= at:
            end = start
            while end < at and text[end] != _SPACE and text[end] != _HYPHEN:
                end += 1
            if end == start and first < start < at:
                # One more blank or hyphen, within the name.
                join = HYPHEN if text[end] == _HYPHEN else join
                start = end + 1
                continue
            a, b = _bare(text, start, end)
            if a == b:
                good = False
                break
            value = letters_hash(text[a:b], b - a)
            slot = _place(text, a, b, value, slots, pieces, pool)
            if not slots[slot]:
                piece = pieces[filled]
                piece.hash, piece.start, piece.end = value, pooled, pooled + b - a
                for n in range(b - a):
                    pool[pooled + n] = text[a + n]
                pooled += b - a
                filled += 1
                slots[slot] = filled
            numbers[found] = slots[slot] - 1
            before[found] = join
            found += 1
            join = HYPHEN if end < at and text[end] == _HYPHEN else BLANK
            start = end + 1
        if not good:
            odd[name] |= ODD
            found = begun
        ends[name + 1] = found
        at += 1
    return ends, numbers[:found].copy(), before[:found].copy(), odd, sizes, filled


@kernel
def hashes(letters, ends):
    """The numbers of words that stand in a row (`clearway.names.numbered`)."""
    out = np.empty(len(ends) - 1, np.uint64)
    for n in range(len(out)):
        word = letters[ends[n] : ends[n + 1]]
        out[n] = letters_hash(word, len(word))
    return out


@kernel
def placed_anew(pieces, filled, slots):
    """Fill empty slots with the pieces there are."""
    mask = np.uint64(len(slots) - 1)
    for n in range(filled):
        at = pieces[n].hash & mask
        while slots[at]:
            at = (at + np.uint64(1)) & mask
        slots[at] = n + 1


READ, GO_ON, DONE = 0, 1, 2
"""Of a name: to be read whole; its words are known, but not what they mean together;
its words are known by number."""
NO_WORD, HANGS = -1, -2
"""In place of the number of a piece that is no word, and of a word or a phrase that may
mean something else."""


@kernel
def compose(ends, pieces, before, odd, known, meaning, phrases):
    """The words of names by number, for names that are no more than their pieces.

    Of the pieces, `known` holds their sorts (`names.pieces.Sort`), what they may tell
    of (`names.told.Tells`), the numbers of their letters and, of dotted ones, their
    letters as pieces (-1 for none); `meaning` the numbers of their words, and which are
    numerals. Names that are no more than their pieces are so by the rule of
    `names.pieces.composed`.

    Returns what is known of each name; and of each reading of those whose words are
    known, one after the other: the name, where its words end, and the numbers of the
    letters of all its pieces added up; and all words.
    """
    sorts, tells, hashes, apart_as = known
    count = len(ends) - 1
    status = np.zeros(count, np.uint8)
    names = np.empty(2 * count, np.int64)
    out_ends = np.zeros(2 * count + 1, np.int64)
    bags = np.zeros(2 * count, np.uint64)
    out = np.empty(2 * len(pieces) + 2 * count, np.int64)
    own = np.empty(2 * LONGEST, np.int64)
    rows = 0
    for name in range(count):
        first, last = ends[name], ends[name + 1]
        if odd[name] & ODD or not _is_composed(pieces, before, sorts, first, last):
            continue
        begun = rows
        status[name] = DONE
        for apart in range(2):
            size, dotted = _own(pieces[first:last], meaning[0], apart_as, apart, own)
            if apart and not dotted:
                break
            filled = -1
            if not _may_be_told(own[:size], tells, sorts):
                filled = _meant(own[:size], meaning, phrases, out, out_ends[rows])
            if filled < 0:
                status[name] = GO_ON
                rows = begun
                break
            if apart and dotted == 3:
                break  # three letters set apart are one word all the same
            names[rows] = name
            bags[rows] = 0
            for n in range(size):
                bags[rows] += hashes[own[n]]
            rows += 1
            out_ends[rows] = filled
    return (
        status,
        names[:rows].copy(),
        out_ends[: rows + 1].copy(),
        bags[:rows].copy(),
        out[: out_ends[rows]].copy(),
    )


@inner
def _own(pieces, words, apart_as, apart, own):
    """The pieces that are words; `apart` puts the letters of a dotted one in its place.

    Returns how many there are, and how many letters the dotted one has.
    """
    size = dotted = 0
    for n in range(len(pieces)):
        piece = pieces[n]
        letters = apart_as[piece]
        if letters[0] >= 0:
            dotted = 3 if letters[2] >= 0 else 2
            if apart:
                for k in range(dotted):
                    own[size] = letters[k]
                    size += 1
                continue
        if words[piece] != NO_WORD:
            own[size] = piece
            size += 1
    return size, dotted


@inner
def _meant(own, meaning, phrases, out, filled):
    """The words that pieces are together, put behind others: how many there are then.

    -1 if they may mean something else.
    """
    words, numerals = meaning
    at = 0
    while at < len(own):
        piece = own[at]
        if at and numerals[piece] and numerals[own[at - 1]]:
            return -1
        word, length = words[piece], 1
        phrase = _phrase_at(own[at:], phrases)
        if word != HANGS and phrase >= 0:
            word = phrases[3][phrase]
            length += phrases[1][phrase + 1] - phrases[1][phrase]
        if word == HANGS:
            return -1
        out[filled] = word
        filled += 1
        at += length
    return filled


@inner
def _may_be_told(own, tells, sorts):
    """Whether words may tell of something else (`clearway.names.told`)."""
    whole = 0
    little = True
    number = False
    for n in range(len(own)):
        here = tells[own[n]]
        digits = sorts[own[n]] & DIGITS != 0
        whole |= here
        number = number or digits
        little = little and (digits or here & LITTLE != 0)
        if n and here & PIECE_OF and tells[own[n - 1]] & BEGIN:
            return True
    if whole & MUCH or (whole & NOBODY and little):
        return True
    return whole & CONTEXT != 0 and (number or whole & BESIDE != 0)


@inner
def _phrase_at(pieces, phrases):
    """The first of the phrases that begin with a piece which stands here, -1 for none.

    `phrases` are, for each piece, where its own start and stop; where the words behind
    the first of each phrase end; these, by the number of their spelling; the number of
    each phrase as one word; and the numbers of the spellings of all pieces.
    """
    spans, ends, behind, _, spellings = phrases
    for phrase in range(spans[pieces[0], 0], spans[pieces[0], 1]):
        first, last = ends[phrase], ends[phrase + 1]
        if last - first >= len(pieces):
            continue
        same = True
        for n in range(first, last):
            same = same and behind[n] == spellings[pieces[n - first + 1]]
        if same:
            return phrase
    return -1


@inner
def _is_composed(pieces, before, sorts, first, last):
    """Whether a name is no more than a row of pieces (`names.pieces.composed`)."""
    whole = words = dotted = 0
    lettered = word = False
    for n in range(first, last):
        sort = sorts[pieces[n]]
        whole |= sort
        words += sort & (LATIN | CYRILLIC | DIGITS) != 0
        dotted += sort & DOTTED != 0
        if before[n] != HYPHEN:
            lettered, word = lettered or word, True
        word = word and sort & (LATIN | CYRILLIC) != 0
        apart = sort & (SINGLE | DOTTED)
        if n > first and apart and sorts[pieces[n - 1]] & (SINGLE | DOTTED):
            return False
    if whole & LOUD or (whole & LATIN and whole & CYRILLIC) or words == 0:
        return False
    if last - first == 1 and whole & CAPITALS:
        return False
    if last - first == 2 and before[last - 1] == HYPHEN:
        return False
    if whole & DIGITS and (whole & LABEL or not (lettered or word)):
        return False
    return dotted < 2 and (words > 1 or not whole & SINGLE)
