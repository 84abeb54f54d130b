"""The loops that compiled code runs: words alike, names with many of a query's words.

Each does what `clearway.index.index` does word by word, for a batch at once and
without holding the interpreter. Imported on use: the compiler takes a third of a second
to load, the first compilation several, and what it made is kept on disk.
"""

from typing import Any

import numpy as np
from numba import njit

_COMPILED: dict[str, Any] = {"nogil": True, "cache": True, "boundscheck": False}


@njit(**_COMPILED)
def edits_between(left, right, most):  # type: ignore[no-untyped-def]
    """Letters added, lost, exchanged or turned round (OSA); `most` + 1 if more."""
    n, m = len(left), len(right)
    if abs(n - m) > most:
        return most + 1
    before = np.zeros(m + 1, np.int64)
    last = np.arange(m + 1)
    now = np.zeros(m + 1, np.int64)
    for i in range(1, n + 1):
        now[0] = i
        least = i
        for j in range(1, m + 1):
            same = left[i - 1] == right[j - 1]
            best = last[j - 1] + (0 if same else 1)
            best = min(best, last[j] + 1, now[j - 1] + 1)
            if (
                i > 1
                and j > 1
                and left[i - 1] == right[j - 2]
                and left[i - 2] == right[j - 1]
            ):
                best = min(best, before[j - 2] + 1)
            now[j] = best
            least = min(least, best)
        if least > most:
            return most + 1
        for j in range(m + 1):
            before[j] = last[j]
            last[j] = now[j]
    return min(last[m], most + 1)


@njit(**_COMPILED)
def likeness(  # type: ignore[no-untyped-def]
    left, right, left_heard, right_heard, a, b, x, y, most_edits, least
):
    """`clearway.names.likeness.spelt_alike` of two words and their shapes.

    `a` and `b` are hashes, `x` and `y` small numbers (see `clearway.index.shapes`).
    """
    shorter, longer = min(len(left), len(right)), max(len(left), len(right))
    if shorter > 1 and a[0] == b[0]:
        return 0.93
    if shorter > 3 and a[1] == b[1]:
        return 0.9
    if (x[2] or y[2]) and x[0] > 1 and a[2] == b[2]:
        if x[0] > 2:
            return 0.88
        if longer < 6:
            return 0.82
    bones = x[1] if a[3] == b[3] else 0
    if 2 < longer <= 2 * shorter + 2 and (x[3] or y[3]):
        if x[4] > 1 and a[4] == b[4]:
            return 0.9 if x[4] > 2 else 0.79
        if bones > 2:
            return 0.86
    if shorter < 3 or longer - shorter > 3 + (1 if bones > 3 else 0):
        return 0.0
    edits = edits_between(left, right, most_edits)
    if edits > most_edits:
        return 0.0
    value = 1.0 - 0.8 * edits / longer
    turned = edits == 1 and left[0] == right[1] and left[1] == right[0]
    if left[0] != right[0] and not turned:
        value -= 0.06
    if edits > max(1, longer // 4) or (shorter < 4 and edits > 0):
        value = 0.0
    if bones > 3 and edits > 1:
        edits = min(edits, edits_between(left_heard, right_heard, edits))
    sounds = edits <= 1 + (1 if longer >= 6 else 0) + (1 if longer >= 11 else 0)
    if bones >= 2 and sounds and (bones >= 3 or edits <= 1):
        value = max(value, 0.95 - 0.04 * edits)
    return value if value >= least else 0.0


@njit(**_COMPILED)
def shares(  # type: ignore[no-untyped-def]
    asked,
    units,
    limits,
    word_bytes,
    word_ends,
    word_heard,
    word_heard_ends,
    word_hash,
    word_small,
    unit_bytes,
    unit_ends,
    unit_heard,
    unit_heard_ends,
    unit_hash,
    unit_small,
    most_edits,
    least,
):
    """How alike each pair of an asked word and a unit is, 0 beyond its limit of edits.

    A limit of -1 asks for no number of edits.
    """
    out = np.zeros(len(asked), np.float64)
    for n in range(len(asked)):
        w, u = asked[n], units[n]
        left = word_bytes[word_ends[w] : word_ends[w + 1]]
        right = unit_bytes[unit_ends[u] : unit_ends[u + 1]]
        if limits[n] >= 0 and edits_between(left, right, limits[n]) > limits[n]:
            continue
        out[n] = likeness(
            left,
            right,
            word_heard[word_heard_ends[w] : word_heard_ends[w + 1]],
            unit_heard[unit_heard_ends[u] : unit_heard_ends[u + 1]],
            word_hash[w],
            unit_hash[u],
            word_small[w],
            unit_small[u],
            most_edits,
            least,
        )
    return out


@njit(**_COMPILED)
def least_needed(  # type: ignore[no-untyped-def]
    name,
    first,
    last,
    countries,
    least,
    kinds,
    bearer_ends,
    bearers,
    born,
    held,
    name_kind,
):
    """The least score of a name that may make one of its bearers a hit."""
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


@njit(**_COMPILED)
def retrieve(  # type: ignore[no-untyped-def]
    query_ends,
    term_start,
    term_end,
    term_weight,
    totals,
    initials,
    letters,
    cuts,
    cut_letters,
    firsts,
    lasts,
    countries,
    tables,
    table_of,
    kinds,
    pool_units,
    pool_shares,
    posting_ends,
    postings,
    name_weight,
    name_letters,
    bearer_ends,
    bearers,
    born,
    held,
    name_kind,
    floor,
    slack,
    alone,
    rare,
    common,
    initial_weight,
    limit,
    acc,
    squares,
    query_stamp,
    term_stamp,
    touched,
):
    """For each query the names with much of its weight, and the estimate of each.

    The last five arrays are a workspace as long as there are names, zero at first.
    """
    count = len(totals)
    out_ends = np.zeros(count + 1, np.int64)
    out_names = np.zeros(256, np.int64)
    out_estimates = np.zeros(256, np.float32)
    filled = 0
    stamp = term_stamp[0]
    round_ = query_stamp[0]
    for q in range(count):
        round_ += 1
        m = 0
        for t in range(query_ends[q], query_ends[q + 1]):
            stamp += 1
            for k in range(term_start[t], term_end[t]):
                unit = pool_units[k]
                gain = np.float32(pool_shares[k] * term_weight[t])
                square = np.float32(gain * term_weight[t])
                for p in range(posting_ends[unit], posting_ends[unit + 1]):
                    name = postings[p]
                    if term_stamp[name + 1] == stamp:
                        continue
                    term_stamp[name + 1] = stamp
                    if query_stamp[name + 1] != round_:
                        query_stamp[name + 1] = round_
                        acc[name] = np.float32(0)
                        squares[name] = np.float32(0)
                        touched[m] = name
                        m += 1
                    acc[name] += gain
                    squares[name] += square
        total = totals[q]
        begin = filled
        lowest = tables[table_of[q]].min()
        for n in range(m):
            name = touched[n]
            found = min(acc[name], total)
            if cuts[q] > 0 and cut_letters[q] & name_letters[name]:
                found = min(found + np.float32(0.5) * cuts[q], total)
            left = max(name_weight[name] - found, np.float32(0))
            if initials[q]:
                fitting, others = 0, 0
                for bit in range(26):
                    if (letters[q] >> bit) & 1:
                        if (name_letters[name] >> bit) & 1:
                            fitting += 1
                        else:
                            others += 1
                fitting = initials[q] - others if fitting else 0
                found = min(found + initial_weight * np.float32(fitting), total)
                left = max(left - np.float32(fitting), np.float32(0))
            over = total - found
            conflict = min(over, left)
            surplus = abs(over - left)
            estimate = (found - np.float32(0.5) * conflict) / (
                found + conflict + np.float32(0.25) * surplus
            )
            if estimate < floor:
                continue
            rarity = min(np.float32(1), squares[name] / acc[name] + slack)
            most = min(np.float32(1), estimate + slack) ** (
                np.float32(1) + common * (np.float32(1) - rarity)
            ) * (alone + rare * min(np.float32(1), found / 2))
            if most < lowest:
                continue
            needed = least_needed(
                name,
                firsts[q],
                lasts[q],
                countries[q],
                tables[table_of[q]],
                kinds[q],
                bearer_ends,
                bearers,
                born,
                held,
                name_kind,
            )
            if most < needed:
                continue
            if filled == len(out_names):
                out_names = np.concatenate((out_names, np.zeros(filled, np.int64)))
                out_estimates = np.concatenate(
                    (out_estimates, np.zeros(filled, np.float32))
                )
            out_names[filled] = name
            out_estimates[filled] = estimate
            filled += 1
        if filled - begin > limit:
            ranked = np.sort(out_estimates[begin:filled])
            cut = ranked[len(ranked) - limit]
            kept = begin
            for n in range(begin, filled):
                if out_estimates[n] >= cut:
                    out_names[kept] = out_names[n]
                    out_estimates[kept] = out_estimates[n]
                    kept += 1
            filled = kept
        out_ends[q + 1] = filled
    term_stamp[0] = stamp
    query_stamp[0] = round_
    return out_ends, out_names[:filled], out_estimates[:filled]
