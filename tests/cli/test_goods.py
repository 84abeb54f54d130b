import json
from collections.abc import Callable
from typing import Any

import pytest

Command = Callable[..., Any]


def test_a_code_is_shown_with_the_lists_of_that_day(command: Command) -> None:
    ran = command("goods", "show", "HS 8542.31", "--as-of", "2024-05-17")
    assert ran.code == 10
    assert "8542.31 as of 2024-05-17" in ran.out
    assert "Common High Priority List, tier 1" in ran.out
    assert "evidence: found" in ran.out
    assert "12gb" not in ran.out


def test_the_lists_are_those_of_the_day_asked(command: Command) -> None:
    before = command("goods", "show", "845710", "--as-of", "2023-12-21", "--json")
    after = command("goods", "show", "845710", "--as-of", "2024-02-23", "--json")
    assert json.loads(before.out)["standings"] == []
    assert before.code == 0
    lists = {item["list"] for item in json.loads(after.out)["standings"]}
    assert lists == {"chpl", "critical_items"}
    assert after.code == 10


def test_a_description_is_answered_with_hints(command: Command) -> None:
    ran = command("goods", "show", "станки с ЧПУ", "--as-of", "2024-05-17", "--json")
    answer = json.loads(ran.out)
    assert answer["hints"][0]["code"] == "845710"
    assert answer["problems"] == []
    assert ran.code == 10


def test_a_code_that_does_not_fit_its_description_is_told(command: Command) -> None:
    ran = command("goods", "show", "5201.00", "--description", "ball bearings")
    assert "does not fit" in ran.out
    assert ran.code == 10


@pytest.mark.parametrize("text", ["wheat", "520100", "冷冻鱼"])
def test_ordinary_goods_are_on_no_list_we_keep(command: Command, text: str) -> None:
    ran = command("goods", "show", text, "--as-of", "2024-05-17")
    assert "on none of the lists we keep" in ran.out
    assert ran.code == 0


@pytest.mark.parametrize("text", ["1012100", "8542.31; 8542.32", "980100"])
def test_a_code_that_cannot_be_read_is_for_a_person(
    command: Command, text: str
) -> None:
    ran = command("goods", "show", text)
    assert "note:" in ran.out
    assert ran.code == 10
