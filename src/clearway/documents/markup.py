"""A document as one self-contained page: every hit marked, with its evidence beside it.

Works without scripts, in light and dark, by keyboard alone and on paper. All text is
escaped; nothing is fetched.
"""

from collections.abc import Sequence
from html import escape

from clearway.documents.document import Document
from clearway.documents.finding import Found, Mention
from clearway.documents.sentences import paragraphs

_STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--faint:#666;--line:#ddd;
--hit:#ffe08a;--weak:#e8e8e8}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--paper:#151515;--faint:#9a9a9a;
--line:#3a3a3a;--hit:#6b5200;--weak:#333}}
body{font:16px/1.6 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:46em;margin:2em auto;padding:0 1em}
h1{font-size:1.4em}h2{font-size:1.1em;border-top:1px solid var(--line);padding-top:1em}
mark{background:var(--hit);color:inherit;padding:0 .1em;border-radius:.2em}
mark.weak{background:var(--weak);border-bottom:1px dotted var(--faint)}
a{color:inherit}a:focus-visible,summary:focus-visible{outline:3px solid #3b82f6;
outline-offset:2px}
mark a{text-decoration:none}li{margin:.3em 0}small{color:var(--faint)}
p{white-space:pre-wrap;overflow-wrap:anywhere}
details.same{color:var(--faint)}.skip{position:absolute;left:-999em}
.skip:focus{position:static}
@media print{body{max-width:none;margin:0;color:#000;background:#fff}
mark{background:none;border-bottom:2px solid #000}details>*{display:block}}
"""


def marked_up(
    document: Document, found: Sequence[Found], *, listed: Sequence[str] = ()
) -> str:
    """The page. `listed` says of each found entity where it is listed, if known."""
    title = escape(document.title or document.name)
    numbered = list(enumerate(found, 1))
    entries = "".join(
        _entry(number, item, listed[number - 1] if number <= len(listed) else "")
        for number, item in numbered
    )
    problems = "".join(
        f"<li>{escape(problem.message)} <small>{escape(problem.position)}</small></li>"
        for problem in document.problems
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        '<a class="skip" href="#text">to the text</a>'
        f"<header><h1>{title}</h1>{_summary(found)}</header>"
        + (
            f"<section><h2>Not read</h2><ul>{problems}</ul></section>"
            if problems
            else ""
        )
        + (f"<nav aria-label='found'>{entries}</nav>" if entries else "")
        + f'<main id="text"><h2>Text</h2>{_text(document, numbered)}</main>'
        "</body></html>\n"
    )


def _summary(found: Sequence[Found]) -> str:
    alerting = [item for item in found if item.alerts]
    rest = len(found) - len(alerting)
    said = f"{len(alerting)} listed {'entity' if len(alerting) == 1 else 'entities'}"
    weak = f"; {rest} more with too little to say who is meant" if rest else ""
    return f"<p>{said} named{weak}.</p>"


def _entry(number: int, found: Found, listed: str) -> str:
    mentions = "".join(
        f'<li><a href="#m{number}-{n}">{escape(mention.text)}</a> '
        f"<small>{escape(_where(mention))}: {escape('; '.join(mention.reasons))}"
        "</small></li>"
        for n, mention in enumerate(found.mentions, 1)
    )
    times = f"{found.count} mention{'' if found.count == 1 else 's'}"
    same = f", {found.collapsed} in repeated passages" if found.collapsed else ""
    return (
        f'<section id="e{number}"><h2>{number}. {escape(found.name)}</h2>'
        f"<p>{escape(found.kind.value)}, score {found.score:.2f}, {times}{same}"
        f"{', ' + escape(listed) if listed else ''}. "
        f"{escape('; '.join(found.reasons))}.</p>"
        f"<details><summary>where</summary><ol>{mentions}</ol></details></section>"
    )


def _where(mention: Mention) -> str:
    page = f"page {mention.page}, " if mention.page else ""
    return f"{page}characters {mention.start}-{mention.end}, {mention.how}"


_Mark = tuple[int, int, int, int, bool]
"""From, up to, number of the entity, number of the mention, whether it alerts."""


def _text(document: Document, numbered: Sequence[tuple[int, Found]]) -> str:
    """The whole text, paragraph by paragraph; repeated passages folded away."""
    marks: list[_Mark] = sorted(
        (mention.start, mention.end, number, n, item.alerts)
        for number, item in numbered
        for n, mention in enumerate(item.mentions, 1)
    )
    repeated = {
        place
        for _, item in numbered
        for passage in item.passages
        for place in passage.places
        if place != passage.shown
    }
    out = []
    at = 0
    for part in paragraphs(document.text):
        own: list[_Mark] = []
        while at < len(marks) and marks[at][0] < part.end:
            own.append(marks[at])
            at += 1
        inner = _marked(document.text, part.start, part.end, own)
        if part.start in repeated:
            out.append(
                '<details class="same" open><summary>a passage like one above</summary>'
                f"<p>{inner}</p></details>"
            )
        else:
            out.append(f"<p>{inner}</p>")
    return "".join(out)


def _marked(text: str, start: int, end: int, marks: Sequence[_Mark]) -> str:
    out = []
    at = start
    for first, last, number, n, alerts in marks:
        anchor = f'id="m{number}-{n}"'
        if first < at:  # within a mark already made: the place can be jumped to
            out.append(f"<span {anchor}></span>")
            continue
        weak = "" if alerts else ' class="weak"'
        out.append(escape(text[at:first]))
        out.append(
            f'<mark {anchor}{weak}><a href="#e{number}" aria-label="evidence '
            f'{number}">{escape(text[first:last])}</a></mark>'
        )
        at = last
    out.append(escape(text[at : max(at, end)]))
    return "".join(out)
