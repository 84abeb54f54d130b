"""Stakes in tables: who, of whom, how much, by headings in three languages.

The table itself (CSV, Excel, Parquet; encodings, separators) is opened by whoever
asks, as rows of cells; here is said what its columns mean.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from clearway.errors import InputUnreadable
from clearway.model import Problem
from clearway.model.transaction import Spot
from clearway.ownership.gathering import Gatherer, Reading, kind_of_role
from clearway.ownership.stake import UNKNOWN, WHOLE, Holding, Interest, Share, Stake

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "owner": (
        *("owner", "owner name", "shareholder", "shareholder name", "parent", "holder"),
        *("investor", "beneficial owner", "interested party", "owner entity"),
        *("parent company", "controller", "member", "partner"),
        *("владелец", "акционер", "участник", "учредитель", "собственник"),
        *("бенефициар", "материнская компания", "наименование владельца"),
        *("股东", "股东名称", "股東", "所有者", "持股人", "投资人", "投资方", "母公司"),
    ),
    "owner_id": (
        *("owner id", "owner key", "shareholder id", "parent id", "owner lei"),
        *("from id", "source id", "ид владельца", "инн владельца", "огрн владельца"),
        *("股东id", "股东编号", "股东代码"),
    ),
    "owned": (
        *("owned", "owned name", "entity", "entity name", "company", "company name"),
        *("subsidiary", "asset", "investee", "issuer", "subject", "child", "target"),
        *("компания", "общество", "организация", "дочерняя компания", "эмитент"),
        *("предприятие", "наименование компании", "объект"),
        *("公司", "公司名称", "企业", "企业名称", "被投资企业", "子公司", "标的公司"),
    ),
    "owned_id": (
        *("owned id", "owned key", "entity id", "company id", "subsidiary id"),
        *("asset id", "company lei", "entity lei", "child id", "target id", "to id"),
        *("ид компании", "инн компании", "огрн компании", "инн", "огрн"),
        *("公司id", "公司编号", "企业代码", "统一社会信用代码"),
    ),
    "share": (
        *("percent", "percentage", "share", "shares", "stake", "ownership", "pct"),
        *("ownership percent", "ownership percentage", "share percent", "holding"),
        *("share pct", "interest", "shareholding", "ownership share", "percent owned"),
        *("доля", "процент", "доля участия", "процент владения", "доля владения"),
        *("持股比例", "比例", "股权比例", "出资比例", "持股", "股份比例", "占比"),
    ),
    "least": (
        *("min", "minimum", "least", "from percent", "min percent", "minimum share"),
        *("минимум", "доля от", "минимальная доля", "最低比例", "最小比例"),
    ),
    "most": (
        *("max", "maximum", "most", "to percent", "max percent", "maximum share"),
        *("максимум", "доля до", "максимальная доля", "最高比例", "最大比例"),
    ),
    "since": (
        *("from", "since", "start", "start date", "from date", "valid from", "begin"),
        *("date from", "начало", "с", "дата начала", "дата с"),
        *("开始日期", "起始日期", "生效日期", "自"),
    ),
    "until": (
        *("to", "until", "end", "end date", "to date", "valid to", "date to"),
        *("окончание", "по", "дата окончания", "дата по"),
        *("结束日期", "终止日期", "截止日期", "至"),
    ),
    "kind": (
        *("kind", "type", "interest type", "relation", "relationship", "nature"),
        *("вид", "тип", "вид участия", "类型", "关系", "权益类型", "性质"),
    ),
    "class": (
        *("class", "share class", "class of shares", "класс", "класс акций"),
        *("категория акций", "类别", "股份类别", "股票类别"),
    ),
    "path": (
        *("direct", "direct or indirect", "indirect", "прямое", "прямое или косвенное"),
        *("直接或间接", "持股方式"),
    ),
}
"""The words that head each field, without case and punctuation."""

_MEANING = {word: field for field, words in HEADINGS.items() for word in words}
_NOT_WORD = re.compile(r"[\W_]+")
_DEEPEST = 20
_GLEIF = frozenset({"relationship startnode nodeid", "exception category"})
_ONES = ("true", "yes", "1", "indirect")


class Line(Protocol):
    """A row: where it stands ("line 12"), its cells, what is wrong with it."""

    @property
    def position(self) -> str:
        """Where it stands."""

    @property
    def cells(self) -> Sequence[object]:
        """Its cells, in the order of the headings."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it already."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The texts of a row by field."""

    position: str
    texts: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.texts.get(field, "")


def meaning(heading: str) -> str:
    """The field that a heading stands for; '' where it says nothing known."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    bare = " ".join(_NOT_WORD.sub(" ", re.sub(r"[(（\[].*?[)）\]]", " ", text)).split())
    return _MEANING.get(bare, "")


def fields_of(heads: Sequence[object]) -> dict[str, int]:
    """The column of each field; the first of several that mean the same."""
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        if field := meaning(_text(head)):
            found.setdefault(field, at)
    return found


def are_stakes(heads: Sequence[object]) -> bool:
    """Whether headings are those of a table of stakes."""
    fields = fields_of(heads)
    return bool({"owner", "owner_id"} & fields.keys()) and bool(
        {"owned", "owned_id"} & fields.keys()
    )


def are_gleif(heads: Sequence[object]) -> bool:
    """Whether headings are those of GLEIF's level 2 as CSV."""
    plain = (_NOT_WORD.sub(" ", _text(head).casefold()) for head in heads)
    return any(head.strip() in _GLEIF for head in plain)


def header_at(heads: Sequence[Sequence[object]]) -> int | None:
    """Which of the first rows is the header; titles may stand above it."""
    for at, cells in enumerate(heads[:_DEEPEST]):
        if are_stakes(cells) or are_gleif(cells):
            return at
    return None


def stakes(heads: Sequence[object], lines: Iterable[Line], file: str = "") -> Reading:
    """Every stake of a table; parties by key, or by name where there is none."""
    fields = fields_of(heads)
    if not are_stakes(heads):
        missing = "owner" if not {"owner", "owner_id"} & fields.keys() else "owned"
        raise InputUnreadable(
            file,
            f"no column is headed {missing}; name the columns owner, owned, percent, "
            "and where there are such: from, to, class, kind",
        )
    gatherer = Gatherer(file)
    rows = [*_rows(fields, lines, gatherer)]
    keys = _keys(rows)
    scale = _scale(fields, rows, gatherer)
    for row in rows:
        _stake(row, keys, scale, gatherer)
    return gatherer.reading("table of stakes")


def _rows(
    fields: Mapping[str, int], lines: Iterable[Line], gatherer: Gatherer
) -> Iterator[_Row]:
    for line in lines:
        gatherer.problems.extend(line.problems)
        cells = line.cells
        texts = {f: _text(cells[at]) for f, at in fields.items() if at < len(cells)}
        if any(texts.values()):
            yield _Row(line.position, texts)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _keys(rows: Iterable[_Row]) -> dict[str, str]:
    """The key of each name that always goes with one and the same key."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for side in ("owner", "owned"):
            if row[side] and row[f"{side}_id"]:
                found[_plain(row[side])].add(row[f"{side}_id"])
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _scale(
    fields: Mapping[str, int], rows: Sequence[_Row], gatherer: Gatherer
) -> int | None:
    """What a bare number is a part of: 100; 1 or unknown if none is more than 1."""
    numbers = []
    for row in rows:
        for field in ("share", "least", "most"):
            try:
                numbers.append(float(row[field].replace(",", ".")))
            except ValueError:
                continue
    filled = [number for number in numbers if number]
    if not filled or max(filled) > 1 or all(n == 1 for n in filled):
        return 100
    message = (
        "no share is more than 1: whether 0.5 means half or half a per cent cannot be "
        "known; write per cent with a sign (50 %), or multiply by 100"
    )
    gatherer.problem("share_scale", message, rows[0].position)
    return None


def _stake(
    row: _Row, keys: Mapping[str, str], scale: int | None, gatherer: Gatherer
) -> None:
    owner, owned = (_party(row, side, keys, gatherer) for side in ("owner", "owned"))
    if not owner or not owned:
        missing = "owned" if owner else "owner"
        message = f"{missing}: no party is named; the row was left out"
        text = " | ".join(filter(None, row.texts.values()))
        gatherer.problem("party_missing", message, row.position, text)
        return
    words = row["kind"]
    kind = kind_of_role(words) if words else Interest.SHARES
    if words and kind is Interest.OTHER:
        message = (
            f"kind: {words!r} is not known; the row decides nothing: write shares,"
        )
        message += " voting rights, board majority or control"
        gatherer.problem("unknown_interest", message, row.position, words)
    path = row["path"].casefold()
    indirect = path in _ONES or any(m in path for m in ("indirect", "косвен", "间接"))
    gatherer.stake(
        Stake(
            owner,
            owned,
            _share(row, scale, gatherer),
            kind,
            share_class=row["class"],
            indirect=indirect and path != "direct",
            position=row.position,
            spot=Spot(path="share", raw=row["share"]),
        ),
        since=row["since"],
        until=row["until"],
    )


def _party(row: _Row, side: str, keys: Mapping[str, str], gatherer: Gatherer) -> str:
    name, plain = row[side], _plain(row[side])
    key = row[f"{side}_id"] or keys.get(plain, plain)
    if key and key not in gatherer.holdings:
        gatherer.holding(Holding(key, name or key))
    return key


def _share(row: _Row, scale: int | None, gatherer: Gatherer) -> Share:
    if row["share"] or not (row["least"] or row["most"]):
        return _scaled(row["share"], "share", row, scale, gatherer)
    ends = []
    for field, default in (("least", Share.exactly(0)), ("most", WHOLE)):
        text = row[field]
        share = _scaled(text, field, row, scale, gatherer) if text else default
        ends.append(share)
    low, high = ends[0].least, ends[1].most
    if low > high:
        message = f"least: {row['least']} is more than {row['most']}; the share was"
        gatherer.problem(
            "impossible_share",
            f"{message} taken as unknown: exchange them",
            row.position,
            f"{row['least']} {row['most']}",
        )
        return UNKNOWN
    return Share(low, high)


def _scaled(
    text: str, field: str, row: _Row, scale: int | None, gatherer: Gatherer
) -> Share:
    if scale is not None:
        return gatherer.share(text, field, row.position, scale=scale)
    small = gatherer.share(text, field, row.position, scale=100)
    large = gatherer.share(text, field, row.position, scale=1)
    return small if small == large else Share(small.least, large.most)
