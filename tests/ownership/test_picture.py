"""The picture stands alone, names everybody, and reads without colour."""

import re
from datetime import date

from lxml import etree

from clearway.ownership.deciding import Result, evaluate
from clearway.ownership.picture import picture
from clearway.ownership.stake import Holding, Interest, Share, Stake
from clearway.ownership.threshold import Test

DAY = date(2024, 5, 17)
NAMES = [
    Holding("X", "Jane <Roe> & Sons"),
    Holding("C", "中国测试贸易有限责任公司华东第一分公司"),
]


def drawn(*stakes: Stake) -> tuple[etree._Element, str, Result]:
    result = evaluate(stakes, ["X"], Test(), DAY, holdings=NAMES)
    text = picture(result, "C")
    return etree.fromstring(text.encode()), text, result


def half(owner: str, owned: str, size: int = 50) -> Stake:
    return Stake(owner, owned, Share.percent(size))


def texts(root: etree._Element) -> list[str]:
    return [t.text or "" for t in root.iter("{*}text")]


def test_every_party_and_stake_is_drawn_and_the_answer_told() -> None:
    root, text, result = drawn(
        half("X", "A"), half("A", "C"), half("Z", "C", 30), half("X", "U", 10)
    )
    said = texts(root)
    assert "Jane <Roe> & Sons" in said
    assert {"A", "Z", "50 %", "30 %"} <= {*said}
    assert "U" not in said
    titles = [t.text for t in root.iter("{*}title")]
    assert "中国测试贸易有限责任公司华东第一分公司" in titles
    assert any(line.endswith("…") for line in said)
    assert "owned by listed parties: 50 % >= 50 %" in said[-2] or "…" in said[-2]
    assert root.find("{*}desc") is not None
    assert result.of("C").sentence in (root.findtext("{*}desc") or "")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme:dark" in text


def test_listed_owned_and_unknown_differ_in_more_than_colour() -> None:
    root, text, _ = drawn(half("X", "A"), Stake("A", "C"))
    assert "listed" in texts(root)
    assert "cannot be known" in texts(root)
    assert len(root.findall(".//{*}rect[@class='inner']")) == 1
    assert "? %" in texts(root)
    assert re.search(r"\.unknown\{[^}]*stroke-dasharray", text)


def test_a_circle_is_drawn_once_around_and_a_tie_that_decides_nothing_is_marked() -> (
    None
):
    director = Stake("D", "C", kind=Interest.DIRECTOR)
    root, _, _ = drawn(half("X", "A"), half("A", "C"), half("C", "A", 5), director)
    ways = [path.get("d", "") for path in root.iter("{*}path")]
    assert sum("H" in way for way in ways) == 1
    assert "director" in texts(root)
    assert "5 %" in texts(root)
    assert len(root.findall(".//{*}path[@class='line tie']")) == 1


def test_boxes_of_a_layer_do_not_overlap_and_stay_on_the_page() -> None:
    owners = [half(f"O{n}", "C", 10) for n in range(9)]
    root, _, _ = drawn(*owners, *[half("X", f"O{n}", 60) for n in range(9)])
    boxes = [
        (float(b.get("x", 0)), float(b.get("y", 0)))
        for b in root.iter("{*}rect")
        if b.get("rx") == "6"
    ]
    assert len(boxes) == 11
    width = float(root.get("width", 0))
    assert all(0 <= x <= width - 168 for x, _ in boxes)
    for x, y in boxes:
        assert not [1 for a, b in boxes if b == y and 0 < abs(a - x) < 168]
