"""`clearway demo`: the main job on real lists, with what to try next."""

from datetime import date
from pathlib import Path

import click

from clearway.app import opener
from clearway.app.opening import Opener
from clearway.cli.lists import sample_or_starter
from clearway.cli.options import colour_of, home_of
from clearway.cli.progress import Progress
from clearway.cli.show import lists_text, screening_text
from clearway.lists.store import Store
from clearway.model import Party
from clearway.screen.config import Configuration
from clearway.screen.profile import load_profile
from clearway.screen.screener import Screener, with_problems
from clearway.screen.screening import Verdict

DAY = "2024-05-17"
"""The day after the events of the report; the sample lists are fresh on it."""


@click.command()
@click.option(
    "--examples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with counterparties.csv and names.txt (default: ./examples, else "
    "a short list of names that ships with the command).",
)
@click.option("--source", type=click.Path(exists=True, path_type=Path), hidden=True)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.pass_context
def demo(
    ctx: click.Context, examples: Path | None, source: Path | None, quiet: bool
) -> None:
    """Check a table of counterparties and some names against the lists of May 2024.

    Brings the sample lists if none are kept yet, compiles and proves them, and asks as
    of 2024-05-17. Where the sample cannot be had the starter list answers instead.
    """
    from clearway.app.opening import screener_of

    progress = Progress(quiet=quiet)
    home = home_of(ctx)
    if not Store(home).current(_day()):
        click.echo("no lists of May 2024 yet: bringing, compiling and proving them")
        for outcome in sample_or_starter(home, source, progress):
            if outcome.error is not None:
                raise outcome.error
            click.echo(f"  {outcome.published.sentence}")
            proof = outcome.proof
        if proof is not None:
            click.echo(
                f"  coverage proof: {proof.names:,} listed names checked, "
                f"{len(proof.exclusions)} not found"
            )
        click.echo()
    config = Configuration()
    screener = screener_of(opener(home, DAY, config), progress)
    progress.close()
    colour = colour_of(ctx)
    folder = examples or Path("examples")
    names, table = folder / "names.txt", folder / "counterparties.csv"
    if table.is_file():
        _check_table(screener, table, colour)
    for name in _names(names):
        click.echo(screening_text(screener.check(Party(name)), hits=2), color=colour)
    _check_payment(opener(home, DAY, load_profile("foreign_bank")), folder, colour)
    click.echo()
    click.echo(lists_text(screener.lists, screener.as_of.isoformat()))
    click.echo(_next(home_option=ctx.find_root().obj, table=table))


def _day() -> date:
    return date.fromisoformat(DAY)


def _names(path: Path) -> list[str]:
    if not path.is_file():
        return ["Promsvyazbank", "Владимир Путин", "李尚福"]
    rows = path.read_text("utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]


def _check_table(screener: Screener, path: Path, colour: bool | None) -> None:
    from clearway.tables.columns import guess
    from clearway.tables.parties import parties
    from clearway.tables.reading import open_table

    table = open_table(path)
    mapping = guess(table)
    click.echo(f"{path}: {table.description}")
    click.echo(f"columns: {mapping}\n")
    counts = dict.fromkeys(Verdict, 0)
    for party, problems in parties(table, mapping):
        screening = with_problems(screener.check(party), problems)
        counts[screening.verdict] += 1
        if screening.verdict is not Verdict.CLEAR:
            text = screening_text(screening, hits=1)
            click.echo(f"{party.reference}: {text}", color=colour)
    summary = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    click.echo(f"\n{sum(counts.values())} counterparties: {summary}\n")


def _check_payment(opener: Opener, folder: Path, colour: bool | None) -> None:
    """One payment whole, as a bank outside the United States would ask about it."""
    from clearway.app.opening import quiet, screener_of
    from clearway.cli.show_whole import transaction_text
    from clearway.screen.transactions import check_transactions
    from clearway.tables.transactions import transactions

    path = folder / "machine-tools.yaml"
    if not path.is_file():
        return
    screener = screener_of(opener, quiet)
    click.echo(f"\n{path}, asked by a bank outside the United States:")
    for screening in check_transactions(screener, list(transactions(path))):
        click.echo(transaction_text(screening), color=colour)


def _next(*, home_option: str | None, table: Path) -> str:
    home = f" --home {home_option}" if home_option else ""
    return f"""
What to try next:
  clearway{home} check "Promsvyazbank" --as-of {DAY}
  clearway{home} check {table} --as-of {DAY} -o hits.xlsx
  clearway{home} check examples/machine-tools.yaml --as-of {DAY} --profile us_person
  clearway{home} check examples/report.txt --as-of {DAY} -o report.html
  clearway{home} law replay examples/payments.csv --as-of {DAY} --profile foreign_bank
  clearway{home} lists status --as-of {DAY}
  clearway{home} lists show ofac-34656
  clearway{home} lists update        today's lists from their publishers"""
