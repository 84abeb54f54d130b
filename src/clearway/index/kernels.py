"""The loops that compiled code runs over words: which units stand for a word.

Each does what `clearway.index.index` does word by word, for a batch at once and
without holding the interpreter. Imported on use: the compiler takes a third of a second
to load, the first compilation several, and what it made is kept on disk.

Words come in rows with their letters (`clearway.index.shapes`), tables of numbers as
(keys, values, where buckets start, shift), see `clearway.index.hashed`.
"""

import numpy as np

from clearway.index.keys import PREFIX
from clearway.names.compiled import (
    continued,
    edits_between,
    inner,
    kernel,
    likeness,
    mixed,
)
from clearway.names.numbered import BEGIN

_AT = [8 * (PREFIX - 1 - n) for n in range(PREFIX)]
_BEHIND = np.asarray([(1 << at) - 1 for at in _AT], np.uint64)
_BEFORE = np.asarray([((1 << 64) - 1) ^ ((1 << (at + 8)) - 1) for at in _AT], np.uint64)
_PLUS = np.frombuffer(b"+", np.uint8)


@inner
def rows_of(key, table):
    """From where to where the rows of a number lie in a table."""
    keys, _, starts, shift = table
    bucket = np.int64(key >> shift)
    first, last = np.int64(starts[bucket]), np.int64(starts[bucket + 1])
    end = last
    while first < last:
        middle = (first + last) // 2
        if keys[middle] < key:
            first = middle + 1
        else:
            last = middle
    last = first
    while last < end and keys[last] == key:
        last += 1
    return first, last


@inner
def unit_of(value, table):
    """The unit whose letters have this number, -1 for none."""
    first, last = rows_of(mixed(value), table)
    return np.int64(table[1][first]) if last > first else np.int64(-1)


@inner
def more(array, wanted):
    """The array with room for so many."""
    out = np.empty(max(wanted, 2 * len(array)), array.dtype)
    for n in range(len(array)):
        out[n] = array[n]
    return out


@inner
def _without(key, at):
    """Packed letters with one deleted, the rest moved up."""
    return (key & _BEFORE[at]) | ((key & _BEHIND[at]) << np.uint64(8))


@inner
def _gather(row, text, bony, tables, room):
    """Units that may be like a word, and the edits allowed; -1 allows any number.

    Those allowed most edits come first.
    """
    _, skeletons, bares, saids, deletions = tables
    units, limits = room
    filled = 0
    if bony:
        first, last = rows_of(row.skeleton, bares)
        units, limits, filled = _take(bares, first, last, -1, units, limits, filled)
    if row.poor:
        first, last = rows_of(row.consonants, saids)
        units, limits, filled = _take(saids, first, last, -1, units, limits, filled)
    if bony:
        first, last = rows_of(row.skeleton, skeletons)
        units, limits, filled = _take(
            skeletons, first, last, row.bony_limit, units, limits, filled
        )
    limit = row.limit
    length = min(np.int64(row.end - row.start), PREFIX)
    packed = np.uint64(0)
    for n in range(PREFIX):
        letter = np.uint64(text[row.start + n]) if n < length else np.uint64(0)
        packed = (packed << np.uint64(8)) | letter
    first, last = rows_of(mixed(packed), deletions)
    units, limits, filled = _take(deletions, first, last, limit, units, limits, filled)
    if row.edits:
        for i in range(length):
            once = _without(packed, i)
            first, last = rows_of(mixed(once), deletions)
            units, limits, filled = _take(
                deletions, first, last, limit, units, limits, filled
            )
            if row.edits < 2:
                continue
            for j in range(i):
                first, last = rows_of(mixed(_without(once, j)), deletions)
                units, limits, filled = _take(
                    deletions, first, last, limit, units, limits, filled
                )
    return units, limits, filled


@inner
def _take(table, first, last, limit, units, limits, filled):
    if filled + last - first > len(units):
        units = more(units, filled + last - first)
        limits = more(limits, filled + last - first)
    values = table[1]
    for n in range(first, last):
        units[filled] = values[n]
        limits[filled] = limit
        filled += 1
    return units, limits, filled


@kernel
def resolve(begin, end, rows, text, tables, by_letters, units, sizes, shares_of, work):
    """The units that stand for each of the words from `begin` to `end`, best first.

    Returns where the units of each word end, the units, how alike each is, and the unit
    that is the word itself (-1 for none); what `Index._lookup_units` says, each unit
    once.
    """
    their_rows, their_text, first_word = units
    short, least_bones, alike = sizes
    equal, joined, grouped = shares_of
    stamps, slots, places, room_units, room_limits = work
    out_ends = np.zeros(end - begin + 1, np.int64)
    owns = np.empty(end - begin, np.int64)
    out_units = np.empty(64 * (end - begin), np.int64)
    out_shares = np.empty(64 * (end - begin), np.float64)
    groups = tables[0]
    filled = 0
    for n in range(begin, end):
        # Units of the word itself and of its group bear one stamp, others another.
        taken, looked = stamps[0] + 1, stamps[0] + 2
        stamps[0] += 2
        row = rows[n]
        word = text[row.start : row.end]
        count = len(word)
        start = filled
        own = unit_of(continued(np.uint64(BEGIN), word, count), by_letters)
        owns[n - begin] = own
        run = continued(continued(np.uint64(BEGIN), _PLUS, 1), word, count)
        run = unit_of(run, by_letters)
        first = last = 0
        if row.group:
            first, last = rows_of(row.group, groups)
        if filled + 2 + last - first > len(out_units):
            out_units = more(out_units, filled + 2 + last - first)
            out_shares = more(out_shares, filled + 2 + last - first)
        if own >= 0:
            stamps[own + 1] = taken
            slots[own] = filled
            out_units[filled] = own
            out_shares[filled] = equal
            filled += 1
        if run >= 0:
            stamps[run + 1] = taken
            slots[run] = filled
            out_units[filled] = run
            out_shares[filled] = joined
            filled += 1
        for p in range(first, last):
            unit = np.int64(groups[1][p])
            if stamps[unit + 1] != taken:
                stamps[unit + 1] = taken
                slots[unit] = filled
                out_units[filled] = unit
                out_shares[filled] = grouped
                filled += 1
        if row.searched:
            bones = row.bones
            bony = bones >= least_bones or (bones == least_bones - 1 and count < short)
            room_units, room_limits, near = _gather(
                row, text, bony, tables, (room_units, room_limits)
            )
            if filled + near > len(out_units):
                out_units = more(out_units, filled + near)
                out_shares = more(out_shares, filled + near)
            for k in range(near):
                unit = room_units[k]
                mark = stamps[unit + 1]
                if unit == own or mark == looked:
                    continue
                stamps[unit + 1] = looked
                other = their_rows[unit - first_word]
                apart = -1
                if room_limits[k] >= 0:
                    right = their_text[other.start : other.end]
                    apart = edits_between(word, right, room_limits[k], places)
                    if apart > room_limits[k]:
                        continue
                share = likeness(row, other, text, their_text, apart, alike, places)[0]
                if mark == taken:
                    at = slots[unit]
                    out_shares[at] = max(out_shares[at], share)
                elif share > 0:
                    out_units[filled] = unit
                    out_shares[filled] = share
                    filled += 1
        for i in range(start + 1, filled):
            unit, share = out_units[i], out_shares[i]
            j = i
            while j > start and out_shares[j - 1] < share:
                out_units[j] = out_units[j - 1]
                out_shares[j] = out_shares[j - 1]
                j -= 1
            out_units[j] = unit
            out_shares[j] = share
        out_ends[n - begin + 1] = filled
    return out_ends, out_units[:filled].copy(), out_shares[:filled].copy(), owns
