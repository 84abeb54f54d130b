"""`clearway lists`: bring in, see, compare, prove; refused with exit 3 and a reason."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from clearway.errors import ListUnavailable
from clearway.lists import fetch, sample

Command = Callable[..., Any]
UnFiles = tuple[Path, Path]

STATUS_KEYS = [
    *("publisher", "list", "published", "retrieved"),
    *("entities", "names", "sha256", "state"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def state(command: Command, home: Path, day: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        command("lists", "status", "--as-of", day, "--json", home=home).out
    )
    return rows


def test_status_says_which_lists_answer(command: Command) -> None:
    ran = command("lists", "status", "--as-of", "2024-05-17", "--json")
    assert ran.code == 0
    (row,) = json.loads(ran.out)
    assert list(row)[: len(STATUS_KEYS)] == STATUS_KEYS
    assert (row["publisher"], row["list"]) == ("starter", "corridor-2024-05")
    assert (row["published"], row["state"]) == ("2024-05-15", "live")
    assert row["entities"] > 100
    text = command("lists", "status", "--as-of", "2024-05-17").out
    assert row["sha256"][:12] in text


def test_status_of_stale_missing_and_no_lists_is_exit_3(
    command: Command, home: Path
) -> None:
    stale = command("lists", "status", "--json")
    assert stale.code == 3
    assert json.loads(stale.out)[0]["state"] == "stale"
    early = command("lists", "status", "--as-of", "2020-01-01", "--json")
    assert early.code == 3
    assert json.loads(early.out)[0]["state"] == "missing"
    none = command("lists", "status", "--json", home=home)
    assert (none.code, json.loads(none.out)) == (3, [])
    assert "lists update" in command("lists", "status", home=home).err


def test_a_list_of_the_user_is_added_proved_and_answers(
    command: Command, home: Path, un_files: UnFiles
) -> None:
    ran = command("lists", "add", "un", un_files[0], home=home)
    assert ran.code == 0
    assert "coverage proof: 2 names of 2 entities checked, 0 exclusions" in ran.out
    asked = ("check", "Ri Won Ho", "--as-of", "2024-05-17", "--json")
    answer = json.loads(command(*asked, home=home).out)
    assert answer["hits"][0]["entity"]["id"] == "un-11"
    assert answer["lists"][0]["published"] == "2024-05-15"


def test_adding_the_same_file_again_changes_nothing(
    command: Command, home: Path, un_files: UnFiles
) -> None:
    command("lists", "add", "un", un_files[0], home=home)
    before = state(command, home, "2024-05-17")
    ran = command("lists", "add", "un", un_files[0], home=home)
    assert ran.code == 0
    assert "nothing changed" in ran.out
    assert state(command, home, "2024-05-17") == before


def test_an_older_version_is_refused_unless_it_is_history(
    command: Command, home: Path, un_files: UnFiles
) -> None:
    older, newer = un_files
    assert command("lists", "add", "un", newer, home=home).code == 0
    refused = command("lists", "add", "un", older, home=home)
    assert refused.code == 3
    assert "2024-05-15" in refused.err
    assert "--history" in refused.err
    assert state(command, home, "2025-04-20")[0]["published"] == "2025-04-19"
    filed = command("lists", "add", "un", older, "--history", home=home)
    assert filed.code == 0
    assert "answers for its own day" in filed.out
    assert state(command, home, "2025-04-20")[0]["published"] == "2025-04-19"
    assert state(command, home, "2024-05-17")[0]["published"] == "2024-05-15"
    asked = ("check", "Kim Chol Sam", "--as-of")
    assert command(*asked, "2025-04-20", home=home).code == 10
    assert command(*asked, "2024-05-17", home=home).code == 0


def test_a_refused_update_leaves_the_last_good_version(
    command: Command, home: Path, un_files: UnFiles, tmp_path: Path
) -> None:
    older, newer = un_files
    assert command("lists", "add", "un", older, home=home).code == 0
    cut = tmp_path / "cut.xml"
    cut.write_bytes(newer.read_bytes()[:-60])
    ran = command("lists", "add", "un", cut, home=home)
    assert ran.code == 3
    assert "cut.xml: line " in ran.err
    assert "stay in use" in ran.err
    (row,) = state(command, home, "2024-05-17")
    assert row["published"] == "2024-05-15"
    assert command("check", "Jo Yong Chol", "--as-of", "2024-05-17", home=home).code


def test_one_bad_file_does_not_hold_up_a_good_one(
    command: Command, home: Path, un_files: UnFiles, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")
    ran = command("lists", "add", "un", empty, un_files[0], home=home)
    assert ran.code == 3
    assert "empty.xml: refused: empty.xml: is empty" in ran.err
    assert "un/consolidated@2024-05-15" in ran.out
    assert command("check", "Ri Won Ho", "--as-of", "2024-05-17", home=home).code == 10


def test_the_wrong_publisher_or_list_is_refused(
    command: Command, home: Path, un_files: UnFiles
) -> None:
    ran = command("lists", "add", "ofac", un_files[0], home=home)
    assert ran.code == 3
    assert "list of un" in ran.err
    ran = command("lists", "add", "un", un_files[0], "--list", "other", home=home)
    assert ran.code == 3
    assert "un/consolidated" in ran.err
    ran = command("lists", "add", "nobody", un_files[0], home=home)
    assert ran.code == 2
    assert "known are" in ran.err
    assert command("lists", "add", "un", "missing.xml", home=home).code == 3
    assert state(command, home, "2024-05-17") == []


def test_show_gives_an_entity_a_list_and_its_problems(
    command: Command, home: Path, un_files: UnFiles
) -> None:
    entity = command("lists", "show", "ofac-35096", "--json")
    assert entity.code == 0
    assert json.loads(entity.out)["id"] == "ofac-35096"
    assert "PUTIN, Vladimir" in command("lists", "show", "ofac-35096").out
    version = json.loads(command("lists", "show", "starter", "--json").out)
    assert version[0]["published"] == "2024-05-15"
    assert "113 entries" in command("lists", "show", "starter").out
    assert command("lists", "show", "starter", "--problems").out == ""
    assert json.loads(
        command("lists", "show", "starter", "--problems", "--json").out
    ) == ([])
    unknown = command("lists", "show", "ofac-0")
    assert (unknown.code, unknown.out) == (2, "")
    assert command("lists", "show", "ofac-0", home=home).code == 3


def test_diff_says_what_was_added_removed_and_changed(
    command: Command, home: Path, un_files: UnFiles
) -> None:
    older, newer = un_files
    command("lists", "add", "un", older, home=home)
    alone = command("lists", "diff", "un", home=home)
    assert alone.code == 2
    assert "nothing to compare" in alone.err
    command("lists", "add", "un", newer, home=home)
    text = command("lists", "diff", "un", home=home)
    assert text.code == 0
    assert "  + un-13  KIM CHOL SAM" in text.out
    changes = json.loads(command("lists", "diff", "un", "--json", home=home).out)
    assert [row["id"] for row in changes["added"]] == ["un-13"]
    back = ("lists", "diff", "un", "2025-04-19", "2024-05-15", "--json")
    changes = json.loads(command(*back, home=home).out)
    assert [row["id"] for row in changes["removed"]] == ["un-13"]
    assert command("lists", "diff", "un", "2001-01-01", home=home).code == 2
    assert command("lists", "diff", "eu", home=home).code == 2


def test_selftest_prints_the_number_of_exclusions_which_is_zero(
    command: Command, home: Path
) -> None:
    ran = command("lists", "selftest")
    assert ran.code == 0
    assert ran.out.endswith("0 exclusions\n")
    counted = json.loads(command("lists", "selftest", "--json").out)
    assert counted["exclusions"] == []
    assert counted["names"] > counted["entities"] > 100
    assert command("lists", "selftest", home=home).code == 3


def test_where_the_sample_cannot_be_had_the_starter_list_answers(
    command: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*args: Any, **options: Any) -> sample.Sample:
        raise ListUnavailable("pip has no index")

    monkeypatch.setattr(sample, "bring", nothing)
    ran = command("lists", "sample", home=home)
    assert ran.code == 0
    assert "cannot be had: pip has no index" in ran.err
    assert "starter list" in ran.err
    assert [row["publisher"] for row in state(command, home, "2024-05-17")] == [
        "starter"
    ]
    assert command("check", "Promsvyazbank", "--as-of", "2024-05-17", home=home).code
    demo = command("demo", "-q", home=home)
    assert demo.code == 0
    assert "starter/corridor-2024-05" in demo.out


def test_the_demo_runs_without_a_network(
    command: Command,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*args: Any, **options: Any) -> sample.Sample:
        raise ListUnavailable("no network")

    monkeypatch.setattr(sample, "bring", nothing)
    monkeypatch.chdir(tmp_path)
    ran = command("demo", "-q", home=home)
    assert ran.code == 0
    assert "0 not found" in ran.out
    assert "What to try next" in ran.out
    assert "starter list" in ran.err


class _Publisher:
    """A publisher's server: what it gives at each address, and what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answer: bytes | int = 503
        real = httpx.Client

        def client(**options: Any) -> httpx.Client:
            options["transport"] = httpx.MockTransport(self._handle)
            return real(**options)

        monkeypatch.setattr(httpx, "Client", client)
        options = fetch.fetch.__kwdefaults__
        assert options is not None
        monkeypatch.setitem(options, "sleep", lambda seconds: None)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        if isinstance(self.answer, int):
            return httpx.Response(self.answer)
        return httpx.Response(200, content=self.answer)


def test_update_fetches_proves_and_then_answers(
    command: Command,
    home: Path,
    un_files: UnFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publisher = _Publisher(monkeypatch)
    publisher.answer = un_files[0].read_bytes()
    ran = command("lists", "update", "un", home=home)
    assert ran.code == 0, ran.err
    assert "2 names of 2 entities checked, 0 exclusions" in ran.out
    again = command("lists", "update", "un", home=home)
    assert again.code == 0
    assert "is still the newest" in again.err
    # Confirmed by its publisher just now: fresh, however long ago it was published.
    assert command("check", "Jane Plain", home=home).code == 0
    publisher.answer = un_files[1].read_bytes()
    assert "instead of" in command("lists", "update", "un", home=home).out


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (404, "404"),
        (b"<html><title>Sign in</title>", "web page"),
        (b"", "empty"),
        (b"<sdnList><sdnEntry>", "list"),
    ],
)
def test_an_update_that_fails_says_why_and_changes_nothing(
    command: Command,
    home: Path,
    un_files: UnFiles,
    monkeypatch: pytest.MonkeyPatch,
    answer: bytes | int,
    said: str,
) -> None:
    command("lists", "add", "un", un_files[0], home=home)
    publisher = _Publisher(monkeypatch)
    publisher.answer = answer
    ran = command("lists", "update", "un", home=home)
    assert ran.code == 3
    assert said in ran.err
    assert "stay in use" in ran.err
    assert command("check", "Ri Won Ho", "--as-of", "2024-05-17", home=home).code == 10
    assert command("lists", "update", "nobody", home=home).code == 2


def test_a_damaged_home_is_exit_3_and_not_clear(
    command: Command, starter_home: Path, home: Path
) -> None:
    shutil.copytree(starter_home, home)
    asked = ("check", "Jane Plain", "--as-of", "2024-05-17")
    assert command(*asked, home=home).code == 0
    for path in (home / "compiled").rglob("*.npy"):
        path.unlink()
    ran = command(*asked, home=home)
    assert (ran.code, ran.out) == (3, "")
    shutil.rmtree(home / "compiled")
    assert command(*asked, home=home).code == 0
    (home / "lists" / "catalogue").write_text("{", "utf-8")
    ran = command(*asked, home=home)
    assert (ran.code, ran.out) == (3, "")
