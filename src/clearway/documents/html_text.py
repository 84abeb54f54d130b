"""The visible text of a web page: captions kept, scripts, styles and code left out."""

from lxml import etree, html

from clearway.documents.document import Document
from clearway.model import Problem

_HIDDEN = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "svg", "math"),
        *("iframe", "object", "canvas"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd"),
        *("div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"),
        *("ol", "option", "p", "pre", "section", "table", "tbody", "tfoot"),
        *("thead", "title", "tr", "ul"),
    )
)
_CELLS = frozenset({"td", "th"})
"""The cells of a row are one line: a name may stand in two of them."""
_DATES = ("article:published_time", "date", "dc.date", "pubdate")


def text_of_html(name: str, data: bytes) -> Document:
    """Read a page as a browser would show it; pictures give their `alt` texts."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, recover=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        message = f"the page cannot be read ({error}); save it anew or as text"
        return Document(name, "", problems=(Problem("damaged", message, name),))
    found = root.find(".//title")
    title = " ".join((found.text or "").split()) if found is not None else ""
    text = _visible(root)
    problems: tuple[Problem, ...] = ()
    if not text:
        message = (
            "the page shows no text; it may be made by a script: save what it shows"
        )
        problems = (Problem("no_text", message, name),)
    return Document(name, text, title, _date(root), problems=problems)


def _visible(root: html.HtmlElement) -> str:
    """The text in the order of the page, a line a block, however deep it is."""
    out: list[str] = []
    skipping = 0
    for event, element in etree.iterwalk(root, ("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not skipping:
                out.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipping += _is_hidden(element, tag)
            if skipping:
                continue
            if tag in _BLOCKS:
                out.append("\n\n")
            if tag in _CELLS and element.getprevious() is not None:
                out.append(" | ")
            if tag == "img" and element.get("alt"):
                out.append(f"\n\n{element.get('alt')}\n\n")
            out.append(" ".join((element.text or "").split("\n")))
        else:
            was = skipping
            skipping -= _is_hidden(element, tag)
            if not was and tag in _BLOCKS:
                out.append("\n\n")
            if not skipping:
                out.append(" ".join((element.tail or "").split("\n")))
    lines = (" ".join(line.split()) for line in "".join(out).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _is_hidden(element: html.HtmlElement, tag: str) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = element.get("hidden") is not None or "display:none" in style
    return tag in _HIDDEN or hidden


def _date(root: html.HtmlElement) -> str:
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").lower()
        if key in _DATES:
            return str(meta.get("content") or "")
    return ""
