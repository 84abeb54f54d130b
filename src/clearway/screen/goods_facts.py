"""Lines of goods as the rules ask for them: lists by code, hints by words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from clearway.goods.codes import Code, read_code
from clearway.goods.describe import contradiction, hints
from clearway.goods.high_priority import standing
from clearway.model import GoodsLine, Problem
from clearway.names import countries
from clearway.rules import Item

SURE_HINT = 0.75
"""A description counts as a hint from this likeness on."""


def goods_items(
    lines: Sequence[GoodsLine], day: date
) -> tuple[tuple[Item, ...], list[Problem]]:
    """Each line with its facts, and what could not be read of its code or origin."""
    items, problems = [], []
    for number, line in enumerate(lines, start=1):
        where = f"goods line {line.line or number}"
        # A problem names the row of the paper, where the line was read from one.
        facts, found = _facts(line, day, line.spot.path or where)
        problems += found
        items.append(Item(_label(line, where), facts))
    return tuple(items), problems


def _label(line: GoodsLine, where: str) -> str:
    what = " ".join(filter(None, (line.code.strip(), line.description.strip())))
    return f"{where}: {what[:80]}" if what else where


def _facts(
    line: GoodsLine, day: date, where: str
) -> tuple[dict[str, Any], list[Problem]]:
    facts: dict[str, Any] = {}
    problems: list[Problem] = []
    codes: tuple[Code, ...] = ()
    if line.code.strip():
        reading = read_code(line.code, edition=line.edition, position=where)
        codes = reading.all
        problems += reading.problems
    if codes:
        met = [item for code in codes for item in standing(code, day)]
        facts |= {
            "goods.code": codes[0].hs6,
            "goods.lists": _once(i.list.id for i in met if not i.indicative),
            "goods.groups": _once(item.group for item in met if item.group),
        }
        on = [item for item in met if not item.indicative]
        facts["goods.sure"] = not on or any(
            not item.maybe and item.evidence != "memory" for item in on
        )
        tiers = _once(item.tier for item in met if item.tier)
        facts["goods.tier"] = tiers[0] if tiers else None
    if line.description.strip():
        facts |= _described(line, codes, day)
    if line.origin.strip():
        origin = countries.code(line.origin)
        facts["goods.origin"] = origin or None
        if not origin:
            message = "no such country; give its name or ISO code"
            problems.append(
                Problem("unknown_country", message, "", f"{where}, origin", line.origin)
            )
    return facts, problems


def _described(line: GoodsLine, codes: Sequence[Code], day: date) -> dict[str, Any]:
    """What the words of a line hint at, where no code says it, and against a code."""
    facts: dict[str, Any] = {}
    if codes:
        facts["goods.misdescribed"] = (
            contradiction(codes[0], line.description) is not None
        )
        return facts
    likely = [hint for hint in hints(line.description) if hint.score >= SURE_HINT]
    met = [item for hint in likely for item in standing(Code(hint.code), day)]
    facts["goods.hinted"] = _once(item.list.id for item in met)
    return facts


def _once(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
