"""The loops that compiled code runs: words alike, names with many of a query's words.

Each does what `clearway.index.index` does word by word, for a batch at once and
without holding the interpreter. Imported on use: the compiler takes a third of a second
to load, the first compilation several, and what it made is kept on disk.

Words come in rows with their letters (`clearway.index.shapes`), tables of numbers as
(keys, values, where buckets start, shift), see `clearway.index.hashed`.
"""

import numpy as np

from clearway.index.keys import PREFIX
from clearway.index.shapes import SHORT_END
from clearway.names.compiled import (
    continued,
    edits_between,
    inner,
    kernel,
    likeness,
    mixed,
)
from clearway.names.numbered import BEGIN
from clearway.names.roles import INITIAL, LEGAL, VESSEL_PREFIX, WORD

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
def _more(array, wanted):
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
        units = _more(units, filled + last - first)
        limits = _more(limits, filled + last - first)
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
            out_units = _more(out_units, filled + 2 + last - first)
            out_shares = _more(out_shares, filled + 2 + last - first)
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
                out_units = _more(out_units, filled + near)
                out_shares = _more(out_shares, filled + near)
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


@inner
def least_needed(
    name,
    first,
    last,
    countries,
    least,
    kinds,
    names,
):
    """The least score of a name that may make one of its bearers a hit."""
    _, _, bearer_ends, bearers, born, held, name_kind = names
    differs = 0 if (kinds >> name_kind[name]) & 1 else 1
    asked = False
    for c in countries:
        asked = asked or c != 0
    best = np.float32(9.0)
    for n in range(bearer_ends[name], bearer_ends[name + 1]):
        entity = bearers[n]
        birth = 0
        if last and not (born[entity, 0] == 0 and born[entity, 1] == 9999):
            gap = max(0, born[entity, 0] - last, first - born[entity, 1])
            birth = 1 if gap <= 1 else 2 if gap <= 10 else 3
        country = 0
        if asked:
            known, shared = False, False
            for k in range(len(countries)):
                known = known or held[entity, k] != 0
                shared = shared or held[entity, k] & countries[k] != 0
            country = 0 if not known else 1 if shared else 2
        best = min(best, least[birth, country, differs])
    return best


@inner
def _run(tokens, first, count, rows, text):
    """The number of some words written as one."""
    value = np.uint64(BEGIN)
    for n in range(first, first + count):
        row = rows[tokens[n]]
        value = continued(
            value, text[row.start : row.end], np.int64(row.end - row.start)
        )
    return value


@inner
def _named(unit, share, weight, stamp, round_, postings, names_work, m):
    """Give names with a unit its share of a word's weight, each name once a word."""
    posting_ends, posting = postings
    acc, squares, stamps, touched = names_work
    gain = np.float32(np.float32(share) * np.float32(weight))
    square = np.float32(gain * np.float32(weight))
    for p in range(posting_ends[unit], posting_ends[unit + 1]):
        name = posting[p]
        if stamps[name + 1, 0] == stamp:
            continue
        stamps[name + 1, 0] = stamp
        if stamps[name + 1, 1] != round_:
            stamps[name + 1, 1] = round_
            acc[name] = gain
            squares[name] = square
            touched[m] = name
            m += 1
        else:
            acc[name] += gain
            squares[name] += square
    return m


@inner
def _weighed(tokens, rows, text, spans, by_letters, postings, joined, names_work):
    """Names with any word of a query but the light ones, or with neighbours as one."""
    span_start, span_stop, pool_units, pool_shares, _ = spans
    stamps = names_work[2]
    stamp, round_ = stamps[0, 0], stamps[0, 1] + 1
    count = len(tokens)
    heavy = False
    for n in range(count):
        heavy = heavy or not _is_light(rows[tokens[n]].role)
    m = 0
    for n in range(count):
        word = tokens[n]
        if heavy and _is_light(rows[word].role):
            continue
        stamp += 1
        for k in range(span_start[word], span_stop[word]):
            m = _named(
                pool_units[k],
                pool_shares[k],
                rows[word].weight,
                stamp,
                round_,
                postings,
                names_work,
                m,
            )
    for length in range(2, 4):
        for first in range(count - length + 1):
            unit = unit_of(_run(tokens, first, length, rows, text), by_letters)
            if unit < 0:
                continue
            total = 0.0
            for n in range(first, first + length):
                total += rows[tokens[n]].weight
            stamp += 1
            m = _named(unit, joined, total, stamp, round_, postings, names_work, m)
    stamps[0, 0], stamps[0, 1] = stamp, round_
    return m


@inner
def _is_light(role):
    return LEGAL <= role <= VESSEL_PREFIX


@inner
def _first_letters(tokens, rows, text):
    """The initials of a query: how many, and their letters as bits."""
    initials, bits = 0, np.uint32(0)
    for n in range(len(tokens)):
        row = rows[tokens[n]]
        if row.role == INITIAL:
            initials += 1
            first = text[row.start]
            if 97 <= first <= 122:
                bits |= np.uint32(1) << np.uint32(first - 97)
    return initials, bits


@inner
def _cut_letter(tokens, rows, text, owns):
    """The first letter, as a bit, of a last word that may be cut off; 0 for none.

    What `clearway.index.shapes.cut_end` says.
    """
    if len(tokens) < 2:
        return np.uint32(0)
    last = tokens[len(tokens) - 1]
    row = rows[last]
    length = np.int64(row.end - row.start)
    first = text[row.start]
    if row.role != WORD or length < 2 or not 97 <= first <= 122:
        return np.uint32(0)
    if length > SHORT_END and owns[last] >= 0:
        return np.uint32(0)
    return np.uint32(1) << np.uint32(first - 97)


@kernel
def retrieve(
    query_ends,
    query_tokens,
    totals,
    facts,
    rows,
    text,
    spans,
    by_letters,
    postings,
    names,
    sizes,
    limit,
    work,
):
    """For each query the names with much of its weight, their estimates and needs.

    Best estimate first; what `Index._similar` says.
    """
    firsts, lasts, countries, tables, lowests, table_of, kinds = facts
    owns = spans[4]
    name_weight, name_letters = names[0], names[1]
    floor, slack, alone, rare, common, initial_weight, joined = sizes
    acc, squares, _, touched = work
    count = len(totals)
    out_ends = np.zeros(count + 1, np.int64)
    out_names = np.empty(256, np.int64)
    out_estimates = np.empty(256, np.float32)
    out_needed = np.empty(256, np.float32)
    filled = 0
    half = np.float32(0.5)
    for q in range(count):
        tokens = query_tokens[query_ends[q] : query_ends[q + 1]]
        m = _weighed(tokens, rows, text, spans, by_letters, postings, joined, work)
        total = totals[q]
        begin = filled
        lowest = lowests[table_of[q]]
        initials, letters = _first_letters(tokens, rows, text)
        cut, cut_letter = np.float32(0), _cut_letter(tokens, rows, text, owns)
        if cut_letter:
            cut = np.float32(rows[tokens[len(tokens) - 1]].weight)
        for n in range(m):
            name = touched[n]
            found = min(acc[name], total)
            if cut_letter & name_letters[name]:
                found = min(found + half * cut, total)
            left = max(name_weight[name] - found, np.float32(0))
            if initials:
                fitting, others = 0, 0
                for bit in range(26):
                    if (letters >> np.uint32(bit)) & np.uint32(1):
                        if (name_letters[name] >> np.uint32(bit)) & np.uint32(1):
                            fitting += 1
                        else:
                            others += 1
                fitting = initials - others if fitting else 0
                found = min(found + initial_weight * np.float32(fitting), total)
                left = max(left - np.float32(fitting), np.float32(0))
            over = total - found
            conflict = min(over, left)
            surplus = abs(over - left)
            estimate = (found - half * conflict) / (
                found + conflict + np.float32(0.25) * surplus
            )
            if estimate < floor:
                continue
            rarity = min(np.float32(1), squares[name] / acc[name] + slack)
            most = min(np.float32(1), estimate + slack) ** (
                np.float32(1) + common * (np.float32(1) - rarity)
            ) * (alone + rare * min(np.float32(1), found / np.float32(2)))
            if most < lowest:
                continue
            needed = least_needed(
                name,
                firsts[q],
                lasts[q],
                countries[q],
                tables[table_of[q]],
                kinds[q],
                names,
            )
            if most < needed:
                continue
            if filled == len(out_names):
                out_names = _more(out_names, filled + 1)
                out_estimates = _more(out_estimates, filled + 1)
                out_needed = _more(out_needed, filled + 1)
            row = (name, estimate, needed)
            filled = _place(
                out_names, out_estimates, out_needed, begin, filled, limit, row
            )
        out_ends[q + 1] = filled
    return (
        out_ends,
        out_names[:filled].copy(),
        out_estimates[:filled].copy(),
        out_needed[:filled].copy(),
    )


@inner
def _place(names, estimates, needed, begin, filled, limit, row):
    """Put a name where it belongs among the best so far: how many there are then.

    Best estimate first, of equals the smaller number.
    """
    name, estimate, need = row
    full = filled - begin == limit
    if full:
        last = filled - 1
        if estimates[last] > estimate or (
            estimates[last] == estimate and names[last] < name
        ):
            return filled
        filled = last
    at = filled
    while at > begin and (
        estimates[at - 1] < estimate
        or (estimates[at - 1] == estimate and names[at - 1] > name)
    ):
        names[at], estimates[at] = names[at - 1], estimates[at - 1]
        needed[at] = needed[at - 1]
        at -= 1
    names[at], estimates[at], needed[at] = name, estimate, need
    return filled + 1
