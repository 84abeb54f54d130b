"""Screenings as text for people."""

import shutil
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import click

from clearway.model import Entity
from clearway.screen.screening import Hit, ListUsed, Screening

COLOURS = {"clear": "green", "review": "yellow", "stop": "red"}
_SHOWN_HITS = 5


def screening_text(screening: Screening, *, hits: int = _SHOWN_HITS) -> str:
    """Verdict, best hits with their evidence, problems; without the lists."""
    word = str(screening.verdict)
    head = click.style(f" {word.upper()} ", fg=COLOURS[word], reverse=True, bold=True)
    name = visible(screening.party.name)
    lines = [f"{head} {click.style(name or '(empty name)', bold=True)}"]
    for hit in screening.hits[:hits]:
        lines += hit_lines(hit)
    if (more := len(screening.hits) - hits) and more > 0:
        lines.append(f"  ... and {more} more, see --json")
    for finding in screening.findings:
        lines += _law_lines(finding)
    if not screening.hits and not screening.findings:
        lines += [f"  {visible(reason)}" for reason in screening.reasons]
    else:
        lines += [
            f"  note: {visible(problem.message)}" for problem in screening.problems
        ]
    return "\n".join(lines)


def _law_lines(finding: Mapping[str, Any]) -> list[str]:
    """What the law says of the party, short: `--json` holds the whole."""
    sure = "" if finding["shown"] else " (possible)"
    sort = f"{finding['sort']}{sure}".replace("_", " ")
    lines = [_wrapped(f"{sort}: {finding['title']}; {finding['citation']}")]
    lines[0] = "  " + lines[0].lstrip()
    lines += [f"        by {due['by']}: {due['title']}" for due in finding["due"]]
    return lines


def hit_lines(hit: Hit) -> list[str]:
    """A hit with its listings and its evidence, a line each."""
    entity = hit.entity
    score = click.style(f"{hit.score:.2f}", bold=True)
    weak = ", by a weak alias only" if hit.weak else ""
    name = visible(entity.name)
    lines = [f"  {score}  {name}  ({entity.kind}, {entity.id}{weak})"]
    for listing in entity.listings:
        since = f", since {listing.listed_on}" if listing.listed_on else ""
        programmes = " ".join(listing.programmes)
        where = f"{listing.publisher}/{listing.list}"
        lines.append(f"        listed: {where} {programmes}{since}".rstrip())
    for item in hit.evidence:
        feature = item.feature.replace("_", " ")
        said = item.because or "no word in common"
        if item.feature == "name" and item.listed.casefold() != entity.name.casefold():
            said = f"as {item.listed!r}: {said}"
        if said.casefold().startswith(feature):
            said = said[len(feature) :].lstrip(" :")
        lines.append(_wrapped(f"{feature}: {said} ({item.effect:+.2f})"))
    return lines


def width() -> int:
    """How wide a line may be here."""
    return max(60, min(100, shutil.get_terminal_size((100, 24)).columns))


def _wrapped(text: str) -> str:
    return textwrap.fill(
        visible(text), width(), initial_indent=" " * 8, subsequent_indent=" " * 10
    )


def visible(text: str) -> str:
    """The text with control and format characters shown, so that none can act."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text
    )


def lists_text(lists: Iterable[ListUsed], as_of: str) -> str:
    """Which lists of which date answered."""
    named = "; ".join(str(used) for used in lists)
    return f"asked as of {as_of}: {named}"


def entity_text(entity: Entity) -> str:
    """Everything published of an entity, one fact a line."""
    lines = [f"{entity.name}  ({entity.kind}, {entity.id})"]
    for name in entity.names:
        notes = [name.type, name.quality, name.script, name.language]
        lines.append(f"  name: {visible(name.text)} ({', '.join(filter(None, notes))})")
    for birth in entity.births:
        parts = [str(birth.date or ""), birth.place, birth.country]
        lines.append(f"  born: {', '.join(filter(None, parts))}")
    lines += [f"  died: {day}" for day in entity.deaths]
    lines += [f"  {c.role or 'country'}: {c.text or c.code}" for c in entity.countries]
    lines += [f"  address: {visible(address.text)}" for address in entity.addresses]
    for number in entity.identifiers:
        words = f" ({number.published_type})" if number.published_type else ""
        lines.append(f"  {number.type}: {number.value}{words}")
    lines += [f"  {link.relation}: {link.target}" for link in entity.links]
    for listing in entity.listings:
        lines.append(f"  listed: {listing.publisher}/{listing.list} {listing.record}")
        lines += [f"    programme: {name}" for name in listing.programmes]
        lines += [f"    under: {text}" for text in listing.legal_basis]
        if listing.listed_on:
            lines.append(f"    since: {listing.listed_on}")
    lines += [f"  {fact.key}: {visible(fact.value)}" for fact in entity.details]
    return "\n".join(lines)
