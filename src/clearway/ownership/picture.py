"""Who owns whom as a picture: layers from the top down, one SVG that stands alone.

Every party is a box, every stake an arrow with its share. Listed parties have a double
border, what counts as theirs is filled, what may be is hatched by a dashed border: the
picture reads without colour. It follows the reader's light or dark setting.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

from clearway.ownership.deciding import Answer, Owned, Result
from clearway.ownership.edges import CONTROLS
from clearway.ownership.stake import Interest, Stake

_WIDE, _HIGH = 168, 48
_GAP, _DOWN = 36, 74
_EDGE, _FOOT = 24, 64
_LETTERS, _SIDE = 21, 64
_MOST = 60
"""So many parties are drawn; a picture of more is no picture."""

_STYLE = """
.page{fill:#ffffff}.box{fill:#ffffff;stroke:#4a5568;stroke-width:1.4}
.listed{fill:#fde8e6;stroke:#b3261e;stroke-width:1.6}
.inner{fill:none;stroke:#b3261e;stroke-width:1}
.owned{fill:#fdebc8;stroke:#8a5a00;stroke-width:1.8}
.unknown{fill:#ffffff;stroke:#8a5a00;stroke-width:1.8;stroke-dasharray:6 4}
.line{fill:none;stroke:#4a5568;stroke-width:1.4;stroke-linejoin:round}
.counts{stroke:#8a5a00;stroke-width:2.2}
.tie{stroke-dasharray:3 4}.head{fill:#4a5568}.counted{fill:#8a5a00}
text{font:13px system-ui,'Noto Sans','Noto Sans CJK SC',sans-serif}
text{fill:#1a202c;text-anchor:middle}
.small{font-size:11px;fill:#4a5568}.left{text-anchor:start}
.label{font-size:12px}
@media(prefers-color-scheme:dark){
.page{fill:#14181f}.box{fill:#1f2630;stroke:#a0aec0}
.listed{fill:#4a1f1c;stroke:#ff8a80}.inner{stroke:#ff8a80}
.owned{fill:#4a3a12;stroke:#f0c060}.unknown{fill:#1f2630;stroke:#f0c060}
.line{stroke:#a0aec0}.counts{stroke:#f0c060}.head{fill:#a0aec0}.counted{fill:#f0c060}
text{fill:#edf2f7}.small{fill:#a0aec0}}
"""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Where the boxes stand, and how large the whole is."""

    at: Mapping[str, tuple[float, float]]
    width: float
    height: float


def picture(result: Result, entity: str) -> str:
    """The stakes above a party as SVG text, with the arithmetic as its description."""
    told = result.of(entity)
    stakes = _shown(result, entity)
    layers = _layers(entity, stakes)
    placed = _placed(_ordered(layers, stakes))
    marks = {party: _mark(result, party) for layer in layers for party in layer}
    arrows, labels, sides = [], [], 0
    taken: list[tuple[float, float, float]] = []
    for pair in _pairs(stakes):
        back = placed.at[pair[0].owner][1] >= placed.at[pair[0].owned][1]
        arrow = (_back if back else _down)(pair, placed, sides)
        sides += back
        arrows.append(_line(pair, arrow, marks))
        labels.append(_words_on(pair, arrow, taken))
    boxes = [_box(result, party, placed, marks[party]) for party in placed.at]
    whole = replace(placed, width=placed.width + sides * _SIDE)
    return _page(told, whole, [*arrows, *boxes, *labels], result)


def _mark(result: Result, party: str) -> str:
    number = result.register.number[party]
    if number in result.listed:
        return "listed"
    answer = result.answer(party)
    return {Answer.OWNED: "owned", Answer.UNKNOWN: "unknown"}.get(answer, "box")


def _shown(result: Result, entity: str) -> list[Stake]:
    """The stakes of that day above a party, nearest first, not past _MOST parties."""
    register = result.register
    parties, found = dict.fromkeys([entity]), []
    waiting = [entity]
    for party in waiting:
        for stake in register.stakes_in(register.number[party]):
            if stake.holds_on(result.day) is False or stake.owner == party:
                continue
            if stake.owner not in parties:
                if len(parties) >= _MOST:
                    continue
                parties[stake.owner] = None
                waiting.append(stake.owner)
            found.append(stake)
    return found


def _layers(entity: str, stakes: Sequence[Stake]) -> list[list[str]]:
    """Owners above what they own; a circle is cut where it would close."""
    above: dict[str, dict[str, None]] = defaultdict(dict)
    for stake in stakes:
        above[stake.owned][stake.owner] = None
    depth: dict[str, int] = {}

    def sink(party: str, level: int, way: tuple[str, ...]) -> None:
        if depth.get(party, -1) >= level:
            return
        depth[party] = level
        for owner in above.get(party, ()):
            if owner not in way:
                sink(owner, level + 1, (*way, owner))

    sink(entity, 0, (entity,))
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for party, level in depth.items():
        layers[len(layers) - 1 - level].append(party)
    return [layer for layer in layers if layer]


def _ordered(layers: list[list[str]], stakes: Sequence[Stake]) -> list[list[str]]:
    """Boxes near what they are tied to: the middle of their ties, a few times over."""
    ties: dict[str, list[str]] = defaultdict(list)
    for stake in stakes:
        ties[stake.owner].append(stake.owned)
        ties[stake.owned].append(stake.owner)
    ordered = [[*layer] for layer in layers]
    for turn in range(6):
        for at in range(len(ordered))[:: -1 if turn % 2 else 1]:
            place = {
                party: (index + 0.5) / len(layer)
                for layer in ordered
                for index, party in enumerate(layer)
            }
            ordered[at].sort(key=lambda party: _middle(ties[party], place, party))
    return ordered


def _middle(others: Sequence[str], place: Mapping[str, float], party: str) -> float:
    found = [place[other] for other in others if other in place]
    return sum(found) / len(found) if found else place[party]


def _placed(layers: Sequence[Sequence[str]]) -> _Drawn:
    widest = max(len(layer) for layer in layers)
    width = max(widest * (_WIDE + _GAP) - _GAP + 2 * _EDGE, 460)
    at = {}
    for row, layer in enumerate(layers):
        used = len(layer) * (_WIDE + _GAP) - _GAP
        for column, party in enumerate(layer):
            left = (width - used) / 2 + column * (_WIDE + _GAP)
            at[party] = (left, _EDGE + row * (_HIGH + _DOWN))
    height = _EDGE + len(layers) * (_HIGH + _DOWN) - _DOWN + _FOOT
    return _Drawn(at, width, height)


def _pairs(stakes: Sequence[Stake]) -> list[list[Stake]]:
    """Stakes of the same two parties share an arrow."""
    found: dict[tuple[str, str], list[Stake]] = defaultdict(list)
    for stake in stakes:
        found[stake.owner, stake.owned].append(stake)
    return [*found.values()]


class _Arrow(NamedTuple):
    """Where an arrow runs, its tip, and where its label stands."""

    way: str
    tip: str
    middle: tuple[float, float]


def _down(stakes: Sequence[Stake], placed: _Drawn, _: int) -> _Arrow:
    """From the lower edge of the owner to the upper edge of what it owns."""
    (x1, y1), (x2, y2) = placed.at[stakes[0].owner], placed.at[stakes[0].owned]
    x1, x2, y1, y2 = x1 + _WIDE / 2, x2 + _WIDE / 2, y1 + _HIGH, y2 - 7
    bend = min((y2 - y1) / 2, _DOWN)
    way = f"M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}"
    tip = f"{x2 - 5:g},{y2:g} {x2 + 5:g},{y2:g} {x2:g},{y2 + 7:g}"
    # The label stands in the gap below the owner, where no box is.
    part = next(
        (n / 40 for n in range(41) if _curve(n / 40, y1, bend, y2) >= y1 + _DOWN / 2),
        0.5,
    )
    middle = x1 + (x2 - x1) * part * part * (3 - 2 * part)
    return _Arrow(way, tip, (middle, _curve(part, y1, bend, y2) + 4))


def _curve(part: float, y1: float, bend: float, y2: float) -> float:
    """How far down a curve has come after a part of its way."""
    rest = 1 - part
    ends = rest**3 * y1 + part**3 * y2
    return ends + 3 * rest * part * (rest * (y1 + bend) + part * (y2 - bend))


def _back(stakes: Sequence[Stake], placed: _Drawn, number: int) -> _Arrow:
    """Around the right-hand side, where a circle closes; each on a line of its own."""
    (x1, y1), (x2, y2) = placed.at[stakes[0].owner], placed.at[stakes[0].owned]
    side = placed.width - _EDGE + 12 + number * _SIDE
    x1, x2 = x1 + _WIDE - 18, x2 + _WIDE - 18
    low, high = y1 + _HIGH + 14, y2 - 16
    way = f"M{x1:g} {y1 + _HIGH:g}V{low:g}H{side:g}V{high:g}H{x2:g}V{y2 - 7:g}"
    tip = f"{x2 - 5:g},{y2 - 7:g} {x2 + 5:g},{y2 - 7:g} {x2:g},{y2:g}"
    return _Arrow(way, tip, (side, (low + high) / 2))


def _line(stakes: Sequence[Stake], arrow: _Arrow, marks: Mapping[str, str]) -> str:
    counts = marks[stakes[0].owner] in ("listed", "owned")
    measured = any(stake.kind not in _LOOSE for stake in stakes)
    kinds = ("line", "counts" if counts else "", "" if measured else "tie")
    head = "counted" if counts else "head"
    return (
        f'<path class="{" ".join(filter(None, kinds))}" d="{arrow.way}"/>'
        f'<polygon class="{head}" points="{arrow.tip}"/>'
    )


def _words_on(
    stakes: Sequence[Stake], arrow: _Arrow, taken: list[tuple[float, float, float]]
) -> str:
    """The label of an arrow, moved up or down where another one stands already."""
    label = ", ".join(dict.fromkeys(map(_label, stakes)))
    (x, y), wide = arrow.middle, 6.6 * len(label) + 8
    for move in (0, -19, 19, -38, 38):
        if not any(
            abs(x - a) < (wide + b) / 2 and abs(y + move - c) < 18 for a, b, c in taken
        ):
            y += move
            break
    taken.append((x, wide, y))
    return (
        f'<rect class="page" x="{x - wide / 2:g}" y="{y - 13:g}" width="{wide:g}" '
        f'height="18"/><text class="label" x="{x:g}" y="{y:g}">{escape(label)}</text>'
    )


_LOOSE = (Interest.DIRECTOR, Interest.NOMINEE, Interest.OTHER)


def _label(stake: Stake) -> str:
    share = "? %" if stake.share.unknown else str(stake.share)
    share = share.replace("more than ", "> ").replace("at most ", "<= ")
    if stake.kind in CONTROLS or stake.kind in _LOOSE:
        share = stake.kind.replace("_", " ")
    elif stake.kind is Interest.VOTING_RIGHTS:
        share = f"{share} votes"
    class_ = f" {stake.share_class}" if stake.share_class else ""
    held = " indirect" if stake.indirect else ""
    return f"{share}{class_}{held}{' ?' if stake.doubt else ''}"


def _box(result: Result, party: str, placed: _Drawn, mark: str) -> str:
    x, y = placed.at[party]
    name = result.register.name(result.register.number[party])
    said = {"listed": "listed", "owned": "counts as listed parties\u2019"}.get(mark, "")
    said = "cannot be known" if mark == "unknown" else said
    inner = ""
    if mark == "listed":
        inner = (
            f'<rect class="inner" x="{x + 3:g}" y="{y + 3:g}" width="{_WIDE - 6}" '
            f'height="{_HIGH - 6}" rx="4"/>'
        )
    middle = x + _WIDE / 2
    line = y + (21 if said else 29)
    text = f'<text x="{middle:g}" y="{line:g}">{escape(_short(name))}</text>'
    if said:
        text += f'<text class="small" x="{middle:g}" y="{y + 37:g}">{said}</text>'
    return (
        f'<g><title>{escape(name)}</title><rect class="{mark}" x="{x:g}" y="{y:g}" '
        f'width="{_WIDE}" height="{_HIGH}" rx="6"/>{inner}{text}</g>'
    )


def _short(name: str) -> str:
    """A name that fits its box; wide letters take the room of two."""
    room, kept = _LETTERS, ""
    for letter in name:
        room -= 2 if ord(letter) > 0x2E7F else 1
        if room < 0:
            return kept.rstrip() + "\u2026"
        kept += letter
    return kept


def _page(told: Owned, placed: _Drawn, drawn: Sequence[str], result: Result) -> str:
    answer = {
        Answer.OWNED: f"owned by listed parties: {told.share} {result.test.words}",
        Answer.NOT_OWNED: f"not owned by listed parties ({result.test.words} is)",
        Answer.UNKNOWN: "cannot be known",
    }[told.decided]
    foot = placed.height - 26
    under = "; ".join(filter(None, [f"as of {result.day}", result.test.name]))
    title = escape(f"Who owns {told.name}, on {result.day}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{placed.width:g}" '
        f'height="{placed.height:g}" viewBox="0 0 {placed.width:g} {placed.height:g}" '
        f'role="img" aria-labelledby="title desc">\n<title id="title">{title}</title>\n'
        f'<desc id="desc">{escape(told.sentence)}</desc>\n<style>{_STYLE}</style>\n'
        f'<rect class="page" width="100%" height="100%"/>\n'
        + "\n".join(drawn)
        + f'\n<text class="left" x="{_EDGE}" y="{foot:g}">'
        f"{escape(_short_line(f'{told.name}: {answer}', placed.width))}</text>\n"
        f'<text class="small left" x="{_EDGE}" y="{foot + 17:g}">'
        f"{escape(_short_line(under, placed.width))}</text>\n</svg>\n"
    )


def _short_line(text: str, width: float) -> str:
    room = int((width - 2 * _EDGE) / 6.6)
    return text if len(text) <= room else text[: room - 1] + "\u2026"
