"""What a clause states of trade: amounts, rates of change, factors, bare directions.

Only what is said to have been is read. What is denied, expected, planned or supposed
("did not fall", "is expected to reach", "if exports fell") states nothing of the
figures, nor does by how much something changed in money ("grew by $35 billion").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEVEL, GROWTH, DIRECTION = "level", "growth", "direction"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: `value` in whole units of `currency`, or a share, or +1 and -1.

    `slack` is how far off the wording leaves it, `bound` over, under or empty; `start`
    and `end` say where in the clause it stands; `compared` that it is what another
    figure is compared with ("up from $190 billion").
    """

    kind: str
    value: float
    slack: float
    start: int
    end: int
    words: str
    currency: str = ""
    bound: str = ""
    compared: bool = False


_AMOUNT = re.compile(
    r"(?P<sign>\bUS ?\$|\bHK\$|\bNT\$|(?<![A-Za-z])\$|€|£|₽|¥|"
    r"\b(?:USD|EUR|RMB|CNY|RUB|JPY))?"
    r"\s*(?P<number>\d[\d,]*(?:\.\d+)?)[\s-]*"
    r"(?P<scale>trillion|billion|bln|bn|million|mln|mn|trn|tn|m|b)\b\.?[\s-]*"
    r"(?P<word>(?:U\.?S\.? )?dollars?|USD|euros?|EUR|yuan|renminbi|RMB|yen|"
    r"ro?ubles?|pounds?)?",
    re.I,
)
_SCALES = {"t": 1e12, "b": 1e9, "m": 1e6}
_SIGNS = {
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP",
    "₽": "RUB", "RUB": "RUB", "¥": "CNY", "RMB": "CNY", "CNY": "CNY", "JPY": "JPY",
    "HK$": "HKD", "NT$": "TWD",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "usd": "USD", "eur": "EUR", "yuan": "CNY", "renminbi": "CNY",
    "rmb": "CNY", "yen": "JPY", "ruble": "RUB", "rouble": "RUB", "pound": "GBP",
}  # fmt: skip
_PERCENT = re.compile(
    r"(?P<sign>[-−+])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)[\s-]*"
    r"(?:%|percent\b|per cent\b|pct\b)",
    re.I,
)
_TIMES = re.compile(
    r"\b(?P<word>doubl(?:ed|ing)|tripl(?:ed|ing)|trebled|quadrupl(?:ed|ing)|"
    r"halv(?:ed|ing)|(?P<count>\w+)[ -]?fold|by (?P<part>half|a third|a quarter|"
    r"a fifth|a tenth|two[- ]thirds|three[- ]quarters))\b",
    re.I,
)
_FACTORS = {
    "doub": 2.0,
    "trip": 3.0,
    "treb": 3.0,
    "quad": 4.0,
    "halv": 0.5,
}
_COUNTS = {
    word: float(number)
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2
    )
}
_PARTS = {
    "half": 1 / 2,
    "a third": 1 / 3,
    "a quarter": 1 / 4,
    "a fifth": 1 / 5,
    "a tenth": 1 / 10,
    "two thirds": 2 / 3,
    "three quarters": 3 / 4,
}
_DOWN = re.compile(
    r"\b(?:fell|fall(?:s|en|ing)?|dip(?:s|ped|ping)?|drop(?:s|ped|ping)?|"
    r"declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|slump(?:s|ed|ing)?|"
    r"plung(?:e|es|ed|ing)|plummet(?:s|ed|ing)?|shr[aiu]nk(?:ing)?|slid(?:e|ing)?|"
    r"slip(?:s|ped|ping)?|eas(?:ed|ing)|weaken(?:ed|ing)|retreat(?:ed|ing)|"
    r"contract(?:s|ed|ing)|tumbl(?:e|es|ed|ing)|sank|collaps(?:ed|ing)|"
    r"crash(?:ed|ing)|nosedived|down|halv(?:ed|ing)|cut)\b",
    re.I,
)
_UP = re.compile(
    r"\b(?:rose|ris(?:e|es|en|ing)|gr[eo]w(?:s|n|ing)?|growth|climb(?:s|ed|ing)?|"
    r"increas(?:e|es|ed|ing)|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|"
    r"soar(?:s|ed|ing)?|boom(?:s|ed|ing)?|expand(?:s|ed|ing)?|gain(?:s|ed|ing)|"
    r"rocketed|leap(?:ed|t)|advanc(?:ed|ing)|added|adding|edged? up|up)\b",
    re.I,
)
_AFTER = re.compile(
    r"\s*(?:(?P<down>less|lower|fewer|smaller|decline|drop|fall|decrease|slump)|"
    r"(?P<up>more|higher|larger|greater|increase|rise|jump|growth|surge))\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|"
    r"just (?:over|under)|a little (?:over|under))\s*\W{0,2}$",
    re.I,
)
_OVER = re.compile(
    r"\b(?:more than|over|above|at least|in excess of|exceed(?:s|ed|ing)?|"
    r"topp(?:ed|ing)|surpass(?:ed|ing)|pass(?:ed|ing))\s*(?:the )?\W{0,2}$",
    re.I,
)
_UNDER = re.compile(r"\b(?:less than|under|below|short of)\s*\W{0,2}$", re.I)
_COMPARED = re.compile(
    r"\b(?:from|compared (?:with|to)|against|versus|after)\s+"
    r"(?:about |some |around |nearly |almost |just )?\W{0,2}$",
    re.I,
)
_MARK = re.compile(r"[\s-]*(?:mark|milestone|threshold|barrier)\b", re.I)
_CHANGE = re.compile(r"\bby\s+(?:about |some |around |nearly |almost )?\W{0,2}$", re.I)
_UNREAL = re.compile(
    r"\b(?:not|n[o']t|never|could|would|will|shall|(?-i:may)|might|should|"
    r"(?<!than[ -])(?:expect(?:s|ed)?|forecasts?)|project(?:s|ed) to|"
    r"predict(?:s|ed)?|set to|due to reach|aim(?:s|ed|ing)?|target(?:s|ed|ing)?|"
    r"goals?|wants?|hop(?:e|es|ed|ing)|plan(?:s|ned)?|pledged?|likely|"
    r"on (?:track|course)|if|unless|whether|denied|rather than|potential(?:ly)?|"
    r"seek(?:s|ing)?|vow(?:s|ed)?)\b|n['’]t\b",
    re.I,
)
_IF = re.compile(r"\W*(?:(?:but|and|so)\s+)?(?:if|unless|should)\b", re.I)
_TRY = re.compile(r"^.*?\b(?:to|towards)\s+(?:raise|boost|increase|bring|lift)\b", re.I)


def measures_in(clause: str, lead: str = "") -> list[Measure]:
    """The figures a clause states, in their order.

    `lead` is what stands before it in its sentence, where "if" and "will" may stand. A
    direction is read only where no figure is.
    """
    found = [*_levels(clause), *_rates(clause), *_factors(clause)]
    found.sort(key=lambda measure: measure.start)
    if not found and not _AMOUNT.search(clause):
        found = list(_directions(clause))
    return [one for one in found if not _unreal(clause, one, found, lead)]


def _unreal(clause: str, one: Measure, all_of_them: list[Measure], lead: str) -> bool:
    """Whether it is denied, expected or supposed, by words since the figure before."""
    before = max((m.end for m in all_of_them if m.end <= one.start), default=0)
    said = clause[before : one.end]
    if before == 0:
        if _IF.match(lead) or _TRY.match(f"{lead} {said}"):
            return True
        # "After Washington vowed to act, exports fell": another clause.
        said = f"{lead.rpartition(',')[2]} {said}"
    # What a comma or "and" has closed is another statement.
    said = re.split(r";|\band\b(?=[^,]*\b(?:is|was|are|will)\b)", said)[-1]
    return bool(_UNREAL.search(said))


def _levels(clause: str) -> Iterator[Measure]:
    for match in _AMOUNT.finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        currency = _currency(match)
        if not currency or _CHANGE.search(before) or _AFTER.match(after):
            continue
        value, slack = _number(match["number"], match["scale"])
        bound, loose = _bound(before)
        if mark := _MARK.match(after):
            bound, loose = "over", True
        yield Measure(
            LEVEL,
            value,
            max(slack, value * 0.02) if loose else slack,
            match.start(),
            match.end() + (mark.end() if mark else 0),
            match[0].strip(),
            currency,
            bound,
            bool(_COMPARED.search(before)),
        )


def _rates(clause: str) -> Iterator[Measure]:
    for match in _PERCENT.finditer(clause):
        way = _way(clause, match)
        if not way:
            continue
        value, slack = _number(match["number"], "")
        bound, loose = _bound(clause[: match.start()])
        yield Measure(
            GROWTH,
            way * value / 100,
            (max(slack, 0.5) if loose else slack) / 100,
            match.start(),
            match.end(),
            match[0].strip(),
            bound=_outwards(bound, way),
        )


def _factors(clause: str) -> Iterator[Measure]:
    for match in _TIMES.finditer(clause):
        factor = _factor(match, clause)
        if factor is None:
            continue
        bound, _ = _bound(clause[: match.start()])
        way = 1 if factor > 1 else -1
        yield Measure(
            GROWTH,
            factor - 1,
            0.15 * factor,
            match.start(),
            match.end(),
            match[0],
            bound=_outwards(bound, way),
        )


def _factor(match: re.Match[str], clause: str) -> float | None:
    """What trade was multiplied by: "tenfold", "halved", "shrank by a fifth"."""
    if match["count"]:
        word = match["count"].casefold()
        return float(word) if word.isdigit() else _COUNTS.get(word)
    if match["part"]:
        share = _PARTS[match["part"].casefold().replace("-", " ")]
        way = _nearest(clause[: match.start()])
        return 1 + way * share if way else None
    return _FACTORS[match["word"][:4].casefold()]


def _directions(clause: str) -> Iterator[Measure]:
    way, word = _first(clause)
    if word:
        at = clause.index(word)
        yield Measure(DIRECTION, float(way), 0.0, at, at + len(word), word)


def _outwards(bound: str, way: int) -> str:
    """ "Fell more than 10 percent" is below -10 percent."""
    if way > 0:
        return bound
    return {"over": "under", "under": "over"}.get(bound, "")


def _way(clause: str, match: re.Match[str]) -> int:
    """Up or down: the sign, "less" or "more" behind, else the nearest word before."""
    if match["sign"] in ("-", "−"):
        return -1
    if match["sign"] == "+":
        return 1
    if after := _AFTER.match(clause, match.end()):
        return -1 if after["down"] else 1
    return _nearest(clause[: match.start()]) or _first(clause[match.end() :])[0]


def _ways(clause: str) -> list[tuple[int, int, str]]:
    found = [(m.start(), -1, m[0]) for m in _DOWN.finditer(clause)]
    found += [(m.start(), 1, m[0]) for m in _UP.finditer(clause)]
    return sorted(found)


def _nearest(before: str) -> int:
    """The direction of the last word that has one; 0 if none has."""
    ways = _ways(before)
    return ways[-1][1] if ways else 0


def _first(clause: str) -> tuple[int, str]:
    """The direction of the first word that has one, and the word."""
    ways = _ways(clause)
    return (ways[0][1], ways[0][2]) if ways else (0, "")


def _number(number: str, scale: str | None) -> tuple[float, float]:
    """A number and half a unit of its last digit: "240 billion" is 239.5 to 240.5."""
    bare = number.replace(",", "")
    times = _SCALES[scale[0].casefold()] if scale else 1.0
    decimals = len(bare.partition(".")[2])
    return float(bare) * times, 0.5 * 10.0**-decimals * times


def _bound(before: str) -> tuple[str, bool]:
    """Over, under or nothing; and whether the wording is loose."""
    if _ABOUT.search(before):
        return "", True
    if _OVER.search(before):
        return "over", True
    if _UNDER.search(before):
        return "under", True
    return "", False


def _currency(match: re.Match[str]) -> str:
    if sign := (match["sign"] or "").upper().replace(" ", ""):
        return _SIGNS[sign]
    word = (match["word"] or "").casefold()
    return next((code for name, code in _WORDS.items() if name in word), "")
