"""Who trades with whom in a sentence: countries and how words tie them to a noun."""

import re
from dataclasses import dataclass

from clearway.trade.claim_when import MONTHS
from clearway.trade.places import of_name


@dataclass(frozen=True, slots=True)
class Land:
    """A mention of a country."""

    code: str
    start: int
    end: int


def lands_in(sentence: str) -> list[Land]:
    """Countries named, by their names and adjectives, the longest words first."""
    words = list(
        re.finditer(r"[A-Z][\w.&]*(?:['’]s?)?|\bof\b|\band\b|\bthe\b", sentence)
    )
    found: list[Land] = []
    place = 0
    while place < len(words):
        for many in (3, 2, 1):
            group = words[place : place + many]
            text = sentence[group[0].start() : group[-1].end()]
            together = " ".join(word[0] for word in group)
            if len(group) < many or text.split() != together.split():
                continue
            code = _land(text)
            if code:
                found.append(Land(code, group[0].start(), group[-1].end()))
                place += many - 1
                break
        place += 1
    return found


def _land(text: str) -> str:
    bare = re.sub(r"['’]s?$", "", text).strip().rstrip(".")
    if not bare or not bare[0].isupper() or bare.casefold() in MONTHS:
        return ""
    if len(bare) <= 3 and bare not in ("US", "U.S", "UK", "U.K", "EU", "UAE", "PRC"):
        return ""
    if bare.casefold() in ("sino", "european"):
        return "cn" if bare.casefold() == "sino" else "eu"
    return of_name(bare.replace(".", "") if bare in ("U.S", "U.K") else bare)


def parties(
    sentence: str, noun: re.Match[str], here: list[Land], before: list[Land]
) -> tuple[str, str, str]:
    """The flow, who reports it and with whom."""
    word = noun["noun"].casefold()
    if "trade" in word or word == "turnover":
        pair = _pair(sentence, noun, here) or (_pair_of(before) if not here else None)
        return ("trade", *pair) if pair else ("trade", "", "")
    flow = "import" if word in ("import", "imports", "purchases") else "export"
    left = [land for land in here if land.end <= noun.start()]
    right = [land for land in here if land.start >= noun.end()]
    owner = left[-1].code if left and _owns(sentence, left[-1], noun) else ""
    first = last = ""
    for land in right:
        link = _link(sentence, noun, land)
        if link in ("from", "of"):
            first = first or land.code
        elif link in ("to", "into", "with"):
            last = last or land.code
    if flow == "export":
        return flow, owner or first, last
    return flow, owner or last, first


def _owns(sentence: str, land: Land, noun: re.Match[str]) -> bool:
    """Whether a country before the noun owns it: "China's total exports"."""
    between = sentence[land.end : noun.start()]
    return len(between.split()) <= 3 and not re.search(r"[,.;]", between)


def _link(sentence: str, noun: re.Match[str], land: Land) -> str:
    """The word that ties a country to the noun before it."""
    between = sentence[noun.end() : land.start]
    if len(between.split()) > 6 or ";" in between:
        return ""
    words = re.findall(r"\b(?:to|from|into|with|of)\b", between, re.I)
    return words[-1].casefold() if words else ""


def _pair(
    sentence: str, noun: re.Match[str], here: list[Land]
) -> tuple[str, str] | None:
    """The two countries that trade: before the noun, or after "between", "with"."""
    left = [land for land in here if land.end <= noun.start()][-2:]
    if len(left) == 2 and left[0].code != left[1].code:
        between = sentence[left[0].end : left[1].start].strip().casefold()
        gap = sentence[left[1].end : noun.start()]
        if between in ("-", "–", "and", "/", "") and len(gap.split()) <= 3:
            return left[0].code, left[1].code
    right = [land for land in here if land.start >= noun.end()]
    near = [
        land for land in right if len(sentence[noun.end() : land.start].split()) <= 6
    ]
    if len(near) >= 2 and "between" in sentence[noun.end() : near[0].start]:
        return near[0].code, near[1].code
    if (
        left
        and near
        and _owns(sentence, left[-1], noun)
        and "with" in sentence[noun.end() : near[0].start]
    ):
        return left[-1].code, near[0].code
    return None


def _pair_of(lands: list[Land]) -> tuple[str, str] | None:
    """The two countries of the sentence before, where it named just two."""
    codes = list(dict.fromkeys(land.code for land in lands))
    return (codes[0], codes[1]) if len(codes) == 2 else None
