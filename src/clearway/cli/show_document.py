"""Documents checked, as text for people."""

from collections.abc import Iterator

import click

from clearway.cli.show import COLOURS, visible
from clearway.cli.show_whole import wrapped
from clearway.screen.documents import DocumentScreening, Named

_SENTENCES = 3
_WEAK = 5


def document_text(screening: DocumentScreening) -> str:
    """Verdict, entities with their sentences, places, laws, problems."""
    return "\n".join(_lines(screening))


def _lines(screening: DocumentScreening) -> Iterator[str]:
    word = str(screening.verdict)
    head = click.style(f" {word.upper()} ", fg=COLOURS[word], reverse=True, bold=True)
    title = screening.document.title or screening.document.name
    yield f"{head} {click.style(visible(title), bold=True)}"
    for reason in screening.reasons:
        yield from wrapped(reason, 2)
    for one in screening.named:
        if one.alerts:
            yield from _entity(screening, one)
    weak = [one.found.name for one in screening.named if not one.alerts]
    if weak:
        more = f" and {len(weak) - _WEAK} more" if len(weak) > _WEAK else ""
        named = ", ".join(visible(name) for name in weak[:_WEAK])
        yield from wrapped(f"too little to say who is meant: {named}{more}", 2)
    if screening.territories:
        named = "; ".join(f"{p.name} ({p.why})" for p in screening.territories)
        said = f"places in or near territories under embargo, merely named: {named}"
        yield from wrapped(said, 2)
    for law in screening.laws:
        rules = ", ".join(law.rules[:4]) or "no rule of the book"
        said = f"law named: {law.instrument.text!r} is {law.means}; see {rules}"
        yield from wrapped(said, 2)
    for problem in screening.problems:
        yield from wrapped(f"note: {problem.message} {problem.position}", 2)


def _entity(screening: DocumentScreening, one: Named) -> Iterator[str]:
    found = one.found
    again = (
        f", {found.collapsed} of them in repeated passages" if found.collapsed else ""
    )
    count = f"{found.count} mention{'' if found.count == 1 else 's'}{again}"
    name = click.style(visible(found.name), bold=True)
    yield f"  {found.score:.2f}  {name}  ({found.kind}): {count}"
    for hit in one.hits:
        where = ", ".join(f"{ls.publisher}/{ls.list}" for ls in hit.entity.listings)
        yield f"        {hit.entity.id}: {visible(hit.entity.name)}; listed: {where}"
    yield from wrapped("; ".join(found.reasons), 8)
    shown: set[str] = set()
    for mention in found.mentions:
        said = screening.sentence(mention.sentence.start, mention.sentence.end)
        if said in shown:
            continue
        shown.add(said)
        page = f"page {mention.page}, " if mention.page else ""
        yield from wrapped(f"{page}{mention.start}: {said}", 8)
        if len(shown) == _SENTENCES:
            break
