"""`clearway bench`: recall, false alerts, ranking and speed, measured here and now."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from clearway.bench.lists import bring_folder, is_home
from clearway.bench.peers import Peers
from clearway.bench.report import Part, lines_of
from clearway.bench.running import chosen, head, head_lines, measured, summary
from clearway.bench.setting import Setting
from clearway.cli.options import DAY, day_of, home_of
from clearway.cli.progress import Progress
from clearway.errors import UsageError

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("sections", nargs=-1, metavar="[SECTION]...")
@click.option(
    "--data",
    type=_FOLDER,
    metavar="FOLDER",
    help="The folder of labelled names; without it listed names are altered on the "
    "spot.",
)
@click.option(
    "--lists",
    "lists_",
    type=_FOLDER,
    metavar="FOLDER|HOME",
    help="Lists to measure with: a home folder, or a folder PUBLISHER/EDITION/FILE as "
    "published (default: the lists of --home).",
)
@click.option("--as-of", type=DAY, metavar="DATE", help="Use the versions of that day.")
@click.option(
    "--peers",
    metavar="PYTHON",
    help="An interpreter with nomenklatura, rapidfuzz and "
    "sanctions-screening-benchmark: they are asked the same in the same run.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N rows of each set, evenly spaced.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes for large sets (default: all cores).",
)
@click.option(
    "--json",
    "json_",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help='Write everything measured, every row of every table, to a file ("-": print '
    "it instead of the text).",
)
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the plots of the section calibration there.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.pass_context
def bench(ctx: click.Context, /, **options: Any) -> None:
    """Measure recall, false alerts, ranking and speed, with peers in the same run.

    SECTION is one of pairs, un, negatives, lei, cross, ssb, evasion, speed, million,
    calibration; without any all are measured. The machine, versions and sizes come
    first, a target stands beside each measure that has one. Sections whose data is not
    there say so. The exit code does not depend on what is measured.

    \b
    Examples:
      clearway bench speed evasion
      clearway bench pairs un --data ../shared/bench
      clearway bench --data ../shared/bench --peers .peers/bin/python --json out.json
    """
    progress = Progress(quiet=options["quiet"])
    sections = chosen(options["sections"])
    with _home(ctx, options["lists_"], progress) as home, _peers(options) as peers:
        as_of: datetime | None = options["as_of"]
        setting = Setting(
            home=home,
            data=options["data"],
            as_of=day_of(as_of),
            peers=peers,
            sample=options["sample"],
            workers=options["workers"],
            progress=progress,
            out=options["pictures"],
        )
        if peers is not None:
            peers.progress = progress
        facts = head(setting)
        text = str(options["json_"]) != "-"
        if text:
            progress.close()
            click.echo("\n".join(head_lines(facts)))
        parts: list[Part] = []
        for part in measured(setting, sections):
            progress.close()
            parts.append(part)
            if text:
                click.echo("\n" + "\n".join(lines_of(part)))
    if text:
        click.echo("\n" + "\n".join(summary(parts)))
    if options["json_"] is not None:
        _write(options["json_"], {**facts, "sections": [p.to_dict() for p in parts]})


def _write(path: Path, everything: dict[str, Any]) -> None:
    text = json.dumps(everything, ensure_ascii=False, indent=1)
    if str(path) == "-":
        click.echo(text)
    else:
        path.write_text(text + "\n", "utf-8")


@contextmanager
def _home(ctx: click.Context, lists: Path | None, progress: Progress) -> Iterator[Path]:
    if lists is not None and not lists.is_dir():
        raise UsageError(f"--lists {lists} is no folder")
    if lists is None or is_home(lists):
        yield lists or home_of(ctx)
        return
    with TemporaryDirectory() as folder:
        for note in bring_folder(Path(folder), lists, progress):
            click.echo(f"note: {note}", err=True)
        yield Path(folder)


@contextmanager
def _peers(options: dict[str, Any]) -> Iterator[Peers | None]:
    if options["peers"] is None:
        yield None
        return
    peers = Peers(options["peers"])
    peers.start()
    try:
        yield peers
    finally:
        peers.close()
