"""Which names the lists suggest no other reading of, by compiled code.

`clearway.screen.rereading` says what other readings a name may have; here is a quick
look that errs to "perhaps". Names it lets through have no other reading.
"""

import math
from typing import Any

import numpy as np

from clearway.index import joined as joined_
from clearway.index.kernels import rows_of, unit_of
from clearway.names.compiled import continued, inner, kernel
from clearway.names.legal import NAMED
from clearway.names.numbered import BEGIN
from clearway.names.roles import (
    INITIAL,
    LEGAL,
    TITLE,
    VESSEL_PREFIX,
    WORD,
)

_MOST_WORDS = 9
_MOST_LETTERS = 160
_LONG_WORD, _LONG_AMONG, _REVERSED = 9, 12, 5
_BEGINNING = 8
"""Letters from which a text may be the beginning of a listed name."""
_MOST_INITIALS = 2
_NAMED = NAMED
TELLING, FORM, SYLLABIC = 1, 2, 4
"""Of a word (`told`): a Chinese syllable shows that it is not in Pinyin; it is a legal
form; it is made of Chinese syllables."""
NONE, PERHAPS, MISSPELT = 0, 1, 2
"""Of a name: no other reading, perhaps one, or one if a legal form is misspelt."""
UNTOLD, PLAIN, FORMED = 0, 1, 2
"""Of a word: not looked at, no misspelt word of a legal form, one."""


def costs(most: int) -> tuple[Any, ...]:
    """What reading a run of letters as words costs (`joined.Joined.apart`).

    `most` is the largest number of names a word stands in. Logarithms are made here,
    as there: were they rounded otherwise, of two rows as cheap the other could win.
    """
    logs = [math.log(count or 1) for count in range(most + 1)]
    return (
        *(joined_._GAP, joined_._GAP_LETTER, joined_._RAREST, joined_._SHORT),
        *(joined_._LONGEST, np.array(logs)),
    )


@inner
def _compared(letters, first, last, runs, start, end):
    """Below 0, 0 or above: letters against a run that may go on behind them."""
    for n in range(last - first):
        if start + n == end:
            return 1
        if letters[first + n] != runs[start + n]:
            return -1 if letters[first + n] < runs[start + n] else 1
    return 0


@inner
def _begins_one(letters, first, last, ends, runs):
    """Whether a listed name, its letters in a row, is or begins with these letters."""
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high) // 2
        start, end = np.int64(ends[middle]), np.int64(ends[middle + 1])
        if _compared(letters, first, last, runs, start, end) > 0:
            low = middle + 1
        else:
            high = middle
    if low == len(ends) - 1:
        return False
    start, end = np.int64(ends[low]), np.int64(ends[low + 1])
    return _compared(letters, first, last, runs, start, end) == 0


@inner
def _is_apart(word, by_letters, posting_ends, cost, room):
    """Whether a word is likely a row of listed words (`joined.Joined.apart`)."""
    gap, gap_letter, rarest, short, longest, logs = cost
    costs, starts, gaps, counts = room
    count = len(word)
    if count > 63:
        return True
    for at in range(count):
        value = np.uint64(BEGIN)
        for end in range(at + 1, min(count, at + longest) + 1):
            value = continued(value, word[end - 1 : end], 1)
            unit = unit_of(value, by_letters) if end - at > 1 else -1
            found = 0
            if unit >= 0:
                found = np.int64(posting_ends[unit + 1]) - np.int64(posting_ends[unit])
            counts[at, end] = found
    costs[0], gaps[0] = 0.0, False
    for end in range(1, count + 1):
        least, start, loose = gap + gap_letter * end, 0, True
        for at in range(max(0, end - longest), end - 1):
            found = counts[at, end]
            if found:
                price = costs[at] + rarest - logs[found]
                if end - at < 4:
                    price += short * (4 - end + at)
                if price < least:
                    least, start, loose = price, at, False
            if not gaps[at]:
                price = costs[at] + gap + gap_letter * (end - at)
                if price < least:
                    least, start, loose = price, at, True
        costs[end], starts[end], gaps[end] = least, start, loose
    pieces = unknown = covered = 0
    sure = False
    end = count
    while end:
        size = end - starts[end]
        pieces += 1
        if gaps[end]:
            unknown += 1
        else:
            covered += size
            sure = sure or size > 3
        end = starts[end]
    if pieces < 2 or unknown > 1 or not sure:
        return False
    return unknown == 0 or covered >= 0.5 * count


@kernel
def perhaps(
    query_ends,
    query_words,
    bags,
    at_limit,
    person,
    romanised,
    rows,
    text,
    owns,
    formed,
    by_letters,
    posting_ends,
    runs,
    bag_table,
    acronyms,
    cost,
):
    """Whether names may have another reading, or are equal to a listed name.

    `bags` are the numbers of the words of each name taken together, 0 where its tokens
    are its words; `at_limit` says whether a text ends where a field does, `person`
    whether a person is asked about, `romanised` whether the name may be a Chinese one
    in Latin letters, `formed` what is known of each word.
    """
    count = len(query_ends) - 1
    out = np.full(count, PERHAPS, np.uint8)
    letters = np.empty(_MOST_LETTERS, np.uint8)
    begins = np.empty(_MOST_WORDS + 1, np.int64)
    room = (
        np.zeros(64),
        np.zeros(64, np.int64),
        np.zeros(64, np.bool_),
        np.zeros((64, 64), np.int64),
    )
    run_ends, run_text = runs
    for q in range(count):
        first, last = query_ends[q], query_ends[q + 1]
        if last == first or last - first > _MOST_WORDS:
            continue
        filled = heavy = longest = initials = 0
        small = True
        too_long = misspelt = told = False
        bag = bags[q]
        total = np.uint64(0)
        known = wrong_way = reversible = syllabic = 0
        for n in range(first, last):
            row = rows[query_words[n]]
            size = np.int64(row.end - row.start)
            if filled + size > _MOST_LETTERS:
                too_long = True
                break
            begins[n - first] = filled
            for k in range(size):
                letter = text[row.start + k]
                if letter != 32:
                    letters[filled] = letter
                    filled += 1
            longest = max(longest, size)
            role = row.role
            heavy += not LEGAL <= role <= VESSEL_PREFIX
            small = small and role in (TITLE, LEGAL, VESSEL_PREFIX)
            initials += role == INITIAL
            misspelt = misspelt or (
                role == WORD and formed[query_words[n]] == FORMED and not person[q]
            )
            total += row.form
            told = told or row.told & TELLING
            syllabic += row.told & SYLLABIC != 0
            if size >= _REVERSED:
                reversible += 1
                known += owns[query_words[n]] >= 0
                wrong_way += _known_backwards(row, text, by_letters)
        if too_long or small or initials > _MOST_INITIALS:
            continue
        words_in = last - first
        if romanised[q] and told and syllabic > 1:
            continue  # a given name, and a syllable beside it
        if person[q] and words_in > _NAMED and rows[query_words[last - 1]].told & FORM:
            continue
        key = bag if bag else total
        a, b = rows_of(key, bag_table)
        if b > a:
            continue
        if reversible and not known and wrong_way == reversible:
            continue
        if filled >= joined_.LEAST and _begins_one(
            letters, 0, filled, run_ends, run_text
        ):
            continue
        good = True
        for n in range(first, last):
            word = query_words[n]
            row = rows[word]
            size = np.int64(row.end - row.start)
            start = begins[n - first]
            if at_limit[q] and n > first and filled - start >= _BEGINNING:
                good = good and not _begins_one(
                    letters, start, filled, run_ends, run_text
                )
            if row.role != WORD:
                continue
            if heavy == 1 and not person[q]:
                a, b = rows_of(row.form, acronyms)
                good = good and a == b
            least = _LONG_WORD if heavy == 1 else _LONG_AMONG
            if good and size >= least and owns[word] < 0:
                good = not _is_apart(
                    text[row.start : row.end], by_letters, posting_ends, cost, room
                )
        if good:
            out[q] = MISSPELT if misspelt else NONE
    return out


@inner
def _known_backwards(row, text, by_letters):
    """Whether the word, read backwards, is one the lists know."""
    value = np.uint64(BEGIN)
    for n in range(np.int64(row.end) - 1, np.int64(row.start) - 1, -1):
        value = continued(value, text[n : n + 1], 1)
    return unit_of(value, by_letters) >= 0
