"""Which indirect stakes the stakes between already tell."""

from collections import defaultdict
from fractions import Fraction

import numpy as np

from clearway.ownership.register import KINDS, Marks, Register
from clearway.ownership.stake import Interest

_TIES = frozenset(
    at
    for at, kind in enumerate(KINDS)
    if kind not in (Interest.DIRECTOR, Interest.NOMINEE, Interest.OTHER)
)


def explained(register: Register, held: Marks) -> Marks:
    """The indirect stakes that recorded chains of other stakes account for.

    A chain leads from the owner down to the party. Whatever the owner holds through
    others is at most what the last links of its chains hold together; where that is
    less than the indirect stake says, a link is missing and the stake stands.
    """
    out = np.zeros(len(register.stakes), np.bool_)
    rows = np.flatnonzero(held & register.indirect)
    if not len(rows):
        return out
    above = _owners(register, held)
    for row in rows:
        owner, owned = int(register.owner[row]), int(register.owned[row])
        last = [
            (holder, most)
            for holder, most in above.get(owned, {}).items()
            if holder not in (owner, owned) and _leads(owner, holder, owned, above)
        ]
        told = register.shares[register.share[row]].least
        out[row] = bool(last) and sum(most for _, most in last) >= told
    return out


def _owners(register: Register, held: Marks) -> dict[int, dict[int, Fraction]]:
    """Owners of each party by direct ties, with the most each of them may hold."""
    above: dict[int, dict[int, Fraction]] = defaultdict(dict)
    direct = held & ~register.indirect & np.isin(register.kind, list(_TIES))
    shares = KINDS.index(Interest.SHARES)
    sums: dict[tuple[int, int, int], Fraction] = defaultdict(Fraction)
    for row in np.flatnonzero(direct):
        kind = int(register.kind[row])
        key = (int(register.owned[row]), int(register.owner[row]), kind)
        measured = kind in (shares, KINDS.index(Interest.VOTING_RIGHTS))
        most = register.shares[register.share[row]].most
        sums[key] += most if measured else Fraction(1)
    for (owned, owner, _), most in sums.items():
        above[owned][owner] = max(above[owned].get(owner, Fraction(0)), most)
    return above


def _leads(
    owner: int, holder: int, owned: int, above: dict[int, dict[int, Fraction]]
) -> bool:
    """Whether ties lead from the owner down to the holder, not through the owned."""
    seen, stack = {holder, owned}, [holder]
    while stack:
        for one in above.get(stack.pop(), ()):
            if one == owner:
                return True
            if one not in seen:
                seen.add(one)
                stack.append(one)
    return False
