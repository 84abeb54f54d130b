"""Options that several commands share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from clearway.errors import UsageError
from clearway.screen.config import Configuration

DAY = click.DateTime(formats=["%Y-%m-%d"])


def day_of(value: datetime | None) -> date | None:
    """The day of a parsed option."""
    return value.date() if value else None


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say who asks, as of which day, of which lists."""
    for option in reversed(
        (
            click.option(
                "--as-of",
                type=DAY,
                metavar="DATE",
                help="Answer with the list versions of that day, such as 2024-05-17.",
            ),
            click.option(
                "--profile",
                metavar="NAME|FILE",
                help="Who asks: a shipped profile or a TOML file of your own.",
            ),
            click.option(
                "--lists",
                metavar="NAMES",
                help="Ask only these publishers, such as ofac,eu,uk,un.",
            ),
            click.option(
                "--threshold",
                type=click.FloatRange(0, 1, min_open=True),
                metavar="T",
                help="Show hits from this score on (0 to 1; default 0.7).",
            ),
            click.option(
                "--accept-stale",
                is_flag=True,
                help="Let lists older than their rhythm answer clear; the screening "
                "says that you did.",
            ),
        )
    ):
        command = option(command)
    return command


def configured(
    profile: str | None,
    lists: str | None,
    threshold: float | None,
    accept_stale: bool,
) -> Configuration:
    """The profile, with what the command line says over it."""
    from clearway.screen.profile import check_thresholds, load_profile

    config = load_profile(profile)
    if lists is not None:
        names = tuple(name.strip() for name in lists.split(",") if name.strip())
        if not names:
            raise UsageError("--lists names no list; leave it out to ask all of them")
        config = replace(config, publishers=names)
    if threshold is not None:
        config = replace(config, threshold=threshold, stop=max(config.stop, threshold))
    if accept_stale:
        config = replace(config, accept_stale=True)
    check_thresholds(config)
    return config


def home_of(ctx: click.Context) -> Path:
    """The home folder the command line or the environment names."""
    from clearway.settings import Settings

    return Settings.read(ctx.find_root().obj).home


def colour_of(ctx: click.Context) -> bool | None:
    """False where NO_COLOR asks for none; None leaves it to the terminal."""
    from clearway.settings import Settings

    return None if Settings.read(ctx.find_root().obj).colour else False
