"""What the commands of `clearway trade` share: options, questions, answers as JSON."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from clearway.cli.options import home_of
from clearway.cli.show_whole import wrapped
from clearway.errors import UsageError

FLOW = click.Choice(["export", "import"])


def shared(*chosen: str) -> Callable[..., Any]:
    """Options that several commands share, by name."""
    known = {
        "publisher": click.option(
            "--publisher", default="", metavar="NAME", help="Only figures of this one."
        ),
        "flow": click.option(
            "--flow", type=FLOW, default="export", show_default=True,
            help="Which way.",
        ),
        "code": click.option(
            "--code", "codes", multiple=True, metavar="HS",
            help="Only these goods (HS2022, 2 to 6 digits); may be repeated.",
        ),
        "priority": click.option(
            "--high-priority", "tiers", metavar="TIERS", is_flag=False,
            flag_value="all", default=None,
            help="Only the common high-priority list, or its tiers: 1, 2, 3A, 3, ...",
        ),
        "json": click.option("--json", "as_json", is_flag=True, help="As JSON."),
        "output": click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
            default=None, metavar="FILE", help="Draw it too, as FILE.png or FILE.svg.",
        ),
    }  # fmt: skip

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(chosen):
            command = known[name](command)
        return command

    return add


def store_of(ctx: click.Context) -> Any:
    """The figures of the home in use."""
    from clearway.trade.store import Store

    return Store(home_of(ctx))


def question_of(options: dict[str, Any]) -> Any:
    """What is asked, from words a user gave."""
    from clearway.trade.asking import Question, country

    return Question(
        (country(options["reporter"]),),
        (country(options["partner"]),),
        (options.get("flow", "export"),),
        basket_of_words(options),
        publisher=options["publisher"],
    )


def basket_of_words(options: dict[str, Any]) -> Any:
    """The goods a user named; None for all."""
    from clearway.trade.editions import basket_of, high_priority

    if options["codes"] and options["tiers"]:
        raise UsageError("give --code or --high-priority, not both")
    if options["codes"]:
        return basket_of(options["codes"])
    if options["tiers"]:
        tiers = [] if options["tiers"] == "all" else options["tiers"].split(",")
        return high_priority(tiers)
    return None


def head(one: Any) -> dict[str, Any]:
    """What a series is, as plain values."""
    return {
        "title": one.title,
        "currency": one.currency,
        "publisher": one.publisher,
        "status": one.status,
        "vintages": list(one.vintages),
        "notes": list(one.notes),
    }


def say_notes(notes: Sequence[str]) -> None:
    """Notes on an answer, apart from it."""
    for note in notes:
        click.echo(f"note: {note}", err=True)


def say_wrapped(text: str, indent: int) -> None:
    """A sentence broken to the width of the terminal, its later lines further in."""
    for line in wrapped(text, indent):
        click.echo(line)


def plain(value: Any) -> Any:
    """Dataclasses as plain values, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def draw(output: Path | None, chart: Callable[[], str]) -> None:
    """Write a chart where the user wants one."""
    if output is not None:
        from clearway.trade.pictures import write

        write(output, chart())
        click.echo(f"written: {output}", err=True)


def say_json(value: Any) -> None:
    """An answer as JSON."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))
