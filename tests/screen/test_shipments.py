"""Papers of goods checked whole: one verdict, and what is wrong with which line."""

from collections.abc import Callable

import pytest

from clearway.screen.config import Configuration
from clearway.screen.profile import load_profile
from clearway.screen.screener import Screener
from clearway.screen.screening import Verdict
from clearway.screen.transactions import TransactionScreening, check_transactions
from clearway.screen.whole_rows import rows_of
from clearway.tables.shipments.reading import read_shipments

PAPER = """\
Seller,Shenzhen Example Electronics Co Ltd,,,,
Consignee,TOO Example Import,,,,
End user,OOO Severny Instrument,,,,
Vessel,MV EXAMPLE STAR,,IMO,9074729,
Invoice No,SZ-7,,Date,2024-05-14,
Port of loading,Shenzhen,,Port of discharge,Novorossiysk,
HS code,Description,Qty,Unit,Unit price USD,Amount USD
6907.21,Ceramic tiles,10,m2,8.00,80.00
8542.31,Microcontrollers,100,pcs,3.50,350.00
8542.31,Microcontrollers,100,pcs,3.60,360.00
8542.31,Microcontrollers,100,pcs,3.40,340.00
8542.31,Microcontrollers,100,pcs,3.50,350.00
8542.31,Microcontrollers,100,pcs,35.00,3500.00
Total,,,,,4980.00
"""

Configured = Callable[[Configuration], Screener]


def checked(screener: Screener, paper: str = PAPER) -> TransactionScreening:
    shipments = read_shipments(paper.encode(), name="inv.csv").shipments
    (answer,) = check_transactions(screener, shipments)
    return answer


def test_findings_stand_at_their_lines_and_the_verdict_is_one(
    configured: Configured,
) -> None:
    answer = checked(configured(load_profile("exporter")))
    assert answer.problems == ()
    assert answer.verdict is Verdict.REVIEW
    assert answer.lines[0].findings == ()
    assert answer.lines[0].verdict is Verdict.CLEAR
    assert all("chpl-russia-belarus" in line.findings for line in answer.lines[1:])
    assert [line.position for line in answer.lines[:2]] == ["line 8", "line 9"]


def test_a_price_out_of_line_is_a_red_flag_of_its_line_alone(
    screener: Screener,
) -> None:
    answer = checked(screener)
    flagged = [line.line.line for line in answer.lines if "rf-18" in line.findings]
    assert flagged == [6]
    (price,) = answer.lines[5].prices
    assert price.outside
    assert price.count == 4


def test_words_against_the_code_are_a_hint_and_no_finding(screener: Screener) -> None:
    answer = checked(screener, PAPER.replace("6907.21", "8457.10"))
    (hint,) = answer.lines[0].hints
    assert "845710" in hint
    rules = {finding.rule for finding in answer.findings}
    assert not any("misdescribed" in rule for rule in rules)


def test_an_unknown_code_is_a_problem_at_its_row_and_the_rest_is_judged(
    screener: Screener,
) -> None:
    answer = checked(screener, PAPER.replace("6907.21", "690"))
    problem = answer.problems[0]
    assert (problem.file, problem.position) == ("inv.csv", "line 8")
    assert answer.lines[0].verdict is Verdict.REVIEW
    assert answer.lines[0].problems
    assert "chpl-russia-belarus" in answer.lines[1].findings


def test_a_ship_is_found_by_its_number_under_another_name(screener: Screener) -> None:
    answer = checked(screener, PAPER.replace("9074729", "8674156"))
    (ship,) = [s for i, s in answer.screenings if str(i.role) == "vessel"]
    assert ship.verdict is Verdict.STOP
    assert ship.hits[0].entity.name == "FORTUNA"


def test_a_ship_is_found_by_its_name_behind_a_prefix(screener: Screener) -> None:
    named = PAPER.replace("MV EXAMPLE STAR,,IMO,9074729", "M/V FORTUNA V.12E,,,")
    answer = checked(screener, named)
    (ship,) = [s for i, s in answer.screenings if str(i.role) == "vessel"]
    assert ship.hits[0].entity.name == "FORTUNA"


@pytest.mark.parametrize("said", PAPER.replace("\n", ",").split(",")[1:20:2])
def test_a_listed_party_is_found_in_any_field(screener: Screener, said: str) -> None:
    if not said.strip() or said in ("Date", "IMO"):
        return
    planted = PAPER.replace(said, "Vladimir Vladimirovich Putin", 1)
    answer = checked(screener, planted)
    hits = {hit.entity.id for _, found in answer.screenings for hit in found.hits}
    assert "ofac-35096" in hits
    assert answer.verdict is not Verdict.CLEAR


@pytest.mark.parametrize("row", range(7, 13))
def test_a_listed_party_in_the_words_of_a_line_is_a_hit_of_that_line(
    screener: Screener, row: int
) -> None:
    rows = PAPER.split("\n")
    cells = rows[row].split(",")
    cells[1] += " for Promsvyazbank Public Joint Stock Company"
    rows[row] = ",".join(cells)
    answer = checked(screener, "\n".join(rows))
    assert [bool(line.hits) for line in answer.lines].index(True) == row - 7


def test_rows_of_answers_name_line_and_place(screener: Screener) -> None:
    rows = list(rows_of(1, "inv.csv", checked(screener)))
    flagged = [row for row in rows if row["rule"] == "rf-18"]
    assert [(row["line"], row["path"]) for row in flagged] == [(6, "line 13")]
    prices = [row for row in rows if row["what"] == "price"]
    assert [row["line"] for row in prices] == [6]


def test_the_answer_as_json_has_its_lines(screener: Screener) -> None:
    plain = checked(screener).to_dict()
    assert [line["line"] for line in plain["lines"]] == [1, 2, 3, 4, 5, 6]
    assert plain["lines"][5]["prices"][0]["outside"] is True
    assert plain["transaction"]["file"] == "inv.csv"
