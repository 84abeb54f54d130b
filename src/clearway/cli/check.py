"""`clearway check`: names, tables and streams in; verdicts with evidence out."""

import gzip
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from clearway.app import opener
from clearway.app.opening import Opener
from clearway.cli.main import CLEAR, LISTS, REVIEW, STOP
from clearway.cli.options import asking, colour_of, configured, day_of, home_of
from clearway.cli.progress import Progress
from clearway.cli.show import lists_text, screening_text, visible
from clearway.cli.targets import WHOLE as _WHOLE
from clearway.cli.targets import identifier, kind_of, opened
from clearway.errors import InputUnreadable, UsageError
from clearway.model import Party, Problem
from clearway.screen.rows import COLUMNS, clear_row, hit_rows
from clearway.screen.screener import Screener, with_problems
from clearway.screen.screening import Screening, Verdict

WHOLE = frozenset(_WHOLE)
KINDS = ["person", "organization", "vessel", "aircraft", "any"]
_SHOWN_ROWS = 50
_DOUBTS = frozenset({"encoding_doubtful", "sheets_not_read"})
"""Problems of a whole table that forbid exit code 0: something was not read."""


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option(
    "--as",
    "as_",
    type=click.Choice(
        ["name", "table", "transaction", "shipment", "payment", "document"]
    ),
    help="Take every target as this, whatever it looks like.",
)
@click.option("--kind", type=click.Choice(KINDS), help="What sort of party it is.")
@click.option("--birth-date", metavar="D", help="Such as 1952-10-07, 1952-10 or 1952.")
@click.option(
    "--country", multiple=True, metavar="CC", help="A country; may be repeated."
)
@click.option(
    "--id",
    "ids",
    multiple=True,
    metavar="TYPE:VALUE",
    help="An identifier, such as imo:9187629, inn:7744000912 or passport:53N1234567.",
)
@asking
@click.option(
    "--map",
    "mapping",
    metavar="PARTS",
    help="Correct the guessed columns, such as name=Client,birth_date=DOB.",
)
@click.option(
    "--stakes",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Who owns whom, for transactions: csv, FollowTheMoney, BODS, GLEIF.",
)
@click.option("--encoding", metavar="NAME", help="The encoding of a text table.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write hits to a .csv, .parquet, .xlsx, .ndjson or .json file; a document "
    "also as a marked-up .html.",
)
@click.option("--json", "style", flag_value="json", help="Whole screenings as JSON.")
@click.option("--ndjson", "style", flag_value="ndjson", help="One screening a line.")
@click.option("--csv", "style", flag_value="csv", help="Hits as CSV.")
@click.option("--all", "all_", is_flag=True, help="Give a row to clear parties too.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes for large tables (default: all cores).",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no notes.")
@click.pass_context
def check(ctx: click.Context, /, **options: Any) -> None:
    """Check names, tables, transactions, payments or documents.

    TARGET is a name, a table (csv, xlsx, parquet, json lines, FollowTheMoney; also
    gzipped), a transaction (json, yaml), a shipment (an invoice or packing list as
    csv, xlsx), a payment (ISO 20022 XML, SWIFT MT), a document (txt, html, pdf, docx),
    a folder of these, or "-" for standard input; content tells which. Transactions,
    shipments, payments and documents are put to the rule book too, by the law of their
    day and for the profile that asks. Data goes to standard
    output, notes to standard error. The exit code is that of the gravest verdict.

    \b
    Examples:
      clearway check "Promsvyazbank"
      clearway check "Vladimir Putin" --kind person --birth-date 1952-10-07
      clearway check customers.csv -o hits.parquet
      clearway check invoice.xlsx --profile exporter
      clearway check payment.xml --profile foreign_bank
      clearway check inbox/ -o alerts.parquet
      cat names.txt | clearway check - --ndjson
    """
    ctx.exit(_Run.of(ctx, options).run())


@dataclass(slots=True)
class _Run:
    """One run of the command: what was asked, and what has been seen so far."""

    opener: Opener
    targets: tuple[str, ...]
    options: dict[str, Any]
    colour: bool | None
    progress: Progress
    counts: dict[Verdict, int] = field(default_factory=dict)
    hits: int = 0
    only_doubts: bool = True
    table_doubts: bool = False

    @classmethod
    def of(cls, ctx: click.Context, options: dict[str, Any]) -> "_Run":
        config = configured(
            options["profile"],
            options["lists"],
            options["threshold"],
            options["accept_stale"],
        )
        as_of: datetime | None = options["as_of"]
        return cls(
            opener=opener(home_of(ctx), day_of(as_of), config),
            targets=options["targets"],
            options=options,
            colour=colour_of(ctx),
            progress=Progress(quiet=options["quiet"]),
        )

    def run(self) -> int:
        kinds = [kind_of(target, self.options["as_"]) for target in self.targets]
        self._refuse_mixed(kinds)
        from clearway.app.opening import screener_of

        screener = screener_of(self.opener, self.progress)
        self.progress.close()
        if not WHOLE.isdisjoint(kinds):
            from clearway.cli.whole import Whole

            home = self.opener.home
            run = Whole(screener, self.options, self.colour, self.progress, home)
            return run.run(self.targets, kinds)
        screenings = self._counted(self._screened(screener, kinds), screener)
        self._write(screener, screenings, tables="table" in kinds)
        self._summary(screener, tables="table" in kinds)
        return self._exit_code()

    def _refuse_mixed(self, kinds: list[str]) -> None:
        if not WHOLE.isdisjoint(kinds) and not WHOLE.issuperset(kinds):
            raise UsageError(
                "names and tables are checked apart from payments and documents: give "
                "them in two calls, or say what they are with --as"
            )
        facts = ("birth_date", "country", "ids")
        given = [name for name in facts if self.options[name]]
        if given and ("table" in kinds or len(self.targets) > 1):
            raise UsageError(
                f"--{given[0].replace('_', '-').rstrip('s')} describes one party: give "
                "one name, or put the fact into a column of the table"
            )
        if self.options["mapping"] and {"table", "shipment"}.isdisjoint(kinds):
            raise UsageError("--map is for tables and shipments; no target is one")
        if self.targets.count("-") > 1:
            raise UsageError("standard input can be read once: give - once")
        self._refuse_output(kinds)

    def _refuse_output(self, kinds: list[str]) -> None:
        output: Path | None = self.options["output"]
        if output is None:
            return
        from clearway.tables.writing import format_of

        if output.suffix in (".html", ".htm"):
            if set(kinds) != {"document"}:
                raise UsageError(f"-o {output}: only a document is marked up")
            return
        style, format_ = self.options["style"], format_of(output)
        if style not in (None, format_):
            raise UsageError(
                f"-o {output} is written as {format_}: leave --{style} out"
            )
        for target, kind in zip(self.targets, kinds, strict=True):
            read = kind != "name" and target != "-" and Path(target).is_file()
            if read and output.exists() and output.samefile(target):
                raise UsageError(f"-o {output} would overwrite the {kind} that is read")

    def _screened(
        self, screener: Screener, kinds: list[str]
    ) -> Iterator[tuple[int, Screening]]:
        row = 0
        for target, kind in zip(self.targets, kinds, strict=True):
            if kind == "name":
                row += 1
                yield row, screener.check(self._party(target))
                continue
            with opened(target) as origin:
                for screening in self._table(screener, target, origin):
                    row += 1
                    yield row, screening

    def _party(self, name: str) -> Party:
        return Party(
            name,
            kind=self.options["kind"] or "any",
            birth_date=self.options["birth_date"],
            countries=self.options["country"],
            identifiers=tuple(identifier(text) for text in self.options["ids"]),
        )

    def _table(
        self, screener: Screener, target: str, origin: Path | BinaryIO
    ) -> Iterator[Screening]:
        from dataclasses import replace

        from clearway.tables.columns import guess
        from clearway.tables.parties import parties
        from clearway.tables.reading import open_table

        table = open_table(
            origin,
            encoding=self.options["encoding"],
            sheet=self.options["sheet"],
            name="standard input" if target == "-" else Path(target).name,
        )
        mapping = guess(table)
        if self.options["mapping"]:
            mapping = mapping.corrected(self.options["mapping"])
        self._say(f"{table.name}: {table.description}")
        if table.format != "followthemoney":
            self._say(f"columns: {mapping}")
        for problem in table.problems:
            self._say(f"note: {problem.message}")
            self.table_doubts |= problem.code in _DOUBTS
        problems: list[tuple[Problem, ...]] = []
        kind = self.options["kind"]

        def asked() -> Iterator[Party]:
            for party, found in parties(table, mapping):
                problems.append(found)
                if kind and str(party.kind) == "any":
                    party = replace(party, kind=kind)
                yield party

        what = f"checking {visible(table.name)}"
        number = 0
        for number, screening in enumerate(
            screener.check_many(asked(), workers=self.options["workers"]), 1
        ):
            self.progress(what, number, 0)
            yield with_problems(screening, problems[number - 1])
            problems[number - 1] = ()
        self.progress.close()
        if not number:
            raise InputUnreadable(table.name, "holds no rows: nothing was checked")

    def _counted(
        self, screenings: Iterable[tuple[int, Screening]], screener: Screener
    ) -> Iterator[tuple[int, Screening]]:
        doubts = len(screener.doubts())
        for row, screening in screenings:
            verdict = screening.verdict
            self.counts[verdict] = self.counts.get(verdict, 0) + 1
            self.hits += len(screening.hits)
            if screening.verdict is not Verdict.CLEAR and (
                screening.hits or len(screening.reasons) != doubts
            ):
                self.only_doubts = False
            yield row, screening

    def _write(
        self,
        screener: Screener,
        screenings: Iterator[tuple[int, Screening]],
        *,
        tables: bool,
    ) -> None:
        output: Path | None = self.options["output"]
        style = self.options["style"]
        if output is not None:
            from clearway.tables.writing import format_of, write_table

            if format_of(output) in ("json", "ndjson"):
                _write_screenings(output, screenings)
            else:
                written = write_table(self._rows(screenings), COLUMNS, output)
                for problem in written.problems:
                    self._say(f"note: {problem.message}")
        elif style == "csv":
            from clearway.tables.writing import write_table

            write_table(self._rows(screenings), COLUMNS, sys.stdout, format="csv")
        elif style is not None:
            one = len(self.targets) == 1 and not tables
            _print_json(screenings, lines=style == "ndjson", one=one)
        else:
            self._print_text(screenings, tables=tables)
            used = lists_text(screener.lists, screener.as_of.isoformat())
            click.echo(used, color=self.colour)

    def _rows(
        self, screenings: Iterator[tuple[int, Screening]]
    ) -> Iterator[dict[str, Any]]:
        for row, screening in screenings:
            found = False
            for values in hit_rows(row, screening):
                found = True
                yield values
            if not found and self.options["all_"]:
                yield clear_row(row, screening)

    def _print_text(
        self, screenings: Iterator[tuple[int, Screening]], *, tables: bool
    ) -> None:
        shown = left = 0
        for row, screening in screenings:
            clear = screening.verdict is Verdict.CLEAR
            if tables and clear and not self.options["all_"]:
                continue
            if tables and shown >= _SHOWN_ROWS:
                left += 1
                continue
            shown += 1
            text = screening_text(screening, hits=3 if tables else 5)
            if tables:
                key = screening.party.reference or str(row)
                text = f"{visible(key)}: {text}"
            click.echo(text + "\n", color=self.colour)
        if left:
            click.echo(f"... and {left:,} more to look at: use -o FILE\n")

    def _summary(self, screener: Screener, *, tables: bool) -> None:
        total = sum(self.counts.values())
        if tables:
            parts = ", ".join(f"{self.counts.get(v, 0):,} {v}" for v in Verdict)
            self._say(f"{total:,} parties: {parts}; {self.hits:,} hits")
        for doubt in screener.doubts():
            self._say(f"note: {doubt}; no answer is clear (--accept-stale)")
        if self.options["output"] is not None:
            self._say(f"written: {self.options['output']}")

    def _exit_code(self) -> int:
        if self.counts.get(Verdict.STOP):
            return STOP
        if self.counts.get(Verdict.REVIEW):
            return LISTS if self.only_doubts and not self.table_doubts else REVIEW
        return REVIEW if self.table_doubts else CLEAR

    def _say(self, text: str) -> None:
        if not self.options["quiet"]:
            self.progress.close()
            click.echo(visible(text), err=True)


def _print_json(
    screenings: Iterator[tuple[int, Screening]], *, lines: bool, one: bool
) -> None:
    if lines:
        for _, screening in screenings:
            click.echo(screening.to_json())
        return
    if one:
        click.echo(next(screenings)[1].to_json(indent=2))
        for _ in screenings:
            pass
        return
    for text in _json_array(screenings):
        click.echo(text, nl=False)


def _json_array(screenings: Iterator[tuple[int, Screening]]) -> Iterator[str]:
    yield "["
    for at, (_, screening) in enumerate(screenings):
        yield ("," if at else "") + "\n" + screening.to_json()
    yield "\n]\n"


def _write_screenings(
    output: Path, screenings: Iterator[tuple[int, Screening]]
) -> None:
    """Whole screenings to a file, which appears whole or not at all."""
    from clearway.tables.writing import format_of, replacing

    lines = format_of(output) == "ndjson"
    texts = (
        (screening.to_json() + "\n" for _, screening in screenings)
        if lines
        else _json_array(screenings)
    )
    with replacing(output) as file:
        packed = output.name.lower().endswith(".gz")
        # The header of a gzip file would hold its name and the time.
        raw = gzip.GzipFile("", "wb", 6, file, mtime=0) if packed else file
        for text in texts:
            raw.write(text.encode("utf-8", "backslashreplace"))
        if packed:
            raw.close()
