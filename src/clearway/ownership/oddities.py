"""What stakes say that does not add up; everything is evaluated all the same."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from clearway.model import Problem
from clearway.ownership.counting import Scale
from clearway.ownership.edges import Edges
from clearway.ownership.register import Numbers, Register
from clearway.ownership.stake import percent
from clearway.ownership.threshold import Test


def oddities(
    register: Register, edges: Edges, test: Test, scale: Scale | None
) -> Iterator[Problem]:
    """Stakes that pass 100 per cent together, or are told twice."""
    rows = np.flatnonzero(edges.certain & ~edges.alone)
    for group in _past_all(edges, rows, scale):
        yield _past_100(register, edges, test, group)
    for row in np.flatnonzero(edges.twice):
        stake = register.stakes[int(edges.stake[row])]
        yield Problem(
            "stake_told_twice",
            f"share: the same stake of {stake.share} is told more than once; it "
            "counts once, and twice only as a possibility: join the rows, or say by "
            "class or date what tells them apart",
            stake.file,
            stake.position,
            f"{stake.owner} | {stake.owned}",
        )


def _past_all(edges: Edges, rows: Numbers, scale: Scale | None) -> Iterator[Numbers]:
    """The rows of every sum that passes a whole."""
    if not len(rows):
        return
    columns = (edges.owned[rows], edges.slot[rows], edges.share_class[rows])
    order = np.lexsort(columns)
    new = np.ones(len(rows), np.bool_)
    new[1:] = np.any([c[order][1:] != c[order][:-1] for c in columns], axis=0)
    starts = np.append(np.flatnonzero(new), len(rows))
    if scale is None:  # floats only choose what is then summed exactly
        near = np.asarray([float(share.least) for share in edges.shares])
        sums = np.add.reduceat(near[edges.share[rows[order]]], starts[:-1])
        past = sums > 1 - 1e-6
    else:
        least = scale.numbers([(share.least, 0) for share in edges.shares])
        sums = np.add.reduceat(least[edges.share[rows[order]]], starts[:-1])
        past = sums > scale.unit
    for at in np.flatnonzero(past):
        group = rows[order[starts[at] : starts[at + 1]]]
        if _whole(edges, group) > 1:
            yield group


def _whole(edges: Edges, group: Numbers) -> Fraction:
    return sum((edges.shares[int(n)].least for n in edges.share[group]), Fraction(0))


def _past_100(register: Register, edges: Edges, test: Test, group: Numbers) -> Problem:
    first = register.stakes[int(edges.stake[group[0]])]
    kind = test.measures[int(edges.slot[group[0]]) // 2].kind
    owned = register.ids[int(edges.owned[group[0]])]
    class_ = register.classes[int(edges.share_class[group[0]])]
    of = f" of class {class_}" if class_ else ""
    return Problem(
        "stakes_past_100",
        f"share: the stakes in {owned} ({kind.replace('_', ' ')}{of}) sum to "
        f"{percent(_whole(edges, group))}; all were counted as told: look for stakes "
        "that ended, are held through others, or are told twice",
        first.file,
        first.position,
        owned,
    )
