"""Build the pages that the program can write itself, so that they cannot go stale.

    python tools/build_docs.py            write docs/cli.md and docs/features.md
    python tools/build_docs.py --check    compare only; exit 1 if one is out of date

`cli.md` comes from the commands, `features.md` from the tables the score is made with.
"""

import argparse
import csv
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
RELIABILITY = ROOT / "resources" / "reliability.csv"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

CLI_HEAD = """\
# Command line

Written by `tools/build_docs.py` from the commands themselves; do not edit. Data goes to
standard output, progress and notes to standard error. `NO_COLOR` is honoured.
"""
WIDTH = 88

FEATURES = """\
# How a score is made

Written by `tools/build_docs.py` from the tables the program itself uses; do not edit.

Two parties are compared once, and that one computation yields the score, the evidence
and the sentence beside each piece of it. A score runs from 0 to 1. It orders what a
person should look at, and is no statement about anybody; how often a hit of a score is
true is told [below](#how-often-a-hit-is-true).

## Thresholds

| score | |
|---|---|
| from {review} | a hit: shown, and the verdict is at least `review` |
| from {stop}, with more than a name | certain: the verdict is `stop` \
([why](decisions/0005-stop-needs-more-than-a-name.md)) |

`--threshold` and a profile (`threshold`, `stop`) set others; the screening carries a
hash of them and of every weight below.

## Names first

Both names are read into words: tricks taken out, scripts turned into Latin letters,
legal forms, titles, particles and words of trade recognised. Each word has a weight
between 0 and 1. A rare word weighs most, a common given name or a word of trade less, a
legal form or a title next to nothing.

Words are then paired, the surest pairs first. A pair agrees by one of these rules:

| rule | in words |
|---|---|
{rules}

What agrees counts by its weight. Words that stand against each other count as
disagreement and cost {conflict} of their weight on top. A word that only one name has
counts {person} of its weight for a person, {organization} for an organisation, {any}
where the kind is not known: people leave out a patronymic more often than companies a
word that matters. The score is lowered further where too little agrees, so that a few
light words would carry it alone; where the only word that agrees is merely alike; where
both names hold numbers that differ (where nothing else does, bodies of one series agree
{sibling}: near, and no hit by themselves); where both tell the father, and not the same
one; and where both hold a legal form, and not the same one. Names equal word for word,
in whatever order, agree fully; only where father and son change places around *bin* or
*ibn* they do not.

One name in two languages (John, Juan, Иван) agrees {cognate}: a rare surname carries
it, a common one does not. Chinese names spelt by Wade-Giles or in the Cantonese of Hong
Kong (Mao Tse-tung, Leung Chun-ying) are read in Pinyin where a listed name has that
reading. Two names written wholly in Han are compared character by character's reading:
there nothing is a misspelling.

Agreement times {alone} is the score of the commonest names, and rare words add up to
{rare}: with nothing else known, two equal names score between {alone:.2f} and
{most:.2f}. Of all pairs of names the two parties have, the best counts.

## Then everything else

Silence changes nothing: where one side has no birth date, dates are not compared.

| feature | what it says | raises | lowers |
|---|---|---|---|
{features}

*Raises* is the share of the distance to 1 that full agreement closes, the less the
weaker the names agree; *lowers* is what full contradiction takes away. All
contradictions together take away no more than {lowered}. An identifier that decides
sets a floor of {decisive}, which nothing lowers.

## How often a hit is true

Counted on labelled data with `clearway bench calibration`: hits of screenings (altered
UN names, people on no list, parties of one list on another), and labelled pairs of
names by their names alone. The share depends on how many true and false ones are asked:
among customers nearly all of whom are on no list it is lower in every row, and the
order of the rows is what stays. The interval is the 95 % one (Wilson).

| score | hits judged | true | share | interval | pairs of names | true | share |
|---|---|---|---|---|---|---|---|
{reliability}

![How often a score is true](pictures/reliability.svg)

## What it cannot do

- A bare name never stops, however rare.
- A country that differs says little, and is meant to: people move, companies have
  branches.
- Identifiers that differ say nothing: everybody has several. A telephone number, an
  e-mail address, a website or a call sign that agrees does not decide.
- A name translated into another language is found only where a list gives that
  translation. Chinese characters are matched by sound and by common words of trade.
- A word of a company's name is the company only if it is rare and the rest are general
  words: *Kunlun* alone finds *Bank of Kunlun*, *Kala* does not find *Kala Limited*'s
  namesakes.
- The weights were set by hand and checked against labelled names (`clearway bench`);
  they are not learned from anybody's decisions.
"""


def cli_page() -> str:
    """The program and then each command with its options."""
    from clearway.cli.main import cli

    parts = [CLI_HEAD]
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


def features_page() -> str:
    """The tables the score is made with, and how it is made."""
    from clearway.match import features, names, score, words
    from clearway.model import Kind

    most = score.NAME_ALONE + score.NAME_RARE
    return FEATURES.format(
        review=f"{score.REVIEW_THRESHOLD:.2f}",
        stop=f"{score.STOP_THRESHOLD:.2f}",
        rules=_rows((f"`{rule}`", said) for rule, said in words.RULES.items()),
        conflict=names.CONFLICT,
        person=names.SURPLUS[Kind.PERSON],
        organization=names.SURPLUS[Kind.ORGANIZATION],
        any=names.SURPLUS[Kind.ANY],
        alone=score.NAME_ALONE,
        rare=score.NAME_RARE,
        most=most,
        features=_rows(
            (f"`{one.name}`", one.meaning, f"{one.raises:.2f}", f"{one.lowers:.2f}")
            for one in features.FEATURES
        ),
        lowered=f"{score.MOST_LOWERED:.2f}",
        decisive=f"{score.DECISIVE:.2f}",
        sibling=names.SIBLING,
        cognate=words.COGNATE,
        reliability=_reliability(),
    )


def _reliability() -> str:
    """The counted shares of `resources/reliability.csv`, from the threshold on."""
    from clearway.bench.measures import interval
    from clearway.match.score import REVIEW_THRESHOLD

    with RELIABILITY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    told: dict[str, dict[str, tuple[int, int]]] = {}
    for row in rows:
        if float(row["low"]) >= REVIEW_THRESHOLD:
            sources = told.setdefault(f"{row['low']} to {row['high']}", {})
            sources[row["source"]] = int(row["judged"]), int(row["true"])
    lines: list[tuple[str, ...]] = []
    for scores, sources in sorted(told.items()):
        judged, true = sources.get("hits", (0, 0))
        pairs, same = sources.get("pairs", (0, 0))
        low, high = interval(true, judged)
        cells = (scores, f"{judged:,}", f"{true:,}", _share(true, judged))
        span = f"{low:.0%} to {high:.0%}" if judged else ""
        lines.append((*cells, span, f"{pairs:,}", f"{same:,}", _share(same, pairs)))
    return _rows(iter(lines))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _rows(rows: Iterator[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "features.md": features_page,
}


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the pages of commands, scores.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--folder", type=Path, default=DOCS)
    options = parser.parse_args(arguments)
    stale = False
    for name, page in PAGES.items():
        path, text = options.folder / name, page()
        if not options.check:
            path.write_text(text, "utf-8")
            print(f"{name}: {text.count(chr(10) + '#') + 1} headings")
        elif not path.is_file() or path.read_text("utf-8") != text:
            print(f"{name} is out of date: run tools/{Path(__file__).name}")
            stale = True
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
