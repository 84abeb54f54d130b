"""Trade figures a text states, set beside the figures kept.

A claim agrees, agrees with an earlier vintage, contradicts, or cannot be checked; each
verdict carries the figures it rests on. A fall that is there is not yet a fall that
means something: where months allow it, the expected course and the base are told too.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from clearway.errors import NotFound, UsageError
from clearway.trade.asking import Question
from clearway.trade.claim_reading import Claim, claims_in
from clearway.trade.dip import Dip, dip
from clearway.trade.flows import Series, by_vintage, series
from clearway.trade.periods import Period
from clearway.trade.places import name_of
from clearway.trade.store import Store
from clearway.trade.words import (
    base_weighs,
    money,
    months,
    of_base,
    of_dip,
    percent,
)

AGREES, EARLIER = "agrees", "agrees with an earlier vintage"
CONTRADICTS, UNCHECKED = "contradicts", "cannot be checked"
_ROUNDING = 0.001
"""Growth in percent is compared to within a tenth of a point beyond its rounding."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict; `stored` is the figure kept, `vintage` whose it is."""

    claim: Claim
    verdict: str
    stored: float | None
    vintage: str
    because: str
    notes: tuple[str, ...] = ()


def judged(store: Store, text: str, day: date | None = None) -> tuple[Judged, ...]:
    """The claims of a text, each set beside the figures kept."""
    return tuple(judge(store, claim) for claim in claims_in(text, day))


def judge(store: Store, claim: Claim) -> Judged:
    """One claim set beside the figures kept."""
    if claim.period is None:
        return _unchecked(claim, "it names no period that can be read")
    if claim.goods:
        why = f"it speaks of {claim.goods}, and only all goods together are compared"
        return _unchecked(claim, why)
    try:
        versions, reporter = _versions(store, claim)
    except NotFound:
        money = f" in {claim.currency}" if claim.currency else ""
        return _unchecked(claim, f"no figures are kept for {_subject(claim)}{money}")
    told: list[tuple[str, float]] = []
    for vintage, sides in versions.items():
        value = _measured(claim, claim.period, sides)
        if value is not None:
            told.append((vintage, value))
    if not told:
        return _unchecked(claim, _why_not(claim, versions))
    newest, value = told[0]
    notes = _notes(store, claim, reporter) if claim.measure != "level" else ()
    if _holds(claim, value):
        return Judged(claim, AGREES, value, newest, _says(claim, value, newest), notes)
    for vintage, earlier in told[1:]:
        if _holds(claim, earlier):
            because = f"{_says(claim, earlier, vintage)}; now {_shown(claim, value)}"
            return Judged(claim, EARLIER, earlier, vintage, because, notes)
    because = _says(claim, value, newest)
    return Judged(claim, CONTRADICTS, value, newest, because, notes)


def _unchecked(claim: Claim, why: str) -> Judged:
    return Judged(claim, UNCHECKED, None, "", why)


def _subject(claim: Claim) -> str:
    if claim.flow == "trade":
        return f"trade between {name_of(claim.reporter)} and {name_of(claim.partner)}"
    way = "to" if claim.flow == "export" else "from"
    return f"{name_of(claim.reporter)}'s {claim.flow}s {way} {name_of(claim.partner)}"


def _versions(store: Store, claim: Claim) -> tuple[dict[str, tuple[Series, ...]], str]:
    """The series a claim speaks of, by vintage, the newest first; and who reports them.

    Trade both ways is told by the country whose customs are cited, else by whichever
    of the two has figures.
    """
    reporters = [claim.reporter]
    if claim.flow == "trade":
        pair = [claim.reporter, claim.partner]
        reporters = sorted(pair, key=lambda one: one != claim.source)
    flows = ("export", "import") if claim.flow == "trade" else (claim.flow,)
    missing: NotFound | None = None
    for reporter in reporters:
        partner = claim.partner if reporter == claim.reporter else claim.reporter
        try:
            return _sides(store, reporter, partner, flows, claim.currency), reporter
        except NotFound as error:
            missing = error
    assert missing is not None
    raise missing


def _sides(
    store: Store, reporter: str, partner: str, flows: tuple[str, ...], currency: str
) -> dict[str, tuple[Series, ...]]:
    """Both flows by vintage; each publisher's vintages stand for themselves."""
    found: dict[str, list[Series]] = {}
    for publisher in sorted({kept.publisher for kept in store.files()}):
        kept: list[dict[str, Series]] = []
        for flow in flows:
            question = Question(
                (reporter,), (partner,), (flow,),
                length=0, publisher=publisher, currency=currency,
            )  # fmt: skip
            with suppress(NotFound):
                kept.append(by_vintage(store, question))
        if len(kept) < len(flows):
            continue
        for vintage in set.intersection(*(set(one) for one in kept)):
            found[f"{vintage} ({publisher})"] = [one[vintage] for one in kept]
    if not found:
        raise NotFound("no figures")
    return {key: tuple(found[key]) for key in sorted(found, reverse=True)}


def _measured(claim: Claim, period: Period, sides: tuple[Series, ...]) -> float | None:
    """What the figures say of that which a claim measures."""
    now = _sum(sides, period)
    if claim.measure == "level":
        return now
    before = _sum(sides, _earlier(claim, period))
    if now is None or not before:
        return None
    return now / before - 1


def _earlier(claim: Claim, period: Period) -> Period:
    """The same months of the year that growth is measured from."""
    if claim.against is None:
        return period.earlier()
    return Period(claim.against.year, period.first, period.last)


def _sum(sides: tuple[Series, ...], period: Period) -> float | None:
    parts = [one.total(period) for one in sides]
    if any(part is None for part in parts):
        return None
    return sum(part for part in parts if part is not None)


def _holds(claim: Claim, value: float) -> bool:
    """Whether a figure bears a claim out, within what its wording leaves open."""
    if claim.measure == "direction":
        return value * claim.value > 0
    slack = claim.slack + (_ROUNDING if claim.measure == "growth" else 0.0)
    if claim.bound == "over":
        return (
            claim.value - slack
            <= value
            <= claim.value + max(4 * slack, abs(claim.value) * 0.1)
        )
    if claim.bound == "under":
        return value <= claim.value + slack
    return abs(value - claim.value) <= slack * 1.0001


def _shown(claim: Claim, value: float) -> str:
    if claim.measure == "level":
        return (
            f"{claim.currency} {value / 1e9:,.2f} billion"
            if abs(value) >= 1e9
            else money(value, claim.currency)
        )
    since = f"on {claim.against}" if claim.against else "on the year"
    return f"{percent(value, 1)} {since}"


def _says(claim: Claim, value: float, vintage: str) -> str:
    assert claim.period is not None
    return (
        f"{_subject(claim)}, {_when(claim.period)}: {_shown(claim, value)}, "
        f"vintage {vintage}"
    )


def _when(period: Period) -> str:
    return str(period.year) if period.whole else months(period.months)


def _why_not(claim: Claim, versions: dict[str, tuple[Series, ...]]) -> str:
    assert claim.period is not None
    periods = sorted(
        point.period
        for sides in versions.values()
        for one in sides
        for point in one.points
    )
    need = f" and {_when(_earlier(claim, claim.period))}, in one vintage"
    need = "" if claim.measure == "level" else need
    return (
        f"the figures kept for {_subject(claim)} run from {periods[0]} to "
        f"{periods[-1]}; they would have to hold {_when(claim.period)}{need}"
    )


def _notes(store: Store, claim: Claim, reporter: str) -> tuple[str, ...]:
    """What a year-on-year change is worth: its expected course, its base."""
    found = _dip(store, claim, reporter)
    if found is None:
        return ()
    notes = [of_dip(found)]
    if base_weighs(found.base):
        assert found.base is not None
        notes.append(
            "largely a base effect: " + of_base(found.base)[-1].partition(": ")[2]
        )
    elif found.base is not None and len(of_base(found.base)) > 1:
        notes.append(of_base(found.base)[-1])
    return tuple(notes)


def _dip(store: Store, claim: Claim, reporter: str) -> Dip | None:
    """The window of a claim judged, where the flow is told month by month."""
    assert claim.period is not None
    if claim.flow == "trade" or claim.period.whole or claim.against:
        return None
    partner = claim.partner if reporter == claim.reporter else claim.reporter
    try:
        one = series(store, Question((reporter,), (partner,), (claim.flow,)))
        return dip(one, claim.period.months, rise=claim.value > 0, quick=True)
    except (NotFound, UsageError):
        return None
