"""`clearway own`: who is owned by listed parties, and how that is reckoned."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.options import asking, configured, day_of, home_of
from clearway.cli.own_answer import OwnAnswer, explained, finding_of, write
from clearway.cli.progress import Progress
from clearway.errors import ListMissing, NotFound, UsageError

if TYPE_CHECKING:
    from clearway.ownership.gathering import Reading
    from clearway.screen.owners import ListedOwners

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def own() -> None:
    """Ask who is owned by listed parties, by the ownership rule of a day."""


def _asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """What both commands ask: whose law, who is listed, how the file is read."""
    for option in reversed(
        (
            click.option(
                "--rule",
                default="us",
                show_default=True,
                metavar="RULE",
                help="Whose rule: us (OFAC), eu, uk, or us_bis (Affiliates Rule).",
            ),
            click.option(
                "--listed",
                multiple=True,
                metavar="FILE|NAMES",
                help="Who is listed: keys or names, separated by semicolons, or a file "
                "with one a line; may be repeated.",
            ),
            click.option(
                "--joint",
                multiple=True,
                metavar="NAMES",
                help="Listed parties that act jointly, separated by semicolons: their "
                "stakes are added where the rule adds none. May be repeated.",
            ),
            click.option(
                "--no-screen",
                is_flag=True,
                help="Do not look for owners on the lists; only --listed counts.",
            ),
            click.option(
                "--encoding", metavar="NAME", help="The encoding of a text table."
            ),
            click.option("--json", "as_json", is_flag=True, help="Answer as JSON."),
        )
    ):
        command = option(command)
    return asking(command)


@own.command("check")
@click.argument("file", type=_FILE)
@_asking
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE",
    help="Write findings to a .csv, .parquet, .xlsx, .ndjson or .json file.",
)
@click.pass_context
def check(ctx: click.Context, /, file: Path, **options: Any) -> None:
    """Find what listed parties own in a file of stakes.

    FILE is a table (owner, owned, percent; csv, xlsx, parquet), FollowTheMoney, BODS
    0.4 or GLEIF level 2, told apart by content. Owners are screened against the lists
    of the home folder, and are listed where --listed names them. What is owned but not
    listed is a finding of its own. The exit code is 20 for ownership that is certain,
    10 where it cannot be known.

    \b
    Examples:
      clearway own check stakes.csv --rule us --as-of 2024-05-17
      clearway own check stakes.csv --listed "Acme Holding;Jane Roe" --rule eu --json
      clearway own check bods.json --listed listed.txt -o owned.csv
    """
    answer = _answer(ctx, file, options)
    output: Path | None = options["output"]
    if output is not None:
        write(output, answer)
    elif options["as_json"]:
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(answer.text()))
    ctx.exit(answer.exit_code())


@own.command("explain")
@click.argument("file", type=_FILE)
@click.argument("entity")
@_asking
@click.option(
    "--picture",
    type=_FILE,
    metavar="FILE.svg",
    help="Draw who owns the entity, as an SVG.",
)
@click.pass_context
def explain(ctx: click.Context, /, file: Path, entity: str, **options: Any) -> None:
    """Show how one entity is owned: the chains, and the arithmetic in words.

    ENTITY is a key or a name of FILE, which is read as by `own check`.

    \b
    Example:
      clearway own explain stakes.csv "Volga Trading" --rule us --picture volga.svg
    """
    answer = _answer(ctx, file, options)
    key = _one_of(answer.reading, entity)
    told = answer.result.of(key)
    picture: Path | None = options["picture"]
    if picture is not None:
        from clearway.ownership.picture import picture as drawn

        picture.write_text(drawn(answer.result, key), "utf-8")
        click.echo(f"written: {picture}", err=True)
    if options["as_json"]:
        found = {**answer.head(), "finding": finding_of(told, answer)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(explained(told, answer)))
    ctx.exit(answer.code_of(told))


def _answer(ctx: click.Context, file: Path, options: Mapping[str, Any]) -> OwnAnswer:
    from clearway.app.opening import now, opener
    from clearway.ownership.deciding import evaluate
    from clearway.screen.owners import ListedOwners, stakes_of
    from clearway.screen.owning import law_on

    config = configured(
        options["profile"],
        options["lists"],
        options["threshold"],
        options["accept_stale"],
    )
    as_of = day_of(options["as_of"])
    day = as_of or now().date()
    law = law_on(options["rule"], day)
    reading = stakes_of(file, encoding=options["encoding"])
    given, unmatched = _given(reading, options["listed"])
    joint = [_keys(reading, words.split(";")) for words in options["joint"]]
    owners = ListedOwners()
    lists: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    if not options["no_screen"]:
        start = opener(home_of(ctx), as_of, config)
        owners, lists, doubts = _screened(start, reading, given)
    elif not options["listed"]:
        raise UsageError("with --no-screen nobody is listed: name them by --listed")
    listed = (*given, *owners.listed)
    result = evaluate(
        reading.stakes,
        listed,
        law.test,
        day,
        holdings=reading.holdings,
        perhaps=owners.perhaps,
        joint=joint,
    )
    return OwnAnswer(
        file=file.name,
        day=day,
        reading=reading,
        given=given,
        unmatched=unmatched,
        owners=owners,
        law=law,
        result=result,
        lists=lists,
        doubts=doubts,
    )


def _screened(
    start: Any, reading: "Reading", given: tuple[str, ...]
) -> "tuple[ListedOwners, tuple[str, ...], tuple[str, ...]]":
    """Who is found on the lists; without lists, what --listed gives must do."""
    from clearway.app.opening import screener_of
    from clearway.screen.owners import ListedOwners, listed_owners

    progress = Progress(quiet=False)
    try:
        screener = screener_of(start, progress)
    except ListMissing as missing:
        if not given:
            raise
        return ListedOwners(), (), (f"owners were not screened: {missing}",)
    finally:
        progress.close()
    found = listed_owners(screener, reading, known=given)
    lists = tuple(str(used) for used in screener.lists)
    return found, lists, tuple(map(str, screener.doubts()))


def _given(
    reading: "Reading", listed: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of the parties that --listed names, and what names nobody."""
    words: list[str] = []
    whole_file = False
    for text in listed:
        path = Path(text)
        if path.is_file():
            whole_file = True
            lines = path.read_text("utf-8-sig", "replace").splitlines()
            words += [line.strip() for line in lines if line.strip()]
        else:
            words += [word.strip() for word in text.split(";") if word.strip()]
    from clearway.screen.owners import named

    found = named(_holdings(reading), words)
    keys = dict.fromkeys(key for keys in found.values() for key in keys)
    missed = tuple(word for word, keys in found.items() if not keys)
    # A file may be a whole list, most of which holds nothing here.
    return tuple(keys), () if whole_file and keys else missed


def _keys(reading: "Reading", words: Iterable[str]) -> tuple[str, ...]:
    from clearway.screen.owners import named

    found = named(_holdings(reading), [word.strip() for word in words if word.strip()])
    for word, keys in found.items():
        if not keys:
            raise UsageError(f"--joint: nobody in the file is called {word!r}")
    return tuple(key for keys in found.values() for key in keys)


def _holdings(reading: "Reading") -> "list[Any]":
    """The parties of a file, those too that it names by nothing but a key."""
    from clearway.ownership.stake import Holding

    known = {holding.id: holding for holding in reading.holdings}
    for stake in reading.stakes:
        for key in (stake.owner, stake.owned):
            known.setdefault(key, Holding(key))
    return [*known.values()]


def _one_of(reading: "Reading", entity: str) -> str:
    from clearway.screen.owners import named

    keys = named(_holdings(reading), [entity])[entity]
    if not keys:
        raise NotFound(f"no party of the file is called {entity!r}")
    if len(keys) > 1:
        raise UsageError(f"{entity!r} is the name of several: {', '.join(keys)}")
    return keys[0]
