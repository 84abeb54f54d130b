"""`clearway law`: the rule book shown, as of a day, drawn, and put to a book."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from clearway.cli.main import CLEAR
from clearway.cli.options import DAY, asking, colour_of, configured, day_of, home_of
from clearway.cli.progress import Progress
from clearway.cli.show import visible
from clearway.errors import NotFound, UsageError

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def law() -> None:
    """The law as dated, cited data: what applied, when, and to what."""


@law.command()
@click.argument("names", nargs=-1, metavar="[ID...]")
@_JSON
@click.pass_context
def show(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Show rules, definitions, licences and duties, all or those named.

    ID is the id of a row, a series of licences (GL8) or the beginning of ids
    (us-14024-11).
    """
    from clearway.rules import law as book_of_law
    from clearway.rules.showing import row_dict, row_text, rows

    book = book_of_law()
    found = [row for row in rows(book) if not names or _is_meant(row, names)]
    if not found:
        raise NotFound(f"the rule book has nothing called {', '.join(names)}")
    if as_json:
        click.echo(json.dumps([row_dict(row) for row in found], ensure_ascii=False))
    else:
        whole = bool(names)
        for row in found:
            click.echo(row_text(row, book, whole=whole), color=colour_of(ctx))
        click.echo(_confirmed(book), err=True)
    ctx.exit(CLEAR)


def _is_meant(row: Any, names: tuple[str, ...]) -> bool:
    keys = {row.id.lower(), getattr(row, "series", row.id).lower()}
    return any(
        name.lower() in keys or row.id.lower().startswith(name.lower())
        for name in names
    )


def _confirmed(book: Any) -> str:
    return (
        f"rule book {book.version}; nothing in it could be confirmed after "
        f"{book.last_confirmed}"
    )


@law.command()
@click.argument("day", type=DAY, metavar="DATE")
@click.option(
    "--known",
    type=DAY,
    metavar="DATE",
    help="As it was known by this day: leave out what was published later.",
)
@click.option("--for", "persons", multiple=True, metavar="PERSON", help="Only whom?")
@_JSON
@click.pass_context
def at(
    ctx: click.Context,
    day: datetime,
    known: datetime | None,
    persons: tuple[str, ...],
    as_json: bool,
) -> None:
    """List what applied on DATE: rules, definitions, and licences in force."""
    from clearway.rules import Moment
    from clearway.rules import law as book_of_law
    from clearway.rules.rule import PERSONS
    from clearway.rules.showing import in_force, row_dict, row_line

    for person in persons:
        if person not in PERSONS:
            raise UsageError(f"--for {person}: known are {', '.join(PERSONS)}")
    book = book_of_law()
    rows = in_force(book, Moment(day.date()), day_of(known), persons)
    if as_json:
        click.echo(json.dumps([row_dict(row) for row in rows], ensure_ascii=False))
    else:
        for row in rows:
            click.echo(row_line(row), color=colour_of(ctx))
        click.echo(_confirmed(book), err=True)
    ctx.exit(CLEAR)


@law.command()
@click.option("--from", "first", type=DAY, metavar="DATE", help="First day drawn.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="Last day drawn.")
@click.option("--only", multiple=True, metavar="ID", help="Ids, or their beginnings.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw it into an .svg file.",
)
@click.pass_context
def timeline(
    ctx: click.Context,
    first: datetime | None,
    last: datetime | None,
    only: tuple[str, ...],
    output: Path | None,
) -> None:
    """Draw when rules, definitions and licences applied, with what happened."""
    from clearway.rules import law as book_of_law
    from clearway.rules.timeline import drawn, entries, listed
    from clearway.tables.writing import replacing

    book = book_of_law()
    chosen = entries(
        book, (day_of(first) or date(2021, 1, 1), day_of(last) or book.last_confirmed)
    )
    if only:
        chosen = tuple(row for row in chosen if _starts(row.id, only))
        if not chosen:
            raise NotFound(f"nothing in that time is called {', '.join(only)}")
    if output is None:
        for line in listed(chosen):
            click.echo(line, color=colour_of(ctx))
    else:
        if output.suffix != ".svg":
            raise UsageError("-o draws an .svg file; name it so")
        with replacing(output) as file:
            file.write(drawn(chosen).encode())
        click.echo(f"drawn: {output}", err=True)
    ctx.exit(CLEAR)


def _starts(name: str, only: tuple[str, ...]) -> bool:
    return any(name.lower().startswith(start.lower()) for start in only)


@law.command()
@click.argument("book", type=click.Path(path_type=Path))
@asking
@click.option(
    "--suppose",
    multiple=True,
    metavar="listed=ENTITY@DATE",
    help="Replay as if ENTITY (a name, BIC or INN in the book) were listed from DATE.",
)
@click.option("--under", default="RUSSIA-EO14024", metavar="TAG", help="Its programme.")
@click.option(
    "--days",
    metavar="D,D,...",
    help="Put the whole book to the law of these days (default: each day it changed).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a row for each payment that is not clear (.csv, .parquet, .xlsx).",
)
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw exposure by day into an .svg file.",
)
@_JSON
@click.option("-q", "--quiet", is_flag=True, help="No progress, no notes.")
@click.pass_context
def replay(ctx: click.Context, /, **options: Any) -> None:
    """Put a book of past payments to the law and the lists of each day.

    BOOK is a table with a payment a row (csv, parquet, xlsx): a day, the parties, and
    what else is known: banks, countries, BICs, amount, currency, goods code,
    destination, purpose. Tells how many payments the law of each day would expose,
    and what an expansion, or a listing that you suppose, would touch.

    \b
    Examples:
      clearway law replay payments.parquet --profile foreign_bank
      clearway law replay payments.csv --suppose "listed=Keremet Bank@2025-01-15"
    """
    from clearway.app.replaying import Asked, replay_file

    config = configured(
        options["profile"],
        options["lists"],
        options["threshold"],
        options["accept_stale"],
    )
    progress = Progress(quiet=options["quiet"])
    asked = Asked(
        book=options["book"],
        home=home_of(ctx),
        as_of=day_of(options["as_of"]),
        config=config,
        suppose=tuple(options["suppose"]),
        under=options["under"],
        days=_days(options["days"]),
    )
    done = replay_file(asked, progress)
    progress.close()
    if not options["quiet"]:
        for note in done.notes:
            click.echo(visible(note), err=True)
    if options["output"] is not None:
        done.write_rows(options["output"])
        click.echo(f"written: {options['output']}", err=True)
    if options["picture"] is not None:
        done.draw(options["picture"])
        click.echo(f"drawn: {options['picture']}", err=True)
    if options["as_json"]:
        click.echo(json.dumps(done.to_dict(), ensure_ascii=False))
    else:
        click.echo(done.text(), color=colour_of(ctx))
    ctx.exit(done.exit_code)


def _days(text: str | None) -> tuple[date, ...]:
    if text is None:
        return ()
    try:
        return tuple(date.fromisoformat(part.strip()) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--days {text!r}: write days as 2023-12-22") from None
