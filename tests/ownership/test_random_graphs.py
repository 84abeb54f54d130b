"""Any graph of stakes: the quick way, the exact way and the definition agree.

The definition is written here once more, in another manner: the owned parties are those
that are in every set of parties which holds the listed ones and is closed under the
test. All sets are tried.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.ownership.deciding import Answer, evaluate
from clearway.ownership.register import Register
from clearway.ownership.stake import OVER_HALF, UNKNOWN, Holding, Interest, Share, Stake
from clearway.ownership.threshold import Test

DAY = date(2024, 5, 17)
PARTIES = "ABCDE"
NOBODY = "?"
HAIR = Fraction(1, 10**9)
"""Smaller than anything below could add up to."""

Mode = str


def least(stake: Stake) -> Fraction:
    if stake.doubt:
        return Fraction(0)
    return stake.share.least + HAIR * stake.share.over


def most(stake: Stake) -> Fraction:
    return stake.share.most - HAIR * stake.share.under


def enough(amount: Fraction, threshold: Fraction, op: str) -> bool:
    return amount > threshold if op == ">" else amount >= threshold


def told_once(stakes: Sequence[Stake]) -> list[Stake]:
    """Of equal certain stakes all but one are in doubt."""
    seen: set[Stake] = set()
    out = []
    for stake in stakes:
        out.append(replace(stake, doubt="again") if stake in seen else stake)
        if not stake.doubt and not stake.share.unknown:
            seen.add(stake)
    return out


def owned_by(
    party: str, inside: frozenset[str], stakes: list[Stake], test: Test, mode: Mode
) -> bool:
    """Whether those inside own a party, read off the stakes."""
    mine = [stake for stake in stakes if stake.owned == party]
    control = (Interest.CONTROL, Interest.BOARD_MAJORITY, Interest.CONSOLIDATION)
    if test.control:
        for stake in mine:
            sure = mode == "possible" or not stake.doubt
            if stake.kind in control and stake.owner in inside - {party} and sure:
                return True
    kinds = [(kind, test.threshold, test.op) for kind in test.of]
    if test.control and Interest.VOTING_RIGHTS not in test.of:
        kinds.append((Interest.VOTING_RIGHTS, Fraction(1, 2), ">"))
    return any(
        by_measure(party, inside, mine, kind, threshold, op, mode)
        for kind, threshold, op in kinds
    )


def by_measure(
    party: str,
    inside: frozenset[str],
    mine: list[Stake],
    kind: Interest,
    threshold: Fraction,
    op: str,
    mode: Mode,
) -> bool:
    told = [stake for stake in mine if stake.kind is kind]
    holders = {stake.owner for stake in told}
    outside = [stake for stake in told if stake.owner != party]
    own = sum((most(stake) for stake in told if stake.owner == party), Fraction(0))
    for stake in mine:
        silent = stake.owner not in holders | {party}
        presumed = stake.kind is Interest.CONSOLIDATION and silent
        sure = not stake.doubt and enough(Fraction(1, 2) + HAIR, threshold, op)
        if presumed and stake.owner in inside and (sure or mode == "possible"):
            return True
        if kind is Interest.SHARES and stake.kind is Interest.VOTING_RIGHTS and silent:
            outside.append(replace(stake, share=UNKNOWN, kind=kind))
    counted = [stake for stake in outside if stake.owner in inside]
    if mode == "certain":
        return bool(outside) and enough(
            sum(map(least, counted), Fraction(0)), threshold, op
        )
    others = sum((least(s) for s in outside if s.owner not in inside), Fraction(0))
    known = sum(map(least, outside), Fraction(0))
    held = sum(map(most, counted), Fraction(0))
    if held <= 0:
        return False
    whole = held + own
    if not enough(whole, threshold, op):
        return False
    return known > 1 or enough(1 - others, threshold, op)


def every_set(parties: Iterable[str]) -> Iterable[frozenset[str]]:
    names = sorted(parties)
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))


def defined(
    stakes: Sequence[Stake], listed: Iterable[str], test: Test, mode: Mode
) -> frozenset[str]:
    """In every closed set that holds the listed parties."""
    rows = told_once(stakes)
    everybody = frozenset(PARTIES + NOBODY)
    unnamed = frozenset(NOBODY) if mode == "possible" else frozenset[str]()
    sources = frozenset(listed) | unnamed
    found = everybody
    for more in every_set(everybody - sources):
        inside = sources | more
        closed = not any(
            owned_by(party, inside, rows, test, mode) for party in everybody - inside
        )
        if closed:
            found &= inside
    return found


def by_definition(
    stakes: Sequence[Stake], listed: Sequence[str], test: Test, mode: Mode
) -> frozenset[str]:
    if test.aggregate:
        return defined(stakes, listed, test, mode)
    alone = [defined(stakes, [one], test, mode) for one in listed]
    return frozenset().union(*alone, defined(stakes, [], test, mode))


percents = st.sampled_from([0, 5, 10, 20, 25, 30, 40, 49, 50, 51, 60, 75, 100])
exact_shares = st.one_of(
    percents.map(Share.percent),
    st.sampled_from([Fraction(1, 3), Fraction(1, 6)]).map(Share.exactly),
)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    if draw(st.integers(0, 3)):
        return draw(exact_shares)
    if draw(st.booleans()):
        return draw(st.sampled_from([UNKNOWN, OVER_HALF]))
    low, high = sorted((draw(percents), draw(percents)))
    if low == high:
        return Share.percent(low)
    over, under = draw(st.booleans()), draw(st.booleans())
    return Share(Fraction(low, 100), Fraction(high, 100), over=over, under=under)


@st.composite
def stakes(draw: st.DrawFn) -> Stake:
    kind = draw(
        st.sampled_from(
            [Interest.SHARES] * 6
            + [Interest.VOTING_RIGHTS] * 2
            + [Interest.CONTROL, Interest.CONSOLIDATION, Interest.DIRECTOR]
        )
    )
    return Stake(
        draw(st.sampled_from(PARTIES + NOBODY)),
        draw(st.sampled_from(PARTIES)),
        draw(shares()),
        kind,
        doubt=draw(st.sampled_from(["", "", "", "", "of a kind"])),
    )


tests = st.builds(
    Test,
    threshold=st.sampled_from([Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)]),
    op=st.sampled_from([">=", ">"]),
    aggregate=st.booleans(),
    control=st.booleans(),
    of=st.sampled_from([(Interest.SHARES,), (Interest.SHARES, Interest.VOTING_RIGHTS)]),
)
graphs = st.lists(stakes(), max_size=12)
some = st.lists(st.sampled_from(PARTIES), min_size=1, max_size=3, unique=True)
HOLDINGS = [Holding(NOBODY, anonymous=True)]


@given(graphs, some, tests)
@settings(max_examples=80, deadline=None)
def test_the_answer_is_what_the_definition_says(
    graph: list[Stake], listed: list[str], test: Test
) -> None:
    result = evaluate(graph, listed, test, DAY, holdings=HOLDINGS, exact=True)
    certain = by_definition(graph, listed, test, "certain")
    possible = by_definition(graph, listed, test, "possible")
    assert certain - {*listed} == {*result.owned}
    assert possible - certain - {*listed, NOBODY} == {*result.unknown}


@given(st.lists(stakes(), max_size=40), some, tests)
@settings(max_examples=200, deadline=None)
def test_whole_numbers_decide_as_fractions_do(
    graph: list[Stake], listed: list[str], test: Test
) -> None:
    classes = ["", "", "", "A", "B"]
    graph = [
        replace(stake, share_class=classes[at % 5] if at % 3 == 0 else "")
        for at, stake in enumerate(graph)
    ]
    register = Register.of(graph, HOLDINGS)
    exact = evaluate(register, listed, test, DAY, exact=True)
    quick = evaluate(register, listed, test, DAY, exact=False)
    assert quick.quick or not graph
    assert exact.certain.tolist() == quick.certain.tolist()
    assert exact.possible.tolist() == quick.possible.tolist()
    assert not (exact.certain & ~exact.possible).any()


@given(graphs, some, tests)
@settings(max_examples=80, deadline=None)
def test_every_answer_can_be_told_and_its_share_agrees(
    graph: list[Stake], listed: list[str], test: Test
) -> None:
    result = evaluate(graph, listed, test, DAY, holdings=HOLDINGS)
    for entity in result.register.ids:
        told = result.of(entity)
        assert told.sentence
        if told.decided is Answer.OWNED and not told.listed:
            assert told.owners
            assert told.chains
            assert all(chain.parties[-1] == entity for chain in told.chains)
            assert {chain.parties[0] for chain in told.chains} <= {*listed}
        if told.decided is Answer.UNKNOWN and entity != NOBODY:
            assert "cannot be known" in told.sentence


@given(graphs, some, tests, stakes())
@settings(max_examples=60, deadline=None)
def test_one_more_listed_party_frees_nobody(
    graph: list[Stake], listed: list[str], test: Test, more: Stake
) -> None:
    before = evaluate(graph, listed, test, DAY, holdings=HOLDINGS)
    after = evaluate(graph, [*listed, more.owner], test, DAY, holdings=HOLDINGS)
    assert {*before.owned} <= {*after.owned, more.owner}


@given(graphs, some, tests, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_rows_changes_nothing(
    graph: list[Stake], listed: list[str], test: Test, chance: Random
) -> None:
    before = evaluate(graph, listed, test, DAY, holdings=HOLDINGS)
    mixed = [*graph]
    chance.shuffle(mixed)
    after = evaluate(mixed, listed, test, DAY, holdings=HOLDINGS)
    assert {*before.owned} == {*after.owned}
    assert {*before.unknown} == {*after.unknown}


def test_votes_a_party_has_in_itself_say_nothing_of_its_shares() -> None:
    graph = [
        Stake("A", "B", Share.percent(5)),
        Stake("B", "B", Share.percent(0), Interest.VOTING_RIGHTS),
    ]
    test = Test(threshold=Fraction(1, 2), op=">=", aggregate=False, control=False)
    assert not evaluate(graph, ["A"], test, DAY).unknown
