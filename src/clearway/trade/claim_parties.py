"""Who trades with whom in a sentence: countries and how words tie them to trade.

Trade is said by a noun ("China's exports to Russia") or by a verb ("China sold goods
worth $111 billion to Russia"). Countries before it own it, "from" and "to" tie those
behind it; where a sentence goes on ("while imports fell"), who trades stays the same.
"""

import re
from dataclasses import dataclass

from clearway.trade.claim_when import MONTHS
from clearway.trade.places import of_name

_NOUN = (
    r"exports?|imports?|shipments|sales|deliveries|purchases|supplies|trade turnover|"
    r"trade volume|turnover|bilateral trade|two-way trade|trade"
)
_VERBS = {
    "exported": "export",
    "sold": "export",
    "shipped": "export",
    "supplied": "export",
    "imported": "import",
    "bought": "import",
    "purchased": "import",
}
_TRADE = re.compile(rf"\b(?:(?P<noun>{_NOUN})|(?P<verb>{'|'.join(_VERBS)}))\b", re.I)
_NOT_TRADE = re.compile(
    r"^\s*(?:war|deal|talks?|union|unions|barriers?|restrictions?|controls?|bans?|"
    r"minister|ministry|policy|routes?|partners?|in services|agreement|pact|fair|"
    r"surplus|deficit|balance|dispute|tensions?|flows? of services|finance)\b",
    re.I,
)
_ALL_GOODS = re.compile(
    r"^(?:all |total |the |their |its |other )*(?:goods|merchandise|products|"
    r"commodities|things)?(?: and services)?$",
    re.I,
)
_GOODS_WORD = re.compile(
    r"\b(?:oil|crude|petroleum|gas|LNG|LPG|coal|fuels?|energy|chips?|microchips?|"
    r"semiconductors?|machinery|machine[- ]tools?|machines?|vehicles?|cars?|autos?|"
    r"trucks?|drones?|electronics?|steel|iron|alumini?um|copper|metals?|food|grains?|"
    r"wheat|soybeans?|farm|agricultural|fish|timber|wood|arms|weapons?|military|"
    r"dual[- ]use|high[- ]priority|battlefield|tech|technology|high[- ]tech|equipment|"
    r"chemicals?|fertili[sz]ers?|textiles?|clothing|services?|phones?|computers?|"
    r"bearings?|parts|components|rare[- ]earths?|uranium|gold|diamonds?|"
    r"nitrocellulose|medicines?|pharmaceuticals?)\b",
    re.I,
)
_SHORT = ("US", "U.S", "UK", "U.K", "EU", "UAE", "PRC", "USA")


@dataclass(frozen=True, slots=True)
class Land:
    """A mention of a country."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence speaks of: a flow, who reports it and with whom, which goods.

    `start` and `end` are where the noun or verb stands, `words` what precedes it
    within the subject ("China's 2023"). Unknown countries are empty.
    """

    flow: str
    reporter: str
    partner: str
    goods: str
    start: int
    end: int
    words: str = ""


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
            if not group[-1][0][0].isupper():
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
    if len(bare) <= 3 and bare not in _SHORT:
        return ""
    if bare.casefold() in ("sino", "european"):
        return "cn" if bare.casefold() == "sino" else "eu"
    return of_name(bare.replace(".", "") if bare in ("U.S", "U.K") else bare)


def subjects_in(
    sentence: str, here: list[Land], before: list[Land], source: str
) -> list[Subject]:
    """What a sentence speaks of, in its order.

    `here` are its countries, `before` those of the sentence before, `source` the
    country whose customs are cited: what customs tell of exports are their own.
    """
    found: list[Subject] = []
    for match in _TRADE.finditer(sentence):
        if match["noun"] and _NOT_TRADE.match(sentence[match.end() :]):
            continue
        one = _subject(sentence, match, here, before)
        last = found[-1] if found else None
        if one.flow != "trade":
            reporter = one.reporter or (last.reporter if last else "") or source
            partner = one.partner or (last.partner if last else "")
            if reporter == partner:
                reporter = partner = ""
            one = Subject(
                one.flow, reporter, partner, one.goods, one.start, one.end, one.words
            )
        found.append(one)
    return found


def _subject(
    sentence: str, match: re.Match[str], here: list[Land], before: list[Land]
) -> Subject:
    left = [land for land in here if land.end <= match.start()]
    words = sentence[left[-1].end if left else 0 : match.start()]
    goods = _goods(sentence, match, here, words)
    if match["verb"]:
        flow = _VERBS[match["verb"].casefold()]
        reporter = left[-1].code if left and _near(words, 2) else ""
        partner = _traded(sentence, match, here, flow)
        return Subject(flow, reporter, partner, goods, *match.span(), words)
    noun = match["noun"].casefold()
    if "trade" in noun or noun == "turnover":
        pair = _pair(sentence, match, here)
        pair = pair or (_pair_of(before) if not here else None) or ("", "")
        return Subject("trade", *pair, goods, *match.span(), words)
    flow = "import" if noun in ("import", "imports", "purchases") else "export"
    ends = _ends(sentence, match, here)
    owner = left[-1].code if left and _owns(sentence, left[-1], match) else ends["by"]
    if flow == "export":
        reporter, partner = owner or ends["from"] or ends["of"], ends["to"]
    else:
        owner = owner or ends["to"] or (ends["of"] if ends["from"] else "")
        reporter, partner = owner, ends["from"] or ends["of"]
    return Subject(flow, reporter, partner, goods, *match.span(), words)


def _near(between: str, most: int) -> bool:
    return len(between.split()) <= most and not re.search(r"[,.;]", between)


def _owns(sentence: str, land: Land, noun: re.Match[str]) -> bool:
    """Whether a country before the noun owns it: "China's total exports"."""
    between = sentence[land.end : noun.start()]
    told = re.search(r"\b(?:customs|data|figures|show(?:s|ed)|from|to)\b", between)
    return _near(between, 3) and not told


def _ends(sentence: str, noun: re.Match[str], here: list[Land]) -> dict[str, str]:
    """The first country that "from", "to", "of" and "by" tie to a noun."""
    found = {"from": "", "to": "", "of": "", "by": ""}
    for land in here:
        if land.start < noun.end():
            continue
        between = sentence[noun.end() : land.start]
        if len(between.split()) > 8 or ";" in between:
            break
        words = re.findall(r"\b(?:to|from|into|with|of|by)\b", between, re.I)
        if words:
            link = words[-1].casefold()
            link = "to" if link in ("into", "with") else link
            found[link] = found[link] or land.code
    return found


def _traded(sentence: str, verb: re.Match[str], here: list[Land], flow: str) -> str:
    """With whom: "to Russia" of what was sold, "from Russia" or "Russian goods"."""
    ends = _ends(sentence, verb, here)
    if flow == "export":
        return ends["to"]
    return ends["from"] or ends["of"]


def _goods(sentence: str, match: re.Match[str], here: list[Land], words: str) -> str:
    """The goods where not all are meant: "oil exports", "exports of machine tools"."""
    own = _GOODS_WORD.findall(words) if _near(words, 4) else []
    if own:
        return " ".join(own).casefold()
    after = sentence[match.end() :]
    found = re.match(
        r"(?:\s+(?:to|from|into)\s+(?:the\s+)?(?:[A-Z][\w.]*\s?){1,3})?[^,.;]{0,40}?"
        r"\bof\s+(?P<what>[^,.;\d]{2,60}?)"
        r"(?=\s+(?:to|from|into|by|in|rose|fell|grew|were|was|hit|and|worth|has|have|"
        r"surged|dropped|declined|climbed|jumped|soared|reached|amounted|stood)\b|[,.;]|$)",
        after,
    )
    if not found:
        return ""
    what = found["what"].strip()
    for land in here:
        what = what.replace(sentence[land.start : land.end], " ")
    what = " ".join(what.split())
    if _ALL_GOODS.match(what) or not _GOODS_WORD.search(what):
        return ""
    return what


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
    if len(near) >= 2 and _joined(sentence, noun, near[0], near[1]):
        return near[0].code, near[1].code
    if (
        left
        and near
        and _owns(sentence, left[-1], noun)
        and "with" in sentence[noun.end() : near[0].start]
    ):
        return left[-1].code, near[0].code
    return None


def _joined(sentence: str, noun: re.Match[str], one: Land, other: Land) -> bool:
    """Whether two countries behind "trade" trade with each other: "between A and B",
    "of A with B"."""
    before = sentence[noun.end() : one.start]
    link = sentence[one.end : other.start].strip(" ,").casefold()
    between = bool(re.search(r"\b(?:between|of|by)\b", before))
    return between and bool(re.fullmatch(r"and|with|&|and the|with the|-|–", link))


def _pair_of(lands: list[Land]) -> tuple[str, str] | None:
    """The two countries of the sentence before, where it named just two."""
    codes = list(dict.fromkeys(land.code for land in lands))
    return (codes[0], codes[1]) if len(codes) == 2 else None
