"""`clearway goods`: what a code or a description is, and on which lists it stood."""

import json
from datetime import date, datetime
from typing import Any

import click

from clearway.app import now
from clearway.cli.main import CLEAR, REVIEW
from clearway.cli.options import DAY, day_of
from clearway.cli.show import visible
from clearway.goods.codes import Code, Reading, read_code
from clearway.goods.describe import contradiction, hints
from clearway.goods.high_priority import Standing, standing


@click.group()
def goods() -> None:
    """Goods: codes and descriptions, and the lists of high-priority items."""


@goods.command()
@click.argument("text", metavar="CODE|TEXT")
@click.option(
    "--description",
    default="",
    metavar="TEXT",
    help="What the papers call the goods of the code: say whether the two fit.",
)
@click.option(
    "--edition",
    default="",
    metavar="HS20..",
    help="The edition of the code: HS2012, HS2017 or HS2022.",
)
@click.option(
    "--as-of",
    type=DAY,
    metavar="DATE",
    help="The lists as they stood that day, such as 2024-05-17 (default: today).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
def show(
    ctx: click.Context,
    text: str,
    description: str,
    edition: str,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Show on which lists a code stood, or at which codes a description hints.

    A code may be written as in any paper: 8542.31, "8542 31 900 0", "HS 8542.31". A
    description is English, Russian or Chinese. A listed code is a reason to look, never
    a finding; a hint is less. Exit code 0 where nothing was found, 10 where something
    was, or where the code could not be read.

    Example: clearway goods show 8542.31 --as-of 2024-05-17
    """
    day = day_of(as_of) or now().date()
    answer = _answer(text, description, edition, day)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        click.echo(_as_text(answer))
    found = any(
        answer[key] for key in ("standings", "hints", "problems", "contradicts")
    )
    ctx.exit(REVIEW if found else CLEAR)


def _answer(text: str, description: str, edition: str, day: date) -> dict[str, Any]:
    """All that is known of the goods, as plain values in a stable order."""
    reading = read_code(text, edition=edition)
    words = description or (text if _is_prose(text) else "")
    if not reading.all and not any(char.isdigit() for char in text):
        reading = Reading()  # Words alone are a description, not a code gone wrong.
    codes = reading.all
    clash = contradiction(reading.code, words) if reading.code and words else None
    return {
        "asked": text,
        "as_of": str(day),
        "code": str(reading.code) if reading.code else None,
        "edition": reading.code.edition if reading.code else "",
        "possible": [str(code) for code in reading.possible],
        "standings": [
            {"code": str(code), **item.to_dict()}
            for code, item in _standings(codes, day)
        ],
        "hints": [
            {
                **hint.to_dict(),
                "standings": [str(item) for item in standing(Code(hint.code), day)],
            }
            for hint in hints(words)
        ],
        "contradicts": str(clash) if clash else "",
        "problems": [problem.to_dict() for problem in reading.problems],
    }


def _standings(codes: tuple[Code, ...], day: date) -> list[tuple[Code, Standing]]:
    return [(code, item) for code in codes for item in standing(code, day)]


def _is_prose(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _as_text(answer: dict[str, Any]) -> str:
    head = answer["code"] or visible(answer["asked"])
    edition = f" ({answer['edition']})" if answer["edition"] else ""
    lines = [f"{head}{edition} as of {answer['as_of']}"]
    lines += [f"  note: {visible(item['message'])}" for item in answer["problems"]]
    if answer["possible"]:
        lines.append(f"  may be: {', '.join(answer['possible'])}")
    for item in answer["standings"]:
        lines += _standing_lines(item)
    for hint in answer["hints"]:
        said = " ".join(hint["words"])
        lines.append(
            f"  hint {hint['score']:.2f}  {hint['code']}  by {visible(said)!r}"
        )
        lines += [f"        {item}" for item in hint["standings"]]
    if answer["contradicts"]:
        lines.append(f"  does not fit: {visible(answer['contradicts'])}")
    if len(lines) == 1:
        lines.append(
            "  on none of the lists we keep, and no hint: says nothing of others"
        )
    return "\n".join(lines)


def _standing_lines(item: dict[str, Any]) -> list[str]:
    where = f"tier {item['tier']}" if item["tier"] else item["group"]
    may = "may be on" if item["maybe"] else "on"
    kind = "binding" if item["binding"] else "guidance"
    if item["indicative"]:
        kind = "indicative only"
    until = f" to {item['until']}" if item["until"] else ""
    return [
        f"  {may} {item['name']}, {where}: {item['listed']} {item['description']}",
        f"        from {item['since']}{until}; {kind}; evidence: {item['evidence']}",
        f"        {item['citation']}",
    ]
