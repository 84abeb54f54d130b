"""Build the pages of the law from the law files, so that they cannot go stale.

    python tools/build_law_docs.py            write docs/law/*.md
    python tools/build_law_docs.py --check    compare only; exit 1 if one is out of date

A rule, its expectations in tests/rules and its place on these pages are one change.
"""

import argparse
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "law"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.rules import law  # noqa: E402
from clearway.rules.book import RuleBook  # noqa: E402
from clearway.rules.rule import (  # noqa: E402
    Cited,
    Definition,
    Duty,
    Licence,
    Rule,
)
from clearway.rules.showing import row_dict  # noqa: E402

WRITTEN = "Written by `tools/build_law_docs.py` from the law files; do not edit."

INDEX = """\
# The law in the book

{written}

The law is data: TOML files under `src/clearway/rules/law`, a row for each rule,
definition, licence and duty, with its days, its citation, the sources it was read in,
and a mark for how well it is known. Nothing in it could be confirmed after
**{confirmed}**. It is no legal advice.

| page | holds |
|---|---|
{pages}

## How to read a row

- **Days** are whole days, both included. "No end seen" is not a statement that it is
  still in force: each row says when it was last seen to be so.
- **Known since** is the other axis of time: what was published, and when. A rule may be
  known months before it applies.
- **Licences** end at an instant: 00:01 in New York on the day they write. A gap between
  two is a gap. Where only the month of issue was found, a licence begins on the last
  day of that month. A lettered version replaces the one before in its entirety.
- **Evidence**: `found` means that the text of a source was read; `found_partial` that
  it was cut short, or second hand, or that one date of the row is not from it; `memory`
  that nothing was read. A row from memory is a reason to look and never stops anything
  by itself.
- **Sort**: a prohibition forbids those it binds; an exposure forbids nothing and says
  what may follow; guidance and red flags are no law; a duty is owed; an exemption
  opens.
- **Groups** tie rules to the licences that speak to them. A licence relieves a group,
  not a party: whether its text fits is for a person to read.

## How many

| | rules | definitions | licences | duties |
|---|---|---|---|---|
{counts}

## Words

Words a transaction, a party or a place is described by. A rule or licence that uses
another is refused when the book is read.

{words}

## What happened

`clearway law timeline` draws it, with all that applied.

| day | | evidence |
|---|---|---|
{events}

## Sources

| id | where |
|---|---|
{sources}
"""

FACTORS = """
## Factors of significance

A person judges whether a transaction is significant, by all of these together. There is
no threshold of money. A finding that depends on it lists the facts at hand for each.

| | factor | facts |
|---|---|---|
{rows}

From {cite}; evidence {evidence}.
"""

TITLES = {
    "us": "Law of the United States",
    "eu": "Law of the European Union",
    "uk": "Law of the United Kingdom",
    "un": "United Nations",
}
ITS = {
    "transaction": "the transaction",
    "party": "the party",
    "goods": "the line of goods",
    "place": "the place",
}
"""What a rule is asked of, in words."""


def index_page(book: RuleBook) -> str:
    """How to read the book, its words, what happened, the sources."""
    pages = [
        *(
            (f"[{title}]({key}.md)", "rules by subject")
            for key, title in TITLES.items()
        ),
        (
            "[General licences](licences.md)",
            "what relieves which rules, and until when",
        ),
        ("[Red flags](red-flags.md)", "signs of diversion, with the facts each needs"),
        ("[Duties](duties.md)", "what is due after, and by when"),
    ]
    return INDEX.format(
        written=WRITTEN,
        confirmed=book.last_confirmed,
        pages=_table(pages),
        counts=_table(_counts(book)),
        words="\n\n".join(
            f"### `{fact}`\n\n| word | means |\n|---|---|\n"
            + _table((f"`{word}`", said) for word, said in words.items())
            for fact, words in book.words.items()
        ),
        events=_table(
            (str(event.day), event.says, event.law.evidence) for event in book.events
        ),
        sources=_table(
            (f"`{name}`", said) for name, said in sorted(book.sources.items())
        ),
    )


def _counts(book: RuleBook) -> Iterator[tuple[str, ...]]:
    kinds = (book.rules, book.definitions, book.licences, tuple(book.duties.values()))
    for key, title in (*TITLES.items(), ("", "Red flags")):
        yield (
            title,
            *(str(sum(_folder(row.file) == key for row in rows)) for rows in kinds),
        )
    yield "all", *(str(len(rows)) for rows in kinds)


def _folder(file: str) -> str:
    return file.partition("/")[0] if "/" in file else ""


def law_page(book: RuleBook, key: str) -> str:
    """The definitions and rules of one jurisdiction, by file."""
    parts = [f"# {TITLES[key]}\n\n{WRITTEN} [How to read it](index.md).\n"]
    every: tuple[Rule | Definition, ...] = (*book.definitions, *book.rules)
    rows = [row for row in every if _folder(row.file) == key]
    for file in dict.fromkeys(sorted(row.file for row in rows)):
        parts.append(f"## {_subject(file)}\n\nFrom `law/{file}`.\n")
        parts += (_section(row, book) for row in rows if row.file == file)
        if any(factor.file == file for factor in book.factors):
            parts.append(_factors(book))
    return "\n".join(parts)


def _subject(file: str) -> str:
    name = file.rpartition("/")[2].removesuffix(".toml").replace("_", " ")
    return name.capitalize()


def flags_page(book: RuleBook) -> str:
    """The red flags."""
    flags = [row for row in book.rules if _folder(row.file) == ""]
    head = (
        f"# Red flags\n\n{WRITTEN} [How to read it](index.md).\n\n"
        "Signs of diversion to Russia, from alerts. Each is a reason to look and no\n"
        "verdict; it stays silent where what it needs is not known.\n"
    )
    return "\n".join([head, *(_section(row, book) for row in flags)])


def _section(row: Rule | Definition, book: RuleBook) -> str:
    parts = [f"### `{row.id}`\n\n**{row.title}**\n"]
    if isinstance(row, Rule):
        binds = ", ".join(f"`{person}`" for person in row.binds)
        parts.append(f"{_sort(row)} · binds {binds} · asked of each {row.each}\n")
    known = f" · known since {row.known}" if row.known != row.span.first else ""
    parts.append(f"{_span(row)}{known} · {_seen(row.law)}\n")
    said = row.says.replace("{it}", ITS[getattr(row, "each", "party")])
    parts.append(said[:1].upper() + said[1:] + "\n")
    if isinstance(row, Rule):
        parts += _to_do(row, book)
    when = "\n".join(_wrapped(line) for line in row_dict(row)["when"])
    parts.append(f"```text\n{when}\n```\n\n{_cited(row.law)}\n")
    return "\n".join(parts)


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(
        line, 88, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    )


def _sort(rule: Rule) -> str:
    said = str(rule.sort).replace("_", " ").capitalize()
    if rule.silent_from is not None:
        since = (
            "" if rule.silent_from == rule.span.first else f" from {rule.silent_from}"
        )
        said += f" (silent{since} where facts are unknown)"
    return said


def _to_do(rule: Rule, book: RuleBook) -> Iterator[str]:
    if rule.must:
        yield f"*To do:* {rule.must}\n"
    if rule.duties:
        titles = ", ".join(book.duties[name].title for name in rule.duties)
        yield f"*Duties:* {titles}.\n"
    relief = [one.series for one in book.licences if rule.group in one.relieves]
    if rule.group and relief:
        named = ", ".join(
            f"[{series}](licences.md#{_anchor(series)})"
            for series in dict.fromkeys(relief)
        )
        yield f"*Group* `{rule.group}`, which these speak to: {named}.\n"


def _anchor(heading: str) -> str:
    """As GitHub makes one."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -")
    return kept.replace(" ", "-")


def _span(row: Rule | Definition) -> str:
    last = row.span.last
    return (
        f"From {row.span.first} to {last}"
        if last
        else (f"From {row.span.first}, no end seen")
    )


def _seen(cited: Cited) -> str:
    return f"last confirmed {cited.confirmed} · evidence `{cited.evidence}`"


def _cited(cited: Cited) -> str:
    named = ", ".join(f"`{name}`" for name in cited.sources)
    cite = cited.cite[:1].upper() + cited.cite[1:]
    return f"{cite}. [Read in](index.md#sources) {named}."


def _factors(book: RuleBook) -> str:
    first = book.factors[0].law
    return FACTORS.format(
        rows=_table(
            (row.id, row.name, ", ".join(f"`{fact}`" for fact in row.facts))
            for row in book.factors
        ),
        cite=first.cite,
        evidence=first.evidence,
    )


def licences_page(book: RuleBook) -> str:
    """Every licence by series, with its term to the minute."""
    parts = [f"# General licences\n\n{WRITTEN} [How to read it](index.md).\n"]
    for series in dict.fromkeys(licence.series for licence in book.licences):
        versions = [one for one in book.licences if one.series == series]
        parts.append(f"## {series}\n")
        parts += map(_licence, versions)
    return "\n".join(parts)


def _licence(licence: Licence) -> str:
    end = licence.term.cut_off
    until = f"until {end:%Y-%m-%d 00:01} in New York" if end else "no end seen"
    if licence.term.replaced:
        until += f"; replaced on {licence.term.replaced}"
    lines = [
        f"### `{licence.id}`\n\n{licence.subject[:1].upper()}{licence.subject[1:]}\n",
        f"- from {licence.term.first}, {until}",
        f"- {_seen(licence.law)}",
    ]
    if licence.relieves:
        lines.append(f"- relieves {', '.join(f'`{g}`' for g in licence.relieves)}")
    if licence.purposes:
        lines.append(f"- for {', '.join(f'`{p}`' for p in licence.purposes)}")
    if licence.note:
        lines.append(f"- {licence.note}")
    lines.append(f"- {_cited(licence.law)}\n")
    return "\n".join(lines)


def duties_page(book: RuleBook) -> str:
    """What is due after, and by when."""
    rows = _table(
        (
            f"`{duty.id}`",
            duty.title,
            _by(duty),
            f"{duty.span.first} to {duty.span.last or 'no end seen'}",
            f"{duty.law.cite} (`{duty.law.evidence}`)",
        )
        for duty in book.duties.values()
    )
    return (
        f"# Duties\n\n{WRITTEN} [How to read it](index.md).\n\n"
        "A finding shows the last day of each duty that follows from it. Business\n"
        "days leave out Saturdays, Sundays and the federal holidays of the United\n"
        "States.\n\n"
        "| id | what | by | applied | law |\n|---|---|---|---|---|\n" + rows + "\n"
    )


def _by(duty: Duty) -> str:
    if duty.business_days:
        return f"{duty.business_days} business days after"
    if duty.days:
        return f"{duty.days} days after"
    if duty.years:
        return f"{duty.years} years after"
    held = f", of what is held on {duty.held_on}" if duty.held_on else ""
    return f"each year by {duty.month_day}{held}"


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


PAGES: dict[str, Callable[[RuleBook], str]] = {
    "index.md": index_page,
    **{
        f"{key}.md": (lambda book, key=key: law_page(book, key))  # type: ignore[misc]
        for key in TITLES
    },
    "licences.md": licences_page,
    "red-flags.md": flags_page,
    "duties.md": duties_page,
}


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the pages of the law.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--folder", type=Path, default=DOCS)
    options = parser.parse_args(arguments)
    book, stale = law(), False
    for name, page in PAGES.items():
        path, text = options.folder / name, page(book)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"{name}: {text.count(chr(10) + '#') + 1} headings")
        elif not path.is_file() or path.read_text("utf-8") != text:
            print(f"{name} is out of date: run tools/{Path(__file__).name}")
            stale = True
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
