"""Sentences that state trade figures: who to whom, which flow, when, how much.

Read are plain statements of English news: "China-Russia trade hit $240 billion in
2023", "Chinese exports to Russia fell 16 percent in March", "exports from Germany to
Kazakhstan more than doubled last year". What cannot be read is not guessed: a claim
without a period or a partner is kept and said to be incomplete.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clearway.trade.claim_parties import Land, lands_in, parties
from clearway.trade.claim_when import period_in, written_on
from clearway.trade.periods import Period

_SENTENCE = re.compile(r"(?<=[.!?’”\"])\s+(?=[A-Z‘“\"'])|\n+")
_ABBREVIATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|Mr|No)\.$"
)
_TRADE = re.compile(
    r"\b(?P<noun>exports?|imports?|shipments|sales|deliveries|purchases|trade turnover|"
    r"turnover|bilateral trade|trade)\b",
    re.I,
)
_NOT_TRADE = re.compile(
    r"^\s*(?:war|deal|talks?|union|unions|barriers?|restrictions?|controls?|bans?|"
    r"minister|ministry|policy|routes?|partners?|in services|"
    r"surplus|deficit|balance)\b",
    re.I,
)
_AMOUNT = re.compile(
    r"(?P<sign>US\$|\$|€|¥|USD|EUR|RMB|CNY)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<scale>trillion|billion|bln|bn|million|mln|mn|tn|m|b)\b\.?\s*"
    r"(?P<word>(?:US |U\.S\. )?dollars?|USD|euros?|EUR|yuan|renminbi|RMB)?",
    re.I,
)
_SCALES = {"t": 1e12, "b": 1e9, "m": 1e6}
_PERCENT = re.compile(
    r"(?P<sign>[-−+])?\s*(?P<number>\d+(?:\.\d+)?)\s*(?:%|percent|per cent)", re.I
)
_TIMES = re.compile(
    r"\b(?:more than )?(?P<word>doubled|tripled|quadrupled|halved)\b", re.I
)
_FACTORS = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_DOWN = re.compile(
    r"\b(?:fell|falls?|fallen|dip(?:s|ped)?|drop(?:s|ped)?|declin(?:e|es|ed)|"
    r"decreas(?:e|es|ed)|slump(?:s|ed)?|plunge[sd]?|plummet(?:s|ed)?|shr[aiu]nk|"
    r"slid|contract(?:s|ed)|tumble[sd]?|sank|collapsed?|crashed|down)\b",
    re.I,
)
_UP = re.compile(
    r"\b(?:rose|rises?|risen|gr[eo]w(?:s|n)?|growth|climb(?:s|ed)?|increas(?:e|es|ed)|"
    r"jump(?:s|ed)?|surge[sd]?|soar(?:s|ed)?|boom(?:s|ed|ing)?|expand(?:s|ed)?|"
    r"gain(?:s|ed)|up)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|"
    r"just (?:over|under))\s*(?:US)?\W{0,2}$",
    re.I,
)
_OVER = re.compile(
    r"\b(?:more than|over|above|at least|exceed(?:ed|ing)|topp(?:ed|ing)|"
    r"surpass(?:ed|ing))\s*(?:US)?\W{0,2}$",
    re.I,
)
_UNDER = re.compile(r"\b(?:less than|under|below)\s*(?:US)?\W{0,2}$", re.I)
_TOLD = re.compile(
    r"(?:according to|by|showed|from|citing)\s+(?:data (?:from|by)\s+)?"
    r"(?P<who>[^,.;]*?)\s*"
    r"(?:customs|statistics|eurostat|comtrade)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a trade figure, as read.

    `flow` is export, import or trade (both ways); `reporter` and `partner` ISO alpha-2
    (`trade` has them in the order of mention). `measure` is level, growth or direction;
    `value` whole units of `currency` for a level, a share for growth, +1 or -1 for a
    direction; `slack` how far off the wording leaves it; `bound` is over, under or
    empty. `source` is the country whose customs are cited.
    """

    sentence: str
    start: int
    end: int
    reporter: str
    partner: str
    flow: str
    measure: str
    value: float
    slack: float
    currency: str
    period: Period | None
    bound: str = ""
    source: str = ""
    words: str = ""


def claims_in(text: str, day: date | None = None) -> tuple[Claim, ...]:
    """The claims of a text in their order.

    `day` is when it was written; without it the latest full date in the text is taken,
    which "last year" and months without a year count from.
    """
    written = day or written_on(text)
    found: list[Claim] = []
    lands: list[Land] = []
    for start, sentence in sentences(text):
        here = lands_in(sentence)
        found += _of_sentence(sentence, start, here or [], lands, written)
        lands = here or lands
    return _once(found)


def _once(found: Sequence[Claim]) -> tuple[Claim, ...]:
    """A sentence that stands there twice claims once."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in found:
        key = (
            claim.sentence,
            claim.measure,
            claim.value,
            str(claim.period),
            claim.flow,
        )
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return tuple(kept)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with where they begin."""
    start = 0
    for match in _SENTENCE.finditer(text):
        piece = text[start : match.start()]
        if _ABBREVIATED.search(piece) and "\n" not in match[0]:
            continue
        if piece.strip():
            yield start, piece
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def _of_sentence(
    sentence: str,
    start: int,
    here: list[Land],
    before: list[Land],
    written: date | None,
) -> Iterator[Claim]:
    nouns = [
        match
        for match in _TRADE.finditer(sentence)
        if not _NOT_TRADE.match(sentence[match.end() :])
    ]
    for place, noun in enumerate(nouns):
        until = nouns[place + 1].start() if place + 1 < len(nouns) else len(sentence)
        reach = sentence[noun.end() : until]
        flow, reporter, partner = parties(sentence, noun, here, before)
        if not reporter or not partner:
            continue
        common = (
            sentence.strip(),
            start,
            start + len(sentence),
            reporter,
            partner,
            flow,
        )
        said = _source(sentence)
        # "exports in March fell", and "In March, exports fell".
        lead = sentence[: noun.start()] if place == 0 else ""
        yield from _measures(common, reach, lead, written, said)


def _measures(
    common: tuple[str, int, int, str, str, str],
    reach: str,
    lead: str,
    written: date | None,
    source: str,
) -> Iterator[Claim]:
    """The levels, rates and directions a clause states, each with its period."""
    for clause in _clauses(reach):
        whole = period_in(clause, written) or period_in(reach, written)
        whole = whole or period_in(lead, written)
        levels = [m for m in _AMOUNT.finditer(clause) if _currency(m)]
        rates = list(_PERCENT.finditer(clause))
        times = list(_TIMES.finditer(clause))
        ends = sorted(m.start() for m in (*levels, *rates, *times))

        def when(
            match: re.Match[str],
            clause: str = clause,
            ends: list[int] = ends,
            whole: Period | None = whole,
        ) -> Period | None:
            """The period named right behind a measure, else that of the clause."""
            until = next((end for end in ends if end > match.start()), len(clause))
            return period_in(clause[match.end() : until], written) or whole

        for match in levels:
            if _is_change(clause, match):
                continue
            value, slack = _number(match["number"], match["scale"])
            bound, loose = _bound(clause[: match.start()])
            slack = max(slack, value * 0.02) if loose else slack
            yield Claim(
                *common, "level", value, slack, _currency(match), when(match), bound,
                source, match[0].strip(),
            )  # fmt: skip
        for match in rates:
            way = _way(clause, match.start(), match["sign"])
            if way:
                value, slack = _number(match["number"], "")
                bound, loose = _bound(clause[: match.start()])
                slack = max(slack, 0.5) if loose else slack
                yield Claim(
                    *common, "growth", way * value / 100, slack / 100, "", when(match),
                    bound, source, match[0].strip(),
                )  # fmt: skip
        for match in times:
            factor = _FACTORS[match["word"].casefold()]
            over = "more" if match[0].casefold().startswith("more") else ""
            bound = over and ("over" if factor > 1 else "under")
            yield Claim(
                *common, "growth", factor - 1, 0.15 * factor, "", when(match), bound,
                source, match[0],
            )  # fmt: skip
        own = period_in(clause, written)
        if not ends and own and (way := _way(clause, len(clause), None)):
            word = (_DOWN if way < 0 else _UP).search(clause)
            yield Claim(
                *common, "direction", float(way), 0.0, "", own, "", source,
                word[0] if word else "",
            )  # fmt: skip


def _clauses(reach: str) -> list[str]:
    """Parts of a statement that have a measure of their own.

    "dipped during March and April, down from a surge early in the year" says two
    things; "reached $94 billion in January-May, up 2.9 percent" one period, two
    measures.
    """
    parts = re.split(
        r"(?:,\s*)?\b(?:down|up) from an?\b|,\s*(?:after|following|while|whereas|but)\b"
        r"|\bafter (?:an? )?(?=\w+ (?:in|early|during))|;",
        reach,
    )
    return [part for part in parts if part.strip()]


def _is_change(clause: str, match: re.Match[str]) -> bool:
    """Whether an amount is by how much something changed: "rose by $5 billion"."""
    return bool(re.search(r"\bby\s+(?:about |some )?$", clause[: match.start()], re.I))


def _way(clause: str, until: int, sign: str | None) -> int:
    """Up or down: the sign, else the nearest word before, else after."""
    if sign in ("-", "−"):
        return -1
    if sign == "+":
        return 1
    before = [(m.start(), -1) for m in _DOWN.finditer(clause[:until])]
    before += [(m.start(), 1) for m in _UP.finditer(clause[:until])]
    if before:
        return max(before)[1] if until < len(clause) else min(before)[1]
    after = [(m.start(), -1) for m in _DOWN.finditer(clause)]
    after += [(m.start(), 1) for m in _UP.finditer(clause)]
    return min(after)[1] if after else 0


def _number(number: str, scale: str | None) -> tuple[float, float]:
    """A number and half a unit of its last digit: "240 billion" is 239.5 to 240.5."""
    bare = number.replace(",", "")
    times = _SCALES[scale[0].casefold()] if scale else 1.0
    decimals = len(bare.partition(".")[2])
    return float(bare) * times, 0.5 * 10.0**-decimals * times


def _bound(before: str) -> tuple[str, bool]:
    if _OVER.search(before):
        return "over", True
    if _UNDER.search(before):
        return "under", True
    return "", bool(_ABOUT.search(before))


def _currency(match: re.Match[str]) -> str:
    sign = (match["sign"] or "").upper()
    word = (match["word"] or "").casefold()
    if sign in ("$", "US$", "USD") or "dollar" in word or word == "usd":
        return "USD"
    if sign in ("€", "EUR") or word.startswith("eur"):
        return "EUR"
    if sign in ("RMB", "CNY", "¥") or word in ("yuan", "renminbi", "rmb"):
        return "CNY"
    return ""


def _source(sentence: str) -> str:
    match = _TOLD.search(sentence)
    if not match:
        return ""
    lands = lands_in(match["who"])
    return lands[-1].code if lands else ""
