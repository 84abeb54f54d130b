"""The command `clearway`: what commands there are; each is imported on use."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

from clearway.errors import (
    ClearwayError,
    ExtraMissing,
    InputUnreadable,
    ListError,
    StoreError,
    UsageError,
)
from clearway.version import __version__

CLEAR, REVIEW, STOP, USAGE, LISTS, INPUT = 0, 10, 20, 2, 3, 4
"""The exit codes, in the words of `clearway --help`."""

_EXIT = (
    (UsageError, USAGE),
    (ExtraMissing, USAGE),
    (InputUnreadable, INPUT),
    (ListError, LISTS),
    (StoreError, LISTS),
    (ClearwayError, USAGE),
)
_COMMANDS = {
    "check": ("clearway.cli.check", "check"),
    "lists": ("clearway.cli.lists", "lists"),
    "goods": ("clearway.cli.goods", "goods"),
    "law": ("clearway.cli.law", "law"),
    "own": ("clearway.cli.own", "own"),
    "trade": ("clearway.cli.trade", "trade"),
    "demo": ("clearway.cli.demo", "demo"),
    "bench": ("clearway.cli.bench", "bench"),
}


class _ReaderGone(Exception):
    """Nobody reads our output any more (`| head`): nothing is wrong here."""


class _OnUse(click.Group):
    """A group whose commands are imported when they are called, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would end a broken pipe with exit code 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error


@click.group(cls=_OnUse, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clearway")
@click.option(
    "--home",
    type=click.Path(file_okay=False),
    help="The folder where lists are kept (default: CLEARWAY_HOME, else the "
    "platform's user data folder).",
)
@click.pass_context
def cli(ctx: click.Context, home: str | None) -> None:
    """Say, before money or goods move, whether a party exposes you to sanctions.

    \b
    Exit codes of every command:
      0  clear: no match in the named lists as published at the named times
      10 review: something a person must look at
      20 stop: an exact identifier or a certain match
      2  usage: the call makes no sense
      3  lists missing, stale or refused
      4  input unreadable
    """
    ctx.obj = home


def run(args: list[str] | None = None) -> None:
    """Run the command line; our errors become one line and a documented exit code."""
    _write_whole_text()
    try:
        code: Any = cli.main(args, prog_name="clearway", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        code = exit_.exit_code
    except click.ClickException as error:
        error.show()
        code = USAGE
    except click.Abort:
        click.echo("clearway: stopped; nothing half written", err=True)
        code = 130
    except KeyboardInterrupt:
        click.echo("clearway: stopped; nothing half written", err=True)
        code = 130
    except _ReaderGone:
        code = 141
        _drop_output()
    except OSError as error:
        # Such as a full disk behind `> hits.csv`; our own files speak for themselves.
        click.echo(f"clearway: stopped, the answer is not whole: {error}", err=True)
        code = USAGE
        _drop_output()
    except ClearwayError as error:
        click.echo(f"clearway: {error}", err=True)
        code = next(number for kind, number in _EXIT if isinstance(error, kind))
    sys.exit(code or 0)


def _drop_output() -> None:
    """Let what is still to be flushed go nowhere, without a complaint."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_whole_text() -> None:
    """Let no character stop an answer: what a stream cannot write becomes an escape.

    Half surrogates (bytes on the command line that are no text) cannot be written in
    any encoding; as `\\udcff` they are still right JSON. A pipe or a file is UTF-8
    whatever the locale, so that the same answer has the same bytes everywhere.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
