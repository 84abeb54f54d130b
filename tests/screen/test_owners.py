"""Stakes out of any file, and their owners found on the lists."""

from datetime import date
from pathlib import Path

import pytest

import clearway
from clearway.errors import InputUnreadable
from clearway.ownership.deciding import evaluate
from clearway.screen.owners import listed_owners, named, stakes_of
from clearway.screen.owning import law_of

DAY = date(2024, 5, 17)
CSV = (
    "owner,owned,percent\nVladimir Putin,Some Trading LLC,60\nIngrid Lund,Fjord AS,60\n"
)


def test_titles_above_the_headings_are_looked_past() -> None:
    text = "Реестр долей;;\n;;\nна 17.05.2024;;\n"
    text += "Владелец;Компания;Доля\nИванов;Ромашка;50,5\n"
    found = stakes_of(text.encode("windows-1251"), "register.csv")
    (stake,) = found.stakes
    assert str(stake.share) == "50.5 %"
    assert stake.position == "line 5"


def test_a_workbook_of_stakes(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "stakes.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for at, row in enumerate([("股东", "公司", "持股比例"), ("甲", "乙", 33.3)]):
        sheet.write_row(at, 0, row)
    book.close()
    (stake,) = stakes_of(path).stakes
    assert str(stake.share) == "33.3 %"


def test_json_lines_of_stakes() -> None:
    text = '{"owner": "X", "owned": "A", "percent": 50}\n' * 2
    found = stakes_of(text.encode(), "stakes.jsonl")
    assert len(found.stakes) == 2


def test_a_file_without_stakes_is_refused_with_a_remedy() -> None:
    with pytest.raises(InputUnreadable, match="head them owner, owned"):
        stakes_of(b"name,country\nX,de\nY,fr\n", "names.csv")
    with pytest.raises(InputUnreadable, match="no stakes were found"):
        stakes_of(b'{"id": "1", "schema": "Person", "properties": {}}', "a.json")


def test_an_owner_like_a_listed_one_leaves_what_it_owns_for_review(
    starter_home: Path,
) -> None:
    screener = clearway.open(starter_home, as_of=DAY)
    reading = stakes_of(CSV.encode(), "stakes.csv")
    found = listed_owners(screener, reading)
    assert found.asked == 2
    assert found.perhaps == ("vladimir putin",)
    result = evaluate(
        reading.stakes,
        found.listed,
        law_of("us", DAY),
        DAY,
        holdings=reading.holdings,
        perhaps=found.perhaps,
    )
    assert result.unknown == ("some trading llc",)
    assert result.owned == ()


def test_names_are_found_by_key_and_by_name_whatever_their_case() -> None:
    reading = stakes_of(CSV.encode(), "stakes.csv")
    found = named(reading.holdings, ["INGRID  LUND", "Nobody"])
    assert found == {"INGRID  LUND": ["ingrid lund"], "Nobody": []}
