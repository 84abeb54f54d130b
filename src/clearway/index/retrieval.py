"""The loops that find names with much of what a query's words weigh.

Each does what `clearway.index.index` does name by name, for a batch at once and
without holding the interpreter; imported on use, like `clearway.index.kernels`.
"""

import numpy as np

from clearway.index.kernels import more, unit_of
from clearway.index.shapes import SHORT_END
from clearway.names.compiled import continued, inner, kernel
from clearway.names.numbered import BEGIN
from clearway.names.roles import INITIAL, LEGAL, VESSEL_PREFIX, WORD

_ROUNDING = 1e-4
"""How far a bound may be off for the sizes of numbers it is made of."""
_MANY = 64
"""Names with a word from which looking for fewer of them may pay."""
_WORTH = 2
"""How many times as many names as are left must be spared to pay."""
_STEPS = 12
"""Names of a unit read in the time that finding one of them takes."""


@kernel
def totals(query_ends, query_words, rows, text):
    """What the words of each query weigh together."""
    out = np.empty(len(query_ends) - 1, np.float32)
    for q in range(len(out)):
        total = 0.0
        for n in range(query_ends[q], query_ends[q + 1]):
            total += rows[query_words[n]].weight
        out[q] = total
    return out


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
def _named(unit, share, weight, postings, names_work, m):
    """Give names with a unit its share of a word's weight, each name once a word."""
    posting_ends, posting = postings
    acc, squares, stamps, touched = names_work
    stamp, round_ = stamps[0, 0], stamps[0, 1]
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
def _touched(unit, postings, names_work, m):
    """Begin anew with the names of a unit that are not touched yet."""
    posting_ends, posting = postings
    acc, squares, stamps, touched = names_work
    round_ = stamps[0, 1]
    for p in range(posting_ends[unit], posting_ends[unit + 1]):
        name = posting[p]
        if stamps[name + 1, 1] != round_:
            stamps[name + 1, 1] = round_
            acc[name] = squares[name] = np.float32(0)
            touched[m] = name
            m += 1
    return m


@inner
def _given(unit, share, weight, postings, names_work, m):
    """Give those of the names touched that have a unit its share, once a word.

    Names touched are in order where their places are looked up one by one.
    """
    posting_ends, posting = postings
    acc, squares, stamps, touched = names_work
    stamp, round_ = stamps[0, 0], stamps[0, 1]
    gain = np.float32(np.float32(share) * np.float32(weight))
    square = np.float32(gain * np.float32(weight))
    first, end = np.int64(posting_ends[unit]), np.int64(posting_ends[unit + 1])
    if end - first < _STEPS * m:
        for p in range(first, end):
            name = posting[p]
            if stamps[name + 1, 1] == round_ and stamps[name + 1, 0] != stamp:
                stamps[name + 1, 0] = stamp
                acc[name] += gain
                squares[name] += square
        return
    for n in range(m):
        name = touched[n]
        last = end
        while first < last:
            middle = (first + last) // 2
            if posting[middle] < name:
                first = middle + 1
            else:
                last = middle
        if first == end:
            return
        if posting[first] == name and stamps[name + 1, 0] != stamp:
            stamps[name + 1, 0] = stamp
            acc[name] += gain
            squares[name] += square


@inner
def _hopeless(found, widest, asked, sizes):
    """Whether a name with no more than this weight in common cannot be a candidate.

    `widest` is the most that one of the words in common weighs. Reads the estimate and
    what may come of it for a name that lacks nothing, as `retrieve` does.
    """
    total, extra, lowest = asked
    floor, slack, alone, rare, common, _, _ = sizes
    found = min(found + extra, total)
    estimate = found / (found + 0.25 * (total - found))
    if estimate < floor - _ROUNDING:
        return True
    rarity = min(1.0, widest + slack)
    most = min(1.0, estimate + slack) ** (1.0 + common * (1.0 - rarity))
    return most * (alone + rare * min(1.0, found / 2)) < lowest - _ROUNDING


@inner
def _needless(tokens, rows, spans, posting_ends, heavy, asked, sizes, needless):
    """Mark words whose names need not be looked at for having them alone.

    The commonest words of a query: a name with no other word of it cannot be a
    candidate. Returns whether leaving them out is worth it.
    """
    span_start, span_stop, pool_units, _, _ = spans
    count = len(tokens)
    if count > len(needless):
        return False
    costs = np.zeros(count, np.int64)
    whole = 0
    for n in range(count):
        needless[n] = False
        word = tokens[n]
        if heavy and _is_light(rows[word].role):
            continue
        for k in range(span_start[word], span_stop[word]):
            unit = pool_units[k]
            costs[n] += np.int64(posting_ends[unit + 1]) - np.int64(posting_ends[unit])
        whole += costs[n]
    found = widest = 0.0
    spared = 0
    for _ in range(count):
        at = 0
        for n in range(count):
            if costs[n] > costs[at]:
                at = n
        weight = rows[tokens[at]].weight
        if costs[at] < _MANY or not _hopeless(
            found + weight, max(widest, weight), asked, sizes
        ):
            break
        found, widest = found + weight, max(widest, weight)
        needless[at] = True
        spared += costs[at]
        costs[at] = 0
    return spared > _WORTH * (whole - spared)


@inner
def _weighed(tokens, rows, text, spans, by_letters, postings, asked, sizes, work):
    """Names with any word of a query but the light ones, or with neighbours as one.

    Where common words are many names', only names with another word are looked at,
    if all others are hopeless. Weights are added in the order of the words in any case.
    """
    span_start, span_stop, pool_units, pool_shares, _ = spans
    acc, squares, stamps, touched, needless = work
    names_work = (acc, squares, stamps, touched)
    stamps[0, 1] += 1
    count = len(tokens)
    heavy = False
    for n in range(count):
        heavy = heavy or not _is_light(rows[tokens[n]].role)
    fewer = _needless(tokens, rows, spans, postings[0], heavy, asked, sizes, needless)
    joined = sizes[6]
    m = 0
    if fewer:
        for n in range(count):
            word = tokens[n]
            if needless[n] or (heavy and _is_light(rows[word].role)):
                continue
            for k in range(span_start[word], span_stop[word]):
                m = _touched(pool_units[k], postings, names_work, m)
        for length in range(2, 4):
            for first in range(count - length + 1):
                unit = unit_of(_run(tokens, first, length, rows, text), by_letters)
                if unit >= 0:
                    m = _touched(unit, postings, names_work, m)
        touched[:m].sort()
    for n in range(count):
        word = tokens[n]
        if heavy and _is_light(rows[word].role):
            continue
        stamps[0, 0] += 1
        weight = rows[word].weight
        for k in range(span_start[word], span_stop[word]):
            unit, share = pool_units[k], pool_shares[k]
            if fewer:
                _given(unit, share, weight, postings, names_work, m)
            else:
                m = _named(unit, share, weight, postings, names_work, m)
    for length in range(2, 4):
        for first in range(count - length + 1):
            unit = unit_of(_run(tokens, first, length, rows, text), by_letters)
            if unit < 0:
                continue
            weight = 0.0
            for n in range(first, first + length):
                weight += rows[tokens[n]].weight
            stamps[0, 0] += 1
            if fewer:
                _given(unit, joined, weight, postings, names_work, m)
            else:
                m = _named(unit, joined, weight, postings, names_work, m)
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
    floor, slack, alone, rare, common, initial_weight, _ = sizes
    acc, squares, _, touched, _ = work
    count = len(totals)
    out_ends = np.zeros(count + 1, np.int64)
    out_names = np.empty(256, np.int64)
    out_estimates = np.empty(256, np.float32)
    out_needed = np.empty(256, np.float32)
    filled = 0
    half = np.float32(0.5)
    for q in range(count):
        tokens = query_tokens[query_ends[q] : query_ends[q + 1]]
        total = totals[q]
        begin = filled
        lowest = lowests[table_of[q]]
        initials, letters = _first_letters(tokens, rows, text)
        cut, cut_letter = np.float32(0), _cut_letter(tokens, rows, text, owns)
        if cut_letter:
            cut = np.float32(rows[tokens[len(tokens) - 1]].weight)
        extra = 0.5 * cut + initial_weight * initials
        m = _weighed(
            tokens,
            rows,
            text,
            spans,
            by_letters,
            postings,
            (total, extra, lowest),
            sizes,
            work,
        )
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
                out_names = more(out_names, filled + 1)
                out_estimates = more(out_estimates, filled + 1)
                out_needed = more(out_needed, filled + 1)
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
