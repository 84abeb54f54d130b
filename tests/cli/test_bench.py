"""`clearway bench` as a person types it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clearway.lists import starter

Command = Callable[..., Any]
PAIRS = """\
case_group,schema,name1,name2,is_match,quality,category,notes
own,Person,Vladimir Putin,Vladimir Vladimirovich Putin,true,STRONG,,
own,Person,Vladimir Putin,Angela Merkel,false,STRONG,,
"""


def test_the_machine_and_the_lists_come_first_and_a_summary_last(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "name_pairs.csv").write_text(PAIRS, "utf-8")
    ran = command("bench", "pairs", "--data", tmp_path, "-q")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("measured with clearway ")
    assert "113 entities" in ran.out
    assert "peers: none asked" in ran.out
    assert "== 2 of 2 targets reached" in ran.out


def test_json_holds_everything(command: Command, tmp_path: Path) -> None:
    (tmp_path / "name_pairs.csv").write_text(PAIRS, "utf-8")
    out = tmp_path / "out.json"
    words = ("bench", "pairs", "un", "--data", tmp_path, "-q", "--json")
    assert command(*words, out).code == 0
    written = json.loads(out.read_text("utf-8"))
    assert [part["section"] for part in written["sections"]] == ["pairs", "un"]
    assert written["sections"][0]["measures"][0]["met"] is True
    assert "un_queries.csv" in written["sections"][1]["skipped"]
    printed = json.loads(command(*words, "-").out)
    assert printed["entities"] == written["entities"]


def test_a_section_nobody_knows_is_refused(command: Command) -> None:
    ran = command("bench", "pears")
    assert ran.code == 2
    assert "pears" in ran.err


def test_a_folder_that_is_not_there_is_refused(
    command: Command, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    assert command("bench", "pairs", "--data", gone, "-q").code == 2
    assert command("bench", "pairs", "--lists", gone, "-q").code == 2


def test_a_home_without_lists_says_how_to_get_some(
    command: Command, tmp_path: Path
) -> None:
    ran = command("bench", "speed", "-q", home=tmp_path / "empty")
    assert ran.code == 3
    assert "clearway lists" in ran.err


def test_a_folder_of_published_lists_is_brought_in_for_the_run(
    command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    place = folder / "starter" / "2024-05"
    place.mkdir(parents=True)
    (place / "starter.jsonl").write_bytes(starter.file().open().read())
    (place / "notes.txt").write_text("no list", "utf-8")
    (folder / "strangers").mkdir()
    ran = command(
        "bench", "pairs", "--lists", folder, "-q", home=tmp_path / "untouched"
    )
    assert ran.code == 0
    assert "113 entities" in ran.out
    assert "strangers" in ran.err
    assert "notes.txt" in ran.err
    assert not (tmp_path / "untouched").exists()


def test_peers_are_named_with_their_versions(command: Command, tmp_path: Path) -> None:
    (tmp_path / "name_pairs.csv").write_text(PAIRS, "utf-8")
    ran = command("bench", "pairs", "--data", tmp_path, "--peers", sys.executable, "-q")
    assert ran.code == 0
    assert "rapidfuzz" in ran.out.split("== pairs")[0]
    assert "rapidfuzz WRatio" in ran.out.split("== pairs")[1]
