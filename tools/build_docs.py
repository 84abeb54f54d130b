"""Build `docs/cli.md` from the commands themselves, so that it cannot go stale.

python tools/build_docs.py            write the page
python tools/build_docs.py --check    compare only; exit 1 if it is out of date
"""

import argparse
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cli.md"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

HEAD = """\
# Command line

Written by `tools/build_docs.py` from the commands themselves; do not edit. Data goes to
standard output, progress and notes to standard error. `NO_COLOR` is honoured.
"""
WIDTH = 88


def page() -> str:
    """The whole page: the program and then each command with its options."""
    from clearway.cli.main import cli

    parts = [HEAD]
    for context in _contexts(cli):
        level = "#" * (2 + context.command_path.count(" "))
        text = inspect.cleandoc(context.get_help()).rstrip()
        parts.append(f"{level} {context.command_path}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _contexts(
    command: click.Command, name: str = "clearway", parent: click.Context | None = None
) -> Iterator[click.Context]:
    """A context for the command and all below it, in the order help lists them."""
    context = command.make_context(
        name,
        [],
        parent=parent,
        resilient_parsing=True,
        # Fixed, so that the page does not depend on the terminal it is built in.
        terminal_width=WIDTH,
        max_content_width=WIDTH,
    )
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            child = command.get_command(context, below)
            if child is not None and not child.hidden:
                yield from _contexts(child, below, context)


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the page of commands.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--output", type=Path, default=PAGE)
    options = parser.parse_args(arguments)
    text = page()
    if options.check:
        if options.output.is_file() and options.output.read_text("utf-8") == text:
            return 0
        print(f"{options.output.name} is out of date: run {Path(__file__).name}")
        return 1
    options.output.write_text(text, "utf-8")
    print(f"{options.output.name}: {text.count(chr(10) + '#')} headings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
