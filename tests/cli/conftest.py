"""Lists of two days and a way to ask as of the day after the report's events."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

INDIVIDUAL = """\
<INDIVIDUAL><DATAID>{id}</DATAID><FIRST_NAME>{name}</FIRST_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.0{id}</REFERENCE_NUMBER>
<LISTED_ON>2016-03-02</LISTED_ON></INDIVIDUAL>
"""


def un_list(day: str, *names: str) -> str:
    """A list as the United Nations publish it, of that day, with these persons."""
    people = "".join(
        INDIVIDUAL.format(id=number, name=name) for number, name in enumerate(names, 11)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n'
        f'<CONSOLIDATED_LIST dateGenerated="{day}T00:00:00.000Z">\n'
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES></ENTITIES>\n"
        "</CONSOLIDATED_LIST>\n"
    )


@pytest.fixture
def check(command: Command) -> Command:
    """`clearway check`, as of 2024-05-17."""

    def ran(*args: Any, **options: Any) -> Any:
        return command("check", *args, "--as-of", "2024-05-17", **options)

    return ran


@pytest.fixture
def un_files(tmp_path: Path) -> tuple[Path, Path]:
    """The same small list of the United Nations, of May 2024 and of April 2025."""
    older, newer = tmp_path / "un-2024.xml", tmp_path / "un-2025.xml"
    older.write_text(un_list("2024-05-15", "RI WON HO", "JO YONG CHOL"), "utf-8")
    newer.write_text(
        un_list("2025-04-19", "RI WON HO", "JO YONG CHOL", "KIM CHOL SAM"), "utf-8"
    )
    return older, newer
