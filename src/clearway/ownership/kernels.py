"""The loop that compiled code runs: from listed owners down to all that is owned.

The same as `clearway.ownership.exact`, over the whole numbers of `counting`. Imported
on use: the compiler takes a third of a second to load.
"""

# mypy: allow-untyped-defs
import numpy as np

from clearway.names.compiled import inner, kernel


@inner
def _spread(queue, tail, inside, counters, gained, roomed, full, filled):
    """Let the parties in the queue count, and all that becomes owned behind them."""
    starts, counter, gain, room, need_gain, need_room, group, need, party = counters
    at = 0
    while at < tail:
        owner = queue[at]
        at += 1
        for i in range(starts[owner], starts[owner + 1]):
            c = counter[i]
            gained[c] += gain[i]
            roomed[c] += room[i]
            if full[c] or gained[c] < need_gain[c] or roomed[c] < need_room[c]:
                continue
            full[c] = True
            g = group[c]
            filled[g] += 1
            owned = party[g]
            if filled[g] == need[g] and not inside[owned]:
                inside[owned] = True
                queue[tail] = owned
                tail += 1
    return tail


@inner
def _take_back(queue, first, tail, inside, counters, gained, roomed, full, filled):
    """Undo what the parties from `first` to `tail` of the queue counted."""
    starts, counter, gain, room, need_gain, need_room, group, _, _ = counters
    for at in range(first, tail):
        owner = queue[at]
        inside[owner] = False
        for i in range(starts[owner], starts[owner + 1]):
            c = counter[i]
            gained[c] -= gain[i]
            roomed[c] -= room[i]
            if full[c] and (gained[c] < need_gain[c] or roomed[c] < need_room[c]):
                full[c] = False
                filled[group[c]] -= 1


@kernel
def reached(sources, starts, seconds, counters):
    """Which parties are owned by some set of sources, each set standing alone.

    Set n is `sources[starts[n]:starts[n + 1]]`; `seconds` count with every set. What
    one set reaches belongs to it alone, so a set of one that another has reached is
    passed over: all it reaches the other has reached too.
    """
    parties = len(counters[0]) - 1
    gained = np.zeros(len(counters[4]), np.int64)
    roomed = np.zeros(len(counters[4]), np.int64)
    full = np.zeros(len(counters[4]), np.bool_)
    filled = np.zeros(len(counters[7]), np.int64)
    inside = np.zeros(parties, np.bool_)
    queue = np.empty(parties, np.int64)
    base = 0
    for source in seconds:
        if not inside[source]:
            inside[source] = True
            queue[base] = source
            base += 1
    base = _spread(queue, base, inside, counters, gained, roomed, full, filled)
    found = inside.copy()
    for n in range(len(starts) - 1):
        first, last = starts[n], starts[n + 1]
        if last - first == 1 and found[sources[first]]:
            continue
        tail = 0
        for at in range(first, last):
            if not inside[sources[at]]:
                inside[sources[at]] = True
                queue[tail] = sources[at]
                tail += 1
        tail = _spread(queue, tail, inside, counters, gained, roomed, full, filled)
        for at in range(tail):
            found[queue[at]] = True
        if n < len(starts) - 2:
            _take_back(queue, 0, tail, inside, counters, gained, roomed, full, filled)
    return found
