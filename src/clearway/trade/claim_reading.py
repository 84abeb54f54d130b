"""Sentences that state trade figures: who to whom, which flow, when, how much.

Read are plain statements of English news: "China-Russia trade hit $240 billion in
2023", "Chinese exports to Russia fell 16 percent in March", "exports from Germany to
Kazakhstan more than doubled last year". What cannot be read is not guessed: a claim
without a period, or of goods that no code stands for, is kept and said to be so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clearway.trade.claim_measures import DIRECTION, GROWTH, Measure, measures_in
from clearway.trade.claim_parties import (
    Land,
    Subject,
    lands_in,
    subjects_in,
)
from clearway.trade.claim_when import (
    base_in,
    period_in,
    without_comparisons,
    written_on,
)
from clearway.trade.periods import Period

_SENTENCE = re.compile(r"(?<=[.!?’”\"])\s+(?=[A-Z‘“\"'])|\n+")
_ABBREVIATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|Mr|Mrs|Ms|Dr|No|vs)\.$"
)
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
    empty. `against` is what growth is measured from, the year before if None; `goods`
    names goods where not all are meant; `source` is the country whose customs are
    cited.
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
    against: Period | None = None
    goods: str = ""


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
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in found:
        key = (claim.sentence, claim.measure, claim.value, claim.period, claim.flow)
        kept.setdefault(key, claim)
    return tuple(kept.values())


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
    source = _source(sentence)
    subjects = subjects_in(sentence, here, before, source)
    opening = sentence[: subjects[0].start] if subjects else ""
    when = period_in(opening, written)
    for place, subject in enumerate(subjects):
        last = place + 1 == len(subjects)
        until = len(sentence) if last else subjects[place + 1].start
        # "exports in March fell", and "In March, exports fell".
        lead = opening if place == 0 else ""
        bare = Claim(
            sentence.strip(), start, start + len(sentence),
            subject.reporter, subject.partner, subject.flow,
            "", 0.0, 0.0, "", None, source=source, goods=subject.goods,
        )  # fmt: skip
        if subject.reporter and subject.partner:
            reach = sentence[subject.end : until]
            found = list(_stated(bare, reach, lead, subject, written, when))
            yield from found or _before(bare, lead, reach, written)


def _stated(
    bare: Claim,
    reach: str,
    lead: str,
    subject: Subject,
    written: date | None,
    when: Period | None,
) -> Iterator[Claim]:
    """The figures that stand behind a subject, each with its period.

    `when` is the period the sentence opens with.
    """
    said = without_comparisons(reach)
    named = period_in(said, written) or period_in(subject.words, written) or when
    done = 0
    for clause in _clauses(said):
        at = said.index(clause, done)
        done = at + len(clause)
        whole = period_in(clause, written) or named
        own = period_in(clause, written)
        measures = measures_in(clause, lead if at == 0 else "")
        for number, one in enumerate(measures):
            ends = [other.start for other in measures[number + 1 :]]
            tail = clause[one.end : ends[0] if ends else len(clause)]
            period = period_in(tail, written) or _implied(one, whole)
            claim = _claim(bare, one, period)
            if one.kind == GROWTH:
                behind = reach[at + one.end : at + one.end + len(tail)]
                claim = replace(claim, against=base_in(behind))
            if one.kind == DIRECTION and not (own or (at == 0 and named)):
                continue
            yield claim


_IN = re.compile(r"\b(?:in|of)\b(?:\W+[\w'’]+){0,4}\W*$")


def _before(
    bare: Claim, lead: str, reach: str, written: date | None
) -> Iterator[Claim]:
    """A rate that stands before its subject: "a 40 percent drop in exports"."""
    if not _IN.search(lead):
        return
    for one in measures_in(lead):
        if one.kind == GROWTH:
            yield _claim(bare, one, period_in(reach, written))


def _implied(one: Measure, whole: Period | None) -> Period | None:
    """The period of the clause; of "up from $190 billion" the year before it."""
    return whole.earlier() if one.compared and whole else whole


def _claim(bare: Claim, one: Measure, period: Period | None) -> Claim:
    # A yen and a yuan have one sign; whose it is the reporter says.
    yen = one.words.startswith("¥") and bare.reporter == "jp"
    return replace(
        bare,
        measure=one.kind,
        value=one.value,
        slack=one.slack,
        currency="JPY" if yen else one.currency,
        period=period,
        bound=one.bound,
        words=one.words,
    )


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


def _source(sentence: str) -> str:
    """The country whose customs are cited."""
    match = _TOLD.search(sentence)
    named = match["who"] if match else ""
    if not match and (found := re.search(r"(\w+)(?:['’]s)? customs\b", sentence)):
        named = found[1]
    lands = lands_in(named)
    return lands[-1].code if lands else ""
