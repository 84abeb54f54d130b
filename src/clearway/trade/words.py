"""Honest sentences about numbers: how much, against what, and how sure.

A p is not a verdict. Words for it are fixed here, so that no page says "collapsed" of
what another calls noise.
"""

from collections.abc import Sequence

from clearway.trade.alarms import Alarm
from clearway.trade.dip import Base, Dip
from clearway.trade.diversion import Diversion, Third
from clearway.trade.flows import Growth
from clearway.trade.mirror import Gap, Mirror
from clearway.trade.places import name_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
EVIDENCE = (
    (0.01, "strong evidence"),
    (0.05, "evidence"),
    (0.25, "weak evidence"),
    (1.01, "no evidence"),
)
"""What a one-sided p below a bound is called."""


def evidence(p: float) -> str:
    """What a p is called."""
    return next(word for bound, word in EVIDENCE if p < bound)


def percent(share: float | None, digits: int = 0) -> str:
    """A change as a person reads it: `-16 %`, `+8.4 %`."""
    if share is None:
        return "unknown"
    text = f"{share * 100:+.{digits}f}"
    return f"{'0' if float(text) == 0 else text} %"


def chance(p: float) -> str:
    """A p as statisticians write it: `.07`, `< .001`."""
    if p < 0.001:
        return "< .001"
    return f"{p:.2f}".removeprefix("0") if p >= 0.01 else f"{p:.3f}".removeprefix("0")


def money(value: float, currency: str = "") -> str:
    """An amount in words of its size: `USD 240.0 billion`."""
    for scale, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if abs(value) >= scale:
            return f"{currency} {value / scale:,.1f}{word}".strip()
    return f"{currency} {value:,.0f}".strip()


def month(text: str) -> str:
    """`2024-03` as `March 2024`; a year stays what it is."""
    if len(text) != 7:
        return text
    return f"{_MONTHS[int(text[5:7]) - 1]} {text[:4]}"


def months(window: Sequence[str]) -> str:
    """A window as a person says it: `March-April 2024`."""
    first, last = window[0], window[-1]
    if first == last:
        return month(first)
    if len(first) != 7:
        return f"{first} to {last}"
    if first[:4] != last[:4]:
        return f"{month(first)} to {month(last)}"
    if (first[5:], last[5:]) == ("01", "12"):
        return first[:4]
    joint = "-" if len(window) <= 12 else " to "
    return f"{_MONTHS[int(first[5:7]) - 1]}{joint}{month(last)}"


def of_growth(growth: Growth) -> str:
    """Year on year within one vintage, or why not."""
    if growth.rate is None:
        return f"year on year unknown: {growth.why}"
    return f"year on year {percent(growth.rate, 1)} (vintage {growth.vintage})"


def of_dip(dip: Dip) -> str:
    """A window in one sentence: year on year, against its course, how sure."""
    said = f"{dip.title}, {months(dip.window)}: "
    if dip.base:
        said += f"year on year {percent(dip.base.change)}; "
    return said + f"against its expected course {_range(dip)}, {_sure(dip)}"


def _range(dip: Dip) -> str:
    low, high = dip.change
    if (low < 0) != (high < 0):
        return f"between {percent(low)} and {percent(high)}"
    return _between(*sorted(dip.change, key=abs))


def _between(first: float, last: float) -> str:
    """Two changes as one range: `-8 to -12 %`."""
    begin, end = percent(first), percent(last)
    return begin if begin == end else f"{begin.removesuffix(' %')} to {end}"


def _sure(dip: Dip) -> str:
    return f"{evidence(dip.middle_p)} (p {_chances(*dip.p)})"


def _chances(low: float, high: float) -> str:
    """Two p as one range: `.08 to .19`."""
    first, last = chance(low), chance(high)
    return first if first == last else f"{first} to {last}"


def details(dip: Dip) -> list[str]:
    """What stands behind the sentence, line by line."""
    what = "rise" if dip.rise else "fall"
    verdict = "abnormal" if dip.abnormal else "not abnormal"
    lines = [
        f"{verdict} at the 5 % level: {dip.agreeing} of {len(dip.against)} ideas of "
        f"the trend call the {what} abnormal"
    ]
    if dip.base:
        lines += of_base(dip.base)
    if dip.placebo:
        lines.append(
            f"of {dip.placebo.windows} ordinary windows as long before it, "
            f"{dip.placebo.lower or 'none'} lay at least as far "
            f"{'above' if dip.rise else 'below'} their course "
            f"(placebo p {chance(dip.placebo.p)})"
        )
    if dip.alarms:
        lines.append(
            "not learned from, being abnormal (p < .001) when they came: "
            + "; ".join(of_alarm(alarm) for alarm in dip.alarms)
        )
    if dip.kept_in:
        ps = [one.p for one in dip.kept_in]
        lines.append(
            f"learned from all the same, p would be {_chances(min(ps), max(ps))}"
        )
    if dip.lunar:
        lines.append(
            "the Lunar New Year is modelled by the days that fall into a month"
        )
    if dip.failed:
        lines.append(f"could not be fitted: {', '.join(dip.failed)}")
    return lines


def of_alarm(alarm: Alarm) -> str:
    """Months that were alarms: how far off, and what is known to have happened."""
    off = _between(*sorted(alarm.change, key=abs))
    named = f", {alarm.name}" if alarm.name else ""
    return f"{months(alarm.months)} ({off}{named})"


def of_base(base: Base) -> list[str]:
    """The year on year taken apart."""
    lines = [
        f"year on year {percent(base.change, 1)} = its own {percent(base.own, 1)} "
        f"against the expected course, times {percent(base.given, 1)} which that "
        "course itself was on the year"
    ]
    if base.base is not None and abs(base.base) >= 0.05:
        where = "above" if base.base > 0 else "below"
        corrected = (1 + base.change) * (1 + base.base) - 1
        lines.append(
            f"base effect: the same months a year before lay "
            f"{abs(base.base) * 100:.0f} % {where} their own expected course; measured "
            f"against that course the change would be {percent(corrected)}"
        )
    return lines


def base_weighs(base: Base | None) -> bool:
    """Whether much of the year on year is the height of its base.

    So where the base lay off its own course in the direction that makes the change,
    and by so much that it alone would make at least half of it.
    """
    if base is None or base.base is None or base.change * base.base >= 0:
        return False
    corrected = (1 + base.change) * (1 + base.base) - 1
    return abs(corrected) < abs(base.change) / 2 or corrected * base.change < 0


def of_gap(gap: Gap, mirror: Mirror) -> str:
    """Both records of a year in one sentence."""
    currency = mirror.exporter.currency
    if gap.ratio is None:
        return f"{gap.period}: no comparison: {gap.why}"
    assert gap.exported is not None
    assert gap.imported is not None
    low, high = mirror.band
    verdict = {
        "within": f"within {low:.2f} to {high:.2f}: freight and insurance explain it",
        "above": f"above {high:.2f}: more arrives than is said to leave",
        "below": f"below {low:.2f}: less arrives than is said to leave",
    }[gap.verdict]
    return (
        f"{gap.period}: {money(gap.exported, currency)} told by "
        f"{name_of(mirror.exporter.reporter)}, {money(gap.imported, currency)} by "
        f"{name_of(mirror.importer.reporter)}: {gap.ratio:.2f} times, {verdict}"
    )


def of_diversion(found: Diversion) -> str:
    """Loss, gains and ratios in a few sentences."""
    said = (
        f"{name_of(found.reporter)}'s exports of {found.goods} to "
        f"{name_of(found.target)}: {money(found.target_before, found.currency)} in "
        f"{span(found.before)}, {money(found.target_after, found.currency)} in "
        f"{span(found.after)} ({percent(found.change, 1)})."
    )
    if found.uncapped is None or not found.thirds:
        return said
    gained = sum(max(0.0, third.gain) for third in found.thirds)
    said += (
        f" The third countries looked at gained {money(gained, found.currency)}, "
        f"{found.uncapped:.1%} of the loss"
    )
    if found.capped is not None:
        said += f" ({found.capped:.1%} counting no product beyond its own loss)"
    said += "."
    surges = [third for third in found.thirds if third.surge]
    if surges:
        said += " Surges: " + "; ".join(of_third(third) for third in surges) + "."
    return said + " A gain beside a loss is a question about end users, not a proof."


def span(ends: tuple[str, str]) -> str:
    """From one month to another."""
    return months(ends)


def of_third(third: Third) -> str:
    """One third country in a phrase."""
    times = "from nothing" if third.times is None else f"times {third.times:.1f}"
    said = f"{name_of(third.country)} {times} (+{money(third.gain)})"
    if third.total_times is not None:
        said += f", its trade in all goods times {third.total_times:.1f}"
    if third.price_times is not None and abs(third.price_times - 1) > 0.25:
        said += f", price of a unit times {third.price_times:.1f}"
    return said
