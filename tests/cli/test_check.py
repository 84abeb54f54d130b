"""`clearway check`: what it prints, where, and how it ends."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pyarrow.parquet
import pytest
from python_calamine import load_workbook

from clearway.cli.main import cli, run
from clearway.cli.options import colour_of
from clearway.screen.rows import COLUMNS

Command = Callable[..., Any]

RUN = f"import sys; sys.path[:] = {sys.path}; import clearway.cli.main as m; m.run()"
CUSTOMERS = """\
Client No,Client,DOB,Country
C-1,Promsvyazbank,,Russia
C-2,Путин Владимир Владимирович,1952-10-07,RU
C-3,Jane Plain Smith,1980-01-01,GB
"""


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, "utf-8")
    return path


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["Jane Plain Smith"], 0),
        (["Promsvyazbank"], 10),
        (["Vladimir Putin", "--birth-date", "1952-10-07"], 20),
        (["Jane Plain Smith", "--lists", "nobody"], 2),
        (["Jane Plain Smith", "--lists", "un"], 3),
        (["customers-of-march.csv"], 4),
        (["Jane Plain Smith", "Promsvyazbank"], 10),
    ],
)
def test_the_exit_code_is_that_of_the_gravest_verdict(
    check: Command, asked: list[str], code: int
) -> None:
    assert check(*asked).code == code


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Promsvyazbank", "eu-EU.7395.36"),
        ("Путин Владимир", "ofac-35096"),
        ("沈忠國際海運有限公司", "un-6908696"),
        ("沈忠国际海运有限公司", "un-6908696"),
    ],
)
def test_a_name_is_found_in_its_script(check: Command, name: str, found: str) -> None:
    ran = check(name, "--json")
    assert ran.code == 10
    answer = json.loads(ran.out)
    assert answer["verdict"] == "review"
    assert found in [hit["entity"]["id"] for hit in answer["hits"]]


def test_answers_go_to_standard_output_and_notes_to_standard_error(
    check: Command, customers: Path
) -> None:
    ran = check(customers)
    assert "columns: name <- Client" in ran.err
    assert "3 parties: 1 clear, 1 review, 1 stop" in ran.err
    assert "columns" not in ran.out
    assert "Jane" not in ran.out
    assert "asked as of 2024-05-17: starter/corridor-2024-05 as published" in ran.out
    assert "Jane" in check(customers, "--all").out
    assert check(customers, "-q").err == ""


def test_json_is_an_object_for_one_name_and_an_array_for_more(
    check: Command, customers: Path
) -> None:
    assert json.loads(check("Promsvyazbank", "--json").out)["verdict"] == "review"
    two = json.loads(check("Promsvyazbank", "Jane Plain", "--json").out)
    assert [answer["verdict"] for answer in two] == ["review", "clear"]
    table = json.loads(check(customers, "--json").out)
    assert [answer["party"]["reference"] for answer in table] == ["C-1", "C-2", "C-3"]


def test_ndjson_is_one_screening_a_line(check: Command, customers: Path) -> None:
    lines = check(customers, "--ndjson").out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == [
        "review",
        "stop",
        "clear",
    ]


def test_csv_has_a_row_for_each_hit_and_with_all_one_for_each_party(
    check: Command, customers: Path
) -> None:
    rows = list(csv.DictReader(io.StringIO(check(customers, "--csv").out)))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["reference"] for row in rows} == {"C-1", "C-2"}
    whole = list(csv.DictReader(io.StringIO(check(customers, "--csv", "--all").out)))
    assert {row["reference"] for row in whole} == {"C-1", "C-2", "C-3"}
    assert whole[-1]["verdict"] == "clear"
    assert whole[-1]["because"].startswith("no match in starter/corridor-2024-05")


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx", "ndjson", "json"])
def test_the_same_question_twice_writes_the_same_bytes(
    check: Command, customers: Path, tmp_path: Path, ending: str
) -> None:
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    assert check(customers, "-o", first).code == 20
    assert check(customers, "-o", second).code == 20
    assert first.read_bytes() == second.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {
        "customers.csv",
        first.name,
        second.name,
    }


@pytest.mark.parametrize("style", ["--json", "--ndjson", "--csv", "--all"])
def test_the_same_question_twice_prints_the_same(
    check: Command, customers: Path, style: str
) -> None:
    assert check(customers, style).out == check(customers, style).out


def test_a_file_of_hits_holds_what_its_ending_says(
    check: Command, customers: Path, tmp_path: Path
) -> None:
    printed = list(csv.DictReader(io.StringIO(check(customers, "--csv").out)))
    names = [row["entity_id"] for row in printed]
    for ending in ("csv", "parquet", "xlsx"):
        check(customers, "-o", tmp_path / f"hits.{ending}")
    parquet = pyarrow.parquet.read_table(tmp_path / "hits.parquet")
    assert parquet.column_names == list(COLUMNS)
    assert parquet["entity_id"].to_pylist() == names
    sheet = load_workbook(str(tmp_path / "hits.xlsx")).get_sheet_by_index(0)
    head, *rows = sheet.to_python()
    assert head == list(COLUMNS)
    assert [row[head.index("entity_id")] for row in rows] == names
    text = (tmp_path / "hits.csv").read_text("utf-8-sig")
    assert [row["entity_id"] for row in csv.DictReader(io.StringIO(text))] == names


def test_names_come_on_standard_input(check: Command) -> None:
    names = "Promsvyazbank\nJane Plain\nПутин Владимир\n".encode()
    lines = check("-", "--ndjson", stdin=names).out.splitlines()
    assert [json.loads(line)["party"]["name"] for line in lines] == [
        "Promsvyazbank",
        "Jane Plain",
        "Путин Владимир",
    ]


def test_a_table_comes_on_standard_input(check: Command) -> None:
    ran = check("-", "--json", stdin=CUSTOMERS.encode())
    assert ran.code == 20
    assert [answer["party"]["reference"] for answer in json.loads(ran.out)] == [
        "C-1",
        "C-2",
        "C-3",
    ]
    assert check("-", "-", stdin=CUSTOMERS.encode()).code == 2


def test_nothing_on_standard_input_is_unreadable_and_not_clear(check: Command) -> None:
    ran = check("-", stdin=b"")
    assert ran.code == 4
    assert ran.out == ""
    assert "empty" in ran.err


def test_a_table_without_rows_is_unreadable_even_beside_one_with_rows(
    check: Command, customers: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("name,country\n", "utf-8")
    assert check(empty).code == 4
    out = tmp_path / "hits.csv"
    ran = check(customers, empty, "-o", out)
    assert ran.code == 4
    assert "empty.csv: holds no rows" in ran.err
    assert not out.exists()


def test_map_corrects_the_guessed_columns(check: Command, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Client,Payer\nJo Doe,Promsvyazbank\nA Doe,Jane Plain\n", "utf-8")
    ran = check(path, "--map", "name=Payer", "--ndjson")
    assert "columns: name <- Payer" in ran.err
    assert ran.code == 10
    wrong = check(path, "--map", "name=Payee")
    assert wrong.code == 2
    assert "Payee" in wrong.err
    assert check(path, "--map", "colour=Payer").code == 2
    assert check("Jane Plain", "--map", "name=Payer").code == 2


def test_an_identifier_finds_whatever_the_name(check: Command) -> None:
    ran = check("Blue Sky", "--id", "imo:9220639", "--json")
    assert ran.code == 20
    assert json.loads(ran.out)["hits"][0]["entity"]["id"] == "ofac-34940"
    assert check("Jane Plain", "--id", "imo:9187629").code == 0
    for wrong in ("9220639", "imo:", "imo: "):
        assert check("Blue Sky", "--id", wrong).code == 2
    for doubtful in ("imo:1", "imo:????????"):
        ran = check("Jane Plain", "--id", doubtful, "--json")
        assert ran.code == 10
        assert json.loads(ran.out)["problems"][0]["code"] == "bad_identifier"


def test_a_birth_date_speaks_for_or_against(check: Command) -> None:
    def best(*args: str) -> float:
        ran = check("Vladimir Putin", "--kind", "person", *args, "--json")
        hits = json.loads(ran.out)["hits"]
        return max((float(hit["score"]) for hit in hits), default=0.0)

    right, without = best("--birth-date", "1952-10-07"), best()
    wrong = best("--birth-date", "1999-01-02")
    assert right > without > wrong
    ran = check("Jane Plain", "--birth-date", "last summer", "--json")
    assert ran.code == 10
    assert json.loads(ran.out)["problems"][0]["code"] == "bad_date"


def test_kind_and_country_are_part_of_the_question(check: Command) -> None:
    ran = check("Sparta III", "--kind", "vessel", "--country", "RU", "--json")
    party = json.loads(ran.out)["party"]
    assert party == {"name": "Sparta III", "kind": "vessel", "countries": ["RU"]}
    assert check("Sparta III", "--kind", "ship").code == 2
    assert check("Jane Plain", "--country", "Atlantis").code == 10


def test_facts_of_one_party_are_not_given_to_several(
    check: Command, customers: Path
) -> None:
    for fact in (
        ("--birth-date", "1952"),
        ("--country", "RU"),
        ("--id", "imo:9220639"),
    ):
        for targets in (("A B", "C D"), (customers,)):
            ran = check(*targets, *fact)
            assert ran.code == 2
            assert fact[0] in ran.err


def test_kind_says_what_all_rows_of_a_table_are(check: Command, tmp_path: Path) -> None:
    path = tmp_path / "ships.csv"
    path.write_text("name\nSparta III\nLady R\n", "utf-8")
    answers = json.loads(check(path, "--kind", "vessel", "--json").out)
    assert {answer["party"]["kind"] for answer in answers} == {"vessel"}


@pytest.mark.parametrize(
    "name", ["clients.csv", "a/b.xlsx", "x.parquet", "/clients", "./x", "~/y"]
)
def test_a_file_that_is_not_there_is_never_taken_for_a_name(
    check: Command, name: str
) -> None:
    ran = check(name)
    assert ran.code == 4
    assert "no such file" in ran.err
    assert ran.out == ""
    as_name = check(name, "--as", "name", "--json")
    assert json.loads(as_name.out)["party"]["name"] == name


def test_a_link_that_leads_nowhere_is_never_taken_for_a_name(
    check: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients").symlink_to("gone")
    (tmp_path / "loop").symlink_to("loop")
    assert check("clients").code == check("loop").code == 4


def test_a_pipe_is_read_like_a_file(check: Command, tmp_path: Path) -> None:
    pipe = tmp_path / "names"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as writer:
        writer.submit(pipe.write_text, CUSTOMERS, "utf-8")
        ran = check(pipe, "--ndjson")
    assert ran.code == 20
    assert len(ran.out.splitlines()) == 3


def test_a_full_disk_ends_in_a_sentence_and_not_in_clear(
    starter_home: Path,
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    for style in ("--csv", "--json"):
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(
                [
                    *(sys.executable, "-c", RUN, "--home", str(starter_home)),
                    *("check", "Jane Plain", "--as-of", "2024-05-17", style),
                ],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert ran.returncode == 2
        assert ran.stderr.startswith("clearway: stopped, the answer is not whole")
        assert len(ran.stderr.splitlines()) == 1


def test_a_folder_is_no_target(check: Command, tmp_path: Path) -> None:
    ran = check(tmp_path)
    assert ran.code == 4
    assert "is a folder" in ran.err


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_an_empty_name_is_for_review(check: Command, name: str) -> None:
    ran = check(name, "--json")
    assert ran.code == 10
    assert json.loads(ran.out)["problems"][0]["code"] == "empty_name"


def test_stale_lists_never_answer_clear(command: Command) -> None:
    ran = command("check", "Jane Plain", "--json")
    assert ran.code == 3
    answer = json.loads(ran.out)
    assert answer["verdict"] == "review"
    assert answer["lists"][0]["stale"]
    assert answer["reasons"][0].startswith("list stale on ")
    assert "--accept-stale" in ran.err
    table = command("check", "-", stdin=b"name\nJane Plain\nJohn Plain\n")
    assert table.code == 3


def test_a_hit_on_a_stale_list_is_a_hit(command: Command) -> None:
    assert command("check", "Promsvyazbank").code == 10
    assert command("check", "Jane Plain", "Promsvyazbank").code == 10
    assert command("check", "a").code == 10
    putin = ("Vladimir Putin", "--birth-date", "1952-10-07")
    assert command("check", *putin).code == 20


def test_accepting_stale_lists_is_recorded(command: Command) -> None:
    ran = command("check", "Jane Plain", "--accept-stale", "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert answer["accept_stale"] is True
    assert answer["lists"][0]["stale"] is True
    strict = json.loads(command("check", "Jane Plain", "--json").out)
    assert strict["accept_stale"] is False
    assert strict["config"] != answer["config"]


def test_without_lists_nothing_is_answered_and_the_remedy_is_named(
    command: Command, tmp_path: Path, starter_home: Path
) -> None:
    ran = command("check", "Jane Plain", home=tmp_path / "none")
    assert ran.code == 3
    assert ran.out == ""
    assert "lists update" in ran.err
    assert not (tmp_path / "none").exists()
    early = command("check", "Jane Plain", "--as-of", "2020-01-01")
    assert early.code == 3
    assert "2024-05-15" in early.err


def test_lists_narrows_the_question(check: Command) -> None:
    assert check("Promsvyazbank", "--lists", "starter").code == 10
    missing = check("Jane Plain", "--lists", "starter,eu", "--json")
    assert missing.code == 3
    assert "list missing: eu" in json.loads(missing.out)["reasons"]
    assert check("Jane Plain", "--lists", ",").code == 2


def test_a_higher_threshold_shows_fewer_hits(check: Command) -> None:
    def hits(threshold: str) -> int:
        ran = check("Bank Rossiya", "--threshold", threshold, "--json")
        return len(json.loads(ran.out)["hits"])

    assert hits("0.6") >= hits("0.7") > hits("0.99")
    for senseless in ("0", "2", "-1", "much"):
        assert check("Bank Rossiya", "--threshold", senseless).code == 2


def test_a_profile_is_a_file_of_choices(check: Command, tmp_path: Path) -> None:
    profile = tmp_path / "desk.toml"
    profile.write_text("threshold = 0.99\nstop = 0.99\n", "utf-8")
    assert check("Promsvyazbank", "--profile", profile).code == 0
    profile.write_text("treshold = 0.99\n", "utf-8")
    ran = check("Promsvyazbank", "--profile", profile)
    assert ran.code == 2
    assert "treshold" in ran.err
    for wrong in ("threshold = 'high'", "threshold = 3", "threshold = ", "\0"):
        profile.write_text(wrong, "utf-8")
        assert check("Promsvyazbank", "--profile", profile).code == 2
    profile.write_bytes("threshold = 0.8".encode("utf-16"))
    assert check("Promsvyazbank", "--profile", profile).code == 2
    assert check("Promsvyazbank", "--profile", "nobody").code == 2


def test_a_day_that_is_none_is_refused(command: Command) -> None:
    for day in ("2024-13-01", "yesterday", ""):
        assert command("check", "Jane Plain", "--as-of", day).code == 2


def test_output_is_not_written_where_it_cannot_be(
    check: Command, customers: Path, tmp_path: Path
) -> None:
    before = customers.read_bytes()
    for out in (
        tmp_path / "hits.docx",
        tmp_path / "none" / "hits.csv",
        tmp_path,
        customers,
    ):
        ran = check(customers, "-o", out)
        assert ran.code == 2, out
        assert str(out) in ran.err
    assert customers.read_bytes() == before
    assert check(customers, "-o", tmp_path / "hits.csv", "--json").code == 2


def test_a_table_that_breaks_off_leaves_the_old_output_alone(
    check: Command, tmp_path: Path
) -> None:
    out, broken = tmp_path / "hits.ndjson", tmp_path / "clients.json"
    out.write_text("of last week", "utf-8")
    broken.write_text('[{"name": "Jane Plain"}, {"name": "Promsv', "utf-8")
    ran = check(broken, "-o", out)
    assert ran.code == 4
    assert "clients.json" in ran.err
    assert out.read_text("utf-8") == "of last week"


def test_colour_is_for_terminals_and_no_color_is_honoured(
    check: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[" not in check("Promsvyazbank").out
    context = click.Context(cli)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colour_of(context) is None
    monkeypatch.setenv("NO_COLOR", "1")
    assert colour_of(context) is False


def test_help_and_version_end_well(command: Command) -> None:
    for args in (["--version"], ["--help"], ["check", "--help"], ["lists", "-h"]):
        ran = command(*args)
        assert ran.code == 0
        assert ran.out
    for args in (["chek"], ["check"], ["check", "--nope", "x"], ["lists", "nope"]):
        assert command(*args).code == 2


def test_the_environment_names_the_home(
    starter_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARWAY_HOME", str(starter_home))
    with pytest.raises(SystemExit) as end:
        run(["check", "Promsvyazbank", "--as-of", "2024-05-17", "--ndjson"])
    assert end.value.code == 10
    assert json.loads(capsys.readouterr().out)["verdict"] == "review"


def test_when_nobody_reads_on_it_ends_like_other_programs(
    starter_home: Path, tmp_path: Path
) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name\n" + "Promsvyazbank\n" * 300, "utf-8")
    ran = subprocess.Popen(
        [
            *(sys.executable, "-c", RUN, "--home", str(starter_home)),
            *("check", str(names)),
            *("--as-of", "2024-05-17", "--ndjson", "-q"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert ran.stdout is not None
    assert ran.stderr is not None
    with ran.stdout, ran.stderr:
        ran.stdout.read(10)
        ran.stdout.close()
        assert ran.wait(30) == 141
        assert ran.stderr.read() == b""
