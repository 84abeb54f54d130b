"""`clearway check` on what is whole, and `clearway law`, on the starter list."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = ("--as-of", "2024-05-17")

# The form of a single customer credit transfer, SWIFT standards; the parties are ours.
MT103 = b"""{1:F01NJCBCNBNAXXX0000000000}{2:I103EXMPRUMMXXXXN}{4:
:20:PAY-1
:23B:CRED
:32A:240612CNY1250000,
:50K:/40702810000000000001
OOO SEVERNY INSTRUMENT
MOSCOW RU
:59:/6222020000000001
SHENZHEN EXAMPLE MACHINERY CO LTD
SHENZHEN CN
:70:/INV/17 FOR PROMSVYAZBANK MOSCOW
:71A:SHA
-}"""


def test_a_payment_names_its_rules_and_says_what_to_do(command: Command) -> None:
    ran = command(
        "check", EXAMPLES / "machine-tools.yaml", *DAY, "--profile", "us_person"
    )
    assert ran.code in (10, 20)
    assert "High-priority goods for Russia need a licence" in ran.out
    assert "15 CFR 746.8" in ran.out
    assert "by the law of 2024-06-12, for us_person" in ran.out


def test_the_json_of_a_transaction_holds_findings_with_citation_and_dates(
    command: Command,
) -> None:
    ran = command(
        "check",
        EXAMPLES / "machine-tools.yaml",
        *DAY,
        "--profile",
        "foreign_bank",
        "--json",
    )
    told = json.loads(ran.out)
    assert told["law_of"] == "2024-06-12"
    items = [f for f in told["findings"] if f["rule"] == "us-14024-11-a-ii-items"]
    assert items[0]["citation"].startswith("E.O. 14024 s.11(a)(ii)")
    assert items[0]["effective_from"] == "2023-12-22"
    assert items[0]["shown"] is False


def test_a_swift_message_is_told_by_its_content_and_its_text_is_searched(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "message"
    path.write_bytes(MT103)
    ran = command("check", path, *DAY, "--json")
    told = json.loads(ran.out)
    assert told["message"] == "MT103"
    (payment,) = told["transactions"]
    named = {party["name"]: party for party in payment["parties"]}
    in_text = next(p for name, p in named.items() if "PROMSVYAZBANK" in name)
    assert in_text["spot"]["path"].startswith(":70:")
    begin, end = in_text["spot"]["start"], in_text["spot"]["end"]
    assert "PROMSVYAZBANK" in MT103.decode()[begin:end]
    assert ran.code == 10


def test_a_folder_of_messages_gives_rows_of_alerts(
    command: Command, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"{number}.fin").write_bytes(MT103)
    out = tmp_path / "alerts.csv"
    ran = command("check", inbox, *DAY, "-o", out)
    assert ran.code == 10, ran.err
    rows = out.read_text("utf-8").splitlines()
    assert rows[0].startswith("number,file,is,reference,verdict,what")
    assert sum("hit" in row and "PROMSVYAZBANK" in row.upper() for row in rows) >= 3


def test_a_report_names_its_entities_once_and_is_marked_up(
    command: Command, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    assert command("check", EXAMPLES / "report.txt", *DAY, "-o", page).code == 10
    assert page.read_text("utf-8").startswith("<!doctype html>")
    ran = command("check", EXAMPLES / "report.txt", *DAY)
    assert ran.out.count("  PUTIN, Vladimir  (person)") == 1
    assert "E.O. 14114 2023-12-22" in ran.out


def test_a_table_gives_a_transaction_a_row_and_searches_what_nobody_reads(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(
        "date,payer,payer country,payee,amount,currency,hs code,destination,note\n"
        "2024-06-12,OOO Primer,RU,Ningbo Lathes Co,1000,CNY,8457.10,RU,\n"
        "2024-06-12,Lund AB,SE,Vik AS,1000,SEK,,,paid for Vladimir Putin\n"
    )
    out = tmp_path / "found.csv"
    ran = command(
        *("check", path, "--as", "transaction", "--profile", "us_person"),
        *(*DAY, "-o", out),
    )
    assert ran.code == 20, ran.err
    told = out.read_text("utf-8")
    assert "us-ear-746" in told or "15 CFR 746.8" in told
    assert "Vladimir Putin" in told


def test_names_and_payments_are_not_mixed(command: Command) -> None:
    ran = command("check", "Promsvyazbank", EXAMPLES / "machine-tools.yaml", *DAY)
    assert ran.code == 2
    assert "two calls" in ran.err


def test_law_at_a_day_lists_what_applied_and_not_what_came_later(
    command: Command,
) -> None:
    before = command("law", "at", "2023-12-21", "--for", "foreign_bank").out
    after = command("law", "at", "2023-12-22", "--for", "foreign_bank").out
    assert "us-14024-11-a-i " not in before
    assert "us-14024-11-a-i " in after


def test_law_show_gives_citation_condition_and_source(command: Command) -> None:
    ran = command("law", "show", "us-14024-11-a-ii-service")
    assert "transaction.conduct is provided_any_service" in ran.out
    assert "last confirmed on" in ran.out
    assert command("law", "show", "no-such-rule").code == 2


def test_the_timeline_is_drawn(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "law.svg"
    ran = command("law", "timeline", "--only", "us-14024-11", "-o", path)
    assert ran.code == 0, ran.err
    assert path.read_text("utf-8").startswith("<svg")


def test_a_book_is_replayed_and_a_supposed_listing_counted(
    command: Command, tmp_path: Path
) -> None:
    picture = tmp_path / "exposure.svg"
    ran = command(
        *("law", "replay", EXAMPLES / "payments.csv", *DAY),
        *("--profile", "foreign_bank", "--json", "--picture", picture),
        *("--suppose", "listed=Keremet Bank@2025-01-15"),
    )
    told = json.loads(ran.out)
    assert told["payments"] == 400
    assert told["supposed"][0]["touches"] == 63
    counts = {row["day"]: row["exposed"] for row in told["by_law_of"]}
    assert counts["2025-01-15"] > counts["2023-12-22"]
    assert picture.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    "arguments",
    [
        ("law", "replay", "no-such-file.csv"),
        ("law", "replay", EXAMPLES / "payments.csv", "--suppose", "Keremet"),
        ("check", EXAMPLES / "machine-tools.yaml", "--profile", "nobody"),
    ],
)
def test_a_call_that_makes_no_sense_is_a_sentence_and_no_traceback(
    command: Command, arguments: tuple[Any, ...]
) -> None:
    ran = command(*arguments)
    assert ran.code in (2, 4)
    assert ran.err.startswith("clearway: ")
