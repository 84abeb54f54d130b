"""`clearway own`: what it answers, and with which exit code."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

STAKES = """\
owner,owned,percent,kind
Alba Roe,Northern Holding LLC,50,
Bruno Loe,Northern Holding LLC,10,
Northern Holding LLC,Volga Trading GmbH,25,
Bruno Loe,Volga Trading GmbH,25,
Alba Roe,Quiet Shipping Ltd,,
Alba Roe,Elbe Logistics AG,49,
Alba Roe,Elbe Logistics AG,,control
"""
WHO = ("--no-screen", "--listed", "Alba Roe;Bruno Loe")


@pytest.fixture
def stakes(tmp_path: Path) -> Path:
    path = tmp_path / "stakes.csv"
    path.write_text(STAKES, "utf-8")
    return path


def owned(ran: Any) -> dict[str, str]:
    return {f["name"]: f["answer"] for f in json.loads(ran.out)["findings"]}


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("us", "2024-05-17", {"Northern Holding LLC", "Volga Trading GmbH"}),
        ("eu", "2024-07-02", {"Northern Holding LLC", "Elbe Logistics AG"}),
        (
            "eu",
            "2024-07-03",
            {"Northern Holding LLC", "Elbe Logistics AG", "Volga Trading GmbH"},
        ),
        ("uk", "2024-07-03", {"Elbe Logistics AG"}),
    ],
)
def test_each_rule_on_its_day(
    command: Command, stakes: Path, rule: str, day: str, expected: set[str]
) -> None:
    ran = command(
        "own", "check", stakes, *WHO, "--rule", rule, "--as-of", day, "--json"
    )
    found = owned(ran)
    assert {name for name, answer in found.items() if answer == "owned"} == expected
    assert found["Quiet Shipping Ltd"] == "unknown"
    assert ran.code == 20


def test_the_answer_carries_law_evidence_and_arithmetic(
    command: Command, stakes: Path
) -> None:
    ran = command("own", "check", stakes, *WHO, "--as-of", "2024-05-17", "--json")
    told = json.loads(ran.out)
    assert told["law"]["evidence"] == "found"
    assert told["law"]["last_confirmed"] == "2026-07-08"
    finding = told["findings"][1]
    assert finding["kind"] == "owned_by_listed"
    assert finding["arithmetic"][-1].endswith("25 % + 25 % = 50 % >= 50 %")
    assert finding["chains"][0][0]["position"] == "line 2"
    again = command("own", "check", stakes, *WHO, "--as-of", "2024-05-17", "--json")
    assert again.out == ran.out


def test_text_shows_the_sum_the_law_and_where_nothing_is_known(
    command: Command, stakes: Path
) -> None:
    ran = command("own", "check", stakes, *WHO, "--as-of", "2024-05-17")
    assert "50 % + 10 % = 60 % >= 50 %" in ran.out
    assert "CANNOT BE KNOWN" in ran.out
    assert "OFAC's 50 Percent Rule, as of 2024-05-17" in ran.out
    assert "owners were not screened" in ran.out


def test_exit_codes_from_clear_to_stop(command: Command, tmp_path: Path) -> None:
    def code(text: str, *words: str) -> int:
        path = tmp_path / "s.csv"
        path.write_text("owner,owned,percent\n" + text, "utf-8")
        ran = command("own", "check", path, "--no-screen", "--listed", *words)
        return int(ran.code)

    assert code("X,A,10\n", "X") == 0
    assert code("X,A,\n", "X") == 10
    assert code("X,A,60\n", "X") == 20
    assert code("X,A,10\nX,B,130\n", "X") == 10
    assert code("X,A,10\n", "Somebody not in it") == 10
    # Read only in part: the law of those years stops nothing by itself.
    assert code("X,A,60\n", "X", "--as-of", "2010-01-01") == 10
    bis = ("X", "--rule", "us_bis", "--as-of")
    assert code("X,A,60\n", *bis, "2025-11-09") == 20
    assert code("X,A,60\n", *bis, "2025-11-10") == 0
    assert code("X,A,60\n", *bis, "2026-11-10") == 10
    assert code("X,A,60\n", "X", "--as-of", "1999-01-01") == 2
    assert code("X,A,60\n", "X", "--rule", "mars") == 2


def test_owners_are_screened_where_there_are_lists(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    path.write_text("owner,owned,percent\nVladimir Putin,Some LLC,60\n", "utf-8")
    ran = command("own", "check", path, "--as-of", "2024-05-17", "--json")
    told = json.loads(ran.out)
    assert ran.code == 10
    assert told["maybe_listed"] == ["vladimir putin"]
    assert told["findings"][0]["answer"] == "unknown"
    assert told["hits"]["vladimir putin"]["hits"]
    given = command(
        *("own", "check", path, "--as-of", "2024-05-17", "--listed", "Vladimir Putin")
    )
    assert given.code == 20


def test_without_lists_and_without_names_nobody_is_listed(
    command: Command, stakes: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    assert command("own", "check", stakes, home=empty).code == 3
    assert command("own", "check", stakes, "--no-screen").code == 2
    ran = command("own", "check", stakes, "--listed", "Nobody Here", home=empty)
    assert ran.code == 3


def test_listed_parties_from_a_file(command: Command, stakes: Path) -> None:
    listed = stakes.with_name("listed.txt")
    listed.write_text("Somebody Else\nalba roe\n", "utf-8")
    ran = command("own", "check", stakes, "--no-screen", "--listed", listed, "--json")
    told = json.loads(ran.out)
    assert told["listed_given"] == ["alba roe"]


def test_joint_parties_are_added_in_britain(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("owner,owned,percent\nX,A,30\nY,A,30\n", "utf-8")
    asked = ("own", "check", path, "--no-screen", "--listed", "X;Y", "--rule", "uk")
    assert command(*asked).code == 0
    assert command(*asked, "--joint", "X;Y").code == 20
    assert command(*asked, "--joint", "X;Q").code == 2


def test_findings_as_a_table(command: Command, stakes: Path, tmp_path: Path) -> None:
    out = tmp_path / "owned.csv"
    ran = command("own", "check", stakes, *WHO, "--as-of", "2024-05-17", "-o", out)
    assert ran.code == 20
    rows = [*csv.DictReader(out.read_text("utf-8-sig").splitlines())]
    assert [row["name"] for row in rows] == [
        *("Northern Holding LLC", "Volga Trading GmbH", "Quiet Shipping Ltd")
    ]
    assert rows[0]["owners"] == "Alba Roe; Bruno Loe"
    lines = tmp_path / "owned.ndjson"
    command("own", "check", stakes, *WHO, "--as-of", "2024-05-17", "-o", lines)
    assert len(lines.read_text("utf-8").splitlines()) == 3


def test_explain_tells_chains_and_draws(
    command: Command, stakes: Path, tmp_path: Path
) -> None:
    svg = tmp_path / "volga.svg"
    ran = command(
        *("own", "explain", stakes, "volga trading gmbh", *WHO),
        *("--as-of", "2024-05-17", "--picture", svg),
    )
    assert ran.code == 20
    assert "chain: Alba Roe -(50 %)-> Northern Holding LLC [line 2]" in ran.out
    assert svg.read_text("utf-8").startswith("<svg")
    assert command("own", "explain", stakes, "No One", *WHO).code == 2
    elbe = command("own", "explain", stakes, "Elbe Logistics AG", *WHO)
    assert elbe.code == 0
    assert "sign: Alba Roe (listed) controls it" in elbe.out
