"""`clearway trade`: statistics brought in, and what they say of a corridor."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from clearway.app import now
from clearway.cli.main import INPUT
from clearway.cli.options import DAY, day_of, home_of
from clearway.cli.trade_ask import dip_, diversion, flows, mirror
from clearway.cli.trade_words import (
    FLOW,
    plain,
    say_json,
    say_wrapped,
    shared,
    store_of,
)
from clearway.errors import InputUnreadable

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def trade() -> None:
    """Trade statistics: import, flows, dips, mirrors, detours, a report, claims.

    A corridor is written REPORTER PARTNER, as ISO codes or names: CN RU.
    """


@trade.command(name="import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--period", default="", metavar="PERIOD", help="Such as 2024-03.")
@click.option("--flow", type=FLOW, default=None, help="Exports or imports.")
@click.option("--reporter", default="", metavar="COUNTRY", help="Who tells it.")
@click.option("--partner", default="", metavar="COUNTRY", help="With whom.")
@click.option("--currency", default="", metavar="ISO", help="Such as USD.")
@click.option("--edition", default="", metavar="EDITION", help="Such as HS2017.")
@click.option("--code", default="", metavar="HS", help="The goods, if not all.")
@click.option("--publisher", default="", metavar="NAME", help="Whose figures they are.")
@click.option("--published", type=DAY, default=None, metavar="DATE",
              help="The vintage: when the figures were published.")  # fmt: skip
@click.option(
    "--status",
    type=click.Choice(["reported", "provisional", "estimated", "mirror"]),
    default=None,
    help="What the figures are (default: what the publisher makes them).",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def import_(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    published: datetime | None,
    as_json: bool,
    **said: str | None,
) -> None:
    """Bring in files of UN Comtrade, China Customs, Eurostat, BACI or the IMF.

    They are told apart by content. What a file does not say - the period and direction
    of a query export, the edition of BACI - is asked for. Nothing is overwritten: every
    vintage stays. Rows that cannot be used are left out, counted and said. Exit code 4
    if a file cannot be read; the others are brought in all the same.

    \b
    Examples:
      clearway trade import comtrade.csv baci_HS17_Y2023.csv
      clearway trade import query.csv --period 2024-03 --flow export
    """
    from clearway.trade.columns import Told
    from clearway.trade.files import file_at
    from clearway.trade.reading import read_file
    from clearway.trade.redflags import compile_anomalies
    from clearway.trade.store import Store
    from clearway.trade.unit_values import compile_unit_values

    day = day_of(published)
    words = {name: value for name, value in said.items() if value}
    told = Told(**words, published=day.isoformat() if day else "")
    store, done, failed = Store(home_of(ctx)), [], 0
    for path in files:
        try:
            file = file_at(path)
            reading = read_file(file, told)
        except InputUnreadable as error:
            click.echo(f"clearway: {error}", err=True)
            failed += 1
            continue
        kept = store.keep(file, reading, told, retrieved=now().date().isoformat())
        done.append(kept)
        for problem in reading.problems:
            where = f" {problem.position}:" if problem.position else ""
            click.echo(f"{file.name}:{where} {problem.message}", err=True)
        if not as_json:
            click.echo(kept.sentence + ("" if kept.new else " (already kept)"))
    if any(kept.new for kept in done):
        flags = compile_anomalies(home_of(ctx))
        click.echo(f"red flags for screening: {len(flags.rows):,}", err=True)
        prices = compile_unit_values(home_of(ctx))
        click.echo(f"unit prices for screening: {len(prices):,} corridors", err=True)
    if as_json:
        say_json([asdict(kept) for kept in done])
    if failed:
        ctx.exit(INPUT)


@trade.command()
@click.argument("target")
@click.option("--reporter", default="CN", show_default=True, metavar="COUNTRY",
              help="Whose exports.")  # fmt: skip
@click.option("--window", "window_", default="", metavar="PERIOD",
              help="The months to judge (default: the last two told).")  # fmt: skip
@click.option("--after", default="", metavar="PERIOD",
              help="The window of the detours (default: the newest year).")  # fmt: skip
@click.option("--before", default="", metavar="PERIOD",
              help="What it is compared with.")  # fmt: skip
@click.option("-o", "--output", type=_FILE, default=Path("report.html"),
              show_default=True, help="The page to write.")  # fmt: skip
@click.option(
    "--charts",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="FOLDER",
    help="Write the charts too, as SVG and PNG.",
)
@click.pass_context
def report(ctx: click.Context, /, target: str, output: Path, **options: Any) -> None:
    """Write a corridor as one HTML page with charts that needs nothing else.

    \b
    Example:
      clearway trade report RU --reporter CN --window 2024-03..04 -o corridor.html
    """
    from clearway.trade import report as page_of
    from clearway.trade.asking import country
    from clearway.trade.periods import window

    store = store_of(ctx)
    who, whom = country(options["reporter"]), country(target)
    months = (
        window(options["window_"])
        if options["window_"]
        else page_of.default_window(store, who, whom)
    )
    page = page_of.corridor(
        store,
        reporter=who,
        target=whom,
        months=months,
        day=now().date().isoformat(),
        after=window(options["after"]) if options["after"] else (),
        before=window(options["before"]) if options["before"] else (),
    )
    output.write_text(page_of.html(page), "utf-8")
    click.echo(f"written: {output}", err=True)
    if options["charts"] is not None:
        _write_charts(options["charts"], page_of.charts_of(page))
    for sentence in page.lead:
        click.echo(sentence)


def _write_charts(folder: Path, drawings: dict[str, str]) -> None:
    """Each chart in every format."""
    from clearway.trade.pictures import FORMATS, write

    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings.items():
        for ending in FORMATS:
            write(folder / f"{name}{ending}", drawing)
            click.echo(f"written: {folder / name}{ending}", err=True)


@trade.command()
@click.argument("document", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--date", "written", type=DAY, default=None, metavar="DATE",
              help="When it was written (default: the latest date in it).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def claims(
    ctx: click.Context, document: Path, written: datetime | None, as_json: bool
) -> None:
    """Find the trade figures a text states and set them beside the figures kept.

    \b
    Example:
      clearway trade claims report.txt
    """
    from clearway.trade.claims import judged

    if str(document) == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    else:
        try:
            text = document.read_text("utf-8", errors="replace")
        except OSError as error:
            raise InputUnreadable(str(document), str(error.strerror)) from error
    found = judged(store_of(ctx), text, day_of(written))
    if as_json:
        say_json([plain(one) for one in found])
        return
    if not found:
        click.echo("no trade figures are stated", err=True)
    for one in found:
        say_wrapped(f"{one.verdict}: “{one.claim.sentence}”", 0)
        for line in (one.because, *one.notes):
            say_wrapped(line, 2)


@trade.command()
@click.argument("reporter")
@click.argument("partner")
@shared("flow", "code")
@click.option("--from", "first", required=True, metavar="PERIOD", help="First period.")
@click.option("--to", "last", required=True, metavar="PERIOD", help="Last period.")
@click.option("--key", envvar="COMTRADE_KEY", default="", help="Your Comtrade key "
              "(or COMTRADE_KEY).")  # fmt: skip
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False),
              default=Path(), help="Where the file goes (default: here).")  # fmt: skip
def fetch(reporter: str, partner: str, key: str, folder: Path, **options: Any) -> None:
    """Fetch figures from UN Comtrade with the official client; needs a key.

    \b
    Example:
      clearway trade fetch CN RU --from 2024-01 --to 2024-12 --key KEY
    """
    from clearway.trade.asking import country
    from clearway.trade.fetching import fetch as fetched
    from clearway.trade.periods import Period, asked, months_between

    begin, end = asked(options["first"]), asked(options["last"])
    periods = (
        [Period(year) for year in range(begin.year, end.year + 1)]
        if begin.whole and end.whole
        else [asked(month) for month in months_between(begin.months[0], end.months[-1])]
    )
    path = fetched(
        folder,
        key=key,
        reporter=country(reporter),
        partner=country(partner),
        flow=options["flow"],
        periods=periods,
        codes=options["codes"] or ("TOTAL",),
    )
    click.echo(f"written: {path}; now `clearway trade import {path}`")


for _command in (flows, dip_, mirror, diversion):
    trade.add_command(_command)
