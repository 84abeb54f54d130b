"""`clearway lists`: bring lists in, see how they stand, compare and prove them."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from clearway.app import now
from clearway.cli.main import CLEAR, LISTS
from clearway.cli.options import DAY, day_of, home_of
from clearway.cli.progress import Progress
from clearway.errors import ListMissing, ListUnavailable, NotFound, UsageError
from clearway.lists.store import Store
from clearway.lists.version import Version


@click.group()
def lists() -> None:
    """Official lists: fetch, add, compare, prove, look up."""


def _quietly(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("-q", "--quiet", is_flag=True, help="No progress.")(command)


@lists.command()
@click.argument("publishers", nargs=-1, metavar="[PUBLISHER...]")
@click.option("--accept", is_flag=True, help="Overrule the guards of size and fill.")
@_quietly
@click.pass_context
def update(
    ctx: click.Context, publishers: tuple[str, ...], accept: bool, quiet: bool
) -> None:
    """Fetch the current lists from their official publishers.

    Only what changed is downloaded; a list that a guard refuses, or whose coverage
    proof fails, does not go live, and the last good version stays in use. Exit code 3
    if any list could not be had or was refused.
    """
    from clearway.app.intake import update as fetch_all

    progress = Progress(quiet=quiet)
    outcomes = fetch_all(home_of(ctx), publishers, accept=accept, progress=progress)
    progress.close()
    ctx.exit(_report(outcomes))


@lists.command()
@click.argument("publisher")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--published",
    type=DAY,
    metavar="DATE",
    help="The day of publication, for formats that do not carry it.",
)
@click.option("--list", "name", metavar="NAME", help="The list expected, such as sdn.")
@click.option(
    "--history",
    is_flag=True,
    help="File an older version for --as-of without making it current.",
)
@click.option("--accept", is_flag=True, help="Overrule the guards of size and fill.")
@_quietly
@click.pass_context
def add(
    ctx: click.Context,
    publisher: str,
    files: tuple[Path, ...],
    published: datetime | None,
    name: str | None,
    history: bool,
    accept: bool,
    quiet: bool,
) -> None:
    """Add list files you have, in any of the publisher's formats.

    Formats are told apart by content. OFAC's sdn.csv brings add.csv, alt.csv and
    sdn_comments.csv along if they lie beside it.

    \b
    Examples:
      clearway lists add ofac sdn.xml consolidated.xml
      clearway lists add un consolidated.xml --history
    """
    from clearway.app.intake import bring_in, incoming_at

    progress = Progress(quiet=quiet)
    incoming = [
        incoming_at(publisher, path, published=day_of(published), list=name)
        for path in files
    ]
    outcomes = bring_in(
        home_of(ctx), incoming, history=history, accept=accept, progress=progress
    )
    progress.close()
    ctx.exit(_report(outcomes))


@lists.command()
@click.option(
    "--source",
    type=click.Path(exists=True, path_type=Path),
    help="The package's .tar.gz, or a folder holding it, instead of pip.",
)
@_quietly
@click.pass_context
def sample(ctx: click.Context, source: Path | None, quiet: bool) -> None:
    """Bring the official OFAC, EU and UN lists of May 2024.

    They travel inside a Python package (inoutlists 1.0.3, pinned by checksum), so they
    come from wherever this machine gets its packages. Where they cannot be had, the
    small starter list that ships with clearway is used, and said so.
    """
    progress = Progress(quiet=quiet)
    ctx.exit(_report(sample_or_starter(home_of(ctx), source, progress)))


def sample_or_starter(
    home: Path, source: Path | None, progress: Progress
) -> Sequence[Any]:
    """The sample lists, or else the starter list, with a sentence that says so."""
    from clearway.app.intake import bring_sample, bring_starter

    try:
        outcomes = bring_sample(home, source=source, progress=progress)
    except ListUnavailable as error:
        progress.close()
        click.echo(f"the sample lists cannot be had: {error}", err=True)
        click.echo(
            "using the starter list that ships with clearway instead: about a hundred "
            "entries of the China-Russia corridor, for trying out only",
            err=True,
        )
        outcomes = bring_starter(home, progress=progress)
    progress.close()
    return outcomes


def _report(outcomes: Sequence[Any]) -> int:
    """Say what became of each list; the exit code."""
    failed = False
    for outcome in outcomes:
        if outcome.error is not None:
            failed = True
            click.echo(f"{outcome.what}: refused: {outcome.error}", err=True)
            continue
        if outcome.published is not None:
            version = outcome.published.version
            click.echo(
                f"{outcome.published.sentence}: {version.entities:,} entries, "
                f"{version.names:,} names"
            )
        for note in outcome.notes:
            click.echo(f"{outcome.what}: {note}", err=True)
        if outcome.problems:
            click.echo(
                f"{outcome.what}: {outcome.problems:,} problems in the file, see "
                f"`clearway lists show {outcome.what} --problems`",
                err=True,
            )
    proofs = [o.proof for o in outcomes if o.proof is not None]
    if proofs:
        proof = proofs[0]
        click.echo(
            f"coverage proof: {proof.names:,} names of {proof.entities:,} entities "
            f"checked, {len(proof.exclusions)} exclusions"
        )
    if failed:
        click.echo("the versions in use before stay in use", err=True)
    return LISTS if failed else CLEAR


@lists.command()
@click.option("--as-of", type=DAY, metavar="DATE", help="How they stood on that day.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def status(ctx: click.Context, as_of: datetime | None, as_json: bool) -> None:
    """Say which lists of which date answer, and whether they are stale.

    Exit code 3 if there are none, or one is stale or missing.
    """
    store = Store(home_of(ctx))
    rows = store.status(day_of(as_of) or now().date())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        raise ListMissing("no lists yet: run `clearway lists update` or `lists sample`")
    else:
        _print_status(rows)
    healthy = rows and all(row["state"] in ("live", "refused-newer") for row in rows)
    ctx.exit(CLEAR if healthy else LISTS)


def _print_status(rows: list[dict[str, Any]]) -> None:
    width = max(len(f"{row['publisher']}/{row['list']}") for row in rows)
    head = "list".ljust(width)
    click.echo(f"{head}  published   entries    names  sha256        state")
    for row in rows:
        name = f"{row['publisher']}/{row['list']}".ljust(width)
        click.echo(
            f"{name}  {row['published']:10}  {row['entities']:>7,}  {row['names']:>7,}"
            f"  {row['sha256'][:12]:12}  {row['state']}"
        )
        if row.get("refusal"):
            refusal = row["refusal"]
            reasons = "; ".join(refusal["reasons"])
            click.echo(f"{'':{width}}  refused {refusal['when'][:10]}: {reasons}")


@lists.command()
@click.argument("name", metavar="PUBLISHER[/LIST]")
@click.argument("old", required=False, metavar="[OLD]")
@click.argument("new", required=False, metavar="[NEW]")
@click.option("--json", "as_json", is_flag=True, help="Every change, as JSON.")
@click.pass_context
def diff(
    ctx: click.Context, name: str, old: str | None, new: str | None, as_json: bool
) -> None:
    """Say what changed between two versions of a list.

    OLD and NEW are days of publication or beginnings of checksums; by default the two
    newest versions are compared.

    \b
    Example:
      clearway lists diff un 2024-05-15 2025-04-19
    """
    from clearway.lists.diff import compare

    store = Store(home_of(ctx))
    versions = _versions_of(store, name)
    if old is None or new is None:
        if len(versions) < 2:
            raise NotFound(f"only one version of {name} is kept: nothing to compare")
        before = _chosen(versions, old) if old else versions[-2]
        after = versions[-1]
    else:
        before, after = _chosen(versions, old), _chosen(versions, new)
    changes = compare(store.entities(before), store.entities(after))
    if as_json:
        click.echo(json.dumps(changes.to_dict(), ensure_ascii=False, indent=2))
        return
    click.echo(f"{before.id} -> {after.id}")
    for key, value in changes.summary().items():
        click.echo(f"  {key}: {value}")
    for change in changes.added:
        click.echo(f"  + {change.id}  {change.name}")
    for change in changes.removed:
        click.echo(f"  - {change.id}  {change.name}")
    for change in changes.changed:
        fields = ", ".join(sorted({item.field for item in change.fields}))
        click.echo(f"  ~ {change.id}  {change.name}: {fields}")


def _versions_of(store: Store, name: str) -> tuple[Version, ...]:
    publisher, _, part = name.partition("/")
    versions = store.versions(publisher, part or None)
    kept = sorted({f"{v.publisher}/{v.list}" for v in versions})
    if not versions:
        raise NotFound(f"no version of {name} is kept; see `clearway lists status`")
    if len(kept) > 1:
        raise UsageError(f"{publisher} has several lists: give {' or '.join(kept)}")
    return versions


def _chosen(versions: Sequence[Version], word: str) -> Version:
    """The version published on a day or whose checksum begins so."""
    for version in reversed(versions):
        if version.published.isoformat() == word or version.sha256.startswith(word):
            return version
    days = ", ".join(version.published.isoformat() for version in versions)
    raise NotFound(f"no version {word!r}; kept are those of {days}")


@lists.command()
@click.option("--as-of", type=DAY, metavar="DATE", help="The lists of that day.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_quietly
@click.pass_context
def selftest(
    ctx: click.Context, as_of: datetime | None, as_json: bool, quiet: bool
) -> None:
    """Prove coverage: each listed name must find its own entity at the top.

    Every name, alias, weak alias and original-script spelling is checked like a name
    a user asks about. Exit code 3 if any is not found.
    """
    from clearway.app.intake import selftest as prove

    progress = Progress(quiet=quiet)
    proof = prove(home_of(ctx), day_of(as_of), progress=progress)
    progress.close()
    if as_json:
        rows = [vars_of(exclusion) for exclusion in proof.exclusions]
        counts = {"names": proof.names, "entities": proof.entities}
        click.echo(json.dumps({**counts, "exclusions": rows}, ensure_ascii=False))
    else:
        click.echo(
            f"{proof.names:,} names of {proof.entities:,} entities checked: "
            f"{len(proof.exclusions)} exclusions"
        )
        for exclusion in proof.exclusions:
            click.echo(
                f"  {exclusion.name!r} of {exclusion.entity} found {exclusion.found}"
            )
    ctx.exit(CLEAR if proof.whole else LISTS)


def vars_of(exclusion: Any) -> dict[str, str]:
    """An exclusion as plain values."""
    from dataclasses import asdict

    return asdict(exclusion)


@lists.command()
@click.argument("what", metavar="ENTITY|PUBLISHER[/LIST]")
@click.option("--as-of", type=DAY, metavar="DATE", help="As listed on that day.")
@click.option("--problems", is_flag=True, help="What could not be read in the list.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def show(
    ctx: click.Context, what: str, as_of: datetime | None, problems: bool, as_json: bool
) -> None:
    """Show an entity as published, or the kept versions of a list.

    \b
    Examples:
      clearway lists show ofac-36
      clearway lists show ofac/sdn
    """
    store = Store(home_of(ctx))
    publisher, _, part = what.partition("/")
    versions = store.versions(publisher, part or None)
    if versions:
        _show_versions(store, versions, problems=problems, as_json=as_json)
        return
    _show_entity(ctx, store, what, day_of(as_of), as_json=as_json)


def _show_versions(
    store: Store, versions: Sequence[Version], *, problems: bool, as_json: bool
) -> None:
    if problems:
        rows = [p.to_dict() for version in versions for p in store.problems(version)]
        if as_json:
            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            click.echo(f"{row['file']}: {row['position']}: {row['message']}")
        return
    if as_json:
        values = [version.to_dict() for version in versions]
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for version in versions:
        history = ", history only" if version.history else ""
        click.echo(
            f"{version.id}  {version.entities:,} entries, {version.names:,} names, "
            f"{version.problems:,} problems, retrieved {version.retrieved:%Y-%m-%d}"
            f"{history}"
        )


def _show_entity(
    ctx: click.Context, store: Store, ident: str, day: date | None, *, as_json: bool
) -> None:
    from clearway.app.opening import open_set
    from clearway.cli.show import entity_text
    from clearway.model.codec import to_dict

    versions = store.current(day)
    if not versions:
        raise ListMissing("no lists yet: run `clearway lists update` or `lists sample`")
    opened = open_set(home_of(ctx), store, versions)
    entity = opened.entity(opened.number_of(ident))
    if as_json:
        click.echo(json.dumps(to_dict(entity), ensure_ascii=False, indent=2))
    else:
        click.echo(entity_text(entity))
