"""A screening as a small, self-contained piece of HTML for notebooks."""

from collections.abc import Mapping
from html import escape
from typing import Any

_COLOURS = {
    "clear": ("#0b6e4f", "#e6f4ee"),
    "review": ("#8a5a00", "#fdf3dc"),
    "stop": ("#9b1c1c", "#fbe9e9"),
}
_CELL = "<td style='padding:.2em .6em;vertical-align:top;text-align:left'>"
_HEADS = "".join(
    f"<th style='padding:.2em .6em;text-align:left'>{head}</th>"
    for head in ("score", "entity", "listed", "why")
)


def screening_html(screening: Mapping[str, Any]) -> str:
    """Verdict, hits with their reasons, and the lists that answered; all escaped.

    `screening` is a screening's `to_dict()`.
    """
    verdict = screening["verdict"]
    ink, paper = _COLOURS[verdict]
    rows = "".join(map(_row, screening["hits"]))
    hits = (
        "<table style='border-collapse:collapse;width:100%'>"
        f"<thead><tr>{_HEADS}</tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    reasons = "; ".join(map(escape, screening["reasons"]))
    return (
        "<div style='font:14px/1.45 system-ui,sans-serif;max-width:60em'>"
        f"<p style='margin:.2em 0'><b style='color:{ink};background:{paper};"
        f"padding:.1em .5em;border-radius:.3em'>{verdict}</b> "
        f"{escape(screening['party']['name'])}</p>"
        f"<p style='margin:.2em 0'>{reasons}</p>{hits}"
        f"<p style='margin:.2em 0;opacity:.7'>asked as of {screening['as_of']}: "
        f"{_lists(screening['lists'])} · {escape(screening['engine'])} · "
        f"config {screening['config']}</p></div>"
    )


def _lists(lists: list[dict[str, Any]]) -> str:
    return "; ".join(
        escape(f"{row['publisher']}/{row['list']} as published {row['published']}")
        + (", stale" if row["stale"] else "")
        for row in lists
    )


def _row(hit: dict[str, Any]) -> str:
    entity = hit["entity"]
    listed = ", ".join(
        f"{row['publisher']}/{row['list']} {' '.join(row['programmes'])}"
        for row in entity["listings"]
    )
    because = "; ".join(item["because"] for item in hit["evidence"])
    name = f"{escape(entity['name'])}<br><small>{escape(entity['id'])}</small>"
    return (
        f"<tr>{_CELL}{hit['score']:.2f}</td>{_CELL}{name}</td>"
        f"{_CELL}{escape(listed)}</td>{_CELL}{escape(because)}</td></tr>"
    )
