"""A screening as a small, self-contained piece of HTML for notebooks."""

from html import escape

from clearway.screen.screening import Hit, Screening

_COLOURS = {
    "clear": ("#0b6e4f", "#e6f4ee"),
    "review": ("#8a5a00", "#fdf3dc"),
    "stop": ("#9b1c1c", "#fbe9e9"),
}


def screening_html(screening: Screening) -> str:
    """Verdict, hits with their reasons, and the lists that answered; all escaped."""
    ink, paper = _COLOURS[str(screening.verdict)]
    rows = "".join(map(_row, screening.hits))
    hits = (
        "<table style='border-collapse:collapse;width:100%;text-align:left'>"
        "<thead><tr><th>score</th><th>entity</th><th>listed</th><th>why</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    reasons = "; ".join(map(escape, screening.reasons))
    lists = "; ".join(escape(str(used)) for used in screening.lists)
    return (
        "<div style='font:14px/1.45 system-ui,sans-serif;max-width:60em'>"
        f"<p style='margin:.2em 0'><b style='color:{ink};background:{paper};"
        f"padding:.1em .5em;border-radius:.3em'>{screening.verdict}</b> "
        f"{escape(screening.party.name)}</p>"
        f"<p style='margin:.2em 0'>{reasons}</p>{hits}"
        f"<p style='margin:.2em 0;opacity:.7'>asked as of {escape(screening.as_of)}: "
        f"{lists} · {escape(screening.engine)} · config {screening.config}</p></div>"
    )


def _row(hit: Hit) -> str:
    listed = ", ".join(
        f"{row.publisher}/{row.list} {' '.join(row.programmes)}"
        for row in hit.entity.listings
    )
    cell = "<td style='padding:.2em .6em;vertical-align:top'>"
    return (
        f"<tr>{cell}{hit.score:.2f}</td>"
        f"{cell}{escape(hit.entity.name)}<br><small>{escape(hit.entity.id)}</small></td>"
        f"{cell}{escape(listed)}</td>{cell}{escape(hit.because)}</td></tr>"
    )
